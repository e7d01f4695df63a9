"""How proposals, drafts and partner suggestions are set as tables and told in sentences."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from toolkit.model.dates import long_date
from toolkit.model.decisions import WORDS
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result, Table
from toolkit.model.sheets import Proposal
from toolkit.model.text import listed
from toolkit.model.told import fact, money_fact, tell
from toolkit.model.vocabulary import INSIDE, DecisionPoint, Finding, Origin, ProposalWord
from toolkit.report import markup
from toolkit.report.markup import Sentences, Stack
from toolkit.report.view import Made, View

D1 = tuple(word.text for word in WORDS if word.point == DecisionPoint.D1)
NO_PROPOSALS = "No proposal is on record (sheet Proposals)."
NO_DRAFTS = "No agreement has the status proposed, so no draft is at the second decision point."
NO_PARTNERS = (
    "No partner on record (sheet Partners) fits an agreement it is not engaged in yet; audiences "
    "and sectors are compared with the sheets Objectives and Profiles."
)


def _called(row: Result) -> str:
    return f"{getattr(row, row.key)} {row.partner}"


def _name(row: Result) -> str:
    return f"{_called(row)}, {row.country}"


proposal = Made("Proposal", _name)
first_decision_point = View(
    "proposals",
    "First decision point (D1)",
    (proposal, "proposed_class", "decision", "reason", "fit", "score", "second_option"),
    order=lambda row: (D1.index(row.decision), row.proposal_id),
    note="The decision rests on fit; the score beside it adds delivery capacity (C6).",
)  # fmt: skip
decision_factors = View(
    "proposals",
    "The five decision factors",
    (proposal, "revised_criteria", "priority_markets", "priority_sectors", "available_resources",
     "partnership_cap"),
    empty="No decision factor was looked at.",
)  # fmt: skip
on_hold = View(
    "proposals",
    "On hold: {count}",
    (proposal, "missing", "reason", "second_option"),
    headings={"reason": "In words"},
    where=lambda row: row.decision == ProposalWord.HOLD,
    note="'No' is on record and falls short; 'not on record' is to be obtained.",
    empty="No proposal is on hold.",
)
CONDITIONS = (
    "objectives_smart", "project_with_milestones", "partner_engaged", "budget_approved", "term",
    "renewal_clause", "termination_clause", "no_legal_hold",
)  # fmt: skip


def _met(row: Result) -> tuple[str, ...]:
    """Return the conditions of a draft that are on record as met."""
    declared = type(row).declared()
    met = (name for name in CONDITIONS if getattr(row, name) == Finding.MET)
    return tuple(declared[name].heading for name in met)


second_decision_point = View(
    "readiness",
    "Second decision point (D2)",
    (Made("Draft", _name), "classification", "proposals", "decision", Made("Met", _met),
     "missing"),
    empty=NO_DRAFTS,
)  # fmt: skip


def screening_sentence(
    proposals: Table[Result], portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Sentences:
    """Return how many proposals pass, what they ask for together, and which are left out."""
    counts = Counter(row.decision for row in proposals)
    lines = []
    if counts:
        words = ", ".join(f"{counts[word]} {word}" for word in D1 if counts[word])
        lines.append(f"{_counted(len(proposals), 'proposal')}, by the rules: {words}.")
    passing = [row for row in proposals if row.decision == ProposalWord.PROCEED]
    if len(passing) > 1:
        lines.append(_asked_together(passing, policy))
    later = len(portfolio.rows(Proposal)) - len(proposals)
    if later:
        lines.append(f"Received after {long_date(as_of)} and left out: {later}.")
    return Sentences(tuple(lines) or (NO_PROPOSALS,))


def _asked_together(passing: Sequence[Result], policy: Policy) -> str:
    seats = sum(row.needs_seat for row in passing)
    cost = sum(row.estimated_cost for row in passing)
    return tell(
        "Each is tested alone. Together those that may proceed ask for {seats} seat{s} and {cost} "
        "a year; people choose which comes first.",
        seats=fact("seats.proceeding", seats),
        s="" if seats == 1 else "s",
        cost=money_fact(
            "money.estimated", cost, of="those that proceed", currency=policy.programme.currency
        ),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def origin_table(proposals: Table[Result]) -> markup.HtmlTable:
    """Return how many proposals came from where, and what is proposed for them."""
    counts = Counter((row.origin, row.decision) for row in proposals)
    rows = []
    for origin in Origin:
        found = [counts[origin, word] for word in D1]
        side = "inside" if origin in INSIDE else "outside"
        rows.append((origin, side, sum(found), *found))
    rows.append(("All", None, *(sum(row[i] for row in rows) for i in range(2, 6))))
    headings = ("Origin", "From", "Proposals", *D1)
    table = tuple(rows) if len(proposals) else ()
    caption = "Proposals by origin"
    empty = "There is no origin to count."
    return markup.HtmlTable(caption, headings, table, frozenset(range(2, 6)), empty=empty)


def suggestion_table(suggestions: Table[Result]) -> Stack:
    """Return partners with all three reasons one by one, the others by agreement or project."""
    best = max((row.reasons for row in suggestions), default=0)
    full = tuple(
        (row.subject, row.name, row.kind, row.reason, row.cells)
        for row in suggestions
        if row.reasons == best
    )
    others: dict[str, list[str]] = {}
    for row in suggestions:
        if row.reasons < best:
            others.setdefault(row.subject, []).append(f"{row.name}: {row.grounds}")
    headings = ("Agreement or project", "Partner", "Kind", "Why", "Cells")
    first = markup.HtmlTable(
        f"Partners that fit best, {best} of 3 reasons: {len(full)}",
        headings,
        full,
        empty=NO_PARTNERS,
    )
    if not others:
        return Stack(first)
    rows = tuple((subject, tuple(names)) for subject, names in others.items())
    caption = "Partners with fewer reasons"
    return Stack(
        first, markup.HtmlTable(caption, ("Agreement or project", "Partners and why"), rows)
    )


def decision_table(proposals: Table[Result], readiness: Table[Result]) -> markup.HtmlTable:
    """Return what the rules propose beside what people decided, at both decision points."""
    found = [("D1", row) for row in proposals]
    found += [("D2", row) for row in readiness]
    rows = tuple(
        (
            _name(row),
            point,
            row.decision,
            row.decided,
            row.agrees,
            row.decided_reason,
            row.decided_by,
            row.decided_on,
        )
        for point, row in found
    )
    headings = (
        "Proposal or draft", "Point", "The rules propose", "People decided", "The same",
        "Reason code", "Decided by", "On",
    )  # fmt: skip
    caption = "The rules and what people decided"
    return markup.HtmlTable(
        caption, headings, rows, empty="Neither decision point has been reached."
    )


def decision_sentence(proposals: Table[Result], readiness: Table[Result]) -> Sentences:
    """Return how many decisions people took, and where they decided otherwise."""
    found: list[Result] = [*proposals, *readiness]
    taken = [row for row in found if row.decided]
    other = [
        f"{_called(row)} ({row.decided} instead of {row.decision})"
        for row in taken
        if row.agrees == Finding.NOT_MET
    ]
    line = f"People decided on {len(taken)} of {len(found)} proposals and drafts."
    apart = f"People decided otherwise on {listed(other)}." if other else ""
    return Sentences(tuple(filter(None, (line, apart))))


def screening_rules(rules: Table[Result], policy: Policy) -> Sentences:
    """Return the rules of both decision points in words; `rules` are those of the first."""
    limits = policy.thresholds
    return Sentences(
        (
            *(_when(word, rules) for word in dict.fromkeys(row.decision for row in rules)),
            "Fit is the score on the criteria C1, C2, C3 and C7 with the weights of the proposed "
            f"class, used where at least {limits.known_weight:g} of 100 of their weight is known. "
            "Shared sectors are those of the profile; without them, those the proposal names.",
            "Evidence: 'stands' if the decision is the same with all that is missing at its worst "
            "and at its best, else 'provisional'.",
            "Sign: every condition of the second decision point is on record as met. Go back: "
            "everything else, with the list.",
        ),
        "list",
    )


def _when(word: str, rules: Table[Result]) -> str:
    """Return in a sentence when one word is proposed, by whichever of the rules."""
    *others, last = (row.reason for row in rules if row.decision == word)
    return f"{word}: {'; '.join([*others, f'or {last}' if others else last])}."
