"""Whether a page is sound enough to hand on.

Every finding is a sentence for the person who makes the report; no finding, no sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import Tag

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TEXTS = ("td", "th", "p", "li", "dt", "dd", "caption", "figcaption")
PROGRAM_WORDS = frozenset({"nan", "NaN", "NaT", "None", "<NA>", "inf", "-inf"})
ACTIVE_ELEMENTS = ("script", "iframe", "object", "embed", "form", "base")
LOADING = ("src", "srcset", "poster")
ACTIVE_ADDRESS = re.compile(r"\s*(javascript|vbscript|data):", re.IGNORECASE)
REQUEST_IN_STYLE = re.compile(r"@import|url\(\s*+['\"]?+(?!data:)", re.IGNORECASE)


def check_page(html: str) -> list[str]:
    """Return what is wrong with a page, each finding once."""
    soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
    return list(dict.fromkeys(finding for check in CHECKS for finding in check(soup)))


def _check_head(soup: BeautifulSoup) -> Iterator[str]:
    if not (soup.title and _text(soup.title)):
        yield "The page has no title."
    if not (soup.html and soup.html.get("lang")):
        yield "The page does not say its language."


def _check_headings(soup: BeautifulSoup) -> Iterator[str]:
    headings = soup.find_all(HEADINGS)
    titles = sum(heading.name == "h1" for heading in headings)
    if titles != 1:
        yield f"The page has {titles} first-level headings; it needs one."
    for above, heading in pairwise(headings):
        if int(heading.name[1]) > int(above.name[1]) + 1:
            yield f'The heading "{_text(heading)}" skips a level.'
    for heading in soup.find_all("h2"):
        if _is_empty(heading):
            yield f'There is nothing under the heading "{_text(heading)}".'


def _check_programs(soup: BeautifulSoup) -> Iterator[str]:
    for element in soup.find_all(True):
        if element.name in ACTIVE_ELEMENTS:
            yield f"The page holds a <{element.name}> element."
        if any(name.startswith("on") for name in element.attrs):
            yield f"A <{element.name}> element holds a program."
        if element.name == "a" and ACTIVE_ADDRESS.match(element.get("href", "")):
            yield f'The link "{_text(element)}" holds a program.'


def _check_requests(soup: BeautifulSoup) -> Iterator[str]:
    for element in soup.find_all(True):
        names = LOADING if element.name == "a" else (*LOADING, "href", "xlink:href")
        for address in (element[name] for name in names if element.has_attr(name)):
            if not address.startswith("data:"):
                yield f'A <{element.name}> element loads "{address}"; a page loads nothing.'
    styles = [style.get_text() for style in soup.find_all("style")]
    styles += [element["style"] for element in soup.find_all(style=True)]
    if any(REQUEST_IN_STYLE.search(style) for style in styles):
        yield "A style loads a file; a page loads nothing."


def _check_figures_and_tables(soup: BeautifulSoup) -> Iterator[str]:
    for image in soup.find_all("img"):
        if not image.get("alt", "").strip():
            yield "A figure has no alternative text."
    for table in soup.find_all("table"):
        caption = _text(table.caption) if table.caption else ""
        if not caption:
            yield f'The table that begins with "{_text(table)[:40]}" has no caption.'
        if table.select("th:not([scope])"):
            yield f'The table "{caption}" has a heading without a scope.'


def _check_words(soup: BeautifulSoup) -> Iterator[str]:
    for element in soup.find_all(TEXTS):
        if _text(element) in PROGRAM_WORDS:
            yield f'A cell or paragraph says only "{_text(element)}".'


def _check_names(soup: BeautifulSoup) -> Iterator[str]:
    anchors = [element["id"] for element in soup.find_all(id=True)]
    regions = [element.get("aria-label", "") for element in soup.find_all(role="region")]
    for anchor in _repeated(anchors):
        yield f'The id "{anchor}" is used more than once.'
    for name in _repeated(regions):
        yield f'The caption "{name}" is used more than once.'
    for link in soup.select('a[href^="#"]'):
        if link["href"].removeprefix("#") not in anchors:
            yield f'The link "{_text(link)}" leads nowhere.'


CHECKS = (
    _check_head,
    _check_headings,
    _check_programs,
    _check_requests,
    _check_figures_and_tables,
    _check_words,
    _check_names,
)


def _text(element: Tag) -> str:
    return element.get_text(" ", strip=True)


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _is_empty(heading: Tag) -> bool:
    """Whether the next heading of this level, or the end, comes before any content."""
    nearest = heading.find_next((*TEXTS, "img", "pre", "h1", "h2", "footer"))
    return nearest is None or nearest.name in {"h1", "h2", "footer"}
