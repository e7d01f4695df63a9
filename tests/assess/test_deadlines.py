"""Which days the decision calendar holds, from which cells, and what is overdue."""

from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.assess.deadlines import find_deadlines, find_overdue
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook


def ahead(policy, *agreements, as_of=TODAY, **sheets):
    """Return what is due as (day, what) pairs."""
    table = find_deadlines(make_portfolio(policy, *agreements, **sheets), policy, as_of=as_of)
    return [(row.on, row.decision) for row in table]


def overdue(policy, *agreements, as_of=TODAY, **sheets):
    """Return what is overdue as (day, what) pairs."""
    portfolio = make_portfolio(policy, *agreements, **sheets)
    table = find_overdue(portfolio.on(as_of), policy, as_of=as_of)
    return [(row.on, row.decision) for row in table]


def decided(word, point="review", **changes):
    """Return a decision of 2025."""
    usual = {"subject_id": "A-1", "year": 2025, "decision_point": point, "decision": word}
    return usual | changes


def reviewed(on, **changes):
    """Return an objective with a review date."""
    usual = {"objective_id": "O-1", "agreement_id": "A-1", "statement": "Trade"}
    return usual | {"review_on": day(on)} | changes


PROJECT = {"project_id": "P-1", "agreement_id": "A-1", "name": "Mission", "state": "active"}


def milestone(due, **changes):
    """Return a milestone of the project."""
    return {"project_id": "P-1", "name": "Report", "due": day(due)} | changes


def test_the_calendar_holds_the_end_and_decision_point_d3_a_year_before(policy):
    assert ahead(policy, agreement()) == [
        ("2026-12-31", "Decision point D3 opens"),
        ("2027-12-31", "Agreement ends"),
    ]


def test_what_falls_on_the_date_of_the_review_is_ahead_and_the_day_before_overdue(policy):
    today, before = agreement(ends=day("2025-12-31")), agreement(ends=day("2025-12-30"))
    assert ahead(policy, today) == [("2025-12-31", "Agreement ends")]
    assert overdue(policy, today) == []
    assert overdue(policy, before) == [("2025-12-30", "Agreement ends")]


def test_decision_point_d3_that_opened_is_open_not_overdue(policy):
    assert overdue(policy, agreement(ends=day("2026-06-30"))) == []


def test_objectives_of_one_agreement_and_day_share_a_line_with_all_their_cells(policy):
    two = [reviewed("2026-03-31"), reviewed("2026-03", objective_id="O-2")]
    portfolio = make_portfolio(policy, agreement(), Objectives=two)
    table = find_deadlines(portfolio, policy, as_of=TODAY)
    (row,) = table.where(lambda row: row.decision == "Objectives to be reviewed")
    assert (row.on, row.cells) == ("2026-03-31", "Objectives!V2; Objectives!V3")


def test_a_review_that_passed_without_a_decision_is_overdue(policy):
    past = [reviewed("2025-06-30")]
    assert overdue(policy, agreement(), Objectives=past) == [
        ("2025-06-30", "Objectives to be reviewed")
    ]


@pytest.mark.parametrize(
    ("year", "decided_on", "settles"),
    [(2025, None, True), (2024, "2025-06-30", True), (2024, "2025-06-29", False)],
)
def test_a_decision_for_the_year_or_since_settles_a_review(policy, year, decided_on, settles):
    row = decided("Keep", year=year, decided_on=decided_on and day(decided_on))
    found = overdue(policy, agreement(), Objectives=[reviewed("2025-06-30")], Decisions=[row])
    assert (found == []) is settles


def test_a_milestone_is_due_until_it_is_done(policy):
    rows = [milestone("2026-02-28"), milestone("2025-09-30"), milestone("2025-08")]
    done = [milestone("2026-01-31", done_on=day("2025-12-20"))]
    sheets = {"Projects": [PROJECT], "Milestones": [*rows, *done]}
    assert ahead(policy, agreement(), **sheets)[0] == ("2026-02-28", "Milestone: Report (Mission)")
    assert [on for on, _ in overdue(policy, agreement(), **sheets)] == ["2025-08-31", "2025-09-30"]


def test_a_milestone_done_after_the_date_of_the_review_was_not_done_then(policy):
    late = [milestone("2025-09-30", done_on=day("2026-01-05"))]
    assert overdue(policy, agreement(), Projects=[PROJECT], Milestones=late)


def test_a_cancelled_project_has_no_milestones_left(policy):
    cancelled = [PROJECT | {"state": "cancelled"}]
    rows = [milestone("2025-09-30")]
    assert overdue(policy, agreement(), Projects=cancelled, Milestones=rows) == []


