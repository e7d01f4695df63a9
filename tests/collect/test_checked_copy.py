"""The checked copy: cells marked and commented, a list with links; the workbook stays as it was."""

import csv

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from toolkit.cli import cli

SAMPLE = "data/sample.xlsx"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Check a workbook with three faults; return its folder and what was said."""
    folder = tmp_path_factory.mktemp("checked")
    workbook = load_workbook(SAMPLE)
    workbook["Agreements"]["D3"] = "Freindship"
    workbook["Agreements"]["F4"] = "12.05.98"
    workbook["Results"]["F20"] = "48,25"
    workbook.save(folder / "city.xlsx")
    before = (folder / "city.xlsx").read_bytes()
    done = CliRunner().invoke(cli, ["check", str(folder / "city.xlsx")], catch_exceptions=False)
    assert (folder / "city.xlsx").read_bytes() == before
    return folder, done.output


def test_the_cells_to_fix_are_marked_and_say_what_to_type(checked):
    folder, said = checked
    copy = load_workbook(folder / "city - checked.xlsx")
    assert "Did you mean" in copy["Agreements"]["D3"].comment.text
    assert copy["Agreements"]["D3"].fill.start_color.rgb == "FFF8C9C4"
    assert copy["Results"]["F20"].value == "48,25"
    assert copy["Agreements"]["D25"].fill.start_color.rgb == "FFFFE9B8"  # to look at, apart
    assert "city - checked.xlsx" in said


def test_the_list_of_problems_leads_to_the_cells_and_notices_stand_apart(checked):
    page = load_workbook(checked[0] / "city - checked.xlsx")["Problems"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), key="to look at".__eq__)
    assert [row[1] for row in rows[:3]] == ["Agreements!D3", "Agreements!F4", "Results!F20"]
    assert page["B2"].hyperlink.location == "'Agreements'!D3"


def test_the_list_is_a_csv_file_too(checked):
    path = checked[0] / "city - problems.csv"
    lines = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert [line["what"] for line in lines].count("to fix") == 3
    assert lines[0]["cell"] == "D3"


def test_a_checked_copy_can_be_checked_again(checked, tmp_path):
    name = str(checked[0] / "city - checked.xlsx")
    again = CliRunner().invoke(cli, ["check", name, "--no-copy"], catch_exceptions=False)
    assert "3 to fix" in again.output


def test_a_sound_workbook_is_not_copied(tmp_path):
    workbook = load_workbook(SAMPLE)
    workbook.save(tmp_path / "city.xlsx")
    CliRunner().invoke(cli, ["check", str(tmp_path / "city.xlsx")], catch_exceptions=False)
    assert [path.name for path in tmp_path.iterdir()] == ["city.xlsx"]


def test_the_same_problems_give_the_same_bytes(checked):
    folder, _ = checked
    before = (folder / "city - checked.xlsx").read_bytes()
    CliRunner().invoke(cli, ["check", str(folder / "city.xlsx")], catch_exceptions=False)
    assert (folder / "city - checked.xlsx").read_bytes() == before
