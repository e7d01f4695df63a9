"""What one cell says: a typed value, or a sentence that tells what to type instead."""

import unicodedata
from collections.abc import Callable, Mapping

from toolkit.files.loading import RawCell
from toolkit.files.readings import (
    Reader,
    RefusedError,
    read_count,
    read_date,
    read_money,
    read_number,
    read_percent,
    read_period,
    read_year,
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
    read_yes_no,
)
from toolkit.model.schema import Kind, WordList, words_of

PLACEHOLDERS = {"na", "n/a", "n.a.", "#n/a", "tbd", "tba", "tbc", "-", "--", "..", "...", "?"} | {
    "none",
    "null",
    "nil",
    "nan",
}
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
    value = _text(reader, cell.value) if isinstance(cell.value, str) else cell.value
    if value is None or value == "":
        return None
    _refuse_placeholder(reader, value)
    if reader.column.many:
        return _many(reader, value, cell)
    return _READERS[reader.column.kind](reader, value, cell)


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


def _refuse_placeholder(reader: Reader, value: object) -> None:
    free = {Kind.TEXT, Kind.ID, Kind.REFERENCE, Kind.COUNTRY, Kind.SECTOR}
    if reader.column.kind in free or not isinstance(value, str):
        return
    if value.casefold() in PLACEHOLDERS.difference(words_of(reader.column, reader.policy)):
        raise RefusedError(
            f'"{value}" is not {_NOUNS[reader.column.kind]}. Leave the cell blank if not known.'
        )


def _many(reader: Reader, value: object, cell: RawCell) -> tuple[object, ...] | None:
    """Return the values between semicolons, each once."""
    read = _READERS[reader.column.kind]
    if not isinstance(value, str):
        return (read(reader, value, cell),)
    parts = [part.strip() for part in value.split(";") if part.strip()]
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
