"""How a date is kept with the precision it was given, and how months are counted."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, order=True)
class When:
    """A day, month, year or decade as the workbook gives it: the first and last day it may mean.

    `is_about`: the year is only about right.

    >>> str(When.month_of(2016, 4)), When.month_of(2016, 4).last.isoformat()
    ('2016-04', '2016-04-30')
    >>> str(When.decade_of(1960)), str(When.year_of(1965, is_about=True))
    ('1960s', 'circa 1965')
    """

    first: date
    last: date
    is_about: bool = field(default=False, compare=False)

    @classmethod
    def day_of(cls, day: date) -> "When":
        """Return one exact day."""
        return cls(day, day)

    @classmethod
    def month_of(cls, year: int, month: int) -> "When":
        """Return a whole month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year_of(cls, year: int, *, is_about: bool = False) -> "When":
        """Return a whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31), is_about)

    @classmethod
    def decade_of(cls, year: int) -> "When":
        """Return the ten years that begin with one."""
        return cls(date(year, 1, 1), date(year + 9, 12, 31))

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_exact:
            return self.first.isoformat()
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        if same_month:
            return self.first.isoformat()[:7]
        if self.first.year != self.last.year:
            return f"{self.first.year}s"
        return f"circa {self.first.year}" if self.is_about else str(self.first.year)


@dataclass(frozen=True, order=True)
class Period:
    """A reporting period: its first and last day, and the words it was written in."""

    first: date
    last: date
    label: str = field(compare=False)

    def __str__(self) -> str:
        return self.label

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def exceeds_year(self) -> bool:
        """Whether it is longer than a year, so that it counts in no single one."""
        return self.days > 365 and self.last >= add_months(self.first, 12)


@dataclass(frozen=True)
class Nested:
    """How periods lie within one another.

    `inside` maps a period to those directly within it, in order; `clashes` are pairs that overlap
    and of which neither holds the other.
    """

    inside: dict[Period, list[Period]]
    clashes: list[tuple[Period, Period]]


def nest(periods: Iterable[Period]) -> Nested:
    """Return how periods lie within one another; of equal ones one is looked at."""
    found, open_ = Nested({}, []), list[Period]()
    for period in sorted(set(periods), key=lambda p: (p.first, -p.last.toordinal())):
        while open_ and open_[-1].last < period.first:
            open_.pop()
        if open_ and period.last <= open_[-1].last:
            found.inside.setdefault(open_[-1], []).append(period)
        elif open_:
            found.clashes.append((open_[-1], period))
        open_.append(period)
    return found


def fills(period: Period, parts: Sequence[Period]) -> bool:
    """Whether periods in order cover another without a gap and without an overlap."""
    in_a_row = all(left.last + timedelta(days=1) == right.first for left, right in pairwise(parts))
    ends = bool(parts) and (parts[0].first, parts[-1].last) == (period.first, period.last)
    return ends and in_a_row


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of a shorter month.

    >>> add_months(date(2018, 12, 31), -24), add_months(date(2024, 2, 29), 12)
    (datetime.date(2016, 12, 31), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_years(start: date, end: date) -> int:
    """Return the completed years from `start` to `end`, as one counts an age."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def long_date(day: date) -> str:
    """Return a date as a committee reads it.

    >>> long_date(date(2018, 12, 31))
    '31 December 2018'
    """
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def spoken(when: object) -> str:
    """Return a date as a sentence says it, no more precise than it is known; words as they are.

    >>> spoken(When.day_of(date(2018, 4, 2))), spoken(When.month_of(2018, 4))
    ('2 April 2018', 'April 2018')
    """
    if not isinstance(when, When):
        return str(when)
    if when.is_exact:
        return long_date(when.first)
    is_month = when.first.replace(day=1) == when.last.replace(day=1)
    return f"{calendar.month_name[when.first.month]} {when.first.year}" if is_month else str(when)


def told_date(written: str | None) -> str:
    """Return a date that a result holds in ISO as a committee reads it; other words as they are.

    >>> told_date("2018-12-31"), told_date("its status changes"), told_date(None)
    ('31 December 2018', 'its status changes', '')
    """
    try:
        return long_date(date.fromisoformat(written or ""))
    except ValueError:
        return written or ""
