"""How the year's outcomes are set as tables and sentences."""

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.vocabulary import IndicatorKind, Progress
from toolkit.report.markup import Sentences, Table

NO_RESULTS = (
    "No result is on record. Level 3 (sheets Objectives, Indicators and Results) would show what "
    "was reached against which target."
)


def percent(value: float | None) -> str | None:
    """Return a share as a percentage without decimals; statuses rest on unrounded values.

    >>> percent(0.849), percent(None)
    ('85 %', None)
    """
    return None if value is None else f"{100 * value:.0f} %"


def amount(value: float | None) -> str | None:
    """Return a number with thousands set apart, as exactly as it was given up to two decimals."""
    if value is None:
        return None
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def headline(agreements: pd.DataFrame) -> Sentences:
    """Return how many agreements are on track, behind, off track, or cannot be measured."""
    counts = agreements.decision.value_counts()
    if not len(agreements) or agreements.achievement.isna().all():
        return Sentences((NO_RESULTS,))
    words = "; ".join(f"{counts[word]} {word}" for word in Progress if word in counts)
    missing = int(agreements.failures.sum())
    lines = [f"Of {len(agreements)} agreements in force: {words}."]
    if missing:
        lines.append(f"{missing} indicators were due and are not reported: a reporting failure.")
    lines.append("A percentage is never averaged over the programme; each agreement stands alone.")
    return Sentences(tuple(lines))


def achievement_table(agreements: pd.DataFrame, policy: Policy) -> Table:
    """Return what each agreement in force reached, best first, not measured last.

    A status that rests on fewer due values than the policy asks for says so.
    """
    ordered = sorted(
        (row for row in agreements.itertuples() if row.objectives),
        key=lambda r: (r.achievement is None, -(r.achievement or 0), r.partner),
    )
    rows = tuple(
        (
            row.partner,
            _status(row, policy),
            percent(row.achievement) or "not measurable",
            f"{row.measured} of {row.objectives}",
            f"{row.reported} of {row.due}",
            row.worst_objective,
            row.statuses,
        )
        for row in ordered
    )
    headings = (
        "Agreement", "Status", "Achieved", "Objectives measured", "Values reported of due",
        "Weakest objective", "Indicators by status",
    )  # fmt: skip
    without = len(agreements) - len(rows)
    note = f"{without} agreements have no stated objective on record." if without else ""
    caption = "Achievement to date by agreement"
    return Table(caption, headings, rows, frozenset({2}), note, NO_RESULTS)


def _status(row: tuple, policy: Policy) -> str:
    enough = policy.thresholds.evidence_coverage
    thin = row.achievement is not None and row.due and 100 * row.reported / row.due < enough
    return f"{row.decision}, on thin evidence" if thin else str(row.decision)


def indicator_table(indicators: pd.DataFrame, *, caption: str = "Indicators to date") -> Table:
    """Return every indicator with its values, its reason and the cells it rests on."""
    rows = tuple(
        (
            f"{row.Index} {row.name}",
            amount(row.baseline),
            amount(row.target),
            _reached(row),
            percent(row.achievement),
            row.decision,
            f"{row.reported} of {row.due}",
            (*((row.reason,) if row.achievement is None else ()), *row.notes),
            row.cells,
        )
        for row in indicators.itertuples()
    )
    headings = (
        "Indicator", "Baseline", "Target", "Actual", "Achieved", "Status", "Reported of due",
        "Reason and cautions", "Cells",
    )  # fmt: skip
    return Table(caption, headings, rows, frozenset({1, 2, 3, 4}), empty=NO_RESULTS)


def _reached(row: tuple) -> str | None:
    if row.kind == IndicatorKind.QUALITATIVE and row.actual is not None:
        return f"rated {row.actual:g} of 4"
    return amount(row.actual)


def outcome_table(outcomes: pd.DataFrame, agreements: pd.DataFrame) -> Table:
    """Return the year's named achievements."""
    partners = agreements.partner.to_dict()
    rows = tuple(
        (
            row.decision,
            ", ".join(partners.get(key, key) for key in row.agreements),
            row.on,
            None if row.amount is None else f"{row.currency} {amount(row.amount)}",
            row.reason,
            row.cells,
        )
        for row in outcomes.itertuples()
    )
    headings = ("Achievement", "Agreements", "When", "Amount", "Who and for whom", "Cells")
    empty = "No named achievement of the year is on record (sheet Outcomes)."
    return Table("Named achievements of the year", headings, rows, frozenset({3}), empty=empty)


def failure_table(failures: pd.DataFrame) -> Table:
    """Return what went wrong: off track, or due and not reported."""
    rows = tuple(
        (row.partner, row.name, row.decision, percent(row.achievement), row.reason, row.cells)
        for row in failures.itertuples()
    )
    headings = ("Agreement", "Indicator", "Status", "Achieved", "Why", "Cells")
    empty = "No indicator on record is off track, and none is due and missing."
    return Table("Named failures", headings, rows, frozenset({3}), empty=empty)


def sum_table(sums: pd.DataFrame) -> Table:
    """Return the year's sums of like units."""
    rows = tuple(
        (row.unit, amount(row.total), row.names, row.results, row.left_out, row.cells)
        for row in sorted(sums.itertuples(), key=lambda r: (-r.results, r.unit))
    )
    headings = ("Unit", "Total of the year", "Of", "Results counted", "Left out", "Cells")
    note = "One unit may add different things: see Of. Left out: associated, or named before."
    caption = "What the programme delivered in the year, like units only"
    return Table(caption, headings, rows, frozenset({1, 3, 4}), note if rows else "", NO_RESULTS)


def change_table(changes: pd.DataFrame) -> Table:
    """Return what changed since the year before."""
    order = ("worse", "no longer measured", "better", "newly measured", "unchanged")
    ordered = sorted(changes.itertuples(), key=lambda r: (order.index(r.decision), r.partner))
    rows = tuple(
        (row.partner, percent(row.before), percent(row.now), row.decision) for row in ordered
    )
    headings = ("Agreement", "A year before", "Now", "Change")
    empty = "Nothing was measured a year before or now, so no change can be told."
    caption = "Achievement to date, since last year"
    return Table(caption, headings, rows, frozenset({1, 2}), empty=empty)


def history_table(history: pd.DataFrame) -> Table:
    """Return one agreement's achievement and cost, year by year."""
    rows = tuple(
        (row.year, percent(row.achievement), row.decision, amount(row.full_cost))
        for row in history.itertuples()
    )
    headings = ("Year", "Achieved to date", "Status", "Full cost")
    empty = "No year is on record."
    return Table("History", headings, rows, frozenset({1, 3}), empty=empty)
