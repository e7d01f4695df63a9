"""What is on record of an agreement near its end, what the rules see of it, how it is told.

Source: domain, section 8. Figures are per cent or points, 0-100; a missing one is None. They are
read at both ends of what is missing: at its worst, and at its best.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from toolkit.assess.record.decided import decided_day, evidence_due, is_word
from toolkit.assess.record.notices import Notice, offers_to_lead
from toolkit.assess.record.relationships import by_relationship
from toolkit.assess.review.facts import End
from toolkit.assess.review.scores import Scored
from toolkit.assess.year.evaluation import Evaluated
from toolkit.assess.year.series import begins_in_year, is_judged, whole_rows
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Table
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, Decision, Engagement, Indicator, Objective, PeriodResult
from toolkit.model.vocabulary import IndicatorKind, RenewalWord, SmartLevel, Status


@dataclass(frozen=True)
class RenewalRecord:
    """What the renewal looks at: a portfolio, its year, its scores, and D3 decisions so far.

    `counts` tells whether the rules look at a sheet.
    """

    portfolio: Portfolio
    policy: Policy
    as_of: date
    evaluation: Evaluated
    scores: Table[Scored]
    decisions: Mapping[str, Sequence[Decision]]
    notices: Mapping[str, Notice]
    counts: Callable[[type[Row]], bool]

    @cached_property
    def related(self) -> Mapping[str, Sequence[Agreement]]:
        """The instruments of each relationship."""
        return by_relationship(self.portfolio.rows(Agreement))


@dataclass(frozen=True)
class RenewalCase:
    """One agreement near its end, and what was decided at this point before.

    Attributes
    ----------
    earlier
        The decisions of before its last months began.
    decided
        The decision of this end, where it was taken already.
    evidence_until
        The end of an extension that was given.
    notice_has_run_out
        Whether people put it on notice, and the notice has run out.
    offers
        The engagements of partners that could lead it and said so in time.
    """

    record: RenewalRecord
    agreement: Agreement
    end: date
    earlier: Sequence[Decision]
    decided: Decision | None
    evidence_until: date | None
    notice_has_run_out: bool
    offers: Sequence[Engagement]

    @property
    def key(self) -> str:
        """The agreement's id."""
        return self.agreement.agreement_id

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """Its objectives that count, by their id; one that was given up does not."""
        record = self.record
        found = record.portfolio.of(self.agreement, Objective)
        judged = (row for row in found if is_judged(row, record.policy, as_of=record.as_of))
        return sorted(judged, key=lambda row: row.objective_id)

    @cached_property
    def beyond(self) -> Mapping[str, SmartLevel]:
        """How SMART each of its objectives beyond the end is; one without end counts as beyond."""
        evaluated = self.record.evaluation.objectives
        beyond = [row.objective_id for row in self.objectives if _is_beyond(row, self.end)]
        return {key: evaluated[key].smart for key in beyond}

    @property
    def duties(self) -> tuple[int, int]:
        """How many duties its partner met, of how many that are known."""
        answers = [row.partner_duty_met for row in self.objectives]
        met = answers.count("y")
        return met, met + answers.count("n")

    @property
    def duties_not_told(self) -> tuple[str, ...]:
        """The objectives, new ones apart, of which nobody says whether the partner did its part."""
        policy, as_of = self.record.policy, self.record.as_of
        return tuple(
            row.objective_id
            for row in self.objectives
            if row.partner_duty_met is None and not begins_in_year(row, policy, as_of=as_of)
        )

    def duties_at(self, end: End) -> float | None:
        """Return the share of duties met, per cent: one not told is not met, left out, or met."""
        (met, known), open_ones = self.duties, len(self.duties_not_told)
        if end is End.MEAN:
            return percent(met, known)
        return percent(met + open_ones * (end is End.HIGH), known + open_ones)

    @property
    def duties_met(self) -> str | None:
        """The duties its partner met as a text, such as "2 of 3"."""
        met, known = self.duties
        return f"{met} of {known}" if known else None

    @property
    def has_targets(self) -> bool:
        """Whether it has a target that can be achieved to a percentage."""
        portfolio = self.record.portfolio
        return any(
            _has_target(indicator, portfolio)
            for objective in self.objectives
            for indicator in portfolio.of(objective, Indicator)
        )

    @property
    def decisions(self) -> Sequence[Decision]:
        """Every decision of this point that the case looks at."""
        return [*self.earlier, *([self.decided] if self.decided else [])]


def _is_beyond(objective: Objective, end: date) -> bool:
    starts_after = objective.starts is not None and objective.starts.first > end
    return starts_after or objective.ends is None or objective.ends.last > end


def _has_target(indicator: Indicator, portfolio: Portfolio) -> bool:
    if indicator.kind == IndicatorKind.QUALITATIVE:
        return False
    has_range = indicator.lower is not None and indicator.upper is not None
    results = whole_rows(portfolio.of(indicator, PeriodResult))
    return has_range or any(row.target is not None for row in results)


def find_cases(record: RenewalRecord) -> Iterator[RenewalCase]:
    """Yield the agreements that are near their end, with what is on record of them."""
    for agreement, opens, end in find_near_end(record.portfolio, record.policy, record.as_of):
        yield _case(agreement, opens, end, record)


