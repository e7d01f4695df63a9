"""What a date cell says, with its precision; what can be read in two ways is refused."""

import calendar
import re
from datetime import date

from toolkit.files.refusals import RefusedError, shown
from toolkit.model.dates import When
from toolkit.model.issues import quoted
from toolkit.model.schema import Column

YEARS = range(1500, 2201)  # years an agreement may name; 9999 is no end date
DATE_HINT = "Type it as 2018-04-02, 2018-04 or 2018."


def in_range(when: When, value: object, column: Column) -> When:
    """Return a date whose years an agreement may name."""
    if when.first.year in YEARS and when.last.year in YEARS:
        return when
    raise RefusedError(
        f"{quoted(shown(value))} is outside the years {YEARS[0]} to {YEARS[-1]}. "
        f"{date_hint(column)}"
    )


def dated(day: date, number_format: str) -> When:
    """Return an Excel date as precisely as its cell shows it."""
    if day < date(1900, 3, 1):
        raise RefusedError(f"Excel miscounts days before March 1900. {DATE_HINT}")
    format_ = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
    if "d" in format_ or "y" not in format_:
        return When.day_of(day)
    return When.month_of(day.year, day.month) if "m" in format_ else When.year_of(day.year)


def whole_year(value: float) -> When:
    """Return a year typed as a number."""
    if value in YEARS:
        return When.year_of(int(value))
    hint = DATE_HINT.replace("Type", "type")
    raise RefusedError(
        f"{shown(value)} is a number, not a date. Format the cell as a date, or {hint}"
    )


def date_hint(column: Column) -> str:
    """Return how a date of this column is typed."""
    words = f", or write {' or '.join(column.also)}" if column.also else ""
    return f"{DATE_HINT.rstrip('.')}{words}."


def typed_date(text: str, column: Column) -> When:
    """Return a date typed as text."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        slashed = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
        if slashed:
            raise RefusedError(_two_readings(text, *map(int, slashed.groups())))
        raise RefusedError(f"{quoted(text)} is not a date. {date_hint(column)}")
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
