"""The results of one agreement, by the names that all results have."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

from toolkit.assess.handed_out import TABLES
from toolkit.assess.review.remedies import Remedy, find_remedies
from toolkit.model.results import Result, Table

if TYPE_CHECKING:
    from toolkit.assess.results import Results


class OneAgreement:
    """The results of one agreement, by the same names: the rows that are about it."""

    def __init__(self, whole: "Results", agreement_id: str) -> None:
        self.whole, self.agreement_id = whole, agreement_id
        self.portfolio, self.policy = whole.portfolio, whole.policy

    @cached_property
    def what_would_change(self) -> Table[Remedy]:
        """What each single repair would change here; no other agreement is looked at."""
        key, whole = self.agreement_id, self.whole.side_of(self.agreement_id)
        return find_remedies(whole.situation, {k: f for k, f in whole.facts.items() if k == key})

    def __getattr__(self, name: str) -> Table[Result]:
        if name not in TABLES:
            raise AttributeError(name)
        return cast("Table[Result]", getattr(self.whole, name)).where(self._is_about)

    def _is_about(self, row: object) -> bool:
        """Whether a row names the agreement, or has its id."""
        own = getattr(row, "agreement_id", None) or getattr(row, "subject_id", None)
        return own == self.agreement_id
