"""What agreements cost a year, against the budget, in the money of the day and in constant money.

Source: domain, section 6, Money. A cost that is not on record is missing, never zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement, BudgetLine, Project
from toolkit.model.text import late_days


@result(key="agreement_id", repeats=True, serves=("F4",))
class YearCost(Result):
    """The full cost of one agreement in one year, in the policy's currency."""

    agreement_id: str = out("Id")
    decision: str = out("Made of", "What the cost is made of.")
    reason: str = out("How", "Which projects it counts, and what has no price.")
    year: int = out("Year")
    full_cost: float | None = out("Full cost", "Money and staff.", fmt=Format.AMOUNT)
    money: float | None = out("Money", fmt=Format.AMOUNT)
    staff: float | None = out(
        "Staff", "Days at the rate of the year, else at the latest rate.", fmt=Format.AMOUNT
    )
    in_kind: float | None = out("In kind, apart", fmt=Format.AMOUNT)
    budget: float | None = out("Budget", fmt=Format.AMOUNT)
    variance: float | None = out("Over or under", "Share of the budget.", fmt=Format.SHARE)
    constant: float | None = out(
        "Constant", "Full cost in money of the latest indexed year.", fmt=Format.AMOUNT
    )
    currency: str = out("Currency")
    partner: str = out("Agreement", "While it is in force, else its id.", handed_out=False)


def agreement_costs(
    portfolio: Portfolio, policy: Policy, *, years: Sequence[int]
) -> Table[YearCost]:
    """Return the full cost of each agreement in each year that has one on record."""
    found = (
        cost
        for agreement in portfolio.rows(Agreement)
        for cost in costs_of(portfolio, policy, agreement, years=years)
    )
    return Table(YearCost, found)


def costs_of(
    portfolio: Portfolio, policy: Policy, agreement: Agreement, *, years: Sequence[int]
) -> Iterator[YearCost]:
    """Return the full cost of one agreement in each year that has one on record."""
    found = (_cost(portfolio, policy, agreement, year) for year in years)
    return (cost for cost in found if cost)


def latest_costs(costs: Table[YearCost]) -> Mapping[str, float | None]:
    """Return the full cost of each agreement in the latest year that has one."""
    return {row.agreement_id: row.full_cost for row in sorted(costs, key=lambda row: row.year)}


def _cost(portfolio: Portfolio, policy: Policy, agreement: Agreement, year: int) -> YearCost | None:
    """Return one agreement's year, or nothing where no cost is on record."""
    line = _budget_line(portfolio, agreement, year)
    shares = shares_of_year(portfolio.of(agreement, Project), policy, year)
    planned, spent = (line.budget, line.actual) if line else (None, None)
    money = pro_rated(shares, "actual_cost") if spent is None else spent
    staff = staff_cost(shares, policy, year)
    if money is None and staff is None and line is None:
        return None
    full = None if money is None and staff is None else (money or 0) + (staff or 0)
    return YearCost(
        agreement_id=agreement.agreement_id,
        decision=_made_of(money, staff, from_line=spent is not None),
        reason=_reason(money, shares, policy, year),
        year=year,
        full_cost=full,
        money=money,
        staff=staff,
        in_kind=pro_rated(shares, "in_kind"),
        budget=planned,
        variance=variance(money, planned),
        constant=constant_money(full, year, policy),
        currency=policy.programme.currency,
        partner=name_in_force(portfolio, agreement.agreement_id),
        cells=cost_cells(line, shares),
    )


def name_in_force(portfolio: Portfolio, agreement_id: str) -> str:
    """Return how an agreement in force is called; of any other its id."""
    agreement = portfolio.get(Agreement, agreement_id)
    is_named = agreement is not None and is_reviewed(agreement)
    return portfolio.labels[agreement_id] if is_named else agreement_id


def _budget_line(portfolio: Portfolio, agreement: Agreement, year: int) -> BudgetLine | None:
    """Return the agreement's own line of a year; of several, the last."""
    lines = portfolio.of(agreement, BudgetLine)
    found = [line for line in lines if (line.line, line.year) == ("agreement", year)]
    return found[-1] if found else None


def share_of_year(project: Project, policy: Policy, year: int) -> float:
    """Return the share of a project's days that fall in a reporting year.

    A project with one date lies wholly in the year of that date; without dates, in none.
    """
    starts = project.starts.first if project.starts else None
    ends = project.ends.last if project.ends else starts
    starts = starts or ends
    if starts is None or ends is None:
        return 0.0
    first = policy.year_end(year - 1) + timedelta(days=1)
    inside = (min(ends, policy.year_end(year)) - max(starts, first)).days + 1
    return max(inside, 0) / ((ends - starts).days + 1)


Shares = Sequence[tuple[Project, float]]


def shares_of_year(projects: Sequence[Project], policy: Policy, year: int) -> Shares:
    """Return the projects that have days in a year, each with the share of them."""
    shares = ((project, share_of_year(project, policy, year)) for project in projects)
    return [(project, share) for project, share in shares if share]


def pro_rated(shares: Shares, column: str) -> float | None:
    """Return a column of the projects summed by their share of the year; None if none has it."""
    found = ((getattr(project, column), share) for project, share in shares)
    values: list[float] = [value * share for value, share in found if value is not None]
    return sum(values) if values else None


def staff_cost(shares: Shares, policy: Policy, year: int) -> float | None:
    """Return the staff days of the year at their rate; None without days or without any rate."""
    days, rate = pro_rated(shares, "staff_days"), find_rate(policy, year)
    return None if days is None or rate is None else days * rate[1]


def find_rate(policy: Policy, year: int) -> tuple[str, float] | None:
    """Return the price of a day of staff and its year: the year asked for, else the latest."""
    rates = policy.staff_day_rate.values
    found = str(year) if str(year) in rates else max(rates, default="")
    return (found, rates[found]) if found else None


def staff_words(shares: Shares, policy: Policy, year: int) -> str:
    """Return how the staff days of a year are priced, where not at its own rate; else nothing."""
    days, rate = pro_rated(shares, "staff_days"), find_rate(policy, year)
    if not days or (rate is not None and rate[0] == str(year)):
        return ""
    return late_days(days, rate[0] if rate else "")


def variance(actual: float | None, budget: float | None) -> float | None:
    """Return (actual - budget) / budget; None where either is missing or the budget is zero."""
    return None if actual is None or not budget else (actual - budget) / budget


def constant_money(amount: float | None, year: int, policy: Policy) -> float | None:
    """Return an amount in money of the latest indexed year; None for a year without index."""
    index = policy.price_index.values
    if amount is None or str(year) not in index:
        return None
    return amount * index[max(index)] / index[str(year)]


def _made_of(money: float | None, staff: float | None, *, from_line: bool) -> str:
    parts = []
    if money is not None:
        parts.append("its budget line" if from_line else "its projects")
    if staff is not None:
        parts.append("staff days")
    return " and ".join(parts) or "no actual on record"


def _reason(money: float | None, shares: Shares, policy: Policy, year: int) -> str:
    parts = [f"{len(shares)} projects in {year}"]
    if priced := staff_words(shares, policy, year):
        parts.append(priced)
    if money is None:
        parts.append("no money on record")
    if any(share < 1 for _, share in shares):
        parts.append("projects over several years pro-rated by days")
    return f"{'; '.join(parts)}."


def cost_cells(line: BudgetLine | None, shares: Shares) -> str:
    """Return the cells a cost rests on."""
    parts = [line.cell("actual")] if line is not None else []
    parts += (project.filled_cells("actual_cost", "staff_days") for project, _ in shares)
    return "; ".join(filter(None, parts))
