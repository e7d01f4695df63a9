"""How the report's five best practices are counted, beyond the recommendations they repeat.

Source: domain, section 10, B1 to B5. Each function returns who counts, and what the others lack.
"""

from collections.abc import Sequence

from toolkit.assess.stock.counting import NOT_LOOKED_AT, Count, Year, split
from toolkit.model.dates import When, spoken
from toolkit.model.decisions import Agrees
from toolkit.model.rows import joined
from toolkit.model.sheets import PARTNER_KINDS, Agreement, Decision
from toolkit.model.vocabulary import DecisionPoint, Engaged, Status

COMPARED = (Agrees.YES, Agrees.OVERRIDE)  # with other words there is nothing to compare


def count_consistent(year: Year) -> Count:
    """B1: decisions that agree with the rules, or are logged with their reason."""
    if year.tables.consistency is None:
        return NOT_LOOKED_AT
    rows = [row for row in year.tables.consistency if row.agrees in COMPARED]
    return split(
        (
            (f"{row.subject}, {row.point}", _not_consistent(row.agrees, is_logged=row.logged))
            for row in rows
        ),
        joined(row.cells for row in rows),
    )


def _not_consistent(agrees: Agrees, *, is_logged: bool | None) -> str:
    return "" if agrees == Agrees.YES or is_logged else "an override without its reason"


def count_kinds(year: Year) -> Count:
    """B2: kinds of alternative partner with a signed role in an agreement in force."""
    in_force = {row.agreement_id for row in year.in_force}
    roles = [
        row
        for row in year.tables.engagements
        if row.decision == Engaged.SIGNED and row.agreement_id in in_force
    ]
    found = {row.kind for row in roles}
    return split(
        ((kind, "" if kind in found else "none engaged") for kind in PARTNER_KINDS),
        joined(row.cells for row in roles),
    )


def count_decided_in_time(year: Year) -> Count:
    """B3: agreements that ended in the year and had a third decision before."""
    ended = [row for row in year.portfolio.rows(Agreement) if _ended(row, year)]
    return split(
        ((year.label(row.agreement_id), _not_in_time(row, year)) for row in ended),
        year.cells(ended, "ends"),
    )


def _ended(agreement: Agreement, year: Year) -> bool:
    ends = agreement.ends
    if agreement.status == Status.PROPOSED or not isinstance(ends, When):
        return False
    return year.policy.year_of(ends.last) == year.number and ends.last <= year.as_of


def _not_in_time(agreement: Agreement, year: Year) -> str:
    decisions = year.portfolio.of(agreement, Decision)
    dates = [row.decided_on for row in decisions if row.decision_point == DecisionPoint.D3]
    if any(day and _is_by_the_end(day, agreement) for day in dates):
        return ""
    if not dates:
        return f"ended on {spoken(agreement.ends)} without a decision"
    return f"ended on {spoken(agreement.ends)}, not on record as decided before"


def _is_by_the_end(day: When, agreement: Agreement) -> bool:
    return isinstance(agreement.ends, When) and day.first <= agreement.ends.last


def count_six_factors(year: Year) -> Count:
    """B4: stated objectives with all six factors of a detailed objective."""
    found = year.tables.objectives
    if found is None:
        return NOT_LOOKED_AT
    rows = [found[row.objective_id] for row in year.objectives if row.objective_id in found]
    return split(
        (
            (f"{year.label(row.agreement_id)} {row.objective_id}", _lacking(row.factors_missing))
            for row in rows
        ),
        joined(row.cells for row in rows),
    )


def _lacking(factors: Sequence[str]) -> str:
    return f"no {', no '.join(factors)}" if factors else ""


def count_mapped(year: Year) -> Count:
    """B5: agreements in force that name a goal of the framework."""
    return split(
        ((year.label(row.agreement_id), "" if row.goals else "no goal") for row in year.in_force),
        year.cells(year.in_force, "goals"),
    )


def count_citywide(year: Year) -> Count:
    """B5: projects of the year that another division takes part in."""
    return split(
        (
            (row.name, "" if row.other_divisions else "no other division on record")
            for row in year.projects
        ),
        year.cells(year.projects, "other_divisions"),
    )
