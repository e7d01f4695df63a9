"""Whether a proposal holds over all that is missing, and which one fact would settle it.

Source: domain, section 4, Evidence: the rules are run with what is missing at its worst, left
out, and at its best. What is shown is credited; nobody is ended for what is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.assess.review.criteria import Rating, Score
from toolkit.assess.review.facts import End, Facts, with_ratings
from toolkit.assess.review.rules import first_rule, matching_rules
from toolkit.assess.rules import Match
from toolkit.model.decisions import place_of_word
from toolkit.model.rules import RuleRef
from toolkit.model.vocabulary import Evidence, ReviewWord

UNFAVOURABLE = frozenset({ReviewWord.ON_NOTICE, ReviewWord.TRANSFER, ReviewWord.SUNSET})
ENDS_IT = frozenset({ReviewWord.TRANSFER, ReviewWord.SUNSET})


@dataclass(frozen=True)
class Bounds:
    """The rules that match by what is known, and the first that match at either end.

    `best` is the high end with the sheets that do not count at their best too.
    """

    matching: Sequence[Match[Facts]]
    low: Match[Facts]
    high: Match[Facts]
    best: Match[Facts]

    @property
    def first(self) -> Match[Facts]:
        """The match by what is known."""
        return self.matching[0]

    @property
    def at_best(self) -> Match[Facts]:
        """The match that an unfavourable low end is held against: an end needs the best of all."""
        return self.best if self.low.decision in ENDS_IT else self.high

    @property
    def is_open(self) -> bool:
        """Whether it may have to be warned or ended, and may not."""
        return self.low.decision in UNFAVOURABLE and self.at_best.decision not in UNFAVOURABLE

    @property
    def is_provisional(self) -> bool:
        """Whether what is missing could give another word, but no warning and no end."""
        return not self.is_open and not _same(self.low, self.first, self.high)

    @property
    def lacks_what_is_asked(self) -> bool:
        """Whether it is left open for blanks in the sheets that count."""
        is_unsettled = self.is_open and self.high.decision not in UNFAVOURABLE
        return is_unsettled or self.first.decision == ReviewWord.INSUFFICIENT

    @property
    def decision(self) -> str:
        """The word that is proposed."""
        if self.lacks_what_is_asked and self.first.facts.last_word == ReviewWord.INSUFFICIENT:
            return ReviewWord.ON_NOTICE
        return ReviewWord.INSUFFICIENT if self.is_open else self.first.decision

    @property
    def rule(self) -> RuleRef:
        """The rule by what is known, with what the evidence makes of it."""
        ref = self.first.ref
        return ref if self.decision == ref.decision else replace(ref, outcome=self.decision)

    @property
    def evidence(self) -> Evidence:
        """How far the proposal holds; only one that rests on a score can be more than by rule."""
        if not self.first.is_scored:
            return Evidence.BY_RULE
        if self.is_open:
            return Evidence.OPEN
        return Evidence.PROVISIONAL if self.is_provisional else Evidence.STANDS

    @property
    def place(self) -> int | None:
        """The place of the proposal, 0 for the best; a provisional one has that of its low end."""
        own = _place(self.decision, self.first)
        if not self.is_provisional:
            return own
        low = _place(self.low.decision, self.low)
        return own if low is None else low if own is None else max(own, low)


def _same(*matches: Match[Facts]) -> bool:
    return len({(match.decision, bool(match.conditions)) for match in matches}) == 1


def _place(decision: str, match: Match[Facts]) -> int | None:
    renewal = match.facts.renewal
    if renewal is not None and match.decision == renewal.decision:
        return place_of_word(renewal.low_decision)
    return place_of_word(decision, conditional=bool(match.conditions))


def find_bounds(facts: Facts) -> Bounds:
    """Return the matching rules and those at both ends of the evidence.

    Once a notice has run out, what is missing is at its worst at both ends.
    """
    if facts.notice_has_run_out:
        facts = replace(facts, end=End.LOW)
    matches = matching_rules(facts)
    first = matches[0]
    if not first.is_scored:
        return Bounds(matches, first, first, first)  # no end is looked at
    if facts.notice_has_run_out:
        return Bounds(matches, first, first, _first(_with_the_rest(facts)))
    low, high = (_first(replace(facts, end=end)) for end in (End.LOW, End.HIGH))
    return Bounds(matches, low, high, high)


def _first(facts: Facts) -> Match[Facts]:
    return first_rule(facts)


def _with_the_rest(facts: Facts) -> Facts:
    """Return the facts with the sheets that do not count at their best."""
    return replace(
        facts,
        score=_at_best(facts.score, facts.weights, facts.ratings),
        score_there=_at_best(
            facts.score_there, facts.there.weights if facts.there else {}, facts.ratings_there
        ),
    )


def _at_best(score: Score, weights: Mapping[str, float], ratings: Mapping[str, Rating]) -> Score:
    """Return a score in which what its weights leave out is rated 100."""
    full = sum(weights.values())
    if not full:
        return score
    used = sum(w * ratings[key].share for key, w in weights.items() if key in ratings)
    low, high = ((end * used + 100 * (full - used)) / full for end in (score.low, score.high))
    return replace(score, low=round(low, 9), high=round(high, 9))


@dataclass(frozen=True)
class Missing:
    """The fact that would settle an open case, or would come closest: a criterion of its class."""

    criterion: str
    settles: bool


def find_missing(facts: Facts) -> Missing | None:
    """Return the one missing fact that would settle an open case, the weightiest that does.

    A fact settles it if the case is open no longer, whether the fact turns out at its worst or at
    its best. Where no single one does, it is the weightiest that is missing.
    """
    ordered = missing_criteria(facts)
    settling = (key for key in ordered if _settles(facts, key))
    found = next(settling, None)
    if found:
        return Missing(found, settles=True)
    return Missing(ordered[0], settles=False) if ordered else None


def missing_criteria(facts: Facts) -> list[str]:
    """Return the criteria of its class that are not wholly known, the weightiest first."""
    missing = {
        key: facts.weights.get(key, 0) * rating.share * (rating.ends[1] - rating.ends[0])
        for key, rating in facts.ratings.items()
        if not rating.is_settled and facts.weights.get(key, 0)
    }
    return sorted(missing, key=lambda key: (-round(missing[key], 9), key))


def could_move(facts: Facts, criterion: str) -> bool:
    """Whether a missing criterion by itself could give another word or place, others as known."""
    now = find_bounds(facts)
    tried = {(bounds.decision, bounds.place) for bounds in _tried(facts, criterion)}
    return tried != {(now.decision, now.place)}


def _settles(facts: Facts, criterion: str) -> bool:
    return not any(bounds.is_open for bounds in _tried(facts, criterion))


def _tried(facts: Facts, criterion: str) -> list[Bounds]:
    """Return what is proposed with one criterion known, at its worst and at its best."""
    rating = facts.ratings[criterion]
    known = ({**facts.ratings, criterion: rating.settled_at(end)} for end in rating.ends)
    return [find_bounds(with_ratings(facts, ratings)) for ratings in known]
