"""What each rule of the review tests of the facts of one agreement, and how it tells its reason.

Source: `docs/rules.md`. A fact that is missing is neither a yes nor a no; a reason is a sentence a
committee can read.
"""

from collections.abc import Callable
from datetime import date, timedelta

from toolkit.assess.record.activity import is_silent, latest_word, market_score
from toolkit.assess.record.decided import is_word
from toolkit.assess.record.evidence import records_complete
from toolkit.assess.review.criteria import is_scored
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import End, Facts
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.sheets import Project
from toolkit.model.vocabulary import (
    ClassFinding,
    Family,
    Finding,
    ProjectState,
    ReviewWord,
    Status,
)


def on_hold(facts: Facts) -> bool:
    return facts.agreement.legal_hold == "y" or facts.agreement.status == Status.SUSPENDED


def why_hold(facts: Facts) -> str:
    what = "It is on legal hold" if facts.agreement.legal_hold == "y" else "Its status is suspended"
    return f"{what}: {facts.agreement.hold_reason}." if facts.agreement.hold_reason else f"{what}."


def was_decided(word: ReviewWord) -> Callable[[Facts], bool]:
    return lambda facts: facts.decided is not None and is_word(facts.decided, word, facts.policy)


def why_decided(facts: Facts) -> str:
    """Return who decided, for which year and why; nothing where nobody did."""
    row = facts.decided
    if row is None:
        return ""
    who = f" by {row.decided_by}" if row.decided_by else ""
    why = f": {row.rationale}" if row.rationale else ""
    said = f"Decided for {row.year}{who}{why}"
    return said if said.endswith((".", "?", "!")) else f"{said}."


def has_lapsed(facts: Facts) -> bool:
    return isinstance(facts.agreement.ends, When) and facts.agreement.ends.last < facts.as_of


def why_lapsed(facts: Facts) -> str:
    return f"It ended on {facts.agreement.ends} and is still listed as active: renew or conclude."


def is_partner_owned(facts: Facts) -> bool:
    return facts.outcome.decision == ClassFinding.REGISTER


def folds(facts: Facts) -> bool:
    return facts.outcome.decision == ClassFinding.FOLD_IN


def why_outcome(facts: Facts) -> str:
    return facts.outcome.reason


def is_new(facts: Facts) -> bool:
    since = add_months(facts.as_of, -facts.policy.periods.too_early_months)
    return facts.agreement.signed is not None and facts.agreement.signed.first > since


def why_new(facts: Facts) -> str:
    """Return from when it can be examined; nothing where the year of signing is not on record."""
    signed = facts.agreement.signed
    if signed is None:
        return ""
    due = long_date(add_months(signed.first, facts.policy.periods.too_early_months))
    said = f"Signed {signed}; results can be examined from {due}"
    return f"{said}; until then only its readiness is looked at."


def is_dormant(facts: Facts) -> bool:
    return (
        facts.portfolio.has(Project)
        and records_complete(facts.agreement, facts.policy, as_of=facts.as_of)
        and is_silent(
            facts.agreement,
            facts.portfolio.of(facts.agreement, Project),
            facts.policy,
            as_of=facts.as_of,
        )
    )


def _dormant_reason(facts: Facts) -> str:
    heard = latest_word(facts.agreement)
    contact = f"last contact {heard}" if heard else "no contact on record"
    months = facts.policy.periods.inactive_months
    return f"Records are complete: no project in {months} months, none planned, {contact}"


def may_still_answer(facts: Facts) -> bool:
    return is_dormant(facts) and facts.as_of <= answer_due(facts)


def why_confirm(facts: Facts) -> str:
    due = long_date(answer_due(facts))
    if is_waiting_for_answer(facts):
        asked = facts.agreement.asked_on
        return f"{_dormant_reason(facts)}. Asked on {asked}; the answer is due by {due}."
    return f"{_dormant_reason(facts)}. Ask for confirmation by {due}."


def answer_due(facts: Facts) -> date:
    """Return the day by which the partner or sponsor must have answered."""
    asked = facts.agreement.asked_on
    start = asked.last if asked and is_waiting_for_answer(facts) else facts.as_of
    return start + timedelta(days=facts.policy.periods.answer_days)


def is_waiting_for_answer(facts: Facts) -> bool:
    return facts.agreement.asked_on is not None and not _has_answered(facts)


def _has_answered(facts: Facts) -> bool:
    asked = facts.agreement.asked_on
    answered = facts.agreement.answered_on
    return bool(asked and answered and answered.last >= asked.first)


def may_revive(facts: Facts) -> bool:
    """Whether a silent one is in a priority market, or may be where none is listed."""
    score = market_score(facts.agreement, facts.policy)
    return is_dormant(facts) and (score is None or score >= facts.policy.thresholds.revive_market)


