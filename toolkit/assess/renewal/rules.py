"""By which rule an agreement near its end is renewed, put on notice or ended.

Source: `docs/rules.md`. The first rule that applies decides; the list reads like the policy.
"""

from toolkit.assess.renewal.facts import RenewalFacts, figure, reaches
from toolkit.assess.rules import Match, Rule, always, first_match, never
from toolkit.model.vocabulary import DecisionPoint, RenewalWord


def find_match(facts: RenewalFacts) -> Match[RenewalFacts]:
    """Return the first rule that applies; the last one always does."""
    return first_match(RULES, facts)


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


def _lacks_evidence(f: RenewalFacts) -> bool:
    """Whether too little is reported; once a notice has run out, that is asked no more."""
    too_little = not reaches(f.coverage, f.policy.thresholds.evidence_coverage)
    return (f.without_targets or too_little) and not f.notice_has_run_out


def _may_bring_evidence(f: RenewalFacts) -> bool:
    return _lacks_evidence(f) and not f.asked_for_evidence_before


def _is_renewed(f: RenewalFacts) -> bool:
    return _achieves_for_renewal(f) and _scores_enough(f) and f.forward_plan_smart


def _has_done_its_work(f: RenewalFacts) -> bool:
    done = _achieves_for_renewal(f) and not _scores_enough(f)
    return done and not _partner_fails(f)


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
    if f.without_targets:
        return "No target is on record that could be achieved to a percentage."
    if f.coverage is None:
        return "No target has been due yet."
    reported = figure(f.coverage, asked)
    return f"{reported} % of the values due are reported and approved ({asked:g} % asked)."


def _extension_reason(f: RenewalFacts) -> str:
    months = f.policy.periods.evidence_extension_months
    return f"{_evidence_lacks(f)} One extension of {months} months is given for the evidence."


def _run_out_reason(f: RenewalFacts) -> str:
    return f"{_evidence_lacks(f)} The one extension for the evidence has run out."


def _achieves_without_partner(f: RenewalFacts) -> bool:
    return _partner_fails(f) and _is_worth_conditions(f)


def _duties_reason(f: RenewalFacts) -> str:
    t = f.policy.thresholds
    achieved = _achieved(f, t.conditions_achievement)
    return f"{achieved} and {_scored(f)}, but {_duties(f, t.partner_duties)}."


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
    found = [_achieved(f, limit), _scored(f)]
    if _partner_fails(f):
        found.append(_duties(f, t.partner_duties))
    ends = f"{', '.join(found[:-1])}, and {found[-1]}."
    lacking = _lacking_for_a_chance(f) if _scores_enough(f) else []
    return f"{ends} For one conditional renewal it lacks {'; '.join(lacking)}." if lacking else ends


def _notice_reason(f: RenewalFacts) -> str:
    months = f.policy.periods.on_notice_months
    return f"{_end_reason(f)} It is put on notice, with {months} months to show what is asked."


def _sunset_reason(f: RenewalFacts) -> str:
    return f"{_end_reason(f)} It was put on notice, and the notice has run out."


def _transfer_reason(f: RenewalFacts) -> str:
    return f"{_sunset_reason(f)} An engaged partner offers to lead it."


def _could_be_led(f: RenewalFacts) -> bool:
    return f.notice_has_run_out and f.could_be_led


def _notice_has_run_out(f: RenewalFacts) -> bool:
    return f.notice_has_run_out


R, D3 = RenewalWord, DecisionPoint.D3
RESULTS = ("Results.actual", "Results.target")
DUTIES = ("Objectives.partner_duty_met",)
LACKING = "fewer than {evidence_coverage} of 100 values due are approved, or no target is on record"
RULES: tuple[Rule[RenewalFacts], ...] = (
    Rule(
        D3, "1", R.SUSPEND,
        "it is on hold",
        _on_hold, _hold_reason, ("status", "legal_hold"),
    ),
    Rule(
        D3, "2", R.NOT_EVALUABLE,
        f"{LACKING}, and no notice has run out: one extension of {{evidence_extension_months}} "
        "months",
        _may_bring_evidence, _extension_reason, RESULTS,
    ),
    Rule(
        D3, "2", R.ON_NOTICE,
        f"{LACKING}, and the extension has run out, but no notice",
        _lacks_evidence, _run_out_reason, (*RESULTS, "Decisions.decision"),
    ),
    Rule(
        D3, "3", R.RENEGOTIATE_DUTIES,
        "the partner met fewer than {partner_duties} of 100 duties, and {conditions_achievement} "
        "per cent or more of the targets were achieved, with a score of {keep_score} or more",
        _achieves_without_partner, _duties_reason, (*DUTIES, *RESULTS),
    ),
    Rule(
        D3, "4", R.RENEW,
        "{renew_achievement} per cent or more achieved, a score of {keep_score} or more, and SMART "
        "objectives beyond the end",
        _is_renewed, _renew_reason, (*RESULTS, "Objectives.starts", "Objectives.ends"),
    ),
    Rule(
        D3, "5", R.CONCLUDE,
        "{renew_achievement} per cent or more achieved, a score below {keep_score}, and no rule 3: "
        "the partner met {partner_duties} of 100 duties, or nobody says",
        _has_done_its_work, _conclude_reason, (*RESULTS, *DUTIES),
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
        D3, "8", R.TRANSFER,
        "none of the rules before applies, a notice has run out, and a partner could lead it",
        _could_be_led, _transfer_reason,
        (*RESULTS, *DUTIES, "Engagements.role", "Engagements.willing_on"),
    ),
    Rule(
        D3, "8", R.SUNSET,
        "none of the rules before applies, and a notice has run out: what is not reported counts "
        "as nothing",
        _notice_has_run_out, _sunset_reason, (*RESULTS, *DUTIES, "Decisions.decision"),
    ),
    Rule(
        D3, "8", R.ON_NOTICE,
        "none of the rules before applies: {on_notice_months} months to show what is asked",
        always, _notice_reason, (*RESULTS, *DUTIES),
    ),
)  # fmt: skip
OPEN: Rule[RenewalFacts] = Rule(
    D3, "E", R.INSUFFICIENT,
    "what is missing of its results, duties or score decides between two words, of which one is On "
    "notice or Sunset; between two others, the one of the lower place is proposed",
    never, _end_reason, (*RESULTS, *DUTIES),
)  # fmt: skip
LISTED = (*RULES, OPEN)
