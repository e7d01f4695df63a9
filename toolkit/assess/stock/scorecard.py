"""The programme scorecard: each recommendation and practice as n of N with the list behind.

Source: domain, section 10. No composite; nothing to count and what was not looked at are n/a.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from toolkit.assess.record.known import known_on
from toolkit.assess.record.results import make_result
from toolkit.assess.stock.counting import Count, Year, YearTables
from toolkit.assess.stock.lines import INDICATORS, Indicator
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Family, Standing

COLUMNS = (
    "indicator_id", "decision", "reason", "name", "n", "of", "status", "change", "counted",
    "not_counted", "cells",
)  # fmt: skip
CHANGE_COLUMNS = ("indicator_id", "decision", "reason", "name", "before", "now", "cells")


def score_programme(
    portfolio: Portfolio,
    policy: Policy,
    tables: YearTables,
    *,
    as_of: date,
    before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the scorecard of the reporting year, one row an indicator in the report's order.

    Parameters
    ----------
    tables
        The results of the same portfolio and date; a line whose table is not given is n/a.
    before
        The scorecard of the year before, of last year's workbook, or of `score_earlier`.

    Returns
    -------
    DataFrame by indicator_id: decision ("n of N", the words where it is no count, or n/a), reason
    (what is counted), name, n and of (None where n/a), status (a `Standing`), change (the figure
    of the year before, None where not known), counted and not_counted (the list behind, by what is
    lacking), cells.
    """
    year = Year(portfolio, policy, as_of, tables)
    earlier = {} if before is None else before.decision.to_dict()
    records = [_row(line, year) | {"change": earlier.get(line.id)} for line in INDICATORS]
    return make_result(records, COLUMNS, "indicator_id")


def score_earlier(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the lines that a later workbook can tell of an earlier date.

    A line is left out where a fact it rests on does not say since when it holds.
    """
    year = Year(known_on(portfolio, as_of), policy, as_of, YearTables())
    lines = [line for line in INDICATORS if line.dated and not line.table]
    return make_result([_row(line, year) for line in lines], COLUMNS, "indicator_id")


def _row(line: Indicator, year: Year) -> dict[str, object]:
    why_not = _not_looked_at(line, year)
    count = Count(note=why_not) if why_not else line.count(year)
    n, of = count.figure
    nothing = "" if of or count.note else "None is on record, so there is nothing to count."
    told = (_counts(line, year), count.note, nothing)
    return {
        "indicator_id": line.id,
        "decision": (count.words or f"{n:g} of {of:g}") if of else str(Standing.NOT_APPLICABLE),
        "reason": " ".join(filter(None, told)),
        "name": line.name,
        "n": n if of else None,
        "of": of or None,
        "status": count.standing,
        "counted": count.counted,
        "not_counted": count.not_counted,
        "cells": count.cells,
    }


def _not_looked_at(line: Indicator, year: Year) -> str:
    absent = [kind.sheet.name for kind in line.sheets if not year.portfolio.has(kind)]
    if absent:
        names = " and ".join(absent)
        return f"Not looked at: {names} {'are' if len(absent) > 1 else 'is'} not supplied."
    if line.columns and not _is_filled(line.columns, year):
        return f"Not looked at: {' and '.join(line.columns)} blank in every row of Agreements."
    if line.table and getattr(year.tables, line.table) is None:
        return "Not looked at."
    return ""


def _is_filled(columns: Sequence[str], year: Year) -> bool:
    """Whether some agreement in force has some of these columns; blank throughout is no finding."""
    return any(getattr(row, c) is not None for row in year.in_force for c in columns)


def _counts(line: Indicator, year: Year) -> str:
    economic = [c.name for c in year.policy.classes if c.family == Family.ECONOMIC]
    return line.counts.format(
        year=year.number,
        before=year.number - 1,
        next=year.number + 1,
        years=year.policy.periods.criteria_review_years,
        economic=", ".join(economic),
    )


def compare_scorecards(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return what changed in each indicator since the year before.

    Returns
    -------
    DataFrame by indicator_id: decision (better, worse, unchanged, changed where more is not
    better, newly counted, no longer counted, not known), reason, name, before, now, cells.
    """
    lines = {line.id: line for line in INDICATORS}
    records = []
    for row in now.itertuples():
        earlier = before.loc[row.Index] if row.Index in before.index else None
        figure = None if earlier is None else earlier.decision
        records.append(
            {
                "indicator_id": row.Index,
                "decision": _compare(earlier, row, is_share=lines[row.Index].share),
                "reason": f"{figure or 'not known'} a year before, {row.decision} now.",
                "name": row.name,
                "before": figure,
                "now": row.decision,
                "cells": row.cells,
            }
        )
    return make_result(records, CHANGE_COLUMNS, "indicator_id")


ORDER = (Standing.NOT_MET, Standing.PARTLY, Standing.MET)


def _compare(before: pd.Series | None, now: tuple, *, is_share: bool) -> str:
    if before is None:
        return "not known"
    if Standing.NOT_APPLICABLE in (before.status, now.status):
        if before.status == now.status:
            return "unchanged"
        return "newly counted" if before.status == Standing.NOT_APPLICABLE else "no longer counted"
    step = ORDER.index(now.status) - ORDER.index(before.status)
    if not step and is_share:
        step = round(now.n / now.of, 9) - round(before.n / before.of, 9)
    if not step:
        same = (now.n, now.of) == (before.n, before.of)
        return "unchanged" if same else "changed"
    return "better" if step > 0 else "worse"
