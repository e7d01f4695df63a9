"""How old each agreement is, and when it ends, if anyone knows."""

from datetime import date

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.model.dates import When, long_date, whole_years
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import EndWord

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "classification", "signed", "ends",
    "age_years", "term_years", "cells",
)  # fmt: skip


def find_terms(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return age and end of each reviewed agreement.

    Returns
    -------
    DataFrame by agreement_id: decision (lapsed, ends soon, dated,
    open-ended, end not on record), reason, partner, classification, signed, ends, age_years
    (completed years since the first day `signed` may mean), term_years, cells.
    """
    records = [
        {
            "agreement_id": a.agreement_id,
            "decision": _state(a, policy, as_of),
            "reason": _sentence(a, as_of),
            "partner": portfolio.labels[a.agreement_id],
            "classification": a.classification,
            "signed": a.signed,
            "ends": a.ends,
            "age_years": whole_years(a.signed.first, as_of) if a.signed else None,
            "term_years": _term(a),
            "cells": a.cells("signed", "ends"),
        }
        for a in portfolio.rows(Agreement)
        if is_reviewed(a)
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _state(agreement: Agreement, policy: Policy, as_of: date) -> str:
    ends = agreement.ends
    if ends is EndWord.OPEN_ENDED:
        return "open-ended"
    if not isinstance(ends, When):
        return "end not on record"
    if ends.last < as_of:
        return "lapsed"
    months_left = (ends.last.year - as_of.year) * 12 + ends.last.month - as_of.month
    return "ends soon" if months_left <= policy.periods.evaluation_lead_months else "dated"


def _sentence(agreement: Agreement, as_of: date) -> str:
    if not agreement.signed:
        start = "Its year of signing is not on record"
    else:
        years = whole_years(agreement.signed.first, as_of)
        start = f"Signed {agreement.signed}, {years} year{'' if years == 1 else 's'} ago"
    if isinstance(agreement.ends, When):
        verb = "ended" if agreement.ends.last < as_of else "ends"
        return f"{start}; {verb} {long_date(agreement.ends.last)}."
    if agreement.ends is EndWord.OPEN_ENDED:
        return f"{start}; open-ended: no date at which it must be looked at again."
    return f"{start}; whether and when it ends is not on record."


def _term(agreement: Agreement) -> int | None:
    if not agreement.signed or not isinstance(agreement.ends, When):
        return None
    return whole_years(agreement.signed.first, agreement.ends.last)
