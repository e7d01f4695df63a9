"""What holds of every assessment: independence, order, the contract, and Toronto's record."""

from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Purpose

TORONTO = ROOT / "data" / "toronto-2018.xlsx"
AS_OF = date(2018, 12, 31)


@pytest.fixture(scope="module")
def toronto(policy):
    return open_workbook(TORONTO, policy)


def test_every_table_begins_with_decision_and_reason_and_names_its_cells(toronto, policy):
    for name, table in results_of(toronto, policy, as_of=AS_OF).tables.items():
        assert list(table.frame.columns[:2]) == ["decision", "reason"], name
        assert "cells" in table.frame.columns, name
        assert not table.frame.isin([float("nan")]).any(axis=None), name


def test_toronto_at_level_1_gives_each_agreement_a_usable_line(toronto, policy):
    found = results_of(toronto, policy, as_of=AS_OF)
    assert found.level == 1
    assert Counter(row.decision for row in found.review) == {
        "Continue, regularise": 10,
        "Not reviewed": 5,
        "Class first": 2,
        "Reclassify": 2,
        "Fold in": 1,
        "Too early": 1,
    }


def test_toronto_holds_ten_of_ten_seats_and_one_instrument_is_folded(toronto, policy):
    row, *_ = results_of(toronto, policy, as_of=AS_OF).seat_counts
    assert (row.cap, row.today, row.asking, row.folded) == (10, 10, 5, 1)
    assert (row.given_up, row.proposed, row.adopted) == (0, 10, 12)


def test_toronto_under_the_words_of_2024_has_ten_partnership_cities(policy_2024):
    portfolio = open_workbook(TORONTO, policy_2024)
    found = results_of(portfolio, policy_2024, as_of=AS_OF).review
    assert sum(row.classification == "Partnership City" for row in found) == 10
    kept = Counter(row.original_class for row in portfolio.rows(Agreement))
    del kept[None]
    assert kept == {"Friendship": 6, "Partnership": 4}


def test_the_even_shares_are_marked_as_arithmetic(toronto, policy):
    money = results_of(toronto, policy, as_of=AS_OF).money
    assert {row.decision for row in money} == {"arithmetic, not cost"}
    assert [round(row.amount, -3) for row in money] == [56000, 35000, 90000]


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_changes_no_result(seed):
    policy, portfolio = _toronto()
    rows = list(portfolio.rows(Agreement))
    Random(seed).shuffle(rows)
    shuffled = portfolio.with_rows(Agreement, rows)
    expected = results_of(portfolio, policy, as_of=AS_OF)
    found = results_of(shuffled, policy, as_of=AS_OF)
    for name in ("review", "reclassification", "seats", "terms"):
        left, right = getattr(expected, name), getattr(found, name)
        assert list(left) == [right.get(row.agreement_id) for row in left], name


@settings(max_examples=10, deadline=None)
@given(pick=st.integers(0, 1000))
def test_trap_22_removing_one_relationship_changes_no_other_rule(pick):
    policy, portfolio = _toronto()
    names = sorted({row.relationship_id for row in portfolio.rows(Agreement)})
    removed = names[pick % len(names)]
    rest = [row for row in portfolio.rows(Agreement) if row.relationship_id != removed]
    expected = results_of(portfolio, policy, as_of=AS_OF).review
    found = results_of(portfolio.with_rows(Agreement, rest), policy, as_of=AS_OF).review
    assert list(found) == [expected.get(row.agreement_id) for row in rest]


def _toronto():
    from toolkit.files.policy import read_policy

    policy = read_policy(Path(ROOT / "data/policy.toml"))
    return policy, open_workbook(TORONTO, policy)


def test_assessing_changes_nothing_it_was_given(toronto, policy):
    before = tuple(toronto.rows(Agreement))
    assert results_of(toronto, policy, as_of=AS_OF).tables
    assert toronto.rows(Agreement) == before


def test_the_level_of_evidence_needs_every_level_below(policy):
    profile = [{"subject_id": "A-1"}]
    objective = [{"objective_id": "O-1", "agreement_id": "A-2", "statement": "To trade."}]
    members = agreement("A-1"), agreement("A-2"), agreement("A-3", records_complete_to=day("2025"))
    portfolio = make_portfolio(policy, *members, Profiles=profile, Objectives=objective)
    assert results_of(portfolio, policy).levels == {"A-1": 2, "A-2": 1, "A-3": 2}


def test_the_level_of_the_programme_is_that_of_most_the_lower_on_a_tie(policy):
    members = agreement("A-1"), agreement("A-2", records_complete_to=day("2025"))
    assert results_of(make_portfolio(policy, *members), policy).level == 1


def test_the_calendar_tells_when_a_friendship_needs_a_new_endorsement(policy):
    friend = agreement(classification="Friendship", endorsed_by="C", endorsed_on=day("2021"))
    portfolio = make_portfolio(policy, friend)
    found = results_of(portfolio, policy, as_of=date(2023, 1, 31)).decision_calendar
    due = [row.on for row in found if row.decision == "Councillor's endorsement due"]
    assert due == ["2023-11-15"]


def test_the_calendar_evaluates_an_agreement_a_year_before_it_ends(policy):
    found = results_of(make_portfolio(policy, agreement()), policy).decision_calendar
    assert [(row.on, row.decision) for row in found] == [
        ("2026-12-31", "Decision point D3 opens"),
        ("2027-12-31", "Agreement ends"),
    ]


def test_an_open_request_names_who_has_the_fact_and_by_when(policy):
    portfolio = make_portfolio(policy, agreement(text_on_file=None))
    gaps = results_of(portfolio, policy).open_requests
    row = next(row for row in gaps if row.fills == ("text_on_file",))
    assert (row.decision, row.holder, row.by) == (
        "signed text on file",
        "the City Clerk",
        "2026-03-01",
    )


def test_a_known_no_is_not_an_open_request(policy):
    portfolio = make_portfolio(policy, agreement(text_on_file="n"))
    gaps = results_of(portfolio, policy).open_requests
    assert not [row for row in gaps if row.fills == ("text_on_file",)]


def test_an_instrument_to_be_folded_is_asked_nothing(policy):
    pair = agreement("A-1", partner="Milan"), mou("M-1", partner="Milan")
    gaps = results_of(make_portfolio(policy, *pair), policy).open_requests
    assert "M-1" not in gaps


def test_an_age_counts_completed_years_and_a_missing_year_has_none(policy):
    members = agreement("A-1", signed=day("1986-03")), agreement("A-2", signed=None)
    terms = results_of(make_portfolio(policy, *members), policy, as_of=AS_OF).terms
    assert {row.agreement_id: row.age_years for row in terms} == {"A-1": 32, "A-2": None}


def test_an_illustrative_row_marks_the_whole_portfolio(policy):
    assert make_portfolio(policy, agreement(basis="illustrative")).is_illustrative
    assert not make_portfolio(policy, mou(main_purpose=(Purpose.ECON,))).is_illustrative
