"""Which facts of last year's workbook are blank or gone in this year's.

Source: domain, section 1, Withdrawn facts. A value replaced by a value is no withdrawal, nor is
what was mended: a result made void, a project cancelled, an objective dropped with its reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.assess.record.evidence import subject_of
from toolkit.model.dates import When
from toolkit.model.earlier import Gone
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, fill_defaults
from toolkit.model.results import Result, Table, out, result
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    KINDS,
    PROGRAMME,
    VOID,
    Agreement,
    Engagement,
    Milestone,
    Objective,
    Outcome,
    PeriodResult,
    Profile,
    Project,
)
from toolkit.model.text import as_typed, listed
from toolkit.model.vocabulary import ProjectState, Withdrawal

LOOSE: Mapping[type[Row], tuple[str, ...]] = {  # what of a key stays when the row is edited
    PeriodResult: ("indicator_id", "period"),
    Milestone: ("project_id", "name"),
    Outcome: ("outcome_ref", "agreement_id"),
    Engagement: ("agreement_id", "partner_id"),
    Profile: ("subject_id",),
}
STATE = ("status", "concluded_on", "conclusion_reason", "legal_hold", "hold_reason")
NO_FACTS = frozenset({*STATE, "notes", "comment"})  # what changes, and what no rule reads
ONLY_LATER = frozenset({"asked_on", "answered_on"})  # a later date changes them, nothing else
ASSUMED = ("relationship_id", "original_class")  # a blank of them is read as something
MENDED_BY: Mapping[str, str] = {  # where not by the right value
    "Results": ", or by state void",
    "Projects": ", or by state cancelled",
    "Objectives": ", or by dropped_on with its reason",
}


@result(key="agreement_id", repeats=True)
class Withdrawn(Result):
    """One fact that last year's workbook held, or what was withdrawn by then, now blank or gone."""

    agreement_id: str = out("Id", "Whose fact it is; PROGRAMME for the programme's own.")
    decision: Withdrawal = out("Withdrawn", "Blanked, set back, row gone, or agreement gone.")
    partner: str = out("Agreement")
    sheet: str = out("Sheet")
    row: str = out("Row", "By what the row is known.")
    column: str | None = out("Column", "Blank where the whole row is gone.", default=None)
    was: str = out("What it was")
    type_in: str | None = out(
        "Type it in", "The cell of this year's workbook that is blank.", default=None
    )
    cells: str = out("Cells", "Where it stood in the earlier workbook.")


def find_gone(before: Portfolio, now: Portfolio, policy: Policy) -> tuple[Gone, ...]:
    """Return what an earlier portfolio held and a later one no longer does, row by row.

    Both as they were typed, not as a day knows them.
    """
    pairs = ((was, row) for kind in KINDS for was, row in _changed(kind, before, now))
    found = (_compare(was, row, policy) for was, row in pairs)
    return tuple(gone for gone in found if gone is not None)


def list_withdrawn(gone: Iterable[Gone], before: Portfolio, now: Portfolio) -> Table[Withdrawn]:
    """Return the withdrawn facts: a row for each blanked cell, and for each row that is gone."""
    rows: dict[tuple[type[Row], int | None], Row]
    rows = {(kind, row.place.number): row for kind in KINDS for row in now.rows(kind)}
    stands = ((found, rows.get((type(found.row), found.at))) for found in gone)
    return Table(
        Withdrawn,
        (
            _withdrawn(found, column, row, before, now)
            for found, row in stands
            for column in ((None,) if row is None else found.columns)
        ),
    )


def _changed(
    kind: type[Row], before: Portfolio, now: Portfolio
) -> Iterator[tuple[Row, Row | None]]:
    """Yield each earlier row that changed, with the row that now stands for it, if any.

    Rows that hold the same are one row; then the whole key decides, then what of it is not edited.
    """
    waiting: list[Row] = list(before.rows(kind))
    free: list[Row] = list(now.rows(kind))
    whole = kind.sheet.key or tuple(c.name for c in kind.sheet.columns if c.required)
    for names in (kind.sheet.names, whole, LOOSE.get(kind, whole)):
        heaps: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in sorted(free, key=_is_void):
            heaps[_values(row, names)].append(row)
        pairs = [(row, _taken(heaps[_values(row, names)])) for row in waiting]
        if names is not kind.sheet.names:
            yield from (pair for pair in pairs if pair[1] is not None)
        waiting = [row for row, found in pairs if found is None]
        free = [row for heap in heaps.values() for row in heap]
    yield from ((row, None) for row in waiting)


def _taken(rows: list[Row]) -> Row | None:
    return rows.pop(0) if rows else None


