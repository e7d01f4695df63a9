"""Domain, section 6: missions and spending by market tier, agreements or not."""

import pytest
from factory import TODAY, agreement, day, make_portfolio

from toolkit.assess.year.programme import missions_by_tier


def mission(project_id, agreement_id="PROGRAMME", **changes):
    """Return a mission of the year that cost 1,000."""
    usual = {"project_id": project_id, "agreement_id": agreement_id, "name": "Mission"}
    usual |= {"kind": "outbound mission", "state": "done", "actual_cost": 1000.0}
    return usual | {"starts": day("2025-05-01"), "ends": day("2025-05-10")} | changes


def tiers(policy, *projects, partner=None):
    """Return the missions of a portfolio of one agreement."""
    row = partner or agreement(country="Chad")
    portfolio = make_portfolio(policy, row, Projects=list(projects))
    return missions_by_tier(portfolio, policy, as_of=TODAY)


@pytest.mark.parametrize(
    ("country", "tier"),
    [
        ("Germany", "tier 1"),
        ("Italy", "tier 2"),
        ("Chad", "no priority market"),
        (None, "no priority market"),
    ],
)
def test_a_mission_counts_for_the_market_it_goes_to(policy, country, tier):
    found = tiers(policy, mission("PJ-1", country=country))
    assert {row.tier: row.missions for row in found if row.missions} == {tier: 1}


def test_an_inbound_mission_counts_for_the_market_of_its_agreement(policy):
    here = mission("PJ-1", "A-1", kind="inbound mission", country="Canada")
    found = tiers(policy, here, partner=agreement(country="Germany"))
    assert found["tier 1"].missions == 1


def test_missions_and_spending_are_told_inside_and_outside_agreements(policy):
    inside = mission("PJ-1", "A-1", country="Germany", actual_cost=300.0)
    found = tiers(policy, inside, mission("PJ-2", country="India"))["tier 1"]
    assert (found.missions, found.of_agreements, found.outside) == (2, 1, 1)
    spent = (found.spending, found.spending_of_agreements, found.spending_outside)
    assert spent == (1300, 300, 1000)


def test_spending_that_is_not_on_record_is_said_and_is_not_nothing(policy):
    found = tiers(policy, mission("PJ-1", country="Germany", actual_cost=None))["tier 1"]
    assert found.spending is None
    assert found.reason.endswith("of 1 the spending is not on record.")


def test_of_a_mission_over_two_years_the_days_of_the_year_count(policy):
    over = mission("PJ-1", country="Germany", starts=day("2024-12-02"), ends=day("2025-01-10"))
    assert tiers(policy, over)["tier 1"].spending == 250  # 10 of 40 days


@pytest.mark.parametrize(
    "changes", [{"state": "planned"}, {"state": "cancelled"}, {"kind": "event"}]
)
def test_what_was_no_mission_or_did_not_happen_is_not_counted(policy, changes):
    found = tiers(policy, mission("PJ-1", country="Germany", **changes))
    assert sum(row.missions for row in found) == 0
