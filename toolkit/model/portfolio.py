"""The workbook as frozen tables, each value still knowing the cell it came from."""

from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.sheets import BY_NAME
from toolkit.model.vocabulary import REVIEWED, Basis, Status

ROW = "excel_row"


@dataclass(frozen=True)
class Portfolio:
    """One programme's agreements and all that is recorded of them.

    Attributes
    ----------
    file_name, title, sha256
        The workbook it was read from.
    tables
        Sheet name -> table with the columns of the declaration and `excel_row`; missing is None.
    letters
        Sheet name -> column name -> Excel letter.
    supplied
        Names of the sheets that hold at least one row; settled when the workbook is read.
    """

    file_name: str
    title: str
    sha256: str
    tables: Mapping[str, pd.DataFrame]
    letters: Mapping[str, Mapping[str, str]]
    supplied: frozenset[str]
    _rows: dict[str, Sequence[tuple]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows(self, sheet: str) -> Sequence[tuple]:
        """Return the rows of a sheet as records with a field a column; made once, for speed."""
        if sheet not in self._rows:
            table = self.tables[sheet]
            record = namedtuple(sheet, table.columns)
            self._rows[sheet] = [record(*values) for values in table.to_numpy(dtype=object)]
        return self._rows[sheet]

    def has(self, *sheets: str) -> bool:
        """Whether every one of these sheets was supplied."""
        return self.supplied.issuperset(sheets)

    def cell(self, sheet: str, row: int, column: str) -> str:
        """Return the address of a value, or of its row where the column is absent."""
        letter = self.letters.get(sheet, {}).get(column, "")
        return f"{sheet}!{letter}{row}" if letter else f"{sheet}!{row}:{row}"

    def cells(self, sheet: str, row: int, columns: Iterable[str]) -> str:
        """Return the addresses of several values of one row, as a report prints them."""
        present = [c for c in columns if c in self.letters.get(sheet, {})]
        return "; ".join(self.cell(sheet, row, column) for column in present)

    def runs(self, sheet: str, rows: Iterable[int], column: str) -> list[str]:
        """Return the addresses of one column in several rows; rows in a row as one range."""
        found: list[list[int]] = []
        for row in sorted(rows):
            if found and row == found[-1][-1] + 1:
                found[-1].append(row)
            else:
                found.append([row])
        letter = self.letters[sheet].get(column, "")
        return [
            self.cell(sheet, run[0], column) + (f":{letter}{run[-1]}" if len(run) > 1 else "")
            for run in found
        ]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """How each agreement is called: its partner, and the instrument where it has several."""
        rows = list(self.rows("Agreements"))
        partners = Counter(row.partner for row in rows)
        pairs = Counter((row.partner, row.classification) for row in rows)
        return {
            row.agreement_id: row.partner
            if partners[row.partner] == 1
            else f"{row.partner} ({row.classification})"
            if pairs[row.partner, row.classification] == 1
            else f"{row.partner} ({row.agreement_id})"
            for row in rows
        }

    @cached_property
    def partner_names(self) -> Mapping[str, str]:
        """The name of each alternative partner by its id."""
        return {row.partner_id: row.name for row in self.rows("Partners")}

    @property
    def is_illustrative(self) -> bool:
        """Whether any agreement is invented; every page then says so."""
        return Basis.ILLUSTRATIVE in set(self.tables["Agreements"]["basis"])


def empty_table(sheet: str) -> pd.DataFrame:
    """Return a sheet without rows."""
    return pd.DataFrame(columns=[*BY_NAME[sheet].names, ROW], dtype=object)


def make_table(sheet: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return a sheet's table from rows of values; absent columns are missing (None)."""
    names = [*BY_NAME[sheet].names, ROW]
    return pd.DataFrame([[row.get(n) for n in names] for row in rows], columns=names, dtype=object)


def fill_defaults(table: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the Agreements with what a blank stands for, and old words read as their class.

    Blank status is active, and `has_status` keeps that it was blank; blank relationship is partner
    and country; a word that the policy lists as `formerly` becomes its class and is kept as
    original_class.
    """
    rows = list(table.itertuples(index=False))
    classes = [policy.class_named(row.classification) for row in rows]
    filled = {
        "has_status": [row.status is not None for row in rows],
        "status": [row.status or Status.ACTIVE for row in rows],
        "relationship_id": [row.relationship_id or f"{row.partner}, {row.country}" for row in rows],
        "classification": [
            cls.name if cls else row.classification for row, cls in zip(rows, classes, strict=True)
        ],
        "original_class": [
            row.original_class or (row.classification if cls and _is_renamed(row, cls) else None)
            for row, cls in zip(rows, classes, strict=True)
        ],
    }
    return table.assign(
        **{name: pd.Series(values, table.index, object) for name, values in filled.items()}
    )


def _is_renamed(agreement: tuple, cls: AgreementClass) -> bool:
    return agreement.classification != cls.name


def is_reviewed(agreement: tuple) -> bool:
    """Whether the review looks at it: active or suspended."""
    return agreement.status in REVIEWED
