"""What a sheet and a column of the workbook are.

The declaration itself is `toolkit.model.sheets`; reading, checks, template, data dictionary and
the public register all follow from it.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property

from toolkit.model.policy import NO_SECTOR, Policy


class Kind(Enum):
    """What a cell holds; the value is how the data dictionary says it."""

    ID = "id (A-Z, 0-9, -)"
    REFERENCE = "id of another row"
    TEXT = "text"
    WORD = "a word of the list"
    DATE = "date, month or year"
    NUMBER = "number"
    MONEY = "amount"
    PERCENT = "percentage 0-100"
    COUNT = "whole number"
    YES_NO = "y or n"
    PERIOD = "year or first/last day"
    YEAR = "year"
    CURRENCY = "three-letter currency"
    COUNTRY = "country, several with ;"
    SECTOR = "sector of the policy"
    LINK = "http, https or mailto address"
    WIKIDATA = "Q and digits"


class WordList(Enum):
    """Lists of words that the policy sets."""

    CLASSIFICATIONS = "classifications"
    SECTORS = "sectors"
    ACTIVITIES = "activities"
    OBJECTIVE_TYPES = "objective types"
    GOALS = "goals"


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its name, what it holds, and who may see it."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    public: bool = False
    many: bool = False
    words: type[StrEnum] | tuple[str, ...] | WordList = ()
    refers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    at_end: bool = False  # a year or month stands for its last day, not its first
    signed: bool = False  # a negative number is a value, not a mistake
    happened: bool = False  # the day of something that is known only once it was


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: one table with one header row."""

    name: str
    row: str
    level: int
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()  # pairs of dates of which the first comes first
    known_from: str = ""  # the column with the day from which a row is known
    first: int = 0  # how many columns, from the left, the first afternoon fills

    def column(self, name: str) -> Column:
        """Return the column of this name."""
        return next(column for column in self.columns if column.name == name)

    @cached_property
    def happened(self) -> tuple[str, ...]:
        """The columns with the day of something that is known only once it was."""
        return tuple(column.name for column in self.columns if column.happened)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)


def words_of(column: Column, policy: Policy) -> tuple[str, ...]:
    """Return the words a cell of this column may hold, in the order of the drop-down."""
    if not isinstance(column.words, WordList):
        return tuple(str(word) for word in column.words)
    match column.words:
        case WordList.CLASSIFICATIONS:
            formerly = [word for cls in policy.classes for word in cls.formerly]
            names = [cls.name for cls in policy.classes]
            return (*names, *policy.framework.outside, "unknown", *formerly)
        case WordList.SECTORS:
            sectors = policy.sectors
            return (*sectors.names, *sectors.other, NO_SECTOR) if sectors.names else ()
        case WordList.ACTIVITIES:
            return policy.activities.names
        case WordList.OBJECTIVE_TYPES:
            return tuple(kind.name for kind in policy.objective_types)
        case WordList.GOALS:
            return tuple(goal.id for goal in policy.goals)
