"""What each indicator reached by the date of the review: value, reason, status and cells.

Source: domain, section 6. Beside the headline stands what the rules read, with its two ends.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from toolkit.assess.year.achievement import Achievement, Reported, ToDate
from toolkit.assess.year.interval import Interval, either_reading, find_interval
from toolkit.assess.year.series import NOTHING, Series, begins_in_year, is_approved, is_judged
from toolkit.assess.year.targets import (
    FirstTargets,
    TargetsRead,
    days_covered,
    in_order,
    targets_read,
    to_date,
)
from toolkit.model.policy import Policy
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import runs
from toolkit.model.sheets import PeriodResult
from toolkit.model.vocabulary import IndicatorKind, Progress, Reason

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
    first_target: float | None = out(
        "Target first agreed", "To date, in its unit, where it was revised.", fmt=Format.AMOUNT
    )
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
    judged: bool = out(
        "Judged", "Whether its objective counts this year: it was not given up.", fmt=Format.YES_NO
    )
    rated: float | None = out(
        "As rated", "What the rules read: by the target first agreed.", fmt=Format.SHARE
    )
    rated_low: float | None = out(
        "Low end", "With what is missing at 0; blank while it is not rated.", fmt=Format.SHARE
    )
    rated_high: float | None = out("High end", "With what is missing at 1.", fmt=Format.SHARE)
    rated_known: float | None = out("Known", "The share that is reported.", fmt=Format.SHARE)
    lacking: tuple[str, ...] = out("Missing", "Facts and periods.", fmt=Format.LIST)
    notes: tuple[str, ...] = out("Cautions", fmt=Format.LIST)
    revised: str | None = out("Revised target", "Which target the rules read.")


def evaluate_indicators(
    found: Iterable[Series], policy: Policy, *, as_of: date, first: FirstTargets = NOTHING
) -> Table[IndicatorReached]:
    """Return what every indicator reached to date.

    Parameters
    ----------
    found
        The result of `find_series`.
    first
        The targets of last year's workbook (`first_targets`): one that differs there was the first.
    """
    return Table(
        IndicatorReached, (evaluate_indicator(row, policy, first, as_of=as_of) for row in found)
    )


def evaluate_indicator(
    series: Series, policy: Policy, first: FirstTargets, *, as_of: date
) -> IndicatorReached:
    """Return what one indicator reached to date, by its targets and by those the rules read."""
    indicator, notes = series.indicator, list(series.remarks)
    periods, found = _reached(series, notes)
    read = targets_read(series, periods, found, first)
    interval = _interval(series, read, policy, first, as_of)
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
        first_target=read.found.target if read.revised else None,
        actual=found.actual,
        achievement=found.headline.value,
        lower_bound=found.lower_bound,
        reported=found.reported,
        due=found.due,
        stale=found.stale,
        code=found.headline.reason,
        contribution=_weakest(series),
        judged=is_judged(series.objective, policy, as_of=as_of),
        rated=interval.rated if interval else None,
        rated_low=interval.low if interval else None,
        rated_high=interval.high if interval else None,
        rated_known=interval.known if interval else None,
        lacking=interval.lacking if interval else (),
        notes=tuple(dict.fromkeys([*notes, *([read.revised] if read.revised else [])])),
        revised=read.revised,
        cells=_cells(series),
    )


def _interval(
    series: Series, read: TargetsRead, policy: Policy, first: FirstTargets, as_of: date
) -> Interval | None:
    """Return what the rules read; a flow that does not say how it adds up is read both ways."""
    newest = series.newest_due
    of_year = newest is not None and policy.year_of(newest.last) == policy.year_of(as_of)
    options = {
        "new": begins_in_year(series.objective, policy, as_of=as_of),
        "missing_now": of_year and read.periods[-1].actual is None,
    }
    own = find_interval(series, read.periods, read.found, **options)
    other = series.as_total
    if other is None:
        return own
    periods, found = _reached(other, [])
    total = targets_read(other, periods, found, first)
    return either_reading(own, find_interval(other, total.periods, total.found, **options))


def _reached(series: Series, notes: list[str]) -> tuple[list[Reported], ToDate]:
    """Return the periods that are due, those without a row among them, and what they come to."""
    periods = in_order([_reported(row, series, notes) for row in series.results], series)
    return periods, to_date(series, periods)


def _reported(row: PeriodResult, series: Series, notes: list[str]) -> Reported:
    """Return one period as it counts: what is not approved does not, partial years in part."""
    target = _share_of_target(row, series, notes)
    label = row.period.label
    if not is_approved(row):
        if row.state and (row.actual is not None or row.numerator is not None):
            shown = f"{row.state} result of {row.period} is shown, not counted"
            notes.append(f"{shown}: {_shown(row.actual)}")
        return Reported(label, target, None)
    actual = row.actual
    is_percent = series.indicator.measure == "percent"
    if actual is None and is_percent and row.numerator is not None and row.denominator:
        actual = 100 * row.numerator / row.denominator
    return Reported(label, target, actual, row.numerator, row.denominator)


def _share_of_target(row: PeriodResult, series: Series, notes: list[str]) -> float | None:
    """Return the target, pro-rated by days where the objective covers only part of the period."""
    days = days_covered(row, series)
    if row.target is None or days == row.period.days:
        return row.target
    notes.append(f"target of {row.period} counted for {days} of {row.period.days} days")
    return row.target * days / row.period.days


def progress_of(achievement: Achievement, policy: Policy) -> Progress:
    """Return the status of an achievement."""
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
    own = {row.period.label for row in series.sources if row.target is not None}
    if len(periods) < 2 or not is_number or not series.rises or periods[-1].label not in own:
        return False  # a share in the target of a whole year is no new target
    before, target = periods[-2].actual, periods[-1].target
    return before is not None and target is not None and target < before


def _weakest(series: Series) -> str | None:
    order = ("associated", "contributed", "attributed")
    told = (row for row in series.results if row.state != "void")
    claimed = {row.contribution for row in told if row.contribution}
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
    for column in ("target", "first_target", "actual", "numerator", "denominator"):
        rows = [r for r in series.sources or series.results if getattr(r, column) is not None]
        parts += runs(rows, column)
    return "; ".join(parts)
