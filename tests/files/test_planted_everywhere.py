"""Forty faults over all thirteen sheets of the sample: each reported with its cell, none extra."""

import pytest
from openpyxl import load_workbook

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors

FAULTS = (  # sheet, column, Excel row, what is typed
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
)


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Return the sample with every fault typed in, and the cells they are in."""
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    cells = set()
    for sheet, column, row, value in FAULTS:
        page = workbook[sheet]
        letter = next(cell.column_letter for cell in page[1] if cell.value == column)
        page[f"{letter}{row}"].value = value
        cells.add((sheet, f"{letter}{row}"))
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


def test_forty_faults_over_all_sheets_are_each_reported_once_with_their_cell(policy, planted):
    path, cells = planted
    found = [(i.sheet, i.cell) for i in errors(read_workbook(path, policy).issues)]
    assert len(cells) == 40
    assert sorted(found) == sorted(cells)
