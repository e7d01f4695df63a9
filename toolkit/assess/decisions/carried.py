"""What in the record shows that a decision on one agreement was carried out.

Source: domain, sections 4 and 8: what each word asks for. Where this year's workbook alone cannot
tell, the answer is "not on record", never "no".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.assess.decisions.changes import ENDED, Case, changes_since, objective_cells, spoken
from toolkit.assess.decisions.ledger import ran_out
from toolkit.assess.record.decided import evidence_due, notice_ends
from toolkit.assess.record.results import joined
from toolkit.model.dates import When, add_months, long_date
from toolkit.model.decisions import FollowUp
from toolkit.model.defects import Defect
from toolkit.model.vocabulary import ClassFinding, ProjectState, Recommendation, Status

Told = tuple[FollowUp, str]
R = Recommendation
AS = f"{R.RECLASSIFY} as ".casefold()


@dataclass(frozen=True)
class Expected:
    """What some words of a decision ask for.

    `ends`: the statuses by which an agreement that came to its end carries it out; by another it
    was overtaken. `shows` looks at one still there; `columns` are those it rests on.
    """

    words: tuple[str, ...]
    ends: tuple[Status, ...]
    shows: Callable[[Case], Told]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What is found of one decision, and the cells it rests on."""

    decision: FollowUp
    reason: str
    cells: str = ""


def carried_out(case: Case) -> Found:
    """Return what the record shows of a decision on an agreement."""
    expected = next((e for e in EXPECTED if _holds(e.words, case.row.decision)), CLASSED)
    if case.is_over and expected is not CLASSED:
        is_meant = case.agreement.status in expected.ends
        word, reason = FollowUp.CARRIED_OUT if is_meant else FollowUp.OVERTAKEN, case.status
    else:
        word, reason = expected.shows(case)
    cells = [case.agreement.cells("status", *expected.columns)]
    if expected.shows in (_shows_new_terms, _shows_mended):
        cells += objective_cells(case)
    return Found(word, reason, joined(cells))


def _holds(words: tuple[str, ...], text: str) -> bool:
    return text.casefold() in (word.casefold() for word in words)


def _shows_no_end(case: Case) -> Told:
    agreement = case.agreement
    reason = f"Its status is still {agreement.status}."
    if isinstance(agreement.ends, When):
        return FollowUp.NOT_YET, f"{reason} Its end is {spoken(agreement.ends)}."
    if case.row.decision != R.SUNSET:
        return FollowUp.NOT_YET, reason
    due = notice_ends(case.row, case.ledger.policy)
    return FollowUp.NOT_YET, f"{reason} After its notice it ends by {long_date(due)}."


def _shows_owner(case: Case) -> Told:
    if case.agreement.owner:
        return FollowUp.CARRIED_OUT, f"It belongs to {case.agreement.owner}."
    return FollowUp.NOT_YET, f"Its status is still {case.agreement.status}; the City owns it."


def _shows_in_force(case: Case) -> Told:
    if case.agreement.status != Status.ACTIVE:
        return FollowUp.OVERTAKEN, case.status
    return FollowUp.CARRIED_OUT, f"It is in force.{f' Seat: {case.seat}.' if case.seat else ''}"


def _shows_direction(case: Case) -> Told:
    until = ran_out(case.row, case.ledger.policy)
    if case.ledger.in_force(case.row):
        return FollowUp.UNDER_WAY, f"The direction runs until {until}."
    return FollowUp.EXPIRED, f"The direction ran out on {until}."


def _shows_class(case: Case) -> Told:
    agreement = case.agreement
    word = case.row.decision.casefold().removeprefix(AS)
    wanted = [c.name for c in case.ledger.policy.classes if _holds((c.name, *c.formerly), word)]
    if agreement.classification in wanted or (
        not wanted and case.is_after(agreement.reclassified_on)
    ):
        on = f" since {spoken(agreement.reclassified_on)}" if agreement.reclassified_on else ""
        was = (
            f"; it was called {agreement.original_class} before" if agreement.original_class else ""
        )
        return FollowUp.CARRIED_OUT, f"Its class is {agreement.classification}{on}{was}."
    if case.is_over:
        return FollowUp.OVERTAKEN, case.status
    return FollowUp.NOT_YET, f"Its class is still {agreement.classification}."


def _shows_mended(case: Case) -> Told:
    if not case.defects:
        return FollowUp.CARRIED_OUT, "No defect is left."
    changes, left = changes_since(case), f"Still to mend: {_to_mend(case.defects)}."
    word = FollowUp.UNDER_WAY if changes else FollowUp.NOT_YET
    return word, " ".join([*(f"{change}." for change in changes), left])


def _to_mend(defects: Iterable[Defect]) -> str:
    return "; ".join(f"{defect.name} ({defect.finding})" for defect in defects)


def _shows_new_terms(case: Case) -> Told:
    changes = changes_since(case)
    if changes:
        return FollowUp.CARRIED_OUT, f"{'. '.join(changes)}."
    if case.earlier is not None:
        return FollowUp.NOT_YET, "Its end and its objectives are those of last year's workbook."
    return FollowUp.NOT_ON_RECORD, (
        "Nothing was signed and no objective begins since the decision; a change of terms shows "
        "only beside last year's workbook."
    )


