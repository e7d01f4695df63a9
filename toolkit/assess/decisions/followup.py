"""What happened to last year's decisions.

Source: domain, sections 4 and 7 to 9.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.assess.decisions.carried import Found, carried_out
from toolkit.assess.decisions.changes import Case, spoken
from toolkit.assess.decisions.ledger import Ledger, gather_ledger, ran_out
from toolkit.assess.decisions.resourcing import resources_followed
from toolkit.assess.record.decided import runs_out
from toolkit.assess.record.results import joined, make_result
from toolkit.model.decisions import FollowUp
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Decision
from toolkit.model.vocabulary import DecisionPoint, Status

COLUMNS = (
    "subject_id", "decision", "reason", "subject", "point", "year", "decided", "decided_by",
    "decided_on", "expires", "rationale", "cells",
)  # fmt: skip
WAITS = ("Hold", "Go back")


def follow_up(
    portfolio: Portfolio,
    policy: Policy,
    *,
    review: pd.DataFrame,
    seats: pd.DataFrame,
    as_of: date,
    previous: Portfolio | None = None,
) -> pd.DataFrame:
    """Return what the record shows of each decision taken for the reporting year before.

    A Sunset or Transfer of an earlier year is listed until it is carried out.

    Parameters
    ----------
    previous
        Last year's portfolio; without it, a change of terms may not be on record.

    Returns
    -------
    DataFrame by subject_id (repeated), by decision point and id: decision (a `FollowUp`), reason,
    subject, point, year, decided (the word people chose), decided_by, decided_on, expires,
    rationale, cells.
    """
    ledger = gather_ledger(portfolio, policy, as_of=as_of, previous=previous)
    looked_at = {
        row.Index: {
            "defects": row.defects,
            "proposed": str(row.decision),
            "seat": str(seats.decision[row.Index]),
        }
        for row in review.itertuples()
    }
    points = list(DecisionPoint)
    ordered = sorted(
        (row for row in ledger.decisions if _is_due(row, ledger)),
        key=lambda r: (points.index(r.decision_point), r.subject_id, r.year),
    )
    records = [_record(row, ledger, looked_at.get(row.subject_id, {})) for row in ordered]
    return make_result(records, COLUMNS, "subject_id")


def _is_due(row: Decision, ledger: Ledger) -> bool:
    """Whether a decision is of the year before, or an older one that runs until it is done."""
    is_open = runs_out(row, ledger.policy) is None and ledger.in_force(row)
    is_replaced = ledger.after(row) is not None
    return row.year == ledger.year - 1 or (row.year < ledger.year and is_open and not is_replaced)


def _record(row: Decision, ledger: Ledger, looked_at: Mapping[str, object]) -> dict[str, object]:
    found, later = followed(row, ledger, looked_at), ledger.after(row)
    again = f" Decided again for {later.year}: {later.decision}." if later else ""
    return ledger.told(row) | {
        "subject_id": row.subject_id,
        "decision": found.decision,
        "reason": f"{found.reason}{again}",
        "subject": ledger.label(row.subject_id),
        "point": str(row.decision_point),
        "decided": row.decision,
        "rationale": row.rationale,
        "cells": joined([ledger.cells(row), found.cells]),
    }


def followed(row: Decision, ledger: Ledger, looked_at: Mapping[str, object]) -> Found:
    """Return what the record shows of one decision.

    `looked_at` holds what the review says of the agreement: defects, proposed, seat.
    """
    if row.decision_point == DecisionPoint.RESOURCES:
        return resources_followed(row, ledger)
    if row.decision in WAITS:
        return _waited(row, ledger)
    if row.decision_point == DecisionPoint.D1:
        return _screened(row, ledger)
    agreement = ledger.agreements.get(row.subject_id)
    if agreement is None:
        return Found(FollowUp.NOT_ON_RECORD, "No agreement of this id is on record.")
    return carried_out(Case(row, ledger, agreement, **looked_at))


def _waited(row: Decision, ledger: Ledger) -> Found:
    """Hold, Go back: it waits for another decision."""
    if ledger.after(row):
        return Found(FollowUp.CARRIED_OUT, "It waited for another decision.")
    until = ran_out(row, ledger.policy)
    if ledger.in_force(row):
        return Found(FollowUp.UNDER_WAY, f"It waits until {until}; no new decision is on record.")
    return Found(FollowUp.EXPIRED, f"It was to wait until {until}; no new decision is on record.")


def _screened(row: Decision, ledger: Ledger) -> Found:
    """Proceed, Decline: whether an agreement came of the proposal since."""
    proposal = ledger.proposals.get(ledger.subject(row))
    agreement = ledger.agreements.get(proposal.agreement_id) if proposal else None
    word, reason = _came_of_it(row, Case(row, ledger, agreement) if agreement else None)
    cells: list[str] = []
    if proposal:
        cells.append(proposal.cell("agreement_id"))
    if agreement:
        columns = ("status", "signed")
        cells.append(agreement.cells(*columns))
    return Found(word, reason, joined(cells))


def _came_of_it(row: Decision, case: Case | None) -> tuple[FollowUp, str]:
    is_new = case and (
        case.agreement.status == Status.PROPOSED or case.is_after(case.agreement.signed)
    )
    if row.decision == "Decline":
        if not is_new:
            return FollowUp.CARRIED_OUT, "No agreement came of it."
        return FollowUp.OVERTAKEN, f"It became {case.agreement.agreement_id} all the same."
    if not is_new:
        return FollowUp.NOT_YET, "No agreement has come of it since."
    name, status = case.agreement.agreement_id, case.agreement.status
    if status == Status.PROPOSED:
        return FollowUp.UNDER_WAY, f"It became {name}, whose status is proposed."
    signed = spoken(case.agreement.signed)
    return FollowUp.CARRIED_OUT, f"It became {name}, signed on {signed}; its status is {status}."
