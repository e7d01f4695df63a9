"""How far an indicator got against its target, on unrounded values, or why that cannot be said.

Source: domain, section 6. Values are shares: 1.0 is the whole target.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from toolkit.model.vocabulary import Direction, IndicatorKind, Reason


@dataclass(frozen=True)
class Achievement:
    """A share of the target reached, `None` where there is none, and the reason."""

    value: float | None
    reason: Reason


@dataclass(frozen=True)
class Reported:
    """One period of one indicator: what was to be reached, what was; `None` is missing.

    `has_row`: whether the workbook has a row for it; a period without one may be due all the same.
    """

    label: str
    target: float | None
    actual: float | None
    numerator: float | None = None
    denominator: float | None = None
    has_row: bool = True


@dataclass(frozen=True)
class ToDate:
    """The achievement over all periods that are due.

    `reported` of `due` periods have an actual; `lower_bound` counts what is missing as nothing;
    `stale` means that the latest value is not of the latest period due.
    """

    headline: Achievement
    reported: int
    due: int
    lower_bound: float | None = None
    stale: bool = False
    target: float | None = None
    actual: float | None = None


def measure_achievement(
    kind: IndicatorKind,
    direction: Direction | None,
    *,
    baseline: float | None,
    target: float | None,
    actual: float | None,
) -> Achievement:
    """Return the achievement of one pair of target and actual.

    >>> measure_achievement("level", "decrease", baseline=40, target=20, actual=30).value
    0.5
    """
    if target is None:
        return Achievement(None, Reason.NO_TARGET)
    if actual is None:
        return Achievement(None, Reason.NO_ACTUAL)
    if kind == IndicatorKind.MILESTONE:
        return Achievement(float(actual >= 1), Reason.OK)
    if kind == IndicatorKind.FLOW:
        return _flow(direction, baseline, target, actual)
    return _level(direction, baseline, target, actual)


def _flow(
    direction: Direction | None, baseline: float | None, target: float, actual: float
) -> Achievement:
    """Return the achievement of a flow; only a ceiling looks at the baseline."""
    if direction == Direction.DECREASE:
        return _ceiling(baseline, target, actual)
    if target <= 0:
        return Achievement(None, Reason.ZERO_TARGET)
    return Achievement(actual / target, Reason.OK)


def _ceiling(baseline: float | None, target: float, actual: float) -> Achievement:
    if actual <= target:
        return Achievement(1.0, Reason.OK)
    if baseline is not None and baseline > target:
        return Achievement((baseline - actual) / (baseline - target), Reason.OK)
    reason = Reason.NO_BASELINE if baseline is None else Reason.OK
    return Achievement(target / actual if target else 0.0, reason)


def _level(
    direction: Direction | None, baseline: float | None, target: float, actual: float
) -> Achievement:
    rising = direction != Direction.DECREASE
    if baseline is None:
        return _level_without_baseline(target, actual, rising=rising)
    if target == baseline:
        held = actual >= target if rising else actual <= target
        return Achievement(float(held), Reason.HELD if held else Reason.REGRESSED)
    if (target > baseline) != rising:
        return Achievement(None, Reason.DIRECTION_CONFLICT)
    return Achievement((actual - baseline) / (target - baseline), Reason.OK)


def _level_without_baseline(target: float, actual: float, *, rising: bool) -> Achievement:
    if not rising:
        return Achievement(_ceiling(None, target, actual).value, Reason.NO_BASELINE)
    if target <= 0:
        return Achievement(None, Reason.ZERO_TARGET)
    return Achievement(actual / target, Reason.NO_BASELINE)


def measure_maintained(
    lower: float | None, upper: float | None, actual: float | None
) -> Achievement:
    """Return 1 inside the range to maintain, 0 outside; a range with an open end is no target."""
    if lower is None or upper is None:
        return Achievement(None, Reason.NO_TARGET)
    if actual is None:
        return Achievement(None, Reason.NO_ACTUAL)
    return Achievement(float(lower <= actual <= upper), Reason.OK)


Measure = Callable[[float | None, float | None], Achievement]


def measure_to_date(
    periods: Sequence[Reported], measure: Measure, *, adds_up: bool, rising: bool
) -> ToDate:
    """Return the achievement over the periods that are due, in order of time.

    Parameters
    ----------
    periods
        The periods due by the date of the review; those not due are left out by the caller.
    measure
        Target and actual -> achievement.
    adds_up
        Whether the values are increments to be summed; otherwise the latest value counts.
    rising
        Whether more is better; only then has what is missing a lower bound.
    """
    if not periods:
        return ToDate(Achievement(None, Reason.NOT_DUE), 0, 0)
    reported = [p for p in periods if p.actual is not None]
    if not reported:
        has_target = any(p.target is not None for p in periods)
        reason = Reason.NO_ACTUAL if has_target else Reason.NO_TARGET
        return ToDate(Achievement(None, reason), 0, len(periods))
    if adds_up:
        return _sum_to_date(periods, reported, measure, rising=rising)
    return _latest_to_date(periods, reported, measure, rising=rising)


def _sum_to_date(
    periods: Sequence[Reported], reported: Sequence[Reported], measure: Measure, *, rising: bool
) -> ToDate:
    """Sum what was reported against the targets of the same periods."""
    counted = [p for p in reported if p.target is not None]
    target = _total(p.target for p in counted)
    actual = _total(p.actual for p in counted)
    headline = measure(target, actual)
    due = _total(p.target for p in periods)
    is_bounded = rising and headline.value is not None
    lower = actual / due if is_bounded and actual is not None and due else None
    return ToDate(headline, len(reported), len(periods), lower, target=target, actual=actual)


def _latest_to_date(
    periods: Sequence[Reported], reported: Sequence[Reported], measure: Measure, *, rising: bool
) -> ToDate:
    """Take the latest value reported against the target of its own period."""
    latest, last_due = reported[-1], periods[-1]
    headline = measure(latest.target, latest.actual)
    bound = measure(last_due.target, latest.actual) if rising else Achievement(None, Reason.OK)
    return ToDate(
        headline,
        len(reported),
        len(periods),
        bound.value,
        stale=latest is not last_due,
        target=latest.target,
        actual=latest.actual,
    )


def _total(values: Iterable[float | None]) -> float | None:
    found = [value for value in values if value is not None]
    return sum(found) if found else None


def pool_percentages(periods: Sequence[Reported]) -> float | None:
    """Return the pooled percentage (0-100) of numerators over denominators.

    >>> pool = [Reported("", None, None, 15, 50), Reported("", None, None, 9, 10)]
    >>> pool_percentages(pool)
    40.0
    """
    pairs = [
        (p.numerator, p.denominator) for p in periods if p.numerator is not None and p.denominator
    ]
    if not pairs:
        return None
    return 100 * sum(above for above, _ in pairs) / sum(below for _, below in pairs)
