"""A clean workbook of two sheets, and the faults that people leave in such workbooks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.files.template import write_workbook
from toolkit.model.policy import Policy
from toolkit.model.sheets import BY_NAME

CITIES = (
    ("Porto", "Portugal"),
    ("Milan", "Italy"),
    ("Kyoto", "Japan"),
    ("Quito", "Ecuador"),
    ("Lagos", "Nigeria"),
    ("Lyon", "France"),
    ("Leeds", "United Kingdom"),
    ("Cork", "Ireland"),
    ("Turku", "Finland"),
    ("Ghent", "Belgium"),
    ("Accra", "Ghana"),
    ("Busan", "South Korea"),
    ("Windhoek", "Namibia"),
    ("Cusco", "Peru"),
)
AGREEMENTS = [
    {
        "agreement_id": f"A-{number:03}",
        "partner": city,
        "country": country,
        "classification": "Partnership",
        "title": "Agreement on economic cooperation",
        "signed": "2016-04-02",
        "ends": "2026-04",
        "main_purpose": "ECON; CULT",
        "text_on_file": "y",
        "yearly_cost": "1200.50",
        "document": "https://city.example/agreement",
    }
    for number, (city, country) in enumerate(CITIES, start=1)
]
OBJECTIVES = [
    {
        "objective_id": f"O-{number:03}",
        "agreement_id": f"A-{number:03}",
        "statement": "Two trade missions a year.",
        "purpose": "ECON",
        "main": "y",
        "staff_days": "12",
        "starts": "2017",
        "ends": "2019-12-31",
    }
    for number in range(1, 13)
]


def put(value: object, number_format: str = "General") -> Callable[[Worksheet, str], None]:
    """Return what types a value into a cell."""

    def fill(page: Worksheet, cell: str) -> None:
        page[cell].value = value
        page[cell].number_format = number_format

    return fill


def merge_below(page: Worksheet, cell: str) -> None:
    """Merge an area."""
    page.merge_cells(cell)


FAULTS = (  # sheet, column, row, what is done there, what the message must say
    ("Agreements", "classification", 3, put("Freindship"), 'Did you mean "Friendship"?'),
    ("Agreements", "agreement_id", 4, put("A#003"), 'type "A-003"'),
    ("Agreements", "agreement_id", 5, put("a-004"), 'type "A-004"'),
    ("Agreements", "agreement_id", 6, put("\u0410-005"), "CYRILLIC CAPITAL LETTER A"),
    ("Agreements", "agreement_id", 14, put("A-001"), "already in Agreements!A2"),
    ("Agreements", "agreement_id", 15, put(date(2025, 4, 3), "d-mmm"), "into a date"),
    ("Agreements", "yearly_cost", 2, put("48,25"), "48.25 or 4825"),
    ("Agreements", "yearly_cost", 3, put("1,200"), "1.2 or 1200"),
    ("Agreements", "yearly_cost", 4, put("$40K"), "Type digits only"),
    ("Agreements", "yearly_cost", 5, put(-500), "0 or more"),
    ("Agreements", "yearly_cost", 6, put("TBD"), "Leave the cell blank if not known"),
    ("Agreements", "signed", 7, put("03/04/2025"), "2025-04-03 or 2025-03-04"),
    ("Agreements", "signed", 8, put("2018-02-30"), "not in the calendar"),
    ("Agreements", "signed", 9, put(36526), "is a number, not a date"),
    ("Agreements", "ends", 10, put("n/a"), "is not a date"),
    ("Agreements", "ends", 11, put("2015"), "before signed (2016-04-02)"),
    ("Agreements", "title", 12, put("#REF!"), "the Excel error #REF!"),
    ("Agreements", "notes", 13, put("=1+1"), "no stored value"),
    ("Agreements", "document", 2, put("city.example/text"), "It starts with https://"),
    ("Agreements", "city_role", 3, put(".."), "Leave the cell blank if not known"),
    ("Objectives", "agreement_id", 3, put("A-0022"), 'Nearest: "A-002"'),
    ("Objectives", "statement", 4, put(None), "must be filled"),
    ("Objectives", "main", 5, put("maybe"), "Type y or n"),
    ("Objectives", "main", 6, put("-"), "Leave the cell blank if not known"),
    ("Objectives", "staff_days", 7, put("12%"), "Type digits only"),
)
LAYOUT_FAULTS = (
    ("Agreements", "statement", "AR1", put("city"), "there twice"),
    ("Objectives", "sector", "I1", put("secter"), 'Did you mean "sector"?'),
    ("Objectives", "statement", "C8:C9", merge_below, "Unmerge them"),
)


def address(sheet: str, column: str, row: int) -> str:
    """Return the address of a column's cell, as the form lays it out."""
    return f"{get_column_letter(BY_NAME[sheet].names.index(column) + 1)}{row}"


def write_clean(path: Path, policy: Policy) -> Path:
    """Write the workbook without a fault."""
    rows = {"Agreements": AGREEMENTS, "Objectives": OBJECTIVES}
    write_workbook(path, policy, title="A city", rows=rows)
    return path


def trim(path: Path) -> Path:
    """Keep the two sheets without their hints: the same rows, opened in a tenth of the time."""
    workbook = load_workbook(path)
    for name in workbook.sheetnames:
        if name in ("Agreements", "Objectives"):
            workbook[name].data_validations.dataValidation = []
        else:
            workbook.remove(workbook[name])
    workbook.save(path)
    return path


def plant(path: Path, *changes: tuple[str, str, Callable[[Worksheet, str], None]]) -> Path:
    """Change cells of a workbook: sheet, cell, what is done there."""
    workbook = load_workbook(path)
    for sheet, cell, change in changes:
        change(workbook[sheet], cell)
    workbook.save(path)
    return path
