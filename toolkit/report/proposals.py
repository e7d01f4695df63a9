"""How proposals, drafts and partner suggestions are set as tables and told in sentences."""

from collections import Counter
from datetime import date

import pandas as pd

from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sentences import listed
from toolkit.model.sheets import Proposal
from toolkit.model.vocabulary import INSIDE, Origin, Screening
from toolkit.report.markup import Sentences, Stack, Table
from toolkit.report.outcomes import amount
from toolkit.report.scores import points

D1 = (Screening.PROCEED, Screening.HOLD, Screening.DECLINE)
NO_PROPOSALS = "No proposal is on record (sheet Proposals)."
NO_DRAFTS = "No agreement has the status proposed, so no draft is at the second decision point."
NO_PARTNERS = (
    "No partner on record (sheet Partners) fits an agreement it is not engaged in yet; audiences "
    "and sectors are compared with the sheets Objectives and Profiles."
)
CONDITIONS = {
    "objectives_smart": "SMART objectives",
    "project_with_milestones": "Project with milestones",
    "partner_engaged": "Partner with a signed role",
    "budget_approved": "Approved budget",
    "term": "Term",
    "renewal_clause": "Renewal clause",
    "termination_clause": "Termination clause",
    "no_legal_hold": "No legal hold",
}


def screening_sentence(
    proposals: pd.DataFrame, portfolio: Portfolio, policy: Policy, *, as_of: date
) -> Sentences:
    """Return how many proposals pass, what they ask for together, and which are left out."""
    counts = Counter(proposals.decision)
    lines = []
    if counts:
        words = ", ".join(f"{counts[word]} {word}" for word in D1 if counts[word])
        lines.append(f"{_counted(len(proposals), 'proposal')}, by the rules: {words}.")
    passing = proposals[proposals.decision == Screening.PROCEED]
    if len(passing) > 1:
        lines.append(
            f"Each is tested alone. Together those that may proceed ask for "
            f"{_counted(int(passing.needs_seat.sum()), 'seat')} and {policy.programme.currency} "
            f"{amount(passing.estimated_cost.sum())} a year; people choose which comes first."
        )
    later = len(portfolio.rows(Proposal)) - len(proposals)
    if later:
        lines.append(f"Received after {long_date(as_of)} and left out: {later}.")
    return Sentences(tuple(lines) or (NO_PROPOSALS,))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def origin_table(proposals: pd.DataFrame) -> Table:
    """Return how many proposals came from where, and what is proposed for them."""
    counts = Counter((row.origin, row.decision) for row in proposals.itertuples())
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
    return Table(caption, headings, table, frozenset(range(2, 6)), empty=empty)


def screening_table(proposals: pd.DataFrame) -> Table:
    """Return what is proposed for each proposal, those that may proceed first, and why."""
    ordered = sorted(proposals.itertuples(), key=lambda row: (D1.index(row.decision), row.Index))
    rows = tuple(
        (
            _name(row),
            row.proposed_class,
            row.decision,
            row.reason,
            points(row.fit),
            points(row.score),
            row.evidence,
            row.second_option,
            row.rule,
            row.cells,
        )
        for row in ordered
    )
    headings = (
        "Proposal", "Class", "Proposed", "Reason", "Fit", "With letters or signed partners",
        "Evidence", "Second option", "Rule", "Cells",
    )  # fmt: skip
    note = "The decision rests on fit; the score beside it adds delivery capacity (C6)."
    caption = "First decision point (D1)"
    return Table(caption, headings, rows, frozenset({4, 5}), note if rows else "")


def _name(row: tuple) -> str:
    return f"{row.Index} {row.partner}, {row.country}"


def factor_table(proposals: pd.DataFrame) -> Table:
    """Return what the record says of each proposal on the five decision factors."""
    rows = tuple(
        (
            _name(row),
            row.revised_criteria,
            row.priority_markets,
            row.priority_sectors,
            row.available_resources,
            row.partnership_cap,
        )
        for row in proposals.itertuples()
    )
    headings = (
        "Proposal", "Revised criteria", "Priority markets", "Priority sectors",
        "Available resources", "Partnership cap",
    )  # fmt: skip
    empty = "No decision factor was looked at."
    return Table("The five decision factors", headings, rows, empty=empty)


