"""All that the year's outcomes say, in one call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from toolkit.assess.year.costs import agreement_costs
from toolkit.assess.year.evaluation import evaluate_agreements, evaluate_objectives
from toolkit.assess.year.history import achievements_by_year, find_changes, find_history
from toolkit.assess.year.indicators import evaluate_indicators
from toolkit.assess.year.outcomes import (
    cost_per_outcome,
    like_unit_sums,
    named_failures,
    named_outcomes,
)
from toolkit.assess.year.programme import missions_by_tier, programme_money
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import BudgetLine, PeriodResult

YEARS_BACK = 4  # a history of five years


@dataclass(frozen=True)
class Evaluation:
    """Every table of the annual outcome evaluation."""

    indicators: pd.DataFrame
    objectives: pd.DataFrame
    agreements: pd.DataFrame
    sums: pd.DataFrame
    outcomes: pd.DataFrame
    failures: pd.DataFrame
    costs: pd.DataFrame
    unit_costs: pd.DataFrame
    programme: pd.DataFrame
    missions: pd.DataFrame
    changes: pd.DataFrame
    history: pd.DataFrame

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables by the name of their file."""
        return {
            "indicators": self.indicators,
            "objectives": self.objectives,
            "achievement": self.agreements,
            "like-unit-sums": self.sums,
            "named-outcomes": self.outcomes,
            "named-failures": self.failures,
            "costs": self.costs,
            "cost-per-outcome": self.unit_costs,
            "programme-money": self.programme,
            "missions-by-tier": self.missions,
            "changes": self.changes,
            "history": self.history,
        }

    @property
    def full_costs(self) -> Mapping[str, float | None]:
        """The full cost of each agreement in the latest year that has one."""
        ordered = sorted(self.costs.itertuples(), key=lambda row: row.year)
        return {row.Index: row.full_cost for row in ordered}

    def only(self, agreement_id: str) -> "Evaluation":
        """Return the tables of one agreement; those of the programme as they are."""
        return replace(
            self,
            **{
                name: table[table.agreement_id == agreement_id]
                for name, table in (
                    ("indicators", self.indicators),
                    ("objectives", self.objectives),
                )
            },
            **{
                name: table[table.index == agreement_id]
                for name, table in (
                    ("agreements", self.agreements),
                    ("costs", self.costs),
                    ("unit_costs", self.unit_costs),
                    ("changes", self.changes),
                    ("history", self.history),
                )
            },
        )


def evaluate(
    portfolio: Portfolio, policy: Policy, *, as_of: date, previous: Portfolio | None = None
) -> Evaluation:
    """Return the outcome evaluation of the reporting year that `as_of` falls in.

    Parameters
    ----------
    previous
        Last year's portfolio; without it, the earlier years of this one are compared.
    """
    year = policy.year_of(as_of)
    indicators = evaluate_indicators(portfolio, policy, as_of=as_of)
    objectives = evaluate_objectives(portfolio, policy, indicators)
    agreements = evaluate_agreements(portfolio, policy, indicators, objectives)
    years = _years(portfolio, policy, year)
    earlier = sorted({year - 1, *years} - {year})
    before = achievements_by_year(portfolio, policy, years=earlier)
    compared = achievements_by_year(previous, policy, years=[year - 1]) if previous else before
    on_record = {y: before[y] for y in years if y < year} | {year: agreements}
    costs = agreement_costs(portfolio, policy, years=years)
    return Evaluation(
        indicators=indicators,
        objectives=objectives,
        agreements=agreements,
        sums=like_unit_sums(portfolio, policy, as_of=as_of),
        outcomes=named_outcomes(portfolio, policy, as_of=as_of),
        failures=named_failures(indicators, agreements),
        costs=costs,
        unit_costs=cost_per_outcome(portfolio, policy, costs, as_of=as_of),
        programme=programme_money(portfolio, policy),
        missions=missions_by_tier(portfolio, policy, as_of=as_of),
        changes=find_changes(compared[year - 1], agreements),
        history=find_history(on_record, costs),
    )


def _years(portfolio: Portfolio, policy: Policy, year: int) -> list[int]:
    """Return the reporting years on record, five at most, always this one."""
    found = {policy.year_of(row.period.last) for row in portfolio.rows(PeriodResult)}
    found |= {row.year for row in portfolio.rows(BudgetLine)}
    return sorted({y for y in found if year - YEARS_BACK <= y <= year} | {year})
