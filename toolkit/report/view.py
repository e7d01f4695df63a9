"""How a result is set as a table: which columns, in which order, under which headings.

A view names a result and its fields; heading, format and alignment stand on the field itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from toolkit.model.dates import spoken, told_date
from toolkit.model.handed_out import TABLES
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table
from toolkit.model.text import one_decimal
from toolkit.report import markup
from toolkit.report.links import file_of


class OfYear(Protocol):
    """What the workbook holds of the year, and why another may be meant, each a sentence."""

    sentence: str
    doubt: str


class Found(Protocol):
    """The results of a programme, or of one agreement: every result by its name."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    previous: Portfolio | None
    year: int
    held: OfYear
    level: int
    levels: Mapping[str, int]
    review: Table[Result]


def percent(value: float | None) -> str | None:
    """Return a share as a percentage without decimals; statuses rest on unrounded values.

    >>> percent(0.849), percent(None)
    ('85 %', None)
    """
    return None if value is None else f"{100 * value:.0f} %"


def amount(value: float | None) -> str | None:
    """Return a number with thousands set apart, as exactly as it was given up to two decimals."""
    if value is None:
        return None
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def points(value: float | None) -> str | None:
    """Return points with one decimal, nothing where they are not known."""
    return None if value is None else one_decimal(value)


def day(value: object) -> object:
    """Return a date as a committee reads it; other words as they are."""
    return told_date(value) if isinstance(value, str) else value and spoken(value)


def partners_by(rows: Iterable[Result], *names: str) -> Mapping[tuple, list[str]]:
    """Return the partners of rows that hold the same in these fields, in the order of the rows."""
    groups: dict[tuple, list[str]] = defaultdict(list)
    for row in rows:
        groups[tuple(getattr(row, name) for name in names)].append(row.partner)
    return groups


FORMATS: Mapping[Format, Callable[[float | None], str | None]] = {
    Format.AMOUNT: amount,
    Format.SHARE: percent,
    Format.POINTS: points,
    Format.DATE: day,
}


@dataclass(frozen=True)
class Made:
    """A column that is put together from several fields of a row."""

    heading: str
    value: Callable[[Result], object]
    is_number: bool = False


@dataclass(frozen=True)
class View:
    """One table of a page; called with the results, it gives the table.

    Attributes
    ----------
    result
        The name of the result in `Results`.
    caption
        May hold `{count}`, the number of rows shown.
    columns
        Fields of the result, or columns made from several of them.
    headings, formats
        By field, where this table says it otherwise than the declaration.
    where, order
        Which rows are shown, and by what they are sorted.
    note
        Stands under the rows; the sentence `empty` stands in place of them.
    """

    result: str
    caption: str | Callable[[Sequence[Result]], str]
    columns: tuple[str | Made, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, Format] = field(default_factory=dict)
    where: Callable[[Result], bool] | None = None
    order: Callable[[Result], object] | None = None
    note: str | Callable[[Found], str] = ""
    empty: str | Callable[[Found], str] = "None."

    def __call__(self, results: Found) -> markup.HtmlTable:
        """Return the table of these results."""
        table: Table[Result] = getattr(results, self.result)
        rows = [row for row in table if self.where is None or self.where(row)]
        if self.order is not None:
            rows.sort(key=self.order)
        columns = [self._column(name, table.kind) for name in self.columns]
        note = self.note if isinstance(self.note, str) else self.note(results) if rows else ""
        return markup.HtmlTable(
            self._caption(rows),
            tuple(column.heading for column in columns),
            tuple(tuple(column.value(row) for column in columns) for row in rows),
            frozenset(i for i, column in enumerate(columns) if column.is_number),
            note if rows else "",
            self.told_empty(results),
            file_of(self.result) if self.result in TABLES else "",
        )

    def told_empty(self, results: Found) -> str:
        """Return the sentence in place of the rows."""
        return self.empty if isinstance(self.empty, str) else self.empty(results)

    def _caption(self, rows: Sequence[Result]) -> str:
        if callable(self.caption):
            return self.caption(rows)
        return self.caption.format(count=len(rows))

    def _column(self, name: str | Made, kind: type[Result]) -> Made:
        if isinstance(name, Made):
            return name
        declared = kind.declared()[name]
        fmt = self.formats.get(name, declared.fmt)
        heading = self.headings.get(name, declared.heading)
        return Made(heading, _setter(name, fmt), fmt.is_number)


def _setter(name: str, fmt: Format) -> Callable[[Result], object]:
    """Return how a field of a row is set."""
    spell = FORMATS.get(fmt)
    if spell is None:
        return lambda row: getattr(row, name)
    return lambda row: spell(getattr(row, name))
