"""How a proposal is made with what was withdrawn and without it, and takes the lower place.

Source: domain, section 1, Withdrawn facts. Nothing is worked out twice where nothing was withdrawn.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, wraps
from typing import Self, TypeVar, cast

from toolkit.assess.day import OneDay
from toolkit.assess.record.restored import restore
from toolkit.assess.record.withdrawn import Withdrawn, find_gone, list_withdrawn
from toolkit.assess.review.agreements import Reviewed, decide
from toolkit.assess.review.facts import Facts
from toolkit.model.earlier import Earlier, Gone
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Table
from toolkit.model.text import listed
from toolkit.model.vocabulary import Withdrawal

Found = TypeVar("Found")
Day = TypeVar("Day", bound="LowerOfTwo")
MANY = 4  # more facts than a sentence names


class LowerOfTwo(OneDay):
    """A day whose proposals are made by this year's workbook, and with what was withdrawn."""

    @property
    def review(self) -> Table[Reviewed]:
        """What is proposed for each agreement."""
        raise NotImplementedError

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What the rules see of each agreement under review."""
        raise NotImplementedError

    @cached_property
    def last_words(self) -> Mapping[str, str] | None:
        """What was proposed a year ago: as last year's run says, else by last year's workbook."""
        if self.earlier is not None:
            return self.earlier.proposals
        return decide(self.last_year.facts) if self.last_year else None

    @cached_property
    def on_record(self) -> Portfolio | None:
        """Last year's portfolio with what had been withdrawn by then: it counts again."""
        if self.previous is None or self.earlier is None:
            return self.previous
        return restore(self.previous, self.earlier.withdrawn, agreements=True)

    @cached_property
    def gone(self) -> tuple[Gone, ...]:
        """What was withdrawn, row by row."""
        before = self.on_record
        return find_gone(before, self.portfolio, self.policy) if before else ()

    @cached_property
    def withdrawn(self) -> Table[Withdrawn]:
        """Each fact of last year's workbook that is blank or gone."""
        before = self.on_record or self.portfolio
        return list_withdrawn(self.gone, before, self.portfolio)

    @cached_property
    def restored(self) -> Self | None:
        """What follows with what was withdrawn; nothing where it makes no difference."""
        if not self.takes_lower or not self.gone:
            return None
        portfolio = restore(self.portfolio, self.gone)
        return None if portfolio is self.portfolio else self._side(portfolio)

    @cached_property
    def alone(self) -> Self:
        """What follows from this year's workbook alone."""
        return self._side(self.portfolio)

    def _side(self, portfolio: Portfolio) -> Self:
        earlier = Earlier(self.last_words or {})
        return replace(self, portfolio=portfolio, earlier=earlier, takes_lower=False)

    @cached_property
    def held_down(self) -> frozenset[str]:
        """The agreements that have a lower place with what was withdrawn."""
        if self.restored is None:
            return frozenset()
        return frozenset(
            row.agreement_id
            for row in self.restored.review
            if is_lower(row.place, self.alone.review[row.agreement_id].place)
        )

    def side_of(self, agreement_id: str) -> Self:
        """Return the results by which an agreement is judged."""
        held = self.restored is not None and agreement_id in self.held_down
        return cast("Self", self.restored) if held else self


def is_lower(place: int | None, other: int | None) -> bool:
    """Whether a place is lower than another; what has no place is not compared."""
    return place is not None and other is not None and place > other


def lower(find: Callable[[Day], Found]) -> "cached_property[Found]":
    """Return the property of an outcome that an agreement held down has from what was withdrawn."""

    @wraps(find)
    def found(day: Day) -> Found:
        if day.restored is None:
            return find(day)
        alone, restored = (getattr(side, find.__name__) for side in (day.alone, day.restored))
        return cast("Found", _merged(alone, restored, day.held_down))

    return cached_property(found)


def lower_review(find: Callable[[Day], Table[Reviewed]]) -> "cached_property[Table[Reviewed]]":
    """Return the property of the review that takes the lower place, and says both."""

    @wraps(find)
    def found(day: Day) -> Table[Reviewed]:
        if day.restored is None:
            return find(day)
        alone, restored = day.alone.review, day.restored.review
        rows = cast("Table[Reviewed]", _merged(alone, restored, day.held_down))
        keyed = ((row.agreement_id, row) for row in rows)
        told = (_with_both(r, alone[k], restored[k], day.withdrawn.of(k)) for k, r in keyed)
        return Table(Reviewed, told)

    return cached_property(found)


def _merged(alone: object, restored: object, held: frozenset[str]) -> object:
    """Return what this year's workbook gives, with what was withdrawn for those it holds down."""
    if isinstance(alone, Table) and isinstance(restored, Table):
        keys = dict.fromkeys(getattr(row, alone.kind.key) for row in alone)
        rows = ((restored if key in held else alone).of(key) for key in keys)
        return Table(alone.kind, (row for group in rows for row in group))
    by_id = cast("Mapping[str, object]", alone), cast("Mapping[str, object]", restored)
    return {key: by_id[key in held][key] for key in by_id[0]}


def _with_both(
    row: Reviewed, alone: Reviewed, restored: Reviewed, facts: Iterable[Withdrawn]
) -> Reviewed:
    """Return a row whose reason says what is proposed with and without what was withdrawn."""
    named = _named(facts)
    differs = (alone.decision, alone.place) != (restored.decision, restored.place)
    if row.rule is None or not (named or differs):
        return row
    what = f"what was withdrawn since last year ({named or 'facts of other agreements'})"
    if alone.decision == restored.decision:
        told = f"With {what} and without it, it is {alone.decision}"
        told += "; the lower place of the two counts." if differs else "."
    elif is_lower(restored.place, alone.place):
        told = f"With {what} it is {restored.decision}, which has the lower place and counts;"
        told += f" by this year's workbook alone it would be {alone.decision}."
    else:
        told = f"By this year's workbook alone it is {alone.decision}, which counts;"
        told += f" with {what} it would be {restored.decision}."
    return replace(row, reason=f"{row.reason} {told}")


def _named(facts: Iterable[Withdrawn]) -> str:
    """Return withdrawn facts as a list in a sentence: columns by name, rows counted by sheet."""
    own = [row for row in facts if row.decision != Withdrawal.AGREEMENT_GONE]
    cells = Counter(f"{row.column} of {row.sheet}" for row in own if row.column)
    rows = Counter(row.sheet for row in own if not row.column)
    words = [f"{name}{f' in {n} rows' if n > 1 else ''}" for name, n in cells.items()]
    words += [f"{n} row{'s' if n > 1 else ''} of {sheet}" for sheet, n in rows.items()]
    return listed([*words[:MANY], *([f"{len(words) - MANY} more"] if words[MANY:] else [])])
