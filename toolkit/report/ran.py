"""Whether a notebook ran whole, in its order and with its own parameters, so that it is a report.

Every finding is a sentence for the person who makes the report; no finding, no sentence.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode  # which takes a second to load, also in each kernel

ASKED = "application/vnd.partnerships.asked+json"  # what the results of a notebook were opened with
FILES = ("workbook", "policy", "previous")
OF_PARAMETERS = {"parameters", "injected-parameters"}
TOLD = ("WorkbookError", "InputError")  # errors whose message is the whole story
ADDRESS = re.compile(r"<.* at 0x[0-9a-f]+>")  # of a thing in memory


def check_notebook(nb: "NotebookNode") -> list[str]:
    """Return why an executed notebook is not a complete report."""
    findings = [*_failures(nb), *_odd_outputs(nb), *_order(nb), *_other_parameters(nb)]
    if nb.metadata.get("papermill", {}).get("exception"):
        findings.append("The run is marked as failed.")
    return findings


def why_no_page(nb: "NotebookNode") -> list[str]:
    """Return why a notebook that is exported becomes no page; what failed first stands first."""
    return [*_failures(nb), *_order(nb), *_other_parameters(nb)]


def problems_of_input(nb: "NotebookNode") -> str:
    """Return what was wrong with the workbook or another input, blank where nothing was."""
    errors = (o for cell in _code(nb) for o in cell.outputs if o.output_type == "error")
    return next((error.evalue for error in errors if error.ename in TOLD), "")


def asked_of(parameters: Mapping[str, object]) -> dict[str, object]:
    """Return parameters with files by their own names, so that their folder decides nothing."""
    return {
        name: re.split(r"[\\/]", str(value))[-1] if name in FILES else value
        for name, value in parameters.items()
    }


def parameters_of(nb: "NotebookNode") -> dict[str, object]:
    """Return the parameters of a notebook; those that papermill set stand over its own."""
    cells = [c for c in _code(nb) if OF_PARAMETERS & set(c.metadata.get("tags", ()))]
    return dict(pair for cell in cells for pair in _assigned(cell.source))


def _code(nb: "NotebookNode") -> list["NotebookNode"]:
    return [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]


def _failures(nb: "NotebookNode") -> Iterator[str]:
    for number, cell in enumerate(_code(nb), start=1):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"Code cell {number} failed: {output.ename}: {output.evalue}"
        if cell.metadata.get("papermill", {}).get("status") in {"running", "failed"}:
            yield f"Code cell {number} did not finish."


def _odd_outputs(nb: "NotebookNode") -> Iterator[str]:
    for number, cell in enumerate(_code(nb), start=1):
        if any(ADDRESS.search(o.get("data", {}).get("text/plain", "")) for o in cell.outputs):
            yield f"Code cell {number} shows an address of memory, another one each time."


def _order(nb: "NotebookNode") -> Iterator[str]:
    cells = _code(nb)
    counts = [cell.execution_count for cell in cells if cell.execution_count]
    if not cells:
        yield "The notebook has no code cell."
    if len(counts) < len(cells):
        yield f"{len(cells) - len(counts)} of {len(cells)} code cells did not run."
    if any(later <= earlier for earlier, later in pairwise(counts)):
        yield "The code cells did not run in their order."


def _other_parameters(nb: "NotebookNode") -> Iterator[str]:
    outputs = (output for cell in _code(nb) for output in cell.outputs)
    opened = next((o.data[ASKED] for o in outputs if ASKED in o.get("data", {})), {})
    now = asked_of(parameters_of(nb)) if opened else {}
    for name in opened.keys() & now.keys():
        if opened[name] != now[name]:
            yield f"The results are of {name} {opened[name]!r}, the notebook says {now[name]!r}."


def _assigned(source: str) -> Iterator[tuple[str, object]]:
    """Yield the names that a cell sets to literals, with their values."""
    for statement in ast.parse(source).body:
        target = getattr(statement, "target", None) or next(
            iter(getattr(statement, "targets", [])), None
        )
        if isinstance(target, ast.Name):
            yield target.id, ast.literal_eval(statement.value)
