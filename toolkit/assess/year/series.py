"""Which results belong to which indicator, and how an indicator's values add up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Indicator, Objective, PeriodResult
from toolkit.model.vocabulary import Accumulation, IndicatorKind


@dataclass(frozen=True)
class Series:
    """One indicator with its objective and the rows of its periods that are due, in order."""

    indicator: Indicator
    objective: Objective
    results: Sequence[tuple]

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
    objectives = {row.objective_id: row for row in portfolio.rows(Objective)}
    results: dict[str, list[tuple]] = defaultdict(list)
    for row in portfolio.rows(PeriodResult):
        if row.period.last <= as_of:
            results[row.indicator_id].append(row)
    return [
        Series(
            indicator,
            objectives[indicator.objective_id],
            sorted(results[indicator.indicator_id], key=lambda r: (r.period.last, r.period.first)),
        )
        for indicator in portfolio.rows(Indicator)
        if indicator.objective_id in objectives  # the sheet Objectives may not be supplied
    ]
