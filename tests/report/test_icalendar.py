"""The calendar file follows RFC 5545 and is the same for the same dates."""

from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from toolkit.assess.deadlines import Deadline, find_deadlines
from toolkit.files.calendar_file import calendar_bytes
from toolkit.model.results import Table

COLUMNS = ("agreement_id", "decision", "reason", "on", "partner")


def deadlines(*rows):
    """Return deadlines from (id, what, why, day, partner)."""
    records = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
    return Table(Deadline, (Deadline(public=True, **record) for record in records))


ENDS = ("A-1", "Agreement ends", "Renew it.", "2026-06-30", "Milan")


def read(content):
    """Return the components of a calendar as (name, properties), as a reader of calendars does."""
    calendar = Calendar.from_ical(content)
    return [
        (part.name, {key: _plain(part[key]) for key in part}) for part in calendar.subcomponents
    ]


def _plain(value):
    return str(value.dt) if hasattr(value, "dt") else str(value)


def test_a_deadline_is_an_event_of_a_whole_day():
    ((name, event),) = read(calendar_bytes(deadlines(ENDS), title="Programme", as_of=TODAY))
    assert name == "VEVENT"
    assert event["DTSTART"] == "2026-06-30"
    assert event["DTSTAMP"] == "2025-12-31 00:00:00+00:00"
    assert event["SUMMARY"] == "Milan: Agreement ends"
    assert event["DESCRIPTION"] == "Renew it. Programme, A-1."


def test_the_head_names_version_and_product():
    calendar = Calendar.from_ical(calendar_bytes(deadlines(ENDS), title="P", as_of=TODAY))
    assert (calendar["VERSION"], calendar["PRODID"][:2]) == ("2.0", "-/")


def test_an_internal_calendar_says_so_in_its_name_and_in_every_event():
    internal = Calendar.from_ical(calendar_bytes(deadlines(ENDS), title="P", as_of=TODAY))
    assert internal["X-WR-CALNAME"] == "Internal draft advice: P"
    assert {event["CLASS"] for event in internal.events} == {"CONFIDENTIAL"}
    content = calendar_bytes(deadlines(ENDS), title="P", as_of=TODAY, is_public=True)
    assert b"nternal" not in content
    assert b"CLASS:PUBLIC" in content


def test_every_line_ends_in_crlf_and_holds_75_octets_at_most():
    long = ("A-1", "Prüfung " * 20, "Überblick; " * 30, "2026-06-30", "São Paulo")
    text = calendar_bytes(deadlines(long), title="Zürich", as_of=TODAY).decode()
    assert not set(text.replace("\r\n", "")) & {"\r", "\n"}
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_an_event_keeps_its_name_and_no_two_share_one():
    rows = [ENDS, ("A-2", *ENDS[1:]), ("A-1", "Other", *ENDS[2:]), (*ENDS[:3], "2026-07-01", "M")]
    first = read(calendar_bytes(deadlines(*rows), title="P", as_of=TODAY))
    later = read(calendar_bytes(deadlines(*rows[::-1]), title="P", as_of=date(2026, 1, 31)))
    names = [event["UID"] for _, event in first]
    assert len(set(names)) == 4
    assert names == [event["UID"] for _, event in later][::-1]


def test_the_same_date_said_twice_is_one_event():
    assert len(read(calendar_bytes(deadlines(ENDS, ENDS), title="P", as_of=TODAY))) == 1


def test_two_programmes_never_share_an_event():
    texts = [calendar_bytes(deadlines(ENDS), title=title, as_of=TODAY) for title in ("P", "Q")]
    assert read(texts[0])[0][1]["UID"] != read(texts[1])[0][1]["UID"]


def test_a_calendar_without_dates_is_still_a_calendar():
    ((name, entry),) = read(calendar_bytes(deadlines(), title="P", as_of=TODAY))
    assert (name, entry["SUMMARY"]) == ("VJOURNAL", "P: No date ahead is on record.")


@pytest.mark.parametrize("text", ["BEGIN:VALARM", "a\r\nATTACH:http://x", "a\nb\n", "x\x00\x1by"])
def test_no_text_becomes_a_line_of_the_calendar(text):
    row = ("A-1", text, text, "2026-06-30", text)
    ((_, event),) = read(calendar_bytes(deadlines(row), title=text, as_of=TODAY))
    assert set(event) == {
        "UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "TRANSP", "CLASS",
    }  # fmt: skip


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])))
def test_a_text_comes_back_as_it_was(text):
    row = ("A-1", text, "Why.", "2026-06-30", "Milan")
    ((_, event),) = read(calendar_bytes(deadlines(row), title="P", as_of=TODAY))
    assert event["SUMMARY"] == f"Milan: {text}"


def test_the_deadlines_of_a_portfolio_are_read_back(policy):
    portfolio = make_portfolio(policy, agreement(ends=day("2027-12-31")))
    table = find_deadlines(portfolio, policy, as_of=TODAY)
    found = read(calendar_bytes(table, title="Test", as_of=TODAY))
    days = [event["DTSTART"] for _, event in found]
    assert days == [row.on for row in table]
