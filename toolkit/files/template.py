"""How a workbook is laid out for people to fill: read-me, sheets by level, drop-downs, hints."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.files.form_words import (
    EXAMPLE,
    EXAMPLE_ROW,
    LIBRARY,
    LIBRARY_HEADINGS,
    MEASURES,
    holder_of_column,
)
from toolkit.files.outputs import fit_rows, put_value, workbook_bytes, write_bytes
from toolkit.model.countries import english_names
from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind, Sheet, words_of
from toolkit.model.sheets import BY_NAME, SHEETS

Rows = Mapping[str, Sequence[Mapping[str, str]]]

NUMBERS = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.COUNT, Kind.YEAR}
LAST_ROW = 2000  # how far down drop-downs and hints reach
LONGEST_HINT = 255  # characters Excel shows
TAKES = {
    Kind.DATE: "Type 2018-04-02, 2018-04 or 2018.",
    Kind.PERIOD: "Type 2018, 2018-Q1, 2018-04 or 2018-04-01/2019-03-31.",
    Kind.CURRENCY: "Type three letters, such as CAD or EUR.",
    Kind.COUNTRY: "Any usual name, such as Germany; its code too.",
    Kind.LINK: "Starts with https://, http:// or mailto:.",
    Kind.WIKIDATA: "Type Q and digits, such as Q172.",
}
BOLD, PLAIN, GREY = Font(bold=True), Font(), Font(italic=True, color="FF6B6B6B")
MUST_FILL = PatternFill("solid", start_color="FFD9E6F5")
FIRST = PatternFill("solid", start_color="FFF3E9CE")  # the columns of the first afternoon
LEVELS = {
    1: "What is held: ages, ends, seats, a first class for each instrument, public register.",
    2: "How active each agreement is and how well it fits: scores, and how firm they are.",
    3: "What was agreed and achieved: SMART objectives, results against targets, renewal.",
    4: "What it costs and who could lead: budget scenarios, screening of proposals, follow-up.",
}
HOW_TO = (
    ("What this is", "One city's international agreements: a sheet a table, a row a record."),
    ("Where to start", "Only Agreements is needed. Fill in more sheets to learn more."),
    (
        "Headings",
        "Leave row 1 as it is. A blue heading in bold: every row must fill it. A heading in "
        "italics is internal and never published; its comment says who usually has the fact.",
    ),
    ("Dates", "Type 2018-04-02, or 2018-04 or 2018 if that is all that is known."),
    ("Not known", "Leave the cell blank. In dates, numbers and lists, n/a, TBD or - are refused."),
    ("Several values", "Separate them by a semicolon: ECON; CULT."),
    ("Lists", "Cells with an arrow take a word of their list. Select a cell to see what it takes."),
    ("Ids", "A-Z, 0-9 and -, such as A-014. Other sheets refer to a row by its id."),
    ("Check it", 'In a terminal, in this folder: partnerships check "name of this file.xlsx"'),
)
TOP = Alignment(wrap_text=True, vertical="top")


def write_workbook(
    path: Path,
    policy: Policy,
    *,
    title: str,
    rows: Rows = MappingProxyType({}),
    note: str = "",
) -> None:
    """Write a workbook with every sheet of the form, blank or with the rows given.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    workbook = make_workbook(policy, title=title, rows=rows, note=note)
    write_bytes(path, workbook_bytes(workbook, policy.dated))


def make_workbook(
    policy: Policy,
    *,
    title: str,
    rows: Rows = MappingProxyType({}),
    note: str = "",
    sheets: Sequence[Sheet] = SHEETS,
) -> Workbook:
    """Return a workbook with sheets of the form, blank or with the rows given.

    Parameters
    ----------
    rows
        Sheet name -> rows of text by column name, typed as a person would type them.
    note
        A sentence for the top of the read-me, such as what is asked and by when.
    """
    workbook = Workbook()
    workbook.properties.title = title
    _fill_read_me(workbook.active, policy, title, note, sheets)
    lists = _Lists(workbook.create_sheet("Lists"))
    for sheet in sheets:
        page = workbook.create_sheet(sheet.name, len(workbook.sheetnames) - 1)
        _lay_out(page, sheet, policy, lists)
        _fill_rows(page, sheet, rows.get(sheet.name, ()))
    return workbook


def write_blank(path: Path, policy: Policy, *, year: int | None = None) -> None:
    """Write a workbook to fill, entitled by the year it is for."""
    title = f"International agreements {year or ''}".strip()
    workbook = make_workbook(policy, title=title)
    page, classified = workbook["Agreements"], {"classification": policy.classes[0].name}
    _fill_rows(page, BY_NAME["Agreements"], [EXAMPLE_ROW | classified])
    for cell in page[2]:
        cell.font = GREY
    _add_library(workbook)
    write_bytes(path, workbook_bytes(workbook, policy.dated))


