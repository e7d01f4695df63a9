"""Which draft agreements are ready to sign at the second decision point, and what others lack.

Source: domain, section 9; the report's step of formulating projects and negotiating. The list of
conditions reads like the policy: name and test; each is yes, no, or not on record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.proposals.screened import Taken, latest, set_beside
from toolkit.assess.record.conditions import term_within
from toolkit.assess.record.decided import decisions_known
from toolkit.assess.year.evaluation import ObjectiveReached
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import Row, joined
from toolkit.model.sheets import (
    Agreement,
    BudgetLine,
    Decision,
    Engagement,
    Milestone,
    Objective,
    Project,
    Proposal,
)
from toolkit.model.vocabulary import (
    DecisionPoint,
    EndWord,
    Finding,
    ProjectState,
    ProposalWord,
    SmartLevel,
    Status,
)

LOOKED_AT = ("status", "signed", "ends", "legal_hold", "renewal_clause", "termination_clause")
READY = "All that a draft needs before it is signed is on record."


@result(key="agreement_id", serves=("P3", "D2"))
class DraftReadiness(Result):
    """What the second decision point says of one draft, and what people decided there."""

    agreement_id: str = out("Id")
    decision: str = out("Proposed", "Sign or Go back.")
    partner: str = out("Draft")
    country: str = out("Country")
    classification: str = out("Class")
    proposals: tuple[str, ...] = out("From", "The proposals that became it.", fmt=Format.LIST)
    objectives_smart: Finding = out("SMART objectives")
    project_with_milestones: Finding = out("Project with milestones")
    partner_engaged: Finding = out("Partner with a signed role")
    budget_approved: Finding = out("Approved budget")
    term: Finding = out("Term", "Whether it is within the limits of its class.")
    renewal_clause: Finding = out("Renewal clause")
    termination_clause: Finding = out("Termination clause")
    no_legal_hold: Finding = out("No legal hold")
    missing: tuple[str, ...] = out("Missing", "What keeps it from signing.", fmt=Format.LIST)
    decided: str | None = out("People decided", "At the second decision point.")
    decided_reason: str | None = out("Reason code")
    decided_by: str | None = out("Decided by")
    decided_on: When | None = out("On", fmt=Format.DATE)
    agrees: Finding | None = out("The same", "Whether people decided what the rules propose.")


@dataclass(frozen=True)
class Draft:
    """What the conditions look at of one draft agreement."""

    agreement: Agreement
    policy: Policy
    as_of: date
    objectives: Sequence[Objective]
    smart: Sequence[SmartLevel]  # how SMART each of them is
    projects: Sequence[Project]
    milestones: Sequence[Milestone]  # of its projects that were not cancelled
    engagements: Sequence[Engagement]
    budget: Sequence[BudgetLine]


@dataclass(frozen=True)
class SigningCondition:
    """One thing a draft needs before it is signed: its column, its name, its test."""

    column: str
    name: str
    test: Callable[[Draft], Finding]


def check_readiness(
    portfolio: Portfolio, policy: Policy, objectives: Table[ObjectiveReached], *, as_of: date
) -> Table[DraftReadiness]:
    """Return what the second decision point says of each agreement whose status is proposed.

    Parameters
    ----------
    objectives
        The result of `evaluate_objectives`: how SMART each objective is.
    """
    taken = decisions_known(portfolio, policy, DecisionPoint.D2, as_of=as_of)
    rows = []
    for agreement in portfolio.rows(Agreement):
        if agreement.status != Status.PROPOSED:
            continue
        became = tuple(sorted(row.proposal_id for row in portfolio.of(agreement, Proposal)))
        decision = latest(taken, (agreement.agreement_id, *became))
        draft = _draft(agreement, portfolio, policy, objectives, as_of)
        rows.append(_readiness(draft, portfolio.labels[agreement.agreement_id], became, decision))
    return Table(DraftReadiness, rows)


def _draft(
    agreement: Agreement,
    portfolio: Portfolio,
    policy: Policy,
    objectives: Table[ObjectiveReached],
    as_of: date,
) -> Draft:
    stated, projects = portfolio.of(agreement, Objective), portfolio.of(agreement, Project)
    going = [project for project in projects if project.state != ProjectState.CANCELLED]
    return Draft(
        agreement,
        policy,
        as_of,
        stated,
        [objectives[row.objective_id].smart for row in stated],
        projects,
        [row for project in going for row in portfolio.of(project, Milestone)],
        portfolio.of(agreement, Engagement),
        portfolio.of(agreement, BudgetLine),
    )


def _readiness(
    draft: Draft, label: str, proposals: tuple[str, ...], decision: Decision | None
) -> DraftReadiness:
    findings = {c.column: c.test(draft) for c in CONDITIONS}
    missing = tuple(
        f"{c.name}: {findings[c.column]}" for c in CONDITIONS if findings[c.column] != Finding.MET
    )
    word = ProposalWord.GO_BACK if missing else ProposalWord.SIGN
    taken = set_beside(decision, word, draft.policy)
    return DraftReadiness(
        agreement_id=draft.agreement.agreement_id,
        decision=word,
        reason=f"To bring back: {'; '.join(missing)}." if missing else READY,
        partner=label,
        country=draft.agreement.country,
        classification=draft.agreement.classification,
        proposals=proposals,
        **findings,
        missing=missing,
        decided=taken.decision,
        decided_reason=taken.reason_code,
        decided_by=taken.by,
        decided_on=taken.on,
        agrees=taken.agrees,
        cells=_cells(draft, taken),
    )


def _cells(draft: Draft, taken: Taken) -> str:
    def each(rows: Sequence[Row], column: str) -> list[str]:
        return [row.cell(column) for row in rows]

    return joined(
        [
            draft.agreement.cells(*LOOKED_AT),
            *each(draft.objectives, "statement"),
            *each(draft.objectives, "approved_budget"),
            *each(draft.projects, "state"),
            *each(draft.milestones, "due"),
            *each(draft.engagements, "signed_on"),
            *each(draft.budget, "budget"),
            taken.cells,
        ]
    )


def _recorded(met: bool, rows: Sequence[object]) -> Finding:
    """Return yes where met; no where rows on record do not meet it; else not on record."""
    return Finding.MET if met else Finding.NOT_MET if rows else Finding.NOT_ON_RECORD


def _are_smart(d: Draft) -> Finding:
    smart = bool(d.smart) and all(level == SmartLevel.SMART for level in d.smart)
    return _recorded(smart, d.objectives)


def _has_milestones(d: Draft) -> Finding:
    return _recorded(bool(d.milestones), d.projects)


def _has_partner(d: Draft) -> Finding:
    signed = any(row.signed_on for row in d.engagements)
    return _recorded(signed, d.engagements)


def _has_budget(d: Draft) -> Finding:
    amounts = [o.approved_budget for o in d.objectives] + [row.budget for row in d.budget]
    known = [amount for amount in amounts if amount is not None]
    return _recorded(any(amount > 0 for amount in known), known)


def _has_term(d: Draft) -> Finding:
    """Whether it runs at least the shortest and at most the longest term of its class."""
    cls, agreement = d.policy.class_named(d.agreement.classification), d.agreement
    shortest, longest = cls.term_years if cls else d.policy.counts.agreement_term_years
    if agreement.ends is EndWord.OPEN_ENDED:
        return Finding.NOT_MET
    if not isinstance(agreement.ends, When) or not agreement.signed:
        return Finding.NOT_ON_RECORD
    ends_after = agreement.ends.last + timedelta(days=1)
    too_short = ends_after < add_months(agreement.signed.first, 12 * shortest)
    return Finding.NOT_MET if too_short else term_within(agreement, longest)


def _word(value: str | None) -> Finding:
    if value is None:
        return Finding.NOT_ON_RECORD
    return Finding.MET if value == "y" else Finding.NOT_MET


def _is_free(d: Draft) -> Finding:
    """Whether no legal hold is on record; a blank is none."""
    return Finding.NOT_MET if d.agreement.legal_hold == "y" else Finding.MET


CONDITIONS = (
    SigningCondition("objectives_smart", "SMART objectives", _are_smart),
    SigningCondition("project_with_milestones", "project with milestones", _has_milestones),
    SigningCondition("partner_engaged", "alternative partner with a signed role", _has_partner),
    SigningCondition("budget_approved", "approved budget", _has_budget),
    SigningCondition("term", "term within the limits of its class", _has_term),
    SigningCondition(
        "renewal_clause", "renewal clause", lambda d: _word(d.agreement.renewal_clause)
    ),
    SigningCondition(
        "termination_clause",
        "termination clause",
        lambda d: _word(d.agreement.termination_clause),
    ),
    SigningCondition("no_legal_hold", "no legal hold", _is_free),
)
