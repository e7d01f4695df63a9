r"""The decision calendar as iCalendar text, to be subscribed to from any calendar program.

Source: RFC 5545. The same dates give the same bytes: the stamp is the date of the review, and an
event is known by a hash of its programme, agreement, day and subject.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date

import pandas as pd

from toolkit.report.tables import NO_DATE

LINE_OCTETS = 75
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar_text(deadlines: pd.DataFrame, *, title: str, as_of: date) -> str:
    """Return the calendar with one event of a whole day for each deadline.

    Parameters
    ----------
    deadlines
        The result of `find_deadlines`, or the rows of it that may be shown.
    title
        Name of the programme; it closes each description and tells two programmes apart.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Partnerships//Decision calendar//EN"]
    for event in dict.fromkeys(_event(row, title, as_of) for row in deadlines.itertuples()):
        lines += event
    if deadlines.empty:
        lines += _note(title, as_of)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in fold(line))


def _event(row: tuple, title: str, as_of: date) -> tuple[str, ...]:
    day = date.fromisoformat(row.on)
    return (
        "BEGIN:VEVENT",
        *_identity(as_of, title, row.Index, row.on, row.decision),
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{escape(f'{row.partner}: {row.decision}')}",
        f"DESCRIPTION:{escape(f'{row.reason} {title}, {row.Index}.')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _note(title: str, as_of: date) -> list[str]:
    """Return a journal entry: a calendar must hold something, and there is no event."""
    return [
        "BEGIN:VJOURNAL",
        *_identity(as_of, title, NO_DATE),
        f"DTSTART;VALUE=DATE:{as_of:%Y%m%d}",
        f"SUMMARY:{escape(f'{title}: {NO_DATE}')}",
        "END:VJOURNAL",
    ]


def _identity(as_of: date, *parts: str) -> list[str]:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
    return [f"UID:{digest}", f"DTSTAMP:{as_of:%Y%m%d}T000000Z"]


def escape(text: str) -> str:
    r"""Return a text as a value of a calendar property.

    >>> escape("Milan, Italy; a\\b")
    'Milan\\, Italy\\; a\\\\b'
    """
    lines = re.sub(r"[\\;,]", r"\\\g<0>", text).splitlines()
    return r"\n".join(CONTROLS.sub("", line) for line in lines)


def fold(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets; a character is never split.

    >>> [len(part) for part in fold("x" * 80)]
    [75, 6]
    """
    part = ""
    for character in line:
        if len((part + character).encode()) > LINE_OCTETS:
            yield part
            part = " "
        part += character
    yield part
