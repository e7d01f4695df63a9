"""Against which target an indicator is measured: the current one and, for the rules, the first.

Source: domain, section 6, To date and Revised targets. The headline reads the current target. The
rules read the better of two where a target was raised, the worse where it was lowered: with either
that is the one first agreed, so that ambition costs nothing and modesty gains nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from toolkit.assess.year.series import Series
from toolkit.model.dates import Period
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Indicator, PeriodResult
from toolkit.model.vocabulary import IndicatorKind, Reason

FirstTargets = Mapping[tuple[str, Period], float]


@dataclass(frozen=True)
class TargetsRead:
    """The periods with the targets that the rules read, what was achieved of them, and why."""

    periods: Sequence[Reported]
    found: ToDate
    revised: str | None = None


def first_targets(previous: Portfolio | None) -> FirstTargets:
    """Return the targets of last year's workbook by indicator and period: the first there."""
    rows = previous.rows(PeriodResult) if previous else ()
    told = [row for row in rows if not row.part and row.target is not None]
    return {
        (row.indicator_id, row.period): row.target if row.first_target is None else row.first_target
        for row in told
        if row.target is not None
    }


def in_order(told: Sequence[Reported], series: Series) -> list[Reported]:
    """Return the periods that are due in order of time, those without a row among them."""
    days = [(row.period.last, row.period.first) for row in series.results]
    pairs = list(zip(days, told, strict=True))
    for year in series.silent:
        pairs.append(((year.last, year.first), Reported(year.label, None, None, has_row=False)))
    return [period for _, period in sorted(pairs, key=lambda pair: pair[0])]


def days_covered(row: PeriodResult, series: Series) -> int:
    """Return on how many days of a period the objective runs, where values add up; else all."""
    starts, ends = series.objective.starts, series.objective.ends
    if not series.adds_up:
        return row.period.days
    first = max(row.period.first, starts.first) if starts else row.period.first
    last = min(row.period.last, ends.last) if ends else row.period.last
    days = (last - first).days + 1
    return days if 0 < days < row.period.days else row.period.days


def targets_read(
    series: Series, periods: Sequence[Reported], found: ToDate, first: FirstTargets
) -> TargetsRead:
    """Return what the rules read; the same as the headline where no target was revised."""
    revised = {row.period.label: t for row in series.results if (t := _first(row, series, first))}
    if not revised:
        return TargetsRead(periods, found)
    agreed = [replace(p, target=revised[p.label][0]) if p.label in revised else p for p in periods]
    by_first = to_date(series, agreed)
    words = "; ".join(
        f"the target of {label} was {'raised' if is_raised else 'lowered'} from {old:,.10g} to "
        f"{new:,.10g}"
        for label, (_, old, new, is_raised) in revised.items()
    )
    is_only_raised = all(is_raised for *_, is_raised in revised.values())
    if by_first.headline.value is None and is_only_raised:
        return TargetsRead(periods, found)
    return TargetsRead(agreed, by_first, f"{words}: the rules read the one first agreed")


def _first(
    row: PeriodResult, series: Series, first: FirstTargets
) -> tuple[float, float, float, bool] | None:
    """Return the target first agreed as it counts, it and the current one, and if it was raised."""
    before = first.get((row.indicator_id, row.period))
    agreed = before if row.first_target is None else row.first_target
    if agreed is None or row.target is None or agreed == row.target:
        return None
    counted = agreed * days_covered(row, series) / row.period.days
    is_raised = (row.target > agreed) == series.rises
    return counted, agreed, row.target, is_raised


def to_date(series: Series, periods: Sequence[Reported]) -> ToDate:
    """Return the achievement by the first rule that fits the indicator."""
    indicator = series.indicator
    if indicator.kind == IndicatorKind.QUALITATIVE:
        return _rated(periods)
    if series.is_maintained:
        return measure_to_date(periods, _maintained(indicator), adds_up=False, rising=False)
    if indicator.measure == "percent" and series.adds_up:
        return _pooled(series, periods)
    summed = sum(None not in (p.actual, p.target) for p in periods) if series.adds_up else 1
    measure = _measure(series, periods=summed or 1)
    return measure_to_date(periods, measure, adds_up=series.adds_up, rising=series.rises)


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
    if not all(p.denominator and p.numerator is not None for p in reported):
        headline = Achievement(None, Reason.NOT_POOLABLE)
        return ToDate(headline, len(reported), len(periods), target=target)
    pooled = pool_percentages(reported)
    headline = _measure(series)(target, pooled)
    return ToDate(headline, len(reported), len(periods), target=target, actual=pooled)
