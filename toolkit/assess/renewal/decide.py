"""Which agreements near their end to renew and which to conclude, with the facts behind it.

Source: domain, section 8, and `docs/rules.md`. It proposes from the policy's
`evaluation_lead_months` before the end: for an economic agreement by its results, where the sheet
Indicators counts; for a community agreement by those who carry it. Its proposal stands in for the
review's rules 9 to 16. Agreements that have ended are left out: the review lists them as lapsed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from toolkit.assess.record.decided import decided_day, decisions_known
from toolkit.assess.record.notices import find_notices
from toolkit.assess.renewal.ends import Weighed, weigh_renewal
from toolkit.assess.renewal.facts import (
    RenewalCase,
    RenewalFacts,
    RenewalRecord,
    find_cases,
    find_facts,
)
from toolkit.assess.renewal.headings import (
    Lines,
    coherence,
    effectiveness,
    efficiency,
    impact,
    relevance,
    sustainability,
)
from toolkit.assess.renewal.new_terms import class_judged, find_points_to_agree, find_term
from toolkit.assess.renewal.reendorsement import COLUMNS as ENDORSEMENT_COLUMNS
from toolkit.assess.renewal.reendorsement import RULES as WITHOUT_TARGETS
from toolkit.assess.renewal.reendorsement import Lacking, find_lacking
from toolkit.assess.review.scores import Scored
from toolkit.assess.rules import Match, first_match
from toolkit.assess.year.evaluation import Evaluated
from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import Row, joined, runs
from toolkit.model.rules import RuleRef
from toolkit.model.sheets import Indicator, Project
from toolkit.model.vocabulary import DecisionPoint, Family, RenewalWord


@result(key="agreement_id", serves=("P6", "D3"))
class RenewalOf(Result):
    """What is proposed for one agreement near its end, and what that rests on."""

    agreement_id: str = out("Id")
    decision: str = out(
        "Proposed",
        'A `RenewalWord`, or "Review decides" for a community agreement without targets that lacks '
        "something.",
    )
    partner: str = out("Agreement")
    low_decision: str = out("At the low end", "The word with what is missing at its worst.")
    rule: RuleRef = out("Rule")
    term: str | None = out("Term", 'For how long, such as "3-5 years".')
    ends: str = out("Ends", "The day, as year-month-day.", fmt=Format.DATE)
    A: float | None = out(
        "A: achieved", "How far its targets are achieved.", fmt=Format.NUMBER, unit="%"
    )
    K: float | None = out(
        "K: values approved of due", "How much of the evidence is there.", fmt=Format.NUMBER,
        unit="%",
    )  # fmt: skip
    P: float | None = out("P: partner duties met", "Of those known.", fmt=Format.NUMBER, unit="%")
    S: float | None = out("S: score", "From 0 to 100.", fmt=Format.NUMBER)
    plan: bool = out(
        "SMART plan beyond the end", "Whether all its objectives beyond the end are SMART.",
        fmt=Format.YES_NO,
    )  # fmt: skip
    approved_of_due: str | None = out("Values approved of due", 'Such as "24 of 25".')
    partner_duties: str | None = out("Partner duties met", 'Of those known, such as "2 of 3".')
    external_cause: str | None = out("External cause")
    conditions: tuple[str, ...] = out("To be agreed or done", fmt=Format.LIST)
    second_option: str | None = out(
        "Second option", "What one better fact would give, and which fact."
    )
    decided: str | None = out("Decided already", "What people decided for this end, and when.")
    relevance: Lines = out("Relevance", fmt=Format.LIST)
    coherence: Lines = out("Coherence", fmt=Format.LIST)
    effectiveness: Lines = out("Effectiveness", fmt=Format.LIST)
    efficiency: Lines = out("Efficiency", fmt=Format.LIST)
    impact: Lines = out("Impact", fmt=Format.LIST)
    sustainability: Lines = out("Sustainability", fmt=Format.LIST)


def decide_renewals(
    portfolio: Portfolio,
    policy: Policy,
    *,
    evaluation: Evaluated,
    scores: Table[Scored],
    as_of: date,
    counts: Callable[[type[Row]], bool] | None = None,
) -> Table[RenewalOf]:
    """Return what is proposed for each agreement under review that is near its end.

    Parameters
    ----------
    evaluation
        The results of the year for the same portfolio, policy and date.
    scores
        The result of `score_agreements`.
    counts
        Whether the rules look at a sheet; by default, whether it was supplied.
    """
    decisions = decisions_known(portfolio, policy, DecisionPoint.D3, as_of=as_of)
    notices = find_notices(portfolio, policy, as_of=as_of)
    record = RenewalRecord(
        portfolio, policy, as_of, evaluation, scores, decisions, notices, counts or portfolio.has
    )
    return Table(RenewalOf, filter(None, map(_propose, find_cases(record))))


def _propose(case: RenewalCase) -> RenewalOf | None:
    """Return the proposal for one agreement; None where the review's own rules stand."""
    cls, facts = class_judged(case), find_facts(case)
    if cls is None:
        return None
    if cls.family == Family.COMMUNITY:
        return None if facts.legal_hold else _by_those_who_carry_it(facts, case)
    return _by_results(facts, case) if case.record.counts(Indicator) else None


