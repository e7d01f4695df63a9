"""Domain, section 8: the eight rules, their limits, and which fact would change a proposal."""

import csv
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.assess.renewal.facts import RenewalFacts
from toolkit.assess.renewal.options import find_second_option
from toolkit.assess.renewal.rules import RULES, find_match
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.model.vocabulary import RenewalWord

POLICY = read_policy(ROOT / "data" / "policy.toml")


WORDS = {word.name: word for word in RenewalWord} | {
    "CONDITIONAL_RENEWAL_ONCE": RenewalWord.ONE_CONDITIONAL,
    "CONCLUDE_AS_ACHIEVED": RenewalWord.CONCLUDE,
}


GOOD = RenewalFacts(90, 100, 100, 70, forward_plan_smart=True, external_cause=False, policy=POLICY)


POOR = replace(GOOD, achievement=40, external_cause=True)


FROM_WORST_TO_BEST = (  # for the agreement: ended, asked, renegotiated, renewed once, done, renewed
    "Sunset",
    "Not evaluable",
    "Renegotiate duties",
    "One conditional renewal",
    "Conclude as achieved",
    "Renew with conditions",
    "Renew",
)


def proposed(**changes):
    """Return the number of the rule and what is proposed for good facts with these changes."""
    match = find_match(replace(GOOD, **changes))
    return int(match.rule.number), match.decision


def number(text):
    """Return a number of the vectors; a blank is missing."""
    return float(text) if text else None


def test_every_vector_of_the_renewal_is_met(shared):
    with (shared / "vectors" / "renewal.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    for row in rows:
        facts = RenewalFacts(
            number(row["achievement"]),
            number(row["coverage"]),
            number(row["partner_duties_met"]),
            number(row["score_today"]),
            row["forward_plan_smart"] == "1",
            row["external_cause"] == "1",
            POLICY,
        )
        assert find_match(facts).decision == WORDS[row["result"]], row


def test_the_rules_are_listed_in_the_order_of_their_numbers():
    numbers = [int(rule.number) for rule in RULES]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 9))


def test_a_legal_hold_comes_before_any_result():
    assert proposed(legal_hold=True) == (1, "Suspend")


def test_too_little_evidence_is_given_one_extension_then_the_end():
    assert proposed(coverage=69) == (2, "Not evaluable")
    assert proposed(coverage=69, asked_for_evidence_before=True) == (2, "Sunset")


def test_a_partner_that_fails_is_asked_anew_where_half_is_achieved():
    assert proposed(partner_duties=39) == (3, "Renegotiate duties")
    assert proposed(partner_duties=39, achievement=49) == (3, "Sunset")


def test_duties_that_are_not_known_skip_the_third_rule():
    assert proposed(partner_duties=None) == (4, "Renew")


def test_good_results_a_score_and_a_plan_renew():
    assert proposed() == (4, "Renew")


def test_good_results_without_a_score_for_the_future_conclude():
    assert proposed(score=59) == (5, "Conclude as achieved")


def test_good_results_without_a_plan_are_renewed_with_conditions():
    assert proposed(forward_plan_smart=False) == (6, "Renew with conditions")


def test_poor_results_by_an_external_cause_get_one_second_chance():
    assert proposed(achievement=40, external_cause=True) == (7, "One conditional renewal")
    again = {"achievement": 40, "external_cause": True, "renewed_conditionally_before": True}
    assert proposed(**again) == (8, "Sunset")


def test_a_second_chance_needs_duties_that_are_known():
    assert proposed(achievement=40, external_cause=True, partner_duties=None) == (8, "Sunset")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"achievement": 85}, "Renew"),
        ({"achievement": 84.99}, "Renew with conditions"),
        ({"achievement": 84.9999999999}, "Renew"),
        ({"achievement": 50}, "Renew with conditions"),
        ({"achievement": 49.99}, "Sunset"),
        ({"coverage": 70}, "Renew"),
        ({"coverage": 69.99}, "Not evaluable"),
        ({"partner_duties": 40}, "Renew"),
        ({"partner_duties": 39.99}, "Renegotiate duties"),
        ({"score": 60}, "Renew"),
        ({"score": 59.99}, "Conclude as achieved"),
        ({"score": 59.9999999999}, "Renew"),
    ],
)
def test_a_limit_belongs_to_the_better_side(changes, expected):
    assert proposed(**changes)[1] == expected


