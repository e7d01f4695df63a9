"""Which periods of an indicator count, and which of them are due on the day of the review.

Source: domain, sections 1 and 6. Rows of a part are shown and never added to the whole. A reporting
year without a row, between the first row and the objective's end, is due like one that is there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

from toolkit.assess.year.within import Way, count_once
from toolkit.model.dates import Period
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Indicator, Objective, PeriodResult
from toolkit.model.vocabulary import Accumulation, Direction, IndicatorKind

NOTHING: Mapping[tuple[str, Period], float] = MappingProxyType({})


@dataclass(frozen=True)
class Series:
    """One indicator with its objective and the periods that are due, in order of time.

    Attributes
    ----------
    results
        The rows of the whole that are due.
    silent
        Reporting years that are due and have no row.
    is_planned
        Whether a row stands for a period that is not due yet.
    sources
        The rows as typed, of which `results` are made where periods lie within one another.
    remarks
        What is said of its periods.
    as_total
        The same read as a running total, where a flow does not say how it adds up.
    """

    indicator: Indicator
    objective: Objective
    results: Sequence[PeriodResult]
    silent: tuple[Period, ...] = ()
    is_planned: bool = False
    sources: Sequence[PeriodResult] = ()
    remarks: tuple[str, ...] = ()
    as_total: "Series | None" = None

    @property
    def unit(self) -> str | None:
        """What its values are counted in; thousands of a currency are not the currency."""
        currency, unit = self.indicator.currency, self.indicator.unit
        if not currency or not unit or unit.casefold() == currency.casefold():
            return currency or unit
        return unit if currency in unit else f"{currency}, {unit}"

    @cached_property
    def adds_up(self) -> bool:
        """Whether its values are increments; a flow is, unless it is a running total."""
        incremental = self.indicator.accumulation in (None, Accumulation.INCREMENTAL)
        is_flow = self.indicator.kind == IndicatorKind.FLOW
        return incremental and is_flow and self.indicator.measure not in ("ratio", "index")

    @cached_property
    def rises(self) -> bool:
        """Whether more is better; a blank direction is read so."""
        return self.indicator.direction in (None, Direction.INCREASE)

    @cached_property
    def is_maintained(self) -> bool:
        """Whether a range is to be maintained; a milestone is done or not, whatever it says."""
        is_milestone = self.indicator.kind == IndicatorKind.MILESTONE
        return self.indicator.direction == Direction.MAINTAIN and not is_milestone

    @property
    def rule(self) -> IndicatorKind:
        """The kind whose rule applies: percentages, ratios and indices are levels."""
        is_level = self.indicator.measure in ("percent", "ratio", "index")
        is_number = self.indicator.kind in (IndicatorKind.FLOW, IndicatorKind.LEVEL)
        return IndicatorKind.LEVEL if is_level and is_number else self.indicator.kind

    @property
    def newest_due(self) -> Period | None:
        """The latest period that is due, with a row or without."""
        due = [*(row.period for row in self.results), *self.silent]
        return max(due, key=lambda period: (period.last, period.first), default=None)


def find_series(
    portfolio: Portfolio,
    policy: Policy,
    *,
    as_of: date,
    first: Mapping[tuple[str, Period], float] = NOTHING,
) -> list[Series]:
    """Return every indicator with the periods that are due by `as_of`.

    `first` are the targets of last year's workbook, by indicator and period.
    """
    found = (_series(portfolio, policy, row, as_of, first) for row in portfolio.rows(Indicator))
    return [
        replace(series, as_total=_series(portfolio, policy, _running(series), as_of, first))
        if series.indicator.accumulation is None and series.adds_up
        else series
        for series in found
        if series
    ]


def _running(series: Series) -> Indicator:
    return replace(series.indicator, accumulation=Accumulation.RUNNING_TOTAL)


def _series(
    portfolio: Portfolio,
    policy: Policy,
    indicator: Indicator,
    as_of: date,
    first: Mapping[tuple[str, Period], float],
) -> Series | None:
    objective = portfolio.get(Objective, indicator.objective_id)
    if objective is None:  # the sheet Objectives may not be supplied
        return None
    until = dropped_day(objective, as_of=as_of) or as_of
    typed = whole_rows(portfolio.of(indicator, PeriodResult))
    counted = Series(indicator, objective, ())
    is_shared = indicator.measure != "percent"
    way = Way(counted.adds_up, is_shared, not counted.rises, until, first)
    rows = count_once(typed, way)
    due = [row for row in rows if row.period.last <= until]
    in_order = sorted(due, key=lambda row: (row.period.last, row.period.first))
    is_once = indicator.kind == IndicatorKind.MILESTONE  # asked for in its own period alone
    silent = () if is_once else tuple(_silent_years(rows, objective, policy, until))
    return Series(
        indicator,
        objective,
        in_order,
        silent,
        is_planned=len(due) < len(rows),
        sources=_sources(typed, due) if rows != typed else due,
        remarks=tuple(_remarks(typed, rows)),
    )


def _sources(typed: Sequence[PeriodResult], due: Sequence[PeriodResult]) -> list[PeriodResult]:
    """Return the rows as typed that lie within what is due, or hold some of it."""
    ends = [(row.period.first, row.period.last) for row in due]
    return [
        row
        for row in typed
        if any(
            (first <= row.period.first and row.period.last <= last)
            or (row.period.first <= first and last <= row.period.last)
            for first, last in ends
        )
    ]


def _remarks(typed: Sequence[PeriodResult], counted: Sequence[PeriodResult]) -> Iterator[str]:
    """Yield what is said of periods that are parts of others, or longer than a year."""
    own = {} if counted is typed else {row.period: row.target for row in typed}
    if own and any(row.target is not None and own.get(row.period) is None for row in counted):
        yield "a target counts over periods within one another, by days where it is shared"
    for row in typed:
        if row.period.exceeds_year:
            yield f"{row.period} is longer than a year: it counts in no single year"


def whole_rows(rows: Iterable[PeriodResult]) -> list[PeriodResult]:
    """Return the rows of the whole; a void one is left out where its period was told again."""
    whole = [row for row in rows if not row.part]
    if all(row.state != "void" for row in whole):
        return whole
    told = {row.period for row in whole if row.state != "void"}
    return [row for row in whole if row.state != "void" or row.period not in told]


def is_approved(row: PeriodResult) -> bool:
    """Whether its values count: drafts and void ones are shown only."""
    return row.state == "approved"


def _silent_years(
    rows: Sequence[PeriodResult], objective: Objective, policy: Policy, until: date
) -> Iterator[Period]:
    """Yield the reporting years without a row, from the first row to the objective's end."""
    if not rows:
        return
    end = min(until, objective.ends.last) if objective.ends else until
    first = policy.year_of(min(row.period.last for row in rows))
    told = {
        year
        for row in rows
        for year in range(policy.year_of(row.period.first), policy.year_of(row.period.last) + 1)
    }
    for year in range(first, policy.year_of(end) + 1):
        if year not in told and policy.year_end(year) <= end:
            begins = policy.year_end(year - 1) + timedelta(days=1)
            yield Period(begins, policy.year_end(year), str(year))


def dropped_day(objective: Objective, *, as_of: date) -> date | None:
    """Return the day an objective was given up with a reason; without one it counts on."""
    dropped = objective.dropped_on
    is_said = dropped is not None and bool(objective.dropped_reason)
    return dropped.last if dropped and is_said and dropped.last <= as_of else None


def is_judged(objective: Objective, policy: Policy, *, as_of: date) -> bool:
    """Whether an objective counts this year: one given up does so in that year for the last time.

    In that year it is judged as it stood: by the periods due before it was given up.
    """
    dropped = dropped_day(objective, as_of=as_of)
    return dropped is None or policy.year_of(dropped) >= policy.year_of(as_of)


def begins_in_year(objective: Objective, policy: Policy, *, as_of: date) -> bool:
    """Whether an objective begins in the reporting year or later; a blank start does not say so."""
    starts = objective.starts
    return starts is not None and policy.year_of(starts.first) >= policy.year_of(as_of)
