"""What each rule of the review tests of the facts of one agreement, and how it tells its reason.

Source: `docs/rules.md`. A fact that is missing is neither a yes nor a no; a reason is a sentence a
committee can read.
"""

from collections.abc import Callable
from datetime import date, timedelta

from toolkit.assess.record.activity import is_silent, known_by, latest_word, market_score
from toolkit.assess.record.decided import decision_word
from toolkit.assess.record.evidence import records_complete
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import End, Facts
from toolkit.assess.review.weighing import is_scored
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.sheets import Project
from toolkit.model.vocabulary import (
    ClassFinding,
    Family,
    Finding,
    ProjectState,
    Recommendation,
    Status,
)


def on_hold(f: Facts) -> bool:
    return f.agreement.legal_hold == "y" or f.agreement.status == Status.SUSPENDED


def why_hold(f: Facts) -> str:
    what = "It is on legal hold" if f.agreement.legal_hold == "y" else "Its status is suspended"
    return f"{what}: {f.agreement.hold_reason}." if f.agreement.hold_reason else f"{what}."


def was_decided(word: Recommendation) -> Callable[[Facts], bool]:
    return lambda f: f.decided is not None and decision_word(f.decided) == word


def why_decided(f: Facts) -> str:
    who = f" by {f.decided.decided_by}" if f.decided.decided_by else ""
    why = f": {f.decided.rationale}" if f.decided.rationale else ""
    said = f"Decided for {f.decided.year}{who}{why}"
    return said if said.endswith((".", "?", "!")) else f"{said}."


def has_lapsed(f: Facts) -> bool:
    return isinstance(f.agreement.ends, When) and f.agreement.ends.last < f.as_of


def why_lapsed(f: Facts) -> str:
    return f"It ended on {f.agreement.ends} and is still listed as active: renew or conclude."


def is_partner_owned(f: Facts) -> bool:
    return f.outcome.decision == ClassFinding.REGISTER


def folds(f: Facts) -> bool:
    return f.outcome.decision == ClassFinding.FOLD_IN


def why_outcome(f: Facts) -> str:
    return f.outcome.reason


def is_new(f: Facts) -> bool:
    since = add_months(f.as_of, -f.policy.periods.too_early_months)
    return f.agreement.signed is not None and f.agreement.signed.first > since


def why_new(f: Facts) -> str:
    months = f.policy.periods.too_early_months
    due = long_date(add_months(f.agreement.signed.first, months))
    signed = f"Signed {f.agreement.signed}; results can be examined from {due}"
    return f"{signed}; until then only its readiness is looked at."


def is_dormant(f: Facts) -> bool:
    return (
        f.record.portfolio.has(Project)
        and records_complete(f.agreement, f.policy, as_of=f.as_of)
        and is_silent(
            f.agreement,
            f.record.projects.get(f.agreement.agreement_id, ()),
            f.policy,
            as_of=f.as_of,
        )
    )


def _dormant_reason(f: Facts) -> str:
    heard = latest_word(f.agreement, as_of=f.as_of)
    contact = f"last contact {heard}" if heard else "no contact on record"
    months = f.policy.periods.inactive_months
    return f"Records are complete: no project in {months} months, none planned, {contact}"


def may_still_answer(f: Facts) -> bool:
    return is_dormant(f) and f.as_of <= answer_due(f)


def why_confirm(f: Facts) -> str:
    due = long_date(answer_due(f))
    if is_waiting_for_answer(f):
        return f"{_dormant_reason(f)}. Asked on {f.agreement.asked_on}; the answer is due by {due}."
    return f"{_dormant_reason(f)}. Ask for confirmation by {due}."


def answer_due(f: Facts) -> date:
    """Return the day by which the partner or sponsor must have answered."""
    asked = known_by(f.agreement.asked_on, f.as_of)
    start = asked.last if is_waiting_for_answer(f) else f.as_of
    return start + timedelta(days=f.policy.periods.answer_days)


def is_waiting_for_answer(f: Facts) -> bool:
    return known_by(f.agreement.asked_on, f.as_of) is not None and not _has_answered(f)


def _has_answered(f: Facts) -> bool:
    asked = known_by(f.agreement.asked_on, f.as_of)
    answered = known_by(f.agreement.answered_on, f.as_of)
    return bool(asked and answered and answered.last >= asked.first)


def may_revive(f: Facts) -> bool:
    policy = f.policy
    return is_dormant(f) and market_score(f.agreement, policy) >= policy.thresholds.revive_market


