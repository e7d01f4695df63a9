"""How the programme's money moves from year to year, beside the agreements it has to carry.

Source: domain, section 6, Money; the report's quick facts set the budget against the number of
agreements.
"""

from datetime import date

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.assess.year.costs import variance
from toolkit.assess.year.programme import programme_money
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Status

TREND_COLUMNS = (
    "year", "decision", "reason", "budget", "budget_change", "actual", "actual_change", "constant",
    "constant_change", "agreements", "per_agreement", "currency", "cells",
)  # fmt: skip


def programme_trend(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return how the programme's money moves from year to year, beside what it has to carry.

    Returns
    -------
    DataFrame by year: decision (more, less or as much as the year before, by the budget), reason,
    budget, actual, constant (actual in money of the latest indexed year), each with its change (a
    share of the year before), agreements (in force at the end of the year, by their dates; None for
    a year still to come),    per_agreement (actual / agreements: arithmetic), currency, cells.
    """
    money = programme_money(portfolio, policy)
    found = {row.Index: row for row in money.itertuples()}
    records = []
    for year, row in found.items():
        before = found.get(year - 1)
        end = policy.year_end(year)
        count = _in_force(portfolio, end) if end <= as_of else None
        changes = {
            f"{name}_change": None
            if before is None
            else variance(getattr(row, name), getattr(before, name))
            for name in ("budget", "actual", "constant")
        }
        records.append(
            {
                "year": year,
                "decision": _direction(changes["budget_change"]),
                "reason": f"Agreements in force at the end of {year}: {count}, by their dates."
                if count is not None
                else f"The end of {year} is still to come.",
                "budget": row.budget,
                "actual": row.actual,
                "constant": row.constant,
                **changes,
                "agreements": count,
                "per_agreement": row.actual / count if count and row.actual is not None else None,
                "currency": row.currency,
                "cells": row.cells,
            }
        )
    return make_result(records, TREND_COLUMNS, "year")


def _direction(change: float | None) -> str:
    if change is None:
        return "no year before on record"
    change = round(change, 9)
    return "as the year before" if not change else "more" if change > 0 else "less"


def _in_force(portfolio: Portfolio, day: date) -> int:
    """Return how many agreements were signed by a day and neither proposed nor concluded then."""
    return sum(
        a.status != Status.PROPOSED
        and a.signed is not None
        and a.signed.first <= day
        and (is_reviewed(a) or (a.concluded_on is not None and a.concluded_on.last > day))
        for a in portfolio.rows(Agreement)
    )
