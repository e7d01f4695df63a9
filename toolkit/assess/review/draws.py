"""What scores come out when weights, ratings and missing values are shaken, draw by draw.

Source: domain, section 3, Firmness. The same policy and the same agreement give the same draws,
whatever else is in the workbook and in whatever order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from toolkit.assess.review.criteria import Rating
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.weighing import is_scored
from toolkit.model.policy import Policy


@dataclass(frozen=True)
class Draws:
    """The scores of one agreement in every draw, in its class and in that of its objectives."""

    own: np.ndarray
    there: np.ndarray


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


def _weight_factors(policy: Policy) -> Mapping[str, np.ndarray]:
    """Return by criterion the factor of its weight in each draw."""
    settings, spread = policy.firmness, policy.firmness.weight_spread / 100
    return {
        criterion.id: np.random.default_rng([settings.seed, number]).uniform(
            1 - spread, 1 + spread, settings.draws
        )
        for number, criterion in enumerate(policy.criteria)
    }


def _draw(facts: Facts, factors: Mapping[str, np.ndarray], policy: Policy) -> Draws:
    noise = Noise(facts.agreement.agreement_id, policy)
    own = _scores(facts.ratings, facts.judged_as.weights, factors, noise)
    if facts.there in (None, facts.judged_as):
        return Draws(own, own)
    return Draws(own, _scores(facts.ratings_there, facts.there.weights, factors, noise))


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

    def values(self, criterion: str, rating: Rating) -> np.ndarray:
        """Return the rating in every draw, from 0 to 100."""
        unknown = self.unknown[criterion]
        if rating.value is None:
            return unknown
        moved = rating.value + self.spreads[rating.confidence] * self.moves[criterion]
        return rating.known * np.clip(moved, 0, 100) + (1 - rating.known) * unknown


def _scores(
    ratings: Mapping[str, Rating],
    weights: Mapping[str, float],
    factors: Mapping[str, np.ndarray],
    noise: Noise,
) -> np.ndarray:
    """Return the weighted mean of the drawn ratings in every draw; only supplied sheets count."""
    used = [key for key, weight in weights.items() if key in ratings and weight]
    drawn = {key: weights[key] * factors[key] for key in used}
    total = sum(drawn[key] * noise.values(key, ratings[key]) for key in used)
    return np.round(total / sum(drawn.values()), 9)
