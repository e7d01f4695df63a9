"""Domain, section 4, Seats: ranks within a class, caps by class, exchange between classes."""

from dataclasses import replace

import numpy as np
import pytest
from factory import agreement, day, make_portfolio, mou, results_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_firmness import COMPLETE, profile, project

from toolkit.assess.review.ranks import min_ranks
from toolkit.model.vocabulary import Purpose

FRIEND = {"classification": "Friendship", "main_purpose": (Purpose.CULT,), **COMPLETE}


def capped(policy, **by_class):
    """Return the policy with a cap of its own for each class named."""
    return replace(policy, cap=replace(policy.cap, by_class=by_class))


def scored(policy, trades, *, contested=False, **changes):
    """Return the results of Partnerships that differ in their trade alone."""
    keys = [f"A-{i}" for i in range(len(trades))]
    word = "low" if contested else "high"
    portfolio = make_portfolio(
        policy,
        *(agreement(key, **COMPLETE, **changes) for key in keys),
        Projects=[project(key) for key in keys],
        Profiles=[
            profile(key, yearly_trade=trade, confidence=word)
            for key, trade in zip(keys, trades, strict=True)
        ],
    )
    return results_of(portfolio, policy)


def decisions(table):
    """Return what is decided of each."""
    return {row.agreement_id: row.decision for row in table}


def test_agreements_are_ranked_within_their_class_by_score(policy):
    found = scored(policy, [1e7, 1e9, 1e8]).ranks
    assert {row.agreement_id: row.rank for row in found} == {"A-1": 1, "A-2": 2, "A-0": 3}


def test_equal_scores_share_a_rank(policy):
    found = scored(policy, [1e8, 1e8, 1e9]).ranks
    assert {row.agreement_id: row.rank for row in found} == {"A-2": 1, "A-0": 2, "A-1": 2}


def test_a_friendship_is_not_ranked_against_partnerships(policy):
    portfolio = make_portfolio(
        policy,
        agreement("A-1", **COMPLETE),
        agreement("A-2", **FRIEND),
        Profiles=[profile("A-1"), profile("A-2")],
        Projects=[project("A-1"), project("A-2")],
    )
    found = results_of(portfolio, policy).ranks
    assert {row.agreement_id: row.of for row in found} == {"A-1": 1, "A-2": 1}


def test_ratings_that_are_sure_leave_the_order_of_ranks_as_it_is(policy):
    rows = scored(policy, [1e7, 1e9]).ranks
    assert len(rows) == 2
    assert all(row.lowest == row.rank == row.highest for row in rows)


def test_ratings_that_are_unsure_make_a_rank_a_range(policy):
    row = scored(policy, [1e8, 1.05e8], contested=True).ranks["A-1"]
    assert (row.lowest, row.highest) == (1, 2)


def test_a_proposal_that_does_not_stand_is_ranked_with_what_is_missing_at_its_worst(policy):
    """By what is known A-0 scores 67 and A-1 62.8; but A-0 did not tell its trade, and without any
    it would score 55.8 and not be kept."""
    keys = ("A-0", "A-1")
    portfolio = make_portfolio(
        policy,
        *(agreement(key, **COMPLETE) for key in keys),
        Projects=[project(key, number) for key in keys for number in (1, 2)],
        Profiles=[profile("A-0", yearly_trade=None), profile("A-1", yearly_trade=1e8)],
    )
    ranks = results_of(portfolio, policy).ranks
    told, silent = ranks["A-1"], ranks["A-0"]
    assert silent.ranked_by < told.ranked_by == told.mean < silent.mean
    assert (told.rank, silent.rank) == (1, 2)
    assert silent.reason.endswith("Ranked with what is missing at its worst.")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=8))
def test_a_rank_is_one_more_than_the_number_of_better_scores(rows):
    scores = np.array(rows, dtype=float)
    better = (scores[None, :, :] > scores[:, None, :]).sum(axis=1)
    assert (min_ranks(scores) == better + 1).all()


def test_trap_24_a_cap_of_two_is_not_exceeded_by_a_tie(policy):
    """Neither a dense rank (takes three) nor a minimum rank decides a tie; people do."""
    found = scored(capped(policy, Partnership=2), [1e9, 1e8, 1e8, 1e7]).seats
    assert decisions(found) == {"A-0": "holds", "A-1": "tied", "A-2": "tied", "A-3": "over the cap"}


def test_a_tie_at_the_cap_is_settled_for_the_agreement_without_defects(policy):
    limit = capped(policy, Partnership=1)
    term = {"signed": day("2022-01-01"), "ends": day("2026-12-31")}
    whole, lacking = agreement("A-1", **term), agreement("A-2", **term, text_on_file=None)
    rows = {
        "Projects": [
            project(key, 1, starts=day("2025-02"), objective_id=None) for key in ("A-1", "A-2")
        ],
        "Milestones": [
            {"project_id": f"J-{key}-1", "name": "Begun", "due": day("2025-03")}
            for key in ("A-1", "A-2")
        ],
        "Profiles": [profile("A-1"), profile("A-2")],
    }
    found = results_of(make_portfolio(limit, whole, lacking, **rows), limit)
    assert found.scores["A-1"].mean == found.scores["A-2"].mean
    assert decisions(found.seats) == {"A-1": "holds", "A-2": "over the cap"}


