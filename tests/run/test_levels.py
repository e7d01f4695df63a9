"""A workbook of any level of evidence gives whole pages: no empty section, no traceback."""

import pytest
from openpyxl import load_workbook

from toolkit.files.opening import open_case
from toolkit.files.shipped import ROOT
from toolkit.model.sheets import SHEETS
from toolkit.run.notebook import run_report
from toolkit.run.reports import Order, agreement_tasks, portfolio_tasks

pytestmark = pytest.mark.long


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_sample_cut_down_to_a_level_gives_every_page(tmp_path, level):
    path = cut_down(tmp_path / "sample.xlsx", level)
    case = open_case(str(path), "data/policy.toml", 2025)
    order = Order(case, str(path), "data/policy.toml", tmp_path)
    tasks = [*portfolio_tasks(order), *agreement_tasks(order, ["A-001", "A-029"])]
    assert {task.name: run_report(task).problem for task in tasks} == {t.name: "" for t in tasks}


def test_a_lower_level_says_what_the_next_would_settle(tmp_path):
    path = cut_down(tmp_path / "sample.xlsx", 1)
    case = open_case(str(path), "data/policy.toml", 2025)
    tasks = portfolio_tasks(Order(case, str(path), "data/policy.toml", tmp_path))
    task = next(task for task in tasks if task.name == "outcome-evaluation")
    assert run_report(task).problem == ""
    page = task.page.read_text(encoding="utf-8")
    assert "Level 3 (sheets Objectives, Indicators and Results) would show" in page


def cut_down(path, level):
    """Write the sample without the sheets of higher levels, and return its path."""
    workbook = load_workbook(ROOT / "data" / "sample.xlsx")
    for sheet in SHEETS:
        if sheet.level > level:
            del workbook[sheet.name]
    for row in reversed(range(2, workbook["Profiles"].max_row + 1) if level in (2, 3) else ()):
        if str(workbook["Profiles"].cell(row, 1).value).startswith("PR-"):
            workbook["Profiles"].delete_rows(row)  # profiles of proposals, a sheet of level 4
    workbook.save(path)
    return path
