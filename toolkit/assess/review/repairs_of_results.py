"""What results would have to be reported, or to be reached, of an agreement's targets.

One value an indicator is moved: that of its latest period that is due. What a percentage comes to
is found by running the rules, since periods may count in part.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from toolkit.assess.review.entries import Entry, in_row, new_row
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.repairs import Ladder, Repair, ladder, names
from toolkit.model.dates import Period
from toolkit.model.sheets import VOID, Indicator, Objective, PeriodResult
from toolkit.model.vocabulary import Accumulation, Direction, IndicatorKind

REACHED = "{reached}"  # stands for from where to where the results come, in per cent
TOLD_STEPS = tuple(range(0, 101, 5))
REACHED_STEPS = tuple(range(1, 101))


def results(facts: Facts) -> Iterator[Ladder]:
    """Yield drafts that are approved, missing values at rising shares, and targets reached."""
    due = _due_of_indicators(facts)
    drafts = [r for _, rows in due for r in rows if r.actual is not None and not _counts(r)]
    if drafts:
        typed = [entry for row in drafts for entry in in_row(row, state="approved")]
        which = names(dict.fromkeys(f"{r.indicator_id} for {r.period}" for r in drafts))
        words = f"approve the results of {which}"
        yield Ladder("drafts", (Repair(words, tuple(typed)),), by_points=True)
    yield from ladder("results", _telling(facts, due))
    yield from ladder("results", _reaching(due))


Due = list[tuple[Indicator, Sequence[PeriodResult]]]


def _due_of_indicators(facts: Facts) -> Due:
    """Return the periods of the whole that are due, of each indicator that is a number."""
    portfolio = facts.portfolio
    indicators = [
        indicator
        for objective in portfolio.of(facts.agreement, Objective)
        for indicator in portfolio.of(objective, Indicator)
        if indicator.kind != IndicatorKind.QUALITATIVE
    ]
    return [(i, due_rows(portfolio.of(i, PeriodResult), facts)) for i in indicators]


def due_rows(rows: Iterable[PeriodResult], facts: Facts) -> list[PeriodResult]:
    """Return the rows of the whole whose period is due, in order of time."""
    whole = [r for r in rows if not r.part and r.state != VOID and r.period.last <= facts.as_of]
    return sorted(whole, key=lambda row: (row.period.last, row.period.first))


def _counts(row: PeriodResult) -> bool:
    return row.state == "approved"


def is_told(row: PeriodResult) -> bool:
    """Whether a period has a value that counts."""
    return _counts(row) and (row.actual is not None or row.numerator is not None)


def _telling(facts: Facts, due: Due) -> Iterator[Repair]:
    """Yield every missing value of the periods due, each at the same share of its target."""
    missing = [(i, [r for r in rows if not is_told(r)]) for i, rows in due]
    silent = [(i, rows[-1], period) for i, rows in due if (period := _silent(facts, rows))]
    labels = [i.indicator_id for i, rows in missing for _ in rows]
    labels += [i.indicator_id for i, _, _ in silent]
    if not labels:
        return
    which = names(dict.fromkeys(labels))
    words = f"report what is missing of {which} ({len(labels)} value{'s' * (len(labels) > 1)})"
    for step in TOLD_STEPS:
        typed = [e for i, rows in missing for row in rows for e in _told(i, row, step / 100)]
        for indicator, latest, period in silent:
            typed += _in_new_row(indicator, latest, period, step / 100)
        at = f", if they reach {step} % of the targets" if step else ""
        yield Repair(f"{words}{at}", tuple(typed))


def _silent(facts: Facts, rows: Sequence[PeriodResult]) -> Period | None:
    """Return the reporting year, where it has no row although earlier ones have."""
    year = facts.policy.year_of(facts.as_of)
    first, last = facts.policy.year_end(year - 1), facts.policy.year_end(year)
    if not rows or rows[-1].period.last > first or last > facts.as_of:
        return None
    begins = first + timedelta(days=1)
    return Period(begins, last, f"{begins}/{last}")


def _told(indicator: Indicator, row: PeriodResult, share: float) -> tuple[Entry, ...]:
    value = row.actual if row.actual is not None else _value(indicator, row, share)
    if value is None:
        return ()
    return in_row(row, actual=value, state="approved")


def _in_new_row(
    indicator: Indicator, latest: PeriodResult, period: Period, share: float
) -> tuple[Entry, ...]:
    value = _value(indicator, latest, share)
    if value is None:
        return ()
    return new_row(
        PeriodResult,
        indicator_id=indicator.indicator_id,
        period=period,
        target=latest.target,
        actual=value,
        state="approved",
    )


def _value(indicator: Indicator, row: PeriodResult, share: float) -> float | None:
    """Return the value that reaches a share of a target; nothing where there is no such value."""
    if indicator.direction == Direction.MAINTAIN:
        return indicator.lower if indicator.lower is not None else indicator.upper
    if row.target is None:
        return None
    if indicator.kind == IndicatorKind.MILESTONE:
        return 1.0
    base = 0.0 if _adds_up(indicator) else indicator.baseline
    if indicator.direction == Direction.DECREASE and (base is None or _adds_up(indicator)):
        return row.target
    start = base or 0.0
    return round(start + share * (row.target - start), 6)


def _adds_up(indicator: Indicator) -> bool:
    is_flow = indicator.kind == IndicatorKind.FLOW
    by_increments = indicator.accumulation in (None, Accumulation.INCREMENTAL)
    return is_flow and by_increments and indicator.measure not in ("percent", "ratio", "index")


def _reaching(due: Due) -> Iterator[Repair]:
    """Yield the value of the latest period with which each indicator reaches a share so far."""
    told = [(i, [r for r in rows if r.target is not None]) for i, rows in due]
    for step in REACHED_STEPS:
        share = step / 100
        typed = [e for i, rows in told if rows for e in _reached(i, rows, share)]
        yield Repair(f"bring the targets {REACHED}", tuple(typed))


def _reached(indicator: Indicator, rows: Sequence[PeriodResult], share: float) -> tuple[Entry, ...]:
    """Return the value of the last period, where it is above what was reached."""
    last, value = rows[-1], _value(indicator, rows[-1], share)
    if value is None:
        return ()
    if _adds_up(indicator) and indicator.direction != Direction.DECREASE:
        others = sum(r.actual or 0.0 for r in rows[:-1] if is_told(r))
        targets = sum(r.target or 0.0 for r in rows if is_told(r) or r is last)
        value = round(share * targets - others, 6)
    if is_told(last) and last.actual is not None and not _is_better(indicator, value, last.actual):
        return ()
    return in_row(last, actual=value, state="approved", numerator=None, denominator=None)


def _is_better(indicator: Indicator, value: float, than: float) -> bool:
    if indicator.direction == Direction.DECREASE:
        return value < than
    if indicator.direction == Direction.MAINTAIN:
        lower, upper = indicator.lower, indicator.upper
        return (lower is not None and than < lower) or (upper is not None and than > upper)
    return value > than
