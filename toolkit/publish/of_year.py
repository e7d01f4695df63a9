"""What the public is told of a year: what was achieved, what came in, what is planned next.

Source: the report's rows on publishing agreements and outcomes and on yearly activity goals (R9).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Indicator, Milestone, Outcome, PeriodResult, Project
from toolkit.model.vocabulary import IndicatorKind, ProjectState
from toolkit.publish.edition import Edition, Record
from toolkit.publish.frame import told_number

OVER = {ProjectState.DONE, ProjectState.CANCELLED}


@dataclass(frozen=True)
class Planned:
    """One thing to do in the next year: of which agreement, what, by when, with what target."""

    agreement_id: str
    what: str
    by: object
    target: str = ""


@dataclass(frozen=True)
class YearAccount:
    """The public account of one year."""

    achieved: tuple[Outcome, ...]
    results: tuple[Record, ...]  # those of the year
    goals: tuple[Planned, ...]


def account_of(edition: Edition, portfolio: Portfolio, policy: Policy) -> YearAccount:
    """Return the account of the edition's year, from its public rows alone."""
    portfolio = portfolio.on(date.fromisoformat(edition.as_of))
    shown = {row["agreement_id"] for row in edition.tables["register"].records}
    public = {row["outcome_ref"] for row in edition.tables["outcomes"].records}
    outcomes = (
        row
        for row in portfolio.rows(Outcome)
        if row.outcome_ref in public
        and isinstance(row.on, When)
        and policy.year_of(row.on.last) == edition.year
    )
    goals = _goals(portfolio, policy, edition.year + 1)
    kept = tuple(goal for goal in goals if goal.agreement_id in shown)
    return YearAccount(tuple(outcomes), results_of_year(edition, portfolio, policy), kept)


def results_of_year(edition: Edition, portfolio: Portfolio, policy: Policy) -> tuple[Record, ...]:
    """Return the public results whose period ends in the edition's year."""
    in_year = {
        (row.indicator_id, str(row.period))
        for row in portfolio.rows(PeriodResult)
        if policy.year_of(row.period.last) == edition.year
    }
    rows = edition.tables["results"].records
    return tuple(row for row in rows if (row["indicator_id"], row["period"]) in in_year)


def _goals(portfolio: Portfolio, policy: Policy, year: int) -> Iterator[Planned]:
    for project in portfolio.rows(Project):
        owner = project.agreement_id
        if project.state not in OVER and year in _years(policy, (project.starts, project.ends)):
            yield Planned(owner, project.name, project.ends)
        for milestone in portfolio.of(project, Milestone):
            if milestone.done_on is None and year in _years(policy, (milestone.due,)):
                yield Planned(owner, f"{milestone.name} ({project.name})", milestone.due)
    for result in portfolio.rows(PeriodResult):
        if result.target is not None and policy.year_of(result.period.last) == year:
            indicator = portfolio.get(Indicator, result.indicator_id)
            owner = portfolio.agreement_of(result)
            if indicator and owner and result.part is None:
                is_number = indicator.kind != IndicatorKind.MILESTONE
                target = told_number(result.target, indicator.unit) if is_number else ""
                yield Planned(owner, indicator.name, str(result.period), target)


def _years(policy: Policy, days: Iterable[object]) -> range:
    """Return the reporting years from the first to the last of some days."""
    known = [day for day in days if isinstance(day, When)]
    if not known:
        return range(0)
    return range(policy.year_of(known[0].first), policy.year_of(known[-1].last) + 1)
