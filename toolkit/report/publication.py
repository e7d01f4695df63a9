"""How it is set what of each agreement is published."""

import pandas as pd

from toolkit.report.markup import Table

HEADINGS = ("Signed text", "Goals", "Timeline", "Outcomes")
NOT_IN_FORCE = "No agreement is in force."


def publication_table(publications: pd.DataFrame) -> Table:
    """Return the four public items of each agreement with the day, the least complete first."""
    ordered = sorted(publications.itertuples(), key=lambda row: (row.complete, row.partner))
    rows = tuple(
        (
            row.partner,
            row.decision,
            row.published_text,
            row.published_goals,
            row.published_timeline,
            row.published_outcomes,
            row.outcome_days,
            row.cells,
        )
        for row in ordered
    )
    headings = ("Agreement", "Published", *HEADINGS, "Days from year end to outcomes", "Cells")
    note = "A dash: not on record as published. Days are told of outcomes of the last ended year."
    caption = "What of each agreement is published"
    return Table(caption, headings, rows, frozenset({6}), note if rows else "", NOT_IN_FORCE)


def publication_count_table(counts: pd.DataFrame) -> Table:
    """Return how many agreements have published each item."""
    rows = tuple((row.Index, row.decision, row.missing) for row in counts.itertuples() if row.of)
    headings = ("Item", "Agreements", "Not on record as published")
    return Table("Published, item by item", headings, rows, empty=NOT_IN_FORCE)
