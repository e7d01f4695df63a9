"""What a city's own folder holds at the start: workbook, policy, notebooks and a read-me."""

import json
from collections.abc import Mapping
from pathlib import Path

from toolkit.files.outputs import write_bytes
from toolkit.files.policy import read_policy
from toolkit.files.shipped import find_shipped
from toolkit.files.template import write_blank
from toolkit.model.issues import InputError

WORKBOOK, POLICY, READ_ME = "agreements.xlsx", "policy.toml", "README.md"
NEUTRAL = "data/policy-neutral.toml"
FIRST_ID = "A-001"  # as in the example of the workbook's read-me
PARAMETERS = "parameters"
TEXT = """# Your city's international agreements

Everything here is yours: the toolkit makes this folder once and never writes into these files.

| file | what it is |
|---|---|
| `agreements.xlsx` | the workbook to fill; its sheet *Read me* says how to type |
| `policy.toml` | what council decided: classes, seats, thresholds; five questions are open |
| `*.ipynb` | the reports, to run in JupyterLab |
| `outputs/` | what the commands make; keep each year's folder, the next year reads it |

## What to do first

1. Fill the sheet *Agreements*, one row an agreement. Four columns must be filled: agreement_id,
   partner, country, classification. Leave blank what is not known: a blank is never read as "no".
2. In a terminal, in this folder: `partnerships check agreements.xlsx`. Each line names the sheet
   and the cell, what was found, and what to type.
3. Open `policy.toml` in a text editor and look for QUESTION: currency and end of the financial
   year, budget, seats, council terms, markets and sectors. Type what you know, and where you have
   it from. A question left open is named on every page, and is never read as zero.
4. Run the review, and open `outputs/index.html`:

       partnerships review agreements.xlsx --year {year}
       partnerships reports agreements.xlsx --year {year}

5. People decide. `results.xlsx`, in `outputs/agreements/{year}/`, opens with a form for what they
   decided; copy its rows into the sheet *Decisions* of the workbook, and check again.

## The commands

    partnerships check agreements.xlsx                        every problem, with its cell
    partnerships review agreements.xlsx --year {year}           the reports on the whole programme
    partnerships reports agreements.xlsx --year {year}          one report for each agreement
    partnerships reports agreements.xlsx --year {year} --only A-001
    partnerships review agreements.xlsx --year {year} --previous outputs/agreements/LAST-YEAR

They read the `policy.toml` beside the workbook; `--policy other.toml` names another.

## The notebooks

Start `jupyter lab` in this folder, open `annual_review.ipynb`, look at its cell of parameters,
above all `year`, and Run All. *File > Save and Export Notebook As > Partnerships_report* gives the
page. Under papermill:

    papermill annual_review.ipynb out.ipynb -p year {year}

The commands run the toolkit's own notebooks, so these copies can be changed freely.
"""


def lay_out(folder: Path, *, year: int | None = None) -> None:
    """Write a city's own folder.

    Parameters
    ----------
    year
        The year to review; without it the notebooks keep the one of their examples.

    Raises
    ------
    InputError
        The folder holds something already, or cannot be written to.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise InputError(f"{folder}: the folder is not empty. Name a new one.")
    write_blank(folder / WORKBOOK, read_policy(find_or_lay_policy(folder)), year=year)
    for notebook in sorted(find_shipped("notebooks").glob("*.ipynb")):
        write_bytes(folder / notebook.name, _own_notebook(notebook, year))
    write_bytes(folder / READ_ME, TEXT.format(year=_spelled(year)).encode())


def find_or_lay_policy(folder: Path) -> Path:
    """Return the policy of a folder; where it has none, one with open questions is laid there.

    Without it a new workbook would be reviewed with the money, seats and terms of another city.
    """
    path = folder / POLICY
    if not path.exists():
        write_bytes(path, find_shipped(NEUTRAL).read_bytes())
    return path


def next_steps(folder: str, year: int | None) -> str:
    """Return what to do in the new folder, and in which order."""
    return "\n".join(
        (
            f"Made {folder}: {WORKBOOK}, {POLICY}, the notebooks, {READ_ME}. Next:",
            f"  cd {folder}",
            f"  fill the sheet Agreements of {WORKBOOK}, one row an agreement",
            f"  partnerships check {WORKBOOK}",
            f"  answer what you can of the five questions in {POLICY}",
            f"  partnerships review {WORKBOOK} --year {_spelled(year)}",
        )
    )


def _spelled(year: int | None) -> str:
    return str(year) if year else "YEAR"


def _own_notebook(path: Path, year: int | None) -> bytes:
    """Return a notebook whose parameters are the files beside it."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    values = {"workbook": WORKBOOK, "policy": POLICY, "agreement_id": FIRST_ID}
    values |= {"year": year} if year else {}
    for cell in notebook.cells:
        if PARAMETERS in cell.metadata.get("tags", []):
            cell.source = "\n".join(_with_value(line, values) for line in cell.source.splitlines())
    return f"{nbformat.writes(notebook)}\n".encode()


def _with_value(line: str, values: Mapping[str, str | int]) -> str:
    """Return one line of parameters with another value, as `year: int = 2025  # the year`."""
    name = line.partition(":")[0]
    if name not in values:
        return line
    comment = line.partition("  # ")[2]
    return f"{line.partition(' = ')[0]} = {json.dumps(values[name])}  # {comment}"
