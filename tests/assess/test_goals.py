"""Domain, section 10, R9 and F1: activity goals of next year, its plan, and the goals served."""

import pytest
from factory import TODAY, agreement, day, make_portfolio

from toolkit.assess.stock.goals import find_activity_goals, map_goals
from toolkit.assess.stock.yearplan import check_year_plan
from toolkit.model.dates import Period

OBJECTIVE = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "To grow trade."}
INDICATOR = {"indicator_id": "I-1", "objective_id": "O-1", "name": "Missions held"}


def project(project_id="PJ-1", **changes):
    """Return a project planned for next year."""
    usual = {"project_id": project_id, "agreement_id": "A-1", "name": f"Fair {project_id}"}
    usual |= {"state": "planned", "planned_cost": 1000.0, "objective_id": "O-1"}
    return usual | {"starts": day("2026-05-01"), "ends": day("2026-05-10")} | changes


def result(first, last, **changes):
    """Return the target of one period."""
    period = Period(first.first, last.last, str(last.last.year))
    return {"indicator_id": "I-1", "period": period, "target": 3.0} | changes


def goals(policy, *rows, **sheets):
    """Return the activity goals of a portfolio of one agreement."""
    sheets = {"Objectives": [OBJECTIVE], "Indicators": [INDICATOR | {"unit": "missions"}]} | sheets
    portfolio = make_portfolio(policy, *(rows or (agreement(),)), **sheets)
    return find_activity_goals(portfolio, policy, as_of=TODAY)


def test_a_project_of_next_year_is_an_activity_goal_with_the_objective_it_serves(policy):
    found = goals(policy, Projects=[project(kind="event")])["A-1"]
    assert (found.decision, found.what, found.kind) == ("project", "Fair PJ-1", "event")
    assert (found.objective, found.planned_cost) == ("To grow trade.", 1000)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "done"},
        {"state": "cancelled"},
        {"starts": day("2025-05-01"), "ends": day("2025-12-31")},
        {"starts": day("2027-01-01"), "ends": day("2027-02-01")},
        {"starts": None, "ends": None},
    ],
)
def test_what_does_not_lie_in_next_year_or_will_not_be_is_no_goal(policy, changes):
    assert not goals(policy, Projects=[project(**changes)])


def test_of_a_project_over_two_years_the_cost_of_the_days_in_next_year_counts(policy):
    over = project(state="active", starts=day("2025-12-02"), ends=day("2026-01-10"))
    found = goals(policy, Projects=[over])["A-1"]
    assert found.planned_cost == 250  # 10 of 40 days
    assert "25 % of its days" in found.reason


def test_a_cost_that_is_not_on_record_is_not_nothing(policy):
    found = goals(policy, Projects=[project(planned_cost=None)])["A-1"]
    assert found.planned_cost is None
    assert "no planned cost on record" in found.reason


def test_an_active_project_without_an_end_runs_on_and_its_share_is_not_known(policy):
    found = goals(policy, Projects=[project(state="active", starts=day("2025-03"), ends=None)])
    assert (found["A-1"].decision, found["A-1"].planned_cost) == ("project", None)


def test_milestones_due_next_year_and_not_done_stand_with_their_project(policy):
    due = [
        {"project_id": "PJ-1", "name": "Invite", "due": day("2026-03-31")},
        {"project_id": "PJ-1", "name": "Done", "due": day("2026-04"), "done_on": day("2025-12-18")},
        {"project_id": "PJ-1", "name": "Later", "due": day("2027-01-01")},
    ]
    found = goals(policy, Projects=[project()], Milestones=due)
    assert [row.what for row in found] == ["Fair PJ-1", "Invite"]
    assert found.rows[1].reason == "Due by 31 March 2026 in Fair PJ-1."


def test_a_target_belongs_to_the_year_in_which_its_period_ends(policy):
    rows = [
        result(day("2026-01-01"), day("2026-12-31")),
        result(day("2026-07-01"), day("2027-06-30")),
        result(day("2025-01-01"), day("2025-12-31")),
    ]
    found = goals(policy, Results=rows)
    assert [row.reason for row in found] == ["Target of 2026: 3 (missions)."]


