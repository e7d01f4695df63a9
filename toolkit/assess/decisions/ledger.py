"""What the record holds of each decision people took and of its subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from toolkit.assess.record.decided import has_run_out, known_decisions, runs_out, word_of
from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import PROGRAMME, Agreement, Decision, Proposal
from toolkit.model.vocabulary import DecisionPoint

TOLD = ("decision", "reason_code", "rationale", "decided_on", "expires")
Question = tuple[str, str]  # a subject, and what is asked of it


@result(key="subject_id", repeats=True)
class DecisionOnRecord(Result):
    """One decision that people took."""

    subject_id: str = out("Subject")
    decision: str = out("Decided", "The word people chose.")
    reason: str = out("Reason given", "Their rationale.")
    subject: str = out("Name")
    agreement_id: str | None = out(
        "Agreement", "What it is about, or the agreement that its proposal names."
    )
    point: str = out("Decision point")
    year: int = out("For the year", fmt=Format.COUNT)
    reason_code: str | None = out("Reason code")
    decided_by: str | None = out("Decided by")
    decided_on: str | None = out("Decided on")
    expires: str = out("Runs until")
    consulted: str | None = out("Consulted", "Who was heard, set apart by semicolons.")
    in_force: bool = out("In force", "Neither run out nor replaced.", fmt=Format.YES_NO)


@dataclass(frozen=True)
class Ledger:
    """The decisions known on one day, with the portfolio that holds their subjects.

    `latest` is the last decision on each question; `previous` last year's portfolio, `None` where
    that workbook is not at hand.
    """

    portfolio: Portfolio
    policy: Policy
    as_of: date
    previous: Portfolio | None = None
    decisions: Sequence[Decision] = ()
    latest: Mapping[Question, Decision] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The reporting year that the day falls in."""
        return self.policy.year_of(self.as_of)

    def subject(self, row: Decision) -> str:
        """Return what a decision is about; one of D1 on an agreement is about its proposal."""
        agreement = self.portfolio.get(Agreement, row.subject_id)
        if agreement is None or row.decision_point != DecisionPoint.D1:
            return row.subject_id
        named = self.portfolio.of(agreement, Proposal)
        return named[0].proposal_id if len(named) == 1 else row.subject_id

    def question(self, row: Decision) -> Question:
        """Return what a decision answers; D3 answers for an agreement what the review asks."""
        return self.subject(row), question_of(row.decision_point)

    def after(self, row: Decision) -> Decision | None:
        """Return the latest decision on the same question, if it is a later one."""
        latest = self.latest[self.question(row)]
        return None if latest is row else latest

    def label(self, subject: str) -> str:
        """Return how a subject is called."""
        if subject == PROGRAMME:
            return "The programme"
        proposal = self.portfolio.get(Proposal, subject)
        return self.portfolio.labels.get(subject) or (proposal.partner if proposal else subject)

    def in_force(self, row: Decision) -> bool:
        """Whether a decision still runs; Sunset and Transfer do while the agreement is in force."""
        if runs_out(row, self.policy) is not None:
            return not has_run_out(row, self.policy, as_of=self.as_of)
        agreement = self.portfolio.get(Agreement, row.subject_id)
        return agreement is not None and is_reviewed(agreement)

    def until(self, row: Decision) -> str:
        """Return until when a decision runs, as text."""
        last = runs_out(row, self.policy)
        return "its status changes" if last is None else last.isoformat()

    def is_binding(self, row: Decision) -> bool:
        """Whether a decision binds the review of later years too (rule 2)."""
        return word_of(row, self.policy).word.binds is not None


def gather_ledger(
    portfolio: Portfolio, policy: Policy, *, as_of: date, previous: Portfolio | None = None
) -> Ledger:
    """Return the ledger of a portfolio on one day."""
    decisions = known_decisions(portfolio, policy, as_of=as_of)
    ledger = Ledger(portfolio, policy, as_of, previous, decisions)
    return replace(ledger, latest={ledger.question(row): row for row in decisions})


def list_decisions(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[DecisionOnRecord]:
    """Return every decision the date may know of, by subject, the latest first."""
    ledger = gather_ledger(portfolio, policy, as_of=as_of)
    ordered = sorted(
        ledger.decisions,
        key=lambda row: (row.subject_id, -row.year, -place_of(row.decision_point)),
    )
    return Table(DecisionOnRecord, (_on_record(row, ledger) for row in ordered))


def _on_record(row: Decision, ledger: Ledger) -> DecisionOnRecord:
    proposal = ledger.portfolio.get(Proposal, row.subject_id)
    return DecisionOnRecord(
        subject_id=row.subject_id,
        decision=row.decision,
        reason=rationale(row),
        subject=ledger.label(row.subject_id),
        agreement_id=proposal.agreement_id if proposal else row.subject_id,
        point=str(row.decision_point),
        year=row.year,
        reason_code=row.reason_code,
        decided_by=row.decided_by,
        decided_on=day_of(row),
        expires=ledger.until(row),
        consulted=row.consulted,
        in_force=ledger.in_force(row) and ledger.after(row) is None,
        cells=told_cells(row),
    )


def question_of(point: str) -> str:
    """Return the question a decision point answers."""
    return str(DecisionPoint.REVIEW if point == DecisionPoint.D3 else point)


def place_of(point: str) -> int:
    """Return the place of a decision point in the process, counted from 0."""
    return list(DecisionPoint).index(DecisionPoint(point))


def told_cells(row: Decision) -> str:
    """Return where a decision stands in the workbook."""
    return row.cells(*TOLD)


def day_of(row: Decision) -> str | None:
    """Return when people decided, as precisely as it is known."""
    return str(row.decided_on) if row.decided_on else None


def rationale(row: Decision) -> str:
    """Return why people decided so, in their words."""
    if row.rationale:
        return row.rationale
    return "No reason is on record." if row.reason_code is None else f"{row.reason_code}."


def ran_out(row: Decision, policy: Policy) -> str:
    """Return when a decision ran out, as a sentence says it."""
    last = runs_out(row, policy)
    return long_date(last) if last else "when its status changed"
