"""Domain, section 8: the eight rules, their limits, and which fact would change a proposal."""

import csv
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.assess.renewal.ends import Weighed
from toolkit.assess.renewal.facts import RenewalFacts
from toolkit.assess.renewal.options import find_second_option
from toolkit.assess.renewal.rules import LISTED, RULES, find_match
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.model.decisions import find_word
from toolkit.model.vocabulary import DecisionPoint, RenewalWord

POLICY = read_policy(ROOT / "data" / "policy.toml")


WORDS = {word.name: word for word in RenewalWord} | {
    "CONDITIONAL_RENEWAL_ONCE": RenewalWord.ONE_CONDITIONAL,
    "CONCLUDE_AS_ACHIEVED": RenewalWord.CONCLUDE,
}


GOOD = RenewalFacts(90, 100, 100, 70, forward_plan_smart=True, external_cause=False, policy=POLICY)


POOR = replace(GOOD, achievement=40, external_cause=True)


def proposed(**changes):
    """Return the number of the rule and what is proposed for good facts with these changes."""
    match = find_match(replace(GOOD, **changes))
    return int(match.rule.number), match.decision


def number(text):
    """Return a number of the vectors; a blank is missing."""
    return float(text) if text else None


def weighed(facts, *, low=None, high=None):
    """Return what is proposed between two ends of what is missing."""
    ends = (replace(facts, **(low or {})), facts, replace(facts, **(high or {})))
    return Weighed(None, *map(find_match, ends))


def second_edition(row, word):
    """Return what the second edition makes of a vector of the first: the rows that differ.

    Half achieved without a score of 60 is no rule 3 any more; nothing ends without a notice; and a
    duty that is blank may be met or not.
    """
    blank = not row["partner_duties_met"]
    if word == RenewalWord.SUNSET:
        is_second_chance = row["score_today"] == "70" and row["external_cause"] == "1"
        return RenewalWord.INSUFFICIENT if blank and is_second_chance else RenewalWord.ON_NOTICE
    if word == RenewalWord.RENEGOTIATE_DUTIES and row["score_today"] == "40":
        return RenewalWord.ON_NOTICE
    if blank and word in (RenewalWord.RENEW, RenewalWord.RENEW_WITH_CONDITIONS):
        return RenewalWord.RENEGOTIATE_DUTIES
    if blank and word == RenewalWord.CONCLUDE:
        return RenewalWord.INSUFFICIENT
    return word


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
        blank = facts.partner_duties is None
        low, high = ({"partner_duties": end} if blank else None for end in (0.0, 100.0))
        found, word = weighed(facts, low=low, high=high).decision, WORDS[row["result"]]
        assert found == second_edition(row, word), row
        if word == RenewalWord.SUNSET:
            then = replace(facts, **(low or {}), notice_has_run_out=True)
            assert find_match(then).decision == "Sunset", row


def test_the_rules_are_listed_in_the_order_of_their_numbers():
    numbers = [int(rule.number) for rule in RULES]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 9))
    assert LISTED[-1].decision == "Insufficient evidence"


def test_a_legal_hold_comes_before_any_result():
    assert proposed(legal_hold=True) == (1, "Suspend")


def test_too_little_evidence_is_given_one_extension_then_a_notice():
    assert proposed(coverage=69) == (2, "Not evaluable")
    assert proposed(coverage=69, asked_for_evidence_before=True) == (2, "On notice")


def test_a_partnership_without_any_target_cannot_be_evaluated():
    assert proposed(without_targets=True) == (2, "Not evaluable")


def test_once_a_notice_has_run_out_evidence_is_asked_for_no_more():
    run_out = {"coverage": 10, "notice_has_run_out": True}
    assert proposed(**run_out, achievement=0) == (8, "Sunset")
    assert proposed(**run_out) == (4, "Renew")


