"""What agreements cost a year, against the budget, in the money of the day and in constant money.

Source: domain, section 6, Money. A cost that is not on record is missing, never zero.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, BudgetLine, Project

COST_COLUMNS = (
    "agreement_id", "decision", "reason", "year", "full_cost", "money", "staff", "in_kind",
    "budget", "variance", "constant", "currency", "cells",
)  # fmt: skip


def agreement_costs(portfolio: Portfolio, policy: Policy, *, years: Sequence[int]) -> pd.DataFrame:
    """Return the full cost of each agreement in each year that has one on record.

    Returns
    -------
    DataFrame by agreement_id (repeated, one row a year): decision (what the cost is made of),
    reason, year, full_cost (money and staff, policy currency), money, staff, in_kind (kept apart),
    budget, variance (share of the budget), constant (full cost in money of the latest indexed
    year), currency, cells.
    """
    projects = defaultdict(list)
    for row in portfolio.rows(Project):
        projects[row.agreement_id].append(row)
    lines = {
        (r.agreement_id, r.year): r for r in portfolio.rows(BudgetLine) if r.line == "agreement"
    }
    records = [
        record
        for agreement in portfolio.rows(Agreement)
        for year in years
        if (
            record := _cost(
                portfolio,
                policy,
                agreement.agreement_id,
                year,
                projects[agreement.agreement_id],
                lines.get((agreement.agreement_id, year)),
            )
        )
    ]
    return make_result(records, COST_COLUMNS, "agreement_id")


def _cost(
    portfolio: Portfolio,
    policy: Policy,
    agreement_id: str,
    year: int,
    projects: Iterable[tuple],
    line: BudgetLine | None,
) -> dict[str, object] | None:
    """Return one agreement's year, or nothing where no cost is on record."""
    shares = [(p, share_of_year(p, policy, year)) for p in projects]
    shares = [(p, share) for p, share in shares if share]
    from_line = line is not None and line.actual is not None
    money = line.actual if from_line else pro_rated(shares, "actual_cost")
    staff = staff_cost(shares, policy, year)
    if money is None and staff is None and line is None:
        return None
    full = None if money is None and staff is None else (money or 0) + (staff or 0)
    budget = line.budget if line is not None else None
    return {
        "agreement_id": agreement_id,
        "decision": _made_of(money, staff, from_line=from_line),
        "reason": _reason(money, staff, shares, policy, year),
        "year": year,
        "full_cost": full,
        "money": money,
        "staff": staff,
        "in_kind": pro_rated(shares, "in_kind"),
        "budget": budget,
        "variance": variance(money, budget),
        "constant": constant_money(full, year, policy),
        "currency": policy.programme.currency,
        "cells": cost_cells(portfolio, line, shares),
    }


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


Shares = Sequence[tuple[tuple, float]]


def pro_rated(shares: Shares, column: str) -> float | None:
    """Return a column of the projects summed by their share of the year; None if none has it."""
    values = [getattr(p, column) * share for p, share in shares if getattr(p, column) is not None]
    return sum(values) if values else None


def staff_cost(shares: Shares, policy: Policy, year: int) -> float | None:
    """Return the staff days of the year at its rate; None without days or without a rate."""
    days, rate = pro_rated(shares, "staff_days"), policy.staff_day_rate.values.get(str(year))
    return None if days is None or rate is None else days * rate


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


def _reason(
    money: float | None, staff: float | None, shares: Shares, policy: Policy, year: int
) -> str:
    parts = [f"{len(shares)} projects in {year}"]
    days = pro_rated(shares, "staff_days")
    if days is not None and staff is None:
        parts.append(f"{days:g} staff days without a rate for {year}")
    if money is None:
        parts.append("no money on record")
    if any(share < 1 for _, share in shares):
        parts.append("projects over several years pro-rated by days")
    return f"{'; '.join(parts)}."


def cost_cells(portfolio: Portfolio, line: BudgetLine | None, shares: Shares) -> str:
    """Return the cells a cost rests on."""
    parts = [line.cell("actual")] if line is not None else []
    for project, _ in shares:
        filled = [c for c in ("actual_cost", "staff_days") if getattr(project, c) is not None]
        parts.append(project.cells(*filled))
    return "; ".join(filter(None, parts))
