"""Which purpose the words of a statement state, once their weight is known.

Source: domain, section 2: the four purposes, "split this statement" and "cannot tell".
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolkit.assess.classes.purposes import PURPOSE_NOUNS
from toolkit.model.vocabulary import Purpose
from toolkit.model.wording import Reading

ELSEWHERE = "academic or technical"


class PurposeFinding(StrEnum):
    """What the wording suggests; the purposes are in the words that a person would type."""

    ECON = Purpose.ECON.value
    POLICY = Purpose.POLICY.value
    CULT = Purpose.CULT.value
    CEREMONIAL = Purpose.CEREMONIAL.value
    SPLIT = "split this statement"
    CANNOT_TELL = "cannot tell"


F = PurposeFinding


@dataclass(frozen=True)
class Weights:
    """The weight of the words found for each side, and from where a side counts as stated."""

    purposes: Mapping[Purpose, float]
    elsewhere: float
    minimum: float
    reading: Reading
    is_clear: bool
    has_aside: bool

    @property
    def total(self) -> float:
        """The weight of all words that speak for a purpose."""
        return round(sum(self.purposes.values()), 9)

    @property
    def stated(self) -> tuple[Purpose, ...]:
        """The purposes that are stated for themselves; culture and ceremony are one side."""
        culture = self.purposes[Purpose.CULT] + self.purposes[Purpose.CEREMONIAL]
        community = (
            Purpose.CULT
            if self.purposes[Purpose.CULT] >= self.purposes[Purpose.CEREMONIAL]
            else Purpose.CEREMONIAL
        )
        sides = (
            (Purpose.ECON, self.purposes[Purpose.ECON], self.reading.stated_share),
            (Purpose.POLICY, self.purposes[Purpose.POLICY], self.reading.policy_share),
            (community, culture, self.reading.stated_share),
        )
        return tuple(
            purpose
            for purpose, weight, share in sides
            if weight >= self.minimum and weight >= round(share * self.total, 9)
        )


@dataclass(frozen=True)
class WordingRule:
    """A row of the rules: what is found where the test applies, and the reason."""

    finding: PurposeFinding
    test: Callable[[Weights], bool]
    reason: str


RULES = (  # the first that applies wins; where none does, the one side stated is suggested
    WordingRule(
        F.CANNOT_TELL,
        lambda w: not w.total and not w.elsewhere and w.has_aside,
        "Its words are courtesies, describe a city or its past, or are denied; none is an aim.",
    ),
    WordingRule(
        F.CANNOT_TELL,
        lambda w: not w.total and not w.elsewhere,
        "No word of it speaks for a purpose.",
    ),
    WordingRule(
        F.CANNOT_TELL,
        lambda w: w.elsewhere > w.total or (w.elsewhere >= w.reading.minimum and not w.is_clear),
        "It is mostly about academic or technical work, which is none of the four purposes.",
    ),
    WordingRule(
        F.CANNOT_TELL, lambda w: not w.stated, "Its words are too few or too weak to tell."
    ),
    WordingRule(
        F.SPLIT,
        lambda w: len(w.stated) > 1,
        "It states more than one purpose: {stated}. Write one row for each.",
    ),
)


def sum_weights(
    weights: Mapping[tuple[str, str], float], reading: Reading, *, is_short: bool, has_aside: bool
) -> Weights:
    """Return the weight of each side from the words that count, each once by side and entry."""
    sums: dict[str, float] = defaultdict(float)
    for (side, _), weight in weights.items():
        sums[side] += weight
    return Weights(
        {purpose: sums[purpose] for purpose in Purpose},
        sums[ELSEWHERE],
        reading.short_minimum if is_short else reading.minimum,
        reading,
        any(w >= reading.minimum for (side, _), w in weights.items() if side != ELSEWHERE),
        has_aside,
    )


def decide(weights: Weights) -> tuple[PurposeFinding, str]:
    """Return what the weights suggest and the reason in a sentence."""
    stated = [PURPOSE_NOUNS[purpose] for purpose in weights.stated]
    for rule in RULES:
        if rule.test(weights):
            return rule.finding, rule.reason.format(stated=", ".join(stated))
    purpose = weights.stated[0]
    return F(purpose), f"Its words speak for one purpose: {PURPOSE_NOUNS[purpose]}."
