"""A notebook in git is a document: questions and expressions, no results, no programs."""

import ast

import nbformat
import pytest

from toolkit.files.shipped import ROOT

NOTEBOOKS = {path.stem: nbformat.read(path, 4) for path in (ROOT / "notebooks").glob("*.ipynb")}
MAX_LINES = 8
PROGRAMS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.TryStar,
)


@pytest.fixture(params=sorted(NOTEBOOKS))
def notebook(request):
    return NOTEBOOKS[request.param]


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag: str):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def is_annotated_literal(statement: ast.stmt) -> bool:
    if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)):
        return False
    try:
        ast.literal_eval(statement.value)
    except ValueError:
        return False
    return True


def test_there_are_notebooks():
    assert "annual_review" in NOTEBOOKS


def test_a_notebook_is_valid_and_keeps_its_kernel(notebook):
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"


def test_a_notebook_holds_no_results(notebook):
    assert all(cell.outputs == [] for cell in code_cells(notebook))
    assert all(cell.execution_count is None for cell in code_cells(notebook))


def test_one_cell_holds_the_parameters_as_annotated_literals(notebook):
    (cell,) = tagged(notebook, "parameters")
    statements = ast.parse(cell.source).body
    assert statements
    assert all(is_annotated_literal(statement) for statement in statements)


def test_the_parameters_come_first_each_with_what_it_takes(notebook):
    cell = notebook.cells[1]
    assert "parameters" in cell.metadata.tags
    assert all("  # " in line for line in cell.source.splitlines())


def test_code_is_folded_but_for_the_parameters(notebook):
    folded = [c.metadata.get("jupyter", {}).get("source_hidden") for c in code_cells(notebook)]
    assert folded == [None, *[True] * (len(folded) - 1)]


def test_cells_hold_no_programs(notebook):
    nodes = [node for cell in code_cells(notebook) for node in ast.walk(ast.parse(cell.source))]
    assert not [node.lineno for node in nodes if isinstance(node, PROGRAMS)]


def test_cells_are_short(notebook):
    assert max(len(cell.source.splitlines()) for cell in notebook.cells) <= MAX_LINES


def test_a_notebook_opens_with_its_title_and_question(notebook):
    first = notebook.cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert "?" in first.source
    assert tagged(notebook, "notebook-only") == [first, notebook.cells[-1]]
    assert notebook.cells[-1].source == "done(results)"


def test_headings_below_the_title_start_at_the_second_level(notebook):
    texts = [cell.source for cell in notebook.cells[1:] if cell.cell_type == "markdown"]
    lines = [line for text in texts for line in text.splitlines()]
    assert not [line for line in lines if line.startswith("# ")]
