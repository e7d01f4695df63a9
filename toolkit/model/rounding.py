"""How a score is rounded when it is printed: to tenths, halves upward, as a reader does it."""

NOISE = 1e-9  # comparisons and halves ignore what lies below nine decimals


def tenths(value: float) -> int:
    """Return a value of zero or more in whole tenths.

    >>> tenths(7.25), tenths(0.05)
    (73, 1)
    """
    return int(10 * value + 0.5 + NOISE)


def one_decimal(value: float) -> str:
    """Return a value as it is printed.

    >>> one_decimal(7.25)
    '7.3'
    """
    return f"{tenths(value) / 10:.1f}"
