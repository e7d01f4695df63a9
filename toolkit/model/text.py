"""How numbers, amounts and names stand in a sentence, and how words become one."""

from collections.abc import Iterable
from math import ceil

NOISE = 1e-9  # comparisons and halves ignore what lies below nine decimals


def tenths(value: float) -> int:
    """Return a value of zero or more in whole tenths: halves upward, as a reader rounds.

    >>> tenths(7.25), tenths(0.05)
    (73, 1)
    """
    return int(10 * value + 0.5 + NOISE)


def one_decimal(value: float) -> str:
    """Return a score as it is printed.

    >>> one_decimal(7.25)
    '7.3'
    """
    return f"{tenths(value) / 10:.1f}"


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


def late_days(days: float, rate_year: str) -> str:
    """Return how days of staff are priced in a year that has no rate of its own.

    >>> late_days(1, "2025"), late_days(111.519, "")
    ('1 staff day at the rate of 2025, the latest on record', '111.5 staff days without any rate, \
not priced')
    """
    told = f"{round(days, 1):,.10g} staff day{'' if days == 1 else 's'}"
    rate = f" at the rate of {rate_year}, the latest on record"
    return told + (rate if rate_year else " without any rate, not priced")


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["Milan"]), listed(["Milan", "Chicago"]), listed(["A", "B", "C"])
    ('Milan', 'Milan and Chicago', 'A, B and C')
    """
    words = list(names)
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def how_many(number: int, noun: str, many: str = "") -> str:
    """Return a number with its noun, in the plural where it is not one.

    >>> how_many(1, "agreement"), how_many(2, "agreement"), how_many(0, "city", "cities")
    ('1 agreement', '2 agreements', '0 cities')
    """
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def sentence(words: str) -> str:
    """Return words as a sentence.

    >>> sentence("it is on hold")
    'It is on hold.'
    """
    return f"{words[0].upper()}{words[1:]}."


def as_typed(value: object) -> str:
    """Return a value as it is typed into its cell; a blank for none.

    >>> as_typed(("trade", "tourism")), as_typed(2500.0), as_typed(None)
    ('trade; tourism', '2500', '')
    """
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return f"{value:.15g}" if isinstance(value, float) else str(value)


class AgreementName(str):
    """The name by which an agreement goes; a page leads from it to the agreement's report.

    Attributes
    ----------
    agreement_id, partner
        Of the agreement: the name itself may say more, to tell two of one partner apart.
    """

    agreement_id: str
    partner: str

    def __new__(cls, text: str, agreement_id: str = "", partner: str = "") -> "AgreementName":
        """Return the name with what it is the name of; the partner's alone if nothing else."""
        name = super().__new__(cls, text)
        name.agreement_id, name.partner = agreement_id, partner or text
        return name
