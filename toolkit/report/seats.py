"""How seats, choices at the cap, and the order of the work are set as tables and sentences."""

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Seat
from toolkit.report.findings import briefly
from toolkit.report.markup import Sentences, Table
from toolkit.report.outcomes import amount


def seats_sentence(counts: pd.DataFrame) -> Sentences:
    """Return the seats arithmetic in words."""
    row = next(counts.itertuples())
    lines = [row.reason]
    if row.short:
        lines.append(
            f"If all that ask were given a seat, {row.short} would be missing. Council can raise "
            "the cap, hand agreements on, or let some end at expiry; no agreement is proposed for "
            "sunset for want of a seat."
        )
    return Sentences(tuple(lines))


def seat_table(seats: pd.DataFrame) -> Table:
    """Return who holds, asks for or shares a seat."""
    groups: dict[tuple[str, str], list[str]] = {}
    for row in seats.itertuples():
        if row.decision != Seat.NONE:
            groups.setdefault((row.decision, row.reason), []).append(row.partner)
    order = list(Seat)
    ordered = sorted(groups.items(), key=lambda item: order.index(item[0][0]))
    rows = tuple((seat, len(who), briefly(who), why) for (seat, why), who in ordered)
    return Table("Seats", ("Seat", "Agreements", "Which", "Why"), rows, frozenset({1}))


def country_sentence(seats: pd.DataFrame) -> Sentences:
    """Return in which countries there is more than one relationship: a note, no defect."""
    several = seats[seats.in_country > 1].sort_values("country")
    counts = dict(zip(several.country, several.in_country, strict=True))
    if not counts:
        return Sentences(("No country has more than one relationship.",))
    words = listed(f"{country} ({count})" for country, count in counts.items())
    return Sentences((f"For note, more than one relationship in {words}.",))


def choice_table(choices: pd.DataFrame, policy: Policy) -> Table:
    """Return the groups at the cap of a class among which council chooses."""
    rows = tuple((row.Index, row.agreements, row.reason) for row in choices.itertuples())
    empty = (
        "No class is over its cap, and nobody is contested around it."
        if policy.cap.by_class
        else "No class has a cap of its own, so no agreement is ranked against the cap; the seats "
        "are counted and the exchange between classes is shown."
    )
    headings = ("Group", "Agreements", "Why")
    return Table("Choices at the cap of a class", headings, rows, empty=empty)


def exchange_table(exchange: pd.DataFrame, policy: Policy) -> Table:
    """Return what each seat moved between classes gains and loses."""
    rows = tuple((row.Index, row.gains, row.loses) for row in exchange.itertuples())
    headings = ("A seat moved from", "Gains, with its score", "Loses, with its score")
    note = "Scores of two classes are not comparable; nothing is netted. People decide."
    empty = (
        "Each class has its own cap, so no seat moves between classes."
        if policy.cap.by_class
        else "No scored agreement asks for a seat of another class, so no exchange is shown."
    )
    return Table("The exchange of seats", headings, rows, note=note if rows else "", empty=empty)


def sequence_sentence(sequence: pd.DataFrame, policy: Policy) -> Sentences:
    """Return how long the new terms take at the policy's numbers a year."""
    if sequence.empty:
        return Sentences(("No agreement waits for new terms.",))
    fewest, most = policy.counts.prioritised_per_year
    return Sentences(
        (
            f"{len(sequence)} agreements wait for new terms. At {most} a year the work is finished "
            f"in {sequence.at_most.max()}, at {fewest} a year in {sequence.at_least.max()}.",
        )
    )


def sequence_table(sequence: pd.DataFrame, policy: Policy) -> Table:
    """Return in which year each renegotiation is taken up."""
    fewest, most = policy.counts.prioritised_per_year
    rows = tuple(
        (row.partner, row.proposed, row.ends, row.at_most, row.at_least, row.reason)
        for row in sequence.itertuples()
    )
    headings = (
        "Agreement", "Proposed", "Ends", f"Year, at {most} a year", f"Year, at {fewest} a year",
        "Why",
    )  # fmt: skip
    empty = "No agreement waits for new terms."
    return Table("Sequence of new terms", headings, rows, frozenset({3, 4}), empty=empty)


def priority_table(priorities: pd.DataFrame) -> Table:
    """Return the economic agreements by score, and which the year is spent on."""
    rows = tuple(
        (row.partner, f"{row.mean:.0f}", row.decision, row.project, amount(row.planned_cost),
         row.missing)
        for row in priorities.itertuples()
    )  # fmt: skip
    headings = (
        "Agreement",
        "Score",
        "This year",
        "Project",
        "Planned cost",
        "Not ready for want of",
    )
    empty = "No economic agreement is scored, so none can be put first."
    return Table("Priorities of the year", headings, rows, frozenset({1, 4}), empty=empty)


def put_first(priorities: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of the agreements that are the year's priorities."""
    return tuple(priorities.index[priorities.decision == "priority"])


def sunset_table(sunsets: pd.DataFrame) -> Table:
    """Return the path of each agreement that is to end."""
    rows = tuple((row.partner, row.steps, row.reason) for row in sunsets.itertuples())
    note = "In public it is then called: concluded, historical."
    empty = "No agreement is to end."
    headings = ("Agreement", "Steps", "When")
    return Table("Paths of a sunset", headings, rows, note=note if rows else "", empty=empty)