def why_revive(f: Facts) -> str:
    months = f.policy.periods.revive_months
    by = long_date(add_months(f.as_of, months))
    return f"{_dormant_reason(f)}, no answer; in a priority market. First project by {by}, or end."


def why_silent(f: Facts) -> str:
    return f"{_dormant_reason(f)}, and no answer since it was asked on {f.agreement.asked_on}."


def needs_class(f: Facts) -> bool:
    open_findings = (ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)
    return not f.inside and f.outcome.decision in open_findings


def why_class(f: Facts) -> str:
    flips = "; ".join(f.outcome.flips)
    sensitive = f" This is sensitive: {flips}." if f.outcome.sensitive else ""
    return f"Outside the framework. {f.outcome.reason}{sensitive}"


def gets_class(f: Facts) -> bool:
    if f.inside or f.policy.class_named(f.outcome.decision) is None:
        return False
    return not f.is_scored or f.at(f.score) >= f.policy.thresholds.renegotiate_score


def why_reclassify(f: Facts) -> str:
    return f"{why_class(f)} {why_score(f)}" if f.is_scored else why_class(f)


def what_a_class_asks(f: Facts) -> tuple[str, ...]:
    """Return what an instrument needs to become a member of its class: a project if it has none."""
    projects = f.record.projects.get(f.agreement.agreement_id, ())
    has_one = any(p.state != ProjectState.CANCELLED for p in projects)
    return (*f.outcome.conditional, *(() if has_one else ("a first project",)))


def belongs_elsewhere(f: Facts) -> bool:
    """Whether coded objectives firmly give another class whose conditions and score it meets."""
    policy, found = f.policy, f.policy.class_named(f.outcome.decision)
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


def why_elsewhere(f: Facts) -> str:
    score = f"scores {f.score_there.mean:.0f} of 100 there"
    return f"{f.outcome.reason} It meets the conditions of a {f.outcome.decision} and {score}."


def is_not_scored(f: Facts) -> bool:
    return f.inside and not f.is_scored


def why_continue(f: Facts) -> str:
    enough = f.policy.thresholds.known_weight
    known = f"less than {enough:g} of 100 of what it is judged by is known"
    return f"In the framework; {known}. {_to_mend(f)}"


def _to_mend(f: Facts) -> str:
    words = {Finding.NOT_MET: "Lacking", Finding.NOT_ON_RECORD: "Not on record"}
    mend = [
        f"{word}: {', '.join(d.name for d in f.defects if d.finding == finding)}."
        for finding, word in words.items()
        if any(d.finding == finding for d in f.defects)
    ]
    return " ".join(mend) or "No defect was found."


def is_sound(f: Facts) -> bool:
    return _meets_criteria(f) and not counted(f.defects)


def why_score(f: Facts) -> str:
    score = f.score
    span = "" if score.low == score.high else f", between {score.low:.0f} and {score.high:.0f}"
    left_out = f" Not supplied and left out: {', '.join(score.left_out)}." if score.left_out else ""
    return f"Scores {score.mean:.0f} of 100 on the criteria of its class{span}.{left_out}"


def is_sound_but_for_defects(f: Facts) -> bool:
    return _meets_criteria(f) and bool(counted(f.defects))


def _meets_criteria(f: Facts) -> bool:
    enough = f.at(f.score) >= f.policy.thresholds.keep_score
    return f.is_scored and enough and is_active_enough(f)


def is_active_enough(f: Facts) -> bool:
    """Whether an economic agreement has some activity; what is missing holds at the high end."""
    if f.judged_as is None or f.judged_as.family != Family.ECONOMIC:
        return True
    activity = f.ratings.get("C4")
    if activity is None or activity.value is None:
        return f.end is End.HIGH
    return activity.value > 0


def why_new_terms(f: Facts) -> str:
    idle = "" if is_active_enough(f) else " No activity is on record."
    todo = f" {_to_mend(f)}" if counted(f.defects) else ""
    return f"{why_score(f)}{idle}{todo}"


def is_worth_new_terms(f: Facts) -> bool:
    return f.is_scored and f.at(f.score) >= f.policy.thresholds.renegotiate_score


def could_be_led(f: Facts) -> bool:
    return f.is_scored and bool(f.offers)


def why_transfer(f: Facts) -> str:
    verb = "is" if len(f.offers) == 1 else "are"
    return f"{why_score(f)} {' and '.join(f.offers)} could lead it and {verb} willing."


def has_score(f: Facts) -> bool:
    return f.is_scored
