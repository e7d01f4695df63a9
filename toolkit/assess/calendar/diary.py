"""What the decision calendar looks at, and how one thing that is due is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.record.decided import decision_word, decisions_in_force, decisions_known
from toolkit.assess.record.results import grouped
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Milestone, Objective, Project
from toolkit.model.vocabulary import DecisionPoint, Recommendation


@dataclass(frozen=True)
class Due:
    """One thing that is due: when, what, why, the columns it rests on.

    `waits`: once its day has passed it is still to be done, so it is overdue.
    """

    on: date
    what: str
    why: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    waits: bool = False


@dataclass(frozen=True)
class Diary:
    """What the calendar looks at, gathered once from a portfolio."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    objectives: Mapping[str, Sequence[tuple]]
    projects: Mapping[str, Sequence[tuple]]
    milestones: Mapping[str, Sequence[tuple]]
    in_force: Mapping[str, tuple]
    reviews: Mapping[str, Sequence[tuple]]
    renewals: Mapping[str, Sequence[tuple]]
    reclassifications: Mapping[str, Sequence[tuple]]

    def leaving(self, agreement_id: str) -> Recommendation | None:
        """Return Sunset or Transfer where people decided it and it is still to be done."""
        row = self.in_force.get(agreement_id)
        word = decision_word(row) if row is not None else None
        return None if word == Recommendation.KEEP_BY_DIRECTION else word


def gather_diary(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Diary:
    """Return what the calendar looks at."""
    points = (DecisionPoint.REVIEW, DecisionPoint.D3, DecisionPoint.RECLASSIFICATION)
    return Diary(
        portfolio,
        policy,
        as_of,
        grouped(portfolio.rows(Objective), "agreement_id"),
        grouped(portfolio.rows(Project), "agreement_id"),
        grouped(portfolio.rows(Milestone), "project_id"),
        decisions_in_force(portfolio, policy, as_of=as_of),
        *(decisions_known(portfolio, policy, point, as_of=as_of) for point in points),
    )
