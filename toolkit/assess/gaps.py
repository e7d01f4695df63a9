"""What is not known, who has it, by when, and what it would settle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from toolkit.assess.defects import find_defects, gather
from toolkit.assess.relationships import is_inside
from toolkit.assess.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import ROW, Portfolio, is_reviewed
from toolkit.model.vocabulary import ClassFinding, Finding

COLUMNS = ("agreement_id", "decision", "reason", "partner", "holder", "by", "cells")


def find_gaps(
    portfolio: Portfolio,
    policy: Policy,
    classification: pd.DataFrame,
    smart_share: pd.Series,
    *,
    as_of: date,
) -> pd.DataFrame:
    """Return the open requests: one row a fact that is missing.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision (what to obtain), reason (what it settles),
    partner, holder (who has it), by (ISO date), cells (where to type it).
    """
    record = gather(portfolio, policy, smart_share, as_of=as_of)
    by = (as_of + timedelta(days=policy.periods.data_call_days)).isoformat()
    records = []
    for agreement in filter(is_reviewed, portfolio.rows("Agreements")):
        found = classification.decision[agreement.agreement_id]
        if found in (ClassFinding.REGISTER, ClassFinding.FOLD_IN):
            continue
        cls = policy.class_named(agreement.classification) or policy.class_named(found)
        wanted = list(_of_its_class(agreement, found, policy))
        known = {column for request in wanted for column in request.columns}
        wanted += [
            Request(d.name, d.holder, d.settles, d.columns)
            for d in find_defects(agreement, cls, record)
            if d.finding == Finding.NOT_ON_RECORD and not known.issuperset(d.columns)
        ]
        row = getattr(agreement, ROW)
        records += [
            {
                "agreement_id": agreement.agreement_id,
                "decision": request.what,
                "reason": request.settles,
                "partner": portfolio.labels[agreement.agreement_id],
                "holder": request.holder or agreement.lead_unit or "the unit that leads it",
                "by": by,
                "cells": portfolio.cells("Agreements", row, request.columns),
            }
            for request in wanted
        ]
    return make_result(records, COLUMNS, "agreement_id")


@dataclass(frozen=True)
class Request:
    """One fact to obtain; a blank holder is the unit that leads the agreement."""

    what: str
    holder: str
    settles: str
    columns: tuple[str, ...]


def _of_its_class(agreement: tuple, found: str, policy: Policy) -> Iterable[Request]:
    """Return what its age and its class rest on and the record does not hold."""
    if not agreement.signed:
        settles = "Its age, and whether it is new."
        yield Request("year of signing", "the City Clerk", settles, ("signed",))
    inside = is_inside(agreement, policy)
    if found == ClassFinding.NO_OBJECTIVES:
        settles = "Whether its class fits its objectives." if inside else "Which class it gets."
        yield Request("stated objectives", "the City Clerk", settles, ("main_purpose",))
    if found == ClassFinding.BORDERLINE:
        settles = "Whether its class fits." if inside else "Which class it gets: a person decides."
        yield Request("which objective is the main one", "", settles, ("main_purpose",))
