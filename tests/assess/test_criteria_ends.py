"""Domain, section 3: between which ends each criterion lies while something is not told."""

from dataclasses import replace

import pytest
from factory import TODAY, day, results_of
from situations import (
    COUNTED,
    counting,
    friendship,
    partnership,
    profile,
    reached,
    recorded,
    signed,
    told,
)

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.review.gathering import gather_facts


def facts(policy, sheets, counted=COUNTED):
    """Return what the rules see of one agreement where these sheets count."""
    fixed = counting(policy, counted)
    portfolio = recorded(fixed, sheets)
    achieved = results_of(portfolio, fixed).achievement
    classes = reclassify(portfolio, fixed, as_of=TODAY)
    return gather_facts(portfolio, fixed, classes, achieved, as_of=TODAY)["A-1"]


def ends(policy, criterion, who=None, **changes):
    """Return low end, known value and high end of one criterion."""
    rating = facts(policy, told(who, **changes)).ratings[criterion]
    low, high = rating.ends
    return low, rating.value, high


def engaged(*duties):
    """Return partners with a signed role that met their duty, did not, or of which it is blank."""
    return [row | {"duty_met": met} for row, met in zip(signed(partners=9), duties, strict=False)]


@pytest.mark.parametrize(
    ("duties", "expected"),
    [
        (("y", "y"), (100, 100, 100)),
        (("y",), (50, 50, 50)),
        (("n", "n"), (50, 50, 50)),
        (("y", "n"), (75, 75, 75)),
        ((None, None), (50, 100, 100)),
        (("y", None), (75, 100, 100)),
        (("not due",), (50, 50, 50)),
    ],
)
def test_c6_an_unmet_duty_halves_a_partner_and_a_blank_one_may(policy, duties, expected):
    assert ends(policy, "C6", partners=engaged(*duties)) == expected


def test_c6_a_partner_with_several_roles_counts_once_and_one_unmet_duty_is_enough(policy):
    (one, *_) = engaged("y")
    rows = [one, one | {"duty_met": "n", "duty": "Fund"}]
    assert ends(policy, "C6", partners=rows) == (25, 25, 25)


def test_c6_without_a_signed_partner_is_nothing_only_where_records_are_complete(policy):
    assert ends(policy, "C6", partners=0) == (0, 0, 0)
    late = partnership(records_complete_to=day("2025-08"))
    assert ends(policy, "C6", late, partners=0) == (0, None, 100)


def test_c6_a_friendship_s_confirmed_sponsor_counts_as_a_signed_partner(policy):
    assert ends(policy, "C6", friendship(), partners=0) == (100, 100, 100)


def test_trap_27_a_sponsor_not_on_record_leaves_a_friendship_s_delivery_open(policy):
    unknown = friendship(sponsor_confirmed=None)
    assert ends(policy, "C6", unknown, partners=0) == (0, None, 100)


def test_c4_without_a_project_is_nothing_only_where_records_are_complete(policy):
    assert ends(policy, "C4", projects=0) == (0, 0, 0)
    late = partnership(records_complete_to=day("2025-08"))
    assert ends(policy, "C4", late, projects=0) == (0, None, 100)
    assert ends(policy, "C4", late, projects=1) == (25, 25, 25)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({}, (100, 100, 100)),
        ({"host_community": None}, (75, 100, 100)),
        ({"host_community": "n"}, (75, 75, 75)),
        ({"host_community": None, "non_city_share": None}, (50, 100, 100)),
        ({"historic_link": None}, (100, 100, 100)),  # the contact is link enough
    ],
)
def test_c7_each_quarter_is_known_or_missing_by_itself(policy, about, expected):
    assert ends(policy, "C7", about=about) == expected


def test_c7_without_profiles_only_the_quarters_of_the_agreements_sheet_are_looked_at(policy):
    found = facts(policy, told(), ("Projects",)).ratings["C7"]
    assert (found.value, found.known, found.share) == (100, 1, 0.5)


def test_c1_is_missing_only_where_the_policy_lists_no_market(policy):
    assert ends(policy, "C1", partnership(country="Chad")) == (0, 0, 0)
    bare = replace(policy, markets=replace(policy.markets, tier_1=(), tier_2=()))
    assert ends(bare, "C1") == (0, None, 100)


@pytest.mark.parametrize("column", ["sectors_shared", "yearly_trade"])
def test_c2_and_c3_that_are_blank_may_be_anything(policy, column):
    criterion = {"sectors_shared": "C2", "yearly_trade": "C3"}[column]
    assert ends(policy, criterion, about={column: None}) == (0, None, 100)


def test_c3_no_trade_is_told_and_is_nothing(policy):
    assert ends(policy, "C3", about={"yearly_trade": 0.0}) == (0, 0, 0)


def test_c5_what_is_reported_of_what_is_due_lies_between_its_ends(policy):
    """Half of the increments due are reported, at 80 %: from 40 to 90 of 100."""
    results = [reached(2024, 10.0, None), reached(2025, 10.0, 8.0)]
    assert ends(policy, "C5", results=results) == (40, 80, 90)


def test_c5_without_any_result_is_not_known(policy):
    assert ends(policy, "C5", results=[]) == (0, None, 100)


def test_the_score_spans_what_is_missing_and_its_mean_rests_on_what_is_known(policy):
    """Of 100, the 10 of trade are not known; all else rates 100."""
    score = facts(policy, told(about={"yearly_trade": None})).score
    assert (score.low, score.mean, score.high, score.known) == (90, 100, 100, 90)


def test_a_sheet_that_does_not_count_is_left_out_and_the_weights_are_rescaled(policy):
    """Without results 80 of 100 are weighed: economic ties lack 5 of them."""
    others = ("Profiles", "Projects", "Engagements")
    score = facts(policy, told(), others).score
    assert score.mean == pytest.approx(100 * 75 / 80)
    assert (score.left_out, score.known) == (("C5",), 80)


def test_the_latest_profile_dated_by_the_review_counts(policy):
    old = profile(dated=day("2023-01"), yearly_trade=0.0)
    rows = told(Profiles=[profile(), old])
    assert facts(policy, rows).ratings["C3"].value == pytest.approx(50)
