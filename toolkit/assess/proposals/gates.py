"""What the rules see of one proposal, and which factors stand between it and Proceed.

Source: domain, section 9. The five factors are the report's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.assess.proposals.fit import ProposalFit
from toolkit.assess.review.facts import End
from toolkit.assess.review.weighing import is_scored
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.sheets import Profile, Proposal
from toolkit.model.vocabulary import Finding

CRITERIA, MARKETS, SECTORS = "revised criteria", "priority markets", "priority sectors"
RESOURCES, CAP = "available resources", "partnership cap"


@dataclass(frozen=True)
class ProposalFacts:
    """What the rules see of one proposal, and at which end of the evidence."""

    proposal: Proposal
    policy: Policy
    judged_as: AgreementClass | None
    fit: ProposalFit | None
    market: int  # criterion C1: 100 tier 1, 50 tier 2, 0 none
    profile: Profile | None  # its own or, to renew, that of the agreement
    sectors: tuple[str, ...] | None  # shared, or named by the proposal where no profile says
    held: tuple | None  # an agreement with the same partner that is under legal hold
    shares_seat: bool  # an agreement of the same relationship holds a seat already
    resources_left: float | None
    seats_free: int | None  # None where there is no cap
    end: End = End.MEAN

    @property
    def fit_score(self) -> float | None:
        """The fit at this end; the known mean only where half of its weight is known."""
        if self.end is not End.MEAN:
            worst, best = (self.fit.fit.low, self.fit.fit.high) if self.fit else (0.0, 100.0)
            return worst if self.end is End.LOW else best
        enough = self.fit is not None and is_scored(self.fit.fit, self.policy)
        return self.fit.fit.mean if enough else None

    def rating(self, key: str) -> float | None:
        """Return the rating of one criterion at this end."""
        found = self.fit.ratings[key]
        worst, best = found.ends
        return {End.LOW: worst, End.MEAN: found.value, End.HIGH: best}[self.end]

    @property
    def needs_seat(self) -> bool | None:
        """Whether it asks for a seat; None where its class is not one of the framework."""
        return None if self.judged_as is None else self.judged_as.seats and not self.shares_seat


def find_gates(f: ProposalFacts) -> Mapping[str, Finding]:
    """Return yes, no or not on record for each factor that must be met to proceed."""
    return {
        CRITERIA: at_least(f.fit_score, f.policy.thresholds.proceed_fit),
        RESOURCES: _at_end(at_least(f.resources_left, f.proposal.estimated_cost), f.end),
        CAP: _at_end(_find_seat(f), f.end),
    }


def at_least(value: float | None, asked: float | None) -> Finding:
    """Whether a value reaches what is asked; not on record where either is missing."""
    if value is None or asked is None:
        return Finding.NOT_ON_RECORD
    return Finding.MET if round(value, 9) >= round(asked, 9) else Finding.NOT_MET


def _at_end(finding: Finding, end: End) -> Finding:
    """Return what a fact that is not on record is taken for at the ends of the evidence."""
    if finding != Finding.NOT_ON_RECORD or end is End.MEAN:
        return finding
    return Finding.MET if end is End.HIGH else Finding.NOT_MET


def _find_seat(f: ProposalFacts) -> Finding:
    if f.needs_seat is None:
        return Finding.NOT_ON_RECORD
    free = not f.needs_seat or f.seats_free is None or f.seats_free > 0
    return Finding.MET if free else Finding.NOT_MET


def open_factors(f: ProposalFacts) -> tuple[str, ...]:
    """Return the factors that stand between a proposal and Proceed, each no or not on record.

    Markets and sectors are named where the fit falls short and the class weighs them.
    """
    gates = dict(find_gates(f))
    findings = {CRITERIA: gates.pop(CRITERIA)}
    if findings[CRITERIA] != Finding.MET and f.fit:
        findings |= {MARKETS: _has_points(f, "C1"), SECTORS: _has_points(f, "C2")}
    return tuple(
        f"{name}: {found}" for name, found in (findings | gates).items() if found != Finding.MET
    )


def _has_points(f: ProposalFacts, key: str) -> Finding:
    if not f.judged_as.weights.get(key):
        return Finding.MET
    value = f.fit.ratings[key].value
    if value is None:
        return Finding.NOT_ON_RECORD
    return Finding.MET if value > 0 else Finding.NOT_MET
