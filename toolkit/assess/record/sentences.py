"""How amounts stand in a reason."""

from math import ceil


def money_text(value: float) -> str:
    """Return an amount as a sentence holds it, without cents; the tables keep them.

    >>> money_text(785000.0), money_text(40163.45)
    ('785,000', '40,163')
    """
    return f"{value:,.0f}"


def missing_text(value: float) -> str:
    """Return an amount that is missing, rounded up, so that what is said would be enough.

    >>> missing_text(0.2), missing_text(1200.0)
    ('1', '1,200')
    """
    return f"{ceil(round(value, 2)):,}"


def needed(money: float, seats: int) -> str:
    """Return what is missing, in money and in seats.

    >>> needed(300.0, 1), needed(0.0, 2)
    ('300 more and 1 more seat', '2 more seats')
    """
    words = [f"{missing_text(money)} more"] if money else []
    words += [f"{seats} more seat{'s' if seats > 1 else ''}"] if seats else []
    return " and ".join(words)
