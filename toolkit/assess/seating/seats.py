"""What the review means for the seats under the cap, and which seats lie over that of a class.

Source: domain, section 4, Seats. Only a cap by class can be exceeded agreement by agreement, for
scores of two classes are not comparable. Over the cap means that council decides, never Sunset.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from datetime import date

from toolkit.assess.record.relationships import by_age, holds_seat, is_inside, relationship_key
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.criteria import sub_score
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.ranks import ranking_score
from toolkit.model.countries import countries_in
from toolkit.model.decisions import Seating, find_word
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import ReviewWord, Seat

HELD = [Seat.HOLDS, Seat.OVER, Seat.TIED]  # a seat over the cap is held until people decide
REASONS = {
    Seat.HOLDS: "Holds a seat until people decide otherwise.",
    Seat.ASKS: "Outside the framework: it would need a seat.",
    Seat.FOLDED: "Shares the seat of its relationship.",
    Seat.OVER: "Over the cap of its class: council decides to raise it, hand on, or conclude at "
    "expiry.",
    Seat.TIED: "At the cap of its class, and nothing published sets it apart: people decide.",
    Seat.NONE: "Needs no seat.",
}


@result(key="agreement_id", serves=("F3", "M2"))
class SeatOf(Result):
    """What one agreement means for the seats."""

    agreement_id: str = out("Id")
    decision: Seat = out("Seat", "Held, asked for, shared, over the cap, tied at it, or none.")
    partner: str = out("Agreement")
    relationship: str | None = out("Relationship")
    classification: str = out("Class now")
    today: bool = out("Holds one today", "For its relationship.", fmt=Format.YES_NO, default=False)
    country: str = out("Country")
    in_country: int = out(
        "Relationships in its country", "Those under review; for note.", fmt=Format.COUNT
    )


def assign_seats(
    portfolio: Portfolio,
    policy: Policy,
    review: Table[Reviewed],
    facts: Mapping[str, Facts],
    full_costs: Mapping[str, float | None],
    *,
    as_of: date,
) -> Table[SeatOf]:
    """Return what each agreement means for the seats; one seat a relationship.

    Parameters
    ----------
    full_costs
        The year's full cost by agreement; it settles exact ties at the cap of a class.
    """
    agreements = portfolio.rows(Agreement)
    words = {a.agreement_id: str(review[a.agreement_id].decision) for a in agreements}
    today = {a.agreement_id for a in agreements if _holds(a, words[a.agreement_id], policy, as_of)}
    each = _seat_each(agreements, policy, words, today)
    scores = {key: ranking_score(found, review[key].evidence) for key, found in facts.items()}
    seats = _settle_caps(each, policy, facts, scores, full_costs)
    first = _first_of_each(agreements, policy, today)
    in_country = _relationships_by_country(portfolio)
    rows = (
        SeatOf(
            agreement_id=a.agreement_id,
            decision=seats[a.agreement_id],
            reason=_reason(a, seats[a.agreement_id], words[a.agreement_id], policy),
            partner=portfolio.labels[a.agreement_id],
            relationship=a.relationship_id,
            classification=a.classification,
            today=a.agreement_id in first,
            country=a.country,
            in_country=max((in_country[c.key] for c in countries_in(a.country)), default=0),
            cells=a.cells("classification", "status"),
        )
        for a in agreements
    )
    return Table(SeatOf, rows)


def _holds(agreement: Agreement, decision: str, policy: Policy, as_of: date) -> bool:
    """Whether it holds a seat today; what people keep holds one beyond its end too."""
    if decision != ReviewWord.KEEP_BY_DIRECTION:
        return holds_seat(agreement, policy, as_of=as_of)
    cls = policy.class_named(agreement.classification)
    return cls is not None and cls.seats


def _in_order(agreements: Iterable[Agreement], policy: Policy) -> list[Agreement]:
    """Return those of the framework first, the oldest before the others."""
    return sorted(agreements, key=lambda a: (not is_inside(a, policy), by_age(a)))


def _first_of_each(agreements: Iterable[Agreement], policy: Policy, ids: Set[str]) -> Set[str]:
    """Return of each relationship the first of these agreements: the one its seat is told by."""
    first: dict[str, str] = {}
    for agreement in _in_order(agreements, policy):
        if agreement.agreement_id in ids:
            first.setdefault(relationship_key(agreement), agreement.agreement_id)
    return set(first.values())


def _seat_each(
    agreements: Iterable[Agreement], policy: Policy, words: Mapping[str, str], today: Set[str]
) -> dict[str, Seat]:
    """Return each seat before the caps; of a relationship the oldest in the framework holds it."""
    taken: set[str] = set()
    seats: dict[str, Seat] = {}
    for agreement in _in_order(agreements, policy):
        holds = agreement.agreement_id in today
        seat = _seat(agreement, words[agreement.agreement_id], policy, holds=holds)
        if seat == Seat.HOLDS and relationship_key(agreement) in taken:
            seat = Seat.FOLDED
        if seat == Seat.HOLDS:
            taken.add(relationship_key(agreement))
        seats[agreement.agreement_id] = seat
    return seats


def _relationships_by_country(portfolio: Portfolio) -> Mapping[str, int]:
    rows = filter(is_reviewed, portfolio.rows(Agreement))
    pairs = {(c.key, relationship_key(a)) for a in rows for c in countries_in(a.country)}
    return Counter(country for country, _ in pairs)


def _seat(agreement: Agreement, decision: str, policy: Policy, *, holds: bool) -> Seat:
    wanted = find_word(decision).seat
    if not is_reviewed(agreement) or wanted is Seating.GIVES_UP:
        return Seat.NONE
    if wanted is Seating.FOLDED:
        return Seat.FOLDED
    if is_inside(agreement, policy):
        return Seat.HOLDS if holds else Seat.NONE
    return Seat.ASKS if wanted is Seating.ASKS else Seat.NONE


def _reason(agreement: Agreement, seat: Seat, decision: str, policy: Policy) -> str:
    if seat == Seat.NONE and find_word(decision).seat is Seating.GIVES_UP:
        return f"{decision}: it gives its seat up, or needs none."
    if not is_reviewed(agreement):
        return f"Its status is {agreement.status}."
    cls = policy.class_named(agreement.classification)
    if seat == Seat.NONE and cls is not None and cls.seats:
        return "Past its end, or owned by a partner: it holds none."
    return REASONS[seat]


def _settle_caps(
    seats: Mapping[str, Seat],
    policy: Policy,
    facts: Mapping[str, Facts],
    scores: Mapping[str, float],
    full_costs: Mapping[str, float | None],
) -> dict[str, Seat]:
    """Return the seats with those over the cap of their class, and those tied at it, marked."""
    settled, caps = dict(seats), policy.cap.by_class or {}
    for cls in policy.classes:
        holders = [
            key
            for key, seat in seats.items()
            if seat == Seat.HOLDS and facts[key].agreement.classification == cls.name
        ]
        if cls.name in caps and len(holders) > caps[cls.name]:
            best = _best_instruments(cls, facts, scores)
            standing_for = {
                key: best.get(relationship_key(facts[key].agreement)) for key in holders
            }
            ranked = {
                key: _precedence(found, cls, scores, full_costs)
                for key, found in standing_for.items()
                if found is not None
            }
            settled |= dict.fromkeys(holders, Seat.TIED) | _seat_ranked(ranked, caps[cls.name])
    return settled


def _best_instruments(
    cls: AgreementClass, facts: Mapping[str, Facts], scores: Mapping[str, float]
) -> Mapping[str, Facts]:
    """Return the best scored instrument of each relationship in a class; it stands for its seat."""
    scored = (f for f in facts.values() if f.is_scored and f.judged_as == cls)
    ordered = sorted(
        scored, key=lambda f: (scores[f.agreement.agreement_id], f.agreement.agreement_id)
    )
    return {relationship_key(found.agreement): found for found in ordered}


Precedence = tuple[float, bool, float, float]  # the greater goes first


def _precedence(
    best: Facts,
    cls: AgreementClass,
    scores: Mapping[str, float],
    full_costs: Mapping[str, float | None],
) -> Precedence:
    """Return what ranks a seat: score, then no defect, higher record, lower full cost.

    A cost that is not on record settles nothing in its favour.
    """
    record = sub_score(best.ratings, cls.weights, fit=False)
    cost = full_costs.get(best.agreement.agreement_id)
    return (
        scores[best.agreement.agreement_id],
        not counted(best.defects),
        -1.0 if record is None else record,
        float("-inf") if cost is None else -cost,
    )


def _seat_ranked(ranked: Mapping[str, Precedence], cap: int) -> dict[str, Seat]:
    """Return the seats of those that are ranked: held, tied at the cap, or beyond it."""
    found: dict[str, Seat] = {}
    for key, own in ranked.items():
        better = sum(other > own for other in ranked.values())
        equal = sum(other == own for other in ranked.values())
        is_tied = better + equal > cap
        found[key] = Seat.OVER if better >= cap else Seat.TIED if is_tied else Seat.HOLDS
    return found
