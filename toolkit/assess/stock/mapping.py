"""Which goals of the policy framework are served by which agreements, and which serve none.

Source: the framework's goals and objectives (F1); domain, section 10, B5.
"""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rows import runs
from toolkit.model.sheets import Agreement, Objective

COLUMNS = ("goal", "decision", "reason", "name", "agreements", "objectives", "cells")
NO_GOAL = "no goal"


def map_goals(portfolio: Portfolio, policy: Policy) -> pd.DataFrame:
    """Return the agreements in force that serve each goal; in the last row those that serve none.

    Returns
    -------
    DataFrame by goal (its id, or `no goal`): decision ("n of N"; n/a without agreements in force),
    reason, name, agreements (labels), objectives (stated objectives of those agreements), cells.
    """
    rows = [row for row in portfolio.rows(Agreement) if is_reviewed(row)]
    stated = Counter(row.agreement_id for row in portfolio.rows(Objective))
    served = [
        (goal.id, goal.name, f"Agreements in force that name {goal.id} as a goal they serve.",
         [row for row in rows if goal.id in (row.goals or ())])
        for goal in policy.goals
    ]  # fmt: skip
    told = "Agreements in force that name no goal of the framework."
    unmapped = (NO_GOAL, "of the framework", told, [row for row in rows if not row.goals])
    records = [
        {
            "goal": key,
            "decision": f"{len(found)} of {len(rows)}" if rows else "n/a",
            "reason": reason,
            "name": name,
            "agreements": tuple(portfolio.labels[row.agreement_id] for row in found),
            "objectives": sum(stated[row.agreement_id] for row in found),
            "cells": joined(_cells(found)),
        }
        for key, name, reason, found in (*served, unmapped)
    ]
    return make_result(records, COLUMNS, "goal")


def _cells(rows: Sequence[Agreement]) -> list[str]:
    return runs(rows, "goals")
