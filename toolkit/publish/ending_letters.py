"""Letters and steps of an ending or a notice: what is done by when, and what is written to whom.

A letter rests on public facts, the word that was decided and its days; no score and no other
internal word can come into it. The page of steps is internal.
Source: domain, section 4, Path of a Sunset and A notice; policy, periods.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.record.decided import (
    decided_day,
    decisions_in_force,
    notice_ends,
    runs_out,
    word_of,
)
from toolkit.assess.results import Results
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.portfolio import is_reviewed
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import ReviewWord
from toolkit.publish.edition import NOT_YET, Edition, Record
from toolkit.publish.frame import told_day, told_number
from toolkit.publish.of_year import results_of_year
from toolkit.report.links import page_name
from toolkit.report.markup import (
    INTERNAL,
    Header,
    Heading,
    HtmlTable,
    Link,
    Part,
    Sentences,
    Stack,
)
from toolkit.report.pages import render_page

WORDS = (
    ReviewWord.ON_NOTICE,
    ReviewWord.CONFIRM_OR_END,
    ReviewWord.SUNSET,
    ReviewWord.TRANSFER,
)
ASKED = {  # column -> what is asked of every agreement
    "published_text": "the text of the agreement, published",
    "published_goals": "its goals, published",
    "published_timeline": "its timeline, published",
    "published_outcomes": "its outcomes of the year, published",
}
KEEPS = (
    ("The signed text and the letters", "the City's archive, for good"),
    ("The public record", "this register; the agreement stays in it, with its end and its reason"),
    ("Results and costs", "the unit that led the agreement"),
    (
        "Gifts, signs and places named after it",
        "as the City decides; nothing is taken down by this",
    ),
)


@dataclass(frozen=True)
class Ending:
    """What is written about one agreement: the word, whether it was decided, and its days."""

    row: Record
    word: str
    is_decided: bool
    begins: date  # of the decision, or the day by which one is expected
    last: date  # to answer by, or of the agreement
    sponsor: str = ""
    results: tuple[Record, ...] = ()  # of the year

    @property
    def name(self) -> str:
        """The name of its files, without ending."""
        return page_name(str(self.row["agreement_id"]), str(self.row["partner"]))


def endings_of(results: Results, edition: Edition) -> list[Ending]:
    """Return every agreement under review that is, or is proposed to be, told one of the words.

    Where nothing is decided yet, time is counted from the day of the data call.
    """
    policy, periods = results.policy, results.policy.periods
    by = results.as_of + timedelta(days=periods.data_call_days)
    of_year = results_of_year(edition, results.portfolio, policy)
    decided = decisions_in_force(results.portfolio, policy, as_of=results.as_of)
    shown = {row["agreement_id"]: row for row in edition.tables["register"].records}
    found = []
    for agreement in results.portfolio.rows(Agreement):
        key = agreement.agreement_id
        if key not in shown or not is_reviewed(agreement):
            continue
        taken = decided.get(key)
        word = word_of(taken, policy).word.text if taken else results.review[key].decision
        if word not in WORDS:
            continue
        begins = decided_day(taken, policy) if taken else by
        runs = runs_out(taken, policy) if taken else None
        end = agreement.ends.last if isinstance(agreement.ends, When) else None
        if word == ReviewWord.SUNSET:
            notice = notice_ends(taken, policy) if taken else None
            last = end or notice or add_months(begins, periods.notice_months)
        else:
            last = runs or add_months(begins, periods.on_notice_months)
            last = min(end, last) if end and end > begins else last
        sponsor = agreement.community_sponsor or ""
        is_decided = taken is not None
        found.append(Ending(shown[key], str(word), is_decided, begins, last, sponsor, of_year))
    return found


def letter_pages(edition: Edition, endings: Sequence[Ending]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each letter: to the partner, and to the sponsor if any."""
    for ending in endings:
        told = _letter(edition, ending, str(ending.row["partner"]), _to_partner(edition, ending))
        yield f"{ending.name}.html", told
        if ending.sponsor:
            told = _letter(edition, ending, ending.sponsor, _to_sponsor(ending))
            yield f"{ending.name}-sponsor.html", told


def _letter(edition: Edition, ending: Ending, to: str, lines: Sequence[str]) -> str:
    """Return a letter as a page of its own, without a mark or a way to any other page."""
    about = edition.names[ending.row["agreement_id"]]
    parts: list[Part] = [
        Header(f"Our agreement: {about}"),
        Sentences(("[Place and date]", f"To: {to}", "[Address]")),
        Sentences(tuple(lines)),
        Sentences(("With our respect,", "[Name and office]")),
    ]
    return render_page(Stack(*parts)._repr_html_())


def _to_partner(edition: Edition, ending: Ending) -> tuple[str, ...]:
    since = f" since {told_day(ending.row['signed'])}" if ending.row["signed"] else ""
    opening = f"Our cities have been linked by an agreement{since}, and we thank you for it."
    last = long_date(ending.last)
    return (opening, *_BODY[ending.word](edition, ending, last))


def _on_notice(edition: Edition, ending: Ending, last: str) -> Iterator[str]:
    yield (
        "Each agreement of the City is looked at every year. For this one, not enough could be "
        f"shown to go on as it is. It goes on until {last}; by then these should be shown:"
    )
    asked = list(_to_show(edition, ending))
    yield from asked or ["a joint project with a date, and what it is to achieve"]
    yield (
        "Please tell us who works on this on your side and what you plan. Where nothing can be "
        "shown by then, we would propose to end the agreement with honour, and to keep its record."
    )


