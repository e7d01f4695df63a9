"""How a reader finds the results: the page of one run, and the page of all runs."""

from collections.abc import Mapping, Sequence

from toolkit.report.markup import FICTIONAL, Link, Sentences, Table
from toolkit.report.pages import index_page

Manifest = Mapping[str, object]


def run_index(manifest: Manifest, tables: Sequence[str]) -> str:
    """Return the page that leads to every report and table of one run, with its status."""
    reports = list(manifest["reports"].values())
    main = [row for row in reports if not row["page"].startswith("agreements/")]
    agreements = [row for row in reports if row["page"].startswith("agreements/")]
    files = [(Link(f"{name}.csv", f"tables/{name}.csv"), "table, CSV") for name in tables]
    workbook = (Link("results.xlsx", "results.xlsx"), "every table, and the Decisions form")
    calendar = (
        Link("deadlines.ics", "deadlines.ics"),
        "the decision calendar",
    )
    return index_page(
        f"Results {manifest['year']}: {manifest['title']}",
        _reports("Reports on the whole programme", main),
        _reports("Reports by agreement", agreements),
        Table("Tables", ("File", "What it is"), (workbook, calendar, *files)),
        subtitle=_basis(manifest),
        banners=(FICTIONAL,) if manifest["illustrative"] else (),
    )


def all_index(runs: Sequence[tuple[str, Manifest]]) -> str:
    """Return the page that leads to every run."""
    rows = tuple(
        (
            Link(f"{run['title']}, {run['year']}", f"{place}/index.html"),
            FICTIONAL.word.lower() if run.get("illustrative") else "from records",
            Link("annual review", f"{place}/annual-review.html"),
            run["as_of"],
            run["policy_edition"],
        )
        for place, run in runs
    )
    headings = ("Results", "Data", "Start here", "As of", "Policy")
    note = Sentences(("Everything here is internal draft advice; people decide.",))
    return index_page("International agreements: results", note, Table("Runs", headings, rows))


def _reports(caption: str, reports: Sequence[Manifest]) -> Table:
    rows = tuple((_title(row), row["problem"] or "made") for row in reports)
    return Table(caption, ("Report", "Status"), rows, empty="None was made yet.")


def _title(row: Manifest) -> str | Link:
    return row["title"] if row["problem"] else Link(row["title"], row["page"])


def _basis(manifest: Manifest) -> str:
    return (
        f"{manifest['workbook']}, policy {manifest['policy_edition']}, as of {manifest['as_of']}. "
        "Internal: draft advice."
    )
