"""What each seat moved from one class to another would gain and lose, and who is near the cap.

Source: domain, section 4, Seats. Scores of two classes are not comparable, so nothing is netted.
"""

from collections.abc import Sequence
from itertools import permutations

import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.model.policy import Policy
from toolkit.model.vocabulary import Recommendation, Seat

COLUMNS = ("step", "decision", "reason", "gives", "gets", "loses", "gains", "cells")
CHOICES = ("group", "decision", "reason", "judged_as", "agreements", "cells")


def find_exchange(
    policy: Policy, ranks: pd.DataFrame, seats: pd.DataFrame, review: pd.DataFrame
) -> pd.DataFrame:
    """Return the exchange of seats between classes, one row a seat moved.

    Returns
    -------
    DataFrame by step: decision (people decide), reason, gives and gets (classes), loses (the
    lowest ranked agreements that would give up their seats, with their scores), gains (the highest
    ranked that ask for one), cells. Empty without a total cap, where the cap is split by class, or
    where nobody scored asks for a seat.
    """
    if policy.cap.total is None or policy.cap.by_class:
        return make_result((), COLUMNS, "step")
    names = [cls.name for cls in policy.classes if cls.seats]
    kept = review.index[review.decision == Recommendation.KEEP_BY_DIRECTION]
    ranks = ranks.drop(index=ranks.index.intersection(kept))  # people chose to keep these
    records = [
        _step(number, gives, gets, loses, gains)
        for gives, gets in permutations(names, 2)
        for number, (loses, gains) in enumerate(
            zip(
                _seated(ranks, seats, gives, Seat.HOLDS)[::-1],
                _seated(ranks, seats, gets, Seat.ASKS),
                strict=False,
            ),
            start=1,
        )
    ]
    return make_result(records, COLUMNS, "step")


def _seated(ranks: pd.DataFrame, seats: pd.DataFrame, name: str, seat: Seat) -> list[tuple]:
    """Return the ranked agreements of a class whose relationship has this seat, best first."""
    relationships = set(seats.relationship[seats.decision == seat])
    rows = [
        row
        for row in ranks.itertuples()
        if row.judged_as == name and seats.relationship[row.Index] in relationships
    ]
    return sorted(rows, key=lambda row: (row.rank, row.Index))


def _step(number: int, gives: str, gets: str, loses: tuple, gains: tuple) -> dict[str, object]:
    return {
        "step": f"{gives} to {gets}, seat {number}",
        "decision": "people decide",
        "reason": (
            f"It gains {gains.partner} ({gains.mean:.0f} of 100 as {gets}) and loses "
            f"{loses.partner} ({loses.mean:.0f} of 100 as {gives})."
        ),
        "gives": gives,
        "gets": gets,
        "loses": f"{loses.partner}, {loses.mean:.0f}",
        "gains": f"{gains.partner}, {gains.mean:.0f}",
        "cells": joined([loses.cells, gains.cells]),
    }


def find_choices(policy: Policy, ranks: pd.DataFrame, seats: pd.DataFrame) -> pd.DataFrame:
    """Return the groups at the cap of a class among which people must choose.

    Returns
    -------
    DataFrame by group: decision (council decides), reason, judged_as, agreements (names), cells:
    those over the cap, those tied, and those that the draws put now on this side of the cap, now
    on the other.
    """
    records = []
    for name, cap in (policy.cap.by_class or {}).items():
        around = [
            row
            for row in ranks.itertuples()
            if row.judged_as == name and row.lowest <= cap < row.highest
        ]
        if around:
            records.append(_contested(name, int(cap), around))
        records += [
            _group(name, seat, seats)
            for seat in (Seat.OVER, Seat.TIED)
            if (seats.decision[seats.classification == name] == seat).any()
        ]
    return make_result(records, CHOICES, "group")


def _contested(name: str, cap: int, rows: Sequence[tuple]) -> dict[str, object]:
    return {
        "group": f"{name}: contested around the cap of {cap}",
        "decision": "council decides",
        "reason": "The draws put each of them now within the cap, now beyond it: one group.",
        "judged_as": name,
        "agreements": tuple(sorted(row.partner for row in rows)),
        "cells": joined(row.cells for row in rows),
    }


def _group(name: str, seat: Seat, seats: pd.DataFrame) -> dict[str, object]:
    rows = seats[(seats.classification == name) & (seats.decision == seat)]
    return {
        "group": f"{name}: {seat}",
        "decision": "council decides",
        "reason": rows.reason.iloc[0],
        "judged_as": name,
        "agreements": tuple(sorted(rows.partner)),
        "cells": joined(rows.cells),
    }
