"""Which words speak for which purpose: the lexicon that a stated objective is read with.

Nothing here holds a word; the words live in `data/wording.toml`, each group with its source or
rationale, and arrive through `toolkit.files.lexicon`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from toolkit.model.vocabulary import Purpose

STEM = "*"  # ends a word of the lexicon that stands for all words that begin with it


class WordRole(StrEnum):
    """What a word of the lexicon does in a statement."""

    AIM = "aim"
    CARRIER = "carrier"
    ELSEWHERE = "elsewhere"
    SET_ASIDE = "set aside"
    DESCRIBES = "describes"
    RECITES = "recites"
    DENIES = "denies"
    TURNS = "turns"
    INTENDS = "intends"
    HEADS = "heads"
    PLAIN = "plain"


SIDED = frozenset({WordRole.AIM, WordRole.CARRIER})


@dataclass(frozen=True)
class Language:
    """A language, known by the words that stand in any text of it; only some are `read`."""

    code: str
    name: str
    read: bool
    words: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Words that do the same in a statement; an aim or a carrier has a purpose and a weight."""

    name: str
    kind: WordRole
    language: str
    words: tuple[str, ...]
    purpose: Purpose | None = None
    weight: float | None = None


@dataclass(frozen=True)
class ReadingLimits:
    """From where a side counts as stated, and from where a text without small words is read."""

    minimum: float
    stated_share: float
    policy_share: float
    known_share: float
    short_words: int
    short_minimum: float


@dataclass(frozen=True)
class Phrase:
    """One entry of the lexicon, ready to be compared word by word."""

    entry: str
    parts: tuple[tuple[str, bool], ...]
    group: Group

    def fits(self, words: tuple[str, ...], at: int) -> bool:
        """Whether the folded words from this place on are this entry."""
        end = at + len(self.parts)
        return end <= len(words) and self.begins_with(*words[at:end])

    def begins_with(self, *words: str) -> bool:
        """Whether these folded words are its first; words past its end do not matter."""
        for (text, is_stem), word in zip(self.parts, words, strict=False):
            if word != text and not (is_stem and word.startswith(text)):
                return False
        return True


@dataclass(frozen=True)
class Lexicon:
    """One edition of the lexicon. `reasons` holds the source or rationale of every part."""

    file_name: str
    sha256: str
    edition: str
    dated: date
    reading: ReadingLimits
    languages: tuple[Language, ...]
    groups: tuple[Group, ...]
    reasons: Mapping[str, str]

    @cached_property
    def small_words(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the languages that each folded small word belongs to."""
        found: dict[str, tuple[str, ...]] = {}
        for language in self.languages:
            for word in map(fold, language.words):
                found[word] = (*found.get(word, ()), language.code)
        return found

    @cached_property
    def phrases(self) -> Mapping[str, Mapping[str, tuple[Phrase, ...]]]:
        """Language -> first word, or how a first stem begins -> entries, the longest first."""
        found: dict[str, dict[str, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
        for group in self.groups:
            for entry in group.words:
                phrase = Phrase(entry, parts_of(entry), group)
                text, is_stem = phrase.parts[0]
                found[group.language][start_of(text) if is_stem else text].append(phrase)
        return {
            language: {start: tuple(sorted(some, key=longest)) for start, some in starts.items()}
            for language, starts in found.items()
        }


def fold(word: str) -> str:
    """Return a word without capitals and accents, so that both spellings of an accent are one.

    >>> fold("Économie")
    'economie'
    """
    if word.isascii():
        return word.lower()
    marks = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in marks if not unicodedata.combining(letter))


def start_of(word: str) -> str:
    """Return the letters by which stems are looked up; they end in * like a stem."""
    return word[:3] + STEM


def parts_of(entry: str) -> tuple[tuple[str, bool], ...]:
    """Return the folded words of an entry, each with whether it is a stem.

    >>> parts_of("trade mission*")
    (('trade', False), ('mission', True))
    """
    words = re.split(r"[\s'-]+", entry)
    return tuple((fold(word.rstrip(STEM)), word.endswith(STEM)) for word in words)


def longest(phrase: Phrase) -> tuple[int, int, bool]:
    """Return what sorts entries: most words first, then most letters, whole words before stems."""
    letters = sum(len(text) for text, _ in phrase.parts)
    return -len(phrase.parts), -letters, phrase.parts[-1][1]
