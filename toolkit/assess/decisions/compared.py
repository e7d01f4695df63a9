"""What people decided beside what the rules propose.

Source: domain, section 4 (Words of decision_point; rule 2).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from toolkit.assess.classes.classification import Classified
from toolkit.assess.decisions.followup import followed
from toolkit.assess.decisions.ledger import (
    Ledger,
    Question,
    day_of,
    gather_ledger,
    place_of,
    question_of,
    ran_out,
    rationale,
    told_cells,
)
from toolkit.assess.proposals.readiness import DraftReadiness
from toolkit.assess.proposals.screened import ScreenedProposal
from toolkit.assess.record.decided import runs_out, word_of
from toolkit.assess.renewal.decide import RenewalOf
from toolkit.assess.review.agreements import Reviewed
from toolkit.model.decisions import UNDECIDED, Agrees, FollowUp, decided, decision_words
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Decision
from toolkit.model.vocabulary import DecisionPoint, ReviewWord

YEARLY = (DecisionPoint.REVIEW, DecisionPoint.RESOURCES)  # asked anew in each reporting year


@result(key="subject_id", repeats=True)
class DecisionCompared(Result):
    """One question of the reporting year: what the rules propose, and what people decided."""

    subject_id: str = out("Subject")
    decision: str = out("People decided", "The word people chose, or undecided.")
    reason: str = out("Reason given", "Their rationale, or that nothing was decided in time.")
    subject: str = out("Name")
    point: str = out("Decision point")
    year: int = out("For the year", fmt=Format.COUNT)
    proposed: str | None = out("The rules propose", "The rules' own word.")
    why_proposed: str | None = out("Why")
    agrees: Agrees = out("Beside the rules", "How the decision stands to what is proposed.")
    standing: str | None = out(
        "Earlier decision", "An earlier decision that is still in force.", default=None
    )
    reason_code: str | None = out("Reason code", default=None)
    decided_by: str | None = out("Decided by", default=None)
    decided_on: str | None = out("Decided on", default=None)
    expires: str | None = out("Runs until", default=None)
    consulted: str | None = out(
        "Consulted", "Who was heard, set apart by semicolons.", default=None
    )
    in_force: bool | None = out("In force", fmt=Format.YES_NO, default=None)
    logged: bool | None = out(
        "Logged", "Has a reason code and a rationale.", fmt=Format.YES_NO, default=None
    )


@dataclass(frozen=True)
class Proposed:
    """What the rules propose on one question. `asks` means people are to decide on it."""

    point: DecisionPoint
    word: str
    reason: str
    cells: str
    asks: bool = True


def compare_decisions(
    portfolio: Portfolio,
    policy: Policy,
    *,
    review: Table[Reviewed],
    classification: Table[Classified],
    proposals: Table[ScreenedProposal] | None = None,
    readiness: Table[DraftReadiness] | None = None,
    renewals: Table[RenewalOf] | None = None,
    as_of: date,
) -> Table[DecisionCompared]:
    """Return every question of the reporting year, by decision point and subject.

    A question is a subject and a decision point; for one agreement, D3 and the review are one
    question. The review and the resources are asked each year: a decision of an earlier year
    answers them only where it binds (rule 2), else it is `standing`. A class, D1 and D2 are asked
    once, D3 once a term.

    Parameters
    ----------
    review, classification
        The results of `review_agreements` and `reclassify` for the same portfolio and date.
    proposals, readiness, renewals
        What D1 says of each proposal, and D2 and D3 of each agreement.
    """
    ledger = gather_ledger(portfolio, policy, as_of=as_of)
    asked = {
        **_asked(DecisionPoint.RECLASSIFICATION, classification, policy, _class_proposed),
        **_asked(DecisionPoint.REVIEW, review, policy, _word_of_rules),
        **_asked(DecisionPoint.D1, proposals, policy),
        **_asked(DecisionPoint.D2, readiness, policy),
        **_asked(DecisionPoint.D3, renewals, policy),  # its result replaces the review's
    }
    rows = (_compared(key, asked.get(key), ledger) for key in {*asked, *ledger.latest})
    ordered = sorted(filter(None, rows), key=lambda row: (place_of(row.point), row.subject_id))
    return Table(DecisionCompared, ordered)


Row = TypeVar("Row", bound=Result)


def _as_it_reads(point: DecisionPoint, row: Result) -> Proposed:
    return Proposed(point, str(row.decision), row.reason, row.cells)


def _class_proposed(point: DecisionPoint, row: Classified) -> Proposed:
    """Return the class that is proposed; inside the framework nobody asks for one."""
    return replace(_as_it_reads(point, row), asks=row.framework == "outside")


def _word_of_rules(point: DecisionPoint, row: Reviewed) -> Proposed:
    """Return what the rules say by themselves: beside a decision it is the second option."""
    found = _as_it_reads(point, row)
    if row.rule is not None and row.rule.by_people:
        why = "What the rules say beside the decision."
        return replace(found, word=row.second_option or found.word, reason=why)
    if row.decision == ReviewWord.RECLASSIFY and row.proposed_class:
        return replace(found, word=f"{row.decision} as {row.proposed_class}")
    return found


def _asked(
    point: DecisionPoint,
    table: Table[Row] | None,
    policy: Policy,
    read: Callable[[DecisionPoint, Row], Proposed] = _as_it_reads,
) -> Mapping[Question, Proposed]:
    """Return what one table proposes; words that are no decision of its point are not."""
    if table is None:
        return {}
    words = set(decision_words(point, policy))
    rows = ((getattr(row, table.kind.key), row) for row in table if row.decision in words)
    return {(key, question_of(point)): read(point, row) for key, row in rows}


def _compared(key: Question, proposed: Proposed | None, ledger: Ledger) -> DecisionCompared | None:
    """Return one row; nothing where there is neither a proposal nor a decision that matters."""
    row = ledger.latest.get(key)
    if row is not None and _answers(row, proposed, ledger):
        return _decided(key, row, proposed, ledger, _agrees(row, proposed, ledger.policy))
    if row is not None and _has_expired(row, ledger):
        return _expired(key, row, proposed, ledger)
    return _undecided(key, row, proposed, ledger) if proposed and proposed.asks else None


def _answers(row: Decision, proposed: Proposed | None, ledger: Ledger) -> bool:
    """Whether a decision answers the question as it is asked this year."""
    if row.year == ledger.year:
        last = runs_out(row, ledger.policy)
        return last is None or ledger.as_of <= last
    if proposed is None or ledger.is_binding(row):
        return ledger.in_force(row)
    if row.decision_point != proposed.point or row.decision_point in YEARLY:
        return False
    return ledger.in_force(row) or (
        proposed.asks and row.decision_point != DecisionPoint.D3 and _is_acted_on(row, ledger)
    )


def _is_acted_on(row: Decision, ledger: Ledger) -> bool:
    return followed(row, ledger).decision in (FollowUp.CARRIED_OUT, FollowUp.UNDER_WAY)


def _has_expired(row: Decision, ledger: Ledger) -> bool:
    """Whether a decision ran out; one asked once and acted on does not."""
    if ledger.in_force(row) or runs_out(row, ledger.policy) is None:
        return False
    return row.decision_point in YEARLY or not _is_acted_on(row, ledger)


def _agrees(row: Decision, proposed: Proposed | None, policy: Policy) -> Agrees:
    if proposed is None:
        return Agrees.NO_PROPOSAL
    is_same = word_of(row, policy).answers(decided(proposed.word, policy))
    return Agrees.YES if is_same else Agrees.OVERRIDE


def _decided(
    key: Question, row: Decision, proposed: Proposed | None, ledger: Ledger, agrees: Agrees
) -> DecisionCompared:
    return DecisionCompared(
        subject_id=key[0],
        decision=row.decision,
        reason=rationale(row),
        subject=ledger.label(key[0]),
        point=str(row.decision_point),
        year=row.year,
        proposed=proposed.word if proposed else None,
        why_proposed=proposed.reason if proposed else None,
        agrees=agrees,
        reason_code=row.reason_code,
        decided_by=row.decided_by,
        decided_on=day_of(row),
        expires=ledger.until(row),
        consulted=row.consulted,
        in_force=ledger.in_force(row),
        logged=bool(row.reason_code and row.rationale),
        cells=joined([told_cells(row), proposed.cells if proposed else ""]),
    )


def _expired(
    key: Question, row: Decision, proposed: Proposed | None, ledger: Ledger
) -> DecisionCompared:
    why = f"Decided for {row.year}; it ran out on {ran_out(row, ledger.policy)}."
    point = str(proposed.point if proposed else row.decision_point)
    found = _decided(key, row, proposed, ledger, Agrees.EXPIRED)
    return replace(found, reason=why, point=point)


def _undecided(
    key: Question, row: Decision | None, proposed: Proposed, ledger: Ledger
) -> DecisionCompared:
    standing = row if row is not None and ledger.in_force(row) else None
    return DecisionCompared(
        subject_id=key[0],
        decision=UNDECIDED,
        reason=f"No decision for {ledger.year} is on record.",
        subject=ledger.label(key[0]),
        point=str(proposed.point),
        year=ledger.year,
        proposed=proposed.word,
        why_proposed=proposed.reason,
        agrees=Agrees.UNDECIDED,
        standing=_stands(standing, ledger) if standing else None,
        cells=joined([told_cells(standing) if standing else "", proposed.cells]),
    )


def _stands(row: Decision, ledger: Ledger) -> str:
    return f"{row.decision}, for {row.year}, until {ledger.until(row)}"
