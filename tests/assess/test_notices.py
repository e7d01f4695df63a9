"""Domain, section 4, A notice: which counts, until when, and what changes once it has run out."""

from datetime import timedelta

import pytest
from factory import TODAY, agreement, day, mou
from situations import decided, judge, offer, partnership, project, recorded, said, told

from toolkit.assess.record.notices import find_notices
from toolkit.model.vocabulary import Purpose

LAST = day("2025-12-31").last


def notice(policy, *decisions, as_of=TODAY):
    """Return the notice that an agreement is on by these decisions."""
    portfolio = recorded(policy, {"Agreements": [agreement()], "Decisions": decisions})
    return find_notices(portfolio.on(as_of), policy, as_of=as_of).get("A-1")


def given(year=2024, **changes):
    return decided("On notice", year, **changes)


def test_a_notice_without_a_date_runs_to_the_end_of_the_year_after_its_own(policy):
    assert notice(policy, given(2024)).until == LAST


def test_the_last_day_of_a_notice_counts_as_run_out(policy):
    on = given(expires=day("2025-10-31"))
    for days, has_run_out in ((-1, False), (0, True)):
        as_of = day("2025-10-31").first + timedelta(days=days)
        assert notice(policy, on, as_of=as_of).has_run_out is has_run_out


def test_a_notice_that_ran_out_is_good_for_two_years(policy):
    for expires, has_run_out in (("2023-12-31", True), ("2023-12-30", False)):
        found = notice(policy, given(2022, expires=day(expires)))
        assert found.has_run_out is has_run_out


def test_repeating_a_notice_does_not_extend_it(policy):
    found = notice(policy, given(2024), given(2025))
    assert (found.row.year, found.until, found.has_run_out) == (2024, LAST, True)


def test_a_notice_given_again_after_the_first_grew_too_old_counts_by_itself(policy):
    found = notice(policy, given(2021), given(2025))
    assert (found.row.year, found.has_run_out) == (2025, False)


@pytest.mark.parametrize("word", ["Keep", "Renegotiate", "Confirm or end", "Keep by direction"])
def test_any_later_word_of_the_review_cancels_a_notice(policy, word):
    assert notice(policy, given(2023), decided(word, 2024)) is None


def test_a_later_word_of_d3_cancels_a_notice_too(policy):
    assert notice(policy, given(2023), decided("Renew", 2024, decision_point="D3")) is None


def test_a_notice_after_another_word_is_a_first_one(policy):
    found = notice(policy, given(2022), decided("Renegotiate", 2023), given(2024))
    assert (found.row.year, found.until) == (2024, LAST)


@pytest.mark.parametrize(
    ("word", "point"), [("Friendship", "reclassification"), ("Sunset", "resources")]
)
def test_a_decision_of_another_point_neither_gives_nor_cancels_a_notice(policy, word, point):
    if word == "Sunset":
        assert notice(policy, given(decision_point="resources")) is None
    else:
        assert notice(policy, given(), decided(word, 2025, decision_point=point)) is not None


def test_a_notice_of_d3_is_a_notice(policy):
    assert notice(policy, given(2024, decision_point="D3")).has_run_out


def test_a_decision_taken_after_the_review_is_not_known_to_it(policy):
    assert notice(policy, given(2025, decided_on=day("2026-02-01"))) is None


WEAK = {
    "projects": 1,
    "partners": 0,
    "about": {"sectors_shared": (), "yearly_trade": 0.0},
    "results": [],
}


def weak(policy, who=None, *, year=2024, counted=None, **sheets):
    """Return what is proposed for a weak Partnership that was put on notice for a year."""
    decisions = {"Decisions": [given(year)]} if year else {}
    options = {} if counted is None else {"counted": counted}
    who = partnership(country="Chad") | (who or {})
    return judge(policy, told(who, **(WEAK | sheets | decisions)), **options)


def test_before_a_notice_nobody_is_ended(policy):
    assert said(weak(policy, year=None, results=None)) == "rule 14, On notice"


def test_while_a_notice_runs_nobody_is_ended(policy):
    assert said(weak(policy, year=2025, results=None)) == "rule 14, On notice"


def test_a_notice_that_is_repeated_keeps_the_day_of_the_first(policy):
    running = {"Decisions": [given(2024, expires=day("2026-06-30")), given(2025)]}
    row = judge(policy, told(partnership(country="Chad"), **(WEAK | {"results": None} | running)))
    assert said(row) == "rule 14, On notice"
    assert "To be shown by 30 June 2026" in row.reason


def test_once_it_has_run_out_what_is_not_told_counts_as_nothing(policy):
    assert said(weak(policy)) == "rule 16, Sunset"


def test_once_it_has_run_out_a_partner_that_offers_takes_it_on(policy):
    assert said(weak(policy, partners=[offer()])) == "rule 15, Transfer"


def test_one_that_mended_within_its_notice_is_not_ended(policy):
    mended = judge(policy, told(Decisions=[given()]))
    assert said(mended) == "rule 11, Keep"


def test_one_that_told_too_little_is_not_held_up_by_rule_10_once_its_notice_has_run_out(policy):
    silent = {"Profiles": [], "Results": [], "Engagements": []}
    who = {"records_complete_to": None}
    assert said(weak(policy, who, year=None, **silent)) == "rule 10, Insufficient evidence"
    assert said(weak(policy, who, **silent)) == "rule 16, Sunset"


def test_what_the_sheets_that_do_not_count_could_tell_still_holds_up_an_end(policy):
    """Nobody is ended where sheets that the programme does not keep could show otherwise."""
    row = weak(policy, counted=("Projects",))
    assert said(row) == "rule 16, Sunset: Insufficient evidence"


def test_a_class_that_was_never_given_does_not_hold_up_an_end(policy):
    letter = mou(records_complete_to=day("2025-12"), lead_unit="Trade", country="Chad")
    sheets = {"Agreements": [letter], "Projects": [project("M-1", objective_id=None)]}
    first = judge(policy, sheets)
    assert said(first) == "rule 8, Class first"
    row = judge(policy, sheets | {"Decisions": [given(key="M-1")]})
    assert said(row) == "rule 16, Sunset"


@pytest.mark.parametrize(
    ("purposes", "word"),
    [((Purpose.ECON, Purpose.CULT), "rule 8, Class first"), (None, "rule 16, Sunset")],
)
def test_a_class_that_people_must_settle_is_the_kinder_one_and_one_nobody_told_the_harsher(
    policy, purposes, word
):
    """As a Friendship it scores 30 for activity, 20 and 25 for its sponsor and contact, of 100."""
    letter = mou(records_complete_to=day("2025-12"), last_contact=day("2025-05"), country="Chad")
    letter |= {"community_sponsor": "Circle", "sponsor_confirmed": day("2025-05")}
    ran = [project("M-1", n, objective_id=None) for n in range(2)]
    sheets = {"Agreements": [letter | {"main_purpose": purposes}], "Projects": ran}
    row = judge(policy, sheets | {"Decisions": [given(key="M-1")]})
    assert said(row) == word


def test_an_instrument_that_would_be_reclassified_on_condition_is_ended_after_its_notice(policy):
    letter = mou(main_purpose=(Purpose.ECON,), records_complete_to=day("2025-12"), country="Chad")
    sheets = {"Agreements": [letter], "Projects": [project("M-1", objective_id=None)]}
    row = judge(policy, sheets | {"Decisions": [given(key="M-1")]})
    assert said(row) == "rule 16, Sunset"
