"""What the rows of a file hold, whatever kind of table it is: texts by row number and column.

A CSV file is decoded by its mark, else as UTF-8, else as Windows-1252, which is said; its separator
is the one that cuts most lines into the same number of cells. Source: traps, Reading workbooks.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from unicodedata import normalize

from openpyxl.utils import get_column_letter, range_boundaries

from toolkit.files.days import dated
from toolkit.files.grid import RawCell
from toolkit.files.loading import load
from toolkit.files.raw_sheets import RawSheet
from toolkit.files.readings import RefusedError
from toolkit.files.words import INVISIBLE
from toolkit.model.issues import InputError, quoted
from toolkit.model.text import as_typed

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ",;\t|"
LOOKED_AT = 200  # lines that tell the separator
MOST_ROWS, MOST_COLUMNS = 100_000, 300
LARGEST = 50_000_000  # bytes

Line = Mapping[int, str]  # by column, from 1; blank cells are not there


@dataclass(frozen=True)
class Source:
    """The rows of one sheet or file by their number, and what was done to read them."""

    name: str
    rows: Mapping[int, Line]
    notes: tuple[str, ...] = ()

    def place(self, row: int, column: int) -> str:
        """Return the address of a cell as a spreadsheet says it."""
        return f"{get_column_letter(column)}{row}"


def read_source(path: Path, sheet: str = "") -> Source:
    """Return the rows of a workbook's sheet, or of a text file with separators.

    Parameters
    ----------
    sheet
        The sheet of a workbook to read; without it the one with the most filled rows.

    Raises
    ------
    InputError
        The file cannot be read, or no sheet is called so.
    """
    if path.suffix.lower() in (".csv", ".tsv", ".txt", ".tab"):
        return _read_text(path)
    raw = load(path)
    sheets = {name: found for name, found in raw.sheets.items() if not found.is_hidden}
    if sheet and sheet not in sheets:
        raise InputError(f"{path.name}: no sheet is called {quoted(sheet)}: {', '.join(sheets)}.")
    if not sheets:
        raise InputError(f"{path.name}: every sheet is hidden.")
    chosen = sheet or max(sheets, key=lambda name: len(sheets[name].rows))
    others = [name for name in sheets if name != chosen and sheets[name].rows]
    notes = [f"Read from the sheet {quoted(chosen)}."] if others else []
    notes += [f"Not read: {', '.join(others)}. --from-sheet names another."] if others else []
    return Source(path.name, _rows_of(sheets[chosen]), tuple(notes))


def _rows_of(sheet: RawSheet) -> Mapping[int, Line]:
    """Return the texts of a sheet; a merged cell is the text of all that it covers."""
    rows = {1: {_number(letter): text for letter, text in sheet.header.items() if text.strip()}}
    for number, cells in sheet.rows.items():
        texts = ((_number(letter), text_of(cell)) for letter, cell in cells.items())
        rows[number] = {column: text for column, text in texts if text}
    for area in sheet.merged:
        left, top, right, bottom = range_boundaries(area)
        text = rows.get(top, {}).get(left, "")
        if text and (right - left) < MOST_COLUMNS and (bottom - top) < MOST_ROWS:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    rows.setdefault(row, {})[column] = text
    return {number: dict(sorted(cells.items())) for number, cells in sorted(rows.items())}


def _number(letter: str) -> int:
    return range_boundaries(f"{letter}1")[0]


def text_of(cell: RawCell) -> str:
    """Return what a cell of a workbook holds as a person would type it."""
    value = cell.value
    if value is None or cell.is_error:
        return ""
    if isinstance(value, datetime):
        try:
            return str(dated(value.date(), cell.number_format))
        except RefusedError:  # a day that Excel miscounts
            return as_typed(value)
    if isinstance(value, time):
        return ""
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, int | float) and "%" in cell.number_format:
        return as_typed(round(value * 100, 9))
    return _clean(as_typed(value))


def _clean(text: str) -> str:
    return " ".join(normalize("NFC", text.translate(INVISIBLE)).split())


def _read_text(path: Path) -> Source:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path.name}: the file is larger than 50 MB. Split it.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None
    text, notes = _decoded(path.name, content)
    separator = "\t" if path.suffix.lower() in (".tsv", ".tab") else _separator(text)
    rows: dict[int, Line] = {}
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise InputError(
                    f"{path.name}: more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns."
                )
            texts = ((column, _clean(cell)) for column, cell in enumerate(cells, 1))
            rows[number] = {column: cell for column, cell in texts if cell}
    except csv.Error as error:
        raise InputError(f"{path.name}: the file cannot be cut into cells: {error}.") from None
    names = {"\t": "a tab", ";": "a semicolon", ",": "a comma", "|": "a bar"}
    return Source(path.name, rows, (*notes, f"Cells are separated by {names[separator]}."))


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = next((known for mark, known in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise InputError(
                f"{name}: the file is neither UTF-8 nor Windows-1252. Save it as UTF-8."
            ) from None
        notes = ("Not UTF-8: read as Windows-1252. Look at the names with accents.",)
    if "\x00" in text:
        raise InputError(f"{name}: this is not a text file. Save it as .xlsx or as CSV in UTF-8.")
    return text, notes


def _separator(text: str) -> str:
    """Return the separator that cuts most lines into the same number of cells, of two or more."""
    lines = text.splitlines()[:LOOKED_AT]

    def alike(separator: str) -> tuple[int, int]:
        cut: Sequence[int] = [len(row) for row in csv.reader(lines, delimiter=separator)]
        counts = Counter(width for width in cut if width > 1)
        width, times = max(counts.items(), key=lambda item: item[1], default=(0, 0))
        return times, width

    return max(SEPARATORS, key=alike)
