"""How a cell that cannot be read is refused, and how its content is shown."""

from datetime import datetime


class RefusedError(Exception):
    """The cell cannot be read; the message says what was found and what to type."""


def shown(value: object) -> str:
    """Return a value as its cell shows it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)
