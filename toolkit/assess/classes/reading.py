"""Which words of a statement speak for a purpose, and which are set aside and why.

Source: domain, section 2: a blank purpose is suggested from the wording with the words that led
to it. The rules are those of a careful reader: what a city is or was is no aim, what is denied is
no aim, and a word that carries any aim takes the side of the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.assess.classes.phrases import Match, Token
from toolkit.model.vocabulary import Purpose
from toolkit.model.wording import SIDED, Evidence

WEIGHED = SIDED | {Evidence.ELSEWHERE}
DENIED = "denied"
DESCRIBED = "in a description"
RECITED = "in a recital"
CARRIED = "carries another aim"


def weigh_matches(matches: Sequence[Match]) -> list[Match]:
    """Return the matches that speak for a side or look so; `aside` is blank where they count."""
    weighed: list[Match] = []
    for sentence in _by_sentence(matches):
        words = _without_descriptions(sentence)
        speak = {m.group.purpose for m in words if _speaks(m)}
        weighed += [replace(m, aside=CARRIED) if _carries(m, speak) else m for m in words]
        weighed += [
            replace(m, aside=m.group.name) for m in sentence if m.group.kind is Evidence.SET_ASIDE
        ]
    return weighed


def _speaks(match: Match) -> bool:
    return not match.aside and match.group.kind is not Evidence.CARRIER


def _carries(match: Match, speak: set[Purpose | None]) -> bool:
    """Whether a carrier stands beside words of another side, which it then takes."""
    is_carrier = match.group.kind is Evidence.CARRIER and not match.aside
    return is_carrier and bool(speak - {match.group.purpose})


def _by_sentence(matches: Sequence[Match]) -> Iterator[list[Match]]:
    sentence: list[Match] = []
    for match in matches:
        if sentence and match.sentence != sentence[-1].sentence:
            yield sentence
            sentence = []
        sentence.append(match)
    yield sentence


@dataclass(frozen=True)
class _Mind:
    """What a reader keeps in mind on the way through a sentence."""

    clause: int = -1
    first: int = 0  # where the words begin that a description would set aside
    aside: str = ""  # of a description or recital; lasts until a verb of intention
    denied: bool = False  # lasts until the clause ends or turns
    intended: bool = False  # a verb of intention stands before in the clause


def _without_descriptions(sentence: Sequence[Match]) -> list[Match]:
    """Return the words with a weight; those described, recited or denied are set aside.

    A description reaches back to where its clause or the aim before it begins, and on to the next
    verb of intention; one that follows such a verb in its clause is itself what is aimed at.
    """
    has_heading = any(match.group.kind is Evidence.HEADS for match in sentence)
    words: list[Match] = []
    mind = _Mind()
    for match in sentence:
        if match.clause != mind.clause:
            mind = _Mind(match.clause, len(words), mind.aside)
        kind = match.group.kind
        if kind is Evidence.DESCRIBES and not (mind.intended or has_heading):
            words[mind.first :] = [replace(m, aside=DESCRIBED) for m in words[mind.first :]]
            mind = replace(mind, aside=DESCRIBED, first=len(words))
        elif kind in WEIGHED:
            words.append(replace(match, aside=DENIED if mind.denied else mind.aside))
        mind = _hear(mind, kind, len(words))
    return words


def _hear(mind: _Mind, kind: Evidence, count: int) -> _Mind:
    """Return what is in mind after a word that changes how the next are read."""
    match kind:
        case Evidence.INTENDS:
            return replace(mind, aside="", intended=True, first=count)
        case Evidence.CARRIER if not mind.aside:
            return replace(mind, intended=True)
        case Evidence.RECITES:
            return replace(mind, aside=RECITED)
        case Evidence.DENIES:
            return replace(mind, denied=True)
        case Evidence.TURNS:
            return replace(mind, aside="", denied=False)
    return mind


def count_words(tokens: Sequence[Token], matches: Sequence[Match]) -> int:
    """Return how many words stand outside sentences that describe or recite."""
    apart = {m.sentence for m in matches if m.group.kind in (Evidence.DESCRIBES, Evidence.RECITES)}
    return sum(token.sentence not in apart for token in tokens)
