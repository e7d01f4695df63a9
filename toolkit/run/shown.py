"""What a page shows, as a hash: of a page that was made, and of one before it is made.

A notebook whose cells each call one part of a report can be foreseen: its parts are worked out
here, without a kernel. What any other notebook shows is known only once it has run.
"""

import ast
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.files.unchanged import toolkit_hash
from toolkit.report.ran import ASKED, OF_PARAMETERS, asked_of

PARTS, FRAME = "toolkit.report", "toolkit.lab"
OPENS_AND_ENDS = {  # what shows no part: the results are open here already
    "results = open_here(workbook, policy, year, as_of, previous)",
    "own = results.of(agreement_id)",
    "done(results)",
}
Parameters = Mapping[str, str | int]
MAY_TAKE: dict[str, Callable[[Any, str], object]] = {  # what a part is made of, for one agreement
    "results": lambda results, _: results,
    "results.portfolio": lambda results, _: results.portfolio,
    "results.as_of": lambda results, _: results.as_of,
    "own": lambda results, key: results.of(key),
    "agreement_id": lambda _, key: key,
}


class CalledPart(NamedTuple):
    """A part of a report, and what it is made of."""

    make: Callable[..., Any]
    of: tuple[str, ...]


def shown_by(executed: Any, notebook: Path, parameters: Parameters) -> str:
    """Return the hash of what a notebook showed when it was executed with these parameters."""
    outputs = (output for cell in executed.cells for output in cell.get("outputs", []))
    data = (output.get("data", {}) for output in outputs)
    parts = (one["text/html"] for one in data if "text/html" in one and ASKED not in one)
    return _hash(notebook, parameters, parts)


def would_show(notebook: Path, parameters: Parameters, results: Any) -> str:
    """Return the hash of what a notebook would show of results; blank where nobody can say."""
    key, calls = str(parameters.get("agreement_id", "")), _calls(notebook)
    if not key or not calls:
        return ""
    taken = {name: take(results, key) for name, take in MAY_TAKE.items()}
    try:
        parts = [call.make(*map(taken.__getitem__, call.of))._repr_html_() for call in calls]
    except Exception:  # noqa: BLE001, RUF100 - its report will say why
        return ""
    return _hash(notebook, parameters, parts)


def _hash(notebook: Path, parameters: Parameters, parts: Iterable[str]) -> str:
    told = (toolkit_hash(), _content_hash(notebook), asked_of(parameters), [p for p in parts if p])
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@cache
def _content_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _calls(notebook: Path) -> tuple[CalledPart, ...]:
    """Return the parts that a notebook shows, in order; none where it does anything else."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return tuple(call for cell in cells if _is_code(cell) for call in _calls_of(cell))
    except (OSError, AttributeError, ImportError, LookupError, SyntaxError, TypeError, ValueError):
        return ()


def _is_code(cell: dict) -> bool:
    is_parameters = OF_PARAMETERS & set(cell["metadata"].get("tags", ()))
    return cell["cell_type"] == "code" and not is_parameters


def _calls_of(cell: dict) -> Iterator[CalledPart]:
    """Yield the part that a cell shows, if any.

    Raises
    ------
    ValueError, LookupError
        The cell does more than show one.
    """
    statements = ast.parse("".join(cell["source"])).body
    for number, statement in enumerate(statements, start=1):
        if ast.unparse(statement) in OPENS_AND_ENDS or _is_known_import(statement):
            continue
        if number < len(statements) or not isinstance(statement, ast.Expr):
            raise ValueError(ast.unparse(statement))
        yield _call(statement.value)


def _is_known_import(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.ImportFrom)
        and statement.module in (PARTS, FRAME)
        and all(name.asname is None for name in statement.names)
    )


def _call(call: ast.expr) -> CalledPart:
    match call:
        case ast.Call(ast.Attribute(ast.Name(module), name), args, []):
            of = tuple(map(ast.unparse, args))
            if MAY_TAKE.keys() >= set(of):
                return CalledPart(getattr(import_module(f"{PARTS}.{module}"), name), of)
    raise ValueError(ast.unparse(call))
