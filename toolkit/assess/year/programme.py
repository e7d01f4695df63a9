"""What the programme as a whole spent, and where its missions went.

Source: domain, section 6, Money; the report's use of priority markets.
"""

from collections import defaultdict
from datetime import date

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.assess.year.costs import (
    Shares,
    constant_money,
    cost_cells,
    pro_rated,
    share_of_year,
    variance,
)
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import PROGRAMME, Agreement, BudgetLine, Project

YEAR_COLUMNS = (
    "year", "decision", "reason", "budget", "actual", "variance", "constant", "currency", "cells",
)  # fmt: skip


TIER_COLUMNS = (
    "tier", "decision", "reason", "missions", "of_agreements", "outside", "spending",
    "spending_of_agreements", "spending_outside", "cells",
)  # fmt: skip


def programme_money(portfolio: Portfolio, policy: Policy) -> pd.DataFrame:
    """Return the programme's budget and actual of each year in the Budget sheet.

    Returns
    -------
    DataFrame by year: decision (over, within or no actual), reason, budget, actual, variance
    (share), constant (actual in money of the latest indexed year), currency, cells.
    """
    rows = sorted((r for r in portfolio.rows(BudgetLine) if r.line == "programme"), key=_year)
    records = [
        {
            "year": row.year,
            "decision": _against(row.actual, row.budget),
            "reason": "The programme line of the sheet Budget.",
            "budget": row.budget,
            "actual": row.actual,
            "variance": variance(row.actual, row.budget),
            "constant": constant_money(row.actual, row.year, policy),
            "currency": policy.programme.currency,
            "cells": row.cells("budget", "actual"),
        }
        for row in rows
    ]
    return make_result(records, YEAR_COLUMNS, "year")


def _year(row: BudgetLine) -> int:
    return row.year


def _against(actual: float | None, budget: float | None) -> str:
    if actual is None or budget is None:
        return "no actual on record" if actual is None else "no budget on record"
    return "over budget" if actual > budget else "within budget"


def missions_by_tier(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the year's missions and their spending by market tier, inside and outside agreements.

    Returns
    -------
    DataFrame by tier: decision (what it counts), reason, missions, of_agreements, outside (the
    programme's own), spending (actual, policy currency, by days in the year; None where none is on
    record), spending_of_agreements, spending_outside, cells.
    """
    year = policy.year_of(as_of)
    partners = {row.agreement_id: row for row in portfolio.rows(Agreement)}
    found = defaultdict(list)
    for row in portfolio.rows(Project):
        share = share_of_year(row, policy, year)
        if row.kind in MISSIONS and row.state in ("active", "done") and share:
            tier = _tier(row, partners.get(row.agreement_id), policy)
            found[tier].append((row, share))
    records = [
        {
            "tier": tier,
            "decision": "missions",
            "reason": _mission_sentence(shares, year),
            "missions": len(shares),
            "of_agreements": len(_inside(shares)),
            "outside": len(shares) - len(_inside(shares)),
            "spending": pro_rated(shares, "actual_cost"),
            "spending_of_agreements": pro_rated(_inside(shares), "actual_cost"),
            "spending_outside": pro_rated(_outside(shares), "actual_cost"),
            "cells": cost_cells(portfolio, None, shares),
        }
        for tier in TIERS
        if (shares := found[tier]) or portfolio.has(Project)
    ]
    return make_result(records, TIER_COLUMNS, "tier")


def _inside(shares: Shares) -> Shares:
    return [(project, share) for project, share in shares if project.agreement_id != PROGRAMME]


def _outside(shares: Shares) -> Shares:
    return [(project, share) for project, share in shares if project.agreement_id == PROGRAMME]


def _mission_sentence(shares: Shares, year: int) -> str:
    unknown = sum(project.actual_cost is None for project, _ in shares)
    told = f"; of {unknown} the spending is not on record" if unknown else ""
    return f"Missions active or done in {year}{told}."


MISSIONS = ("inbound mission", "outbound mission")
TIERS = ("tier 1", "tier 2", "no priority market")


def _tier(project: Project, agreement: Agreement | None, policy: Policy) -> str:
    """Return the tier of the place a mission goes to or, by its agreement, comes from."""
    places = {project.country, project.city}
    if agreement is not None:
        places |= {agreement.country, agreement.city, agreement.partner}
    if places & set(policy.markets.tier_1):
        return TIERS[0]
    return TIERS[1] if places & set(policy.markets.tier_2) else TIERS[2]
