"""How each rule of the review tells its reason, in a sentence a committee can read."""

from toolkit.assess.record.activity import latest_word
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.rule_tests import (
    answer_due,
    is_active_enough,
    is_waiting_for_answer,
)
from toolkit.model.dates import add_months, long_date
from toolkit.model.vocabulary import Finding, ProjectState


def why_hold(f: Facts) -> str:
    what = "It is on legal hold" if f.agreement.legal_hold == "y" else "Its status is suspended"
    return f"{what}: {f.agreement.hold_reason}." if f.agreement.hold_reason else f"{what}."


def why_decided(f: Facts) -> str:
    who = f" by {f.decided.decided_by}" if f.decided.decided_by else ""
    why = f": {f.decided.rationale}" if f.decided.rationale else ""
    said = f"Decided for {f.decided.year}{who}{why}"
    return said if said.endswith((".", "?", "!")) else f"{said}."


def why_lapsed(f: Facts) -> str:
    return f"It ended on {f.agreement.ends} and is still listed as active: renew or conclude."


def why_outcome(f: Facts) -> str:
    return f.outcome.reason


def why_new(f: Facts) -> str:
    months = f.policy.periods.too_early_months
    due = long_date(add_months(f.agreement.signed.first, months))
    signed = f"Signed {f.agreement.signed}; results can be examined from {due}"
    return f"{signed}; until then only its readiness is looked at."


def why_confirm(f: Facts) -> str:
    due = long_date(answer_due(f))
    if is_waiting_for_answer(f):
        return f"{_dormant_reason(f)}. Asked on {f.agreement.asked_on}; the answer is due by {due}."
    return f"{_dormant_reason(f)}. Ask for confirmation by {due}."


def why_revive(f: Facts) -> str:
    months = f.policy.periods.revive_months
    by = long_date(add_months(f.as_of, months))
    return f"{_dormant_reason(f)}, no answer; in a priority market. First project by {by}, or end."


def why_silent(f: Facts) -> str:
    return f"{_dormant_reason(f)}, and no answer since it was asked on {f.agreement.asked_on}."


def why_class(f: Facts) -> str:
    return f"Outside the framework. {f.outcome.reason}{_sensitivity(f)}"


def why_reclassify(f: Facts) -> str:
    conditions = "; ".join(reclassifying_conditions(f))
    score = f" {why_score(f)}" if f.is_scored else ""
    on_condition = f" On condition of: {conditions}." if conditions else ""
    return f"{why_class(f)}{score}{on_condition}"


def reclassifying_conditions(f: Facts) -> tuple[str, ...]:
    """Return what an instrument needs to become a member of its class: a project if it has none."""
    projects = f.record.projects.get(f.agreement.agreement_id, ())
    has_one = any(p.state != ProjectState.CANCELLED for p in projects)
    return (*f.outcome.conditional, *(() if has_one else ("a first project",)))


def why_elsewhere(f: Facts) -> str:
    score = f"scores {f.score_there.mean:.0f} of 100 there"
    return f"{f.outcome.reason} It meets the conditions of a {f.outcome.decision} and {score}."


def why_continue(f: Facts) -> str:
    enough = f.policy.thresholds.known_weight
    known = f"less than {enough:g} of 100 of what it is judged by is known"
    return f"In the framework; {known}. {_to_mend(f)}"


def why_score(f: Facts) -> str:
    score = f.score
    span = "" if score.low == score.high else f", between {score.low:.0f} and {score.high:.0f}"
    left_out = f" Not supplied and left out: {', '.join(score.left_out)}." if score.left_out else ""
    return f"Scores {score.mean:.0f} of 100 on the criteria of its class{span}.{left_out}"


def why_new_terms(f: Facts) -> str:
    idle = "" if is_active_enough(f) else " No activity is on record."
    todo = f" {_to_mend(f)}" if counted(f.defects) else ""
    return f"{why_score(f)}{idle}{todo}"


def why_transfer(f: Facts) -> str:
    verb = "is" if len(f.offers) == 1 else "are"
    return f"{why_score(f)} {' and '.join(f.offers)} could lead it and {verb} willing."


def _dormant_reason(f: Facts) -> str:
    heard = latest_word(f.agreement, as_of=f.as_of)
    contact = f"last contact {heard}" if heard else "no contact on record"
    months = f.policy.periods.inactive_months
    return f"Records are complete: no project in {months} months, none planned, {contact}"


def _sensitivity(f: Facts) -> str:
    flips = "; ".join(f.outcome.flips)
    return f" This is sensitive: {flips}." if f.outcome.sensitive else ""


def _to_mend(f: Facts) -> str:
    words = {Finding.NOT_MET: "Lacking", Finding.NOT_ON_RECORD: "Not on record"}
    mend = [
        f"{word}: {', '.join(d.name for d in f.defects if d.finding == finding)}."
        for finding, word in words.items()
        if any(d.finding == finding for d in f.defects)
    ]
    return " ".join(mend) or "No defect was found."
