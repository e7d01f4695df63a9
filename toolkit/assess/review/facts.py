"""What the rules of the review see of one agreement, at which end of the evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from typing import Protocol

from toolkit.assess.classes.classification import Classified
from toolkit.assess.record.activity import activity_window, count_active
from toolkit.assess.record.notices import Notice
from toolkit.assess.review.criteria import (
    UNKNOWN,
    Rating,
    Score,
    Sources,
    is_scored,
    weigh,
    weigh_part,
)
from toolkit.model.dates import When
from toolkit.model.defects import Defect
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rules import RuleRef
from toolkit.model.sheets import Agreement, Decision, Project
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
    def low_decision(self) -> str:
        """The word with what is missing at its worst."""

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
class Passed:
    """Which lines of the rules the evidence reaches, at one end of it or in one draw.

    Attributes
    ----------
    keep, renegotiate
        Whether the score in its class reaches the score to keep it, and to renegotiate.
    renegotiate_there
        Whether the score in the class its objectives give reaches the score to renegotiate.
    is_active
        Whether some activity is shown (C4); not shown is not active.
    results, record
        Whether its results (C5) and its record (C4 to C6) reach what keeping asks; what does not
        count, or of which nothing is known, is not tested.
    """

    keep: bool
    renegotiate: bool
    renegotiate_there: bool
    is_active: bool
    results: bool
    record: bool


@dataclass(frozen=True)
class Facts:
    """What the rules see of one agreement.

    Attributes
    ----------
    notice
        The notice it is on, where no later decision has cancelled it.
    last_word
        What was proposed, or decided, for it a year ago.
    drawn
        The lines that one draw reaches, in place of those of the evidence.
    """

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
    notice: Notice | None = None
    last_word: str | None = None
    end: End = End.MEAN
    drawn: Passed | None = None

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
    def answers_due(self) -> date:
        """The day by which what is missing is to be told: that of the policy, or its own end."""
        due = self.as_of + timedelta(days=self.policy.periods.data_call_days)
        ends = self.agreement.ends
        return ends.last if isinstance(ends, When) and self.as_of < ends.last < due else due

    @property
    def notice_has_run_out(self) -> bool:
        """Whether what is missing no longer holds up its end: it was given time to tell."""
        return self.notice is not None and self.notice.has_run_out

    @property
    def is_scored(self) -> bool:
        """Whether its score decides: half of its weight is known, or its notice has run out."""
        run_out = self.notice_has_run_out and self.judged_as is not None
        return run_out or is_scored(self.score, self.policy)

    @property
    def can_be_scored(self) -> bool:
        """Whether the sheets that count could fill half of the weight of its class."""
        could = sum(self.weights.get(key, 0.0) * r.share for key, r in self.ratings.items())
        least = self.policy.thresholds.known_weight
        return could > 0 and round(100 * could / sum(self.weights.values()), 9) >= least

    def at(self, score: Score) -> float:
        """Return a score at the end of the evidence that is looked at."""
        return {End.LOW: score.low, End.MEAN: score.points, End.HIGH: score.high}[self.end]

    @cached_property
    def running(self) -> int:
        """How many of its projects are shown to have run in the months that count."""
        window = activity_window(self.policy, as_of=self.as_of, country=self.agreement.country)
        return count_active(self.portfolio.of(self.agreement, Project), window)

    @cached_property
    def passed(self) -> Passed:
        """The lines that the evidence reaches at the end that is looked at."""
        if self.drawn is not None:
            return self.drawn
        least, family = self.policy.thresholds, self.family
        activity, results = (self._value(key) for key in ("C4", "C5"))
        record = weigh_part(self.ratings, self.weights, fit=False)
        return Passed(
            keep=self.at(self.score) >= least.keep_score,
            renegotiate=self.at(self.score) >= least.renegotiate_score,
            renegotiate_there=self.at(self.score_there) >= least.renegotiate_score,
            is_active=(activity or 0.0) > 0,
            results=family != Family.ECONOMIC
            or results is None
            or round(results, 9) >= least.keep_results,
            record=record is None
            or (self.end is End.MEAN and record.mean is None)
            or self.at(record) >= least.keep_record,
        )

    def _value(self, criterion: str) -> float | None:
        """Return a rating at the end that is looked at; nothing where it is not known there."""
        rating = self.ratings.get(criterion)
        if rating is None:
            return None
        low, high = rating.ends
        return {End.LOW: low, End.MEAN: rating.value, End.HIGH: high}[self.end]


def with_ratings(facts: Facts, ratings: Mapping[str, Rating]) -> Facts:
    """Return the facts with other ratings as a member of the class it is judged as."""
    score = weigh(ratings, facts.weights)
    is_same = facts.there is facts.judged_as
    there = (ratings, score) if is_same else (facts.ratings_there, facts.score_there)
    return replace(
        facts, ratings=ratings, score=score, ratings_there=there[0], score_there=there[1]
    )


def with_renewals(
    facts: Mapping[str, Facts], renewals: Iterable[ProposedAtD3]
) -> Mapping[str, Facts]:
    """Return the facts with what D3 proposes; where it leaves it to the review, with nothing."""
    proposed = {row.agreement_id: row for row in renewals if row.decision in list(RenewalWord)}
    return {key: replace(found, renewal=proposed.get(key)) for key, found in facts.items()}
