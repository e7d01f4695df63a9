"""Which days ahead call for a decision, a renewal or an answer, and which have passed undone."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from toolkit.assess.calendar.diary import Due, gather_diary
from toolkit.assess.calendar.due import find_due
from toolkit.assess.record.results import joined, make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement

COLUMNS = ("agreement_id", "decision", "reason", "on", "partner", "public", "cells")


def find_deadlines(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the decision calendar, earliest first: what falls due from `as_of` on.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision (what is due), reason, on (ISO date), partner,
    public (whether it rests on public columns alone), cells.
    """
    return _calendar(portfolio, policy, as_of, lambda due: due.on >= as_of)


def find_overdue(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return what fell due before `as_of` and is still to be done, earliest first.

    Returns
    -------
    DataFrame as of `find_deadlines`.
    """
    return _calendar(portfolio, policy, as_of, lambda due: due.on < as_of and due.waits)


def _calendar(
    portfolio: Portfolio, policy: Policy, as_of: date, belongs: Callable[[Due], bool]
) -> pd.DataFrame:
    diary = gather_diary(portfolio, policy, as_of=as_of)
    records = [
        {
            "agreement_id": a.agreement_id,
            "decision": due.what,
            "reason": due.why,
            "on": due.on.isoformat(),
            "partner": portfolio.labels[a.agreement_id],
            "public": _is_public(due),
            "cells": joined(row.cells(*due.columns) for row in due.rows),
        }
        for a in portfolio.rows(Agreement)
        if is_reviewed(a)
        for due in find_due(a, diary)
        if belongs(due)
    ]
    return make_result(sorted(records, key=_order), COLUMNS, "agreement_id")


def _order(record: dict[str, object]) -> tuple[object, ...]:
    return tuple(record[name] for name in ("on", "agreement_id", "decision", "reason", "cells"))


def _is_public(due: Due) -> bool:
    sheet = due.rows[0].sheet
    return all(sheet.column(name).public for name in due.columns)
