"""The rules of the review in the order they are tried; the first that matches decides.

Source: domain, section 4. The list reads like the policy: number, decision, test, reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.activity import is_silent, known_by, last_heard, market_score
from toolkit.assess.decided import decision_word
from toolkit.assess.defects import counted
from toolkit.assess.evidence import records_complete
from toolkit.assess.facts import End, Facts, is_scored
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.vocabulary import ClassFinding, Family, Finding, Recommendation, Status


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
    if f.inside or f.record.policy.class_named(f.outcome.decision) is None:
        return False
    return not f.is_scored or f.at(f.score) >= f.record.policy.thresholds.renegotiate_score


def _belongs_elsewhere(f: Facts) -> bool:
    """Whether coded objectives firmly give another class whose conditions and score it meets."""
    policy, found = f.record.policy, f.record.policy.class_named(f.outcome.decision)
    return (
        f.inside
        and found is not None
        and found.name != f.agreement.classification
        and f.outcome.from_objectives
        and not f.outcome.sensitive
        and not f.outcome.conditional
        and is_scored(f.score_there, policy)
        and f.at(f.score_there) >= policy.thresholds.renegotiate_score
    )


def _elsewhere_reason(f: Facts) -> str:
    return f"{f.outcome.reason} Its conditions as {f.outcome.decision} are met."


def _class_reason(f: Facts) -> str:
    return f"Outside the framework. {f.outcome.reason}{_sensitivity(f)}"


def _sensitivity(f: Facts) -> str:
    flips = "; ".join(f.outcome.flips)
    return f" This is sensitive: {flips}." if f.outcome.sensitive else ""


def _reclassify_reason(f: Facts) -> str:
    conditions = "; ".join([*f.outcome.conditional, "a first project"])
    return f"{_class_reason(f)} On condition of: {conditions}."


def _is_not_scored(f: Facts) -> bool:
    return f.inside and not f.is_scored


def _meets_criteria(f: Facts) -> bool:
    enough = f.at(f.score) >= f.record.policy.thresholds.keep_score
    return f.is_scored and enough and _is_active_enough(f)


def _is_sound(f: Facts) -> bool:
    return _meets_criteria(f) and not counted(f.defects)


def _is_sound_but_for_defects(f: Facts) -> bool:
    return _meets_criteria(f) and bool(counted(f.defects))


def _is_active_enough(f: Facts) -> bool:
    """Whether an economic agreement has some activity; what is missing holds at the high end."""
    if f.judged_as is None or f.judged_as.family != Family.ECONOMIC:
        return True
    activity = f.ratings.get("C4")
    if activity is None or activity.value is None:
        return f.end is End.HIGH
    return activity.value > 0


def _is_worth_new_terms(f: Facts) -> bool:
    return f.is_scored and f.at(f.score) >= f.record.policy.thresholds.renegotiate_score


def _could_be_led(f: Facts) -> bool:
    return f.is_scored and bool(f.offers)


def _does_not_meet_criteria(f: Facts) -> bool:
    return f.is_scored


def _score_reason(f: Facts) -> str:
    score = f.score
    span = "" if score.low == score.high else f", between {score.low:.0f} and {score.high:.0f}"
    left_out = f" Not supplied and left out: {', '.join(score.left_out)}." if score.left_out else ""
    return f"Scores {score.mean:.0f} of 100 on the criteria of its class{span}.{left_out}"


def _new_terms_reason(f: Facts) -> str:
    todo = _to_mend(f)
    return f"{_score_reason(f)} {todo}" if counted(f.defects) else _score_reason(f)


def _transfer_reason(f: Facts) -> str:
    return f"{_score_reason(f)} {', '.join(f.offers)} could lead it and is willing."


def _continue_reason(f: Facts) -> str:
    return f"In the framework; less than half of what it is judged by is known. {_to_mend(f)}"


def _to_mend(f: Facts) -> str:
    mend = [
        f"{finding}: {', '.join(d.name for d in f.defects if d.finding == finding)}"
        for finding in (Finding.NOT_MET, Finding.NOT_ON_RECORD)
        if any(d.finding == finding for d in f.defects)
    ]
    return f"To mend, {'; '.join(mend)}." if mend else "No defect was found."


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
    Rule(9, R.RECLASSIFY, _belongs_elsewhere, _elsewhere_reason, ("classification",)),
    Rule(10, R.CONTINUE, _is_not_scored, _continue_reason, ("classification",)),
    Rule(11, R.KEEP, _is_sound, _score_reason, ("classification",)),
    Rule(
        12, R.KEEP_ON_NEW_TERMS, _is_sound_but_for_defects, _new_terms_reason, ("classification",)
    ),
    Rule(13, R.RENEGOTIATE, _is_worth_new_terms, _new_terms_reason, ("classification",)),
    Rule(14, R.TRANSFER, _could_be_led, _transfer_reason, ("classification",)),
    Rule(15, R.SUNSET, _does_not_meet_criteria, _score_reason, ("classification",)),
)
