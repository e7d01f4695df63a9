"""Workbooks and policies that are odd but possible: the advice stays true, nothing breaks."""

from dataclasses import replace

from factory import agreement, day, make_portfolio, results_of
from test_firmness import COMPLETE, profile, project
from test_proposals import profile as good_profile
from test_proposals import proposal

from toolkit.assess.resources.scenarios import money_left

BUDGET = [{"year": 2026, "line": "programme", "budget": 1000.0}]


def overhead(amount):
    return [*BUDGET, {"year": 2026, "line": "overhead", "budget": amount}]


def test_a_class_without_seats_has_none_to_give_to_a_proposal(policy):
    none = replace(policy, cap=replace(policy.cap, by_class={"Partnership": 0, "Friendship": 0}))
    rows = {"Proposals": [proposal()], "Profiles": [good_profile()], "Budget": overhead(0.0)}
    found = results_of(make_portfolio(none, agreement(), **rows), none).proposals
    assert [(row.partnership_cap, row.decision) for row in found] == [("seats free: 0", "Hold")]


def test_a_budget_below_its_overhead_funds_nobody_and_says_so(policy):
    tie = agreement(yearly_cost=100.0, **COMPLETE)
    rows = {"Projects": [project()], "Profiles": [profile()], "Budget": overhead(5000.0)}
    found = results_of(make_portfolio(policy, tie, **rows), policy).scenarios
    assert "0 of 1 funded" in {row.decision for row in found}


def test_where_nobody_is_ranked_there_is_nothing_to_choose_between(policy):
    portfolio = make_portfolio(policy, agreement(yearly_cost=100.0), Budget=overhead(0.0))
    found = results_of(portfolio, policy).scenarios
    assert not any("people decide between" in row.reason for row in found)


def test_indicators_without_their_objectives_are_left_out(policy):
    row = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Missions", "kind": "flow"}
    found = results_of(make_portfolio(policy, agreement(), Indicators=[row]), policy)
    assert not found.indicators


def test_a_class_may_weigh_a_single_criterion(policy):
    friend = replace(policy.classes[1], weights={"C4": 0, "C6": 0, "C7": 100})
    alone = replace(policy, classes=(policy.classes[0], friend))
    tie = agreement(classification="Friendship", **COMPLETE)
    portfolio = make_portfolio(alone, tie, Profiles=[profile()], Projects=[project()])
    row = results_of(portfolio, alone).scores["A-1"]
    assert (row.fit, row.record) == (100, None)


def test_a_project_planned_years_ago_keeps_nobody_awake(policy):
    asleep = agreement(last_contact=day("2010"), country="Chad", **COMPLETE)
    plans = {
        year: [project(state="planned", starts=day(year), ends=day(year))]
        for year in ("2012", "2026")
    }
    found = {
        year: results_of(make_portfolio(policy, asleep, Projects=rows), policy)
        for year, rows in plans.items()
    }
    decisions = {year: result.review["A-1"].decision for year, result in found.items()}
    assert decisions == {"2012": "Confirm or end", "2026": "Revive or end"}


def test_notice_of_a_decided_sunset_runs_from_its_decision(policy):
    decided = {"subject_id": "A-1", "year": 2024, "decision_point": "review", "decision": "Sunset"}
    tie = agreement(ends=None)
    rows = [decided | {"decided_on": day("2025-03-25")}]
    found = results_of(make_portfolio(policy, tie, Decisions=rows), policy).sunset_paths
    assert found["A-1"].ends_on == "2027-03-25"


def test_money_without_any_agreement_of_the_framework_is_still_known(policy):
    outside = agreement(classification="MOU", main_purpose=None)
    found = results_of(make_portfolio(policy, outside, Budget=overhead(0.0)), policy)
    assert money_left(found.scenarios, found.available) == 1000
