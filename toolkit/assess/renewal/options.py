"""Which one better fact would give an agreement near its end a better word.

Source: `docs/rules.md`, the rules of decision point D3.
"""

from collections.abc import Callable
from dataclasses import replace

from toolkit.assess.renewal.facts import RenewalFacts, reaches
from toolkit.assess.renewal.rules import find_match
from toolkit.model.decisions import find_word, is_better
from toolkit.model.policy import Thresholds
from toolkit.model.vocabulary import DecisionPoint, RenewalWord


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
     lambda f, limit: replace(f, coverage=_at_least(f.coverage, limit)) if f.achievement else f),
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
