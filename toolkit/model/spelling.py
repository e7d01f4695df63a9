"""How two names that people type are compared: without their spelling, and by how far apart."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MARKS = re.compile("[\u0300-\u036f]")  # accents on letters; vowel signs of other scripts stay
UNSEEN = re.compile("['\u2019\u2018`\u00b4.]")
SHORT = 8  # letters of a word in which one slip is to be expected, not two
DENIALS = (
    "in",
    "un",
    "non",
    "non ",
    "not ",
    "do not ",
    "no ",
    "dis",
    "im",
    "de",
    "a",
    "ab",
    "out of ",
)
OPPOSITES = (("increase", "decrease"), ("inbound mission", "outbound mission"), ("here", "there"))
FAR = 3  # edits that are no longer a slip of the hand


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """Return a name without what people type in two ways: case, accents, points, `&`, spaces.

    >>> plain_name("  S\u00c3O  Tom\u00e9 & Pr\u00edncipe."), plain_name("St. John's")
    ('sao tome and principe', 'st johns')
    """
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    plain = unicodedata.normalize("NFC", plain).replace("\u0131", "i").replace("&", " and ")
    return " ".join(re.sub(r"[^\w]+", " ", UNSEEN.sub("", plain)).split()) or text.strip()


def near_word(word: str, known: Iterable[str]) -> str | None:
    """Return the one known word that this is but for a slip of the hand, never one that denies it.

    >>> near_word("Frendship", ["Partnership", "Friendship"]), near_word("inactive", ["active"])
    ('Friendship', None)
    >>> near_word("D4", ["D1", "D2"])
    """
    text = plain_name(word)
    most = 1 if len(text) < SHORT else 2
    apart = {name: edits(text, plain_name(name), most=most) for name in known}
    near = [name for name in apart if apart[name] < FAR and not denies(text, plain_name(name))]
    least = min((apart[name] for name in near), default=FAR)
    nearest = [name for name in near if apart[name] == least]
    return nearest[0] if len(nearest) == 1 else None


def near_ids(value: str, known: Iterable[str]) -> list[str]:
    """Return the ids that are one slip of the hand away, in order.

    >>> near_ids("A-0022", ["A-002", "A-022", "A-029"]), near_ids("A-999", ["A-029"])
    (['A-002', 'A-022'], [])
    """
    half = len(value) // 2
    alike = (
        other
        for other in known
        if abs(len(other) - len(value)) <= 1
        and (other[:half] == value[:half] or other[-half:] == value[-half:])
    )
    return sorted(other for other in alike if edits(value, other, most=1) == 1)


def denies(left: str, right: str) -> bool:
    """Whether one of two words says the opposite of the other, as inactive and active."""
    longer, shorter = sorted((left, right), key=len, reverse=True)
    opposites = any({left, right} <= {a, b} for a, b in OPPOSITES)
    return opposites or any(longer == f"{prefix}{shorter}" for prefix in DENIALS)


def edits(left: str, right: str, *, most: int) -> int:
    """Return how many letters were left out, added, changed or swapped; `FAR` beyond `most`.

    >>> edits("chian", "china", most=2), edits("kiev", "kyiv", most=2), edits("a", "xyzq", most=2)
    (1, 2, 3)
    """
    if abs(len(left) - len(right)) > most:
        return FAR
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and other == left[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return FAR
    return row[-1] if row[-1] <= most else FAR
