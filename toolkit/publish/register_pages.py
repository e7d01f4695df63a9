"""The public register as pages that work without a script: its lists, and all pages together."""

from collections.abc import Iterator, Sequence

from toolkit.model.text import how_many
from toolkit.publish.agreement_page import ENDED, agreement_page
from toolkit.publish.data_files import notes_of
from toolkit.publish.edition import UNDER_REVIEW, Edition, Record
from toolkit.publish.frame import (
    address_of,
    register_page,
    register_title,
    told_class,
    told_day,
)
from toolkit.publish.of_year import YearAccount
from toolkit.publish.year_page import year_page
from toolkit.report.markup import Heading, HtmlTable, Link, Part, Sentences

LISTS = (  # page, what it is called, column, what stands where that is blank
    ("index", "class", "classification", "No class on record"),
    ("by-country", "country", "country", "No country on record"),
    ("by-status", "status", "status", "Active"),
    ("by-sector", "sector", "sectors", "No sector on record"),
)
FILES = (
    ("register.xlsx", "every table, for a spreadsheet"),
    ("register.csv", "the agreements, for any program"),
    ("register.json", "every table, for any program"),
    ("datapackage.json", "what each column of the CSV files holds (Data Package)"),
    ("deadlines.ics", "the days ahead, for a calendar"),
)


def pages_of(edition: Edition, account: YearAccount) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page of the register."""
    for name, what, column, blank in LISTS:
        yield f"{name}.html", _list_page(edition, name, what, column, blank)
    yield "year.html", year_page(edition, account)
    for row in edition.tables["register"].records:
        yield address_of(row), agreement_page(edition, row)


def _list_page(edition: Edition, name: str, what: str, column: str, blank: str) -> str:
    groups: dict[str, list[Record]] = {}
    for row in edition.tables["register"].records:
        for value in str(row[column] or blank).split("; "):
            value = blank if value == "unknown" else value
            groups.setdefault(value, []).append(row)
    is_home = name == "index"
    parts: list[Part] = [_counts(edition), _ways()] if is_home else []
    is_by_size = column in ("classification", "status")
    for value in sorted(
        groups, key=lambda v: (v == blank, -len(groups[v]) if is_by_size else 0, v.casefold())
    ):
        shown, rows = value[:1].upper() + value[1:], groups[value]
        parts += [Heading(shown, 2), _listing(edition, shown, rows)]
    if is_home:
        parts += [Heading("Files", 2), _files(), Heading("How to read this", 2), _notes(edition)]
    title = register_title(edition) if is_home else f"Agreements by {what}"
    return register_page(edition, title, *parts)


def _counts(edition: Edition) -> Sentences:
    rows = edition.tables["register"].records
    ended = [row for row in rows if row["status"] in ENDED]
    waiting = sum(row["decision"] == UNDER_REVIEW for row in rows)
    in_force = len(rows) - len(ended)
    told = f"{how_many(in_force, 'agreement')} in force"
    if ended:
        told += f", and {len(ended)} that ended and stay on record"
    which = "any" if waiting == in_force else waiting
    review = f" No decision is on record for {which} in force." if waiting else ""
    return Sentences((f"{told}.{review} {edition.incomplete}".strip(),))


def _ways() -> Sentences:
    year = Link("What the year brought, and what is planned", "year.html")
    lists = (Link(f"Agreements by {what}", f"{page}.html") for page, what, *_ in LISTS[1:])
    return Sentences((year, *lists), "list")


def _listing(edition: Edition, of: str, rows: Sequence[Record]) -> HtmlTable:
    lines = tuple(
        (
            Link(edition.names[row["agreement_id"]], address_of(row)),
            row["country"],
            told_class(row["classification"]),
            _state(row),
            told_day(row["signed"]),
            told_day(row["ends"]),
            row["decision"],
        )
        for row in sorted(rows, key=lambda row: str(row["partner"]).casefold())
    )
    headings = ("Partner", "Country", "Class", "Status", "Signed", "Ends", "Decided")
    return HtmlTable(f"{how_many(len(rows), 'agreement')}: {of}", headings, lines)


def _state(row: Record) -> str:
    status = str(row["status"] or "active")
    return f"{status}, {told_day(row['concluded_on'])}" if row["concluded_on"] else status


def _files() -> HtmlTable:
    rows = tuple((Link(name, name), what) for name, what in FILES)
    return HtmlTable("The register as files", ("File", "What it is"), rows)


def _notes(edition: Edition) -> Sentences:
    return Sentences(tuple(f"{name}: {text}" for name, text in notes_of(edition)), "list")
