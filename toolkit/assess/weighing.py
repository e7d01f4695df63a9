"""Whether a proposal holds over all that is missing, and which missing fact would settle it.

Source: domain, section 4, Evidence: the rules are run with what is missing at its worst, left
out, and at its best.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.assess.criteria import Rating
from toolkit.assess.facts import End, Facts
from toolkit.assess.rules import RULES, Rule
from toolkit.model.vocabulary import Recommendation

KEPT = (Recommendation.KEEP, Recommendation.KEEP_ON_NEW_TERMS)
BY_SCORE = range(11, 16)


@dataclass(frozen=True)
class Weighed:
    """The rules that match at the known mean, and how far the first one holds."""

    matching: Sequence[Rule]
    provisional: bool
    insufficient: bool


def weigh_evidence(facts: Facts) -> Weighed:
    """Return the matching rules and whether they hold at both ends of the evidence."""
    low, mean, high = (_matching(replace(facts, end=end)) for end in End)
    decisions = (low[0].decision, high[0].decision)
    insufficient = (
        mean[0].number in BY_SCORE
        and decisions[0] == Recommendation.SUNSET
        and decisions[1] in KEPT
    )
    holds = decisions == (mean[0].decision, mean[0].decision)
    return Weighed(mean, not holds, insufficient)


def _matching(facts: Facts) -> list[Rule]:
    return [rule for rule in RULES if rule.applies(facts)]


def settling_criterion(ratings: dict[str, Rating], weights: dict[str, float]) -> str | None:
    """Return the criterion whose missing part weighs most: the one fact that would settle it."""
    missing = {
        key: weights.get(key, 0) * (1 - rating.known)
        for key, rating in ratings.items()
        if rating.known < 1 and weights.get(key, 0)
    }
    return min(missing, key=lambda key: (-missing[key], key)) if missing else None
