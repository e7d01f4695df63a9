"""What each seat moved from one class to another would gain and lose, and who is near the cap.

Source: domain, section 4, Seats. Scores of two classes are not comparable, so nothing is netted.
"""

from collections.abc import Sequence
from itertools import permutations

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.ranks import Ranked
from toolkit.assess.seating.seats import SeatOf
from toolkit.model.policy import Policy
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.told import fact, tell
from toolkit.model.vocabulary import ReviewWord, Seat

AROUND = "{name}: contested around the cap of {cap}"
DRAWS = "The draws put each of them now within the cap, now beyond it: one group."


@result(key="step")
class SeatMove(Result):
    """One seat moved from one class to another."""

    step: str = out("Step", "From which class to which, and the number of the seat.")
    gives: str = out("Class that gives")
    gets: str = out("Class that gets")
    loses: str = out("Loses", "The lowest ranked that would give up its seat, with its score.")
    gains: str = out("Gains", "The highest ranked that asks for one, with its score.")


def find_exchange(
    policy: Policy, ranks: Table[Ranked], seats: Table[SeatOf], review: Table[Reviewed]
) -> Table[SeatMove]:
    """Return the exchange of seats between classes, one row a seat moved.

    Empty without a total cap, where the cap is split by class, or where nobody scored asks for a
    seat.
    """
    if policy.cap.total is None or policy.cap.by_class:
        return Table(SeatMove)
    names = [cls.name for cls in policy.classes if cls.seats]
    free = ranks.where(  # people chose to keep the others
        lambda row: review[row.agreement_id].decision != ReviewWord.KEEP_BY_DIRECTION
    )
    return Table(
        SeatMove,
        (
            _move(number, gives, gets, loses, gains)
            for gives, gets in permutations(names, 2)
            for number, (loses, gains) in enumerate(
                zip(
                    _seated(free, seats, gives, Seat.HOLDS)[::-1],
                    _seated(free, seats, gets, Seat.ASKS),
                    strict=False,
                ),
                start=1,
            )
        ),
    )


def _seated(ranks: Table[Ranked], seats: Table[SeatOf], name: str, seat: Seat) -> list[Ranked]:
    """Return the ranked agreements of a class whose relationship has this seat, best first."""
    relationships = {row.relationship for row in seats if row.decision == seat}
    rows = [
        row
        for row in ranks
        if row.judged_as == name and seats[row.agreement_id].relationship in relationships
    ]
    return sorted(rows, key=lambda row: (row.rank, row.agreement_id))


def _move(number: int, gives: str, gets: str, loses: Ranked, gains: Ranked) -> SeatMove:
    return SeatMove(
        step=f"{gives} to {gets}, seat {number}",
        decision="people decide",
        reason=f"It gains {gains.partner} ({gains.mean:.0f} of 100 as {gets}) and loses "
        f"{loses.partner} ({loses.mean:.0f} of 100 as {gives}).",
        gives=gives,
        gets=gets,
        loses=f"{loses.partner}, {loses.mean:.0f}",
        gains=f"{gains.partner}, {gains.mean:.0f}",
        cells=joined([loses.cells, gains.cells]),
    )


@result(key="group")
class CapChoice(Result):
    """One group at the cap of a class among which people must choose."""

    group: str = out("Group", "Those over the cap, those tied at it, or those contested around it.")
    judged_as: str = out("Class")
    agreements: tuple[str, ...] = out("Agreements", "By name.", fmt=Format.LIST)


def find_choices(policy: Policy, ranks: Table[Ranked], seats: Table[SeatOf]) -> Table[CapChoice]:
    """Return the groups at the cap of a class among which people must choose.

    Contested are those that the draws put now on this side of the cap, now on the other.
    """
    found: list[CapChoice] = []
    for name, cap in (policy.cap.by_class or {}).items():
        around = [r for r in ranks if r.judged_as == name and r.lowest <= cap < r.highest]
        if around:
            around_cap = tell(AROUND, name=name, cap=fact("seats.cap", cap, of=name))
            found.append(_choice(around_cap, DRAWS, name, around))
        for seat in (Seat.OVER, Seat.TIED):
            group = [r for r in seats if r.classification == name and r.decision == seat]
            if group:
                found.append(_choice(f"{name}: {seat}", group[0].reason, name, group))
    return Table(CapChoice, found)


def _choice(group: str, reason: str, name: str, rows: Sequence[SeatOf | Ranked]) -> CapChoice:
    return CapChoice(
        group=group,
        decision="council decides",
        reason=reason,
        judged_as=name,
        agreements=tuple(sorted(row.partner for row in rows)),
        cells=joined(row.cells for row in rows),
    )
