"""How much is known of each agreement and of the programme: levels of evidence 1 to 4."""

from collections import Counter
from datetime import date

from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import SHEETS

SUBJECT_COLUMNS = ("agreement_id", "subject_id")
THROUGH = {  # sheets that name an agreement through another sheet
    "Indicators": ("objective_id", "Objectives"),
    "Results": ("indicator_id", "Indicators"),
    "Milestones": ("project_id", "Projects"),
}


def evidence_levels(portfolio: Portfolio, policy: Policy, *, as_of: date) -> dict[str, int]:
    """Return each agreement's level: the highest it has a row for, holding every level below."""
    held: dict[str, set[int]] = {}
    subjects: dict[str, dict[str, str]] = {}
    for sheet in sorted(SHEETS, key=lambda s: s.name in THROUGH):
        for row in portfolio.rows(sheet.name):
            subject = _subject(row, sheet.name, subjects)
            subjects.setdefault(sheet.name, {})[getattr(row, sheet.columns[0].name)] = subject
            held.setdefault(subject, set()).add(sheet.level)
    levels = {}
    for agreement in portfolio.rows("Agreements"):
        has = held[agreement.agreement_id] | {1}
        if records_complete(agreement, policy, as_of=as_of):
            has.add(2)
        levels[agreement.agreement_id] = next(
            n for n in (4, 3, 2, 1) if has >= set(range(1, n + 1))
        )
    return levels


def _subject(row: tuple, sheet: str, subjects: dict[str, dict[str, str]]) -> str:
    if sheet in THROUGH:
        column, parent = THROUGH[sheet]
        return subjects.get(parent, {}).get(getattr(row, column), "")
    return next((getattr(row, c) for c in SUBJECT_COLUMNS if hasattr(row, c)), "") or ""


def programme_level(portfolio: Portfolio, levels: dict[str, int]) -> int:
    """Return the level of most reviewed agreements, the lower one on a tie."""
    reviewed = [a.agreement_id for a in portfolio.rows("Agreements") if is_reviewed(a)]
    counts = Counter(levels[key] for key in reviewed or levels)
    return min(counts, key=lambda level: (-counts[level], level)) if counts else 1


def records_complete(agreement: tuple, policy: Policy, *, as_of: date) -> bool:
    """Whether activity records reach to within the policy's `records_months` of as_of."""
    reach = agreement.records_complete_to
    since = add_months(as_of, -policy.periods.records_months)
    return isinstance(reach, When) and reach.last >= since