def _shows_later_end(case: Case) -> Told:
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


def _shows_hold(case: Case) -> Told:
    if case.agreement.status == Status.SUSPENDED or case.agreement.legal_hold == "y":
        return FollowUp.CARRIED_OUT, "It is suspended or on legal hold."
    return FollowUp.NOT_YET, f"Its status is still {case.agreement.status}."


def _shows_extension(case: Case) -> Told:
    until = evidence_due(case.row, case.ledger.policy)
    if case.ledger.as_of <= until:
        return FollowUp.UNDER_WAY, f"The extension of evidence runs until {long_date(until)}."
    return FollowUp.EXPIRED, f"The extension of evidence ended on {long_date(until)}."


def _shows_answer(case: Case) -> Told:
    agreement = case.agreement
    if case.is_after(agreement.answered_on):
        return FollowUp.CARRIED_OUT, f"It answered on {spoken(agreement.answered_on)}."
    if case.is_after(agreement.asked_on):
        asked = spoken(agreement.asked_on)
        return FollowUp.UNDER_WAY, f"It was asked on {asked}; no answer is on record."
    return FollowUp.NOT_YET, "No question and no answer since then is on record."


def _shows_project(case: Case) -> Told:
    live = sorted(
        (p.starts.first, f"{p.project_id} {p.name}")
        for p in case.ledger.projects.get(case.agreement.agreement_id, ())
        if p.state != ProjectState.CANCELLED and p.starts
    )
    after = [(day, name) for day, name in live if day >= case.since]
    if not after:
        return FollowUp.NOT_YET, "No project since then is on record."
    day, name = after[0]
    if day <= case.ledger.as_of:
        return FollowUp.CARRIED_OUT, f"{name} began on {long_date(day)}."
    return FollowUp.UNDER_WAY, f"{name} is planned for {long_date(day)}."


def _shows_any_class(case: Case) -> Told:
    word = case.agreement.classification
    if case.ledger.policy.class_named(word):
        return FollowUp.CARRIED_OUT, f"Its class is {word}."
    return FollowUp.NOT_YET, f"It is still called {word}, outside the framework."


def _shows_end_ahead(case: Case) -> Told:
    ends = case.agreement.ends
    if isinstance(ends, When) and ends.last >= case.ledger.as_of:
        return FollowUp.CARRIED_OUT, f"Its end is {spoken(ends)}."
    return FollowUp.NOT_YET, f"It is still listed as {case.agreement.status} past its end."


def _shows_another_word(case: Case) -> Told:
    if case.proposed is None or _holds((case.proposed,), case.row.decision):
        return FollowUp.NOT_YET, "The review still says the same."
    return FollowUp.CARRIED_OUT, f"It was looked at again; the review says {case.proposed}."


def _shows_signature(case: Case) -> Told:
    if case.agreement.status == Status.PROPOSED:
        return FollowUp.NOT_YET, "Its status is still proposed."
    return FollowUp.CARRIED_OUT, case.status


ANY_CLASS = (R.CLASS_FIRST, ClassFinding.BORDERLINE, ClassFinding.NO_OBJECTIVES)
RENEWS = ("Renew", "Renew with conditions", "One conditional renewal")
CLOSED = (Status.CONCLUDED, Status.HISTORICAL)
TERM = ("signed", "ends")
DONE = ("concluded_on",)
NAMED = ("classification", "original_class", "reclassified_on")
CLASSED = Expected((), (), _shows_class, NAMED)
EXPECTED = (
    Expected((R.SUNSET, "Conclude as achieved"), CLOSED, _shows_no_end, ("ends", *DONE)),
    Expected((R.FOLD_IN,), CLOSED, _shows_no_end, DONE),
    Expected((R.TRANSFER,), (Status.TRANSFERRED,), _shows_owner, ("owner", *DONE)),
    Expected((R.REGISTER,), (Status.TRANSFERRED,), _shows_owner, ("owner",)),
    Expected((R.KEEP,), (), _shows_in_force, DONE),
    Expected((R.KEEP_BY_DIRECTION,), (), _shows_direction, DONE),
    Expected((R.KEEP_ON_NEW_TERMS, R.CONTINUE), (), _shows_mended, TERM),
    Expected((R.RENEGOTIATE, "Renegotiate duties"), (), _shows_new_terms, TERM),
    Expected(RENEWS, (), _shows_later_end, TERM),
    Expected((R.SUSPEND,), (), _shows_hold, ("legal_hold",)),
    Expected(("Not evaluable",), (), _shows_extension, DONE),
    Expected((R.CONFIRM_OR_END,), CLOSED, _shows_answer, ("asked_on", "answered_on")),
    Expected((R.REVIVE_OR_END,), CLOSED, _shows_project, DONE),
    Expected(ANY_CLASS, (), _shows_any_class, NAMED),
    Expected((R.LAPSED,), CLOSED, _shows_end_ahead, ("ends", *DONE)),
    Expected((R.INSUFFICIENT, R.TOO_EARLY), (), _shows_another_word, DONE),
    Expected(("Sign",), ENDED, _shows_signature, ("signed",)),
)
