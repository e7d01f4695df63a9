"""Whether each agreement is published: its text, its goals, its timeline, its outcomes.

Source: domain, section 10, R9, and step P4 of the process: the four public items of an agreement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import known_by
from toolkit.assess.record.results import joined, make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement


@dataclass(frozen=True)
class Item:
    """One item to publish: what it is called and the column with the day it was published."""

    name: str
    column: str


ITEMS = (
    Item("signed text", "published_text"),
    Item("goals", "published_goals"),
    Item("timeline", "published_timeline"),
    Item("outcomes", "published_outcomes"),
)
COLUMNS = (
    "agreement_id", "decision", "reason", "partner", *(item.column for item in ITEMS), "complete",
    "missing", "outcome_days", "cells",
)  # fmt: skip
COUNT_COLUMNS = ("item", "decision", "reason", "n", "of", "missing", "cells")


def find_publications(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return which of the four public items of each agreement in force are published.

    Returns
    -------
    DataFrame by agreement_id: decision ("n of 4"), reason, partner, published_text,
    published_goals, published_timeline, published_outcomes (dates known at `as_of`), complete
    (how many), missing (names), outcome_days (days from the last year end before the reporting
    year to the publication of its outcomes; None where they are older or not published), cells.
    """
    records = [
        _publication(portfolio, row, policy, as_of)
        for row in portfolio.rows(Agreement)
        if is_reviewed(row)
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _publication(
    portfolio: Portfolio, row: tuple, policy: Policy, as_of: date
) -> dict[str, object]:
    dates = {item: known_by(getattr(row, item.column), as_of) for item in ITEMS}
    missing = tuple(item.name for item, day in dates.items() if not day)
    days = _days_from_year_end(dates[ITEMS[-1]], policy, as_of)
    return {
        "agreement_id": row.agreement_id,
        "decision": f"{len(ITEMS) - len(missing)} of {len(ITEMS)}",
        "reason": _sentence(missing, days),
        "partner": portfolio.labels[row.agreement_id],
        **{item.column: day for item, day in dates.items()},
        "complete": len(ITEMS) - len(missing),
        "missing": missing,
        "outcome_days": days,
        "cells": row.cells(*[i.column for i in ITEMS]),
    }


def _days_from_year_end(published: object, policy: Policy, as_of: date) -> int | None:
    """Return how many days after the last ended year its outcomes were published."""
    year_end = policy.year_end(policy.year_of(as_of) - 1)
    if published is None or published.last <= year_end:
        return None
    return (published.last - year_end).days


def _sentence(missing: Sequence[str], days: int | None) -> str:
    told = f"Not on record as published: {', '.join(missing)}." if missing else "All published."
    return told if days is None else f"{told} Outcomes {days} days after the year end."


def count_publications(publications: pd.DataFrame) -> pd.DataFrame:
    """Return how many agreements in force have published each item, and all of them.

    Parameters
    ----------
    publications
        The result of `find_publications`.

    Returns
    -------
    DataFrame by item: decision ("n of N"; n/a without agreements), reason, n, of, missing (the
    agreements without it), cells.
    """
    rows = list(publications.itertuples())
    names = [*(item.name for item in ITEMS), "all four"]
    return make_result([_count(name, rows) for name in names], COUNT_COLUMNS, "item")


def _count(name: str, rows: Sequence[tuple]) -> dict[str, object]:
    without = [row for row in rows if (row.missing if name == "all four" else name in row.missing)]
    done = len(rows) - len(without)
    return {
        "item": name,
        "decision": f"{done} of {len(rows)}" if rows else "n/a",
        "reason": f"Agreements in force with {name} on record as published.",
        "n": done,
        "of": len(rows),
        "missing": tuple(row.partner for row in without),
        "cells": joined(row.cells for row in rows),
    }