def plan(policy, *rows, **sheets):
    """Return the check of the plan of a portfolio."""
    portfolio = make_portfolio(policy, *(rows or (agreement(),)), **sheets)
    return check_year_plan(portfolio, policy, as_of=TODAY)


@pytest.mark.parametrize(
    ("count", "figure", "words"),
    [
        (1, "1 of 2", "fewer projects than the 2 of the policy"),
        (2, "2 of 2", "as many projects as the policy asks for"),
        (3, "3 of 2", "more projects than the 2 of the policy"),
    ],
)
def test_two_projects_a_year_are_a_check_of_the_plan(policy, count, figure, words):
    rows = [project(f"PJ-{i}") for i in range(count)]
    found = plan(policy, Projects=rows)["A-1"]
    assert found.decision == figure
    assert words in found.reason


@pytest.mark.parametrize(
    ("cost", "budget", "words"),
    [
        (1000.0, 1000.0, "within funding"),
        (1000.0, 999.0, "over funding"),
        (1000.0, None, "funding not on record"),
        (None, 1000.0, "cost not known"),
    ],
)
def test_the_planned_cost_stands_against_the_funding_of_the_year(policy, cost, budget, words):
    lines = [{"year": 2026, "line": "agreement", "agreement_id": "A-1", "budget": budget}]
    found = plan(policy, Projects=[project(planned_cost=cost)], Budget=lines)["A-1"]
    assert found.resources == words


def test_the_cost_of_a_project_that_runs_on_without_an_end_is_not_known(policy):
    lines = [{"year": 2026, "line": "agreement", "agreement_id": "A-1", "budget": 1000.0}]
    runs_on = project(state="active", starts=day("2025-03"), ends=None)
    found = plan(policy, Projects=[runs_on], Budget=lines)["A-1"]
    assert (found.planned_cost, found.resources) == (None, "cost not known")


def test_an_agreement_without_a_plan_is_listed_with_nothing_on_record(policy):
    rows = [agreement(), agreement("A-2")]
    found = plan(policy, *rows, Projects=[project()])["A-2"]
    assert (found.decision, found.expected, found.stated) == ("0 of 2", True, False)
    assert found.reason == "Nothing on record for 2026."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"status": "suspended"}, "its status is suspended"),
        ({"ends": day("2025-12-31")}, "it ended on 31 December 2025"),
    ],
)
def test_no_plan_is_expected_where_the_agreement_does_not_reach_into_the_year(policy, changes, why):
    rows = [agreement(), agreement("A-2", **changes)]
    found = plan(policy, *rows, Projects=[project()])["A-2"]
    assert not found.expected
    assert found.reason == f"Nothing on record for 2026; no plan is expected, as {why}."


def test_a_proposed_agreement_is_listed_only_with_a_plan(policy):
    draft = agreement("A-1", status="proposed"), agreement("A-2", status="proposed")
    found = plan(policy, *draft, Projects=[project()])
    assert list(found.keys()) == ["A-1", "PROGRAMME"]


def test_the_programme_stands_against_its_budget_less_overhead(policy):
    lines = [
        {"year": 2026, "line": "programme", "budget": 5000.0},
        {"year": 2026, "line": "overhead", "budget": 3500.0},
    ]
    rows = [project("PJ-1"), project("PJ-2", agreement_id="PROGRAMME", planned_cost=600.0)]
    found = plan(policy, Projects=rows, Budget=lines)["PROGRAMME"]
    assert (found.decision, found.planned_cost, found.funding) == ("2 projects", 1600, 1500)
    assert found.resources == "over funding"


def test_without_projects_supplied_no_plan_is_known(policy):
    assert not plan(policy)


def test_agreements_are_listed_under_the_goals_they_serve_and_those_of_none_last(policy):
    rows = [
        agreement("A-1", goals=("G1", "G2")),
        agreement("A-2"),
        agreement("A-3", status="historical", goals=("G1",)),
    ]
    found = map_goals(make_portfolio(policy, *rows, Objectives=[OBJECTIVE]), policy)
    assert list(found.keys()) == ["G1", "G2", "G3", "no goal"]
    assert [row.decision for row in found] == ["1 of 2", "1 of 2", "0 of 2", "1 of 2"]
    assert found["no goal"].agreements == ("City A-2",)
    assert found["G1"].objectives == 1
