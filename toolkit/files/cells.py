"""What one cell says: a typed value, or a sentence that tells what to type instead."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from toolkit.files.days import read_date
from toolkit.files.grid import SOME, RawCell
from toolkit.files.periods import read_period, read_year
from toolkit.files.readings import (
    Reader,
    RefusedError,
    read_count,
    read_money,
    read_number,
    read_percent,
    shown,
)
from toolkit.files.words import (
    INVISIBLE,
    folded,
    read_country,
    read_currency,
    read_id,
    read_link,
    read_sector,
    read_text,
    read_wikidata,
    read_word,
)
from toolkit.files.yes_no import read_yes_no
from toolkit.model.issues import quoted
from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind, WordList, words_of

PLACEHOLDERS = {"na", "n/a", "n.a.", "#n/a", "tbd", "tba", "tbc", "-", "--", "..", "...", "?"} | {
    "none",
    "null",
    "nil",
    "nan",
    "n.d.",
    "s.d.",
    "o.d.",
    "undated",
}
STAND_INS = (
    PLACEHOLDERS
    | {"n.a", "n/k", "n.k.", "tbd.", "???", "??", "0", "\u2013", "\u2014", "."}
    | {
        "not applicable",
        "not available",
        "not known",
        "unknown",
        "to be announced",
        "to be confirmed",
        "to be decided",
        "to be determined",
        "vacant",
    }
)
FREE = {"comment", "document", "name", "notes", "page", "rationale", "statement", "title", "what"}
NAMES = {"city", "metro", "partner", "who"}  # None is a town of Italy
NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")


def read_cell(reader: Reader, cell: RawCell) -> object:
    """Return the typed value of a cell, `None` for a blank.

    Raises
    ------
    RefusedError
        The cell holds something else than the column takes.
    """
    if cell.is_error:
        raise RefusedError(
            f"The cell holds the Excel error {cell.value}. Mend the formula or clear the cell."
        )
    if cell.formula and cell.value is None:
        raise RefusedError(
            "The formula has no stored value. Open the workbook in Excel and save it."
        )
    if cell.struck == SOME:
        raise RefusedError(
            f"Some letters of {quoted(str(cell.value))} are struck out. Type what is meant, anew."
        )
    value = _text(reader, cell.value) if isinstance(cell.value, str) else cell.value
    if value is None or value == "" or _is_stand_in(reader, value):
        return None
    if cell.formula:
        message = f"{quoted(shown(value))} is the value a formula was last stored with."
        reader.note(f"{message} If it may be stale, save the workbook in Excel.", pattern="formula")
    _refuse_placeholder(reader, value)
    if reader.column.many:
        return _many(reader, value, cell)
    return _READERS[reader.column.kind](reader, value, cell)


def read_typed(column: Column, policy: Policy, typed: object) -> object:
    """Return the value of what was typed in a column, apart from any workbook.

    Raises
    ------
    RefusedError
        It is something else than the column takes.
    """
    cell = RawCell(typed, "General", is_error=False, formula=False)
    return read_cell(Reader(column, policy), cell)


def _text(reader: Reader, text: str) -> str:
    """Return the text in NFC without outer spaces or invisible characters; say so."""
    visible = text.translate(INVISIBLE)
    if visible != text:
        reader.note("Invisible characters were removed.")
    spaced = visible.translate(NO_BREAK)
    if spaced.strip() != visible.strip():
        reader.note("No-break spaces were read as spaces.")
    normal = unicodedata.normalize("NFC", spaced)
    if normal != spaced:
        reader.note("Accents typed as separate characters were joined.")
    stripped = normal.strip()
    if stripped != normal and stripped:
        reader.note("Spaces at the start or end were ignored.")
    return stripped


def _is_stand_in(reader: Reader, value: object) -> bool:
    """Whether a text only stands where one is lacking, in a column that a rule reads; say so."""
    column = reader.column
    if column.kind not in (Kind.TEXT, Kind.SECTOR) or not isinstance(value, str):
        return False
    word = value.casefold()
    if column.name in FREE or word in folded(words_of(column, reader.policy)):
        return False
    is_name = column.name in NAMES and word.isalpha() and word not in ("tbd", "tba", "tbc")
    if word not in STAND_INS or is_name or word in column.also:
        return False
    reader.note(f"{quoted(value)} was read as blank.", touches=True, pattern="blank")
    return True


def _refuse_placeholder(reader: Reader, value: object) -> None:
    free = {Kind.TEXT, Kind.ID, Kind.REFERENCE, Kind.COUNTRY, Kind.SECTOR}
    if reader.column.kind in free or not isinstance(value, str):
        return
    if value.casefold() in PLACEHOLDERS.difference(words_of(reader.column, reader.policy)):
        raise RefusedError(
            f'"{value}" is not {_NOUNS[reader.column.kind]}. Leave the cell blank if not known.'
        )


def _many(reader: Reader, value: object, cell: RawCell) -> tuple[object, ...] | None:
    """Return the values between semicolons or on lines of their own, each once."""
    read = _READERS[reader.column.kind]
    if not isinstance(value, str):
        return (read(reader, value, cell),)
    if "\n" in value:
        message = f"{quoted(value)} was read as several: a new line separates as a semicolon does."
        reader.note(message, pattern="new line")
    parts = [part.strip() for part in re.split(r"[;\n]", value) if part.strip()]
    parts = [part for part in parts if not _is_stand_in(reader, part)]
    _refuse_commas(reader, parts)
    for part in parts:
        _refuse_placeholder(reader, part)
    return tuple(dict.fromkeys(read(reader, part, cell) for part in parts)) or None


def _refuse_commas(reader: Reader, parts: list[str]) -> None:
    """Refuse several words of the list with commas between: one of them would be lost."""
    named = reader.policy.sectors.spellings if reader.column.words is WordList.SECTORS else ()
    words = folded((*words_of(reader.column, reader.policy), *named))
    pieces = [piece.strip() for part in parts for piece in part.split(",")]
    if len(pieces) > len(parts) and all(piece.casefold() in words for piece in pieces):
        raise RefusedError(f'Separate several with a semicolon: "{"; ".join(pieces)}".')


_READERS: Mapping[Kind, Callable[[Reader, object, RawCell], object]] = {
    Kind.ID: read_id,
    Kind.REFERENCE: read_id,
    Kind.TEXT: read_text,
    Kind.SECTOR: read_sector,
    Kind.WORD: read_word,
    Kind.DATE: read_date,
    Kind.NUMBER: read_number,
    Kind.MONEY: read_money,
    Kind.PERCENT: read_percent,
    Kind.COUNT: read_count,
    Kind.YES_NO: read_yes_no,
    Kind.PERIOD: read_period,
    Kind.YEAR: read_year,
    Kind.CURRENCY: read_currency,
    Kind.COUNTRY: read_country,
    Kind.LINK: read_link,
    Kind.WIKIDATA: read_wikidata,
}
_NOUNS = {
    Kind.WORD: "a word of this list",
    Kind.DATE: "a date",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount",
    Kind.PERCENT: "a percentage",
    Kind.COUNT: "a number",
    Kind.YES_NO: "y or n",
    Kind.PERIOD: "a period",
    Kind.YEAR: "a year",
    Kind.CURRENCY: "a currency",
    Kind.LINK: "an address",
    Kind.WIKIDATA: "an item of Wikidata",
}
