"""The year turns: decisions carried out, rows laid ready, the rest listed; no row is removed."""

import csv
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from factory import agreement, day, make_portfolio

from toolkit.cli import cli
from toolkit.collect.keyed import read_keyed
from toolkit.collect.rolling import _next_year, turn_year
from toolkit.files.last_year import remembered
from toolkit.files.workbook import read_workbook
from toolkit.model.dates import Period
from toolkit.model.issues import errors

SAMPLE = Path("data/sample.xlsx")


def run(*words):
    done = CliRunner().invoke(cli, list(words), catch_exceptions=False, standalone_mode=False)
    assert not done.return_value, done.output
    return done.output


@pytest.fixture(scope="module")
def turned(tmp_path_factory):
    """Turn the sample to 2026 and return the new workbook."""
    path = tmp_path_factory.mktemp("turn") / "city-2026.xlsx"
    run("rollover", str(SAMPLE), str(path), "--to", "2026")
    return path


def lines_of(path):
    with path.with_name(f"{path.stem} - rollover.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def turn(policy, decision, point="review", decided="2025-03-01", **changes):
    row = {
        "subject_id": "A-1", "year": 2025, "decision_point": point, "decision": decision,
        "decided_on": day(decided), "rationale": "Said so.",
    }  # fmt: skip
    found = turn_year(make_portfolio(policy, agreement(**changes), Decisions=[row]), policy, 2026)
    return {change.column: change.becomes for change in found.changes}, dict(found.due)


def test_the_decisions_of_the_sample_are_carried_out_or_fall_due(turned):
    written = [line for line in lines_of(turned) if line["column"]]
    assert [(line["cell"], line["column"], line["was"], line["is now"]) for line in written] == [
        ("Agreements!G17", "ends", "open-ended", "2027-03-25"),
        ("Agreements!E18", "status", "active", "transferred"),
        ("Agreements!AI18", "concluded_on", "", "2025-03-25"),
        (
            "Agreements!AJ18", "conclusion_reason", "",
            "The visitor bureau leads already and takes it on.",
        ),
    ]  # fmt: skip
    due = [f"{line['is now']} {line['why']}" for line in lines_of(turned) if not line["cell"]]
    assert any("Conclude as achieved, decided 9 December 2025: ends 31 March" in d for d in due)
    assert any(d.startswith("Thanh Quy due: ended 30 June 2025 and is still") for d in due)


def test_the_new_workbook_is_sound_and_lacks_no_row_of_the_old(turned, policy):
    assert not errors(read_workbook(turned, policy).issues)
    before, after = read_keyed(SAMPLE, policy), read_keyed(turned, policy)
    for name, rows in before.rows.items():
        assert set(rows) <= set(after.rows[name])
        if name not in ("Agreements", "Projects"):
            assert all(after.rows[name][key] == texts for key, texts in rows.items())


def test_next_years_results_and_budget_lines_are_laid_without_a_number(turned, policy):
    before, after = read_keyed(SAMPLE, policy), read_keyed(turned, policy)
    added = {
        name: [texts for key, texts in rows.items() if key not in before.rows[name]]
        for name, rows in after.rows.items()
    }
    assert {name for name, rows in added.items() if rows} == {"Results", "Budget"}
    assert all(set(row) <= {"indicator_id", "period", "part"} for row in added["Results"])
    assert all(row["period"].startswith("2026") for row in added["Results"])
    assert all(set(row) <= {"year", "line", "agreement_id"} for row in added["Budget"])


@pytest.mark.long
def test_turning_twice_gives_the_same_bytes_and_turning_the_turned_changes_nothing(
    turned, tmp_path, policy
):
    run("rollover", str(SAMPLE), str(tmp_path / "city-2026.xlsx"), "--to", "2026")
    assert (tmp_path / "city-2026.xlsx").read_bytes() == turned.read_bytes()
    again = turn_year(read_workbook(turned, policy).portfolio, policy, 2026)
    assert not again.changes
    assert not again.rows


def test_the_new_workbook_remembers_where_last_years_results_lie(tmp_path):
    shutil.copy(SAMPLE, tmp_path / "sample.xlsx")
    folder = tmp_path / "outputs/sample/2025"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text('{"year": 2025}')
    words = ("rollover", str(tmp_path / "sample.xlsx"), str(tmp_path / "next.xlsx"), "--to", "2026")
    run(*words, "--policy", "data/policy.toml", "--results", str(folder))
    assert Path(remembered(tmp_path / "next.xlsx", 2026)) == folder
    assert not remembered(tmp_path / "next.xlsx", 2025)
    assert not remembered(tmp_path / "sample.xlsx", 2026)


def test_a_class_that_was_decided_is_given_and_the_former_one_kept(policy):
    written, _ = turn(policy, "Friendship", "reclassification", classification="twinning")
    assert written == {
        "original_class": "twinning",
        "classification": "Friendship",
        "reclassified_on": "2025-03-01",
    }


def test_a_sunset_ends_at_its_end_or_after_its_notice(policy):
    assert turn(policy, "Sunset", ends=day("2025-06-30"))[0] == {
        "status": "historical",
        "concluded_on": "2025-06-30",
        "conclusion_reason": "Said so.",
    }
    written, due = turn(policy, "Sunset", ends="open-ended")
    assert written == {"ends": "2027-03-01"}
    assert "ends 1 March 2027" in next(iter(due.values()))


def test_what_needs_a_fact_that_nobody_gave_is_listed_and_not_written(policy):
    written, due = turn(policy, "Renew", "D3", ends=day("2026-06-30"))
    assert not written
    assert "type renewed and the new end" in next(iter(due.values()))


@pytest.mark.parametrize("decision", ["Keep", "On notice", "Confirm or end"])
def test_a_decision_that_settles_no_cell_writes_none(policy, decision):
    assert not turn(policy, decision)[0]


def test_a_decision_that_ran_out_is_not_carried_out(policy):
    row = {
        "subject_id": "A-1", "year": 2022, "decision_point": "review", "decision": "Suspend",
        "decided_on": day("2022-03-01"),
    }  # fmt: skip
    found = turn_year(make_portfolio(policy, agreement(), Decisions=[row]), policy, 2026)
    assert not found.changes


def test_periods_of_a_fiscal_year_go_on_under_the_next_name(policy):
    fiscal = replace(policy, programme=replace(policy.programme, fiscal_year_end="03-31"))
    label, first, last = "2025-Q4", date(2025, 1, 1), date(2025, 3, 31)
    assert _next_year(Period(first, last, label)) == Period(
        date(2026, 1, 1), date(2026, 3, 31), "2026-Q4"
    )
    assert _next_year(Period(first, last, label)).label == "2026-Q4"
    spanning = Period(date(2024, 4, 1), date(2025, 3, 31), "2024/25")
    assert _next_year(spanning).label == "2025-04-01/2026-03-31"
    assert fiscal.year_of(date(2026, 3, 31)) != fiscal.year_of(date(2026, 4, 1))


def test_a_project_whose_last_day_is_over_is_done(policy):
    over = {"project_id": "P-1", "agreement_id": "A-1", "name": "Fair", "state": "active"}
    later = over | {"project_id": "P-2", "ends": day("2026-03-01")}
    planned = over | {"project_id": "P-3", "state": "planned", "ends": day("2025-03-01")}
    rows = [over | {"ends": day("2025-05-01")}, later, planned]
    found = turn_year(make_portfolio(policy, agreement(), Projects=rows), policy, 2026)
    assert [(c.row.project_id, c.becomes) for c in found.changes] == [("P-1", "done")]
    assert ("Fair", "was planned and is over: type its state") in found.due