def find_near_end(
    portfolio: Portfolio, policy: Policy, as_of: date
) -> Iterator[tuple[Agreement, date, date]]:
    """Yield the agreements under review whose last months have begun, not over, with both days."""
    for agreement in filter(is_reviewed, portfolio.rows(Agreement)):
        if isinstance(agreement.ends, When):
            end = agreement.ends.last
            opens = add_months(end, -policy.periods.evaluation_lead_months)
            if opens <= as_of <= end:
                yield agreement, opens, end


def _case(agreement: Agreement, opens: date, end: date, record: RenewalRecord) -> RenewalCase:
    policy = record.policy
    decisions = record.decisions.get(agreement.agreement_id, ())
    current = [row for row in decisions if decided_day(row, policy) >= opens]
    asked = [row for row in decisions if is_word(row, RenewalWord.NOT_EVALUABLE, policy)]
    notice = record.notices.get(agreement.agreement_id)
    return RenewalCase(
        record,
        agreement,
        end,
        earlier=[row for row in decisions if decided_day(row, policy) < opens],
        decided=current[-1] if current else None,
        evidence_until=max((evidence_due(row, policy) for row in asked), default=None),
        notice_has_run_out=notice is not None and notice.has_run_out,
        offers=offers_to_lead(agreement, record.portfolio, policy, as_of=record.as_of),
    )


@dataclass(frozen=True)
class RenewalFacts:
    """What the rules see of one agreement; per cent and points 0-100, missing is None.

    Attributes
    ----------
    asked_for_evidence_before
        The one extension for the evidence was given and has run out.
    notice_has_run_out
        It was put on notice, and the notice has run out.
    without_targets
        No target was ever set that could be achieved to a percentage.
    could_be_led
        An engaged partner offers to lead it.
    """

    achievement: float | None
    coverage: float | None
    partner_duties: float | None
    score: float | None
    forward_plan_smart: bool
    external_cause: bool
    policy: Policy
    legal_hold: bool = False
    renewed_conditionally_before: bool = False
    asked_for_evidence_before: bool = False
    notice_has_run_out: bool = False
    without_targets: bool = False
    could_be_led: bool = False


def find_facts(case: RenewalCase, end: End = End.MEAN) -> RenewalFacts:
    """Return what the rules see of one agreement, with what is missing at one of its ends.

    Once a notice has run out, what is missing counts as nothing, whichever end is asked for.
    """
    end = End.LOW if case.notice_has_run_out else end
    agreement, record, until = case.agreement, case.record, case.evidence_until
    achieved = record.evaluation.agreements[case.key]
    shares = {
        End.LOW: achieved.rated_low,
        End.MEAN: achieved.rated,
        End.HIGH: achieved.rated_high,
    }
    return RenewalFacts(
        achievement=percent(shares[end], 1),
        coverage=percent(achieved.reported, achieved.due),
        partner_duties=case.duties_at(end),
        score=_score(record.scores.get(case.key), end),
        forward_plan_smart=bool(case.beyond) and set(case.beyond.values()) == {SmartLevel.SMART},
        external_cause=bool(agreement.external_cause),
        policy=record.policy,
        legal_hold=agreement.legal_hold == "y" or agreement.status == Status.SUSPENDED,
        renewed_conditionally_before=any(
            is_word(row, RenewalWord.ONE_CONDITIONAL, record.policy) for row in case.earlier
        ),
        asked_for_evidence_before=until is not None and until < record.as_of,
        notice_has_run_out=case.notice_has_run_out,
        without_targets=not case.has_targets,
        could_be_led=bool(case.offers),
    )


def _score(scored: Scored | None, end: End) -> float | None:
    """Return the score at an end; the mean only where enough is known for it."""
    if end is End.MEAN:
        return scored.mean if scored and scored.decision == "scored" else None
    if scored is None:
        return 100.0 if end is End.HIGH else 0.0
    return scored.high if end is End.HIGH else scored.low


def percent(part: float | None, whole: float) -> float | None:
    """Return a part of a whole in per cent, to nine decimals; of nothing, None.

    >>> percent(24, 25), percent(0, 0)
    (96.0, None)
    """
    return None if part is None or not whole else round(100 * part / whole, 9)


def reaches(value: float | None, limit: float) -> bool:
    """Whether a value is known and at least the limit, to nine decimals.

    >>> reaches(84.9999999999, 85), reaches(84.99, 85), reaches(None, 0)
    (True, False, False)
    """
    return value is not None and round(value, 9) >= limit


def figure(value: float | None, *limits: float) -> str:
    """Return a whole number, with decimals only where it would else cross a limit.

    >>> figure(97.306, 85), figure(84.96, 85), figure(84.996, 85), figure(None)
    ('97', '84.96', '84.996', 'n/a')
    """
    if value is None:
        return "n/a"
    texts = (f"{value:.{digits}f}" for digits in (0, 1, 2, 3, 9))
    return next(t for t in texts if all(_same_side(float(t), value, limit) for limit in limits))


def _same_side(shown: float, value: float, limit: float) -> bool:
    return reaches(shown, limit) == reaches(value, limit)
