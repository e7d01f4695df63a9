"""How the last five recommendations are counted: objectives, terms, projects, publishing, money.

Source: domain, section 10, R6 to R10. Each function returns who counts, and what the others lack.
"""

from collections.abc import Iterable
from datetime import timedelta

import pandas as pd

from toolkit.assess.record.results import joined
from toolkit.assess.stock.counting import Count, Year, split
from toolkit.assess.stock.publication import ITEMS, find_publications
from toolkit.assess.stock.yearplan import check_year_plan
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.sheets import PROGRAMME, Agreement, Milestone, Objective
from toolkit.model.vocabulary import DecisionPoint


def count_smart(y: Year) -> Count:
    """R6: economic agreements of which every stated objective is SMART."""
    found = {row.Index: row for row in y.tables.agreements.itertuples()}
    rows = [found[r.agreement_id] for r in y.partnerships if r.agreement_id in found]
    return split(((row.partner, _not_smart(row)) for row in rows), joined(r.cells for r in rows))


def _not_smart(row: tuple) -> str:
    if not row.objectives:
        return "no objective on record"
    smart = round(row.smart_share * row.objectives)
    return "" if smart == row.objectives else f"{smart} of {row.objectives} objectives SMART"


def count_time_bound(y: Year) -> Count:
    """R7: active agreements with an end ahead, a term within the policy's, and both clauses."""
    return split(
        ((y.label(row.agreement_id), ", ".join(_not_time_bound(row, y))) for row in y.active),
        y.cells(y.active, "signed", "ends", "renewal_clause", "termination_clause"),
    )


def _not_time_bound(row: tuple, y: Year) -> Iterable[str]:
    if not isinstance(row.ends, When):
        yield f"end {row.ends or 'not on record'}"
    elif row.ends.last < y.as_of:
        yield f"ended on {row.ends}"
    elif not row.signed:
        yield "year of signing not on record"
    elif wrong := _wrong_term(row, y.policy):
        yield wrong
    for name, clause in (("renewal", row.renewal_clause), ("termination", row.termination_clause)):
        if clause != "y":
            yield f"no {name} clause" if clause else f"{name} clause not on record"


def _wrong_term(agreement: Agreement, policy: Policy) -> str:
    """Return how its term misses that of its class; outside the classes, that of the policy."""
    cls = policy.class_named(agreement.classification)
    low, high = cls.term_years if cls else policy.counts.agreement_term_years
    start, end = agreement.signed, agreement.ends.last
    if end + timedelta(days=1) < add_months(start.first, 12 * low):
        return f"term under {low} years"
    return f"term over {high} years" if end > add_months(start.last, 12 * high) else ""


def count_project_based(y: Year) -> Count:
    """R8: economic agreements with a project of the year that has a milestone."""
    dated = {row.project_id for row in y.portfolio.rows(Milestone)}
    running = {row.agreement_id for row in y.projects}
    with_milestone = [row for row in y.projects if row.project_id in dated]
    based = {row.agreement_id for row in with_milestone}
    return split(
        (
            (y.label(r.agreement_id), "" if r.agreement_id in based else _no_project(r, running))
            for r in y.partnerships
        ),
        y.cells(with_milestone, "state", "starts", "ends"),
    )


def _no_project(agreement: Agreement, running: set[str]) -> str:
    return "no milestone" if agreement.agreement_id in running else "no project of the year"


def count_published(y: Year) -> Count:
    """R9: agreements in force with all four public items."""
    table = find_publications(y.portfolio, y.policy, as_of=y.as_of)
    return split(
        ((r.partner, ", ".join(f"no {name}" for name in r.missing)) for r in table.itertuples()),
        _published_cells(y, table, *(item.column for item in ITEMS)),
    )


def _published_cells(y: Year, table: pd.DataFrame, *columns: str) -> str:
    rows = [row for row in y.in_force if row.agreement_id in table.index]
    return y.cells(rows, *columns)


def count_outcomes_published(y: Year) -> Count:
    """R9: agreements whose outcomes were published after the last year end, and how soon."""
    table = find_publications(y.portfolio, y.policy, as_of=y.as_of)
    days = sorted({number for number in table.outcome_days if number is not None})
    span = " to ".join(str(n) for n in dict.fromkeys((*days[:1], *days[-1:])))
    return split(
        (
            (r.partner, "" if r.outcome_days else "not since the year end")
            for r in table.itertuples()
        ),
        _published_cells(y, table, ITEMS[-1].column),
        note=f"Published {span} days after it." if days else "",
    )


def count_goals_stated(y: Year) -> Count:
    """R9: agreements with a project or a target on record for next year."""
    plan = check_year_plan(y.portfolio, y.policy, as_of=y.as_of)
    rows = [row for row in plan.itertuples() if row.Index != PROGRAMME and row.expected]
    return split(
        ((row.partner, "" if row.stated else "nothing on record") for row in rows),
        joined(row.cells for row in rows if row.stated),
    )


def count_money(y: Year) -> Count:
    """R10: money approved against money estimated, where both are on record."""
    known = [
        row
        for row in y.objectives
        if row.estimated_cost is not None and row.approved_budget is not None
    ]
    approved = sum(row.approved_budget for row in known)
    estimated = sum(row.estimated_cost for row in known)
    count = _funded(y, known)
    left_out = len(y.objectives) - len(known)
    return Count(
        count.counted,
        count.lacking,
        count.cells,
        n=approved,
        of=estimated,
        words=f"{y.policy.programme.currency} {approved:,.0f} of {estimated:,.0f}",
        note=f"Left out: {left_out} without both." if left_out else "",
    )


def count_funded(y: Year) -> Count:
    """R10: stated objectives whose approved money reaches the estimate."""
    return _funded(y, y.objectives)


def _funded(y: Year, rows: list[tuple]) -> Count:
    return split(
        ((f"{y.label(r.agreement_id)} {r.objective_id}", _not_funded(r)) for r in rows),
        y.cells(rows, "estimated_cost", "approved_budget"),
    )


def _not_funded(objective: Objective) -> str:
    estimated, approved = objective.estimated_cost, objective.approved_budget
    if estimated is None:
        return "no estimate"
    if approved is None:
        return "no approved budget"
    enough = round(approved - estimated, 9) >= 0
    return "" if enough else f"{approved:,.0f} of {estimated:,.0f}"


def count_resources_decided(y: Year) -> Count:
    """R10: whether people decided on the programme's resources this year."""
    found = [
        row
        for row in y.decisions
        if row.subject_id == PROGRAMME and row.decision_point == DecisionPoint.RESOURCES
    ]
    last = found[-1] if found else None  # known decisions come earliest first
    if last is None:
        return Count(lacking=(("the programme", f"no decision of {y.number}"),), words="none")
    when = f", {last.decided_on}" if last.decided_on else ""
    cells = y.cells([last], "decision")
    return Count((f"{last.decision}{when}",), (), cells, words=last.decision)
