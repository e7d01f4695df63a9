"""Domain, section 4: what people decided, beside what the rules propose."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factory import TODAY, agreement, day, make_portfolio, mou, results_of

from toolkit.assess.decisions.compared import compare_decisions
from toolkit.assess.decisions.ledger import list_decisions
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.results import Result, Table, out, result
from toolkit.model.sheets import Agreement, BudgetLine, Decision, Project, Proposal
from toolkit.model.vocabulary import Purpose


@result(key="subject_id")
class Word(Result):
    """One word of a decision point on one subject."""

    subject_id: str = out("Subject")


def decided(word, *, subject="A-1", point="review", year=2025, **changes):
    """Return a decision with its reason on record."""
    usual = {"subject_id": subject, "decision_point": point, "decision": word, "year": year}
    log = {"reason_code": "override", "rationale": "A direction.", "decided_by": "Council"}
    return usual | log | changes


def compare(policy, *agreements, as_of=TODAY, decisions=(), sheets=None, **tables):
    """Return the questions of the year of a small portfolio."""
    rows = {"Decisions": list(decisions)} | (sheets or {})
    portfolio = make_portfolio(policy, *agreements, **rows)
    results = results_of(portfolio, policy, as_of=as_of)
    return compare_decisions(
        portfolio,
        policy,
        review=results.review,
        classification=results.reclassification,
        as_of=as_of,
        **tables,
    )


def only(policy, *decisions, **options):
    """Return the one question of a Partnership that the rules propose to continue."""
    [row] = compare(policy, agreement(), decisions=decisions, **options)
    return row


def proposing(**words):
    """Return a table of proposals by id."""
    keys = [key.replace("_", "-") for key in words]
    rows = zip(keys, words.values(), strict=True)
    return Table(Word, (Word(subject_id=k, decision=w, reason="By rule.") for k, w in rows))


def test_a_proposal_without_a_decision_is_undecided(policy):
    row = only(policy)
    assert (row.decision, row.proposed, row.agrees) == (
        "undecided",
        "Continue, regularise",
        "undecided",
    )


def test_a_decision_as_proposed_agrees(policy):
    assert only(policy, decided("Continue, regularise")).agrees == "yes"


def test_a_decision_otherwise_than_proposed_is_an_override_and_both_are_shown(policy):
    row = only(policy, decided("Renegotiate", consulted="The sponsor", decided_on=day("2025-11")))
    assert (row.decision, row.proposed, row.agrees) == (
        "Renegotiate",
        "Continue, regularise",
        "override",
    )
    assert (row.reason, row.decided_by, row.decided_on) == ("A direction.", "Council", "2025-11")
    assert (row.consulted, row.expires, row.in_force) == ("The sponsor", "2026-12-31", True)


def test_under_a_standing_decision_the_rules_own_word_is_the_second_option(policy):
    row = only(policy, decided("Sunset", year=2019))
    assert (row.decision, row.proposed, row.agrees, row.year) == (
        "Sunset",
        "Continue, regularise",
        "override",
        2019,
    )


def test_a_review_is_decided_anew_each_year_and_the_earlier_decision_stands_beside(policy):
    row = only(policy, decided("Continue, regularise", year=2024))
    assert (row.agrees, row.standing) == (
        "undecided",
        "Continue, regularise, for 2024, until 2025-12-31",
    )


@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize(("days", "agrees"), [(0, "override"), (1, "expired")])
def test_a_direction_to_keep_is_in_force_on_its_last_day_and_expired_on_the_next(
    policy, year, days, agrees
):
    kept = decided("Keep by direction", year=year, expires=day("2025-10-31"))
    as_of = date(2025, 10, 31) + timedelta(days=days)
    row = only(policy, kept, as_of=as_of)
    assert (row.agrees, row.in_force) == (agrees, days == 0)


@pytest.mark.parametrize(("days", "agrees"), [(-1, "undecided"), (0, "expired")])
def test_of_a_notice_the_last_day_counts_as_run_out(policy, days, agrees):
    warned = decided("On notice", year=2024, expires=day("2025-10-31"))
    row = only(policy, warned, as_of=date(2025, 10, 31) + timedelta(days=days))
    assert row.agrees == agrees


def test_without_an_expiry_a_decision_runs_to_the_end_of_the_next_reporting_year(policy):
    kept = decided("Keep by direction", year=2024)
    assert only(policy, kept).agrees == "override"
    late = only(policy, kept, as_of=TODAY + timedelta(days=1))
    assert (late.agrees, late.decision) == ("expired", "Keep by direction")
    assert late.reason == "Decided for 2024; it ran out on 31 December 2025."


def test_a_later_decision_replaces_an_earlier_one_whatever_the_order_of_rows(policy):
    both = [decided("Keep by direction", year=2025), decided("Sunset", year=2023)]
    for rows in (both, both[::-1]):
        assert only(policy, *rows).decision == "Keep by direction"


def test_an_expired_decision_with_a_successor_is_not_expired(policy):
    rows = [decided("Keep by direction", year=2022), decided("Renegotiate", year=2025)]
    assert only(policy, *rows).agrees == "override"


def test_d3_and_the_review_are_one_question_and_the_later_point_of_a_day_wins(policy):
    rows = [decided("Transfer", point="D3"), decided("Sunset")]
    for order in (rows, rows[::-1]):
        row = only(policy, *order)
        assert (row.decision, row.point) == ("Transfer", "D3")


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_decision_dated_after_the_review_is_not_known_to_it(policy, year):
    later = decided("Sunset", year=year, decided_on=day("2026-01-01"))
    assert only(policy, later).decision == "undecided"
    portfolio = make_portfolio(policy, agreement(), Decisions=[later])
    assert results_of(portfolio, policy).review["A-1"].decision == "Continue, regularise"


def test_a_decision_of_a_later_reporting_year_is_not_known(policy):
    assert only(policy, decided("Sunset", year=2026)).decision == "undecided"


def test_a_sunset_decided_and_carried_out_in_the_year_is_shown(policy):
    over = agreement(status="concluded", concluded_on=day("2025-06"))
    [row] = compare(policy, over, decisions=[decided("Sunset")])
    assert (row.decision, row.agrees, row.in_force) == ("Sunset", "no proposal", False)


def test_a_sunset_carried_out_asks_for_nothing_more(policy):
    over = agreement(status="concluded", concluded_on=day("2025-06"))
    assert not len(compare(policy, over, decisions=[decided("Sunset", year=2024)]))


def test_a_class_is_decided_once(policy):
    letter = mou(main_purpose=(Purpose.ECON,))
    taken = decided("Partnership", subject="M-1", point="reclassification", year=2024)
    found = compare(policy, letter, decisions=[taken])
    assert at(found, "reclassification").agrees == "yes"


def test_a_class_that_was_carried_out_asks_for_nothing_more(policy):
    taken = decided("Partnership", point="reclassification", year=2019)
    assert [row.point for row in compare(policy, agreement(), decisions=[taken])] == ["review"]


def test_a_register_that_was_carried_out_never_expires(policy):
    taken = decided("Register as partner-owned", point="reclassification", year=2019)
    found = compare(policy, mou("A-1", owner="P-1"), decisions=[taken])
    assert at(found, "reclassification").agrees == "yes"


def test_a_renewal_carried_out_does_not_answer_for_the_next_term(policy):
    taken = decided("Renew", point="D3", year=2021, decided_on=day("2021-05-01"))
    again = agreement(signed=day("2022-01-01"), ends=day("2026-12-31"))
    [row] = compare(policy, again, decisions=[taken], renewals=proposing(A_1="Renew"))
    assert (row.point, row.agrees) == ("D3", "undecided")


def test_a_renewal_in_force_answers_d3_and_not_the_review_of_the_next_year(policy):
    taken = [decided("Renew", point="D3", year=2024)]
    assert only(policy, *taken, renewals=proposing(A_1="Renew")).agrees == "yes"
    row = only(policy, *taken)
    assert (row.agrees, row.standing) == ("undecided", "Renew, for 2024, until 2025-12-31")


def test_a_class_that_was_not_carried_out_in_time_expires(policy):
    taken = decided("Friendship", subject="M-1", point="reclassification", year=2019)
    found = compare(policy, mou(main_purpose=(Purpose.ECON,)), decisions=[taken])
    assert at(found, "reclassification").agrees == "expired"


def test_on_a_borderline_case_the_choice_is_left_to_people(policy):
    letter = mou(main_purpose=(Purpose.ECON, Purpose.CULT))
    taken = [
        decided("Friendship", subject="M-1", point="reclassification"),
        decided("Reclassify as Friendship", subject="M-1"),
    ]
    found = compare(policy, letter, decisions=taken)
    assert [row.agrees for row in found] == ["yes", "yes"]


def test_another_class_than_the_one_proposed_is_an_override(policy):
    letter = mou(main_purpose=(Purpose.ECON,))
    taken = [decided("Reclassify as Friendship", subject="M-1")]
    found = compare(policy, letter, decisions=taken)
    assert at(found, "review").agrees == "override"


def at(found, point):
    """Return the one question of a decision point."""
    [row] = found.where(lambda row: row.point == point)
    return row


PROPOSAL = {"proposal_id": "PR-1", "partner": "Porto", "country": "Portugal"}


def test_a_proposal_to_form_is_screened_once(policy):
    sheets = {"Proposals": [PROPOSAL]}
    taken = decided("Hold", subject="PR-1", point="D1", year=2024)
    table = proposing(PR_1="Decline")
    found = compare(policy, decisions=[taken], sheets=sheets, proposals=table)
    [row] = found
    assert (row.subject, row.proposed, row.agrees) == ("Porto", "Decline", "override")


def test_a_decision_of_d1_on_the_agreement_is_about_its_proposal(policy):
    sheets = {"Proposals": [PROPOSAL | {"agreement_id": "A-1"}]}
    taken = decided("Proceed", subject="A-1", point="D1")
    drafted = agreement(status="proposed")
    found = compare(
        policy, drafted, decisions=[taken], sheets=sheets, proposals=proposing(PR_1="Proceed")
    )
    assert [(row.subject_id, row.agrees) for row in found] == [("PR-1", "yes")]


def test_the_result_of_d3_replaces_that_of_the_review(policy):
    row = only(policy, decided("Renew", point="D3"), renewals=proposing(A_1="Renew"))
    assert (row.point, row.proposed, row.agrees) == ("D3", "Renew", "yes")


def test_a_word_that_is_no_decision_of_its_point_proposes_nothing(policy):
    assert only(policy, renewals=proposing(A_1="Not due")).point == "review"


def test_a_draft_agreement_waits_for_d2(policy):
    drafted = agreement(status="proposed")
    [row] = compare(policy, drafted, readiness=proposing(A_1="Sign"))
    assert (row.point, row.decision, row.proposed) == ("D2", "undecided", "Sign")


def test_resources_are_shown_although_the_rules_propose_nothing(policy):
    taken = decided("Raise", subject="PROGRAMME", point="resources")
    [row] = compare(policy, decisions=[taken])
    assert (row.subject, row.decision, row.agrees) == ("The programme", "Raise", "no proposal")


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, "1 of 1"),
        ({"reason_code": None}, "0 of 1"),
        ({"rationale": None}, "0 of 1"),
        ({"decision": "Continue, regularise", "reason_code": None, "rationale": None}, "1 of 1"),
    ],
)
def test_an_override_counts_as_consistent_only_with_reason_code_and_rationale(
    policy, changes, counted
):
    portfolio = make_portfolio(policy, agreement(), Decisions=[decided("Renegotiate") | changes])
    assert results_of(portfolio, policy).scorecard["B1"].decision == counted


def test_every_row_names_its_cells(policy):
    both = agreement(), agreement("A-2")
    found = compare(policy, *both, decisions=[decided("Renegotiate")])
    assert found["A-1"].cells.startswith("Decisions!D2; Decisions!E2")
    assert found["A-2"].cells.startswith("Agreements!")


def test_the_record_lists_every_known_decision_with_those_on_the_proposal(policy):
    rows = [
        decided("Keep by direction", year=2024),
        decided("Sunset", year=2025),
        decided("Proceed", subject="PR-1", point="D1", year=2017),
        decided("Transfer", year=2025, point="D3", decided_on=day("2026-02")),
    ]
    sheets = {"Proposals": [PROPOSAL | {"agreement_id": "A-1"}], "Decisions": rows}
    log = list_decisions(make_portfolio(policy, agreement(), **sheets), policy, as_of=TODAY)
    assert [row.decision for row in log] == ["Sunset", "Keep by direction", "Proceed"]
    assert [row.in_force for row in log] == [True, False, False]
    assert {row.agreement_id for row in log} == {"A-1"}


@pytest.fixture(scope="module")
def sample(policy):
    return open_workbook(ROOT / "data" / "sample.xlsx", policy)


def all_decided(portfolio, policy):
    results = results_of(portfolio, policy)
    return results.decisions, results.decisions_on_record, results.decisions_followed_up


def test_the_sample_of_2025_shows_what_people_decided_beside_the_rules(sample, policy):
    found = results_of(sample, policy).decisions
    shown = {
        (row.subject_id, row.point, row.decision, row.proposed, row.agrees)
        for row in found
        if row.agrees in ("yes", "override", "expired")
    }
    assert shown == {
        ("A-002", "reclassification", "Friendship", "Friendship", "yes"),
        ("A-004", "review", "On notice", "Transfer", "expired"),
        ("A-005", "review", "On notice", "Sunset", "expired"),
        ("A-011", "D3", "Conclude as achieved", "Conclude as achieved", "yes"),
        ("A-015", "review", "Keep by direction", "On notice", "override"),
        ("A-016", "review", "Sunset", "On notice", "override"),
        ("A-017", "D3", "Transfer", "Renegotiate", "override"),
        ("A-031", "review", "On notice", "Transfer", "expired"),
        ("A-035", "review", "On notice", "Sunset", "expired"),
        ("A-037", "D3", "On notice", "Sunset", "expired"),
        ("PR-003", "D1", "Decline", "Decline", "yes"),
        ("PR-004", "D1", "Proceed", "Proceed", "yes"),
        ("PR-006", "D1", "Hold", "Decline", "override"),
    }
    undecided = found.where(lambda row: row.agrees == "undecided")
    assert "A-009" in undecided  # decided in 2026 only


def test_the_order_of_rows_changes_nothing(sample, policy):
    turned = {
        kind: sample.rows(kind)[::-1]
        for kind in (Agreement, BudgetLine, Decision, Project, Proposal)
    }
    changed = replace(sample, sheets={**sample.sheets, **turned})
    expected, found = all_decided(sample, policy), all_decided(changed, policy)
    for table, again in zip(expected, found, strict=True):
        assert [replace(row, cells="") for row in again] == [
            replace(row, cells="") for row in table
        ]
