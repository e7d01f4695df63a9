"""The public edition as files that programs join: CSV, JSON, XLSX, a Data Package, a calendar.

Source of the package: Data Package, version 2 (specification of the Open Knowledge Foundation).
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.files.calendar_file import calendar_bytes
from toolkit.files.outputs import csv_text, fit_rows, put_value, workbook_bytes
from toolkit.model.dates import long_date
from toolkit.model.vocabulary import Family
from toolkit.publish.edition import NOT_THEIRS, Edition, PublicTable
from toolkit.report.links import slug

SCHEMA = "https://datapackage.org/profiles/2.0/datapackage.json"
BLANK = "not on record"
ABOUT = (
    ("What this is", "The international agreements of {title}, as they were known on {day}."),
    ("Blank cells", "A blank cell is a fact that is not on record. It is never a zero or a no."),
    (
        "Decisions",
        "What people decided, with the year it was decided for. Where they have decided nothing "
        "yet, an agreement in force is under review.",
    ),
    (
        "Results",
        "Targets, and the values that were approved. Reached means that the value is at its "
        "target or better, for the period it stands in.",
    ),
    ("Dates", "Year, month or day, as exactly as they are on record: 2003, 2003-06, 2003-06-14."),
    (
        "Joining",
        "country_codes are those of ISO 3166; wikidata, where it is given, is the item of the "
        "partner. The same id means the same row in every table and every edition.",
    ),
    (
        "Mistakes",
        "Tell whoever published this; the id of an agreement begins the address of its page.",
    ),
    ("Text in CSV", "A text that a spreadsheet would run begins with an apostrophe there."),
)
NO_REVIEW = (
    "Under review says here only that no decision is on record, not that the city is reviewing "
    "the agreement."
)
FAMILIES = {  # what agreements of a family are for, and who carries them
    Family.ECONOMIC: "for economic development, and run by the City's staff",
    Family.COMMUNITY: "carried by a community group, and endorsed by a Councillor",
}
OTHER_CLASSES = "Another word is that of the paper that was signed."
WIDTHS = (12, 50)


class PublicDay(NamedTuple):
    """A public day ahead, as the calendar takes it."""

    on: str
    partner: str
    decision: str
    reason: str
    agreement_id: str


def notes_of(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return what a reader of the files must know, each with its heading."""
    day = long_date(date.fromisoformat(edition.as_of))
    told = tuple((name, text.format(title=edition.title, day=day)) for name, text in ABOUT)
    fictional = (("Fictional", "The agreements are invented."),) if edition.is_illustrative else ()
    told_of = f"This register is {NOT_THEIRS} {edition.incomplete}".strip()
    compiled = (("Compiled", f"{told_of} {NO_REVIEW}"),)
    classes = [f"{name}: {FAMILIES[family]}." for name, family in edition.classes.items()]
    own = ("Classes", " ".join([*classes, OTHER_CLASSES]))
    return (*fictional, *(compiled if edition.is_compiled else ()), own, *told)


