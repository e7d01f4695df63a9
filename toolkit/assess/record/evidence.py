"""How much is known of each agreement and of the programme: levels of evidence 1 to 4."""

from collections import Counter
from datetime import date

from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    KINDS,
    Agreement,
    Indicator,
    Milestone,
    Objective,
    PeriodResult,
    Project,
)

SUBJECT_COLUMNS = ("agreement_id", "subject_id")
THROUGH = {  # sheets that name an agreement through another sheet
    Indicator: ("objective_id", Objective),
    PeriodResult: ("indicator_id", Indicator),
    Milestone: ("project_id", Project),
}


def evidence_levels(portfolio: Portfolio, policy: Policy, *, as_of: date) -> dict[str, int]:
    """Return each agreement's level: the highest it has a row for, holding every level below."""
    held: dict[str, set[int]] = {}
    subjects: dict[type[Row], dict[str, str]] = {}
    for kind in sorted(KINDS, key=lambda kind: kind in THROUGH):
        for row in portfolio.rows(kind):
            subject = _subject(row, subjects)
            first = getattr(row, kind.sheet.columns[0].name)
            subjects.setdefault(kind, {})[first] = subject
            held.setdefault(subject, set()).add(kind.sheet.level)
    levels = {}
    for agreement in portfolio.rows(Agreement):
        has = held[agreement.agreement_id] | {1}
        if records_complete(agreement, policy, as_of=as_of):
            has.add(2)
        levels[agreement.agreement_id] = next(
            n for n in (4, 3, 2, 1) if has >= set(range(1, n + 1))
        )
    return levels


def _subject(row: Row, subjects: dict[type[Row], dict[str, str]]) -> str:
    if type(row) in THROUGH:
        column, parent = THROUGH[type(row)]
        return subjects.get(parent, {}).get(getattr(row, column), "")
    return next((getattr(row, c) for c in SUBJECT_COLUMNS if hasattr(row, c)), "") or ""


def programme_level(portfolio: Portfolio, levels: dict[str, int]) -> int:
    """Return the level of most reviewed agreements, the lower one on a tie."""
    reviewed = [a.agreement_id for a in portfolio.rows(Agreement) if is_reviewed(a)]
    counts = Counter(levels[key] for key in reviewed or levels)
    return min(counts, key=lambda level: (-counts[level], level)) if counts else 1


def records_complete(agreement: Agreement, policy: Policy, *, as_of: date) -> bool:
    """Whether activity records reach to within the policy's `records_months` of as_of."""
    reach = agreement.records_complete_to
    since = add_months(as_of, -policy.periods.records_months)
    return isinstance(reach, When) and reach.last >= since
