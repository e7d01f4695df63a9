"""What the record says of a proposal on the report's five decision factors, in words.

The factors: revised criteria, priority markets, priority sectors, available resources, partnership
cap. Source: domain, section 9.
"""

from toolkit.assess.proposals.gates import ProposalFacts
from toolkit.assess.year.programme import TIERS
from toolkit.model.rounding import one_decimal

NOT_ON_RECORD = "not on record"
TIER_OF = dict(zip((100, 50, 0), TIERS, strict=True))


def describe_factors(f: ProposalFacts) -> dict[str, str]:
    """Return what the record says of each factor, by the name of its column."""
    return {
        "revised_criteria": _criteria(f),
        "priority_markets": TIER_OF[f.market],
        "priority_sectors": _sectors(f),
        "available_resources": _resources(f),
        "partnership_cap": _cap(f),
    }


def _criteria(f: ProposalFacts) -> str:
    if f.fit is None or f.fit.fit.mean is None:
        return NOT_ON_RECORD
    known = f"{f.fit.fit.known:.0f} of 100 of its weight known"
    letters = f.profile.commitments if f.profile else None
    more = f"; letters of commitment: {letters:g}" if letters is not None else ""
    return f"fit {one_decimal(f.fit.fit.mean)} of 100, {known}{more}"


def _sectors(f: ProposalFacts) -> str:
    if f.sectors is None:
        return NOT_ON_RECORD
    listed = {name.casefold() for name in f.policy.sectors.names}
    shared = [name for name in f.sectors if name.casefold() in listed]
    if not shared:
        return f"none on the list ({', '.join(f.sectors)})"
    named = "" if f.profile and f.profile.sectors_shared else ", as the proposal names them"
    return f"{len(shared)} on the list ({', '.join(shared)}){named}"


def _resources(f: ProposalFacts) -> str:
    currency, cost = f.policy.programme.currency, f.proposal.estimated_cost
    asked = f"{currency} {cost:,.0f} a year" if cost is not None else f"cost {NOT_ON_RECORD}"
    left = f.resources_left
    rest = (
        f"at most {currency} {left:,.0f} left"
        if left is not None
        else f"what is left {NOT_ON_RECORD}"
    )
    return f"{asked}; {rest}"


def _cap(f: ProposalFacts) -> str:
    if f.needs_seat is None:
        return f"class {NOT_ON_RECORD}"
    if not f.judged_as.seats:
        return "its class needs no seat"
    if f.shares_seat:
        return "its relationship holds a seat"
    return "no cap" if f.seats_free is None else f"seats free: {f.seats_free}"
