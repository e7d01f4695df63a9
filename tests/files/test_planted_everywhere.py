"""A hundred faults over all sheets of the sample: each reported with its cell, none extra."""

from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors


def struck(kept, gone):
    """Return a text of which the second half is struck out."""
    return CellRichText(kept, TextBlock(InlineFont(strike=True), gone))


FAULTS = (  # sheet, column, Excel row, what is typed, with its number format where it has one
    ("Agreements", "classification", 3, "Partnershp"),
    ("Agreements", "signed", 4, "03/04/2019"),
    ("Agreements", "yearly_cost", 5, "$40K"),
    ("Agreements", "text_on_file", 6, "maybe"),
    ("Agreements", "document", 7, "see the shelf"),
    ("Agreements", "endorsed_on", 8, "n/a"),
    ("Projects", "kind", 3, "trade mission"),
    ("Projects", "agreement_id", 4, "A-999"),
    ("Projects", "state", 5, "finished"),
    ("Projects", "actual_cost", 6, "12,500"),
    ("Projects", "staff_days", 7, -3),
    ("Projects", "led_by_partner", 8, "P-999"),
    ("Profiles", "subject_id", 3, "A-999"),
    ("Profiles", "confidence", 4, "quite high"),
    ("Profiles", "non_city_share", 5, 140),
    ("Profiles", "yearly_trade", 6, "1.2 M"),
    ("Objectives", "purpose", 3, "ECONOMY"),
    ("Objectives", "statement", 4, None),
    ("Objectives", "partner_duty_met", 5, "partly"),
    ("Objectives", "approved_budget", 6, "TBD"),
    ("Indicators", "kind", 3, "stock"),
    ("Indicators", "accumulation", 4, "snapshot"),
    ("Indicators", "baseline", 5, "about 40"),
    ("Indicators", "objective_id", 6, "O-999-1"),
    ("Results", "period", 3, "2023/24"),
    ("Results", "target", 4, "12%"),
    ("Results", "actual", 5, "48,25"),
    ("Results", "state", 6, None),
    ("Results", "outcome_ref", 7, "INV-NOBODY"),
    ("Milestones", "due", 3, "soon"),
    ("Milestones", "project_id", 4, "PJ-999"),
    ("Outcomes", "benefit", 3, "everywhere"),
    ("Outcomes", "currency", 4, "dollars"),
    ("Budget", "year", 3, "2023-24"),
    ("Budget", "line", 4, "salaries"),
    ("Partners", "kind", 3, "university"),
    ("Partners", "name", 4, None),
    ("Engagements", "role", 3, "helper"),
    ("Proposals", "origin", 3, "mayor"),
    ("Decisions", "decision_point", 3, "D4"),
    ("Agreements", "agreement_id", 9, "a-008"),
    ("Agreements", "classification", 10, "Partnership; MOU"),
    ("Agreements", "status", 11, "lapsed"),
    ("Agreements", "signed", 12, "2018-02-30"),
    ("Agreements", "signed", 13, "2003-06-00"),
    ("Agreements", "signed", 14, "1967/68"),
    ("Agreements", "ends", 15, "open ended-ish"),
    ("Agreements", "ends", 16, "1960-01-01"),
    ("Agreements", "main_purpose", 17, "TRADE; ECON"),
    ("Agreements", "lead_unit", 18, "#REF!"),
    ("Agreements", "last_contact", 19, (1986, "yyyy-mm-dd")),
    ("Agreements", "title", 20, struck("Pact on trade", " and culture")),
    ("Agreements", "yearly_cost", 21, (40000, "[$\u20ac-407] #,##0")),
    ("Agreements", "yearly_cost", 22, (40, '#,##0"K"')),
    ("Agreements", "yearly_cost", 23, 9e14),
    ("Agreements", "yearly_cost", 24, (0.4, "0%")),
    ("Agreements", "yearly_cost", 25, "1.234"),
    ("Agreements", "yearly_cost", 26, date(2025, 4, 3)),
    ("Agreements", "legal_hold", 27, "perhaps"),
    ("Agreements", "owner", 28, "P-998"),
    ("Agreements", "city_role", 29, "observer"),
    ("Agreements", "wikidata", 30, "Paris"),
    ("Agreements", "basis", 31, "hearsay"),
    ("Agreements", "goals", 32, "G1;G99"),
    ("Agreements", "renewed", 33, "May 4th"),
    ("Agreements", "partner", 34, None),
    ("Agreements", "country", 35, None),
    ("Projects", "project_id", 7, "PJ 006"),
    ("Projects", "starts", 8, "spring 2024"),
    ("Projects", "ends", 9, "2001-01-01"),
    ("Projects", "planned_cost", 10, (9000, "[$USD] #,##0")),
    ("Projects", "in_kind", 11, "n.k. 300"),
    ("Projects", "name", 12, None),
    ("Projects", "objective_id", 13, "O-0021-1"),
    ("Projects", "staff_days", 14, "90.000"),
    ("Profiles", "non_city_share", 6, 0.35),
    ("Profiles", "commitments", 7, 2.5),
    ("Profiles", "historic_link", 8, "some"),
    ("Profiles", "dated", 9, "08/09/2025"),
    ("Objectives", "objective_id", 7, "o-003-1"),
    ("Objectives", "type", 8, "trade things"),
    ("Objectives", "activity", 9, "lunches"),
    ("Objectives", "starts", 10, "2022-13-01"),
    ("Objectives", "staff_days", 11, (20, '0" thousand"')),
    ("Objectives", "estimated_cost", 12, "20k"),
    ("Objectives", "main", 13, "2"),
    ("Projects", "project_id", 75, "PJ-001"),
    ("Indicators", "direction", 8, "up and down"),
    ("Indicators", "currency", 9, "CA$"),
    ("Indicators", "measure", 10, "number of"),
    ("Indicators", "name", 11, None),
    ("Results", "indicator_id", 8, "I-999-1-1"),
    ("Results", "period", 9, "25/26/27"),
    ("Results", "actual", 10, "~30"),
    ("Results", "actual", 11, (0.45, "0%")),
    ("Results", "contribution", 12, "caused"),
    ("Milestones", "done_on", 5, "2024-06-31"),
    ("Outcomes", "amount", 5, "1,100,000.-"),
    ("Budget", "actual", 6, "=1+1"),
    ("Engagements", "duty_met", 5, "y and n"),
)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return the sample with every fault typed in, and the cells they are in."""
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    cells = []
    for sheet, column, row, value in FAULTS:
        page = workbook[sheet]
        letter = next(cell.column_letter for cell in page[1] if cell.value == column)
        cell = page[f"{letter}{row}"]
        cell.value, *number_format = value if isinstance(value, tuple) else (value,)
        cell.number_format = number_format[0] if number_format else cell.number_format
        cells.append((sheet, cell.coordinate))
    path = tmp_path_factory.mktemp("planted") / "planted.xlsx"
    workbook.save(path)
    return path, cells


@pytest.mark.parametrize("text", ["1,200", "12%", "$40K", "N/A"])
def test_trap_17_what_only_looks_like_a_number_is_refused_with_its_cell(policy, tmp_path, text):
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    workbook["Results"]["D2"].value = text
    workbook.save(tmp_path / "sample.xlsx")
    found = errors(read_workbook(tmp_path / "sample.xlsx", policy).issues)
    assert [issue.place for issue in found] == ["Results!D2"]


@pytest.mark.parametrize(
    ("sheet", "typed"), [("Profiles", {"B": "tourism"}), ("Engagements", {"G": "n"})]
)
def test_a_row_typed_twice_is_an_error(policy, tmp_path, sheet, typed):
    """Two profiles of one date, or a partner engaged twice, would let the order of rows decide."""
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    page = workbook[sheet]
    row = page.max_row + 1
    for cell in page[2]:
        page.cell(row, cell.column, typed.get(cell.column_letter, cell.value))
        page.cell(row, cell.column).number_format = cell.number_format
    workbook.save(tmp_path / "sample.xlsx")
    found = errors(read_workbook(tmp_path / "sample.xlsx", policy).issues)
    assert [issue.place for issue in found] == [f"{sheet}!A{row}"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Decisions!J2", "2020-01-01"),
        ("Agreements!A2", "PROGRAMME"),
        ("Profiles!B5", "tourism, music"),
    ],
)
def test_what_would_mislead_is_refused_with_its_cell(policy, tmp_path, cell, value):
    """An expiry before its decision, a reserved id, two sectors that would count as none."""
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    sheet, address = cell.split("!")
    workbook[sheet][address].value = value
    workbook.save(tmp_path / "sample.xlsx")
    found = errors(read_workbook(tmp_path / "sample.xlsx", policy).issues)
    assert cell in {issue.place for issue in found}


def test_the_sample_itself_has_no_error(policy):
    assert not errors(read_workbook(ROOT / "data" / "sample.xlsx", policy).issues)


def test_a_hundred_faults_over_all_sheets_are_each_reported_once_with_their_cell(policy, planted):
    path, cells = planted
    found = [(i.sheet, i.cell) for i in errors(read_workbook(path, policy).issues)]
    assert len(set(cells)) == 100
    assert Counter(found) == Counter(cells)
