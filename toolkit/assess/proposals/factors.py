"""How a proposal stands on the report's five decision factors, and which keep it from Proceed.

The factors: revised criteria, priority markets, priority sectors, available resources, partnership
cap. It fits by the criteria and scales that agreements are scored on: a proposal to form is rated
from its own profile, and for C6 by its letters of commitment; a proposal to renew as the agreement
it would renew. Source: domain, sections 3 and 9.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.assess.record.evidence import latest_profile
from toolkit.assess.review.criteria import (
    FIT,
    MISSING,
    Rating,
    Score,
    Sources,
    is_scored,
    on_scale,
    rate_agreement,
    rate_sectors,
    weigh,
)
from toolkit.assess.review.facts import End
from toolkit.assess.year.programme import TIERS
from toolkit.model.dates import When
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.sheets import Agreement, Profile, Proposal
from toolkit.model.text import one_decimal
from toolkit.model.told import fact, money_fact, tell
from toolkit.model.vocabulary import Family, Finding

LETTERS = "C6"
NEVER = When.day_of(date.min)
QUARTERS = ("historic_link", "host_community", "non_city_share")


@dataclass(frozen=True)
class ProposalFit:
    """A proposal judged as a member of one class.

    `fit` is the score on C1, C2, C3 and C7 alone; `score` adds delivery capacity (C6) to it.
    """

    judged_as: AgreementClass
    ratings: Mapping[str, Rating]
    fit: Score
    score: float | None

    @property
    def cells(self) -> list[str]:
        """The cells of the ratings that its class weighs."""
        return [r.cells for key, r in self.ratings.items() if self.judged_as.weights.get(key)]


def fit_proposal(
    proposal: Proposal, cls: AgreementClass, renews: Agreement | None, sources: Sources
) -> ProposalFit | None:
    """Return how a proposal fits a class; None for a class that weighs no criterion of fit."""
    weights = {key: w for key, w in cls.weights.items() if w and key in (*FIT, LETTERS)}
    own = {key: w for key, w in weights.items() if key in FIT}
    if not own:
        return None
    rated = (
        rate_agreement(renews, cls.family, sources)
        if renews
        else _rate_new(proposal, cls.family, sources)
    )
    ratings = {key: rated[key] for key in (*FIT, LETTERS) if key in rated}
    return ProposalFit(
        cls,
        ratings,
        weigh(ratings, own),
        weigh(ratings, weights).mean,
    )


def draft_of(proposal: Proposal) -> Agreement:
    """Return a proposal as the agreement it would be, with what is known of it."""
    known = {
        "agreement_id": proposal.proposal_id,
        "partner": proposal.partner,
        "country": proposal.country,
        "last_contact": NEVER,
    }
    return Agreement.made(known, replace(proposal.place, sheet=Agreement.sheet.name))


def _rate_new(proposal: Proposal, family: Family, s: Sources) -> dict[str, Rating]:
    """Return the ratings of a proposal to form, each with the cells of the proposal itself.

    There is no contact yet that could be unbroken, so the historic link alone fills its quarter.
    """
    profile = latest_profile(proposal, s.portfolio)
    ratings = rate_agreement(draft_of(proposal), family, s)
    market = proposal.cells("partner", "country")
    quarters = profile.cells(*QUARTERS) if profile else ""
    named = _named_sectors(proposal, family, s)
    return ratings | {
        "C1": replace(ratings["C1"], cells=market),
        "C2": ratings["C2"] if ratings["C2"].known else named,
        LETTERS: _commitments(profile, family, s),
        "C7": replace(ratings["C7"], cells=quarters),
    }


def _named_sectors(proposal: Proposal, family: Family, s: Sources) -> Rating:
    """Rate the sectors a proposal names; they stand in where no profile gives shared ones."""
    if not proposal.priority_sectors:
        return MISSING
    rating = rate_sectors(proposal.priority_sectors, _scale("C2", family, s), s.policy)
    return replace(rating, cells=proposal.cell("priority_sectors"))


def _commitments(profile: Profile | None, family: Family, s: Sources) -> Rating:
    if profile is None or profile.commitments is None:
        return MISSING
    cells = profile.cell("commitments")
    return Rating(on_scale(profile.commitments, _scale(LETTERS, family, s)), 1.0, cells)


def _scale(key: str, family: Family, s: Sources) -> tuple[float, ...]:
    criterion = next(c for c in s.policy.criteria if c.id == key)
    return criterion.economic if family == Family.ECONOMIC else criterion.community


CRITERIA, MARKETS, SECTORS = "revised criteria", "priority markets", "priority sectors"
RESOURCES, CAP = "available resources", "partnership cap"
NOT_ON_RECORD = "not on record"
TIER_OF: Mapping[int | None, str] = dict(zip((100, 50, 0), TIERS, strict=True))


@dataclass(frozen=True)
class ProposalFacts:
    """What the rules see of one proposal, and at which end of the evidence."""

    proposal: Proposal
    policy: Policy
    judged_as: AgreementClass | None
    fit: ProposalFit | None
    market: int | None  # criterion C1: 100 tier 1, 50 tier 2, 0 none; None where none is listed
    profile: Profile | None  # its own or, to renew, that of the agreement
    sectors: tuple[str, ...] | None  # shared, or named by the proposal where no profile says
    held: Sequence[Agreement]  # agreements with the same partner that are under legal hold
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
        if self.fit is None or not is_scored(self.fit.fit, self.policy):
            return None
        return self.fit.fit.mean

    def rating(self, key: str) -> float | None:
        """Return the rating of one criterion at this end; None where its fit is not rated."""
        if self.fit is None:
            return None
        found = self.fit.ratings[key]
        worst, best = found.ends
        return {End.LOW: worst, End.MEAN: found.value, End.HIGH: best}[self.end]

    @property
    def needs_seat(self) -> bool | None:
        """Whether it asks for a seat; None where its class is not one of the framework."""
        return None if self.judged_as is None else self.judged_as.seats and not self.shares_seat


def find_gates(facts: ProposalFacts) -> Mapping[str, Finding]:
    """Return yes, no or not on record for each factor that must be met to proceed."""
    affordable = at_least(facts.resources_left, facts.proposal.estimated_cost)
    return {
        CRITERIA: at_least(facts.fit_score, facts.policy.thresholds.proceed_fit),
        RESOURCES: _at_end(affordable, facts.end),
        CAP: _at_end(_find_seat(facts), facts.end),
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


def open_factors(facts: ProposalFacts) -> tuple[str, ...]:
    """Return the factors that stand between a proposal and Proceed, each no or not on record.

    Markets and sectors are named where the fit falls short and the class weighs them.
    """
    gates = dict(find_gates(facts))
    findings = {CRITERIA: gates.pop(CRITERIA)}
    if findings[CRITERIA] != Finding.MET and facts.fit:
        findings |= {MARKETS: _has_points(facts.fit, "C1"), SECTORS: _has_points(facts.fit, "C2")}
    return tuple(
        f"{name}: {found}" for name, found in (findings | gates).items() if found != Finding.MET
    )


def _has_points(fit: ProposalFit, key: str) -> Finding:
    if not fit.judged_as.weights.get(key):
        return Finding.MET
    value = fit.ratings[key].value
    if value is None:
        return Finding.NOT_ON_RECORD
    return Finding.MET if value > 0 else Finding.NOT_MET


def describe_criteria(facts: ProposalFacts) -> str:
    """Return how it fits by the criteria, and how many letters of commitment it has."""
    if facts.fit is None or facts.fit.fit.mean is None:
        return NOT_ON_RECORD
    known = f"{facts.fit.fit.known:.0f} of 100 of its weight known"
    letters = facts.profile.commitments if facts.profile else None
    more = f"; letters of commitment: {letters:g}" if letters is not None else ""
    return f"fit {one_decimal(facts.fit.fit.mean)} of 100, {known}{more}"


def describe_market(facts: ProposalFacts) -> str:
    """Return the tier of its market."""
    return TIER_OF.get(facts.market, NOT_ON_RECORD)


def describe_sectors(facts: ProposalFacts) -> str:
    """Return how many of its sectors are on the policy's list, and who says so."""
    listed = facts.policy.sectors
    if facts.sectors is None or not listed.names:
        return NOT_ON_RECORD
    found = [listed.find(word) for word in facts.sectors]
    shared = [name for name in found if name in listed.names]
    if not shared and None in found:
        return f"{NOT_ON_RECORD}: in no list of the policy ({', '.join(facts.sectors)})"
    if not shared:
        return f"none on the list ({', '.join(facts.sectors)})"
    from_profile = facts.profile and facts.profile.sectors_shared
    named = "" if from_profile else ", as the proposal names them"
    return f"{len(shared)} on the list ({', '.join(shared)}){named}"


def describe_resources(facts: ProposalFacts) -> str:
    """Return what it costs a year, and what is left."""
    currency, proposal = facts.policy.programme.currency, facts.proposal
    cost, left = proposal.estimated_cost, facts.resources_left
    asked: str = f"cost {NOT_ON_RECORD}"
    if cost is not None:
        whose = proposal.proposal_id
        asked = money_fact("money.estimated", cost, of=whose, currency=currency) + " a year"
    if left is None:
        return asked + f"; what is left {NOT_ON_RECORD}"
    rest = money_fact("money.left", left, of="all classes, under review", currency=currency)
    return tell("{asked}; at most {rest} left", asked=asked, rest=rest)


def describe_cap(facts: ProposalFacts) -> str:
    """Return whether it needs a seat, and how many are free."""
    if facts.judged_as is None:
        return f"class {NOT_ON_RECORD}"
    if not facts.judged_as.seats:
        return "its class needs no seat"
    if facts.shares_seat:
        return "its relationship holds a seat"
    if facts.seats_free is None:
        return "no cap"
    return "seats free: " + fact("seats.free", facts.seats_free, of=facts.judged_as.name)
