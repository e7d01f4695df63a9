"""Which single repair would give a better decision: the agreement's own rules, run again."""

from dataclasses import replace

import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from test_firmness import COMPLETE, PARTNERS, profile, project, signed

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
    """Return the results of a Partnership that is kept, except for what is changed."""
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
    return results_of(portfolio, policy)


def _year(year):
    from datetime import date

    from toolkit.model.dates import Period

    return Period(date(year, 1, 1), date(year, 12, 31), str(year))


def better(result, key="A-1"):
    """Return the repairs that give a better decision, and which."""
    rows = result.what_would_change.of(key)
    return {row.repair: row.then for row in rows if row.decision == "better"}


def test_a_sound_agreement_has_nothing_to_mend(policy):
    found = sound(policy)
    assert found.review["A-1"].decision == "Keep"
    assert found.what_would_change["A-1"].reason == "It is kept as it is; nothing is to be mended."


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
    assert found.review["A-1"].decision == "Keep, on new terms"
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
    assert found.what_would_change["A-1"].decision == "none"
    assert found.what_would_change["A-1"].reason.endswith("all of them together would: then Keep.")


def test_a_planned_project_wakes_a_dormant_agreement_but_is_no_activity(policy):
    asleep = agreement(last_contact=day("2015"), country="Chad", **COMPLETE)
    portfolio = make_portfolio(policy, asleep, Projects=[project("PROGRAMME")])
    found = results_of(portfolio, policy)
    assert found.review["A-1"].decision == "Confirm or end"
    assert better(found)[Repair.PROJECT] == "Continue, regularise"


def test_a_sponsor_that_confirms_wakes_a_dormant_friendship(policy):
    asleep = agreement(classification="Friendship", last_contact=day("2015"), **COMPLETE)
    portfolio = make_portfolio(policy, asleep, Projects=[project("PROGRAMME")])
    assert Repair.SPONSOR in better(results_of(portfolio, policy))


def test_records_brought_up_to_date_may_make_it_worse_and_that_is_said(policy):
    """Without complete records nobody is dormant; with them, silence counts."""
    quiet = agreement(last_contact=day("2015"), country="Chad", records_complete_to=None)
    portfolio = make_portfolio(policy, quiet, Projects=[project("PROGRAMME")])
    rows = results_of(portfolio, policy).what_would_change
    worse = {row.repair: row.then for row in rows if row.decision == "worse"}
    assert worse == {Repair.RECORDS: "Confirm or end"}


def test_what_people_decided_is_changed_by_no_repair(policy):
    decided = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}
    portfolio = make_portfolio(policy, agreement(), Decisions=[decided])
    found = results_of(portfolio, policy).what_would_change
    assert found["A-1"].reason.startswith("It is settled by law, by a decision")


def test_a_repair_at_one_agreement_is_the_same_as_at_all(policy):
    """All are mended at once, which is right only as long as none looks at another."""
    first = agreement("A-1", last_contact=day("2015"), country="Chad", **COMPLETE)
    second = mou("M-1", main_purpose=(Purpose.CULT,))
    both = results_of(
        make_portfolio(policy, first, second, Projects=[project("PROGRAMME")]), policy
    ).what_would_change
    alone = results_of(
        make_portfolio(policy, first, Projects=[project("PROGRAMME")]), policy
    ).what_would_change
    assert [row.reason for row in both.of("A-1")] == [row.reason for row in alone]


def test_only_the_repairs_of_the_policy_are_tried(policy):
    none = replace(policy, repairs=())
    asleep = agreement(last_contact=day("2015"), country="Chad", **COMPLETE)
    portfolio = make_portfolio(none, asleep, Projects=[project("PROGRAMME")])
    assert better(results_of(portfolio, none)) == {}


def test_the_policy_lists_every_repair_that_can_be_made_once(policy, policy_2024):
    for edition in (policy, policy_2024):
        assert sorted(repair.id for repair in edition.repairs) == sorted(Repair)


def test_what_would_change_one_agreement_is_its_part_of_what_would_change_all(policy):
    """An instrument that folds into another is looked at with it, whatever is asked for."""
    host = agreement("A-1", main_purpose=(Purpose.ECON,), ends=None)
    folded = mou("M-1", partner="City A-1", main_purpose=(Purpose.CULT,))
    rows = {"Objectives": [OBJECTIVE], "Projects": [project("PROGRAMME"), project("A-2")]}
    portfolio = make_portfolio(policy, folded, host, agreement("A-2", **COMPLETE), **rows)
    found = results_of(portfolio, policy)
    for key in ("M-1", "A-1", "A-2"):
        assert found.of(key).what_would_change.rows == found.what_would_change.of(key)


def test_of_an_agreement_that_is_not_reviewed_nothing_would_change(policy):
    portfolio = make_portfolio(policy, agreement("A-1"), agreement("A-2", status="historical"))
    assert not results_of(portfolio, policy).of("A-2").what_would_change
