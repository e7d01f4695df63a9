"""A blank workbook is easy to fill and is read back as it was typed."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolkit.files.form_words import LIBRARY_HEADINGS, MEASURES
from toolkit.files.policy import read_policy
from toolkit.files.template import MUST_FILL, write_blank, write_workbook
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import errors
from toolkit.model.schema import words_of
from toolkit.model.sheets import SHEETS, Agreement

POLICY = read_policy(Path(__file__).parents[2] / "data" / "policy.toml")
ROW = {
    "agreement_id": "007",
    "partner": "Porto",
    "country": "Portugal",
    "classification": "Partnership",
    "signed": "1986",
    "ends": "open-ended",
    "main_purpose": "ECON; CULT",
    "yearly_cost": "1200.50",
}


def written(path, *rows, note=""):
    write_workbook(path, POLICY, title="A city", rows={"Agreements": rows}, note=note)
    return load_workbook(path)


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    return written(tmp_path_factory.mktemp("blank") / "blank.xlsx", note="Due on 1 March.")


def hint_of(sheet, name):
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == name)
    found = [v for v in sheet.data_validations.dataValidation if f"{letter}2" in v.cells]
    assert len(found) == 1
    return found[0]


def test_the_sheets_follow_the_levels_after_the_read_me(blank):
    assert blank.sheetnames == ["Read me", *(sheet.name for sheet in SHEETS), "Lists"]
    assert [s.level for s in SHEETS] == sorted(s.level for s in SHEETS)
    assert blank["Lists"].sheet_state == "hidden"


def test_the_read_me_says_how_to_fill_and_check(blank):
    text = "\n".join(str(cell.value) for row in blank["Read me"] for cell in row)
    for part in ("Due on 1 March.", "2018-04", "n/a", "semicolon", "partnerships check"):
        assert part in text
    for level in range(1, 5):
        assert f"Evidence level {level}" in text
    assert "Must be filled: agreement_id, partner, country, classification." in text


def test_the_example_of_the_read_me_is_a_row_that_can_be_typed(blank, tmp_path):
    labels = {row[0].value: row[1].value for row in blank["Read me"]}
    example = dict(line.split(": ", 1) for line in labels["Example of a row"].splitlines())
    written(tmp_path / "example.xlsx", example)
    assert not errors(read_workbook(tmp_path / "example.xlsx", POLICY).issues)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_headings_are_frozen_and_those_that_must_be_filled_stand_out(blank, sheet):
    page = blank[sheet.name]
    assert page.freeze_panes == "B2"
    assert tuple(cell.value for cell in page[1]) == sheet.names
    for cell, column in zip(page[1], sheet.columns, strict=True):
        assert bool(cell.font.bold) == column.required
        assert (cell.fill == MUST_FILL) == column.required


def test_the_sixteen_columns_of_the_first_afternoon_stand_first_and_are_coloured(blank):
    coloured = [cell.value for cell in blank["Agreements"][1] if cell.fill.fill_type == "solid"]
    assert tuple(coloured) == Agreement.sheet.names[:16]
    assert (coloured[-1], Agreement.sheet.first) == ("source", 16)


def test_every_other_sheet_marks_only_what_must_be_filled():
    assert {sheet.name for sheet in SHEETS if sheet.first} == {"Agreements"}


def test_the_read_me_says_in_words_which_columns_come_first(blank):
    labels = {row[0].value: row[1].value for row in blank["Read me"]}
    assert "the 16 coloured columns, from agreement_id to source" in labels["Agreements"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_column_says_what_it_takes_within_what_excel_shows(blank, sheet):
    for column in sheet.columns:
        hint = hint_of(blank[sheet.name], column.name)
        assert hint.prompt.startswith(column.about)
        assert len(hint.prompt) <= 255
        assert len(hint.promptTitle) <= 32


def test_a_closed_list_is_a_drop_down_of_its_words(blank):
    place = hint_of(blank["Agreements"], "classification").formula1
    cells = blank["Lists"][place.removeprefix("Lists!").replace("$", "")]
    words = tuple(row[0].value for row in cells)
    assert words == words_of(Agreement.sheet.column("classification"), POLICY)


def test_a_column_of_several_values_has_no_drop_down(blank):
    assert hint_of(blank["Agreements"], "main_purpose").formula1 is None


def test_columns_keep_ids_and_dates_as_text_and_amounts_as_numbers(blank):
    columns = blank["Agreements"].column_dimensions
    letters = {cell.value: cell.column_letter for cell in blank["Agreements"][1]}
    assert columns[letters["agreement_id"]].number_format == "@"
    assert columns[letters["signed"]].number_format == "@"
    assert columns[letters["yearly_cost"]].number_format == "General"


def test_a_blank_workbook_lacks_only_its_agreements(blank, tmp_path):
    written(tmp_path / "blank.xlsx")
    issues = read_workbook(tmp_path / "blank.xlsx", POLICY).issues
    assert [(issue.severity, issue.sheet) for issue in issues] == [
        ("to fix", "Agreements"),
        ("to look at", "(sheets)"),
    ]


def test_rows_are_read_back_as_they_were_typed(tmp_path):
    rows = [ROW | {"agreement_id": f"00{n}"} for n in range(1, 6)]
    written(tmp_path / "filled.xlsx", *rows)
    reading = read_workbook(tmp_path / "filled.xlsx", POLICY)
    first = reading.portfolio.rows(Agreement)[0]
    assert {issue.sheet for issue in reading.issues} == {"Agreements", "(sheets)"}  # look alike
    assert (first.agreement_id, str(first.signed), first.yearly_cost) == ("001", "1986", 1200.5)
    assert first.main_purpose == ("ECON", "CULT")


def test_text_that_excel_would_run_stays_text(tmp_path):
    page = written(tmp_path / "odd.xlsx", ROW | {"notes": '=HYPERLINK("x")'})["Agreements"]
    cell = page.cell(2, Agreement.sheet.names.index("notes") + 1)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", '=HYPERLINK("x")', True)


def test_the_same_rows_give_the_same_bytes(tmp_path):
    files = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for file in files:
        written(file, ROW)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_workbook_carries_its_title_and_no_author(blank):
    assert blank.properties.title == "A city"
    assert not blank.properties.creator
    assert blank.properties.modified.date() == POLICY.dated


def test_the_example_row_is_shown_and_never_read(tmp_path, policy):
    write_blank(tmp_path / "city.xlsx", policy, year=2025)
    page = load_workbook(tmp_path / "city.xlsx")["Agreements"]
    assert page["A2"].value == "EXAMPLE"
    assert not read_workbook(tmp_path / "city.xlsx", policy).portfolio.rows(Agreement)


def test_what_is_left_of_the_example_is_read_as_blank(tmp_path, policy):
    write_blank(tmp_path / "city.xlsx", policy)
    workbook = load_workbook(tmp_path / "city.xlsx")
    workbook["Agreements"]["A2"], workbook["Agreements"]["B2"] = "A-1", "Oslo"
    workbook.save(tmp_path / "city.xlsx")
    (row,) = read_workbook(tmp_path / "city.xlsx", policy).portfolio.rows(Agreement)
    assert (row.agreement_id, row.partner, row.source, row.signed) == ("A-1", "Oslo", None, None)


def test_each_heading_says_what_goes_in_who_has_it_and_who_may_see_it(tmp_path, policy):
    write_blank(tmp_path / "city.xlsx", policy)
    workbook = load_workbook(tmp_path / "city.xlsx")
    for sheet in SHEETS:
        for cell, column in zip(workbook[sheet.name][1], sheet.columns, strict=True):
            text = cell.comment.text
            assert column.about in text
            assert "Usually with " in text
            assert text.endswith("Public." if column.public else "Internal: never published.")
            assert bool(cell.font.italic) == (not column.public)


def test_countries_and_references_are_offered_and_other_spellings_allowed(tmp_path, policy):
    write_blank(tmp_path / "city.xlsx", policy)
    workbook = load_workbook(tmp_path / "city.xlsx")
    offered = {
        (name, str(rule.sqref)[0]): rule
        for name in ("Agreements", "Objectives")
        for rule in workbook[name].data_validations.dataValidation
    }
    assert offered["Agreements", "C"].formula1.startswith("Lists!")
    assert offered["Objectives", "B"].formula1 == "Agreements!$A$2:$A$2000"
    assert not offered["Agreements", "C"].showErrorMessage
    assert not offered["Objectives", "B"].showErrorMessage


def test_the_measures_of_the_library_can_be_typed_as_indicators(tmp_path, policy):
    measures = [dict(zip(LIBRARY_HEADINGS, line, strict=True)) for line in MEASURES]
    rows = [
        {"indicator_id": f"I-{n}", "objective_id": "O-1"}
        | {k: v for k, v in line.items() if v and k != "What it counts"}
        for n, line in enumerate(measures)
    ]
    agreement = {"agreement_id": "A-1", "partner": "Oslo", "country": "NO"}
    agreement |= {"classification": policy.classes[0].name}
    objective = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "To grow trade."}
    typed = {"Agreements": [agreement], "Objectives": [objective], "Indicators": rows}
    write_workbook(tmp_path / "city.xlsx", policy, title="A city", rows=typed)
    assert not errors(read_workbook(tmp_path / "city.xlsx", policy).issues)
