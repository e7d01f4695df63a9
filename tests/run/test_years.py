"""The year that is asked for: said first, asked back where it is a slip, refused where silent."""

import sys

import pytest

from toolkit.cli import main
from toolkit.files.shipped import ROOT
from toolkit.model.issues import InputError
from toolkit.review import open_results, open_year

SAMPLE = str(ROOT / "data" / "sample.xlsx")
TORONTO = str(ROOT / "data" / "toronto-2018.xlsx")
POLICY = "data/policy.toml"


@pytest.fixture
def run(monkeypatch, capsys):
    """Return what runs a command and gives its status, what it says and what it says of errors."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["partnerships", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return command


def test_check_says_first_what_is_on_record_of_the_year(run):
    status, said, _ = run("check", SAMPLE, "--year", "2025")
    first, second = said.splitlines()[:2]
    assert status == 0
    assert first.startswith("On record of 2025: ")
    assert "results" in first
    assert second.startswith(f"{SAMPLE}: 0 to fix, ")


def test_check_without_a_year_says_nothing_of_one(run):
    _, said, _ = run("check", TORONTO)
    assert said.splitlines()[0].startswith(f"{TORONTO}: ")


def test_check_asks_a_year_back_as_a_notice(run):
    status, said, _ = run("check", TORONTO, "--year", "1990")
    assert status == 0
    assert "signed after 1990. Did you mean 2018?" in said
    assert f"{TORONTO}: 0 to fix, 7 to look at" in said


def test_check_says_that_nothing_happened_in_the_year(run):
    status, said, _ = run("check", SAMPLE, "--year", "2026")
    assert status == 0
    assert said.startswith("Nothing that happened in 2026 is on record")


@pytest.mark.parametrize("command", ["review", "reports"])
@pytest.mark.parametrize(
    ("workbook", "year", "says"),
    [
        (SAMPLE, "2026", "The last year with such a row is 2025. Review 2025, or fill in 2026."),
        (SAMPLE, "2012", "signed after 2012. Did you mean 2025?"),
        (TORONTO, "2019", "2019 is beyond the newest date in the workbook. Did you mean 2018?"),
    ],
)
def test_no_report_is_made_of_a_year_that_is_refused(run, tmp_path, command, workbook, year, says):
    status, _, said = run(command, workbook, "--year", year, "-o", str(tmp_path))
    assert status == 1
    assert says in said
    assert len(said.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_notebook_is_told_in_the_same_sentence():
    with pytest.raises(InputError, match=r"Did you mean 2018\? If 2019 is meant, name the day"):
        open_results(TORONTO, POLICY, 2019)


def test_who_means_the_year_names_its_day():
    assert open_year(TORONTO, POLICY, 2019, "2019-12-31").year == 2019


def test_a_year_without_a_word_is_refused_with_its_day_too():
    with pytest.raises(InputError, match="Nothing that happened in 2026"):
        open_year(SAMPLE, POLICY, 2026, "2026-12-31")


def test_an_old_year_is_reviewed_from_a_later_workbook():
    assert open_year(SAMPLE, POLICY, 2024).year == 2024
