"""The calendar file follows RFC 5545 and is the same for the same dates."""

from datetime import date

import pytest
from factory import TODAY, agreement, day, make_portfolio
from hypothesis import given
from hypothesis import strategies as st

from toolkit.assess.deadlines import Deadline, find_deadlines
from toolkit.model.results import Table
from toolkit.report.calendar import calendar_text, escape, fold

COLUMNS = ("agreement_id", "decision", "reason", "on", "partner")


def deadlines(*rows):
    """Return deadlines from (id, what, why, day, partner)."""
    records = (dict(zip(COLUMNS, row, strict=True)) for row in rows)
    return Table(Deadline, (Deadline(public=True, **record) for record in records))


ENDS = ("A-1", "Agreement ends", "Renew it.", "2026-06-30", "Milan")


def read(text):
    """Return the components of a calendar as (name, properties), unfolded, read by hand."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    components, current = [], None
    for line in lines[1:-1]:
        name, value = line.split(":", 1)
        if name == "BEGIN":
            current = (value, {})
        elif name == "END":
            assert current[0] == value
            components.append(current)
            current = None
        elif current:
            assert name not in current[1]
            current[1][name] = value
    return components


def unescape(value):
    """Return a text as it was before it was escaped."""
    parts = value.split("\\\\")
    return "\\".join(p.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",") for p in parts)


def test_a_deadline_is_an_event_of_a_whole_day():
    ((name, event),) = read(calendar_text(deadlines(ENDS), title="Programme", as_of=TODAY))
    assert name == "VEVENT"
    assert event["DTSTART;VALUE=DATE"] == "20260630"
    assert event["DTSTAMP"] == "20251231T000000Z"
    assert event["SUMMARY"] == "Milan: Agreement ends"
    assert unescape(event["DESCRIPTION"]) == "Renew it. Programme, A-1."


def test_the_head_names_version_and_product():
    text = calendar_text(deadlines(ENDS), title="P", as_of=TODAY)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")


def test_every_line_ends_in_crlf_and_holds_75_octets_at_most():
    long = ("A-1", "Prüfung " * 20, "Überblick; " * 30, "2026-06-30", "São Paulo")
    text = calendar_text(deadlines(long), title="Zürich", as_of=TODAY)
    assert not set(text.replace("\r\n", "")) & {"\r", "\n"}
    assert max(len(line.encode()) for line in text.split("\r\n")) == 75


def test_an_event_keeps_its_name_and_no_two_share_one():
    rows = [ENDS, ("A-2", *ENDS[1:]), ("A-1", "Other", *ENDS[2:]), (*ENDS[:3], "2026-07-01", "M")]
    first = read(calendar_text(deadlines(*rows), title="P", as_of=TODAY))
    later = read(calendar_text(deadlines(*rows[::-1]), title="P", as_of=date(2026, 1, 31)))
    names = [event["UID"] for _, event in first]
    assert len(set(names)) == 4
    assert names == [event["UID"] for _, event in later][::-1]


def test_the_same_date_said_twice_is_one_event():
    assert len(read(calendar_text(deadlines(ENDS, ENDS), title="P", as_of=TODAY))) == 1


def test_two_programmes_never_share_an_event():
    texts = [calendar_text(deadlines(ENDS), title=title, as_of=TODAY) for title in ("P", "Q")]
    assert read(texts[0])[0][1]["UID"] != read(texts[1])[0][1]["UID"]


def test_a_calendar_without_dates_is_still_a_calendar():
    ((name, entry),) = read(calendar_text(deadlines(), title="P", as_of=TODAY))
    assert (name, entry["SUMMARY"]) == ("VJOURNAL", "P: No date ahead is on record.")


@pytest.mark.parametrize("text", ["BEGIN:VALARM", "a\r\nATTACH:http://x", "a\nb\n", "x\x00\x1by"])
def test_no_text_becomes_a_line_of_the_calendar(text):
    row = ("A-1", text, text, "2026-06-30", text)
    ((_, event),) = read(calendar_text(deadlines(row), title=text, as_of=TODAY))
    assert set(event) == {
        "UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "DESCRIPTION", "TRANSP",
    }  # fmt: skip


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"])))
def test_a_text_comes_back_as_it_was(text):
    assert unescape(escape(text)) == text


@given(st.text(st.characters(codec="utf-8")))
def test_a_folded_line_is_whole_when_unfolded(line):
    parts = list(fold(line))
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert all(part[0] == " " for part in parts[1:])
    assert all(len(part.encode()) <= 75 for part in parts)


def test_the_deadlines_of_a_portfolio_are_read_back(policy):
    portfolio = make_portfolio(policy, agreement(ends=day("2027-12-31")))
    table = find_deadlines(portfolio, policy, as_of=TODAY)
    found = read(calendar_text(table, title="Test", as_of=TODAY))
    days = [event["DTSTART;VALUE=DATE"] for _, event in found]
    assert days == [row.on.replace("-", "") for row in table]
