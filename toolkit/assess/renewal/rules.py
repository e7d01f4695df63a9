"""By which rule an agreement near its end is renewed or ended, and which one fact would change it.

Source: `docs/rules.md`. The first rule that applies decides; the list reads like the policy.
"""

from collections.abc import Callable
from dataclasses import replace

from toolkit.assess.renewal.facts import RenewalFacts, figure, reaches
from toolkit.assess.rules import Match, Rule, always, first_match
from toolkit.model.decisions import find_word, is_better
from toolkit.model.policy import Thresholds
from toolkit.model.vocabulary import DecisionPoint, RenewalWord


def find_match(facts: RenewalFacts) -> Match[RenewalFacts]:
    """Return the first rule that applies; the last one always does."""
    return first_match(RULES, facts)


def find_second_option(facts: RenewalFacts) -> str | None:
    """Return the first better proposal that one better fact would give, and which fact.

    What is missing from the record is tried before what would have to be done better. Where the
    agreement cannot be evaluated, any other proposal is told, also a worse one.
    """
    now = find_match(facts).decision
    if now == RenewalWord.SUSPEND:
        return None
    for words, limit, better in ONE_FACT:
        asked = limit(facts.policy.thresholds)
        then = find_match(better(facts, asked)).decision
        told = then != now if now == RenewalWord.NOT_EVALUABLE else _is_better(then, now)
        if told:
            return f"{then}, if {words.format(asked)}"
    return None


def _on_hold(f: RenewalFacts) -> bool:
    return f.legal_hold


def _hold_reason(_f: RenewalFacts) -> str:
    return "It is on hold; nothing is renewed while that lasts."


def _partner_fails(f: RenewalFacts) -> bool:
    """Whether the partner is known to have met too few of its duties."""
    known = f.partner_duties is not None
    return known and not reaches(f.partner_duties, f.policy.thresholds.partner_duties)


def _achieves_for_conditions(f: RenewalFacts) -> bool:
    """Whether enough is achieved for a renewal with conditions."""
    return reaches(f.achievement, f.policy.thresholds.conditions_achievement)


def _achieves_for_renewal(f: RenewalFacts) -> bool:
    """Whether enough is achieved for a full renewal."""
    return reaches(f.achievement, f.policy.thresholds.renew_achievement)


def _scores_enough(f: RenewalFacts) -> bool:
    """Whether a score is known and high enough to keep it."""
    return reaches(f.score, f.policy.thresholds.keep_score)


def _lacking_for_a_chance(f: RenewalFacts) -> list[str]:
    """Return what a conditional renewal after poor results lacks, the score apart."""
    asked = f.policy.thresholds.conditional_duties
    lacking = []
    if not reaches(f.partner_duties, asked):
        met = "" if f.partner_duties is None else f", on record {figure(f.partner_duties, asked)} %"
        lacking.append(f"partner duties met to {asked:g} %{met}")
    if not f.external_cause:
        lacking.append("a stated external cause")
    if f.renewed_conditionally_before:
        lacking.append("a first time: it was renewed on condition before")
    return lacking


def _lacks_results(f: RenewalFacts) -> bool:
    return f.achievement is None or not reaches(f.coverage, f.policy.thresholds.evidence_coverage)


def _hangs_on_the_score(f: RenewalFacts) -> bool:
    """Whether the score is missing and its worst and best would be decided differently."""
    if f.score is not None:
        return False
    worst, best = (find_match(replace(f, score=end)).decision for end in (0.0, 100.0))
    return worst != best


def _may_bring_evidence(f: RenewalFacts) -> bool:
    missing = _lacks_results(f) or _hangs_on_the_score(f)
    return missing and not f.asked_for_evidence_before


def _is_renewed(f: RenewalFacts) -> bool:
    return _achieves_for_renewal(f) and _scores_enough(f) and f.forward_plan_smart


def _has_done_its_work(f: RenewalFacts) -> bool:
    return _achieves_for_renewal(f) and not _scores_enough(f)


def _is_worth_conditions(f: RenewalFacts) -> bool:
    return _achieves_for_conditions(f) and _scores_enough(f)


