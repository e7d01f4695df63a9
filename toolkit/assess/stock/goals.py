"""What each agreement means to do next year: projects, milestones and targets, by agreement.

Source: domain, section 10, R9: the yearly activity goals for the division's business plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import known_by
from toolkit.assess.record.results import grouped, make_result
from toolkit.assess.year.costs import pro_rated, share_of_year
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import (
    PROGRAMME,
    Agreement,
    Indicator,
    Milestone,
    Objective,
    PeriodResult,
    Project,
)
from toolkit.model.vocabulary import ProjectState

AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)
COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "what", "kind", "starts", "ends",
    "planned_cost", "objective_id", "objective", "cells",
)  # fmt: skip


def find_activity_goals(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return all that is planned for the year after the reporting year, one row a thing to do.

    Returns
    -------
    DataFrame by agreement_id (repeated; PROGRAMME for the programme's own): decision (project,
    milestone, target), reason, partner, what, kind (of project), starts, ends, planned_cost (the
    part of next year by days, policy currency; None where not on record), objective_id, objective
    (its statement), cells.
    """
    year = policy.year_of(as_of) + 1
    stated = {row.objective_id: row for row in portfolio.rows(Objective)}
    projects = grouped(projects_ahead(portfolio, policy, year=year), "agreement_id")
    due = grouped(_milestones(portfolio, policy, year, as_of), "project_id")
    targets = grouped_targets(portfolio, policy, year=year)
    ids = [row.agreement_id for row in portfolio.rows(Agreement)]
    records = [
        {"agreement_id": key, "partner": portfolio.labels.get(key, "the programme itself")} | goal
        for key in (*ids, PROGRAMME)
        for goal in (
            *_of_projects(portfolio, policy, year, projects.get(key, ()), due),
            *(_target(portfolio, year, row, indicator) for row, indicator in targets.get(key, ())),
        )
    ]
    for record in records:
        objective = stated.get(record["objective_id"])
        record["objective"] = objective.statement if objective else None
    return make_result(records, COLUMNS, "agreement_id")


def projects_ahead(portfolio: Portfolio, policy: Policy, *, year: int) -> list[tuple]:
    """Return the projects planned or active of which a day lies in a year, earliest first."""
    rows = [
        row for row in portfolio.rows(Project) if row.state in AHEAD and _touches(row, policy, year)
    ]
    return sorted(rows, key=lambda r: (r.starts.first if r.starts else date.min, r.project_id))


def _touches(project: Project, policy: Policy, year: int) -> bool:
    """Whether a project runs in a year; one without an end runs on."""
    if project.starts and not project.ends and project.state == ProjectState.ACTIVE:
        return project.starts.first <= policy.year_end(year)
    return share_of_year(project, policy, year) > 0


def _milestones(portfolio: Portfolio, policy: Policy, year: int, as_of: date) -> Iterator[tuple]:
    """Return the milestones due in a year and not done yet."""
    for row in portfolio.rows(Milestone):
        if policy.year_of(row.due.last) == year and not known_by(row.done_on, as_of):
            yield row


def grouped_targets(
    portfolio: Portfolio, policy: Policy, *, year: int
) -> Mapping[str, list[tuple[tuple, tuple]]]:
    """Return the targets of periods that end in a year, with their indicator, by agreement."""
    owners = {row.objective_id: row.agreement_id for row in portfolio.rows(Objective)}
    indicators = {row.indicator_id: row for row in portfolio.rows(Indicator)}
    found: dict[str, list[tuple[tuple, tuple]]] = {}
    for row in portfolio.rows(PeriodResult):
        indicator = indicators.get(row.indicator_id)
        if indicator and row.target is not None and policy.year_of(row.period.last) == year:
            key = owners.get(indicator.objective_id)
            found.setdefault(key, []).append((row, indicator))
    return found


def _of_projects(
    portfolio: Portfolio,
    policy: Policy,
    year: int,
    projects: Sequence[tuple],
    due: Mapping[str, Sequence[tuple]],
) -> Iterator[dict[str, object]]:
    for project in projects:
        yield _project(portfolio, policy, year, project)
        for milestone in due.get(project.project_id, ()):
            yield _milestone(portfolio, project, milestone)


def _project(portfolio: Portfolio, policy: Policy, year: int, row: tuple) -> dict[str, object]:
    share = share_of_year(row, policy, year)
    cost = pro_rated([(row, share)], "planned_cost") if share else None
    columns = ("name", "starts", "ends", "planned_cost")
    return {
        "decision": "project",
        "reason": _project_sentence(row, share, cost, year),
        "what": row.name,
        "kind": row.kind,
        "starts": row.starts,
        "ends": row.ends,
        "planned_cost": cost,
        "objective_id": row.objective_id,
        "cells": row.cells(*columns),
    }


def _project_sentence(row: tuple, share: float, cost: float | None, year: int) -> str:
    told = [f"{row.state.capitalize()} for {year}"]
    if cost is None:
        told.append("no planned cost on record")
    elif share < 1:
        told.append(f"{100 * share:.0f} % of its days and of its planned cost fall in {year}")
    if not row.objective_id:
        told.append("it names no objective")
    return f"{'; '.join(told)}."


def _milestone(portfolio: Portfolio, project: Project, row: tuple) -> dict[str, object]:
    return {
        "decision": "milestone",
        "reason": f"Due by {row.due.last.isoformat()} in {project.name}.",
        "what": row.name,
        "ends": row.due,
        "objective_id": project.objective_id,
        "cells": row.cells("name", "due"),
    }


def _target(portfolio: Portfolio, year: int, row: tuple, indicator: Indicator) -> dict[str, object]:
    unit = indicator.currency or indicator.unit
    period = "" if row.period.label == str(year) else f", {row.period.label}"
    return {
        "decision": "target",
        "reason": f"Target of {year}{period}: {row.target:,.10g}{f' ({unit})' if unit else ''}.",
        "what": indicator.name,
        "ends": row.period.last,
        "objective_id": indicator.objective_id,
        "cells": row.cells("period", "target"),
    }
