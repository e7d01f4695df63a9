"""How firm each recommendation is: in which share of the draws it comes out again.

Source: domain, section 3, Firmness. The rules themselves are run, once for each side of the
thresholds that the draws fall on.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.assess.review.criteria import Rating
from toolkit.assess.review.draws import Draws
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.rules import matching_rules
from toolkit.assess.review.weighing import Score
from toolkit.assess.rules import Match
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Firm

COLUMNS = ("agreement_id", "decision", "reason", "partner", "share", "draws", "outcomes", "cells")
SOME = Rating(50.0, 1.0)  # activity that a draw found, whatever its measure


BY_RULE = "Proposed by a rule that looks at no score."
BY_RENEWAL = "Proposed by a rule that looks at no score, or by D3 on what was measured; not drawn."


def find_firmness(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], draws: Mapping[str, Draws]
) -> pd.DataFrame:
    """Return how firm the proposal for each agreement under review is.

    Returns
    -------
    DataFrame by agreement_id: decision (by rule, firm or contested), reason, partner, share (of
    draws with the decision at the known mean, 0-1, None by rule), draws, outcomes (every decision
    drawn with its share in per cent), cells.
    """
    records = [
        _record(portfolio, policy, matching_rules(found)[0], draws) for found in facts.values()
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _record(
    portfolio: Portfolio, policy: Policy, first: Match[Facts], draws: Mapping[str, Draws]
) -> dict[str, object]:
    facts, decision = first.facts, first.decision
    key = facts.agreement.agreement_id
    identity = {
        "agreement_id": key,
        "partner": portfolio.labels[key],
        "cells": facts.agreement.cell("agreement_id"),
    }
    if not first.is_scored:
        reason = BY_RENEWAL if facts.renewal is not None else BY_RULE
        return identity | {"decision": Firm.BY_RULE, "reason": reason, "outcomes": ()}
    counts = _count_decisions(facts, draws[key])
    share = counts[decision] / policy.firmness.draws
    firm = round(100 * share, 9) >= policy.thresholds.firm_share
    return identity | {
        "decision": Firm.FIRM if firm else Firm.CONTESTED,
        "reason": _sentence(counts, decision, policy.firmness.draws),
        "share": share,
        "draws": policy.firmness.draws,
        "outcomes": _shares(counts, policy.firmness.draws),
        "cells": f"{identity['cells']}; {policy.file_name}: firmness",
    }


def _count_decisions(facts: Facts, drawn: Draws) -> Counter[str]:
    """Return how often each decision was drawn; one run of the rules for each side of the lines."""
    thresholds = facts.policy.thresholds
    lines = sorted({thresholds.renegotiate_score, thresholds.keep_score})
    sides = np.searchsorted(lines, np.stack([drawn.own, drawn.there]), side="right")
    places = sides[0] * (len(lines) + 1) + sides[1]
    _, first, counts = np.unique(places, return_index=True, return_counts=True)
    found: Counter[str] = Counter()
    for index, count in zip(first, counts, strict=True):
        drawn_facts = _as_drawn(facts, drawn.own[index], drawn.there[index])
        found[matching_rules(drawn_facts)[0].decision] += int(count)
    return found


def _as_drawn(facts: Facts, own: float, there: float) -> Facts:
    """Return the facts with drawn scores; activity that is missing is some activity."""
    ratings = facts.ratings
    activity = ratings.get("C4")
    if activity is not None and activity.value is None:
        ratings = {**ratings, "C4": SOME}
    there_score = facts.score_there and _drawn(facts.score_there, there)
    return replace(facts, ratings=ratings, score=_drawn(facts.score, own), score_there=there_score)


def _drawn(score: Score, value: float) -> Score:
    return replace(score, mean=float(value), low=float(value), high=float(value))


def _shares(counts: Counter[str], draws: int) -> tuple[str, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{word} {100 * count / draws:.0f} %" for word, count in ordered)


def _sentence(counts: Counter[str], decision: str, draws: int) -> str:
    share = f"{100 * counts[decision] / draws:.0f} of 100 draws"
    others = "; ".join(_shares(Counter({w: n for w, n in counts.items() if w != decision}), draws))
    return f"{decision} in {share}." if not others else f"{decision} in {share}; else {others}."
