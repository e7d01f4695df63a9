"""How many seats are held: today, as proposed, and with every motion adopted; each against the cap.

Source: domain, section 4, Seats. It is the one statement of seats: the scorecard, the sentences and
the tables of every page take their figures from it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.seating.seats import HELD, SeatOf
from toolkit.model.policy import Policy
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.text import listed
from toolkit.model.told import Told, fact, tell, told_together
from toolkit.model.vocabulary import Evidence, ReviewWord, Seat


@result(key="as_of", serves=("F3",))
class SeatCount(Result):
    """The seats arithmetic of one day; what is free or short is not known without a cap."""

    as_of: str = out("As of")
    cap: int | None = out("Cap", fmt=Format.COUNT)
    today: int = out("Held today", "A lapsed one holds none.", fmt=Format.COUNT)
    given_up: int = out("Given up", "Of those, as proposed.", fmt=Format.COUNT)
    proposed: int = out(
        "Held as proposed",
        "Those not given up, and those classed without a condition.",
        fmt=Format.COUNT,
    )
    adopted: int = out(
        "Held with all motions adopted",
        "Those as proposed, those classed on condition, and what may proceed or be signed.",
        fmt=Format.COUNT,
    )
    provisional: int = out(
        "Provisional, as proposed",
        "Of those as proposed, what rests on a fact that is missing.",
        fmt=Format.COUNT,
    )
    adopted_provisional: int = out(
        "Provisional, all adopted", "Of those with all motions adopted.", fmt=Format.COUNT
    )
    asking: int = out("Ask for one", fmt=Format.COUNT)
    folded: int = out("Folded into another", fmt=Format.COUNT)
    free: int | None = out("Free", "As proposed.", fmt=Format.COUNT)
    short: int | None = out(
        "Short", "Seats missing if all that ask were given one.", fmt=Format.COUNT
    )
    waiting: tuple[str, ...] = out(
        "Would take one", "With all motions adopted, beside those as proposed.", fmt=Format.LIST
    )


@dataclass(frozen=True)
class Seats:
    """The relationships that hold a seat, at each of the three counts, and what is provisional."""

    today: frozenset[str]
    kept: frozenset[str]  # held as proposed by what holds one today
    classed: frozenset[str]  # as proposed, to be classed without a condition
    on_condition: frozenset[str]
    provisional: frozenset[str]

    @property
    def proposed(self) -> frozenset[str]:
        """Those held as proposed."""
        return self.kept | self.classed


def find_seats(policy: Policy, review: Table[Reviewed], seats: Table[SeatOf]) -> Seats:
    """Return which relationships hold a seat today, as proposed, and on condition.

    A class on condition, or one that rests on a missing fact, takes its seat only with all motions.
    """
    asking = [row for row in seats if row.decision == Seat.ASKS]
    named = [row for row in asking if _gets_a_seat(review[row.agreement_id], policy)]
    sure = [row for row in named if not _waits(review[row.agreement_id])]
    kept = _relationships(row for row in seats if row.decision in HELD)
    classed = _relationships(sure)
    return Seats(
        today=held_today(seats),
        kept=kept,
        classed=classed,
        on_condition=_relationships(named) - classed - kept,
        provisional=_relationships(
            row
            for row in seats
            if review[row.agreement_id].evidence == Evidence.PROVISIONAL
            and (row.decision in HELD or row in named)
        ),
    )


def held_today(seats: Table[SeatOf]) -> frozenset[str]:
    """Return the relationships that hold a seat today, in lower case."""
    return _relationships(row for row in seats if row.today)


def _names(
    review: Table[Reviewed], seats: Table[SeatOf], relationships: frozenset[str]
) -> Iterator[str]:
    for row in seats:
        if row.decision == Seat.ASKS and _relationships([row]) <= relationships:
            yield review[row.agreement_id].partner


def _gets_a_seat(proposed: Reviewed, policy: Policy) -> bool:
    cls = policy.class_named(proposed.proposed_class or "")
    return proposed.decision == ReviewWord.RECLASSIFY and cls is not None and cls.seats


def _waits(proposed: Reviewed) -> bool:
    return bool(proposed.conditions) or proposed.evidence == Evidence.PROVISIONAL


def _relationships(rows: Iterable[SeatOf]) -> frozenset[str]:
    return frozenset((row.relationship or row.agreement_id).casefold() for row in rows)


def count_seats(
    policy: Policy,
    review: Table[Reviewed],
    seats: Table[SeatOf],
    coming: Mapping[str, bool],
    *,
    as_of: date,
) -> Table[SeatCount]:
    """Return the seats arithmetic: one row, with counts.

    Parameters
    ----------
    coming
        The proposals that may proceed and the drafts that may be signed, by name, of those that
        need a seat of their own; whether each rests on a fact that is missing.
    """
    found, cap = find_seats(policy, review, seats), policy.cap.total
    places, proposed = Counter(row.decision for row in seats), len(found.proposed)
    provisional = len(found.provisional & found.proposed)
    waiting = len(found.provisional & found.on_condition) + sum(coming.values())
    asking = places[Seat.ASKS]
    wanted = proposed + asking - len(found.classed)
    count = SeatCount(
        as_of=as_of.isoformat(),
        decision="counts only",
        reason="",
        cap=cap,
        today=len(found.today),
        given_up=len(found.today - found.kept),
        proposed=proposed,
        adopted=proposed + len(found.on_condition) + len(coming),
        provisional=provisional,
        adopted_provisional=provisional + waiting,
        asking=asking,
        folded=places[Seat.FOLDED],
        free=None if cap is None else max(cap - proposed, 0),
        short=None if cap is None else max(wanted - cap, 0),
        waiting=(*_names(review, seats, found.on_condition), *coming),
        cells="; ".join(row.cells for row in seats if row.decision != Seat.NONE),
    )
    return Table(SeatCount, [replace(count, reason=tell_seats(count))])


def free_seats(
    policy: Policy, review: Table[Reviewed], seats: Table[SeatOf]
) -> Mapping[str, int | None]:
    """Return the seats that are free for each class as proposed; None where there is no cap."""
    found, own = find_seats(policy, review, seats), policy.cap.by_class or {}
    total = None if policy.cap.total is None else max(policy.cap.total - len(found.proposed), 0)
    held = Counter(row.classification for row in seats if row.decision in HELD)
    held += Counter(
        review[row.agreement_id].proposed_class or ""
        for row in seats
        if row.decision == Seat.ASKS and _relationships([row]) <= found.classed
    )
    free = {name: max(cap - held[name], 0) for name, cap in own.items()}
    if total is not None:
        free = {name: min(total, left) for name, left in free.items()}
    return {cls.name: free.get(cls.name, total) for cls in policy.classes}


def tell_seats(count: SeatCount) -> Told:
    """Return the three counts in words, each against the cap, and what of them is provisional.

    >>> tell_seats(SeatCount(as_of="2025-12-31", decision="", reason="", cap=10, today=13,
    ...     given_up=4, proposed=9, adopted=12, provisional=0, adopted_provisional=0, asking=3,
    ...     folded=1, free=1, short=2, waiting=("A", "B", "C")))
    '13 of 10 seats are held today; as proposed 9 of 10 would be, with all motions adopted 12 of \
10. 3 ask for one; 1 share that of another. From 9 to 12 by: A, B and C; 1 seat is free for them.'
    """
    told = [
        tell(
            "{today} seats are held today; as proposed {proposed} would be, with all motions "
            "adopted {adopted}. {asking} ask for one; {folded} share that of another.",
            today=of_cap("seats.today", count.today, count.cap),
            proposed=of_cap("seats.proposed", count.proposed, count.cap),
            adopted=of_cap("seats.adopted", count.adopted, count.cap),
            asking=fact("seats.asking", count.asking),
            folded=fact("seats.folded", count.folded),
        )
    ]
    if count.waiting:
        free = "" if count.free is None else _free(count.free)
        told.append(
            tell(
                "From {proposed} to {adopted} by: {names}{free}.",
                proposed=fact("seats.proposed", count.proposed),
                adopted=fact("seats.adopted", count.adopted),
                names=listed(count.waiting),
                free=free,
            )
        )
    if count.adopted_provisional:
        told.append(
            tell(
                "Provisional, for want of a fact: {few} of those as proposed, {more} of those with "
                "all motions.",
                few=fact("seats.provisional", count.provisional, of="as proposed"),
                more=fact("seats.provisional", count.adopted_provisional, of="all adopted"),
            )
        )
    return told_together(told, " ")


def _free(free: int) -> Told:
    words = "{free} seat is" if free == 1 else "{free} seats are"
    return tell(f"; {words} free for them", free=fact("seats.free", free))


def of_cap(name: str, value: int, cap: int | None) -> Told:
    """Return a count of seats, against the cap where there is one."""
    held = fact(name, value)
    return held if cap is None else tell("{held} of {cap}", held=held, cap=fact("seats.cap", cap))
