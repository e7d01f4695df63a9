"""Domain, section 10, R1 and R5: what partners own and lead, and where they are engaged."""

from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of

from toolkit.assess.stock.catalyst import find_partner_owned, find_project_leads
from toolkit.assess.stock.partners import find_engagements
from toolkit.model.vocabulary import Engaged, PartnerOwned

PARTNERS = [
    {"partner_id": "P-1", "name": "Port Academy", "kind": "academic", "home_or_abroad": "home"},
    {"partner_id": "P-2", "name": "Film Office", "kind": "gateway", "home_or_abroad": "abroad"},
]


def owned(policy, *, as_of=TODAY, decisions=(), **changes):
    """Return what is found of one agreement that a partner owns; None where it is not listed."""
    row = agreement(**({"owner": "P-1", "city_role": "catalyst"} | changes))
    portfolio = make_portfolio(policy, row, Partners=PARTNERS, Decisions=list(decisions))
    found = find_partner_owned(portfolio.on(as_of), policy, as_of=as_of)
    return next(iter(found), None)


@pytest.mark.parametrize(
    ("role", "signed", "expected"),
    [
        ("catalyst", "2025-01-01", PartnerOwned.NEW),
        ("co-lead", "2025", PartnerOwned.NEW),
        ("lead", "2024-12-31", PartnerOwned.EARLIER),
        ("none", "2025-01-01", PartnerOwned.ALONE),
        (None, "2025-01-01", PartnerOwned.ALONE),
    ],
)
def test_the_city_helped_where_it_has_a_role_and_new_is_what_was_signed_this_year(
    policy, role, signed, expected
):
    assert owned(policy, city_role=role, signed=day(signed)).decision == expected


def test_an_agreement_of_the_city_is_not_listed(policy):
    assert owned(policy, owner=None) is None


def test_an_old_agreement_is_new_in_the_year_in_which_it_was_handed_on(policy):
    moved = {"status": "transferred", "concluded_on": day("2025-05-31")}
    assert owned(policy, **moved).decision == PartnerOwned.NEW
    assert owned(policy, **moved).reason == (
        "Owned by Port Academy since 31 May 2025; the City's role: catalyst."
    )
    assert owned(policy, as_of=date(2024, 12, 31), **moved) is None


def test_a_decision_to_hand_on_makes_it_new_once_it_is_known(policy):
    transfer = {"subject_id": "A-1", "year": 2024, "decision_point": "review"}
    transfer |= {"decision": "Transfer", "decided_on": day("2025-03-04")}
    assert owned(policy, decisions=[transfer]).decision == PartnerOwned.NEW
    before = owned(policy, decisions=[transfer], as_of=date(2024, 12, 31))
    assert before.decision == PartnerOwned.EARLIER


def test_an_agreement_that_is_over_is_owned_by_nobody(policy):
    assert owned(policy, status="concluded", concluded_on=day("2025-05")) is None


def test_who_leads_a_project_is_a_partner_the_city_or_not_on_record(policy):
    usual = {"agreement_id": "A-1", "name": "Fair", "state": "done", "starts": day("2025-05")}
    rows = [
        {"project_id": "PJ-1", "led_by_partner": "P-1", "led_by_unit": "Culture Unit"},
        {"project_id": "PJ-2", "led_by_unit": "Culture Unit", "agreement_id": "PROGRAMME"},
        {"project_id": "PJ-3"},
    ]
    projects = [usual | {"ends": day("2025-06")} | row for row in rows]
    portfolio = make_portfolio(policy, agreement(), Partners=PARTNERS, Projects=projects)
    found = find_project_leads(portfolio, policy, as_of=TODAY)
    assert [row.decision for row in found] == [
        "led by a partner",
        "led by the City",
        "lead not on record",
    ]
    assert [row.led_by for row in found] == ["Port Academy", "Culture Unit", None]
    assert found["PJ-2"].partner == "the programme itself"