def hold_table(proposals: pd.DataFrame) -> Table:
    """Return what stands between the proposals on hold and a decision to proceed."""
    rows = tuple(
        (_name(row), row.missing, row.reason, row.second_option)
        for row in proposals.itertuples()
        if row.decision == Screening.HOLD
    )
    headings = ("Proposal", "What is missing", "In words", "Second option")
    note = "'No' is on record and falls short; 'not on record' is to be obtained."
    empty = "No proposal is on hold."
    return Table(f"On hold: {len(rows)}", headings, rows, note=note if rows else "", empty=empty)


def readiness_table(readiness: pd.DataFrame) -> Table:
    """Return which drafts are ready to sign, condition by condition."""
    rows = tuple(
        (
            f"{row.Index} {row.partner}, {row.country}",
            row.classification,
            row.proposals,
            row.decision,
            *(getattr(row, column) for column in CONDITIONS),
            row.cells,
        )
        for row in readiness.itertuples()
    )
    headings = ("Draft", "Class", "From", "Proposed", *CONDITIONS.values(), "Cells")
    return Table("Second decision point (D2)", headings, rows, empty=NO_DRAFTS)


def suggestion_table(suggestions: pd.DataFrame) -> Stack:
    """Return partners with all three reasons one by one, the others by agreement or project."""
    best = max(suggestions.reasons, default=0)
    full = tuple(
        (row.subject, row.name, row.kind, row.reason, row.cells)
        for row in suggestions.itertuples()
        if row.reasons == best
    )
    others: dict[str, list[str]] = {}
    for row in suggestions.itertuples():
        if row.reasons < best:
            others.setdefault(row.subject, []).append(f"{row.name}: {_inside(row.reason)}")
    headings = ("Agreement or project", "Partner", "Kind", "Why", "Cells")
    first = Table(
        f"Partners that fit best, {best} of 3 reasons: {len(full)}",
        headings,
        full,
        empty=NO_PARTNERS,
    )
    if not others:
        return Stack(first)
    rows = tuple((subject, tuple(names)) for subject, names in others.items())
    caption = "Partners with fewer reasons"
    return Stack(first, Table(caption, ("Agreement or project", "Partners and why"), rows))


def _inside(reason: str) -> str:
    return f"{reason[:1].lower()}{reason[1:-1]}"


def decision_table(proposals: pd.DataFrame, readiness: pd.DataFrame) -> Table:
    """Return what the rules propose beside what people decided, at both decision points."""
    found = [("D1", row) for row in proposals.itertuples()]
    found += [("D2", row) for row in readiness.itertuples()]
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
    return Table(caption, headings, rows, empty="Neither decision point has been reached.")


def decision_sentence(proposals: pd.DataFrame, readiness: pd.DataFrame) -> Sentences:
    """Return how many decisions people took, and where they decided otherwise."""
    found = [*proposals.itertuples(), *readiness.itertuples()]
    taken = [row for row in found if row.decided]
    other = [
        f"{row.Index} {row.partner} ({row.decided} instead of {row.decision})"
        for row in taken
        if row.agrees == "no"
    ]
    line = f"People decided on {len(taken)} of {len(found)} proposals and drafts."
    apart = f"People decided otherwise on {listed(other)}." if other else ""
    return Sentences(tuple(filter(None, (line, apart))))


def screening_rules(rules: pd.DataFrame, policy: Policy) -> Sentences:
    """Return the rules of both decision points in words; `rules` are those of the first."""
    limits = policy.thresholds
    return Sentences(
        (
            *(_when(word, rules) for word in dict.fromkeys(rules.decision)),
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


def _when(word: str, rules: pd.DataFrame) -> str:
    """Return in a sentence when one word is proposed, by whichever of the rules."""
    *others, last = rules.reason[rules.decision == word]
    return f"{word}: {'; '.join([*others, f'or {last}' if others else last])}."