def _add_library(workbook: Workbook) -> None:
    """Add the measures to choose from, in the columns of the sheet Indicators."""
    page = workbook.create_sheet(LIBRARY, len(workbook.sheetnames) - 1)
    for row, line in enumerate((LIBRARY_HEADINGS, *MEASURES), start=1):
        for column, text in enumerate(line, start=1):
            put_value(page.cell(row, column), text)
            page.cell(row, column).alignment = TOP
            page.cell(row, column).font = BOLD if row == 1 else PLAIN
    for letter, width in zip("ABCDEFG", (42, 60, 12, 12, 16, 12, 16), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"


def _fill_read_me(
    page: Worksheet, policy: Policy, title: str, note: str, sheets: Sequence[Sheet]
) -> None:
    """Fill the first sheet: how to type, what each level gives, what must be filled."""
    page.title = "Read me"
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 100
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    put_value(page["A1"], title)
    page["A1"].font = Font(bold=True, size=14)
    for row, (label, text) in enumerate(_lines_of_read_me(policy, note, sheets), start=3):
        for column, value in enumerate((label, text), start=1):
            put_value(page.cell(row, column), value)
            page.cell(row, column).alignment = TOP
        page.cell(row, 1).font = BOLD
    fit_rows(page)


def _lines_of_read_me(
    policy: Policy, note: str, sheets: Sequence[Sheet]
) -> Iterator[tuple[str, str]]:
    if note:
        yield "Note", note
    yield from HOW_TO
    for level, gives in LEVELS.items():
        names = ", ".join(sheet.name for sheet in sheets if sheet.level == level)
        if names:
            yield f"Evidence level {level}", f"{names}. {gives}"
    for sheet in sheets:
        needed = ", ".join(column.name for column in sheet.columns if column.required)
        text = f"One row is {sheet.row}. Must be filled: {needed}."
        yield sheet.name, f"{text}{_first_columns(sheet)}"
    example = EXAMPLE | {"classification": policy.classes[0].name}
    yield "Example of a row", "\n".join(f"{name}: {text}" for name, text in example.items())


def _first_columns(sheet: Sheet) -> str:
    """Return which columns the first afternoon fills, blank where a sheet marks none."""
    if not sheet.first:
        return ""
    names = sheet.names[: sheet.first]
    return (
        f" First afternoon: the {sheet.first} coloured columns, from {names[0]} to {names[-1]}; "
        "blue must be filled, yellow where it is known. The rest can wait."
    )


class _Lists:
    """The hidden sheet that holds the words of the drop-downs, one list a column."""

    def __init__(self, page: Worksheet) -> None:
        page.sheet_state = "hidden"
        self._page = page
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, words: tuple[str, ...]) -> str:
        """Return where these words stand, writing them the first time."""
        if words not in self._ranges:
            number = len(self._ranges) + 1
            for row, word in enumerate(words, start=1):
                put_value(self._page.cell(row, number), word)
            letter = get_column_letter(number)
            self._ranges[words] = f"Lists!${letter}$1:${letter}${len(words)}"
        return self._ranges[words]


def _lay_out(page: Worksheet, sheet: Sheet, policy: Policy, lists: _Lists) -> None:
    for number, column in enumerate(sheet.columns, start=1):
        heading, letter = page.cell(1, number, column.name), get_column_letter(number)
        if column.required:
            heading.font, heading.fill = BOLD, MUST_FILL
        elif number <= sheet.first:
            heading.fill = FIRST
        if not column.public:
            heading.font = Font(bold=column.required, italic=True)
        heading.comment = Comment(_beside(sheet, column), "form", height=110, width=300)
        dimension = page.column_dimensions[letter]
        dimension.width = _width(column)
        dimension.number_format = _format(column)
        hint = _hint(column, policy, lists)
        hint.add(f"{letter}2:{letter}{LAST_ROW}")
        page.add_data_validation(hint)
    page.freeze_panes = "B2"


def _beside(sheet: Sheet, column: Column) -> str:
    """Return what the comment of a heading says: what goes in, who has it, who may see it."""
    seen = "Public." if column.public else "Internal: never published."
    takes = TAKES.get(column.kind, "")
    holder = holder_of_column(sheet.name, column.name)
    return " ".join(filter(None, (column.about, takes, f"Usually with {holder}.", seen)))


def _hint(column: Column, policy: Policy, lists: _Lists) -> DataValidation:
    """Return what a selected cell says of its column, with a drop-down for a closed list."""
    words = ("y", "n") if column.kind is Kind.YES_NO else words_of(column, policy)
    hint = DataValidation(showInputMessage=True, allow_blank=True)
    is_closed = not column.many and column.kind is not Kind.SECTOR
    if (is_closed and words) or (column.kind is Kind.SECTOR and words):
        hint.type, hint.formula1 = "list", lists.range_of(words)
    elif column.kind is Kind.COUNTRY:
        hint.type, hint.formula1 = "list", lists.range_of(tuple(sorted(english_names().values())))
        is_closed = False
    elif column.refers and not column.also:
        first = BY_NAME[column.refers[0]]
        letter = get_column_letter(first.names.index(first.key[0]) + 1)
        hint.type, hint.formula1 = "list", f"{first.name}!${letter}$2:${letter}${LAST_ROW}"
        is_closed = False
    if hint.type == "list":
        hint.showErrorMessage = is_closed
        hint.error = "Choose a word of the list, or leave the cell blank."
    must = "Must be filled." if column.required else ""
    several = f"Words: {'; '.join(words)}." if words and column.many else ""
    parts = (column.about, TAKES.get(column.kind, ""), several, must)
    hint.promptTitle = column.name[:32]
    hint.prompt = " ".join(part for part in parts if part)[:LONGEST_HINT]
    return hint


def _width(column: Column) -> int:
    wide = 32 if column.kind is Kind.TEXT and not column.many else 16
    return max(wide, len(column.name) + 3)


def _format(column: Column) -> str:
    """Return Text for all but numbers, so that Excel keeps 007, 1986 and 2016-04 as typed."""
    return "General" if column.kind in NUMBERS else "@"


def _fill_rows(page: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, str]]) -> None:
    for number, row in enumerate(rows, start=2):
        for name, text in row.items():
            if text:
                column = sheet.column(name)
                cell = page.cell(number, sheet.names.index(name) + 1)
                cell.number_format = _format(column)
                put_value(cell, typed_value(column, text))


def typed_value(column: Column, text: str) -> str | float:
    """Return a text as the cell of its column holds it: a number where the column takes one."""
    if column.kind in NUMBERS and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    return text
