"""How a date is kept with the precision it was given, and how months are counted."""

import calendar
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, order=True)
class When:
    """A day, month or year as the workbook gives it: the first and the last day it may mean.

    >>> str(When.month_of(2016, 4)), When.month_of(2016, 4).last.isoformat()
    ('2016-04', '2016-04-30')
    """

    first: date
    last: date

    @classmethod
    def day_of(cls, day: date) -> "When":
        """Return one exact day."""
        return cls(day, day)

    @classmethod
    def month_of(cls, year: int, month: int) -> "When":
        """Return a whole month."""
        return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))

    @classmethod
    def year_of(cls, year: int) -> "When":
        """Return a whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_exact:
            return self.first.isoformat()
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        return self.first.isoformat()[:7] if same_month else str(self.first.year)


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
