"""What to ask for, of whom and by when: what could move a proposal first, the rest by thing."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from toolkit.model.dates import told_date
from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, listed
from toolkit.report import markup
from toolkit.report.markup import Part, Sentences, Stack

FEW = 2  # agreements that lack a thing; their reports name it
SHORT = 12  # things to ask for, of which even what few agreements lack is told
NAMED = 6  # agreements that a row names


def asked_first(requests: Table[Result], level: int) -> Part:
    """Return what to ask for: what could move a proposal; of a list alone, all in its order.

    Parameters
    ----------
    level
        The level of evidence: at the first, nothing can be weighed, so all is asked for.
    """
    rows = [row for row in requests if row.moves or level == 1]
    days = sorted({row.by for row in rows})
    lines = [f"To be brought by {told_date(days[0])}."] if len(days) == 1 else []
    if not rows:
        lines.append("Nothing that is missing could move a proposal.")
    if rest := len(requests) - len(rows):
        lines.append(
            f"{how_many(rest, 'more fact')} that would change no proposal "
            f"{'is' if rest == 1 else 'are'} asked for in the agreement review."
        )
    told = Sentences((" ".join(lines),))
    if not rows:
        return told
    return Stack(told, all_requests(rows) if level == 1 else _by_agreement(rows))


def all_requests(requests: Sequence[Result] | Table[Result]) -> markup.HtmlTable:
    """Return everything that is asked for by thing, so that one question serves many agreements."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for row in requests:
        groups[row.decision][row.partner] = row.holder
    everyone = list(dict.fromkeys(row.partner for row in requests))
    rows = tuple(
        (what, len(some), _most(list(some), everyone), "; ".join(dict.fromkeys(some.values())))
        for what, some in sorted(groups.items(), key=lambda item: -len(item[1]))
        if len(some) > FEW or len(groups) <= SHORT
    )
    headings = ("What to obtain", "Agreements", "Which", "Who has it")
    empty = "No request is open."
    alone = len(groups) - len(rows)
    note = "Where many are asked, the open requests in results.xlsx name each, with its cells."
    if alone:
        more = how_many(alone, "more fact")
        note += f" {more} are asked of one or two agreements; their reports name them."
    return markup.HtmlTable(
        "In the order in which to ask", headings, rows, frozenset({1}), note, empty
    )


def _most(names: Sequence[str], everyone: Sequence[str]) -> str | None:
    """Return names, or who is left out where that is shorter; nothing where both are many."""
    others = [name for name in everyone if name not in names]
    if not others:
        return "all that are asked"
    if len(others) < min(len(names), NAMED):
        return f"all but {listed(others)}"
    return listed(names) if len(names) <= NAMED else None


def _by_agreement(rows: Sequence[Result]) -> markup.HtmlTable:
    groups: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        groups[row.partner, row.holder, row.by][row.decision] += 1
    lines = tuple(
        (partner, tuple(map(_times, some.items())), holder, told_date(by))
        for (partner, holder, by), some in groups.items()
    )
    headings = ("Agreement", "What to obtain", "Who has it", "By")
    shown = 4 if len({by for *_, by in groups}) > 1 else 3
    lines = tuple(line[:shown] for line in lines)
    return markup.HtmlTable("What could move a proposal", headings[:shown], lines)


def _times(item: tuple[str, int]) -> str:
    what, count = item
    return what if count == 1 else f"{what}, {count} times"
