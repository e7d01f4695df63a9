"""The fictional city holds a case of each rule; what is expected was worked out apart."""

from dataclasses import replace
from datetime import date

import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from situations import counting

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.sheets import Agreement, PeriodResult
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import Purpose, Reason, RenewalWord, ReviewWord, Status
from toolkit.report.scores import scores_and_ranks

EXPECTED = {  # agreement: what is proposed on 2025-12-31, and on 2024-12-31
    "A-001": ("rule 11, Keep", "rule 11, Keep"),
    "A-002": ("rule 12, Keep, on new terms", "rule 12, Keep, on new terms"),
    "A-003": ("rule 13, Renegotiate", "rule 13, Renegotiate: Insufficient evidence"),
    "A-004": ("rule 15, Transfer", "rule 14, On notice"),
    "A-005": ("rule 7a, Sunset", "rule 2, Keep by direction"),
    "A-006": (
        "rule 13, Renegotiate: Insufficient evidence",
        "rule 14, On notice: Insufficient evidence",
    ),
    "A-007": ("rule 9b, Reclassify", "rule 9b, Reclassify"),
    "A-008": ("rule 7e, Insufficient evidence", "rule 7e, Insufficient evidence"),
    "A-009": ("renewal rule 4, Renew", "rule 11, Keep"),
    "A-010": ("renewal rule 6, Renew with conditions", "rule 11, Keep"),
    "A-011": ("renewal rule 5, Conclude as achieved", "rule 13, Renegotiate"),
    "A-012": ("renewal rule 2, Not evaluable", "rule 13, Renegotiate"),
    "A-013": ("renewal rule 7, One conditional renewal", "rule 13, Renegotiate"),
    "A-014": ("rule 1, Suspend", "rule 1, Suspend"),
    "A-015": ("rule 2, Keep by direction", "rule 14, On notice"),
    "A-016": ("rule 2, Sunset", "rule 14, On notice"),
    "A-017": ("rule 2, Transfer", "rule 13, Renegotiate: Insufficient evidence"),
    "A-018": ("rule 3, Lapsed", "renewal rule 3, Renegotiate duties"),
    "A-019": ("rule 4, Register as partner-owned", "rule 4, Register as partner-owned"),
    "A-020": ("rule 5, Fold in", "rule 5, Fold in"),
    "A-021": ("rule 6, Too early", "rule 6, Too early"),
    "A-022": ("rule 7h, Confirm or end", "rule 7h, Confirm or end"),
    "A-023": ("rule 7d, On notice", "rule 7h, Confirm or end"),
    "A-024": ("rule 7b, Sunset", "rule 7g, Revive or end"),
    "A-025": ("rule 8, Class first", "rule 8, Class first"),
    "A-026": ("rule 9a, Reclassify", "rule 9a, Reclassify"),
    "A-031": ("rule 7a, Transfer", "rule 7d, On notice"),
    "A-032": ("rule 10, Insufficient evidence", "rule 7e, Insufficient evidence"),
    "A-033": ("rule 7f, Revive or end", "rule 7h, Confirm or end"),
    "A-034": ("rule 9a, Insufficient evidence: On notice", "rule 9a, Insufficient evidence"),
    "A-035": ("rule 16, Sunset", "rule 14, On notice"),
    "A-036": ("rule 14, On notice", "rule 14, On notice"),
    "A-037": ("renewal rule 8, Sunset", "renewal rule 8, On notice"),
    "A-038": ("renewal rule E, Insufficient evidence", "rule 12, Keep, on new terms"),
}


SCORES = {  # known mean, low end, high end
    "A-001": (90.98, 89.85, 91.10),
    "A-002": (87.50, 87.50, 87.50),
    "A-003": (59.45, 51.21, 64.01),
    "A-004": (30.61, 29.19, 33.77),
    "A-005": (13.81, 12.25, 23.50),
    "A-006": (51.02, 31.25, 70.00),
    "A-007": (56.89, 56.89, 56.89),
    "A-011": (50.35, 49.72, 50.97),
    "A-012": (68.64, 54.05, 75.30),
    "A-016": (21.35, 19.99, 26.24),
    "A-017": (51.20, 50.56, 51.81),
    "A-026": (61.32, 60.56, 61.81),
    "A-032": (100.00, 12.50, 100.00),
    "A-034": (31.03, 11.25, 75.00),
    "A-035": (18.21, 14.34, 35.59),
    "A-036": (21.60, 17.01, 38.26),
    "A-037": (17.96, 17.74, 18.99),
    "A-038": (67.04, 59.50, 70.75),
}
SCORES_2024 = {
    "A-003": (51.73, 44.38, 57.16),
    "A-004": (33.12, 31.66, 36.25),
    "A-006": (41.66, 25.00, 65.00),
    "A-007": (44.92, 44.92, 44.92),
    "A-012": (62.64, 51.91, 69.07),
    "A-017": (45.28, 44.14, 46.64),
    "A-018": (63.77, 62.18, 64.68),
    "A-035": (18.21, 14.34, 35.59),
    "A-037": (17.53, 17.09, 19.59),
}
MARKS = {
    *(f"rule {number}" for number in (1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13, 14, 15, 16)),
    *(f"rule 7{letter}" for letter in "abdefgh"),
    "rule 9a",
    "rule 9b",
}
# rule 1 goes before Suspend; for the offer after a notice of D3 see the tests of D3
WORDS_OF_D3 = set(RenewalWord) - {RenewalWord.SUSPEND, RenewalWord.TRANSFER}


