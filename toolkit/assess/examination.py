"""All that the rules look at on one date: levels, classes, facts, scores, what D3 proposes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.record.evidence import evidence_levels
from toolkit.assess.renewal.decide import decide_renewals
from toolkit.assess.review.facts import Facts, gather_facts, with_renewals
from toolkit.assess.review.scores import score_agreements
from toolkit.assess.year.yearly import Evaluation
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio


@dataclass(frozen=True)
class Examination:
    """What was found before any rule of the review is tried."""

    levels: Mapping[str, int]
    classification: pd.DataFrame
    facts: Mapping[str, Facts]
    scores: pd.DataFrame
    renewals: pd.DataFrame


def examine(
    portfolio: Portfolio, policy: Policy, evaluation: Evaluation, *, as_of: date
) -> Examination:
    """Return levels, classes, facts, scores and renewals of a portfolio evaluated for that date."""
    classification = reclassify(portfolio, policy, as_of=as_of)
    facts = gather_facts(portfolio, policy, classification, evaluation.agreements, as_of=as_of)
    levels = evidence_levels(portfolio, policy, as_of=as_of)
    scores = score_agreements(portfolio, facts, levels)
    renewals = decide_renewals(portfolio, policy, evaluation=evaluation, scores=scores, as_of=as_of)
    return Examination(levels, classification, with_renewals(facts, renewals), scores, renewals)
