"""How every agreement under review scores on the criteria of its class."""

from collections.abc import Mapping

import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.weighing import printed_points, sub_score
from toolkit.model.portfolio import Portfolio

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "judged_as", "level", "mean", "low", "high",
    "known", "fit", "record", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "known_weights",
    "contributions", "left_out", "cells",
)  # fmt: skip


def score_agreements(
    portfolio: Portfolio, facts: Mapping[str, Facts], levels: Mapping[str, int]
) -> pd.DataFrame:
    """Return the scores of the agreements under review that have a class to be judged by.

    Parameters
    ----------
    levels
        The level of evidence of each agreement, 1 to 4; it stands beside every score.

    Returns
    -------
    DataFrame by agreement_id: decision (scored, or too little is known), reason, partner,
    judged_as, level (of evidence), mean, low, high (0-100), known (per cent of the full weight),
    fit, record, C1 to C7 (ratings 0-100 of what is known), known_weights (by criterion),
    contributions (points of the mean; as printed they add up to the mean as printed), left_out
    (criteria whose sheet is not supplied), cells.
    """
    records = [
        _record(portfolio.labels[key], found, levels[key])
        for key, found in facts.items()
        if found.judged_as is not None
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _record(partner: str, facts: Facts, level: int) -> dict[str, object]:
    score, ratings, weights = facts.score, facts.ratings, facts.judged_as.weights
    points = printed_points(score)
    return {
        "agreement_id": facts.agreement.agreement_id,
        "decision": "scored" if facts.is_scored else "too little is known",
        "reason": f"{score.known:.0f} of 100 of the weight of its class is known.",
        "partner": partner,
        "judged_as": facts.judged_as.name,
        "level": level,
        "mean": score.mean,
        "low": score.low,
        "high": score.high,
        "known": score.known,
        "fit": sub_score(ratings, weights, fit=True),
        "record": sub_score(ratings, weights, fit=False),
        **{key: rating.value for key, rating in ratings.items()},
        "known_weights": {k: weights[k] * r.known for k, r in ratings.items() if weights.get(k)},
        "contributions": tuple(f"{key} {value:.1f}" for key, value in points.items()),
        "left_out": score.left_out,
        "cells": joined(r.cells for key, r in ratings.items() if weights.get(key)),
    }
