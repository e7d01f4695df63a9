"""What a cell says of a day: a date with the precision it was given, or a word in its place."""

import calendar
import re
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import to_excel

from toolkit.files.grid import RawCell
from toolkit.files.readings import Reader, RefusedError, shown
from toolkit.model.dates import When
from toolkit.model.issues import quoted
from toolkit.model.schema import Column
from toolkit.model.vocabulary import EndWord

YEARS = range(1500, 2201)  # years an agreement may name; 9999 is no end date
LIKELY_YEARS = range(1800, 2101)  # as the number under a date: 1905 in Excel's count of days
OLD = date(1950, 1, 1)  # before it real dates may have such numbers
DATE_HINT = "Type it as 2018-04-02, 2018-04 or 2018."
ABOUT = {"signed", "renewed"}  # columns that take a circa and a decade
CIRCA = re.compile(r"(?:circa|ca?\.?|about|around|approx\.?|approximately|~)\s*(\d{4})", re.I)
DECADE = re.compile(r"(?:the\s+)?(\d{3}0)(?:'?s|er)", re.I)
NOT_KNOWN = {"unknown", "not known", "date unknown", "unbekannt", "inconnu", "desconocido"}
SHORT_YEAR, BOTH_YEARS = (
    re.compile(r"(\d{4})\s*[/\u2013-]\s*(\d{2})"),
    re.compile(r"(\d{4})/(\d{4})"),
)

TURNED = (  # year, month and day in an order that leaves no doubt
    re.compile(r"(?P<y>\d{4})[./ ](?P<m>\d{1,2})(?:[./ ](?P<d>\d{1,2}))?"),
    re.compile(r"(?P<m>\d{1,2})[./ -](?P<y>\d{4})"),
    re.compile(r"(?P<y>(?:1[5-9]|2[01])\d\d)(?P<m>\d\d)(?P<d>\d\d)"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2}))?"),
)


def read_date(reader: Reader, value: object, cell: RawCell) -> When | EndWord | None:
    """Return a date with its precision, or one of the words the column allows.

    A date that is said to be unknown is blank.
    """
    column = reader.column
    if isinstance(value, str) and value.casefold() in column.also:
        return EndWord(value.casefold())
    if isinstance(value, datetime):
        _refuse_likely_year(reader, value, cell)
        return _in_range(dated(value.date(), cell.number_format), value, column)
    if isinstance(value, time | timedelta | bool):
        raise RefusedError(f"{shown(value)} is not a date. {date_hint(column)}")
    if isinstance(value, int | float):
        return _in_range(_whole_year(value), value, column)
    if value.casefold() in NOT_KNOWN:
        reader.note(f"{quoted(value)} was read as blank.", pattern="blank")
        return None
    return _in_range(_about(value, column) or typed_date(value, column), value, column)


def is_old_date(value: object, cell: RawCell) -> bool:
    """Whether a cell holds a real date before 1950, one that is no year in disguise."""
    if isinstance(value, datetime):
        return value.date() < OLD and serial_of(value, cell) not in LIKELY_YEARS
    is_day = isinstance(value, str) and re.fullmatch(r"\s*1[5-9]\d\d-\d\d-\d\d\s*", value)
    return bool(is_day) and value.strip()[:4] < str(OLD.year)


def serial_of(value: datetime, cell: RawCell) -> float:
    """Return the number under a date, which its file counts in days."""
    return cell.serial or to_excel(value)


def _refuse_likely_year(reader: Reader, value: datetime, cell: RawCell) -> None:
    serial = serial_of(value, cell)
    if serial in LIKELY_YEARS and not reader.has_old_dates:
        raise RefusedError(
            f"The cell holds the number {serial:g} and is formatted as a date, {shown(value)}: "
            f"it can be read as the year {serial:g} or as that day. Type {serial:g} in a cell "
            f"formatted as Text, or type the day there.",
            "year as date",
        )


def _about(text: str, column: Column) -> When | None:
    """Return a year that is only about right, or a decade, where the column takes one."""
    circa, decade = CIRCA.fullmatch(text), DECADE.fullmatch(text)
    if column.name not in ABOUT or not (circa or decade):
        return None
    if circa:
        return When.year_of(int(circa[1]), is_about=True)
    return When.decade_of(int(decade[1])) if decade else None


def _in_range(when: When, value: object, column: Column) -> When:
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


def _whole_year(value: float) -> When:
    """Return a year typed as a number."""
    if value in YEARS:
        return When.year_of(int(value))
    hint = DATE_HINT.replace("Type", "type")
    raise RefusedError(
        f"{shown(value)} is a number, not a date. Format the cell as a date, or {hint}",
        "number as date",
    )


def date_hint(column: Column) -> str:
    """Return how a date of this column is typed."""
    words = f", or write {' or '.join(column.also)}" if column.also else ""
    about = ", circa 1965 or 1960s" if column.name in ABOUT else ""
    return f"{DATE_HINT.rstrip('.')}{about}{words}."


def typed_date(text: str, column: Column) -> When:
    """Return a date typed as text."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        slashed = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
        if slashed:
            raise RefusedError(_two_readings(text, *map(int, slashed.groups())), "day or month")
        raise RefusedError(f"{quoted(text)} is not a date. {_likely(text) or date_hint(column)}")
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == 3:
            return When.day_of(date(*parts))
        return When.month_of(*parts) if len(parts) == 2 else When.year_of(*parts)
    except (ValueError, calendar.IllegalMonthError):
        hint = _likely(text) or DATE_HINT
        raise RefusedError(f'"{text}" is not in the calendar. {hint}') from None


def _likely(text: str) -> str:
    """Return what to type instead, where a part or another order of the text can stand."""
    zeros = re.fullmatch(r"(\d{4}-(?:0[1-9]|1[0-2]))-00|(\d{4})-00(?:-00)?", text)
    if zeros and not text.startswith("0000"):
        return f"Type {zeros[1] or zeros[2]}, as far as it is known."
    short, both = SHORT_YEAR.fullmatch(text), BOTH_YEARS.fullmatch(text)
    if short and int(short[2]) > int(short[1][2:]):
        return f"Type {short[1]} or {short[1][:2]}{short[2]}, the year in which it was."
    if both:
        return f"Type {both[1]} or {both[2]}, the year in which it was."
    turned = next((found for pattern in TURNED if (found := pattern.fullmatch(text))), None)
    if turned is None:
        return ""
    parts = [int(turned[name]) for name in ("y", "m", "d") if turned.groupdict().get(name)]
    try:
        date(*parts, *[1] * (3 - len(parts)))
    except ValueError:
        return ""
    return f"Type {'-'.join(f'{part:02}' for part in parts)}, if that is meant."


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
