"""How parts become one page, and the pages of one run and of all runs that lead to the others."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count

from bs4 import BeautifulSoup
from bs4.element import Tag
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from toolkit.report.markup import FICTIONAL, Banner, Header, HtmlTable, Link, Part, Sentences, Stack

TEMPLATES = Environment(
    loader=PackageLoader("toolkit.report"), autoescape=True, undefined=StrictUndefined
)
ANCHORS_OF_THE_TEMPLATE = ("main", "contents")
Manifest = Mapping[str, object]


def render_page(body: str, *, lang: str = "en") -> str:
    """Return the whole page: the header first, then the contents, the body and the footer."""
    soup = BeautifulSoup(body, "html.parser")
    _drop_empty_sections(soup)
    _set_anchors(soup.find_all(["h2", "h3", "h4"]))
    title = soup.h1.get_text(" ", strip=True) if soup.h1 else ""
    header, footer = _take(soup, "header"), _take(soup, ".provenance")
    page = TEMPLATES.get_template("page.html.j2").render(
        lang=lang,
        title=title,
        header=header,
        contents=[(heading["id"], heading.get_text()) for heading in soup.find_all("h2")],
        main=Markup(str(soup).strip()),
        footer=footer,
    )
    return page + "\n"


def _take(soup: BeautifulSoup, selector: str) -> Markup:
    """Return the elements that stand elsewhere on the page, and remove them from the body."""
    return Markup("\n").join(Markup(str(element.extract())) for element in soup.select(selector))


def _drop_empty_sections(soup: BeautifulSoup) -> None:
    """Remove a heading under which nothing stands: its sheets are absent, as another table says."""
    for heading in reversed(soup.find_all("h2")):
        after = heading.find_next_sibling()
        if after is None or after.name in ("h1", "h2"):
            heading.decompose()


def _set_anchors(headings: Iterable[Tag]) -> None:
    taken = set(ANCHORS_OF_THE_TEMPLATE)
    for heading in headings:
        name = _anchor(heading.get_text())
        candidates = chain([name], (f"{name}-{number}" for number in count(2)))
        heading["id"] = next(anchor for anchor in candidates if anchor not in taken)
        taken.add(heading["id"])


def _anchor(text: str) -> str:
    """Return a heading's words as an address.

    >>> _anchor("1 Décisions: what & why")
    '1-decisions-what-why'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"


def index_page(
    title: str, *parts: Part, subtitle: str = "", banners: tuple[Banner, ...] = ()
) -> str:
    """Return a page that holds the parts in their order; a `Heading` of level 2 opens a group."""
    return render_page(Stack(Header(title, subtitle, banners), *parts)._repr_html_())


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
        _reports("Reports on the whole programme", main, manifest["stands_on"]),
        _reports("Reports by agreement", agreements, manifest["stands_on"]),
        HtmlTable("Tables", ("File", "What it is"), (workbook, calendar, *files)),
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
    return index_page("International agreements: results", note, HtmlTable("Runs", headings, rows))


def _reports(caption: str, reports: Sequence[Manifest], stands_on: str) -> HtmlTable:
    rows = tuple((_title(row), _status(row, stands_on)) for row in reports)
    return HtmlTable(caption, ("Report", "Status"), rows, empty="None was made yet.")


def _title(row: Manifest) -> str | Link:
    return Link(row["title"], row["page"]) if row.get("made_from") else row["title"]


def _status(row: Manifest, stands_on: str) -> str:
    """Return what became of a report, and of what its page is."""
    old = "The page is of an earlier run." if row.get("made_from") else "There is no page."
    if row["problem"]:
        return f"Failed: {row['problem']} {old}"
    return "made" if row.get("made_from") == stands_on else "Not made again: its page is older."


def _basis(manifest: Manifest) -> str:
    return (
        f"{manifest['workbook']}, policy {manifest['policy_edition']}, as of {manifest['as_of']}. "
        "Internal: draft advice."
    )
