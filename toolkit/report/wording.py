"""How suggested purposes are shown: the words that led there, and where a person codes them."""

import pandas as pd

from toolkit.report.markup import Table


def suggestion_table(suggestions: pd.DataFrame) -> Table:
    """Return the suggestions of objectives without a purpose, one row an objective."""
    rows = tuple(
        (
            row.Index,
            row.statement,
            row.decision,
            row.reason,
            row.words or "none",
            f"{row.confirmed}: a person codes the purpose",
            row.cells,
        )
        for row in suggestions.itertuples()
    )
    headings = (
        "Objective", "Statement", "Suggestion", "Why", "Words found", "Standing", "Where to type",
    )  # fmt: skip
    return Table(
        f"Purposes suggested by the wording: {len(rows)}",
        headings,
        rows,
        note="A suggestion changes no class, share or score. Only a purpose that a person types "
        "counts.",
        empty="Every objective on record has a purpose, or a type that settles it.",
    )
