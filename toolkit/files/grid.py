"""What the cells of one sheet hold, row by row, and which of them are hidden, merged or struck out.

A formula gives the value it was last stored with. Source: ECMA-376, part 1, section 18.3.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from xml.etree import ElementTree

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601

from toolkit.files.parts import Package, Strikes, Style, Texts, is_on, read_runs, tag_of, unescaped

ALL, SOME = "all", "some"  # of a text's letters are struck out
MAX_COLUMNS = 300  # what stands beyond is refused by the gate


class RawCell(NamedTuple):
    """One cell as the file holds it.

    Attributes
    ----------
    formula
        Whether the value is that of a formula, whose value may be missing.
    struck
        Which of its letters are struck out: blank, `all` or `some`.
    serial
        The number under a date, 0 under anything else.
    """

    value: object
    number_format: str
    is_error: bool
    formula: bool
    struck: str = ""
    serial: float = 0


@dataclass(frozen=True)
class Look:
    """What the cells of a workbook share: its texts, its formats, and how it counts days."""

    texts: Texts
    styles: Sequence[Style]
    epoch: datetime


@dataclass
class Grid:
    """One sheet: cells by row and letter, and what its layout says. Blank cells are not there.

    `totals` are the rows that a table of Excel keeps for its totals; `twice` cells given twice.
    """

    rows: dict[int, dict[str, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[str] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    totals: set[int] = field(default_factory=set)
    twice: list[str] = field(default_factory=list)


def read_grid(package: Package, part: str, look: Look) -> Grid:
    """Return the cells of one sheet."""
    grid, number = Grid(), 0
    for element in package.elements(part):
        tag = tag_of(element)
        if tag == "row":
            number = row_number(element.get("r"), number)
            _read_row(grid, number, element, look)
            element.clear()
        elif tag == "col" and _is_hidden(element, "width"):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            grid.hidden_columns |= set(
                map(get_column_letter, range(first, min(last, MAX_COLUMNS) + 1))
            )
        elif tag == "mergeCell":
            grid.merged.append(element.get("ref", ""))
    grid.totals = set(_totals(package, part))
    return grid


def row_number(written: str | None, before: int) -> int:
    """Return the number of a row; one without a number follows the row before it."""
    return before + 1 if written is None else int(float(written))


def _is_hidden(element: ElementTree.Element, size: str) -> bool:
    """Whether a row or a column is hidden, or has no height or width."""
    return is_on(element.get("hidden")) or float(element.get(size, 1)) == 0


def _read_row(grid: Grid, number: int, element: ElementTree.Element, look: Look) -> None:
    row, column = grid.rows.get(number, {}), 0
    for found in element:
        column += 1
        address = found.get("r")
        if address is not None:
            letter = address.rstrip("0123456789")
            column = column_index_from_string(letter)
            if address[len(letter) :] != str(number):
                raise ValueError(address)
        cell = _read_cell(found, look) if len(found) else None
        if cell is None:
            continue
        letter = get_column_letter(column)
        if letter in row:
            grid.twice.append(f"{letter}{number}")
        row[letter] = cell
    if row:
        grid.rows[number] = row
        if _is_hidden(element, "ht"):
            grid.hidden_rows.add(number)


def _read_cell(element: ElementTree.Element, look: Look) -> RawCell | None:
    """Return a cell; nothing where it is blank, also as a formula that shows nothing."""
    kind, text, formula, inline = element.get("t", "n"), None, False, None
    for child in element:
        tag = tag_of(child)
        if tag == "v":
            text = child.text
        elif tag == "f":
            formula = True
        elif tag == "is":
            inline = child
    style = look.styles[int(element.get("s", 0))]
    if inline is not None and kind == "inlineStr":
        value, runs = read_runs(inline)
        return _text(value, runs, style, formula=formula)
    if not text:
        is_waiting = formula and kind != "str"
        return (
            RawCell(None, style.number_format, is_error=False, formula=True) if is_waiting else None
        )
    if kind == "s":
        at = int(text)
        return _text(look.texts.values[at], look.texts.strikes.get(at, ()), style, formula=formula)
    if kind not in ("n", "b", "d", "e"):  # "str", or a word that no writer should use
        return _text(unescaped(text), (), style, formula=formula)
    return _value(kind, text, style, look.epoch, formula=formula)


def _text(text: str, runs: Strikes, style: Style, *, formula: bool) -> RawCell | None:
    """Return a cell with text, and which of its letters are struck out."""
    if not text:
        return None
    with_letters = [style.is_struck if own is None else own for has, own in runs if has]
    marks = with_letters or [style.is_struck]
    struck = ALL if all(marks) else SOME if any(marks) else ""
    return RawCell(text, style.number_format, is_error=False, formula=formula, struck=struck)


def _value(kind: str, text: str, style: Style, epoch: datetime, *, formula: bool) -> RawCell:
    """Return a cell with a number, a date, an answer or an error."""
    struck, code = ALL if style.is_struck else "", style.number_format
    if kind == "b":
        return RawCell(bool(int(text)), code, is_error=False, formula=formula, struck=struck)
    if kind == "d":
        return RawCell(from_ISO8601(text), code, is_error=False, formula=formula, struck=struck)
    if kind == "e":
        return RawCell(text, code, is_error=True, formula=formula, struck=struck)
    number = float(text) if any(mark in text for mark in ".eE") else int(text)
    if not style.is_date:
        return RawCell(number, code, is_error=False, formula=formula, struck=struck)
    try:
        day = from_excel(number, epoch, timedelta=style.is_duration)
    except (OverflowError, ValueError):  # no day of the calendar: it is read as the number it is
        return RawCell(number, code, is_error=False, formula=formula, struck=struck)
    return RawCell(day, code, is_error=False, formula=formula, struck=struck, serial=number)


def _totals(package: Package, part: str) -> Iterator[int]:
    """Yield the rows in which the tables of a sheet keep their totals."""
    for kind, target in set(package.targets(part).values()):
        if kind != "table" or not package.has(target):
            continue
        for element in package.elements(target):
            if tag_of(element) == "table" and element.get("totalsRowCount", "0") != "0":
                yield range_boundaries(element.get("ref", ""))[3]
