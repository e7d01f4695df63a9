"""How what people decided is set beside what the rules propose, and what became of it."""

from collections import Counter

from toolkit.model.dates import told_date
from toolkit.model.decisions import Agrees, FollowUp
from toolkit.model.results import Format, Result, Table
from toolkit.model.sheets import PROGRAMME
from toolkit.model.text import how_many, listed
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.view import Found, Made, View

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
AFTER = [  # what is not done stands first
    FollowUp.NOT_YET, FollowUp.NOT_ON_RECORD, FollowUp.EXPIRED, FollowUp.UNDER_WAY,
    FollowUp.OVERTAKEN, FollowUp.CARRIED_OUT,
]  # fmt: skip
TAKEN = (Agrees.YES, Agrees.OVERRIDE, Agrees.NO_PROPOSAL)


def decision_sentence(compared: Table[Result]) -> Sentences:
    """Return how many questions people decided, and how their decisions stand to the rules."""
    if not len(compared):
        return Sentences(("No question is open and no decision is on record.",))
    counts = Counter(row.agrees for row in compared)
    told = listed(f"{counts[word]} {says}" for word, says in COUNTED.items() if word in counts)
    lines = [f"Of {len(compared)} questions of the year: {told}."]
    overrides = compared.where(lambda row: row.agrees == Agrees.OVERRIDE)
    unexplained = [row.subject_id for row in overrides if not row.logged]
    if len(overrides):
        lines.append(
            f"{len(overrides) - len(unexplained)} of {len(overrides)} decided otherwise give a "
            "reason code and a rationale."
        )
    if unexplained:
        lines.append(f"A reason code or the rationale is missing for {listed(unexplained)}.")
    return Sentences(tuple(lines))


def _subject(row: Result) -> str:
    named = row.subject_id == PROGRAMME or row.subject.endswith(f"({row.subject_id})")
    return row.subject if named else f"{row.subject_id} {row.subject}"


def _by(row: Result) -> str | None:
    return ", ".join(filter(None, (row.decided_by, row.decided_on))) or None


def _reason(row: Result) -> str:
    return f"{row.reason} ({row.reason_code})" if row.reason_code else row.reason


def _heard(row: Result) -> tuple[str, ...]:
    return tuple(who.strip() for who in (row.consulted or "").split(";") if who.strip())


def _says(row: Result) -> str:
    return SAYS[row.agrees]


def _runs(row: Result) -> str:
    return f"until {row.expires}" if row.in_force else "no longer in force"


SUBJECT = Made("Subject", _subject)


BY = Made("Decided by, on", _by)


beside_the_rules = View(
    "decisions",
    "Rule and decision side by side: {count}",
    (
        Made("Subject", lambda row: row.subject), "proposed",
        Made("People decided", lambda row: f"{row.decision}, {told_date(row.decided_on)}"),
        Made("Beside the rules", _says), Made("Reason given", _reason),
        Made("Runs until", lambda row: told_date(row.expires)),
    ),
    where=lambda row: row.agrees in TAKEN,
    empty="No decision that answers a question of this year is on record.",
)  # fmt: skip


def _decided(row: Result) -> str:
    return ", ".join(filter(None, (row.decided, told_date(row.decided_on))))


followed_up = View(
    "decisions_followed_up",
    "Decisions of the year before: {count}",
    (Made("Agreement", lambda row: row.subject), Made("Decided", _decided), "decision", "reason"),
    order=lambda row: (AFTER.index(row.decision), row.subject),
    empty="No decision of the year before is on record.",
)


on_record = View(
    "decisions_on_record",
    "Decisions on record",
    (
        "year", "point", "decision", "reason", BY, Made("Consulted", _heard),
        Made("In force", _runs), "cells",
    ),
    formats={"year": Format.TEXT},
    empty="No decision on it is on record.",
)  # fmt: skip


def follow_up_sentence(followed: Table[Result]) -> Sentences:
    """Return how many of last year's decisions were carried out."""
    if not len(followed):
        return Sentences(("No decision of the year before is on record.",))
    counts = Counter(row.decision for row in followed)
    told = listed(f"{counts[word]} {word}" for word in FollowUp if word in counts)
    return Sentences((f"Of {how_many(len(followed), 'earlier decision')}: {told}.",))


def what_became(results: Found) -> Part:
    """Return what became of last year's decisions; nothing where none is on record."""
    followed: Table[Result] = results.decisions_followed_up
    return Stack(follow_up_sentence(followed), followed_up(results)) if followed else Stack()
