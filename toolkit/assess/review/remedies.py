"""Which single repair would give an agreement a better decision, by its own rules run again.

Source: domain, section 4; the agreement report's "what would change the recommendation".
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.record.results import make_result
from toolkit.assess.review.agreements import decide
from toolkit.assess.review.bounds import find_missing
from toolkit.assess.review.facts import Facts, gather_facts
from toolkit.assess.review.repairs import MENDS, Situation
from toolkit.model.policy import SingleRepair
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Recommendation

COLUMNS = ("agreement_id", "decision", "reason", "partner", "repair", "now", "then", "cells")
BETTER, WORSE, OTHER, NONE = "better", "worse", "other", "none"
R = Recommendation
STEPS = (  # from the best standing to the worst; words on one step are not compared
    (R.KEEP,),
    (R.KEEP_ON_NEW_TERMS, R.RECLASSIFY),
    (R.RENEGOTIATE, R.CONTINUE),
    (R.INSUFFICIENT, R.CLASS_FIRST),
    (R.REVIVE_OR_END, R.CONFIRM_OR_END, R.LAPSED),
    (R.TRANSFER,),
    (R.SUNSET,),
)
LEVEL = {word: level for level, words in enumerate(STEPS) for word in words}
FIXED = "It is settled by law, by a decision, by its owner, by its relationship or by its age."

AT_D3 = (
    "No single fact would change what decision point D3 proposes; its conditions say what to do."
)


def find_remedies(situation: Situation, facts: Mapping[str, Facts]) -> pd.DataFrame:
    """Return what each repair of the policy's list would change, agreement by agreement.

    Where decision point D3 proposes, it stays; its own second option says what would change it.

    Returns
    -------
    DataFrame by agreement_id (repeated): decision (better, worse, other, or none where no single
    repair gives a better decision), reason, partner, repair, now and then (what the rules propose
    before and after), cells (the agreement's row).
    """
    now, together = decide(facts), _run_again(_all_repairs(situation), facts)
    changed: dict[str, list[dict[str, object]]] = {key: [] for key in facts}
    for repair in situation.policy.repairs:
        mended = MENDS[repair.id](situation)
        then = now if mended is situation else _run_again(mended, facts)
        for key, word in now.items():
            if then[key] != word:
                changed[key].append(_change(repair, word, then[key]))
    records = [
        _identity(situation.portfolio, facts[key]) | {"now": now[key]} | change
        for key, changes in changed.items()
        for change in _told(changes, facts[key], now[key], together[key])
    ]
    return make_result(records, COLUMNS, "agreement_id")


def _run_again(situation: Situation, before: Mapping[str, Facts]) -> Mapping[str, str]:
    portfolio, policy, as_of = situation.portfolio, situation.policy, situation.as_of
    classification = reclassify(portfolio, policy, as_of=as_of)
    facts = gather_facts(portfolio, policy, classification, situation.agreements, as_of=as_of)
    return decide({key: replace(f, renewal=before[key].renewal) for key, f in facts.items()})


def _all_repairs(situation: Situation) -> Situation:
    for repair in situation.policy.repairs:
        situation = MENDS[repair.id](situation)
    return situation


def _identity(portfolio: Portfolio, facts: Facts) -> dict[str, object]:
    key = facts.agreement.agreement_id
    return {
        "agreement_id": key,
        "partner": portfolio.labels[key],
        "cells": facts.agreement.cell("agreement_id"),
    }


def _change(repair: SingleRepair, now: str, then: str) -> dict[str, object]:
    before, after = LEVEL.get(now), LEVEL.get(then)
    known = before is not None and after is not None and before != after
    effect = OTHER if not known else BETTER if after < before else WORSE
    return {
        "decision": effect,
        "reason": f"{repair.name}: then {then}.",
        "repair": repair.id,
        "then": then,
    }


def _told(
    changes: list[dict[str, object]], facts: Facts, now: str, together: str
) -> list[dict[str, object]]:
    """Return the changes, the better ones first, and say so where none is better."""
    order = (BETTER, OTHER, WORSE)
    told = sorted(changes, key=lambda change: order.index(change["decision"]))
    if any(change["decision"] == BETTER for change in changes):
        return told
    return [{"decision": NONE, "reason": _why_none(facts, now, together)}, *told]


def _why_none(facts: Facts, now: str, together: str) -> str:
    if facts.renewal is not None and now == facts.renewal.decision:
        option = facts.renewal.second_option
        return f"{option}." if option else AT_D3
    if facts.decided is not None or now not in LEVEL:
        return FIXED
    if now == R.KEEP:
        return "It is kept as it is; nothing is to be mended."
    if now == R.INSUFFICIENT:
        return _what_settles(facts)
    tried = f"None of the {len(facts.policy.repairs)} single repairs gives a better decision"
    if LEVEL.get(together, LEVEL[now]) < LEVEL[now]:
        return f"{tried}; all of them together would: then {together}."
    return f"{tried}, nor do all of them together."


def _what_settles(facts: Facts) -> str:
    """Return the missing fact of an open case: no repair of the record stands in for it."""
    missing = find_missing(facts)
    if missing is None:
        return "No single repair decides it."
    name = next(c.name.lower() for c in facts.policy.criteria if c.id == missing.criterion)
    fact = f"{name} ({missing.criterion})"
    return f"No repair of the record decides it; the missing fact does: {fact}."
