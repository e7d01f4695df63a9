"""Every row of the source report is worked out somewhere and shown somewhere, as docs say."""

import nbformat
import pytest
from golden_tables import sample_tables

from toolkit.files.opening import ROOT

IDS = (
    "F1", "F2", "F3", "F4", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "M1",
    "M2", "B1", "B2", "B3", "B4", "B5", "P1", "P2", "P3", "P4", "P5", "P6", "D1", "D2", "D3",
    "SMART",
)  # fmt: skip
COLUMNS = ("id", "the report says", "modules", "tables", "page", "sections")


def cells(line: str) -> list[str]:
    """Return the cells of one row of a Markdown table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows() -> list[dict[str, str]]:
    """Return the rows of the coverage table by column."""
    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert tuple(cells(lines[0])) == COLUMNS
    return [dict(zip(COLUMNS, cells(line), strict=True)) for line in lines[2:]]


ROWS = rows()
BY_ID = {row["id"]: row for row in ROWS}


def named(key: str, column: str) -> list[str]:
    """Return what a row names in a column; every row names something."""
    names = [name.strip() for name in BY_ID[key][column].split(";")]
    assert all(names), f"{key} names an empty {column}"
    return names


@pytest.fixture(scope="module")
def tables():
    return set(sample_tables())


def test_every_row_of_the_report_is_there_once():
    assert sorted(row["id"] for row in ROWS) == sorted(IDS)


@pytest.mark.parametrize("key", IDS)
def test_the_modules_named_exist(key):
    missing = [name for name in named(key, "modules") if not (ROOT / "toolkit" / name).is_file()]
    assert not missing


@pytest.mark.parametrize("key", IDS)
def test_the_tables_named_are_results_of_the_sample(key, tables):
    assert not set(named(key, "tables")) - tables


@pytest.mark.parametrize("key", IDS)
def test_the_page_named_holds_the_sections_named(key):
    (page,) = named(key, "page")
    path = ROOT / "notebooks" / f"{page}.ipynb"
    assert path.is_file(), f"there is no page {page}"
    notebook = nbformat.read(path, 4)
    text = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    lines = [line for source in text for line in source.splitlines() if line.startswith("#")]
    headings = {line.lstrip("#").strip() for line in lines}
    assert not set(named(key, "sections")) - headings
