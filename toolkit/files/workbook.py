"""How a workbook becomes a portfolio, and every problem found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from openpyxl.utils import get_column_letter, range_boundaries

from toolkit.files.cells import read_cell
from toolkit.files.checks import ReadSheet, check_rows
from toolkit.files.decisions import check_decisions
from toolkit.files.loading import RawCell, RawSheet, RawWorkbook, load
from toolkit.files.lookalikes import find_lookalikes
from toolkit.files.measures import check_measures
from toolkit.files.readings import Reader, RefusedError
from toolkit.files.words import INVISIBLE, likely_ids
from toolkit.model.issues import Issue, WorkbookError, errors, quoted
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, fill_defaults
from toolkit.model.rows import Place, Row
from toolkit.model.schema import Column, Sheet
from toolkit.model.sheets import BY_NAME, KINDS, SHEETS, Agreement
from toolkit.model.text import listed
from toolkit.model.vocabulary import Severity

NOT_DATA = {"read me", "problems", "lists"}


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
    issues = _sheet_names(raw)
    sheets: dict[str, ReadSheet] = {}
    for sheet in SHEETS:
        if sheet.name in raw.sheets:
            sheets[sheet.name] = _read_sheet(raw.sheets[sheet.name], sheet, policy)
            issues += sheets[sheet.name].issues
    issues += check_rows(sheets)
    issues += check_measures(sheets)
    issues += check_decisions(sheets, policy)
    issues += find_lookalikes(sheets, policy)
    issues += _not_supplied(sheets)
    notices = tuple(i for i in issues if i.touches and i.severity is Severity.NOTICE)
    return Reading(replace(_portfolio(raw, sheets, policy), notices=notices), issues)


def _portfolio(raw: RawWorkbook, sheets: Mapping[str, ReadSheet], policy: Policy) -> Portfolio:
    rows = {kind: _rows(kind, sheets.get(kind.sheet.name)) for kind in KINDS}
    rows[Agreement] = tuple(fill_defaults(row, policy) for row in rows[Agreement])
    return Portfolio(
        file_name=raw.file_name,
        title=raw.title,
        sha256=raw.sha256,
        sheets=rows,
        supplied=frozenset(name for name, sheet in sheets.items() if sheet.rows),
    )


def _rows(kind: type[Row], read: ReadSheet | None) -> tuple[Row, ...]:
    if read is None:
        return ()
    name, letters = kind.sheet.name, read.letters
    return tuple(kind.made(row, Place(name, n, letters)) for n, row in read.rows.items())


def _sheet_names(raw: RawWorkbook) -> list[Issue]:
    """Name sheets that are missing, misspelt or not ours."""
    issues = []
    missing = [name for name in BY_NAME if name not in raw.sheets]
    for name in raw.sheets:
        if name in BY_NAME or name.casefold() in NOT_DATA:
            continue
        near = get_close_matches(name.casefold(), [m.casefold() for m in missing], 1, 0.8)
        if near:
            meant = next(m for m in missing if m.casefold() == near[0])
            message = f'This sheet is not read. Did you mean "{meant}"? Rename it.'
            issues.append(Issue(Severity.ERROR, name, "", "", message))
            missing.remove(meant)
        else:
            message = "This sheet is not part of the workbook's form and was not read."
            issues.append(Issue(Severity.NOTICE, name, "", "", message))
    if "Agreements" in missing:
        message = "The sheet is missing. It is the one sheet every workbook needs."
        issues.append(Issue(Severity.ERROR, "Agreements", "", "", message))
    return issues


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
    letters, issues = _read_header(raw, sheet)
    read = ReadSheet(sheet, letters, {}, set(), {}, issues)
    issues += _layout(raw, read)
    readers = {letter: Reader(sheet.column(name), policy) for name, letter in letters.items()}
    for row, cells in raw.rows.items():
        if not any(letter in readers and _is_filled(cell) for letter, cell in cells.items()):
            continue
        read.rows[row] = {}
        for letter, reader in readers.items():
            if letter in cells:
                _add_cell(read, reader, row, letter, cells[letter])
    return read


def _is_filled(cell: RawCell) -> bool:
    is_blank_text = isinstance(cell.value, str) and not cell.value.translate(INVISIBLE).strip()
    return not is_blank_text and (cell.formula or cell.value is not None)


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
        read.issues.append(Issue(Severity.ERROR, *place, str(refusal)))
    for notice in reader.notices:
        touches = notice in reader.touching
        read.issues.append(Issue(Severity.NOTICE, *place, notice, touches))


def _read_header(raw: RawSheet, sheet: Sheet) -> tuple[dict[str, str], list[Issue]]:
    """Return column name -> letter, and what is wrong with the header row."""
    letters: dict[str, str] = {}
    issues: list[Issue] = []
    unknown: dict[str, str] = {}
    for letter, text in raw.header.items():
        name = _plain_name(text)
        if name in letters:
            first = f"{letters[name]}1"
            message = f"The column {quoted(text)} is there twice, first in {first}. Keep one."
            issues.append(Issue(Severity.ERROR, sheet.name, f"{letter}1", text, message))
        elif name in sheet.names:
            letters[name] = letter
        elif name:
            unknown[letter] = text
    missing = [c for c in sheet.columns if c.name not in letters]
    issues += _unknown_columns(sheet, unknown, missing)
    guessed = " ".join(issue.message for issue in issues)
    needed = [c.name for c in missing if c.required and f'"{c.name}"' not in guessed]
    return letters, _missing_columns(raw, sheet, needed) + issues


def _plain_name(header: str) -> str:
    """Return a header as the form spells it: `Agreement ID` is agreement_id."""
    words = header.translate(INVISIBLE).casefold().replace("-", " ").split()
    return "_".join(words)


def _unknown_columns(
    sheet: Sheet, unknown: Mapping[str, str], missing: list[Column]
) -> list[Issue]:
    issues = []
    for letter, text in unknown.items():
        near = get_close_matches(_plain_name(text), [column.name for column in missing], 1, 0.8)
        if near:
            severity = Severity.ERROR
            message = f'There is no column {quoted(text)}. Did you mean "{near[0]}"? Rename it.'
        else:
            severity = Severity.NOTICE
            message = f"The column {quoted(text)} is not part of the form and was not read."
        issues.append(Issue(severity, sheet.name, f"{letter}1", text, message))
    return issues


def _missing_columns(raw: RawSheet, sheet: Sheet, names: list[str]) -> list[Issue]:
    """Return one problem for each missing column, or one for a header row further down."""
    for row in range(2, 12):
        found = {_plain_name(str(cell.value)) for cell in raw.rows.get(row, {}).values()}
        if names and found.issuperset(names):
            message = f"The column names are in row {row}. Move them to row 1."
            return [Issue(Severity.ERROR, sheet.name, f"{row}:{row}", "", message)]
    message = 'The column "{}" is missing. Add it to row 1.'
    return [Issue(Severity.ERROR, sheet.name, "", name, message.format(name)) for name in names]


def _inside(area: str, names: Mapping[str, str]) -> set[tuple[int, str]]:
    """Return the cells of a merged area, which no later check reports again."""
    first_column, first_row, last_column, last_row = range_boundaries(area)
    letters = map(get_column_letter, range(first_column, last_column + 1))
    columns = [names[letter] for letter in letters if letter in names]
    return {(row, name) for row in range(first_row, last_row + 1) for name in columns}


def _layout(raw: RawSheet, read: ReadSheet) -> list[Issue]:
    """Name merged cells (their other cells would be lost) and hidden rows (which were read)."""
    sheet = read.sheet
    names = {letter: name for name, letter in read.letters.items()}
    issues = []
    for area in raw.merged:
        _, first_row, _, last_row = range_boundaries(area)
        if first_row == 1 or not raw.rows.keys().isdisjoint(range(first_row, last_row + 1)):
            read.refused |= _inside(area, names)
            letter = area.split(":")[0].rstrip("0123456789")
            message = "These cells are merged. Unmerge them and fill each cell."
            issues.append(Issue(Severity.ERROR, sheet.name, area, names.get(letter, ""), message))
    for row in raw.hidden_rows:
        message = "The row is hidden and was read all the same."
        issues.append(Issue(Severity.NOTICE, sheet.name, f"A{row}", "", message, touches=True))
    return issues
