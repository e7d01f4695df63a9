"""How dates are read: ages and ends, and the decision calendar."""

from collections import defaultdict
from datetime import date

from toolkit.model.dates import When, long_date, told_date
from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, listed
from toolkit.report import markup
from toolkit.report.charts import Bar, Bars, Chart
from toolkit.report.markup import Part, Sentences
from toolkit.report.view import partners_by

NO_DATE = "No date ahead is on record."
RING = "Ring: a day before its end on which something is due."
MONTHS_AHEAD = 18  # of the calendar on a page; the file of deadlines holds all


def term_sentence(terms: Table[Result]) -> Sentences:
    """Return one agreement's age and end in words."""
    return Sentences(
        tuple(row.reason for row in terms) or ("It is not in force, so no term runs.",)
    )


def plot_ages(terms: Table[Result], *, as_of: date) -> Part:
    """Return since when each agreement in force runs; hollow where no end is known."""
    dated = [row for row in terms if row.signed]
    if not dated:
        return Sentences(("No year of signing is on record, so no time line can be drawn.",))
    ordered = sorted(dated, key=lambda row: (row.signed.first, row.partner))
    first, last = ordered[0].signed.first.year, as_of.year + 1
    unknown = sum(not hasattr(row.ends, "last") for row in ordered)
    rows = tuple(_since(row, first, last - first) for row in ordered)
    decades = range(first - first % 10 + 10, last, 10)
    lines = tuple(((year - first) / (last - first), str(year)) for year in decades)
    message = f"{unknown} of {how_many(len(ordered), 'agreement')} have no known end"
    note = "At the end: since when. Hollow: open-ended, or no end on record."
    return Chart(message, rows, lines, is_grid=True, note=note)


def _since(row: Result, begins: int, years: int) -> Bars:
    start = (_year(row.signed.first) - begins) / years
    hollow = not hasattr(row.ends, "last")
    first, last = row.signed.first.year, row.signed.last.year
    since = str(first if first == last else row.signed)
    return Bars(row.partner, (Bar(start, 1, hollow),), since)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def plot_terms(terms: Table[Result], deadlines: Table[Result], *, as_of: date) -> Part:
    """Return the months ahead: when each dated agreement ends, and the days to decide on it.

    A ring is a day on which something falls due before the end. Where none ends, it is the ages.
    """
    until = _months_on(as_of, MONTHS_AHEAD)
    ends = {row.agreement_id: row.ends.last for row in terms if hasattr(row.ends, "last")}
    days: dict[str, list[date]] = defaultdict(list)
    for row in _within(deadlines, until):
        days[row.agreement_id].append(date.fromisoformat(row.on))
    shown = [row for row in terms if row.agreement_id in ends and as_of <= ends[row.agreement_id]]
    shown = [row for row in shown if ends[row.agreement_id] <= until or days[row.agreement_id]]
    if not shown:
        return plot_ages(terms, as_of=as_of)
    span = (until - as_of).days
    ordered = sorted(shown, key=lambda row: (ends[row.agreement_id], row.partner))
    rows = tuple(
        Bars(
            row.partner,
            (Bar(0, min((ends[row.agreement_id] - as_of).days / span, 1)),),
            f"{ends[row.agreement_id].day} {ends[row.agreement_id]:%b %Y}",
            tuple(
                (on - as_of).days / span
                for on in sorted({*days[row.agreement_id]})
                if on < ends[row.agreement_id]
            ),
        )
        for row in ordered
    )
    ending = sum(ends[row.agreement_id] <= until for row in ordered)
    message = (
        f"{how_many(ending, 'agreement')} {'ends' if ending == 1 else 'end'} by {long_date(until)}"
    )
    if later := len(ordered) - ending:
        message += f"; {later} more {'has' if later == 1 else 'have'} a day to decide before then"
    lines = tuple(
        ((_months_on(as_of, month) - as_of).days / span, f"{_months_on(as_of, month):%Y-%m}")
        for month in range(0, MONTHS_AHEAD + 1, 6)
    )
    return Chart(message, rows, lines, is_grid=True, note=RING)


def months_ahead(deadlines: Table[Result], *, as_of: date) -> markup.HtmlTable:
    """Return what falls due in the months ahead, in one row for each month."""
    until = _months_on(as_of, MONTHS_AHEAD)
    days = partners_by(_within(deadlines, until), "on", "decision").items()
    months: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (written, what), partners in days:
        on = date.fromisoformat(written)
        months[f"{on:%B %Y}"][f"{on.day} {on:%B}"].append(f"{what}, {listed(partners)}")
    rows = tuple(
        (month, tuple(f"{day}: {'; '.join(told)}" for day, told in some.items()))
        for month, some in months.items()
    )
    caption = f"What falls due by {long_date(until)}"
    return markup.HtmlTable(caption, ("Month", "On, what, whose"), rows, empty=NO_DATE)


def overdue_sentences(overdue: Table[Result]) -> Sentences:
    """Return what should have been done before the day of the review, one line each."""
    if not overdue:
        return Sentences(())
    told = (f"{row.partner}: {row.decision}, {told_date(row.on)}" for row in overdue)
    return Sentences((f"Overdue: {'; '.join(told)}.",))


def _within(deadlines: Table[Result], until: date) -> list[Result]:
    return [row for row in deadlines if date.fromisoformat(row.on) <= until]


def _months_on(day: date, months: int) -> date:
    """Return the last day of the month that lies so many months on."""
    at = day.year * 12 + day.month - 1 + months
    return When.month_of(at // 12, at % 12 + 1).last


def deadline_table(
    deadlines: Table[Result], *, caption: str = "Decision calendar", empty: str = NO_DATE
) -> markup.HtmlTable:
    """Return the decision calendar: agreements with the same deadline share a row."""
    groups = partners_by(deadlines, "on", "decision", "reason")
    rows = tuple(
        (on, what, "; ".join(partners), why) for (on, what, why), partners in groups.items()
    )
    return markup.HtmlTable(caption, ("On", "What", "Agreements", "Why"), rows, empty=empty)