def _deserves_a_second_chance(f: RenewalFacts) -> bool:
    return _scores_enough(f) and not _lacking_for_a_chance(f)


def _achieved(f: RenewalFacts, asked: float) -> str:
    t = f.policy.thresholds
    achieved = figure(f.achievement, t.conditions_achievement, t.renew_achievement)
    return f"Its targets are achieved to {achieved} % ({asked:g} % asked)"


def _scored(f: RenewalFacts) -> str:
    limit = f.policy.thresholds.keep_score
    if f.score is None:
        return f"no score that counts is on record ({limit:g} asked)"
    return f"it scores {figure(f.score, limit)} of 100 ({limit:g} asked)"


def _duties(f: RenewalFacts, limit: float) -> str:
    return f"the partner met {figure(f.partner_duties, limit)} % of its duties ({limit:g} % asked)"


def _evidence_lacks(f: RenewalFacts) -> str:
    asked = f.policy.thresholds.evidence_coverage
    if f.coverage is None:
        return "No target has been due yet."
    if not reaches(f.coverage, asked):
        reported = figure(f.coverage, asked)
        return f"{reported} % of the values due are reported and approved ({asked:g} % asked)."
    if f.achievement is None:
        return "What is reported gives no percentage of any target."
    return "What is proposed hangs on the score, and none that counts is on record."


def _extension_reason(f: RenewalFacts) -> str:
    months = f.policy.periods.evidence_extension_months
    return f"{_evidence_lacks(f)} One extension of {months} months is given for the evidence."


def _run_out_reason(f: RenewalFacts) -> str:
    return f"{_evidence_lacks(f)} The one extension for the evidence has run out."


def _achieves_without_partner(f: RenewalFacts) -> bool:
    return _partner_fails(f) and _achieves_for_conditions(f)


def _duties_reason(f: RenewalFacts) -> str:
    t = f.policy.thresholds
    achieved = _achieved(f, t.conditions_achievement)
    return f"{achieved}, but {_duties(f, t.partner_duties)}."


def _failed_reason(f: RenewalFacts) -> str:
    t = f.policy.thresholds
    return f"{_achieved(f, t.conditions_achievement)}, and {_duties(f, t.partner_duties)}."


def _renew_reason(f: RenewalFacts) -> str:
    achieved = _achieved(f, f.policy.thresholds.renew_achievement)
    return f"{achieved}, {_scored(f)}, and every objective beyond the end is SMART."


def _conclude_reason(f: RenewalFacts) -> str:
    achieved = _achieved(f, f.policy.thresholds.renew_achievement)
    return f"{achieved}: it has done its work; for a new term {_scored(f)}."


def _conditions_reason(f: RenewalFacts) -> str:
    t = f.policy.thresholds
    lacking = [] if _achieves_for_renewal(f) else [f"{t.renew_achievement:g} %"]
    if not f.forward_plan_smart:
        lacking.append("objectives beyond the end, all of them SMART")
    so_far = f"{_achieved(f, t.conditions_achievement)}, {_scored(f)}."
    return f"{so_far} A full renewal asks {' and '.join(lacking)}."


def _chance_reason(f: RenewalFacts) -> str:
    t = f.policy.thresholds
    achieved = _achieved(f, t.conditions_achievement)
    return (
        f"{achieved}, but an external cause is on record, {_scored(f)}, "
        f"{_duties(f, t.conditional_duties)}, and this is the first time."
    )


def _end_reason(f: RenewalFacts) -> str:
    t = f.policy.thresholds
    limit = t.renew_achievement if _achieves_for_conditions(f) else t.conditions_achievement
    ends = f"{_achieved(f, limit)}, and {_scored(f)}."
    lacking = _lacking_for_a_chance(f) if _scores_enough(f) else []
    return f"{ends} For one conditional renewal it lacks {'; '.join(lacking)}." if lacking else ends


