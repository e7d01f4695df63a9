"""Domain, section 4, rule 7: what is proposed where no project ran for two years."""

import pytest
from factory import day, make_portfolio, mou, results_of
from situations import (
    decided,
    friendship,
    judge,
    offer,
    partnership,
    project,
    recorded,
    said,
    silent,
    told,
)

from toolkit.model.vocabulary import Purpose

OLD = [project(starts=day("2019"), ends=day("2019"))]
PLANNED = [*OLD, project(number=2, state="planned", starts=day("2026-05"), ends=day("2026-06"))]
NOTICE = [decided("On notice", 2024)]
ANSWERED = {"asked_on": day("2025-02-01"), "answered_on": day("2025-03-01")}
SIGNS = {
    "a contact": {"last_contact": day("2025-02")},
    "an answer": ANSWERED,
    "a confirmed sponsor": {"community_sponsor": "Circle", "sponsor_confirmed": day("2025-02")},
}


def quiet(policy, who=None, *, projects=OLD, **sheets):
    """Return what is proposed for an agreement of which nothing is heard, but what is changed."""
    return judge(policy, told(silent(partnership()) | (who or {}), projects=projects, **sheets))


def test_7a_one_that_stays_quiet_after_its_notice_ends(policy):
    row = quiet(policy, Decisions=NOTICE)
    assert (said(row), row.place) == ("rule 7a, Sunset", 5)
    assert "the notice ran out on 31 December 2025" in row.reason


def test_7a_one_that_stays_quiet_after_its_notice_is_handed_on_where_a_partner_offers(policy):
    row = quiet(policy, Decisions=NOTICE, Engagements=[offer()])
    assert said(row) == "rule 7a, Transfer"
    assert row.reason.endswith("Partner 8 could lead it and is willing.")


def test_7a_an_offer_older_than_a_year_is_none(policy):
    row = quiet(policy, Decisions=NOTICE, Engagements=[offer(willing="2024-11")])
    assert said(row) == "rule 7a, Sunset"


@pytest.mark.parametrize("sign", SIGNS)
def test_7a_a_sign_of_life_is_not_the_project_that_the_notice_asked_for(policy, sign):
    assert said(quiet(policy, SIGNS[sign], Decisions=NOTICE)) == "rule 7a, Sunset"


def test_7a_a_project_after_the_notice_is_what_it_asked_for(policy):
    assert said(quiet(policy, projects=4, Decisions=NOTICE)) == "rule 11, Keep"


def test_7b_a_question_unanswered_for_more_than_a_year_was_notice_enough(policy):
    assert said(quiet(policy, {"asked_on": day("2024-12-30")})) == "rule 7b, Sunset"
    assert said(quiet(policy, {"asked_on": day("2024-12-31")})) == "rule 7g, Revive or end"


@pytest.mark.parametrize("sign", ["a contact", "a confirmed sponsor"])
def test_7b_nobody_is_ended_for_an_unanswered_question_who_shows_life_otherwise(policy, sign):
    row = quiet(policy, {"asked_on": day("2024-01-15")} | SIGNS[sign])
    assert said(row) == "rule 7f, Revive or end"


def test_7b_nobody_is_ended_for_an_unanswered_question_who_plans_a_project(policy):
    row = quiet(policy, {"asked_on": day("2024-01-15")}, projects=PLANNED)
    assert said(row) == "rule 7f, Revive or end"


def test_7b_an_answer_to_an_earlier_question_does_not_answer_this_one(policy):
    asked = {"asked_on": day("2024-12-01"), "answered_on": day("2023-01-15")}
    assert said(quiet(policy, asked)) == "rule 7b, Sunset"


@pytest.mark.parametrize("sign", SIGNS)
def test_7c_a_friendship_with_a_sign_of_life_is_judged_by_its_score(policy, sign):
    row = quiet(policy, silent(friendship()) | SIGNS[sign])
    assert int(row.rule.number) > 8


def test_7c_a_friendship_without_a_sign_of_life_is_asked(policy):
    assert said(quiet(policy, silent(friendship()))) == "rule 7h, Confirm or end"


def test_7c_an_instrument_without_class_that_shows_life_goes_on_to_its_class(policy):
    letter = mou(last_contact=day("2025-02"), records_complete_to=day("2025-12"))
    assert said(judge(policy, {"Agreements": [letter]})) == "rule 8, Class first"


@pytest.mark.parametrize("word", ["Confirm or end", "Revive or end", "Insufficient evidence"])
def test_7d_the_second_year_of_rule_7_is_a_notice_and_says_what_must_be_shown(policy, word):
    row = quiet(policy, {"last_contact": day("2025-02")}, Decisions=[decided(word)])
    assert (said(row), row.place) == ("rule 7d, On notice", 3)
    asked = "To be shown by 31 December 2026, by Economic Development: a project that has begun."
    assert asked in row.reason


def test_7d_a_notice_that_is_still_running_is_repeated_not_taken_back(policy):
    running = [decided("On notice", expires=day("2026-06-30"))]
    assert said(quiet(policy, Decisions=running)) == "rule 7d, On notice"


