"""What is proposed where facts are missing: the word that holds at both ends, or what it hangs on.

Source: domain, section 8. Nobody is ended for what is not known, and nobody gains by it: where the
ends disagree the lower word counts, and where that would be a notice or an end, the missing fact is
asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit.assess.renewal.facts import RenewalCase, RenewalFacts, find_facts
from toolkit.assess.renewal.options import find_second_option
from toolkit.assess.renewal.rules import OPEN, find_match
from toolkit.assess.review.facts import End
from toolkit.assess.rules import Match
from toolkit.model.decisions import find_word
from toolkit.model.rules import RuleRef
from toolkit.model.vocabulary import DecisionPoint, RenewalWord

ENDING = (RenewalWord.ON_NOTICE, RenewalWord.TRANSFER, RenewalWord.SUNSET)
NAMED = 3  # so many missing figures are named in a sentence, the others counted


@dataclass(frozen=True)
class Weighed:
    """The rules that match with what is missing at its worst, left out, and at its best."""

    case: RenewalCase
    low: Match[RenewalFacts]
    known: Match[RenewalFacts]
    high: Match[RenewalFacts]

    @property
    def agrees(self) -> bool:
        """Whether one word holds, whatever is missing."""
        return len({match.decision for match in (self.low, self.known, self.high)}) == 1

    @property
    def is_open(self) -> bool:
        """Whether what is missing decides on a notice or an end."""
        words = {match.decision for match in (self.low, self.known, self.high)}
        return not self.agrees and not words.isdisjoint(ENDING)

    @property
    def match(self) -> Match[RenewalFacts]:
        """The rule that is told: by what is known where all agree, else that of the lower word."""
        if self.agrees:
            return self.known
        return max((self.low, self.known, self.high), key=_place)

    @property
    def decision(self) -> str:
        """What is proposed."""
        return RenewalWord.INSUFFICIENT if self.is_open else self.match.decision

    @property
    def ref(self) -> RuleRef:
        """The rule by which it is proposed."""
        return OPEN.ref if self.is_open else self.match.ref

    @property
    def reason(self) -> str:
        """Why it is proposed, and what it hangs on."""
        if self.agrees:
            return self.match.reason
        f = self.known.facts
        is_measured = f.achievement is not None and f.score is not None
        by_known = f"; by what is known, {self.known.decision}" if is_measured else ""
        ends = (
            f"With what is missing at its worst it reads {self.low.decision}, at its best "
            f"{self.high.decision}{by_known}."
        )
        told = ends if self.is_open else f"{self.match.reason} {ends}"
        return f"{told} What would settle it: {'; '.join(self.hinges)}."

    @property
    def second_option(self) -> str | None:
        """What one better fact would give, or what is missing."""
        if self.agrees:
            return find_second_option(self.known.facts)
        own, known = self.match.decision, self.known.decision
        if known not in (own, *ENDING):
            return f"{known}, if what is missing confirms what is known"
        return f"{self.high.decision}, if what is missing is shown at its best"

    @cached_property
    def hinges(self) -> tuple[str, ...]:
        """What would settle it: one fact that does so by itself, else all of them together."""
        open_ones = [
            (name, words)
            for name, words in zip(FIGURES, _missing(self.case), strict=True)
            if getattr(self.low.facts, name) != getattr(self.high.facts, name)
        ]
        alone = [words for name, words in open_ones if self._settles(name)]
        return tuple(alone[:1] or [words for _, words in open_ones])

    def _settles(self, name: str) -> bool:
        """Whether the best of one figure, the others at their worst, gives another word."""
        best = {name: getattr(self.high.facts, name)}
        return find_match(replace(self.low.facts, **best)).decision not in (
            self.low.decision,
            *ENDING,
        )


def weigh_renewal(case: RenewalCase) -> Weighed:
    """Return the rules that match at each end of what is missing."""
    low, known, high = (find_match(find_facts(case, end)) for end in (End.LOW, End.MEAN, End.HIGH))
    return Weighed(case, low, known, high)


FIGURES = ("achievement", "partner_duties", "score")


def _place(match: Match[RenewalFacts]) -> int:
    """Return the place of a word, 0 for the best; a hold is the same at every end."""
    return find_word(match.decision, DecisionPoint.D3).place or 0


def _missing(case: RenewalCase) -> tuple[str, str, str]:
    """Return what is missing of each figure: of its results, of duties, of its score."""
    lacking = case.record.evaluation.agreements[case.key].lacking
    return (
        f"its results ({_named(lacking)})",
        f"whether the partner met its duties ({_named(case.duties_not_told)})",
        "what its score lacks",
    )


def _named(found: Sequence[str]) -> str:
    more = f"; {len(found) - NAMED} more" if len(found) > NAMED else ""
    return "; ".join(found[:NAMED]) + more if found else "an objective that can be measured"
