"""What an Excel file holds: sheets of raw cells, opened with care and never written to."""

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.model.issues import InputError

MAX_FILE_BYTES = 50_000_000
MAX_XML_BYTES = 150_000_000  # unpacked; ten thousand agreements take about 20 MB
MAX_ELEMENTS = 4_000_000  # opening and closing tags; half a minute of reading
MAX_AREAS = 1_000  # merged areas, whose reading time grows with their square
MAX_AREA_CELLS = 100_000  # cells under merged areas and links, each of which is created
MAX_FORMAT_LENGTH = 1_000  # characters of a number format; Excel itself allows 255
MAX_ROWS = 200_000
MAX_COLUMNS = 300
AREA = re.compile(rb"<(?:\w+:)?(mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']([A-Z0-9:$]+)[\"']")
FORMAT = re.compile(rb"\bformatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
SAVE_AS = "Open it in Excel and save it as Excel Workbook (.xlsx)."
TOO_LARGE = (
    "the workbook is far larger than the form is made for. "
    "Keep only the sheets of the form and delete rows that are not part of a table."
)


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
    _refuse_oversize(path.name, content)
    workbook = _open(path.name, content, data_only=False)
    has_formula = any(_has_formula(sheet) for sheet in workbook.worksheets)
    values = _open(path.name, content, data_only=True) if has_formula else workbook
    sheets = {
        sheet.title: _raw_sheet(path, sheet, values[sheet.title]) for sheet in workbook.worksheets
    }
    title = (workbook.properties.title or "").strip() or path.stem
    return RawWorkbook(path.name, title, hashlib.sha256(content).hexdigest(), sheets)


def _read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that looks like a workbook."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{path.name}: the file is larger than 50 MB. Split the workbook.")
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{path.name}: this is an old .xls file or has a password. "
            "In Excel, remove the password and save it as Excel Workbook (.xlsx)."
        )
    if not content:
        raise InputError(f"{path.name}: the file is empty.")
    if not content.startswith(b"PK"):
        raise InputError(f"{path.name}: this is not an Excel workbook. {SAVE_AS}")
    return content


def _refuse_oversize(file_name: str, content: bytes) -> None:
    """Refuse what would cost minutes or all memory to read, before it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            names = container.namelist()
            if "mimetype" in names or "xl/workbook.bin" in names:
                raise InputError(f"{file_name}: this is another kind of spreadsheet. {SAVE_AS}")
            parts = [i for i in container.infolist() if i.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in parts) > MAX_XML_BYTES:
                raise InputError(f"{file_name}: {TOO_LARGE}")
            _refuse_parts(file_name, map(container.read, parts))
    except InputError:
        raise
    except Exception:  # noqa: BLE001, RUF100 - a broken file may raise anything
        raise _damaged(file_name) from None


def _refuse_parts(file_name: str, parts: Iterable[bytes]) -> None:
    elements = areas = cells = 0
    for part in parts:
        if b"<!DOCTYPE" in part or any(
            len(code) > MAX_FORMAT_LENGTH for pair in FORMAT.findall(part) for code in pair
        ):
            raise _damaged(file_name)
        elements += part.count(b"<")
        found = AREA.findall(part)
        areas += sum(kind == b"mergeCell" for kind, _ in found)
        cells += sum(_size(area.decode()) for _, area in found)
        if elements > MAX_ELEMENTS:
            raise InputError(f"{file_name}: {TOO_LARGE}")
        if areas > MAX_AREAS or cells > MAX_AREA_CELLS:
            raise InputError(f"{file_name}: too many cells are merged or linked. Unmerge them.")


def _size(area: str) -> int:
    """Return how many cells an area such as A2:B4 has."""
    first_column, first_row, last_column, last_row = range_boundaries(area)
    return (last_column - first_column + 1) * (last_row - first_row + 1)


def _damaged(file_name: str) -> InputError:
    return InputError(f"{file_name}: the workbook is damaged and cannot be opened. {SAVE_AS}")


def _open(file_name: str, content: bytes, *, data_only: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on parts that are lost when saving
            return load_workbook(io.BytesIO(content), data_only=data_only)
    except Exception:  # noqa: BLE001, RUF100 - a broken file may raise anything
        raise _damaged(file_name) from None


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
        is_blank_text = formula and source.data_type == "str"  # as =IF(B2="","",B2) stores it
        if source.value is None and (is_blank_text or not formula):
            continue
        letter = get_column_letter(column)
        if row == 1:
            header[letter] = "" if source.value is None else str(source.value)
            continue
        rows.setdefault(row, {})[letter] = RawCell(
            source.value, cell.number_format, source.data_type == "e", formula
        )
    merged = tuple(sorted(area.coord for area in sheet.merged_cells.ranges))
    hidden = tuple(n for n, d in sorted(sheet.row_dimensions.items()) if d.hidden and n in rows)
    return RawSheet(sheet.title, header, rows, merged, hidden)
