"""How seats, choices at the cap, and the order of the work are set as tables and sentences."""

from dataclasses import replace

from toolkit.model.countries import country_key
from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import listed
from toolkit.model.told import fact, tell
from toolkit.model.vocabulary import Seat
from toolkit.report import markup
from toolkit.report.charts import Bar, Bars, Chart, scaled
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.review import briefly
from toolkit.report.view import Found, Made, View, partners_by

SHORT = (
    "If all that ask were given a seat, {short} would be missing. Council can raise the cap, hand "
    "agreements on, or let some end at expiry; no agreement is proposed for sunset for want of a "
    "seat."
)


def seats_sentence(counts: Table[Result]) -> Sentences:
    """Return the three counts of seats in words, and what is short if all that ask got one."""
    row = counts.rows[0]
    lines = [row.reason]
    if row.short:
        lines.append(tell(SHORT, short=fact("seats.short", row.short)))
    return Sentences(tuple(lines))


def seat_table(seats: Table[Result]) -> markup.HtmlTable:
    """Return who holds, asks for or shares a seat as proposed."""
    groups = partners_by(seats.where(lambda row: row.decision != Seat.NONE), "decision", "reason")
    order = list(Seat)
    ordered = sorted(groups.items(), key=lambda item: order.index(item[0][0]))
    rows = tuple((seat, len(who), briefly(who), why) for (seat, why), who in ordered)
    return markup.HtmlTable(
        "Seats as proposed", ("Seat", "Agreements", "Which", "Why"), rows, frozenset({1})
    )


def country_sentence(seats: Table[Result]) -> Sentences:
    """Return in which countries there is more than one relationship: a note, no defect."""
    spelt = {country_key(row.country): row for row in seats if row.in_country > 1}
    counts = {row.country: row.in_country for row in spelt.values()}
    if not counts:
        return Sentences(("No country has more than one relationship.",))
    words = listed(f"{country} ({counts[country]})" for country in sorted(counts))
    return Sentences((f"For note, more than one relationship in {words}.",))


def plot_seats(counts: Table[Result]) -> Part:
    """Return the seats today, as proposed, and with every motion adopted, drawn and in words."""
    row = counts.rows[0]
    held = {
        "Held today": row.today, "As proposed": row.proposed, "All motions adopted": row.adopted,
    }  # fmt: skip
    scale = scaled([*held.values(), row.cap or 0])
    rows = tuple(
        Bars(name, (Bar(0, count / scale, hollow=name != "Held today"),), str(count))
        for name, count in held.items()
    )
    if row.cap is None:
        return Chart("No cap is set", rows)
    message = tell(
        "With every motion adopted, {adopted} of {cap} seats would be held",
        adopted=fact("seats.adopted", row.adopted),
        cap=fact("seats.cap", row.cap),
    )
    chart = Chart(message, rows, ((row.cap / scale, f"cap {row.cap}"),))
    return Stack(chart, seats_sentence(counts))


choices_at_the_cap = View(
    "choices_at_the_cap",
    "Choices at the cap of a class",
    ("group", "agreements", "reason"),
    headings={"reason": "Why"},
    empty="No class is over its cap, and nobody is contested around it.",
)
NO_CAP_BY_CLASS = (
    "No class has a cap of its own, so no agreement is ranked against the cap; the seats are "
    "counted and the exchange between classes is shown."
)


def choice_table(results: Found) -> markup.HtmlTable:
    """Return the groups at the cap of a class among which council chooses."""
    found = choices_at_the_cap(results)
    return found if results.policy.cap.by_class else replace(found, empty=NO_CAP_BY_CLASS)


seat_exchange = View(
    "seat_exchange",
    "The exchange of seats",
    ("step", "gains", "loses"),
    headings={
        "step": "A seat moved from",
        "gains": "Gains, with its score",
        "loses": "Loses, with its score",
    },
    note="Scores of two classes are not comparable; nothing is netted. People decide.",
    empty="No scored agreement asks for a seat of another class, so no exchange is shown.",
)
CAP_BY_CLASS = "Each class has its own cap, so no seat moves between classes."


def exchange_table(results: Found) -> markup.HtmlTable:
    """Return what each seat moved between classes gains and loses."""
    found = seat_exchange(results)
    return replace(found, empty=CAP_BY_CLASS) if results.policy.cap.by_class else found


def sequence_sentence(sequence: Table[Result], policy: Policy) -> Sentences:
    """Return how long the new terms take at the policy's numbers a year."""
    if not sequence:
        return Sentences(("No agreement waits for new terms.",))
    fewest, most = policy.counts.prioritised_per_year
    soonest = max(row.at_most for row in sequence)
    latest = max(row.at_least for row in sequence)
    return Sentences(
        (
            f"{len(sequence)} agreements wait for new terms. At {most} a year the work is finished "
            f"in {soonest}, at {fewest} a year in {latest}.",
        )
    )


order_of_new_terms = View(
    "sequence",
    "Sequence of new terms",
    ("partner", "proposed", "ends", "at_most", "at_least", "reason"),
    empty="No agreement waits for new terms.",
)


def sequence_table(results: Found) -> markup.HtmlTable:
    """Return in which year each renegotiation is taken up."""
    fewest, most = results.policy.counts.prioritised_per_year
    years = {"at_most": f"Year, at {most} a year", "at_least": f"Year, at {fewest} a year"}
    return replace(order_of_new_terms, headings={"reason": "Why", **years})(results)


priorities_of_the_year = View(
    "priorities",
    "Priorities of the year",
    (
        "partner",
        Made("Score", lambda row: f"{row.mean:.0f}", is_number=True),
        "decision",
        "project",
        Made("Planned cost", lambda row: f"{row.planned_cost or 0:,.0f}", is_number=True),
    ),
    where=lambda row: not row.missing,
    empty="No economic agreement is scored and ready, so none can be put first.",
)


paths_of_a_sunset = View(
    "sunset_paths",
    "Paths of a sunset",
    ("partner", "reason"),
    headings={"reason": "When"},
    note="The partner is notified, the sponsor and the Councillor are heard, it is offered to "
    "local partners, and its record is kept. In public it is then called: concluded, historical.",
    empty="No agreement is to end.",
)