def _by_results(facts: RenewalFacts, case: RenewalCase) -> RenewalOf:
    weighed = weigh_renewal(case)
    return _renewal(
        weighed,
        facts,
        case,
        term=find_term(weighed.decision, case),
        conditions=find_points_to_agree(weighed.decision, weighed.match.facts, case),
        cells=_cells(case),
    )


@dataclass(frozen=True)
class Carried:
    """What is proposed for a community agreement: the same at both ends."""

    match: Match[Lacking]
    second_option: str | None

    @property
    def decision(self) -> str:
        """What is proposed."""
        return self.match.decision

    @property
    def ref(self) -> RuleRef:
        """The rule by which it is proposed."""
        return self.match.ref

    @property
    def reason(self) -> str:
        """Why it is proposed."""
        return self.match.reason

    @property
    def low(self) -> Match[Lacking]:
        """The rule that matches with what is missing at its worst."""
        return self.match


def _by_those_who_carry_it(facts: RenewalFacts, case: RenewalCase) -> RenewalOf:
    """Return the proposal for a community agreement: renew it, or what is missing for that."""
    agreement, record = case.agreement, case.record
    projects = record.portfolio.of(agreement, Project)
    missing = find_lacking(agreement, projects, record.policy, as_of=record.as_of)
    cells = agreement.cells("ends", *ENDORSEMENT_COLUMNS)
    option = f"{RenewalWord.RENEW}, if what it lacks is there" if missing else None
    return _renewal(
        Carried(first_match(WITHOUT_TARGETS, missing), option),
        facts,
        case,
        term=None if missing else find_term(RenewalWord.RENEW, case),
        conditions=missing,
        cells=joined([cells, *(project.cell("state") for project in projects)]),
    )


def _renewal(
    found: Weighed | Carried,
    facts: RenewalFacts,
    case: RenewalCase,
    *,
    term: str | None,
    conditions: tuple[str, ...],
    cells: str,
) -> RenewalOf:
    return RenewalOf(
        agreement_id=case.key,
        decision=found.decision,
        reason=found.reason,
        partner=case.record.portfolio.labels[case.key],
        low_decision=found.low.decision,
        rule=found.ref,
        term=term,
        ends=case.end.isoformat(),
        A=facts.achievement,
        K=facts.coverage,
        P=facts.partner_duties,
        S=facts.score,
        plan=facts.forward_plan_smart,
        approved_of_due=_approved_of_due(case),
        partner_duties=case.duties_met,
        external_cause=case.agreement.external_cause,
        conditions=conditions,
        second_option=found.second_option,
        decided=_decided(case),
        relevance=relevance(case),
        coherence=coherence(case),
        effectiveness=effectiveness(case),
        efficiency=efficiency(case),
        impact=impact(case),
        sustainability=sustainability(case),
        cells=cells,
    )


def _approved_of_due(case: RenewalCase) -> str | None:
    achieved = case.record.evaluation.agreements[case.key]
    return f"{achieved.reported} of {achieved.due}" if achieved.due else None


def _decided(case: RenewalCase) -> str | None:
    """Return what people decided for this end already, and when."""
    row = case.decided
    if row is None:
        return None
    return f"{row.decision}, {long_date(decided_day(row, case.record.policy))}"


def _cells(case: RenewalCase) -> str:
    scored = case.record.scores.get(case.key)
    return joined(
        [
            case.agreement.cells("status", "ends", "legal_hold", "external_cause"),
            *runs(case.objectives, "partner_duty_met"),
            case.record.evaluation.agreements[case.key].cells,
            scored.cells if scored else "",
            *(row.cell("decision") for row in case.decisions),
        ]
    )
