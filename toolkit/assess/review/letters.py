"""What to type so that an objective has full marks in a letter of SMART, with its next project.

What only the city can say, such as who leads, is typed as "to be named".
"""

from collections.abc import Callable
from datetime import timedelta

from toolkit.assess.review.entries import Entry, in_row, new_row
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.repairs import NAMED, in_months
from toolkit.assess.year.smart import assignable, measurable, resourced, specific, time_bound
from toolkit.model.dates import Period, When, add_months
from toolkit.model.sheets import Indicator, Milestone, Objective, PeriodResult, Project
from toolkit.model.vocabulary import Direction, IndicatorKind, ProjectState

Typed = tuple[Entry, ...]
AMOUNT = 1000.0


def new_id(prefix: str, key: str) -> str:
    """Return an id of a row to come; ids have at most 32 characters."""
    return f"NEW-{prefix}-{key}"[:32].rstrip("-")


def planned(facts: Facts, prefix: str, objective_id: str | None) -> Typed:
    """Return a project that is planned, with a milestone; a plan is no activity yet."""
    key = new_id(prefix, facts.agreement.agreement_id)
    return (
        *new_row(
            Project,
            project_id=key,
            agreement_id=facts.agreement.agreement_id,
            name="A project",
            objective_id=objective_id,
            starts=in_months(facts, 1),
            ends=in_months(facts, 9),
            state=ProjectState.PLANNED,
        ),
        *milestone(facts, key),
    )


def milestone(facts: Facts, project_id: str) -> Typed:
    """Return a milestone that is to come."""
    return new_row(Milestone, project_id=project_id, name="Begun", due=in_months(facts, 2))


def _specific(facts: Facts, row: Objective) -> Typed:
    kinds, activities = facts.policy.objective_types, facts.policy.activities.names
    same = [kind.name for kind in kinds if row.purpose in (None, kind.purpose)]
    return in_row(
        row,
        type=row.type or next(iter(same or [kind.name for kind in kinds]), None),
        activity=row.activity or next(iter(activities), None),
        sector=row.sector or NAMED,
    )


def _measurable(facts: Facts, row: Objective) -> Typed:
    """Return what lacks to its first indicator that is a number, or a first one, with a target."""
    rows = facts.portfolio.of(row, Indicator)
    counted = [r for r in rows if r.kind != IndicatorKind.QUALITATIVE]
    if not counted:
        key = new_id("I", row.objective_id)
        own = new_row(
            Indicator,
            indicator_id=key,
            objective_id=row.objective_id,
            name="A measure",
            kind=IndicatorKind.FLOW,
            measure="count",
            unit="number",
            direction=Direction.INCREASE,
            baseline_state="not applicable",
            data_source=NAMED,
        )
        return (*own, *_target(facts, key))
    first = counted[0]
    has_baseline = first.baseline is not None or first.baseline_state == "not applicable"
    values = {
        "unit": first.unit or "number",
        "direction": first.direction or Direction.INCREASE,
        "data_source": first.data_source or NAMED,
    }
    if not has_baseline:
        values["baseline_state"] = "not applicable"
    periods = facts.portfolio.of(first, PeriodResult)
    has_target = any(period.target is not None for period in periods)
    more = () if has_target else _target(facts, first.indicator_id)
    return (*in_row(first, **values), *more)


def _target(facts: Facts, indicator_id: str) -> Typed:
    """Return a target of next year."""
    year = facts.policy.year_of(facts.as_of)
    first = facts.policy.year_end(year) + timedelta(days=1)
    last = facts.policy.year_end(year + 1)
    period = Period(first, last, f"{first}/{last}")
    return new_row(PeriodResult, indicator_id=indicator_id, period=period, target=10.0)


def _assignable(_facts: Facts, row: Objective) -> Typed:
    return in_row(
        row,
        city_unit=NAMED,
        city_duty=row.city_duty or NAMED,
        partner_unit=NAMED,
        partner_duty=row.partner_duty or NAMED,
    )


def _resourced(_facts: Facts, row: Objective) -> Typed:
    estimate = row.estimated_cost if row.estimated_cost is not None else AMOUNT
    return in_row(
        row,
        estimated_cost=estimate,
        approved_budget=max(row.approved_budget or 0.0, estimate) or AMOUNT,
        funding_source=row.funding_source or NAMED,
        staff_days=row.staff_days or 5.0,
    )


def _time_bound(facts: Facts, row: Objective) -> Typed:
    """Return an end, a review before it, and a milestone; when it began is for the city to say."""
    begun = row.starts.last if row.starts else facts.as_of
    latest = When.day_of(add_months(begun, 12 * facts.policy.counts.agreement_term_years[1]))
    ends = min(row.ends or in_months(facts, 36), latest, key=lambda when: when.last)
    review = row.review_on if row.review_on and row.review_on.last <= ends.last else None
    own = in_row(row, ends=ends, review_on=review or review_day(facts, row, ends))
    running = facts.portfolio.of(row, Project)
    if any(facts.portfolio.of(project, Milestone) for project in running):
        return own
    if running:
        return (*own, *milestone(facts, running[0].project_id))
    key = new_id("T", row.objective_id)
    return (*own, *(_renamed(entry, key) for entry in planned(facts, "P", row.objective_id)))


def _renamed(entry: Entry, key: str) -> Entry:
    value = key if entry.column == "project_id" else entry.value
    return Entry(entry.kind, key, entry.column, value)


def review_day(facts: Facts, row: Objective, ends: When | None = None) -> When:
    """Return a date of review in a year, or the end where that is sooner."""
    until = ends or row.ends
    ahead = in_months(facts, 12)
    return When.day_of(until.last) if until and until.last < ahead.last else ahead


FULL = 2
LETTERS: dict[str, Callable[[Facts, Objective], Typed]] = {
    "S": _specific,
    "M": _measurable,
    "A": _assignable,
    "R": _resourced,
    "T": _time_bound,
}
SCORES: dict[str, Callable[[Facts, Objective], int]] = {
    "S": lambda _facts, row: specific(row),
    "M": lambda facts, row: measurable(facts.portfolio, row),
    "A": lambda _facts, row: assignable(row),
    "R": lambda _facts, row: resourced(row),
    "T": lambda facts, row: time_bound(facts.portfolio, facts.policy, row),
}
WORDS = {
    "S": "name the type, activity and sector of",
    "M": "give an indicator with its unit, baseline, source and target to",
    "A": "agree a duty on each side for",
    "R": "commit money and staff to the estimate of",
    "T": "set an end, a review before it and a milestone for",
}
