"""What the year delivered: objectives, agreements and the programme rolled up from indicators.

Source: domain, section 6. Roll-ups clip each achievement to 0-100 %; raw values stay beside them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from toolkit.assess.record.results import grouped, joined, make_result
from toolkit.assess.year.achievement import Achievement
from toolkit.assess.year.indicators import progress_of
from toolkit.assess.year.smart import LETTERS, Evidence, six_factors, smart_level, smart_scores
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement, Indicator, Milestone, Objective, PeriodResult, Project
from toolkit.model.vocabulary import Progress, Reason, SmartLevel

OBJECTIVE_COLUMNS = (
    "objective_id", "decision", "reason", "agreement_id", "statement", "achievement", "measured",
    "indicators", "worst", "smart", "total", *LETTERS, "missing", "factors",
    "factors_missing", "cells",
)  # fmt: skip
AGREEMENT_COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "achievement", "measured", "objectives",
    "worst_objective", "reported", "due", "statuses", "failures", "smart_share", "smart_mean",
    "smart_minimum", "cells",
)  # fmt: skip


def clipped_mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of shares clipped to 0-1, of those that are known.

    >>> clipped_mean([3.0, 0.2, None])
    0.6
    """
    known = [min(max(value, 0.0), 1.0) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def evaluate_objectives(
    portfolio: Portfolio, policy: Policy, indicators: pd.DataFrame
) -> pd.DataFrame:
    """Return what each objective reached and how SMART it is.

    Returns
    -------
    DataFrame by objective_id: decision (a `Progress`), reason, agreement_id, statement,
    achievement (mean of its indicators, clipped to 0-1), measured of indicators, worst (indicator),
    smart (a `SmartLevel`), total and the letters S M A R T (0-2), missing (letters
    at zero), factors (of six) and factors_missing, cells.
    """
    groups = grouped(indicators.itertuples(), "objective_id")
    evidence = _evidence(portfolio)
    records = [
        _objective(portfolio, row, groups.get(row.objective_id, []), evidence, policy)
        for row in portfolio.rows(Objective)
    ]
    return make_result(records, OBJECTIVE_COLUMNS, "objective_id")


def _evidence(portfolio: Portfolio) -> Mapping[str, Evidence]:
    """Return what SMART looks at, by objective_id."""
    indicators = grouped(portfolio.rows(Indicator), "objective_id")
    with_target = frozenset(
        row.indicator_id for row in portfolio.rows(PeriodResult) if row.target is not None
    ) | frozenset(
        row.indicator_id
        for row in portfolio.rows(Indicator)
        if row.lower is not None or row.upper is not None
    )
    dated = {row.project_id for row in portfolio.rows(Milestone)}
    served = {row.objective_id for row in portfolio.rows(Project) if row.project_id in dated}
    return {
        row.objective_id: Evidence(
            row, indicators.get(row.objective_id, []), with_target, row.objective_id in served
        )
        for row in portfolio.rows(Objective)
    }


def _objective(
    portfolio: Portfolio,
    row: tuple,
    measured: Sequence[tuple],
    evidence: Mapping[str, Evidence],
    policy: Policy,
) -> dict[str, object]:
    mean = clipped_mean(i.achievement for i in measured)
    known = [i for i in measured if i.achievement is not None]
    worst = min(known, key=lambda i: (i.achievement, i.Index)).Index if known else None
    scores = smart_scores(evidence[row.objective_id], policy)
    level = smart_level(scores, policy)
    zeros = tuple(letter for letter in LETTERS if scores[letter] == 0)
    factors = six_factors(row, scores)
    status = _status(mean, [i.decision for i in measured], policy)
    return {
        "objective_id": row.objective_id,
        "decision": status,
        "reason": f"{_mean_words(mean)} over {len(known)} of {len(measured)} indicators; {level}.",
        "agreement_id": row.agreement_id,
        "statement": row.statement,
        "achievement": mean,
        "measured": len(known),
        "indicators": len(measured),
        "worst": worst,
        "smart": level,
        "total": sum(scores.values()),
        **scores,
        "missing": zeros,
        "factors": sum(factors.values()),
        "factors_missing": tuple(name for name, there in factors.items() if not there),
        "cells": row.cells("objective_id", "statement"),
    }


def _mean_words(mean: float | None) -> str:
    return "not measurable" if mean is None else f"{100 * mean:.0f} % on average"


def _status(mean: float | None, parts: Sequence[str], policy: Policy) -> Progress:
    """Return the status of a mean; without one, what its parts have in common."""
    if mean is not None:
        return progress_of(Achievement(mean, Reason.OK), policy)
    if Progress.NOT_REPORTED in parts:
        return Progress.NOT_REPORTED
    return Progress.NOT_DUE if Progress.NOT_DUE in parts else Progress.NOT_MEASURABLE


def evaluate_agreements(
    portfolio: Portfolio, policy: Policy, indicators: pd.DataFrame, objectives: pd.DataFrame
) -> pd.DataFrame:
    """Return what each agreement in force reached.

    Returns
    -------
    DataFrame by agreement_id: decision (a `Progress`), reason, partner, achievement (mean of its
    objectives, 0-1), measured of objectives, worst_objective, reported of due indicator-periods,
    statuses (indicators by status), failures (indicators due and not reported), smart_share,
    smart_mean, smart_minimum (no objective counts as failing: share 0, the others None), cells.
    """
    by_objective = grouped(objectives.itertuples(), "agreement_id")
    by_indicator = grouped(indicators.itertuples(), "agreement_id")
    records = [
        _agreement(
            portfolio,
            row,
            by_objective.get(row.agreement_id, []),
            by_indicator.get(row.agreement_id, []),
            policy,
        )
        for row in portfolio.rows(Agreement)
        if is_reviewed(row)
    ]
    return make_result(records, AGREEMENT_COLUMNS, "agreement_id")


def _agreement(
    portfolio: Portfolio,
    row: tuple,
    objectives: Sequence[tuple],
    indicators: Sequence[tuple],
    policy: Policy,
) -> dict[str, object]:
    known = [o for o in objectives if o.achievement is not None]
    mean = clipped_mean(o.achievement for o in objectives)
    worst = min(known, key=lambda o: (o.achievement, o.Index)).Index if known else None
    totals = [o.total for o in objectives]
    smart = sum(o.smart == SmartLevel.SMART for o in objectives)
    counts = Counter(i.decision for i in indicators)
    return {
        "agreement_id": row.agreement_id,
        "decision": _status(mean, [o.decision for o in objectives], policy),
        "reason": _agreement_sentence(mean, known, objectives, counts),
        "partner": portfolio.labels[row.agreement_id],
        "achievement": mean,
        "measured": len(known),
        "objectives": len(objectives),
        "worst_objective": worst,
        "reported": sum(i.reported for i in indicators),
        "due": sum(i.due for i in indicators),
        "statuses": tuple(f"{word}: {counts[word]}" for word in Progress if counts[word]),
        "failures": counts[Progress.NOT_REPORTED],
        "smart_share": smart / len(objectives) if objectives else 0.0,
        "smart_mean": sum(totals) / len(totals) if totals else None,
        "smart_minimum": min(totals, default=None),
        "cells": joined([*(o.cells for o in objectives), *(i.cells for i in indicators)])
        or row.cell("agreement_id"),
    }


def _agreement_sentence(
    mean: float | None, known: Sequence[tuple], objectives: Sequence[tuple], counts: Counter
) -> str:
    if not objectives:
        return "No stated objective is on record, so no result can be measured."
    failed = counts[Progress.NOT_REPORTED]
    late = f"; {failed} indicators due and not reported" if failed else ""
    return f"{_mean_words(mean)} over {len(known)} of {len(objectives)} objectives{late}."
