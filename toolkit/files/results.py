"""How the result tables are handed out: CSV files, and one workbook with forms to fill."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from toolkit.files.outputs import results_workbook, table_csv, workbook_bytes, write_bytes
from toolkit.model.sheets import DECISIONS
from toolkit.model.vocabulary import DecisionPoint, Recommendation


def write_results(
    folder: Path, tables: Mapping[str, pd.DataFrame], *, year: int, when: date
) -> None:
    """Write every table as CSV and all of them, with the Decisions form, as results.xlsx."""
    for name, table in tables.items():
        write_bytes(folder / "tables" / f"{name}.csv", table_csv(table))
    sheets = {"Decisions": decision_form(tables["review"], year), **tables}
    write_bytes(folder / "results.xlsx", workbook_bytes(results_workbook(sheets), when))


def decision_form(review: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the Decisions sheet with what is proposed; who decided and when is left to people."""
    rows = [
        {
            "subject_id": row.Index,
            "year": year,
            "decision_point": str(DecisionPoint.REVIEW),
            "decision": f"{row.decision} as {row.proposed_class}"
            if row.proposed_class
            else str(row.decision),
            "rationale": row.reason,
        }
        for row in review.itertuples()
        if row.decision != Recommendation.NOT_REVIEWED
    ]
    values = [[row.get(name) for name in DECISIONS.names] for row in rows]
    return pd.DataFrame(values, columns=list(DECISIONS.names), dtype=object).set_index("subject_id")
