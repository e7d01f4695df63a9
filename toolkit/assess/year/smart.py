"""How SMART an objective is: 0, 1 or 2 a letter, from what is on record.

Source: domain, section 5; the letters are those of the report's table: Specific, Measurable,
Assignable, Resourced, Time-bound.
"""

from collections.abc import Mapping

from toolkit.assess.year.series import whole_rows
from toolkit.model.dates import add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Indicator, Milestone, Objective, PeriodResult, Project
from toolkit.model.vocabulary import IndicatorKind, SmartLevel

LETTERS = ("S", "M", "A", "R", "T")
NOBODY = {"the parties", "both parties", "all parties", "tbd"}


def smart_level(scores: Mapping[str, int], policy: Policy) -> SmartLevel:
    """Return SMART, Partial or Not SMART for the scores of the five letters."""
    total = sum(scores.values())
    if total >= policy.thresholds.smart_total and min(scores.values()) > 0:
        return SmartLevel.SMART
    return SmartLevel.PARTIAL if total >= policy.thresholds.partial_total else SmartLevel.NOT_SMART


def smart_scores(portfolio: Portfolio, policy: Policy, objective: Objective) -> dict[str, int]:
    """Return the score of each letter."""
    return {
        "S": specific(objective),
        "M": measurable(portfolio, objective),
        "A": assignable(objective),
        "R": resourced(objective),
        "T": time_bound(portfolio, policy, objective),
    }


def six_factors(objective: Objective, scores: Mapping[str, int]) -> dict[str, bool]:
    """Return whether each of the report's six factors of a detailed objective is there."""
    return {
        "focused goal": scores["S"] == 2,
        "measurable outcome": scores["M"] == 2,
        "required resources": scores["R"] == 2,
        "partner responsibilities": bool(objective.partner_duty),
        "duration": scores["T"] >= 1,
        "reporting": bool(objective.report_owner and objective.report_frequency),
    }


def specific(objective: Objective) -> int:
    """Score type and activity, with sector or audience for the full mark."""
    named = bool(objective.type) + bool(objective.activity)
    if named == 2 and not (objective.sector or objective.audience):
        return 1
    return named


def measurable(portfolio: Portfolio, objective: Objective) -> int:
    """Score the best indicator."""
    scores = [_measurable(portfolio, row) for row in portfolio.of(objective, Indicator)]
    return max(scores, default=0)


def _measurable(portfolio: Portfolio, indicator: Indicator) -> int:
    is_rated = indicator.kind == IndicatorKind.QUALITATIVE  # a rubric is its own scale
    if not is_rated and not _has_target(portfolio, indicator):
        return 0
    has_baseline = indicator.baseline is not None or indicator.baseline_state == "not applicable"
    complete = indicator.unit and indicator.direction and has_baseline and indicator.data_source
    return 2 if complete else 1


def _has_target(portfolio: Portfolio, indicator: Indicator) -> bool:
    """Whether some period has a target, or a range is to be maintained."""
    has_range = indicator.lower is not None and indicator.upper is not None
    periods = whole_rows(portfolio.of(indicator, PeriodResult))
    return has_range or any(row.target is not None for row in periods)


def assignable(objective: Objective) -> int:
    """Score an accountable lead on each side, each with a duty."""
    here = _is_somebody(objective.city_unit)
    there = _is_somebody(objective.partner_unit)
    if not here and not there:
        return 0
    duties = objective.city_duty and objective.partner_duty
    return 2 if here and there and duties else 1


def _is_somebody(name: str | None) -> bool:
    return bool(name and name.casefold() not in NOBODY)


def resourced(objective: Objective) -> int:
    """Score committed money against the estimate, with its source, and staff days."""
    money, staff = objective.approved_budget or 0, objective.staff_days or 0
    if not money and not staff:
        return 0
    estimate = objective.estimated_cost
    enough = estimate is not None and money >= estimate and bool(objective.funding_source)
    return 2 if enough and money and staff else 1


def time_bound(portfolio: Portfolio, policy: Policy, objective: Objective) -> int:
    """Score start, end, a milestone and a review before the end."""
    if not objective.ends:
        return 0
    if not objective.starts or not objective.review_on or not _has_milestone(portfolio, objective):
        return 1
    longest = add_months(objective.starts.last, 12 * policy.counts.agreement_term_years[1])
    in_time = objective.ends.last <= longest and objective.review_on.last <= objective.ends.last
    return 2 if in_time else 1


def _has_milestone(portfolio: Portfolio, objective: Objective) -> bool:
    projects = portfolio.of(objective, Project)
    return any(portfolio.of(project, Milestone) for project in projects)
