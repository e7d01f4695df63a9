"""By which rule an agreement near its end is renewed, renegotiated, concluded or ended.

Source: domain, section 8. The first rule that applies decides; the list reads like the policy.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from toolkit.assess.record.results import make_result
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
from toolkit.model.policy import Policy
from toolkit.model.vocabulary import Renewal


@dataclass(frozen=True)
class RenewalRule:
    """One rule: its number, what it proposes, when (in words, too), and why."""

    number: int
    decision: Renewal
    when: str
    applies: Callable[[RenewalFacts, Policy], bool]
    reason: Callable[[RenewalFacts, Policy], str]

    def __str__(self) -> str:
        return f"renewal rule {self.number}, {self.decision}"


def find_rule(facts: RenewalFacts, policy: Policy) -> RenewalRule:
    """Return the first rule that applies; the last one always does."""
    return next(rule for rule in RULES if rule.applies(facts, policy))


def _on_hold(f: RenewalFacts, _p: Policy) -> bool:
    return f.legal_hold


def _lacks_results(f: RenewalFacts, p: Policy) -> bool:
    return f.achievement is None or not reaches(f.coverage, p.thresholds.evidence_coverage)


def _hangs_on_the_score(f: RenewalFacts, p: Policy) -> bool:
    """Whether the score is missing and its worst and best would be decided differently."""
    if f.score is not None:
        return False
    worst, best = (find_rule(replace(f, score=end), p).decision for end in (0.0, 100.0))
    return worst != best


def _may_bring_evidence(f: RenewalFacts, p: Policy) -> bool:
    missing = _lacks_results(f, p) or _hangs_on_the_score(f, p)
    return missing and not f.asked_for_evidence_before


def _is_renewed(f: RenewalFacts, p: Policy) -> bool:
    return achieves_for_renewal(f, p) and scores_enough(f, p) and f.forward_plan_smart


def _has_done_its_work(f: RenewalFacts, p: Policy) -> bool:
    return achieves_for_renewal(f, p) and not scores_enough(f, p)


def _is_worth_conditions(f: RenewalFacts, p: Policy) -> bool:
    return achieves_for_conditions(f, p) and scores_enough(f, p)


def _deserves_a_second_chance(f: RenewalFacts, p: Policy) -> bool:
    return scores_enough(f, p) and not lacking_for_a_chance(f, p)


def _achieved(f: RenewalFacts, p: Policy, asked: float) -> str:
    t = p.thresholds
    achieved = figure(f.achievement, t.conditions_achievement, t.renew_achievement)
    return f"Its targets are achieved to {achieved} % ({asked:g} % asked)"


def _scored(f: RenewalFacts, p: Policy) -> str:
    limit = p.thresholds.keep_score
    if f.score is None:
        return f"no score that counts is on record ({limit:g} asked)"
    return f"it scores {figure(f.score, limit)} of 100 ({limit:g} asked)"


def _duties(f: RenewalFacts, limit: float) -> str:
    return f"the partner met {figure(f.partner_duties, limit)} % of its duties ({limit:g} % asked)"


def _evidence_lacks(f: RenewalFacts, p: Policy) -> str:
    asked = p.thresholds.evidence_coverage
    if f.coverage is None:
        return "No target has been due yet."
    if not reaches(f.coverage, asked):
        reported = figure(f.coverage, asked)
        return f"{reported} % of the values due are reported and approved ({asked:g} % asked)."
    if f.achievement is None:
        return "What is reported gives no percentage of any target."
    return "What is proposed hangs on the score, and none that counts is on record."


def _extension_reason(f: RenewalFacts, p: Policy) -> str:
    months = p.periods.evidence_extension_months
    return f"{_evidence_lacks(f, p)} One extension of {months} months is given for the evidence."


def _duties_reason(f: RenewalFacts, p: Policy) -> str:
    t = p.thresholds
    achieved = _achieved(f, p, t.conditions_achievement)
    return f"{achieved}, but {_duties(f, t.partner_duties)}."


def _failed_reason(f: RenewalFacts, p: Policy) -> str:
    t = p.thresholds
    return f"{_achieved(f, p, t.conditions_achievement)}, and {_duties(f, t.partner_duties)}."


def _renew_reason(f: RenewalFacts, p: Policy) -> str:
    achieved = _achieved(f, p, p.thresholds.renew_achievement)
    return f"{achieved}, {_scored(f, p)}, and every objective beyond the end is SMART."


def _conclude_reason(f: RenewalFacts, p: Policy) -> str:
    achieved = _achieved(f, p, p.thresholds.renew_achievement)
    return f"{achieved}: it has done its work; for a new term {_scored(f, p)}."


def _conditions_reason(f: RenewalFacts, p: Policy) -> str:
    t = p.thresholds
    lacking = [] if achieves_for_renewal(f, p) else [f"{t.renew_achievement:g} %"]
    if not f.forward_plan_smart:
        lacking.append("objectives beyond the end, all of them SMART")
    so_far = f"{_achieved(f, p, t.conditions_achievement)}, {_scored(f, p)}."
    return f"{so_far} A full renewal asks {' and '.join(lacking)}."


def _chance_reason(f: RenewalFacts, p: Policy) -> str:
    t = p.thresholds
    achieved = _achieved(f, p, t.conditions_achievement)
    return (
        f"{achieved}, but an external cause is on record, {_scored(f, p)}, "
        f"{_duties(f, t.conditional_duties)}, and this is the first time."
    )


def _end_reason(f: RenewalFacts, p: Policy) -> str:
    t = p.thresholds
    limit = t.renew_achievement if achieves_for_conditions(f, p) else t.conditions_achievement
    ends = f"{_achieved(f, p, limit)}, and {_scored(f, p)}."
    lacking = lacking_for_a_chance(f, p) if scores_enough(f, p) else []
    return f"{ends} For one conditional renewal it lacks {'; '.join(lacking)}." if lacking else ends


R = Renewal
LACKING = "fewer than {evidence_coverage} of 100 values due are approved, or none can be measured"
RULES = (
    RenewalRule(
        1,
        R.SUSPEND,
        "it is on hold",
        _on_hold,
        lambda _f, _p: "It is on hold; nothing is renewed while that lasts.",
    ),
    RenewalRule(
        2,
        R.NOT_EVALUABLE,
        f"{LACKING}: one extension of {{evidence_extension_months}} months",
        _may_bring_evidence,
        _extension_reason,
    ),
    RenewalRule(
        2,
        R.SUNSET,
        f"{LACKING}, and the extension has run out",
        _lacks_results,
        lambda f, p: f"{_evidence_lacks(f, p)} The one extension for the evidence has run out.",
    ),
    RenewalRule(
        3,
        R.RENEGOTIATE_DUTIES,
        "the partner met fewer than {partner_duties} of 100 duties, and {conditions_achievement} "
        "per cent or more of the targets were achieved",
        lambda f, p: partner_fails(f, p) and achieves_for_conditions(f, p),
        _duties_reason,
    ),
    RenewalRule(
        3,
        R.SUNSET,
        "the partner met fewer than {partner_duties} of 100 duties",
        partner_fails,
        _failed_reason,
    ),
    RenewalRule(
        4,
        R.RENEW,
        "{renew_achievement} per cent or more achieved, a score of {keep_score} or more, and SMART "
        "objectives beyond the end",
        _is_renewed,
        _renew_reason,
    ),
    RenewalRule(
        5,
        R.CONCLUDE,
        "{renew_achievement} per cent or more achieved, and a score below {keep_score}",
        _has_done_its_work,
        _conclude_reason,
    ),
    RenewalRule(
        6,
        R.RENEW_WITH_CONDITIONS,
        "{conditions_achievement} per cent or more achieved, and a score of {keep_score} or more",
        _is_worth_conditions,
        _conditions_reason,
    ),
    RenewalRule(
        7,
        R.ONE_CONDITIONAL,
        "a score of {keep_score} or more, {conditional_duties} of 100 partner duties met or more, "
        "an external cause on record, and no such renewal before",
        _deserves_a_second_chance,
        _chance_reason,
    ),
    RenewalRule(8, R.SUNSET, "none of the rules before applies", lambda _f, _p: True, _end_reason),
)


def list_renewal_rules(policy: Policy) -> pd.DataFrame:
    """Return the renewal rules in their order, with the policy's numbers in their tests.

    Returns
    -------
    DataFrame by rule: decision, reason (the test in words), cells (the policy file).
    """
    settings = vars(policy.periods) | vars(policy.thresholds)
    numbers = {name: f"{value:g}" for name, value in settings.items()}
    records = [
        {
            "rule": f"D3 rule {rule.number}",
            "decision": rule.decision,
            "reason": rule.when.format(**numbers),
            "cells": policy.file_name,
        }
        for rule in RULES
    ]
    return make_result(records, ("rule", "decision", "reason", "cells"), "rule")
