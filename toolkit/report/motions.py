"""The proposals as motions a committee can adopt: what is directed, and under it why.

A motion is one for each kind of decision; the agreements it names stand under it by letter, each
with its reason, or with the one reason they share.
"""

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from toolkit.model.dates import long_date, told_date
from toolkit.model.decisions import SETTLED, Motion, find_word
from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, listed
from toolkit.model.vocabulary import ReviewWord
from toolkit.report.markup import Heading, Part, Sentences, Stack, render_names, render_value

M = Motion
GROUPS = {  # in the order they are put, with the kinds of motion each holds
    "End": (M.CONCLUDE_AS_HISTORICAL, M.CONCLUDE_AS_ACHIEVED, M.SUSPEND),
    "Hand on": (M.HAND_ON, M.REGISTER, M.FOLD_IN),
    "Renew": (
        M.RENEW, M.RENEW_ON_CONDITIONS, M.RENEW_ONCE, M.EXTEND_FOR_EVIDENCE, M.RENEW_OR_RECORD,
    ),
    "Reclassify": (M.RECLASSIFY, M.SETTLE_CLASS),
    "Put on notice": (M.PUT_ON_NOTICE, M.CONFIRM_OR_END, M.REVIVE_OR_END),
    "Direct staff": (
        M.RENEGOTIATE, M.AGREE_DUTIES, M.KEEP_ON_NEW_TERMS, M.CONTINUE, M.OBTAIN_EVIDENCE,
    ),
    "New agreements": (M.SIGN, M.SEND_BACK, M.NEGOTIATE, M.DECLINE),
    "Keep": (M.KEEP,),
    "Receive": (M.RECEIVE,),
}  # fmt: skip
GROUP_OF = {motion: group for group, motions in GROUPS.items() for motion in motions}
DIRECTS: Mapping[Motion, str] = {  # each goes on with the agreements it names
    M.SUSPEND: "suspend all activity with",
    M.CONCLUDE_AS_HISTORICAL: "conclude as historical the agreement{s} with",
    M.CONCLUDE_AS_ACHIEVED: "conclude as achieved the agreement{s} with",
    M.HAND_ON: "hand on the agreement{s} with",
    M.REGISTER: "register as partner-owned the agreement{s} with",
    M.FOLD_IN: "fold into what its partner already has here, once the texts are compared",
    M.RENEW: "renew the agreement{s} with",
    M.RENEW_ON_CONDITIONS: "renew on conditions the agreement{s} with",
    M.RENEW_ONCE: "renew once, on conditions, the agreement{s} with",
    M.EXTEND_FOR_EVIDENCE: "extend once, so that the evidence is brought, the agreement{s} with",
    M.RENEW_OR_RECORD: "renew, or record as concluded, the lapsed agreement{s} with",
    M.RECLASSIFY: "reclassify",
    M.SETTLE_CLASS: (
        "direct staff to report by {by} on the stated objectives, so that a class can be decided, "
        "of"
    ),
    M.PUT_ON_NOTICE: "put on notice the agreement{s} with",
    M.CONFIRM_OR_END: "have confirmed or ended, by the answer to a letter, the agreement{s} with",
    M.REVIVE_OR_END: "revive or end the agreement{s} with",
    M.RENEGOTIATE: "direct staff to renegotiate the agreement{s} with",
    M.AGREE_DUTIES: "direct staff to agree the duties anew, before the end, with",
    M.KEEP_ON_NEW_TERMS: "keep, and direct staff to agree new terms for, the agreement{s} with",
    M.CONTINUE: (
        "continue in the framework, and direct staff to mend or to put on record by {by} what is "
        "missing at, the agreement{s} with"
    ),
    M.OBTAIN_EVIDENCE: (
        "defer, and direct staff to obtain by {by} the missing evidence on, the agreement{s} with"
    ),
    M.SIGN: "sign the agreement{s} with",
    M.SEND_BACK: "send back the draft{s} of an agreement with",
    M.NEGOTIATE: "proceed to negotiate the proposal{s} of",
    M.DECLINE: "decline the proposal{s} of",
    M.KEEP: "keep the agreement{s} with",
    M.RECEIVE: "receive for information, as too early to review, the agreement{s} with",
}

