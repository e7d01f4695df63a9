"""What every page of the public register has in common: its marks, its way back, its dates."""

import re
from collections.abc import Sequence
from datetime import date

from toolkit.model.dates import When, long_date, spoken, told_date
from toolkit.publish.edition import NOT_THEIRS, Edition, Record, Value
from toolkit.report.links import AGREEMENTS, page_name
from toolkit.report.markup import FICTIONAL, Banner, Header, HtmlTable, Link, Part, Stack
from toolkit.report.pages import render_page

PUBLIC = Banner("Public register", "facts on record, and decisions where people took one.", "info")
COMPILED = Banner("Compiled", NOT_THEIRS, "info")


def address_of(row: Record) -> str:
    """Return the address of an agreement's page, from the register's own folder."""
    return f"{AGREEMENTS}/{page_name(str(row['agreement_id']), str(row['partner']))}.html"


def register_page(
    edition: Edition, title: str, *parts: Part, up: str = "", subtitle: str = ""
) -> str:
    """Return a page of the register; `up` leads from its folder to the register's own."""
    fictional = (FICTIONAL,) if edition.is_illustrative else ()
    marks = (COMPILED if edition.is_compiled else PUBLIC, *fictional)
    home = register_title(edition)
    trail = () if title == home else (Link(home, "index.html"),)
    header = Header(title, subtitle or as_known(edition), marks, trail)
    return render_page(Stack(header, *parts)._repr_html_(), up=up)


def register_title(edition: Edition) -> str:
    """Return what the register is called."""
    kind = "Record from public sources" if edition.is_compiled else "Public register"
    return f"{kind}: {edition.title}"


def as_known(edition: Edition) -> str:
    """Return the day of the edition, as a sentence."""
    return f"What was on record on {long_date(date.fromisoformat(edition.as_of))}."


def slim_table(caption: str, headings: Sequence[str], rows: Sequence[tuple]) -> HtmlTable:
    """Return a table without the columns in which nothing stands."""
    kept = [n for n in range(len(headings)) if n == 0 or any(row[n] for row in rows)]
    lines = tuple(tuple(row[n] for n in kept) for row in rows)
    return HtmlTable(caption, tuple(headings[n] for n in kept), lines)


def told_class(value: Value) -> str:
    """Return what an agreement is called, in words where nobody knows."""
    return "class not on record" if value in (None, "unknown") else str(value)


def told_number(value: Value, unit: Value = None) -> str | None:
    """Return a number as exactly as it was given, with thousands set apart, and its unit."""
    return None if value is None else f"{value:,.10g} {unit or ''}".strip()


def told_day(value: Value) -> str | None:
    """Return a day, month or year as a resident reads it; other words as they are."""
    if value is None:
        return None
    if found := re.fullmatch(r"(\d{4})-(\d\d)", str(value)):
        return spoken(When.month_of(int(found[1]), int(found[2])))
    return told_date(str(value))
