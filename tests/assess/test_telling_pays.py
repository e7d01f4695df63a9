"""Domain, section 0: silence never pays, good news never ends a tie, failure weighs, notice first.

Each test is a case in which the first edition of the rules paid the wrong one.
"""

from dataclasses import replace

import pytest
from factory import day, mou
from situations import (
    decided,
    friendship,
    indicator,
    judge,
    objective,
    partnership,
    project,
    reached,
    recorded,
    said,
    silent,
    told,
)

from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Purpose

WEAK = {
    "projects": 1,
    "partners": 0,
    "about": {"sectors_shared": (), "yearly_trade": 0.0},
    "results": [reached(2024, 20.0, 2.0), reached(2025, 20.0, 2.0)],
}
FORMAL = ("asked_on", "answered_on", "records_complete_to", "signed", "ends")
KEPT = ("agreement_id", "partner", "country", "classification", "relationship_id", "status")
OLD = [project(starts=day("2019"), ends=day("2019"))]


def ended(who, **more):
    """Return a weak agreement whose notice has run out."""
    return told(who, **(WEAK | {"Decisions": [decided("On notice")]} | more))


HEARD = partnership(country="Chad", last_contact=day("2024-09"))


def test_a_sunset_is_no_better_for_blanking_the_last_contact(policy):
    """As A-005 of the sample: the first edition asked one of whom nobody had heard first."""
    for projects in (1, OLD):
        before = judge(policy, ended(HEARD, projects=projects))
        after = judge(policy, ended(HEARD | {"last_contact": None}, projects=projects))
        assert (before.decision, after.decision) == ("Sunset", "Sunset")


@pytest.mark.parametrize(
    "column", [c for c in Agreement.sheet.names if c not in (*FORMAL, *KEPT) and c in HEARD]
)
@pytest.mark.parametrize("has_run_out", [True, False])
def test_no_blank_cell_of_a_weak_agreement_gives_it_a_better_place(policy, column, has_run_out):
    sheets = ended(HEARD) if has_run_out else told(HEARD, **WEAK)
    blanked = sheets | {"Agreements": [HEARD | {column: None}]}
    assert judge(policy, blanked).place >= judge(policy, sheets).place


@pytest.mark.parametrize("sheet", ["Profiles", "Projects", "Results", "Engagements", "Objectives"])
@pytest.mark.parametrize("has_run_out", [True, False])
def test_no_deleted_sheet_of_a_weak_agreement_gives_it_a_better_place(policy, sheet, has_run_out):
    sheets = ended(HEARD) if has_run_out else told(HEARD, **WEAK)
    assert judge(policy, sheets | {sheet: []}).place >= judge(policy, sheets).place


def near_end(**changes):
    """Return a Partnership that ends in half a year with targets of which most are not reported."""
    who = partnership(signed=day("2021-07-01"), ends=day("2026-06-30"))
    results = [reached(2023, 20.0, 4.0), reached(2024, 20.0, None), reached(2025, 20.0, None)]
    return told(who, results=results, **changes)


@pytest.mark.parametrize("deleted", [("Results",), ("Results", "Indicators")])
def test_one_that_is_not_evaluable_is_no_better_for_deleting_its_results(policy, deleted):
    """As A-012 of the sample: the first edition kept it on new terms."""
    before = judge(policy, near_end())
    after = judge(policy, near_end() | {name: [] for name in deleted})
    assert before.decision == "Not evaluable"
    assert after.place >= before.place


ANSWER = {"asked_on": day("2025-02-01"), "answered_on": day("2025-12-01")}
NEWS = {
    "the partner answers": (ANSWER, {}),
    "it is heard of": ({"last_contact": day("2025-11")}, {}),
    "the sponsor confirms": (
        {"community_sponsor": "Circle", "sponsor_confirmed": day("2025-11")}, {},
    ),
    "records are complete": ({"records_complete_to": day("2025-12")}, {}),
    "a project is planned": (
        {}, {"state": "planned", "starts": day("2026-05"), "ends": day("2026-06")},
    ),
    "a project is done": ({}, {}),
}  # fmt: skip
ASKED = {"asked_on": day("2025-02-01")}
QUIET = {
    "a Partnership": silent(partnership(country="Chad")),
    "a Friendship": silent(friendship()),
    "an instrument with a purpose": silent(
        mou("A-1", main_purpose=(Purpose.ECON,), records_complete_to=day("2025-12"))
    ),
    "an instrument without": silent(mou("A-1", records_complete_to=day("2025-12"))),
}


