"""Whether each agreement is published: its text, its goals, its timeline, its outcomes.

Source: domain, section 10, R9, and step P4 of the process: the four public items of an agreement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement


@dataclass(frozen=True)
class Item:
    """One item to publish: what it is called and the column with the day it was published."""

    name: str
    column: str


OUTCOMES = "published_outcomes"
ITEMS = (
    Item("signed text", "published_text"),
    Item("goals", "published_goals"),
    Item("timeline", "published_timeline"),
    Item("outcomes", OUTCOMES),
)
COLUMNS = tuple(item.column for item in ITEMS)
ALL_FOUR = "all four"


@result(key="agreement_id", serves=("R9", "P4"))
class Publication(Result):
    """What of one agreement in force is published; a day after the review is not known yet."""

    agreement_id: str = out("Id")
    decision: str = out("Published", '"n of 4".')
    partner: str = out("Agreement")
    published_text: When | None = out("Signed text", fmt=Format.DATE)
    published_goals: When | None = out("Goals", fmt=Format.DATE)
    published_timeline: When | None = out("Timeline", fmt=Format.DATE)
    published_outcomes: When | None = out("Outcomes", fmt=Format.DATE)
    complete: int = out("Items published", fmt=Format.COUNT)
    missing: tuple[str, ...] = out("Not on record as published", fmt=Format.LIST)
    outcome_days: int | None = out(
        "Days from year end to outcomes",
        "From the end of the year before the reporting year to the publication of its outcomes; "
        "None where they are older or not published.",
        fmt=Format.COUNT,
        unit="days",
    )


def find_publications(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[Publication]:
    """Return which of the four public items of each agreement in force are published."""
    rows = (row for row in portfolio.rows(Agreement) if is_reviewed(row))
    return Table(Publication, (_publication(row, portfolio, policy, as_of) for row in rows))


def _publication(
    agreement: Agreement, portfolio: Portfolio, policy: Policy, as_of: date
) -> Publication:
    days = [getattr(agreement, column) for column in COLUMNS]
    text, goals, timeline, outcomes = days
    missing = tuple(item.name for item, day in zip(ITEMS, days, strict=True) if not day)
    outcome_days = _days_from_year_end(outcomes, policy, as_of)
    complete = len(ITEMS) - len(missing)
    return Publication(
        agreement_id=agreement.agreement_id,
        decision=f"{complete} of {len(ITEMS)}",
        reason=_sentence(missing, outcome_days),
        partner=portfolio.labels[agreement.agreement_id],
        published_text=text,
        published_goals=goals,
        published_timeline=timeline,
        published_outcomes=outcomes,
        complete=complete,
        missing=missing,
        outcome_days=outcome_days,
        cells=agreement.cells(*COLUMNS),
    )


def _days_from_year_end(published: When | None, policy: Policy, as_of: date) -> int | None:
    """Return how many days after the last ended year its outcomes were published."""
    year_end = policy.year_end(policy.year_of(as_of) - 1)
    if published is None or published.last <= year_end:
        return None
    return (published.last - year_end).days


def _sentence(missing: Sequence[str], days: int | None) -> str:
    told = f"Not on record as published: {', '.join(missing)}." if missing else "All published."
    return told if days is None else f"{told} Outcomes {days} days after the year end."


@result(key="item", serves=("R9", "P4"))
class PublicationCount(Result):
    """How many agreements in force have published one item, or all of them."""

    item: str = out("Item")
    decision: str = out("Agreements", '"n of N"; n/a without agreements.')
    n: int = out("Published", fmt=Format.COUNT)
    of: int = out("Of", fmt=Format.COUNT)
    missing: tuple[str, ...] = out(
        "Not on record as published", "The agreements without it.", fmt=Format.LIST
    )


def count_publications(publications: Table[Publication]) -> Table[PublicationCount]:
    """Return how many agreements in force have published each item, and all of them."""
    names = (*(item.name for item in ITEMS), ALL_FOUR)
    return Table(PublicationCount, (_count(name, publications) for name in names))


def _count(name: str, rows: Table[Publication]) -> PublicationCount:
    without = [row for row in rows if (row.missing if name == ALL_FOUR else name in row.missing)]
    done = len(rows) - len(without)
    return PublicationCount(
        item=name,
        decision=f"{done} of {len(rows)}" if rows else "n/a",
        reason=f"Agreements in force with {name} on record as published.",
        n=done,
        of=len(rows),
        missing=tuple(row.partner for row in without),
        cells=joined(row.cells for row in rows),
    )
