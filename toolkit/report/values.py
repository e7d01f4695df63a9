"""How one value becomes HTML: escaped, linked, listed, or a dash where it is missing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup, escape

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


def render_value(value: object) -> Markup:
    """Return a text, number, link or group of texts as HTML; what is missing is a dash.

    >>> render_value("R&D"), render_value(float("nan")) == MISSING
    (Markup('R&amp;D'), True)
    """
    if isinstance(value, Link):
        return escape(value)
    if isinstance(value, tuple | list):
        return Markup("<ul>{}</ul>").format(render_items(value)) if value else MISSING
    return MISSING if pd.isna(value) or not str(value).strip() else escape(_text(value))


def render_items(values: Iterable[object]) -> Markup:
    """Return the values as the items of a list."""
    return Markup().join(Markup("<li>{}</li>").format(render_value(value)) for value in values)


def render_paragraphs(values: Iterable[object]) -> Markup:
    """Return each value as a paragraph."""
    return Markup().join(Markup("<p>{}</p>").format(render_value(value)) for value in values)


def _text(value: object) -> str:
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    return f"{value:.10g}" if pd.api.types.is_float(value) else str(value)
