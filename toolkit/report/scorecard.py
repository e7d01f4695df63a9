"""How the programme scorecard is set: word and symbol, the figure, and the list behind it."""

import pandas as pd

from toolkit.model.vocabulary import Standing
from toolkit.report.markup import Table

SYMBOLS = {
    Standing.MET: "● met",
    Standing.PARTLY: "◐ partly",
    Standing.NOT_MET: "○ not met",
    Standing.NOT_APPLICABLE: "– n/a",  # noqa: RUF001, a dash is meant, not a hyphen
}
SORTED_CHANGES = (
    "worse", "no longer counted", "better", "newly counted", "changed", "unchanged",
)  # fmt: skip
UNKNOWN = "not known"


def scorecard_table(scorecard: pd.DataFrame) -> Table:
    """Return the scorecard: each indicator with its standing, its figure and the year before."""
    rows = tuple(
        (f"{row.Index} {row.name}", SYMBOLS[row.status], row.decision, row.change, row.reason)
        for row in scorecard.itertuples()
    )
    headings = ("Indicator", "Standing", "Figure", "A year before", "What is counted")
    note = (
        "R: a recommendation of the report, B: a best practice. Each line stands by itself; there "
        "is no total. n/a: there is nothing to count, or it was not looked at. A dash under the "
        "year before: the record does not say how it stood then."
    )
    return Table("Scorecard of recommendations and practices", headings, rows, note=note)


def behind_table(scorecard: pd.DataFrame) -> Table:
    """Return the list behind each figure: who counts, and who does not for want of what."""
    rows = tuple(
        (
            f"{row.Index} {row.name}",
            row.decision,
            "; ".join(row.counted) or "none",
            row.not_counted or "none",
        )
        for row in scorecard.itertuples()
        if row.status != Standing.NOT_APPLICABLE
    )
    headings = ("Indicator", "Figure", "Counted", "Not counted, by what is lacking")
    empty = "No indicator has anything to count."
    return Table("The lists behind the scorecard", headings, rows, empty=empty)


def scorecard_change_table(changes: pd.DataFrame) -> Table:
    """Return what changed in the scorecard since the year before, worse first."""
    known = [row for row in changes.itertuples() if row.decision != UNKNOWN]
    ordered = sorted(known, key=lambda row: SORTED_CHANGES.index(row.decision))
    rows = tuple((f"{row.Index} {row.name}", row.before, row.now, row.decision) for row in ordered)
    headings = ("Indicator", "A year before", "Now", "Change")
    without = len(changes) - len(rows)
    note = f"Of {without} indicators the year before is not known." if without else ""
    empty = "Of no indicator is the year before known."
    return Table("The scorecard since last year", headings, rows, note=note, empty=empty)