@pytest.fixture(scope="module")
def sample(policy):
    return open_workbook(ROOT / "data" / "sample.xlsx", policy)


@pytest.fixture(scope="module")
def of_2025(sample, policy):
    return results_of(sample, policy)


@pytest.fixture(scope="module")
def of_2024(sample, policy):
    return results_of(sample, policy, as_of=date(2024, 12, 31))


@pytest.mark.parametrize("key", EXPECTED)
def test_each_agreement_meets_the_rule_it_stands_for(of_2025, of_2024, key):
    assert tuple(str(year.review[key].rule) for year in (of_2025, of_2024)) == EXPECTED[key]


def test_every_agreement_under_review_has_its_case(of_2025):
    assert {row.agreement_id for row in of_2025.review if row.rule} == set(EXPECTED)


@pytest.mark.parametrize("key", SCORES)
def test_each_score_is_that_of_the_arithmetic_done_apart(of_2025, key):
    row = of_2025.scores[key]
    assert (row.mean, row.low, row.high) == pytest.approx(SCORES[key], abs=0.0051)


@pytest.mark.parametrize("key", SCORES_2024)
def test_each_score_of_the_year_before_is_that_of_the_arithmetic_done_apart(of_2024, key):
    row = of_2024.scores[key]
    assert (row.mean, row.low, row.high) == pytest.approx(SCORES_2024[key], abs=0.0051)


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


def test_insufficient_evidence_names_the_fact_that_comes_closest_who_has_it_and_by_when(of_2025):
    fact = (
        "The fact that would come closest to settling it: results (C5), from Trade and Investment "
        "Unit, by 1 March"
    )
    assert fact in of_2025.review["A-006"].reason


SECOND_YEAR = {
    "A-006": "rule 13, Renegotiate: On notice",
    "A-008": "rule 7d, On notice",
    "A-022": "rule 7d, On notice",
    "A-032": "rule 10, Insufficient evidence: On notice",
    "A-033": "rule 7d, On notice",
}


def test_beside_the_review_of_the_year_before_a_second_year_is_a_notice(sample, policy, of_2025):
    """Without last year's output only a Decisions row tells of the year before, as of A-034."""
    found = results_of(sample, policy, previous=sample).review
    moved = {row.agreement_id: str(row.rule) for row in found if row.rule}
    before = {row.agreement_id: str(row.rule) for row in of_2025.review if row.rule}
    assert {key: rule for key, rule in moved.items() if rule != before[key]} == SECOND_YEAR
    assert "second year running" in found["A-006"].reason


def test_a_provisional_decision_says_so_and_has_the_place_of_its_low_end(of_2025, of_2024):
    assert of_2025.review["A-003"].evidence == "provisional"
    assert of_2025.review["A-001"].evidence == "stands"
    row = of_2024.review["A-038"]
    assert (row.decision, row.evidence, row.place) == ("Keep, on new terms", "provisional", 2)
    assert row.provided == (
        "if yearly trade is at least CAD 450,000,000; else Renegotiate; to be shown by 1 March 2025"
    )


def changed(sample, key, **values):
    """Return the sample with some cells of one agreement typed otherwise."""
    rows = tuple(
        replace(row, **values) if row.agreement_id == key else row for row in sample.rows(Agreement)
    )
    return replace(sample, sheets={**sample.sheets, Agreement: rows})


def test_a_005_is_no_better_for_blanking_its_last_contact(sample, policy):
    blank = results_of(changed(sample, "A-005", last_contact=None), policy)
    assert str(blank.review["A-005"].rule) == "rule 7a, Sunset"


def test_a_012_is_no_better_for_deleting_its_results(sample, policy, of_2025):
    kept = tuple(r for r in sample.rows(PeriodResult) if not r.indicator_id.startswith("I-012"))
    gone = results_of(replace(sample, sheets={**sample.sheets, PeriodResult: kept}), policy)
    assert gone.review["A-012"].place >= of_2025.review["A-012"].place


def test_a_notice_that_is_repeated_keeps_its_day(of_2025):
    assert "To be shown by 30 June 2026" in of_2025.review["A-036"].reason


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


def test_the_sample_holds_every_rule_of_the_review(of_2025, of_2024):
    """Both words of rules 7a and 9a, an open case, a second year, notices running and run out."""
    rows = [row for year in (of_2025, of_2024) for row in year.review if row.rule]
    assert {row.rule.name for row in rows} >= MARKS
    found = {str(row.rule) for row in rows}
    assert found >= {"rule 7a, Transfer", "rule 7a, Sunset", "rule 9a, Insufficient evidence"}
    assert {row.decision for row in rows} >= set(ReviewWord) - {
        ReviewWord.NOT_REVIEWED,
        ReviewWord.CONTINUE,  # the next test
    }


def test_where_too_little_could_be_known_the_sample_continues_with_its_defects(sample, policy):
    """The sheets of the sample count; rule 10 by its first word needs that they do not."""
    found = results_of(sample, counting(policy, ())).review
    assert str(found["A-001"].rule) == "rule 10, Continue, regularise"


def test_the_sample_holds_every_word_of_d3(of_2025, of_2024):
    words = {row.decision for year in (of_2025, of_2024) for row in year.renewals}
    assert words >= WORDS_OF_D3


def test_trap_31_the_level_of_evidence_stands_beside_every_score(of_2025):
    scored = [row for row in of_2025.scores if row.decision == "scored"]
    assert [of_2025.levels[row.agreement_id] for row in scored] == [row.level for row in scored]
    table = scores_and_ranks(of_2025.scores, of_2025.ranks, of_2025.policy)
    assert "Evidence level" in table.headings
