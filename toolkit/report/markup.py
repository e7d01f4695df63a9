"""How a result becomes HTML: tables, figures, sentences, every text escaped at the source."""

import math
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from markupsafe import Markup, escape

from toolkit.model.text import AgreementName
from toolkit.model.told import Mark, Told
from toolkit.report.links import page_of

SHORT_TEXT, LONG_TEXT, WIDE_TEXT = 10, 40, 120  # characters: a date, a sentence, a paragraph
TRAIL = '<nav class="trail" aria-label="Other pages">{}</nav>'
GRIP = '<span class="grip" tabindex="0"></span>'  # the keyboard's stop, shown where it can slide
SCROLL = Markup(f'<div class="scroll" role="region" aria-label="{{}}">{GRIP}{{}}</div>')
TABLE = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
MISSING_IN_PANDAS = {"NaTType", "NAType"}  # by their names, so that pandas need not be loaded
MISSING = Markup('<span class="missing">–</span>')  # noqa: RUF001, a dash is meant, not a hyphen
SAFE_ADDRESS = re.compile(r"(https?://|mailto:)\S+|(?!//)[^\s:\\]+")


@dataclass(frozen=True)
class Link:
    """A text that leads to a relative, web or mail address; any other address is left out."""

    text: str
    address: str

    def __html__(self) -> str:
        if not SAFE_ADDRESS.fullmatch(self.address):
            return escape(self.text)
        return Markup('<a href="{}">{}</a>').format(self.address, self.text)


class Part(Protocol):
    """Anything a notebook or a page shows as HTML."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True)
class HtmlTable:
    """A table with a caption; `numeric` names the columns to align right, counted from 0.

    A cell is a text, a number, a `Link`, several texts in a tuple, or nothing. Where there
    are no rows, the sentence `empty` stands in place of the table.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...] = field(repr=False)
    numeric: frozenset[int] = field(default=frozenset(), repr=False)
    note: str = field(default="", repr=False)
    empty: str = field(default="None.", repr=False)
    file: str = field(default="", repr=False)  # the address of the whole table

    def _repr_html_(self) -> str:
        note = Markup()
        if self.note:
            note = Markup('<p class="note">{}</p>').format(render_value(self.note))
        if self.file and self.rows:
            note += Markup('<p class="file">{}</p>').format(Link("The whole table", self.file))
        return str((self._grid() if self.rows else render_paragraphs([self.empty])) + note)

    def _grid(self) -> Markup:
        head = Markup().join(map(self._heading, range(len(self.headings)), self.headings))
        body = Markup("\n").join(self._row(row) for row in self.rows)
        return SCROLL.format(self.caption, TABLE.format(self.caption, head, body))

    def _heading(self, column: int, text: str) -> Markup:
        return Markup('<th scope="col"{}>{}</th>').format(self._kind(column, text), text)

    def _row(self, row: tuple[object, ...]) -> Markup:
        cells = Markup().join(map(self._cell, range(len(row)), row))
        return Markup("<tr>{}</tr>").format(cells)

    def _cell(self, column: int, value: object) -> Markup:
        content = render_value(value)
        cell = Markup("<td{}>{}</td>" if column else '<th scope="row"{}>{}</th>')
        return cell.format(self._kind(column, content.striptags()), content)

    def _kind(self, column: int, text: str) -> Markup:
        """Return what the style sheet needs to give a cell its width; nothing for a plain text."""
        kind = "number" if column in self.numeric else _width(text)
        return Markup(' class="{}"').format(kind) if kind else Markup()


def _width(text: str) -> str:
    if len(text) <= SHORT_TEXT:
        return "short"
    return "wide" if len(text) > WIDE_TEXT else "long" if len(text) > LONG_TEXT else ""


@dataclass(frozen=True)
class Sentences:
    """Paragraphs, or the same texts as a list, a numbered list or a callout."""

    paragraphs: tuple[str | Link, ...]
    kind: Literal["", "list", "numbered", "callout"] = ""

    def _repr_html_(self) -> str:
        if self.kind in {"list", "numbered"}:
            tag = "ul" if self.kind == "list" else "ol"
            return str(Markup("<{0}>{1}</{0}>").format(tag, render_items(self.paragraphs)))
        text = render_paragraphs(self.paragraphs)
        return str(Markup('<div class="callout">{}</div>').format(text) if self.kind else text)


@dataclass(frozen=True)
class Folded:
    """A long part that a reader opens where he wants it; in print only its line is shown."""

    line: str
    part: Part

    def _repr_html_(self) -> str:
        folded = Markup("<details><summary>{}</summary>{}</details>")
        return str(folded.format(self.line, Markup(self.part._repr_html_())))


@dataclass(frozen=True)
class Heading:
    """A heading inside a result; the page gives it its anchor."""

    text: str
    level: Literal[2, 3, 4] = 3

    def _repr_html_(self) -> str:
        return str(Markup("<h{0}>{1}</h{0}>").format(self.level, self.text))


