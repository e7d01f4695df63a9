"""How parts become one page: its title, contents, anchors and footer around the body."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count

from bs4 import BeautifulSoup
from bs4.element import Tag
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from toolkit.report.markup import Banner, Header, Part, Stack

TEMPLATES = Environment(
    loader=PackageLoader("toolkit.report"), autoescape=True, undefined=StrictUndefined
)
ANCHORS_OF_THE_TEMPLATE = ("main", "contents")


def index_page(
    title: str, *parts: Part, subtitle: str = "", banners: tuple[Banner, ...] = ()
) -> str:
    """Return a page that holds the parts in their order; a `Heading` of level 2 opens a group."""
    return render_page(Stack(Header(title, subtitle, banners), *parts)._repr_html_())


def render_page(body: str, *, lang: str = "en") -> str:
    """Return the whole page: the header first, then the contents, the body and the footer."""
    soup = BeautifulSoup(body, "html.parser")
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
