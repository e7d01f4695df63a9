"""Proposals are told with their factors, what is missing, and what people decided."""

from types import SimpleNamespace

import pytest

from toolkit.assess.proposals.readiness import check_readiness
from toolkit.assess.proposals.screened import screen_proposals
from toolkit.assess.proposals.screening import RULES
from toolkit.assess.proposals.suggestions import suggest_partners
from toolkit.assess.results import Results
from toolkit.assess.rules import list_rules
from toolkit.files.opening import open_case
from toolkit.report import proposals


def free(seats):
    return {"Partnership": seats, "Friendship": seats}


ONE, NONE = free(1), free(0)


def tell(workbook):
    """Return the results of a workbook, and the tables and sentences that tell them."""
    case = open_case(workbook, "data/policy.toml", 2025)
    portfolio, policy, day = case.portfolio, case.policy, case.as_of
    screened = screen_proposals(
        portfolio,
        policy,
        resources_left=400_000.0,
        seats_free=ONE,
        as_of=day,
    )
    objectives = Results(portfolio, policy, day).objectives
    readiness = check_readiness(portfolio, policy, objectives, as_of=day)
    suggested = suggest_partners(portfolio, policy, as_of=day)
    results = SimpleNamespace(proposals=screened, readiness=readiness)
    return SimpleNamespace(
        sentence=proposals.screening_sentence(screened, portfolio, policy, as_of=day),
        origins=proposals.origin_table(screened),
        screening=proposals.first_decision_point(results),
        factors=proposals.decision_factors(results),
        hold=proposals.on_hold(results),
        readiness=proposals.second_decision_point(results),
        suggestions=proposals.suggestion_table(suggested),
        decided=proposals.decision_sentence(screened, readiness),
        decisions=proposals.decision_table(screened, readiness),
        rules=proposals.screening_rules(list_rules(RULES, policy), policy),
    )


@pytest.fixture(scope="module")
def sample():
    return tell("data/sample.xlsx")


def test_a_workbook_without_proposals_says_so_in_every_part():
    parts = vars(tell("data/toronto-2018.xlsx"))
    assert parts["sentence"].paragraphs == (proposals.NO_PROPOSALS,)
    assert "No agreement has the status proposed" in parts["readiness"]._repr_html_()
    assert not [name for name, part in parts.items() if "<table" in part._repr_html_()]


def test_the_sentence_says_what_those_that_may_proceed_ask_for_together(sample):
    assert sample.sentence.paragraphs == (
        "7 proposals, by the rules: 2 Proceed, 3 Hold, 2 Decline.",
        "Each is tested alone. Together those that may proceed ask for 2 seats and CAD 149,000 a "
        "year; people choose which comes first.",
    )


def test_proposals_are_counted_by_origin_outside_and_inside(sample):
    assert sample.origins.rows[0][:3] == ("external city", "outside", 2)
    assert sample.origins.rows[3][:3] == ("city staff", "inside", 2)
    assert sample.origins.rows[-1] == ("All", None, 7, 2, 3, 2)


def test_those_that_may_proceed_come_first(sample):
    assert [row[2] for row in sample.screening.rows] == (
        ["Proceed"] * 2 + ["Hold"] * 3 + ["Decline"] * 2
    )


def test_each_proposal_is_told_on_five_factors(sample):
    assert len(sample.factors.headings) == 1 + 5
    assert all(all(cell for cell in row) for row in sample.factors.rows)


def test_those_on_hold_say_what_is_missing(sample):
    assert [row[1] for row in sample.hold.rows] == [
        ("revised criteria: no", "priority markets: no"),
        ("available resources: not on record",),
        ("available resources: no",),
    ]


def test_a_draft_is_told_condition_by_condition(sample):
    (row,) = sample.readiness.rows
    assert row[3] == "Sign"
    assert len(row[4]) == len(proposals.CONDITIONS)


def test_partners_with_all_three_reasons_are_told_one_by_one(sample):
    assert sample.suggestions.parts[0].caption == "Partners that fit best, 3 of 3 reasons: 14"


def test_where_people_decided_otherwise_is_said(sample):
    assert sample.decided.paragraphs == (
        "People decided on 3 of 8 proposals and drafts.",
        "People decided otherwise on PR-006 Verrano (Hold instead of Decline).",
    )


def test_proposals_received_later_are_left_out_and_said():
    case = open_case("data/sample.xlsx", "data/policy.toml", 2024)
    found = screen_proposals(
        case.portfolio.on(case.as_of),
        case.policy,
        resources_left=None,
        seats_free=NONE,
        as_of=case.as_of,
    )
    told = proposals.screening_sentence(found, case.portfolio, case.policy, as_of=case.as_of)
    assert told.paragraphs[-1] == "Received after 31 December 2024 and left out: 6."
