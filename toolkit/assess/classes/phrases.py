"""Which entries of the lexicon stand in a statement, and in which sentence and clause."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.model.wording import Group, Lexicon, Phrase, fold, longest, start_of

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
class Match:
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


def find_matches(tokens: Sequence[Token], lexicon: Lexicon, language: str) -> list[Match]:
    """Return the entries found, from left to right, that with most words first; none overlap."""
    starts = lexicon.phrases.get(language, {})
    words = tuple(token.folded for token in tokens)
    entries = {word: _beginning_with(word, starts) for word in set(words)}
    found, at = [], 0
    while at < len(words):
        match = _match_at(tokens, words, at, entries[words[at]])
        if match:
            found.append(match)
        at += match.length if match else 1
    return found


def _beginning_with(word: str, starts: Mapping[str, Sequence[Phrase]]) -> list[Phrase]:
    """Return the entries whose first word may be this one, the longest first."""
    exact, stems = starts.get(word, ()), starts.get(start_of(word), ())
    fitting = [p for p in stems if word.startswith(p.parts[0][0])]
    return sorted([*exact, *fitting], key=longest)


def _match_at(
    tokens: Sequence[Token], words: tuple[str, ...], at: int, phrases: Sequence[Phrase]
) -> Match | None:
    for phrase in phrases:
        last = at + len(phrase.parts) - 1
        if phrase.fits(words, at) and tokens[last].clause == tokens[at].clause:
            text = " ".join(token.text for token in tokens[at : last + 1])
            first = tokens[at]
            return Match(text, phrase, len(phrase.parts), first.sentence, first.clause)
    return None
