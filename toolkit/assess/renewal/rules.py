"""By which rule an agreement near its end is renewed, renegotiated, concluded or ended.

Source: `docs/rules.md`. The first rule that applies decides; the list reads like the policy.
"""

from dataclasses import replace

from toolkit.assess.renewal.facts import (
    RenewalFacts,
    achieves_for_conditions,
    achieves_for_renewal,
    figure,
    lacking_for_a_chance,
    partner_fails,
    reaches,
    scores_enough,
)
from toolkit.assess.rules import Match, Rule, always, first_match
from toolkit.model.vocabulary import DecisionPoint, Renewal


def find_match(facts: RenewalFacts) -> Match[RenewalFacts]:
    """Return the first rule that applies; the last one always does."""
    return first_match(RULES, facts)


def _on_hold(f: RenewalFacts) -> bool:
    return f.legal_hold


def _hold_reason(_f: RenewalFacts) -> str:
    return "It is on hold; nothing is renewed while that lasts."


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
    return achieves_for_renewal(f) and scores_enough(f) and f.forward_plan_smart


def _has_done_its_work(f: RenewalFacts) -> bool:
    return achieves_for_renewal(f) and not scores_enough(f)


def _is_worth_conditions(f: RenewalFacts) -> bool:
    return achieves_for_conditions(f) and scores_enough(f)


def _deserves_a_second_chance(f: RenewalFacts) -> bool:
    return scores_enough(f) and not lacking_for_a_chance(f)


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
    return partner_fails(f) and achieves_for_conditions(f)


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
    lacking = [] if achieves_for_renewal(f) else [f"{t.renew_achievement:g} %"]
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
    limit = t.renew_achievement if achieves_for_conditions(f) else t.conditions_achievement
    ends = f"{_achieved(f, limit)}, and {_scored(f)}."
    lacking = lacking_for_a_chance(f) if scores_enough(f) else []
    return f"{ends} For one conditional renewal it lacks {'; '.join(lacking)}." if lacking else ends


R, D3 = Renewal, DecisionPoint.D3
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
        partner_fails, _failed_reason, DUTIES,
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
