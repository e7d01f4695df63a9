"""What a sum of money funds: down the ranking, and at best."""

import csv
import random
import time
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.assess.resources.optimum import find_optimum
from toolkit.assess.resources.selection import Candidate, fits, walk_ranking

LIMIT = 20
SIX = [
    Candidate("P1", 80, 400),
    Candidate("P2", 60, 250),
    Candidate("P3", 55, 250),
    Candidate("P4", 50, 300),
    Candidate("P5", 45, 150),
    Candidate("P6", 30, 100),
]


def read(path):
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def vectors(shared):
    rows = read(shared / "vectors" / "selection_agreements.csv")
    candidates = [Candidate(r["id"], float(r["score"]), float(r["cost"])) for r in rows]
    return candidates, read(shared / "vectors" / "selection.csv")


def test_the_walk_gives_the_reference_sets(vectors):
    candidates, rows = vectors
    assert len(rows) == 10
    for row in rows:
        found = walk_ranking(candidates, money=float(row["budget"]))
        assert found.funded == tuple(row["nested"].split())
        assert (found.spent, found.value) == (float(row["nested_cost"]), float(row["nested_score"]))


def test_the_optimum_gives_the_reference_sets(vectors):
    candidates, rows = vectors
    for row in rows:
        found = find_optimum(candidates, money=float(row["budget"]), limit=LIMIT)
        assert found.spent == float(row["optimum_cost"])
        assert found.value == float(row["optimum_score"])
        if not row["optimum"].startswith("("):
            assert found.sets == (tuple(row["optimum"].split()),)


def test_two_equal_sets_are_both_named():
    found = find_optimum(SIX, money=1100, limit=LIMIT)
    assert found.sets == (("P1", "P2", "P3", "P5"), ("P2", "P3", "P4", "P5", "P6"))
    assert not found.has_more


def test_the_limit_of_equal_sets_is_said_when_it_is_reached():
    alike = [Candidate(f"A{i}", 50, 10) for i in range(6)]
    found = find_optimum(alike, money=30, limit=4)
    assert (len(found.sets), found.has_more) == (4, True)
    every = find_optimum(alike, money=30, limit=20)
    assert (len(every.sets), every.has_more) == (20, False)


def test_trap_26_greedy_is_not_the_optimum():
    by_score = walk_ranking(SIX, money=900)
    ratio = sorted(SIX, key=lambda c: -c.score / c.cost)
    by_ratio = []
    for candidate in ratio:
        if fits([*by_ratio, candidate], 900, None):
            by_ratio.append(candidate)
    best = find_optimum(SIX, money=900, limit=LIMIT)
    assert by_score.value == 195
    assert sum(c.score for c in by_ratio) == 190
    assert best.value == 215


CANDIDATES = st.lists(
    st.tuples(
        st.integers(0, 12).map(lambda n: n * 8.25),
        st.integers(0, 40_000).map(lambda n: n / 100),
        st.sampled_from(["", "", "", "x", "y"]),
        st.booleans(),
        st.sampled_from([None, 0.0, 50.0]),
        st.sampled_from([False] * 7 + [True]),
    ),
    max_size=12,
).map(
    lambda rows: [
        Candidate(f"A{i:02}", score, cost, must_keep=keep, seat=seat, has_defects=bad, record=rec)
        for i, (score, cost, seat, bad, rec, keep) in enumerate(rows)
    ]
)
MONEY = st.integers(0, 300_000).map(lambda n: n / 100)
SEATS = st.none() | st.integers(0, 12)


@given(candidates=CANDIDATES, money=MONEY, more=MONEY, seats=SEATS)
def test_trap_25_more_money_never_drops_one(candidates, money, more, seats):
    before = walk_ranking(candidates, money=money, seats=seats)
    after = walk_ranking(candidates, money=money + more, seats=seats)
    assert after.funded[: len(before.funded)] == before.funded


@given(candidates=CANDIDATES, money=MONEY, seats=SEATS)
def test_budget_and_seats_are_exceeded_at_no_prefix(candidates, money, seats):
    by_id = {c.id: c for c in candidates}
    funded = [by_id[key] for key in walk_ranking(candidates, money=money, seats=seats).funded]
    for end in range(len(funded) + 1):
        assert sum(c.cost for c in funded[:end]) <= money + 1e-9
        assert seats is None or len({c.seat or c.id for c in funded[:end]}) <= seats


@given(candidates=CANDIDATES, money=MONEY, seats=SEATS)
def test_what_would_reach_the_first_unfunded_reaches_it(candidates, money, seats):
    found = walk_ranking(candidates, money=money, seats=seats)
    if found.first_unfunded:
        more_seats = None if seats is None else seats + found.missing_seats
        again = walk_ranking(candidates, money=money + found.missing_money, seats=more_seats)
        assert set(found.first_unfunded) <= set(again.funded)