def _to_show(edition: Edition, ending: Ending) -> Iterator[str]:
    """Yield what is asked: targets not reached in the year, and what is not published."""
    tables, key = edition.tables, ending.row["agreement_id"]
    names = {
        measure["indicator_id"]: measure["name"]
        for goal in tables["objectives"].of("agreement_id", key)
        for measure in tables["indicators"].of("objective_id", goal["objective_id"])
    }
    for found in ending.results:
        if found["indicator_id"] in names and found["outcome"] == NOT_YET:
            target = told_number(found["target"], found["unit"])
            reached = f"{told_number(found['actual'])} of {target}"
            yield f"{names[found['indicator_id']]}, {found['period']}: {reached}"
    yield from (what for column, what in ASKED.items() if not ending.row[column])


def _confirm(_: Edition, __: Ending, last: str) -> Iterator[str]:
    yield "We have no project on record of the last two years, and would like to know your wish."
    yield f"Please tell us by {last} whether you wish the agreement to go on, and what with."
    yield (
        "Where we hear nothing by then, we would propose to end it with honour, and to keep its "
        "record."
    )


def _sunset(_: Edition, ending: Ending, last: str) -> Iterator[str]:
    yield f"The City has decided to let the agreement end on {last}."
    if ending.row["conclusion_reason"]:
        yield f"The reason: {ending.row['conclusion_reason']}"
    yield (
        "What was agreed runs until that day. If an organisation on your side or on ours wishes "
        "to carry the link on as its own, please tell us; we will gladly help to hand it on."
    )
    yield "The agreement stays in our public register, with what it achieved, as historical."


def _transfer(_: Edition, __: Ending, last: str) -> Iterator[str]:
    yield (
        "An organisation here has offered to carry the agreement, and the City has decided to "
        "hand it on."
    )
    yield (
        f"We would like to agree with you, by {last}, who speaks for each side from then on. The "
        "link goes on; the City is no longer the one who runs it."
    )
    yield "The agreement stays in our public register, with who carries it."


_BODY = {
    ReviewWord.ON_NOTICE: _on_notice,
    ReviewWord.CONFIRM_OR_END: _confirm,
    ReviewWord.SUNSET: _sunset,
    ReviewWord.TRANSFER: _transfer,
}
_FOR_SPONSOR = {
    ReviewWord.ON_NOTICE: "it goes on until {last}, and more must be shown by then",
    ReviewWord.CONFIRM_OR_END: "we ask the partner whether it is to go on, by {last}",
    ReviewWord.SUNSET: "it is to end on {last}",
    ReviewWord.TRANSFER: "it is to be handed on by {last}",
}


def _to_sponsor(ending: Ending) -> tuple[str, ...]:
    what = _FOR_SPONSOR[ReviewWord(ending.word)].format(last=long_date(ending.last))
    return (
        f"You stand by the agreement with {ending.row['partner']}, and we thank you for it.",
        f"We write to hear you before a letter goes out: {what}.",
        "Please tell us what you know of its life in the last two years, whether you wish to go "
        "on standing by it, and whether you could carry it on as your own.",
    )


def steps_page(edition: Edition, endings: Sequence[Ending]) -> str:
    """Return the internal page: of each agreement the dated steps, letters, line and keepers."""
    parts: list[Part] = []
    for ending in endings:
        heading = f"{edition.names[ending.row['agreement_id']]}: {ending.word}"
        state = (
            f"Decided; days are counted from {long_date(ending.begins)}."
            if ending.is_decided
            else "Proposed, not decided. No letter goes out before it is decided; days are "
            f"counted from {long_date(ending.begins)}."
        )
        parts += [
            Heading(heading, 2),
            Sentences((state, f"The register's line then: {_line(edition, ending)}")),
            HtmlTable(f"Steps: {heading}", ("By", "Step"), tuple(_steps(ending))),
        ]
    parts += [Heading("Who keeps what", 2), HtmlTable("What remains", ("What", "Who"), KEEPS)]
    if not endings:
        parts = [Sentences(("No agreement is on notice, to be confirmed, to end or handed on.",))]
    title = f"Letters and steps, {edition.year}"
    return render_page(Stack(Header(title, edition.title, (INTERNAL,)), *parts)._repr_html_())


def _steps(ending: Ending) -> Iterator[tuple[object, ...]]:
    begins, last = long_date(ending.begins), long_date(ending.last)
    if ending.sponsor:
        sponsor = Link("letter to the sponsor", f"{ending.name}-sponsor.html")
        yield (begins, ("The sponsor is heard", sponsor))
    yield (begins, "The Councillor who endorsed it is heard")
    yield (begins, ("The partner is told", Link("letter to the partner", f"{ending.name}.html")))
    if ending.word in (ReviewWord.SUNSET, ReviewWord.TRANSFER):
        yield (begins, "Handing on is offered to those who work with it")
        ends = "It ends" if ending.word == ReviewWord.SUNSET else "It is handed on"
        yield (last, ends)
        yield (last, "Status and reason are typed into the workbook, and the register published")
    else:
        yield (last, "The answer is due; the next review proposes what follows")


def _line(edition: Edition, ending: Ending) -> str:
    name, last = edition.names[ending.row["agreement_id"]], long_date(ending.last)
    lines: Mapping[str, str] = {
        ReviewWord.SUNSET: f"{name}: concluded, historical, {last}",
        ReviewWord.TRANSFER: f"{name}: transferred, with the name of who carries it",
        ReviewWord.ON_NOTICE: f"{name}: on notice until {last}",
        ReviewWord.CONFIRM_OR_END: f"{name}: under review; an answer is asked for by {last}",
    }
    return lines[ending.word]
