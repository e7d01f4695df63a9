"""What every assessment looks at: the portfolio as the day knows it, the policy and the day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps
from typing import Protocol, Self, TypeVar, cast, get_args, get_type_hints

from toolkit.assess.record.counted import Counted
from toolkit.assess.record.evidence import evidence_levels, programme_level
from toolkit.model.earlier import Earlier
from toolkit.model.policy import EvidenceSettings, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result, Table

Found = TypeVar("Found", covariant=True)


@dataclass(frozen=True)
class OneDay:
    """What results rest on.

    Attributes
    ----------
    previous
        Last year's portfolio, where it is at hand.
    earlier
        What last year's run left on record beside it, where that is at hand too.
    takes_lower
        Whether a proposal takes the lower place of those with and without what was withdrawn.
    """

    portfolio: Portfolio
    policy: Policy
    as_of: date
    previous: Portfolio | None = None
    earlier: Earlier | None = None
    takes_lower: bool = True

    @property
    def year(self) -> int:
        """The reporting year that the day falls in."""
        return self.policy.year_of(self.as_of)

    @cached_property
    def known(self) -> Portfolio:
        """The portfolio as the day knows it."""
        return self.portfolio.on(self.as_of)

    @cached_property
    def last_year(self) -> Self | None:
        """What followed from last year's workbook at the end of that year."""
        if self.previous is None:
            return None
        return type(self)(self.previous, self.policy, self.policy.year_end(self.year - 1))

    def of_part(self, portfolio: Portfolio, previous: Portfolio | None, counted: Counted) -> Self:
        """Return the results of a part of the record, changed or not, with the sheets that count.

        What followed from last year's workbook stays that of the whole; what was withdrawn is for
        the caller to bring back.
        """
        fixed = EvidenceSettings(tuple(kind.sheet.name for kind in counted))
        policy = replace(self.policy, evidence=fixed)
        part = replace(
            self, portfolio=portfolio, policy=policy, previous=previous, takes_lower=False
        )
        vars(part)["last_year"] = self.last_year  # where a cached property keeps what it found
        return part

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The level of evidence of each agreement, 1 to 4."""
        return evidence_levels(self.known, self.policy, as_of=self.as_of)

    @cached_property
    def level(self) -> int:
        """The level of evidence of the workbook."""
        return programme_level(self.known, self.levels)


class Assesses(Protocol[Found]):
    """An assessment that asks for the portfolio, the policy and the day, and for no other."""

    def __call__(self, portfolio: Portfolio, policy: Policy, /, *, as_of: date) -> Found:
        """Return what it finds."""
        ...


def by_day(find: Assesses[Found]) -> cached_property[Found]:
    """Return the property that holds what such an assessment finds."""

    @wraps(find)
    def found(day: OneDay) -> Found:
        return find(day.known, day.policy, as_of=day.as_of)

    return cached_property(found)


def declared_by(found: "cached_property[Table[Result]]") -> type[Result]:
    """Return the row class of the table that a property is said to give."""
    (kind,) = get_args(get_type_hints(found.func)["return"])
    return cast("type[Result]", kind)
