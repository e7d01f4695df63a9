"""What the programme delivered in the year: sums of like units, named achievements and failures.

Source: domain, section 6. Percentages are never added; an outcome counts once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.results import grouped, joined, make_result
from toolkit.assess.year.series import Series, find_series
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Indicator, Outcome
from toolkit.model.vocabulary import Direction, Progress

SUM_COLUMNS = (
    "measure", "decision", "reason", "unit", "total", "names", "results", "left_out", "cells",
)  # fmt: skip


def like_unit_sums(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the year's results summed over the programme, like units only (domain 6).

    Approved increments of the reporting year that should rise are summed by unit or currency.
    Results that are
    only associated are left out; of results that name the same outcome, the part that repeats it
    counts once.

    Returns
    -------
    DataFrame by measure (unit or currency): decision, reason, unit, total, names (of the
    indicators), results (counted),
    left_out (associated or repeated), cells.
    """
    groups: dict[str, list[tuple]] = defaultdict(list)
    names: dict[str, list[str]] = defaultdict(list)
    for series, row in _increments(portfolio, policy, as_of=as_of):
        groups[_unit(series.indicator)].append(row)
        names[_unit(series.indicator)].append(series.indicator.name)
    year = policy.year_of(as_of)
    records = [
        _sum_of(portfolio, unit, groups[unit], year)
        | {"names": tuple(sorted(dict.fromkeys(names[unit])))}
        for unit in sorted(groups)
    ]
    return make_result(records, SUM_COLUMNS, "measure")


def _unit(indicator: Indicator) -> str | None:
    return indicator.currency or indicator.unit


def _increments(
    portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Iterator[tuple[Series, tuple]]:
    """Return the approved counts and amounts of the reporting year, with their indicator."""
    year = policy.year_of(as_of)
    for series in find_series(portfolio, as_of=as_of):
        countable = series.indicator.measure in (None, "count", "amount")
        rising = series.indicator.direction in (None, Direction.INCREASE)
        if not (series.adds_up and rising and countable and _unit(series.indicator)):
            continue
        for row in series.results:
            approved = row.actual is not None and row.state != "draft"
            if approved and policy.year_of(row.period.last) == year:
                yield series, row


def _sum_of(portfolio: Portfolio, unit: str, rows: Sequence[tuple], year: int) -> dict[str, object]:
    counted: set[str] = set()
    total, used = 0.0, []
    for row in sorted(rows, key=lambda r: (-r.actual, r.indicator_id, r.period.label)):
        refs = set(row.outcome_ref or ())
        share = len(refs - counted) / len(refs) if refs else 1.0
        if row.contribution == "associated" or share == 0:
            continue
        counted |= refs
        total += row.actual * share
        used.append(row)
    cells = [row.cell("actual") for row in used]
    left_out = len(rows) - len(used)
    return {
        "measure": unit,
        "decision": f"{total:,.10g} {unit}",
        "reason": f"{len(used)} approved results of {year}; {left_out} associated or repeated.",
        "unit": unit,
        "total": total,
        "results": len(used),
        "left_out": left_out,
        "cells": joined(cells),
    }


def cost_per_outcome(
    portfolio: Portfolio, policy: Policy, costs: pd.DataFrame, *, as_of: date
) -> pd.DataFrame:
    """Return the year's full cost of an agreement over what it delivered, by unit.

    The whole cost stands against each unit, so the figures of one agreement are not added up.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision, reason, unit, total (delivered, above zero),
    full_cost, cost_per_unit (policy currency), cells.
    """
    year = policy.year_of(as_of)
    of_year = {row.Index: row for row in costs.itertuples() if row.year == year}
    groups: dict[tuple[str, str], list[tuple]] = defaultdict(list)
    for series, row in _increments(portfolio, policy, as_of=as_of):
        groups[series.objective.agreement_id, _unit(series.indicator)].append(row)
    records = []
    for (agreement_id, unit), rows in sorted(groups.items()):
        delivered = _sum_of(portfolio, unit, rows, year)
        cost = of_year.get(agreement_id)
        if cost is None or cost.full_cost is None or delivered["total"] <= 0:
            continue
        records.append(
            {
                "agreement_id": agreement_id,
                "decision": "cost per outcome",
                "reason": f"Full cost of {year} over {delivered['decision']}.",
                "unit": unit,
                "total": delivered["total"],
                "full_cost": cost.full_cost,
                "cost_per_unit": cost.full_cost / delivered["total"],
                "cells": joined([cost.cells, delivered["cells"]]),
            }
        )
    columns = (
        "agreement_id", "decision", "reason", "unit", "total", "full_cost", "cost_per_unit",
        "cells",
    )  # fmt: skip
    return make_result(records, columns, "agreement_id")


def named_outcomes(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the year's named achievements, each outcome once.

    Returns
    -------
    DataFrame by outcome_ref: decision (what was achieved), reason (who, and who benefits),
    agreements, amount, currency, on, cells.
    """
    year = policy.year_of(as_of)
    groups = grouped(portfolio.rows(Outcome), "outcome_ref")
    records = []
    for ref, rows in sorted(groups.items()):
        first = rows[0]
        if first.on is None or policy.year_of(first.on.last) != year or first.on.first > as_of:
            continue
        records.append(
            {
                "outcome_ref": ref,
                "decision": first.what,
                "reason": _outcome_sentence(first),
                "agreements": tuple(sorted({row.agreement_id for row in rows})),
                "amount": first.amount,
                "currency": (first.currency or policy.programme.currency) if first.amount else None,
                "on": str(first.on),
                "cells": joined(r.cell("what") for r in rows),
            }
        )
    columns = (
        "outcome_ref", "decision", "reason", "agreements", "amount", "currency", "on", "cells",
    )  # fmt: skip
    return make_result(records, columns, "outcome_ref")


def _outcome_sentence(row: Outcome) -> str:
    who = f"By {row.who}. " if row.who else ""
    return f"{who}Benefit: {row.benefit or 'not on record'}."


def named_failures(indicators: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators that are off track or due and not reported, worst first.

    Returns
    -------
    DataFrame by indicator_id: decision (a `Progress`), reason, partner, name, achievement, cells.
    """
    wanted = (Progress.OFF_TRACK, Progress.NOT_REPORTED)
    rows = [
        row
        for row in indicators.itertuples()
        if row.decision in wanted and row.agreement_id in agreements.index
    ]
    ordered = sorted(rows, key=lambda r: (r.decision, r.achievement or 0.0, r.Index))
    records = [
        {
            "indicator_id": row.Index,
            "decision": row.decision,
            "reason": row.reason,
            "partner": agreements.partner[row.agreement_id],
            "name": row.name,
            "achievement": row.achievement,
            "cells": row.cells,
        }
        for row in ordered
    ]
    columns = ("indicator_id", "decision", "reason", "partner", "name", "achievement", "cells")
    return make_result(records, columns, "indicator_id")
