"""Which proposals may proceed at the first decision point, which wait, and which are declined.

Source: domain, sections 1, 4 and 9. Each proposal is screened alone: what another asks for does not
count. The toolkit proposes, people decide, and both are shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.proposals.factors import (
    ProposalFacts,
    describe_cap,
    describe_criteria,
    describe_market,
    describe_resources,
    describe_sectors,
    draft_of,
    fit_proposal,
)
from toolkit.assess.proposals.screening import screen
from toolkit.assess.record.decided import decisions_known, when_decided, word_of
from toolkit.assess.record.evidence import latest_profile
from toolkit.assess.record.markets import market_score
from toolkit.assess.record.relationships import holds_seat, relationship_key
from toolkit.assess.review.criteria import Sources
from toolkit.model.countries import country_key
from toolkit.model.dates import When
from toolkit.model.decisions import decided
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.rules import RuleRef
from toolkit.model.sheets import KINDS, Agreement, Decision, Profile, Proposal
from toolkit.model.spelling import plain_name
from toolkit.model.vocabulary import DecisionPoint, Evidence, Finding, Origin

LOOKED_AT = ("partner", "country", "proposed_class", "estimated_cost")


@result(key="proposal_id", serves=("P1", "P2", "D1"))
class ScreenedProposal(Result):
    """What the first decision point says of one proposal, and what people decided there."""

    proposal_id: str = out("Id")
    decision: str = out("Proposed", "Proceed, Hold or Decline.")
    partner: str = out("Partner")
    country: str = out("Country")
    proposed_class: str = out("Class", "The class it would have.")
    origin: Origin = out("Origin", "Who proposes it.")
    rule: RuleRef = out("Rule")
    evidence: Evidence = out("Evidence", "By rule, stands or provisional.")
    fit: float | None = out("Fit", "Score on C1, C2, C3 and C7.", fmt=Format.POINTS)
    score: float | None = out(
        "With letters or signed partners", "Fit and delivery capacity (C6).", fmt=Format.POINTS
    )
    revised_criteria: str = out("Revised criteria", "What the record says.")
    priority_markets: str = out("Priority markets", "What the record says.")
    priority_sectors: str = out("Priority sectors", "What the record says.")
    available_resources: str = out("Available resources", "What the record says.")
    partnership_cap: str = out("Partnership cap", "What the record says.")
    missing: tuple[str, ...] = out(
        "What is missing", "Factors that stand between Hold and Proceed.", fmt=Format.LIST
    )
    second_option: str | None = out("Second option")
    estimated_cost: float | None = out("Estimated cost", unit="a year", fmt=Format.AMOUNT)
    needs_seat: bool | None = out("Needs a seat", fmt=Format.YES_NO)
    decided: str | None = out("People decided", "At the first decision point.")
    decided_reason: str | None = out("Reason code")
    decided_by: str | None = out("Decided by")
    decided_on: When | None = out("On", fmt=Format.DATE)
    agrees: Finding | None = out("The same", "Whether people decided what the rules propose.")


@dataclass(frozen=True)
class Neighbours:
    """The agreements on record that a proposal may belong with.

    `by_place` holds them by partner and country, however they are spelt; `seated` are the
    relationships that hold a seat.
    """

    portfolio: Portfolio
    by_place: Mapping[tuple[str, str], Sequence[Agreement]]
    seated: frozenset[str]


@dataclass(frozen=True)
class Taken:
    """What people decided at a decision point, and whether the rules propose the same."""

    decision: str | None = None
    reason_code: str | None = None
    by: str | None = None
    on: When | None = None
    agrees: Finding | None = None
    cells: str = ""


def screen_proposals(
    portfolio: Portfolio,
    policy: Policy,
    *,
    resources_left: float | None,
    seats_free: Mapping[str, int | None],
    as_of: date,
) -> Table[ScreenedProposal]:
    """Return what the first decision point says of each proposal received by `as_of`.

    Parameters
    ----------
    resources_left
        What is left a year for new agreements, policy currency; None where it is not known.
    seats_free
        Seats free for each class, by its name; None where there is no cap.
    """
    supplied = (kind for kind in KINDS if portfolio.has(kind))
    sources = Sources(portfolio, policy, as_of, {}, frozenset({Profile, *supplied}))
    neighbours = _gather(portfolio, policy, as_of)
    taken = decisions_known(portfolio, policy, DecisionPoint.D1, as_of=as_of)
    rows = (
        _screened(
            _facts(proposal, neighbours, sources, resources_left, seats_free),
            latest(taken, [proposal.proposal_id]),
        )
        for proposal in portfolio.rows(Proposal)
    )
    return Table(ScreenedProposal, rows)


def _gather(portfolio: Portfolio, policy: Policy, as_of: date) -> Neighbours:
    rows = sorted(portfolio.rows(Agreement), key=_id)
    by_place: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for row in rows:
        by_place[_place(row)].append(row)
    seated = (relationship_key(row) for row in rows if holds_seat(row, policy, as_of=as_of))
    return Neighbours(portfolio, by_place, frozenset(seated))


def _id(agreement: Agreement) -> str:
    return agreement.agreement_id


def _place(row: Agreement | Proposal) -> tuple[str, str]:
    return plain_name(row.partner), country_key(row.country)


def _facts(
    proposal: Proposal,
    neighbours: Neighbours,
    sources: Sources,
    resources_left: float | None,
    seats_free: Mapping[str, int | None],
) -> ProposalFacts:
    own = neighbours.portfolio.get(Agreement, proposal.agreement_id)
    renews = own if own is not None and _renews(proposal, own) else None
    cls = sources.policy.class_named(proposal.proposed_class)
    profile = latest_profile(renews or proposal, sources.portfolio)
    shared = profile.sectors_shared if profile else None
    theirs = _with_this_partner(proposal, own, neighbours)
    return ProposalFacts(
        proposal=proposal,
        policy=sources.policy,
        judged_as=cls,
        fit=fit_proposal(proposal, cls, renews, sources) if cls else None,
        market=market_score(renews or draft_of(proposal), sources.policy),
        profile=profile,
        sectors=shared or (None if renews else proposal.priority_sectors),
        held=[row for row in theirs if row.legal_hold == "y"],
        shares_seat=any(relationship_key(row) in neighbours.seated for row in theirs),
        resources_left=resources_left,
        seats_free=seats_free.get(cls.name) if cls else None,
    )


def _renews(proposal: Proposal, agreement: Agreement) -> bool:
    """Whether a proposal is to renew an agreement: one signed since is what it became."""
    received, signed = proposal.received, agreement.signed
    became = received is not None and signed is not None and signed.first > received.last
    return is_reviewed(agreement) and not became


def _with_this_partner(
    proposal: Proposal, named: Agreement | None, neighbours: Neighbours
) -> Sequence[Agreement]:
    """Return the agreements with the same partner and country, and the one it names, by id."""
    theirs = neighbours.by_place.get(_place(proposal), ())
    if named is None or named in theirs:
        return theirs
    return sorted([*theirs, named], key=_id)


def _screened(facts: ProposalFacts, decision: Decision | None) -> ScreenedProposal:
    screening, proposal = screen(facts), facts.proposal
    match = screening.match
    taken = set_beside(decision, match.decision, facts.policy)
    return ScreenedProposal(
        proposal_id=proposal.proposal_id,
        decision=match.decision,
        reason=match.reason,
        partner=proposal.partner,
        country=proposal.country,
        proposed_class=facts.judged_as.name if facts.judged_as else proposal.proposed_class,
        origin=proposal.origin,
        rule=match.ref,
        evidence=screening.evidence,
        fit=facts.fit.fit.mean if facts.fit else None,
        score=facts.fit.score if facts.fit else None,
        revised_criteria=describe_criteria(facts),
        priority_markets=describe_market(facts),
        priority_sectors=describe_sectors(facts),
        available_resources=describe_resources(facts),
        partnership_cap=describe_cap(facts),
        missing=screening.missing,
        second_option=screening.second_option,
        estimated_cost=proposal.estimated_cost,
        needs_seat=facts.needs_seat,
        decided=taken.decision,
        decided_reason=taken.reason_code,
        decided_by=taken.by,
        decided_on=taken.on,
        agrees=taken.agrees,
        cells=_cells(facts, taken),
    )


def _cells(facts: ProposalFacts, taken: Taken) -> str:
    named = ("agreement_id",) if facts.proposal.agreement_id else ()
    parts = [
        facts.proposal.cells(*LOOKED_AT, *named),
        *(row.cell("legal_hold") for row in facts.held[:1]),
        *(facts.fit.cells if facts.fit else ()),
        taken.cells,
    ]
    return joined(cell for part in parts for cell in part.split("; "))


def latest(decisions: Mapping[str, Sequence[Decision]], subjects: Iterable[str]) -> Decision | None:
    """Return the latest decision on any of the subjects, or nothing."""
    rows = [row for subject in subjects for row in decisions.get(subject, ())]
    return max(rows, key=when_decided, default=None)


def set_beside(decision: Decision | None, proposed: str, policy: Policy) -> Taken:
    """Return what people decided, and whether it is what the rules propose: yes or no."""
    if decision is None:
        return Taken()
    same = word_of(decision, policy) == decided(proposed, policy)
    return Taken(
        decision.decision,
        decision.reason_code,
        decision.decided_by,
        decision.decided_on,
        Finding.MET if same else Finding.NOT_MET,
        decision.cell("decision"),
    )
