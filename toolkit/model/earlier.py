"""What an earlier year left on record: what was proposed, and which facts were withdrawn since.

Source: domain, section 1, Withdrawn facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.model.rows import Row

EARLIER = "earlier workbook, "  # before a cell that stands in it


@dataclass(frozen=True)
class Gone:
    """What one row of an earlier workbook held and a later one no longer does.

    Attributes
    ----------
    row
        The row as it stood, with its earlier place.
    columns
        Which of its values are gone, in the order of the sheet.
    at
        The number of the row in the later workbook; `None` where the whole row is gone.
    """

    row: Row
    columns: tuple[str, ...]
    at: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the whole row is gone."""
        return self.at is None

    @property
    def values(self) -> dict[str, object]:
        """What is gone, by column."""
        return {name: getattr(self.row, name) for name in self.columns}

    @property
    def dated(self) -> Row:
        """The row with a place that is said to be of an earlier workbook."""
        sheet = f"{EARLIER}{self.row.sheet.name}"
        return replace(self.row, place=replace(self.row.place, sheet=sheet))


@dataclass(frozen=True)
class Earlier:
    """What last year's run left on record beside its workbook.

    Attributes
    ----------
    proposals
        The word proposed for each agreement under review.
    withdrawn
        What had been withdrawn by then; it counts again.
    """

    proposals: Mapping[str, str]
    withdrawn: tuple[Gone, ...] = ()