Items = Sequence["Named"]


@dataclass(frozen=True)
class Named:
    """Agreements under a motion: their names, what is directed of them alone, and why."""

    names: tuple[str, ...]
    reason: str
    adds: str = ""


@dataclass(frozen=True)
class Directed:
    """A motion with its number: what is directed, and the agreements it names with their reasons.

    Those that share a reason stand on one line.
    """

    number: int
    text: str
    items: tuple[Named, ...] = field(default=())

    def _repr_html_(self) -> str:
        items = Markup().join(map(_item, _by_reason(self.items)))
        listed_items = Markup('<ol type="a">{}</ol>').format(items) if self.items else Markup()
        motion = Markup('<ol class="motion" start="{}"><li>{}{}</li></ol>')
        return str(motion.format(self.number, render_value(self.text), listed_items))


def _by_reason(items: Items) -> list[Named]:
    groups: dict[tuple[str, str], list[str]] = {}
    for item in items:
        groups.setdefault((item.reason, item.adds), []).extend(item.names)
    return [Named(tuple(names), *key) for key, names in groups.items()]


def _item(item: Named) -> Markup:
    reason = Markup('. <span class="note">{}</span>').format(render_value(item.reason))
    return Markup("<li><strong>{}</strong>{}{}</li>").format(
        render_names(item.names), item.adds, reason if item.reason else "."
    )


def motions(
    review: Table[Result],
    compared: Table[Result],
    proposals: Table[Result],
    readiness: Table[Result],
    priorities: Table[Result],
    renewals: Table[Result],
    *,
    by: date,
    plain: Mapping[str, str] = types.MappingProxyType({}),
) -> Part:
    """Return the proposals as motions for a committee, grouped, one for each kind of decision.

    Parameters
    ----------
    plain
        Why, of each agreement, in a sentence from its record; else the reason that the rules give.
    compared
        What people decided beside the rules; what they decided already is noted, not moved again.
    proposals, readiness, priorities
        What passes the first and the second decision point, and what the year is spent on.
    renewals
        For how long each renewal is proposed.
    """
    moved = _moved(review, compared, renewals, plain, by)
    for motion, item in _points(proposals, readiness, compared):
        moved.setdefault(motion, []).append(item)
    texts: dict[str, list[tuple[str, Items]]] = {group: [] for group in GROUPS}
    for group, kinds in GROUPS.items():
        for motion in (kind for kind in kinds if kind in moved):
            texts[group].append((_directs(motion, len(moved[motion]), by), moved[motion]))
    texts["Put on notice"] += _running(review, compared, plain)
    texts["Direct staff"] += _first(priorities)
    texts["Receive"] += _noted(review, compared)
    return _numbered(texts)


def _numbered(texts: Mapping[str, Sequence[tuple[str, Items]]]) -> Part:
    """Return the motions under the headings of their groups, numbered throughout."""
    parts: list[Part] = []
    number = 1
    for group, found in texts.items():
        parts += [Heading(group)] if found else []
        for text, items in found:
            parts.append(Directed(number, text, tuple(items)))
            number += 1
    return Stack(*parts) if parts else Sentences(("The record calls for no decision.",))


def _moved(
    review: Table[Result],
    compared: Table[Result],
    renewals: Table[Result],
    plain: Mapping[str, str],
    by: date,
) -> dict[Motion, list[Named]]:
    """Return what is moved on each agreement on which nobody decided yet."""
    taken = {row.subject_id for row in compared if _is_taken(row) or runs_on(row)}
    terms = {row.agreement_id: row.term for row in renewals}
    ends = {row.agreement_id: row.ends for row in renewals if row.ends}
    end = by.isoformat()
    found: dict[Motion, list[Named]] = {}
    for row in review:
        key, motion = row.agreement_id, find_word(row.decision).motion
        if motion and key not in taken and not _stands(row):
            adds = _adds(row, motion, terms.get(key) or "")
            if motion is Motion.OBTAIN_EVIDENCE and ends.get(key, end) < end:
                adds = f", by {told_date(ends[key])}, its last day"
            reason = plain.get(key, row.grounds if motion is Motion.RECLASSIFY else row.reason)
            found.setdefault(motion, []).append(Named((row.partner,), reason, adds))
    return found


