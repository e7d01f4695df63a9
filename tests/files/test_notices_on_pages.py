"""Which notices touch a number or a decision, and to which agreement they belong."""

import pytest
from openpyxl import Workbook

from toolkit.files.workbook import read_workbook

AGREEMENTS = [
    {"agreement_id": "A-1", "partner": "Porto", "country": "Portugal", "classification": "MOU"},
    {"agreement_id": "A-2", "partner": "Kyoto", "country": "Japan", "classification": "Friendship"},
]
OBJECTIVE = {"objective_id": "O-1", "agreement_id": "A-2", "statement": "Two missions a year."}
INDICATOR = {
    "indicator_id": "I-1",
    "objective_id": "O-1",
    "name": "Jobs",
    "kind": "level",
    "direction": "increase",
    "baseline": 100,
}
RESULT = {"indicator_id": "I-1", "period": "2025", "target": 120, "first_target": 110}
DECISION = {"subject_id": "A-2", "year": 2025, "decision_point": "review", "decision": "Keep"}


@pytest.fixture
def noticed(tmp_path, policy):
    """Return what reads rows by sheet, the usual ones where none are given, and what was said."""

    def read(number_formats=None, **sheets):
        given = {
            "Agreements": AGREEMENTS,
            "Objectives": [OBJECTIVE],
            "Indicators": [INDICATOR],
            "Results": [RESULT],
            "Decisions": [DECISION],
        }
        workbook = Workbook()
        workbook.remove(workbook.active)
        for name, rows in (given | sheets).items():
            page = workbook.create_sheet(name)
            page.append(list(rows[0]))
            for row in rows:
                page.append([row[column] for column in rows[0]])
        for place, shown in (number_formats or {}).items():
            sheet, cell = place.split("!")
            workbook[sheet][cell].number_format = shown
        workbook.save(tmp_path / "city.xlsx")
        return read_workbook(tmp_path / "city.xlsx", policy)

    return read


def changed(rows, **changes):
    return [rows[0] | changes, *rows[1:]]


TOUCHING = (  # sheet, change of its first row, number formats, where, what is said
    ("Agreements", {"country": "Atlantis"}, {}, "Agreements!C2", "list of country names"),
    ("Agreements", {"classification": "unknown"}, {}, "Agreements!D2", 'is "unknown"'),
    ("Agreements", {"lead_unit": "TBD"}, {}, "Agreements!E2", '"TBD" was read as blank'),
    ("Objectives", {"dropped_on": "2024"}, {}, "Objectives!D2", "without a reason"),
    ("Results", {"target": 90}, {}, "Results!C2", "wrong side of the baseline"),
    (
        "Results",
        {"target": 1.2},
        {"Results!C2": "0%"},
        "Results!C2",
        "1.2 was read as 120 per cent",
    ),
    ("Results", {"target": None}, {}, "Results!D2", "without the one in force"),
    ("Results", {"part": "women"}, {}, "Results!E2", "parts and no whole"),
)
ROWS = {
    "Agreements": AGREEMENTS,
    "Objectives": [OBJECTIVE],
    "Indicators": [INDICATOR],
    "Results": [RESULT],
}


@pytest.mark.parametrize("case", TOUCHING, ids=lambda case: case[4])
def test_a_notice_that_touches_a_number_or_a_decision_is_kept_for_the_pages(noticed, case):
    sheet, changes, formats, place, says = case
    rows = [row | dict.fromkeys(changes) for row in ROWS[sheet]]
    notices = noticed(formats, **{sheet: changed(rows, **changes)}).portfolio.notices
    assert [notice.place for notice in notices] == [place]
    assert says in notices[0].message


@pytest.mark.parametrize(
    "changes",
    [
        {"agreement_id": 1},  # an id stored as a number
        {"country": "PORTUGAL"},
        {"classification": "mou"},
        {"partner": " Porto"},
    ],
)
def test_a_notice_on_how_a_value_was_typed_stays_in_check(noticed, changes):
    reading = noticed(Agreements=changed(AGREEMENTS, **changes))
    assert any(issue.cell for issue in reading.issues)
    assert not reading.portfolio.notices


def test_the_usual_rows_give_no_notice_to_the_pages(noticed):
    reading = noticed()
    assert [issue.sheet for issue in reading.issues] == ["(sheets)"]
    assert not reading.portfolio.notices


def test_an_error_is_no_notice(noticed):
    reading = noticed(Results=[RESULT | {"target": "48,25"}])
    assert not reading.portfolio.notices


def test_a_notice_belongs_to_the_agreement_of_its_row(noticed):
    portfolio = noticed(Results=[RESULT | {"target": 90}]).portfolio
    assert [n.place for n in portfolio.notices_of("A-2")] == ["Results!C2"]
    assert not portfolio.notices_of("A-1")


def test_a_notice_of_an_agreement_belongs_to_it(noticed):
    portfolio = noticed(Agreements=changed(AGREEMENTS, country="Atlantis")).portfolio
    assert [n.place for n in portfolio.notices_of("A-1")] == ["Agreements!C2"]
    assert not portfolio.notices_of("A-2")
