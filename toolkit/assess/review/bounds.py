"""Whether a proposal holds over all that is missing, and which one fact would settle it.

Source: domain, section 4, Evidence: the rules are run with what is missing at its worst, left
out, and at its best.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.assess.review.criteria import Rating
from toolkit.assess.review.facts import End, Facts, with_ratings
from toolkit.assess.review.rules import matching_rules
from toolkit.assess.rules import Match
from toolkit.model.decisions import find_word
from toolkit.model.vocabulary import ReviewWord


@dataclass(frozen=True)
class Bounds:
    """The rules that match at the known mean, and how far the first one holds."""

    matching: Sequence[Match[Facts]]
    provisional: bool
    insufficient: bool

    @property
    def first(self) -> Match[Facts]:
        """The match that decides."""
        return self.matching[0]


@dataclass(frozen=True)
class Missing:
    """The fact that would settle an open case, or would come closest: a criterion of its class."""

    criterion: str
    settles: bool


def find_bounds(facts: Facts) -> Bounds:
    """Return the matching rules and whether they hold at both ends of the evidence."""
    matches = matching_rules(facts)
    first = matches[0]
    if not first.is_scored:
        return Bounds(matches, provisional=False, insufficient=False)  # no end is looked at
    low, high = (_decision(replace(facts, end=end)) for end in (End.LOW, End.HIGH))
    apart = low == ReviewWord.SUNSET and find_word(high).stays
    insufficient = first.rule.open_at_ends and apart
    holds = low == first.decision == high
    if first.decision == ReviewWord.SUNSET:
        holds = holds and _decision(_at_best(facts)) == ReviewWord.SUNSET
    return Bounds(matches, not holds, insufficient)


def _decision(facts: Facts) -> str:
    return matching_rules(facts)[0].decision


def _at_best(facts: Facts) -> Facts:
    """Return the facts with everything missing at its best, sheets that are not supplied too."""
    weights, score = facts.weights, facts.score
    out = sum(weights[key] for key in score.left_out)
    best = (score.high * (sum(weights.values()) - out) + 100 * out) / sum(weights.values())
    return replace(facts, end=End.HIGH, score=replace(score, high=round(best, 9)))


def find_missing(facts: Facts) -> Missing | None:
    """Return the one missing fact that would settle an open case, the weightiest that does.

    A fact settles it if the case is open no longer, whether the fact turns out at its worst or at
    its best. Where no single one does, it is the weightiest that is missing.
    """
    weights = facts.weights
    missing = {
        key: weights.get(key, 0) * (1 - rating.known)
        for key, rating in facts.ratings.items()
        if rating.known < 1 and weights.get(key, 0)
    }
    ordered = sorted(missing, key=lambda key: (-missing[key], key))
    settling = (key for key in ordered if _settles(facts, key))
    found = next(settling, None)
    if found:
        return Missing(found, settles=True)
    return Missing(ordered[0], settles=False) if ordered else None


def _settles(facts: Facts, criterion: str) -> bool:
    return not any(
        find_bounds(with_ratings(facts, known)).insufficient
        for known in _outcomes(facts.ratings, criterion)
    )


def _outcomes(ratings: Mapping[str, Rating], criterion: str) -> list[Mapping[str, Rating]]:
    """Return the ratings with one criterion known, at its worst and at its best."""
    ends = ratings[criterion].ends
    return [{**ratings, criterion: replace(ratings[criterion], value=v, known=1.0)} for v in ends]
