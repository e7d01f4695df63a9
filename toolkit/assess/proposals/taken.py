"""What people decided at a decision point, as far as it was known on the day.

Source: domain, sections 1 and 4: the toolkit proposes, people decide, and both are shown.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from toolkit.assess.record.activity import known_by
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import DecisionPoint, Finding

TAKEN_COLUMNS = ("decided", "decided_reason", "decided_by", "decided_on", "agrees")


def decisions_taken(
    portfolio: Portfolio, policy: Policy, point: DecisionPoint, *, as_of: date
) -> Mapping[str, tuple]:
    """Return the latest row of the Decisions sheet at one decision point, by its subject."""
    known = [
        row
        for row in portfolio.rows("Decisions")
        if row.decision_point == point and _was_known(row, policy, as_of)
    ]
    return {row.subject_id: row for row in sorted(known, key=_when)}


def latest(rows: Iterable[tuple | None]) -> tuple | None:
    """Return the latest of several decisions, or nothing."""
    return max(filter(None, rows), key=_when, default=None)


def beside(taken: tuple | None, proposed: str) -> dict[str, object]:
    """Return what people decided, and whether it is what the rules propose: yes or no."""
    if taken is None:
        return {}
    same = taken.decision.casefold() == proposed.casefold()
    return {
        "decided": taken.decision,
        "decided_reason": taken.reason_code,
        "decided_by": taken.decided_by,
        "decided_on": taken.decided_on,
        "agrees": Finding.MET if same else Finding.NOT_MET,
    }


def _was_known(row: tuple, policy: Policy, as_of: date) -> bool:
    if row.decided_on is None:
        return row.year <= policy.year_of(as_of)
    return known_by(row.decided_on, as_of) is not None


def _when(row: tuple) -> tuple[int, date]:
    return row.year, row.decided_on.first if row.decided_on else date.min
