"""Where a table ends, and what its layout hides, strikes out or joins."""

import re
from collections.abc import Iterator, Mapping

from openpyxl.utils import get_column_letter, range_boundaries

from toolkit.files.checks import ReadSheet
from toolkit.files.form_words import EXAMPLE_ID, EXAMPLE_NOTE
from toolkit.files.grid import ALL, RawCell
from toolkit.files.loading import RawSheet
from toolkit.files.words import INVISIBLE
from toolkit.model.issues import Issue, quoted
from toolkit.model.vocabulary import Severity

Cells = Mapping[str, RawCell]
TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|all)[ -]?)?(?:totals?|totaux|totale|sum(?:me)?|gesamt(?:summe)?|"
    r"insgesamt|zwischensumme|somme|suma|average|mean|count)(?:\s*[:(=].*|\s+\d+|\s+[a-z ]+:.*)?",
    re.I,
)
NOTE = re.compile(
    r"\s*(?:\*|\u2020|\(?\d\)|notes?\b|sources?\b|remarks?\b|legend\b|quelle|anm|fuente\b|fonte\b)",
    re.I,
)


def rows_of_table(raw: RawSheet, read: ReadSheet) -> dict[int, Cells]:
    """Return the rows of the table: those before its totals or its notes; say where it ends."""
    letters = set(read.letters.values())
    key = read.letters.get(read.sheet.columns[0].name, "")
    rows = {
        row: cells
        for row, cells in raw.rows.items()
        if any(letter in letters and is_filled(cell) for letter, cell in cells.items())
        and _leading(cells, key) != EXAMPLE_ID
    }
    rows = {row: _without_note(cells, row, read) for row, cells in rows.items()}
    end = _end(raw, rows, key, letters)
    if end is None:
        return rows
    words = quoted(_leading(rows[end], key))
    message = f"{words} ends the table: this row and those below it were not read."
    read.issues.append(Issue(Severity.NOTICE, read.sheet.name, f"A{end}", "", message))
    for row in (row for row in rows if row > end and _is_row(rows[row], letters)):
        message = f"This row stands below row {end}, which ends the table. Move it above that row."
        read.issues.append(Issue(Severity.ERROR, read.sheet.name, f"A{row}", "", message))
    return {row: cells for row, cells in rows.items() if row < end}


def _without_note(cells: Cells, row: int, read: ReadSheet) -> Cells:
    """Return the cells of a row without what is left of the example it was typed over."""
    left = [letter for letter, cell in cells.items() if cell.value == EXAMPLE_NOTE]
    for letter in left:
        message = "The note of the example was read as blank."
        read.issues.append(
            Issue(Severity.NOTICE, read.sheet.name, f"{letter}{row}", "source", message)
        )
    return {letter: cell for letter, cell in cells.items() if letter not in left}


def _end(raw: RawSheet, rows: Mapping[int, Cells], key: str, letters: set[str]) -> int | None:
    """Return the row of totals, or the first of the notes below the table."""
    for row, cells in rows.items():
        if row in raw.totals or TOTAL.fullmatch(_leading(cells, key)):
            return row
    last = max((row for row, cells in rows.items() if not _is_note(cells, key, letters)), default=0)
    return next((row for row in rows if row > last), None)


def _leading(cells: Cells, key: str) -> str:
    """Return the text of the id, or of the first cell where that is blank; else nothing."""
    cell = cells.get(key)
    if cell is None:
        cell = next((cell for cell in cells.values() if is_filled(cell)), None)
    return cell.value.strip() if cell and isinstance(cell.value, str) else ""


def _is_note(cells: Cells, key: str, letters: set[str]) -> bool:
    """Whether a row is one sentence in the column of ids, or a note by its first word."""
    filled = [letter for letter, cell in cells.items() if letter in letters and is_filled(cell)]
    text = cells[filled[0]].value if len(filled) == 1 else None
    if not isinstance(text, str):
        return False
    return bool(NOTE.match(text)) or (filled[0] == key and len(text.split()) > 1)


def _is_row(cells: Cells, letters: set[str]) -> bool:
    """Whether a row holds several values, as a row of the table does."""
    return sum(letter in letters and is_filled(cell) for letter, cell in cells.items()) > 1


def is_filled(cell: RawCell) -> bool:
    """Whether a cell holds something to be seen, or a formula."""
    if isinstance(cell.value, str):
        return bool(cell.value.translate(INVISIBLE).strip())
    return cell.formula or cell.value is not None


def check_layout(raw: RawSheet, read: ReadSheet, rows: Mapping[int, Cells]) -> Iterator[Issue]:
    """Name merged cells and cells given twice; say what is hidden or struck out."""
    sheet, names = read.sheet.name, {letter: name for name, letter in read.letters.items()}
    yield from _merged(raw, read, rows, names)
    for cell in raw.twice:
        message = "The file gives this cell twice. Type its value again and save the workbook."
        yield Issue(Severity.ERROR, sheet, cell, names.get(cell.rstrip("0123456789"), ""), message)
    if raw.is_hidden and rows:
        message = f"The sheet {quoted(raw.name)} is hidden and was read all the same."
        yield Issue(Severity.NOTICE, sheet, "", "", message, touches=True)
    for letter in sorted(raw.hidden_columns & names.keys()):
        if any(letter in cells for cells in rows.values()):
            message = "The column is hidden and was read all the same."
            yield Issue(Severity.NOTICE, sheet, f"{letter}1", names[letter], message, touches=True)
    for row in raw.hidden_rows:
        if row in rows:
            message = "The row is hidden and was read all the same."
            yield Issue(Severity.NOTICE, sheet, f"A{row}", "", message, touches=True)
    for row, cells in rows.items():
        yield from _struck(sheet, row, cells, names)


def _struck(sheet: str, row: int, cells: Cells, names: Mapping[str, str]) -> Iterator[Issue]:
    struck = [letter for letter in cells if letter in names and cells[letter].struck == ALL]
    if not struck:
        return
    if all(letter in struck for letter in cells if letter in names and is_filled(cells[letter])):
        message = "The row is struck out and was read all the same. Delete it if it holds no more."
        yield Issue(Severity.NOTICE, sheet, f"A{row}", "", message, touches=True)
        return
    for letter in struck:
        value = quoted(str(cells[letter].value))
        message = f"{value} is struck out and was read all the same. Clear it if it holds no more."
        place = (sheet, f"{letter}{row}", names[letter])
        yield Issue(Severity.NOTICE, *place, message, touches=True, pattern="struck out")


def _merged(
    raw: RawSheet, read: ReadSheet, rows: Mapping[int, Cells], names: Mapping[str, str]
) -> Iterator[Issue]:
    """Name merged cells of the table, whose other cells would be lost."""
    for area in raw.merged:
        _, first_row, _, last_row = range_boundaries(area)
        if first_row == 1 or not rows.keys().isdisjoint(range(first_row, last_row + 1)):
            read.refused |= _inside(area, names)
            letter = area.split(":")[0].rstrip("0123456789")
            message = "These cells are merged. Unmerge them and fill each cell."
            place = (read.sheet.name, area, names.get(letter, ""))
            yield Issue(Severity.ERROR, *place, message)


def _inside(area: str, names: Mapping[str, str]) -> set[tuple[int, str]]:
    """Return the cells of a merged area, which no later check reports again."""
    first_column, first_row, last_column, last_row = range_boundaries(area)
    letters = map(get_column_letter, range(first_column, last_column + 1))
    columns = [names[letter] for letter in letters if letter in names]
    return {(row, name) for row in range(first_row, last_row + 1) for name in columns}
