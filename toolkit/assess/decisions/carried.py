"""What in the record shows that a decision on one agreement was carried out.

Source: domain, sections 4 and 8: what each word asks for. Where this year's workbook alone cannot
tell, the answer is "not on record", never "no".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from toolkit.assess.decisions.changes import (
    ENDED,
    DecisionCase,
    changes_since,
    objective_cells,
)
from toolkit.assess.decisions.ledger import ran_out
from toolkit.assess.record.decided import evidence_due, notice_ends
from toolkit.model.dates import When, add_months, long_date, spoken
from toolkit.model.decisions import FollowUp, Trace, is_better
from toolkit.model.defects import Defect
from toolkit.model.rows import joined
from toolkit.model.sheets import Project
from toolkit.model.vocabulary import ProjectState, Status

Told = tuple[FollowUp, str]


@dataclass(frozen=True)
class Expected:
    """What is looked for in the record of one kind of decision.

    `ends`: the statuses by which an agreement that came to its end carries it out; by another it
    was overtaken; `None` where its end says nothing. `shows` looks at one still there; `columns`
    are those it rests on.
    """

    ends: tuple[Status, ...] | None
    shows: Callable[[DecisionCase], Told]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What is found of one decision, and the cells it rests on."""

    decision: FollowUp
    reason: str
    cells: str = ""


def carried_out(case: DecisionCase) -> Shown:
    """Return what the record shows of a decision on an agreement."""
    expected = EXPECTED[case.decided.word.follow_up]
    if case.is_over and expected.ends is not None:
        is_meant = case.agreement.status in expected.ends
        word, reason = FollowUp.CARRIED_OUT if is_meant else FollowUp.OVERTAKEN, case.status
    else:
        word, reason = expected.shows(case)
    cells = [case.agreement.cells("status", *expected.columns)]
    if expected.shows in (_shows_new_terms, _shows_mended):
        cells += objective_cells(case)
    return Shown(word, reason, joined(cells))


def _shows_no_end(case: DecisionCase) -> Told:
    agreement = case.agreement
    reason = f"Its status is still {agreement.status}."
    if isinstance(agreement.ends, When):
        return FollowUp.NOT_YET, f"{reason} Its end is {spoken(agreement.ends)}."
    return FollowUp.NOT_YET, reason


def _shows_notice(case: DecisionCase) -> Told:
    word, reason = _shows_no_end(case)
    if isinstance(case.agreement.ends, When):
        return word, reason
    due = notice_ends(case.row, case.ledger.policy)
    return word, f"{reason} After its notice it ends by {long_date(due)}."


def _shows_owner(case: DecisionCase) -> Told:
    if case.agreement.owner:
        return FollowUp.CARRIED_OUT, f"It belongs to {case.agreement.owner}."
    return FollowUp.NOT_YET, f"Its status is still {case.agreement.status}; the City owns it."


def _shows_in_force(case: DecisionCase) -> Told:
    if case.agreement.status != Status.ACTIVE:
        return FollowUp.OVERTAKEN, case.status
    seat = case.today.seat
    return FollowUp.CARRIED_OUT, f"It is in force.{f' Seat: {seat}.' if seat else ''}"


def _shows_direction(case: DecisionCase) -> Told:
    until = ran_out(case.row, case.ledger.policy)
    if case.ledger.in_force(case.row):
        return FollowUp.UNDER_WAY, f"The direction runs until {until}."
    return FollowUp.EXPIRED, f"The direction ran out on {until}."


def _shows_class(case: DecisionCase) -> Told:
    agreement = case.agreement
    if _has_class(case):
        on = f" since {spoken(agreement.reclassified_on)}" if agreement.reclassified_on else ""
        was = (
            f"; it was called {agreement.original_class} before" if agreement.original_class else ""
        )
        return FollowUp.CARRIED_OUT, f"Its class is {agreement.classification}{on}{was}."
    if case.is_over:
        return FollowUp.OVERTAKEN, case.status
    return FollowUp.NOT_YET, f"Its class is still {agreement.classification}."


