"""Which purpose the wording of a stated objective suggests, with the words that led to it.

Source: domain, section 2: a person codes the purposes; a blank is suggested, and a suggestion
counts as unconfirmed: no class, share or score is worked out from it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from toolkit.assess.purposes import PURPOSE_NOUNS
from toolkit.assess.reading import (
    count_words,
    find_language,
    find_matches,
    split_words,
    weigh_matches,
)
from toolkit.assess.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import ROW, Portfolio
from toolkit.model.vocabulary import Purpose
from toolkit.model.wording import Lexicon, Reading

UNCONFIRMED = "unconfirmed"
ELSEWHERE = "academic or technical"
ASIDE = "set aside"


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
class Suggestion:
    """What a statement suggests, why, the words found by side, and the language it was read in."""

    finding: PurposeFinding
    reason: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str | None = None


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
class Rule:
    """A row of the rules: what is found where the test applies, and the reason."""

    finding: PurposeFinding
    test: Callable[[Weights], bool]
    reason: str


RULES = (  # the first that applies wins; where none does, the one side stated is suggested
    Rule(
        F.CANNOT_TELL,
        lambda w: not w.total and not w.elsewhere and w.has_aside,
        "Its words are courtesies, describe a city or its past, or are denied; none is an aim.",
    ),
    Rule(
        F.CANNOT_TELL,
        lambda w: not w.total and not w.elsewhere,
        "No word of it speaks for a purpose.",
    ),
    Rule(
        F.CANNOT_TELL,
        lambda w: w.elsewhere > w.total or (w.elsewhere >= w.reading.minimum and not w.is_clear),
        "It is mostly about academic or technical work, which is none of the four purposes.",
    ),
    Rule(F.CANNOT_TELL, lambda w: not w.stated, "Its words are too few or too weak to tell."),
    Rule(
        F.SPLIT,
        lambda w: len(w.stated) > 1,
        "It states more than one purpose: {stated}. Write one row for each.",
    ),
)


def suggest_purpose(statement: str, lexicon: Lexicon) -> Suggestion:
    """Return what the wording of one statement suggests.

    Words count once, however often they stand there. `words` holds, by side, the words as
    written; the last side holds those set aside, each with the reason.
    """
    tokens = split_words(statement)
    language, unread = find_language(tokens, lexicon)
    if language is None:
        return Suggestion(F.CANNOT_TELL, unread)
    sides: dict[str, dict[str, str]] = defaultdict(dict)
    weights: dict[tuple[str, str], float] = {}
    matches = find_matches(tokens, lexicon, language)
    for match in weigh_matches(matches):
        side = ASIDE if match.aside else str(match.group.purpose or ELSEWHERE)
        text = f"{match.text} ({match.aside})" if match.aside else match.text
        sides[side].setdefault(f"{match.phrase.entry} {match.aside}", text)
        if not match.aside:
            weights[side, match.phrase.entry] = match.group.weight
    is_short = 0 < count_words(tokens, matches) <= lexicon.reading.short_words
    found = _weigh(weights, lexicon.reading, is_short=is_short, has_aside=ASIDE in sides)
    order = [side for side in (*Purpose, ELSEWHERE, ASIDE) if side in sides]
    words = tuple((str(side), tuple(sides[side].values())) for side in order)
    return Suggestion(*_decide(found), words, language)


def _weigh(
    weights: Mapping[tuple[str, str], float], reading: Reading, *, is_short: bool, has_aside: bool
) -> Weights:
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


def _decide(weights: Weights) -> tuple[PurposeFinding, str]:
    stated = [PURPOSE_NOUNS[purpose] for purpose in weights.stated]
    for rule in RULES:
        if rule.test(weights):
            return rule.finding, rule.reason.format(stated=", ".join(stated))
    purpose = weights.stated[0]
    return F(purpose), f"Its words speak for an aim that is {PURPOSE_NOUNS[purpose]}."


COLUMNS = (
    "objective_id", "decision", "reason", "agreement_id", "statement", "words", "confirmed",
    "cells",
)  # fmt: skip


def suggest_purposes(portfolio: Portfolio, policy: Policy, lexicon: Lexicon) -> pd.DataFrame:
    """Return a suggestion for each objective whose purpose nobody coded (domain 2.1).

    Returns
    -------
    DataFrame by objective_id: decision (a `PurposeFinding`), reason, agreement_id, statement,
    words (one text a side, such as 'ECON: trade, jobs'), confirmed (always "unconfirmed"),
    cells (where a person types the purpose). Objectives whose type settles the purpose by the
    policy's table are not among them.
    """
    settled = {kind.name for kind in policy.objective_types}
    records = []
    for row in portfolio.rows("Objectives"):
        if row.purpose is None and row.type not in settled:
            found = suggest_purpose(row.statement, lexicon)
            records.append(
                {
                    "objective_id": row.objective_id,
                    "decision": found.finding,
                    "reason": found.reason,
                    "agreement_id": row.agreement_id,
                    "statement": row.statement,
                    "words": tuple(f"{side}: {', '.join(some)}" for side, some in found.words),
                    "confirmed": UNCONFIRMED,
                    "cells": portfolio.cell("Objectives", getattr(row, ROW), "purpose"),
                }
            )
    return make_result(records, COLUMNS, "objective_id")
