"""What a cell says of a reporting period: a year, a quarter, months, or a first and a last day."""

import re
from datetime import date, datetime, timedelta

from toolkit.files.days import YEARS, dated, typed_date
from toolkit.files.grid import RawCell
from toolkit.files.readings import Reader, RefusedError, shown
from toolkit.model.dates import Period, When, add_months
from toolkit.model.issues import quoted

YEAR = r"((?:19|20|21)\d\d)"
HINT = "Type 2018, 2018-Q1, 2018-04, 2018-04/2019-03 or 2018-04-01/2019-03-31."
PART = re.compile(rf"(?:FY\s*)?{YEAR}[-/ ]?([QH])([1-4])|([QH])([1-4])[-/ ]?(?:FY\s*)?{YEAR}", re.I)
PARTS = {"Q": (4, 3), "H": (2, 6)}  # how many there are in a year, and their months
RANGE = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)\s*[/\u2013]\s*(\d{4}-\d\d(?:-\d\d)?)")
TWO_YEARS = re.compile(rf"(?:FY\s*)?{YEAR}[/\u2013-](\d\d|{YEAR})", re.I)


def read_period(reader: Reader, value: object, cell: RawCell) -> Period:
    """Return a reporting period with the words it was written in."""
    if isinstance(value, datetime):
        return _from_date(reader, value, cell)
    text = shown(value)
    if re.fullmatch(rf"(?:FY\s*)?{YEAR}", text, re.I):
        return _year(reader, int(text[-4:]), text)
    part = PART.fullmatch(text)
    if part:
        year, letter, number = part.group(1, 2, 3) if part[1] else part.group(6, 4, 5)
        return _part(reader, int(year), letter.upper(), int(number), text)
    if re.fullmatch(rf"{YEAR}-(0\d|1[0-2])", text):
        return _month(reader, text)
    years, ends = TWO_YEARS.fullmatch(text), RANGE.fullmatch(text)
    if years:
        return _over_two_years(reader, int(years[1]), years[2], text)
    if not ends:
        raise RefusedError(f"{quoted(text)} is not a period. {HINT}", "period")
    first, last = (typed_date(end, reader.column) for end in ends.groups())
    if last.last < first.first:
        raise RefusedError(f'"{text}" ends before it starts.')
    if first.first.year not in YEARS or last.last.year not in YEARS:
        raise RefusedError(f'"{text}" is outside the years {YEARS[0]} to {YEARS[-1]}. {HINT}')
    return Period(first.first, last.last, text)


def read_year(reader: Reader, value: object, _cell: RawCell) -> int:
    """Return a reporting year by its name."""
    text = shown(value)
    if re.fullmatch(YEAR, text):
        _say_months(reader, int(text))
        return int(text)
    raise RefusedError(f"{quoted(text)} is not a year. Type it with four digits, such as 2018.")


def _year(reader: Reader, year: int, text: str) -> Period:
    _say_months(reader, year)
    first = reader.policy.year_end(year - 1) + timedelta(days=1)
    return Period(first, reader.policy.year_end(year), text)


def _say_months(reader: Reader, year: int) -> None:
    """Say which months a year means where its name alone does not."""
    policy = reader.policy
    if policy.has_calendar_years:
        return
    first, last = policy.year_end(year - 1) + timedelta(days=1), policy.year_end(year)
    message = (
        f"A reporting year has the name of its {policy.programme.year_named_by}: {year} is "
        f"{first}/{last}."
    )
    reader.note(message, touches=True, pattern="name of a year")


def _part(reader: Reader, year: int, letter: str, number: int, text: str) -> Period:
    """Return a quarter or a half of a reporting year."""
    number_of, months = PARTS[letter]
    if number > number_of:
        raise RefusedError(f"{quoted(text)} is not a period. {HINT}", "period")
    whole = _year(reader, year, text)
    first = add_months(whole.first, months * (number - 1))
    following = add_months(whole.first, months * number)
    return Period(first, following - timedelta(days=1), text)


def _month(reader: Reader, text: str) -> Period:
    """Return a month; 2009-10 may be a year where reporting years begin in another one."""
    year, month = int(text[:4]), text[-2:]
    if int(month) == (year + 1) % 100 and not reader.policy.has_calendar_years:
        raise RefusedError(
            f"{quoted(text)} can be read as a month or as the year {year}/{month}. "
            f"Type {year}/{month} for the year, or the first and last day of the month.",
            "month or year",
        )
    when = typed_date(text, reader.column)
    return Period(when.first, when.last, text)


def _over_two_years(reader: Reader, first: int, second: str, text: str) -> Period:
    """Return the reporting year that begins in one calendar year and ends in the next."""
    policy = reader.policy
    until = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if until <= first and second != "00":
        raise RefusedError(f"{quoted(text)} is not a period. {HINT}", "period")
    if int(second) not in (first + 1, (first + 1) % 100):
        raise RefusedError(
            f"{quoted(text)} is not a reporting year: its years do not follow each other. If it "
            f"is one period of several years, type {first}-01/{until}-12.",
            "period",
        )
    if policy.has_calendar_years:
        raise RefusedError(
            f"{quoted(text)} names two years, and the policy's reporting year is one calendar "
            f"year. Type {first} or {first + 1}, or its months, such as {first}-04/{first + 1}-03.",
            "period",
        )
    year = policy.year_of(date(first + 1, 1, 1))
    return Period(policy.year_end(year - 1) + timedelta(days=1), policy.year_end(year), text)


def _from_date(reader: Reader, value: datetime, cell: RawCell) -> Period:
    """Return the month or year that Excel made a date of; a single day is no period."""
    when: When = dated(value.date(), cell.number_format)
    follows = value.year >= 2000 and value.month == (value.year + 1) % 100
    if follows and not reader.policy.has_calendar_years:
        raise RefusedError(
            f"Excel made a date of this period: it can be read as {value:%Y-%m} or as the year "
            f"{value.year}/{value.month:02}. Format the cell as Text, type the period again.",
            "date as period",
        )
    if when.is_exact:
        raise RefusedError(
            f"The cell holds the day {shown(value)}, not a period. Format it as Text. {HINT}",
            "date as period",
        )
    reader.note(f"The date {when} was read as the period {when}.", pattern="date as period")
    return Period(when.first, when.last, str(when))
