"""What each agreement means to do next year, and which goals of the framework it serves.

Source: domain, section 10, R9: the yearly activity goals for the division's business plan, by
projects, milestones and targets; B5 and F1: the goals and objectives of the policy framework.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from toolkit.assess.year.costs import pro_rated, share_of_year
from toolkit.model.dates import When, long_date
from toolkit.model.policy import Goal, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined, runs
from toolkit.model.sheets import (
    Agreement,
    Indicator,
    Milestone,
    Objective,
    PeriodResult,
    Project,
)
from toolkit.model.vocabulary import ProjectState

AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)
NO_GOAL = "no goal"


@result(key="agreement_id", repeats=True, serves=("R9",))
class ActivityGoal(Result):
    """One thing to do in the year after the reporting year."""

    agreement_id: str = out("Id", "PROGRAMME for the programme's own.")
    decision: str = out("What it is", "project, milestone or target.")
    partner: str = out("Agreement")
    what: str = out("What")
    kind: str | None = out("Kind", "Of a project.", default=None)
    starts: When | None = out("From", fmt=Format.DATE, default=None)
    ends: When | date | None = out("Until or due", fmt=Format.DATE)
    planned_cost: float | None = out(
        "Planned cost in the year",
        "The part of the year by days; None where not on record.",
        fmt=Format.AMOUNT,
        unit="policy currency",
        default=None,
    )
    objective_id: str | None = out("Id of the objective")
    objective: str | None = out("Objective it serves", "Its statement.")


def find_activity_goals(
    portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Table[ActivityGoal]:
    """Return all that is planned for the year after the reporting year, one row a thing to do."""
    return Table(ActivityGoal, _find_goals(portfolio, policy, as_of))


def _find_goals(portfolio: Portfolio, policy: Policy, as_of: date) -> Iterator[ActivityGoal]:
    year = policy.year_of(as_of) + 1
    for agreement in portfolio.rows(Agreement):
        yield from _of_projects(portfolio.of(agreement, Project), portfolio, policy, as_of)
        for target, indicator in targets_ahead(agreement, portfolio, policy, year=year):
            yield _target(target, indicator, agreement, portfolio, year)
    yield from _of_projects(portfolio.of_programme(Project), portfolio, policy, as_of)


def projects_ahead(projects: Iterable[Project], policy: Policy, *, year: int) -> list[Project]:
    """Return those planned or active of which a day lies in a year, earliest first."""
    found = [row for row in projects if row.state in AHEAD and _touches(row, policy, year)]
    return sorted(found, key=lambda r: (r.starts.first if r.starts else date.min, r.project_id))


def _touches(project: Project, policy: Policy, year: int) -> bool:
    """Whether a project runs in a year; one without an end runs on."""
    if project.starts and not project.ends and project.state == ProjectState.ACTIVE:
        return project.starts.first <= policy.year_end(year)
    return share_of_year(project, policy, year) > 0


def targets_ahead(
    agreement: Agreement, portfolio: Portfolio, policy: Policy, *, year: int
) -> Iterator[tuple[PeriodResult, Indicator]]:
    """Return the targets of an agreement for periods that end in a year, with their indicator."""
    for objective in portfolio.of(agreement, Objective):
        for indicator in portfolio.of(objective, Indicator):
            for row in portfolio.of(indicator, PeriodResult):
                if row.target is not None and policy.year_of(row.period.last) == year:
                    yield row, indicator


def _of_projects(
    projects: Iterable[Project], portfolio: Portfolio, policy: Policy, as_of: date
) -> Iterator[ActivityGoal]:
    """Return the projects of the next year, each with its milestones that are due and not done."""
    year = policy.year_of(as_of) + 1
    for project in projects_ahead(projects, policy, year=year):
        yield _project(project, portfolio, policy, year)
        for milestone in portfolio.of(project, Milestone):
            if policy.year_of(milestone.due.last) == year and not milestone.done_on:
                yield _milestone(milestone, project, portfolio)


def _project(project: Project, portfolio: Portfolio, policy: Policy, year: int) -> ActivityGoal:
    share = share_of_year(project, policy, year)
    cost = pro_rated([(project, share)], "planned_cost") if share else None
    return ActivityGoal(
        agreement_id=project.agreement_id,
        decision="project",
        reason=_project_sentence(project, share, cost, year),
        partner=_of_whom(project, portfolio),
        what=project.name,
        kind=project.kind,
        starts=project.starts,
        ends=project.ends,
        planned_cost=cost,
        objective_id=project.objective_id,
        objective=_stated(project.objective_id, portfolio),
        cells=project.cells("name", "starts", "ends", "planned_cost"),
    )


def _of_whom(project: Project, portfolio: Portfolio) -> str:
    return portfolio.labels.get(project.agreement_id, "the programme itself")


def _stated(objective_id: str | None, portfolio: Portfolio) -> str | None:
    objective = portfolio.get(Objective, objective_id)
    return objective.statement if objective else None


def _project_sentence(project: Project, share: float, cost: float | None, year: int) -> str:
    told = [f"{str(project.state).capitalize()} for {year}"]
    if cost is None:
        told.append("no planned cost on record")
    elif share < 1:
        told.append(f"{100 * share:.0f} % of its days and of its planned cost fall in {year}")
    if not project.objective_id:
        told.append("it names no objective")
    return f"{'; '.join(told)}."


def _milestone(milestone: Milestone, project: Project, portfolio: Portfolio) -> ActivityGoal:
    return ActivityGoal(
        agreement_id=project.agreement_id,
        decision="milestone",
        reason=f"Due by {long_date(milestone.due.last)} in {project.name}.",
        partner=_of_whom(project, portfolio),
        what=milestone.name,
        ends=milestone.due,
        objective_id=project.objective_id,
        objective=_stated(project.objective_id, portfolio),
        cells=milestone.cells("name", "due"),
    )


def _target(
    target: PeriodResult,
    indicator: Indicator,
    agreement: Agreement,
    portfolio: Portfolio,
    year: int,
) -> ActivityGoal:
    unit = indicator.currency or indicator.unit
    period = "" if target.period.label == str(year) else f", {target.period.label}"
    return ActivityGoal(
        agreement_id=agreement.agreement_id,
        decision="target",
        reason=f"Target of {year}{period}: {target.target:,.10g}{f' ({unit})' if unit else ''}.",
        partner=portfolio.labels[agreement.agreement_id],
        what=indicator.name,
        ends=target.period.last,
        objective_id=indicator.objective_id,
        objective=_stated(indicator.objective_id, portfolio),
        cells=target.cells("period", "target"),
    )


@result(key="goal", serves=("F1", "B5"))
class GoalServed(Result):
    """One goal of the framework, or none, and the agreements in force that serve it."""

    goal: str = out("Goal", "Its id, or that there is none.")
    decision: str = out("Agreements", '"n of N"; n/a without agreements in force.')
    name: str = out("Name")
    agreements: tuple[str, ...] = out("Which", fmt=Format.LIST)
    objectives: int = out("Their stated objectives", fmt=Format.COUNT)


def map_goals(portfolio: Portfolio, policy: Policy) -> Table[GoalServed]:
    """Return the agreements in force that serve each goal; in the last row those that serve none.

    There is no row where the policy lists no goals.
    """
    if not policy.goals:
        return Table(GoalServed)
    in_force = [row for row in portfolio.rows(Agreement) if is_reviewed(row)]
    served = [_served(goal, in_force, portfolio) for goal in policy.goals]
    return Table(GoalServed, (*served, _serving_none(in_force, portfolio)))


def _served(goal: Goal, in_force: Sequence[Agreement], portfolio: Portfolio) -> GoalServed:
    told = f"Agreements in force that name {goal.id} as a goal they serve."
    found = [row for row in in_force if goal.id in (row.goals or ())]
    return _of_goal(goal.id, goal.name, told, found, len(in_force), portfolio)


def _serving_none(in_force: Sequence[Agreement], portfolio: Portfolio) -> GoalServed:
    told = "Agreements in force that name no goal of the framework."
    found = [row for row in in_force if not row.goals]
    return _of_goal(NO_GOAL, "of the framework", told, found, len(in_force), portfolio)


def _of_goal(
    goal: str,
    name: str,
    told: str,
    found: Sequence[Agreement],
    in_force: int,
    portfolio: Portfolio,
) -> GoalServed:
    return GoalServed(
        goal=goal,
        decision=f"{len(found)} of {in_force}" if in_force else "n/a",
        reason=told,
        name=name,
        agreements=tuple(portfolio.labels[row.agreement_id] for row in found),
        objectives=sum(len(portfolio.of(row, Objective)) for row in found),
        cells=joined(runs(found, "goals")),
    )
