"""What is on record for the renewal of each agreement that is near its end.

Source: domain, section 8.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.decided import decided_day, decisions_known, evidence_due, is_word
from toolkit.assess.record.results import grouped
from toolkit.assess.renewal.facts import RenewalFacts
from toolkit.assess.renewal.headings import Background, gather_background
from toolkit.assess.year.yearly import Evaluation
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement, Indicator, Objective, PeriodResult
from toolkit.model.vocabulary import DecisionPoint, IndicatorKind, Renewal, SmartLevel, Status


@dataclass(frozen=True)
class Record:
    """What the renewal looks at, gathered once from a portfolio and its evaluation."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    background: Background
    with_targets: frozenset[str]
    objectives: Mapping[str, Sequence[tuple]]
    decisions: Mapping[str, Sequence[tuple]]


@dataclass(frozen=True)
class Case:
    """One agreement near its end: its duties, its plan, and what was decided before."""

    agreement: Agreement
    end: date
    duties: tuple[int, int]  # met, of those that are known
    beyond: Mapping[str, SmartLevel]  # objectives beyond the end
    earlier: Sequence[tuple]  # decisions of this point, before the last months began
    decided: tuple | None  # the decision of this end, where it was taken already
    evidence_until: date | None  # the end of an extension that was given

    @property
    def decisions(self) -> Sequence[tuple]:
        """Every decision of this point that the case looks at."""
        return [*self.earlier, *([self.decided] if self.decided else [])]


def gather_record(
    portfolio: Portfolio,
    policy: Policy,
    evaluation: Evaluation,
    scores: pd.DataFrame,
    *,
    as_of: date,
) -> Record:
    """Return what the renewal looks at."""
    scored = {row.Index: row for row in scores.itertuples()}
    return Record(
        portfolio,
        policy,
        as_of,
        gather_background(portfolio, policy, evaluation, scored, as_of=as_of),
        _with_targets(portfolio),
        grouped(sorted(portfolio.rows(Objective), key=_id), "agreement_id"),
        decisions_known(portfolio, policy, DecisionPoint.D3, as_of=as_of),
    )


def _id(objective: Objective) -> str:
    return objective.objective_id


def find_cases(record: Record) -> Iterator[Case]:
    """Yield the agreements under review whose last months have begun and that have not ended."""
    for agreement in record.portfolio.rows(Agreement):
        if is_reviewed(agreement) and _is_near_end(agreement, record):
            yield _case(agreement, record)


def _with_targets(portfolio: Portfolio) -> frozenset[str]:
    """Return the agreements with a target that can be achieved to a percentage."""
    targets = {row.indicator_id for row in portfolio.rows(PeriodResult) if row.target is not None}
    aimed = {
        row.objective_id
        for row in portfolio.rows(Indicator)
        if row.kind != IndicatorKind.QUALITATIVE
        and (row.indicator_id in targets or row.lower is not None or row.upper is not None)
    }
    return frozenset(
        row.agreement_id for row in portfolio.rows(Objective) if row.objective_id in aimed
    )


def _opens(end: date, policy: Policy) -> date:
    """Return the day from which the renewal is decided."""
    return add_months(end, -policy.periods.evaluation_lead_months)


def _is_near_end(agreement: Agreement, record: Record) -> bool:
    if not isinstance(agreement.ends, When):
        return False
    end = agreement.ends.last
    return _opens(end, record.policy) <= record.as_of <= end


def _case(agreement: Agreement, record: Record) -> Case:
    end, policy = agreement.ends.last, record.policy
    objectives = record.objectives.get(agreement.agreement_id, ())
    answers = [o.partner_duty_met for o in objectives if o.partner_duty_met in ("y", "n")]
    smart = record.background.objectives
    decisions = record.decisions.get(agreement.agreement_id, ())
    opens = _opens(end, policy)
    current = [row for row in decisions if decided_day(row, policy) >= opens]
    asked = [row for row in decisions if is_word(row, Renewal.NOT_EVALUABLE)]
    return Case(
        agreement,
        end,
        (answers.count("y"), len(answers)),
        {o.objective_id: smart[o.objective_id].smart for o in objectives if _is_beyond(o, end)},
        [row for row in decisions if decided_day(row, policy) < opens],
        current[-1] if current else None,
        max((evidence_due(row, policy) for row in asked), default=None),
    )


def _is_beyond(objective: Objective, end: date) -> bool:
    starts_after = bool(objective.starts) and objective.starts.first > end
    return starts_after or (isinstance(objective.ends, When) and objective.ends.last > end)


def percent(part: float | None, whole: float) -> float | None:
    """Return a part of a whole in per cent, to nine decimals; of nothing, None.

    >>> percent(24, 25), percent(0, 0)
    (96.0, None)
    """
    return None if part is None or not whole else round(100 * part / whole, 9)


def find_facts(case: Case, record: Record) -> RenewalFacts:
    """Return what the rules see of one agreement."""
    agreement, background = case.agreement, record.background
    achieved = background.achieved[agreement.agreement_id]
    scored = background.scores.get(agreement.agreement_id)
    until = case.evidence_until
    return RenewalFacts(
        achievement=percent(achieved.achievement, 1),
        coverage=percent(achieved.reported, achieved.due),
        partner_duties=percent(*case.duties),
        score=scored.mean if scored and scored.decision == "scored" else None,
        forward_plan_smart=bool(case.beyond) and set(case.beyond.values()) == {SmartLevel.SMART},
        external_cause=bool(agreement.external_cause),
        policy=record.policy,
        legal_hold=agreement.legal_hold == "y" or agreement.status == Status.SUSPENDED,
        renewed_conditionally_before=any(
            is_word(row, Renewal.ONE_CONDITIONAL) for row in case.earlier
        ),
        asked_for_evidence_before=until is not None and until < record.as_of,
    )
