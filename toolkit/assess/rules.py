"""The rules of the review in the order they are tried; the first that matches decides.

Source: domain, section 4. The list reads like the policy: number, decision, test, reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.activity import is_silent, known_by, last_heard, market_score
from toolkit.assess.decided import decision_word
from toolkit.assess.defects import Defect, Record
from toolkit.assess.evidence import records_complete
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.policy import AgreementClass
from toolkit.model.vocabulary import ClassFinding, Finding, Recommendation, Status


@dataclass(frozen=True)
class Facts:
    """What the rules see of one agreement."""

    agreement: tuple
    outcome: tuple  # its row of the reclassification
    inside: bool
    judged_as: AgreementClass | None
    defects: tuple[Defect, ...]
    decided: tuple | None
    record: Record

    @property
    def as_of(self) -> date:
        """The date of the review."""
        return self.record.as_of


@dataclass(frozen=True)
class Rule:
    """One rule: its number, what it proposes, when, why, and the columns it rests on."""

    number: int
    decision: Recommendation
    applies: Callable[[Facts], bool]
    reason: Callable[[Facts], str]
    columns: tuple[str, ...]


def _on_hold(f: Facts) -> bool:
    return f.agreement.legal_hold == "y" or f.agreement.status == Status.SUSPENDED


def _hold_reason(f: Facts) -> str:
    what = "It is on legal hold" if f.agreement.legal_hold == "y" else "Its status is suspended"
    return f"{what}: {f.agreement.hold_reason}." if f.agreement.hold_reason else f"{what}."


def _was_decided(word: Recommendation) -> Callable[[Facts], bool]:
    return lambda f: f.decided is not None and decision_word(f.decided) == word


def _decided_reason(f: Facts) -> str:
    who = f" by {f.decided.decided_by}" if f.decided.decided_by else ""
    why = f": {f.decided.rationale}" if f.decided.rationale else ""
    return f"Decided for {f.decided.year}{who}{why.rstrip('.')}."


def _has_lapsed(f: Facts) -> bool:
    return isinstance(f.agreement.ends, When) and f.agreement.ends.last < f.as_of


def _is_partner_owned(f: Facts) -> bool:
    return f.outcome.decision == ClassFinding.REGISTER


def _folds(f: Facts) -> bool:
    return f.outcome.decision == ClassFinding.FOLD_IN


def _is_new(f: Facts) -> bool:
    since = add_months(f.as_of, -f.record.policy.periods.too_early_months)
    return f.agreement.signed is not None and f.agreement.signed.first > since


def _new_reason(f: Facts) -> str:
    months = f.record.policy.periods.too_early_months
    due = long_date(add_months(f.agreement.signed.first, months))
    return f"Signed {f.agreement.signed}; results can be examined from {due}. Readiness only."


def _is_dormant(f: Facts) -> bool:
    return (
        f.record.portfolio.has("Projects")
        and records_complete(f.agreement, f.record.policy, as_of=f.as_of)
        and is_silent(
            f.agreement,
            f.record.projects.get(f.agreement.agreement_id, ()),
            f.record.policy,
            as_of=f.as_of,
        )
    )


def _answer_due(f: Facts) -> date:
    """Return the day by which the partner or sponsor must have answered."""
    asked = known_by(f.agreement.asked_on, f.as_of)
    start = asked.last if asked and not _has_answered(f) else f.as_of
    return start + timedelta(days=f.record.policy.periods.answer_days)


def _has_answered(f: Facts) -> bool:
    asked = known_by(f.agreement.asked_on, f.as_of)
    answered = known_by(f.agreement.answered_on, f.as_of)
    return bool(asked and answered and answered.last >= asked.first)


def _may_still_answer(f: Facts) -> bool:
    return _is_dormant(f) and f.as_of <= _answer_due(f)


def _may_revive(f: Facts) -> bool:
    policy = f.record.policy
    return _is_dormant(f) and market_score(f.agreement, policy) >= policy.thresholds.revive_market


def _dormant_reason(f: Facts) -> str:
    heard = last_heard(f.agreement, as_of=f.as_of)
    contact = f"last contact {long_date(heard)}" if heard else "no contact on record"
    months = f.record.policy.periods.inactive_months
    return f"Records are complete: no project in {months} months, none planned, {contact}"


def _confirm_reason(f: Facts) -> str:
    return f"{_dormant_reason(f)}. Ask for confirmation by {long_date(_answer_due(f))}."


def _revive_reason(f: Facts) -> str:
    months = f.record.policy.periods.revive_months
    by = long_date(add_months(f.as_of, months))
    return f"{_dormant_reason(f)}, no answer; in a priority market. First project by {by}, or end."


def _silent_reason(f: Facts) -> str:
    return f"{_dormant_reason(f)}, and no answer since it was asked on {f.agreement.asked_on}."


def _needs_class(f: Facts) -> bool:
    open_findings = (ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)
    return not f.inside and f.outcome.decision in open_findings


def _gets_class(f: Facts) -> bool:
    return not f.inside and f.record.policy.class_named(f.outcome.decision) is not None


def _class_reason(f: Facts) -> str:
    return f"Outside the framework. {f.outcome.reason}{_sensitivity(f)}"


def _sensitivity(f: Facts) -> str:
    flips = "; ".join(f.outcome.flips)
    return f" This is sensitive: {flips}." if f.outcome.sensitive else ""


def _reclassify_reason(f: Facts) -> str:
    conditions = [*f.outcome.conditional, "a first project"]
    return f"{_class_reason(f)} On condition of: {'; '.join(conditions)}."


def _is_inside(f: Facts) -> bool:
    return f.inside


def _continue_reason(f: Facts) -> str:
    mend = [
        f"{finding}: {', '.join(d.name for d in f.defects if d.finding == finding)}"
        for finding in (Finding.NOT_MET, Finding.NOT_ON_RECORD)
        if any(d.finding == finding for d in f.defects)
    ]
    todo = f"To mend, {'; '.join(mend)}." if mend else "No defect was found."
    return f"In the framework; its criteria are not scored yet. {todo}"


R = Recommendation
RULES = (
    Rule(1, R.SUSPEND, _on_hold, _hold_reason, ("status", "legal_hold", "hold_reason")),
    Rule(2, R.KEEP_BY_DIRECTION, _was_decided(R.KEEP_BY_DIRECTION), _decided_reason, ()),
    Rule(2, R.SUNSET, _was_decided(R.SUNSET), _decided_reason, ()),
    Rule(2, R.TRANSFER, _was_decided(R.TRANSFER), _decided_reason, ()),
    Rule(
        3,
        R.LAPSED,
        _has_lapsed,
        lambda f: (
            f"It ended on {f.agreement.ends} and is still listed as active: renew or conclude."
        ),
        ("status", "ends"),
    ),
    Rule(4, R.REGISTER, _is_partner_owned, lambda f: f.outcome.reason, ("owner", "city_role")),
    Rule(5, R.FOLD_IN, _folds, lambda f: f.outcome.reason, ("classification", "relationship_id")),
    Rule(6, R.TOO_EARLY, _is_new, _new_reason, ("signed",)),
    Rule(7, R.CONFIRM_OR_END, _may_still_answer, _confirm_reason, ("last_contact", "asked_on")),
    Rule(7, R.REVIVE_OR_END, _may_revive, _revive_reason, ("last_contact", "asked_on", "country")),
    Rule(7, R.SUNSET, _is_dormant, _silent_reason, ("last_contact", "asked_on")),
    Rule(8, R.CLASS_FIRST, _needs_class, _class_reason, ("classification", "main_purpose")),
    Rule(9, R.RECLASSIFY, _gets_class, _reclassify_reason, ("classification", "main_purpose")),
    Rule(10, R.CONTINUE, _is_inside, _continue_reason, ("classification",)),
)
