"""Workbooks and policies that are odd but possible: the advice stays true, nothing breaks."""

from dataclasses import replace

from factory import TODAY, agreement, day, make_portfolio
from test_firmness import COMPLETE, profile, project
from test_proposals import profile as good_profile
from test_proposals import proposal

from toolkit.assess.annual import assess

BUDGET = [{"year": 2026, "line": "programme", "budget": 1000.0}]


def overhead(amount):
    return [*BUDGET, {"year": 2026, "line": "overhead", "budget": amount}]


def test_a_class_without_seats_has_none_to_give_to_a_proposal(policy):
    none = replace(policy, cap=replace(policy.cap, by_class={"Partnership": 0, "Friendship": 0}))
    rows = {"Proposals": [proposal()], "Profiles": [good_profile()], "Budget": overhead(0.0)}
    found = assess(make_portfolio(none, agreement(), **rows), none, as_of=TODAY).proposals
    assert found.partnership_cap.item() == "seats free: 0"
    assert found.decision.item() == "Hold"


def test_a_budget_below_its_overhead_funds_nobody_and_says_so(policy):
    tie = agreement(yearly_cost=100.0, **COMPLETE)
    rows = {"Projects": [project()], "Profiles": [profile()], "Budget": overhead(5000.0)}
    found = assess(make_portfolio(policy, tie, **rows), policy, as_of=TODAY).resources.scenarios
    assert "0 of 1 funded" in set(found.decision)


def test_where_nobody_is_ranked_there_is_nothing_to_choose_between(policy):
    portfolio = make_portfolio(policy, agreement(yearly_cost=100.0), Budget=overhead(0.0))
    found = assess(portfolio, policy, as_of=TODAY).resources.scenarios
    assert not found.reason.str.contains("people decide between").any()


def test_indicators_without_their_objectives_are_left_out(policy):
    row = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Missions", "kind": "flow"}
    found = assess(make_portfolio(policy, agreement(), Indicators=[row]), policy, as_of=TODAY)
    assert found.outcomes.indicators.empty


def test_a_class_may_weigh_a_single_criterion(policy):
    friend = replace(policy.classes[1], weights={"C4": 0, "C6": 0, "C7": 100})
    alone = replace(policy, classes=(policy.classes[0], friend))
    tie = agreement(classification="Friendship", **COMPLETE)
    portfolio = make_portfolio(alone, tie, Profiles=[profile()], Projects=[project()])
    row = assess(portfolio, alone, as_of=TODAY).scores.loc["A-1"]
    assert (row.fit, row.record) == (100, None)


def test_a_project_planned_years_ago_keeps_nobody_awake(policy):
    asleep = agreement(last_contact=day("2010"), country="Chad", **COMPLETE)
    plans = {
        year: [project(state="planned", starts=day(year), ends=day(year))]
        for year in ("2012", "2026")
    }
    found = {
        year: assess(make_portfolio(policy, asleep, Projects=rows), policy, as_of=TODAY)
        for year, rows in plans.items()
    }
    decisions = {year: result.review.decision["A-1"] for year, result in found.items()}
    assert decisions == {"2012": "Confirm or end", "2026": "Continue, regularise"}


def test_notice_of_a_decided_sunset_runs_from_its_decision(policy):
    decided = {"subject_id": "A-1", "year": 2024, "decision_point": "review", "decision": "Sunset"}
    tie = agreement(ends=None)
    rows = [decided | {"decided_on": day("2025-03-25")}]
    found = assess(make_portfolio(policy, tie, Decisions=rows), policy, as_of=TODAY).sunsets
    assert found.ends_on["A-1"] == "2027-03-25"


def test_money_without_any_agreement_of_the_framework_is_still_known(policy):
    outside = agreement(classification="MOU", main_purpose=None)
    found = assess(make_portfolio(policy, outside, Budget=overhead(0.0)), policy, as_of=TODAY)
    assert found.resources.left == 1000
