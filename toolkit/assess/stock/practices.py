"""How the report's five best practices are counted, beyond the recommendations they repeat.

Source: domain, section 10, B1 to B5. Each function returns who counts, and what the others lack.
"""

from toolkit.assess.record.results import grouped, joined
from toolkit.assess.stock.counting import Count, Year, split
from toolkit.assess.stock.partners import KINDS, find_engagements
from toolkit.model.dates import When
from toolkit.model.decisions import Agrees
from toolkit.model.sheets import Agreement, Decision
from toolkit.model.vocabulary import DecisionPoint, Engaged, Status

COMPARED = (Agrees.YES, Agrees.OVERRIDE)  # with other words there is nothing to compare


def count_consistent(y: Year) -> Count:
    """B1: decisions that agree with the rules, or are logged with their reason."""
    rows = [row for row in y.tables.consistency.itertuples() if row.agrees in COMPARED]
    return split(
        ((f"{row.subject}, {row.point}", _not_consistent(row)) for row in rows),
        joined(row.cells for row in rows),
    )


def _not_consistent(row: tuple) -> str:
    return "" if row.agrees == Agrees.YES or row.logged else "an override without its reason"


def count_kinds(y: Year) -> Count:
    """B2: kinds of alternative partner with a signed role in an agreement in force."""
    in_force = {row.agreement_id for row in y.in_force}
    roles = [
        row
        for row in find_engagements(y.portfolio, as_of=y.as_of).itertuples()
        if row.decision == Engaged.SIGNED and row.Index in in_force
    ]
    found = {row.kind for row in roles}
    return split(
        ((kind, "" if kind in found else "none engaged") for kind in KINDS),
        joined(row.cells for row in roles),
    )


def count_decided_in_time(y: Year) -> Count:
    """B3: agreements that ended in the year and had a third decision before."""
    decided = grouped(
        (r for r in y.portfolio.rows(Decision) if r.decision_point == DecisionPoint.D3),
        "subject_id",
    )
    ended = [row for row in y.portfolio.rows(Agreement) if _ended(row, y)]
    return split(
        (
            (y.label(row.agreement_id), _not_in_time(row, decided.get(row.agreement_id, ())))
            for row in ended
        ),
        y.cells(ended, "ends"),
    )


def _ended(agreement: Agreement, y: Year) -> bool:
    ends = agreement.ends
    if agreement.status == Status.PROPOSED or not isinstance(ends, When):
        return False
    return y.policy.year_of(ends.last) == y.number and ends.last <= y.as_of


def _not_in_time(agreement: Agreement, decisions: list[tuple]) -> str:
    dates = [row.decided_on for row in decisions]
    if any(day and day.first <= agreement.ends.last for day in dates):
        return ""
    if not dates:
        return f"ended on {agreement.ends} without a decision"
    return f"ended on {agreement.ends}, not on record as decided before"


def count_six_factors(y: Year) -> Count:
    """B4: stated objectives with all six factors of a detailed objective."""
    found = {row.Index: row for row in y.tables.objectives.itertuples()}
    rows = [found[r.objective_id] for r in y.objectives if r.objective_id in found]
    return split(
        ((f"{y.label(row.agreement_id)} {row.Index}", _lacking(row)) for row in rows),
        joined(row.cells for row in rows),
    )


def _lacking(row: tuple) -> str:
    return f"no {', no '.join(row.factors_missing)}" if row.factors_missing else ""


def count_mapped(y: Year) -> Count:
    """B5: agreements in force that name a goal of the framework."""
    return split(
        ((y.label(row.agreement_id), "" if row.goals else "no goal") for row in y.in_force),
        y.cells(y.in_force, "goals"),
    )


def count_citywide(y: Year) -> Count:
    """B5: projects of the year that another division takes part in."""
    return split(
        (
            (row.name, "" if row.other_divisions else "no other division on record")
            for row in y.projects
        ),
        y.cells(y.projects, "other_divisions"),
    )
