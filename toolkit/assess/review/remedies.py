"""Which single repair would give an agreement a better decision, by its own rules run again.

Source: domain, section 4; the agreement report's "what would change the recommendation".
"""

from collections.abc import Mapping
from dataclasses import replace

from toolkit.assess.classes.classification import reclassify
from toolkit.assess.review.agreements import decide
from toolkit.assess.review.bounds import find_missing
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.gathering import gather_facts
from toolkit.assess.review.repairs import MENDS, Situation
from toolkit.model.decisions import find_word, is_better
from toolkit.model.policy import SingleRepair
from toolkit.model.results import Result, Table, out, result
from toolkit.model.vocabulary import Repair, ReviewWord

BETTER, WORSE, OTHER, NONE = "better", "worse", "other", "none"
ORDER = (NONE, BETTER, OTHER, WORSE)
FIXED = "It is settled by law, by a decision, by its owner, by its relationship or by its age."

AT_D3 = (
    "No single fact would change what decision point D3 proposes; its conditions say what to do."
)


@result(key="agreement_id", repeats=True)
class Remedy(Result):
    """What one repair would change at one agreement, or why none gives a better decision."""

    agreement_id: str = out("Id")
    decision: str = out("Effect", "Better, worse, other, or none where no repair gives a better.")
    partner: str = out("Agreement")
    repair: Repair | None = out("Repair", default=None)
    name: str = out("Single repair", "As the policy calls it.", handed_out=False, default="")
    now: str = out("Proposed now")
    then: str | None = out("Then", "What the rules propose after it.", default=None)


def find_remedies(situation: Situation, facts: Mapping[str, Facts]) -> Table[Remedy]:
    """Return what each repair of the policy's list would change at each of these agreements.

    Where decision point D3 proposes, it stays; its own second option says what would change it.
    """
    own = situation.about(facts)
    now, together = decide(facts), _run_again(_all_repairs(own), facts)
    tried = {repair: MENDS[repair.id](own) for repair in own.policy.repairs}
    then = {
        repair: now if mended is own else _run_again(mended, facts)
        for repair, mended in tried.items()
    }
    return Table(
        Remedy,
        (
            remedy
            for key, found in facts.items()
            for remedy in _remedies(
                _told_of(found, situation, now[key]),
                {repair: words[key] for repair, words in then.items()},
                found,
                together[key],
            )
        ),
    )


def _run_again(situation: Situation, before: Mapping[str, Facts]) -> Mapping[str, str]:
    """Return what is proposed for these agreements once it is as the situation says."""
    portfolio, policy, as_of = situation.portfolio, situation.policy, situation.as_of
    classification = reclassify(portfolio, policy, as_of=as_of)
    found = gather_facts(portfolio, policy, classification, situation.achievement, as_of=as_of)
    return decide({key: replace(found[key], renewal=f.renewal) for key, f in before.items()})


def _all_repairs(situation: Situation) -> Situation:
    for repair in situation.policy.repairs:
        situation = MENDS[repair.id](situation)
    return situation


def _told_of(facts: Facts, situation: Situation, now: str) -> Remedy:
    """Return that nothing is changed at an agreement, before it is known why."""
    key = facts.agreement.agreement_id
    return Remedy(
        agreement_id=key,
        decision=NONE,
        reason="",
        partner=situation.portfolio.labels[key],
        now=now,
        cells=facts.agreement.cell("agreement_id"),
    )


def _remedies(
    none: Remedy, then: Mapping[SingleRepair, str], facts: Facts, together: str
) -> list[Remedy]:
    """Return the changes, the better ones first, and say so where none is better."""
    changes = [_change(none, repair, word) for repair, word in then.items() if word != none.now]
    if not any(change.decision == BETTER for change in changes):
        changes.append(replace(none, reason=_why_none(facts, none.now, together)))
    return sorted(changes, key=lambda change: ORDER.index(change.decision))


def _change(none: Remedy, repair: SingleRepair, then: str) -> Remedy:
    effects = {True: BETTER, False: WORSE, None: OTHER}
    return replace(
        none,
        decision=effects[is_better(find_word(then), find_word(none.now))],
        reason=f"{repair.name}: then {then}.",
        repair=repair.id,
        name=repair.name,
        then=then,
    )


def _why_none(facts: Facts, now: str, together: str) -> str:
    if facts.renewal is not None and now == facts.renewal.decision:
        option = facts.renewal.second_option
        return f"{option}." if option else AT_D3
    if facts.decided is not None or find_word(now).place is None:
        return FIXED
    if now == ReviewWord.KEEP:
        return "It is kept as it is; nothing is to be mended."
    if now == ReviewWord.INSUFFICIENT:
        return _what_settles(facts)
    tried = f"None of the {len(facts.policy.repairs)} single repairs gives a better decision"
    if is_better(find_word(together), find_word(now)):
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
