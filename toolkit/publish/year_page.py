"""The public page of a year: achievements, amounts, and the activity goals of the next."""

from collections.abc import Callable, Sequence

from toolkit.model.dates import spoken
from toolkit.model.text import how_many
from toolkit.publish.edition import NOT_YET, REACHED, Edition, Value
from toolkit.publish.frame import address_of, register_page
from toolkit.publish.of_year import Planned, YearAccount
from toolkit.report.markup import Heading, HtmlTable, Link, Sentences
from toolkit.report.view import amount

NOTHING = "Nothing is on record here, which does not say that there was nothing."


def year_page(edition: Edition, account: YearAccount) -> str:
    """Return the page of the year: achievements, amounts, and what is planned next."""
    names = {row["agreement_id"]: row for row in edition.tables["register"].records}

    def way(key: str) -> Link:
        return Link(edition.names[key], address_of(names[key]))

    achieved = tuple((way(o.agreement_id), o.what, o.who, spoken(o.on)) for o in account.achieved)
    sums = tuple(
        (way(o.agreement_id), o.what, f"{o.currency or ''} {amount(o.amount)}".strip())
        for o in account.achieved
        if o.amount is not None
    )
    return register_page(
        edition,
        f"The year {edition.year}, and goals for {edition.year + 1}",
        Sentences((_reached([row["outcome"] for row in account.results]),)),
        Heading("Achievements", 2),
        _table("Achievements of the year", ("Agreement", "What", "Who", "When"), achieved),
        Heading("New investments and other amounts", 2),
        _table("Amounts on record", ("Agreement", "What", "Amount"), sums),
        Heading(f"Activity goals for {edition.year + 1}", 2),
        _planned(account.goals, way),
    )


def _reached(told: Sequence[Value]) -> str:
    """Return how many results of the year that can be judged reached their target."""
    judged = told.count(REACHED) + told.count(NOT_YET)
    if judged:
        results = how_many(judged, "approved result")
        return f"Of {results} of the year that had a target, {told.count(REACHED)} reached it."
    return "No approved result of the year with a target is on record."


def _planned(goals: Sequence[Planned], way: Callable[[str], Link]) -> HtmlTable:
    rows = tuple(
        (way(goal.agreement_id), goal.what, goal.target, spoken(goal.by) if goal.by else None)
        for goal in goals
    )
    return _table("What is planned", ("Agreement", "What", "Target", "By"), rows)


def _table(
    caption: str, headings: tuple[str, ...], rows: tuple[tuple[object, ...], ...]
) -> HtmlTable:
    return HtmlTable(caption, headings, rows, empty=NOTHING)
