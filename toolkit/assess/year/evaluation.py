"""What the year delivered: objectives, agreements and the programme rolled up from indicators.

Source: domain, sections 3 and 6. Roll-ups clip each achievement to 0-100 %; raw values stay beside
them. Beside each headline stands what the rules read, with its two ends.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.year.achievement import Achievement
from toolkit.assess.year.costs import YearCost
from toolkit.assess.year.indicators import IndicatorReached, progress_of
from toolkit.assess.year.interval import Interval, clip, mean_interval, nothing_known
from toolkit.assess.year.outcomes import OutcomeCost
from toolkit.assess.year.series import begins_in_year, is_judged
from toolkit.assess.year.smart import LETTERS, six_factors, smart_level, smart_scores
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement, Indicator, Objective
from toolkit.model.vocabulary import IndicatorKind, Progress, Reason, SmartLevel


@result(key="objective_id", serves=("R6", "B4", "SMART"))
class ObjectiveReached(Result):
    """What one objective reached, and how SMART it is."""

    objective_id: str = out("Id")
    decision: Progress = out("Status", "Where it stands against its targets.")
    agreement_id: str = out("Agreement")
    statement: str = out("Objective")
    achievement: float | None = out(
        "Achieved", "Mean of its indicators, each clipped to 0-1.", fmt=Format.SHARE
    )
    measured: int = out("Indicators measured", fmt=Format.COUNT)
    indicators: int = out("Indicators", fmt=Format.COUNT)
    worst: str | None = out("Weakest indicator")
    smart: SmartLevel = out("Level")
    total: int = out("Total", "Of ten points.", fmt=Format.COUNT)
    S: int = out("S", "Specific, 0 to 2.", fmt=Format.COUNT)
    M: int = out("M", "Measurable, 0 to 2.", fmt=Format.COUNT)
    A: int = out("A", "Assignable, 0 to 2.", fmt=Format.COUNT)
    R: int = out("R", "Resourced, 0 to 2.", fmt=Format.COUNT)
    T: int = out("T", "Time-bound, 0 to 2.", fmt=Format.COUNT)
    missing: tuple[str, ...] = out("Letters at zero", fmt=Format.LIST)
    factors: int = out("Factors", "Of the report's six.", fmt=Format.COUNT)
    factors_missing: tuple[str, ...] = out("Factors missing", fmt=Format.LIST)
    judged: bool = out("Judged", "Whether it counts: it was not given up.", fmt=Format.YES_NO)
    new: bool = out("New", "Whether it begins in the year, or later.", fmt=Format.YES_NO)
    rated: float | None = out("As rated", "What the rules read.", fmt=Format.SHARE)
    rated_low: float | None = out(
        "Low end", "With what is missing at 0; blank while it is not rated.", fmt=Format.SHARE
    )
    rated_high: float | None = out("High end", "With what is missing at 1.", fmt=Format.SHARE)
    rated_known: float | None = out("Known", "The share that is reported.", fmt=Format.SHARE)


@result(key="agreement_id", serves=("P5",))
class AgreementReached(Result):
    """What one agreement in force reached. Without an objective it counts as not SMART."""

    agreement_id: str = out("Id")
    decision: Progress = out("Status", "Where it stands against its targets.")
    partner: str = out("Agreement")
    achievement: float | None = out("Achieved", "Mean of its objectives.", fmt=Format.SHARE)
    rated: float | None = out(
        "As rated", "What the rules read: by the targets first agreed.", fmt=Format.SHARE
    )
    rated_low: float = out("Low end", "With what is missing at 0.", fmt=Format.SHARE)
    rated_high: float = out("High end", "With what is missing at 1.", fmt=Format.SHARE)
    rated_known: float = out("Known", "The share that is reported.", fmt=Format.SHARE)
    revised: str | None = out("Revised targets", "Which targets the rules read, in a sentence.")
    lacking: tuple[str, ...] = out("Missing", "By indicator.", fmt=Format.LIST)
    measured: int = out("Objectives measured", fmt=Format.COUNT)
    objectives: int = out("Objectives", fmt=Format.COUNT)
    worst_objective: str | None = out("Weakest objective")
    reported: int = out("Values reported", fmt=Format.COUNT)
    due: int = out("Values due", "Periods of its indicators.", fmt=Format.COUNT)
    statuses: tuple[str, ...] = out("Indicators by status", fmt=Format.LIST)
    failures: int = out("Failures", "Indicators due and not reported.", fmt=Format.COUNT)
    smart_share: float = out("SMART", "Of its objectives.", fmt=Format.SHARE)
    smart_share_judged: float = out(
        "SMART, as judged",
        "The share; an objective that begins in the year does not count against it.",
        fmt=Format.SHARE,
    )
    smart_mean: float | None = out("Mean of ten points", fmt=Format.POINTS)
    smart_minimum: int | None = out("Lowest", "Of ten points.", fmt=Format.COUNT)
    on_thin_evidence: bool = out(
        "On thin evidence",
        "Whether fewer of the due values are reported than the policy asks for.",
        fmt=Format.YES_NO,
    )


@dataclass(frozen=True)
class Evaluated:
    """The results of the year that other assessments look at."""

    indicators: Table[IndicatorReached]
    objectives: Table[ObjectiveReached]
    agreements: Table[AgreementReached]
    costs: Table[YearCost]
    unit_costs: Table[OutcomeCost]


def clipped_mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of shares clipped to 0-1, of those that are known.

    >>> clipped_mean([3.0, 0.2, None])
    0.6
    """
    known = [clip(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def evaluate_objectives(
    portfolio: Portfolio, policy: Policy, indicators: Table[IndicatorReached], *, as_of: date
) -> Table[ObjectiveReached]:
    """Return what each objective reached and how SMART it is."""
    found = (
        evaluate_objective(portfolio, policy, row, indicators, as_of=as_of)
        for row in portfolio.rows(Objective)
    )
    return Table(ObjectiveReached, found)


def evaluate_objective(
    portfolio: Portfolio,
    policy: Policy,
    objective: Objective,
    indicators: Table[IndicatorReached],
    *,
    as_of: date,
) -> ObjectiveReached:
    """Return what one objective reached and how SMART it is."""
    rows = [indicators[i.indicator_id] for i in portfolio.of(objective, Indicator)]
    known = [(r.achievement, r.indicator_id) for r in rows if r.achievement is not None]
    mean = clipped_mean(r.achievement for r in rows)
    scores = smart_scores(portfolio, policy, objective)
    level = smart_level(scores, policy)
    factors = six_factors(objective, scores)
    judged, new = (test(objective, policy, as_of=as_of) for test in (is_judged, begins_in_year))
    interval = _interval(rows, new=new) if judged else None
    return ObjectiveReached(
        objective_id=objective.objective_id,
        decision=_status(mean, [r.decision for r in rows], policy),
        reason=f"{_mean_words(mean)} over {len(known)} of {len(rows)} indicators; {level}.",
        agreement_id=objective.agreement_id,
        statement=objective.statement,
        achievement=mean,
        measured=len(known),
        indicators=len(rows),
        worst=min(known)[1] if known else None,
        smart=level,
        total=sum(scores.values()),
        S=scores["S"],
        M=scores["M"],
        A=scores["A"],
        R=scores["R"],
        T=scores["T"],
        missing=tuple(letter for letter in LETTERS if scores[letter] == 0),
        factors=sum(factors.values()),
        factors_missing=tuple(name for name, there in factors.items() if not there),
        judged=judged,
        new=new,
        rated=interval.rated if interval else None,
        rated_low=interval.low if interval else None,
        rated_high=interval.high if interval else None,
        rated_known=interval.known if interval else None,
        cells=objective.cells("objective_id", "statement"),
    )


def _interval(rows: Sequence[IndicatorReached], *, new: bool) -> Interval | None:
    """Return what the rules read of one objective; None where it is left out.

    A new one without anything due costs nothing; one begun before without anything to measure it
    by is not known at all. What is only rated in words is never a percentage.
    """
    counted = [found for found in map(_as_interval, rows) if found]
    if counted:
        return mean_interval(counted)
    in_words = any(r.kind == IndicatorKind.QUALITATIVE and r.reported for r in rows)
    return None if new or in_words else nothing_known()


def _as_interval(row: IndicatorReached | ObjectiveReached) -> Interval | None:
    low, high, known = row.rated_low, row.rated_high, row.rated_known
    if low is None or high is None or known is None:
        return None
    return Interval(row.rated, low, high, known)


def _mean_words(mean: float | None) -> str:
    return "not measurable" if mean is None else f"{100 * mean:.0f} % on average"


def _status(mean: float | None, parts: Sequence[Progress], policy: Policy) -> Progress:
    """Return the status of a mean; without one, what its parts have in common."""
    if mean is not None:
        return progress_of(Achievement(mean, Reason.OK), policy)
    if Progress.NOT_REPORTED in parts:
        return Progress.NOT_REPORTED
    return Progress.NOT_DUE if Progress.NOT_DUE in parts else Progress.NOT_MEASURABLE


def evaluate_agreements(
    portfolio: Portfolio,
    policy: Policy,
    indicators: Table[IndicatorReached],
    objectives: Table[ObjectiveReached],
) -> Table[AgreementReached]:
    """Return what each agreement in force reached."""
    found = (
        evaluate_agreement(portfolio, policy, row, indicators, objectives)
        for row in portfolio.rows(Agreement)
        if is_reviewed(row)
    )
    return Table(AgreementReached, found)


def evaluate_agreement(
    portfolio: Portfolio,
    policy: Policy,
    agreement: Agreement,
    indicators: Table[IndicatorReached],
    objectives: Table[ObjectiveReached],
) -> AgreementReached:
    """Return what one agreement reached."""
    key = agreement.agreement_id
    measures = [i for i in indicators.about(key) if i.judged]
    stated = [objectives[o.objective_id] for o in portfolio.of(agreement, Objective)]
    goals = [o for o in stated if o.judged]
    known = [(o.achievement, o.objective_id) for o in goals if o.achievement is not None]
    mean = clipped_mean(o.achievement for o in goals)
    interval = mean_interval(found for found in map(_as_interval, goals) if found)
    revised = " ".join(f"{i.indicator_id}: {i.revised}." for i in measures if i.revised) or None
    totals = [o.total for o in goals]
    counts = Counter(i.decision for i in measures)
    reported, due = sum(i.reported for i in measures), sum(i.due for i in measures)
    told = _agreement_sentence(mean, len(known), len(goals), counts[Progress.NOT_REPORTED])
    cells = joined([*(o.cells for o in goals), *(i.cells for i in measures)])
    return AgreementReached(
        agreement_id=key,
        decision=_status(mean, [o.decision for o in goals], policy),
        reason=" ".join(filter(None, (told, revised))),
        partner=portfolio.labels[key],
        achievement=mean,
        rated=interval.rated,
        rated_low=interval.low,
        rated_high=interval.high,
        rated_known=interval.known,
        revised=revised,
        lacking=tuple(f"{i.indicator_id}: {what}" for i in measures for what in i.lacking),
        measured=len(known),
        objectives=len(goals),
        worst_objective=min(known)[1] if known else None,
        reported=reported,
        due=due,
        statuses=tuple(f"{word}: {counts[word]}" for word in Progress if counts[word]),
        failures=counts[Progress.NOT_REPORTED],
        smart_share=_smart_share(goals),
        smart_share_judged=_smart_share(o for o in goals if not o.new or _is_smart(o)),
        smart_mean=sum(totals) / len(totals) if totals else None,
        smart_minimum=min(totals, default=None),
        on_thin_evidence=mean is not None and _is_thin(reported, due, policy),
        cells=cells or agreement.cell("agreement_id"),
    )


def _smart_share(goals: Iterable[ObjectiveReached]) -> float:
    """Return the share of objectives that are SMART; without one it is nothing."""
    levels = [_is_smart(goal) for goal in goals]
    return sum(levels) / len(levels) if levels else 0.0


def _is_smart(goal: ObjectiveReached) -> bool:
    return goal.smart == SmartLevel.SMART


def _is_thin(reported: int, due: int, policy: Policy) -> bool:
    """Whether fewer of the due values are reported than the policy asks for."""
    return due > 0 and 100 * reported / due < policy.thresholds.evidence_coverage


def _agreement_sentence(mean: float | None, measured: int, objectives: int, failed: int) -> str:
    if not objectives:
        return "No stated objective is on record, so no result can be measured."
    late = f"; {failed} indicators due and not reported" if failed else ""
    return f"{_mean_words(mean)} over {measured} of {objectives} objectives{late}."
