"""What each agreement is planned to cost next year, and what money the programme has for them.

Source: domain, section 7, with the arithmetic of section 6. A cost that is not on record is
missing, never zero; available is the programme budget less overhead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from toolkit.assess.year.costs import (
    Shares,
    costs_of,
    find_rate,
    pro_rated,
    share_of_year,
    staff_cost,
    staff_words,
)
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement, BudgetLine, Project
from toolkit.model.vocabulary import ProjectState, Status

NEXT = (ProjectState.PLANNED, ProjectState.ACTIVE)
UNKNOWN = "not on record"


@result(key="agreement_id")
class PlanningCost(Result):
    """What one agreement under review, or proposed, is planned to cost next year."""

    agreement_id: str = out("Id")
    decision: str = out("Made of", "What the cost is made of, or not on record.")
    partner: str = out("Agreement")
    year: int = out("Year")
    cost: float | None = out(
        "Planned cost", "Money and staff, policy currency, to the cent.", fmt=Format.AMOUNT
    )
    full_cost: float | None = out(
        "Full cost this year", "Of the year before the one planned.", fmt=Format.AMOUNT
    )
    money: float | None = out("Money", fmt=Format.AMOUNT)
    staff: float | None = out(
        "Staff", "Days at the rate of the year, else at the latest rate.", fmt=Format.AMOUNT
    )
    late_days: float = out(
        "Staff days without a rate of the year",
        "Priced at the latest rate, where there is one.",
        fmt=Format.NUMBER,
        default=0.0,
    )
    currency: str = out("Currency")
    rate_year: str = out("Year of the rate of staff", handed_out=False, default="")


def planning_year(policy: Policy, as_of: date) -> int:
    """Return the year that is planned: the one after the reporting year."""
    return policy.year_of(as_of) + 1


def planning_costs(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[PlanningCost]:
    """Return what each agreement under review, or proposed, is planned to cost next year."""
    year = planning_year(policy, as_of)
    rows = (
        _planned(portfolio, policy, a, year)
        for a in portfolio.rows(Agreement)
        if is_reviewed(a) or a.status == Status.PROPOSED
    )
    return Table(PlanningCost, rows)


def _planned(portfolio: Portfolio, policy: Policy, agreement: Agreement, year: int) -> PlanningCost:
    shares = planned_shares(portfolio.of(agreement, Project), policy, year)
    line = _own_line(portfolio, agreement, year)
    made_of, money = _money(agreement, shares, line)
    is_plan = made_of == "its planned yearly cost"
    staff = None if money is None or is_plan else staff_cost(shares, policy, year)
    rate = find_rate(policy, year)
    spent = next(costs_of(portfolio, policy, agreement, years=[year - 1]), None)
    return PlanningCost(
        agreement_id=agreement.agreement_id,
        decision=made_of if staff is None else f"{made_of} and staff days",
        reason=_reason(made_of, shares, policy, year),
        partner=portfolio.labels[agreement.agreement_id],
        year=year,
        cost=None if money is None else round(money + (staff or 0), 2),
        full_cost=spent.full_cost if spent else None,
        money=money,
        staff=staff,
        late_days=0.0 if money is None or is_plan else _late_days(shares, policy, year),
        currency=policy.programme.currency,
        rate_year=rate[0] if rate else "",
        cells=_cells(agreement, shares, line, made_of),
    )


def _late_days(shares: Shares, policy: Policy, year: int) -> float:
    """Return the staff days that no rate of the year itself prices."""
    rate = find_rate(policy, year)
    is_priced = rate is not None and rate[0] == str(year)
    return 0.0 if is_priced else pro_rated(shares, "staff_days") or 0.0


def planned_shares(projects: Iterable[Project], policy: Policy, year: int) -> Shares:
    """Return the projects planned or active in a year, each with its share of it."""
    found = ((p, share_of_year(p, policy, year)) for p in projects if p.state in NEXT)
    return [(project, share) for project, share in found if share]


def _own_line(portfolio: Portfolio, agreement: Agreement, year: int) -> BudgetLine | None:
    """Return the agreement's own line in the budget of a year, where it has an amount."""
    lines = (r for r in portfolio.of(agreement, BudgetLine) if r.budget is not None)
    return next((r for r in lines if (r.line, r.year) == ("agreement", year)), None)


def _money(
    agreement: Agreement, shares: Shares, line: BudgetLine | None
) -> tuple[str, float | None]:
    """Return what the money is taken from, and how much it is; a part missing is all missing."""
    if line is not None:
        return "its budget line", line.budget
    if shares and all(p.planned_cost is not None for p, _ in shares):
        return "its projects", pro_rated(shares, "planned_cost")
    if agreement.yearly_cost is not None:
        return "its planned yearly cost", agreement.yearly_cost
    return UNKNOWN, None


def _reason(made_of: str, shares: Shares, policy: Policy, year: int) -> str:
    count = {0: "No planned or active project", 1: "One planned or active project"}
    parts = [f"{count.get(len(shares), f'{len(shares)} planned or active projects')} in {year}"]
    without = [p.name for p, _ in shares if p.planned_cost is None]
    if without:
        parts.append(f"no planned cost of {', '.join(without)}")
    if made_of == "its budget line":
        parts.append(f"its own line in the sheet Budget of {year} counts")
    elif made_of == "its planned yearly cost":
        parts.append("the yearly cost typed with the agreement stands in")
    elif made_of == UNKNOWN:
        parts.append("no budget line and no yearly cost: not known, and never counted as 0")
    elif any(share < 1 for _, share in shares):
        parts.append("projects over several years pro-rated by days")
    priced = staff_words(shares, policy, year)
    if priced and made_of in ("its budget line", "its projects"):
        parts.append(priced)
    return f"{'; '.join(parts)}."


def _cells(agreement: Agreement, shares: Shares, line: BudgetLine | None, made_of: str) -> str:
    if made_of == "its planned yearly cost":
        return agreement.cell("yearly_cost")
    parts = [line.cell("budget")] if line is not None else []
    parts += [project.filled_cells("planned_cost", "staff_days") for project, _ in shares]
    return joined(parts) or agreement.cell("yearly_cost")


@dataclass(frozen=True)
class Available:
    """What a year's programme has for its agreements: its budget without overhead.

    `amount` is None where it is not known; `reason` says why, or which year it is of.
    """

    amount: float | None
    reason: str
    cells: str


def available_money(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Available:
    """Return programme budget less overhead of the year planned, or of the latest before it."""
    year = planning_year(policy, as_of)
    lines = {(r.line, r.year): r for r in portfolio.rows(BudgetLine) if r.budget is not None}
    budgets = {key: row.budget for key, row in lines.items() if row.budget is not None}
    years = [y for line, y in lines if line == "programme" and y <= year]
    if not years:
        return Available(None, f"No programme budget up to {year} is in the sheet Budget.", "")
    found = max(years)
    asked = [("programme", found), ("overhead", found)]
    cells = joined(lines[key].cell("budget") for key in asked if key in lines)
    if ("overhead", found) not in budgets:
        reason = f"The overhead of {found} is not on record; if there is none, enter 0."
        return Available(None, reason, cells)
    stands_in = "" if found == year else f"; it stands in for {year}, which has none on record"
    reason = f"Programme budget of {found} less overhead{stands_in}."
    left = round(budgets["programme", found] - budgets["overhead", found], 2)
    return Available(left, reason, cells)
