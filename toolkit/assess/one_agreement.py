"""The results of one agreement, by the names that all results have."""

from collections.abc import Mapping
from functools import cached_property
from typing import Protocol, Self, TypeVar

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.remedies import Remedy, Tried, is_tried, tried_on
from toolkit.assess.review.trials import Situation
from toolkit.assess.stock.partners import EngagementOf
from toolkit.assess.stock.practices_met import Practice, practices_of
from toolkit.assess.year.evaluation import ObjectiveReached
from toolkit.model.handed_out import TABLES
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result, Table

Of = TypeVar("Of", bound=Result)


class Whole(Protocol):
    """The results of the whole programme, as far as one agreement's rest on them."""

    @property
    def portfolio(self) -> Portfolio:
        """The record."""

    @property
    def policy(self) -> Policy:
        """The policy in use."""

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What the rules see of each agreement under review."""

    @property
    def tried(self) -> Tried:
        """What was tried of each agreement already."""

    @property
    def review(self) -> Table[Reviewed]:
        """What is proposed for each."""

    @property
    def objectives(self) -> Table[ObjectiveReached]:
        """What each objective reached."""

    @property
    def engagements(self) -> Table[EngagementOf]:
        """Which alternative partner is engaged where."""

    @property
    def situation(self) -> Situation:
        """What the rules are run on again."""

    def side_of(self, agreement_id: str) -> Self:
        """Return the results, with or without what was withdrawn, that its proposal rests on."""
        ...


class OneAgreement:
    """The results of one agreement, by the same names: the rows that are about it."""

    def __init__(self, whole: Whole, agreement_id: str) -> None:
        self.whole, self.agreement_id = whole, agreement_id
        self.portfolio, self.policy = whole.portfolio, whole.policy

    @cached_property
    def what_would_change(self) -> Table[Remedy]:
        """What would better its place; no other relationship is looked at."""
        return Table(Remedy, self.tried[1] if self.agreement_id in self.whole.facts else ())

    @property
    def tried(self) -> tuple[str, tuple[Remedy, ...]]:
        """What was tried on it under review, and the hash of what that rests on."""
        return tried_on(self.whole.situation, self.agreement_id, self.whole.tried)

    @property
    def is_tried(self) -> bool:
        """Whether it is known already what would change it."""
        return is_tried(self.whole.situation, self.agreement_id, self.whole.tried)

    @cached_property
    def practices(self) -> tuple[Practice, ...]:
        """How far it meets the five practices."""
        whole, key = self.whole, self.agreement_id
        return practices_of(
            self.portfolio,
            whole.review[key],
            self._own(whole.objectives),
            self._own(whole.engagements),
        )

    def __getattr__(self, name: str) -> Table[Result]:
        if name not in TABLES:
            raise AttributeError(name)
        return self._own(getattr(self.whole, name))

    def _own(self, table: Table[Of]) -> Table[Of]:
        return Table(table.kind, table.about(self.agreement_id))
