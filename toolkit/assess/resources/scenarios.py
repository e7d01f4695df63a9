"""What next year's money funds, in one call: costs, candidates, scenarios and uplifts.

Source: domain, section 7; the report's recommendation to resource by outcome: raise the budget,
reduce the number, or both.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.results import Fields, joined, make_result
from toolkit.assess.resources.available import Available, available_money, other_claims
from toolkit.assess.resources.candidates import find_candidates
from toolkit.assess.resources.carrying import NOT_KNOWN, carry_all, raise_budget, set_against
from toolkit.assess.resources.contests import ALL, Contest, find_contests
from toolkit.assess.resources.planning import planning_costs
from toolkit.assess.resources.reducing import INFEASIBLE, fund_the_best, fund_the_ranking
from toolkit.assess.resources.trend import programme_trend
from toolkit.assess.resources.uplifts import find_uplifts, fund_the_firm
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Scenario

COLUMNS = (
    "scenario", "decision", "reason", "agreement_class", "agreements", "cost", "available", "left",
    "funded_ratio", "value", "uplift", "funded", "unfunded", "first_unfunded", "equal_sets",
    "currency", "cells",
)  # fmt: skip
ANSWERS = (carry_all, raise_budget, fund_the_ranking, fund_the_best, fund_the_firm)


@dataclass(frozen=True)
class Resources:
    """What is planned, what is available, and the answers to a gap between the two.

    `other_claims` is a sentence on what draws on the same money without being a candidate.
    """

    costs: pd.DataFrame
    candidates: pd.DataFrame
    scenarios: pd.DataFrame
    uplifts: pd.DataFrame
    trend: pd.DataFrame
    available: Available
    other_claims: str

    @property
    def left(self) -> float | None:
        """What is left when all candidates are carried on; None where that cannot be said."""
        if self.scenarios.empty:
            return self.available.amount
        rows = self.scenarios[self.scenarios.agreement_class == ALL]
        left = rows.left.get(Scenario.STATUS_QUO)
        return None if left is None else float(left)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables by the name of their file."""
        return {
            "planning-costs": self.costs,
            "candidates": self.candidates,
            "scenarios": self.scenarios,
            "uplifts": self.uplifts,
            "programme-trend": self.trend,
        }


def find_resources(
    portfolio: Portfolio,
    policy: Policy,
    review: pd.DataFrame,
    seats: pd.DataFrame,
    scores: pd.DataFrame,
    *,
    firm: Collection[str],
    as_of: date,
) -> Resources:
    """Return costs, candidates, scenarios and uplifts of the year after the reporting year.

    Parameters
    ----------
    review, seats, scores
        The results for the same portfolio, policy and date.
    firm
        Ids of the agreements whose decision is firm.
    """
    costs = planning_costs(portfolio, policy, as_of=as_of)
    candidates = find_candidates(
        portfolio, policy, review, seats, scores, costs, firm=firm, as_of=as_of
    )
    available = available_money(portfolio, policy, as_of=as_of)
    contests = find_contests(candidates, policy, money=available.amount)
    return Resources(
        costs=costs,
        candidates=candidates,
        scenarios=find_scenarios(contests, available, policy),
        uplifts=find_uplifts(contests, available, policy),
        trend=programme_trend(portfolio, policy, as_of=as_of),
        available=available,
        other_claims=other_claims(portfolio, policy, costs, set(candidates.index), as_of=as_of),
    )


def find_scenarios(
    contests: Sequence[Contest], available: Available, policy: Policy
) -> pd.DataFrame:
    """Return each scenario for each class, and for all classes together.

    Returns
    -------
    DataFrame by scenario (a `Scenario`, repeated): decision, reason, agreement_class, agreements
    (how many it counts or funds), cost, available, left (negative = missing), funded_ratio
    (available / cost), value (sum of scores, None over classes), uplift (what would fund all, or
    reach the first not funded, or all firm ones), funded, unfunded, first_unfunded (partners in
    the order of the ranking; for status quo and raise, unfunded is who has no cost on record),
    equal_sets (each set as one text, where there are several), currency, cells.
    """
    common = {"currency": policy.programme.currency}
    records: list[Fields] = []
    for answer in ANSWERS:
        rows = [answer(contest, policy) for contest in contests]
        records += [*rows, *_together(rows, available)]
    return make_result([record | common for record in records], COLUMNS, "scenario")


def _together(rows: Sequence[Fields], available: Available) -> tuple[Fields, ...]:
    """Return one scenario over all classes; scores are not added up over classes."""
    if not rows:
        return ()
    record: Fields = {
        "scenario": rows[0]["scenario"],
        "agreement_class": ALL,
        "available": available.amount,
        "cells": joined([available.cells, *(row["cells"] for row in rows)]),
        **{column: _sum(rows, column) for column in ("agreements", "cost", "uplift")},
        **{
            column: tuple(name for row in rows for name in row.get(column, ()))
            for column in ("funded", "unfunded", "first_unfunded")
        },
    }
    if record["scenario"] in (Scenario.STATUS_QUO, Scenario.RAISE):
        known = [row["cost"] for row in rows if row["cost"] is not None]
        found = set_against(record | {"cost": round(sum(known), 2) if known else None})
        return (found | {"reason": f"{found['reason']} {available.reason}"},)
    words = "; ".join(f"{row['agreement_class']}: {row['decision']}" for row in rows)
    known = record["cost"] is not None and record["scenario"] != Scenario.BOTH
    left = round(available.amount - record["cost"], 2) if known else None
    reason = f"{words}. {available.reason}"
    return (record | {"decision": _word(rows, record), "reason": reason, "left": left},)


def _sum(rows: Sequence[Fields], column: str) -> float | None:
    values = [row.get(column) for row in rows]
    return None if None in values else round(sum(values), 2)


def _word(rows: Sequence[Fields], record: Fields) -> str:
    words = {row["decision"] for row in rows}
    if blocking := next((word for word in (NOT_KNOWN, INFEASIBLE) if word in words), None):
        return blocking
    if all("is_counted" in row for row in rows):
        return f"{len(record['funded'])} of {len(record['funded'] + record['unfunded'])} funded"
    return words.pop() if len(words) == 1 else "by class"
