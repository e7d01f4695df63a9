"""How results are written: whole or not at all, the same bytes each time."""

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from toolkit.files.values import fit_rows, inert, plain, put_value
from toolkit.model.issues import InputError

MEMBER_TIME = (1980, 1, 1, 0, 0, 0)
WIDTHS = (10, 60)
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


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
    except PermissionError:
        raise InputError(
            f"{path}: the file cannot be replaced. Close it in Excel, or choose another folder."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be written ({error.strerror}).") from None
    finally:
        with suppress(OSError):
            stage.unlink(missing_ok=True)


def workbook_bytes(workbook: Workbook, when: date) -> bytes:
    """Return a workbook as a file that names no author and is dated `when`, not today.

    The workbook's own properties are set to that date.
    """
    properties = workbook.properties
    properties.creator = ""
    properties.created = properties.modified = datetime.combine(when, time())
    packed = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(packed, "w")).save()
    return _same_zip(packed)


def _same_zip(packed: io.BytesIO) -> bytes:
    """Return the archive with its members in order of name and without times or system."""
    normal = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(normal, "w") as target:
        for name in sorted(source.namelist()):
            member = zipfile.ZipInfo(name, MEMBER_TIME)
            member.create_system = 3
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return normal.getvalue()


def table_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV: index first, missing blank, text that would run made inert.

    The byte order mark lets Excel on Windows read the accents of city names.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in _rows(table):
        writer.writerow([inert(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def results_workbook(tables: Mapping[str, pd.DataFrame]) -> Workbook:
    """Return a workbook with one sheet a table, in the order given."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, table in tables.items():
        _fill(workbook.create_sheet(_sheet_name(name, workbook.sheetnames)), table)
    return workbook


def _fill(sheet: Worksheet, table: pd.DataFrame) -> None:
    longest: dict[int, int] = {}
    for row, values in enumerate(_rows(table), start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            put_value(cell, value)
            cell.alignment = WRAPPED
            longest[column] = max(longest.get(column, 0), len(str(value)))
    for cell in sheet[1]:
        cell.font = BOLD
    for column, length in longest.items():
        width = min(max(length + 2, WIDTHS[0]), WIDTHS[1])
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_rows(sheet)
    sheet.freeze_panes = sheet.cell(2, table.index.nlevels + 1)


def _sheet_name(name: str, taken: list[str]) -> str:
    """Return a name that Excel accepts and that no other sheet has, case apart."""
    legal = re.sub(r"[\[\]:*?/\\]", " ", name).strip(" '")[:31] or "Table"
    used = {other.casefold() for other in taken}
    choices = [legal, *(f"{legal[:28]} {n}" for n in range(2, 100))]
    return next(choice for choice in choices if choice.casefold() not in used)


def _rows(table: pd.DataFrame) -> Iterator[list[str | float | None]]:
    """Return the header and every row, the index first, as plain numbers and text."""
    yield [str(name or "") for name in (*table.index.names, *table.columns)]
    for key, values in zip(table.index, table.to_numpy(dtype=object), strict=True):
        keys = key if isinstance(key, tuple) else (key,)
        yield [plain(value) for value in (*keys, *values)]
