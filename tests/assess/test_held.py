"""What the workbook holds of the year, and when another year is meant."""

from dataclasses import replace
from datetime import date

import pytest
from factory import agreement, day, make_portfolio

from toolkit.assess.year.held import find_held
from toolkit.model.dates import Period
from toolkit.model.sheets import Agreement, PeriodResult

YEAR_2025 = Period(date(2025, 1, 1), date(2025, 12, 31), "2025")
RESULT = {"indicator_id": "I-1", "period": YEAR_2025, "actual": 8, "state": "approved"}
PROJECT = {"project_id": "P-1", "agreement_id": "A-1", "name": "A mission", "state": "done"}
PROFILE = {"subject_id": "A-1", "dated": day("2024-03")}


@pytest.fixture
def held(policy):
    """Return what is held of a year by one agreement and the rows of further sheets."""

    def find(year=2025, *agreements, **sheets):
        portfolio = make_portfolio(policy, *(agreements or (agreement(),)), **sheets)
        return find_held(portfolio, policy, as_of=policy.year_end(year))

    return find


def test_each_kind_of_row_of_the_year_is_counted(held):
    found = held(
        Results=[RESULT, RESULT | {"indicator_id": "I-2", "state": "draft"}],
        Projects=[PROJECT | {"starts": day("2024-11"), "ends": day("2025-02")}],
        Decisions=[{"subject_id": "A-1", "year": 2025, "decision": "Keep"}],
        Budget=[{"year": 2025, "line": "programme", "budget": 1000.0}],
        Profiles=[PROFILE | {"dated": day("2025-03")}],
    )
    assert found.sentence == (
        "On record of 2025: 2 results (1 draft), 1 project active, 1 decision, 1 budget line and "
        "1 other dated row."
    )


def test_what_is_not_on_record_of_the_year_is_named(held):
    found = held(Results=[RESULT], Profiles=[PROFILE])
    assert found.sentence == (
        "On record of 2025: 1 result. No project, decision or budget line of 2025 is on record."
    )


@pytest.mark.parametrize(
    "changes", [{"actual": None, "target": 10}, {"state": "void"}, {"part": "women"}]
)
def test_a_target_a_void_value_and_a_part_are_no_result(held, changes):
    assert held(Results=[RESULT | changes]).results == 0


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("Projects", PROJECT | {"starts": day("2026-02"), "state": "planned"}),
        ("Projects", PROJECT | {"starts": day("2026-02"), "state": "cancelled"}),
        ("Projects", PROJECT | {"starts": day("2024"), "ends": day("2027"), "state": "active"}),
        ("Budget", {"year": 2026, "line": "programme", "budget": 1000.0}),
        ("Results", RESULT | {"period": Period(date(2026, 1, 1), date(2026, 12, 31), "2026"),
                              "actual": None, "target": 10}),
        ("Milestones", {"project_id": "P-1", "name": "Signed", "due": day("2026-06")}),
        ("Decisions", {"subject_id": "A-1", "year": 2025, "decided_on": day("2026-02")}),
        ("Agreements", None),
    ],
)  # fmt: skip
def test_a_plan_speaks_of_no_year(held, sheet, row):
    rows = {"Profiles": [PROFILE], **({sheet: [row]} if row else {})}
    drafted = agreement("A-2", status="proposed", signed=day("2026-04"))
    found = held(2026, agreement(), drafted, **rows)
    assert found.is_silent
    assert found.sentence.startswith("Nothing that happened in 2026 is on record, so nothing is")


def test_the_last_year_with_a_row_is_named(held):
    found = held(2026, Profiles=[PROFILE])
    assert found.sentence.endswith("The last year with such a row is 2024.")


@pytest.mark.parametrize(
    "changes",
    [
        {"last_contact": day("2026-03")},
        {"asked_on": day("2026-03")},
        {"renewed": day("2026-03")},
        {"records_complete_to": day("2026-12-31")},
        {"records_complete_to": day("2027-01")},
    ],
)
def test_one_word_on_the_year_is_enough_to_judge_it(held, changes):
    assert not held(2026, agreement(**changes), Profiles=[PROFILE]).is_silent


def test_a_list_of_agreements_has_no_year_of_its_own(held):
    found = held(2025, agreement(signed=day("2015")))
    assert not found.is_silent
    assert found.sentence == "No result, project, decision or budget line of 2025 is on record."


def test_a_year_before_most_agreements_were_signed_is_asked_back(held):
    rows = [agreement(f"A-{n}", signed=day(str(2010 + n))) for n in range(1, 6)]
    contact = agreement("A-6", signed=None, last_contact=day("2022-05"))
    assert held(2012, *rows, contact).doubt == (
        "3 of 5 agreements with a day of signing were signed after 2012. Did you mean 2022?"
    )
    assert not held(2013, *rows, contact).doubt


def test_a_year_beyond_every_date_is_asked_back(held):
    rows = agreement(signed=day("2018"), ends=day("2021"), last_contact=day("2019-05"))
    assert held(2022, rows).doubt == (
        "2022 is beyond the newest date in the workbook. Did you mean 2019?"
    )
    assert not held(2021, rows).doubt


def test_where_nothing_happened_the_newest_date_is_what_was_meant(held):
    found = held(2024, agreement(signed=None, ends=day("2021-06")))
    assert found.doubt.endswith("Did you mean 2021?")


def test_without_a_single_date_no_year_is_doubted(held):
    found = held(2025, agreement(signed=None, ends=None))
    assert (found.doubt, found.last_year, found.is_silent) == ("", None, False)


def test_a_financial_year_holds_its_own_days(policy):
    rules = replace(policy, programme=replace(policy.programme, fiscal_year_end="03-31"))
    portfolio = make_portfolio(rules, agreement(), Profiles=[PROFILE])
    assert find_held(portfolio, rules, as_of=rules.year_end(2024)).others == 1
    assert find_held(portfolio, rules, as_of=rules.year_end(2025)).is_silent


def test_what_the_day_does_not_know_yet_is_held_all_the_same(policy):
    known = make_portfolio(policy, agreement(last_contact=day("2025-11"))).on(date(2025, 6, 30))
    assert known.rows(Agreement)[0].last_contact is None
    assert find_held(known, policy, as_of=date(2025, 6, 30)).others == 1


def test_a_row_that_could_not_be_read_is_not_counted(policy):
    broken = make_portfolio(policy, agreement(), Results=[RESULT | {"period": None}])
    assert find_held(broken, policy, as_of=date(2025, 12, 31)).results == 0
    assert broken.rows(PeriodResult)
