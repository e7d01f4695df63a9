"""What a cell with words says: free text, a word of a list, a country, an address, an id.

Which names of countries and currencies there are is from the Unicode CLDR.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache

from toolkit.files.loading import RawCell
from toolkit.files.readings import Reader, RefusedError, shown
from toolkit.model.issues import quoted
from toolkit.model.schema import Column, WordList, words_of
from toolkit.model.sheets import PROGRAMME

LOOK_ALIKE = str.maketrans(  # Cyrillic and Greek capitals that look like A-Z
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTXSIJABEZHIKMNOPTYX",
)
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
ID_PATTERN = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")


def read_text(_reader: Reader, value: object, _cell: RawCell) -> str:
    """Return free text."""
    if isinstance(value, datetime | date | time | timedelta):
        raise RefusedError(
            f"Excel turned this text into the date or time {shown(value)}. "
            "Format the cell as Text, type the text again."
        )
    return shown(value)


def read_word(reader: Reader, value: object, _cell: RawCell) -> str:
    """Return the word of the closed list that the cell holds."""
    words = words_of(reader.column, reader.policy)
    text = shown(value)
    exact = folded(words).get(text.casefold())
    if exact is None:
        raise RefusedError(f"{quoted(text)} is not {_noun(reader.column)}. {_suggest(text, words)}")
    if exact != text:
        reader.note(f'"{text}" was read as "{exact}".')
    return _meaning(reader, exact)


def read_yes_no(_reader: Reader, value: object, _cell: RawCell) -> str:
    """Return y or n."""
    if isinstance(value, bool):
        return "y" if value else "n"
    word = str(value).casefold()
    if word in ("y", "yes", "n", "no"):
        return word[0]
    found = quoted(shown(value))
    raise RefusedError(f"{found} is neither y nor n. Type y or n, or leave the cell blank.")


def read_country(reader: Reader, value: object, cell: RawCell) -> str:
    """Return a country; an unusual spelling is a notice, not an error."""
    text = read_text(reader, value, cell)
    known = _countries().get(_folded_country(text))
    if known is None:
        near = get_close_matches(_folded_country(text), _countries(), n=1, cutoff=0.75)
        hint = f' Did you mean "{_countries()[near[0]]}"?' if near else ""
        message = f"{quoted(text)} is not in the list of country names (CLDR).{hint}"
        reader.note(message, touches=True)
        return text
    if known != text:
        reader.note(f'"{text}" was read as "{known}".')
    return known


def read_currency(_reader: Reader, value: object, _cell: RawCell) -> str:
    """Return a three-letter currency code."""
    if isinstance(value, str) and value in _currencies():
        return value
    raise RefusedError(
        f"{quoted(shown(value))} is not a currency code. Type three letters, such as CAD or EUR."
    )


def read_link(reader: Reader, value: object, cell: RawCell) -> str:
    """Return an address that is safe to follow."""
    text = read_text(reader, value, cell)
    if not re.match(r"(https?://|mailto:)\S+$", text):
        raise RefusedError(
            f"{quoted(text)} is not an address. It starts with https://, http:// or mailto:."
        )
    return text


def folded(words: tuple[str, ...]) -> dict[str, str]:
    """Return words by their spelling without capitals."""
    return {word.casefold(): word for word in words}


def _meaning(reader: Reader, word: str) -> str:
    if reader.column.words is WordList.CLASSIFICATIONS:
        known = reader.policy.class_named(word)
        if known and known.name != word:
            reader.note(f'"{word}" is read as "{known.name}" under this policy.', touches=True)
        if word == "unknown":
            message = 'The classification is "unknown". Type it once it is known.'
            reader.note(message, touches=True)
    elif isinstance(reader.column.words, type):
        return reader.column.words(word)
    return word


def _noun(column: Column) -> str:
    """Return what one word of a column is, as a classification or an activity."""
    if column.name in ("home_or_abroad", "duty_met", "partner_duty_met"):
        return "one of the answers"
    noun = column.name.removesuffix("s" if column.many else "").replace("_", " ")
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _suggest(text: str, words: tuple[str, ...]) -> str:
    if not words:
        return "The policy lists none yet: add it there, or leave the cell blank."
    spelt = folded(words)
    near = get_close_matches(text.casefold(), spelt, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{spelt[near[0]]}"?'
    first = ", ".join(words[:8]) + (", ..." if len(words) > 8 else "")
    return f"Known: {first}."


@cache
def _countries() -> dict[str, str]:
    """Return country names by their folded spelling, from the Unicode CLDR."""
    from babel import Locale  # loaded only when a workbook is read

    names = Locale.parse("en").territories
    return {_folded_country(name): name for code, name in names.items() if len(code) == 2}


def _folded_country(name: str) -> str:
    """Return a name without what people type in two ways: case, apostrophes, `and`."""
    return name.casefold().replace("\u2019", "'").replace(" and ", " & ")


@cache
def _currencies() -> frozenset[str]:
    """Return the three-letter codes of currencies."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def read_id(reader: Reader, value: object, cell: RawCell) -> str:
    """Return an id; ids are text, so that 007 and 7 stay apart."""
    if isinstance(value, datetime | date | time):
        raise RefusedError(
            "Excel turned this id into a date. Format the cell as Text, type it again."
        )
    if isinstance(value, int) and not isinstance(value, bool) and cell.number_format == "General":
        reader.note("The id is stored as a number. Format the column as Text.")
    elif not isinstance(value, str):
        raise RefusedError(
            f"Excel keeps this id as the number {shown(value)}. "
            "Format the cell as Text, type the id again."
        )
    text = str(value)
    if text == PROGRAMME and text not in reader.column.also:
        raise RefusedError(f'"{PROGRAMME}" stands for the whole programme. Type another id.')
    if text in reader.column.also or ID_PATTERN.fullmatch(text):
        return text
    raise RefusedError(_describe_malformed(text))


def _describe_malformed(text: str) -> str:
    """Return what is wrong with an id and what to type instead."""
    strange = next((c for c in text if c.isalpha() and not c.isascii()), None)
    if strange:
        name = unicodedata.name(strange, "an unknown letter")
        return f'{quoted(text)} holds "{strange}" ({name}). Type the id again with A-Z, 0-9 and -.'
    hint = _likely_id(text)
    if ID_PATTERN.fullmatch(hint):
        return f'{quoted(text)} is not an id. Ids use A-Z, 0-9 and -: type "{hint}".'
    return f"{quoted(text)} is not an id. Ids use A-Z, 0-9 and -, at most 32, such as A-014."


def _likely_id(text: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "-", text.upper().translate(LOOK_ALIKE)).strip("-")


def likely_ids(cell: RawCell) -> set[str]:
    """Return what a refused id may have been meant to be, so that what refers to it is known.

    >>> sorted(likely_ids(RawCell(7, "000", False, False)))
    ['007', '7']
    """
    text = shown(cell.value).translate(INVISIBLE).strip()
    places = len(cell.number_format) if re.fullmatch("0+", cell.number_format) else 0
    return {text, _likely_id(text), text.zfill(places)}


def read_wikidata(reader: Reader, value: object, cell: RawCell) -> str:
    """Return the number of an item at Wikidata, such as Q172."""
    text = read_text(reader, value, cell)
    if not re.fullmatch(r"Q[1-9]\d{0,11}", text):
        found = re.search(r"\bQ[1-9]\d{0,11}$", text, re.IGNORECASE)
        remedy = f'"{found[0].upper()}"' if found else "Q and its digits, such as Q172"
        raise RefusedError(f"{quoted(text)} is not an item of Wikidata. Type {remedy}.")
    return text
