"""Which sets of agreements have the highest sum of scores that the money and the seats allow.

Source: domain, section 7, exact 0/1 programme: highest sum, then lowest cost; equal sets are all
named. HiGHS searches in floating point and proves the least cost, in whole numbers; each set it
gives is added up again in whole numbers before it counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.assess.resources.selection import (
    Candidate,
    cost_of,
    fits,
    seat_of,
    value_of,
    whole_cents,
)

Choice = tuple[Candidate, ...]
EXACT = {  # no gap is left, and a thousandth of a yes is no yes
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-10,
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
    "output_flag": False,
    "threads": 1,
}
HALF = 0.5  # whole numbers that are closer than this are the same
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
class Constraint:
    """A weighted sum of the choices and the bounds it must keep."""

    weights: Mapping[int, float]
    lower: float = -float("inf")
    upper: float = float("inf")


@dataclass(frozen=True)
class _Problem:
    candidates: Choice
    money: float
    seats: int | None
    rows: tuple[Constraint, ...]


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


def _limits(candidates: Choice, money: float, seats: int | None) -> tuple[Constraint, ...]:
    """Return the rows for money and seats; a relationship's seat is one more choice each."""
    budget = Constraint({i: c.cents for i, c in enumerate(candidates)}, upper=whole_cents(money))
    if seats is None:
        return (budget,)
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, c in enumerate(candidates):
        members[seat_of(c)].append(i)
    taken = range(len(candidates), len(candidates) + len(members))
    links = [
        Constraint({i: 1.0, seat: -1.0}, upper=0.0)
        for seat, group in zip(taken, members.values(), strict=True)
        for i in group
    ]
    return (budget, Constraint(dict.fromkeys(taken, 1.0), upper=float(seats)), *links)


def _cheapest(problem: _Problem, best: Choice, limit: int) -> list[Choice]:
    """Return the cheapest sets as good as the best: one more than the limit at most.

    Each set found is cut off before the next is looked for. The bound on the score lets sets
    pass that are worse by less than a double can tell; they are cut off and not kept.
    """
    found: list[Choice] = []
    cuts: list[Constraint] = []
    points = _points(best)
    scores = {i: c.points for i, c in enumerate(problem.candidates)}
    cents = [c.cents for c in problem.candidates]
    good = Constraint(scores, lower=points - HALF - points * DOUBLE)
    while len(found) <= limit:
        cheap = Constraint(dict(enumerate(cents)), upper=sum(c.cents for c in (*found, best)[0]))
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


def _cut(problem: _Problem, chosen: Choice) -> Constraint:
    """Return the row that rules out one set: at least one agreement differs."""
    inside = set(chosen)
    weights = {i: -1.0 if c in inside else 1.0 for i, c in enumerate(problem.candidates)}
    return Constraint(weights, lower=1.0 - len(chosen))


def _solve(problem: _Problem, costs: Sequence[int], rows: tuple[Constraint, ...]) -> Choice | None:
    """Return the set with the lowest costs that fits, proven; `None` if no set fits."""
    candidates = problem.candidates
    fixed = {i: True for i, c in enumerate(candidates) if c.must_keep}
    seats = {column for row in problem.rows for column in row.weights} - set(range(len(candidates)))
    while True:
        answer = _minimise([*costs, *[0] * len(seats)], [*problem.rows, *rows], fixed)
        if answer is None:
            return None
        chosen = tuple(c for c, yes in zip(candidates, answer, strict=False) if yes)
        if fits(chosen, problem.money, problem.seats):
            return chosen
        rows = (*rows, _cut(problem, chosen))  # it fits only within the solver's tolerance


def _minimise(
    costs: Sequence[int], rows: Sequence[Constraint], fixed: Mapping[int, bool]
) -> tuple[bool, ...] | None:
    """Return the choice of the lowest cost that keeps every row; `None` if there is none.

    Parameters
    ----------
    fixed
        The choices that are made already, by their number.
    """
    import highspy  # loaded only when something is to be chosen

    if not costs:
        return ()
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it declares no types
    for option, value in EXACT.items():
        solver.setOptionValue(option, value)
    for column, cost in enumerate(costs):
        solver.addVar(float(fixed.get(column, False)), float(fixed.get(column, True)))
        solver.changeColCost(column, cost)
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for row in rows:
        weights = list(row.weights.values())
        solver.addRow(row.lower, row.upper, len(weights), list(row.weights), weights)
    solver.run()
    status, found = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    assert status == highspy.HighsModelStatus.kOptimal, solver.modelStatusToString(status)
    assert abs(found.objective_function_value - found.mip_dual_bound) < HALF, "a gap is left"
    return tuple(value > HALF for value in solver.getSolution().col_value)
