"""Whether any agreement is better on everything and yet scores lower than another of its class.

Source: domain, section 3. There should be none: one that turns up is a fault of the toolkit.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.assess.review.facts import Facts
from toolkit.model.portfolio import Portfolio

COLUMNS = ("agreement_class", "decision", "reason", "pairs", "contradictions", "cells")


def check_dominance(portfolio: Portfolio, facts: Mapping[str, Facts]) -> pd.DataFrame:
    """Return, for each class, how many pairs were compared and which contradict their scores.

    Compared are agreements judged as one class of which the same is known.

    Returns
    -------
    DataFrame by agreement_class: decision (in order, or contradiction), reason, pairs,
    contradictions (better on everything, yet lower in score), cells.
    """
    classes: dict[str, dict[tuple, list[Facts]]] = {}
    for found in facts.values():
        if found.is_scored:
            known = tuple(sorted((key, rating.known) for key, rating in found.ratings.items()))
            groups = classes.setdefault(found.judged_as.name, {})
            groups.setdefault(known, []).append(found)
    records = [_record(portfolio, name, list(classes[name].values())) for name in sorted(classes)]
    return make_result(records, COLUMNS, "agreement_class")


def _record(
    portfolio: Portfolio, name: str, groups: Sequence[Sequence[Facts]]
) -> dict[str, object]:
    pairs = sum(len(members) * (len(members) - 1) // 2 for members in groups)
    wrong = [pair for members in groups for pair in _contradictions(members)]
    told = tuple(f"{_id(better)} is better on everything than {_id(w)}" for better, w in wrong)
    members = [member for group in groups for member in group]
    return {
        "agreement_class": name,
        "decision": "contradiction" if wrong else "in order",
        "reason": f"{pairs} pairs of which the same is known were compared; "
        f"{len(wrong) or 'none'} better on everything scores lower.",
        "pairs": pairs,
        "contradictions": told,
        "cells": joined(m.agreement.cell("agreement_id") for m in members),
    }


def _id(facts: Facts) -> str:
    return facts.agreement.agreement_id


def _contradictions(members: Sequence[Facts]) -> list[tuple[Facts, Facts]]:
    """Return the pairs of which the first is at least as good on everything and scores lower."""
    weights = members[0].judged_as.weights
    known = [key for key, rating in members[0].ratings.items() if rating.known and weights.get(key)]
    values = np.array([[m.ratings[key].value for key in known] for m in members]).round(9)
    means = np.array([member.score.mean for member in members])
    return [
        (member, members[other])
        for member, own, mean in zip(members, values, means, strict=True)
        for other in np.flatnonzero((own >= values).all(axis=1) & (mean < means))
    ]
