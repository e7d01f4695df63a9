"""Domain, section 9: partners are suggested for the report's three reasons, never by name."""

import pytest
from factory import TODAY, agreement, day, make_portfolio

from toolkit.assess.proposals.suggestions import suggest_partners
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook

OBJECTIVE = {
    "objective_id": "O-1",
    "agreement_id": "A-1",
    "statement": "To grow trade.",
    "activity": "inbound mission",
    "sector": "Technology",
    "audience": "Exporters; investors",
    "ends": day("2027-12-31"),
}


def partner(partner_id="P-1", **changes):
    """Return a partner at home that meets an audience and a sector."""
    usual = {
        "partner_id": partner_id,
        "name": f"Partner {partner_id}",
        "home_or_abroad": "home",
        "metro": "Here",
        "audiences": ("exporters",),
        "sectors": ("technology",),
    }
    return usual | changes


def suggest(policy, *partners, row=None, **sheets):
    """Return the suggestions for one agreement with one objective, except what is changed."""
    rows = {"Objectives": [OBJECTIVE], "Partners": list(partners or [partner()]), **sheets}
    portfolio = make_portfolio(policy, row or agreement(partner="Milan"), **rows)
    return suggest_partners(portfolio, policy, as_of=TODAY)


def only(table):
    """Return the row of a table that has just one."""
    (row,) = table
    return row


def test_a_partner_that_meets_all_three_reasons_names_the_words_and_the_cells(policy):
    row = suggest(policy).rows[0]
    assert (row.decision, row.in_metro) == ("3 of 3 reasons", "Here")
    assert (row.audiences, row.programmes) == (("exporters",), ("technology",))
    assert row.reason == "Sits in Here; reaches exporters; works in technology."
    assert {"Partners!E2", "Partners!G2", "Partners!F2", "Objectives!J2", "Objectives!I2"} <= set(
        row.cells.split("; ")
    )


def test_sitting_in_the_metro_alone_is_no_reason(policy):
    assert not suggest(policy, partner(audiences=None, sectors=("music",))).rows


@pytest.mark.parametrize(
    ("changes", "metro"),
    [
        ({"home_or_abroad": "abroad", "metro": "milan"}, "milan"),
        ({"home_or_abroad": "home", "metro": None}, "home"),
        ({"home_or_abroad": None, "metro": "Elsewhere"}, None),
    ],
)
def test_the_metro_is_that_of_the_partner_city_or_home(policy, changes, metro):
    assert only(suggest(policy, partner(**changes))).in_metro == metro


def test_an_organisation_sits_in_its_city(policy):
    body = agreement(partner="Chamber of Commerce", city="Milan")
    there = partner(home_or_abroad="abroad", metro="Milan")
    assert only(suggest(policy, there, row=body)).reasons == 3


def test_a_partner_abroad_in_another_metro_is_not_suggested(policy):
    assert not suggest(policy, partner(home_or_abroad="abroad", metro="Lyon")).rows


def test_words_must_be_equal_but_for_case(policy):
    assert not suggest(policy, partner(audiences=("exporter",), sectors=("tech",))).rows
    row = only(suggest(policy, partner(audiences=("INVESTORS",), sectors=None)))
    assert row.audiences == ("investors",)


def test_a_programme_that_meets_the_activity_fits(policy):
    runs = partner(audiences=None, sectors=None, programmes=("Inbound mission",))
    row = suggest(policy, runs).rows[0]
    assert row.programmes == ("inbound mission",)
    assert "Partners!H2" in row.cells


def test_sectors_of_the_profile_are_sought_as_well(policy):
    profile = [{"subject_id": "A-1", "sectors_shared": ("music",)}]
    row = only(suggest(policy, partner(audiences=None, sectors=("music",)), Profiles=profile))
    assert row.programmes == ("music",)
    assert "Profiles!B2" in row.cells


@pytest.mark.parametrize(
    "sheets",
    [
        {"Engagements": [{"agreement_id": "A-1", "partner_id": "P-1", "role": "advise"}]},
        {"Projects": [{"project_id": "J-1", "agreement_id": "A-1", "led_by_partner": "P-1"}]},
    ],
)
def test_a_partner_that_is_engaged_already_is_not_suggested(policy, sheets):
    assert not suggest(policy, **sheets).rows


@pytest.mark.parametrize(
    "changes", [{"status": "concluded"}, {"legal_hold": "y"}, {"owner": "P-9"}]
)
def test_nobody_is_suggested_for_an_agreement_the_city_does_not_carry(policy, changes):
    assert not suggest(policy, row=agreement(**changes)).rows


def test_an_objective_that_has_ended_seeks_nobody(policy):
    assert not suggest(policy, Objectives=[OBJECTIVE | {"ends": day("2025-06-30")}]).rows


def project(**changes):
    """Return a planned project of the objective that nobody leads yet."""
    usual = {"project_id": "J-1", "agreement_id": "A-1", "name": "Fair", "state": "planned"}
    return usual | {"objective_id": "O-1"} | changes


def test_a_project_without_a_leading_partner_gets_its_own_suggestions(policy):
    found = suggest(policy, Projects=[project()])
    assert [row.subject_id for row in found] == ["A-1", "J-1"]
    assert found["J-1"].subject == "Fair (Milan)"


@pytest.mark.parametrize("changes", [{"state": "done"}, {"led_by_partner": "P-8"}])
def test_a_project_that_is_done_or_led_gets_none(policy, changes):
    assert only(suggest(policy, Projects=[project(**changes)])).subject_id == "A-1"


def test_more_reasons_come_first_and_a_name_settles_only_what_is_equal(policy):
    partners = [
        partner("P-1", name="Aard", audiences=None),
        partner("P-2", name="Zeta"),
        partner("P-3", name="Beta"),
        partner("P-4", name="Yota", audiences=("exporters", "investors")),
    ]
    expected = ["P-4", "P-3", "P-2", "P-1"]
    for order in (partners, partners[::-1]):
        assert [row.partner_id for row in suggest(policy, *order)] == expected


def test_without_partners_there_is_nothing_to_suggest(policy):
    assert not suggest(policy, Partners=[]).rows


def test_the_sample_suggests_three_partners_in_full_for_one_agreement(policy):
    sample = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    found = suggest_partners(sample, policy, as_of=TODAY).of("A-009")
    assert {row.partner_id for row in found if row.reasons == 3} == {"P-01", "P-03", "P-05"}
