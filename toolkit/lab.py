"""What a notebook opens its results with: nothing of another run is shown, and its end is said.

In JupyterLab a kernel lives on. So the cell that opens results first forgets those before it, and
no later cell shows any whose parameters are not those that now stand in the notebook.
"""

import ast
from collections.abc import Mapping
from typing import Any

from toolkit import review
from toolkit.assess.results import Results
from toolkit.model.issues import InputError
from toolkit.report.pages import notebook_style
from toolkit.report.ran import ASKED, asked_of

YEARS = range(1950, 2201)
TEXTS = {  # parameter -> what it takes
    "workbook": 'the path of a workbook, such as "agreements.xlsx"',
    "policy": 'the path of a policy, such as "policy.toml"',
    "as_of": 'a day, such as "2018-06-30", or "" for the last day of the year',
    "previous": 'last year\'s folder of results or workbook, or "" for none',
    "agreement_id": 'the id of an agreement, such as "A-001"',
}
PARAMETERS = ("workbook", "policy", "year", "as_of", "previous", "agreement_id")
OPENED = ("results", "own")  # the names under which a notebook keeps what was opened
AGAIN = "Run the notebook from the top: Run > Run All Cells."
_open: dict[str, object] = {}  # the parameters of the results that stand; none where opening failed


def open_here(
    workbook: str, policy: str, year: int, as_of: str = "", previous: str = ""
) -> Results:
    """Return the results of one year, and let no cell show those of another run.

    Raises
    ------
    WorkbookError
        A workbook has problems to fix.
    InputError
        As for `toolkit.review.open_results`; or a parameter is of another kind, as `"2018"`.
    """
    shell = _shell()
    _forget(shell)
    given = {"workbook": workbook, "policy": policy, "as_of": as_of, "previous": previous}
    _refuse_kinds({**given, "year": year})
    before = previous or review.last_year_of(workbook, year)
    results = review.open_results(workbook, policy, year, as_of, before)
    if shell is not None:
        _open.update(_named(shell.user_ns))
        _show({"text/html": notebook_style(), "text/plain": "", ASKED: asked_of(_open)})
    return results


def done(results: Results) -> None:
    """Say that every cell ran, how to make the page, and which command looks at the workbook."""
    named = results.portfolio.file_name
    text = (
        f"Done: {named}, {results.year}. The page: File > Save and Export Notebook As > "
        "Partnerships_report, or `partnerships page` with the name of this notebook. The tables, "
        f"and a page for each agreement: `partnerships review` and `partnerships reports`. "
        f"`partnerships check {named}` names what a number or a decision may rest on."
    )
    _show({"text/plain": text})


def _forget(shell: Any) -> None:
    """Drop what was opened before; from here on only what is opened now is shown."""
    _open.clear()
    if shell is None:
        return
    for name in OPENED:
        shell.user_ns.pop(name, None)
    if not any(isinstance(known, Guard) for known in shell.ast_transformers):
        shell.ast_transformers.append(Guard())


def _refuse_kinds(given: Mapping[str, object]) -> None:
    for name, takes in TEXTS.items():
        if name in given and not isinstance(given[name], str):
            raise InputError(f"{name}: {given[name]!r} is no text. It takes {takes}.")
    year = given["year"]
    if isinstance(year, bool) or not isinstance(year, int) or year not in YEARS:
        raise InputError(f"year: {year!r} is no year. It takes four digits without quotes: 2018.")


def _named(names: Mapping[str, object]) -> dict[str, object]:
    return {name: names[name] for name in PARAMETERS if name in names}


class Guard(ast.NodeTransformer):
    """Turns a cell that would show results of another run into one that says so.

    IPython gives each cell to it before it is run. A cell that opens results is let through, and
    so is one that does not use them.
    """

    def visit(self, node: ast.AST) -> ast.AST:
        """Return the cell, or one that raises the reason."""
        used = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        if "open_here" in used or used.isdisjoint(OPENED):
            return node
        why = _why_not(_named(_shell().user_ns))
        return ast.parse(f"from {__name__} import refuse\nrefuse({why!r})") if why else node


def refuse(why: str) -> None:
    """Raise why a cell was not run."""
    raise InputError(why)


def _why_not(now: Mapping[str, object]) -> str:
    """Return why no result may be shown, blank where it may."""
    if not _open:
        return f"No results are open: the cell that opens them failed or was not run. {AGAIN}"
    changed = [name for name in now if now[name] != _open.get(name)]
    if not changed:
        return ""
    told = "; ".join(f"{name} is {now[name]!r} and was {_open.get(name)!r}" for name in changed)
    return f"The parameters were changed since the results were opened ({told}). {AGAIN}"


def _show(data: Mapping[str, object]) -> None:
    from IPython.display import display

    display(dict(data), raw=True)


def _shell() -> Any:
    from IPython import get_ipython

    return get_ipython()
