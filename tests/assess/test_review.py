"""Domain, section 4: the rules 1 to 10, their order, their reasons and the second option."""

from datetime import timedelta

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.model.vocabulary import Purpose


def review(policy, *agreements, as_of=TODAY, **sheets):
    """Return the review of a small portfolio."""
    portfolio = make_portfolio(policy, *agreements, **sheets)
    return results_of(portfolio, policy, as_of=as_of).review


def decision(policy, *agreements, **options):
    """Return what is proposed for the first agreement, and its rule number."""
    row = review(policy, *agreements, **options).rows[0]
    return row.decision, int(row.rule.number)


def test_a_legal_hold_suspends_before_anything_else(policy):
    held = agreement(legal_hold="y", hold_reason="sanctions", ends=day("2020"))
    assert decision(policy, held) == ("Suspend", 1)
    assert "sanctions" in review(policy, held)["A-1"].reason


def test_a_suspended_agreement_stays_suspended(policy):
    assert decision(policy, agreement(status="suspended")) == ("Suspend", 1)


def decided(word, *, year=2025, **changes):
    """Return a review decision."""
    usual = {"subject_id": "A-1", "year": year, "decision_point": "review", "decision": word}
    return usual | {"decided_by": "Council", "rationale": "A direction."} | changes


@pytest.mark.parametrize("word", ["Keep by direction", "Sunset", "Transfer"])
def test_what_people_decided_stands_and_the_rules_are_the_second_option(policy, word):
    row = review(policy, agreement(), Decisions=[decided(word)]).rows[0]
    assert (row.decision, str(row.rule)) == (word, f"rule 2, {word}")
    assert row.second_option == "Continue, regularise"


def test_a_direction_to_keep_expires_at_the_end_of_the_next_reporting_year(policy):
    kept = [decided("Keep by direction", year=2024)]
    assert decision(policy, agreement(), Decisions=kept)[1] == 2
    late = TODAY + timedelta(days=1)
    assert decision(policy, agreement(), as_of=late, Decisions=kept)[1] == 10


def test_a_decided_sunset_runs_until_the_status_changes(policy):
    assert decision(policy, agreement(), Decisions=[decided("Sunset", year=2019)])[1] == 2


def test_a_later_decision_replaces_an_earlier_one(policy):
    both = [decided("Sunset", year=2023), decided("Keep by direction", year=2025)]
    assert decision(policy, agreement(), Decisions=both)[0] == "Keep by direction"


def test_a_decision_of_another_point_does_not_bind_the_review(policy):
    other = [decided("Sunset", decision_point="resources")]
    assert decision(policy, agreement(), Decisions=other)[1] == 10


def test_an_agreement_past_its_end_has_lapsed(policy):
    assert decision(policy, agreement(ends=day("2025-06"))) == ("Lapsed", 3)


def test_an_agreement_ending_on_the_day_of_the_review_has_not_lapsed(policy):
    assert decision(policy, agreement(ends=day("2025-12-31")))[1] == 10


@pytest.mark.parametrize("word", ["open-ended", "unknown"])
def test_trap_29_open_ended_and_unknown_are_two_findings_and_neither_has_lapsed(policy, word):
    from toolkit.model.vocabulary import EndWord

    row = review(policy, agreement(ends=EndWord(word))).rows[0]
    found = {"open-ended": "end date: no", "unknown": "end date: not on record"}[word]
    assert row.decision == "Continue, regularise"
    assert found in map(str, row.defects)


def test_an_agreement_that_a_partner_owns_is_registered(policy):
    assert decision(policy, mou(owner="P-1")) == ("Register as partner-owned", 4)


def test_a_second_instrument_of_a_relationship_folds_in(policy):
    pair = mou("M-1", partner="Milan"), agreement("A-1", partner="Milan")
    assert decision(policy, *pair) == ("Fold in", 5)


def test_an_agreement_younger_than_two_years_is_not_judged(policy):
    assert decision(policy, agreement(signed=day("2024-01-01"))) == ("Too early", 6)
    assert decision(policy, agreement(signed=day("2023-12-31")))[1] == 10


def dormant(**changes):
    """Return an agreement of which complete records show nothing."""
    usual = {"records_complete_to": day("2025-12"), "last_contact": day("2015"), "country": "Chad"}
    return agreement(**(usual | changes))


OTHER_PROJECT = [
    {"project_id": "P-9", "agreement_id": "PROGRAMME", "name": "Fair", "state": "done"}
]


def test_a_dormant_agreement_that_was_not_asked_is_asked_first(policy):
    row = review(policy, dormant(), Projects=OTHER_PROJECT).rows[0]
    assert (row.decision, str(row.rule)) == ("Confirm or end", "rule 7, Confirm or end")
    assert "1 March 2026" in row.reason


def test_a_dormant_agreement_asked_sixty_days_ago_may_still_answer(policy):
    asked = dormant(asked_on=day("2025-11-01"))
    assert decision(policy, asked, Projects=OTHER_PROJECT) == ("Confirm or end", 7)


