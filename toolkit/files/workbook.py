"""How a workbook becomes a portfolio, and every problem found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.files.cells import read_cell
from toolkit.files.checks import ReadSheet, check_rows
from toolkit.files.days import is_old_date
from toolkit.files.decisions import check_decisions
from toolkit.files.grid import RawCell
from toolkit.files.layout import Cells, check_layout, rows_of_table
from toolkit.files.loading import RawSheet, RawWorkbook, load
from toolkit.files.lookalikes import find_lookalikes
from toolkit.files.measures import check_measures
from toolkit.files.naming import ANSWERS, match_header, match_sheets
from toolkit.files.readings import Reader, RefusedError
from toolkit.files.words import likely_ids
from toolkit.model.issues import Issue, WorkbookError, errors
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, fill_defaults
from toolkit.model.rows import Place, Row
from toolkit.model.schema import Column, Kind, Sheet
from toolkit.model.sheets import KINDS, SHEETS, Agreement
from toolkit.model.text import listed
from toolkit.model.vocabulary import Severity

PLAIN = {"General", "@", "0"}  # number formats that say nothing of a number


@dataclass
class Reading:
    """A portfolio with every problem of the workbook it came from."""

    portfolio: Portfolio
    issues: list[Issue] = field(default_factory=list)


def open_workbook(path: Path, policy: Policy) -> Portfolio:
    """Return the portfolio of a workbook without errors.

    Raises
    ------
    WorkbookError
        The workbook has problems to fix; the message lists them all.
    InputError
        The file cannot be opened.
    """
    reading = read_workbook(path, policy)
    if errors(reading.issues):
        raise WorkbookError(path.name, reading.issues)
    return reading.portfolio


def read_workbook(path: Path, policy: Policy) -> Reading:
    """Return the portfolio of a workbook and all its problems, errors and notices.

    Raises
    ------
    InputError
        The file cannot be opened.
    """
    raw = load(path)
    sheets, issues = read_all_sheets(raw, policy)
    issues += _not_supplied(sheets)
    notices = tuple(i for i in issues if i.touches and i.severity is Severity.NOTICE)
    return Reading(replace(_portfolio(raw, sheets, policy), notices=notices), issues)


def read_all_sheets(raw: RawWorkbook, policy: Policy) -> tuple[dict[str, ReadSheet], list[Issue]]:
    """Return the sheets of a workbook with their cells read, and what is wrong in them."""
    found, issues = match_sheets(raw)
    sheets: dict[str, ReadSheet] = {}
    for sheet in SHEETS:
        if sheet.name in found:
            sheets[sheet.name] = _read_sheet(found[sheet.name], sheet, policy)
            issues += sheets[sheet.name].issues
    issues += check_rows(sheets)
    issues += check_measures(sheets)
    issues += check_decisions(sheets, policy)
    issues += find_lookalikes(sheets, policy)
    return sheets, issues


def _portfolio(raw: RawWorkbook, sheets: Mapping[str, ReadSheet], policy: Policy) -> Portfolio:
    rows = {kind: _rows(kind, sheets.get(kind.sheet.name)) for kind in KINDS}
    rows[Agreement] = tuple(fill_defaults(row, policy) for row in rows[Agreement])
    return Portfolio(
        file_name=raw.file_name,
        title=raw.title,
        sha256=raw.sha256,
        sheets=rows,
        supplied=frozenset(name for name, sheet in sheets.items() if sheet.rows),
        answers=_answers(raw.sheets.get(ANSWERS)),
    )


def _answers(log: RawSheet | None) -> tuple[Mapping[str, str], ...]:
    """Return who answered the data call, as `merge` wrote it down."""
    lines = log.rows.values() if log else ()
    told = (
        {log.header.get(at, at): str(cell.value) for at, cell in line.items()} for line in lines
    )
    return tuple(told)


def _rows(kind: type[Row], read: ReadSheet | None) -> tuple[Row, ...]:
    if read is None:
        return ()
    name, letters = kind.sheet.name, read.letters
    return tuple(kind.made(row, Place(name, n, letters)) for n, row in read.rows.items())


def _not_supplied(sheets: Mapping[str, ReadSheet]) -> list[Issue]:
    absent = [s for s in SHEETS if s.name not in sheets or not sheets[s.name].rows]
    issues = []
    agreements = sheets.get("Agreements")
    if agreements and not agreements.rows and not errors(agreements.issues):
        issues.append(_type_first(agreements))
    names = ", ".join(sheet.name for sheet in absent if sheet.name != "Agreements")
    if names and agreements:
        message = f"Not supplied: {names}. The review works without them and says what is missing."
        issues.append(Issue(Severity.NOTICE, "(sheets)", "", "", message))
    return issues


def _type_first(agreements: ReadSheet) -> Issue:
    """Return what to type into a sheet without rows: the columns that every row must fill."""
    first = [column.name for column in agreements.sheet.columns if column.required]
    message = f"The sheet has no rows. Type one for each agreement: {listed(first)} first."
    cell = f"{agreements.letters[first[0]]}2"
    return Issue(Severity.ERROR, agreements.sheet.name, cell, first[0], message)


def _read_sheet(raw: RawSheet, sheet: Sheet, policy: Policy) -> ReadSheet:
    letters, issues = match_header(raw, sheet)
    read = ReadSheet(sheet, letters, {}, set(), {}, issues)
    rows = rows_of_table(raw, read)
    issues += check_layout(raw, read, rows)
    readers = {
        letter: _reader(sheet.column(name), letter, read, rows, policy)
        for name, letter in letters.items()
    }
    for row, cells in rows.items():
        read.rows[row] = {}
        for letter, reader in readers.items():
            if letter in cells:
                _add_cell(read, reader, row, letter, cells[letter])
    return read


def _reader(
    column: Column, letter: str, read: ReadSheet, rows: Mapping[int, Cells], policy: Policy
) -> Reader:
    """Return with what a column is read, which other cells of it may tell."""
    cells = [cells[letter] for cells in rows.values() if letter in cells]
    has_old_dates = column.kind is Kind.DATE and any(is_old_date(c.value, c) for c in cells)
    has_currency = "currency" in read.letters
    return Reader(column, policy, has_currency=has_currency, has_old_dates=has_old_dates)


def _add_cell(read: ReadSheet, reader: Reader, row: int, letter: str, cell: RawCell) -> None:
    name = reader.column.name
    reader.notices.clear()
    reader.touching.clear()
    place = (read.sheet.name, f"{letter}{row}", name)
    try:
        read.rows[row][name] = read_cell(reader, cell)
    except RefusedError as refusal:
        read.refused.add((row, name))
        read.raw_ids.setdefault(name, set()).update(likely_ids(cell))
        read.issues.append(Issue(Severity.ERROR, *place, str(refusal), pattern=refusal.pattern))
    if cell.number_format not in PLAIN:
        read.formats[row, name] = cell.number_format
    for notice in reader.notices:
        touches, pattern = notice in reader.touching, reader.patterns[notice]
        read.issues.append(Issue(Severity.NOTICE, *place, notice, touches, pattern))
