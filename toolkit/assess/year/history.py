"""How this year compares with the years before."""

from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.assess.year.costs import YearCost
from toolkit.assess.year.evaluation import (
    AgreementReached,
    evaluate_agreements,
    evaluate_objectives,
)
from toolkit.assess.year.indicators import evaluate_indicators
from toolkit.assess.year.series import find_series
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import BudgetLine, PeriodResult
from toolkit.model.vocabulary import Progress

YEARS_BACK = 4  # a history of five years


@result(key="agreement_id", repeats=True)
class HistoryYear(Result):
    """What one agreement had reached at the end of one year, and its cost in that year."""

    agreement_id: str = out("Id")
    decision: Progress = out("Status")
    year: int = out("Year")
    achievement: float | None = out("Achieved to date", fmt=Format.SHARE)
    full_cost: float | None = out("Full cost", "Policy currency.", fmt=Format.AMOUNT)


def years_on_record(portfolio: Portfolio, policy: Policy, year: int) -> list[int]:
    """Return the reporting years on record up to a year, five at most, always that one."""
    found = {policy.year_of(row.period.last) for row in portfolio.rows(PeriodResult)}
    found |= {row.year for row in portfolio.rows(BudgetLine)}
    return sorted({y for y in found if year - YEARS_BACK <= y <= year} | {year})


def achievements_by_year(
    portfolio: Portfolio, policy: Policy, *, years: Sequence[int]
) -> Mapping[int, Table[AgreementReached]]:
    """Return the evaluation of the agreements at the end of each year."""
    return {year: evaluate_year(portfolio, policy, as_of=policy.year_end(year)) for year in years}


def evaluate_year(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[AgreementReached]:
    """Return the evaluation of the agreements as of a day."""
    series = find_series(portfolio, policy, as_of=as_of)
    indicators = evaluate_indicators(series, policy, as_of=as_of)
    objectives = evaluate_objectives(portfolio, policy, indicators, as_of=as_of)
    return evaluate_agreements(portfolio, policy, indicators, objectives)


def find_history(
    by_year: Mapping[int, Table[AgreementReached]], costs: Table[YearCost]
) -> Table[HistoryYear]:
    """Return achievement and full cost of each agreement, year by year."""
    spent = {(row.agreement_id, row.year): row.full_cost for row in costs}
    found = (
        HistoryYear(
            agreement_id=row.agreement_id,
            decision=row.decision,
            reason=row.reason,
            year=year,
            achievement=row.achievement,
            full_cost=spent.get((row.agreement_id, year)),
            cells=row.cells,
        )
        for year, table in sorted(by_year.items())
        for row in table
    )
    return Table(HistoryYear, found)
