"""What each rule of the review tests of the facts of one agreement, and how it tells its reason.

Source: `docs/rules.md`. A fact that is missing is neither a yes nor a no; a reason is a sentence a
committee can read.
"""

from collections.abc import Callable

from toolkit.assess.record.decided import is_word
from toolkit.assess.review.criteria import Rating, is_scored
from toolkit.assess.review.defects import counted
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.notice_words import must_show, notice_ran_out, offer
from toolkit.model.dates import When, add_months, long_date, spoken
from toolkit.model.vocabulary import (
    ClassFinding,
    Family,
    Finding,
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
    ended = spoken(facts.agreement.ends)
    return f"It ended on {ended} and is still listed as active: renew or conclude."


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
    said = f"Signed {spoken(signed)}; results can be examined from {due}"
    return f"{said}; until then only its readiness is looked at."


def needs_class(facts: Facts) -> bool:
    open_findings = (ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)
    is_open = not facts.inside and facts.outcome.decision in open_findings
    return is_open and not _is_to_end(facts)


def why_class(facts: Facts) -> str:
    flips = "; ".join(facts.outcome.flips)
    is_open = facts.outcome.decision == ClassFinding.BORDERLINE
    what = "This is sensitive" if facts.outcome.sensitive else "It points both ways"
    told = f" {what}: {flips}." if flips and (facts.outcome.sensitive or is_open) else ""
    return f"Outside the framework. {facts.outcome.reason}{told}"


def _is_to_end(facts: Facts) -> bool:
    """Whether its notice has run out and, with what is missing at its worst, its score is low."""
    return facts.notice_has_run_out and facts.is_scored and not facts.passed.renegotiate


def class_cannot_be_tested(facts: Facts) -> bool:
    outside = not facts.inside and facts.there is not None
    return outside and facts.can_be_scored and not facts.is_scored


def why_not_scored(facts: Facts) -> str:
    enough = facts.policy.thresholds.known_weight
    known = f"{facts.score.known:.0f} of 100 of what it is judged by is known, {enough:g} are asked"
    begin = "" if facts.inside else f"{why_class(facts)} "
    return f"{begin}Too little is on record to judge it: {known}. Missing: {_not_known(facts)}."


def _not_known(facts: Facts) -> str:
    """Return the criteria of its class that are not wholly known, the weightiest first."""
    open_ones = [key for key, r in facts.ratings.items() if not r.is_settled]
    lacking = {key: w for key in open_ones if (w := facts.weights.get(key, 0.0))}
    names = {c.id: f"{c.name.lower()} ({c.id})" for c in facts.policy.criteria}
    return ", ".join(names[key] for key in sorted(lacking, key=lambda key: (-lacking[key], key)))


def gets_class(facts: Facts) -> bool:
    if facts.inside or facts.there is None:
        return False
    return not facts.is_scored or facts.passed.renegotiate_there


def why_reclassify(facts: Facts) -> str:
    return f"{why_class(facts)} {why_score(facts)}" if facts.is_scored else why_class(facts)


def what_a_class_asks(facts: Facts) -> tuple[str, ...]:
    """Return what an instrument needs to become a member of its class: shown activity too."""
    asked = () if facts.passed.is_active else ("a first project",)
    return (*facts.outcome.conditional, *asked)


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
        and facts.passed.renegotiate_there
        and not _meets_criteria(facts)
    )


def why_elsewhere(facts: Facts) -> str:
    score = f"scores {facts.score_there.points:.0f} of 100 there"
    found = facts.outcome
    own = f"as a {facts.agreement.classification} it scores {facts.score.points:.0f}"
    met = f"It meets the conditions of a {found.decision} and {score}"
    return f"{found.reason} {met}; {own} and would not be kept."


def cannot_be_scored(facts: Facts) -> bool:
    return facts.inside and not facts.is_scored and not facts.can_be_scored


def could_be_scored(facts: Facts) -> bool:
    return facts.inside and not facts.is_scored and facts.can_be_scored


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


def is_sound_but_for_defects(facts: Facts) -> bool:
    return _meets_criteria(facts) and bool(counted(facts.defects))


def _meets_criteria(facts: Facts) -> bool:
    passed = facts.passed
    is_active = passed.is_active or facts.family != Family.ECONOMIC
    return facts.is_scored and passed.keep and is_active and passed.results and passed.record


def why_score(facts: Facts) -> str:
    score = facts.score
    span = "" if score.low == score.high else f", between {score.low:.0f} and {score.high:.0f}"
    left_out = f" Not looked at: {', '.join(score.left_out)}." if score.left_out else ""
    return f"Scores {score.points:.0f} of 100 on the criteria of its class{span}.{left_out}"


def why_kept(facts: Facts) -> str:
    asked = f"{facts.policy.thresholds.keep_score:g} are asked, and nothing is to be mended."
    return f"{why_score(facts)} {asked}{_targets_told(facts)}"


def why_new_terms(facts: Facts) -> str:
    short = _falls_short(facts)
    lacking = f" To be kept it lacks {'; '.join(short)}." if short else ""
    todo = f" {_to_mend(facts)}" if counted(facts.defects) else ""
    return f"{why_score(facts)}{lacking}{_targets_told(facts)}{todo}"


def _falls_short(facts: Facts) -> list[str]:
    """Return what it lacks to be kept, beside what is to be mended."""
    passed, least = facts.passed, facts.policy.thresholds
    lacking = (
        (passed.keep, f"a score of {least.keep_score:g}"),
        (passed.is_active or facts.family != Family.ECONOMIC, "activity on record"),
        (passed.results, f"results of {least.keep_results:g} % of its targets"),
        (passed.record, f"a record of {least.keep_record:g} of 100"),
    )
    return [what for is_there, what in lacking if not is_there]


def _targets_told(facts: Facts) -> str:
    """Return which targets were revised, where any was."""
    found = facts.sources.reached.get(facts.agreement.agreement_id)
    return f" {found.revised}" if found is not None and found.revised else ""


def is_worth_new_terms(facts: Facts) -> bool:
    return facts.is_scored and facts.passed.renegotiate


def is_to_be_warned(facts: Facts) -> bool:
    return facts.is_scored and not facts.notice_has_run_out


def why_notice(facts: Facts) -> str:
    least = facts.policy.thresholds.renegotiate_score
    what = f"a score of {least:g}, from {_weakest(facts)}"
    return f"{why_score(facts)}{_targets_told(facts)} {must_show(facts, what)}"


def _weakest(facts: Facts) -> str:
    """Return the criteria from which most points are lacking, at most three, in words."""
    names = {c.id: c.name.lower() for c in facts.policy.criteria}
    lacking = {
        key: facts.weights[key] * r.share * (100 - (r.value or 0.0) * r.known)
        for key, r in facts.ratings.items()
        if facts.weights.get(key)
    }
    most = sorted(lacking, key=lambda key: (-round(lacking[key], 9), key))[:3]
    return ", ".join(f"{names[key]} ({_now(facts.ratings[key])})" for key in most)


def _now(rating: Rating) -> str:
    return "not on record" if rating.value is None else f"now {rating.value:.0f} of 100"


def could_be_led(facts: Facts) -> bool:
    return facts.is_scored and bool(facts.offers)


def why_transfer(facts: Facts) -> str:
    return f"{why_end(facts)} {offer(facts)}"


def why_end(facts: Facts) -> str:
    asked = f"{facts.policy.thresholds.renegotiate_score:g} are asked."
    return f"{why_score(facts)} {asked}{_targets_told(facts)} {notice_ran_out(facts)}"


def has_score(facts: Facts) -> bool:
    return facts.is_scored