def _has_class(case: DecisionCase) -> bool:
    """Whether it has the class decided on; where none was named, whether it was reclassified."""
    wanted = case.decided.agreement_class
    if wanted is None:
        return case.is_after(case.agreement.reclassified_on)
    return case.agreement.classification == wanted.name


def _shows_mended(case: DecisionCase) -> Told:
    if not case.today.defects:
        return FollowUp.CARRIED_OUT, "No defect is left."
    changes, left = changes_since(case), f"Still to mend: {_to_mend(case.today.defects)}."
    word = FollowUp.UNDER_WAY if changes else FollowUp.NOT_YET
    return word, " ".join([*(f"{change}." for change in changes), left])


def _to_mend(defects: Iterable[Defect]) -> str:
    return "; ".join(f"{defect.name} ({defect.finding})" for defect in defects)


def _shows_new_terms(case: DecisionCase) -> Told:
    changes = changes_since(case)
    if changes:
        return FollowUp.CARRIED_OUT, f"{'. '.join(changes)}."
    if case.earlier is not None:
        return FollowUp.NOT_YET, "Its end and its objectives are those of last year's workbook."
    return FollowUp.NOT_ON_RECORD, (
        "Nothing was signed and no objective begins since the decision; a change of terms shows "
        "only beside last year's workbook."
    )


def _shows_what_was_asked(case: DecisionCase) -> Told:
    until, proposed = ran_out(case.row, case.ledger.policy), case.today.proposed
    said = f"The review says {proposed.text}" if proposed else "The review says nothing of it"
    if proposed is not None and is_better(proposed, case.decided.word):
        return FollowUp.CARRIED_OUT, f"{said}."
    if case.ledger.in_force(case.row):
        return FollowUp.UNDER_WAY, f"The notice runs until {until}. {said}."
    return FollowUp.NOT_YET, f"The notice ran out on {until}. {said}."


def _shows_later_end(case: DecisionCase) -> Told:
    agreement, before = case.agreement, case.earlier
    ends = agreement.ends
    if case.is_after(agreement.signed):
        return FollowUp.CARRIED_OUT, f"Signed again on {spoken(agreement.signed)}."
    if not isinstance(ends, When):
        return FollowUp.NOT_ON_RECORD, "No end date is on record, so no new term can be seen."
    if before and isinstance(before.ends, When) and ends.last > before.ends.last:
        return FollowUp.CARRIED_OUT, f"Its end was {before.ends} and is {ends}."
    lead = case.ledger.policy.periods.evaluation_lead_months
    if before is None and ends.last > add_months(case.since, lead):
        text = f"Its end is {spoken(ends)}; whether that moved shows only beside last year's"
        return FollowUp.NOT_ON_RECORD, f"{text} workbook."
    verb = "was" if ends.last < case.ledger.as_of else "is still"
    return FollowUp.NOT_YET, f"Its end {verb} {spoken(ends)}."


def _shows_hold(case: DecisionCase) -> Told:
    if case.agreement.status == Status.SUSPENDED or case.agreement.legal_hold == "y":
        return FollowUp.CARRIED_OUT, "It is suspended or on legal hold."
    return FollowUp.NOT_YET, f"Its status is still {case.agreement.status}."


def _shows_extension(case: DecisionCase) -> Told:
    until = evidence_due(case.row, case.ledger.policy)
    if case.ledger.as_of <= until:
        return FollowUp.UNDER_WAY, f"The extension of evidence runs until {long_date(until)}."
    return FollowUp.EXPIRED, f"The extension of evidence ended on {long_date(until)}."


def _shows_answer(case: DecisionCase) -> Told:
    agreement = case.agreement
    if case.is_after(agreement.answered_on):
        return FollowUp.CARRIED_OUT, f"It answered on {spoken(agreement.answered_on)}."
    if case.is_after(agreement.asked_on):
        asked = spoken(agreement.asked_on)
        return FollowUp.UNDER_WAY, f"It was asked on {asked}; no answer is on record."
    return FollowUp.NOT_YET, "No question and no answer since then is on record."