def test_a_direction_to_keep_is_in_the_calendar_until_it_expires(policy):
    kept = [decided("Keep by direction")]
    assert ("2026-12-31", "Keep by direction expires") in ahead(policy, agreement(), Decisions=kept)
    stated = [decided("Keep by direction", expires=day("2026-05"))]
    assert ("2026-05-31", "Keep by direction expires") in ahead(
        policy, agreement(), Decisions=stated
    )
    assert not any(
        "direction" in what
        for _, what in ahead(policy, agreement(), as_of=date(2027, 1, 1), Decisions=kept)
    )


def test_a_sunset_without_an_end_date_takes_effect_when_the_notice_runs_out(policy):
    ended = [decided("Sunset", decided_on=day("2025-03-25"))]
    assert ahead(policy, agreement(ends=None), Decisions=ended) == [
        ("2027-03-25", "Conclude as historical")
    ]


def test_a_sunset_with_an_end_date_takes_effect_at_expiry(policy):
    ended = [decided("Sunset", decided_on=day("2025-03-25"))]
    portfolio = make_portfolio(policy, agreement(), Decisions=ended)
    row = next(iter(find_deadlines(portfolio, policy, as_of=TODAY)))
    assert (row.on, row.decision, row.reason) == (
        "2027-12-31",
        "Agreement ends",
        "Decided: Sunset.",
    )


def test_the_evidence_asked_for_at_d3_is_due_six_months_on(policy):
    asked = [decided("Not evaluable", "D3", decided_on=day("2025-11-15"))]
    found = ahead(policy, agreement(ends=day("2026-10-31")), Decisions=asked)
    assert ("2026-05-15", "Evidence for the renewal due") in found


def test_a_decided_reclassification_is_due_with_the_conditions_it_lacks(policy):
    row = decided("Partnership", "reclassification", subject_id="M-1", expires=day("2026-06-30"))
    table = find_deadlines(make_portfolio(policy, mou(), Decisions=[row]), policy, as_of=TODAY)
    (row,) = table.of("M-1")
    assert (row.on, row.decision, row.reason) == (
        "2026-06-30",
        "Reclassification to be carried out",
        "Decided for 2025: Partnership; not met: lead unit (not on record).",
    )


def test_a_decided_reclassification_without_a_day_is_due_by_the_end_of_the_year_after(policy):
    row = decided("Partnership", "reclassification", subject_id="M-1")
    assert ahead(policy, mou(), Decisions=[row]) == [
        ("2026-12-31", "Reclassification to be carried out")
    ]


def test_a_reclassification_that_was_carried_out_is_due_no_more(policy):
    row = decided("Partnership", "reclassification")
    assert not any("Reclass" in what for _, what in ahead(policy, agreement(), Decisions=[row]))


def test_a_sponsor_confirms_again_after_two_years(policy):
    friend = agreement(
        classification="Friendship", community_sponsor="S", sponsor_confirmed=day("2024-03-12")
    )
    assert ("2026-03-12", "Sponsor's confirmation due") in ahead(policy, friend)
    late = friend | {"sponsor_confirmed": day("2023-12-30")}
    assert ("2025-12-30", "Sponsor's confirmation due") in overdue(policy, late)


def test_history_is_neither_due_nor_overdue(policy):
    over = agreement(status="concluded", ends=day("2024-12-31"))
    past = [reviewed("2025-06-30")]
    assert ahead(policy, over, Objectives=past) == overdue(policy, over, Objectives=past) == []


def test_what_rests_on_an_internal_column_is_not_public(policy):
    friend = agreement(
        classification="Friendship", community_sponsor="S", sponsor_confirmed=day("2024-03-12")
    )
    table = find_deadlines(make_portfolio(policy, friend), policy, as_of=TODAY)
    public = {row.decision: row.public for row in table}
    assert public["Sponsor's confirmation due"] is False
    assert public["Agreement ends"] is True


def test_the_order_of_the_rows_changes_no_date(policy):
    members = [agreement("A-1"), agreement("A-2"), agreement("A-3", ends=day("2026-06"))]
    assert ahead(policy, *members) == ahead(policy, *members[::-1])


def test_the_sample_holds_what_was_overlooked(policy):
    sample = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    found = find_overdue(sample, policy, as_of=TODAY)
    assert [(row.agreement_id, row.on) for row in found] == [
        ("A-015", "2023-11-15"),  # the Councillor's endorsement of the council before
        ("A-015", "2024-05-31"),  # the sponsor's confirmation of May 2022
        ("A-006", "2024-07-31"),  # a report of results
        ("A-018", "2024-12-31"),  # objectives to be reviewed
        ("A-018", "2025-06-30"),  # lapsed
        ("A-037", "2025-06-30"),  # objectives to be reviewed
        ("A-003", "2025-09-30"),  # objectives to be reviewed
    ]
    calendar = results_of(sample, policy).decision_calendar
    assert min(row.on for row in calendar) >= TODAY.isoformat()
