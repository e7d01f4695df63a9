"""The rules of the review in the order they are tried; the first that matches decides.

Source: domain, section 4. The list reads like the policy: number, decision, test, reason.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from toolkit.assess.record.results import make_result
from toolkit.assess.review import rule_reasons as reasons
from toolkit.assess.review import rule_tests as tests
from toolkit.assess.review.facts import Facts
from toolkit.model.policy import Policy
from toolkit.model.vocabulary import Recommendation


@dataclass(frozen=True)
class Rule:
    """One rule: its number, what it proposes, when, why, and the columns it rests on.

    `when` says the test in words; names in braces are thresholds and periods of the policy.
    """

    number: int
    decision: Recommendation
    when: str
    applies: Callable[[Facts], bool]
    reason: Callable[[Facts], str]
    columns: tuple[str, ...]
    name: str = ""

    @property
    def label(self) -> str:
        """The rule as a report names it."""
        return self.name or f"rule {self.number}, {self.decision}"


R = Recommendation
AGE = "it was signed less than {too_early_months} months before the review"
SILENT = (
    "its records are complete and show no project and no contact in {inactive_months} months, "
    "none planned, no confirmed sponsor"
)
ENOUGH = "it scores {keep_score} or more, an economic agreement shows activity, and "
RULES = (
    Rule(
        1,
        R.SUSPEND,
        "it is on legal hold, or its status is suspended",
        tests.on_hold,
        reasons.why_hold,
        ("status", "legal_hold", "hold_reason"),
    ),
    Rule(
        2,
        R.KEEP_BY_DIRECTION,
        "people decided so, and the decision has not expired",
        tests.was_decided(R.KEEP_BY_DIRECTION),
        reasons.why_decided,
        (),
    ),
    Rule(
        2,
        R.SUNSET,
        "people decided so, and it is not concluded yet",
        tests.was_decided(R.SUNSET),
        reasons.why_decided,
        (),
    ),
    Rule(
        2,
        R.TRANSFER,
        "people decided so, and it is not handed on yet",
        tests.was_decided(R.TRANSFER),
        reasons.why_decided,
        (),
    ),
    Rule(
        3,
        R.LAPSED,
        "its end has passed while it is listed as active",
        tests.has_lapsed,
        reasons.why_lapsed,
        ("status", "ends"),
    ),
    Rule(
        4,
        R.REGISTER,
        "its owner is a partner, not the City",
        tests.is_partner_owned,
        reasons.why_outcome,
        ("owner", "city_role"),
    ),
    Rule(
        5,
        R.FOLD_IN,
        "it stands outside the framework and its relationship holds another instrument",
        tests.folds,
        reasons.why_outcome,
        ("classification", "relationship_id"),
    ),
    Rule(6, R.TOO_EARLY, AGE, tests.is_new, reasons.why_new, ("signed",)),
    Rule(
        7,
        R.CONFIRM_OR_END,
        f"{SILENT}; it was not asked, or at most {{answer_days}} days ago",
        tests.may_still_answer,
        reasons.why_confirm,
        ("last_contact", "asked_on"),
    ),
    Rule(
        7,
        R.REVIVE_OR_END,
        f"{SILENT}; it was asked and did not answer; its market rates {{revive_market}} or more",
        tests.may_revive,
        reasons.why_revive,
        ("last_contact", "asked_on", "country"),
    ),
    Rule(
        7,
        R.SUNSET,
        f"{SILENT}; it was asked and did not answer",
        tests.is_dormant,
        reasons.why_silent,
        ("last_contact", "asked_on"),
    ),
    Rule(
        8,
        R.CLASS_FIRST,
        "it stands outside the framework, and its stated objectives give no class",
        tests.needs_class,
        reasons.why_class,
        ("classification", "main_purpose"),
    ),
    Rule(
        9,
        R.RECLASSIFY,
        "it stands outside the framework, and its stated objectives give a class in which it "
        "scores {renegotiate_score} or more, where {known_weight} of 100 of the weight is known",
        tests.gets_class,
        reasons.why_reclassify,
        ("classification", "main_purpose"),
    ),
    Rule(
        9,
        R.RECLASSIFY,
        "its coded objectives give another class, whose conditions it meets and in which it "
        "scores {renegotiate_score} or more",
        tests.belongs_elsewhere,
        reasons.why_elsewhere,
        ("classification",),
    ),
    Rule(
        10,
        R.CONTINUE,
        "less than {known_weight} of 100 of the weight of its class is known",
        tests.is_not_scored,
        reasons.why_continue,
        ("classification",),
    ),
    Rule(
        11,
        R.KEEP,
        ENOUGH + "nothing is missing",
        tests.is_sound,
        reasons.why_score,
        ("classification",),
    ),
    Rule(
        12,
        R.KEEP_ON_NEW_TERMS,
        ENOUGH + "something is missing",
        tests.is_sound_but_for_defects,
        reasons.why_new_terms,
        ("classification",),
    ),
    Rule(
        13,
        R.RENEGOTIATE,
        "it scores {renegotiate_score} or more",
        tests.is_worth_new_terms,
        reasons.why_new_terms,
        ("classification",),
    ),
    Rule(
        14,
        R.TRANSFER,
        "a partner that could lead it said so in the last {transfer_willing_months} months",
        tests.could_be_led,
        reasons.why_transfer,
        ("classification",),
    ),
    Rule(
        15,
        R.SUNSET,
        "none of the rules before matches",
        tests.does_not_meet_criteria,
        reasons.why_score,
        ("classification",),
    ),
)


BEFORE_SCORES = 9  # the first rule that may look at a score


def matching_rules(facts: Facts) -> list[Rule]:
    """Return every rule that matches, in order; the first decides.

    What decision point D3 proposes near the end stands in for the rules 9 to 15.
    """
    found = [rule for rule in RULES if rule.applies(facts)]
    if facts.renewal is None:
        return found
    return [rule for rule in found if rule.number < BEFORE_SCORES] + [_renewal_rule(facts.renewal)]


def _renewal_rule(renewal: tuple) -> Rule:
    return Rule(
        BEFORE_SCORES - 1,
        renewal.decision,
        D3,
        lambda _: True,
        lambda _: renewal.reason,
        ("ends",),
        renewal.rule,
    )


D3 = (
    "targets were agreed, or sponsor and Councillor endorse it again, and it ends within "
    "{evaluation_lead_months} months: decision point D3 stands in for the rules 9 to 15"
)


def list_rules(policy: Policy) -> pd.DataFrame:
    """Return the rules in the order they are tried, with the policy's numbers in their tests.

    Returns
    -------
    DataFrame by rule ("1", or "7.2" for the second line of rule 7): decision, reason (the test in
    words), cells (the policy file).
    """
    settings = vars(policy.periods) | vars(policy.thresholds)
    numbers = {name: f"{value:g}" for name, value in settings.items()}
    tests_of: dict[tuple[int, str], list[str]] = {}
    for rule in RULES:
        tests_of.setdefault((rule.number, rule.decision), []).append(rule.when)
    records = [
        {
            "rule": _line_name(number, decision),
            "decision": decision,
            "reason": "; or ".join(whens).format(**numbers),
            "cells": policy.file_name,
        }
        for (number, decision), whens in tests_of.items()
    ]
    before = sum(number < BEFORE_SCORES for number, _ in tests_of)
    renewal = {"rule": "D3", "decision": "Renew or sunset", "reason": D3.format(**numbers)}
    records.insert(before, renewal | {"cells": policy.file_name})
    return make_result(records, ("rule", "decision", "reason", "cells"), "rule")


def _line_name(number: int, decision: str) -> str:
    """Return the number of a rule, with a second one where it may propose different things."""
    words = list(dict.fromkeys(rule.decision for rule in RULES if rule.number == number))
    return str(number) if len(words) == 1 else f"{number}.{words.index(decision) + 1}"
