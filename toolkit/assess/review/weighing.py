"""How ratings on the criteria are weighed into one score from 0 to 100.

Source: domain, section 3. A plain weighted sum, so that anyone can do it again by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.assess.review.criteria import Rating, Sources, rate_agreement
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.rounding import NOISE, tenths
from toolkit.model.sheets import Agreement

FIT = ("C1", "C2", "C3", "C7")


@dataclass(frozen=True)
class Score:
    """The weighted score of one agreement as a member of one class.

    `mean` rests on what is known, `low` and `high` on what is missing at 0 and at 100; `known` is
    the share of the class's full weight that is known, in per cent; `contributions` are the points
    of the mean by criterion.
    """

    mean: float | None
    low: float
    high: float
    known: float
    contributions: Mapping[str, float]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One agreement judged as a member of one class."""

    judged_as: AgreementClass
    ratings: Mapping[str, Rating]
    score: Score


def stand(agreement: Agreement, cls: AgreementClass, sources: Sources) -> Standing:
    """Return the ratings and the score of an agreement as a member of a class."""
    ratings = rate_agreement(agreement, cls.family, sources)
    return Standing(cls, ratings, weigh(ratings, cls.weights))


def weigh(ratings: Mapping[str, Rating], weights: Mapping[str, float]) -> Score:
    """Return the weighted score; criteria without rating are left out and weights rescaled."""
    used = {key: weight for key, weight in weights.items() if key in ratings and weight}
    known = {key: weight * ratings[key].known for key, weight in used.items()}
    total, full = sum(known.values()), sum(used.values())
    parts = {key: known[key] * ratings[key].value / total for key in used if known[key] and total}
    low, high = (
        sum(used[key] * ratings[key].ends[end] for key in used) / full if full else end * 100.0
        for end in (0, 1)
    )
    return Score(
        mean=round(sum(parts.values()), 9) if parts else None,
        low=round(low, 9),
        high=round(high, 9),
        known=round(100 * total / sum(weights.values()), 9),
        contributions=parts,
        left_out=tuple(key for key, weight in weights.items() if weight and key not in ratings),
    )


def sub_score(
    ratings: Mapping[str, Rating], weights: Mapping[str, float], *, fit: bool
) -> float | None:
    """Return the score of fit (right partner) or of record (delivering) alone."""
    part = {key: weight for key, weight in weights.items() if weight and (key in FIT) == fit}
    return weigh(ratings, part).mean if part else None


def is_scored(score: Score | None, policy: Policy) -> bool:
    """Whether at least half of the full weight of a class is known."""
    return score is not None and score.known >= policy.thresholds.known_weight


def printed_points(score: Score) -> dict[str, float]:
    """Return the points by criterion to one decimal, such that they add up to the printed mean.

    What rounding leaves over goes to the largest remainders, the order of the criteria on a tie.
    """
    exact = {key: 10 * points for key, points in score.contributions.items()}
    whole = {key: int(value + NOISE) for key, value in exact.items()}
    left = tenths(score.mean or 0.0) - sum(whole.values())
    by_remainder = sorted(exact, key=lambda key: (-round(exact[key] - whole[key], 9), key))
    return {key: (whole[key] + (key in by_remainder[:left])) / 10 for key in exact}
