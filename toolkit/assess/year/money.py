"""What a budget comes to per agreement where no agreement has a cost: arithmetic, not cost.

Source: domain, section 6, Money.
"""

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import PROGRAMME, Agreement, BudgetLine, Project

COLUMNS = ("share", "decision", "reason", "count", "amount", "currency", "cells")
COSTS = ("planned_cost", "actual_cost", "staff_days")


def even_shares(portfolio: Portfolio, policy: Policy) -> pd.DataFrame:
    """Return the budget divided evenly: the workbook's, or the one that the policy states.

    Returns
    -------
    DataFrame by share (per instrument on record, per stated count, per seat): decision, reason,
    count, amount (policy currency, unrounded), currency, cells. Empty where the sheet Budget is
    supplied and some agreement has a cost of its own, or where no budget is known.
    """
    budget, words, cells = _budget(portfolio, policy)
    on_record = sum(is_reviewed(a) for a in portfolio.rows(Agreement))
    counts = {
        "per instrument on record": on_record,
        "per instrument the programme states": policy.programme.stated_count,
        "per seat under the cap": policy.cap.total,
    }
    records = [
        {
            "share": name,
            "decision": "arithmetic, not cost",
            "reason": f"{words}, divided by {count}.",
            "count": count,
            "amount": budget / count,
            "currency": policy.programme.currency,
            "cells": cells,
        }
        for name, count in counts.items()
        if count and budget is not None
    ]
    return make_result(records, COLUMNS, "share")


def _budget(portfolio: Portfolio, policy: Policy) -> tuple[float | None, str, str]:
    """Return the budget to divide, what it is, and where it stands."""
    stated = policy.programme
    if not portfolio.has(BudgetLine):
        words = f"The stated budget of {stated.budget_year}"
        return stated.budget, words, f"{policy.file_name}: programme.budget"
    lines = [r for r in portfolio.rows(BudgetLine) if r.line == "programme"]
    lines = [r for r in lines if r.budget is not None]
    if not lines or _has_costs(portfolio):
        return None, "", ""
    latest = max(lines, key=lambda row: row.year)
    words = f"The programme's budget of {latest.year}, its latest in the sheet Budget"
    return latest.budget, words, latest.cell("budget")


def _has_costs(portfolio: Portfolio) -> bool:
    """Whether any agreement has a budget line, or a project with a cost or staff days."""
    own = [r for r in portfolio.rows(Project) if r.agreement_id != PROGRAMME]
    return any(r.line == "agreement" for r in portfolio.rows(BudgetLine)) or any(
        getattr(r, column) is not None for r in own for column in COSTS
    )
