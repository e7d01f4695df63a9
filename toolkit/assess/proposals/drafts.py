"""What a draft agreement needs before it is signed: yes, no, or not on record.

Source: domain, section 9. The list of conditions reads like the policy: name and test.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.record.activity import known_by
from toolkit.assess.record.conditions import term_within
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import EndWord, Finding, ProjectState, SmartLevel


@dataclass(frozen=True)
class Draft:
    """What the conditions look at of one draft agreement."""

    agreement: Agreement
    policy: Policy
    as_of: date
    objectives: Sequence[tuple]  # rows of the sheet
    smart: Sequence[str]  # how SMART each of them is
    projects: Sequence[tuple]
    milestones: Mapping[str, Sequence[tuple]]
    engagements: Sequence[tuple]
    budget: Sequence[tuple]


@dataclass(frozen=True)
class Condition:
    """One thing a draft needs before it is signed: its column, its name, its test."""

    column: str
    name: str
    test: Callable[[Draft], Finding]


def dated_milestones(d: Draft) -> list[tuple]:
    """Return the milestones of its projects that were not cancelled."""
    going = [p for p in d.projects if p.state != ProjectState.CANCELLED]
    return [row for p in going for row in d.milestones.get(p.project_id, ())]


def _recorded(met: bool, rows: Sequence[tuple]) -> Finding:
    """Return yes where met; no where rows on record do not meet it; else not on record."""
    return Finding.MET if met else Finding.NOT_MET if rows else Finding.NOT_ON_RECORD


def _are_smart(d: Draft) -> Finding:
    smart = bool(d.smart) and all(level == SmartLevel.SMART for level in d.smart)
    return _recorded(smart, d.objectives)


def _has_milestones(d: Draft) -> Finding:
    return _recorded(bool(dated_milestones(d)), d.projects)


def _has_partner(d: Draft) -> Finding:
    signed = any(known_by(row.signed_on, d.as_of) for row in d.engagements)
    return _recorded(signed, d.engagements)


def _has_budget(d: Draft) -> Finding:
    amounts = [o.approved_budget for o in d.objectives] + [row.budget for row in d.budget]
    known = [amount for amount in amounts if amount is not None]
    return _recorded(any(amount > 0 for amount in known), known)


def _has_term(d: Draft) -> Finding:
    """Whether it runs at least the shortest and at most the longest term of its class."""
    cls, agreement = d.policy.class_named(d.agreement.classification), d.agreement
    shortest, longest = cls.term_years if cls else d.policy.counts.agreement_term_years
    if agreement.ends is EndWord.OPEN_ENDED:
        return Finding.NOT_MET
    if not isinstance(agreement.ends, When) or not agreement.signed:
        return Finding.NOT_ON_RECORD
    ends_after = agreement.ends.last + timedelta(days=1)
    too_short = ends_after < add_months(agreement.signed.first, 12 * shortest)
    return Finding.NOT_MET if too_short else term_within(agreement, longest)


def _word(value: str | None) -> Finding:
    if value is None:
        return Finding.NOT_ON_RECORD
    return Finding.MET if value == "y" else Finding.NOT_MET


def _is_free(d: Draft) -> Finding:
    """Whether no legal hold is on record; a blank is none."""
    return Finding.NOT_MET if d.agreement.legal_hold == "y" else Finding.MET


CONDITIONS = (
    Condition("objectives_smart", "SMART objectives", _are_smart),
    Condition("project_with_milestones", "project with milestones", _has_milestones),
    Condition("partner_engaged", "alternative partner with a signed role", _has_partner),
    Condition("budget_approved", "approved budget", _has_budget),
    Condition("term", "term within the limits of its class", _has_term),
    Condition("renewal_clause", "renewal clause", lambda d: _word(d.agreement.renewal_clause)),
    Condition(
        "termination_clause",
        "termination clause",
        lambda d: _word(d.agreement.termination_clause),
    ),
    Condition("no_legal_hold", "no legal hold", _is_free),
)
