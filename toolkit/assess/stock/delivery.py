"""How the last five recommendations are counted: objectives, terms, projects, publishing, money.

Source: domain, section 10, R6 to R10. Each function returns who counts, and what the others lack.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from toolkit.assess.resources.selection import PLACES
from toolkit.assess.stock.counting import NOT_LOOKED_AT, Count, Year, split
from toolkit.assess.stock.publication import COLUMNS, OUTCOMES
from toolkit.model.dates import When, add_months, spoken
from toolkit.model.policy import Policy
from toolkit.model.rows import joined
from toolkit.model.sheets import PROGRAMME, Agreement, Milestone, Objective
from toolkit.model.told import money_fact, tell
from toolkit.model.vocabulary import DecisionPoint


def count_smart(year: Year) -> Count:
    """R6: economic agreements of which every stated objective is SMART."""
    found = year.tables.agreements
    if found is None:
        return NOT_LOOKED_AT
    rows = [found[row.agreement_id] for row in year.partnerships if row.agreement_id in found]
    return split(
        ((row.partner, _not_smart(row.objectives, row.smart_share)) for row in rows),
        joined(row.cells for row in rows),
    )


def _not_smart(objectives: int, smart_share: float) -> str:
    if not objectives:
        return "no objective on record"
    smart = round(smart_share * objectives)
    return "" if smart == objectives else f"{smart} of {objectives} objectives SMART"


def count_time_bound(year: Year) -> Count:
    """R7: active agreements with an end ahead, a term within the policy's, and both clauses."""
    return split(
        (
            (year.label(row.agreement_id), ", ".join(_not_time_bound(row, year)))
            for row in year.active
        ),
        year.cells(year.active, "signed", "ends", "renewal_clause", "termination_clause"),
    )


def _not_time_bound(agreement: Agreement, year: Year) -> Iterable[str]:
    if wrong := _wrong_end(agreement, year):
        yield wrong
    clauses = {"renewal": agreement.renewal_clause, "termination": agreement.termination_clause}
    for name, clause in clauses.items():
        if clause != "y":
            yield f"no {name} clause" if clause else f"{name} clause not on record"


def _wrong_end(agreement: Agreement, year: Year) -> str:
    """Return how its end or its term misses what the policy asks for."""
    if not isinstance(agreement.ends, When):
        return f"end {agreement.ends or 'not on record'}"
    if agreement.ends.last < year.as_of:
        return f"ended on {spoken(agreement.ends)}"
    if not agreement.signed:
        return "year of signing not on record"
    return _wrong_term(agreement.signed, agreement.ends, agreement.classification, year.policy)


def _wrong_term(signed: When, ends: When, classification: str, policy: Policy) -> str:
    """Return how a term misses that of its class; outside the classes, that of the policy."""
    cls = policy.class_named(classification)
    low, high = cls.term_years if cls else policy.counts.agreement_term_years
    if ends.last + timedelta(days=1) < add_months(signed.first, 12 * low):
        return f"term under {low} years"
    return f"term over {high} years" if ends.last > add_months(signed.last, 12 * high) else ""


def count_project_based(year: Year) -> Count:
    """R8: economic agreements with a project of the year that has a milestone."""
    running = {row.agreement_id for row in year.projects}
    with_milestone = [row for row in year.projects if year.portfolio.of(row, Milestone)]
    based = {row.agreement_id for row in with_milestone}
    return split(
        (
            (year.label(row.agreement_id), _not_based(row.agreement_id, based, running))
            for row in year.partnerships
        ),
        year.cells(with_milestone, "state", "starts", "ends"),
    )


def _not_based(agreement_id: str, based: set[str], running: set[str]) -> str:
    if agreement_id in based:
        return ""
    return "no milestone" if agreement_id in running else "no project of the year"


def count_published(year: Year) -> Count:
    """R9: agreements in force with all four public items."""
    return split(
        (
            (row.partner, ", ".join(f"no {name}" for name in row.missing))
            for row in year.tables.publication
        ),
        _published_cells(year, *COLUMNS),
    )


def _published_cells(year: Year, *columns: str) -> str:
    rows = [row for row in year.in_force if row.agreement_id in year.tables.publication]
    return year.cells(rows, *columns)


def count_outcomes_published(year: Year) -> Count:
    """R9: agreements whose outcomes were published after the last year end, and how soon."""
    table = year.tables.publication
    days = sorted({row.outcome_days for row in table if row.outcome_days is not None})
    span = " to ".join(str(n) for n in dict.fromkeys((*days[:1], *days[-1:])))
    return split(
        ((row.partner, "" if row.outcome_days else "not since the year end") for row in table),
        _published_cells(year, OUTCOMES),
        note=f"Published {span} days after it." if days else "",
    )


def count_goals_stated(year: Year) -> Count:
    """R9: agreements with a project or a target on record for next year."""
    plan = year.tables.year_plan
    rows = [row for row in plan if row.agreement_id != PROGRAMME and row.expected]
    return split(
        ((row.partner, "" if row.stated else "nothing on record") for row in rows),
        joined(row.cells for row in rows if row.stated),
    )


def count_money(year: Year) -> Count:
    """R10: money approved against money estimated, where both are on record."""
    known = [row for row in year.objectives if _has_both_sums(row)]
    approved = sum(row.approved_budget or 0 for row in known)
    estimated = sum(row.estimated_cost or 0 for row in known)
    left_out = len(year.objectives) - len(known)
    currency = year.policy.programme.currency
    return replace(
        _funded(year, known),
        n=approved,
        of=estimated,
        words=tell(
            "{approved} of {estimated}",
            approved=money_fact("money.approved", approved, of="all", currency=currency),
            estimated=money_fact("money.estimated", estimated, of="all objectives"),
        ),
        note=f"Left out: {left_out} without both." if left_out else "",
    )


def _has_both_sums(objective: Objective) -> bool:
    return objective.estimated_cost is not None and objective.approved_budget is not None


def count_funded(year: Year) -> Count:
    """R10: stated objectives whose approved money reaches the estimate."""
    return _funded(year, year.objectives)


def _funded(year: Year, rows: Sequence[Objective]) -> Count:
    return split(
        ((f"{year.label(row.agreement_id)} {row.objective_id}", _not_funded(row)) for row in rows),
        year.cells(rows, "estimated_cost", "approved_budget"),
    )


def _not_funded(objective: Objective) -> str:
    estimated, approved = objective.estimated_cost, objective.approved_budget
    if estimated is None:
        return "no estimate"
    if approved is None:
        return "no approved budget"
    enough = round(approved - estimated, PLACES) >= 0
    key = objective.objective_id
    return (
        ""
        if enough
        else tell(
            "{approved} of {estimated}",
            approved=money_fact("money.approved", approved, of=key),
            estimated=money_fact("money.estimated", estimated, of=key),
        )
    )


def count_resources_decided(year: Year) -> Count:
    """R10: whether people decided on the programme's resources this year."""
    found = [
        row
        for row in year.decisions
        if row.subject_id == PROGRAMME and row.decision_point == DecisionPoint.RESOURCES
    ]
    last = found[-1] if found else None  # known decisions come earliest first
    if last is None:
        return Count(lacking=(("the programme", f"no decision of {year.number}"),), words="none")
    when = f", {last.decided_on}" if last.decided_on else ""
    cells = year.cells([last], "decision")
    return Count((f"{last.decision}{when}",), (), cells, words=last.decision)
