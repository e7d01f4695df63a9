"""What the stated budget comes to per agreement: arithmetic, not cost."""

import pandas as pd

from toolkit.assess.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed

COLUMNS = ("share", "decision", "reason", "count", "amount", "currency", "cells")


def even_shares(portfolio: Portfolio, policy: Policy) -> pd.DataFrame:
    """Return the stated budget divided evenly, where the workbook holds no Budget sheet.

    Returns
    -------
    DataFrame by share (per instrument on record, per stated count, per seat): decision, reason,
    count, amount (policy currency, unrounded), currency, cells. Empty where a budget is supplied
    or none is stated.
    """
    programme = policy.programme
    if portfolio.has("Budget") or programme.budget is None:
        return make_result((), COLUMNS, "share")
    on_record = sum(is_reviewed(a) for a in portfolio.rows("Agreements"))
    counts = {
        "per instrument on record": on_record,
        "per instrument the programme states": programme.stated_count,
        "per seat under the cap": policy.cap.total,
    }
    records = [
        {
            "share": name,
            "decision": "arithmetic, not cost",
            "reason": f"The stated budget of {programme.budget_year}, divided by {count}.",
            "count": count,
            "amount": programme.budget / count,
            "currency": programme.currency,
            "cells": f"{policy.file_name}: programme.budget",
        }
        for name, count in counts.items()
        if count
    ]
    return make_result(records, COLUMNS, "share")
