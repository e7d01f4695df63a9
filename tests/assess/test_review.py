"""Domain, section 4: the rules 1 to 6, 8 and 10, their order, defects and the second option."""

from datetime import timedelta

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of
from situations import counting, friendship, judge, objective, project, recorded, said, told

from toolkit.model.vocabulary import Purpose


def review(policy, *agreements, as_of=TODAY, **sheets):
    """Return the review of a small portfolio."""
    portfolio = make_portfolio(policy, *agreements, **sheets)
    return results_of(portfolio, policy, as_of=as_of).review


def decision(policy, *agreements, **options):
    """Return what is proposed for the first agreement, and its rule number."""
    row = review(policy, *agreements, **options).rows[0]
    return row.decision, int(row.rule.number.rstrip("abcdefgh"))


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


@pytest.mark.parametrize("word", ["Keep by direction", "Sunset", "Transfer"])
def test_what_people_decided_at_d3_stands_too(policy, word):
    taken = [decided(word, decision_point="D3")]
    assert decision(policy, agreement(), Decisions=taken) == (word, 2)


def test_an_end_that_people_decided_gives_way_once_it_is_carried_out(policy):
    over = agreement(status="concluded", concluded_on=day("2025-06"))
    row = review(policy, over, Decisions=[decided("Sunset", year=2024)]).rows[0]
    assert (row.decision, row.rule) == ("Not reviewed", None)


def test_of_two_rules_that_match_the_first_decides(policy):
    """New, owned by a partner, past its end, decided, on hold: the later one here goes before."""
    changes = [
        {"signed": day("2024-09")},
        {"owner": "P-1"},
        {"ends": day("2025-06")},
        {},
        {"legal_hold": "y"},
    ]
    who, found = mou(main_purpose=(Purpose.ECON,)), []
    for change in changes:
        who = who | change
        sheets = {} if change and "legal_hold" not in change else {"Decisions": [by_direction()]}
        found.append(decision(policy, who, **sheets))
    assert found == [
        ("Too early", 6),
        ("Register as partner-owned", 4),
        ("Lapsed", 3),
        ("Keep by direction", 2),
        ("Suspend", 1),
    ]


def by_direction():
    return decided("Keep by direction") | {"subject_id": "M-1"}


def test_the_term_counts_from_the_renewal_and_its_age_from_the_signing(policy):
    renewed = agreement(signed=day("2010"), renewed=day("2024-01"), ends=day("2028-12-31"))
    assert lacking(policy, renewed) == []
    assert decision(policy, renewed)[1] == 10  # signed long ago, so it can be judged


def test_without_a_day_of_signing_or_of_renewal_its_age_is_a_defect(policy):
    nothing = agreement(signed=None)
    assert lacking(policy, nothing) == ["date of signing or renewal: not on record"]
    assert lacking(policy, agreement(signed=None, renewed=day("2024-01"))) == []


def lacking(policy, who, **sheets):
    """Return the defects of one agreement, as a page prints them."""
    return [str(defect) for defect in review(policy, who, **sheets).rows[0].defects]


def test_an_endorsement_is_asked_only_where_the_class_asks_for_it(policy):
    old = {"endorsed_by": "Councillor", "endorsed_on": day("2016-03"), "ends": day("2023")}
    new = old | {"signed": day("2023-01"), "ends": day("2027")}
    assert lacking(policy, agreement(**new)) == []
    friend = agreement(classification="Friendship", **new)
    assert "endorsement of this council term: no" in lacking(policy, friend)


def test_the_next_option_of_one_that_continues_is_not_to_ask_for_evidence(policy):
    """The two words of rule 10 exclude each other."""
    row = review(policy, agreement()).rows[0]
    assert (row.decision, row.second_option) == ("Continue, regularise", None)


def friend_lacks(policy, **sheets):
    """Return what a Friendship lacks of what only Friendships are asked."""
    rows = told(friendship())
    fixed = counting(policy)
    found = results_of(recorded(fixed, rows | sheets), fixed).review["A-1"]
    return list(map(str, found.defects))


@pytest.mark.parametrize(
    ("sheets", "defect"),
    [
        ({}, None),
        ({"Projects": [project(starts=day("2024-02"), ends=day("2024-05"))]}, "activity this year"),
        ({"Objectives": [objective(purpose=Purpose.CULT, review_on=None)]}, "review date"),
        ({"Milestones": []}, "project with a milestone"),
        ({"Budget": [], "Objectives": [objective(approved_budget=None)]}, "funding"),
    ],
)
def test_each_defect_of_a_friendship_is_named_and_keeps_it_on_new_terms(policy, sheets, defect):
    if defect is None:
        assert friend_lacks(policy) == []
    else:
        assert f"{defect}: not on record" in friend_lacks(policy, **sheets)
        row = judge(policy, told(friendship()) | sheets)
        assert said(row) == "rule 12, Keep, on new terms"


def not_smart(number, **changes):
    return objective(objective_id=f"O-{number}", partner_unit=None, **changes)


def test_an_economic_agreement_needs_seven_in_ten_objectives_smart(policy):
    """Here one of two, of which the second has neither indicator nor project."""
    rows = {"Objectives": [objective(), not_smart(2)]}
    row = judge(policy, told(**rows))
    assert "SMART objectives: no" in map(str, row.defects)


def test_an_objective_that_starts_in_the_year_does_not_count_in_the_smart_share_yet(policy):
    new = not_smart(2, starts=day("2025-02"))
    row = judge(policy, told(Objectives=[objective(), new]))
    assert (said(row), row.defects) == ("rule 11, Keep", ())


def test_trap_35_no_data_gives_each_agreement_a_usable_line(policy):
    bare = [mou(f"M-{i}", partner=f"City {i}", signed=None) for i in range(26)]
    found = review(policy, *bare)
    assert {row.decision for row in found} == {"Class first"}
    assert min(len(row.reason) for row in found) > 20
