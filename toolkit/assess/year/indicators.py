"""What each indicator reached by the date of the review: value, reason, status and cells.

Source: domain, section 6.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.results import make_result
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
from toolkit.assess.year.series import Series, find_series
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import runs
from toolkit.model.sheets import Indicator, PeriodResult
from toolkit.model.vocabulary import Direction, IndicatorKind, Progress, Reason

COLUMNS = (
    "indicator_id", "decision", "reason", "agreement_id", "objective_id", "name", "kind", "unit",
    "baseline", "target", "actual", "achievement", "lower_bound", "reported", "due", "stale",
    "code", "contribution", "notes", "cells",
)  # fmt: skip
MISSING = {Reason.NO_ACTUAL: Progress.NOT_REPORTED, Reason.NOT_DUE: Progress.NOT_DUE}


def evaluate_indicators(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return what every indicator reached to date.

    Returns
    -------
    DataFrame by indicator_id: decision (a `Progress`), reason, agreement_id, objective_id, name,
    kind, unit, baseline, target and actual (to date, in the indicator's unit), achievement and
    lower_bound (shares, 1.0 is the whole target), reported and due (periods), stale, code (a
    `Reason`), contribution (the weakest claimed), notes, cells.
    """
    records = [_record(portfolio, series, policy) for series in find_series(portfolio, as_of=as_of)]
    return make_result(records, COLUMNS, "indicator_id")


def _record(portfolio: Portfolio, series: Series, policy: Policy) -> dict[str, object]:
    indicator, notes = series.indicator, []
    periods = [_reported(row, series, notes) for row in series.results]
    found = _to_date(series, periods)
    status = progress_of(found.headline, policy)
    notes += _cautions(series, periods, found, policy)
    return {
        "indicator_id": indicator.indicator_id,
        "decision": status,
        "reason": _sentence(indicator, found, status),
        "agreement_id": series.objective.agreement_id,
        "objective_id": indicator.objective_id,
        "name": indicator.name,
        "kind": indicator.kind,
        "unit": indicator.currency or indicator.unit,
        "baseline": indicator.baseline,
        "target": found.target,
        "actual": found.actual,
        "achievement": found.headline.value,
        "lower_bound": found.lower_bound,
        "reported": found.reported,
        "due": found.due,
        "stale": found.stale,
        "code": found.headline.reason,
        "contribution": _weakest(series),
        "notes": tuple(dict.fromkeys(notes)),
        "cells": _cells(series),
    }


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
    objective = series.objective
    if row.target is None or not series.adds_up:
        return row.target
    starts, ends = objective.starts, objective.ends
    first = max(row.period.first, starts.first) if isinstance(starts, When) else row.period.first
    last = min(row.period.last, ends.last) if isinstance(ends, When) else row.period.last
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
    summed = [p for p in periods if None not in (p.actual, p.target)] if series.adds_up else ()
    measure = _measure(series, periods=len(summed) or 1)
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
    """Return the status of an unrounded achievement."""
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
    if (
        len(periods) < 2
        or not is_number
        or series.indicator.direction not in (None, Direction.INCREASE)
    ):
        return False
    before, latest = periods[-2], periods[-1]
    return None not in (before.actual, latest.target) and latest.target < before.actual


def _weakest(series: Series) -> str | None:
    order = ("associated", "contributed", "attributed")
    claimed = {row.contribution for row in series.results if row.contribution}
    return next((word for word in order if word in claimed), None)


def _sentence(indicator: Indicator, found: ToDate, status: Progress) -> str:
    coverage = f"{found.reported} of {found.due} periods reported"
    if indicator.kind == IndicatorKind.QUALITATIVE and found.actual is not None:
        return f"Rated {_shown(found.actual)} of 4; {coverage}. A rating is never a percentage."
    if found.headline.value is not None:
        unit = indicator.currency or indicator.unit or ""
        of = f"{_shown(found.actual)} against {_shown(found.target)} {unit}".rstrip()
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
