"""Which sets of agreements have the highest sum of scores that the money and the seats allow.

Source: domain, section 7: highest sum, then lowest cost; equal sets are all named. The search is
in floating point; each set it gives is added up again in whole numbers before it counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.assess.resources.binary import HALF, Row, minimise
from toolkit.assess.resources.selection import (
    Candidate,
    cost_of,
    fits,
    seat_of,
    value_of,
    whole_cents,
)

Choice = tuple[Candidate, ...]
DOUBLE = 2.0**-40  # what a sum of large whole numbers may be off, as a share of it


@dataclass(frozen=True)
class Optimum:
    """The best sets, all of one score and cost; none where what must be kept does not fit.

    Attributes
    ----------
    sets
        The ids of each best set, in order.
    has_more
        Whether there are more equal sets than the limit, so that not all are named.
    """

    sets: tuple[tuple[str, ...], ...]
    spent: float = 0.0
    value: float = 0.0
    has_more: bool = False


@dataclass(frozen=True)
class _Problem:
    candidates: Choice
    money: float
    seats: int | None
    rows: tuple[Row, ...]


def find_optimum(
    candidates: Iterable[Candidate], *, money: float, seats: int | None = None, limit: int
) -> Optimum:
    """Return every set with the highest sum of scores and, among those, the lowest cost.

    Parameters
    ----------
    money
        What is available, policy currency.
    seats
        How many seats there are; `None` is no limit.
    limit
        How many equal sets are named at most.
    """
    ordered = tuple(sorted(candidates, key=lambda c: c.id))
    problem = _Problem(ordered, money, seats, _limits(ordered, money, seats))
    best = _solve(problem, [-c.points for c in ordered], ())
    if best is None:
        return Optimum(())
    found = _cheapest(problem, best, limit)
    names = sorted(tuple(c.id for c in chosen) for chosen in found)
    return Optimum(
        tuple(names[:limit]), cost_of(found[0]), value_of(found[0]), has_more=len(found) > limit
    )


def _limits(candidates: Choice, money: float, seats: int | None) -> tuple[Row, ...]:
    """Return the rows for money and seats; a relationship's seat is one more choice each."""
    budget = Row({i: c.cents for i, c in enumerate(candidates)}, upper=whole_cents(money))
    if seats is None:
        return (budget,)
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, c in enumerate(candidates):
        members[seat_of(c)].append(i)
    taken = range(len(candidates), len(candidates) + len(members))
    links = [
        Row({i: 1.0, seat: -1.0}, upper=0.0)
        for seat, group in zip(taken, members.values(), strict=True)
        for i in group
    ]
    return (budget, Row(dict.fromkeys(taken, 1.0), upper=float(seats)), *links)


def _cheapest(problem: _Problem, best: Choice, limit: int) -> list[Choice]:
    """Return the cheapest sets as good as the best: one more than the limit at most.

    Each set found is cut off before the next is looked for. The bound on the score lets sets
    pass that are worse by less than a double can tell; they are cut off and not kept.
    """
    found: list[Choice] = []
    cuts: list[Row] = []
    points = _points(best)
    scores = {i: c.points for i, c in enumerate(problem.candidates)}
    cents = [c.cents for c in problem.candidates]
    good = Row(scores, lower=points - HALF - points * DOUBLE)
    while len(found) <= limit:
        cheap = Row(dict(enumerate(cents)), upper=sum(c.cents for c in (*found, best)[0]))
        chosen = _solve(problem, cents, (good, cheap, *cuts))
        if chosen is None:
            break
        cuts.append(_cut(problem, chosen))
        if _points(chosen) > points:
            return _cheapest(problem, chosen, limit)
        if _points(chosen) == points:
            found.append(chosen)
    return found or [best]


def _points(chosen: Choice) -> int:
    return sum(c.points for c in chosen)


def _cut(problem: _Problem, chosen: Choice) -> Row:
    """Return the row that rules out one set: at least one agreement differs."""
    inside = set(chosen)
    weights = {i: -1.0 if c in inside else 1.0 for i, c in enumerate(problem.candidates)}
    return Row(weights, lower=1.0 - len(chosen))


def _solve(problem: _Problem, costs: Sequence[int], rows: tuple[Row, ...]) -> Choice | None:
    """Return the set with the lowest costs that fits, proven; `None` if no set fits."""
    candidates = problem.candidates
    fixed = {i: True for i, c in enumerate(candidates) if c.must_keep}
    seats = {column for row in problem.rows for column in row.weights} - set(range(len(candidates)))
    while True:
        answer = minimise([*costs, *[0] * len(seats)], [*problem.rows, *rows], fixed)
        if answer is None:
            return None
        chosen = tuple(c for c, yes in zip(candidates, answer, strict=False) if yes)
        if fits(chosen, problem.money, problem.seats):
            return chosen
        rows = (*rows, _cut(problem, chosen))  # it fits only within the solver's tolerance
