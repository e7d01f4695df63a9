"""The pages of `docs/` that follow from declarations say what is declared, all of it."""

import runpy
from functools import cache

import nbformat
import pytest

from toolkit.assess.results import declared_results
from toolkit.files.shipped import ROOT
from toolkit.model.report import ROWS
from toolkit.publish.edition import public_edition
from toolkit.publish.of_year import account_of
from toolkit.publish.register_pages import pages_of
from toolkit.review import open_year

DOCS = runpy.run_path(str(ROOT / "docs" / "build_docs.py"))
PAGES = DOCS["pages"]()
PARTS = ("results", "modules", "pages")


def line_of(key: str) -> dict[str, list[str]]:
    """Return the results, modules and pages that the coverage names for one row of the report."""
    (line,) = (row for row in PAGES["coverage.md"].splitlines() if row.startswith(f"| {key} |"))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells[:2] == [key, ROWS[key]]
    return {part: cell.split("; ") for part, cell in zip(PARTS, cells[2:], strict=True)}


def headings_of(page: str) -> set[str]:
    """Return the headings of a notebook."""
    cells = nbformat.read(ROOT / "notebooks" / f"{page}.ipynb", 4).cells
    text = [cell.source for cell in cells if cell.cell_type == "markdown"]
    lines = [line for source in text for line in source.splitlines() if line.startswith("#")]
    return {line.lstrip("# ") for line in lines}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_current(name):
    assert (ROOT / "docs" / name).read_text("utf-8") == PAGES[name], "run make docs"


def test_every_result_and_each_of_its_columns_is_explained():
    text = PAGES["results-dictionary.md"]
    for name, kind in declared_results().items():
        section = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        columns = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert columns == list(kind.columns())


@pytest.mark.parametrize("key", ROWS)
def test_a_row_of_the_report_is_served_by_a_result_and_its_module(key):
    line = line_of(key)
    assert set(line["results"]) <= set(declared_results())
    assert all((ROOT / "toolkit" / name).is_file() for name in line["modules"])


@pytest.mark.parametrize("key", ROWS)
def test_a_row_of_the_report_is_shown_on_a_page_under_a_heading(key):
    for place in line_of(key)["pages"]:
        page, _, heading = place.partition(": ")
        if page == "public register":
            name, _, part = heading.partition(", ")
            assert any(n.startswith(name) and part in text for n, text in register_pages())
        else:
            assert heading in headings_of(page)


@cache
def register_pages():
    """Return the pages of the sample's public register: their names and texts."""
    case = open_year("data/sample.xlsx", "data/policy.toml", 2025)
    edition = public_edition(case.portfolio, case.policy, year=2025, as_of=case.as_of)
    return tuple(pages_of(edition, account_of(edition, case.portfolio, case.policy)))


def test_a_result_serves_only_rows_of_the_report():
    served = {key for kind in declared_results().values() for key in kind.serves}
    assert served == set(ROWS)
