"""Which decisions people took are known, until when they run, and which still bind the review."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from toolkit.model.dates import add_months
from toolkit.model.decisions import Binds, DecidedWord, decided
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Decision
from toolkit.model.vocabulary import DecisionPoint, ReviewWord

POINTS = (DecisionPoint.REVIEW, DecisionPoint.D3)


def known_decisions(portfolio: Portfolio, policy: Policy, *, as_of: date) -> list[Decision]:
    """Return the decisions the date may know of, earliest first, whatever the order of rows.

    One taken for a later reporting year, or dated after `as_of`, is not known yet.
    """
    year = policy.year_of(as_of)
    known = [
        row
        for row in portfolio.rows(Decision)
        if row.year <= year and (row.decided_on is None or row.decided_on.first <= as_of)
    ]
    return sorted(known, key=when_decided)


def decisions_in_force(
    portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Mapping[str, Decision]:
    """Return the latest unexpired review or D3 decision of each agreement that binds it.

    A blank expiry is the last day of the next reporting year; Sunset and Transfer run until the
    status changes.
    """
    known = known_decisions(portfolio, policy, as_of=as_of)
    latest = {row.subject_id: row for row in known if row.decision_point in POINTS}
    return {key: row for key, row in latest.items() if _binds(row, policy, as_of)}


def word_of(row: Decision, policy: Policy) -> DecidedWord:
    """Return what the text of a decision says: the one place where it is read."""
    return decided(row.decision, policy)


def runs_out(row: Decision, policy: Policy) -> date | None:
    """Return the last day of a decision; `None` for one that runs until the status changes."""
    if word_of(row, policy).word.binds is Binds.UNTIL_DONE:
        return None
    return row.expires.last if row.expires else policy.year_end(row.year + 1)


def has_run_out(row: Decision, policy: Policy, *, as_of: date) -> bool:
    """Whether a decision runs no more; of a notice its last day counts as run out."""
    last = runs_out(row, policy)
    if last is None:
        return False
    return last < as_of or (last == as_of and is_word(row, ReviewWord.ON_NOTICE, policy))


def when_decided(row: Decision) -> tuple[int, date, int]:
    """Return the sort key of decisions: reporting year, day, then the later point."""
    day = row.decided_on.first if row.decided_on else date.min
    return row.year, day, list(DecisionPoint).index(row.decision_point)


def _binds(row: Decision, policy: Policy, as_of: date) -> bool:
    last = runs_out(row, policy)
    return word_of(row, policy).word.binds is not None and (last is None or as_of <= last)


def decisions_known(
    portfolio: Portfolio, policy: Policy, point: DecisionPoint, *, as_of: date
) -> Mapping[str, list[Decision]]:
    """Return the known decisions of one point, by subject, earliest first."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for row in known_decisions(portfolio, policy, as_of=as_of):
        if row.decision_point == point:
            found[row.subject_id].append(row)
    return found


def decided_day(row: Decision, policy: Policy) -> date:
    """Return the last day a decision may have been taken; undated, the end of its year."""
    return row.decided_on.last if row.decided_on else policy.year_end(row.year)


def evidence_due(row: Decision, policy: Policy) -> date:
    """Return until when the evidence asked for by a decision is awaited."""
    if row.expires:
        return row.expires.last
    return add_months(decided_day(row, policy), policy.periods.evidence_extension_months)


def notice_ends(row: Decision, policy: Policy) -> date:
    """Return the day on which the notice of a decided Sunset without end date runs out."""
    return add_months(decided_day(row, policy), policy.periods.notice_months)


def is_word(row: Decision, word: str, policy: Policy) -> bool:
    """Whether a decision reads this word."""
    return word_of(row, policy).word.text == word


def decided_last_year(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Mapping[str, str]:
    """Return what people decided for each agreement in the review of the year before."""
    year = policy.year_of(as_of) - 1
    rows = known_decisions(portfolio, policy, as_of=as_of)
    return {
        row.subject_id: word_of(row, policy).word.text
        for row in rows
        if row.year == year and row.decision_point in POINTS
    }