def engagement(partner_id="P-1", role="deliver", **changes):
    """Return the role of one partner."""
    return {"agreement_id": "A-1", "partner_id": partner_id, "role": role} | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"signed_on": day("2025-12-31")}, Engaged.SIGNED),
        ({"signed_on": day("2026-01-01")}, Engaged.NAMED),
        ({"role": "could lead"}, Engaged.WILLING),
        ({"willing_on": day("2025-12-31")}, Engaged.WILLING),
        ({"willing_on": day("2026-01-01")}, Engaged.NAMED),
        ({"role": "could lead", "signed_on": day("2024")}, Engaged.SIGNED),
        ({}, Engaged.NAMED),
    ],
)
def test_a_partner_is_engaged_once_its_signature_is_known(policy, changes, expected):
    sheets = {"Partners": PARTNERS, "Engagements": [engagement(**changes)]}
    found = find_engagements(make_portfolio(policy, agreement(), **sheets).on(TODAY))
    assert found["A-1"].decision == expected


def test_a_role_in_an_agreement_that_is_over_engages_nobody(policy):
    over = agreement(status="historical", concluded_on=day("2024"))
    sheets = {"Partners": PARTNERS, "Engagements": [engagement(signed_on=day("2020"))]}
    portfolio = make_portfolio(policy, over, **sheets)
    assert results_of(portfolio, policy).partners["P-1"].decision == Engaged.NOWHERE
    then = results_of(portfolio, policy, as_of=date(2023, 12, 31)).partners
    assert then["P-1"].decision == Engaged.SIGNED


def test_what_ended_in_a_month_was_over_and_was_handed_on_only_on_its_last_day(policy):
    """The data dictionary: a month in concluded_on stands for its last day."""
    days = date(2025, 5, 30), date(2025, 5, 31)
    over = agreement(status="historical", concluded_on=day("2025-05"))
    sheets = {"Partners": PARTNERS, "Engagements": [engagement(signed_on=day("2020"))]}
    portfolio = make_portfolio(policy, over, **sheets)
    engaged = [results_of(portfolio, policy, as_of=on).partners["P-1"].decision for on in days]
    assert engaged == [Engaged.SIGNED, Engaged.NOWHERE]
    moved = {"status": "transferred", "concluded_on": day("2025-05")}
    listed = [owned(policy, as_of=on, **moved) is not None for on in days]
    assert listed == [False, True]


def test_the_register_says_where_a_partner_is_engaged_and_what_it_leads_all_the_same(policy):
    sheets = {
        "Partners": PARTNERS,
        "Engagements": [engagement(signed_on=day("2024"))],
        "Projects": [
            {
                "project_id": "PJ-1",
                "agreement_id": "A-1",
                "name": "Film week",
                "state": "active",
                "starts": day("2025-05"),
                "led_by_partner": "P-2",
            }
        ],
    }
    found = results_of(make_portfolio(policy, agreement(), **sheets), policy).partners
    assert (found["P-1"].decision, found["P-1"].engaged) == (Engaged.SIGNED, ("City A-1",))
    assert found["P-2"].decision == Engaged.NOWHERE
    assert found["P-2"].reason.endswith("It led Film week all the same.")


def test_partners_are_counted_by_kind_at_home_and_abroad(policy):
    sheets = {"Partners": PARTNERS, "Engagements": [engagement(signed_on=day("2024"))]}
    portfolio = make_portfolio(policy, agreement(), **sheets)
    kinds = results_of(portfolio, policy).partner_kinds
    academic, gateway = kinds["academic"], kinds["gateway"]
    assert (academic.home, academic.abroad, academic.engaged, academic.nowhere) == (1, 0, 1, 0)
    assert (gateway.home, gateway.abroad, gateway.engaged, gateway.nowhere) == (0, 1, 0, 1)
    assert kinds["industry"].decision == "none on the register"


def test_without_partners_there_is_nothing_to_count(policy):
    portfolio = make_portfolio(policy, agreement())
    assert not results_of(portfolio, policy).partner_kinds
