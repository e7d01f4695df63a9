"""Pages put together in this process: the cells of a notebook in turn, on results that are open.

No kernel and no file: what is tested of the words of a page needs neither.
"""

import ast
import json
from collections.abc import Mapping
from functools import cache

from toolkit.assess.results import Results
from toolkit.files.shipped import ROOT

NOTEBOOKS = ROOT / "notebooks"
GIVEN = {"results", "year", "agreement_id"}  # by the caller, in place of the notebook's own


def compose(notebook: str, results: "Results | Shared", agreement_id: str = "") -> str:
    """Return the HTML that the cells of a notebook show."""
    names = {"results": results, "year": results.year, "agreement_id": agreement_id}
    return "\n".join(filter(None, (_run(cell, names) for cell in _cells(notebook))))


@cache
def _cells(notebook: str) -> list[ast.Module]:
    node = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text("utf-8"))
    cells = (c for c in node["cells"] if "notebook-only" not in c["metadata"].get("tags", ()))
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    return [ast.parse("".join(cell["source"])) for cell in code]


def _run(cell: ast.Module, names: dict[str, object]) -> str:
    """Run one cell; return what its last expression shows."""
    lines = [line for line in cell.body if not _is_given(line)]
    if not lines:
        return ""
    *first, last = lines
    shown = last.value if isinstance(last, ast.Expr) else None
    body = first if shown else [*first, last]
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)  # noqa: S102, RUF100
    if shown is None:
        return ""
    return eval(compile(ast.Expression(shown), "<cell>", "eval"), names)._repr_html_()  # noqa: S307, RUF100


def _is_given(line: ast.stmt) -> bool:
    targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
    return any(isinstance(t, ast.Name) and t.id in GIVEN for t in targets)


class Shared:
    """The results of a programme whose agreements take what would change them from the whole.

    By itself a page works that out for its agreement alone; it is the same, as a test of its own
    says, and takes as long again for each.
    """

    def __init__(self, results: Results) -> None:
        self.results = results

    def __getattr__(self, name: str) -> object:
        return getattr(self.results, name)

    def of(self, agreement_id: str) -> object:
        """Return the results of one agreement."""
        own, whole = self.results.of(agreement_id), self.results.what_would_change
        vars(own)["what_would_change"] = whole.where(lambda row: row.agreement_id == agreement_id)
        return own


def pages(results: Results) -> Mapping[str, str]:
    """Return every page of a year, by its name."""
    whole = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
    whole.remove("agreement_report")
    keys, shared = results.seats.keys(), Shared(results)
    of_each = {key: compose("agreement_report", shared, key) for key in keys}
    return {name: compose(name, results) for name in whole} | of_each
