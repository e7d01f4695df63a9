"""Which draft agreements are ready to sign at the second decision point, and what others lack.

Source: domain, section 9; the report's step of formulating projects and negotiating.
"""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from toolkit.assess.proposals.drafts import CONDITIONS, Draft, dated_milestones
from toolkit.assess.proposals.taken import TAKEN_COLUMNS, beside, latest
from toolkit.assess.record.decided import decisions_known
from toolkit.assess.record.results import grouped, joined, make_result
from toolkit.assess.year.yearly import Evaluation
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    Agreement,
    BudgetLine,
    Engagement,
    Milestone,
    Objective,
    Project,
    Proposal,
)
from toolkit.model.vocabulary import DecisionPoint, Finding, Screening, Status

LOOKED_AT = ("status", "signed", "ends", "legal_hold", "renewal_clause", "termination_clause")
READY = "All that a draft needs before it is signed is on record."
COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "country", "classification", "proposals",
    *(condition.column for condition in CONDITIONS), "missing", *TAKEN_COLUMNS, "cells",
)  # fmt: skip


def check_readiness(
    portfolio: Portfolio, policy: Policy, evaluation: Evaluation, *, as_of: date
) -> pd.DataFrame:
    """Return what the second decision point says of each agreement whose status is proposed.

    Returns
    -------
    DataFrame by agreement_id: decision (Sign or Go back), reason, partner, country,
    classification, proposals (that became it), one column for each condition of `CONDITIONS`
    (yes, no or not on record), missing (what keeps it from signing), decided, decided_reason,
    decided_by, decided_on and agrees (what people decided at D2), cells.
    """
    became = grouped(portfolio.rows(Proposal), "agreement_id")
    taken = decisions_known(portfolio, policy, DecisionPoint.D2, as_of=as_of)
    records = []
    for draft in _drafts(portfolio, policy, evaluation, as_of):
        key = draft.agreement.agreement_id
        proposals = tuple(sorted(row.proposal_id for row in became.get(key, ())))
        decided = latest(taken, (key, *proposals))
        records.append(_record(draft, proposals, decided, portfolio))
    return make_result(records, COLUMNS, "agreement_id")


def _drafts(
    portfolio: Portfolio, policy: Policy, evaluation: Evaluation, as_of: date
) -> Sequence[Draft]:
    objectives, projects, engagements, budget = (
        grouped(portfolio.rows(sheet), "agreement_id")
        for sheet in (Objective, Project, Engagement, BudgetLine)
    )
    smart = evaluation.objectives.smart.to_dict()
    milestones = grouped(portfolio.rows(Milestone), "project_id")
    return [
        Draft(
            row,
            policy,
            as_of,
            stated := objectives.get(row.agreement_id, ()),
            [smart[o.objective_id] for o in stated],
            projects.get(row.agreement_id, ()),
            milestones,
            engagements.get(row.agreement_id, ()),
            budget.get(row.agreement_id, ()),
        )
        for row in portfolio.rows(Agreement)
        if row.status == Status.PROPOSED
    ]


def _record(
    draft: Draft, proposals: tuple[str, ...], taken: tuple | None, portfolio: Portfolio
) -> dict[str, object]:
    findings = {c.column: c.test(draft) for c in CONDITIONS}
    missing = tuple(
        f"{c.name}: {findings[c.column]}" for c in CONDITIONS if findings[c.column] != Finding.MET
    )
    decision = Screening.GO_BACK if missing else Screening.SIGN
    agreement = draft.agreement
    return {
        "agreement_id": agreement.agreement_id,
        "decision": decision,
        "reason": f"To bring back: {'; '.join(missing)}." if missing else READY,
        "partner": portfolio.labels[agreement.agreement_id],
        "country": agreement.country,
        "classification": agreement.classification,
        "proposals": proposals,
        **findings,
        "missing": missing,
        **beside(taken, decision),
        "cells": _cells(draft, taken, portfolio),
    }


def _cells(draft: Draft, taken: tuple | None, portfolio: Portfolio) -> str:
    def each(rows: Sequence[Row], column: str) -> list[str]:
        return [row.cell(column) for row in rows]

    return joined(
        [
            draft.agreement.cells(*LOOKED_AT),
            *each(draft.objectives, "statement"),
            *each(draft.objectives, "approved_budget"),
            *each(draft.projects, "state"),
            *each(dated_milestones(draft), "due"),
            *each(draft.engagements, "signed_on"),
            *each(draft.budget, "budget"),
            *each([taken] if taken else [], "decision"),
        ]
    )