def _values(row: Row, names: Sequence[str]) -> tuple[object, ...]:
    """Return what two rows are compared by: text whatever its case."""
    values = (getattr(row, name) for name in names)
    return tuple(value.casefold() if isinstance(value, str) else value for value in values)


def _compare(was: Row, now: Row | None, policy: Policy) -> Gone | None:
    """Return what of an earlier row is gone, if anything."""
    if _is_void(was) or (now is not None and _is_mended(now)):
        return None
    given = _given(was, policy)
    if now is None:
        return Gone(was, tuple(given))
    stands = _given(now, policy)
    lost = [
        name
        for name, value in given.items()
        if name not in NO_FACTS and (name not in stands or _is_set_back(name, value, stands[name]))
    ]
    return Gone(was, tuple(lost), now.place.number) if lost else None


def _is_void(row: Row) -> bool:
    return isinstance(row, PeriodResult) and row.state == VOID


def _is_mended(row: Row) -> bool:
    """Whether a row says of itself that it no longer counts, and stays on record."""
    if isinstance(row, Objective):
        return row.dropped_on is not None and row.dropped_reason is not None
    return _is_void(row) or (isinstance(row, Project) and row.state == ProjectState.CANCELLED)


def _given(row: Row, policy: Policy) -> dict[str, object]:
    """Return the values of a row by column, without blanks and what a blank is read as."""
    values = {name: getattr(row, name) for name in row.sheet.names}
    if isinstance(row, Agreement):
        bare = fill_defaults(replace(row, relationship_id="", original_class=None), policy)
        for name in ASSUMED:
            if values[name] == getattr(bare, name):
                values[name] = None
    return {name: value for name, value in values.items() if value is not None}


def _is_set_back(name: str, was: object, now: object) -> bool:
    """Whether a date that only a later one changes is earlier now."""
    return name in ONLY_LATER and isinstance(was, When) and isinstance(now, When) and now < was


def _withdrawn(
    gone: Gone, column: str | None, stands: Row | None, before: Portfolio, now: Portfolio
) -> Withdrawn:
    row, subject = gone.row, subject_of(gone.row, before) or PROGRAMME
    how = _how(column, stands, subject, before, now)
    own = row.sheet.key or tuple(c.name for c in row.sheet.columns if c.required)
    names = [name for name in gone.columns if name not in (*own, *NO_FACTS)]
    told = [f"{name} {as_typed(getattr(row, name))}" for name in names]
    was = as_typed(getattr(row, column)) if column else "; ".join(told)
    known_by = [as_typed(value) for name in own if (value := getattr(row, name)) is not None]
    return Withdrawn(
        agreement_id=subject,
        decision=how,
        reason=_reason(how, column, was, row, now),
        partner=before.labels.get(subject, subject),
        sheet=row.sheet.name,
        row=", ".join(known_by),
        column=column,
        was=was,
        type_in=stands.cell(column) if stands and column else None,
        cells=gone.dated.cell(column or ""),
    )


def _how(
    column: str | None, stands: Row | None, subject: str, before: Portfolio, now: Portfolio
) -> Withdrawal:
    if before.get(Agreement, subject) is not None and now.get(Agreement, subject) is None:
        return Withdrawal.AGREEMENT_GONE
    if column is None:
        return Withdrawal.ROW_GONE
    is_set_back = column in ONLY_LATER and getattr(stands, column) is not None
    return Withdrawal.SET_BACK if is_set_back else Withdrawal.BLANKED


def _reason(how: Withdrawal, column: str | None, was: str, row: Row, now: Portfolio) -> str:
    mended = f"A mistake is mended by the right value{MENDED_BY.get(row.sheet.name, '')}."
    match how:
        case Withdrawal.AGREEMENT_GONE if isinstance(row, Agreement):
            same = [a.agreement_id for a in now.rows(Agreement) if a.partner == row.partner]
            kept = (
                f" {listed(same)} names the same partner; an id is kept for ever." if same else ""
            )
            return (
                "It was on record and is not in this year's workbook, so nothing is proposed for "
                f"it. Bring its row back: what has ended keeps its row and has a status.{kept}"
            )
        case Withdrawal.AGREEMENT_GONE:
            return "Its agreement is not in this year's workbook, so it is not looked at."
        case Withdrawal.ROW_GONE:
            return f"The row was on record and is gone; it still counts. Bring it back. {mended}"
        case Withdrawal.SET_BACK:
            return f"{column} was {was} and is earlier now; only a later date changes it."
    return f"{column} was {was} and is blank now; it still counts. {mended}"
