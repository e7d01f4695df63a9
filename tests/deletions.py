"""Every single deletion that a portfolio allows: a cell blanked, a row or a sheet of one gone.

A deletion takes with it what refers to it. One that the workbook's checks would refuse is none:
nothing is proposed then.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.assess.record.relationships import relationship_key
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, fill_defaults
from toolkit.model.rows import Row
from toolkit.model.schema import Column, Kind
from toolkit.model.sheets import KINDS, Agreement, BudgetLine, Decision, PeriodResult
from toolkit.model.vocabulary import ReviewWord

CELL, ROW, SHEET = "cell", "row", "sheet of one agreement"
FORMAL = {  # a day or a state that the rules ask of themselves, not a fact of what was done
    "asked_on", "answered_on", "records_complete_to", "signed", "renewed", "ends", "status",
    "legal_hold",
}  # fmt: skip


class Deletion(NamedTuple):
    """What is deleted: a cell, a whole row, or all rows of a sheet that are about an agreement.

    `number` is that of the row in its sheet; for a sheet, that of the agreement's row.
    """

    what: str
    kind: type[Row]
    number: int
    column: str = ""

    @property
    def cause(self) -> str:
        """How a table calls it."""
        name = self.kind.sheet.name
        return f"{name}.{self.column}" if self.column else name

    def is_formal(self, portfolio: Portfolio) -> bool:
        """Whether it takes a formal fact: a date of the process, or a notice."""
        if self.kind is Decision and self.column in ("decided_on", "expires"):
            return True
        if self.kind is Agreement:
            return self.column in FORMAL
        if self.kind is not Decision:
            return False
        rows = _found(portfolio, self)
        return any(row.decision == ReviewWord.ON_NOTICE for row in rows)

    def made(self, portfolio: Portfolio, policy: Policy) -> Portfolio | None:
        """Return the portfolio without it; nothing where there is nothing, or the gate refuses."""
        gone = _found(portfolio, self)
        if not gone:
            return None
        if self.what == CELL:
            return _blanked(portfolio, gone[0], self.column, policy)
        return _with_defaults(_without(portfolio, gone), policy)


def deletions_of(portfolio: Portfolio) -> Iterator[Deletion]:
    """Yield every deletion of a portfolio, in the order of its sheets."""
    for kind in KINDS:
        names = [column.name for column in kind.sheet.columns if not column.required]
        for row in portfolio.rows(kind):
            number = row.place.number
            given = (name for name in names if getattr(row, name) is not None)
            yield from (Deletion(CELL, kind, number, name) for name in given)
            yield Deletion(ROW, kind, number)
    for row in portfolio.rows(Agreement):
        for kind in KINDS:
            if kind is not Agreement and _about(portfolio, kind, row.agreement_id):
                yield Deletion(SHEET, kind, row.place.number)


def relationships_of(portfolio: Portfolio) -> list[Portfolio]:
    """Return the portfolio by relationship: beyond it no rule looks, seats and money apart.

    What is supplied stays what the whole portfolio supplies.
    """
    keys = dict.fromkeys(relationship_key(row) for row in portfolio.rows(Agreement))
    return [_narrowed(portfolio, key) for key in keys]


def _narrowed(portfolio: Portfolio, key: str) -> Portfolio:
    own = [row for row in portfolio.rows(Agreement) if relationship_key(row) == key]
    ids = [row.agreement_id for row in own]
    sheets: dict[type[Row], Sequence[Row]] = {Agreement: own}
    for kind in KINDS:
        if kind is not Agreement:
            rows = [row for key in ids for row in _about(portfolio, kind, key)]
            sheets[kind] = list({row.place.number: row for row in rows}.values())
    return replace(portfolio, sheets=sheets)


def _about(portfolio: Portfolio, kind: type[Row], agreement_id: str) -> list[Row]:
    """Return the rows of a sheet that are about an agreement, by themselves or by their parent."""
    return [r for r in portfolio.rows(kind) if _subject(r, portfolio, agreement_id)]


def _subject(row: Row, portfolio: Portfolio, agreement_id: str) -> bool:
    """Whether a row is about an agreement; a partner is where it is engaged."""
    if isinstance(row, Agreement):
        return row.agreement_id == agreement_id
    for column in row.sheet.columns:
        key = getattr(row, column.name)
        if column.required and Agreement.sheet.name in column.refers:
            return key == agreement_id
        if isinstance(row, BudgetLine) and column.name == "agreement_id":
            return key == agreement_id
        if column.required and column.refers:
            parent = portfolio.get(_kind(column.refers[0]), key)
            return parent is not None and _subject(parent, portfolio, agreement_id)
    referring = _referring(portfolio, row)
    return any(_subject(other, portfolio, agreement_id) for other, _ in referring)


def _kind(sheet: str) -> type[Row]:
    return next(kind for kind in KINDS if kind.sheet.name == sheet)


def _referring(portfolio: Portfolio, row: Row) -> Iterator[tuple[Row, Column]]:
    """Yield the rows that refer to a row, with the column by which they do."""
    if not row.sheet.key:
        return
    for kind in KINDS:
        for column in kind.sheet.columns:
            if row.sheet.name in column.refers and column.kind is Kind.REFERENCE:
                for other in portfolio.rows(kind):
                    if getattr(other, column.name) == row.id:
                        yield other, column


def _found(portfolio: Portfolio, deletion: Deletion) -> list[Row]:
    kind, number = deletion.kind, deletion.number
    if deletion.what == SHEET:
        agreements = [r for r in portfolio.rows(Agreement) if r.place.number == number]
        return [row for a in agreements for row in _about(portfolio, kind, a.agreement_id)]
    rows = [row for row in portfolio.rows(kind) if row.place.number == number]
    if deletion.what == CELL:
        return [row for row in rows if getattr(row, deletion.column) is not None]
    return rows


def _without(portfolio: Portfolio, gone: Sequence[Row]) -> Portfolio:
    """Return the portfolio without some rows and what cannot stand without them."""
    for row in gone:
        referring = list(_referring(portfolio, row))
        needs = [other for other, column in referring if column.required]
        for other, column in referring:
            if not column.required:
                portfolio = _put(portfolio, other, replace(other, **{column.name: None}))
        kind = type(row)
        rows = [r for r in portfolio.rows(kind) if r.place.number != row.place.number]
        portfolio = _without(portfolio.with_rows(kind, rows), needs)
    return portfolio


def _put(portfolio: Portfolio, row: Row, new: Row) -> Portfolio:
    same = row.place.number
    rows = [new if r.place.number == same else r for r in portfolio.rows(type(row))]
    return portfolio.with_rows(type(row), rows)


def _blanked(portfolio: Portfolio, row: Row, column: str, policy: Policy) -> Portfolio | None:
    new = replace(row, **{column: None})
    if _is_refused(new, portfolio):
        return None
    blanked = _with_defaults(_put(portfolio, row, new), policy)
    same = tuple(blanked.rows(type(row))) == tuple(portfolio.rows(type(row)))
    return None if same else blanked


def _with_defaults(portfolio: Portfolio, policy: Policy) -> Portfolio:
    """Return the portfolio as it is read: what a blank of an agreement stands for is filled in."""
    return portfolio.with_rows(Agreement, [_filled(r, policy) for r in portfolio.rows(Agreement)])


def _filled(row: Agreement, policy: Policy) -> Agreement:
    was_given = row.has_status and row.status is not None
    needs = row.status is None or row.relationship_id is None
    return replace(fill_defaults(row, policy), has_status=was_given) if needs else row


def _is_refused(row: Row, portfolio: Portfolio) -> bool:
    """Whether the checks of the workbook would name the row as an error."""
    if isinstance(row, PeriodResult):
        reported = row.actual is not None or row.numerator is not None
        if reported and row.state is None:
            return True
        if row.numerator is not None and row.denominator is None:
            return True
    if isinstance(row, BudgetLine) and row.line == "agreement" and row.agreement_id is None:
        return True
    key = [getattr(row, name) for name in row.sheet.key]
    others = [r for r in portfolio.rows(type(row)) if r.place.number != row.place.number]
    return bool(key) and key in ([getattr(r, name) for name in row.sheet.key] for r in others)


def supplied_now(portfolio: Portfolio, whole: Portfolio, before: Portfolio) -> frozenset[str]:
    """Return which sheets have a row, where a part of a whole portfolio is changed."""
    elsewhere = Counter({kind: len(whole.rows(kind)) - len(before.rows(kind)) for kind in KINDS})
    held = (kind for kind in KINDS if elsewhere[kind] > 0 or portfolio.rows(kind))
    return frozenset(kind.sheet.name for kind in held)