@settings(max_examples=30, deadline=None)
@given(candidates=CANDIDATES, money=MONEY, seats=SEATS, seed=st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(candidates, money, seats, seed):
    shuffled = random.Random(seed).sample(candidates, len(candidates))
    expected = walk_ranking(candidates, money=money, seats=seats)
    assert walk_ranking(shuffled, money=money, seats=seats) == expected
    best = find_optimum(candidates, money=money, seats=seats, limit=LIMIT)
    again = find_optimum(shuffled, money=money, seats=seats, limit=LIMIT)
    assert (again.spent, again.value, again.has_more) == (best.spent, best.value, best.has_more)
    assert best.has_more or again.sets == best.sets


@settings(max_examples=60, deadline=None)
@given(candidates=CANDIDATES, money=MONEY, seats=SEATS)
def test_the_optimum_is_never_below_the_walk_and_fits(candidates, money, seats):
    walk = walk_ranking(candidates, money=money, seats=seats)
    best = find_optimum(candidates, money=money, seats=seats, limit=LIMIT)
    assert (best.sets == ()) == walk.is_infeasible
    by_id = {c.id: c for c in candidates}
    for names in best.sets:
        assert best.value >= walk.value
        assert fits([by_id[key] for key in names], money, seats)


def brute_force(candidates, money, seats):
    """Return all best sets, by trying every one."""
    kept = {c.id for c in candidates if c.must_keep}
    tried = {}
    for size in range(len(candidates) + 1):
        for chosen in combinations(candidates, size):
            names = tuple(c.id for c in chosen)
            shared = len({c.seat or c.id for c in chosen})
            cost = sum(round(c.cost * 100) for c in chosen)
            if (
                kept <= set(names)
                and cost <= round(money * 100)
                and (seats is None or shared <= seats)
            ):
                tried[names] = (-sum(round(c.score * 10**9) for c in chosen), cost)
    best = min(tried.values(), default=None)
    return best, sorted(names for names, rating in tried.items() if rating == best)


def instance(seed):
    """Return a seeded instance: few values so that there are ties, or nine decimals."""
    draw = random.Random(seed)
    size = draw.randint(1, 15)
    places, step = draw.choice([(0, 25), (1, 10), (9, 0.01)])
    candidates = [
        Candidate(
            f"A{i:02}",
            round(draw.uniform(20, 100), places),
            round(draw.randint(1, 20) * step * draw.choice([1, 1, 1000]), 2),
            must_keep=draw.random() < 0.05,
            seat=draw.choice(["", "", "", "", "r", "s"]),
        )
        for i in range(size)
    ]
    money = round(sum(c.cost for c in candidates) * draw.uniform(0.1, 0.9), 2)
    return candidates, money, draw.choice([None, None, draw.randint(1, size)])


@pytest.mark.parametrize("block", range(10))
def test_the_optimum_equals_brute_force(block):
    for seed in range(20 * block, 20 * block + 20):
        candidates, money, seats = instance(seed)
        best, sets = brute_force(candidates, money, seats)
        found = find_optimum(candidates, money=money, seats=seats, limit=500)
        if best is None:
            assert found.sets == (), seed
            continue
        assert list(found.sets) == sets, seed
        assert (round(-found.value * 10**9), round(found.spent * 100)) == best, seed


def test_sixty_candidates_take_less_than_half_a_second():
    draw = random.Random(60)
    sixty = [
        Candidate(f"A{i:02}", draw.uniform(20, 100), round(draw.uniform(5e3, 9e4), 2))
        for i in range(60)
    ]
    start = time.process_time()
    found = find_optimum(sixty, money=1_000_000, seats=30, limit=LIMIT)
    assert time.process_time() - start < 0.5
    assert found.sets


def test_what_must_be_kept_comes_first_whatever_its_score():
    kept = Candidate("K", 5, 300, must_keep=True)
    assert walk_ranking([*SIX, kept], money=700).funded == ("K", "P1")
    assert all("K" in names for names in find_optimum([*SIX, kept], money=700, limit=LIMIT).sets)


def test_what_must_be_kept_and_does_not_fit_is_named():
    kept = [replace(c, must_keep=True) for c in SIX[:2]]
    found = walk_ranking([*kept, *SIX[2:]], money=600)
    assert (found.is_infeasible, found.first_unfunded) == (True, ("P1", "P2"))
    assert (found.funded, found.missing_money) == ((), 50)
    assert find_optimum([*kept, *SIX[2:]], money=600, limit=LIMIT).sets == ()


def test_a_tied_group_is_not_split():
    pair = [Candidate("A", 50, 100), Candidate("B", 50, 100)]
    found = walk_ranking(pair, money=150)
    assert (found.funded, found.first_unfunded, found.is_tied) == ((), ("A", "B"), True)
    assert walk_ranking(pair, money=200).funded == ("A", "B")


def test_a_tie_of_which_none_fits_is_no_question_for_people():
    pair = [Candidate("A", 50, 100), Candidate("B", 50, 100)]
    assert not walk_ranking(pair, money=99).is_tied


@pytest.mark.parametrize(
    "better",
    [
        {"has_defects": False, "record": 0.0, "cost": 300},
        {"has_defects": True, "record": 60.0, "cost": 300},
        {"has_defects": True, "record": 50.0, "cost": 90},
    ],
)
def test_an_exact_tie_is_settled_by_defects_then_record_then_cost(better):
    worse = Candidate("A", 50.0, 100, has_defects=True, record=50.0)
    first = replace(worse, id="B", score=50.0 + 1e-12, **better)
    assert walk_ranking([worse, first], money=1000).funded == ("B", "A")


def test_agreements_of_one_relationship_share_a_seat():
    pair = [Candidate("A", 60, 1, seat="r"), Candidate("B", 50, 1, seat="r")]
    found = walk_ranking([*pair, Candidate("C", 40, 1)], money=9, seats=1)
    assert (found.funded, found.first_unfunded) == (("A", "B"), ("C",))
    assert (found.missing_money, found.missing_seats) == (0, 1)


def test_a_cent_too_much_is_too_much():
    dear = [Candidate("A", 50, 100_000_000.01), Candidate("B", 49, 0.01)]
    assert find_optimum(dear, money=100_000_000, limit=LIMIT).sets == (("B",),)


def test_the_solver_prints_nothing(capfd):
    find_optimum(SIX, money=900, limit=LIMIT)
    assert capfd.readouterr() == ("", "")