@pytest.mark.parametrize(
    ("duties", "expected"), [(60, RenewalWord.ONE_CONDITIONAL), (59.99, "Sunset")]
)
def test_a_second_chance_asks_for_three_duties_in_five(duties, expected):
    assert find_match(replace(POOR, partner_duties=duties)).decision == expected


def test_a_reason_never_shows_a_figure_on_the_wrong_side_of_its_limit():
    near = replace(GOOD, achievement=84.996)
    reason = find_match(near).reason
    assert "84.996 %" in reason


def test_what_hangs_on_a_missing_score_is_not_evaluable():
    assert proposed(score=None) == (2, "Not evaluable")
    assert proposed(score=None, achievement=60) == (2, "Not evaluable")


def test_a_missing_score_that_would_change_nothing_is_not_asked_for():
    assert proposed(score=None, achievement=40) == (8, "Sunset")
    assert proposed(score=None, partner_duties=10) == (3, "Renegotiate duties")


def test_a_score_that_is_still_missing_after_the_extension_counts_as_too_low():
    assert proposed(score=None, asked_for_evidence_before=True) == (5, "Conclude as achieved")


def test_without_any_achievement_nothing_can_be_evaluated():
    assert proposed(achievement=None) == (2, "Not evaluable")


percents = st.one_of(st.none(), st.floats(0, 100))


facts = st.builds(
    RenewalFacts,
    achievement=st.floats(0, 100),
    coverage=percents,
    partner_duties=percents,
    score=percents,
    forward_plan_smart=st.booleans(),
    external_cause=st.booleans(),
    policy=st.just(POLICY),
    legal_hold=st.booleans(),
    renewed_conditionally_before=st.booleans(),
    asked_for_evidence_before=st.booleans(),
)


def place(case):
    """Return where a proposal stands; a hold is outside the order and stays what it is."""
    decision = find_match(case).decision
    return -1 if decision == "Suspend" else FROM_WORST_TO_BEST.index(decision)


@given(facts, st.floats(0, 100))
def test_a_better_achievement_never_gives_a_worse_proposal(case, achievement):
    better = replace(case, achievement=max(case.achievement, achievement))
    assert place(better) >= place(case)


@given(facts, st.floats(0, 100))
def test_a_better_score_never_gives_a_worse_proposal(case, score):
    known = replace(case, score=case.score or 0.0)
    assert place(replace(known, score=max(known.score, score))) >= place(known)


def test_better_evidence_may_show_that_it_must_end():
    case = replace(GOOD, achievement=20, coverage=60)
    assert find_match(case).decision == "Not evaluable"
    assert find_match(replace(case, coverage=90)).decision == "Sunset"


def test_a_partner_just_good_enough_may_fare_worse_than_one_that_fails():
    """As the domain orders the rules: new duties are offered only below the limit."""
    case = replace(GOOD, achievement=60, score=40)
    assert find_match(replace(case, partner_duties=39)).decision == "Renegotiate duties"
    assert find_match(replace(case, partner_duties=40)).decision == "Sunset"


@pytest.mark.parametrize(
    ("changes", "option"),
    [
        ({}, None),
        ({"legal_hold": True}, None),
        ({"forward_plan_smart": False}, "Renew, if SMART objectives beyond the end are added"),
        ({"score": 50}, "Renew, if it scored 60"),
        ({"partner_duties": 30}, "Renew, if the partner met 40 % of its duties"),
        ({"achievement": 60}, "Renew, if its targets were achieved to 85 %"),
        ({"coverage": 10}, "Renew, if the missing values confirm what is achieved so far"),
        ({"achievement": 40}, "One conditional renewal, if an external cause is put on record"),
    ],
)
def test_the_second_option_names_the_one_fact_that_would_be_better(changes, option):
    assert find_second_option(replace(GOOD, **changes)) == option


@given(facts)
def test_a_second_option_is_never_what_is_proposed(case):
    option = find_second_option(case)
    assert option is None or not option.startswith(f"{find_match(case).decision},")
