"""How parts become one page, and the pages of one run and of all runs that lead to the others."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, count
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.element import Tag
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from toolkit.model.dates import told_date
from toolkit.model.results import Result, Table
from toolkit.report.glossary import add_glossary
from toolkit.report.links import AGREEMENTS, WORKBOOK, file_of
from toolkit.report.markup import FICTIONAL, Banner, Header, HtmlTable, Link, Part, Sentences, Stack

TEMPLATES = Environment(
    loader=PackageLoader("toolkit.report"), autoescape=True, undefined=StrictUndefined
)
ELSEWHERE = re.compile(r"#|[a-z][a-z0-9+.-]*:")  # this page, or an address of its own
ANCHORS_OF_THE_TEMPLATE = ("main",)
FIRST_OF_PARTS, AFTER_PARTS = "h1,h2", "@media screen and (min"  # what a notebook needs
OUTPUTS = ".jp-RenderedHTMLCommon"
LAB_COLOURS = (  # those of the reader's own theme
    "--page: var(--jp-layout-color0); --text: var(--jp-content-font-color1); "
    "--muted: var(--jp-content-font-color2); --line: var(--jp-border-color1); "
    "--band: var(--jp-layout-color2); --blue: var(--jp-content-link-color);"
)
NO_PAGE = (
    "Nothing of it is shown, since its results are not those of one whole run. Mend what is named "
    "here, run the notebook from the top (Run > Run All Cells), and export it again."
)
Manifest = Mapping[str, object]
ALL = "../../index.html"  # from a run's own folder
NONE, NOT_MADE = "None was made yet.", "There is no report on it yet."


def render_page(body: str, *, lang: str = "en", up: str = "", with_words: bool = False) -> str:
    """Return the whole page: the header first, then the contents, the body and the footer.

    The footer ends with the hash of what the page shows. `up` leads from the page's folder to the
    run's own, which its addresses are written from. With words, its terms are said at its end.
    """
    soup = BeautifulSoup(body, "html.parser", multi_valued_attributes=None)
    _move_links(soup, up)
    _drop_empty_sections(soup)
    _set_anchors(soup.find_all(["h2", "h3", "h4"]))
    title = soup.h1.get_text(" ", strip=True) if soup.h1 else ""
    header, footer = _take(soup, "header"), _take(soup, ".provenance")
    if with_words:
        add_glossary(soup)
    main = Markup(str(soup).strip().replace("</tr>\n<tr", "</tr><tr"))
    shown = hashlib.sha256(f"{header}{main}".encode()).hexdigest()[:12]
    page = TEMPLATES.get_template("page.html.j2").render(
        lang=lang,
        style=Markup(_style() + _running(title)),
        title=title,
        header=header,
        contents=[(heading["id"], heading.get_text()) for heading in soup.find_all("h2")],
        main=main,
        footer=footer,
        shown=shown,
    )
    return page + "\n"


def _move_links(soup: BeautifulSoup, up: str) -> None:
    for link in soup.find_all("a", href=True) if up else ():
        if not ELSEWHERE.match(link["href"]):
            link["href"] = up + link["href"]


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
    title: str,
    *parts: Part,
    subtitle: str = "",
    banners: tuple[Banner, ...] = (),
    trail: tuple[Link, ...] = (),
) -> str:
    """Return a page that holds the parts in their order; a `Heading` of level 2 opens a group."""
    return render_page(Stack(Header(title, subtitle, banners, trail), *parts)._repr_html_())


def run_index(manifest: Manifest, tables: Mapping[str, Table[Result]]) -> str:
    """Return the page that leads to every report and table of one run, with its status."""
    reports, stands_on = manifest["reports"], manifest["stands_on"]
    main = [row for row in reports.values() if not row["page"].startswith(f"{AGREEMENTS}/")]
    rows = tuple((_title(row), _status(row, stands_on)) for row in main)
    files = [(Link(f"{name}.csv", file_of(name)), "table, CSV") for name in tables]
    workbook = (Link(WORKBOOK, WORKBOOK), "every table, and the Decisions form")
    calendar = (Link("deadlines.ics", "deadlines.ics"), "the decision calendar")
    return index_page(
        f"Results {manifest['year']}: {manifest['title']}",
        HtmlTable("Reports on the whole programme", ("Report", "Status"), rows, empty=NONE),
        _agreements(tables, reports, stands_on),
        HtmlTable("Tables", ("File", "What it is"), (workbook, calendar, *files)),
        subtitle=_basis(manifest),
        banners=(FICTIONAL,) if manifest["illustrative"] else (),
        trail=(Link("All results", ALL),),
    )


def _agreements(
    tables: Mapping[str, Table[Result]], reports: Mapping[str, Manifest], stands_on: str
) -> HtmlTable:
    """Return each agreement with its class, what is proposed, what people decided, and its page."""
    decided = {
        row.subject_id: f"{row.decision}, {told_date(row.decided_on)}"
        for row in tables["decisions"]
        if row.decided_on is not None and row.point in ("review", "D3")
    }
    rows = []
    for row in tables["review"]:
        key, report = row.agreement_id, reports.get(row.agreement_id)
        status = _status(report, stands_on) if report else NOT_MADE
        said = decided.get(key)
        rows.append((row.partner, key, row.classification, row.decision, said, status))
    headings = ("Agreement", "Number", "Class", "Proposed", "Decided", "Report")
    return HtmlTable("Agreements", headings, tuple(rows), empty=NONE)


def stub_page(title: str, manifest: Manifest) -> str:
    """Return the page that stands where an agreement has no report yet, so that no link is dead."""
    note = Sentences((f"{NOT_MADE} The command `partnerships reports` makes it.",))
    trail = (Link("All results", f"../{ALL}"), Link(str(manifest["year"]), "../index.html"))
    return index_page(title, note, subtitle=_basis(manifest), trail=trail)


def refusal_page(why: Sequence[str], problems: str) -> str:
    """Return the page that stands for a notebook that is no report; `problems` are its input's."""
    rows = tuple((line.strip(),) for line in problems.splitlines() if line.strip())
    told = HtmlTable("What is to be mended", ("Problem",), rows) if rows else Sentences(tuple(why))
    note = Sentences((NO_PAGE,))
    return index_page("This notebook is no report", note, told)


