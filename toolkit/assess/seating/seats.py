"""What the review means for the seats under the cap, and which seats lie over that of a class.

Source: domain, section 4, Seats. Only a cap by class can be exceeded agreement by agreement, for
scores of two classes are not comparable. Over the cap means that council decides, never Sunset.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from toolkit.assess.record.relationships import by_age, holds_seat, is_inside, relationship_key
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.criteria import sub_score
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.model.decisions import Seating, find_word
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Seat

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
) -> Table[SeatOf]:
    """Return what each agreement means for the seats; one seat a relationship.

    Parameters
    ----------
    full_costs
        The year's full cost by agreement; it settles exact ties at the cap of a class.
    """
    agreements = portfolio.rows(Agreement)
    words = {a.agreement_id: str(review[a.agreement_id].decision) for a in agreements}
    seats = _settle_caps(_seat_each(agreements, policy, words), policy, facts, full_costs)
    in_country = _relationships_by_country(portfolio)
    rows = (
        SeatOf(
            agreement_id=a.agreement_id,
            decision=seats[a.agreement_id],
            reason=_reason(a, seats[a.agreement_id], words[a.agreement_id]),
            partner=portfolio.labels[a.agreement_id],
            relationship=a.relationship_id,
            classification=a.classification,
            country=a.country,
            in_country=in_country[a.country],
            cells=a.cells("classification", "status"),
        )
        for a in agreements
    )
    return Table(SeatOf, rows)


def _seat_each(
    agreements: Iterable[Agreement], policy: Policy, words: Mapping[str, str]
) -> dict[str, Seat]:
    """Return each seat before the caps; of a relationship the oldest in the framework holds it."""
    taken: set[str] = set()
    seats: dict[str, Seat] = {}
    for agreement in sorted(agreements, key=lambda a: (not is_inside(a, policy), by_age(a))):
        seat = _seat(agreement, words[agreement.agreement_id], policy)
        if seat == Seat.HOLDS and relationship_key(agreement) in taken:
            seat = Seat.FOLDED
        if seat == Seat.HOLDS:
            taken.add(relationship_key(agreement))
        seats[agreement.agreement_id] = seat
    return seats


def _relationships_by_country(portfolio: Portfolio) -> Mapping[str, int]:
    rows = filter(is_reviewed, portfolio.rows(Agreement))
    return Counter(country for country, _ in {(a.country, relationship_key(a)) for a in rows})


def _seat(agreement: Agreement, decision: str, policy: Policy) -> Seat:
    wanted = find_word(decision).seat
    if not is_reviewed(agreement) or wanted is Seating.GIVES_UP:
        return Seat.NONE
    if wanted is Seating.FOLDED:
        return Seat.FOLDED
    cls = policy.class_named(agreement.classification)
    if cls is not None:
        return Seat.HOLDS if cls.seats else Seat.NONE
    return Seat.ASKS if wanted is Seating.ASKS else Seat.NONE


def _reason(agreement: Agreement, seat: Seat, decision: str) -> str:
    if seat == Seat.NONE and find_word(decision).seat is Seating.GIVES_UP:
        return f"{decision}: it gives its seat up, or needs none."
    if not is_reviewed(agreement):
        return f"Its status is {agreement.status}."
    return REASONS[seat]


def _settle_caps(
    seats: Mapping[str, Seat],
    policy: Policy,
    facts: Mapping[str, Facts],
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
            best = _best_instruments(cls, facts)
            standing_for = {
                key: best.get(relationship_key(facts[key].agreement)) for key in holders
            }
            ranked = {
                key: _precedence(found, cls, full_costs)
                for key, found in standing_for.items()
                if found is not None
            }
            settled |= dict.fromkeys(holders, Seat.TIED) | _seat_ranked(ranked, caps[cls.name])
    return settled


def _best_instruments(cls: AgreementClass, facts: Mapping[str, Facts]) -> Mapping[str, Facts]:
    """Return the best scored instrument of each relationship in a class; it stands for its seat."""
    scored = (f for f in facts.values() if f.is_scored and f.judged_as == cls)
    ordered = sorted(scored, key=lambda f: (f.at(f.score), f.agreement.agreement_id))
    return {relationship_key(found.agreement): found for found in ordered}


Precedence = tuple[float, bool, float, float]  # the greater goes first


def _precedence(
    best: Facts, cls: AgreementClass, full_costs: Mapping[str, float | None]
) -> Precedence:
    """Return what ranks a seat: score, then no defect, higher record, lower full cost.

    A cost that is not on record settles nothing in its favour.
    """
    record = sub_score(best.ratings, cls.weights, fit=False)
    cost = full_costs.get(best.agreement.agreement_id)
    return (
        best.at(best.score),
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


@result(key="as_of", serves=("F3",))
class SeatCount(Result):
    """The seats arithmetic of one day; what is free or short is not known without a cap."""

    as_of: str = out("As of")
    cap: int | None = out("Cap", fmt=Format.COUNT)
    today: int = out(
        "Held today", "Relationships that hold one until people decide.", fmt=Format.COUNT
    )
    held: int = out("Held as proposed", "If what is proposed is adopted.", fmt=Format.COUNT)
    asking: int = out("Ask for one", fmt=Format.COUNT)
    folded: int = out("Folded into another", fmt=Format.COUNT)
    free: int | None = out("Free", fmt=Format.COUNT)
    short: int | None = out(
        "Short", "Seats missing if all that ask were given one.", fmt=Format.COUNT
    )


def count_seats(
    portfolio: Portfolio, policy: Policy, seats: Table[SeatOf], *, as_of: date
) -> Table[SeatCount]:
    """Return the seats arithmetic: one row, with counts."""
    rows = portfolio.rows(Agreement)
    today = len({relationship_key(a) for a in rows if holds_seat(a, policy, as_of=as_of)})
    counts, cap = Counter(row.decision for row in seats), policy.cap.total
    held, asking, folded = sum(counts[s] for s in HELD), counts[Seat.ASKS], counts[Seat.FOLDED]
    count = SeatCount(
        as_of=as_of.isoformat(),
        decision="counts only",
        reason=_sentence(cap, today, held, asking, folded),
        cap=cap,
        today=today,
        held=held,
        asking=asking,
        folded=folded,
        free=None if cap is None else max(cap - held, 0),
        short=None if cap is None else max(held + asking - cap, 0),
        cells="; ".join(row.cells for row in seats if row.decision != Seat.NONE),
    )
    return Table(SeatCount, [count])


def free_seats(
    policy: Policy, seats: Table[SeatOf], counts: Table[SeatCount]
) -> Mapping[str, int | None]:
    """Return the seats that are free for each class; None where there is no cap."""
    total, own = counts.rows[0].free, policy.cap.by_class or {}
    held = Counter(row.classification for row in seats if row.decision in HELD)
    free = {name: max(cap - held[name], 0) for name, cap in own.items()}
    if total is not None:
        free = {name: min(total, left) for name, left in free.items()}
    return {cls.name: free.get(cls.name, total) for cls in policy.classes}


def _sentence(cap: int | None, today: int, held: int, asking: int, folded: int) -> str:
    of_cap = f" of {cap}" if cap is not None else ""
    rest = f"{asking} more ask for one, {folded} folded into another"
    if today == held:
        return f"{held}{of_cap} seats are held, {rest}."
    return f"{today}{of_cap} seats are held today; as proposed {held} would be held, {rest}."
