"""What would change a proposal: the agreement's own rules, run again on what would be typed."""

import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from promises import broken, invented_city, promises_of
from test_firmness import COMPLETE, PARTNERS, profile, project, signed

from toolkit.model.vocabulary import Purpose
from toolkit.review import open_results

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
    "measure": "count",
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
    """Return what betters the place, and the word it gives."""
    rows = result.what_would_change.of(key)
    return {row.name: row.then for row in rows if row.decision == "better"}


def asleep(policy, *, previous=None, **changes):
    """Return the results of an agreement whose projects are told, and there is none."""
    quiet = {"last_contact": day("2015"), "country": "Chad"} | COMPLETE | changes
    portfolio = make_portfolio(policy, agreement(**quiet), Projects=[project("PROGRAMME")])
    return results_of(portfolio, policy, previous=previous)


def test_a_sound_agreement_has_nothing_to_mend(policy):
    found = sound(policy)
    assert found.review["A-1"].decision == "Keep"
    assert found.what_would_change["A-1"].reason == "Nothing betters its place."


@pytest.mark.parametrize(
    ("lacking", "repair"),
    [
        ({"ends": None}, "Agree that it ends on 1 June 2027"),
        ({"lead_unit": None}, "Name the unit that leads it"),
        ({"text_on_file": "n"}, "Put the signed text on file"),
        (
            {"signed": day("2010")},
            "Renew it for a term from 31 December 2025 to 31 December 2030",
        ),
    ],
)
def test_mending_the_only_defect_gives_keep(policy, lacking, repair):
    found = sound(policy, agreement_changes=lacking)
    assert found.review["A-1"].decision == "Keep, on new terms"
    assert better(found)[repair] == "Keep"


def test_duties_on_both_sides_can_make_the_objectives_smart(policy):
    found = sound(policy, objective={"city_unit": None, "partner_unit": None})
    assert better(found) == {"Agree a duty on each side for O-1": "Keep"}


def test_money_and_staff_can_make_the_objectives_smart_and_the_agreement_funded(policy):
    found = sound(policy, objective={"approved_budget": None, "staff_days": None})
    assert better(found)["Commit money and staff to the estimate of O-1"] == "Keep"


def test_a_project_with_a_milestone_mends_what_was_missing_in_the_plan(policy):
    """The objective loses its milestone too and one point; it stays SMART with nine."""
    found = better(sound(policy, milestone=False))
    assert found["Plan a project with a milestone"] == "Keep"


def test_two_defects_need_two_repairs_and_no_third_is_told_with_them(policy):
    found = sound(policy, agreement_changes={"text_on_file": "n", "lead_unit": None})
    told = "Put the signed text on file; and name the unit that leads it"
    assert better(found) == {told: "Keep"}


def test_what_is_to_be_typed_is_told_cell_by_cell(policy):
    found = sound(policy, agreement_changes={"text_on_file": "n"})
    row = found.what_would_change["A-1"]
    assert [str(entry) for entry in row.entries] == ["Agreements A-1, text_on_file: y"]
    assert row.reason == "If you put the signed text on file, it is: Keep."


def test_every_promise_betters_the_place(policy):
    for row in promises_of(asleep(policy)):
        assert row.then_place < row.place


def test_a_main_purpose_gives_a_class_to_an_instrument_that_states_none(policy):
    portfolio = make_portfolio(policy, mou())
    found = results_of(portfolio, policy)
    assert found.review["M-1"].decision == "Class first"
    told = better(found, "M-1")
    assert told["Type a main purpose, if it is economic"].startswith("Reclassify")


def test_points_that_lack_are_told_with_what_would_bring_them(policy):
    """Trade is not known: at its worst it costs ten points of the score."""
    changes = {"yearly_trade": None, "sectors_shared": (), "historic_link": "n"}
    portfolio = make_portfolio(
        policy,
        agreement(country="Chad", **COMPLETE, **TERM),
        Projects=[project(number=n) for n in (1, 2, 3)],
        Profiles=[profile(**changes)],
        Engagements=signed(),
        Partners=PARTNERS,
    )
    rows = results_of(portfolio, policy).what_would_change.of("A-1")
    trade = [row for row in rows if row.name.startswith("Record the yearly trade")]
    assert trade[0].lacks > 0
    assert trade[0].reason.startswith(f"{trade[0].lacks:.1f} points lack. If you record")


def test_what_people_decided_is_changed_by_people_alone(policy):
    decided = {"subject_id": "A-1", "year": 2025, "decision_point": "review", "decision": "Sunset"}
    portfolio = make_portfolio(policy, agreement(), Decisions=[decided])
    told = better(results_of(portfolio, policy))
    assert told == {"Have council decide to keep it by direction": "Keep by direction"}


def test_what_the_law_settles_is_changed_by_nothing(policy):
    portfolio = make_portfolio(policy, agreement(legal_hold="y"))
    row = results_of(portfolio, policy).what_would_change["A-1"]
    assert row.reason == "It is settled by law, by its owner or by its relationship."


def test_trying_counts_the_sheets_of_the_whole_programme(policy):
    """Alone, one project would make Projects count; among five agreements it does not."""
    others = [agreement(f"A-{n}") for n in (2, 3, 4, 5)]
    portfolio = make_portfolio(policy, agreement(), *others, Projects=[project()])
    found = results_of(portfolio, policy)
    assert found.review["A-1"].decision == "Continue, regularise"
    assert all("project" not in name for name in better(found))


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


def test_a_promise_comes_true_in_a_workbook(policy, tmp_path):
    """A few of those that the long proof carries out."""
    results = results_of(invented_city(policy, 1, size=4), policy)
    some = promises_of(results)[::4]
    assert not [told for row in some if (told := broken(results, row, tmp_path))]


def test_a_promise_holds_beside_what_was_withdrawn(policy, tmp_path):
    """Last year's workbook told other facts, so every proposal takes the lower place of two."""
    before, now = (invented_city(policy, seed, size=4) for seed in (1011, 11))
    results = results_of(now, policy, previous=before)
    assert results.withdrawn
    some = promises_of(results)[::4]
    assert some
    assert not [told for row in some if (told := broken(results, row, tmp_path))]


def test_where_too_few_sheets_count_nothing_at_one_agreement_helps(policy):
    alike = [agreement(f"A-{number}") for number in range(1, 6)]
    found = results_of(make_portfolio(policy, *alike), policy)
    assert found.review["A-1"].decision == "Continue, regularise"
    reason = found.what_would_change["A-1"].reason
    assert reason.startswith("Nothing at this agreement alone betters its place")


@pytest.mark.long
def test_every_promise_over_the_sample_and_three_cities_comes_true(policy, tmp_path):
    sample = open_results("data/sample.xlsx", "data/policy.toml", 2025)
    cities = [results_of(invented_city(policy, seed), policy) for seed in (1, 2, 3)]
    promised = [(results, row) for results in (sample, *cities) for row in promises_of(results)]
    assert len(promised) >= 100
    assert not [told for results, row in promised if (told := broken(results, row, tmp_path))]


def test_of_the_sample_all_that_have_a_place_to_gain_are_told_how(sample):
    """The others have the best place, or none."""
    told = {row.agreement_id for row in promises_of(sample)}
    gains = {row.agreement_id for row in sample.review if row.place}
    assert told == gains
    assert len(told) >= 20


@pytest.fixture(scope="module")
def sample():
    return open_results("data/sample.xlsx", "data/policy.toml", 2025)
