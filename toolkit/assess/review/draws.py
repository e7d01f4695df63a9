"""What is drawn to try a proposal: what is not known, the city's weights, or any weights.

What is missing may be anything over its interval, and a rating from a profile is off by what its
confidence allows. To that come the city's weights, each a little higher or lower, or in their
place any weights at all. Source: domain, section 3, Firmness. Purposes that are only suggested are
not drawn: a class is found only where those that nobody coded cannot change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from toolkit.assess.review.criteria import FIT, MISSING, Rating
from toolkit.assess.review.facts import Facts, Passed
from toolkit.model.policy import Policy
from toolkit.model.vocabulary import Family

Floats = NDArray[np.float64]  # one number a draw
Bools = NDArray[np.bool_]
Weights = Mapping[str, Floats]  # by criterion, in every draw
LINES = len(fields(Passed))


class Doubt(StrEnum):
    """What is doubted; in each, what is not known is drawn."""

    UNKNOWN = "what is not known"
    WEIGHTS = "the city's weights"
    ANY = "any weights"


@dataclass(frozen=True)
class Noise:
    """How far each rating moves, from -1 to 1, and what a missing one is, from 0 to 100."""

    moves: Weights
    unknown: Weights
    spreads: Mapping[str | None, float]

    def values(self, criterion: str, rating: Rating) -> Floats:
        """Return a rating in every draw, from 0 to 100."""
        unknown = self.unknown[criterion]
        if rating.between is not None:
            low, high = rating.between
            return low + (high - low) * unknown / 100
        if rating.value is None:
            return unknown
        moved = rating.value + self.spreads[rating.confidence] * self.moves[criterion]
        drawn: Floats = rating.known * np.clip(moved, 0, 100) + (1 - rating.known) * unknown
        return drawn

    def all(self, ratings: Mapping[str, Rating]) -> Mapping[str, Floats]:
        """Return every rating in every draw."""
        return {key: self.values(key, rating) for key, rating in ratings.items()}


def make_noise(policy: Policy, name: str = "") -> Noise:
    """Return the random numbers for ratings; the same seed and name give the same."""
    settings = policy.firmness
    number = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    generator = np.random.default_rng([settings.seed, number])
    keys = [criterion.id for criterion in policy.criteria]
    shape = (len(keys), settings.draws)
    spreads = {
        None: 0.0,
        "high": settings.high_spread,
        "medium": settings.medium_spread,
        "low": settings.low_spread,
    }
    moves, unknown = generator.uniform(-1, 1, shape), generator.uniform(0, 100, shape)
    return Noise(
        dict(zip(keys, moves, strict=True)), dict(zip(keys, unknown, strict=True)), spreads
    )


@dataclass(frozen=True)
class Draws:
    """The draws under one policy, the same for every agreement.

    Attributes
    ----------
    factors
        By which the weight of each criterion is multiplied where the city's weights are doubted.
    parts
        What stands in place of each weight where any weights may be meant: exponential numbers,
        so that their shares of a sum are spread evenly over all weights there could be.
    """

    noise: Noise
    factors: Weights
    parts: Weights

    def weights(self, doubt: Doubt, weights: Mapping[str, float]) -> Weights:
        """Return the weights of a class in every draw; a criterion without weight stays out."""
        used = {key: weight for key, weight in weights.items() if weight}
        if doubt is Doubt.UNKNOWN:
            return {key: np.full_like(self.parts[key], weight) for key, weight in used.items()}
        if doubt is Doubt.WEIGHTS:
            return {key: weight * self.factors[key] for key, weight in used.items()}
        return {key: self.parts[key] for key in used}


def make_draws(policy: Policy) -> Draws:
    """Return the draws under a policy: agreements of which the same is known get the same.

    No id and no row order moves a draw, so two agreements alike are as firm as each other.
    """
    settings, spread = policy.firmness, policy.firmness.weight_spread / 100
    factors, parts = {}, {}
    for number, criterion in enumerate(policy.criteria):
        generator = np.random.default_rng([settings.seed, number])
        factors[criterion.id] = generator.uniform(1 - spread, 1 + spread, settings.draws)
        parts[criterion.id] = generator.exponential(size=settings.draws)
    return Draws(make_noise(policy), factors, parts)


def draw_scores(facts: Facts, draws: Draws) -> Floats:
    """Return the score of one agreement in its class in every draw of the city's weights.

    What is missing, or not sure, of two agreements does not turn out alike: ratings are drawn for
    each agreement alone, by its id; the weights move together for all.
    """
    noise = make_noise(facts.policy, facts.agreement.agreement_id)
    ratings = _open(facts, facts.ratings)
    weights = draws.weights(Doubt.WEIGHTS, facts.weights)
    return _score(noise.all(ratings), ratings, weights)


def draw_lines(
    facts: Facts, draws: Draws, *, with_the_rest: bool = False
) -> Mapping[Doubt, Mapping[Passed, int]]:
    """Return how often the draws reach which lines of the rules, for each doubt.

    Parameters
    ----------
    with_the_rest
        Whether what only sheets that do not count could tell is missing too, and not left out.
    """
    own, there = _open(facts, facts.ratings), _open(facts, facts.ratings_there)
    if with_the_rest:
        own = _with_the_rest(own, facts.weights)
        there = _with_the_rest(there, facts.there.weights if facts.there else {})
    return {doubt: _count(_lines(facts, own, there, draws, doubt)) for doubt in Doubt}


def _open(facts: Facts, ratings: Mapping[str, Rating]) -> Mapping[str, Rating]:
    """Return the ratings as they are drawn; once a notice has run out, the missing at its worst."""
    if not facts.notice_has_run_out:
        return ratings
    return {key: rating.settled_at(rating.ends[0]) for key, rating in ratings.items()}


def _with_the_rest(
    ratings: Mapping[str, Rating], weights: Mapping[str, float]
) -> Mapping[str, Rating]:
    """Return the ratings with what the sheets that do not count could tell as missing."""
    told = {key: replace(r, known=r.known * r.share, share=1.0) for key, r in ratings.items()}
    return {**{key: MISSING for key, weight in weights.items() if weight}, **told}


def _lines(
    facts: Facts,
    ratings: Mapping[str, Rating],
    ratings_there: Mapping[str, Rating],
    draws: Draws,
    doubt: Doubt,
) -> tuple[Bools, ...]:
    """Return which lines each draw reaches, in the order of `Passed`."""
    least, there = facts.policy.thresholds, facts.there
    values, weights = draws.noise.all(ratings), draws.weights(doubt, facts.weights)
    own = other = _score(values, ratings, weights)
    if there is not None and there is not facts.judged_as:
        drawn = draws.noise.all(ratings_there)
        other = _score(drawn, ratings_there, draws.weights(doubt, there.weights))
    always = np.ones(len(own), dtype=bool)
    results = values.get("C5") if facts.family == Family.ECONOMIC else None
    record = {key: drawn for key, drawn in weights.items() if key not in FIT and key in values}
    return (
        own >= least.keep_score,
        own >= least.renegotiate_score,
        other >= least.renegotiate_score,
        values["C4"] > 0 if "C4" in values else ~always,
        always if results is None else results.round(9) >= least.keep_results,
        _score(values, ratings, record) >= least.keep_record if record else always,
    )


def _score(values: Mapping[str, Floats], ratings: Mapping[str, Rating], weights: Weights) -> Floats:
    """Return the weighted mean in every draw; only sheets that count are weighed."""
    none = np.zeros_like(next(iter(weights.values())))
    shares = {key: weights[key] * ratings[key].share for key in weights if key in values}
    if not shares:
        return none
    points = sum((shares[key] * values[key] for key in shares), none)
    mean: Floats = np.round(points / sum(shares.values(), none), 9)
    return mean


def _count(lines: tuple[Bools, ...]) -> Mapping[Passed, int]:
    codes = sum((line.astype(np.int64) << place for place, line in enumerate(lines)), np.int64(0))
    counts = np.bincount(codes, minlength=1 << LINES).tolist()
    return {
        Passed(*(bool(code >> place & 1) for place in range(LINES))): count
        for code, count in enumerate(counts)
        if count
    }
