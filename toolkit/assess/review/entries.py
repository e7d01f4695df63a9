"""What to type where: cells of the workbook, told so that a person or a program can type them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.model.dates import Period
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Place, Row
from toolkit.model.text import as_typed


@dataclass(frozen=True)
class Entry:
    """One cell to type.

    Attributes
    ----------
    kind
        The sheet.
    row
        What the key columns of its row read, with blanks between them; a row that is not there yet
        is a new one.
    value
        As the row holds it; `None` empties the cell.
    """

    kind: type[Row]
    row: str
    column: str
    value: object

    @property
    def text(self) -> str:
        """The value as a person types it."""
        return as_typed(self.value)

    def __str__(self) -> str:
        return f"{self.kind.sheet.name} {self.row}, {self.column}: {self.text or 'blank'}"


def key_of(row: Row) -> str:
    """Return what the key columns of a row read."""
    return _key({name: getattr(row, name) for name in row.sheet.key})


def _key(values: Mapping[str, object]) -> str:
    """Return a key as text; a period is its days, however it is written."""
    days = (f"{v.first}/{v.last}" if isinstance(v, Period) else v for v in values.values())
    return " ".join(as_typed(value) for value in days if value is not None)


def in_row(row: Row, /, **values: object) -> tuple[Entry, ...]:
    """Return what to type in a row that is there; a cell that reads so already is left."""
    return tuple(
        Entry(type(row), key_of(row), name, value)
        for name, value in values.items()
        if getattr(row, name) != value
    )


def new_row(kind: type[Row], /, **values: object) -> tuple[Entry, ...]:
    """Return what to type in a new row; a sheet without a key names it by its first column."""
    names = kind.sheet.key or kind.sheet.names[:1]
    key = _key({name: values.get(name) for name in names})
    return tuple(Entry(kind, key, name, value) for name, value in values.items())


def typed_into(portfolio: Portfolio, entries: Iterable[Entry]) -> Portfolio:
    """Return the portfolio once the entries are typed; of two for one cell the later holds."""
    sheets: dict[type[Row], dict[str, dict[str, object]]] = {}
    for entry in entries:
        row = sheets.setdefault(entry.kind, {}).setdefault(entry.row, {})
        row[entry.column] = entry.value
    for kind, rows in sheets.items():
        portfolio = portfolio.with_rows(kind, _with(portfolio.rows(kind), kind, rows))
    supplied = portfolio.supplied | {kind.sheet.name for kind in sheets}
    return replace(portfolio, supplied=supplied)


def _with(
    rows: Iterable[Row], kind: type[Row], typed: Mapping[str, Mapping[str, object]]
) -> list[Row]:
    """Return the rows of a sheet with what is typed in them, and the new ones after them."""
    new, found, last = dict(typed), list[Row](), 1
    for row in rows:
        values = new.pop(key_of(row), None) if kind.sheet.key else None
        found.append(replace(row, **values) if values else row)  # type: ignore[arg-type]  # columns
        last = max(last, row.place.number)
    places = (Place(kind.sheet.name, last + 1 + i, {}) for i in range(len(new)))
    return [*found, *map(kind.made, new.values(), places)]
