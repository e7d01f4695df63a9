"""Domain, section 4: the sequence of new terms, the year's priorities, the path of a Sunset."""

from factory import agreement, day, make_portfolio, results_of
from situations import partnership, reached, recorded, told
from test_firmness import COMPLETE, profile, project


def renegotiated(policy, ends, *, partners=1, actual=8.0, **about):
    """Return the sequence of Partnerships worth new terms that end on these days.

    In a market of tier 2, with one project, one partner, two priority sectors and no trade each
    scores 7.5 and 15 for its market and sectors, 5 for activity, 8 for two fifths of its targets,
    7.5 for delivery and 5 for its ties: 48.
    """
    none = {"yearly_trade": 0.0} | about
    cases = [
        told(
            partnership(f"A-{i}", country="Italy", ends=day(end)),
            projects=1,
            partners=partners,
            about=none,
            results=[reached(year, 20.0, actual, f"A-{i}") for year in (2024, 2025)],
        )
        for i, end in enumerate(ends)
    ]
    found = results_of(recorded(policy, *cases), policy)
    assert {row.decision for row in found.review} == {"Renegotiate"}
    return found.sequence


def test_new_terms_are_taken_up_earliest_end_first_two_to_three_a_year(policy):
    found = renegotiated(policy, ["2030", "2027", "2028", "2029"])
    assert list(found.keys()) == ["A-1", "A-2", "A-3", "A-0"]
    assert [row.at_most for row in found] == [2026, 2026, 2026, 2027]
    assert [row.at_least for row in found] == [2026, 2026, 2027, 2027]


def test_an_end_before_its_turn_is_said(policy):
    found = renegotiated(policy, [f"2027-0{month}" for month in range(1, 8)])
    assert "before its turn" in found["A-6"].reason
    assert "before its turn" not in found["A-0"].reason


def test_one_that_holds_only_provided_that_something_is_shown_is_not_dated_yet(policy):
    """With trade not known it scores 50 to 60, and would be kept at its best."""
    unknown = {"yearly_trade": None, "sectors_shared": ("tourism",)}
    assert not len(renegotiated(policy, ["2028", "2029"], partners=2, actual=10.0, **unknown))


def ready(key, **changes):
    """Return a project of next year that somebody leads and whose cost is known."""
    usual = {"state": "planned", "starts": day("2026-03"), "ends": day("2026-05")}
    return project(key, 9, led_by_unit="Trade", planned_cost=1000.0, **(usual | changes))


def prioritised(policy, *projects, budgets=("A-0", "A-1", "A-2", "A-3")):
    """Return the priorities of four Partnerships, the best traded first."""
    keys = [f"A-{i}" for i in range(4)]
    portfolio = make_portfolio(
        policy,
        *(agreement(key, country="Germany", **COMPLETE) for key in keys),
        Projects=[*(project(key, n) for key in keys for n in range(4)), *projects],
        Milestones=[
            {"project_id": p["project_id"], "name": "Begun", "due": day("2026-04")}
            for p in projects
        ],
        Profiles=[profile(key, yearly_trade=10.0 ** (10 - i)) for i, key in enumerate(keys)],
        Budget=[
            {"year": 2026, "line": "agreement", "agreement_id": key, "budget": 1000.0}
            for key in budgets
        ],
    )
    return results_of(portfolio, policy).priorities


def test_the_priorities_are_the_best_two_and_if_taken_a_third_with_a_ready_project(policy):
    found = prioritised(policy, *(ready(f"A-{i}") for i in range(4)))
    assert [row.decision for row in found] == [
        "priority",
        "priority",
        "if a third is taken",
        "ready",
    ]


def test_a_better_score_without_a_ready_project_is_passed_over_and_says_why(policy):
    found = prioritised(policy, *(ready(f"A-{i}") for i in range(1, 4)))
    assert [row.decision for row in found] == [
        "not ready",
        "priority",
        "priority",
        "if a third is taken",
    ]
    assert "no project is planned or active" in found["A-0"].reason


def test_a_project_without_committed_money_is_not_ready(policy):
    found = prioritised(policy, ready("A-0"), budgets=())
    assert found["A-0"].missing == ("committed money",)


def test_a_project_without_lead_or_cost_is_not_ready(policy):
    found = prioritised(policy, ready("A-0") | {"led_by_unit": None, "planned_cost": None})
    assert found["A-0"].missing == ("somebody who leads it", "a planned cost")


def ended(policy, **changes):
    """Return the path of an agreement that people decided to end."""
    decided = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}
    portfolio = make_portfolio(policy, agreement(**changes), Decisions=[decided])
    return results_of(portfolio, policy).sunset_paths["A-1"]


def test_a_sunset_ends_at_its_own_end_where_it_has_one(policy):
    assert ended(policy, ends=day("2027-06-30")).ends_on == "2027-06-30"


def test_a_sunset_without_end_date_ends_after_the_notice(policy):
    row = ended(policy, ends=None)
    assert (row.ends_on, row.decision) == ("2027-12-31", "concluded, historical")


def test_the_path_of_a_sunset_hears_sponsor_and_councillor_and_offers_to_hand_on(policy):
    row = ended(policy, community_sponsor="Circle", endorsed_by="Councillor, Ward 3")
    assert row.steps[1] == "Hear Circle and Councillor, Ward 3"
    assert row.steps[2] == "Offer to hand it on to local alternative partners"
