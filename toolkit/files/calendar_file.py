"""The days ahead as a calendar that any calendar program can subscribe to (RFC 5545).

The same dates give the same bytes: the stamp is the date of the review, and an event is known by a
hash of its programme, agreement, day and subject.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Protocol

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

NO_DATE = "No date ahead is on record."
PRODUCT = "-//Partnerships//Decision calendar//EN"


class DayAhead(Protocol):
    """A day on which something is due, in ISO: what, of whom, and why."""

    on: str
    partner: str
    decision: str
    reason: str
    agreement_id: str


def calendar_bytes(
    deadlines: Iterable[DayAhead], *, title: str, as_of: date, is_public: bool = False
) -> bytes:
    """Return the calendar with one event of a whole day for each deadline.

    Parameters
    ----------
    title
        Name of the programme; it closes each description and tells two programmes apart.
    is_public
        Whether all of it may be published; else every event and the calendar's name say that it
        is internal.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    name = title if is_public else f"Internal draft advice: {title}"
    calendar.add("x-wr-calname", " ".join(_bare(name).split()))  # of one line
    events = {
        (row.agreement_id, row.on, row.decision, row.reason, row.partner): row for row in deadlines
    }
    for row in events.values():
        calendar.add_component(_event(row, title, as_of, is_public=is_public))
    if not events:
        calendar.add_component(_note(title, as_of))
    return calendar.to_ical()


def _event(row: DayAhead, title: str, as_of: date, *, is_public: bool) -> object:
    from icalendar import Event

    event = Event()
    _identify(event, as_of, title, row.agreement_id, row.on, row.decision)
    event.add("dtstart", date.fromisoformat(row.on))
    event.add("summary", _bare(f"{row.partner}: {row.decision}"))
    event.add("description", _bare(f"{row.reason} {title}, {row.agreement_id}.".strip()))
    event.add("class", "PUBLIC" if is_public else "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    return event


def _note(title: str, as_of: date) -> object:
    """Return a journal entry: a calendar must hold something, and there is no event."""
    from icalendar import Journal

    note = Journal()
    _identify(note, as_of, title, NO_DATE)
    note.add("dtstart", as_of)
    note.add("summary", _bare(f"{title}: {NO_DATE}"))
    return note


def _identify(component: object, as_of: date, *parts: str) -> None:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    component.add("uid", digest)  # type: ignore[attr-defined]  # a component of icalendar
    component.add("dtstamp", datetime.combine(as_of, time(), UTC))  # type: ignore[attr-defined]


def _bare(text: str) -> str:
    """Return a text without the characters that no calendar may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
