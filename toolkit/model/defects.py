"""What an agreement lacks of all that an agreement of its class should have."""

from dataclasses import dataclass

from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Finding


@dataclass(frozen=True)
class Defect:
    """One requirement that is not met, not on record, or not looked at (for want of `sheets`).

    `columns` are the Agreements columns it rests on, `holder` who has the missing fact, and
    `settles` what that fact would settle.
    """

    name: str
    finding: Finding
    columns: tuple[str, ...]
    holder: str
    settles: str
    sheets: tuple[type[Row], ...] = (Agreement,)

    def __str__(self) -> str:
        return f"{self.name}: {self.finding}"
