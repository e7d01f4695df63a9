"""What a spreadsheet is given: plain numbers, and text that it will not run as a formula."""

import math
from datetime import date
from numbers import Real

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

RUNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
LONGEST_TEXT = 32_767  # characters an Excel cell can hold
LINE_HEIGHT, HIGHEST_ROW = 15, 409  # points


def plain(value: object) -> str | float | None:
    """Return a value as a number or a text; missing is `None`.

    >>> plain(0.1 + 0.2), plain(("ECON", "CULT")), plain(date(2018, 12, 31)), plain(True)
    (0.3, 'ECON; CULT', '2018-12-31', 'yes')
    """
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    if value is None or pd.isna(value):
        return None
    if pd.api.types.is_bool(value):
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
