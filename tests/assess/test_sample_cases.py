"""The fictional city holds a case of each rule; what is expected was worked out apart."""

from datetime import date

import pytest
from factory import agreement, day, make_portfolio, mou, results_of

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.sheets import Agreement
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import Purpose, Reason, Status
from toolkit.report.scores import scored_agreements

EXPECTED = {  # agreement: rule and decision on 2025-12-31, decision on 2024-12-31
    "A-001": (11, "Keep", "Keep"),
    "A-002": (12, "Keep, on new terms", "Keep, on new terms"),
    "A-003": (13, "Renegotiate", "Renegotiate"),
    "A-004": (14, "Transfer", "Sunset"),
    "A-005": (15, "Sunset", "Keep by direction"),
    "A-006": (13, "Insufficient evidence", "Insufficient evidence"),
    "A-007": (9, "Reclassify", "Reclassify"),
    "A-008": (10, "Continue, regularise", "Continue, regularise"),
    "A-009": (4, "Renew", "Keep"),
    "A-010": (6, "Renew with conditions", "Keep"),
    "A-011": (5, "Conclude as achieved", "Renegotiate"),
    "A-012": (2, "Not evaluable", "Keep, on new terms"),
    "A-013": (7, "One conditional renewal", "Keep"),
    "A-014": (1, "Suspend", "Suspend"),
    "A-015": (2, "Keep by direction", "Sunset"),
    "A-016": (2, "Sunset", "Sunset"),
    "A-017": (2, "Transfer", "Renegotiate"),
    "A-019": (4, "Register as partner-owned", "Register as partner-owned"),
    "A-020": (5, "Fold in", "Fold in"),
    "A-021": (6, "Too early", "Too early"),
    "A-022": (7, "Confirm or end", "Confirm or end"),
    "A-023": (7, "Revive or end", "Confirm or end"),
    "A-024": (7, "Sunset", "Confirm or end"),
    "A-025": (8, "Class first", "Class first"),
    "A-026": (9, "Reclassify", "Reclassify"),
}


SCORES = {  # known mean, low end, high end
    "A-001": (90.98, 89.85, 91.10),
    "A-002": (87.50, 87.50, 87.50),
    "A-003": (57.45, 50.98, 62.23),
    "A-004": (30.71, 30.33, 31.58),
    "A-005": (14.94, 14.75, 16.00),
    "A-006": (51.02, 31.25, 70.00),
    "A-011": (50.35, 49.72, 50.97),
    "A-016": (21.51, 21.24, 22.49),
    "A-017": (51.20, 50.56, 51.81),
    "A-026": (61.32, 60.56, 61.81),
}


@pytest.fixture(scope="module")
def sample(policy):
    return open_workbook(ROOT / "data" / "sample.xlsx", policy)


@pytest.fixture(scope="module")
def of_2025(sample, policy):
    return results_of(sample, policy)


@pytest.mark.parametrize("key", EXPECTED)
def test_each_agreement_meets_the_rule_it_stands_for(of_2025, key):
    rule, decision, _ = EXPECTED[key]
    row = of_2025.review[key]
    assert (row.decision, int(row.rule.number)) == (decision, rule)


def test_the_year_before_is_decided_on_what_was_known_then(sample, policy):
    found = results_of(sample, policy, as_of=date(2024, 12, 31)).review
    assert {key: found[key].decision for key in EXPECTED} == {k: v[2] for k, v in EXPECTED.items()}


@pytest.mark.parametrize("key", SCORES)
def test_each_score_is_that_of_the_arithmetic_done_apart(of_2025, key):
    row = of_2025.scores[key]
    assert (row.mean, row.low, row.high) == pytest.approx(SCORES[key], abs=0.005)


def test_the_points_printed_add_up_to_the_score(of_2025):
    for row in of_2025.scores:
        if row.mean is not None:
            tenths = sum(round(10 * float(part.split()[1])) for part in row.contributions)
            assert f"{tenths / 10:.1f}" == one_decimal(row.mean), row.agreement_id


def test_trap_23_an_agreement_without_activity_cannot_hide_behind_its_market(policy):
    idle = agreement(country="Germany", records_complete_to=day("2025-12"))
    elsewhere = [{"project_id": "P-9", "agreement_id": "PROGRAMME", "name": "Fair"}]
    portfolio = make_portfolio(policy, idle, Projects=elsewhere)
    row = results_of(portfolio, policy).scores["A-1"]
    assert (row.fit, row.record) == (100, 0)


def test_a_proposal_that_rests_on_no_score_is_by_rule(policy):
    outside = mou(main_purpose=(Purpose.ECON,))
    found = results_of(make_portfolio(policy, outside), policy).review
    assert (found["M-1"].decision, found["M-1"].firmness) == ("Reclassify", "by rule")


def test_a_scored_proposal_names_the_cells_of_its_ratings(of_2025):
    cells = of_2025.review["A-001"].cells
    assert all(
        sheet in cells for sheet in ("Agreements!", "Profiles!", "Projects!", "Engagements!")
    )


def test_insufficient_evidence_names_the_one_fact_who_has_it_and_by_when(of_2025):
    fact = "The fact that would settle it: results (C5), from Trade and Investment Unit, by 1 March"
    assert fact in of_2025.review["A-006"].reason
    asked = of_2025.open_requests["A-006"]
    assert (asked.decision.split(":")[0], asked.by) == ("results (C5)", "2026-03-01")


def test_a_partnership_open_for_a_second_year_is_proposed_for_sunset(sample, policy):
    found = results_of(sample, policy, previous=sample).review["A-006"]
    assert (found.decision, found.second_option) == ("Sunset", "Renegotiate")
    assert "second year running" in found.reason


def test_a_provisional_decision_says_so(of_2025):
    assert of_2025.review["A-003"].evidence == "provisional"
    assert of_2025.review["A-001"].evidence == "stands"


def test_an_agreement_signed_after_the_date_of_the_review_is_not_reviewed(sample, policy):
    found = results_of(sample, policy, as_of=date(2020, 12, 31)).review["A-021"]
    assert found.decision == "Not reviewed"
    assert "after the date of the review" in found.reason


def test_the_sample_holds_every_reason_status_class_and_level(of_2025, sample, policy):
    agreements = sample.rows(Agreement)
    assert {row.code for row in of_2025.indicators} == set(Reason)
    assert {row.status for row in agreements} == set(Status)
    assert {cls.name for cls in policy.classes} <= {row.classification for row in agreements}
    assert set(of_2025.levels.values()) == {1, 2, 3, 4}


def test_the_sample_holds_every_rule_of_the_review(of_2025):
    rules = {row.rule.name for row in of_2025.review if row.rule}
    assert {f"rule {number}" for number in range(1, 16)} <= rules


def test_trap_31_the_level_of_evidence_stands_beside_every_score(of_2025):
    scored = [row for row in of_2025.scores if row.decision == "scored"]
    assert [of_2025.levels[row.agreement_id] for row in scored] == [row.level for row in scored]
    assert "Evidence level" in scored_agreements(of_2025).headings
