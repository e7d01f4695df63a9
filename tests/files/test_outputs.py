"""What is written is whole, the same each time, and runs nothing."""

import io
import os
from dataclasses import make_dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from toolkit.files.outputs import (
    lines_of,
    results_workbook,
    table_csv,
    workbook_bytes,
    write_bytes,
)
from toolkit.model.issues import InputError
from toolkit.model.results import Table

DAY = date(2018, 12, 31)


def table(**columns):
    """Return a table of one row that has these columns alone."""
    names = ("agreement_id", *columns)
    declared = {"key": "agreement_id", "columns": classmethod(lambda _: names)}
    kind = make_dataclass("Line", names, namespace=declared)
    return Table(kind, [kind("A-001", **columns)])


def csv_row(value):
    return table_csv(table(value=value)).decode("utf-8-sig").splitlines()[1]


def reopened(tables):
    sheets = {name: lines_of(found) for name, found in tables.items()}
    return load_workbook(io.BytesIO(workbook_bytes(results_workbook(sheets), DAY)))


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "new" / "register.csv"
    write_bytes(path, b"old")
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_keeps_what_stood_there(tmp_path, monkeypatch):
    path = tmp_path / "register.csv"
    write_bytes(path, b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="No space left on device"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_another_program_holds_is_told_in_plain_words(tmp_path, monkeypatch):
    def held(_stage, _target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(InputError, match="Close it in Excel"):
        write_bytes(tmp_path / "register.xlsx", b"new")


def test_the_same_workbook_gives_the_same_bytes_and_names_nobody():
    sheets = {"Review": lines_of(table(score=61.5))}
    files = [workbook_bytes(results_workbook(sheets), DAY) for _ in range(2)]
    properties = load_workbook(io.BytesIO(files[0])).properties
    assert files[0] == files[1]
    assert not properties.creator
    assert properties.created.date() == properties.modified.date() == DAY


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_inert(text):
    assert csv_row(text).lstrip('A-01,"').startswith("'")
    cell = reopened({"Review": table(value=text)})["Review"]["B2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_text_before_and_after_leaves_what_would_run_inert():
    lines = [["a", "b"], ["plain", "=1+1"], [2.5, "plain"], ["+1", None], ["plain", 3]]
    content = workbook_bytes(results_workbook({"Review": lines}), DAY)
    sheet = load_workbook(io.BytesIO(content))["Review"]
    found = {cell.coordinate for row in sheet for cell in row if cell.quotePrefix}
    assert found == {"B2", "A4"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-48.25, "-48.25"),
        (0.1 + 0.2, "0.3"),
        (48.0, "48"),
        (None, ""),
        (float("nan"), ""),
        (date(2018, 4, 2), "2018-04-02"),
        (("ECON", "CULT"), "ECON; CULT"),
        (True, "yes"),
        ("São Paulo", "São Paulo"),
    ],
)
def test_a_value_is_written_as_a_reader_expects_it(value, written):
    assert csv_row(value) == f"A-001,{written}"


def test_csv_opens_with_its_accents_in_excel():
    assert table_csv(table(partner="São Paulo")).startswith(b"\xef\xbb\xbfagreement_id,partner\n")


def test_the_key_is_the_first_column():
    content = table_csv(table(year=2018, score=1))
    assert content.decode("utf-8-sig") == "agreement_id,year,score\nA-001,2018,1\n"


def test_a_result_sheet_has_a_bold_frozen_heading_and_its_numbers_stay_numbers():
    sheet = reopened({"Review": table(score=61.5, reason="No end date.")})["Review"]
    assert [cell.value for cell in sheet[2]] == ["A-001", 61.5, "No end date."]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "B2"


def test_a_long_reason_is_seen_whole():
    sheet = reopened({"Review": table(reason="No end date. " * 12)})["Review"]
    assert sheet["B2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height == 45


def test_sheet_names_are_legal_and_differ():
    names = ["Review: all/none?", "x" * 40, "X" * 35, ""]
    assert reopened(dict.fromkeys(names, table(score=1))).sheetnames == [
        "Review  all none",
        "x" * 31,
        "X" * 28 + " 2",
        "Table",
    ]


def test_control_characters_do_not_spoil_a_workbook():
    assert reopened({"Review": table(value="a\x00b")})["Review"]["B2"].value == "ab"


def test_an_empty_workbook_object_is_a_file_too():
    assert load_workbook(io.BytesIO(workbook_bytes(Workbook(), DAY))).sheetnames == ["Sheet"]