def runs_on(row: Result) -> bool:
    """Whether a notice that was given still runs, so that it is not given again."""
    return row.proposed == ReviewWord.ON_NOTICE and (row.standing or "").startswith(row.proposed)


def last_day(row: Result) -> str:
    """Return until when a decision that stands runs, as a committee reads it."""
    return told_date((row.standing or "").rpartition(" ")[2])


def _running(
    review: Table[Result], compared: Table[Result], plain: Mapping[str, str]
) -> list[tuple[str, Items]]:
    rows = [row for row in compared if runs_on(row) and row.subject_id in review]
    if not rows:
        return []
    items = [
        Named(
            (review[row.subject_id].partner,),
            plain.get(row.subject_id, row.why_proposed or ""),
            f": until {last_day(row)}",
        )
        for row in rows
    ]
    return [("That Council let run on the notice that was given to:", items)]


def _stands(row: Result) -> bool:
    """Whether people decided so already."""
    return row.rule is not None and row.rule.by_people


def _is_taken(row: Result) -> bool:
    return row.point in ("review", "D3") and row.agrees in SETTLED


def _adds(row: Result, motion: Motion, term: str) -> str:
    """Return what is directed of one agreement alone: its class, or its term."""
    if motion is Motion.RECLASSIFY:
        condition = f", on condition of {listed(row.conditions)}" if row.conditions else ""
        return f" as {row.proposed_class}{condition}"
    if motion not in GROUPS["Renew"] or not term:
        return ""
    return f", {term}" if term.startswith("until") else f", for {term}"


def _directs(motion: Motion, count: int, by: date) -> str:
    told = DIRECTS[motion].format(s="" if count == 1 else "s", by=long_date(by))
    return f"That Council {told}:"


def _points(
    proposals: Table[Result], readiness: Table[Result], compared: Table[Result]
) -> Iterable[tuple[Motion, Named]]:
    """Yield what is moved at the first two decision points on what nobody decided yet."""
    decided = {row.subject_id for row in compared if row.agrees in SETTLED}
    asked = [(row.proposal_id, row) for row in proposals]
    asked += [(row.agreement_id, row) for row in readiness]
    for key, row in asked:
        motion = find_word(row.decision).motion
        if motion and key not in decided:
            yield motion, Named((f"{row.partner} ({key})",), row.reason)


def _first(priorities: Table[Result]) -> list[tuple[str, Items]]:
    first = [row.partner for row in priorities if row.decision == "priority"]
    third = [row.partner for row in priorities if row.decision == "if a third is taken"]
    if not first:
        return []
    more = f", and {listed(third)} if a third is taken" if third else ""
    return [(f"That Council spend the year's work first on {listed(first)}{more}.", ())]


def _noted(review: Table[Result], compared: Table[Result]) -> list[tuple[str, Items]]:
    rows = [row for row in compared if _is_taken(row) and row.subject_id in review]
    if not rows:
        return []
    items = [Named((review[row.subject_id].partner,), _why(row), _said(row)) for row in rows]
    return [(f"That Council note the {how_many(len(items), 'decision')} taken already:", items)]


def _said(row: Result) -> str:
    by = f" by {row.decided_by}" if row.decided_by else ""
    on = f" on {told_date(row.decided_on)}" if row.decided_on else ""
    return f": {row.decision}{by}{on}"


def _why(row: Result) -> str:
    runs = row.decision == ReviewWord.KEEP_BY_DIRECTION and row.expires
    until = f" It runs until {told_date(row.expires)}; then the rules decide again."
    return row.reason + (until if runs else "")
