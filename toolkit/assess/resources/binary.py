"""How the least cost of a choice of yes and no is found and proven, by HiGHS.

Source: domain, section 7, exact 0/1 programme. Costs are whole numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Row:
    """A weighted sum of the choices and the bounds it must keep."""

    weights: Mapping[int, float]
    lower: float = -float("inf")
    upper: float = float("inf")


def minimise(
    costs: Sequence[int], rows: Sequence[Row], fixed: Mapping[int, bool]
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
    solver = highspy.Highs()
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
