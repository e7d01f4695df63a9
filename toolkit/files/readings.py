"""With what a cell is read, and what a number or a date in it says; two readings are refused."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from toolkit.files.loading import RawCell
from toolkit.model.dates import Period, When
from toolkit.model.issues import quoted
from toolkit.model.policy import Policy
from toolkit.model.schema import Column, Kind
from toolkit.model.vocabulary import EndWord

LARGEST = 1e15  # beyond it Excel loses digits
CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH"}
YEARS = range(1500, 2201)  # years an agreement may name; 9999 is no end date
DATE_HINT = "Type it as 2018-04-02, 2018-04 or 2018."


class RefusedError(Exception):
    """The cell cannot be read; the message says what was found and what to type."""


@dataclass
class Reader:
    """One column under one policy, and what had to be interpreted in its cells.

    `touching` holds those of the notices that touch a number or a decision.
    """

    column: Column
    policy: Policy
    notices: list[str] = field(default_factory=list)
    touching: set[str] = field(default_factory=set)

    def note(self, message: str, *, touches: bool = False) -> None:
        """Keep what was interpreted, and whether a number or a decision may follow from it."""
        self.notices.append(message)
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
    """Return a number; text that looks like one in two ways is refused."""
    if isinstance(value, bool | datetime | date | time | timedelta):
        raise RefusedError(f"{shown(value)} is not a number. Type the plain number.")
    if isinstance(value, str):
        value = _typed_number(reader, value)
    elif "%" in cell.number_format and reader.column.kind is not Kind.MONEY:
        message = "The cell is formatted as a percentage, so 0.12 was read as 12 per cent."
        reader.note(message, touches=True)
        value = round(value * 100, 9)
    if not abs(value) <= LARGEST:
        raise RefusedError("The number is too large to be meant. Type the plain number.")
    if value < 0 and not reader.column.signed:
        raise RefusedError(f"{shown(value)} is negative; {reader.column.name} is 0 or more.")
    return value


def read_money(reader: Reader, value: object, cell: RawCell) -> float | int:
    """Return an amount in the policy's currency."""
    if "%" in cell.number_format:
        raise RefusedError("The cell is formatted as a percentage. Type the amount as a number.")
    for sign, code in CURRENCY_SIGNS.items():
        if sign in cell.number_format and code != reader.policy.programme.currency:
            currency = reader.policy.programme.currency
            message = f"The cell is formatted in {sign}; amounts are read in {currency}."
            reader.note(message, touches=True)
    return read_number(reader, value, cell)


def read_percent(reader: Reader, value: object, cell: RawCell) -> float | int:
    """Return a percentage from 0 to 100."""
    number = read_number(reader, value, cell)
    if number > 100:
        raise RefusedError(f"{shown(number)} is above 100. Type a percentage from 0 to 100.")
    return number


def read_count(reader: Reader, value: object, cell: RawCell) -> int:
    """Return a whole number."""
    number = read_number(reader, value, cell)
    if number != int(number):
        raise RefusedError(f"{shown(number)} is not a whole number. Type digits only.")
    return int(number)


def _typed_number(reader: Reader, text: str) -> float | int:
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        reader.note("A number stored as text was read as a number.")
        return float(text) if "." in text else int(text)
    if re.fullmatch(r"-?\d{1,15},\d{1,15}", text):
        left, right = shown(float(text.replace(",", "."))), text.replace(",", "")
        raise RefusedError(f"{quoted(text)} can be read as {left} or {right}. Type a number.")
    raise RefusedError(f"{quoted(text)} is not a number. Type digits only, such as 1200 or 48.25.")


def read_date(reader: Reader, value: object, cell: RawCell) -> When | EndWord:
    """Return a date with its precision, or one of the words the column allows."""
    if isinstance(value, str) and value.casefold() in reader.column.also:
        return EndWord(value.casefold())
    if isinstance(value, datetime):
        return _in_range(_dated(value.date(), cell.number_format), value, reader.column)
    if isinstance(value, time | timedelta | bool):
        raise RefusedError(f"{shown(value)} is not a date. {_date_hint(reader.column)}")
    if isinstance(value, int | float):
        return _in_range(_whole_year(value), value, reader.column)
    return _in_range(_typed_date(value, reader.column), value, reader.column)


def read_period(reader: Reader, value: object, _cell: RawCell) -> Period:
    """Return a reporting year, or the period between two dates."""
    text = shown(value)
    if re.fullmatch(r"(19|20|21)\d\d", text):
        year = int(text)
        first = reader.policy.year_end(year - 1) + timedelta(days=1)
        return Period(first, reader.policy.year_end(year), text)
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", text)
    if not match:
        raise RefusedError(f"{quoted(text)} is not a period. Type 2018, or 2018-04-01/2019-03-31.")
    first, last = (_typed_date(part, reader.column).first for part in match.groups())
    if last < first:
        raise RefusedError(f'"{text}" ends before it starts.')
    return Period(first, last, text)


def read_year(_reader: Reader, value: object, _cell: RawCell) -> int:
    """Return a year."""
    text = shown(value)
    if re.fullmatch(r"(19|20|21)\d\d", text):
        return int(text)
    raise RefusedError(f"{quoted(text)} is not a year. Type it with four digits, such as 2018.")


def _in_range(when: When, value: object, column: Column) -> When:
    """Return a date whose years an agreement may name."""
    if when.first.year in YEARS and when.last.year in YEARS:
        return when
    raise RefusedError(
        f"{quoted(shown(value))} is outside the years {YEARS[0]} to {YEARS[-1]}. "
        f"{_date_hint(column)}"
    )


def _dated(day: date, number_format: str) -> When:
    """Return an Excel date as precisely as its cell shows it."""
    if day < date(1900, 3, 1):
        raise RefusedError(f"Excel miscounts days before March 1900. {DATE_HINT}")
    format_ = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "d" in format_ or "y" not in format_:
        return When.day_of(day)
    return When.month_of(day.year, day.month) if "m" in format_ else When.year_of(day.year)


def _whole_year(value: float) -> When:
    """Return a year typed as a number."""
    if value in YEARS:
        return When.year_of(int(value))
    hint = DATE_HINT.replace("Type", "type")
    raise RefusedError(
        f"{shown(value)} is a number, not a date. Format the cell as a date, or {hint}"
    )


def _date_hint(column: Column) -> str:
    """Return how a date of this column is typed."""
    words = f", or write {' or '.join(column.also)}" if column.also else ""
    return f"{DATE_HINT.rstrip('.')}{words}."


def _typed_date(text: str, column: Column) -> When:
    """Return a date typed as text."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        slashed = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
        if slashed:
            raise RefusedError(_two_readings(text, *map(int, slashed.groups())))
        raise RefusedError(f"{quoted(text)} is not a date. {_date_hint(column)}")
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == 3:
            return When.day_of(date(*parts))
        return When.month_of(*parts) if len(parts) == 2 else When.year_of(*parts)
    except (ValueError, calendar.IllegalMonthError):
        raise RefusedError(f'"{text}" is not in the calendar. {DATE_HINT}') from None


def _two_readings(text: str, first: int, second: int, year: int) -> str:
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            readings.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    if not readings:
        return f'"{text}" is not in the calendar. {DATE_HINT}'
    choice = " or ".join(dict.fromkeys(readings))
    return f'"{text}" can be read as {choice}. Type it as year-month-day.'