def test_a_dormant_agreement_that_did_not_answer_is_proposed_for_sunset(policy):
    asked = dormant(asked_on=day("2025-10-31"))
    assert decision(policy, asked, Projects=OTHER_PROJECT) == ("Sunset", 7)


def test_a_silent_partner_in_a_priority_market_gets_a_year_to_revive(policy):
    asked = dormant(asked_on=day("2025-01-15"), country="Germany")
    assert decision(policy, asked, Projects=OTHER_PROJECT) == ("Revive or end", 7)


@pytest.mark.parametrize(
    "sign_of_life",
    [
        {"last_contact": day("2024-06")},
        {"asked_on": day("2025-01-15"), "answered_on": day("2025-02-01")},
        {"community_sponsor": "Association", "sponsor_confirmed": day("2025-03")},
        {"records_complete_to": day("2025-06")},
        {"records_complete_to": None},
    ],
)
def test_a_sign_of_life_or_incomplete_records_make_nobody_dormant(policy, sign_of_life):
    found = decision(policy, dormant(**sign_of_life), Projects=OTHER_PROJECT)
    assert found == ("Continue, regularise", 10)


@pytest.mark.parametrize(
    ("state", "year"), [("done", "2024"), ("active", "2025"), ("planned", "2027")]
)
def test_a_project_in_the_window_or_planned_makes_it_not_dormant(policy, state, year):
    project = {"project_id": "P-1", "agreement_id": "A-1", "name": "Visit", "state": state}
    rows = [project | {"starts": day(year), "ends": day(year)}]
    assert decision(policy, dormant(), Projects=rows)[1] == 10


def test_a_cancelled_project_is_no_activity(policy):
    project = {"project_id": "P-1", "agreement_id": "A-1", "name": "Visit", "state": "cancelled"}
    rows = [project | {"starts": day("2025")}]
    assert decision(policy, dormant(), Projects=rows)[0] == "Confirm or end"


def test_trap_34_an_empty_projects_sheet_makes_nobody_dormant(policy):
    assert decision(policy, dormant()) == ("Continue, regularise", 10)


def test_the_pandemic_does_not_count_as_silence(policy):
    heard = dormant(last_contact=day("2019-06"), records_complete_to=day("2022-12"))
    as_of = day("2022-12-31").first
    found = decision(policy, heard, as_of=as_of, Projects=OTHER_PROJECT)
    assert found[1] == 10


def test_an_outside_instrument_without_objectives_needs_its_class_first(policy):
    assert decision(policy, mou()) == ("Class first", 8)


def test_an_outside_instrument_with_a_class_is_reclassified_on_conditions(policy):
    row = review(policy, mou(main_purpose=(Purpose.ECON,))).rows[0]
    assert (row.decision, row.proposed_class) == ("Reclassify", "Partnership")
    assert row.conditions == ("lead unit (not on record)", "a first project")


def test_an_agreement_of_the_framework_continues_with_its_list_of_defects(policy):
    row = review(policy, agreement(text_on_file="n", ends=None)).rows[0]
    assert str(row.rule) == "rule 10, Continue, regularise"
    defects = tuple(map(str, row.defects))
    assert defects == ("signed text on file: no", "end date: not on record")


def test_a_defect_whose_sheet_is_absent_is_not_looked_at_and_does_not_count(policy):
    row = review(policy, agreement()).rows[0]
    assert "funding" in row.not_looked_at
    assert not any("funding" in defect.name for defect in row.defects)


def test_a_term_over_five_years_is_a_defect(policy):
    row = review(policy, agreement(signed=day("2018"), ends=day("2027"))).rows[0]
    assert "term within the policy's limit: no" in map(str, row.defects)


def test_inside_the_framework_a_borderline_class_is_kept_with_the_other_as_second_option(policy):
    row = review(policy, agreement(main_purpose=(Purpose.ECON, Purpose.CULT))).rows[0]
    assert (row.decision, row.second_option) == (
        "Continue, regularise",
        "Reclassify as Friendship",
    )


def test_an_agreement_whose_purpose_points_elsewhere_says_so_as_second_option(policy):
    row = review(policy, agreement(main_purpose=(Purpose.CULT,))).rows[0]
    assert row.second_option == "Reclassify as Friendship"


def test_every_line_names_the_cells_it_rests_on(policy):
    found = review(policy, agreement(), mou(), agreement("A-2", status="historical"))
    assert all(row.cells.startswith("Agreements!") for row in found)


def test_trap_35_no_data_gives_each_agreement_a_usable_line(policy):
    bare = [mou(f"M-{i}", partner=f"City {i}", signed=None) for i in range(26)]
    found = review(policy, *bare)
    assert {row.decision for row in found} == {"Class first"}
    assert min(len(row.reason) for row in found) > 20
