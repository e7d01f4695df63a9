"""What each indicator reached by the date of the review: value, reason, status and cells.

Source: domain, section 6. It is long because a value passes one gate after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.year.achievement import (
    Achievement,
    Measure,
    Reported,
    ToDate,
    measure_achievement,
    measure_maintained,
    measure_to_date,
    pool_percentages,
)
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import runs
from toolkit.model.sheets import Indicator, Objective, PeriodResult
from toolkit.model.vocabulary import Accumulation, Direction, IndicatorKind, Progress, Reason

MISSING = {Reason.NO_ACTUAL: Progress.NOT_REPORTED, Reason.NOT_DUE: Progress.NOT_DUE}


@result(key="indicator_id", serves=("SMART",))
class IndicatorReached(Result):
    """What one indicator reached to date."""

    indicator_id: str = out("Id")
    decision: Progress = out("Status", "Where it stands against its target.")
    agreement_id: str = out("Agreement")
    objective_id: str = out("Objective")
    name: str = out("Indicator")
    kind: IndicatorKind = out("Kind")
    unit: str | None = out("Unit", "Its currency, or its unit.")
    baseline: float | None = out("Baseline", "In its unit.", fmt=Format.AMOUNT)
    target: float | None = out("Target", "To date, in its unit.", fmt=Format.AMOUNT)
    actual: float | None = out("Actual", "To date, in its unit.", fmt=Format.AMOUNT)
    achievement: float | None = out("Achieved", fmt=Format.SHARE)
    lower_bound: float | None = out(
        "At least", "What is missing counted as nothing.", fmt=Format.SHARE
    )
    reported: int = out("Reported", "Periods with an actual that counts.", fmt=Format.COUNT)
    due: int = out("Due", "Periods.", fmt=Format.COUNT)
    stale: bool = out(
        "Stale", "Whether the latest value is not of the latest period due.", fmt=Format.YES_NO
    )
    code: Reason = out("Code", "Why there is a number, or none.")
    contribution: str | None = out("Contribution", "The weakest that is claimed.")
    notes: tuple[str, ...] = out("Cautions", fmt=Format.LIST)


@dataclass(frozen=True)
class Series:
    """One indicator with its objective and the rows of its periods that are due, in order."""

    indicator: Indicator
    objective: Objective
    results: Sequence[PeriodResult]

    @property
    def unit(self) -> str | None:
        """What its values are counted in."""
        return self.indicator.currency or self.indicator.unit

    @property
    def adds_up(self) -> bool:
        """Whether its values are increments; a flow is, unless it is a running total."""
        incremental = self.indicator.accumulation in (None, Accumulation.INCREMENTAL)
        is_flow = self.indicator.kind == IndicatorKind.FLOW
        return incremental and is_flow and self.indicator.measure not in ("ratio", "index")

    @property
    def rule(self) -> IndicatorKind:
        """The kind whose rule applies: percentages, ratios and indices are levels."""
        is_level = self.indicator.measure in ("percent", "ratio", "index")
        is_number = self.indicator.kind in (IndicatorKind.FLOW, IndicatorKind.LEVEL)
        return IndicatorKind.LEVEL if is_level and is_number else self.indicator.kind


def find_series(portfolio: Portfolio, *, as_of: date) -> list[Series]:
    """Return every indicator with the results that are due by `as_of`."""
    found = (_series(portfolio, row, as_of) for row in portfolio.rows(Indicator))
    return [series for series in found if series]


def _series(portfolio: Portfolio, indicator: Indicator, as_of: date) -> Series | None:
    objective = portfolio.get(Objective, indicator.objective_id)
    if objective is None:  # the sheet Objectives may not be supplied
        return None
    due = [row for row in portfolio.of(indicator, PeriodResult) if row.period.last <= as_of]
    in_order = sorted(due, key=lambda row: (row.period.last, row.period.first))
    return Series(indicator, objective, in_order)


def evaluate_indicators(
    portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Table[IndicatorReached]:
    """Return what every indicator reached to date."""
    found = find_series(portfolio, as_of=as_of)
    return Table(IndicatorReached, (evaluate_indicator(series, policy) for series in found))


def evaluate_indicator(series: Series, policy: Policy) -> IndicatorReached:
    """Return what one indicator reached to date."""
    indicator, notes = series.indicator, list[str]()
    periods = [_reported(row, series, notes) for row in series.results]
    found = _to_date(series, periods)
    status = progress_of(found.headline, policy)
    notes += _cautions(series, periods, found, policy)
    return IndicatorReached(
        indicator_id=indicator.indicator_id,
        decision=status,
        reason=_sentence(series, found, status),
        agreement_id=series.objective.agreement_id,
        objective_id=indicator.objective_id,
        name=indicator.name,
        kind=indicator.kind,
        unit=series.unit,
        baseline=indicator.baseline,
        target=found.target,
        actual=found.actual,
        achievement=found.headline.value,
        lower_bound=found.lower_bound,
        reported=found.reported,
        due=found.due,
        stale=found.stale,
        code=found.headline.reason,
        contribution=_weakest(series),
        notes=tuple(dict.fromkeys(notes)),
        cells=_cells(series),
    )


def _reported(row: PeriodResult, series: Series, notes: list[str]) -> Reported:
    """Return one period as it counts: drafts do not, partial years only in part."""
    if row.state == "draft" and (row.actual is not None or row.numerator is not None):
        notes.append(f"draft result of {row.period} is shown, not counted: {_shown(row.actual)}")
        return Reported(row.period.label, _share_of_target(row, series, notes), None)
    target = _share_of_target(row, series, notes)
    actual = row.actual
    if actual is None and row.numerator is not None and row.denominator:
        actual = 100 * row.numerator / row.denominator
    return Reported(row.period.label, target, actual, row.numerator, row.denominator)


def _share_of_target(row: PeriodResult, series: Series, notes: list[str]) -> float | None:
    """Return the target, pro-rated by days where the objective covers only part of the period."""
    starts, ends = series.objective.starts, series.objective.ends
    if row.target is None or not series.adds_up:
        return row.target
    first = max(row.period.first, starts.first) if starts else row.period.first
    last = min(row.period.last, ends.last) if ends else row.period.last
    days = (last - first).days + 1
    if days >= row.period.days or days <= 0:
        return row.target
    notes.append(f"target of {row.period} counted for {days} of {row.period.days} days")
    return row.target * days / row.period.days


def _to_date(series: Series, periods: Sequence[Reported]) -> ToDate:
    """Return the achievement by the first rule that fits the indicator."""
    indicator = series.indicator
    if indicator.kind == IndicatorKind.QUALITATIVE:
        return _rated(periods)
    if indicator.direction == Direction.MAINTAIN:
        return measure_to_date(periods, _maintained(indicator), adds_up=False, rising=False)
    if indicator.measure == "percent" and series.adds_up:
        return _pooled(series, periods)
    rising = indicator.direction in (None, Direction.INCREASE)
    summed = sum(None not in (p.actual, p.target) for p in periods) if series.adds_up else 1
    measure = _measure(series, periods=summed or 1)
    return measure_to_date(periods, measure, adds_up=series.adds_up, rising=rising)


def _measure(series: Series, *, periods: int = 1) -> Measure:
    """Return how a target and an actual compare; a baseline is that of one period."""
    baseline = series.indicator.baseline
    return lambda target, actual: measure_achievement(
        series.rule,
        series.indicator.direction,
        baseline=None if baseline is None else baseline * periods,
        target=target,
        actual=actual,
    )


def _maintained(indicator: Indicator) -> Measure:
    return lambda _target, actual: measure_maintained(indicator.lower, indicator.upper, actual)


def _rated(periods: Sequence[Reported]) -> ToDate:
    """Return a qualitative indicator: its latest rating, never a percentage."""
    rated = [p for p in periods if p.actual is not None]
    reason = Reason.NOT_DUE if not periods else Reason.OK if rated else Reason.NO_ACTUAL
    latest = rated[-1].actual if rated else None
    return ToDate(Achievement(None, reason), len(rated), len(periods), actual=latest)


def _pooled(series: Series, periods: Sequence[Reported]) -> ToDate:
    """Pool numerators and denominators first, then apply the rule of a level."""
    reported = [p for p in periods if p.actual is not None]
    if not reported:
        return measure_to_date(periods, _measure(series), adds_up=True, rising=False)
    target = reported[-1].target
    if not all(p.denominator for p in reported):
        headline = Achievement(None, Reason.NOT_POOLABLE)
        return ToDate(headline, len(reported), len(periods), target=target)
    pooled = pool_percentages(reported)
    headline = _measure(series)(target, pooled)
    return ToDate(headline, len(reported), len(periods), target=target, actual=pooled)


def progress_of(achievement: Achievement, policy: Policy) -> Progress:
    """Return the status of an achievement achievement."""
    if achievement.value is None:
        return MISSING.get(achievement.reason, Progress.NOT_MEASURABLE)
    percent = round(100 * achievement.value, 9)
    if percent >= policy.thresholds.on_track:
        return Progress.ON_TRACK
    return Progress.BEHIND if percent >= policy.thresholds.behind else Progress.OFF_TRACK


def _cautions(
    series: Series, periods: Sequence[Reported], found: ToDate, policy: Policy
) -> list[str]:
    notes = []
    value = found.headline.value
    if value is not None and round(100 * value, 9) > policy.thresholds.check_target:
        notes.append("far above the target: check the target")
    if found.stale:
        notes.append("the latest value is not of the latest period due")
    if found.headline.reason == Reason.NO_BASELINE:
        notes.append("no baseline on record: measured against the target alone")
    if _easier_than_last_result(series, periods):
        notes.append("the latest target is below what was reached the period before")
    if _is_done_late(series, periods):
        notes.append("done late")
    return notes


def _is_done_late(series: Series, periods: Sequence[Reported]) -> bool:
    """Whether a milestone was done after the first period that asked for it."""
    if series.indicator.kind != IndicatorKind.MILESTONE:
        return False
    asked = [i for i, p in enumerate(periods) if p.target]
    done = [i for i, p in enumerate(periods) if p.actual]
    return bool(asked and done) and done[0] > asked[0]


def _easier_than_last_result(series: Series, periods: Sequence[Reported]) -> bool:
    is_number = series.indicator.kind in (IndicatorKind.FLOW, IndicatorKind.LEVEL)
    is_rising = series.indicator.direction in (None, Direction.INCREASE)
    if len(periods) < 2 or not is_number or not is_rising:
        return False
    before, target = periods[-2].actual, periods[-1].target
    return before is not None and target is not None and target < before


def _weakest(series: Series) -> str | None:
    order = ("associated", "contributed", "attributed")
    claimed = {row.contribution for row in series.results if row.contribution}
    return next((word for word in order if word in claimed), None)


def _sentence(series: Series, found: ToDate, status: Progress) -> str:
    indicator = series.indicator
    coverage = f"{found.reported} of {found.due} periods reported"
    if indicator.kind == IndicatorKind.QUALITATIVE and found.actual is not None:
        return f"Rated {_shown(found.actual)} of 4; {coverage}. A rating is never a percentage."
    if found.headline.value is not None:
        of = f"{_shown(found.actual)} against {_shown(found.target)} {series.unit or ''}".rstrip()
        if indicator.kind == IndicatorKind.LEVEL and indicator.baseline is not None:
            of = f"{of}, from {_shown(indicator.baseline)}"
        return f"{of}: {status}; {coverage}."
    return f"{WORDS[found.headline.reason]} {coverage}."


WORDS = {
    Reason.OK: "No rating is on record;",
    Reason.NOT_DUE: "No period is due yet;",
    Reason.NO_ACTUAL: "Due and not reported;",
    Reason.NO_TARGET: "No target was set;",
    Reason.ZERO_TARGET: "A target of zero or less gives no percentage;",
    Reason.DIRECTION_CONFLICT: "The target lies on the wrong side of the baseline;",
    Reason.NOT_POOLABLE: "Percentages without numerator and denominator cannot be added up;",
}


def _shown(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.10g}"


def _cells(series: Series) -> str:
    """Return the cells of the baseline and of the periods, rows that follow each other as one."""
    parts = []
    if series.indicator.baseline is not None:
        parts.append(series.indicator.cell("baseline"))
    for column in ("target", "actual", "numerator", "denominator"):
        rows = [r for r in series.results if getattr(r, column) is not None]
        parts += runs(rows, column)
    return "; ".join(parts)
