"""What each rule of the review tests of the facts of one agreement.

Source: domain, section 4. A fact that is missing is neither a yes nor a no.
"""

from collections.abc import Callable
from datetime import date, timedelta

from toolkit.assess.record.activity import is_silent, known_by, market_score
from toolkit.assess.record.decided import decision_word
from toolkit.assess.record.evidence import records_complete
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import End, Facts
from toolkit.assess.review.weighing import is_scored
from toolkit.model.dates import When, add_months
from toolkit.model.sheets import Project
from toolkit.model.vocabulary import ClassFinding, Family, Recommendation, Status


def on_hold(f: Facts) -> bool:
    return f.agreement.legal_hold == "y" or f.agreement.status == Status.SUSPENDED


def was_decided(word: Recommendation) -> Callable[[Facts], bool]:
    return lambda f: f.decided is not None and decision_word(f.decided) == word


def has_lapsed(f: Facts) -> bool:
    return isinstance(f.agreement.ends, When) and f.agreement.ends.last < f.as_of


def is_partner_owned(f: Facts) -> bool:
    return f.outcome.decision == ClassFinding.REGISTER


def folds(f: Facts) -> bool:
    return f.outcome.decision == ClassFinding.FOLD_IN


def is_new(f: Facts) -> bool:
    since = add_months(f.as_of, -f.policy.periods.too_early_months)
    return f.agreement.signed is not None and f.agreement.signed.first > since


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


def may_still_answer(f: Facts) -> bool:
    return is_dormant(f) and f.as_of <= answer_due(f)


def may_revive(f: Facts) -> bool:
    policy = f.policy
    return is_dormant(f) and market_score(f.agreement, policy) >= policy.thresholds.revive_market


def needs_class(f: Facts) -> bool:
    open_findings = (ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)
    return not f.inside and f.outcome.decision in open_findings


def gets_class(f: Facts) -> bool:
    if f.inside or f.policy.class_named(f.outcome.decision) is None:
        return False
    return not f.is_scored or f.at(f.score) >= f.policy.thresholds.renegotiate_score


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


def is_not_scored(f: Facts) -> bool:
    return f.inside and not f.is_scored


def is_sound(f: Facts) -> bool:
    return _meets_criteria(f) and not counted(f.defects)


def is_sound_but_for_defects(f: Facts) -> bool:
    return _meets_criteria(f) and bool(counted(f.defects))


def is_worth_new_terms(f: Facts) -> bool:
    return f.is_scored and f.at(f.score) >= f.policy.thresholds.renegotiate_score


def could_be_led(f: Facts) -> bool:
    return f.is_scored and bool(f.offers)


def does_not_meet_criteria(f: Facts) -> bool:
    return f.is_scored


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