def why_revive(facts: Facts) -> str:
    months = facts.policy.periods.revive_months
    by = long_date(add_months(facts.as_of, months))
    is_known = facts.policy.markets.are_listed
    market = "in a priority market" if is_known else "whether its market has priority is not known"
    return f"{_dormant_reason(facts)}, no answer; {market}. First project by {by}, or end."


def why_silent(facts: Facts) -> str:
    asked = facts.agreement.asked_on
    return f"{_dormant_reason(facts)}, and no answer since it was asked on {asked}."


def needs_class(facts: Facts) -> bool:
    open_findings = (ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)
    return not facts.inside and facts.outcome.decision in open_findings


def why_class(facts: Facts) -> str:
    flips = "; ".join(facts.outcome.flips)
    sensitive = f" This is sensitive: {flips}." if facts.outcome.sensitive else ""
    return f"Outside the framework. {facts.outcome.reason}{sensitive}"


def gets_class(facts: Facts) -> bool:
    if facts.inside or facts.there is None:
        return False
    return not facts.is_scored or facts.at(facts.score) >= facts.policy.thresholds.renegotiate_score


def why_reclassify(facts: Facts) -> str:
    return f"{why_class(facts)} {why_score(facts)}" if facts.is_scored else why_class(facts)


def what_a_class_asks(facts: Facts) -> tuple[str, ...]:
    """Return what an instrument needs to become a member of its class: a project if it has none."""
    projects = facts.portfolio.of(facts.agreement, Project)
    has_one = any(project.state != ProjectState.CANCELLED for project in projects)
    return (*facts.outcome.conditional, *(() if has_one else ("a first project",)))


def belongs_elsewhere(facts: Facts) -> bool:
    """Whether coded objectives firmly give another class whose conditions and score it meets."""
    return (
        facts.inside
        and facts.there is not None
        and facts.there.name != facts.agreement.classification
        and facts.outcome.from_objectives
        and not facts.outcome.sensitive
        and not facts.outcome.conditional
        and is_scored(facts.score_there, facts.policy)
        and facts.at(facts.score_there) >= facts.policy.thresholds.renegotiate_score
    )


def why_elsewhere(facts: Facts) -> str:
    score = f"scores {facts.score_there.mean:.0f} of 100 there"
    found = facts.outcome
    return f"{found.reason} It meets the conditions of a {found.decision} and {score}."


def is_not_scored(facts: Facts) -> bool:
    return facts.inside and not facts.is_scored


def why_continue(facts: Facts) -> str:
    enough = facts.policy.thresholds.known_weight
    known = f"less than {enough:g} of 100 of what it is judged by is known"
    return f"In the framework; {known}. {_to_mend(facts)}"


def _to_mend(facts: Facts) -> str:
    words = {Finding.NOT_MET: "Lacking", Finding.NOT_ON_RECORD: "Not on record"}
    mend = [
        f"{word}: {', '.join(d.name for d in facts.defects if d.finding == finding)}."
        for finding, word in words.items()
        if any(d.finding == finding for d in facts.defects)
    ]
    return " ".join(mend) or "No defect was found."


def is_sound(facts: Facts) -> bool:
    return _meets_criteria(facts) and not counted(facts.defects)


def why_score(facts: Facts) -> str:
    score = facts.score
    span = "" if score.low == score.high else f", between {score.low:.0f} and {score.high:.0f}"
    left_out = f" Not supplied and left out: {', '.join(score.left_out)}." if score.left_out else ""
    return f"Scores {score.mean:.0f} of 100 on the criteria of its class{span}.{left_out}"


def is_sound_but_for_defects(facts: Facts) -> bool:
    return _meets_criteria(facts) and bool(counted(facts.defects))


def _meets_criteria(facts: Facts) -> bool:
    enough = facts.at(facts.score) >= facts.policy.thresholds.keep_score
    return facts.is_scored and enough and is_active_enough(facts)


def is_active_enough(facts: Facts) -> bool:
    """Whether an economic agreement has some activity; what is missing holds at the high end."""
    if facts.family != Family.ECONOMIC:
        return True
    activity = facts.ratings.get("C4")
    if activity is None or activity.value is None:
        return facts.end is End.HIGH
    return activity.value > 0


def why_new_terms(facts: Facts) -> str:
    idle = "" if is_active_enough(facts) else " No activity is on record."
    todo = f" {_to_mend(facts)}" if counted(facts.defects) else ""
    return f"{why_score(facts)}{idle}{todo}"


def is_worth_new_terms(facts: Facts) -> bool:
    return facts.is_scored and facts.at(facts.score) >= facts.policy.thresholds.renegotiate_score


def could_be_led(facts: Facts) -> bool:
    return facts.is_scored and bool(facts.offers)


def why_transfer(facts: Facts) -> str:
    verb = "is" if len(facts.offers) == 1 else "are"
    return f"{why_score(facts)} {' and '.join(facts.offers)} could lead it and {verb} willing."


def has_score(facts: Facts) -> bool:
    return facts.is_scored
