"""A copy of somebody's workbook into which cells are written; the workbook itself never is.

In a copy a formula is the value it last had, for nothing here works formulas out.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.files.copies import exists
from toolkit.files.last_year import REMEMBERED
from toolkit.files.loading import RawWorkbook, load
from toolkit.files.naming import match_header, match_sheets
from toolkit.files.outputs import inert, put_value, workbook_bytes, write_bytes
from toolkit.files.template import typed_value
from toolkit.model.issues import InputError
from toolkit.model.sheets import BY_NAME


class Copy:
    """A copy of a workbook: its sheets by the name of the form, cells by row and column name."""

    def __init__(self, path: Path, raw: RawWorkbook | None = None) -> None:
        raw = raw or load(path)  # refuses what cannot be opened with care
        found, _ = match_sheets(raw)
        self.names = {name: sheet.name for name, sheet in found.items()}
        self.letters = {n: dict(match_header(s, BY_NAME[n])[0]) for n, s in found.items()}
        self._last = {name: max(sheet.rows, default=1) for name, sheet in found.items()}
        self.workbook: Workbook = load_workbook(path, data_only=True)

    def page(self, sheet: str) -> Worksheet:
        """Return a sheet, made with its header where the copy has none."""
        if sheet not in self.names:
            page = self.workbook.create_sheet(sheet)
            for number, name in enumerate(BY_NAME[sheet].names, start=1):
                page.cell(1, number, name)
            self.names[sheet] = sheet
            names = BY_NAME[sheet].names
            self.letters[sheet] = {n: get_column_letter(i) for i, n in enumerate(names, 1)}
            self._last[sheet] = 1
        return self.workbook[self.names[sheet]]

    def put(self, sheet: str, row: int, column: str, text: str) -> str:
        """Write a text as a person would type it, and return the address of the cell."""
        page = self.page(sheet)
        letter = self.letters[sheet].get(column) or self._add_column(page, sheet, column)
        cell = page[f"{letter}{row}"]
        value = typed_value(BY_NAME[sheet].column(column), text)
        cell.number_format = "@" if isinstance(value, str) else "General"
        put_value(cell, value)
        return f"{letter}{row}"

    def _add_column(self, page: Worksheet, sheet: str, column: str) -> str:
        letter = get_column_letter(page.max_column + 1)
        page[f"{letter}1"] = column
        self.letters[sheet][column] = letter
        return letter

    def append(self, sheet: str, row: Mapping[str, str]) -> int:
        """Add a row behind the last that is filled, and return its number."""
        self.page(sheet)
        self._last[sheet] += 1
        for column, text in row.items():
            if text:
                self.put(sheet, self._last[sheet], column, text)
        return self._last[sheet]

    def remember(self, folder: Path) -> None:
        """Note in the copy where last year's results lie, so that they need not be named."""
        properties = self.workbook.custom_doc_props
        if REMEMBERED in properties.names:
            del properties[REMEMBERED]
        properties.append(StringProperty(name=REMEMBERED, value=folder.as_posix()))

    def save(self, path: Path, when: date) -> None:
        """Write the copy, the same bytes for the same cells."""
        write_bytes(path, workbook_bytes(self.workbook, when))


def link_to(cell: Cell, sheet: str, address: str) -> None:
    """Make a cell lead to another of the same workbook."""
    name = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{address}")
    cell.font = Font(underline="single", color="FF0B5394")


def not_there(path: Path) -> Path:
    """Return a path that is free.

    Raises
    ------
    InputError
        A file is there already: nothing of anybody is written over.
    """
    if exists(path):
        raise InputError(f"{path}: the file is there already. Choose another name.")
    return path


def write_lines(path: Path, lines: Iterable[Sequence[object]]) -> None:
    """Write lines as CSV that Excel opens, with nothing in it that would run."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [inert(value if isinstance(value, int | float) else str(value)) for value in line]
        for line in lines
    )
    write_bytes(path, text.getvalue().encode("utf-8-sig"))
