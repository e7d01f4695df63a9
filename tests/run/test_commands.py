"""What the commands for reports leave behind, and how they end."""

import json
import sys

import pytest

from toolkit.cli import main
from toolkit.files.shipped import ROOT

NOT_MADE = "There is no report on it yet."
WORKBOOK = str(ROOT / "data" / "toronto-2018.xlsx")


def status_of(monkeypatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["partnerships", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_one_report_is_made_with_its_manifest_and_its_index(monkeypatch, tmp_path):
    only = ("--only", "T-04", "-o", str(tmp_path), "--quiet")
    assert status_of(monkeypatch, "reports", WORKBOOK, "--year", "2018", *only) == 0
    folder = tmp_path / "toronto-2018" / "2018"
    pages = [
        path.name
        for path in (folder / "agreements").glob("*.html")
        if NOT_MADE not in path.read_text("utf-8")
    ]
    reports = json.loads((folder / "run.json").read_text("utf-8"))["reports"]
    assert pages == ["t-04-milan.html"]
    assert [(name, row["problem"]) for name, row in reports.items()] == [("T-04", "")]
    assert "agreements/t-04-milan.html" in (folder / "index.html").read_text("utf-8")
    assert "toronto-2018/2018/index.html" in (tmp_path / "index.html").read_text("utf-8")


def test_an_agreement_that_does_not_exist_is_wrong_use(monkeypatch, tmp_path, capsys):
    only = ("--only", "T-99", "-o", str(tmp_path))
    assert status_of(monkeypatch, "reports", WORKBOOK, "--year", "2018", *only) == 2
    assert "T-99 is no agreement_id" in capsys.readouterr().err
    assert list(tmp_path.rglob("*.html")) == []


@pytest.mark.parametrize("command", ["review", "reports"])
def test_a_workbook_that_is_not_there_is_wrong_use(monkeypatch, tmp_path, capsys, command):
    missing = str(tmp_path / "gone.xlsx")
    assert status_of(monkeypatch, command, missing, "--year", "2018", "-o", str(tmp_path)) == 2
    assert "gone.xlsx" in capsys.readouterr().err


def test_a_year_that_is_missing_is_wrong_use(monkeypatch, capsys):
    assert status_of(monkeypatch, "review", WORKBOOK) == 2
    assert "--year" in capsys.readouterr().err


def test_a_policy_that_is_not_there_is_a_problem_told_in_a_sentence(monkeypatch, tmp_path, capsys):
    words = ("review", WORKBOOK, "--year", "2018", "--policy", "gone.toml", "-o", str(tmp_path))
    assert status_of(monkeypatch, *words) == 1
    assert capsys.readouterr().err.startswith("gone.toml: there is no such file")
