"""What a row of a sheet is: one frozen record that declares its sheet and knows its own cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields, replace
from enum import StrEnum
from typing import ClassVar, Self, TypeVar, cast, dataclass_transform

from toolkit.model.schema import Column, Kind, Sheet, WordList

Value = TypeVar("Value")
COLUMN = "column"  # where a field keeps its column


@dataclass(frozen=True)
class Place:
    """Where a row stands: its sheet, its number, and the letter of each column that is there."""

    sheet: str
    number: int
    letters: Mapping[str, str]


NOWHERE = Place("", 0, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the workbook. Two rows that hold the same are equal, wherever they stand."""

    sheet: ClassVar[Sheet]
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @classmethod
    def made(cls, values: Mapping[str, object], place: Place = NOWHERE) -> Self:
        """Return the row of these values by column; what is absent is missing (None)."""
        held = {name: values.get(name) for name in cls.sheet.names}
        derived = {name: values[name] for name in cls.derived_names() if name in values}
        return cls(place=place, **held, **derived)

    @classmethod
    def derived_names(cls) -> tuple[str, ...]:
        """Return the fields that are worked out from the columns."""
        own = {"place", *cls.sheet.names}
        return tuple(found.name for found in fields(cls) if found.name not in own)

    @property
    def id(self) -> str:
        """What other rows refer to it by: the first column of its key."""
        return str(getattr(self, self.sheet.key[0]))

    def cell(self, column: str) -> str:
        """Return the address of a value, or of the row where the column is absent."""
        sheet, number = self.place.sheet, self.place.number
        letter = self.place.letters.get(column, "")
        return f"{sheet}!{letter}{number}" if letter else f"{sheet}!{number}:{number}"

    def cells(self, *columns: str) -> str:
        """Return the addresses of several values, as a report prints them; absent ones are not."""
        return "; ".join(self.cell(c) for c in columns if c in self.place.letters)

    def filled_cells(self, *columns: str) -> str:
        """Return the addresses of those of these values that are there."""
        return self.cells(*(column for column in columns if getattr(self, column) is not None))


Kinds = TypeVar("Kinds", bound=type[Row])


def col(
    kind: Kind,
    about: str,
    *,
    public: bool,
    required: bool = False,
    many: bool = False,
    words: type[StrEnum] | tuple[str, ...] | WordList = (),
    refers: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    at_end: bool = False,
    signed: bool = False,
    happened: bool = False,
) -> Value:  # type: ignore[type-var]  # it stands for the value of its field
    """Return a column of a sheet: what it holds, who may see it, and what `Column` tells of it."""
    column = Column(
        "", kind, about, required, public, many, words, refers, also, at_end, signed, happened
    )
    return cast("Value", field(metadata={COLUMN: column}))


def derived(default: Value) -> Value:
    """Return a field that is worked out from the columns, in no template and no workbook."""
    return field(default=default)


@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(col, derived, field)
)
def declares(
    name: str,
    row: str,
    *,
    level: int,
    key: tuple[str, ...] = (),
    orders: tuple[tuple[str, str], ...] = (),
    known_from: str = "",
    first: int = 0,
) -> Callable[[Kinds], Kinds]:
    """Make a class the declaration of a sheet: its columns are the fields, in their order.

    Parameters
    ----------
    row
        What one row is, in words.
    orders
        Pairs of dates of which the first comes first.
    known_from
        The column with the day from which a row is known; without one it is known at any day.
    first
        How many columns, from the left, the first afternoon fills; the rest can wait.
    """

    def declare(kind: Kinds) -> Kinds:
        made = dataclass(frozen=True, slots=True, kw_only=True)(kind)
        columns = _columns(fields(made))
        made.sheet = Sheet(name, row, level, columns, key, orders, known_from, first)
        return cast("Kinds", made)

    return declare


def _columns(declared: Iterable["Field[object]"]) -> tuple[Column, ...]:
    held = ((found.name, found.metadata.get(COLUMN)) for found in declared)
    return tuple(replace(column, name=name) for name, column in held if column is not None)


def runs(rows: Sequence[Row], column: str) -> list[str]:
    """Return the addresses of one column in several rows of a sheet; rows in a row as one range."""
    found: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: row.place.number):
        if found and row.place.number == found[-1][-1].place.number + 1:
            found[-1].append(row)
        else:
            found.append([row])
    return [_run(group, column) for group in found]


def _run(group: Sequence[Row], column: str) -> str:
    first, last = group[0], group[-1].place
    letter = last.letters.get(column, "")
    return first.cell(column) + (f":{letter}{last.number}" if len(group) > 1 else "")


def joined(cells: Iterable[str]) -> str:
    """Return cell addresses as one text, each once."""
    return "; ".join(dict.fromkeys(filter(None, cells)))
