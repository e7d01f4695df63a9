"""What shows that an agreement's terms were agreed anew since a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from toolkit.assess.decisions.ledger import Ledger
from toolkit.assess.record.decided import word_of
from toolkit.model.dates import When, spoken
from toolkit.model.decisions import DecidedWord, Word
from toolkit.model.defects import Defect
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Decision, Objective
from toolkit.model.vocabulary import Status

ENDED = (Status.CONCLUDED, Status.HISTORICAL, Status.TRANSFERRED)
TERMS = ("statement", "starts", "ends", "city_duty", "partner_duty", "approved_budget")


@dataclass(frozen=True)
class Today:
    """What this year's review says of an agreement."""

    defects: tuple[Defect, ...] = ()
    proposed: Word | None = None
    seat: str | None = None


UNKNOWN = Today()


@dataclass(frozen=True)
class DecisionCase:
    """One decision with the agreement it is about, and what this year's review says of that."""

    row: Decision
    ledger: Ledger
    agreement: Agreement
    today: Today = UNKNOWN

    @property
    def decided(self) -> DecidedWord:
        """What people decided."""
        return word_of(self.row, self.ledger.policy)

    @property
    def since(self) -> date:
        """The day from which a change may come of the decision."""
        decided = self.row.decided_on
        return decided.first if decided else self.ledger.policy.year_end(self.row.year)

    @property
    def is_over(self) -> bool:
        """Whether the agreement came to its end, in whichever way."""
        return self.agreement.status in ENDED

    def is_after(self, when: When | None) -> TypeGuard[When]:
        """Whether a date lies on or after the day of the decision and is known by now."""
        return when is not None and self.since <= when.first <= self.ledger.as_of

    @property
    def objectives(self) -> Sequence[Objective]:
        """The agreement's objectives in order of their ids."""
        found = self.ledger.portfolio.of(self.agreement, Objective)
        return sorted(found, key=lambda objective: objective.objective_id)

    @property
    def earlier(self) -> Agreement | None:
        """The agreement as last year's workbook holds it."""
        previous = self.ledger.previous
        return previous.get(Agreement, self.agreement.agreement_id) if previous else None

    @property
    def status(self) -> str:
        """The agreement's status in a sentence."""
        on = self.agreement.concluded_on
        return f"Its status is {self.agreement.status}{f' since {spoken(on)}' if on else ''}."


def changes_since(case: DecisionCase) -> list[str]:
    """Return what was signed, begun or, beside last year's workbook, changed since the decision."""
    found = []
    if case.is_after(signed := case.agreement.signed):
        found.append(f"Signed again on {spoken(signed)}")
    begun = [o.objective_id for o in case.objectives if case.is_after(o.starts)]
    if begun:
        found.append(f"Objectives that begin since then: {', '.join(begun)}")
    return [*found, *_changes_since_last_year(case)]


def _changes_since_last_year(case: DecisionCase) -> list[str]:
    before, found = case.earlier, []
    if before is None:
        return []
    if before.ends != case.agreement.ends:
        was, now = (a.ends or "not on record" for a in (before, case.agreement))
        found.append(f"Its end was {was} and is {now}")
    changed = [o.objective_id for o in case.objectives if _is_changed(o, case.ledger.previous)]
    return [*found, *([f"Objectives new or changed: {', '.join(changed)}"] if changed else [])]


def _is_changed(objective: Objective, previous: Portfolio | None) -> bool:
    before = previous.get(Objective, objective.objective_id) if previous else None
    return before is None or _terms(objective) != _terms(before)


def _terms(objective: Objective) -> tuple[object, ...]:
    return tuple(getattr(objective, name) for name in TERMS)


def objective_cells(case: DecisionCase) -> list[str]:
    """Return where the objectives' first days stand."""
    return [objective.cell("starts") for objective in case.objectives]
