"""Every planted fault is reported once, with its cell, and nothing else is."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from planted import FAULTS, LAYOUT_FAULTS, address, plant, put, trim, write_clean

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook, read_workbook
from toolkit.model.issues import WorkbookError, errors
from toolkit.model.sheets import Agreement

PLACES = [(sheet, address(sheet, column, row)) for sheet, column, row, *_ in FAULTS]
PYTHON_WORDS = r"Traceback|\b(None|NaN|nan|Exception|float|str|int|True|False)\b|Error:"


@pytest.fixture(scope="module")
def original(tmp_path_factory, policy):
    return write_clean(tmp_path_factory.mktemp("clean") / "city.xlsx", policy)


@pytest.fixture(scope="module")
def small(tmp_path_factory, original):
    return trim(Path(shutil.copy(original, tmp_path_factory.mktemp("small"))))


@pytest.fixture
def clean(tmp_path, small):
    return Path(shutil.copy(small, tmp_path))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory, original):
    path = Path(shutil.copy(original, tmp_path_factory.mktemp("faulty")))
    changes = [fault[3] for fault in FAULTS]
    return plant(path, *((*place, do) for place, do in zip(PLACES, changes, strict=True)))


@pytest.fixture(scope="module")
def found(faulty, policy):
    return errors(read_workbook(faulty, policy).issues)


@pytest.fixture
def problems(clean, policy):
    """Return what plants changes and tells (place, message) of the errors that follow."""

    def read(*changes):
        issues = errors(read_workbook(plant(clean, *changes), policy).issues)
        return [(issue.place, issue.message) for issue in issues]

    return read


def check(path):
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "check", str(path)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_workbook_without_faults_has_none(original, policy):
    reading = read_workbook(original, policy)
    assert [issue.sheet for issue in reading.issues] == ["(sheets)"]
    assert reading.portfolio.supplied == {"Agreements", "Objectives"}


def test_25_planted_faults_are_each_reported_once_with_their_cell(found):
    assert len(PLACES) == 25
    assert Counter((issue.sheet, issue.cell) for issue in found) == Counter(PLACES)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]} {fault[1]} {fault[2]}")
def test_a_planted_fault_is_told_with_its_remedy(found, fault):
    sheet, column, row, _, says = fault
    issue = next(i for i in found if (i.sheet, i.cell) == (sheet, address(sheet, column, row)))
    assert says in issue.message
    assert issue.column == column


def test_check_ends_with_status_1_and_speaks_no_python(faulty):
    done = check(faulty)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "city.xlsx: 25 to fix" in done.stdout
    assert not re.search(PYTHON_WORDS, done.stdout)


def test_a_workbook_with_errors_is_not_opened(faulty, policy):
    with pytest.raises(WorkbookError, match="25 to fix"):
        open_workbook(faulty, policy)


@pytest.mark.parametrize("fault", LAYOUT_FAULTS, ids=lambda fault: fault[2])
def test_a_fault_of_the_layout_is_reported_once(problems, fault):
    sheet, _, cell, change, says = fault
    [(place, message)] = problems((sheet, cell, change))
    assert place == f"{sheet}!{cell}"
    assert says in message


def test_a_missing_column_comes_first_and_silences_its_consequences(problems):
    first, *others = problems(
        ("Agreements", "A1", put(None)), ("Agreements", "D3", put("Freindship"))
    )
    assert first == ("Agreements", 'The column "agreement_id" is missing. Add it to row 1.')
    assert [place for place, _ in others] == ["Agreements!D3"]


def test_column_names_further_down_are_one_problem(problems):
    insert = ("Agreements", "", lambda page, _: page.insert_rows(1, 2))
    assert problems(insert) == [
        ("Agreements!3:3", "The column names are in row 3. Move them to row 1.")
    ]


def test_headers_are_read_as_people_write_them(problems):
    assert not problems(
        ("Agreements", "A1", put(" Agreement\nID ")),
        ("Agreements", "B1", put("PARTNER\u200b")),
        ("Objectives", "B1", put("agreement-id")),
    )


def test_a_misspelt_sheet_is_named(problems):
    rename = ("Objectives", "", lambda page, _: setattr(page, "title", "Objectifs"))
    assert problems(rename) == [
        ("Objectifs", 'This sheet is not read. Did you mean "Objectives"? Rename it.')
    ]


def test_a_workbook_without_agreements_says_so(problems):
    drop = ("Agreements", "", lambda page, _: page.parent.remove(page))
    message = "The sheet is missing. It is the one sheet every workbook needs."
    assert problems(drop) == [("Agreements", message)]


def test_a_refused_id_is_not_reported_again_where_it_is_referred_to(problems):
    changes = [("Agreements", "A2", put("a-001")), ("Agreements", "A3", put("A_002"))]
    assert [place for place, _ in problems(*changes)] == ["Agreements!A2", "Agreements!A3"]


def test_an_id_kept_as_a_number_with_zeros_is_refused_once(problems):
    changes = [("Agreements", "A2", put(7, "000")), ("Objectives", "B2", put("007"))]
    [(place, message)] = problems(*changes)
    assert place == "Agreements!A2"
    assert "as the number 7" in message


def test_a_row_that_looks_empty_is_empty(problems):
    assert not problems(("Agreements", "A40", put(" \u200b")), ("Agreements", "B41", put("")))


def test_a_row_with_only_a_note_lacks_what_must_be_filled(problems):
    found = problems(("Agreements", address("Agreements", "notes", 40), put("ask them")))
    assert [place for place, _ in found] == [f"Agreements!{letter}40" for letter in "ABCD"]


def test_hidden_rows_are_read_and_said(clean, policy):
    hide = ("Agreements", "", lambda page, _: setattr(page.row_dimensions[3], "hidden", True))
    reading = read_workbook(plant(clean, hide), policy)
    assert len(reading.portfolio.rows(Agreement)) == 14
    assert "Agreements!A3" in [issue.place for issue in reading.issues]


def test_unlooked_up_ids_of_a_sheet_not_supplied_are_one_line(clean, policy):
    owner = [("Agreements", address("Agreements", "owner", row), put("P-1")) for row in (2, 3)]
    issues = read_workbook(plant(clean, *owner), policy).issues
    assert not errors(issues)
    assert len({issue.message for issue in issues if issue.column == "owner"}) == 1


PROBE = """
import sys, time
from toolkit.cli import cli
status = cli(["check", "data/toronto-2018.xlsx"], standalone_mode=False)
heavy = {"papermill", "nbconvert", "matplotlib", "nbformat"}.intersection(sys.modules)
print(status, len(heavy), time.process_time())
"""


def test_check_of_the_sample_is_quick_and_loads_no_notebook_machinery():
    command = [sys.executable, "-c", PROBE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    status, heavy, seconds = done.stdout.splitlines()[-1].split()
    assert (status, heavy) == ("0", "0")
    assert float(seconds) < 2  # of the processor, so that a busy machine fails nobody
