"""How the result tables are handed out: CSV files, and one workbook with forms to fill."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.files.outputs import results_workbook, table_csv, workbook_bytes, write_bytes
from toolkit.model.decisions import Agrees
from toolkit.model.sheets import Decision

FORM = Decision.sheet.name
ASIDE = {"proposed": "proposed", "why_proposed": "why proposed", "subject": "subject"}
LAST = get_column_letter(len(Decision.sheet.names))
HINT = (
    "Proposals are not decisions: type what people decided, why, who and when, and delete the rows "
    f"not decided. Then copy A2:{LAST} down, without the columns after {LAST}, into the "
    "workbook's sheet Decisions, and run check."
)


def write_results(
    folder: Path, tables: Mapping[str, pd.DataFrame], *, year: int, when: date
) -> None:
    """Write every table as CSV and all of them, with the Decisions form, as results.xlsx."""
    for name, table in tables.items():
        write_bytes(folder / "tables" / f"{name}.csv", table_csv(table))
    content = workbook_bytes(results_with_form(tables, year), when)
    write_bytes(folder / "results.xlsx", content)


def results_with_form(tables: Mapping[str, pd.DataFrame], year: int) -> Workbook:
    """Return the results as a workbook whose first sheet is the Decisions form to fill."""
    others = {name if name != "decisions" else "rule and decision": t for name, t in tables.items()}
    form = decision_form(tables["decisions"], year)
    workbook = results_workbook({FORM: form, **others})
    hint = DataValidation(showInputMessage=True, allow_blank=True)
    hint.promptTitle, hint.prompt = "decision", HINT
    letter = get_column_letter(Decision.sheet.names.index("decision") + 1)
    hint.add(f"{letter}1:{letter}{len(form) + 1}")
    workbook[FORM].add_data_validation(hint)
    return workbook


def decision_form(decisions: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the Decisions sheet for what is undecided: the decision itself is left to people.

    What the rules propose stands after the sheet's own columns, so that rows copied whole into
    the workbook never make a proposal a decision: its cell is blank, and `check` asks for it.
    """
    open_rows = decisions[
        decisions.agrees.isin([Agrees.UNDECIDED, Agrees.EXPIRED]) & decisions.proposed.notna()
    ]
    columns = [*Decision.sheet.names, *ASIDE.values()]
    rows = [
        {"subject_id": row.Index, "year": year, "decision_point": row.point}
        | {heading: getattr(row, name) for name, heading in ASIDE.items()}
        for row in open_rows.itertuples()
    ]
    values = [[row.get(name) for name in columns] for row in rows]
    return pd.DataFrame(values, columns=columns, dtype=object).set_index(columns[0])
