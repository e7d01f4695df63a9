"""What would be proposed for an agreement near its end if one fact were better than it is."""

from collections.abc import Callable
from dataclasses import replace

from toolkit.assess.renewal.facts import RenewalFacts, reaches
from toolkit.assess.renewal.rules import find_match
from toolkit.model.policy import Thresholds
from toolkit.model.vocabulary import Renewal

ORDER = (  # from the worst to the best for the agreement; a hold stands outside
    Renewal.SUNSET,
    Renewal.NOT_EVALUABLE,
    Renewal.RENEGOTIATE_DUTIES,
    Renewal.ONE_CONDITIONAL,
    Renewal.CONCLUDE,
    Renewal.RENEW_WITH_CONDITIONS,
    Renewal.RENEW,
)
Raise = Callable[[RenewalFacts, float], RenewalFacts]


def find_second_option(facts: RenewalFacts) -> str | None:
    """Return the first better proposal that one better fact would give, and which fact.

    What is missing from the record is tried before what would have to be done better. Where the
    agreement cannot be evaluated, any other proposal is told, also a worse one.
    """
    now = find_match(facts).decision
    if now == Renewal.SUSPEND:
        return None
    for words, limit, better in ONE_FACT:
        asked = limit(facts.policy.thresholds)
        then = find_match(better(facts, asked)).decision
        told = then != now if now == Renewal.NOT_EVALUABLE else ORDER.index(then) > ORDER.index(now)
        if told:
            return f"{then}, if {words.format(asked)}"
    return None


def _to(name: str) -> Raise:
    """Return how one fact is raised to a limit, and left where it already reaches it."""

    def better(facts: RenewalFacts, limit: float) -> RenewalFacts:
        reached = reaches(getattr(facts, name), limit)
        return facts if reached else replace(facts, **{name: limit})

    return better


Limit = Callable[[Thresholds], float]
ONE_FACT: tuple[tuple[str, Limit, Raise], ...] = (
    ("the missing values confirm what is achieved so far", lambda t: t.evidence_coverage,
     _to("coverage")),
    ("SMART objectives beyond the end are added", lambda _t: 0.0,
     lambda facts, _limit: replace(facts, forward_plan_smart=True)),
    ("an external cause is put on record", lambda _t: 0.0,
     lambda facts, _limit: replace(facts, external_cause=True)),
    ("it scored {:g}", lambda t: t.keep_score, _to("score")),
    ("the partner met {:g} % of its duties", lambda t: t.partner_duties, _to("partner_duties")),
    ("the partner met {:g} % of its duties", lambda t: t.conditional_duties, _to("partner_duties")),
    ("its targets were achieved to {:g} %", lambda t: t.conditions_achievement, _to("achievement")),
    ("its targets were achieved to {:g} %", lambda t: t.renew_achievement, _to("achievement")),
)  # fmt: skip
