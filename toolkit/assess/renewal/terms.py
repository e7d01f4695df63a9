"""For how long a renewal is proposed, and what must be agreed for it.

Source: domain, section 8, and section 4 for the path of a Sunset.
"""

from collections.abc import Callable
from datetime import date

from toolkit.assess.renewal.cases import Case, Record
from toolkit.assess.renewal.facts import RenewalFacts, figure, reaches
from toolkit.model.dates import add_months, long_date
from toolkit.model.policy import AgreementClass
from toolkit.model.vocabulary import Renewal, SmartLevel

PATH = ("the partner is notified", "sponsor and Councillor are heard", "a hand-on is offered")


def class_of(case: Case, record: Record) -> AgreementClass | None:
    """Return the class of an agreement or, outside the framework, the one it is judged as."""
    scored = record.background.scores.get(case.agreement.agreement_id)
    own = record.policy.class_named(case.agreement.classification)
    return own or (record.policy.class_named(scored.judged_as) if scored else None)


def find_term(decision: Renewal, case: Case, record: Record) -> str | None:
    """Return the term that a proposal gives, such as "3-5 years"; None where it gives none."""
    periods = record.policy.periods
    match decision:
        case Renewal.RENEW:
            cls = class_of(case, record)
            years = cls.term_years if cls else record.policy.counts.agreement_term_years
            return f"{years[0]}-{years[1]} years" if years[0] < years[1] else f"{years[0]} years"
        case Renewal.RENEW_WITH_CONDITIONS | Renewal.ONE_CONDITIONAL:
            return f"at most {periods.conditional_renewal_years} years"
        case Renewal.NOT_EVALUABLE if case.evidence_until:
            return f"until {case.evidence_until.isoformat()}"
        case Renewal.NOT_EVALUABLE:
            return f"{periods.evidence_extension_months} months"
        case Renewal.CONCLUDE | Renewal.SUNSET:
            return f"until {case.end.isoformat()}"
    return None


def find_conditions(
    decision: Renewal, facts: RenewalFacts, case: Case, record: Record
) -> tuple[str, ...]:
    """Return what must be agreed or done for a proposal."""
    lists = TO_AGREE.get(decision, ())
    return tuple(line for find in lists for line in find(facts, case, record))


def evidence_day(case: Case, record: Record) -> date:
    """Return the day until which missing evidence is awaited."""
    months = record.policy.periods.evidence_extension_months
    return case.evidence_until or add_months(record.as_of, months)


Find = Callable[[RenewalFacts, Case, Record], list[str]]


def _evidence(facts: RenewalFacts, case: Case, record: Record) -> list[str]:
    by = evidence_day(case, record)
    rows = record.background.indicators.get(case.agreement.agreement_id, ())
    lines = [
        f"{row.Index}: approved values by {long_date(by)} ({row.reported} of {row.due} are there)"
        for row in sorted(rows, key=lambda row: row.Index)
        if row.reported < row.due
    ]
    if facts.score is None:
        lines.append(f"what its score lacks, by {long_date(by)}")
    if by > case.end:
        lines.append(f"the term extended to {long_date(by)}")
    return lines


def _targets(_facts: RenewalFacts, case: Case, record: Record) -> list[str]:
    asked = record.policy.thresholds.renew_achievement
    rows = [
        record.background.objectives[row.objective_id]
        for row in record.objectives.get(case.agreement.agreement_id, ())
    ]
    return [
        f"{row.Index}: how its targets will be met ({figure(100 * row.achievement, asked)} % now)"
        for row in rows
        if row.achievement is not None and not reaches(100 * row.achievement, asked)
    ]


def _duties(_facts: RenewalFacts, case: Case, record: Record) -> list[str]:
    return [
        f"{row.objective_id}: the partner's duty anew ({row.partner_duty or 'not on record'})"
        for row in record.objectives.get(case.agreement.agreement_id, ())
        if row.partner_duty_met == "n"
    ]


def _plan(_facts: RenewalFacts, case: Case, record: Record) -> list[str]:
    if not case.beyond:
        return ["SMART objectives beyond the end (none on record)"]
    found = record.background.objectives
    return [
        f"{key}: made SMART (at zero: {', '.join(found[key].missing) or 'no letter'})"
        for key, level in case.beyond.items()
        if level != SmartLevel.SMART
    ]


def _carried_on(_facts: RenewalFacts, case: Case, _record: Record) -> list[str]:
    return [f"{key}: carried into the new term" for key in case.beyond]


TO_AGREE: dict[Renewal, tuple[Find, ...]] = {
    Renewal.NOT_EVALUABLE: (_evidence,),
    Renewal.RENEGOTIATE_DUTIES: (_duties,),
    Renewal.RENEW: (_carried_on,),
    Renewal.RENEW_WITH_CONDITIONS: (_targets, _duties, _plan),
    Renewal.ONE_CONDITIONAL: (
        lambda _f, case, _r: [f"what is done about the cause: {case.agreement.external_cause}"],
        _targets,
        _duties,
        _plan,
    ),
    Renewal.CONCLUDE: (
        lambda _f, case, _r: [f"its results are recorded and it ends on {long_date(case.end)}"],
    ),
    Renewal.SUNSET: (lambda _f, _c, _r: list(PATH),),
}
