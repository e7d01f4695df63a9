"""How an executed notebook becomes a page: its Markdown and its results, never its code."""

from collections.abc import Iterator

import mistune
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import List, default

from toolkit.report.links import slug
from toolkit.report.pages import refusal_page, render_page
from toolkit.report.ran import ASKED, asked_of, parameters_of, problems_of_input, why_no_page

NOTEBOOK_ONLY = "notebook-only"
REFUSED = "no_page"  # the resource that says why

render_markdown = mistune.create_markdown(escape=True, plugins=["table"])


class ReportExporter(Exporter):
    """Writes a notebook as one self-contained page, the same bytes for the same notebook.

    Shown are Markdown cells and results that are HTML; a cell tagged `notebook-only` is left
    out. A notebook that failed, or whose results are not those of its parameters, becomes a page
    that says so and nothing else. The page's language is the notebook's metadata `lang`; its `up`
    leads from the page's folder to that of the run.
    """

    export_from_notebook = "Report (HTML)"
    output_mimetype = "text/html"
    default_preprocessors = List([])  # a page is made of what is there, checked by itself

    @default("file_extension")
    def _file_extension(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, object] | None = None, **options: object
    ) -> tuple[str, dict[str, object]]:
        """Return the page and what the writer of files needs to know about it."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        resources["output_extension"] = f"{_name_of(notebook)}.html"
        lang, up = notebook.metadata.get("lang", "en"), notebook.metadata.get("up", "")
        if why := why_no_page(notebook):
            self.log.warning("No page was made: %s", why[0])
            resources[REFUSED] = why
            return refusal_page(why, problems_of_input(notebook)), resources
        body = "\n".join(part for cell in notebook.cells for part in _shown(cell))
        return render_page(body, lang=lang, up=up, with_words=True), resources


def _name_of(notebook: NotebookNode) -> str:
    """Return what follows the notebook's own name in that of its page: workbook, year, agreement.

    Blank for a notebook without such parameters.
    """
    given = asked_of(parameters_of(notebook))
    workbook = str(given.get("workbook", "")).removesuffix(".xlsx")
    parts = (workbook, given.get("year"), given.get("agreement_id"))
    return "".join(f"-{slug(str(part))}" for part in parts if part)


def _shown(cell: NotebookNode) -> Iterator[str]:
    """Yield what a cell shows on the page."""
    if NOTEBOOK_ONLY in cell.metadata.get("tags", []):
        return
    if cell.cell_type == "markdown":
        yield render_markdown(cell.source)
    for output in cell.get("outputs", []):
        if "text/html" in output.get("data", {}) and ASKED not in output.data:
            yield output.data["text/html"]
