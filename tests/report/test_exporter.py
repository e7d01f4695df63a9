"""What a notebook becomes as a page, and what stays behind."""

import subprocess
import sys
from itertools import count

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from toolkit.report.exporter import ReportExporter
from toolkit.report.markup import Header, Heading, HtmlTable, Provenance, Sentences
from toolkit.report.pagechecks import check_page
from toolkit.report.pages import index_page
from toolkit.report.ran import ASKED

COUNT = count(2)


def result(part):
    data = {"text/html": part._repr_html_(), "text/plain": "plain text"}
    return v4.new_output("execute_result", data, execution_count=1)


def code(*outputs, source="secret_code()", tags=()):
    metadata = {"tags": list(tags)} if tags else {}
    return v4.new_code_cell(
        source, execution_count=next(COUNT), outputs=list(outputs), metadata=metadata
    )


def export(*cells, **metadata) -> str:
    title = code(result(Header("Annual review", "2018")))
    title.execution_count = 1  # before the cells it stands above
    notebook = v4.new_notebook(cells=[title, *cells], metadata=metadata)
    return ReportExporter().from_notebook_node(notebook)[0]


def soup(*cells, **metadata) -> BeautifulSoup:
    return BeautifulSoup(export(*cells, **metadata), "html.parser")


def test_a_page_shows_markdown_and_results_but_no_code():
    page = soup(v4.new_markdown_cell("## Money"), code(result(Sentences(("A gap.",)))))
    assert page.main.get_text().split() == ["Money", "A", "gap."]
    assert "secret_code" not in str(page)


@pytest.mark.parametrize(
    "output",
    [
        v4.new_output("stream", name="stdout", text="printed"),
        v4.new_output("stream", name="stderr", text="printed"),
        v4.new_output("display_data", {"text/plain": "printed"}),
        v4.new_output("display_data", {"application/javascript": "printed"}),
    ],
    ids=["stdout", "stderr", "plain text", "program"],
)
def test_an_output_that_is_not_html_is_left_out(output):
    assert "printed" not in export(code(output))


def test_a_cell_for_the_notebook_only_is_left_out():
    cell = v4.new_markdown_cell("# Read me", metadata={"tags": ["notebook-only"]})
    assert "Read me" not in export(cell)


def test_the_title_of_the_page_is_its_first_level_heading():
    assert soup().title.get_text() == "Annual review"


def test_the_header_comes_first_and_the_provenance_last():
    page = soup(code(result(Provenance((("Workbook", "my.xlsx"),)))), v4.new_markdown_cell("Text"))
    assert page.main.get_text(strip=True) == "Text"
    assert page.footer.dd.get_text() == "my.xlsx"
    assert page.body.find(["header", "main", "footer"]).name == "header"


def test_the_contents_list_leads_to_every_section():
    page = soup(v4.new_markdown_cell("## Money & time\n\nText\n\n## Décisions\n\nText"))
    assert [a["href"] for a in page.nav.find_all("a")] == ["#money-time", "#decisions"]
    assert page.find(id="money-time").get_text() == "Money & time"


def test_headings_of_the_same_words_get_different_anchors():
    page = soup(v4.new_markdown_cell("## Main\n\n### Milan\n\n### Milan\n\n### Milan 2"))
    assert [h["id"] for h in page.main(["h2", "h3"])] == ["main-2", "milan", "milan-2", "milan-2-2"]


def test_the_language_comes_from_the_notebook():
    assert soup().html["lang"] == "en"
    assert soup(lang="fr-CA").html["lang"] == "fr-CA"


PARAMETERS = 'workbook: str = "data/city.xlsx"  # a path\nyear: int = 2025'
ASKED_FOR = v4.new_output("display_data", {ASKED: {"workbook": "city.xlsx", "year": 2025}})


def refused(*cells) -> str:
    """Return what a notebook says that is no report; nothing of its results is on it."""
    page = export(*cells, code(result(Sentences(("Milan",)))))
    assert "Milan" not in page
    return BeautifulSoup(page, "html.parser").main.get_text(" ", strip=True)