def files_of(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file."""
    for table in edition.tables.values():
        yield f"{table.name}.csv", public_csv(table)
    yield "register.json", json_bytes(as_record(edition))
    yield "datapackage.json", json_bytes(package_of(edition))
    yield "register.xlsx", register_workbook(edition)
    yield "deadlines.ics", calendar_of(edition)


def public_csv(table: PublicTable) -> bytes:
    """Return a table as CSV in UTF-8; what is not on record is blank, no text runs as a formula."""
    return csv_text([table.names, *table.rows]).encode()


def json_bytes(found: object) -> bytes:
    """Return what a program reads, the same bytes for the same facts."""
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def as_record(edition: Edition) -> dict[str, object]:
    """Return the edition as it stands in `register.json`, by which the next one is compared."""
    return {
        "title": edition.title,
        "year": edition.year,
        "as_of": edition.as_of,
        "illustrative": edition.is_illustrative,
        "notes": dict(notes_of(edition)),
        "tables": {name: list(table.records) for name, table in edition.tables.items()},
    }


def package_of(edition: Edition) -> dict[str, object]:
    """Return the description of the CSV files: their columns, keys, and how they refer."""
    return {
        "$schema": SCHEMA,
        "name": slug(f"{edition.title} {edition.year}") or "register",
        "title": f"{edition.title}, {edition.year}",
        "description": " ".join(text for _, text in notes_of(edition)),
        "created": f"{edition.as_of}T00:00:00Z",
        "resources": [_resource(table, edition.tables) for table in edition.tables.values()],
    }


def _resource(table: PublicTable, tables: Mapping[str, PublicTable]) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            {"name": field.name, "type": field.kind, "description": field.about}
            for field in table.fields
        ],
        "missingValues": [{"value": "", "label": BLANK}],
    }
    if len(table.key) == 1:
        schema["primaryKey"] = list(table.key)
    if keys := [
        {
            "fields": [field.name],
            "reference": {"resource": field.refers, "fields": list(tables[field.refers].key)},
        }
        for field in table.fields
        if field.refers
    ]:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": table.about,
        "schema": schema,
    }


def register_workbook(edition: Edition) -> bytes:
    """Return a workbook: a cover, the notes, and each table marked as one on its own sheet."""
    workbook = Workbook()
    workbook.properties.title = f"Public register: {edition.title}, {edition.year}"
    workbook.properties.language = "en"
    cover = workbook.active
    cover.title = "Cover"
    filled = [table for table in edition.tables.values() if table.rows]
    day = long_date(date.fromisoformat(edition.as_of))
    lines = [
        (f"Public register: {edition.title}", None),
        (f"Edition {edition.year}, as of {day}", None),
        *((table.name, f"{len(table.rows)} rows. {table.about}") for table in filled),
        *((t.name, "No rows.") for t in edition.tables.values() if not t.rows),
    ]
    _fill(cover, lines)
    cover["A1"].font = Font(bold=True, size=14)
    columns = ((f"{t.name}: {f.name}", f.about) for t in filled for f in t.fields)
    _fill(workbook.create_sheet("Notes"), [("Note", "What it says"), *notes_of(edition), *columns])
    for table in filled:
        _fill(workbook.create_sheet(table.name.capitalize()), [table.names, *table.rows])
    for sheet in workbook.worksheets[1:]:
        _mark(sheet)
    return workbook_bytes(workbook, date.fromisoformat(edition.as_of))


def _fill(sheet: Worksheet, lines: list[tuple[object, ...]]) -> None:
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            cell = sheet.cell(number, column)
            put_value(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, values in enumerate(zip(*lines, strict=True), start=1):
        longest = max(len(str(value)) for value in values if value is not None)
        width = min(max(longest + 3, WIDTHS[0]), WIDTHS[1])
        sheet.column_dimensions[get_column_letter(column)].width = width
    fit_rows(sheet)


def _mark(sheet: Worksheet) -> None:
    """Mark what stands on a sheet as a table with a header, for those who cannot see it."""
    table = Table(displayName=f"{sheet.title}_table", ref=sheet.dimensions)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.add_table(table)
    sheet.freeze_panes = "B2"


def calendar_of(edition: Edition) -> bytes:
    """Return the public days ahead: ends of agreements, reviews of objectives, milestones."""
    return calendar_bytes(
        sorted(_deadlines(edition)),
        title=f"{edition.title}: public register",
        as_of=date.fromisoformat(edition.as_of),
        is_public=True,
    )


def _deadlines(edition: Edition) -> Iterator[PublicDay]:
    tables = edition.tables
    names = edition.names
    owners = {row["project_id"]: row["agreement_id"] for row in tables["projects"].records}
    found = [
        (row["ends"], row["agreement_id"], "agreement ends", "")
        for row in tables["register"].records
        if row["status"] in ("active", "suspended")
    ]
    found += [
        (row["review_on"], row["agreement_id"], "objective is reviewed", row["statement"])
        for row in tables["objectives"].records
        if not row["dropped_on"]
    ]
    found += [
        (row["due"], owners[row["project_id"]], "milestone is due", row["name"])
        for row in tables["milestones"].records
        if not row["done_on"]
    ]
    for on, agreement, what, about in found:
        if (day := _day(on)) and day.isoformat() >= edition.as_of:
            yield PublicDay(day.isoformat(), names[agreement], what, str(about), str(agreement))


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:  # a month, a year, or no date at all
        return None
