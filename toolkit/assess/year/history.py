"""How this year compares with the years before."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.assess.year.evaluation import evaluate_agreements, evaluate_objectives
from toolkit.assess.year.indicators import evaluate_indicators
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio


def achievements_by_year(
    portfolio: Portfolio, policy: Policy, *, years: Sequence[int]
) -> Mapping[int, pd.DataFrame]:
    """Return the evaluation of the agreements at the end of each year."""
    return {year: evaluate_year(portfolio, policy, as_of=policy.year_end(year)) for year in years}


def evaluate_year(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the evaluation of the agreements as of a day."""
    indicators = evaluate_indicators(portfolio, policy, as_of=as_of)
    objectives = evaluate_objectives(portfolio, policy, indicators)
    return evaluate_agreements(portfolio, policy, indicators, objectives)


def find_changes(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return what changed in the achievement to date since the year before.

    Parameters
    ----------
    before, now
        Evaluations of the agreements; the earlier one may come from last year's workbook.

    Returns
    -------
    DataFrame by agreement_id: decision (better, worse, unchanged, newly measured, no longer
    measured), reason, partner, before, now (shares), cells. Agreements measured in neither year
    are left out.
    """
    records = []
    for row in now.itertuples():
        earlier = before.achievement.get(row.Index)
        if earlier is None and row.achievement is None:
            continue
        word = _compare(earlier, row.achievement)
        records.append(
            {
                "agreement_id": row.Index,
                "decision": word,
                "reason": f"{_percent(earlier)} a year before, {_percent(row.achievement)} now.",
                "partner": row.partner,
                "before": earlier,
                "now": row.achievement,
                "cells": row.cells,
            }
        )
    columns = ("agreement_id", "decision", "reason", "partner", "before", "now", "cells")
    return make_result(records, columns, "agreement_id")


def _compare(before: float | None, now: float | None) -> str:
    if before is None:
        return "newly measured"
    if now is None:
        return "no longer measured"
    if round(100 * now) == round(100 * before):  # as it is printed
        return "unchanged"
    return "better" if now > before else "worse"


def _percent(value: float | None) -> str:
    return "not measured" if value is None else f"{100 * value:.0f} %"


def find_history(by_year: Mapping[int, pd.DataFrame], costs: pd.DataFrame) -> pd.DataFrame:
    """Return achievement and full cost of each agreement, year by year.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision (a `Progress`), reason, year, achievement
    (share), full_cost (policy currency), cells.
    """
    spent = {(row.Index, row.year): row.full_cost for row in costs.itertuples()}
    records = [
        {
            "agreement_id": row.Index,
            "decision": row.decision,
            "reason": row.reason,
            "year": year,
            "achievement": row.achievement,
            "full_cost": spent.get((row.Index, year)),
            "cells": row.cells,
        }
        for year, table in sorted(by_year.items())
        for row in table.itertuples()
    ]
    columns = ("agreement_id", "decision", "reason", "year", "achievement", "full_cost", "cells")
    return make_result(records, columns, "agreement_id")
