"""What the record already held on the date of the review."""

from dataclasses import replace
from datetime import date

import pandas as pd

from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.vocabulary import Status


def known_on(portfolio: Portfolio, as_of: date) -> Portfolio:
    """Return the portfolio with agreements signed only later as proposed, not in force."""
    table = portfolio.tables["Agreements"]
    later = [_is_later(row, as_of) for row in table.itertuples(index=False)]
    if not any(later):
        return portfolio
    rows = list(zip(table.itertuples(index=False), later, strict=True))
    changed = {
        "status": [Status.PROPOSED if late else row.status for row, late in rows],
        "conclusion_reason": [
            f"signed {row.signed}, after the date of the review" if late else row.conclusion_reason
            for row, late in rows
        ],
    }
    columns = {name: pd.Series(values, table.index, object) for name, values in changed.items()}
    return replace(portfolio, tables={**portfolio.tables, "Agreements": table.assign(**columns)})


def _is_later(agreement: tuple, as_of: date) -> bool:
    return is_reviewed(agreement) and bool(agreement.signed) and agreement.signed.first > as_of
