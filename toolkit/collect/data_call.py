"""One workbook for each unit, sponsor or partner: its rows as they are, and what is asked of it.

What is asked is marked cell by cell. A partner's workbook holds public columns only. How the rows
stood when they were sent is kept in a hidden sheet, so that an answer can be told from a value that
the city changed meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from toolkit.collect.copying import link_to
from toolkit.collect.keyed import Keyed, Texts, key_columns, row_key
from toolkit.files.outputs import put_value
from toolkit.files.template import make_workbook
from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.results import Result
from toolkit.model.schema import Sheet
from toolkit.model.sheets import SHEETS

BY = {  # whom a workbook goes to, and the column that names them
    "lead_unit": "lead_unit", "sponsor": "community_sponsor", "partner": "partner",
}  # fmt: skip
PARENTS = (  # each sheet after the one its rows belong to
    ("Objectives", "agreement_id", "Agreements"),
    ("Indicators", "objective_id", "Objectives"),
    ("Results", "indicator_id", "Indicators"),
    ("Projects", "agreement_id", "Agreements"),
    ("Milestones", "project_id", "Projects"),
    ("Outcomes", "agreement_id", "Agreements"),
    ("Profiles", "subject_id", "Agreements"),
    ("Budget", "agreement_id", "Agreements"),
    ("Engagements", "agreement_id", "Agreements"),
)
USES_PARTNERS = (
    ("Engagements", "partner_id"), ("Projects", "led_by_partner"), ("Agreements", "owner"),
)  # fmt: skip
NOT_ASKED = ("Proposals", "Decisions")  # what people decide is not asked of who carries it
QUESTIONS, AS_SENT = "Questions", "As sent"
ASKED = PatternFill("solid", start_color="FFFFF2AB")
HOW = (
    "Yellow cells are asked for; the sheet Questions lists them. Type what you know, leave blank "
    "what you do not. Rows may be added; change no id. Save the file as .xlsx and send it back."
)
WIDTHS = {"A": 30, "B": 44, "C": 16, "D": 50, "E": 18}

Rows = dict[str, dict[str, Texts]]


@dataclass(frozen=True)
class Call:
    """A workbook that goes out: to whom, with which agreements, and how much it asks."""

    to: str
    agreements: tuple[str, ...]
    questions: int
    workbook: Workbook


def make_calls(
    held: Keyed, requests: Iterable[Result], policy: Policy, *, by: str, due: date
) -> list[Call]:
    """Return one workbook for everybody who is asked, by name.

    Parameters
    ----------
    held
        The city's workbook.
    requests
        The open requests of the review, with the cells of that workbook.
    by
        `lead_unit`, `sponsor` or `partner`.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for key, texts in held.rows.get("Agreements", {}).items():
        if to := texts.get(BY[by], ""):
            groups[to].append(key)
    asked: dict[str, list[Result]] = defaultdict(list)
    for request in requests:
        asked[request.agreement_id].append(request)
    return [
        _call(to, keys, held, [r for key in keys for r in asked[key]], policy, by=by, due=due)
        for to, keys in sorted(groups.items())
    ]


def _call(
    to: str,
    keys: Sequence[str],
    held: Keyed,
    requests: Sequence[Result],
    policy: Policy,
    *,
    by: str,
    due: date,
) -> Call:
    is_public = by == "partner"
    sheets = tuple(_public(SHEETS)) if is_public else SHEETS
    sheets = tuple(sheet for sheet in sheets if sheet.name not in NOT_ASKED)
    rows = _rows_of(keys, held, sheets, is_public=is_public)
    asked = [request for request in requests if _may_ask(request, sheets)]
    _add_rows(rows, asked)
    typed = {name: list(some.values()) for name, some in rows.items()}
    note = f"For {to}. Please answer by {long_date(due)}. {HOW}"
    title = f"Data call to {to}"
    book = make_workbook(policy, title=title, rows=typed, note=note, sheets=sheets)
    if is_public:  # what it settles, and who has it here, is the city's own
        asked = [replace(request, reason="", holder="") for request in asked]
    lines = list(_mark(book, rows, asked, held, sheets))
    _list_questions(book, lines, to, due)
    _keep_as_sent(book, rows, to, due)
    return Call(to, tuple(keys), len(lines), book)


