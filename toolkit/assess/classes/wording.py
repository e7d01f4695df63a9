"""Which purpose the wording of a stated objective suggests, with the words that led to it.

Source: domain, section 2: the four purposes, "split this statement" and "cannot tell". A person
codes the purposes; a blank is suggested, and a suggestion counts as unconfirmed: no class, share
or score is worked out from it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from toolkit.assess.classes.phrases import (
    FoundPhrase,
    count_words,
    find_language,
    find_matches,
    split_words,
    weigh_matches,
)
from toolkit.assess.classes.purposes import PURPOSE_NOUNS
from toolkit.model.lexicon import Lexicon, ReadingLimits
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Objective
from toolkit.model.vocabulary import Purpose

Side = Purpose | None  # none: academic or technical work, which is none of the four purposes


class PurposeFinding(StrEnum):
    """What the wording suggests; the purposes are in the words that a person would type."""

    ECON = Purpose.ECON.value
    POLICY = Purpose.POLICY.value
    CULT = Purpose.CULT.value
    CEREMONIAL = Purpose.CEREMONIAL.value
    SPLIT = "split this statement"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Weights:
    """The weight of the words found for each side, and from where a side counts as stated."""

    purposes: Mapping[Purpose, float]
    elsewhere: float
    minimum: float
    reading: ReadingLimits
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
        PurposeFinding.CANNOT_TELL,
        lambda w: not w.total and not w.elsewhere and w.has_aside,
        "Its words are courtesies, describe a city or its past, or are denied; none is an aim.",
    ),
    WordingRule(
        PurposeFinding.CANNOT_TELL,
        lambda w: not w.total and not w.elsewhere,
        "No word of it speaks for a purpose.",
    ),
    WordingRule(
        PurposeFinding.CANNOT_TELL,
        lambda w: w.elsewhere > w.total or (w.elsewhere >= w.reading.minimum and not w.is_clear),
        "It is mostly about academic or technical work, which is none of the four purposes.",
    ),
    WordingRule(
        PurposeFinding.CANNOT_TELL,
        lambda w: not w.stated,
        "Its words are too few or too weak to tell.",
    ),
    WordingRule(
        PurposeFinding.SPLIT,
        lambda w: len(w.stated) > 1,
        "It states more than one purpose: {stated}. Write one row for each.",
    ),
)


def sum_weights(
    weights: Mapping[tuple[Side, str], float],
    reading: ReadingLimits,
    *,
    is_short: bool,
    has_aside: bool,
) -> Weights:
    """Return the weight of each side from the words that count, each once by side and entry."""
    sums: dict[Side, float] = defaultdict(float)
    for (side, _), weight in weights.items():
        sums[side] += weight
    return Weights(
        {purpose: sums[purpose] for purpose in Purpose},
        sums[None],
        reading.short_minimum if is_short else reading.minimum,
        reading,
        any(w >= reading.minimum for (side, _), w in weights.items() if side),
        has_aside,
    )


def decide_purpose(weights: Weights) -> tuple[PurposeFinding, str]:
    """Return what the weights suggest and the reason in a sentence."""
    stated = [PURPOSE_NOUNS[purpose] for purpose in weights.stated]
    for rule in RULES:
        if rule.test(weights):
            return rule.finding, rule.reason.format(stated=", ".join(stated))
    purpose = weights.stated[0]
    return PurposeFinding(purpose), f"Its words speak for one purpose: {PURPOSE_NOUNS[purpose]}."


UNCONFIRMED = "unconfirmed"
ELSEWHERE = "academic or technical"
ASIDE = "set aside"
SIDES = (*map(str, Purpose), ELSEWHERE, ASIDE)


@result(key="objective_id")
class PurposeSuggestion(Result):
    """What the wording of one objective without a purpose suggests."""

    objective_id: str = out("Objective")
    decision: PurposeFinding = out("Suggestion")
    reason: str = out("Why")
    agreement_id: str = out("Agreement")
    statement: str = out("Statement")
    words: tuple[str, ...] = out(
        "Words found", "One text a side, such as 'ECON: trade, jobs'.", fmt=Format.LIST
    )
    confirmed: str = out("Standing", "Always unconfirmed.", default=UNCONFIRMED)
    cells: str = out("Where to type", fmt=Format.CELLS)


@dataclass(frozen=True)
class ReadStatement:
    """What a statement suggests, why, the words found by side, and the language it was read in."""

    finding: PurposeFinding
    reason: str
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str | None = None


def suggest_purpose(statement: str, lexicon: Lexicon) -> ReadStatement:
    """Return what the wording of one statement suggests.

    Words count once, however often they stand there. `words` holds, by side, the words as
    written; the last side holds those set aside, each with the reason.
    """
    tokens = split_words(statement)
    language, unread = find_language(tokens, lexicon)
    if language is None:
        return ReadStatement(PurposeFinding.CANNOT_TELL, unread)
    matches = find_matches(tokens, lexicon, language)
    weighed = weigh_matches(matches)
    weights = {
        (m.group.purpose, m.phrase.entry): m.group.weight or 0.0 for m in weighed if not m.aside
    }
    found = sum_weights(
        weights,
        lexicon.reading,
        is_short=0 < count_words(tokens, matches) <= lexicon.reading.short_words,
        has_aside=any(match.aside for match in weighed),
    )
    return ReadStatement(*decide_purpose(found), _by_side(weighed), language)


def _by_side(weighed: Iterable[FoundPhrase]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the words as written by side, each entry once; one set aside with the reason."""
    sides: dict[str, dict[str, str]] = defaultdict(dict)
    for match in weighed:
        side = ASIDE if match.aside else str(match.group.purpose or ELSEWHERE)
        text = f"{match.text} ({match.aside})" if match.aside else match.text
        sides[side].setdefault(f"{match.phrase.entry} {match.aside}", text)
    return tuple((side, tuple(sides[side].values())) for side in SIDES if side in sides)


def suggest_purposes(portfolio: Portfolio, policy: Policy) -> Table[PurposeSuggestion]:
    """Return a suggestion for each objective whose purpose nobody coded (domain 2.1).

    Objectives whose type settles the purpose by the policy's table are not among them.
    """
    settled = {kind.name for kind in policy.objective_types}
    rows = (
        row for row in portfolio.rows(Objective) if row.purpose is None and row.type not in settled
    )
    return Table(PurposeSuggestion, (_suggestion(row, policy.wording) for row in rows))


def _suggestion(objective: Objective, lexicon: Lexicon) -> PurposeSuggestion:
    found = suggest_purpose(objective.statement, lexicon)
    return PurposeSuggestion(
        objective_id=objective.objective_id,
        decision=found.finding,
        reason=found.reason,
        agreement_id=objective.agreement_id,
        statement=objective.statement,
        words=tuple(f"{side}: {', '.join(some)}" for side, some in found.words),
        cells=objective.cell("purpose"),
    )
