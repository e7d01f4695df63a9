"""Which decisions people took still bind the review."""

from collections.abc import Mapping
from datetime import date

from toolkit.assess.results import grouped
from toolkit.model.dates import add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import DecisionPoint, Recommendation

BINDING = (Recommendation.KEEP_BY_DIRECTION, Recommendation.SUNSET, Recommendation.TRANSFER)
POINTS = (DecisionPoint.REVIEW, DecisionPoint.D3)


def decisions_in_force(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Mapping[str, tuple]:
    """Return the latest unexpired review or D3 decision of each agreement that binds it.

    A blank expiry is the last day of the next reporting year; Sunset and Transfer run until the
    status changes.
    """
    found: dict[str, tuple] = {}
    for row in sorted(portfolio.rows("Decisions"), key=_when):
        if row.decision_point in POINTS and _when(row) <= (policy.year_of(as_of), as_of):
            found[row.subject_id] = row
    return {key: row for key, row in found.items() if _binds(row, policy, as_of)}


def decision_word(row: tuple) -> Recommendation | None:
    """Return the binding word of a decision, however it is capitalised."""
    text = row.decision.casefold()
    return next((word for word in BINDING if word.casefold() == text), None)


def _when(row: tuple) -> tuple[int, date]:
    return row.year, row.decided_on.first if row.decided_on else date.min


def _binds(row: tuple, policy: Policy, as_of: date) -> bool:
    word = decision_word(row)
    if word != Recommendation.KEEP_BY_DIRECTION:
        return word is not None
    expires = row.expires.last if row.expires else policy.year_end(row.year + 1)
    return as_of <= expires


def decisions_known(
    portfolio: Portfolio, policy: Policy, point: DecisionPoint, *, as_of: date
) -> Mapping[str, list[tuple]]:
    """Return the decisions of one point that were taken by `as_of`, by subject, earliest first.

    One without a date is known from the reporting year it was taken for.
    """
    year = policy.year_of(as_of)
    known = [
        row
        for row in portfolio.rows("Decisions")
        if row.decision_point == point
        and (row.decided_on.first <= as_of if row.decided_on else row.year <= year)
    ]
    return grouped(sorted(known, key=_when), "subject_id")


def decided_day(row: tuple, policy: Policy) -> date:
    """Return the last day a decision may have been taken; undated, the end of its year."""
    return row.decided_on.last if row.decided_on else policy.year_end(row.year)


def evidence_due(row: tuple, policy: Policy) -> date:
    """Return until when the evidence asked for by a decision is awaited."""
    if row.expires:
        return row.expires.last
    return add_months(decided_day(row, policy), policy.periods.evidence_extension_months)


def is_word(row: tuple, word: str) -> bool:
    """Whether a decision reads this word, however it is capitalised."""
    return row.decision.casefold() == word.casefold()
