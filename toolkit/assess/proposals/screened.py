"""Which proposals may proceed at the first decision point, which wait, and which are declined.

Source: domain, section 9. Each proposal is screened alone: what another asks for does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.proposals.factors import describe_factors
from toolkit.assess.proposals.fit import draft_of, fit_proposal
from toolkit.assess.proposals.gates import ProposalFacts
from toolkit.assess.proposals.screening import screen
from toolkit.assess.proposals.taken import TAKEN_COLUMNS, beside, latest
from toolkit.assess.record.activity import known_by, market_score
from toolkit.assess.record.decided import decisions_known
from toolkit.assess.record.relationships import holds_seat, relationship_key
from toolkit.assess.record.results import joined, make_result
from toolkit.assess.review.criteria import Sources, gather_sources
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement, Proposal
from toolkit.model.vocabulary import DecisionPoint

COLUMNS = (
    "proposal_id", "decision", "reason", "partner", "country", "proposed_class", "origin", "rule",
    "evidence", "fit", "score", "revised_criteria", "priority_markets", "priority_sectors",
    "available_resources", "partnership_cap", "missing", "second_option", "estimated_cost",
    "needs_seat", *TAKEN_COLUMNS, "cells",
)  # fmt: skip
LOOKED_AT = ("partner", "country", "proposed_class", "estimated_cost")
NO_ACHIEVEMENT = pd.Series(dtype=object)  # results (C5) are no part of fit


@dataclass(frozen=True)
class Standing:
    """What proposals are compared with: agreements by id, on hold, and holding a seat."""

    agreements: Mapping[str, tuple]
    held: tuple[tuple, ...]
    seated: frozenset[str]


def screen_proposals(
    portfolio: Portfolio,
    policy: Policy,
    *,
    resources_left: float | None,
    seats_free: Mapping[str, int | None],
    as_of: date,
) -> pd.DataFrame:
    """Return what the first decision point says of each proposal received by `as_of`.

    Parameters
    ----------
    resources_left
        What is left a year for new agreements, policy currency; None where it is not known.
    seats_free
        Seats free for each class, by its name; None where there is no cap.

    Returns
    -------
    DataFrame by proposal_id: decision (a `Screening`), reason, partner, country, proposed_class,
    origin, rule (a `RuleRef`), evidence (by rule, stands or provisional), fit (0-100: C1, C2, C3,
    C7), score (with C6), the five factors (revised_criteria, priority_markets, priority_sectors,
    available_resources, partnership_cap: what the record says), missing (factors that stand
    between Hold and Proceed), second_option, estimated_cost (a year), needs_seat, decided,
    decided_reason, decided_by, decided_on and agrees (what people decided at D1), cells.
    """
    sources = gather_sources(portfolio, policy, NO_ACHIEVEMENT, as_of=as_of)
    standing = _gather(portfolio, policy, as_of)
    taken = decisions_known(portfolio, policy, DecisionPoint.D1, as_of=as_of)
    records = [
        _record(
            _facts(proposal, standing, sources, resources_left, seats_free),
            latest(taken, [proposal.proposal_id]),
            portfolio,
        )
        for proposal in portfolio.rows(Proposal)
        if proposal.received is None or known_by(proposal.received, as_of)
    ]
    return make_result(records, COLUMNS, "proposal_id")


def _gather(portfolio: Portfolio, policy: Policy, as_of: date) -> Standing:
    rows = sorted(portfolio.rows(Agreement), key=lambda row: row.agreement_id)
    return Standing(
        {row.agreement_id: row for row in rows},
        tuple(row for row in rows if row.legal_hold == "y"),
        frozenset(relationship_key(row) for row in rows if holds_seat(row, policy, as_of=as_of)),
    )


def _facts(
    proposal: Proposal,
    standing: Standing,
    sources: Sources,
    resources_left: float | None,
    seats_free: Mapping[str, int | None],
) -> ProposalFacts:
    own = standing.agreements.get(proposal.agreement_id)
    renews = own if own is not None and _renews(proposal, own) else None
    cls = sources.policy.class_named(proposal.proposed_class)
    profile = sources.profiles.get(renews.agreement_id if renews else proposal.proposal_id)
    shared = profile.sectors_shared if profile else None
    theirs = list(_with_this_partner(proposal, standing.agreements.values()))
    return ProposalFacts(
        proposal=proposal,
        policy=sources.policy,
        judged_as=cls,
        fit=fit_proposal(proposal, cls, renews, sources) if cls else None,
        market=market_score(renews or draft_of(proposal), sources.policy),
        profile=profile,
        sectors=shared or (None if renews else proposal.priority_sectors),
        held=next((row for row in theirs if row in standing.held), None),
        shares_seat=any(relationship_key(row) in standing.seated for row in theirs),
        resources_left=resources_left,
        seats_free=seats_free.get(cls.name) if cls else None,
    )


def _renews(proposal: Proposal, agreement: Agreement) -> bool:
    """Whether a proposal is to renew an agreement: one signed since is what it became."""
    both = proposal.received and agreement.signed
    became = bool(both) and agreement.signed.first > proposal.received.last
    return is_reviewed(agreement) and not became


def _with_this_partner(proposal: Proposal, agreements: Iterable[tuple]) -> Iterable[tuple]:
    """Return the agreements with the same partner and country, and the one it names."""
    place = (proposal.partner.casefold(), proposal.country.casefold())
    return (
        row
        for row in agreements
        if row.agreement_id == proposal.agreement_id
        or (row.partner.casefold(), row.country.casefold()) == place
    )


def _record(facts: ProposalFacts, taken: tuple | None, portfolio: Portfolio) -> dict[str, object]:
    screened, proposal = screen(facts), facts.proposal
    match = screened.match
    return {
        "proposal_id": proposal.proposal_id,
        "decision": match.decision,
        "reason": match.reason,
        "partner": proposal.partner,
        "country": proposal.country,
        "proposed_class": facts.judged_as.name if facts.judged_as else proposal.proposed_class,
        "origin": proposal.origin,
        "rule": match.ref,
        "evidence": screened.evidence,
        "fit": facts.fit.fit.mean if facts.fit else None,
        "score": facts.fit.score if facts.fit else None,
        **describe_factors(facts),
        "missing": screened.missing,
        "second_option": screened.second_option,
        "estimated_cost": proposal.estimated_cost,
        "needs_seat": facts.needs_seat,
        **beside(taken, match.decision),
        "cells": _cells(facts, taken, portfolio),
    }


def _cells(facts: ProposalFacts, taken: tuple | None, portfolio: Portfolio) -> str:
    named = ("agreement_id",) if facts.proposal.agreement_id else ()
    parts = [facts.proposal.cells(*LOOKED_AT, *named)]
    if facts.held is not None:
        parts.append(facts.held.cell("legal_hold"))
    parts += facts.fit.cells if facts.fit else []
    if taken is not None:
        parts.append(taken.cell("decision"))
    return joined(cell for part in parts for cell in part.split("; "))
