"""What a folder of results keeps for the next year, and what the next year makes of it."""

import json
import sys
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from toolkit.assess.results import Results
from toolkit.cli import main
from toolkit.files.last_year import COPY, keep_workbook, read_earlier, record_of
from toolkit.files.opening import open_case, open_previous
from toolkit.files.results import describe_run, write_manifest
from toolkit.files.shipped import ROOT
from toolkit.model.dates import When
from toolkit.model.issues import InputError
from toolkit.model.sheets import Agreement, Engagement, Partner, PeriodResult, Project
from toolkit.review import results_of

SAMPLE = ROOT / "data" / "sample.xlsx"
ASKED = When.month_of(2023, 5)


@pytest.fixture(scope="module")
def case():
    return open_case(str(SAMPLE), "data/policy.toml", 2024)


@pytest.fixture
def folder(case, tmp_path):
    """Last year's folder of results, by when a question and a project had been withdrawn."""
    held, portfolio = tmp_path / "sample" / "2024", case.portfolio
    first, *others = portfolio.rows(Agreement)
    before = portfolio.with_rows(Agreement, [replace(first, asked_on=ASKED), *others])
    project = replace(portfolio.rows(Project)[0], project_id="PJ-999")
    before = before.with_rows(Project, [*portfolio.rows(Project), project])
    results = Results(portfolio, case.policy, case.as_of, before)
    held.mkdir(parents=True)
    keep_workbook(held, SAMPLE, portfolio.sha256)
    record = record_of(results.review, results.gone, results.previous)
    write_manifest(held, {**describe_run(case), **record}, [])
    return held


def said(monkeypatch, capsys, *words):
    """Return what a command says."""
    monkeypatch.setattr(sys, "argv", ["partnerships", *map(str, words)])
    with pytest.raises(SystemExit):
        main()
    return capsys.readouterr().out


def edited(path, sheet, cell, value):
    """Return a copy of the sample in which one cell says something else."""
    workbook = load_workbook(SAMPLE)
    workbook[sheet][cell] = value
    workbook.save(path)
    return path


def test_a_folder_of_results_gives_last_years_workbook_and_what_was_proposed(case, folder):
    before = open_previous(str(folder), case.policy, case.portfolio)
    earlier = read_earlier(str(folder), case.policy, 2025)
    assert before.sha256 == case.portfolio.sha256
    assert (
        earlier.proposals["A-001"]
        == json.loads((folder / "run.json").read_text("utf-8"))["proposals"]["A-001"]
    )


def test_withdrawn_facts_are_read_back_as_they_were_typed(case, folder):
    cell, row = read_earlier(str(folder), case.policy, 2025).withdrawn
    assert (cell.values, cell.at) == ({"asked_on": ASKED}, 2)
    assert (row.row.id, row.row.ends, row.at) == (
        "PJ-999",
        case.portfolio.rows(Project)[0].ends,
        None,
    )


@pytest.mark.parametrize("kind", [Agreement, Project, PeriodResult, Partner, Engagement])
def test_every_value_of_a_row_is_read_back_as_it_was(case, tmp_path, kind):
    now = case.portfolio.with_rows(kind, [])
    results = Results(now, case.policy, case.as_of, case.portfolio)
    gone = [found for found in results.gone if isinstance(found.row, kind)]
    record = record_of([], gone, case.portfolio)
    write_manifest(tmp_path, {**describe_run(case), **record}, [])
    earlier = read_earlier(str(tmp_path), case.policy)
    assert [found.row for found in earlier.withdrawn] == list(case.portfolio.rows(kind))


def test_a_workbook_by_itself_says_less_it_has_no_record_of_proposals(case):
    assert read_earlier(str(SAMPLE), case.policy, 2025) is None


def test_results_of_another_year_are_not_last_years(case, folder):
    with pytest.raises(InputError, match=r"results of 2024\. Name those of 2025"):
        read_earlier(str(folder), case.policy, 2026)


def test_a_workbook_that_was_put_in_the_place_of_the_copy_is_refused(case, folder):
    edited(folder / COPY, "Agreements", "B2", "Elsewhere")
    with pytest.raises(InputError, match="not the workbook that the results beside it"):
        open_previous(str(folder), case.policy, case.portfolio)


def test_a_folder_without_results_is_refused(case, tmp_path):
    with pytest.raises(InputError, match=r"there are no results here \(run.json\)"):
        open_previous(str(tmp_path), case.policy, case.portfolio)


def test_a_workbook_changed_while_it_was_read_is_not_kept(tmp_path):
    with pytest.raises(InputError, match="Run it again"):
        keep_workbook(tmp_path, SAMPLE, "0" * 64)


def test_what_was_withdrawn_by_last_year_counts_again_this_year(folder):
    results = results_of(open_case(str(SAMPLE), "data/policy.toml", 2025), str(folder))
    assert [(row.sheet, row.column, row.type_in) for row in results.withdrawn] == [
        ("Agreements", "asked_on", "Agreements!V2"),
        ("Projects", None, None),
    ]


def test_what_was_typed_again_is_withdrawn_no_longer(folder, tmp_path):
    path = edited(tmp_path / "now.xlsx", "Agreements", "V2", "2025-05")
    results = results_of(open_case(str(path), "data/policy.toml", 2025), str(folder))
    assert [row.sheet for row in results.withdrawn] == ["Projects"]


def test_check_names_what_was_withdrawn_with_the_cell_to_type_it_in(
    monkeypatch, capsys, folder, tmp_path
):
    path = edited(tmp_path / "now.xlsx", "Agreements", "N2", None)
    text = said(monkeypatch, capsys, "check", path, "--previous", folder)
    named = [line.split()[:4] for line in text.splitlines() if "Withdrawn" in line]
    assert ["Agreements!N2", "last_contact", "Withdrawn:", "A-001."] in named
    assert ["Projects", "Withdrawn:", "PJ-999.", "The"] in named


def test_from_the_second_year_check_asks_for_previous(monkeypatch, capsys, folder, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample").rename(tmp_path / "now")
    (tmp_path / "outputs").mkdir()
    (tmp_path / "now").rename(tmp_path / "outputs" / "now")
    path = edited(tmp_path / "now.xlsx", "Agreements", "N2", None)
    line = "Without --previous outputs/now/2024 it is not seen which facts were withdrawn"
    assert line in said(monkeypatch, capsys, "check", path)
    assert line in said(monkeypatch, capsys, "check", path, "--year", "2025")
    assert line not in said(monkeypatch, capsys, "check", path, "--year", "2024")
