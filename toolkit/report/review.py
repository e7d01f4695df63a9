"""How the review is read: what is proposed and by which rule, what is asked for, what mends it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from toolkit.model.decisions import Agrees, Becomes, find_word
from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import listed, sentence
from toolkit.model.told import fact
from toolkit.model.vocabulary import DecisionPoint, Evidence, Firm, ReviewWord
from toolkit.report import markup
from toolkit.report.markup import Sentences, Stack
from toolkit.report.view import View

GROUPS = (  # how a review is read: what needs a decision first
    ("For decision", lambda word: word.is_decision and not word.stays),
    ("To keep or continue", lambda word: word.stays),
)
MEANING = {
    Evidence.BY_RULE: "decided by a rule that looks at no score",
    Evidence.STANDS: "it stands whatever the missing facts turn out to be",
    Evidence.PROVISIONAL: "provisional: a missing fact may still change it",
    Evidence.OPEN: "open: the missing facts decide it",
}
OUTSIDE = "outside the framework"
MANY = 12  # more names than a sentence or a rule holds


def proposed(row: Result) -> str:
    """Return the proposed decision with its class."""
    return f"{row.decision} as {row.proposed_class}" if row.proposed_class else str(row.decision)


def evidence_words(row: Result) -> str:
    """Return how far one proposal holds over what is missing."""
    if row.rule.point == DecisionPoint.D3:
        return "results, duties, score and plan are measured, not drawn"
    return MEANING[row.evidence]


def firmness_words(row: Result) -> str | None:
    """Return how firm a proposal of the review is, short enough for a table."""
    if row.firmness is None or row.firmness == Firm.BY_RULE:
        return row.firmness
    stands = row.evidence == Evidence.STANDS
    return f"{row.firmness}{'' if stands else f', {row.evidence}'}: {row.drawn}"


def second_option(row: Result) -> str | None:
    """Return what would be proposed otherwise; beside a decision, what the rules say."""
    if row.second_option and row.second_option == row.decision:
        return "the rules say the same"
    return row.second_option


def decision_table(review: Table[Result], seats: Table[Result], compared: Table[Result]) -> Stack:
    """Return the decision tables: those for decision first, then those to continue.

    Parameters
    ----------
    compared
        What people decided beside the rules, by subject; the review's and D3's rows count here.
    """
    held = {row.subject_id: _decided(row) for row in compared if row.point in ("review", "D3")}
    groups = {
        title: [row for row in review if belongs(find_word(row.decision))]
        for title, belongs in GROUPS
    }
    return Stack(*(_decisions(title, rows, seats, held) for title, rows in groups.items()))


def _decisions(
    title: str, rows: Sequence[Result], seats: Table[Result], held: Mapping[str, str | None]
) -> markup.HtmlTable:
    """Return one group; the column of decisions only where one of them has a decision."""
    has_decision = any(held.get(row.agreement_id) for row in rows)
    lines = tuple(
        (
            f"{row.partner}, {row.country}; {row.classification}",
            proposed(row),
            row.reason,
            second_option(row),
            (firmness_words(row), f"seat: {seats[row.agreement_id].decision}"),
            *((held.get(row.agreement_id),) if has_decision else ()),
        )
        for row in rows
    )
    headings = ("Agreement, and its class now", "Proposed", "Reason", "Second option", "Firmness")
    decided = ("Decided, and who was heard",) if has_decision else ()
    empty = f"{title}: none."
    return markup.HtmlTable(f"{title}: {len(rows)}", (*headings, *decided), lines, empty=empty)


def _decided(row: Result) -> str | None:
    """Return what people decided, when, and whom they heard; nothing where they did not yet."""
    if row.decided_on is None:
        return None
    heard = f"; heard: {row.consulted.replace(';', ', ')}" if row.consulted else ""
    over = " (ran out)" if row.agrees == Agrees.EXPIRED else ""
    return f"{row.decision}, {row.decided_on}{over}{heard}"


not_reviewed = View(
    "review",
    "Not reviewed: {count}",
    ("partner", "country", "reason"),
    headings={"reason": "Why"},
    where=lambda row: row.decision == ReviewWord.NOT_REVIEWED,
    empty="Every agreement of the workbook is under review.",
)
facts_and_cells = View(
    "review",
    "Facts and cells of every recommendation",
    ("partner", "rule", "facts", "cells"),
    headings={"partner": "Agreement"},
    where=lambda row: row.rule is not None,
)


def count_table(review: Table[Result], seats: Table[Result], policy: Policy) -> markup.HtmlTable:
    """Return how many agreements each class has now, would have as proposed, and its seats."""
    reviewed = [row for row in review if row.decision != ReviewWord.NOT_REVIEWED]
    holding = (row for row in review if seats[row.agreement_id].today)
    now = Counter(_standing(row.classification, policy) for row in reviewed)
    then = Counter(_standing_proposed(row, policy) for row in reviewed)
    held = Counter(_standing(row.classification, policy) for row in holding)
    order = [*(cls.name for cls in policy.classes), OUTSIDE, *Becomes]
    rows = [(name, now[name], then[name], held[name]) for name in order if now[name] or then[name]]
    rows.append(("All", now.total(), then.total(), fact("seats.today", held.total())))
    headings = ("Class", "Now", "As proposed", "Seats held today")
    caption = "Agreements by class, now and as proposed"
    return markup.HtmlTable(caption, headings, tuple(rows), frozenset({1, 2, 3}))


def _standing(word: str, policy: Policy) -> str:
    cls = policy.class_named(word)
    return cls.name if cls else OUTSIDE


def _standing_proposed(row: Result, policy: Policy) -> str:
    becomes = row.proposed_class or find_word(row.decision).becomes
    return becomes or _standing(row.classification, policy)


def rule_table(rules: Table[Result], review: Table[Result]) -> markup.HtmlTable:
    """Return the rules in the order they are tried, and where each decided."""
    matched = [(row.rule, row.partner) for row in review if row.rule is not None]
    rows = tuple(
        (
            f"{row.rule} {row.decision}",
            sentence(row.reason),
            _named([partner for rule, partner in matched if row.line.covers(rule)]),
        )
        for row in rules
    )
    headings = ("Rule", "Applies if", "Decided for")
    note = "The first rule that applies decides. The numbers are those of the policy."
    return markup.HtmlTable("The rules of the review", headings, rows, note=note)


def _named(partners: Sequence[str]) -> str:
    """Return the agreements a rule decided; many of them as a count, the table names each."""
    return "; ".join(partners) if len(partners) <= MANY else f"{len(partners)} agreements"


def gap_table(requests: Table[Result], scores: Table[Result], policy: Policy) -> markup.HtmlTable:
    """Return what to obtain and from whom; agreements that lack the same share a row.

    What could move a proposal comes first.

    Parameters
    ----------
    scores
        The scores of the same agreements: where nothing is asked for, they tell what is not known.
    """
    groups: dict[tuple, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in requests:
        own = row.partner if row.indicator else ""
        where = f"{row.sheet}: {', '.join(row.fills)}" if row.fills else row.sheet
        key = (not row.moves, row.decision, row.holder, row.by, row.reason, where, own)
        some = groups[key][row.partner]
        some += [f"{row.indicator} {row.period or ''}".rstrip()] if row.indicator else []
    rows = tuple(
        (what, "; ".join(map(_asked_of, some.items())), holder, by, why, where)
        for (_, what, holder, by, why, where, _), some in sorted(
            groups.items(), key=lambda item: (item[0][0], -len(item[1]))
        )
    )
    headings = ("What to obtain", "For", "Who has it", "By", "What it settles", "Where to type it")
    empty = _not_known(scores, policy)
    return markup.HtmlTable("What is not on record", headings, rows, empty=empty)


def _not_known(scores: Table[Result], policy: Policy) -> str:
    """Return which criteria are not fully known; that nothing is missing only where all are."""
    if not scores:
        return "No request is open; no agreement here is judged by the criteria."
    lacking = {row.agreement_id: _lacking(row, policy) for row in scores}
    names = dict.fromkeys(name for found in lacking.values() for name in found)
    if not names:
        return "No fact that the rules look at is missing here."
    count = sum(map(bool, lacking.values()))
    whose = f" of {count} agreement{'' if count == 1 else 's'}" if len(scores) > 1 else ""
    return f"No request is open. Not fully known{whose}: {listed(names)}."


def _lacking(row: Result, policy: Policy) -> list[str]:
    """Return the criteria of one score that are weighed and not fully known."""
    weights = policy.class_named(row.judged_as).weights
    return [
        f"{criterion.name.lower()} ({criterion.id})"
        for criterion in policy.criteria
        if round(weights.get(criterion.id, 0) - row.known_weights.get(criterion.id, 0), 9) > 0
    ]


def _asked_of(item: tuple[str, Sequence[str]]) -> str:
    """Return an agreement with the indicators and periods that are asked for."""
    partner, which = item
    return f"{partner}: {', '.join(which)}" if which else partner


def answer_day(requests: Table[Result], as_of: date) -> date:
    """Return the day by which open requests are due; as_of where there is none."""
    return max((date.fromisoformat(row.by) for row in requests), default=as_of)


what_would_change = View(
    "what_would_change",
    "What would change a recommendation",
    ("partner", "now", "name", "then"),
    where=lambda row: row.decision == "better",
    empty="Nothing that was tried gives an agreement a better place.",
)


def remedy_sentences(remedies: Table[Result]) -> Sentences:
    """Return what would change one agreement's recommendation."""
    lines = tuple(row.reason for row in remedies)
    return Sentences(lines or ("It is not under review.",), "list")


def briefly(names: Iterable[str]) -> str:
    """Return names as a list in a sentence; many of them as a few and a count."""
    words = list(names)
    if len(words) <= MANY:
        return listed(words)
    return f"{', '.join(words[:3])} and {len(words) - 3} others named in the decision table"
