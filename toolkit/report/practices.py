"""How one agreement stands by the report's five best practices, in a sentence each."""

import pandas as pd

from toolkit.model.dates import When
from toolkit.model.portfolio import Portfolio
from toolkit.report.markup import Table


def practice_table(portfolio: Portfolio, review: pd.DataFrame, agreement_id: str) -> Table:
    """Return the five practices with the evidence on record for one agreement."""
    agreement = next(
        row for row in portfolio.rows("Agreements") if row.agreement_id == agreement_id
    )
    rows = (
        ("Clear decision criteria", _criteria(review.loc[agreement_id])),
        ("Alternative partners", _partners(portfolio, agreement_id)),
        ("Time-bound projects", _time(portfolio, agreement)),
        ("Detailed objectives", _objectives(portfolio, agreement)),
        ("Robust policy framework", _framework(agreement)),
    )
    return Table("The five practices", ("Practice", "What the record shows"), rows)


def _criteria(review: pd.Series) -> str:
    return f"Decided by {review.rule}." if review.rule else "Not reviewed, so no criterion applies."


def _partners(portfolio: Portfolio, agreement_id: str) -> str:
    if not portfolio.has("Engagements"):
        return "Not looked at: the sheet Engagements is not supplied."
    count = sum(row.agreement_id == agreement_id for row in portfolio.rows("Engagements"))
    return f"{count} alternative partner{'' if count == 1 else 's'} on record."


def _time(portfolio: Portfolio, agreement: tuple) -> str:
    end = "has an end date" if isinstance(agreement.ends, When) else "has no known end date"
    if not portfolio.has("Projects"):
        return f"It {end}; projects are not looked at, the sheet is not supplied."
    ids = [row.agreement_id for row in portfolio.rows("Projects")]
    return f"It {end}; {ids.count(agreement.agreement_id)} projects on record."


def _objectives(portfolio: Portfolio, agreement: tuple) -> str:
    if portfolio.has("Objectives"):
        ids = [row.agreement_id for row in portfolio.rows("Objectives")]
        return f"{ids.count(agreement.agreement_id)} stated objectives on record."
    if agreement.main_purpose:
        return f"Main purpose on record: {', '.join(agreement.main_purpose)}; no objective."
    return "No objective and no main purpose is on record."


def _framework(agreement: tuple) -> str:
    if agreement.goals:
        return f"Serves the framework's goals {', '.join(agreement.goals)}."
    return "Not mapped to a goal of the framework."
