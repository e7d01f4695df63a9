"""Which single repair would give a better decision: the agreement's own rules, run again."""

from dataclasses import replace

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou
from test_firmness import COMPLETE, PARTNERS, profile, project, signed

from toolkit.assess.annual import assess
from toolkit.model.vocabulary import Purpose, Repair

TERM = {"signed": day("2022-06-01"), "ends": day("2027-05-31")}
OBJECTIVE = {
    "objective_id": "O-1",
    "agreement_id": "A-1",
    "statement": "To grow trade.",
    "purpose": Purpose.ECON,
    "type": "grow trade",
    "activity": "outbound mission",
    "sector": "technology",
    "city_unit": "Trade",
    "city_duty": "Plan",
    "partner_unit": "Chamber",
    "partner_duty": "Host",
    "estimated_cost": 100.0,
    "approved_budget": 100.0,
    "funding_source": "Budget",
    "staff_days": 5.0,
    "starts": day("2023"),
    "ends": day("2026"),
    "review_on": day("2025-06"),
}
INDICATOR = {
    "indicator_id": "I-1",
    "objective_id": "O-1",
    "name": "Missions",
    "kind": "flow",
    "direction": "increase",
    "unit": "missions",
    "baseline_state": "not applicable",
    "data_source": "Trade",
}


def sound(policy, *, agreement_changes=None, objective=None, milestone=True):
    """Return the assessment of a Partnership that is kept, except for what is changed."""
    result = {"indicator_id": "I-1", "period": _year(2025), "target": 2.0, "actual": 2.0}
    portfolio = make_portfolio(
        policy,
        agreement(country="Germany", **COMPLETE, **(TERM | (agreement_changes or {}))),
        Objectives=[OBJECTIVE | (objective or {})],
        Indicators=[INDICATOR],
        Results=[result | {"state": "approved"}],
        Projects=[project(objective_id="O-1"), *(project(number=n) for n in (2, 3, 4))],
        Milestones=[{"project_id": "J-A-1-1", "name": "Begun", "due": day("2025-03")}]
        if milestone
        else [],
        Profiles=[profile()],
        Engagements=signed(),
        Partners=PARTNERS,
    )
    return assess(portfolio, policy, as_of=TODAY)


def _year(year):
    from datetime import date

    from toolkit.model.dates import Period

    return Period(date(year, 1, 1), date(year, 12, 31), str(year))


def better(result, key="A-1"):
    """Return the repairs that give a better decision, and which."""
    rows = result.remedies[result.remedies.index == key]
    return {row.repair: row.then for row in rows.itertuples() if row.decision == "better"}


def test_a_sound_agreement_has_nothing_to_mend(policy):
    found = sound(policy)
    assert found.review.decision["A-1"] == "Keep"
    assert found.remedies.reason["A-1"] == "It is kept as it is; nothing is to be mended."


@pytest.mark.parametrize(
    ("lacking", "repair"),
    [
        ({"ends": None}, Repair.END_DATE),
        ({"lead_unit": None}, Repair.LEAD_UNIT),
        ({"text_on_file": "n"}, Repair.TEXT),
        ({"endorsed_by": "Councillor", "endorsed_on": day("2015")}, Repair.ENDORSEMENT),
    ],
)
def test_mending_the_only_defect_gives_keep(policy, lacking, repair):
    found = sound(policy, agreement_changes=lacking)
    assert found.review.decision["A-1"] == "Keep, on new terms"
    assert better(found) == {repair: "Keep"}


def test_duties_on_both_sides_can_make_the_objectives_smart(policy):
    found = sound(policy, objective={"city_unit": None, "partner_unit": None})
    assert better(found) == {Repair.DUTIES: "Keep", Repair.SMART_OBJECTIVE: "Keep"}


def test_money_and_staff_can_make_the_objectives_smart_and_the_agreement_funded(policy):
    found = sound(policy, objective={"approved_budget": None, "staff_days": None})
    assert better(found) == {Repair.BUDGET: "Keep"}


def test_a_project_with_a_milestone_mends_what_was_missing_in_the_plan(policy):
    """The objective loses its milestone too and one point; it stays SMART with nine."""
    assert better(sound(policy, milestone=False)) == {Repair.PROJECT: "Keep"}


def test_two_defects_need_two_repairs_and_all_together_is_said(policy):
    found = sound(policy, agreement_changes={"text_on_file": "n", "lead_unit": None})
    assert better(found) == {}
    assert found.remedies.decision["A-1"] == "none"
    assert found.remedies.reason["A-1"].endswith("all of them together would: then Keep.")


def test_a_planned_project_wakes_a_dormant_agreement_but_is_no_activity(policy):
    asleep = agreement(last_contact=day("2015"), country="Chad", **COMPLETE)
    portfolio = make_portfolio(policy, asleep, Projects=[project("PROGRAMME")])
    found = assess(portfolio, policy, as_of=TODAY)
    assert found.review.decision["A-1"] == "Confirm or end"
    assert better(found)[Repair.PROJECT] == "Continue, regularise"


def test_a_sponsor_that_confirms_wakes_a_dormant_friendship(policy):
    asleep = agreement(classification="Friendship", last_contact=day("2015"), **COMPLETE)
    portfolio = make_portfolio(policy, asleep, Projects=[project("PROGRAMME")])
    assert Repair.SPONSOR in better(assess(portfolio, policy, as_of=TODAY))


def test_records_brought_up_to_date_may_make_it_worse_and_that_is_said(policy):
    """Without complete records nobody is dormant; with them, silence counts."""
    quiet = agreement(last_contact=day("2015"), country="Chad", records_complete_to=None)
    portfolio = make_portfolio(policy, quiet, Projects=[project("PROGRAMME")])
    rows = assess(portfolio, policy, as_of=TODAY).remedies
    worse = rows[rows.decision == "worse"]
    assert dict(zip(worse.repair, worse.then, strict=True)) == {Repair.RECORDS: "Confirm or end"}


def test_what_people_decided_is_changed_by_no_repair(policy):
    decided = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}
    portfolio = make_portfolio(policy, agreement(), Decisions=[decided])
    found = assess(portfolio, policy, as_of=TODAY).remedies
    assert found.reason["A-1"].startswith("It is settled by law, by a decision")


def test_a_repair_at_one_agreement_is_the_same_as_at_all(policy):
    """All are mended at once, which is right only as long as none looks at another."""
    first = agreement("A-1", last_contact=day("2015"), country="Chad", **COMPLETE)
    second = mou("M-1", main_purpose=(Purpose.CULT,))
    both = assess(
        make_portfolio(policy, first, second, Projects=[project("PROGRAMME")]), policy, as_of=TODAY
    ).remedies
    alone = assess(
        make_portfolio(policy, first, Projects=[project("PROGRAMME")]), policy, as_of=TODAY
    ).remedies
    assert both[both.index == "A-1"].reason.tolist() == alone.reason.tolist()


def test_only_the_repairs_of_the_policy_are_tried(policy):
    none = replace(policy, repairs=())
    asleep = agreement(last_contact=day("2015"), country="Chad", **COMPLETE)
    portfolio = make_portfolio(none, asleep, Projects=[project("PROGRAMME")])
    assert better(assess(portfolio, none, as_of=TODAY)) == {}


def test_the_policy_lists_every_repair_that_can_be_made_once(policy, policy_2024):
    for edition in (policy, policy_2024):
        assert sorted(repair.id for repair in edition.repairs) == sorted(Repair)
