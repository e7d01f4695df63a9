"""What a cell with words says: free text, a word of a list, a country, an address, an id.

Which currencies there are is from the Unicode CLDR, as are the names of countries.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from functools import cache

from toolkit.files.country_hints import describe_country
from toolkit.files.grid import RawCell
from toolkit.files.readings import Reader, RefusedError, shown
from toolkit.files.twinning import describe_outside, describe_unlisted, is_twinning
from toolkit.files.yes_no import answer_of
from toolkit.model import spelling
from toolkit.model.countries import countries_in
from toolkit.model.issues import quoted
from toolkit.model.policy import Sectors
from toolkit.model.schema import Column, WordList, words_of
from toolkit.model.sheets import PROGRAMME

LOOK_ALIKE = str.maketrans(  # Cyrillic and Greek capitals that look like A-Z
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABEKMHOPCTXSIJABEZHIKMNOPTYX",
)
SHARED = "sectors_shared"  # the column of sectors that a criterion reads
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
    exact = _word_for(reader, text, words)
    is_class = reader.column.words is WordList.CLASSIFICATIONS
    if exact is None and is_class and is_twinning(text):
        raise RefusedError(describe_unlisted(text, reader.policy))
    if exact is None and {"y", "n"} <= set(words):
        exact = answer_of(value)
    if exact is None:
        raise RefusedError(f"{quoted(text)} is not {_noun(reader.column)}. {_suggest(text, words)}")
    if exact != text:
        reader.note(f'"{text}" was read as "{exact}".', pattern="spelling")
    return _meaning(reader, exact)


def _word_for(reader: Reader, text: str, words: tuple[str, ...]) -> str | None:
    """Return the word of a list that a text is, sectors by their other names too."""
    if reader.column.words is WordList.SECTORS and words:
        return reader.policy.sectors.find(text)
    return folded(words).get(text.casefold())


def read_country(reader: Reader, value: object, cell: RawCell) -> str:
    """Return a country, or several with semicolons, as typed; what it is taken for is a notice."""
    text = read_text(reader, value, cell)
    for country in countries_in(text):
        told = describe_country(country)
        if told:
            reader.note(told, touches=len(country.codes) != 1)
    return text


def read_sector(reader: Reader, value: object, cell: RawCell) -> str:
    """Return the name the policy has for a sector; a word of none of its lists stays as typed."""
    text, sectors = read_text(reader, value, cell), reader.policy.sectors
    name = sectors.find(text) if sectors.names else text
    if name is None:
        if reader.column.name == SHARED:
            reader.note(_unknown_sector(text, sectors), touches=True)
        return text
    if spelling.plain_name(name) != spelling.plain_name(text):
        reader.note(f"{quoted(text)} was read as {quoted(name)}.")
    return name


def _unknown_sector(text: str, sectors: Sectors) -> str:
    """Return that a sector counts neither as shared nor as none, and what to type instead."""
    near = sectors.near(text)
    hint = f"Did you mean {quoted(near)}? Else add" if near else "Add"
    return (
        f"{quoted(text)} is in no list of sectors of the policy, so whether it counts is not "
        f"known. {hint} it there: names or other, or aliases of one that means the same."
    )


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
        if word in reader.policy.framework.outside and is_twinning(word):
            reader.note(describe_outside(word, reader.policy))
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
    near = spelling.near_word(text, words)
    if near:
        return f'Did you mean "{near}"?'
    first = ", ".join(words[:8]) + (", ..." if len(words) > 8 else "")
    return f"Known: {first}."


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
