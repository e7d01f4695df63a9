"""Which language a statement is in, told by its small words, and whether it is read."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from toolkit.assess.classes.phrases import Token, find_matches
from toolkit.model.wording import Lexicon


def find_language(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[str | None, str]:
    """Return the code of the language the words are read in, or None and the reason."""
    if not tokens:
        return None, "There are no words to read."
    letters = "".join(token.text for token in tokens)
    if sum(letter.isalpha() and not _is_latin(letter) for letter in letters) * 2 > len(letters):
        return None, "It is written in another script than the two languages that are read."
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
    best = max(known, key=known.get, default=None)  # the first of equals: English
    if best and known[best] >= lexicon.reading.known_share * len(tokens):
        return best, ""
    return None, "Its small words do not tell the language, and too few of its words are known."
