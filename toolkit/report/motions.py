"""The proposals as motions a committee can adopt, one for each kind of decision."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from toolkit.model.dates import long_date
from toolkit.model.decisions import Agrees, Motion, find_word
from toolkit.model.results import Result, Table
from toolkit.model.text import listed
from toolkit.model.told import tell
from toolkit.model.vocabulary import ReviewWord
from toolkit.report.markup import Sentences
from toolkit.report.review import briefly

TAKEN = (Agrees.YES, Agrees.OVERRIDE)


Moved = Sequence[tuple[str, Result]]  # what is moved of whom, by name


Write = Callable[[Moved, date], list[str]]


def motions(
    review: Table[Result],
    compared: Table[Result],
    proposals: Table[Result],
    readiness: Table[Result],
    priorities: Table[Result],
    *,
    by: date,
) -> Sentences:
    """Return the proposals as motions for a committee, one for each kind of decision.

    Parameters
    ----------
    compared
        What people decided beside the rules; what they decided already is noted, not moved again.
    proposals, readiness, priorities
        What passes the first and the second decision point, and what the year is spent on.
    """
    taken = {row.subject_id: row for row in compared if _is_taken(row)}
    open_rows = [row for row in review if row.agreement_id not in taken and not _stands(row)]
    lines = []
    for motion in Motion:
        moved = [(r.partner, r) for r in open_rows if find_word(r.decision).motion is motion]
        lines += MOTIONS[motion](moved, by) if moved else []
    lines += _points(proposals, readiness, compared, by)
    lines += _first(priorities)
    lines += [_note(review[key].partner, row) for key, row in taken.items() if key in review]
    if not lines:
        return Sentences(("The record calls for no decision.",))
    return Sentences(tuple(lines), "numbered")


def _stands(row: Result) -> bool:
    """Whether people decided so already."""
    return row.rule is not None and row.rule.by_people


def _is_taken(row: Result) -> bool:
    return row.point in ("review", "D3") and row.agrees in TAKEN


def _points(
    proposals: Table[Result], readiness: Table[Result], compared: Table[Result], by: date
) -> list[str]:
    """Return the motions of the first two decision points on what nobody decided yet."""
    decided = {row.subject_id for row in compared if row.agrees in TAKEN}
    asked = [(row.proposal_id, row) for row in proposals]
    asked += [(row.agreement_id, row) for row in readiness]
    return [
        line
        for key, row in asked
        if key not in decided and (motion := find_word(row.decision).motion)
        for line in MOTIONS[motion]([(f"{row.partner} ({key})", row)], by)
    ]


def _first(priorities: Table[Result]) -> list[str]:
    first = [row.partner for row in priorities if row.decision == "priority"]
    third = [row.partner for row in priorities if row.decision == "if a third is taken"]
    if not first:
        return []
    more = f", and {listed(third)} if a third is taken" if third else ""
    return [f"That Council spend the year's work first on {listed(first)}{more}."]


def _note(name: str, row: Result) -> str:
    on = f", {row.decided_on}" if row.decided_on else ""
    by = f" by {row.decided_by}" if row.decided_by else ""
    until = f" It runs until {row.expires}: extend it, or the rules decide." if row.expires else ""
    said = f"That Council note what was decided on {name}{by}{on}: {row.decision}. {row.reason}"
    return said + (until if row.decision == ReviewWord.KEEP_BY_DIRECTION else "")


def _who(moved: Moved) -> str:
    return briefly(name for name, _ in moved)


def _continue(moved: Moved, by: date) -> list[str]:
    defects = dict.fromkeys(defect.name for _, row in moved for defect in row.defects)
    line = f"That Council continue, in the framework, {_who(moved)}"
    if not defects:
        return [f"{line}."]
    return [
        f"{line} and direct staff to mend, or to put on record by {long_date(by)}, what is missing "
        f"at each: {listed(defects)}."
    ]


def _reclassify(moved: Moved, _by: date) -> list[str]:
    return [
        f"That Council reclassify {name} as {row.proposed_class}"
        + (f", on condition of {listed(row.conditions)}. " if row.conditions else ". ")
        + row.grounds
        for name, row in moved
    ]


def _keep(moved: Moved, _by: date) -> list[str]:
    return [f"That Council keep {_who(moved)}."]


def _obtain(moved: Moved, by: date) -> list[str]:
    told = (
        "That Council defer {name} and direct staff to obtain the missing evidence by {by}. "
        "{reason}"
    )
    return [tell(told, name=name, by=long_date(by), reason=row.reason) for name, row in moved]


def _class_first(moved: Moved, by: date) -> list[str]:
    return [
        f"That Council direct staff to report by {long_date(by)} on the stated objectives of "
        f"{_who(moved)}, so that their class can be decided."
    ]


def _each(text: str) -> Write:
    def write(moved: Moved, _by: date) -> list[str]:
        return [tell(text, name=name, reason=row.reason) for name, row in moved]

    return write


MOTIONS: Mapping[Motion, Write] = {
    Motion.SUSPEND: _each("That Council suspend all activity with {name}. {reason}"),
    Motion.CONCLUDE_AS_HISTORICAL: _each(
        "That Council conclude the agreement with {name} as historical. {reason}"
    ),
    Motion.HAND_ON: _each("That Council hand on the agreement with {name}. {reason}"),
    Motion.RENEW_OR_RECORD: _each(
        "That Council decide whether the lapsed agreement with {name} is renewed or recorded as "
        "concluded. {reason}"
    ),
    Motion.REGISTER: _each("That Council register {name} as partner-owned. {reason}"),
    Motion.FOLD_IN: _each(
        "That Council fold {name} into the other agreement with this partner, once their texts are "
        "compared. {reason}"
    ),
    Motion.RECLASSIFY: _reclassify,
    Motion.SETTLE_CLASS: _class_first,
    Motion.CONFIRM_OR_END: _each(
        "That Council ask {name} to confirm the agreement or end it. {reason}"
    ),
    Motion.PUT_ON_NOTICE: _each("That Council put {name} on notice. {reason}"),
    Motion.REVIVE_OR_END: _each(
        "That Council revive the agreement with {name} or end it. {reason}"
    ),
    Motion.RENEW: _each("That Council renew the agreement with {name}. {reason}"),
    Motion.RENEW_ON_CONDITIONS: _each(
        "That Council renew the agreement with {name} on conditions. {reason}"
    ),
    Motion.RENEW_ONCE: _each(
        "That Council renew the agreement with {name} once, on conditions. {reason}"
    ),
    Motion.AGREE_DUTIES: _each(
        "That Council direct staff to agree the duties of {name} anew before it ends. {reason}"
    ),
    Motion.CONCLUDE_AS_ACHIEVED: _each(
        "That Council conclude the agreement with {name} as achieved. {reason}"
    ),
    Motion.EXTEND_FOR_EVIDENCE: _each(
        "That Council extend the agreement with {name} once, to bring the evidence. {reason}"
    ),
    Motion.RENEGOTIATE: _each("That Council direct staff to renegotiate with {name}. {reason}"),
    Motion.KEEP_ON_NEW_TERMS: _each("That Council keep {name} on new terms. {reason}"),
    Motion.KEEP: _keep,
    Motion.OBTAIN_EVIDENCE: _obtain,
    Motion.CONTINUE: _continue,
    Motion.RECEIVE: _each("That Council receive for information: {name}. {reason}"),
    Motion.NEGOTIATE: _each("That Council proceed to negotiate the proposal of {name}. {reason}"),
    Motion.DECLINE: _each("That Council decline the proposal of {name}. {reason}"),
    Motion.SIGN: _each("That Council sign the agreement with {name}. {reason}"),
    Motion.SEND_BACK: _each("That Council send back the draft agreement with {name}. {reason}"),
}
