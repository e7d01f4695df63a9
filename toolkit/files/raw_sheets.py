"""The sheets of a workbook that the gate let pass, one after the other, as raw cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from toolkit.files.grid import Grid, Look, RawCell, read_grid
from toolkit.files.parts import Listed, Package, list_sheets, read_styles, read_texts


@dataclass(frozen=True)
class RawSheet:
    """One sheet: the header texts by letter, and the cells of each later row by letter.

    `totals` are the rows that a table of Excel keeps for its totals; `twice` cells given twice.
    """

    name: str
    header: Mapping[str, str]
    rows: Mapping[int, Mapping[str, RawCell]]
    merged: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: frozenset[str] = frozenset()
    is_hidden: bool = False
    totals: frozenset[int] = frozenset()
    twice: tuple[str, ...] = ()


def read_sheets(package: Package) -> Iterator[RawSheet]:
    """Yield the sheets in their order.

    Raises
    ------
    InputError
        A sheet is given twice, or there are more styles than Excel allows.
    """
    is_1904, listed = list_sheets(package)
    epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
    look = Look(read_texts(package), read_styles(package), epoch)
    for sheet in listed:
        yield _raw_sheet(sheet, read_grid(package, sheet.part, look))


def _raw_sheet(sheet: Listed, grid: Grid) -> RawSheet:
    """Return a sheet with its header apart."""
    rows = dict(sorted(grid.rows.items()))
    header = {
        letter: "" if cell.value is None else str(cell.value)
        for letter, cell in rows.pop(1, {}).items()
    }
    return RawSheet(
        sheet.name,
        header,
        rows,
        merged=tuple(sorted(grid.merged)),
        hidden_rows=tuple(sorted(grid.hidden_rows - {1})),
        hidden_columns=frozenset(grid.hidden_columns),
        is_hidden=sheet.is_hidden,
        totals=frozenset(grid.totals),
        twice=tuple(grid.twice),
    )