@dataclass(frozen=True)
class Figure:
    """A drawing in SVG, what it says for those who cannot see it, and its caption."""

    svg: str = field(repr=False)
    alt: str
    caption: str

    def _repr_html_(self) -> str:
        data = b64encode(self.svg.encode()).decode()
        image = Markup('<img src="data:image/svg+xml;base64,{}" alt="{}">').format(data, self.alt)
        region = SCROLL.format(f"Chart: {self.caption}", image)
        figure = Markup("<figure>{}<figcaption>{}</figcaption></figure>")
        return str(figure.format(region, render_value(self.caption)))


@dataclass(frozen=True)
class Banner:
    """What no reader may miss, in the line under the title, such as "Internal: draft advice"."""

    word: str
    text: str
    kind: Literal["draft", "fictional", "info"] = "info"

    def __html__(self) -> str:
        mark = Markup('<span class="mark {}"><strong>{}:</strong> {}</span>')
        return mark.format(self.kind, self.word, self.text)


INTERNAL = Banner("Internal", "draft advice. The tool proposes by rule; people decide.", "draft")
FICTIONAL = Banner("Fictional", "the agreements are invented.", "fictional")


@dataclass(frozen=True)
class Header:
    """The page's only first-level heading, a subtitle, the banners and the way to other pages."""

    title: str
    subtitle: str = ""
    banners: tuple[Banner, ...] = ()
    trail: tuple[Link, ...] = ()

    def _repr_html_(self) -> str:
        lines = (
            (TRAIL, Markup(" · ").join(self.trail)),
            ("<h1>{}</h1>", self.title),
            ('<p class="subtitle">{}</p>', self.subtitle),
            ('<p class="marks">{}</p>', Markup(" ").join(self.banners)),
        )
        shown = Markup().join(Markup(line).format(text) for line, text in lines if text)
        return str(Markup("<header>{}</header>").format(shown))


@dataclass(frozen=True)
class Provenance:
    """What a page was made from; the page moves it to its footer, so it needs no heading."""

    rows: tuple[tuple[str, str], ...]

    def _repr_html_(self) -> str:
        pair = Markup("<div><dt>{}</dt><dd>{}</dd></div>")
        pairs = (pair.format(name, render_value(value)) for name, value in self.rows)
        return str(Markup('<dl class="provenance">{}</dl>').format(Markup().join(pairs)))


@dataclass(frozen=True, init=False)
class Stack:
    """Several parts shown one after the other, as one result."""

    parts: tuple[Part, ...]

    def __init__(self, *parts: Part) -> None:
        object.__setattr__(self, "parts", parts)

    def _repr_html_(self) -> str:
        return "\n".join(part._repr_html_() for part in self.parts)


def render_value(value: object) -> Markup:
    """Return a text, number, link or group of texts as HTML; what is missing is a dash.

    >>> render_value("R&D"), render_value(float("nan")) == MISSING
    (Markup('R&amp;D'), True)
    """
    if hasattr(value, "__html__"):  # a link, or a mark that is drawn
        return escape(value)
    if isinstance(value, AgreementName) and value.agreement_id:
        return escape(Link(str(value), page_of(value)))
    if isinstance(value, Told) and value.marks:
        return mark_facts(value)
    if isinstance(value, tuple | list):
        return Markup("<ul>{}</ul>").format(render_items(value)) if value else MISSING
    return MISSING if _is_missing(value) else escape(_text(value))


def mark_facts(told: Told) -> Markup:
    """Return a sentence with every figure in it that is a fact marked as the fact it is.

    >>> from toolkit.model.told import fact, tell
    >>> mark_facts(tell("{n} seats", n=fact("seats.today", 9)))
    Markup('<data value="9" data-fact="seats.today">9</data> seats')
    """
    parts, place = [], 0
    for mark in told.marks:
        parts += [escape(told[place : mark.start]), _mark(mark, told[mark.start : mark.end])]
        place = mark.end
    return Markup().join([*parts, escape(told[place:])])


def _mark(mark: Mark, shown: str) -> Markup:
    return Markup('<data value="{}" data-fact="{}">{}</data>').format(mark.value, mark.name, shown)


def render_names(names: Sequence[str]) -> Markup:
    """Return names as a text lists them, each agreement's with the way to its report.

    >>> render_names(["Milan", "Lyon", "R&D"])
    Markup('Milan, Lyon and R&amp;D')
    """
    shown = [render_value(name) for name in names]
    last = Markup(" and ").join(shown[-2:])
    return Markup(", ").join([*shown[:-2], last])


def render_items(values: Iterable[object]) -> Markup:
    """Return the values as the items of a list."""
    return Markup().join(Markup("<li>{}</li>").format(render_value(value)) for value in values)


def render_paragraphs(values: Iterable[object]) -> Markup:
    """Return each value as a paragraph."""
    return Markup().join(Markup("<p>{}</p>").format(render_value(value)) for value in values)


def _is_missing(value: object) -> bool:
    if value is None or type(value).__name__ in MISSING_IN_PANDAS:
        return True
    return math.isnan(value) if isinstance(value, float) else not str(value).strip()


def _text(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, float) else str(value)
