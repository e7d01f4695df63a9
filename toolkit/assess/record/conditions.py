"""What a class requires of an agreement, and what the record says: yes, no, or not on record."""

from datetime import date

from toolkit.model.dates import When, add_months
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Condition, EndWord, Finding


def find_conditions(
    agreement: Agreement, required: AgreementClass, policy: Policy, *, as_of: date
) -> dict[Condition, Finding]:
    """Return the finding for each condition of the class (domain: class conditions)."""
    return {c: _find(agreement, c, required, policy, as_of) for c in required.conditions}


def unmet(findings: dict[Condition, Finding]) -> tuple[str, ...]:
    """Return the conditions that are not met, each with 'no' or 'not on record'."""
    return tuple(
        f"{NAMES[condition]} ({found})"
        for condition, found in findings.items()
        if found != Finding.MET
    )


NAMES = {
    Condition.LEAD_UNIT: "lead unit",
    Condition.SPONSOR_CONFIRMED: "confirmed sponsor",
    Condition.ENDORSED: "endorsement of this council term",
    Condition.TERM: "term within the class's limit",
}


def _find(
    agreement: Agreement,
    condition: Condition,
    required: AgreementClass,
    policy: Policy,
    as_of: date,
) -> Finding:
    match condition:
        case Condition.LEAD_UNIT:
            return Finding.MET if agreement.lead_unit else Finding.NOT_ON_RECORD
        case Condition.SPONSOR_CONFIRMED:
            return sponsor_confirmed(agreement, policy, as_of=as_of)
        case Condition.ENDORSED:
            return endorsed(agreement, policy, as_of=as_of)
        case Condition.TERM:
            return term_within(agreement, required.term_limit_years)


def sponsor_confirmed(agreement: Agreement, policy: Policy, *, as_of: date) -> Finding:
    """Whether a named sponsor confirmed its role within the policy's `sponsor_months`."""
    if not agreement.community_sponsor or not agreement.sponsor_confirmed:
        return Finding.NOT_ON_RECORD
    since = add_months(as_of, -policy.periods.sponsor_months)
    recent = (
        since <= agreement.sponsor_confirmed.last and agreement.sponsor_confirmed.first <= as_of
    )
    return Finding.MET if recent else Finding.NOT_MET


def endorsed(agreement: Agreement, policy: Policy, *, as_of: date) -> Finding:
    """Whether someone endorsed it in the council term that counts."""
    since = policy.endorsed_since(as_of)
    if not agreement.endorsed_by or not agreement.endorsed_on or since is None:
        return Finding.NOT_ON_RECORD
    recent = since <= agreement.endorsed_on.last and agreement.endorsed_on.first <= as_of
    return Finding.MET if recent else Finding.NOT_MET


def term_within(agreement: Agreement, years: int | None) -> Finding:
    """Whether the current term runs at most this many years; it counts from the renewal."""
    if years is None:
        return Finding.MET
    if agreement.ends is EndWord.OPEN_ENDED:
        return Finding.NOT_MET
    begun = agreement.renewed or agreement.signed
    if not isinstance(agreement.ends, When) or not begun:
        return Finding.NOT_ON_RECORD
    latest = add_months(begun.last, 12 * years)
    return Finding.MET if agreement.ends.last <= latest else Finding.NOT_MET