def _shows_project(case: DecisionCase) -> Told:
    live = sorted(
        (p.starts.first, f"{p.project_id} {p.name}")
        for p in case.ledger.portfolio.of(case.agreement, Project)
        if p.state != ProjectState.CANCELLED and p.starts
    )
    after = [(day, name) for day, name in live if day >= case.since]
    if not after:
        return FollowUp.NOT_YET, "No project since then is on record."
    day, name = after[0]
    if day <= case.ledger.as_of:
        return FollowUp.CARRIED_OUT, f"{name} began on {long_date(day)}."
    return FollowUp.UNDER_WAY, f"{name} is planned for {long_date(day)}."


def _shows_any_class(case: DecisionCase) -> Told:
    word = case.agreement.classification
    if case.ledger.policy.class_named(word):
        return FollowUp.CARRIED_OUT, f"Its class is {word}."
    return FollowUp.NOT_YET, f"It is still called {word}, outside the framework."


def _shows_end_ahead(case: DecisionCase) -> Told:
    ends = case.agreement.ends
    if isinstance(ends, When) and ends.last >= case.ledger.as_of:
        return FollowUp.CARRIED_OUT, f"Its end is {spoken(ends)}."
    return FollowUp.NOT_YET, f"It is still listed as {case.agreement.status} past its end."


def _shows_another_word(case: DecisionCase) -> Told:
    if case.today.proposed in (None, case.decided.word):
        return FollowUp.NOT_YET, "The review still says the same."
    said = case.today.proposed.text
    return FollowUp.CARRIED_OUT, f"It was looked at again; the review says {said}."


def _shows_signature(case: DecisionCase) -> Told:
    if case.agreement.status == Status.PROPOSED:
        return FollowUp.NOT_YET, "Its status is still proposed."
    return FollowUp.CARRIED_OUT, case.status


CLOSED = (Status.CONCLUDED, Status.HISTORICAL)
HANDED_ON = (Status.TRANSFERRED,)
TERM = ("signed", "ends")
DONE = ("concluded_on",)
NAMED = ("classification", "original_class", "reclassified_on")
EXPECTED: Mapping[Trace | None, Expected] = {
    Trace.NOTICE: Expected(CLOSED, _shows_notice, ("ends", *DONE)),
    Trace.CONCLUSION: Expected(CLOSED, _shows_no_end, ("ends", *DONE)),
    Trace.FOLDED: Expected(CLOSED, _shows_no_end, DONE),
    Trace.HANDED_ON: Expected(HANDED_ON, _shows_owner, ("owner", *DONE)),
    Trace.OWNER: Expected(HANDED_ON, _shows_owner, ("owner",)),
    Trace.IN_FORCE: Expected((), _shows_in_force, DONE),
    Trace.DIRECTION: Expected((), _shows_direction, DONE),
    Trace.MENDED: Expected((), _shows_mended, TERM),
    Trace.NEW_TERMS: Expected((), _shows_new_terms, TERM),
    Trace.SHOWN: Expected(CLOSED, _shows_what_was_asked, DONE),
    Trace.LATER_END: Expected((), _shows_later_end, TERM),
    Trace.HOLD: Expected((), _shows_hold, ("legal_hold",)),
    Trace.EXTENSION: Expected((), _shows_extension, DONE),
    Trace.ANSWER: Expected(CLOSED, _shows_answer, ("asked_on", "answered_on")),
    Trace.PROJECT: Expected(CLOSED, _shows_project, DONE),
    Trace.CLASS: Expected(None, _shows_class, NAMED),
    Trace.ANY_CLASS: Expected((), _shows_any_class, NAMED),
    Trace.END_AHEAD: Expected(CLOSED, _shows_end_ahead, ("ends", *DONE)),
    Trace.ANOTHER_WORD: Expected((), _shows_another_word, DONE),
    Trace.SIGNATURE: Expected(ENDED, _shows_signature, ("signed",)),
}
