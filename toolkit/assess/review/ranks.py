"""Where each agreement stands within its class, and between which ranks the draws put it.

Source: domain, sections 3 and 4. Scores of two classes are not comparable, so none is ranked
against another class; of a relationship with several instruments of one class the best counts.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from toolkit.assess.record.relationships import relationship_key
from toolkit.assess.record.results import make_result
from toolkit.assess.review.draws import Draws
from toolkit.assess.review.facts import Facts
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Recommendation, Renewal

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "judged_as", "mean", "rank", "lowest",
    "highest", "of", "cells",
)  # fmt: skip
NOT_RANKED = frozenset(
    {
        Recommendation.SUSPEND,
        Recommendation.REGISTER,
        Recommendation.FOLD_IN,
        Recommendation.LAPSED,
        Recommendation.TOO_EARLY,
        Recommendation.SUNSET,
        Recommendation.TRANSFER,
        Renewal.CONCLUDE,
    }
)


def rank_agreements(
    portfolio: Portfolio,
    policy: Policy,
    facts: Mapping[str, Facts],
    draws: Mapping[str, Draws],
    review: pd.DataFrame,
) -> pd.DataFrame:
    """Return the rank of every scored agreement that would go on, within its class.

    Returns
    -------
    DataFrame by agreement_id: decision ("3 of 9"), reason, partner, judged_as, mean (0-100), rank
    (1 is best; equal scores share a rank), lowest and highest (the ranks that hold the policy's
    `firm_share` of the draws), of, cells.
    """
    groups: dict[str, list[Facts]] = {}
    for key, found in facts.items():
        if found.is_scored and review.decision[key] not in NOT_RANKED:
            groups.setdefault(found.judged_as.name, []).append(found)
    records = [
        record
        for name in sorted(groups)
        for record in _rank_class(portfolio, policy, _best_of_each(groups[name]), draws)
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _best_of_each(members: Sequence[Facts]) -> list[Facts]:
    """Return one instrument a relationship: the one with the highest score, the id on a tie."""
    best: dict[str, Facts] = {}
    for member in sorted(members, key=lambda f: (-f.score.mean, f.agreement.agreement_id)):
        best.setdefault(relationship_key(member.agreement), member)
    return list(best.values())


def _rank_class(
    portfolio: Portfolio, policy: Policy, members: Sequence[Facts], draws: Mapping[str, Draws]
) -> list[dict[str, object]]:
    keys = [member.agreement.agreement_id for member in members]
    drawn = min_ranks(np.stack([draws[key].own for key in keys]))
    ranks = min_ranks(np.array([[member.score.mean] for member in members]))[:, 0]
    tail = (100 - policy.thresholds.firm_share) / 2
    ends = np.percentile(drawn, [tail, 100 - tail], axis=1, method="nearest")
    share = f"{policy.thresholds.firm_share:g}"
    return [
        {
            "agreement_id": key,
            "decision": f"{rank} of {len(keys)}",
            "reason": f"In {share} of 100 draws {_span(low, high)} of {len(keys)}.",
            "partner": portfolio.labels[key],
            "judged_as": member.judged_as.name,
            "mean": member.score.mean,
            "rank": int(rank),
            "lowest": int(low),
            "highest": int(high),
            "of": len(keys),
            "cells": member.agreement.cell("classification"),
        }
        for key, member, rank, low, high in zip(keys, members, ranks, *ends, strict=True)
    ]


def _span(low: float, high: float) -> str:
    return f"number {low:g}" if low == high else f"between {low:g} and {high:g}"


def min_ranks(scores: np.ndarray) -> np.ndarray:
    """Return the rank of each row in each column, 1 for the highest; equal scores share the best.

    >>> min_ranks(np.array([[70.0], [80.0], [70.0], [60.0]]))[:, 0].tolist()
    [2, 1, 2, 4]
    """
    order = np.argsort(-scores, axis=0, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=0)
    is_lower = np.ones_like(ordered, dtype=bool)
    is_lower[1:] = ordered[1:] < ordered[:-1]
    positions = np.arange(1, len(scores) + 1)[:, None]
    first = np.maximum.accumulate(np.where(is_lower, positions, 0), axis=0)
    ranks = np.empty_like(first)
    np.put_along_axis(ranks, order, first, axis=0)
    return ranks