def test_a_notebook_with_an_error_becomes_a_page_that_says_so():
    error = v4.new_output("error", ename="ValueError", evalue="no such day", traceback=[])
    assert "failed: ValueError: no such day" in refused(code(error))


def test_of_a_workbook_with_errors_its_problems_are_listed():
    problems = "my.xlsx: 1 to fix\n  Agreements!D3  classification  not known"
    error = v4.new_output("error", ename="WorkbookError", evalue=problems, traceback=[])
    assert "Agreements!D3 classification not known" in " ".join(refused(code(error)).split())


def test_cells_that_did_not_run_in_order_or_not_at_all_make_no_page():
    later, never = code(), code()
    later.execution_count, never.execution_count = 10**6, None
    assert "did not run in their order" in refused(later)
    assert "1 of 3 code cells did not run" in refused(never)


def test_results_of_other_parameters_make_no_page():
    setup = code(ASKED_FOR)
    other = code(source=PARAMETERS.replace("2025", "2024"), tags=("parameters",))
    assert "The results are of year 2025, the notebook says 2024." in refused(setup, other)


def test_what_papermill_set_stands_over_the_notebooks_own():
    own = code(source=PARAMETERS.replace("2025", "2024"), tags=("parameters",))
    given = code(source="year = 2025", tags=("injected-parameters",))
    assert "Milan" in export(
        own, given, code(ASKED_FOR, result(Sentences(("x",)))), code(result(Sentences(("Milan",))))
    )


def test_a_page_is_named_after_workbook_year_and_agreement():
    cells = [code(source=f'{PARAMETERS}\nagreement_id: str = "A-007"', tags=("parameters",))]
    notebook = v4.new_notebook(cells=cells)
    _, resources = ReportExporter().from_notebook_node(notebook)
    assert resources["output_extension"] == "-city-2025-a-007.html"


def test_dollar_amounts_survive():
    assert "from $900K to $1.2M a year" in export(
        v4.new_markdown_cell("from $900K to $1.2M a year")
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        '[x](a.html "\\" onclick=\\"alert(1)")',
        "<javascript:alert(1)>",
        '## <b onclick="alert(1)">x</b>',
        "`</code><script>alert(1)</script>`",
    ],
)
def test_markdown_never_becomes_live(text):
    page = soup(v4.new_markdown_cell(text))
    names = {name for element in page.find_all(True) for name in element.attrs}
    assert page.main.find(["script", "img", "b"]) is None
    assert not any(name.startswith("on") for name in names)
    assert not any("script:" in a.get("href", "").lower() for a in page.find_all("a"))


def test_a_page_runs_no_program_and_asks_for_nothing():
    policy = soup().find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert "http://" not in export()
    assert "https://" not in export()


def test_the_same_notebook_gives_the_same_page():
    cell = code(result(HtmlTable("Seats", ("Class",), (("Friendship",),))))
    assert export(cell) == export(cell)


def test_a_sound_notebook_makes_a_sound_page():
    table = code(result(HtmlTable("Seats", ("Class", "Now"), (("Friendship", None),))))
    assert check_page(export(v4.new_markdown_cell("## Seats"), table)) == []


def test_the_exporter_is_known_to_nbconvert_by_name(tmp_path):
    notebook = v4.new_notebook(cells=[code(result(Header("Annual review")))])
    nbformat.write(notebook, tmp_path / "review.ipynb")
    command = ["-m", "jupyter", "nbconvert", "--to", "partnerships_report", "review.ipynb"]
    subprocess.run([sys.executable, *command], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "review.html").read_text("utf-8").startswith("<!doctype html>")


def test_an_index_page_is_a_sound_page_of_the_parts_it_was_given():
    page = index_page("Results", Heading("2018", 2), Sentences(("Made.",)), subtitle="Every run")
    assert check_page(page) == []
    assert BeautifulSoup(page, "html.parser").nav.a["href"] == "#2018"
