"""What the columns that came later say, and what a bad value in each is told, with its cell."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import read_workbook
from toolkit.model.sheets import Agreement, Objective, PeriodResult

AGREEMENT = {
    "agreement_id": "A-1",
    "partner": "Porto",
    "country": "Portugal",
    "classification": "Partnership",
    "signed": "2016-04-02",
    "renewed": "2021-04-02",
    "ends": "2026-04",
}
OBJECTIVE = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Two missions a year."}
INDICATOR = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Missions", "kind": "flow"}
RESULT = {
    "indicator_id": "I-1",
    "period": "2025",
    "part": None,
    "target": 10,
    "first_target": None,
    "actual": 8,
    "state": "approved",
}


@pytest.fixture
def reading(tmp_path, policy):
    """Return what reads a workbook of these rows, each a change of the usual one."""

    def read(*results, agreement=None, objective=None):
        sheets = {
            "Agreements": [AGREEMENT | (agreement or {})],
            "Objectives": [OBJECTIVE | (objective or {})],
            "Indicators": [INDICATOR],
            "Results": [RESULT | row for row in (results or ({},))],
        }
        return read_workbook(saved(tmp_path / "city.xlsx", sheets), policy)

    return read


def saved(path: Path, sheets) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        page = workbook.create_sheet(name)
        page.append(list(rows[0]))
        for row in rows:
            page.append([row[column] for column in rows[0]])
    workbook.save(path)
    return path


def told(reading):
    """Return place, weight and sentence of each problem of a cell."""
    return [(i.place, str(i.severity), i.message) for i in reading.issues if i.cell]


def cell(row, column, number=2):
    return f"{get_column_letter(list(row).index(column) + 1)}{number}"


def test_the_usual_rows_have_nothing_to_look_at(reading):
    assert not told(reading())


def test_a_term_that_starts_anew_is_read(reading):
    [row] = reading().portfolio.rows(Agreement)
    assert (str(row.signed), str(row.renewed)) == ("2016-04-02", "2021-04-02")


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"renewed": "2015"}, "renewed", "renewed (2015) is before signed (2016-04-02). Correct"),
        ({"renewed": "2027"}, "ends", "ends (2026-04) is before renewed (2027). Correct one"),
        ({"renewed": "03/04/2021"}, "renewed", "2021-04-03 or 2021-03-04. Type it as year-month"),
        ({"renewed": "TBD"}, "renewed", '"TBD" is not a date. Leave the cell blank if not known.'),
        ({"renewed": "open-ended"}, "renewed", "is not a date. Type it as 2018-04-02, 2018-04"),
    ],
)
def test_a_term_out_of_order_is_told_at_its_cell(reading, changes, column, says):
    [(place, severity, message)] = told(reading(agreement=changes))
    assert (place, severity) == (f"Agreements!{cell(AGREEMENT, column)}", "to fix")
    assert says in message


def test_a_term_may_start_on_the_day_of_signing_and_have_no_end(reading):
    assert not told(reading(agreement={"renewed": "2016-04-02", "ends": "open-ended"}))


def test_the_item_of_a_partner_at_wikidata_is_kept(reading):
    [row] = reading(agreement={"wikidata": "Q172"}).portfolio.rows(Agreement)
    assert row.wikidata == "Q172"


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ("q172", '"Q172"'),
        ("https://www.wikidata.org/wiki/Q172", '"Q172"'),
        *((value, "Q and its digits, such as Q172") for value in ("172", 172, "Q", "Q01", "Porto")),
    ],
)
def test_any_other_item_is_refused_with_what_to_type(reading, value, remedy):
    place, severity, message = told(reading(agreement={"wikidata": value}))[0]
    letter = get_column_letter(len(AGREEMENT) + 1)
    assert (place, severity) == (f"Agreements!{letter}2", "to fix")
    assert message.endswith(f"is not an item of Wikidata. Type {remedy}.")


def test_an_objective_given_up_keeps_its_day_and_reason(reading):
    changes = {"dropped_on": "2024-06", "dropped_reason": "The partner closed its port."}
    done = reading(objective=changes)
    [row] = done.portfolio.rows(Objective)
    assert (str(row.dropped_on), row.dropped_reason) == ("2024-06", changes["dropped_reason"])
    assert not told(done)


@pytest.mark.parametrize(
    ("given", "value", "severity", "says"),
    [
        ("dropped_on", "2024-06", "to look at", "type it in dropped_reason."),
        ("dropped_reason", "It closed.", "to look at", "type the day in dropped_on."),
        ("dropped_on", "June 2024", "to fix", "is not a date. Type it as 2018-04-02"),
        ("dropped_on", "y", "to fix", "is not a date. Type it as 2018-04-02"),
    ],
)
def test_half_of_what_is_given_up_is_asked_for(reading, given, value, severity, says):
    [(place, weight, message)] = told(reading(objective={given: value}))
    assert (place, weight) == ("Objectives!D2", severity)
    assert says in message


def test_an_objective_given_up_later_is_not_given_up_yet(reading):
    changes = {"dropped_on": "2026-02", "dropped_reason": "The partner closed its port."}
    portfolio = reading(objective=changes).portfolio
    [row] = portfolio.on(portfolio.rows(Agreement)[0].renewed.first).rows(Objective)
    assert row.dropped_on is None


def test_a_part_stands_beside_the_whole(reading):
    done = reading({}, {"part": "women", "actual": 3}, {"part": "schools", "actual": 2})
    assert [row.part for row in done.portfolio.rows(PeriodResult)] == [None, "women", "schools"]
    assert not told(done)


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ({}, {}, '"I-1", "2025" is already in Results!A2. Each row needs its own.'),
        ({"part": "women"}, {"part": "Women"}, '"I-1", "2025", "Women" is already in Results!A3.'),
    ],
)
def test_one_indicator_period_and_part_stand_once(reading, first, second, says):
    [(place, severity, message)] = told(reading(*([{}] if first else []), first, second))
    assert (place, severity) == (f"Results!A{4 if first else 3}", "to fix")
    assert says in message


def test_parts_without_their_whole_are_told_once(reading):
    [(place, severity, message)] = told(reading({"part": "women"}, {"part": "schools"}))
    assert (place, severity) == (f"Results!{cell(RESULT, 'part')}", "to look at")
    assert message.endswith("never added: type the whole in a row with part blank.")


@pytest.mark.parametrize("word", ["total", "Total", "all", "whole"])
def test_the_whole_is_no_part(reading, word):
    [(place, severity, message)] = told(reading({"part": word}))
    assert (place, severity) == (f"Results!{cell(RESULT, 'part')}", "to fix")
    assert message == f'"{word}" reads like the whole. Leave part blank for the whole.'


def test_periods_of_two_parts_do_not_overlap(reading):
    longer = {"period": "2025-01-01/2026-06-30", "part": "women"}
    assert not any("overlaps" in message for *_, message in told(reading({}, longer)))
    assert any("overlaps" in message for *_, message in told(reading({}, longer | {"part": None})))


def test_a_target_that_was_revised_keeps_the_first(reading):
    [row] = reading({"target": 60, "first_target": 20}).portfolio.rows(PeriodResult)
    assert (row.target, row.first_target) == (60, 20)


@pytest.mark.parametrize(
    ("changes", "severity", "says"),
    [
        ({"target": None, "first_target": 20}, "to look at", "type it in target, changed or not."),
        ({"first_target": "1,200"}, "to fix", "can be read as 1.2 or 1200. Type a number."),
        ({"first_target": "about 20"}, "to fix", "is not a number. Type digits only"),
        ({"first_target": "n/a"}, "to fix", "is not a number. Leave the cell blank if not known."),
    ],
)
def test_a_first_target_that_cannot_stand_is_told(reading, changes, severity, says):
    [(place, weight, message)] = told(reading(changes))
    assert (place, weight) == (f"Results!{cell(RESULT, 'first_target')}", severity)
    assert says in message


def test_a_void_result_stays_on_record_beside_the_one_that_stands(reading):
    done = reading({"state": "void", "actual": 80}, {"actual": 8})
    assert [row.state for row in done.portfolio.rows(PeriodResult)] == ["void", "approved"]
    assert not told(done)


def test_nothing_is_asked_of_a_void_result(reading):
    wrong = {"state": "void", "period": "2025-01-01/2026-06-30", "part": "total", "target": None}
    assert not told(reading({}, wrong | {"first_target": 20}, wrong))


def test_another_word_for_void_is_refused_with_the_list(reading):
    [(place, severity, message)] = told(reading({"state": "cancelled"}))
    assert (place, severity) == (f"Results!{cell(RESULT, 'state')}", "to fix")
    assert message == '"cancelled" is not a state. Known: draft, approved, void.'


def test_a_reported_value_without_a_state_is_still_asked_for(reading):
    [(_, severity, message)] = told(reading({"state": None}))
    assert (severity, message) == ("to fix", "A value is reported: type draft or approved.")


def test_the_guide_names_the_columns_of_the_first_afternoon_in_their_order():
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    table = guide.split("## 2.")[1].split("|---|---|\n")[1].split("\n\n")[0]
    names = [line.split("|")[1] for line in table.splitlines()]
    named = [name for part in names for name in re.split(r",", part.strip())]
    sheet = Agreement.sheet
    assert tuple(name.strip() for name in named) == sheet.names[: sheet.first]