def test_7d_the_second_year_is_read_from_last_year_s_review_too(policy):
    sheets = told(silent(partnership(signed=day("2020"))), projects=OLD)
    row = judge(policy, sheets, previous=recorded(policy, sheets))
    assert said(row) == "rule 7d, On notice"


def test_7d_a_word_of_two_years_ago_is_no_second_year(policy):
    row = quiet(policy, Decisions=[decided("Confirm or end", 2023)])
    assert said(row) == "rule 7h, Confirm or end"


def test_7d_a_friendship_with_a_sign_of_life_is_not_put_on_notice(policy):
    heard = silent(friendship(), last_contact=day("2025-02"))
    row = quiet(policy, heard, Decisions=[decided("Confirm or end")])
    assert int(row.rule.number) > 8


def test_7e_activity_that_nobody_told_is_asked_for_and_judged_by_nobody(policy):
    row = quiet(policy, {"records_complete_to": None}, projects=0)
    assert (said(row), row.place) == ("rule 7e, Insufficient evidence", 3)
    assert "by 1 March 2026, by Economic Development" in row.reason


def test_7e_is_not_for_one_whose_records_are_complete(policy):
    assert said(quiet(policy, projects=0)) == "rule 7h, Confirm or end"


def test_7e_is_not_for_one_whose_projects_are_on_record(policy):
    assert said(quiet(policy, {"records_complete_to": None})) == "rule 7h, Confirm or end"


@pytest.mark.parametrize("sign", SIGNS)
def test_7f_a_partnership_that_shows_life_has_until_the_end_of_next_year(policy, sign):
    row = quiet(policy, SIGNS[sign])
    assert said(row) == "rule 7f, Revive or end"
    assert "First project by 31 December 2026" in row.reason


def test_7f_a_planned_project_is_a_sign_of_life(policy):
    assert said(quiet(policy, projects=PLANNED)) == "rule 7f, Revive or end"


@pytest.mark.parametrize(
    "changes",
    [
        {"starts": day("2024-02"), "ends": day("2024-05")},
        {"starts": None, "ends": None},
        {"state": "cancelled"},
    ],
)
def test_7f_a_plan_of_the_past_without_a_date_or_called_off_is_no_sign_of_life(policy, changes):
    plan = PLANNED[-1] | changes
    assert said(quiet(policy, projects=[*OLD, plan])) == "rule 7h, Confirm or end"


def test_7g_a_question_unanswered_for_more_than_sixty_days_gives_a_year_from_the_question(policy):
    row = quiet(policy, {"asked_on": day("2025-10-31")})
    assert said(row) == "rule 7g, Revive or end"
    assert "First project by 31 October 2026" in row.reason


def test_7h_a_question_of_at_most_sixty_days_may_still_be_answered(policy):
    row = quiet(policy, {"asked_on": day("2025-11-01")})
    assert said(row) == "rule 7h, Confirm or end"
    assert "the answer is due by 31 December 2025" in row.reason


def test_7h_one_that_was_never_asked_is_asked_by_a_date(policy):
    row = quiet(policy)
    assert said(row) == "rule 7h, Confirm or end"
    assert "Ask for confirmation by 1 March 2026" in row.reason


@pytest.mark.parametrize(
    ("state", "year", "word"),
    [
        ("done", "2024", "rule 11, Keep"),
        ("active", "2025", "rule 11, Keep"),
        ("cancelled", "2025", "rule 7h, Confirm or end"),
        ("done", "2023-11", "rule 7h, Confirm or end"),
    ],
)
def test_only_a_project_that_ran_in_the_window_is_activity(policy, state, year, word):
    ran = [project(number=n, state=state, starts=day(year), ends=day(year)) for n in range(4)]
    assert said(quiet(policy, projects=ran)) == word


def test_a_market_of_priority_does_not_shorten_or_lengthen_the_time_to_answer(policy):
    asked = {"asked_on": day("2025-01-15")}
    words = {said(quiet(policy, asked | {"country": place})) for place in ("Germany", "Chad")}
    assert words == {"rule 7g, Revive or end"}


def test_trap_34_an_empty_projects_sheet_makes_nobody_dormant(policy):
    portfolio = make_portfolio(policy, silent(partnership(records_complete_to=None)))
    assert said(results_of(portfolio, policy).review["A-1"]) == "rule 10, Continue, regularise"


def test_the_pandemic_does_not_count_as_silence(policy):
    who = silent(partnership(signed=day("2017"), records_complete_to=day("2022-12")))
    ran = [project(starts=day("2019-06"), ends=day("2019-06"))]
    row = judge(policy, told(who, projects=ran), as_of=day("2022-12-31").first)
    assert row.rule.number[0] != "7"


def test_an_instrument_outside_the_framework_is_asked_like_any_other(policy):
    letter = silent(mou(main_purpose=(Purpose.ECON,), records_complete_to=day("2025-12")))
    assert said(judge(policy, {"Agreements": [letter]})) == "rule 7h, Confirm or end"
