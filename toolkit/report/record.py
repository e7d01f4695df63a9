"""What is on record of one agreement: its facts, its projects, what it lacks."""

from collections.abc import Sequence

import pandas as pd

from toolkit.model.portfolio import ROW, Portfolio
from toolkit.model.sheets import BY_NAME
from toolkit.report.markup import Table


def defect_table(review: pd.Series) -> Table:
    """Return what one agreement lacks, and what was not looked at."""
    rows = [tuple(defect.rsplit(": ", 1)) for defect in review.defects]
    rows += [(name, "not looked at: its sheet is not supplied") for name in review.not_looked_at]
    empty = "Nothing is missing that was looked at."
    return Table("What is missing", ("Requirement", "On record"), tuple(rows), empty=empty)


def project_table(portfolio: Portfolio, agreement_id: str) -> Table:
    """Return one agreement's projects with their milestones."""
    milestones: dict[str, list[str]] = {}
    for row in portfolio.rows("Milestones"):
        done = f"done {row.done_on}" if row.done_on else "open"
        milestones.setdefault(row.project_id, []).append(f"{row.name}: due {row.due}, {done}")
    rows = tuple(
        (
            f"{row.project_id} {row.name}",
            row.kind,
            row.state,
            row.starts,
            row.ends,
            tuple(milestones.get(row.project_id, ())),
            portfolio.cell("Projects", getattr(row, ROW), "project_id"),
        )
        for row in portfolio.rows("Projects")
        if row.agreement_id == agreement_id
    )
    headings = ("Project", "Kind", "State", "Starts", "Ends", "Milestones", "Cell")
    supplied = portfolio.has("Projects")
    empty = "No project is on record." if supplied else "The sheet Projects is not supplied."
    return Table("Projects and milestones of the agreement", headings, rows, empty=empty)


def fact_table(portfolio: Portfolio, agreement_id: str) -> Table:
    """Return all that is on record of one agreement, with the cell of each value."""
    rows = []
    for record in portfolio.rows("Agreements"):
        if record.agreement_id == agreement_id:
            rows = _facts(portfolio, record)
    headings = ("What", "On record", "Cell")
    return Table("On record", headings, tuple(rows))


def _facts(portfolio: Portfolio, record: tuple) -> Sequence[tuple[str, str, str]]:
    present = portfolio.letters["Agreements"]
    names = [name for name in BY_NAME["Agreements"].names if getattr(record, name) is not None]
    return [
        (
            name.replace("_", " "),
            _text(getattr(record, name)),
            portfolio.cell("Agreements", getattr(record, ROW), name)
            if name in present
            else "default",
        )
        for name in names
    ]


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