@cache
def _style() -> str:
    """Return the style without the space that only its readers need."""
    style = " ".join(TEMPLATES.loader.get_source(TEMPLATES, "report.css")[0].split())
    for mark in "{};:,":
        style = style.replace(f"{mark} ", mark)
    return style.replace(" {", "{").replace(";}", "}")


def _running(title: str) -> str:
    """Return the rule that prints a title at the head of each sheet."""
    text = re.sub(r'["\\<\n]', lambda mark: f"\\{ord(mark[0]):x} ", title)
    return f'@media print{{@page{{@top-left{{content:"{text}";font:8pt sans-serif}}}}}}'


def notebook_style() -> str:
    """Return the style of tables, figures and callouts for a notebook, of its outputs alone."""
    style = _style()
    parts = style[style.index(FIRST_OF_PARTS) : style.index(AFTER_PARTS)]
    return f"<style>{OUTPUTS} {{ {LAB_COLOURS} {parts} }}</style>"


def all_index(runs: Sequence[tuple[str, Manifest]]) -> str:
    """Return the page that leads to every run."""
    rows = tuple(
        (
            Link(f"{run['title']}, {run['year']}", f"{quote(place)}/index.html"),
            FICTIONAL.word.lower() if run.get("illustrative") else "from records",
            Link("annual review", f"{quote(place)}/annual-review.html"),
            told_date(str(run["as_of"])),
            run["policy_edition"],
        )
        for place, run in runs
    )
    headings = ("Results", "Data", "Start here", "As of", "Policy")
    note = Sentences(("Everything here is internal draft advice; people decide.",))
    return index_page("International agreements: results", note, HtmlTable("Runs", headings, rows))


def _title(row: Manifest) -> str | Link:
    return Link(row["title"], row["page"]) if row.get("made_from") else row["title"]


def _status(row: Manifest, stands_on: str) -> str:
    """Return what became of a report, and of what its page is."""
    old = "The page is of an earlier run." if row.get("made_from") else "There is no page."
    if row["problem"]:
        return f"Failed: {row['problem']} {old}"
    return "made" if row.get("made_from") == stands_on else "Not made again: its page is older."


def _basis(manifest: Manifest) -> str:
    day = told_date(str(manifest["as_of"]))
    return (
        f"{manifest['workbook']} ({manifest['workbook_sha256'][:12]}), policy "
        f"{manifest['policy_edition']}, as of {day}. Internal: draft advice."
    )
