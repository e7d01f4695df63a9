"""What the rules of the review see of one agreement, at which end of the evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Protocol

from toolkit.assess.classes.classification import Classified
from toolkit.assess.record.decided import decisions_in_force
from toolkit.assess.record.relationships import is_inside
from toolkit.assess.review.criteria import (
    UNKNOWN,
    Rating,
    Score,
    Sources,
    gather_sources,
    is_scored,
    rate_agreement,
    weigh,
)
from toolkit.assess.review.defects import find_defects
from toolkit.assess.year.evaluation import AgreementReached
from toolkit.model.dates import add_months
from toolkit.model.defects import Defect
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Table
from toolkit.model.rows import joined
from toolkit.model.rules import RuleRef
from toolkit.model.sheets import Agreement, Decision, Engagement
from toolkit.model.vocabulary import Family, RenewalWord


class End(Enum):
    """Which end of the evidence is looked at: what is missing at 0, left out, or at 100."""

    LOW = "low"
    MEAN = "mean"
    HIGH = "high"


class ProposedAtD3(Protocol):
    """What decision point D3, which stands above the review, proposes for one agreement."""

    @property
    def agreement_id(self) -> str:
        """Of which agreement."""

    @property
    def decision(self) -> str:
        """A word of D3."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def rule(self) -> RuleRef:
        """The rule that matched."""

    @property
    def second_option(self) -> str | None:
        """What one better fact would give."""

    @property
    def cells(self) -> str:
        """Where it stands in the workbook."""


@dataclass(frozen=True)
class Facts:
    """What the rules see of one agreement."""

    agreement: Agreement
    outcome: Classified
    inside: bool
    judged_as: AgreementClass | None
    defects: tuple[Defect, ...]
    decided: Decision | None
    sources: Sources
    score: Score = UNKNOWN  # as a member of the class it is judged as
    score_there: Score = UNKNOWN  # as a member of the class its objectives give
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    ratings_there: Mapping[str, Rating] = field(default_factory=dict)
    offers: tuple[str, ...] = ()  # partners that could lead and said so in time
    offer_cells: str = ""
    renewal: ProposedAtD3 | None = None  # what decision point D3 proposes, near its end
    end: End = End.MEAN

    @property
    def portfolio(self) -> Portfolio:
        """The record it stands in."""
        return self.sources.portfolio

    @property
    def as_of(self) -> date:
        """The date of the review."""
        return self.sources.as_of

    @property
    def policy(self) -> Policy:
        """The policy it is judged by."""
        return self.sources.policy

    @property
    def family(self) -> Family | None:
        """The family of the class it is judged as."""
        return self.judged_as.family if self.judged_as else None

    @property
    def weights(self) -> Mapping[str, float]:
        """The weight of each criterion in the class it is judged as."""
        return self.judged_as.weights if self.judged_as else {}

    @property
    def there(self) -> AgreementClass | None:
        """The class that its stated objectives give."""
        return self.policy.class_named(self.outcome.decision)

    @property
    def is_scored(self) -> bool:
        """Whether at least half of the weight of its class is known."""
        return is_scored(self.score, self.policy)

    def at(self, score: Score) -> float:
        """Return a score at the end of the evidence that is looked at."""
        return {End.LOW: score.low, End.MEAN: score.points, End.HIGH: score.high}[self.end]


def gather_facts(
    portfolio: Portfolio,
    policy: Policy,
    classification: Table[Classified],
    achievement: Table[AgreementReached],
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
    sources = gather_sources(
        portfolio,
        policy,
        {row.agreement_id: row.achievement for row in achievement},
        as_of=as_of,
        smart_share={row.agreement_id: row.smart_share for row in achievement},
    )
    decided = decisions_in_force(portfolio, policy, as_of=as_of)
    return {
        a.agreement_id: _facts(
            a, classification[a.agreement_id], decided.get(a.agreement_id), sources
        )
        for a in portfolio.rows(Agreement)
        if is_reviewed(a)
    }


def _facts(
    agreement: Agreement, outcome: Classified, decided: Decision | None, sources: Sources
) -> Facts:
    policy, portfolio = sources.policy, sources.portfolio
    inside = is_inside(agreement, policy)
    there = policy.class_named(outcome.decision)
    judged_as = policy.class_named(agreement.classification) if inside else there
    ratings, score = _judge(agreement, judged_as, sources)
    is_same = there is judged_as
    others = (ratings, score) if is_same else _judge(agreement, there, sources)
    offers = _offers(agreement, sources)
    names = (portfolio.partner_name(offer.partner_id) for offer in offers)
    return Facts(
        agreement,
        outcome,
        inside,
        judged_as,
        find_defects(agreement, judged_as, sources),
        decided,
        sources,
        score=score,
        score_there=others[1],
        ratings=ratings,
        ratings_there=others[0],
        offers=tuple(dict.fromkeys(name for name in names if name)),
        offer_cells=joined(offer.cells("role", "willing_on") for offer in offers),
    )


def _judge(
    agreement: Agreement, cls: AgreementClass | None, sources: Sources
) -> tuple[Mapping[str, Rating], Score]:
    """Return the ratings and the score of an agreement as a member of a class."""
    if cls is None:
        return {}, UNKNOWN
    ratings = rate_agreement(agreement, cls.family, sources)
    return ratings, weigh(ratings, cls.weights)


def _offers(agreement: Agreement, sources: Sources) -> list[Engagement]:
    """Return the engagements of partners that could lead and said so within the policy's months."""
    since = add_months(sources.as_of, -sources.policy.periods.transfer_willing_months)
    return [
        row
        for row in sources.portfolio.of(agreement, Engagement)
        if row.role in ("lead", "could lead")
        and row.willing_on is not None
        and row.willing_on.last >= since
    ]


def with_ratings(facts: Facts, ratings: Mapping[str, Rating]) -> Facts:
    """Return the facts with other ratings as a member of the class it is judged as."""
    return replace(facts, ratings=ratings, score=weigh(ratings, facts.weights))


def with_renewals(
    facts: Mapping[str, Facts], renewals: Iterable[ProposedAtD3]
) -> Mapping[str, Facts]:
    """Return the facts with what D3 proposes; where it leaves it to the review, with nothing."""
    proposed = {row.agreement_id: row for row in renewals if row.decision in list(RenewalWord)}
    return {key: replace(found, renewal=proposed.get(key)) for key, found in facts.items()}
