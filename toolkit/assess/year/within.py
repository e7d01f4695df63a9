"""How periods of one indicator that lie within one another count once.

Source: domain, section 1, Periods. Finer periods that fill a coarser one are its parts: target and
actual may stand on either. What adds up is counted where it was reported, and a target of the whole
is shared over its parts by days; of anything else the value at the end of the whole counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from toolkit.model.dates import Period, fills, nest
from toolkit.model.sheets import PeriodResult


@dataclass(frozen=True)
class Way:
    """How the values of an indicator count.

    Attributes
    ----------
    adds_up
        Whether they are increments.
    is_shared
        Whether a target of the whole is a sum, so that each part has a share in it; that of a
        percentage is not.
    is_ceiling
        Whether less is better, so that the whole alone can be judged.
    until
        The last day that counts.
    first
        The targets of last year's workbook, by indicator and period.
    """

    adds_up: bool
    is_shared: bool
    is_ceiling: bool
    until: date
    first: Mapping[tuple[str, Period], float]


def count_once(rows: Sequence[PeriodResult], way: Way) -> Sequence[PeriodResult]:
    """Return the rows of an indicator with each day in one of them; the same rows where it is so.

    Periods that overlap in any other way are left as they are: they are errors of the workbook.
    """
    if all(left.period.last < right.period.first for left, right in pairwise(rows)):
        return rows
    nested = nest(row.period for row in rows)
    if not nested.inside:
        return rows
    by_period = {row.period: row for row in rows}
    within = {period for parts in nested.inside.values() for period in parts}
    return [
        found
        for period in by_period
        if period not in within
        for found in _resolved(period, by_period, nested.inside, way)
    ]


def _resolved(
    period: Period,
    rows: Mapping[Period, PeriodResult],
    inside: Mapping[Period, Sequence[Period]],
    way: Way,
) -> list[PeriodResult]:
    own = inside.get(period, ())
    parts = [row for part in own for row in _resolved(part, rows, inside, way)]
    if not fills(period, own):
        return [rows[period], *parts]
    whole = rows[period]
    if whole.first_target is None:
        whole = replace(whole, first_target=way.first.get((whole.indicator_id, period)))
    return _of_increments(whole, parts, way) if way.adds_up else _at_the_end(whole, parts, way)


def _of_increments(
    whole: PeriodResult, parts: Sequence[PeriodResult], way: Way
) -> list[PeriodResult]:
    is_due = whole.period.last <= way.until
    if is_due and _is_told(whole):
        target = _sum([p.target for p in parts]) if way.is_shared else parts[-1].target
        return [replace(whole, target=target if whole.target is None else whole.target)]
    if is_due and way.is_ceiling and way.is_shared:
        actual = _sum([p.actual if _is_told(p) else None for p in parts])
        target = _sum([p.target for p in parts]) if whole.target is None else whole.target
        state = whole.state if actual is None else "approved"
        return [replace(whole, target=target, actual=actual, state=state)]
    shared = _share(whole.target, [(p, p.target) for p in parts], is_shared=way.is_shared)
    first = _share(
        whole.first_target, [(p, p.first_target) for p in parts], is_shared=way.is_shared
    )
    return [
        replace(part, target=own, first_target=before)
        for part, own, before in zip(parts, shared, first, strict=True)
    ]


def _is_told(row: PeriodResult) -> bool:
    return row.state == "approved" and (row.actual is not None or row.numerator is not None)


def _sum(values: Sequence[float | None]) -> float | None:
    """Return the sum of values that are all known."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _share(
    whole: float | None, parts: Sequence[tuple[PeriodResult, float | None]], *, is_shared: bool
) -> list[float | None]:
    """Return what each part has of a whole: its own, or its days' share of what is left."""
    known = sum(own for _, own in parts if own is not None)
    days = sum(row.period.days for row, own in parts if own is None)
    if whole is None:
        return [own for _, own in parts]
    rest = max(whole - known, 0.0)
    return [
        own if own is not None else rest * row.period.days / days if is_shared else whole
        for row, own in parts
    ]


def _at_the_end(whole: PeriodResult, parts: Sequence[PeriodResult], way: Way) -> list[PeriodResult]:
    """Return the whole with what is known at its end; before it, the parts that have a target."""
    earlier = [part for part in parts[:-1] if part.target is not None]
    if whole.period.last > way.until:
        return [*earlier, whole]
    last = parts[-1]
    told = whole if _is_told(whole) or not _is_told(last) else last
    merged = replace(
        told,
        period=whole.period,
        target=last.target if whole.target is None else whole.target,
        first_target=last.first_target if whole.first_target is None else whole.first_target,
    )
    return [*earlier, merged]