def test_a_partner_that_fails_is_asked_anew_where_half_is_achieved():
    assert proposed(partner_duties=39) == (3, "Renegotiate duties")
    assert proposed(partner_duties=39, achievement=49) == (8, "On notice")
    assert proposed(partner_duties=39, score=59) == (8, "On notice")


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
    assert proposed(**again) == (8, "On notice")


def test_a_second_chance_needs_duties_that_are_known():
    assert proposed(achievement=40, external_cause=True, partner_duties=None) == (8, "On notice")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"achievement": 85}, "Renew"),
        ({"achievement": 84.99}, "Renew with conditions"),
        ({"achievement": 84.9999999999}, "Renew"),
        ({"achievement": 50}, "Renew with conditions"),
        ({"achievement": 49.99}, "On notice"),
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
    ("duties", "expected"), [(60, RenewalWord.ONE_CONDITIONAL), (59.99, "On notice")]
)
def test_a_second_chance_asks_for_three_duties_in_five(duties, expected):
    assert find_match(replace(POOR, partner_duties=duties)).decision == expected


def test_a_reason_never_shows_a_figure_on_the_wrong_side_of_its_limit():
    near = replace(GOOD, achievement=84.996)
    reason = find_match(near).reason
    assert "84.996 %" in reason


SCORES = ({"score": 0.0}, {"score": 100.0})
SHARES = ({"achievement": 0.0}, {"achievement": 100.0})


def test_where_the_ends_agree_what_is_missing_is_not_asked_for():
    assert weighed(replace(POOR, external_cause=False), low=SCORES[0]).decision == "On notice"


def test_where_the_ends_disagree_the_lower_word_is_proposed():
    found = weighed(GOOD, low={"achievement": 60.0})
    assert (found.decision, found.low.decision) == ("Renew with conditions",) * 2
    assert found.second_option == "Renew, if what is missing confirms what is known"


def test_where_an_end_would_be_a_notice_the_missing_fact_is_asked_for():
    found = weighed(GOOD, low=SHARES[0], high=SHARES[1])
    assert (found.decision, found.low.decision) == ("Insufficient evidence", "On notice")
    assert str(found.ref) == "renewal rule E, Insufficient evidence"


def test_without_any_score_half_achieved_is_insufficient_evidence():
    half = replace(GOOD, achievement=60, score=None)
    assert weighed(half, low=SCORES[0], high=SCORES[1]).decision == "Insufficient evidence"


def test_after_the_notice_the_same_reads_sunset():
    run_out = replace(GOOD, achievement=0.0, notice_has_run_out=True)
    assert weighed(run_out).decision == "Sunset"


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
    notice_has_run_out=st.booleans(),
    without_targets=st.booleans(),
)


def place(case):
    """Return how good a proposal is; a hold is outside the order and stays what it is."""
    found = find_word(find_match(case).decision, DecisionPoint.D3).place
    return 0 if found is None else -found


@given(facts, st.floats(0, 100))
def test_a_better_achievement_never_gives_a_worse_proposal(case, achievement):
    better = replace(case, achievement=max(case.achievement, achievement))
    assert place(better) >= place(case)


@given(facts, st.floats(0, 100))
def test_a_better_score_never_gives_a_worse_proposal(case, score):
    known = replace(case, score=case.score or 0.0)
    assert place(replace(known, score=max(known.score, score))) >= place(known)


def test_bad_results_that_are_told_stand_no_lower_than_those_that_are_not():
    case = replace(GOOD, achievement=20, coverage=60)
    assert find_match(case).decision == "Not evaluable"
    assert find_match(replace(case, coverage=90)).decision == "On notice"
    assert place(case) == place(replace(case, coverage=90))


@given(facts, st.floats(0, 100))
def test_a_partner_that_does_more_never_gets_a_worse_proposal(case, duties):
    known = replace(case, partner_duties=case.partner_duties or 0.0)
    better = replace(known, partner_duties=max(known.partner_duties, duties))
    assert place(better) >= place(known)


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