@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("whose", QUIET)
@pytest.mark.parametrize("asked", [{}, ASKED, {"asked_on": day("2024-02-01")}])
@pytest.mark.parametrize("notice", [None, 2025, 2024])
def test_good_news_of_one_that_was_quiet_never_makes_its_place_worse(
    policy, news, whose, asked, notice
):
    """The first edition turned Confirm or end to Sunset when a partner answered."""
    who, (cells, row) = QUIET[whose] | asked, NEWS[news]
    rest = WEAK | {"projects": OLD, "Decisions": [decided("On notice", notice)] if notice else []}
    before = judge(policy, told(who, **rest))
    more = [project(number=9, **row)] if not cells else []
    after = judge(policy, told(who | cells, **(rest | {"projects": [*OLD, *more]})))
    assert after.place <= before.place


def test_one_that_reached_0_of_20_in_three_years_is_not_kept(policy):
    zeros = [reached(year, 20.0, 0.0) for year in (2023, 2024, 2025)]
    row = judge(policy, told(results=zeros))
    assert said(row) == "rule 13, Renegotiate"
    assert "results of 50 % of its targets" in row.reason


@pytest.mark.parametrize("first", [0.0, 10.0, 20.0])
def test_two_years_of_nothing_are_no_better_left_blank(policy, first):
    years = {0.0: [], None: []}
    for actual, rows in years.items():
        rows += [reached(2023, 20.0, first), *(reached(y, 20.0, actual) for y in (2024, 2025))]
    zero, blank = (judge(policy, told(results=rows)) for rows in years.values())
    assert blank.place >= zero.place


def test_two_years_of_nothing_are_no_better_without_their_rows(policy):
    first = reached(2023, 20.0, 20.0)
    zeros = [first, reached(2024, 20.0, 0.0), reached(2025, 20.0, 0.0)]
    assert judge(policy, told(results=[first])).place >= judge(policy, told(results=zeros)).place


def with_target(target, first=None, actual=10.0):
    """Return three years of which the first two reached half, the last with another target."""
    last = reached(2025, target, actual, first_target=first)
    return told(results=[reached(2023, 20.0, 10.0), reached(2024, 20.0, 10.0), last])


def test_a_target_that_is_raised_is_not_punished_in_its_year(policy):
    before, raised = (judge(policy, with_target(*t)) for t in ((20.0,), (60.0, 20.0)))
    assert (said(before), said(raised)) == ("rule 11, Keep", "rule 11, Keep")
    assert raised.place == before.place
    assert "from 20 to 60" in raised.reason


def test_a_raised_target_without_the_first_one_is_read_as_it_stands(policy):
    assert said(judge(policy, with_target(60.0))) == "rule 13, Renegotiate"


def test_a_target_that_is_lowered_gains_nothing(policy):
    few = [judge(policy, with_target(*t, actual=5.0)) for t in ((60.0,), (5.0, 60.0))]
    assert {said(row) for row in few} == {"rule 13, Renegotiate"}
    assert "from 60 to 5" in few[1].reason


def test_the_first_target_is_read_from_last_year_s_workbook_too(policy):
    last_year = recorded(policy, with_target(20.0, actual=None))
    row = judge(policy, with_target(60.0), previous=last_year)
    assert said(row) == "rule 11, Keep"
    assert "from 20 to 60" in row.reason


def test_an_honest_new_objective_costs_nothing_in_its_year(policy):
    """It is not SMART yet, has no indicator, and nothing of it is due."""
    bare = {"indicator_id": "I-2", "objective_id": "O-2"}
    new = objective(objective_id="O-2", starts=day("2025-03"), partner_unit=None, review_on=None)
    rows = told()
    with_it = rows | {"Objectives": [*rows["Objectives"], new]}
    measured = with_it | {"Indicators": [*rows["Indicators"], indicator(**bare)]}
    for sheets in (with_it, measured):
        found = judge(policy, sheets)
        assert (said(found), found.evidence) == ("rule 11, Keep", "stands")


def test_nobody_is_ended_on_a_first_bad_year(policy):
    row = judge(policy, told(HEARD, **WEAK))
    assert said(row) == "rule 14, On notice"
    assert "To be shown by 31 December 2026" in row.reason


def test_a_blank_status_is_active_and_costs_nothing(policy):
    rows = told(partnership(status=None))
    assert judge(policy, rows).place == judge(policy, told()).place


def test_the_cases_stand_under_any_weights_of_the_record(policy):
    """The least results and record asked of Keep are the policy's, not the code's."""
    lenient = replace(policy, thresholds=replace(policy.thresholds, keep_results=0, keep_record=0))
    zeros = [reached(year, 20.0, 0.0) for year in (2023, 2024, 2025)]
    assert said(judge(lenient, told(results=zeros))) == "rule 11, Keep"
