"""Which words of a statement speak for a purpose, and which are set aside and why.

A language is told by its small words; only some are read. Source: domain, section 2: a blank
purpose is suggested from the wording with the words that led to it. The rules are those of a
careful reader: what a city is or was is no aim, what is denied is no aim, and a word that carries
any aim takes the side of the others.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.model.lexicon import SIDED, Group, Lexicon, Phrase, WordRole, fold, longest, start_of
from toolkit.model.vocabulary import Purpose

TOKEN = re.compile(
    r"(?P<word>[^\W_]+)|(?P<stop>[.!?](?!\w)|[;\u2022]|\n\s*[-*\u2013])"
    r"|(?P<pause>[,:()\[\]/\u2013\u2014]|(?<=\s)-(?=\s))"
)


@dataclass(frozen=True)
class Token:
    """One word as written and folded, with the sentence and the clause it stands in."""

    text: str
    folded: str
    sentence: int
    clause: int


@dataclass(frozen=True)
class FoundPhrase:
    """An entry of the lexicon found in a statement; `aside` says why it does not count."""

    text: str
    phrase: Phrase
    length: int
    sentence: int
    clause: int
    aside: str = ""

    @property
    def group(self) -> Group:
        """The group of the entry."""
        return self.phrase.group


def split_words(statement: str) -> list[Token]:
    """Return the words of a statement, each with its sentence and its clause."""
    tokens, sentence, clause = [], 0, 0
    for found in TOKEN.finditer(unicodedata.normalize("NFC", statement)):
        if found.lastgroup == "word":
            text = found.group()
            tokens.append(Token(text, fold(text), sentence, clause))
        else:
            clause += 1
            sentence += found.lastgroup == "stop"
    return tokens


def find_language(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[str | None, str]:
    """Return the code of the language the words are read in, or None and the reason."""
    if not tokens:
        return None, "There are no words to read."
    letters = "".join(token.text for token in tokens)
    if sum(letter.isalpha() and not _is_latin(letter) for letter in letters) * 2 > len(letters):
        return None, "It is written in another script than the languages that are read."
    languages = {language.code: language for language in lexicon.languages}
    counts = Counter(code for token in tokens for code in lexicon.small_words.get(token.folded, ()))
    best = [code for code, number in counts.items() if number == max(counts.values())]
    if len(best) == 1:
        language = languages[best[0]]
        unread = f"Its small words are those of {language.name}, which is not read."
        return (language.code, "") if language.read else (None, unread)
    return _by_known_words(tokens, lexicon, best or list(languages))


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "")


def _by_known_words(
    tokens: Sequence[Token], lexicon: Lexicon, codes: Collection[str]
) -> tuple[str | None, str]:
    """Return the language that knows enough words of a text whose small words do not tell."""
    known = {
        code: sum(match.length for match in find_matches(tokens, lexicon, code))
        for code in lexicon.phrases
        if code in codes
    }
    best = max(known, key=lambda code: known[code], default=None)  # the first of equals: English
    if best and known[best] >= lexicon.reading.known_share * len(tokens):
        return best, ""
    return None, "Its small words do not tell the language, and too few of its words are known."


def find_matches(tokens: Sequence[Token], lexicon: Lexicon, language: str) -> list[FoundPhrase]:
    """Return the entries found, from left to right, that with most words first; none overlap."""
    starts = lexicon.phrases.get(language, {})
    words = tuple(token.folded for token in tokens)
    pairs = tuple(zip(words, (*words[1:], ""), strict=True))
    entries = {pair: _beginning_with(*pair, starts) for pair in set(pairs)}
    found, at = [], 0
    while at < len(words):
        match = _match_at(tokens, words, at, entries[pairs[at]])
        if match:
            found.append(match)
        at += match.length if match else 1
    return found


def _beginning_with(
    word: str, following: str, starts: Mapping[str, Sequence[Phrase]]
) -> list[Phrase]:
    """Return the entries whose first words may be these two, the longest first."""
    near = (*starts.get(word, ()), *starts.get(start_of(word), ()))
    return sorted((phrase for phrase in near if phrase.begins_with(word, following)), key=longest)


def _match_at(
    tokens: Sequence[Token], words: tuple[str, ...], at: int, phrases: Sequence[Phrase]
) -> FoundPhrase | None:
    for phrase in phrases:
        last = at + len(phrase.parts) - 1
        if phrase.fits(words, at) and tokens[last].clause == tokens[at].clause:
            text = " ".join(token.text for token in tokens[at : last + 1])
            first = tokens[at]
            return FoundPhrase(text, phrase, len(phrase.parts), first.sentence, first.clause)
    return None


WEIGHED = SIDED | {WordRole.ELSEWHERE}
DENIED = "denied"
DESCRIBED = "in a description"
RECITED = "in a recital"
CARRIED = "carries another aim"


def weigh_matches(matches: Sequence[FoundPhrase]) -> list[FoundPhrase]:
    """Return the matches that speak for a side or look so; `aside` is blank where they count."""
    weighed: list[FoundPhrase] = []
    for sentence in _by_sentence(matches):
        words = _without_descriptions(sentence)
        speak = {m.group.purpose for m in words if _speaks(m)}
        weighed += [replace(m, aside=CARRIED) if _carries(m, speak) else m for m in words]
        weighed += [
            replace(m, aside=m.group.name) for m in sentence if m.group.kind is WordRole.SET_ASIDE
        ]
    return weighed


def _speaks(match: FoundPhrase) -> bool:
    return not match.aside and match.group.kind is not WordRole.CARRIER


def _carries(match: FoundPhrase, speak: set[Purpose | None]) -> bool:
    """Whether a carrier stands beside words of another side, which it then takes."""
    is_carrier = match.group.kind is WordRole.CARRIER and not match.aside
    return is_carrier and bool(speak - {match.group.purpose})


def _by_sentence(matches: Sequence[FoundPhrase]) -> Iterator[list[FoundPhrase]]:
    sentence: list[FoundPhrase] = []
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


def _without_descriptions(sentence: Sequence[FoundPhrase]) -> list[FoundPhrase]:
    """Return the words with a weight; those described, recited or denied are set aside.

    A description reaches back to where its clause or the aim before it begins, and on to the next
    verb of intention; one that follows such a verb in its clause is itself what is aimed at.
    """
    has_heading = any(match.group.kind is WordRole.HEADS for match in sentence)
    words: list[FoundPhrase] = []
    mind = _Mind()
    for match in sentence:
        if match.clause != mind.clause:
            mind = _Mind(match.clause, len(words), mind.aside)
        kind = match.group.kind
        if kind is WordRole.DESCRIBES and not (mind.intended or has_heading):
            words[mind.first :] = [replace(m, aside=DESCRIBED) for m in words[mind.first :]]
            mind = replace(mind, aside=DESCRIBED, first=len(words))
        elif kind in WEIGHED:
            words.append(replace(match, aside=DENIED if mind.denied else mind.aside))
        mind = _hear(mind, kind, len(words))
    return words


def _hear(mind: _Mind, kind: WordRole, count: int) -> _Mind:
    """Return what is in mind after a word that changes how the next are read."""
    match kind:
        case WordRole.INTENDS:
            return replace(mind, aside="", intended=True, first=count)
        case WordRole.CARRIER if not mind.aside:
            return replace(mind, intended=True)
        case WordRole.RECITES:
            return replace(mind, aside=RECITED)
        case WordRole.DENIES:
            return replace(mind, denied=True)
        case WordRole.TURNS:
            return replace(mind, aside="", denied=False)
    return mind


def count_words(tokens: Sequence[Token], matches: Sequence[FoundPhrase]) -> int:
    """Return how many words stand outside sentences that describe or recite."""
    apart = {m.sentence for m in matches if m.group.kind in (WordRole.DESCRIBES, WordRole.RECITES)}
    return sum(token.sentence not in apart for token in tokens)
