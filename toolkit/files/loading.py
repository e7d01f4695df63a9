"""What an Excel file holds: sheets of raw cells, opened with care and never written to."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from toolkit.files.grid import Grid, Look, RawCell, read_grid
from toolkit.files.kinds import SAVE_AS, refuse_other_kinds
from toolkit.files.parts import (
    Package,
    TooManyStylesError,
    is_on,
    read_styles,
    read_texts,
    tag_of,
    title_of,
)
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
TOO_LARGE = (
    "the workbook is far larger than the form is made for. "
    "Keep only the sheets of the form and delete rows that are not part of a table."
)


TOO_MANY_STYLES = (
    "the workbook has more cell styles than Excel allows. "
    "Copy its tables as values into a new workbook, such as one of `partnerships new`."
)


@dataclass(frozen=True)
class RawSheet:
    """One sheet: the header texts by letter, and the cells of each later row by letter.

    `totals` are the rows that a table of Excel keeps for its totals; `twice` cells given twice.
    """

    name: str
    header: Mapping[str, str]
    rows: Mapping[int, Mapping[str, RawCell]]
    merged: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: frozenset[str] = frozenset()
    is_hidden: bool = False
    totals: frozenset[int] = frozenset()
    twice: tuple[str, ...] = ()


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
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            package = Package(container)
            title = title_of(package) or path.stem
            sheets = _read_sheets(path.name, package)
    except InputError:
        raise
    except TooManyStylesError:
        raise InputError(f"{path.name}: {TOO_MANY_STYLES}") from None
    except Exception:  # noqa: BLE001, RUF100 - a broken file may raise anything
        raise _damaged(path.name) from None
    return RawWorkbook(path.name, title, hashlib.sha256(content).hexdigest(), sheets)


def _read_sheets(file_name: str, package: Package) -> dict[str, RawSheet]:
    """Return the sheets in their order."""
    targets, listed, epoch = package.targets(package.main), [], WINDOWS_EPOCH
    for element in package.elements(package.main):
        if tag_of(element) == "workbookPr" and is_on(element.get("date1904")):
            epoch = MAC_EPOCH
        elif tag_of(element) == "sheet":
            listed.append(element)
    look = Look(read_texts(package), read_styles(package), epoch)
    sheets: dict[str, RawSheet] = {}
    parts = set()
    for element in listed:
        names = [value for key, value in element.attrib.items() if key.endswith("}id")]
        kind, part = targets[names[0]]
        if kind != "worksheet":
            continue
        name = element.get("name", "")
        if name in sheets or part in parts:
            raise InputError(f'{file_name}: the sheet "{name}" is given twice. {SAVE_AS}')
        parts.add(part)
        is_hidden = element.get("state", "visible") != "visible"
        sheets[name] = _raw_sheet(file_name, name, read_grid(package, part, look), is_hidden)
    return sheets


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
    refuse_other_kinds(path.name, content)
    return content


def _refuse_oversize(file_name: str, content: bytes) -> None:
    """Refuse what would cost minutes or all memory to read, before it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
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


def _raw_sheet(file_name: str, name: str, grid: Grid, is_hidden: bool) -> RawSheet:
    """Return a sheet with its header apart."""
    if grid.longest > MAX_ROWS or grid.widest > MAX_COLUMNS:
        raise InputError(
            f'{file_name}: sheet "{name}" reaches to row {grid.longest}, column {grid.widest}. '
            "Delete the rows and columns below and beside the table."
        )
    rows = dict(sorted(grid.rows.items()))
    header = {
        letter: "" if cell.value is None else str(cell.value)
        for letter, cell in rows.pop(1, {}).items()
    }
    return RawSheet(
        name,
        header,
        rows,
        merged=tuple(sorted(grid.merged)),
        hidden_rows=tuple(sorted(grid.hidden_rows - {1})),
        hidden_columns=frozenset(grid.hidden_columns),
        is_hidden=is_hidden,
        totals=frozenset(grid.totals),
        twice=tuple(grid.twice),
    )
