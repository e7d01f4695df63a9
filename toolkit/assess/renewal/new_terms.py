"""For how long a renewal is proposed, and what must be agreed for it.

Source: domain, section 8, and section 4 for the path of a Sunset.
"""

from collections.abc import Callable, Mapping
from datetime import date

from toolkit.assess.renewal.facts import RenewalCase, RenewalFacts, figure, reaches
from toolkit.model.dates import add_months, long_date
from toolkit.model.policy import AgreementClass
from toolkit.model.sheets import Indicator
from toolkit.model.vocabulary import RenewalWord, SmartLevel

PATH = ("the partner is notified", "sponsor and Councillor are heard", "a hand-on is offered")


def class_judged(case: RenewalCase) -> AgreementClass | None:
    """Return the class of an agreement or, outside the framework, the one it is judged as."""
    policy, scored = case.record.policy, case.record.scores.get(case.key)
    own = policy.class_named(case.agreement.classification)
    return own or (policy.class_named(scored.judged_as) if scored else None)


def find_term(decision: str, case: RenewalCase) -> str | None:
    """Return the term that a proposal gives, such as "3-5 years"; None where it gives none."""
    policy = case.record.policy
    match decision:
        case RenewalWord.RENEW:
            cls = class_judged(case)
            years = cls.term_years if cls else policy.counts.agreement_term_years
            return f"{years[0]}-{years[1]} years" if years[0] < years[1] else f"{years[0]} years"
        case RenewalWord.RENEW_WITH_CONDITIONS | RenewalWord.ONE_CONDITIONAL:
            return f"at most {policy.periods.conditional_renewal_years} years"
        case RenewalWord.NOT_EVALUABLE if case.evidence_until:
            return f"until {long_date(case.evidence_until)}"
        case RenewalWord.NOT_EVALUABLE:
            return f"{policy.periods.evidence_extension_months} months"
        case RenewalWord.ON_NOTICE:
            return f"until {long_date(notice_day(case))}"
        case RenewalWord.CONCLUDE | RenewalWord.TRANSFER | RenewalWord.SUNSET:
            return f"until {long_date(case.end)}"
    return None


def find_points_to_agree(decision: str, facts: RenewalFacts, case: RenewalCase) -> tuple[str, ...]:
    """Return what must be agreed or done for a proposal."""
    return tuple(line for find in TO_AGREE.get(decision, ()) for line in find(facts, case))


def evidence_day(case: RenewalCase) -> date:
    """Return the day until which missing evidence is awaited."""
    months = case.record.policy.periods.evidence_extension_months
    return case.evidence_until or add_months(case.record.as_of, months)


def notice_day(case: RenewalCase) -> date:
    """Return the day until which a notice gives time; past its end the term is extended to it."""
    return add_months(case.record.as_of, case.record.policy.periods.on_notice_months)


Find = Callable[[RenewalFacts, RenewalCase], list[str]]


def _evidence(facts: RenewalFacts, case: RenewalCase) -> list[str]:
    by, record = evidence_day(case), case.record
    indicators = [i for o in case.objectives for i in record.portfolio.of(o, Indicator)]
    rows = (record.evaluation.indicators[key] for key in sorted(i.indicator_id for i in indicators))
    lines = [
        f"{row.indicator_id}: approved values by {long_date(by)} "
        f"({row.reported} of {row.due} are there)"
        for row in rows
        if row.reported < row.due
    ]
    if facts.without_targets:
        lines.append(f"a target for each objective, by {long_date(by)}")
    if by > case.end:
        lines.append(f"the term extended to {long_date(by)}")
    return lines


def _missing(_facts: RenewalFacts, case: RenewalCase) -> list[str]:
    """Return what is missing of its results, of the duties of its partner and of its score."""
    by, record = long_date(min(evidence_day(case), case.end)), case.record
    scored = record.scores.get(case.key)
    duties = [f"{key}: whether the partner did its part" for key in case.duties_not_told]
    score = ["what its score lacks"] if scored is None or scored.low < scored.high else []
    lacking = record.evaluation.agreements[case.key].lacking
    return [f"{what}, by {by}" for what in (*lacking, *duties, *score)]


def _to_show(facts: RenewalFacts, case: RenewalCase) -> list[str]:
    """Return what a notice asks for, and the term it needs: past its end it would lapse."""
    by, keep = notice_day(case), case.record.policy.thresholds.keep_score
    score = [] if reaches(facts.score, keep) else [f"a score of {keep:g} or more"]
    shown = [*_targets(facts, case), *_missing_values(case), *_duties(facts, case), *score]
    lines = [f"{what}, by {long_date(by)}" for what in shown]
    return [*lines, f"the term extended to {long_date(by)}"] if by > case.end else lines


def _missing_values(case: RenewalCase) -> list[str]:
    return list(case.record.evaluation.agreements[case.key].lacking)


def _targets(_facts: RenewalFacts, case: RenewalCase) -> list[str]:
    asked = case.record.policy.thresholds.renew_achievement
    rows = (case.record.evaluation.objectives[row.objective_id] for row in case.objectives)
    return [
        f"{row.objective_id}: how its targets will be met "
        f"({figure(100 * row.achievement, asked)} % now)"
        for row in rows
        if row.achievement is not None and not reaches(100 * row.achievement, asked)
    ]


def _duties(_facts: RenewalFacts, case: RenewalCase) -> list[str]:
    return [
        f"{row.objective_id}: the partner's duty anew ({row.partner_duty or 'not on record'})"
        for row in case.objectives
        if row.partner_duty_met == "n"
    ]


def _plan(_facts: RenewalFacts, case: RenewalCase) -> list[str]:
    if not case.beyond:
        return ["SMART objectives beyond the end (none on record)"]
    found = case.record.evaluation.objectives
    return [
        f"{key}: made SMART (at zero: {', '.join(found[key].missing) or 'no letter'})"
        for key, level in case.beyond.items()
        if level != SmartLevel.SMART
    ]


def _carried_on(_facts: RenewalFacts, case: RenewalCase) -> list[str]:
    return [f"{key}: carried into the new term" for key in case.beyond]


TO_AGREE: Mapping[str, tuple[Find, ...]] = {
    RenewalWord.NOT_EVALUABLE: (_evidence,),
    RenewalWord.INSUFFICIENT: (_missing,),
    RenewalWord.ON_NOTICE: (_to_show,),
    RenewalWord.RENEGOTIATE_DUTIES: (_duties,),
    RenewalWord.RENEW: (_carried_on,),
    RenewalWord.RENEW_WITH_CONDITIONS: (_targets, _duties, _plan),
    RenewalWord.ONE_CONDITIONAL: (
        lambda _facts, case: [f"what is done about the cause: {case.agreement.external_cause}"],
        _targets,
        _duties,
        _plan,
    ),
    RenewalWord.CONCLUDE: (
        lambda _facts, case: [f"its results are recorded and it ends on {long_date(case.end)}"],
    ),
    RenewalWord.SUNSET: (lambda _facts, _case: list(PATH),),
}
