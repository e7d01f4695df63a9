"""How every agreement under review scores on the criteria of its class."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.criteria import (
    Rating,
    Score,
    Sources,
    gather_sources,
    rate_agreement,
    sub_score,
    weigh,
)
from toolkit.assess.facts import is_scored
from toolkit.assess.relationships import is_inside
from toolkit.assess.results import joined, make_result
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "judged_as", "mean", "low", "high", "known",
    "fit", "record", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "contributions", "left_out",
    "cells",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One agreement judged as a member of one class."""

    judged_as: AgreementClass
    ratings: Mapping[str, Rating]
    score: Score


def stand(agreement: tuple, cls: AgreementClass, sources: Sources) -> Standing:
    """Return the ratings and the score of an agreement as a member of a class."""
    ratings = rate_agreement(agreement, cls.family, sources)
    return Standing(cls, ratings, weigh(ratings, cls.weights))


def score_agreements(
    portfolio: Portfolio,
    policy: Policy,
    classification: pd.DataFrame,
    achievement: pd.Series,
    *,
    as_of: date,
) -> pd.DataFrame:
    """Return the scores of the agreements under review that have a class to be judged by.

    Returns
    -------
    DataFrame by agreement_id: decision (scored, or too little is known), reason, partner,
    judged_as, mean, low, high (0-100), known (per cent of the full weight), fit, record, C1 to C7
    (ratings 0-100 of what is known), contributions (points of the mean), left_out (criteria whose
    sheet is not supplied), cells.
    """
    sources = gather_sources(portfolio, policy, achievement, as_of=as_of)
    records = []
    for agreement in filter(is_reviewed, portfolio.rows("Agreements")):
        found = classification.decision[agreement.agreement_id]
        word = agreement.classification if is_inside(agreement, policy) else found
        cls = policy.class_named(word)
        if cls is not None:
            standing = stand(agreement, cls, sources)
            records.append(_record(portfolio, agreement, standing, policy))
    return make_result(records, COLUMNS, "agreement_id")


def _record(
    portfolio: Portfolio, agreement: tuple, standing: Standing, policy: Policy
) -> dict[str, object]:
    score, ratings, weights = standing.score, standing.ratings, standing.judged_as.weights
    scored = is_scored(score, policy)
    return {
        "agreement_id": agreement.agreement_id,
        "decision": "scored" if scored else "too little is known",
        "reason": f"{score.known:.0f} of 100 of the weight of its class is known.",
        "partner": portfolio.labels[agreement.agreement_id],
        "judged_as": standing.judged_as.name,
        "mean": score.mean,
        "low": score.low,
        "high": score.high,
        "known": score.known,
        "fit": sub_score(ratings, weights, fit=True),
        "record": sub_score(ratings, weights, fit=False),
        **{key: rating.value for key, rating in ratings.items()},
        "contributions": tuple(
            f"{key} {points:.2f}" for key, points in score.contributions.items()
        ),
        "left_out": score.left_out,
        "cells": joined(r.cells for key, r in ratings.items() if weights.get(key)),
    }
