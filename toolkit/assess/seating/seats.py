"""What the review means for the seats under the cap."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.assess.record.relationships import by_age, holds_seat, is_inside, relationship_key
from toolkit.assess.record.results import make_result
from toolkit.assess.review.facts import Facts
from toolkit.assess.seating.caps import settle_caps
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Recommendation, Renewal, Seat

GIVE_UP = {
    Recommendation.SUNSET,
    Recommendation.TRANSFER,
    Recommendation.LAPSED,
    Recommendation.REGISTER,
    Renewal.CONCLUDE,
}
ASK = {Recommendation.CLASS_FIRST, Recommendation.RECLASSIFY, Recommendation.TOO_EARLY}
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


def assign_seats(
    portfolio: Portfolio,
    policy: Policy,
    review: pd.DataFrame,
    facts: Mapping[str, Facts],
    full_costs: Mapping[str, float | None],
) -> pd.DataFrame:
    """Return what each agreement means for the seats; one seat a relationship.

    Parameters
    ----------
    full_costs
        The year's full cost by agreement; it settles exact ties at the cap of a class.

    Returns
    -------
    DataFrame by agreement_id: decision (a `Seat`), reason, partner, relationship, classification,
    country, in_country (relationships under review with that country, for note), cells.
    """
    taken: set[str] = set()
    seats: dict[str, Seat] = {}
    agreements = list(portfolio.rows(Agreement))
    ordered = sorted(agreements, key=lambda a: (not is_inside(a, policy), by_age(a)))
    for agreement in ordered:
        seat = _seat(agreement, review.decision[agreement.agreement_id], policy)
        if seat == Seat.HOLDS and relationship_key(agreement) in taken:
            seat = Seat.FOLDED
        if seat == Seat.HOLDS:
            taken.add(relationship_key(agreement))
        seats[agreement.agreement_id] = seat
    seats = settle_caps(seats, policy, facts, full_costs)
    in_country = _relationships_by_country(portfolio)
    records = [
        {
            "agreement_id": a.agreement_id,
            "decision": seats[a.agreement_id],
            "reason": _reason(a, seats[a.agreement_id], review.decision[a.agreement_id]),
            "partner": portfolio.labels[a.agreement_id],
            "relationship": a.relationship_id,
            "classification": a.classification,
            "country": a.country,
            "in_country": in_country[a.country],
            "cells": a.cells("classification", "status"),
        }
        for a in agreements
    ]
    columns = (
        "agreement_id", "decision", "reason", "partner", "relationship", "classification",
        "country", "in_country", "cells",
    )  # fmt: skip
    return make_result(records, columns, "agreement_id")


def _relationships_by_country(portfolio: Portfolio) -> Mapping[str, int]:
    rows = filter(is_reviewed, portfolio.rows(Agreement))
    return Counter(country for country, _ in {(a.country, relationship_key(a)) for a in rows})


def _seat(agreement: Agreement, decision: str, policy: Policy) -> Seat:
    if not is_reviewed(agreement) or decision in GIVE_UP:
        return Seat.NONE
    if decision == Recommendation.FOLD_IN:
        return Seat.FOLDED
    cls = policy.class_named(agreement.classification)
    if cls is not None:
        return Seat.HOLDS if cls.seats else Seat.NONE
    return Seat.ASKS if decision in ASK else Seat.NONE


def _reason(agreement: Agreement, seat: Seat, decision: str) -> str:
    if seat == Seat.NONE and decision in GIVE_UP:
        return f"{decision}: it gives its seat up, or needs none."
    if not is_reviewed(agreement):
        return f"Its status is {agreement.status}."
    return REASONS[seat]


def count_seats(
    portfolio: Portfolio, policy: Policy, seats: pd.DataFrame, *, as_of: date
) -> pd.DataFrame:
    """Return the seats arithmetic: one row, with counts; `free` and `short` are None without cap.

    Returns
    -------
    DataFrame with one row indexed by as_of: decision, reason, cap, today (relationships that hold
    one until people decide), held (if what is proposed is adopted), asking, folded, free, short
    (seats missing if all that ask were given one), cells.
    """
    rows = portfolio.rows(Agreement)
    today = len({relationship_key(a) for a in rows if holds_seat(a, policy, as_of=as_of)})
    held, asking, folded = (
        int(seats.decision.isin(kinds).sum()) for kinds in (HELD, [Seat.ASKS], [Seat.FOLDED])
    )
    cap = policy.cap.total
    record = {
        "as_of": as_of.isoformat(),
        "decision": "counts only",
        "reason": _sentence(cap, today, held, asking, folded),
        "cap": cap,
        "today": today,
        "held": held,
        "asking": asking,
        "folded": folded,
        "free": None if cap is None else max(cap - held, 0),
        "short": None if cap is None else max(held + asking - cap, 0),
        "cells": "; ".join(seats.cells[seats.decision != Seat.NONE]),
    }
    return make_result([record], tuple(record), "as_of")


def free_seats(
    policy: Policy, seats: pd.DataFrame, counts: pd.DataFrame
) -> Mapping[str, int | None]:
    """Return the seats that are free for each class; None where there is no cap."""
    total, own = counts.free.item(), policy.cap.by_class or {}
    held = Counter(seats.classification[seats.decision.isin(HELD)])
    free = {
        name: [total] * (total is not None) + [max(int(cap) - held[name], 0)]
        for name, cap in own.items()
    }
    return {c.name: min(free[c.name]) if c.name in free else total for c in policy.classes}


def _sentence(cap: int | None, today: int, held: int, asking: int, folded: int) -> str:
    of_cap = f" of {cap}" if cap is not None else ""
    rest = f"{asking} more ask for one, {folded} folded into another"
    if today == held:
        return f"{held}{of_cap} seats are held, {rest}."
    return f"{today}{of_cap} seats are held today; as proposed {held} would be held, {rest}."
