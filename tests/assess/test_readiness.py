"""Domain, section 9: the second decision point signs a draft only when all it needs is there."""

from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of

from toolkit.assess.proposals.readiness import check_readiness
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.dates import Period

OBJECTIVE = {
    "objective_id": "O-1",
    "agreement_id": "A-1",
    "statement": "To win productions.",
    "type": "grow trade",
    "activity": "inbound mission",
    "sector": "technology",
    "city_unit": "Economic Development",
    "city_duty": "Plan",
    "partner_unit": "Trade Office",
    "partner_duty": "Host",
    "estimated_cost": 100.0,
    "approved_budget": 100.0,
    "funding_source": "division",
    "staff_days": 5.0,
    "starts": day("2026-04-01"),
    "ends": day("2030-03-31"),
    "review_on": day("2028-03-31"),
}
INDICATOR = {
    "indicator_id": "I-1",
    "objective_id": "O-1",
    "name": "Missions",
    "kind": "flow",
    "unit": "missions",
    "direction": "increase",
    "accumulation": "incremental",
    "baseline_state": "not applicable",
    "data_source": "register",
}
PROJECT = {"project_id": "J-1", "agreement_id": "A-1", "name": "Visit", "objective_id": "O-1"}
NOBODY = {"city_unit": None, "partner_unit": None}
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), "2026")
WHOLE = {
    "Objectives": [OBJECTIVE],
    "Indicators": [INDICATOR],
    "Results": [{"indicator_id": "I-1", "target": 2.0, "period": YEAR}],
    "Projects": [PROJECT | {"state": "planned"}],
    "Milestones": [{"project_id": "J-1", "name": "Invite", "due": day("2026-05-01")}],
    "Engagements": [
        {
            "agreement_id": "A-1",
            "partner_id": "P-1",
            "role": "deliver",
            "signed_on": day("2025-11-01"),
        }
    ],
}


def draft(**changes):
    """Return a draft agreement of four years with both clauses."""
    usual = {
        "status": "proposed",
        "signed": day("2026-04-01"),
        "ends": day("2030-03-31"),
        "renewal_clause": "y",
        "termination_clause": "y",
    }
    return agreement(**(usual | changes))


def check(portfolio, policy):
    """Return the readiness of every draft."""
    objectives = results_of(portfolio, policy).objectives
    return check_readiness(portfolio, policy, objectives, as_of=TODAY)


def ready(policy, row=None, **sheets):
    """Return the readiness of one draft that has all it needs, except what is changed."""
    rows = {**WHOLE, **sheets}
    return check(make_portfolio(policy, row or draft(), **rows).on(TODAY), policy).rows[0]


def test_a_draft_with_all_it_needs_is_signed(policy):
    row = ready(policy)
    assert (row.decision, row.missing) == ("Sign", ())


ENGAGED = WHOLE["Engagements"][0]


@pytest.mark.parametrize(
    ("column", "finding", "sheets"),
    [
        ("objectives_smart", "not on record", {"Objectives": [], "Indicators": [], "Results": []}),
        ("objectives_smart", "no", {"Objectives": [OBJECTIVE | NOBODY]}),
        ("project_with_milestones", "not on record", {"Projects": [], "Milestones": []}),
        ("project_with_milestones", "no", {"Milestones": []}),
        ("project_with_milestones", "no", {"Projects": [PROJECT | {"state": "cancelled"}]}),
        ("partner_engaged", "not on record", {"Engagements": []}),
        ("partner_engaged", "no", {"Engagements": [ENGAGED | {"signed_on": None}]}),
        ("partner_engaged", "no", {"Engagements": [ENGAGED | {"signed_on": day("2026-01-01")}]}),
        (
            "budget_approved",
            "not on record",
            {"Objectives": [OBJECTIVE | {"approved_budget": None}]},
        ),
        ("budget_approved", "no", {"Objectives": [OBJECTIVE | {"approved_budget": 0.0}]}),
    ],
)
def test_a_draft_goes_back_for_what_the_sheets_lack(policy, column, finding, sheets):
    row = ready(policy, **sheets)
    assert (row.decision, getattr(row, column)) == ("Go back", finding)


@pytest.mark.parametrize(
    ("column", "finding", "changes"),
    [
        ("term", "no", {"ends": day("2028-12-31")}),
        ("term", "no", {"ends": day("2031-04-02")}),
        ("term", "not on record", {"signed": None}),
        ("renewal_clause", "no", {"renewal_clause": "n"}),
        ("renewal_clause", "not on record", {"renewal_clause": None}),
        ("termination_clause", "no", {"termination_clause": "n"}),
        ("termination_clause", "not on record", {"termination_clause": None}),
        ("no_legal_hold", "no", {"legal_hold": "y"}),
    ],
)
def test_a_draft_goes_back_for_what_its_text_lacks(policy, column, finding, changes):
    row = ready(policy, draft(**changes))
    assert (row.decision, getattr(row, column), len(row.missing)) == ("Go back", finding, 1)
    assert row.missing[0].endswith(finding)
    assert row.missing[0] in row.reason


@pytest.mark.parametrize("ends", ["2029-03-31", "2031-03-31"])
def test_three_years_and_five_are_within_the_term(policy, ends):
    assert ready(policy, draft(ends=day(ends))).term == "yes"


def test_a_budget_line_of_the_agreement_is_an_approved_budget(policy):
    lines = [{"year": 2026, "line": "agreement", "agreement_id": "A-1", "budget": 10.0}]
    bare = [OBJECTIVE | {"approved_budget": None}]
    assert ready(policy, Objectives=bare, Budget=lines).budget_approved == "yes"


def test_only_drafts_are_looked_at(policy):
    assert not check(make_portfolio(policy, agreement()), policy).rows


@pytest.mark.parametrize("subject", ["A-1", "PR-1"])
def test_what_people_decided_is_found_by_the_draft_or_by_its_proposal(policy, subject):
    came_from = {"proposal_id": "PR-1", "partner": "Milan", "agreement_id": "A-1"}
    taken = {
        "subject_id": subject,
        "year": 2025,
        "decision_point": "D2",
        "decision": "Go back",
        "decided_on": day("2025-12-01"),
    }
    row = ready(policy, Proposals=[came_from], Decisions=[taken])
    assert (row.proposals, row.decided, row.agrees) == (("PR-1",), "Go back", "no")


def test_the_draft_of_the_sample_is_ready(policy):
    sample = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    (row,) = check(sample, policy)
    assert (row.agreement_id, row.decision, row.proposals) == ("A-030", "Sign", ("PR-004",))
