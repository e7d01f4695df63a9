"""How much is known of each agreement and of the programme: levels of evidence 1 to 4; profiles."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rows import Row
from toolkit.model.sheets import KINDS, Agreement, Partner, Profile, Proposal

BY_SHEET = {kind.sheet.name: kind for kind in KINDS}


def evidence_levels(portfolio: Portfolio, policy: Policy, *, as_of: date) -> dict[str, int]:
    """Return each agreement's level: the highest it has a row for, holding every level below."""
    held: dict[str, set[int]] = defaultdict(set)
    for kind in set(KINDS) - {Agreement, Partner}:  # each of one level, or of no agreement
        for row in portfolio.rows(kind):
            held[subject_of(row, portfolio)].add(kind.sheet.level)
    for agreement in portfolio.rows(Agreement):
        held[agreement.agreement_id].add(Agreement.sheet.level)
        if records_complete(agreement, policy, as_of=as_of):
            held[agreement.agreement_id].add(2)
    return {row.agreement_id: _level(held[row.agreement_id]) for row in portfolio.rows(Agreement)}


def _level(held: set[int]) -> int:
    return next(level for level in (4, 3, 2, 1) if held >= set(range(1, level + 1)))


def subject_of(row: Row, portfolio: Portfolio) -> str:
    """Return which agreement a row is about, by itself or through the row it refers to."""
    if isinstance(row, Agreement):
        return row.agreement_id
    references = [(c.refers, getattr(row, c.name)) for c in row.sheet.columns if c.refers]
    for sheets, key in references:
        if Agreement.sheet.name in sheets:
            return key or ""
    parents = (portfolio.get(BY_SHEET[sheets[0]], key) for sheets, key in references)
    return next((subject_of(parent, portfolio) for parent in parents if parent), "")


def programme_level(portfolio: Portfolio, levels: Mapping[str, int]) -> int:
    """Return the level of most reviewed agreements, the lower one on a tie."""
    reviewed = [a.agreement_id for a in portfolio.rows(Agreement) if is_reviewed(a)]
    counts = Counter(levels[key] for key in reviewed or levels)
    return min(counts, key=lambda level: (-counts[level], level)) if counts else 1


def records_complete(agreement: Agreement, policy: Policy, *, as_of: date) -> bool:
    """Whether activity records reach to within the policy's `records_months` of as_of."""
    reach = agreement.records_complete_to
    since = add_months(as_of, -policy.periods.records_months)
    return isinstance(reach, When) and reach.last >= since


def latest_profile(subject: Agreement | Proposal, portfolio: Portfolio) -> Profile | None:
    """Return the latest profile on record; none where it cannot be told which is the latest."""
    profiles = portfolio.of(subject, Profile)
    if len(profiles) > 1 and any(profile.dated is None for profile in profiles):
        return None
    return max(profiles, key=_when_dated, default=None)


def _when_dated(profile: Profile) -> tuple[date, int]:
    return profile.dated.first if profile.dated else date.min, profile.place.number
