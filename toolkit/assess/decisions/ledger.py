"""What the record holds of each decision people took and of its subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from toolkit.assess.record.decided import decision_word, known_decisions, runs_out
from toolkit.assess.record.results import grouped
from toolkit.model.dates import long_date
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rows import Row
from toolkit.model.sheets import PROGRAMME, Agreement, Decision, Objective, Project, Proposal
from toolkit.model.vocabulary import DecisionPoint

TOLD = ("decision", "reason_code", "rationale", "decided_on", "expires")
COMPARED = (Agreement, Objective)  # what last year's workbook is asked for


Question = tuple[str, str]


@dataclass(frozen=True)
class Ledger:
    """The decisions known on one day, with their subjects by id.

    `latest` is the last decision on each question; `before` what last year's workbook held of an
    agreement or objective, `None` where that workbook is not at hand.
    """

    portfolio: Portfolio
    policy: Policy
    as_of: date
    agreements: Mapping[str, tuple]
    proposals: Mapping[str, tuple]
    named_by: Mapping[str, Sequence[tuple]]  # the proposals that name an agreement
    objectives: Mapping[str, Sequence[tuple]]
    projects: Mapping[str, Sequence[tuple]]
    before: Mapping[type[Row], Mapping[str, Row]] | None
    decisions: Sequence[tuple] = ()
    latest: Mapping[Question, tuple] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The reporting year that the day falls in."""
        return self.policy.year_of(self.as_of)

    def subject(self, row: Decision) -> str:
        """Return what a decision is about; one of D1 on an agreement is about its proposal."""
        named = self.named_by.get(row.subject_id, ())
        is_renamed = row.decision_point == DecisionPoint.D1 and len(named) == 1
        return named[0].proposal_id if is_renamed else row.subject_id

    def question(self, row: Decision) -> Question:
        """Return what a decision answers; D3 answers for an agreement what the review asks."""
        return self.subject(row), question_of(row.decision_point)

    def after(self, row: Decision) -> tuple | None:
        """Return the latest decision on the same question, if it is a later one."""
        latest = self.latest[self.question(row)]
        return None if latest is row else latest

    def label(self, subject: str) -> str:
        """Return how a subject is called."""
        if subject == PROGRAMME:
            return "The programme"
        proposal = self.proposals.get(subject)
        return self.portfolio.labels.get(subject) or (proposal.partner if proposal else subject)

    def in_force(self, row: Decision) -> bool:
        """Whether a decision still runs; Sunset and Transfer do while the agreement is in force."""
        last = runs_out(row, self.policy)
        if last is not None:
            return self.as_of <= last
        agreement = self.agreements.get(row.subject_id)
        return agreement is not None and is_reviewed(agreement)

    def until(self, row: Decision) -> str:
        """Return until when a decision runs, as text."""
        last = runs_out(row, self.policy)
        return "its status changes" if last is None else last.isoformat()

    def is_binding(self, row: Decision) -> bool:
        """Whether a decision binds the review of later years too (rule 2)."""
        return decision_word(row) is not None

    def cells(self, row: Decision) -> str:
        """Return where a decision stands in the workbook."""
        return row.cells(*TOLD)

    def told(self, row: Decision) -> dict[str, object]:
        """Return what people put on record of one decision."""
        return {
            "year": row.year,
            "reason_code": row.reason_code,
            "decided_by": row.decided_by,
            "decided_on": str(row.decided_on) if row.decided_on else None,
            "expires": self.until(row),
            "consulted": row.consulted,
            "in_force": self.in_force(row),
        }


def question_of(point: str) -> str:
    """Return the question a decision point answers."""
    return str(DecisionPoint.REVIEW if point == DecisionPoint.D3 else point)


def gather_ledger(
    portfolio: Portfolio, policy: Policy, *, as_of: date, previous: Portfolio | None = None
) -> Ledger:
    """Return the ledger of a portfolio on one day."""
    decisions = known_decisions(portfolio, policy, as_of=as_of)
    proposals = portfolio.rows(Proposal)
    ledger = Ledger(
        portfolio,
        policy,
        as_of,
        _by_id(portfolio, Agreement),
        _by_id(portfolio, Proposal),
        grouped((row for row in proposals if row.agreement_id), "agreement_id"),
        grouped(portfolio.rows(Objective), "agreement_id"),
        grouped(portfolio.rows(Project), "agreement_id"),
        {name: _by_id(previous, name) for name in COMPARED} if previous else None,
        decisions,
    )
    return replace(ledger, latest={ledger.question(row): row for row in decisions})


def _by_id(portfolio: Portfolio, kind: type[Row]) -> Mapping[str, Row]:
    return {row.id: row for row in portfolio.rows(kind)}


def rationale(row: Decision) -> str:
    """Return why people decided so, in their words."""
    if row.rationale:
        return row.rationale
    return "No reason is on record." if row.reason_code is None else f"{row.reason_code}."


def ran_out(row: Decision, policy: Policy) -> str:
    """Return when a decision ran out, as a sentence says it."""
    last = runs_out(row, policy)
    return long_date(last) if last else "when its status changed"
