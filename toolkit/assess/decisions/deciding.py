"""All that people decided, in one call: beside the rules, on record, and one year on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from toolkit.assess.decisions.compared import compare_decisions
from toolkit.assess.decisions.followup import follow_up
from toolkit.assess.decisions.ledger import Ledger, gather_ledger, rationale
from toolkit.assess.record.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Decision
from toolkit.model.vocabulary import DecisionPoint

LOG_COLUMNS = (
    "subject_id", "decision", "reason", "subject", "agreement_id", "point", "year", "reason_code",
    "decided_by", "decided_on", "expires", "consulted", "in_force", "cells",
)  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """Every table of what people decided."""

    compared: pd.DataFrame
    log: pd.DataFrame
    followed: pd.DataFrame

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The result tables by the name of their file."""
        return {
            "decisions": self.compared,
            "decisions-on-record": self.log,
            "decisions-followed-up": self.followed,
        }

    def only(self, agreement_id: str) -> "Decided":
        """Return the tables of one agreement, the decisions on its proposal among them."""
        return replace(
            self,
            compared=self.compared[self.compared.index == agreement_id],
            log=self.log[self.log.agreement_id == agreement_id],
            followed=self.followed[self.followed.index == agreement_id],
        )


def gather_decided(
    portfolio: Portfolio,
    policy: Policy,
    *,
    review: pd.DataFrame,
    classification: pd.DataFrame,
    seats: pd.DataFrame,
    proposals: pd.DataFrame | None = None,
    readiness: pd.DataFrame | None = None,
    renewals: pd.DataFrame | None = None,
    as_of: date,
    previous: Portfolio | None = None,
) -> Decided:
    """Return what people decided; the tables are those of the same portfolio and date."""
    compared = compare_decisions(
        portfolio,
        policy,
        review=review,
        classification=classification,
        proposals=proposals,
        readiness=readiness,
        renewals=renewals,
        as_of=as_of,
    )
    return Decided(
        compared=compared,
        log=list_decisions(portfolio, policy, as_of=as_of),
        followed=follow_up(
            portfolio, policy, review=review, seats=seats, as_of=as_of, previous=previous
        ),
    )


def list_decisions(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return every decision the date may know of, by subject, the latest first.

    Returns
    -------
    DataFrame by subject_id (repeated): decision, reason (their rationale), subject, agreement_id
    (what it is about, or the agreement its proposal names), point, year, reason_code, decided_by,
    decided_on, expires, consulted, in_force (neither run out nor replaced), cells.
    """
    ledger = gather_ledger(portfolio, policy, as_of=as_of)
    points = list(DecisionPoint)
    ordered = sorted(
        ledger.decisions,
        key=lambda r: (r.subject_id, -r.year, -points.index(r.decision_point)),
    )
    records = [_logged(row, ledger) for row in ordered]
    return make_result(records, LOG_COLUMNS, "subject_id")


def _logged(row: Decision, ledger: Ledger) -> dict[str, object]:
    proposal = ledger.proposals.get(row.subject_id)
    return ledger.told(row) | {
        "subject_id": row.subject_id,
        "decision": row.decision,
        "reason": rationale(row),
        "subject": ledger.label(row.subject_id),
        "agreement_id": proposal.agreement_id if proposal else row.subject_id,
        "point": str(row.decision_point),
        "in_force": ledger.in_force(row) and ledger.after(row) is None,
        "cells": ledger.cells(row),
    }
