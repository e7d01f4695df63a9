"""How the programme's money moves from year to year, beside the agreements it has to carry.

Source: domain, section 6, Money; the report's quick facts set the budget against the number of
agreements.
"""

from datetime import date

from toolkit.assess.year.costs import variance
from toolkit.assess.year.programme import programme_money
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement


@result(key="year")
class TrendYear(Result):
    """The programme's money of one year; each change is a share of the year before."""

    year: int = out("Year")
    decision: str = out("Budget", "More, less or as much as the year before.")
    budget: float | None = out("Budget", fmt=Format.AMOUNT)
    budget_change: float | None = out("Change", fmt=Format.SHARE)
    actual: float | None = out("Actual", fmt=Format.AMOUNT)
    actual_change: float | None = out("Change", fmt=Format.SHARE)
    constant: float | None = out(
        "Actual in constant money", "In money of the latest indexed year.", fmt=Format.AMOUNT
    )
    constant_change: float | None = out("Change", fmt=Format.SHARE)
    agreements: int | None = out(
        "Agreements in force",
        "At the end of the year, by their dates; None for a year still to come.",
        fmt=Format.COUNT,
    )
    per_agreement: float | None = out(
        "Actual per agreement", "Arithmetic: what was spent, divided.", fmt=Format.AMOUNT
    )
    currency: str = out("Currency")


def programme_trend(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[TrendYear]:
    """Return how the programme's money moves from year to year, beside what it has to carry."""
    money = programme_money(portfolio, policy)
    found = []
    for row in money:
        before, end = money.get(row.year - 1), policy.year_end(row.year)
        count = _in_force(portfolio.on(end)) if end <= as_of else None
        budget_change = variance(row.budget, before.budget) if before else None
        found.append(
            TrendYear(
                year=row.year,
                decision=_direction(budget_change),
                reason=f"Agreements in force at the end of {row.year}: {count}, by their dates."
                if count is not None
                else f"The end of {row.year} is still to come.",
                budget=row.budget,
                budget_change=budget_change,
                actual=row.actual,
                actual_change=variance(row.actual, before.actual) if before else None,
                constant=row.constant,
                constant_change=variance(row.constant, before.constant) if before else None,
                agreements=count,
                per_agreement=row.actual / count if count and row.actual is not None else None,
                currency=row.currency,
                cells=row.cells,
            )
        )
    return Table(TrendYear, found)


def _direction(change: float | None) -> str:
    if change is None:
        return "no year before on record"
    change = round(change, 9)
    return "as the year before" if not change else "more" if change > 0 else "less"


def _in_force(portfolio: Portfolio) -> int:
    """Return how many agreements are in force, by their dates: one never dated is not."""
    return sum(is_reviewed(a) and a.signed is not None for a in portfolio.rows(Agreement))