def test_without_a_score_nobody_is_put_over_the_cap_by_row_order(policy):
    limit = capped(policy, Partnership=1)
    portfolio = make_portfolio(limit, agreement("A-1"), agreement("A-2"))
    found = results_of(portfolio, limit).seats
    assert set(decisions(found).values()) == {"tied"}


def test_one_without_a_score_is_tied_and_takes_no_place_from_those_that_have_one(policy):
    limit = capped(policy, Partnership=1)
    keys = ("A-1", "A-2")
    portfolio = make_portfolio(
        limit,
        *(agreement(key, **COMPLETE) for key in keys),
        agreement("A-3"),
        Projects=[project(key) for key in keys],
        Profiles=[profile("A-1", yearly_trade=1e9), profile("A-2", yearly_trade=1e8)],
    )
    found = results_of(portfolio, limit)
    assert {row.agreement_id for row in found.scores if row.decision == "scored"} == set(keys)
    expected = {"A-1": "holds", "A-2": "over the cap", "A-3": "tied"}
    assert decisions(found.seats) == expected


def test_over_the_cap_is_for_council_and_changes_no_decision(policy):
    limit = capped(policy, Partnership=1)
    trades = [1e9, 1e8]
    assert decisions(scored(limit, trades).review) == decisions(scored(policy, trades).review)
    assert "council decides" in scored(limit, trades).seats["A-1"].reason


def test_a_total_cap_alone_puts_nobody_over_it(policy):
    one = replace(policy, cap=replace(policy.cap, total=1))
    found = scored(one, [1e9, 1e8])
    assert set(decisions(found.seats).values()) == {"holds"}
    assert [row.proposed for row in found.seat_counts] == [2]


@settings(max_examples=25, deadline=None)
@given(
    trades=st.lists(st.sampled_from([1e7, 1e8, 1e9, 1e10]), min_size=1, max_size=7),
    cap=st.integers(0, 7),
)
def test_seats_that_simply_stay_never_exceed_the_cap_of_their_class(policy, trades, cap):
    found = scored(capped(policy, Partnership=cap), trades).seats
    assert list(decisions(found).values()).count("holds") <= cap


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(4)))
def test_seats_at_the_cap_do_not_depend_on_the_order_of_rows(policy, order):
    limit = capped(policy, Partnership=2)
    keys = [f"A-{i}" for i in order]
    trades = dict(zip(sorted(keys), [1e9, 1e8, 1e8, 1e7], strict=True))
    portfolio = make_portfolio(
        limit,
        *(agreement(key, **COMPLETE) for key in keys),
        Projects=[project(key) for key in keys],
        Profiles=[profile(key, yearly_trade=trades[key]) for key in keys],
    )
    found = results_of(portfolio, limit).seats
    assert decisions(found) == {"A-0": "holds", "A-1": "tied", "A-2": "tied", "A-3": "over the cap"}


def test_contested_agreements_around_a_cap_are_one_group(policy):
    limit = capped(policy, Partnership=1)
    found = scored(limit, [1e8, 1.05e8], contested=True).choices_at_the_cap
    group = found["Partnership: contested around the cap of 1"]
    assert group.agreements == ("City A-0", "City A-1")


def exchanged(policy):
    """Return the results of a Friendship that holds a seat and an MOU that asks for one."""
    asks = mou("M-1", main_purpose=(Purpose.ECON,), country="Germany", **COMPLETE)
    portfolio = make_portfolio(
        policy,
        agreement("F-1", **FRIEND),
        asks,
        Projects=[project("F-1"), project("M-1"), project("M-1", 2), project("M-1", 3)],
        Profiles=[profile("F-1"), profile("M-1")],
    )
    return results_of(portfolio, policy)


def test_each_seat_moved_between_classes_says_what_it_gains_and_loses(policy):
    row = exchanged(policy).seat_exchange["Friendship to Partnership, seat 1"]
    assert "gains City M-1" in row.reason
    assert "loses City F-1" in row.reason


def test_at_level_1_seats_are_only_counted(policy):
    found = results_of(make_portfolio(policy, agreement(), mou()), policy)
    assert not found.seat_exchange
    assert not found.ranks


@pytest.mark.parametrize("total", [None, 10])
def test_an_exchange_needs_a_cap(policy, total):
    found = exchanged(replace(policy, cap=replace(policy.cap, total=total)))
    assert (not found.seat_exchange) == (total is None)
