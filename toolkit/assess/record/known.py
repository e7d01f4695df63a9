"""What the record already held on the date of the review."""

from dataclasses import replace
from datetime import date

from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Status


def known_on(portfolio: Portfolio, as_of: date) -> Portfolio:
    """Return the portfolio with agreements signed only later as proposed, not in force."""
    rows = portfolio.rows(Agreement)
    return portfolio.with_rows(
        Agreement, [_proposed(a) if _is_later(a, as_of) else a for a in rows]
    )


def _proposed(agreement: Agreement) -> Agreement:
    reason = f"signed {agreement.signed}, after the date of the review"
    return replace(agreement, status=Status.PROPOSED, conclusion_reason=reason)


def _is_later(agreement: Agreement, as_of: date) -> bool:
    return is_reviewed(agreement) and bool(agreement.signed) and agreement.signed.first > as_of
