"""What a result shows, and that no text in it ever becomes live."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report.markup import (
    Banner,
    Figure,
    Header,
    Heading,
    HtmlTable,
    Link,
    Provenance,
    Sentences,
    Stack,
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onfocus="alert(1)" autofocus="',
    "<a href=javascript:alert(1)>x</a>",
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "</td></table><style>*{display:none}</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "{0.__class__} {{ 7 * 7 }} {% raw %}",
)
ENTRIES = {
    "caption": lambda text: HtmlTable(text, ("a",), (("b",),)),
    "heading": lambda text: HtmlTable("c", (text,), (("b",),)),
    "row heading": lambda text: HtmlTable("c", ("a",), ((text,),)),
    "cell": lambda text: HtmlTable("c", ("a", "b"), (("x", text),)),
    "cell with several texts": lambda text: HtmlTable("c", ("a", "b"), (("x", (text, text)),)),
    "note": lambda text: HtmlTable("c", ("a",), (("b",),), note=text),
    "empty table": lambda text: HtmlTable("c", ("a",), (), empty=text),
    "link text": lambda text: HtmlTable("c", ("a",), ((Link(text, "a.html"),),)),
    "link address": lambda text: Sentences((Link("words", text),)),
    "paragraph": lambda text: Sentences((text,)),
    "list": lambda text: Sentences((text,), "list"),
    "numbered": lambda text: Sentences((text,), "numbered"),
    "callout": lambda text: Sentences((text,), "callout"),
    "section": lambda text: Heading(text),
    "drawing": lambda text: Figure(text, "alt", "caption"),
    "alternative text": lambda text: Figure("<svg/>", text, "caption"),
    "figure caption": lambda text: Figure("<svg/>", "alt", text),
    "title": lambda text: Header(text),
    "subtitle": lambda text: Header("t", text),
    "banner": lambda text: Header("t", "s", (Banner(text, text),)),
    "provenance": lambda text: Provenance(((text, text),)),
}
ELEMENTS = frozenset({
    "a", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h3", "header", "img",
    "li", "ol", "p", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
})  # fmt: skip
ATTRIBUTES = frozenset({"alt", "aria-label", "class", "href", "role", "scope", "src", "tabindex"})


def show(part) -> BeautifulSoup:
    return BeautifulSoup(part._repr_html_(), "html.parser")


def cell(value, **options) -> BeautifulSoup:
    return show(HtmlTable("Caption", ("Name", "Value"), (("x", value),), **options)).td


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("entry", ENTRIES)
def test_a_text_never_becomes_live(entry, payload):
    elements = show(ENTRIES[entry](payload)).find_all(True)
    addresses = [element["href"] for element in elements if element.has_attr("href")]
    assert {element.name for element in elements} <= ELEMENTS
    assert {name for element in elements for name in element.attrs} <= ATTRIBUTES
    assert not any(":" in address for address in addresses)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_is_shown_as_it_was_written(payload):
    assert show(Sentences((payload,))).p.get_text() == payload


def test_a_table_has_a_caption_and_names_the_scope_of_each_heading():
    table = show(HtmlTable("Seats", ("Class", "Now"), (("Friendship", 9),)))
    assert table.caption.get_text() == "Seats"
    assert [th["scope"] for th in table.find_all("th")] == ["col", "col", "row"]


def test_a_table_scrolls_in_a_region_named_by_its_caption():
    region = show(HtmlTable("Seats", ("Class",), (("Friendship",),))).find(role="region")
    assert region["aria-label"] == "Seats"
    assert region.span["tabindex"] == "0"


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, pd.NA, "", "  ", ()])
def test_a_missing_cell_is_a_dash(value):
    assert cell(value).span["class"] == ["missing"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (12.5, "12.5"), (1234567.0, "1234567"), (True, "yes"), ("None", "None")],
)
def test_a_cell_shows_its_value(value, shown):
    assert cell(value).get_text() == shown


def test_several_texts_in_a_cell_are_a_list():
    assert [item.get_text() for item in cell(("one", "two")).find_all("li")] == ["one", "two"]


def test_a_numeric_column_is_aligned_by_class():
    assert cell(5, numeric=frozenset({1}))["class"] == ["number"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2018-12-31", "short"), ("Economic Development", None), ("One sentence. " * 4, "long")],
)
def test_a_date_stays_on_one_line_and_a_sentence_gets_room(text, kind):
    assert cell(text).get("class") == (kind and [kind])


def test_a_table_without_rows_is_a_sentence():
    page = show(HtmlTable("Seats", ("Class",), (), empty="No seat is taken.", note="As of 2018."))
    assert page.table is None
    assert [p.get_text() for p in page.find_all("p")] == ["No seat is taken.", "As of 2018."]


@pytest.mark.parametrize(
    "address", ["a/b.html", "../index.html#x", "https://a.ca", "mailto:a@b.ca"]
)
def test_a_relative_web_or_mail_address_is_a_link(address):
    assert cell(Link("words", address)).a["href"] == address


@pytest.mark.parametrize("address", ["//a.ca", "file:///etc", "ftp://a.ca", "\\\\host\\share", ""])
def test_any_other_address_leaves_only_the_text(address):
    shown = cell(Link("words", address))
    assert shown.a is None
    assert shown.get_text() == "words"


def test_a_figure_carries_its_drawing_its_alternative_text_and_its_caption():
    figure = show(Figure("<svg/>", "Milan leads.", "Results")).figure
    assert figure.img["src"].startswith("data:image/svg+xml;base64,")
    assert (figure.img["alt"], figure.figcaption.get_text()) == ("Milan leads.", "Results")


def test_a_header_holds_the_title_and_a_word_for_each_banner():
    header = show(Header("Review", "2018", (Banner("Internal", "draft advice.", "draft"),)))
    assert header.h1.get_text() == "Review"
    assert header.strong.get_text() == "Internal:"


def test_a_stack_shows_its_parts_in_order():
    shown = show(Stack(Heading("First"), Sentences(("Second",))))
    assert [element.name for element in shown.find_all(True)] == ["h3", "p"]


def test_the_plain_form_of_a_part_is_short_and_leaves_out_the_drawing():
    assert repr(Figure("<svg/>" * 999, "alt", "c")) == "Figure(alt='alt', caption='c')"
