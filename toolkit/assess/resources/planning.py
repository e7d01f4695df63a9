"""What each agreement is planned to cost next year.

Source: domain, section 7, with the arithmetic of section 6. A cost that is not on record is
missing, never zero.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import projects_by_agreement
from toolkit.assess.record.results import joined, make_result
from toolkit.assess.year.costs import Shares, pro_rated, share_of_year, staff_cost
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement, BudgetLine
from toolkit.model.vocabulary import ProjectState, Status

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "year", "cost", "money", "staff", "currency",
    "cells",
)  # fmt: skip
NEXT = (ProjectState.PLANNED, ProjectState.ACTIVE)
UNKNOWN = "not on record"


def planning_year(policy: Policy, as_of: date) -> int:
    """Return the year that is planned: the one after the reporting year."""
    return policy.year_of(as_of) + 1


def planning_costs(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return what each agreement under review, or proposed, is planned to cost next year.

    Returns
    -------
    DataFrame by agreement_id: decision (what the cost is made of, or not on record), reason,
    partner, year, cost (money and staff, policy currency, to the cent; None where not on record),
    money, staff (None where no rate is set for the year), currency, cells.
    """
    year = planning_year(policy, as_of)
    projects = projects_by_agreement(portfolio)
    lines = {
        row.agreement_id: row
        for row in portfolio.rows(BudgetLine)
        if (row.line, row.year) == ("agreement", year) and row.budget is not None
    }
    records = [
        _record(portfolio, policy, a, year, projects[a.agreement_id], lines.get(a.agreement_id))
        for a in portfolio.rows(Agreement)
        if is_reviewed(a) or a.status == Status.PROPOSED
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _record(
    portfolio: Portfolio,
    policy: Policy,
    agreement: Agreement,
    year: int,
    projects: Sequence[tuple],
    line: BudgetLine | None,
) -> dict[str, object]:
    shares = [(p, s) for p in projects if p.state in NEXT and (s := share_of_year(p, policy, year))]
    made_of, money = _money(agreement, shares, line)
    is_plan = made_of == "its planned yearly cost"
    staff = None if money is None or is_plan else staff_cost(shares, policy, year)
    return {
        "agreement_id": agreement.agreement_id,
        "decision": made_of if staff is None else f"{made_of} and staff days",
        "reason": _reason(made_of, shares, staff, year),
        "partner": portfolio.labels[agreement.agreement_id],
        "year": year,
        "cost": None if money is None else round(money + (staff or 0), 2),
        "money": money,
        "staff": staff,
        "currency": policy.programme.currency,
        "cells": _cells(portfolio, agreement, shares, line, made_of),
    }


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


def _reason(made_of: str, shares: Shares, staff: float | None, year: int) -> str:
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
    days = pro_rated(shares, "staff_days")
    if days and staff is None and made_of in ("its budget line", "its projects"):
        parts.append(f"{days:.0f} staff days without a rate for {year} are not priced")
    return f"{'; '.join(parts)}."


def _cells(
    portfolio: Portfolio,
    agreement: Agreement,
    shares: Shares,
    line: BudgetLine | None,
    made_of: str,
) -> str:
    if made_of == "its planned yearly cost":
        return agreement.cell("yearly_cost")
    parts = [line.cell("budget")] if line is not None else []
    for project, _ in shares:
        filled = [c for c in ("planned_cost", "staff_days") if getattr(project, c) is not None]
        parts.append(project.cells(*filled))
    return joined(parts) or agreement.cell("yearly_cost")
