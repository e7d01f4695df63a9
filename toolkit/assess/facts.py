"""What the rules of the review see of one agreement, at which end of the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from toolkit.assess.criteria import Rating, Score
from toolkit.assess.defects import Defect, Record
from toolkit.model.policy import AgreementClass, Policy


class End(Enum):
    """Which end of the evidence is looked at: what is missing at 0, left out, or at 100."""

    LOW = "low"
    MEAN = "mean"
    HIGH = "high"


@dataclass(frozen=True)
class Facts:
    """What the rules see of one agreement."""

    agreement: tuple
    outcome: tuple  # its row of the reclassification
    inside: bool
    judged_as: AgreementClass | None
    defects: tuple[Defect, ...]
    decided: tuple | None
    record: Record
    score: Score | None = None  # as a member of the class it is judged as
    score_there: Score | None = None  # as a member of the class its objectives give
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    offers: tuple[str, ...] = ()  # partners that could lead and said so in time
    end: End = End.MEAN

    @property
    def as_of(self) -> date:
        """The date of the review."""
        return self.record.as_of

    @property
    def is_scored(self) -> bool:
        """Whether at least half of the weight of its class is known."""
        return is_scored(self.score, self.record.policy)

    def at(self, score: Score | None) -> float:
        """Return a score at the end of the evidence that is looked at."""
        if score is None:
            return 0.0
        known = {End.LOW: score.low, End.MEAN: score.mean, End.HIGH: score.high}[self.end]
        return 0.0 if known is None else known


def is_scored(score: Score | None, policy: Policy) -> bool:
    """Whether at least half of the full weight of a class is known."""
    return score is not None and score.known >= policy.thresholds.known_weight
