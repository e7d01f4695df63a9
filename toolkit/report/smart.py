"""How SMART objectives are set as tables and told in a sentence."""

import pandas as pd

from toolkit.report.markup import Sentences, Table
from toolkit.report.outcomes import percent
from toolkit.report.scores import points


def smart_table(
    objectives: pd.DataFrame, *, caption: str = "How SMART the objectives are"
) -> Table:
    """Return the letters of each objective, what is missing, and the six factors."""
    rows = tuple(
        (
            f"{row.Index} {row.statement}",
            row.S,
            row.M,
            row.A,
            row.R,
            row.T,
            row.total,
            row.smart,
            f"{row.factors} of 6",
            row.factors_missing,
            row.cells,
        )
        for row in objectives.itertuples()
    )
    headings = (
        "Objective", "S", "M", "A", "R", "T", "Total", "Level", "Six factors", "Factors missing",
        "Cells",
    )  # fmt: skip
    empty = "No stated objective is on record (sheet Objectives)."
    return Table(caption, headings, rows, frozenset(range(1, 7)), empty=empty)


def smart_sentence(objectives: pd.DataFrame, agreements: pd.DataFrame) -> Sentences:
    """Return how many objectives are SMART, and how many agreements state none."""
    without = int((agreements.objectives == 0).sum()) if len(agreements) else 0
    counts = objectives.smart.value_counts()
    levels = ", ".join(f"{n} {level}" for level, n in counts.items())
    lines = [f"Of {len(objectives)} stated objectives: {levels}."] if len(objectives) else []
    lines.append(
        f"{without} of {len(agreements)} agreements in force state no objective on record."
    )
    return Sentences(tuple(lines))


def smart_summary(agreements: pd.DataFrame) -> Table:
    """Return how SMART the objectives of each agreement are; no objective counts as failing."""
    ordered = sorted(agreements.itertuples(), key=lambda r: (-r.smart_share, r.partner))
    rows = tuple(
        (
            row.partner,
            row.objectives,
            percent(row.smart_share),
            points(row.smart_mean),
            row.smart_minimum,
        )
        for row in ordered
        if row.objectives
    )
    headings = ("Agreement", "Objectives", "SMART", "Mean of ten points", "Lowest")
    empty = "No stated objective is on record (sheet Objectives)."
    return Table(
        "SMART objectives by agreement", headings, rows, frozenset(range(1, 5)), empty=empty
    )
