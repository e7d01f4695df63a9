"""A large programme for measuring: the sample again and again, each copy with ids of its own.

`python tests/big_portfolio.py 1000 big.xlsx` writes one of a thousand agreements.
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from toolkit.model.schema import Kind, Sheet
from toolkit.model.sheets import SHEETS

SAMPLE = Path(__file__).parents[1] / "data" / "sample.xlsx"
OWN = {"partner", "outcome_ref", "relationship_id"}  # texts that are each copy's own, beside ids
FIRST, WHOLE = "A-001", "whole"  # whose rows stand for what belongs to a copy, or to a whole one
Row = tuple[object, ...]


@cache
def _sample(sheet: str) -> tuple[Row, ...]:
    page = load_workbook(SAMPLE, read_only=True)[sheet]
    return tuple(row for row in page.iter_rows(values_only=True) if any(row))


def write_big(target: Path, agreements: int) -> Path:
    """Write a workbook with so many agreements, filled as those of the sample are."""
    each = len(_sample("Agreements")) - 1
    workbook = Workbook(write_only=True)
    for sheet in SHEETS:
        page = workbook.create_sheet(sheet.name)
        page.append(_sample(sheet.name)[0])
        for copy in range(-(-agreements // each)):
            kept = {row[0] for row in _sample("Agreements")[1 : 1 + agreements - copy * each]}
            kept |= {WHOLE} if len(kept) == each else set()
            for row in _rows(sheet, copy, kept):
                page.append(row)
    workbook.save(target)
    return target


def _rows(sheet: Sheet, copy: int, kept: set[object]) -> Iterator[Row]:
    """Yield the rows of one copy, the programme's own only once, those of no agreement left out."""
    names = _sample(sheet.name)[0]
    for row in _sample(sheet.name)[1:]:
        found = dict(zip(names, row, strict=True))
        owner = _owner(sheet, found)
        if (owner is None and copy) or (owner is not None and owner not in kept):
            continue
        yield tuple(_own(sheet, name, value, copy) for name, value in found.items())


@cache
def _owners(sheet: str) -> dict[object, object]:
    """Return the agreement of each row of a sheet by its id."""
    declared = next(s for s in SHEETS if s.name == sheet)
    names = _sample(sheet)[0]
    rows = [dict(zip(names, row, strict=True)) for row in _sample(sheet)[1:]]
    return {row[declared.key[0]]: _owner(declared, row) for row in rows}


def _owner(sheet: Sheet, row: dict[str, object]) -> object:
    """Return the agreement a row belongs to; a proposal or a partner is its own."""
    if sheet.name == "Proposals":
        return WHOLE
    if sheet.name in ("Agreements", "Partners"):
        return row.get("agreement_id") or FIRST
    first = next(c for c in sheet.columns if c.kind is Kind.REFERENCE)
    value = row[first.name]
    if value is None or value in first.also:
        return None
    if "Agreements" in first.refers:
        return value if str(value).startswith("A-") else WHOLE
    return _owners(first.refers[0])[value]


def _own(sheet: Sheet, name: str, value: object, copy: int) -> object:
    """Return a cell of a copy: its ids and names with the number of the copy."""
    column = sheet.column(name)
    is_id = column.kind in (Kind.ID, Kind.REFERENCE) or name in OWN
    if value is None or not copy or not is_id or value in column.also:
        return value
    return ";".join(f"{part}-{copy}" for part in str(value).split(";"))


if __name__ == "__main__":
    write_big(Path(sys.argv[2]), int(sys.argv[1]))
