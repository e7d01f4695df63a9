"""What a community agreement needs to be renewed, and what of it is on record.

Source: domain, section 8: sponsor and Councillor re-endorse, an activity each year, outcomes
published in the year. A long-standing tie is never ended for want of trade or of numbers.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from toolkit.assess.record.activity import Window, activity_window, count_active
from toolkit.assess.record.conditions import endorsed, sponsor_confirmed
from toolkit.assess.rules import Rule, always
from toolkit.model.policy import Policy
from toolkit.model.sheets import Agreement, Project
from toolkit.model.vocabulary import DecisionPoint, Finding, RenewalWord

COLUMNS = ("community_sponsor", "sponsor_confirmed", "endorsed_by", "endorsed_on",
           "published_outcomes")  # fmt: skip
REVIEW_DECIDES = "Review decides"
Lacking = tuple[str, ...]  # what the rules see: what is missing for the renewal


def _has_all(missing: Lacking) -> bool:
    return not missing


def _renew_reason(_missing: Lacking) -> str:
    return (
        "Sponsor and Councillor endorse it again, each year had an "
        "activity, and its outcomes were published in the year."
    )


def _lacking_reason(missing: Lacking) -> str:
    return f"For a renewal it lacks {'; '.join(missing)}."


RULES: tuple[Rule[Lacking], ...] = (
    Rule(
        DecisionPoint.D3, "", RenewalWord.RENEW,
        "a community agreement, with targets or without: sponsor and Councillor endorse it again, "
        "each year had an activity, and its outcomes were published in the year",
        _has_all, _renew_reason, (*COLUMNS, "Projects.state"),
    ),
    Rule(
        DecisionPoint.D3, "", REVIEW_DECIDES,
        "a community agreement lacks something of that",
        always, _lacking_reason, (*COLUMNS, "Projects.state"),
    ),
)  # fmt: skip


def find_lacking(
    agreement: Agreement, projects: Sequence[Project], policy: Policy, *, as_of: date
) -> Lacking:
    """Return what is missing for the renewal, each with 'no' or 'not on record'."""
    found = {
        "sponsor's renewed endorsement": sponsor_confirmed(agreement, policy, as_of=as_of),
        "Councillor's renewed endorsement": endorsed(agreement, policy, as_of=as_of),
        "activity in each year": _was_active(agreement, projects, policy, as_of),
        "outcomes published in the year": _has_published(agreement, policy, as_of),
    }
    return tuple(f"{name}: {word}" for name, word in found.items() if word != Finding.MET)


def _was_active(
    agreement: Agreement, projects: Sequence[Project], policy: Policy, as_of: date
) -> Finding:
    windows = years_in_force(agreement, policy, as_of=as_of)
    active = all(count_active(projects, window) for window in windows)
    return Finding.MET if active else Finding.NOT_ON_RECORD


def years_in_force(agreement: Agreement, policy: Policy, *, as_of: date) -> Iterator[Window]:
    """Yield the years before `as_of` in which activity is asked for, latest first.

    They are as many as fit into the policy's `inactive_months`; each is moved back by the
    excluded days inside it, and one that ended before the signing is left out.
    """
    last = as_of
    for _ in range(policy.periods.inactive_months // 12):
        before = activity_window(policy, as_of=last, country=agreement.country, months=12).first
        if agreement.signed is None or agreement.signed.first <= last:
            yield Window(before + timedelta(days=1), last)
        last = before


def _has_published(agreement: Agreement, policy: Policy, as_of: date) -> Finding:
    published = agreement.published_outcomes
    if published is None:
        return Finding.NOT_ON_RECORD
    in_year = policy.year_of(published.last) == policy.year_of(as_of)
    return Finding.MET if in_year else Finding.NOT_MET
