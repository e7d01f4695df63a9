"""Dates keep the precision they were given, and months are counted as people count them."""

from datetime import date

import pytest

from toolkit.model.dates import Period, When, add_months, long_date, whole_years


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "shown", "first", "last"),
    [
        (When.day_of(day("2018-04-02")), "2018-04-02", "2018-04-02", "2018-04-02"),
        (When.month_of(2024, 2), "2024-02", "2024-02-01", "2024-02-29"),
        (When.year_of(1986), "1986", "1986-01-01", "1986-12-31"),
    ],
)
def test_a_date_shows_only_what_is_known(when, shown, first, last):
    assert (str(when), when.first, when.last) == (shown, day(first), day(last))
    assert when.is_exact == (first == last)


def test_dates_of_any_precision_sort_by_their_first_day():
    year, month, exact = When.year_of(2018), When.month_of(2018, 4), When.day_of(day("2018-04-02"))
    assert sorted([exact, month, year]) == [year, month, exact]


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2018-12-31", -24, "2016-12-31"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2018-01-31", 1, "2018-02-28"),
        ("2018-12-15", 1, "2019-01-15"),
        ("2018-01-15", -1, "2017-12-15"),
        ("2018-05-31", 0, "2018-05-31"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(start, months, end):
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2016-04-02", "2018-04-01", 1),
        ("2016-04-02", "2018-04-02", 2),
        ("2018-04-02", "2018-05-01", 0),
    ],
)
def test_years_are_complete_on_the_anniversary(start, end, years):
    assert whole_years(day(start), day(end)) == years


def test_a_period_counts_both_its_ends():
    period = Period(day("2018-04-01"), day("2019-03-31"), "2018/19")
    assert (period.days, str(period)) == (365, "2018/19")


def test_a_committee_reads_a_date_in_words():
    assert long_date(day("2018-12-01")) == "1 December 2018"
