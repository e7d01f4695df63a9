"""What the rules of the review see of one agreement, at which end of the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

import pandas as pd

from toolkit.assess.record.activity import known_by
from toolkit.assess.record.decided import decisions_in_force
from toolkit.assess.record.relationships import is_inside
from toolkit.assess.record.results import joined
from toolkit.assess.review.criteria import Rating, Sources, gather_sources
from toolkit.assess.review.defects import Record, find_defects, gather
from toolkit.assess.review.weighing import Score, is_scored, stand, weigh
from toolkit.model.dates import add_months
from toolkit.model.defects import Defect
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import Agreement, Decision
from toolkit.model.vocabulary import Renewal


class End(Enum):
    """Which end of the evidence is looked at: what is missing at 0, left out, or at 100."""

    LOW = "low"
    MEAN = "mean"
    HIGH = "high"


@dataclass(frozen=True)
class Facts:
    """What the rules see of one agreement."""

    agreement: Agreement
    outcome: tuple  # its row of the reclassification
    inside: bool
    judged_as: AgreementClass | None
    defects: tuple[Defect, ...]
    decided: Decision | None
    record: Record
    score: Score | None = None  # as a member of the class it is judged as
    score_there: Score | None = None  # as a member of the class its objectives give
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    ratings_there: Mapping[str, Rating] = field(default_factory=dict)
    offers: tuple[str, ...] = ()  # partners that could lead and said so in time
    offer_cells: str = ""
    renewal: tuple | None = None  # the row of what decision point D3 proposes, near its end
    end: End = End.MEAN

    @property
    def as_of(self) -> date:
        """The date of the review."""
        return self.record.as_of

    @property
    def policy(self) -> Policy:
        """The policy it is judged by."""
        return self.record.policy

    @property
    def there(self) -> AgreementClass | None:
        """The class that its stated objectives give."""
        return self.policy.class_named(self.outcome.decision)

    @property
    def is_scored(self) -> bool:
        """Whether at least half of the weight of its class is known."""
        return is_scored(self.score, self.policy)

    def at(self, score: Score | None) -> float:
        """Return a score at the end of the evidence that is looked at."""
        if score is None:
            return 0.0
        known = {End.LOW: score.low, End.MEAN: score.mean, End.HIGH: score.high}[self.end]
        return 0.0 if known is None else known


def gather_facts(
    portfolio: Portfolio,
    policy: Policy,
    classification: pd.DataFrame,
    achievement: pd.DataFrame,
    *,
    as_of: date,
) -> Mapping[str, Facts]:
    """Return what the rules see of each agreement under review.

    Parameters
    ----------
    classification
        The result of `reclassify` for the same portfolio, policy and date.
    achievement
        The result of `evaluate_agreements`: achievement (criterion C5) and the share of objectives
        that are SMART.
    """
    record = gather(portfolio, policy, achievement.smart_share, as_of=as_of)
    sources = gather_sources(portfolio, policy, achievement.achievement, as_of=as_of)
    decided = decisions_in_force(portfolio, policy, as_of=as_of)
    outcomes = {row.Index: row for row in classification.itertuples()}
    return {
        a.agreement_id: _facts(
            a, outcomes[a.agreement_id], decided.get(a.agreement_id), record, sources
        )
        for a in portfolio.rows(Agreement)
        if is_reviewed(a)
    }


def _facts(
    agreement: Agreement, outcome: tuple, decided: Decision | None, record: Record, sources: Sources
) -> Facts:
    policy = record.policy
    inside = is_inside(agreement, policy)
    judged_as = policy.class_named(agreement.classification if inside else outcome.decision)
    own = stand(agreement, judged_as, sources) if judged_as else None
    offers = _offers(agreement, sources)
    portfolio = sources.portfolio
    there = policy.class_named(outcome.decision)
    other = own if there is judged_as else stand(agreement, there, sources) if there else None
    return Facts(
        agreement,
        outcome,
        inside,
        judged_as,
        find_defects(agreement, judged_as, record),
        decided,
        record,
        score=own.score if own else None,
        score_there=other.score if other else None,
        ratings=own.ratings if own else {},
        ratings_there=other.ratings if other else {},
        offers=tuple(dict.fromkeys(portfolio.partner_name(o.partner_id) for o in offers)),
        offer_cells=joined(o.cells("role", "willing_on") for o in offers),
    )


def _offers(agreement: Agreement, sources: Sources) -> list[tuple]:
    """Return the engagements of partners that could lead and said so within the policy's months."""
    since = add_months(sources.as_of, -sources.policy.periods.transfer_willing_months)
    return [
        row
        for row in sources.engagements.get(agreement.agreement_id, ())
        if row.role in ("lead", "could lead")
        and (willing := known_by(row.willing_on, sources.as_of))
        and willing.last >= since
    ]


def with_ratings(facts: Facts, ratings: Mapping[str, Rating]) -> Facts:
    """Return the facts with other ratings as a member of the class it is judged as."""
    return replace(facts, ratings=ratings, score=weigh(ratings, facts.judged_as.weights))


def with_renewals(facts: Mapping[str, Facts], renewals: pd.DataFrame) -> Mapping[str, Facts]:
    """Return the facts with what D3 proposes; where it leaves it to the review, with nothing."""
    proposed = {row.Index: row for row in renewals.itertuples() if row.decision in list(Renewal)}
    return {key: replace(found, renewal=proposed.get(key)) for key, found in facts.items()}
