"""How the record would stand if what was withdrawn were still in it.

Source: domain, section 1, Withdrawn facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from toolkit.assess.record.evidence import BY_SHEET
from toolkit.model.earlier import Gone
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.schema import Column
from toolkit.model.sheets import KINDS, Agreement

Known = Mapping[str, set[str]]


def restore(portfolio: Portfolio, gone: Iterable[Gone], *, agreements: bool = False) -> Portfolio:
    """Return a portfolio in which what was withdrawn counts again; itself where nothing does.

    A row comes back with all it refers to, or not at all. Only for last year's record do
    `agreements` come back: nothing is proposed for one that this year's workbook does not name.
    """
    found = list(gone)
    cells = {(type(g.row), g.at): g for g in found if not g.is_whole}
    rows = [g.dated for g in found if g.is_whole and _may_return(g, agreements)]
    back = _with_their_references(rows, portfolio)
    if not cells and not back:
        return portfolio
    sheets = {
        kind: (
            *(_filled(row, cells.get((kind, row.place.number))) for row in portfolio.rows(kind)),
            *(row for row in back if type(row) is kind),
        )
        for kind in KINDS
    }
    supplied = portfolio.supplied | {row.sheet.name for row in back}
    return replace(portfolio, sheets=sheets, supplied=supplied)


def _may_return(gone: Gone, agreements: bool) -> bool:
    return agreements or not isinstance(gone.row, Agreement)


def _filled(row: Row, gone: Gone | None) -> Row:
    return row if gone is None else replace(row, **gone.values)  # type: ignore[arg-type]  # its own


def _with_their_references(rows: Sequence[Row], portfolio: Portfolio) -> Sequence[Row]:
    """Return the rows whose references are on record or come back with them."""
    known = _ids(portfolio, rows)
    kept = [row for row in rows if not _dangling(row, known, needed=True)]
    if len(kept) < len(rows):
        return _with_their_references(kept, portfolio)
    return [replace(row, **dict.fromkeys(_dangling(row, known, needed=False))) for row in kept]  # type: ignore[arg-type]  # references


def _ids(portfolio: Portfolio, rows: Iterable[Row]) -> Known:
    """Return the ids on record by sheet, and those of the rows that come back."""
    known: dict[str, set[str]] = defaultdict(set)
    kinds = [kind for kind in BY_SHEET.values() if len(kind.sheet.key) == 1]
    for row in (*(row for kind in kinds for row in portfolio.rows(kind)), *rows):
        if type(row) in kinds:
            known[row.sheet.name].add(row.id)
    return known


def _dangling(row: Row, known: Known, *, needed: bool) -> list[str]:
    """Return the references of a row that lead nowhere: those it cannot do without, or the rest."""
    return [
        column.name
        for column in row.sheet.columns
        if column.refers and _is_needed(column) is needed
        if (value := getattr(row, column.name)) is not None and value not in column.also
        if not any(value in known[sheet] for sheet in column.refers)
    ]


def _is_needed(column: Column) -> bool:
    return column.required or Agreement.sheet.name in column.refers
