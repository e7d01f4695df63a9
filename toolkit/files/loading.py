"""What an Excel file holds: sheets of raw cells, opened with care and never written to."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.model.issues import InputError

MAX_FILE_BYTES = 50_000_000
MAX_INFLATED_BYTES = 500_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 300


@dataclass(frozen=True)
class RawCell:
    """One cell as the file holds it. `formula` marks a formula, whose value may be missing."""

    value: object
    number_format: str
    is_error: bool
    formula: bool


@dataclass(frozen=True)
class RawSheet:
    """One sheet: the header texts by letter, and the cells of each later row by letter."""

    name: str
    header: Mapping[str, str]
    rows: Mapping[int, Mapping[str, RawCell]]
    merged: tuple[str, ...]
    hidden_rows: tuple[int, ...]


@dataclass(frozen=True)
class RawWorkbook:
    """A whole file: its title, its fingerprint and its sheets in order."""

    file_name: str
    title: str
    sha256: str
    sheets: Mapping[str, RawSheet]


def load(path: Path) -> RawWorkbook:
    """Return what the file holds.

    Raises
    ------
    InputError
        There is no such file, or it is not an .xlsx workbook that can be opened.
    """
    content = _read_bytes(path)
    workbook = _open(path, data_only=False)
    has_formula = any(_has_formula(sheet) for sheet in workbook.worksheets)
    values = _open(path, data_only=True) if has_formula else workbook
    sheets = {
        sheet.title: _raw_sheet(path, sheet, values[sheet.title]) for sheet in workbook.worksheets
    }
    title = (workbook.properties.title or "").strip() or path.stem
    return RawWorkbook(path.name, title, hashlib.sha256(content).hexdigest(), sheets)


def _read_bytes(path: Path) -> bytes:
    """Return the file's bytes after looking at its container."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{path.name}: the file is larger than 50 MB. Split the workbook.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror}).") from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{path.name}: this is an old .xls file or has a password. "
            "In Excel, remove the password and save it as Excel Workbook (.xlsx)."
        )
    if not zipfile.is_zipfile(path):
        raise InputError(f"{path.name}: this is not an Excel workbook (.xlsx).")
    with zipfile.ZipFile(path) as container:
        if sum(member.file_size for member in container.infolist()) > MAX_INFLATED_BYTES:
            raise InputError(f"{path.name}: unpacked, the file is larger than 500 MB.")
    return content


def _open(path: Path, *, data_only: bool) -> Workbook:
    try:
        return load_workbook(path, data_only=data_only)
    except Exception as error:  # noqa: BLE001, RUF100 - a broken file may raise anything
        raise InputError(
            f"{path.name}: the workbook is damaged and cannot be opened "
            f"({type(error).__name__}). Open it in Excel and save it again."
        ) from None


def _has_formula(sheet: Worksheet) -> bool:
    return any(cell.data_type == "f" for cell in sheet._cells.values())


def _raw_sheet(path: Path, sheet: Worksheet, values: Worksheet) -> RawSheet:
    """Return the cells that are there; none is created by looking."""
    if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
        raise InputError(
            f'{path.name}: sheet "{sheet.title}" reaches to row {sheet.max_row}, column '
            f"{sheet.max_column}. Delete the rows and columns below and beside the table."
        )
    header: dict[str, str] = {}
    rows: dict[int, dict[str, RawCell]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        formula = cell.data_type == "f"
        source = values._cells.get((row, column), cell) if formula else cell
        if source.value is None and not formula:
            continue
        letter = get_column_letter(column)
        if row == 1:
            header[letter] = str(source.value)
            continue
        rows.setdefault(row, {})[letter] = RawCell(
            source.value, cell.number_format, source.data_type == "e", formula
        )
    merged = tuple(sorted(area.coord for area in sheet.merged_cells.ranges))
    hidden = tuple(n for n, d in sorted(sheet.row_dimensions.items()) if d.hidden and n in rows)
    return RawSheet(sheet.title, header, rows, merged, hidden)
