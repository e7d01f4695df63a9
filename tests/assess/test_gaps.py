"""What is asked for, of whom, and where it is typed (domain, section 4, Open requests)."""

import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from test_firmness import COMPLETE, PARTNERS, profile, project, signed
from test_remedies import INDICATOR, OBJECTIVE, TERM

from toolkit.assess.review.bounds import missing_criteria
from toolkit.model.dates import Period
from toolkit.model.vocabulary import Purpose
from toolkit.review import open_results


def requests_of(policy, *agreements, **sheets):
    """Return what is asked for at these agreements."""
    return results_of(make_portfolio(policy, *agreements, **sheets), policy).open_requests


def full(policy, *, objective=None, indicator=None, results=(), **sheets):
    """Return what is asked for at a Partnership of which all sheets count."""
    whole = {
        "Objectives": [OBJECTIVE | (objective or {})],
        "Indicators": [INDICATOR | (indicator or {})],
        "Results": [{"indicator_id": "I-1"} | row for row in results],
        "Projects": [project(objective_id="O-1"), *(project(number=n) for n in (2, 3, 4))],
        "Milestones": [{"project_id": "J-A-1-1", "name": "Begun", "due": day("2025-03")}],
        "Profiles": [profile()],
        "Engagements": signed(),
        "Partners": PARTNERS,
    }
    own = agreement(country="Germany", **COMPLETE, **TERM)
    return requests_of(policy, own, **(whole | sheets))


def year(number):
    """Return a year as a period."""
    first, last = day(f"{number}-01-01").first, day(f"{number}-12-31").last
    return Period(first, last, str(number))


TOLD = {"period": year(2024), "target": 2.0, "actual": 2.0, "state": "approved"}


def test_a_missing_result_is_asked_for_by_indicator_and_period(policy):
    rows = full(policy, results=[TOLD, {"period": year(2025), "target": 2.0}])
    row = next(row for row in rows if row.criterion == "C5")
    assert (row.sheet, row.fills) == ("Results", ("actual", "state"))
    assert (row.indicator, row.period, row.cells) == ("I-1", "2025", "Results!F3; Results!I3")


def test_a_result_that_is_a_draft_wants_only_its_approval(policy):
    draft = TOLD | {"period": year(2025), "state": "draft"}
    row = next(row for row in full(policy, results=[TOLD, draft]) if row.criterion == "C5")
    assert (row.decision, row.fills) == ("the approval", ("state",))


def test_a_year_without_a_row_is_asked_for_too(policy):
    row = next(row for row in full(policy, results=[TOLD]) if row.criterion == "C5")
    assert (row.period, row.cells) == ("2025", "Results")


def test_a_fact_is_asked_of_the_unit_on_record(policy):
    rows = full(policy, results=[TOLD])
    assert {row.holder for row in rows if row.criterion == "C5"} == {"Economic Development"}


def test_what_the_sponsor_knows_is_asked_of_the_sponsor_by_name(policy):
    friend = agreement(classification="Friendship", community_sponsor="Sister Cities Association")
    rows = requests_of(policy, friend)
    row = next(row for row in rows if "sponsor_confirmed" in row.fills)
    assert row.holder == "Sister Cities Association"


def test_what_could_move_the_proposal_comes_first(policy):
    """The trade figure weighs ten points; the sponsor's tie one and a quarter."""
    told = [TOLD, TOLD | {"period": year(2025)}]
    weak = profile(yearly_trade=None, sectors_shared=())
    rows = full(policy, results=told, Profiles=[weak], Projects=[project()])
    moves = [row.moves for row in rows]
    assert moves == sorted(moves, reverse=True)
    assert "C3" in {row.criterion for row in rows}


def test_what_a_rule_asks_is_a_request(policy):
    """Rule 7e: no project is on record, nor that the records are complete."""
    quiet = agreement(country="Chad", last_contact=day("2015"))
    others = [agreement(f"A-{n}", country="Chad", **COMPLETE) for n in (2, 3)]
    rows = requests_of(policy, quiet, *others, Projects=[project("A-2"), project("A-3")])
    asked = [(row.sheet, row.fills) for row in rows.of("A-1") if row.moves]
    assert ("Agreements", ("records_complete_to",)) in asked
    assert ("Projects", ("state", "starts", "ends")) in asked


def test_class_first_asks_for_the_purposes_by_objective(policy):
    stated = [
        {"objective_id": f"O-{n}", "agreement_id": "M-1", "statement": "To meet"} for n in (1, 2)
    ]
    rows = requests_of(policy, mou(), Objectives=stated)
    asked = [row.cells for row in rows if row.fills == ("purpose",)]
    assert asked == ["Objectives!E2", "Objectives!E3"]


def test_an_instrument_that_states_nothing_is_asked_for_its_main_purpose(policy):
    assert requests_of(policy, mou())["M-1"].fills == ("main_purpose",)


def test_where_all_is_coded_and_it_is_still_open_people_are_asked(policy):
    rows = requests_of(policy, mou(main_purpose=(Purpose.ECON, Purpose.CULT)))
    assert rows["M-1"].decision == "which class people give it"


def test_a_blank_status_asks_nobody(policy):
    rows = requests_of(policy, agreement(status=None))
    assert all("status" not in row.fills for row in rows)


@pytest.fixture(scope="module")
def sample():
    return open_results("data/sample.xlsx", "data/policy.toml", 2025)


def test_no_request_of_the_sample_is_for_a_unit_that_is_on_record(sample):
    units = {key: found.agreement.lead_unit for key, found in sample.facts.items()}
    for row in sample.open_requests:
        assert row.holder != "the unit that leads it" or not units[row.agreement_id]


def test_every_missing_criterion_of_the_sample_is_asked_for(sample):
    for key, found in sample.facts.items():
        asked = {row.criterion for row in sample.open_requests.of(key)}
        is_asked = found.outcome.decision not in ("Register as partner-owned", "Fold in")
        assert not is_asked or set(missing_criteria(found)) <= asked
