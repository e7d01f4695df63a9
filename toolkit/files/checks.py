"""What is wrong between cells: blanks to be filled, ids twice, references, order of dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.model.dates import When
from toolkit.model.issues import Issue, quoted
from toolkit.model.schema import Column, Kind, Sheet
from toolkit.model.sheets import BY_NAME, VOID
from toolkit.model.spelling import near_ids
from toolkit.model.vocabulary import Severity

MOST_COMPARISONS = 50_000  # of ids, to suggest the nearest; then unknown ids are only named
MOST_NAMED = 3


@dataclass
class ReadSheet:
    """One sheet after its cells were read.

    `rows` maps the Excel row to its values; `refused` holds the cells already reported, which no
    later check reports again; `raw_ids` their text, by column, so that what refers to them is not
    called dangling; `formats` the number formats of cells that have one of their own.
    """

    sheet: Sheet
    letters: Mapping[str, str]
    rows: dict[int, dict[str, object]]
    refused: set[tuple[int, str]]
    raw_ids: dict[str, set[str]]
    issues: list[Issue]
    formats: dict[tuple[int, str], str] = field(default_factory=dict)

    def issue(
        self,
        severity: Severity,
        row: int,
        column: str,
        message: str,
        *,
        touches: bool = False,
        pattern: str = "",
    ) -> Issue:
        """Return an issue at one cell, and whether a number or a decision may follow from it."""
        cell = f"{self.letters[column]}{row}"
        return Issue(severity, self.sheet.name, cell, column, message, touches, pattern)


def check_rows(sheets: Mapping[str, ReadSheet]) -> list[Issue]:
    """Return every problem between cells of one sheet and between sheets."""
    issues: list[Issue] = []
    for read in sheets.values():
        issues += _blanks(read)
        issues += _duplicates(read)
        issues += _references(read, sheets)
        issues += _orders(read)
    return issues


def nearest(value: str, known: set[str]) -> str:
    """Return the ids that a slip of the hand turns into a value as a hint, blank without one."""
    near = near_ids(value, known)
    return f" Nearest: {' or '.join(map(quoted, near))}." if 0 < len(near) <= MOST_NAMED else ""


def _blanks(read: ReadSheet) -> Iterator[Issue]:
    needed = [c for c in read.sheet.columns if c.required and c.name in read.letters]
    for row, values in read.rows.items():
        for column in needed:
            if values.get(column.name) is None and (row, column.name) not in read.refused:
                message = f"This cell must be filled: {column.about}"
                yield read.issue(Severity.ERROR, row, column.name, message)


def _duplicates(read: ReadSheet) -> Iterator[Issue]:
    key = [name for name in read.sheet.key if name in read.letters]
    if not key or key[0] != read.sheet.key[0]:
        return
    seen: dict[tuple, int] = {}
    for row, values in read.rows.items():
        if values.get("state") == VOID:  # kept on record beside the row that stands
            continue
        found = tuple(_compared(values.get(name)) for name in key)
        if found[0] is None or any((row, name) in read.refused for name in key):
            continue
        if found in seen:
            first = f"{read.sheet.name}!{read.letters[key[0]]}{seen[found]}"
            parts = (values.get(name) for name in key)
            shown = ", ".join(quoted(str(part)) for part in parts if part is not None)
            message = f"{shown} is already in {first}. Each row needs its own."
            yield read.issue(Severity.ERROR, row, key[0], message)
        seen.setdefault(found, row)


def _compared(value: object) -> object:
    """Return a value as a key compares it: text whatever its case."""
    return value.casefold() if isinstance(value, str) else value


def _references(read: ReadSheet, sheets: Mapping[str, ReadSheet]) -> Iterator[Issue]:
    for column in read.sheet.columns:
        if column.kind is not Kind.REFERENCE or column.name not in read.letters:
            continue
        supplied = [name for name in column.refers if name in sheets and sheets[name].rows]
        known = _known_ids(column, sheets)
        hints: dict[str, str] = {}
        for row, values in read.rows.items():
            value = values.get(column.name)
            if value is None or value in column.also or known is None or value in known:
                continue
            if supplied:
                names = " or ".join(column.refers)
                if value not in hints and len(hints) * len(known) < MOST_COMPARISONS:
                    hints[value] = nearest(value, known)
                message = f'"{value}" is not in {names}.{hints.get(value, "")}'
                yield read.issue(Severity.ERROR, row, column.name, message)
            else:
                names = " or ".join(column.refers)
                message = f"The sheet {names} is not supplied, so this id was not looked up."
                yield read.issue(Severity.NOTICE, row, column.name, message)


def _known_ids(column: Column, sheets: Mapping[str, ReadSheet]) -> set[str] | None:
    """Return the ids a column may refer to, or `None` where their column is missing."""
    known: set[str] = set()
    for name in column.refers:
        key = BY_NAME[name].key[0]
        if name not in sheets:
            continue
        if key not in sheets[name].letters:
            return None
        ids = [row.get(key) for row in sheets[name].rows.values()]
        known |= {str(found) for found in ids if found is not None}
        known |= sheets[name].raw_ids.get(key, set())
    return known


def _orders(read: ReadSheet) -> Iterator[Issue]:
    for earlier, later in read.sheet.orders:
        for row, values in read.rows.items():
            start, end = values.get(earlier), values.get(later)
            if isinstance(start, When) and isinstance(end, When) and start.first > end.last:
                message = f"{later} ({end}) is before {earlier} ({start}). Correct one of them."
                yield read.issue(Severity.ERROR, row, later, message)
