"""Which agreements people put on notice, until when, whether it has run out, and who could lead.

Source: domain, section 4, A notice. The first of several notices in a row counts: repeating one
does not extend it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.assess.record.decided import POINTS, is_word, known_decisions, runs_out
from toolkit.model.dates import add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Decision, Engagement
from toolkit.model.vocabulary import ReviewWord


@dataclass(frozen=True)
class Notice:
    """A notice that no later decision has cancelled: its first decision, and its last day."""

    row: Decision
    until: date
    has_run_out: bool


def find_notices(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Mapping[str, Notice]:
    """Return the notice of each agreement that is on notice.

    It has run out on its last day, and counts as run out for the policy's `notice_valid_months`.
    """
    rows: dict[str, list[Decision]] = {}
    for row in known_decisions(portfolio, policy, as_of=as_of):
        if row.decision_point in POINTS:
            given = is_word(row, ReviewWord.ON_NOTICE, policy)
            rows[row.subject_id] = [*rows.get(row.subject_id, ()), row] if given else []
    return {key: _notice(given, policy, as_of) for key, given in rows.items() if given}


def offers_to_lead(
    agreement: Agreement, portfolio: Portfolio, policy: Policy, *, as_of: date
) -> list[Engagement]:
    """Return the engagements of partners that could lead and said so within the policy's months."""
    since = add_months(as_of, -policy.periods.transfer_willing_months)
    return [
        row
        for row in portfolio.of(agreement, Engagement)
        if row.role in ("lead", "could lead")
        and row.willing_on is not None
        and row.willing_on.last >= since
    ]


def _notice(rows: list[Decision], policy: Policy, as_of: date) -> Notice:
    """Return the notice that several decisions in a row give: one that has run out, else the first.

    A notice that ran out too long ago to act on gives way to a later one.
    """
    since = add_months(as_of, -policy.periods.notice_valid_months)
    last_days = [(_last_day(row, policy), row) for row in rows]
    current = [(day, row) for day, row in last_days if day >= since] or last_days[-1:]
    until, row = min(current, key=lambda found: found[0])
    return Notice(row, until, since <= until <= as_of)


def _last_day(row: Decision, policy: Policy) -> date:
    return runs_out(row, policy) or date.max
