"""What a trial of an agreement looks at in a record: its rows, and the partners that they name."""

from collections.abc import Mapping, Sequence

from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Partner


def looked_at(
    part: Portfolio,
) -> tuple[Mapping[str, Sequence[Row]], Sequence[Partner | None]]:
    """Return the rows of a part of a record by sheet, and the partners that they refer to.

    Parameters
    ----------
    part
        The agreements of one relationship alone, with all partners.
    """
    rows = {kind: rows for kind, rows in part.sheets.items() if kind is not Partner}
    named = {
        getattr(row, column.name)
        for kind, some in rows.items()
        for column in kind.sheet.columns
        if Partner.sheet.name in column.refers
        for row in some
    }
    partners = [part.get(Partner, name) for name in sorted(named - {None})]
    return {kind.sheet.name: some for kind, some in rows.items()}, partners
