"""How firm each recommendation is: in which share of the draws it comes out again.

A draw shakes weights, ratings and missing values; the same policy and the same agreement give the
same draws, whatever else is in the workbook and in whatever order. The rules themselves are run,
once for each side of the thresholds that the draws fall on. Source: domain, section 3, Firmness.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from toolkit.assess.review.criteria import FIT, Rating, is_scored
from toolkit.assess.review.facts import Facts, Passed
from toolkit.assess.review.rules import matching_rules
from toolkit.assess.rules import Match
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.vocabulary import Family, Firm

Floats = NDArray[np.float64]  # one number a draw


@dataclass(frozen=True)
class Draws:
    """The scores of one agreement in every draw, in its class and in that of its objectives.

    `passed` holds a column for each line of `Passed`, a row for each draw.
    """

    own: Floats
    there: Floats
    passed: NDArray[np.bool_]


def draw_scores(facts: Mapping[str, Facts], policy: Policy) -> Mapping[str, Draws]:
    """Return the drawn scores of each agreement whose known weight is enough for a score.

    Weights move together for all agreements of a draw; ratings move for each agreement alone:
    by the confidence of its profile where they come from one, over the whole scale where missing.
    """
    factors = _weight_factors(policy)
    return {
        key: _draw(found, factors, policy)
        for key, found in facts.items()
        if found.is_scored or is_scored(found.score_there, policy)
    }


def _weight_factors(policy: Policy) -> Mapping[str, Floats]:
    """Return by criterion the factor of its weight in each draw."""
    settings, spread = policy.firmness, policy.firmness.weight_spread / 100
    return {
        criterion.id: np.random.default_rng([settings.seed, number]).uniform(
            1 - spread, 1 + spread, settings.draws
        )
        for number, criterion in enumerate(policy.criteria)
    }


def _draw(facts: Facts, factors: Mapping[str, Floats], policy: Policy) -> Draws:
    noise = Noise(facts.agreement.agreement_id, policy)
    own = _scores(facts.ratings, facts.weights, factors, noise)
    there = facts.there
    if there is None or there is facts.judged_as:
        return Draws(own, own, _passed(facts, own, own, factors, noise))
    other = _scores(facts.ratings_there, there.weights, factors, noise)
    return Draws(own, other, _passed(facts, own, other, factors, noise))


def _passed(
    facts: Facts, own: Floats, there: Floats, factors: Mapping[str, Floats], noise: "Noise"
) -> NDArray[np.bool_]:
    """Return which lines each draw reaches, in the order of `Passed`."""
    least, every = facts.policy.thresholds, np.ones(len(own), dtype=bool)
    drawn = {key: noise.values(key, facts.ratings[key]) for key in facts.ratings}
    results = drawn.get("C5") if facts.family == Family.ECONOMIC else None
    part = {key: w for key, w in facts.weights.items() if w and key in facts.ratings}
    part = {key: weight for key, weight in part.items() if key not in FIT}
    record = _scores(facts.ratings, part, factors, noise) if part else None
    lines = (
        own >= least.keep_score,
        own >= least.renegotiate_score,
        there >= least.renegotiate_score,
        drawn["C4"] > 0 if "C4" in drawn else ~every,
        every if results is None else results.round(9) >= least.keep_results,
        every if record is None else record >= least.keep_record,
    )
    return np.stack(lines, axis=1)


class Noise:
    """The random numbers of one agreement: how far each rating moves, what a missing one is."""

    def __init__(self, agreement_id: str, policy: Policy) -> None:
        settings = policy.firmness
        name = int.from_bytes(sha256(agreement_id.encode()).digest()[:8], "big")
        generator = np.random.default_rng([settings.seed, name])
        shape = (len(policy.criteria), settings.draws)
        names = [criterion.id for criterion in policy.criteria]
        self.spreads = {
            None: 0.0,
            "high": settings.high_spread,
            "medium": settings.medium_spread,
            "low": settings.low_spread,
        }
        self.moves = dict(zip(names, generator.uniform(-1, 1, shape), strict=True))
        self.unknown = dict(zip(names, generator.uniform(0, 100, shape), strict=True))

    def values(self, criterion: str, rating: Rating) -> Floats:
        """Return the rating in every draw, from 0 to 100."""
        unknown: Floats = self.unknown[criterion]
        if rating.between is not None:
            low, high = rating.between
            between: Floats = low + (high - low) * unknown / 100
            return between
        if rating.value is None:
            return unknown
        moved = rating.value + self.spreads[rating.confidence] * self.moves[criterion]
        drawn: Floats = rating.known * np.clip(moved, 0, 100) + (1 - rating.known) * unknown
        return drawn


def _scores(
    ratings: Mapping[str, Rating],
    weights: Mapping[str, float],
    factors: Mapping[str, Floats],
    noise: Noise,
) -> Floats:
    """Return the weighted mean of the drawn ratings in every draw; only supplied sheets count."""
    used = [key for key, weight in weights.items() if key in ratings and weight]
    drawn = {key: weights[key] * ratings[key].share * factors[key] for key in used}
    total = sum(drawn[key] * noise.values(key, ratings[key]) for key in used)
    mean: Floats = np.round(total / sum(drawn.values()), 9)
    return mean


BY_RULE = "Proposed by a rule that looks at no score."
BY_RENEWAL = "Proposed by a rule that looks at no score, or by D3 on what was measured; not drawn."


@result(key="agreement_id", serves=("R2",))
class Shaken(Result):
    """How firm the proposal for one agreement under review is."""

    agreement_id: str = out("Id")
    decision: Firm = out("Firmness", "By rule, firm or contested.")
    partner: str = out("Agreement")
    share: float | None = out(
        "Draws of 100 with the proposal",
        "Of the draws, that give what is proposed at the known mean; nothing by rule.",
        fmt=Format.SHARE,
        default=None,
    )
    draws: int | None = out("Draws", fmt=Format.COUNT, default=None)
    outcomes: tuple[str, ...] = out(
        "All that was drawn", "Every decision with its share.", fmt=Format.LIST, default=()
    )
    drawn: tuple[str, ...] = out(
        "Words drawn", "The most frequent first.", handed_out=False, default=()
    )


def find_firmness(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], draws: Mapping[str, Draws]
) -> Table[Shaken]:
    """Return how firm the proposal for each agreement under review is."""
    firsts = (matching_rules(found)[0] for found in facts.values())
    return Table(Shaken, (_shaken(portfolio, policy, first, draws) for first in firsts))


def _shaken(
    portfolio: Portfolio, policy: Policy, first: Match[Facts], draws: Mapping[str, Draws]
) -> Shaken:
    agreement = first.facts.agreement
    key, cell = agreement.agreement_id, agreement.cell("agreement_id")
    partner = portfolio.labels[key]
    if not first.is_scored:
        return Shaken(
            agreement_id=key,
            decision=Firm.BY_RULE,
            reason=BY_RULE if first.facts.renewal is None else BY_RENEWAL,
            partner=partner,
            cells=cell,
        )
    counts, count = _count_decisions(first.facts, draws[key]), policy.firmness.draws
    share = counts[first.decision] / count
    firm = round(100 * share, 9) >= policy.thresholds.firm_share
    return Shaken(
        agreement_id=key,
        decision=Firm.FIRM if firm else Firm.CONTESTED,
        reason=_sentence(counts, first.decision, count),
        partner=partner,
        share=share,
        draws=count,
        outcomes=_shares(counts, count),
        drawn=_most_frequent(counts),
        cells=f"{cell}; {policy.file_name}: firmness",
    )


def _count_decisions(facts: Facts, drawn: Draws) -> Counter[str]:
    """Return how often each decision was drawn; one run of the rules for each set of lines."""
    patterns, counts = np.unique(drawn.passed, axis=0, return_counts=True)
    found: Counter[str] = Counter()
    for pattern, count in zip(patterns.tolist(), counts.tolist(), strict=True):
        match = matching_rules(replace(facts, drawn=Passed(*pattern)))[0]
        found[match.decision] += count
    return found


def _most_frequent(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda word: (-counts[word], word)))


def _shares(counts: Counter[str], draws: int) -> tuple[str, ...]:
    return tuple(f"{w} {100 * counts[w] / draws:.0f} %" for w in _most_frequent(counts))


def _sentence(counts: Counter[str], decision: str, draws: int) -> str:
    share = f"{100 * counts[decision] / draws:.0f} of 100 draws"
    others = "; ".join(_shares(Counter({w: n for w, n in counts.items() if w != decision}), draws))
    return f"{decision} in {share}." if not others else f"{decision} in {share}; else {others}."
