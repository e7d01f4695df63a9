"""What a result is: one declared record a row, and the table of them, known by their key.

A result says first what is decided or found and why, then its evidence, then its cells. What a
column is called, its unit, how it is set and who may see it stand on its field.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast, dataclass_transform

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # it has no types of its own

Value = TypeVar("Value")
Key = str | int | None  # what a row is known by; a year is a number
OUT = "out"  # where a field keeps what is declared of it


class Format(Enum):
    """How a value is set; numbers are aligned to the right."""

    TEXT = "text"
    DATE = "date"
    LIST = "list of texts"
    YES_NO = "yes or no"
    CELLS = "cells of the workbook"
    COUNT = "whole number"
    NUMBER = "number"
    AMOUNT = "amount"
    SHARE = "share, 1 is the whole"
    POINTS = "points from 0 to 100"

    @property
    def is_number(self) -> bool:
        """Whether its values are aligned to the right."""
        return self in NUMBERS


NUMBERS = frozenset({Format.COUNT, Format.NUMBER, Format.AMOUNT, Format.SHARE, Format.POINTS})


@dataclass(frozen=True)
class Declared:
    """What is declared of one column of a result."""

    heading: str
    about: str = ""
    fmt: Format = Format.TEXT
    unit: str = ""
    public: bool = False
    handed_out: bool = True


REQUIRED = object()


def out(
    heading: str,
    about: str = "",
    *,
    fmt: Format = Format.TEXT,
    unit: str = "",
    public: bool = False,
    handed_out: bool = True,
    default: object = REQUIRED,
) -> Value:  # type: ignore[type-var]  # it stands for the value of its field
    """Return a column of a result: its heading, what it holds, how it is set, who may see it.

    One that is not handed out is for the pages alone: it stands in no file.
    """
    declared = {OUT: Declared(heading, about, fmt, unit, public, handed_out)}
    if default is REQUIRED:
        return cast("Value", field(metadata=declared))
    return cast("Value", field(default=default, metadata=declared))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of a result: what is decided or found, why, and the cells it rests on."""

    key: ClassVar[str]
    repeats: ClassVar[bool]
    serves: ClassVar[tuple[str, ...]]
    decision: str = out("Decision", "What is decided, proposed or found.")
    reason: str = out("Reason", "Why, in a sentence a committee can read.")
    cells: str = out("Cells", "Where it stands in the workbook.", fmt=Format.CELLS, default="")

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Return the columns in their order: key, decision, reason, evidence, cells."""
        first, last = (cls.key, "decision", "reason"), ("cells",)
        evidence = (f for f in fields(cls) if f.name not in (*first, *last))
        return (*first, *(f.name for f in evidence if f.metadata[OUT].handed_out), *last)

    @classmethod
    def declared(cls) -> Mapping[str, Declared]:
        """Return what is declared of each column, in their order."""
        held = {f.name: f.metadata[OUT] for f in fields(cls)}
        return {name: held[name] for name in cls.columns()}


Row = TypeVar("Row", bound=Result, covariant=True)
Kinds = TypeVar("Kinds", bound=type[Result])


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(out, field))
def result(
    *, key: str, repeats: bool = False, serves: tuple[str, ...] = ()
) -> Callable[[Kinds], Kinds]:
    """Make a class the declaration of a result.

    Parameters
    ----------
    key
        The column by which a row is known.
    repeats
        Whether several rows may have the same key.
    serves
        The rows of the source report that it works out, as `toolkit.model.report` names them.
    """

    def declare(kind: Kinds) -> Kinds:
        made = dataclass(frozen=True, slots=True, kw_only=True)(kind)
        made.key, made.repeats, made.serves = key, repeats, serves
        return cast("Kinds", made)

    return declare


def _agreement_of(row: object) -> str | None:
    """Return the id of the agreement that a row is about, if it is about one."""
    return getattr(row, "agreement_id", None) or getattr(row, "subject_id", None)


class Table(Generic[Row]):
    """The rows of one result, in their order, known by their key."""

    def __init__(self, kind: type[Row], rows: Iterable[Row] = ()) -> None:
        self.kind = kind
        self.rows: tuple[Row, ...] = tuple(rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, key: object) -> bool:
        return key in self._groups

    def __getitem__(self, key: Key) -> Row:
        return self._groups[key][0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.rows == other.rows

    def __hash__(self) -> int:
        return hash(self.rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self.kind.__name__}>"

    def get(self, key: Key) -> Row | None:
        """Return the row of a key, the first where it repeats; nothing where there is none."""
        return next(iter(self.of(key)), None)

    def of(self, key: Key) -> tuple[Row, ...]:
        """Return every row of a key."""
        return self._groups.get(key, ())

    def where(self, test: Callable[[Row], bool]) -> "Table[Row]":
        """Return the table of the rows that pass a test."""
        return Table(self.kind, filter(test, self.rows))

    def about(self, agreement_id: str) -> tuple[Row, ...]:
        """Return the rows that name an agreement, or have its id."""
        return self._by_agreement.get(agreement_id, ())

    def keys(self) -> tuple[Key, ...]:
        """Return the keys in order, each once."""
        return tuple(self._groups)

    @cached_property
    def _groups(self) -> Mapping[Key, tuple[Row, ...]]:
        return self._grouped(attrgetter(self.kind.key))

    @cached_property
    def _by_agreement(self) -> Mapping[Key, tuple[Row, ...]]:
        return self._grouped(_agreement_of)

    def _grouped(self, by: Callable[[Row], Key]) -> Mapping[Key, tuple[Row, ...]]:
        found: dict[Key, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[by(row)].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def frame(self) -> "pd.DataFrame":
        """The table for pandas: indexed by its key, missing is None."""
        import pandas as pd  # loaded only where a table leaves the toolkit

        names = self.kind.columns()
        rows = [[getattr(row, name) for name in names] for row in self.rows]
        return pd.DataFrame(rows, columns=list(names), dtype=object).set_index(self.kind.key)
