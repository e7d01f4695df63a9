r"""How dates are read: ages and ends, the decision calendar, and that calendar as iCalendar text.

Source of the last: RFC 5545. It can be subscribed to from any calendar program; the same dates give
the same bytes: the stamp is the date of the review, and an event is known by a hash of its
programme, agreement, day and subject.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date

from toolkit.model.results import Result, Table
from toolkit.report import markup
from toolkit.report.drawing import BLUE, INK, cut, draw_svg
from toolkit.report.markup import Figure, Sentences
from toolkit.report.view import View, partners_by

NO_DATE = "No date ahead is on record."
LINE_OCTETS = 75
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


terms_by_age = View(
    "terms",
    "Ages and ends of agreements in force",
    ("partner", "classification", "signed", "age_years", "decision"),
    order=lambda row: (-(row.age_years or -1), row.partner),
)


def term_sentence(terms: Table[Result]) -> Sentences:
    """Return one agreement's age and end in words."""
    return Sentences(
        tuple(row.reason for row in terms) or ("It is not in force, so no term runs.",)
    )


def plot_ages(terms: Table[Result], *, as_of: date) -> Figure | Sentences:
    """Return a time line of the agreements in force; hatched where no end is known."""
    dated = [row for row in terms if row.signed]
    if not dated:
        return Sentences(("No year of signing is on record, so no time line can be drawn.",))
    ordered = sorted(dated, key=lambda row: (row.signed.first, row.partner), reverse=True)
    unknown = sum(row.decision in ("open-ended", "end not on record") for row in ordered)
    oldest = ordered[-1]
    title = f"{unknown} of {len(ordered)} agreements have no known end"
    alt = (
        f"Time line of {len(ordered)} agreements. {title}. The oldest is {oldest.partner}, signed "
        f"{oldest.signed}, {oldest.age_years} years before {as_of.isoformat()}."
    )

    def draw(axes: object) -> None:
        for position, row in enumerate(ordered):
            ends = getattr(row.ends, "last", None)
            start, stop = _year(row.signed.first), _year(ends or as_of)
            hatch = None if ends else "////"
            face = BLUE if ends else "white"
            axes.barh(position, stop - start, left=start, color=face, edgecolor=BLUE, hatch=hatch)
            axes.text(start - 0.4, position, str(row.signed)[:4], ha="right", va="center", size=9)
        names = [cut(f"{row.partner}, {row.classification}") for row in ordered]
        axes.set_yticks(range(len(ordered)), names)
        axes.axvline(_year(as_of), color=INK, linewidth=1)
        axes.set_xlim(_year(ordered[-1].signed.first) - 4, None)
        axes.xaxis.get_major_locator().set_params(integer=True)

    caption = f"{title}. Hatched: open-ended or end not on record; the line is the date of review."
    return Figure(draw_svg(draw, height=0.32 * len(ordered) + 0.8), alt, caption)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def deadline_table(
    deadlines: Table[Result], *, caption: str = "Decision calendar", empty: str = NO_DATE
) -> markup.HtmlTable:
    """Return the decision calendar: agreements with the same deadline share a row."""
    groups = partners_by(deadlines, "on", "decision", "reason")
    rows = tuple(
        (on, what, "; ".join(partners), why) for (on, what, why), partners in groups.items()
    )
    return markup.HtmlTable(caption, ("On", "What", "Agreements", "Why"), rows, empty=empty)


def overdue_table(overdue: Table[Result]) -> markup.HtmlTable:
    """Return what should have been done before the date of the review."""
    return deadline_table(overdue, caption="Overdue", empty="Nothing on record is overdue.")


def calendar_text(deadlines: Table[Result], *, title: str, as_of: date) -> str:
    """Return the calendar with one event of a whole day for each deadline.

    Parameters
    ----------
    deadlines
        The result of `find_deadlines`, or the rows of it that may be shown.
    title
        Name of the programme; it closes each description and tells two programmes apart.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Partnerships//Decision calendar//EN"]
    for event in dict.fromkeys(_event(row, title, as_of) for row in deadlines):
        lines += event
    if not deadlines:
        lines += _note(title, as_of)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in fold(line))


def _event(row: Result, title: str, as_of: date) -> tuple[str, ...]:
    day = date.fromisoformat(row.on)
    return (
        "BEGIN:VEVENT",
        *_identity(as_of, title, row.agreement_id, row.on, row.decision),
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{escape(f'{row.partner}: {row.decision}')}",
        f"DESCRIPTION:{escape(f'{row.reason} {title}, {row.agreement_id}.')}",
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
