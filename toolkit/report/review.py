"""How the review is read: what is proposed and by which rule, what is asked for, what mends it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from toolkit.model.dates import told_date
from toolkit.model.decisions import Agrees, Becomes, find_word
from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import listed, sentence
from toolkit.model.told import fact, lowered
from toolkit.model.vocabulary import DecisionPoint, Evidence, Firm, ReviewWord
from toolkit.report import markup
from toolkit.report.markup import Sentences, Stack
from toolkit.report.motions import last_day, runs_on
from toolkit.report.summary import asks_for_decision
from toolkit.report.view import Made, View

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
    """Return the decision tables: those for decision first, then those to keep or receive.

    Why each is proposed stands once, under its motion.

    Parameters
    ----------
    compared
        What people decided beside the rules, by subject; the review's and D3's rows count here.
    """
    held = {row.subject_id: _decided(row) for row in compared if row.point in ("review", "D3")}
    reviewed = [row for row in review if row.decision != ReviewWord.NOT_REVIEWED]
    groups = {
        "For decision": [row for row in reviewed if asks_for_decision(row)],
        "To keep, or to receive": [row for row in reviewed if not asks_for_decision(row)],
    }
    tables = (_decisions(title, rows, seats, held) for title, rows in groups.items() if rows)
    return Stack(*tables)


def _decisions(
    title: str, rows: Sequence[Result], seats: Table[Result], held: Mapping[str, str | None]
) -> markup.HtmlTable:
    """Return one group; a column that would be empty in each row is left out."""
    columns = {
        "Agreement": [called(row) for row in rows],
        "Class now": [row.classification for row in rows],
        "Proposed": [proposed(row) for row in rows],
        "How firm": [firm_briefly(row) for row in rows],
        "Seat": [seats[row.agreement_id].decision for row in rows],
        "Decided": [held.get(row.agreement_id) for row in rows],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    lines = tuple(zip(*kept.values(), strict=True))
    return markup.HtmlTable(f"{title}: {len(rows)}", tuple(kept), lines)


def called(row: Result) -> str:
    """Return the name of an agreement as a table says it."""
    return row.partner


def firm_briefly(row: Result) -> str | None:
    """Return in a word or two how firm a proposal is."""
    if row.evidence == Evidence.PROVISIONAL:
        return f"{row.firmness}, provisional"
    return row.firmness


def _decided(row: Result) -> str | None:
    """Return what people decided, and when; nothing where they did not yet.

    A notice that runs on is told with its last day: nothing is decided on it meanwhile.
    """
    if row.decided_on is None:
        return f"On notice until {last_day(row)}" if runs_on(row) else None
    expired = row.agrees == Agrees.EXPIRED
    return f"{row.decision}, {'ran out' if expired else told_date(row.decided_on)}"


def not_reviewed_sentence(review: Table[Result]) -> Sentences:
    """Return which agreements are not under review, and why, in one sentence each reason."""
    groups: dict[str, list[str]] = defaultdict(list)
    for row in review:
        if row.decision == ReviewWord.NOT_REVIEWED:
            groups[row.reason].append(row.partner)
    told = [
        Markup("{}: {}").format(markup.render_names(names), lowered(reason))
        for reason, names in groups.items()
    ]
    return Sentences((Markup("Not reviewed: ") + Markup(" ").join(told),) if told else ())


proposals_and_firmness = View(
    "review",
    "What is proposed, by which rule, and what else could be",
    (
        "partner",
        Made("Proposed", lambda row: proposed(row)),
        Made("Rule", lambda row: f"{row.rule.point}, {row.rule.number}"),
        Made("Otherwise", second_option),
        Made("How firm", lambda row: firmness_words(row)),
    ),
    headings={"partner": "Agreement"},
    where=lambda row: row.rule is not None,
    empty="No agreement is under review.",
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
    """Return the rules in the order they are tried, and for how many agreements each decided."""
    matched = [row.rule for row in review if row.rule is not None]
    rows = tuple(
        (
            f"{row.rule} {row.decision}",
            sentence(row.reason),
            sum(row.line.covers(rule) for rule in matched),
        )
        for row in rules
    )
    headings = ("Rule", "Applies if", "Decided")
    note = "The first rule that applies decides. The numbers are those of the policy."
    return markup.HtmlTable("The rules of the review", headings, rows, frozenset({2}), note)


def gap_table(requests: Table[Result], scores: Table[Result], policy: Policy) -> markup.HtmlTable:
    """Return what to obtain and from whom; agreements that lack the same share a row.

    What could move a proposal comes first, then what most agreements lack.

    Parameters
    ----------
    scores
        The scores of the same agreements: where nothing is asked for, they tell what is not known.
    """
    groups: dict[tuple, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in requests:
        where = f"{row.sheet}: {', '.join(row.fills)}" if row.fills else row.sheet
        key = (not row.moves, row.decision, row.holder, row.by, where)
        some = groups[key][row.partner]
        some += [f"{row.indicator} {row.period or ''}".rstrip()] if row.indicator else []
    rows = tuple(
        (what, "; ".join(map(_asked_of, some.items())), holder, told_date(by), where)
        for (_, what, holder, by, where), some in sorted(
            groups.items(), key=lambda item: (item[0][0], -len(item[1]))
        )
    )
    headings = ("What to obtain", "For", "Who has it", "By", "Where to type it")
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


def what_would_change(remedies: Table[Result]) -> markup.HtmlTable:
    """Return for each agreement the least of what was tried that gives it a better place.

    The report of an agreement names all of it.
    """
    least: dict[str, Result] = {}
    for row in remedies:
        held = least.get(row.agreement_id)
        if row.decision == "better" and (held is None or len(row.name) < len(held.name)):
            least[row.agreement_id] = row
    rows = tuple((row.partner, row.now, row.then, row.name) for row in least.values())
    headings = ("Agreement", "Now", "Would be", "By what")
    empty = "Nothing that was tried gives an agreement a better place."
    return markup.HtmlTable("The least that would change it", headings, rows, empty=empty)


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
