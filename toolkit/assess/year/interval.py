"""Between which ends an achievement lies while facts are missing: criterion C5.

Source: domain, sections 0 and 3. What is missing counts 0 at the low end and 100 at the high end,
so that no figure that is left out can raise the low end. All values are shares from 0 to 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.assess.year.achievement import Reported, ToDate
from toolkit.assess.year.series import Series
from toolkit.model.vocabulary import IndicatorKind, Reason


@dataclass(frozen=True)
class Interval:
    """What the rules read of one indicator, objective or agreement.

    Attributes
    ----------
    rated
        By what is reported; None where nothing is.
    low, high
        With what is missing at 0, and at 1.
    known
        The share that is reported.
    lacking
        What is missing, each with its period.
    """

    rated: float | None
    low: float
    high: float
    known: float
    lacking: tuple[str, ...] = ()


def nothing_known(*lacking: str) -> Interval:
    """Return the whole width."""
    return Interval(None, 0.0, 1.0, 0.0, lacking)


def clip(value: float) -> float:
    """Return a share cut off at 0 and at 1."""
    return min(max(value, 0.0), 1.0)


def find_interval(
    series: Series, periods: Sequence[Reported], found: ToDate, *, new: bool, missing_now: bool
) -> Interval | None:
    """Return what the rules read of one indicator; None where it is left out.

    It is left out while nothing of it is due, in an objective that is new or for a period to come;
    and where it is rated in words, which is never a percentage.

    Parameters
    ----------
    periods
        The periods that are due, in order, with the targets that the rules read.
    found
        What was achieved of those targets to date.
    new
        Whether its objective begins in the year.
    missing_now
        Whether its newest period of the year has no approved actual: older results are not this
        year's.
    """
    indicator, lacking = series.indicator, _lacking(series, periods)
    if not periods:
        return None if new or series.is_planned else nothing_known("a period with its target")
    if indicator.kind == IndicatorKind.QUALITATIVE:
        return None if periods[-1].actual is not None else nothing_known(*lacking)
    has_way = indicator.direction is not None or indicator.kind == IndicatorKind.MILESTONE
    value = found.headline.value
    if value is None or missing_now or not has_way:
        return nothing_known(*lacking)
    width = _width(series, periods, found, clip(value))
    return replace(width, low=0.0 if _may_be_nothing(series) else width.low, lacking=lacking)


def _width(series: Series, periods: Sequence[Reported], found: ToDate, value: float) -> Interval:
    """Return the interval of an indicator that has a number."""
    is_percent = series.indicator.measure == "percent"
    if series.is_maintained or not series.adds_up:
        return _of_the_latest(periods, found, value)
    if is_percent or not series.rises:
        return _of_a_whole(periods, found, value, needs_targets=not is_percent)
    return _of_a_sum(periods, value)


def _of_a_sum(periods: Sequence[Reported], value: float) -> Interval:
    """Return the interval of increments: what is missing weighs by its share of the target.

    A target that is missing is taken as the mean of those known. At the low end that will not do
    for a row without one: it might have been any target, so the indicator counts nothing there.
    """
    known = [p.target for p in periods if p.target is not None]
    usual = sum(known) / len(known)  # there is a number, so there is a target
    told = [p for p in periods if p.actual is not None and p.target is not None]
    of_told = sum(p.target or 0.0 for p in told)
    total = sum(usual if p.target is None else p.target for p in periods)
    achieved = sum(p.actual or 0.0 for p in told)
    if total <= 0:
        return nothing_known()
    is_open = any(p.target is None and p.has_row for p in periods)
    low = 0.0 if is_open else clip(achieved / total)
    return Interval(value, low, clip((achieved + total - of_told) / total), clip(of_told / total))


def _of_a_whole(
    periods: Sequence[Reported], found: ToDate, value: float, *, needs_targets: bool
) -> Interval:
    """Return the interval of what is only known as a whole: a ceiling, or pooled percentages."""
    told = [p for p in periods if p.actual is not None and not (needs_targets and p.target is None)]
    if len(told) < len(periods):
        return Interval(value, 0.0, 1.0, len(told) / len(periods))
    return _of_the_latest(periods, found, value)


def _of_the_latest(periods: Sequence[Reported], found: ToDate, value: float) -> Interval:
    """Return a single value; without the baseline it should rest on, the low end is nothing."""
    if periods[-1].actual is None:
        return nothing_known()
    low = 0.0 if found.headline.reason == Reason.NO_BASELINE else value
    return Interval(value, low, value, 1.0)


def _may_be_nothing(series: Series) -> bool:
    """Whether what is left blank of the indicator itself might hide another way of counting.

    A flow that does not say what its number is might be a percentage; a ceiling whose objective
    has no start or end might have been cut to a part of its first or last year.
    """
    is_flow = series.indicator.kind == IndicatorKind.FLOW and not series.is_maintained
    is_ceiling = series.adds_up and not series.rises
    is_cut = series.objective.starts is not None and series.objective.ends is not None
    return is_flow and (series.indicator.measure is None or (is_ceiling and not is_cut))


def either_reading(one: Interval | None, other: Interval | None) -> Interval | None:
    """Return what holds whichever of two readings is right; what is known is that of the first.

    Where they differ, how the values add up is lacking too.
    """
    if one is None or other is None:
        return one
    low, high = min(one.low, other.low), max(one.high, other.high)
    own = () if (low, high) == (one.low, one.high) else ("accumulation",)
    return replace(one, low=low, high=high, lacking=(*own, *one.lacking))


def _lacking(series: Series, periods: Sequence[Reported]) -> tuple[str, ...]:
    """Return what an answer would have to tell: the facts of the indicator, then its periods."""
    indicator, needs_way = series.indicator, series.indicator.kind != IndicatorKind.MILESTONE
    is_rated = indicator.kind == IndicatorKind.QUALITATIVE
    asks_target = not (is_rated or series.is_maintained)
    is_level = series.rule == IndicatorKind.LEVEL and not series.is_maintained
    own = (
        ("direction", needs_way and not is_rated and indicator.direction is None),
        ("lower", series.is_maintained and indicator.lower is None),
        ("upper", series.is_maintained and indicator.upper is None),
        ("baseline", is_level and indicator.baseline is None),
        ("measure", indicator.kind == IndicatorKind.FLOW and indicator.measure is None),
    )
    found = [name for name, is_missing in own if is_missing]
    asked = periods if series.adds_up and not series.is_maintained else periods[-1:]
    for p in asked:
        found += [f"target of {p.label}"] if asks_target and p.target is None else []
        found += [f"actual of {p.label}"] if p.actual is None else []
    return tuple(found)


def mean_interval(parts: Iterable[Interval]) -> Interval:
    """Return the interval of a mean of equal parts; without a part nothing is known."""
    counted = list(parts)
    if not counted:
        return nothing_known()
    rated = [part.rated for part in counted if part.rated is not None]
    return Interval(
        sum(rated) / len(rated) if rated else None,
        sum(part.low for part in counted) / len(counted),
        sum(part.high for part in counted) / len(counted),
        sum(part.known for part in counted) / len(counted),
    )
