"""The public page of a year: achievements, amounts, and the activity goals of the next."""

from collections.abc import Callable, Sequence

from toolkit.model.dates import spoken
from toolkit.model.text import how_many
from toolkit.publish.edition import Edition
from toolkit.publish.frame import address_of, register_page
from toolkit.publish.of_year import Planned, YearAccount
from toolkit.report.markup import Heading, HtmlTable, Link, Sentences
from toolkit.report.view import amount


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
    told = f"Of {how_many(account.judged, 'approved result')} of the year that had a target, "
    reached = (
        f"{told}{account.reached} reached it."
        if account.judged
        else "No approved result of the year has a target."
    )
    return register_page(
        edition,
        f"The year {edition.year}, and goals for {edition.year + 1}",
        Sentences((reached,)),
        Heading("Achievements", 2),
        _table("Achievements of the year", ("Agreement", "What", "Who", "When"), achieved),
        Heading("New investments and other amounts", 2),
        _table("Amounts on record", ("Agreement", "What", "Amount"), sums),
        Heading(f"Activity goals for {edition.year + 1}", 2),
        _planned(account.goals, way),
    )


def _planned(goals: Sequence[Planned], way: Callable[[str], Link]) -> HtmlTable:
    rows = tuple(
        (way(goal.agreement_id), goal.what, goal.target, spoken(goal.by) if goal.by else None)
        for goal in goals
    )
    return _table("What is planned", ("Agreement", "What", "Target", "By"), rows)


def _table(
    caption: str, headings: tuple[str, ...], rows: tuple[tuple[object, ...], ...]
) -> HtmlTable:
    return HtmlTable(caption, headings, rows, empty="Nothing is on record.")
