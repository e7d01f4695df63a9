"""Which agreements a sum of money funds, walking down the ranking of one class.

Source: domain, section 7. The walk stops at the first agreement that does not fit, so that more
money never drops one. Nothing is funded beyond the money or the seats.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

CENTS = 100
PLACES = 10**9  # scores are compared to nine decimals


@dataclass(frozen=True)
class Candidate:
    """One agreement that asks for money next year.

    Attributes
    ----------
    score
        S, 0-100; it may be missing only where it must be kept.
    cost
        Planning cost of the year, policy currency.
    must_keep
        What people decided to keep and still holds; what they decided to drop is no candidate.
    seat
        What agreements of one relationship share; empty = a seat of its own.
    has_defects, record
        What settles an exact tie before the cost does; record 0-100.
    """

    id: str
    score: float | None
    cost: float
    must_keep: bool = False
    seat: str = ""
    has_defects: bool = False
    record: float | None = None

    @property
    def cents(self) -> int:
        """Its cost in whole cents, rounded up, so that a budget is never exceeded."""
        return math.ceil(round(self.cost * CENTS, 6))

    @property
    def points(self) -> int:
        """Its score in whole units of the ninth decimal."""
        return 0 if self.score is None else round(self.score * PLACES)


@dataclass(frozen=True)
class Walk:
    """How far the money reaches down the ranking, and what stopped it.

    Attributes
    ----------
    funded, unfunded
        Ids in the order of the ranking.
    first_unfunded
        The first that did not fit; several where they are tied or must all be kept.
    is_tied, is_infeasible
        Whether one of the tied would fit, so that people decide; whether what must be kept
        does not fit.
    missing_money, missing_seats
        What would reach the first unfunded.
    """

    funded: tuple[str, ...]
    unfunded: tuple[str, ...]
    spent: float
    value: float
    first_unfunded: tuple[str, ...] = ()
    is_tied: bool = False
    is_infeasible: bool = False
    missing_money: float = 0.0
    missing_seats: int = 0


def walk_ranking(
    candidates: Iterable[Candidate], *, money: float, seats: int | None = None
) -> Walk:
    """Return what is funded: what must be kept first, then by score down to the line.

    Parameters
    ----------
    money
        What is available, policy currency.
    seats
        How many seats there are; `None` is no limit.
    """
    groups = rank(candidates)
    funded: list[Candidate] = []
    for number, group in enumerate(groups):
        if not fits([*funded, *group], money, seats):
            rest = [c for later in groups[number:] for c in later]
            return _stopped(funded, group, rest, money, seats)
        funded += group
    return Walk(_ids(funded), (), cost_of(funded), value_of(funded))


def rank(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Return the candidates in their order, those that no published rule tells apart together.

    What must be kept comes first, as one group. Exact ties of the score go to the one without
    defect, then with the higher record (not on record comes last), then with the lower cost.
    """
    asking = sorted(candidates, key=lambda c: (*_key(c), c.id))
    kept = [c for c in asking if c.must_keep]
    free = [c for c in asking if not c.must_keep]
    groups = [list(group) for _, group in groupby(free, key=_key)]
    return [kept, *groups] if kept else groups


def _key(c: Candidate) -> tuple[float, ...]:
    record = -1 if c.record is None else round(c.record * PLACES)
    return -c.points, c.has_defects, -record, c.cents


def fits(chosen: Sequence[Candidate], money: float, seats: int | None) -> bool:
    """Whether agreements fit into the money and the seats, in whole cents."""
    has_seats = seats is None or seats_of(chosen) <= seats
    return has_seats and sum(c.cents for c in chosen) <= whole_cents(money)


def whole_cents(money: float) -> int:
    """Return an amount in whole cents, rounded down."""
    return math.floor(round(money * CENTS, 6))


def seats_of(chosen: Iterable[Candidate]) -> int:
    """Return how many seats agreements take; those of one relationship share one."""
    return len({seat_of(c) for c in chosen})


def seat_of(candidate: Candidate) -> tuple[str, str]:
    """Return the seat it takes: that of its relationship, or its own."""
    return ("shared", candidate.seat) if candidate.seat else ("own", candidate.id)


def cost_of(chosen: Iterable[Candidate]) -> float:
    """Return what agreements cost together."""
    return sum(c.cents for c in chosen) / CENTS


def value_of(chosen: Iterable[Candidate]) -> float:
    """Return the sum of the scores of agreements."""
    return sum(c.points for c in chosen) / PLACES


def _stopped(
    funded: list[Candidate],
    group: list[Candidate],
    rest: list[Candidate],
    money: float,
    seats: int | None,
) -> Walk:
    reached = [*funded, *group]
    short = sum(c.cents for c in reached) - whole_cents(money)
    return Walk(
        _ids(funded),
        _ids(rest),
        cost_of(funded),
        value_of(funded),
        first_unfunded=_ids(group),
        is_tied=not group[0].must_keep and any(fits([*funded, c], money, seats) for c in group),
        is_infeasible=group[0].must_keep,
        missing_money=max(short, 0) / CENTS,
        missing_seats=0 if seats is None else max(seats_of(reached) - seats, 0),
    )


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(c.id for c in candidates)
