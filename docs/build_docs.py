"""Writes the pages of `docs/` that follow from declarations: `make docs` after a change.

The data dictionary from the sheets, the rules from the lists of rules, the results dictionary and
the coverage of the source report from the declared results and the notebooks that show them.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import nbformat

from toolkit.assess.results import declared_results
from toolkit.assess.rulebook import list_all_rules, list_conditions
from toolkit.files.documents import data_dictionary, markdown_table, rules_page
from toolkit.files.policy import read_policy
from toolkit.model.report import ROWS
from toolkit.model.results import Declared, Result
from toolkit.report.view import View

DOCS = Path(__file__).parent
ROOT = DOCS.parent
USED = re.compile(r"\b(?:results|own)\.(\w+)")
CALLED = re.compile(r"\b(\w+)\.(\w+)\((?:results|own)\)")
RESULTS = """\
# Results dictionary

Every result table: what a row says, and what each column holds. The tables are the files of
`tables/` in the outputs and the sheets of `results.xlsx`; in a notebook they are
`results.review`, and `results.of("A-014").review` for one agreement; `results.review.frame` is the
table for pandas. Written by `make docs` from
the declarations; change a column there, not here. What is not marked public is internal.
"""
COVERAGE = """\
# Coverage

Where each row of the source report is worked out and where a reader finds it. F: a fact of the
programme, R: a recommendation, M: on markets, B: a best practice, P: a step of the process, D: a
decision point. Written by `make docs`: a result declares which rows it serves; pages are notebooks,
with the sections that show it.
"""
HEADINGS = ("id", "the report says", "results", "worked out in", "shown on")
COLUMNS = ("column", "heading", "what it holds", "format", "public")


def results_dictionary() -> str:
    """Return every result with its columns as Markdown."""
    return "\n".join(
        [RESULTS, *(_section(name, kind) for name, kind in declared_results().items())]
    )


def _section(name: str, kind: type[Result]) -> str:
    rows = "several rows may share it" if kind.repeats else "one row each"
    lines = [f"## {name}", "", f"{kind.__doc__} By `{kind.key}`, {rows}.", ""]
    columns = (
        (f"`{column}`", d.heading, d.about, _set(d), "yes" if d.public else "")
        for column, d in kind.declared().items()
    )
    return "\n".join([*lines, *markdown_table(COLUMNS, columns), ""])


def _set(declared: Declared) -> str:
    """Return how a column is set, and its unit."""
    return f"{declared.fmt.value}, {declared.unit}" if declared.unit else declared.fmt.value


PUBLIC_PAGES = {  # of the public register, by the row they carry out
    "R9": ("public register: year.html", "public register: agreements, Outcomes"),
    "P4": ("public register: index.html", "public register: agreements, Text"),
    "F1": ("public register: agreements, Facts",),
}


def coverage() -> str:
    """Return for each row of the source report its results, their modules and their pages."""
    shown = sections_by_result()
    rows = []
    for key, says in ROWS.items():
        kinds = {name: kind for name, kind in declared_results().items() if key in kind.serves}
        modules = dict.fromkeys(_module(kind) for kind in kinds.values())
        pages = dict.fromkeys(place for name in kinds for place in shown.get(name, ()))
        pages |= dict.fromkeys(PUBLIC_PAGES.get(key, ()))
        rows.append((key, says, *("; ".join(part) for part in (kinds, modules, pages))))
    return "\n".join([COVERAGE, *markdown_table(HEADINGS, rows), ""])


def _module(kind: type[Result]) -> str:
    return kind.__module__.removeprefix("toolkit.").replace(".", "/") + ".py"


def sections_by_result() -> Mapping[str, list[str]]:
    """Return for each result the sections of the notebooks that show it."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for heading, name in _uses(path):
            found.setdefault(name, []).append(f"{path.stem}: {heading}")
    return found


def _uses(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each result a notebook shows, with the heading it stands under."""
    heading = ""
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "markdown":
            lines = [line for line in cell.source.splitlines() if line.startswith("#")]
            heading = lines[-1].lstrip("# ") if lines else heading
            continue
        for name in USED.findall(cell.source):
            yield heading, name
        for module, name in CALLED.findall(cell.source):
            view = getattr(import_module(f"toolkit.report.{module}"), name)
            if isinstance(view, View):
                yield heading, view.result


def pages() -> Mapping[str, str]:
    """Return every generated page by its file name."""
    policy = read_policy(ROOT / "data" / "policy.toml")
    return {
        "data-dictionary.md": data_dictionary(policy),
        "rules.md": rules_page(list_all_rules(policy), list_conditions()),
        "results-dictionary.md": results_dictionary(),
        "coverage.md": coverage(),
    }


if __name__ == "__main__":
    for file_name, text in pages().items():
        (DOCS / file_name).write_text(text, encoding="utf-8", newline="\n")
