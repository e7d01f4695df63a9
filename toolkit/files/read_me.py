"""What the first sheet of a workbook tells the people who fill it."""

from collections.abc import Iterator

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.files.values import fit_rows, put_value
from toolkit.model.policy import Policy
from toolkit.model.sheets import SHEETS

LEVELS = {
    1: "What is held: ages, ends, seats, a first class for each instrument, public register.",
    2: "How active each agreement is and how well it fits: scores, and how firm they are.",
    3: "What was agreed and achieved: SMART objectives, results against targets, renewal.",
    4: "What it costs and who could lead: budget scenarios, screening of proposals, follow-up.",
}
HOW_TO = (
    ("What this is", "One city's international agreements: a sheet a table, a row a record."),
    ("Where to start", "Only Agreements is needed. Fill in more sheets to learn more."),
    ("Headings", "Leave row 1 as it is. A coloured heading in bold: every row must fill it."),
    ("Dates", "Type 2018-04-02, or 2018-04 or 2018 if that is all that is known."),
    ("Not known", "Leave the cell blank. In dates, numbers and lists, n/a, TBD or - are refused."),
    ("Several values", "Separate them by a semicolon: ECON; CULT."),
    ("Lists", "Cells with an arrow take a word of their list. Select a cell to see what it takes."),
    ("Ids", "A-Z, 0-9 and -, such as A-014. Other sheets refer to a row by its id."),
    ("Check it", 'In a terminal, in this folder: partnerships check "name of this file.xlsx"'),
)
EXAMPLE = {
    "agreement_id": "A-001",
    "partner": "Porto",
    "country": "Portugal",
    "signed": "2016-04",
    "ends": "open-ended",
    "main_purpose": "ECON; CULT",
    "lead_unit": "Economic Development",
}
BOLD = Font(bold=True)
TOP = Alignment(wrap_text=True, vertical="top")


def fill_read_me(page: Worksheet, policy: Policy, title: str, note: str) -> None:
    """Fill the first sheet: how to type, what each level gives, what must be filled."""
    page.title = "Read me"
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 100
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    put_value(page["A1"], title)
    page["A1"].font = Font(bold=True, size=14)
    for row, (label, text) in enumerate(_read_me(policy, note), start=3):
        for column, value in enumerate((label, text), start=1):
            put_value(page.cell(row, column), value)
            page.cell(row, column).alignment = TOP
        page.cell(row, 1).font = BOLD
    fit_rows(page)


def _read_me(policy: Policy, note: str) -> Iterator[tuple[str, str]]:
    if note:
        yield "Note", note
    yield from HOW_TO
    for level, gives in LEVELS.items():
        names = ", ".join(sheet.name for sheet in SHEETS if sheet.level == level)
        yield f"Evidence level {level}", f"{names}. {gives}"
    for sheet in SHEETS:
        needed = ", ".join(column.name for column in sheet.columns if column.required)
        yield sheet.name, f"One row is {sheet.row}. Must be filled: {needed}."
    example = EXAMPLE | {"classification": policy.classes[0].name}
    yield "Example of a row", "\n".join(f"{name}: {text}" for name, text in example.items())