R, D3 = RenewalWord, DecisionPoint.D3
RESULTS = ("Results.actual", "Results.target")
DUTIES = ("Objectives.partner_duty_met",)
LACKING = "fewer than {evidence_coverage} of 100 values due are approved, or none can be measured"
RULES: tuple[Rule[RenewalFacts], ...] = (
    Rule(
        D3, "1", R.SUSPEND,
        "it is on hold",
        _on_hold, _hold_reason, ("status", "legal_hold"),
    ),
    Rule(
        D3, "2", R.NOT_EVALUABLE,
        f"{LACKING}: one extension of {{evidence_extension_months}} months",
        _may_bring_evidence, _extension_reason, RESULTS,
    ),
    Rule(
        D3, "2", R.SUNSET,
        f"{LACKING}, and the extension has run out",
        _lacks_results, _run_out_reason, RESULTS,
    ),
    Rule(
        D3, "3", R.RENEGOTIATE_DUTIES,
        "the partner met fewer than {partner_duties} of 100 duties, and {conditions_achievement} "
        "per cent or more of the targets were achieved",
        _achieves_without_partner, _duties_reason, (*DUTIES, *RESULTS),
    ),
    Rule(
        D3, "3", R.SUNSET,
        "the partner met fewer than {partner_duties} of 100 duties",
        _partner_fails, _failed_reason, DUTIES,
    ),
    Rule(
        D3, "4", R.RENEW,
        "{renew_achievement} per cent or more achieved, a score of {keep_score} or more, and SMART "
        "objectives beyond the end",
        _is_renewed, _renew_reason, (*RESULTS, "Objectives.starts", "Objectives.ends"),
    ),
    Rule(
        D3, "5", R.CONCLUDE,
        "{renew_achievement} per cent or more achieved, and a score below {keep_score}",
        _has_done_its_work, _conclude_reason, RESULTS,
    ),
    Rule(
        D3, "6", R.RENEW_WITH_CONDITIONS,
        "{conditions_achievement} per cent or more achieved, and a score of {keep_score} or more",
        _is_worth_conditions, _conditions_reason, RESULTS,
    ),
    Rule(
        D3, "7", R.ONE_CONDITIONAL,
        "a score of {keep_score} or more, {conditional_duties} of 100 partner duties met or more, "
        "an external cause on record, and no such renewal before",
        _deserves_a_second_chance, _chance_reason,
        (*RESULTS, *DUTIES, "external_cause", "Decisions.decision"),
    ),
    Rule(
        D3, "8", R.SUNSET,
        "none of the rules before applies",
        always, _end_reason, RESULTS,
    ),
)  # fmt: skip


def _is_better(then: str, now: str) -> bool | None:
    return is_better(find_word(then, DecisionPoint.D3), find_word(now, DecisionPoint.D3))


def _at_least(value: float | None, limit: float) -> float:
    return limit if value is None or not reaches(value, limit) else value


def _raise_duties(f: RenewalFacts, limit: float) -> RenewalFacts:
    return replace(f, partner_duties=_at_least(f.partner_duties, limit))


def _raise_achievement(f: RenewalFacts, limit: float) -> RenewalFacts:
    return replace(f, achievement=_at_least(f.achievement, limit))


Limit = Callable[[Thresholds], float]
Raise = Callable[[RenewalFacts, float], RenewalFacts]
ONE_FACT: tuple[tuple[str, Limit, Raise], ...] = (
    ("the missing values confirm what is achieved so far", lambda t: t.evidence_coverage,
     lambda f, limit: replace(f, coverage=_at_least(f.coverage, limit))),
    ("SMART objectives beyond the end are added", lambda _t: 0.0,
     lambda f, _limit: replace(f, forward_plan_smart=True)),
    ("an external cause is put on record", lambda _t: 0.0,
     lambda f, _limit: replace(f, external_cause=True)),
    ("it scored {:g}", lambda t: t.keep_score,
     lambda f, limit: replace(f, score=_at_least(f.score, limit))),
    ("the partner met {:g} % of its duties", lambda t: t.partner_duties, _raise_duties),
    ("the partner met {:g} % of its duties", lambda t: t.conditional_duties, _raise_duties),
    ("its targets were achieved to {:g} %", lambda t: t.conditions_achievement, _raise_achievement),
    ("its targets were achieved to {:g} %", lambda t: t.renew_achievement, _raise_achievement),
)  # fmt: skip
