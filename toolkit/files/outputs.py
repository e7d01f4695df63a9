"""How results are written: whole or not at all, the same bytes each time, never as a formula."""

import csv
import io
import math
import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from copy import copy
from datetime import date, datetime, time
from numbers import Real
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from toolkit.model.issues import InputError
from toolkit.model.results import Result, Table

Lines = Sequence[Sequence[str | float | None]]  # the header, then the rows
MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
WIDTHS = (10, 60)
WRAPPED = Alignment(wrap_text=True, vertical="top")
PLAIN = NamedStyle("Result", alignment=WRAPPED)
HEADING = NamedStyle("Heading of a result", font=Font(bold=True), alignment=WRAPPED)
RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
RUNS += ("\uff1d", "\uff0b", "\uff0d", "\uff20")  # full-width, as some input methods type them
INTERNAL = ("internal", "draft advice")  # what an internal file says of itself
LONGEST_TEXT = 32_767  # characters an Excel cell can hold
LINE_HEIGHT, HIGHEST_ROW = 15, 409  # points


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; what stood there before stays until the end.

    Raises
    ------
    InputError
        The disk is full, the folder may not be written to, or another program holds the file.
    """
    stage = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with stage.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        stage.replace(path)
        _sync_folder(path.parent)
    except PermissionError:
        raise InputError(
            f"{path}: the file cannot be replaced. Close it in Excel, or choose another folder."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be written ({error.strerror}).") from None
    finally:
        with suppress(OSError):
            stage.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Let the system write a folder's names to the disk, where it can be asked to."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def workbook_bytes(workbook: Workbook, when: date) -> bytes:
    """Return a workbook as a file that names no author and is dated `when`, not today.

    The workbook's own properties are set to that date.
    """
    properties = workbook.properties
    properties.creator = ""
    properties.created = properties.modified = datetime.combine(when, time())
    packed = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(packed, "w")).save()
    return same_zip(packed)


def same_zip(packed: io.BytesIO) -> bytes:
    """Return the archive with its members in order of name and without times or system."""
    normal = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(normal, "w") as target:
        for name in sorted(source.namelist()):
            member = zipfile.ZipInfo(name, MEMBER_TIME)
            member.create_system = 3
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return normal.getvalue()


def lines_of(table: Table[Result]) -> Lines:
    """Return the header and every row of a result, as plain numbers and text."""
    names = table.kind.columns()
    return [names, *([plain(getattr(row, name)) for name in names] for row in table)]


def marked_internal(lines: Lines) -> Lines:
    """Return lines with a last column that says of each, and of none, that it is internal."""
    name, said = INTERNAL
    return [[*lines[0], name], *([*line, said] for line in lines[1:])]


def table_csv(table: Table[Result]) -> bytes:
    """Return a result as CSV."""
    return lines_csv(lines_of(table))


def lines_csv(lines: Lines) -> bytes:
    """Return lines as CSV with the mark by which Excel on Windows reads accents."""
    return csv_text(lines).encode("utf-8-sig")


def csv_text(lines: Lines) -> str:
    """Return lines as CSV: missing is blank, text that would run is made inert."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([inert(value) for value in line] for line in lines)
    return text.getvalue()


def results_workbook(sheets: Mapping[str, Lines]) -> Workbook:
    """Return a workbook with these sheets, in the order given; it is written row by row."""
    workbook = Workbook(write_only=True)
    for style in (PLAIN, HEADING):
        workbook.add_named_style(copy(style))
    for name, lines in sheets.items():
        _fill(workbook.create_sheet(_sheet_name(name, workbook.sheetnames)), lines)
    return workbook


def _fill(sheet: Worksheet, lines: Lines) -> None:
    """Write a sheet in one pass, after one that finds how wide its columns are."""
    widths = []
    for column, values in enumerate(zip(*lines, strict=True), start=1):
        longest = max(len(str(value)) for value in values)
        widths.append(min(max(longest + 2, WIDTHS[0]), WIDTHS[1]))
        sheet.column_dimensions[get_column_letter(column)].width = widths[-1]
    sheet.freeze_panes = "B2"
    heading, plain_cells = _styled(sheet, HEADING), _styled(sheet, PLAIN)
    for row, values in enumerate(lines, start=1):
        height = max(map(_lines, values, widths))
        if height > 1:
            sheet.row_dimensions[row].height = min(height * LINE_HEIGHT, HIGHEST_ROW)
        cells = heading if row == 1 else plain_cells
        sheet.append(_put(value, *cells) for value in values)


def _styled(sheet: Worksheet, style: NamedStyle) -> list[Cell]:
    """Return one cell for every number, one for every text, one for every text that would run.

    Each is written before the next; the style of a cell that was written must not change.
    """
    cells = [WriteOnlyCell(sheet) for _ in range(3)]
    for cell in cells:
        cell.style = style.name
    return cells


def _put(value: str | float | None, number: Cell, text: Cell, quoted: Cell) -> Cell | None:
    if value is None:
        return None
    cell = number
    if isinstance(value, str):
        cell = quoted if value.startswith(RUNS) else text
    put_value(cell, value)
    return cell


def _sheet_name(name: str, taken: list[str]) -> str:
    """Return a name that Excel accepts and that no other sheet has, case apart."""
    legal = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31] or "Table"
    used = {other.casefold() for other in taken}
    choices = [legal, *(f"{legal[:28]} {n}" for n in range(2, 100))]
    return next(choice for choice in choices if choice.casefold() not in used)


def plain(value: object) -> str | float | None:
    """Return a value as a number or a text; missing is `None`.

    >>> plain(0.1 + 0.2), plain(("ECON", "CULT")), plain(date(2018, 12, 31)), plain(True)
    (0.3, 'ECON; CULT', '2018-12-31', 'yes')
    """
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, Real) and math.isfinite(value):
        return _number(float(value))
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def inert(value: str | float | None) -> str | float | None:
    """Return a value for CSV; an apostrophe keeps text from being run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RUNS) else value


def put_value(cell: Cell, value: str | float | None) -> None:
    """Put a number or a text into a cell; the text is never taken for a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(RUNS)


def fit_rows(sheet: Worksheet) -> None:
    """Make each row as high as its wrapped text; not every program does so on opening."""
    for row in sheet.iter_rows():
        lines = max(
            _lines(cell.value, sheet.column_dimensions[cell.column_letter].width) for cell in row
        )
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = min(lines * LINE_HEIGHT, HIGHEST_ROW)


def _lines(value: object, width: float) -> int:
    if not isinstance(value, str):
        return 1
    return sum(1 + int(len(line) / width) for line in value.splitlines())


def _number(value: float) -> float:
    """Return a number without the noise of binary fractions, whole where it is whole."""
    rounded = round(value, 9)
    return int(rounded) if rounded.is_integer() else rounded
