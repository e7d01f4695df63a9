"""With what a cell is read, and what a number in it says; two readings are refused."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from toolkit.files.formats import currencies_of, has_percent_text, is_percent, multiple_of, unit_of
from toolkit.files.grid import RawCell
from toolkit.model.issues import quoted
from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind

LARGEST = 1e15  # beyond it Excel loses digits
LARGEST_AMOUNT = 1e12  # of money, in any currency a city budgets in
PERCENTAGES = {"target", "first_target", "actual", "baseline", "lower", "upper"}  # may be such


class RefusedError(Exception):
    """The cell cannot be read; the message says what was found and what to type.

    `pattern` is what cells of one column have in common, each of which quotes its own value.
    """

    def __init__(self, message: str, pattern: str = "") -> None:
        super().__init__(message)
        self.pattern = pattern


@dataclass
class Reader:
    """One column under one policy, and what had to be interpreted in its cells.

    Attributes
    ----------
    touching
        Those of the notices that touch a number or a decision.
    patterns
        What notices of one column have in common, by the notice.
    has_currency
        Whether each row of the sheet names the currency of its amounts.
    has_old_dates
        Whether other cells of the column hold real dates before 1950.
    """

    column: Column
    policy: Policy
    notices: list[str] = field(default_factory=list)
    touching: set[str] = field(default_factory=set)
    patterns: dict[str, str] = field(default_factory=dict)
    has_currency: bool = False
    has_old_dates: bool = False

    def note(self, message: str, *, touches: bool = False, pattern: str = "") -> None:
        """Keep what was interpreted, and whether a number or a decision may follow from it."""
        self.notices.append(message)
        self.patterns[message] = pattern
        if touches:
            self.touching.add(message)


def shown(value: object) -> str:
    """Return a value as its cell shows it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def read_number(reader: Reader, value: object, cell: RawCell) -> float | int:
    """Return a number; one that can be read in two ways is refused."""
    if isinstance(value, bool | datetime | date | time | timedelta):
        raise RefusedError(f"{shown(value)} is not a number. Type the plain number.")
    _refuse_scale(reader, value, cell.number_format)
    if isinstance(value, str):
        value = _typed_number(reader, value)
    elif is_percent(cell.number_format):
        value = _hundredfold(reader, value)
    elif has_percent_text(cell.number_format):
        message = f"The % in this format is only text: {shown(value)} was read as it is, per cent."
        reader.note(message, touches=True, pattern="percent text")
    elif reader.column.name not in PERCENTAGES:  # the unit of those is on their indicator
        _note_unit(reader, value, cell.number_format)
    if not abs(value) <= LARGEST:
        raise RefusedError("The number is too large to be meant. Type the plain number.")
    if value < 0 and not reader.column.signed:
        raise RefusedError(f"{shown(value)} is negative; {reader.column.name} is 0 or more.")
    return value


def _refuse_scale(reader: Reader, value: object, number_format: str) -> None:
    """Refuse a number behind which the format writes a thousand or a million."""
    scale = multiple_of(number_format, of_money=reader.column.kind is Kind.MONEY)
    if scale != 1 and isinstance(value, int | float):
        raise RefusedError(
            f"The format writes thousands or millions behind {shown(value)}: it can be read as "
            f"{shown(value)} or {shown(value * scale)}. Type the whole number, in a plain format.",
            "scale",
        )


def _note_unit(reader: Reader, value: float, number_format: str) -> None:
    """Say with which words a format shows a number, unless they are those of its column."""
    unit = unit_of(number_format)
    if unit and unit.casefold() not in reader.column.name:
        shows = quoted(f"{shown(value)} {unit}")
        message = f"The cell shows {shows}, and {shown(value)} was read: {reader.column.about}"
        reader.note(message, touches=True, pattern="unit")


def _hundredfold(reader: Reader, value: float) -> float:
    """Return a number as its cell shows it, in per cent; refuse it where none is meant."""
    if reader.column.kind is not Kind.PERCENT and reader.column.name not in PERCENTAGES:
        raise RefusedError(
            f"The cell is formatted as a percentage and shows {shown(round(value * 100, 9))} %. "
            f"{reader.column.name} is no percentage: type the plain number.",
            "percent",
        )
    percent = round(value * 100, 9)
    message = f"The cell is formatted as a percentage: {shown(value)} was read as "
    reader.note(f"{message}{shown(percent)} per cent.", touches=True, pattern="percent")
    return percent


def read_money(reader: Reader, value: object, cell: RawCell) -> float | int:
    """Return an amount in the policy's currency, or in that of its row."""
    if is_percent(cell.number_format) or has_percent_text(cell.number_format):
        raise RefusedError("The cell is formatted as a percentage. Type the amount as a number.")
    named, currency = currencies_of(cell.number_format), reader.policy.programme.currency
    if named and not reader.has_currency and currency not in named:
        raise RefusedError(foreign(named, currency), "currency")
    amount = read_number(reader, value, cell)
    if abs(amount) > LARGEST_AMOUNT:
        raise RefusedError(
            f"{shown(amount)} is no plausible amount: more than a million million. "
            "Type it in whole units of the currency."
        )
    return amount


def foreign(named: frozenset[str], currency: str) -> str:
    """Return what to do with an amount whose format names another currency."""
    words = " or ".join(sorted(named)) if len(named) < 5 else "dollars"
    return (
        f"The cell is formatted as {words}, and this amount is read in {currency}. "
        f"Type the amount in {currency}, in a format without another currency."
    )


def read_percent(reader: Reader, value: object, cell: RawCell) -> float | int:
    """Return a percentage from 0 to 100; a fraction is one only where the cell shows a %."""
    number = read_number(reader, value, cell)
    if number > 100:
        raise RefusedError(f"{shown(number)} is above 100. Type a percentage from 0 to 100.")
    is_shown = is_percent(cell.number_format) or has_percent_text(cell.number_format)
    if 0 < number < 1 and (isinstance(value, str) or not is_shown):
        raise RefusedError(two_shares(number), "share")
    return number


def two_shares(number: float) -> str:
    """Return the two readings of a share that is typed as a fraction."""
    whole = shown(round(number * 100, 9))
    return (
        f"{shown(number)} can be read as {whole} or {shown(number)} per cent. "
        f"Type {whole}, or format the cell as a percentage."
    )


def read_count(reader: Reader, value: object, cell: RawCell) -> int:
    """Return a whole number."""
    number = read_number(reader, value, cell)
    if number != int(number):
        raise RefusedError(f"{shown(number)} is not a whole number. Type digits only.")
    return int(number)


def _typed_number(reader: Reader, text: str) -> float | int:
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", text):
        whole = text.replace(".", "")
        readings = f"{_without_zeros(text)} or {whole}" if text.count(".") == 1 else whole
        raise RefusedError(f"{quoted(text)} can be read as {readings}. Type a number.", "thousands")
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        message = f"The number {text} is stored as text; it was read as a number."
        reader.note(message, pattern="number as text")
        return float(text) if "." in text else int(text)
    if re.fullmatch(r"-?\d{1,15},\d{1,15}", text):
        left, right = _without_zeros(text.replace(",", ".")), text.replace(",", "")
        raise RefusedError(
            f"{quoted(text)} can be read as {left} or {right}. Type a number.", "thousands"
        )
    raise RefusedError(
        f"{quoted(text)} is not a number. Type digits only, such as 1200 or 48.25.", "no number"
    )


def _without_zeros(text: str) -> str:
    return shown(float(text))
