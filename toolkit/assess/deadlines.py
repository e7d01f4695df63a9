"""Which days ahead call for a decision, a renewal or an answer."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from toolkit.assess.conditions import endorsed
from toolkit.assess.results import make_result
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import ROW, Portfolio, is_reviewed
from toolkit.model.vocabulary import Condition, Finding

Deadline = tuple[date, str, str, tuple[str, ...]]


def find_deadlines(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the decision calendar, earliest first: one row a day and agreement.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision (what is due), reason, on (ISO date), partner,
    cells.
    """
    records = [
        {
            "agreement_id": a.agreement_id,
            "decision": what,
            "reason": why,
            "on": on.isoformat(),
            "partner": portfolio.labels[a.agreement_id],
            "cells": portfolio.cells("Agreements", getattr(a, ROW), columns),
        }
        for a in portfolio.rows("Agreements")
        if is_reviewed(a)
        for on, what, why, columns in _deadlines(a, policy, as_of)
        if on >= as_of
    ]
    ordered = sorted(records, key=lambda r: (r["on"], r["agreement_id"], r["decision"]))
    columns = ("agreement_id", "decision", "reason", "on", "partner", "cells")
    return make_result(ordered, columns, "agreement_id")


def _deadlines(agreement: tuple, policy: Policy, as_of: date) -> Iterable[Deadline]:
    periods = policy.periods
    if isinstance(agreement.ends, When):
        end = agreement.ends.last
        lead = add_months(end, -periods.evaluation_lead_months)
        yield end, "Agreement ends", "Renew it or record it as concluded before.", ("ends",)
        yield lead, "Evaluate before the end", "The last year before the end begins.", ("ends",)
    if agreement.signed:
        due = add_months(agreement.signed.first, periods.too_early_months)
        yield due, "Results can be examined", "The first review on results.", ("signed",)
    yield from _endorsement(agreement, policy, as_of)


def _endorsement(agreement: tuple, policy: Policy, as_of: date) -> Iterable[Deadline]:
    cls = policy.class_named(agreement.classification)
    due = policy.endorsement_renewal_due(as_of)
    if cls is None or Condition.ENDORSED not in cls.conditions or due is None:
        return
    if endorsed(agreement, policy, as_of=as_of) == Finding.MET:
        why = "An endorsement of the previous council term counts until then."
    else:
        why = "No endorsement that counts is on record; obtain one of the new council by then."
    yield due, "Councillor's endorsement due", why, ("endorsed_by", "endorsed_on")