def _public(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield the sheets with their public columns alone; those that have none are left out."""
    for sheet in sheets:
        columns = tuple(c for c in sheet.columns if c.public and "Partners" not in c.refers)
        if all(name in [c.name for c in columns] for name in _must_show(sheet)):
            yield replace(sheet, columns=columns, first=0)


def _must_show(sheet: Sheet) -> tuple[str, ...]:
    """Return the columns that a row must show so that its answer can be told; all required."""
    return tuple(
        dict.fromkeys(
            (
                *key_columns(sheet.name),
                *(column.name for column in sheet.columns if column.required),
            )
        )
    )


def _rows_of(keys: Sequence[str], held: Keyed, sheets: Sequence[Sheet], *, is_public: bool) -> Rows:
    """Return the rows that belong to some agreements, sheet by sheet, with what they refer to."""
    there = {sheet.name: sheet for sheet in sheets}
    found: Rows = {"Agreements": {key: held.rows["Agreements"][key] for key in keys}}
    for name, column, parent in PARENTS:
        if name in there and parent in found:
            own = set(found[parent])
            found[name] = {
                key: texts
                for key, texts in held.rows.get(name, {}).items()
                if texts.get(column) in own and not (is_public and _is_kept_back(name, texts))
            }
    if "Partners" in there:
        used = {
            texts.get(column)
            for name, column in USES_PARTNERS
            for texts in found.get(name, {}).values()
        }
        partners = held.rows.get("Partners", {}).items()
        found["Partners"] = {key: texts for key, texts in partners if key in used}
    return {
        name: {
            key: {c: text for c, text in texts.items() if c in there[name].names}
            for key, texts in some.items()
        }
        for name, some in found.items()
    }


def _is_kept_back(sheet: str, texts: Texts) -> bool:
    """Whether a row is not for the outside: a draft, a mistake, what may not be published."""
    if sheet == "Results":
        return texts.get("state", "approved") != "approved"
    return sheet == "Outcomes" and texts.get("public") != "y"


def _may_ask(request: Result, sheets: Sequence[Sheet]) -> bool:
    sheet = next((sheet for sheet in sheets if sheet.name == request.sheet), None)
    if sheet is None:
        return "or" in request.sheet.split()
    return not request.fills or any(name in sheet.names for name in request.fills)


def _add_rows(rows: Rows, requests: Iterable[Result]) -> None:
    """Add a row, without its result, for each indicator and period that has none."""
    for request in requests:
        if request.sheet == "Results" and request.period and request.indicator:
            texts = {"indicator_id": request.indicator, "period": request.period}
            rows.setdefault("Results", {}).setdefault(row_key("Results", texts), texts)


Line = tuple[str, str, str, str, str]  # agreement, question, place, why, who usually has it


def _mark(
    book: Workbook,
    rows: Rows,
    requests: Iterable[Result],
    held: Keyed,
    sheets: Sequence[Sheet],
) -> Iterator[Line]:
    """Mark each cell that is asked for, and yield the question with its place."""
    there = {sheet.name: sheet for sheet in sheets}
    places = {
        name: {key: number for number, key in enumerate(some, start=2)}
        for name, some in rows.items()
    }
    keys_at = {
        name: {number: key for key, number in some.items()} for name, some in held.numbers.items()
    }
    for request in requests:
        sheet = there.get(request.sheet)
        key = _key_of(request, keys_at)
        row = places.get(request.sheet, {}).get(key)
        place = request.sheet
        if sheet and row:
            columns = [name for name in request.fills if name in sheet.names]
            letters = [get_column_letter(sheet.names.index(name) + 1) for name in columns]
            for letter in letters:
                cell = book[sheet.name][f"{letter}{row}"]
                cell.fill = ASKED
                cell.comment = Comment(
                    f"{request.decision}. {request.reason}".strip()[:800], "data call"
                )
            place = f"{sheet.name}!{letters[0]}{row}" if letters else sheet.name
        yield request.partner, request.decision, place, request.reason, request.holder


def _key_of(request: Result, keys_at: Mapping[str, Mapping[int, str]]) -> str | None:
    """Return the key of the row a request is about; nothing where a row is to be added."""
    sheet, _, cell = request.cells.partition(";")[0].partition("!")
    digits = "".join(c for c in cell.partition(":")[0] if c.isdigit())
    if digits:
        return keys_at.get(sheet, {}).get(int(digits))
    if request.sheet == "Results" and request.indicator and request.period:
        texts = {"indicator_id": request.indicator, "period": request.period}
        return row_key("Results", texts)
    return None


def _list_questions(book: Workbook, lines: Sequence[Line], to: str, due: date) -> None:
    page = book.create_sheet(QUESTIONS, 1)
    put_value(page["A1"], f"What is asked of {to} by {long_date(due)}")
    page["A1"].font = Font(bold=True, size=14)
    for column, text in enumerate(
        ("Agreement", "What is asked", "Where to type it", "What it settles", "Who usually has it"),
        1,
    ):
        page.cell(3, column, text).font = Font(bold=True)
    for row, line in enumerate(lines, start=4):
        for column, text in enumerate(line, start=1):
            cell = page.cell(row, column)
            put_value(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        place = line[2]
        sheet, _, address = place.partition("!")
        if sheet in book.sheetnames:
            link_to(page.cell(row, 3), sheet, address or "A1")
    for letter, width in WIDTHS.items():
        page.column_dimensions[letter].width = width
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.freeze_panes = "A4"


def _keep_as_sent(book: Workbook, rows: Rows, to: str, due: date) -> None:
    page = book.create_sheet(AS_SENT)
    page.sheet_state = "hidden"
    page.append(["to", to, "due", due.isoformat()])
    page.append(["sheet", "key", "column", "text"])
    for name, some in rows.items():
        for key, texts in some.items():
            for column, text in texts.items():
                line = page.max_row + 1
                for number, value in enumerate((name, key, column, text), start=1):
                    cell = page.cell(line, number)
                    cell.number_format = "@"
                    put_value(cell, value)
