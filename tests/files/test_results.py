"""The Decisions form leaves the decision to people, and is painless to paste."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from toolkit.assess.decisions.compared import compare_decisions
from toolkit.assess.results import Results
from toolkit.files.outputs import workbook_bytes
from toolkit.files.results import HINT, results_with_form, write_results
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook, read_workbook
from toolkit.model.issues import errors
from toolkit.model.sheets import Decision

DAY = date(2025, 12, 31)


SAMPLE = ROOT / "data" / "sample.xlsx"


WIDTH = len(Decision.sheet.names)


@pytest.fixture(scope="module")
def tables(policy):
    results = Results(open_workbook(SAMPLE, policy), policy, DAY)
    compared = compare_decisions(
        results.portfolio,
        policy,
        review=results.review,
        classification=results.reclassification,
        as_of=DAY,
    )
    return {"decisions": compared, "decisions-on-record": results.decisions_on_record}


@pytest.fixture
def form(tables):
    packed = io.BytesIO(workbook_bytes(results_with_form(tables, 2025), DAY))
    return load_workbook(packed)["Decisions"]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Return the sample with the three sheets that decisions refer to, opened in a moment."""
    workbook = load_workbook(SAMPLE)
    for name in workbook.sheetnames:
        if name in ("Agreements", "Decisions", "Proposals"):
            workbook[name].data_validations.dataValidation = []
        else:
            workbook.remove(workbook[name])
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    workbook.save(path)
    return path


@pytest.fixture
def paste(tmp_path, policy, form, small):
    """Return what pastes the form's rows under the workbook's own and reads it again."""

    def read(*, columns=WIDTH, decided=False, header=False):
        workbook = load_workbook(small)
        page = workbook["Decisions"]
        last = page.max_row
        for row in form.iter_rows(min_row=2):
            for cell in row[:columns]:
                page.cell(last + cell.row - 1, cell.column).value = cell.value
            if decided:
                page.cell(last + row[0].row - 1, 4).value = row[WIDTH].value
        for cell in form[1][:columns] if header else ():
            page.cell(1, cell.column).value = cell.value
        workbook.save(tmp_path / "pasted.xlsx")
        issues = read_workbook(tmp_path / "pasted.xlsx", policy).issues
        return [issue for issue in issues if issue.sheet == "Decisions"], last

    return read


def test_the_form_has_the_columns_of_the_sheet_and_the_proposal_after_them(form):
    headings = [cell.value for cell in form[1]]
    assert headings == [*Decision.sheet.names, "proposed", "why proposed", "subject"]


def test_no_proposal_stands_where_a_decision_belongs(form):
    blank = {"decision", "reason_code", "rationale", "consulted", "decided_by", "decided_on"}
    for name in blank:
        column = Decision.sheet.names.index(name)
        assert {row[column].value for row in form.iter_rows(min_row=2)} == {None}, name
    assert None not in {row[WIDTH].value for row in form.iter_rows(min_row=2)}


def test_every_undecided_question_has_a_row_for_the_year_reviewed(form, tables):
    waiting = [row for row in tables["decisions"] if row.agrees in ("undecided", "expired")]
    rows = [tuple(cell.value for cell in row[:3]) for row in form.iter_rows(min_row=2)]
    assert rows == [(row.subject_id, 2025, row.point) for row in waiting]
    assert ("A-005", 2025, "review") in rows
    assert "A-016" not in {row[0] for row in rows if row[2] == "review"}  # decided, in force


@pytest.mark.parametrize("columns", [WIDTH, WIDTH + 3])
def test_rows_pasted_as_they_are_decide_nothing_and_check_names_each_cell(paste, form, columns):
    found, last = paste(columns=columns)
    cells = [f"Decisions!D{last + n}" for n in range(1, form.max_row)]
    assert [issue.place for issue in errors(found)] == cells
    assert all("must be filled" in issue.message for issue in errors(found))
    beside = [issue for issue in found if issue not in errors(found)]
    assert all("under a blank header" in issue.message for issue in beside)
    assert len(beside) == columns - WIDTH


def test_a_pasted_heading_is_a_notice_and_the_rest_is_read(paste):
    found, _ = paste(columns=WIDTH + 3, decided=True, header=True)
    assert not errors(found)
    assert [issue.cell for issue in found] == ["K1", "L1", "M1"]


def test_every_proposal_of_the_form_is_a_word_its_decision_point_knows(paste):
    assert paste(decided=True)[0] == []


def test_the_form_says_in_its_hint_what_to_do(form):
    [hint] = form.data_validations.dataValidation
    assert "D2" in hint.cells
    assert hint.prompt == HINT
    assert len(HINT) <= 255


def test_the_results_have_the_same_bytes_each_time(tmp_path, tables):
    for name in ("one", "two"):
        write_results(tmp_path / name, tables, year=2025, when=DAY)
    files = [tmp_path / name / "results.xlsx" for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert load_workbook(files[0]).sheetnames[:2] == ["Decisions", "rule and decision"]


def test_every_file_of_results_says_inside_that_it_is_internal(tmp_path, tables):
    write_results(tmp_path, tables, year=2025, when=DAY)
    for path in (tmp_path / "tables").glob("*.csv"):
        header, *rows = path.read_text("utf-8-sig").splitlines()
        assert header.endswith(",internal")
        assert rows[-1].endswith(",draft advice")
    workbook = load_workbook(tmp_path / "results.xlsx")
    assert workbook.properties.title == "internal: draft advice"
    for page in workbook.worksheets[1:]:
        assert page.cell(1, page.max_column).value == "internal"
