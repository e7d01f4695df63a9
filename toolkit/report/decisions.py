"""How what people decided is set beside what the rules propose, and what became of it."""

import pandas as pd

from toolkit.model.decisions import Agrees, FollowUp
from toolkit.model.sentences import listed
from toolkit.model.sheets import PROGRAMME
from toolkit.model.vocabulary import Recommendation
from toolkit.report.markup import Sentences, Table

SAYS = {
    Agrees.YES: "as proposed",
    Agrees.OVERRIDE: "otherwise than proposed",
    Agrees.NO_PROPOSAL: "nothing is proposed",
}
COUNTED = {
    Agrees.YES: "decided as proposed",
    Agrees.OVERRIDE: "decided otherwise than proposed",
    Agrees.NO_PROPOSAL: "decided where the rules propose nothing",
    Agrees.EXPIRED: "whose decision ran out",
    Agrees.UNDECIDED: "undecided",
}
TAKEN = (Agrees.YES, Agrees.OVERRIDE, Agrees.NO_PROPOSAL)


def decision_sentence(compared: pd.DataFrame) -> Sentences:
    """Return how many questions people decided, and how their decisions stand to the rules."""
    if not len(compared):
        return Sentences(("No question is open and no decision is on record.",))
    counts = compared.agrees.value_counts()
    told = listed(f"{counts[word]} {says}" for word, says in COUNTED.items() if word in counts)
    lines = [f"Of {len(compared)} questions of the year: {told}."]
    overrides = compared[compared.agrees == Agrees.OVERRIDE]
    unexplained = overrides[~overrides.logged.astype(bool)]
    if len(overrides):
        lines.append(
            f"{len(overrides) - len(unexplained)} of {len(overrides)} decided otherwise give a "
            "reason code and a rationale."
        )
    if len(unexplained):
        lines.append(f"A reason code or the rationale is missing for {listed(unexplained.index)}.")
    return Sentences(tuple(lines))


def decision_table(compared: pd.DataFrame) -> Table:
    """Return what the rules propose and what people decided, side by side, where they decided."""
    taken = compared[compared.agrees.isin(TAKEN)]
    rows = tuple(
        (
            _subject(row),
            row.point,
            row.proposed,
            row.decision,
            SAYS[row.agrees],
            _reason(row),
            _by_and_heard(row),
            row.expires,
        )
        for row in taken.itertuples()
    )
    headings = (
        "Subject", "Decision point", "The rules propose", "People decided", "Beside the rules",
        "Reason given", "Decided by, on, and who was heard", "Runs until",
    )  # fmt: skip
    empty = "No decision that answers a question of this year is on record."
    return Table(f"Rule and decision side by side: {len(rows)}", headings, rows, empty=empty)


def _subject(row: tuple) -> str:
    named = row.Index == PROGRAMME or row.subject.endswith(f"({row.Index})")
    return row.subject if named else f"{row.Index} {row.subject}"


def _by(row: tuple) -> str | None:
    return ", ".join(filter(None, (row.decided_by, row.decided_on))) or None


def _reason(row: tuple) -> str:
    return f"{row.reason} ({row.reason_code})" if row.reason_code else row.reason


def _by_and_heard(row: tuple) -> tuple[str, ...]:
    heard = "; ".join(_heard(row))
    return tuple(filter(None, (_by(row), heard and f"heard: {heard}")))


def _heard(row: tuple) -> tuple[str, ...]:
    return tuple(who.strip() for who in (row.consulted or "").split(";") if who.strip())


def direction_table(compared: pd.DataFrame) -> Table:
    """Return what is kept by direction, against what the rules propose."""
    rows = tuple(
        (_subject(row), row.proposed, row.reason, _by(row), row.expires)
        for row in compared.itertuples()
        if row.decision == Recommendation.KEEP_BY_DIRECTION and row.agrees in TAKEN
    )
    headings = ("Agreement", "The rules propose", "Reason given", "Decided by, on", "Runs until")
    empty = "No agreement is kept by direction."
    return Table(f"Kept by direction: {len(rows)}", headings, rows, empty=empty)


def undecided_table(compared: pd.DataFrame) -> Table:
    """Return the proposals that no decision of this year answers."""
    rows = tuple(
        (_subject(row), row.point, row.proposed, row.why_proposed, _earlier(row))
        for row in compared.itertuples()
        if row.agrees in (Agrees.UNDECIDED, Agrees.EXPIRED) and row.proposed
    )
    headings = ("Subject", "Decision point", "The rules propose", "Why", "Earlier decision")
    empty = "Every proposal of this year is decided on."
    return Table(f"Undecided: {len(rows)}", headings, rows, empty=empty)


def _earlier(row: tuple) -> str | None:
    if row.agrees == Agrees.EXPIRED:
        return f"{row.decision}, for {row.year}, ran out on {row.expires}"
    return row.standing


def expired_table(compared: pd.DataFrame) -> Table:
    """Return the decisions that ran out without another in their place."""
    rows = tuple(
        (_subject(row), row.point, row.decision, row.year, row.expires, row.proposed)
        for row in compared.itertuples()
        if row.agrees == Agrees.EXPIRED
    )
    headings = (
        "Subject", "Decision point", "Decided", "For the year", "Ran out on", "The rules propose",
    )  # fmt: skip
    empty = "No decision ran out without another in its place."
    caption = f"Expired: {len(rows)}"
    return Table(caption, headings, rows, frozenset({3}), empty=empty)


def follow_up_sentence(followed: pd.DataFrame) -> Sentences:
    """Return how many of last year's decisions were carried out."""
    if not len(followed):
        return Sentences(("No decision of the year before is on record.",))
    counts = followed.decision.value_counts()
    told = listed(f"{counts[word]} {word}" for word in FollowUp if word in counts)
    return Sentences((f"Of {len(followed)} earlier decisions: {told}.",))


def follow_up_table(followed: pd.DataFrame) -> Table:
    """Return what happened to last year's decisions."""
    rows = tuple(
        (_subject(row), row.point, row.decided, row.year, row.decision, row.reason, _by(row))
        for row in followed.itertuples()
    )
    headings = (
        "Subject", "Decision point", "Decided", "For the year", "Since then",
        "What the record shows", "Decided by, on",
    )  # fmt: skip
    empty = "No decision of the year before is on record."
    caption = f"What happened to last year's decisions: {len(rows)}"
    return Table(caption, headings, rows, frozenset({3}), empty=empty)


def record_of_decisions(log: pd.DataFrame) -> Table:
    """Return the decisions on record for one agreement, its proposal among them."""
    rows = tuple(
        (
            row.year,
            row.point,
            row.decision,
            row.reason,
            _by(row),
            _heard(row),
            f"until {row.expires}" if row.in_force else "no longer in force",
            row.cells,
        )
        for row in log.itertuples()
    )
    headings = (
        "For the year", "Decision point", "Decided", "Reason given", "Decided by, on",
        "Consulted", "In force", "Cells",
    )  # fmt: skip
    empty = "No decision on it is on record."
    return Table("Decisions on record", headings, rows, empty=empty)
