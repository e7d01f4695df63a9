"""How the money and the seats are split over the classes; scores of two are not comparable.

Source: domain, section 7: the selection runs within one class; the policy splits what is
available, by default in proportion to planning cost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.assess.resources.candidates import Asking, rankable
from toolkit.assess.resources.selection import CENTS, Candidate, seats_of, whole_cents
from toolkit.model.policy import Policy
from toolkit.model.results import Table
from toolkit.model.rows import joined
from toolkit.model.vocabulary import Claim

ALL = "all classes"
RECOMMENDED = (Claim.KEPT, Claim.RANKED, Claim.NO_COST, Claim.NO_SCORE)


@dataclass(frozen=True)
class Contest:
    """What competes for the money of one class.

    Attributes
    ----------
    members
        The agreements of the class under review.
    ranked
        Those that take part in a selection.
    money
        The share of the class, rounded down to the cent; None where what is available is not known.
    seats
        The seats of the class; None is no limit.
    currency
        Of all its amounts.
    """

    agreement_class: str
    members: Table[Asking]
    ranked: tuple[Candidate, ...]
    money: float | None
    seats: int | None
    currency: str

    @property
    def recommended(self) -> Table[Asking]:
        """The members that the review does not give up."""
        return _recommended(self.members)

    @property
    def year(self) -> int:
        """The year planned."""
        return self.members.rows[0].year

    @property
    def rate_year(self) -> str:
        """The year of the rate that prices its days of staff; blank where there is no rate."""
        return self.members.rows[0].rate_year

    @property
    def names(self) -> Mapping[str, str]:
        """How each agreement of the class is called."""
        return {row.agreement_id: row.partner for row in self.members}

    def called(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return how these agreements of the class are called, in their order."""
        names = self.names
        return tuple(names[key] for key in keys)

    @property
    def cells(self) -> str:
        """Where its agreements stand in the workbook."""
        return joined(row.cells for row in self.members)

    @property
    def blocked(self) -> tuple[str, ...]:
        """What must be kept and has no cost on record: what is left for others is not known."""
        kept = self.members.where(lambda row: row.must_keep and row.decision == Claim.NO_COST)
        return tuple(row.partner for row in kept)


def find_contests(
    candidates: Table[Asking], policy: Policy, *, money: float | None
) -> tuple[Contest, ...]:
    """Return the contest of each class that has agreements, in the order of the policy."""
    groups = {
        cls.name: [row for row in candidates if row.agreement_class == cls.name]
        for cls in policy.classes
    }
    members = {name: Table(Asking, rows) for name, rows in groups.items() if rows}
    shares, seats = split_money(members, policy), split_seats(members, policy)
    return tuple(
        Contest(
            agreement_class=name,
            members=asking,
            ranked=rankable(asking),
            money=None if money is None else whole_cents(money * shares[name]) / CENTS,
            seats=seats[name],
            currency=policy.programme.currency,
        )
        for name, asking in members.items()
    )


def _recommended(members: Table[Asking]) -> Table[Asking]:
    return members.where(lambda row: row.decision in RECOMMENDED)


def split_money(members: Mapping[str, Table[Asking]], policy: Policy) -> Mapping[str, float]:
    """Return the share of each class, 0 to 1: the policy's, else by planning cost."""
    if policy.money.by_class is not None:
        return {name: policy.money.by_class.get(name, 0.0) / 100 for name in members}
    costs = {name: _planned(rows) for name, rows in members.items()}
    total = sum(costs.values())
    return {name: cost / total if total else 0.0 for name, cost in costs.items()}


def _planned(members: Table[Asking]) -> float:
    """Return what the recommended agreements are known to cost."""
    return round(sum(r.cost for r in _recommended(members) if r.cost is not None), 2)


def split_seats(members: Mapping[str, Table[Asking]], policy: Policy) -> Mapping[str, int | None]:
    """Return the seats of each class: its own cap, else its part of the total cap.

    The total, less what the policy gives to a class, is split over the others in proportion to
    the seats their recommended agreements take, by the largest remainder; equal remainders go to
    the class with more, then to the one that the policy lists first. None is no limit.
    """
    own = policy.cap.by_class or {}
    seated = [cls.name for cls in policy.classes if cls.seats and cls.name in members]
    seats = {name: own.get(name) if name in seated else None for name in members}
    rest = [name for name in seated if name not in own]
    if policy.cap.total is None or not rest:
        return seats
    left = max(policy.cap.total - sum(own.values()), 0)
    asked = {name: seats_of(rankable(members[name])) for name in rest}
    return {**seats, **largest_remainder(asked, left)}


def largest_remainder(asked: Mapping[str, int], seats: int) -> Mapping[str, int]:
    """Return whole seats in proportion to what is asked.

    >>> largest_remainder({"Partnership": 8, "Friendship": 3}, 10)
    {'Partnership': 7, 'Friendship': 3}
    """
    total = sum(asked.values())
    if not total:
        return dict.fromkeys(asked, seats)
    given = {name: seats * count // total for name, count in asked.items()}
    over = sorted(asked, key=lambda name: (-(seats * asked[name] % total), -asked[name]))
    for name in over[: seats - sum(given.values())]:
        given[name] += 1
    return given
