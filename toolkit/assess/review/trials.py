"""What an agreement's own rules propose once something is typed: they are run again, no less.

Only its relationship is looked at, since no agreement's rules look at one beyond; which sheets
count is settled by the whole programme.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Protocol, Self

from toolkit.assess.record.counted import (
    ASKED_BY,
    Counted,
    Shares,
    filled_sheets,
    most_filled,
)
from toolkit.assess.record.evidence import subject_of
from toolkit.assess.record.relationships import by_relationship, relationship_key
from toolkit.assess.record.restored import restore
from toolkit.assess.record.withdrawn import find_gone
from toolkit.assess.review.bounds import Bounds, find_bounds
from toolkit.assess.review.entries import Entry, typed_into
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.looked_at import looked_at
from toolkit.assess.review.lower import is_lower
from toolkit.model.policy import AgreementClass, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, Partner, Project


class ReviewOfDay(Protocol):
    """What the review of one day gives: the results, which stand above this room."""

    @property
    def portfolio(self) -> Portfolio:
        """The record."""

    @property
    def previous(self) -> Portfolio | None:
        """That of last year."""

    @property
    def on_record(self) -> Portfolio | None:
        """That of last year with what had been withdrawn by then."""

    @property
    def restored(self) -> Self | None:
        """The same with what was withdrawn since, where it makes a difference."""

    @property
    def alone(self) -> Self:
        """The same of this year's workbook alone."""

    @property
    def last_words(self) -> Mapping[str, str] | None:
        """What was proposed a year ago."""

    @property
    def policy(self) -> Policy:
        """The policy it is judged by."""

    @property
    def as_of(self) -> date:
        """The day."""

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What the rules see of each agreement under review."""

    def of_part(self, portfolio: Portfolio, previous: Portfolio | None, counted: Counted) -> Self:
        """Return the same of a part of the record, with the sheets that count."""


Found = Mapping[str, Facts]
Run = Callable[[Portfolio, Portfolio | None, Counted], Found]
Sheets = Mapping[type[Row], Sequence[Row]]
NO_SHEETS: Sheets = {}


@dataclass(frozen=True)
class Situation:
    """What the rules are run on: the record, that of last year, and what was found of both.

    Attributes
    ----------
    facts
        What the rules see of each agreement under review.
    last_words
        What was proposed for each a year ago.
    run
        Returns that again of a part of the record, of last year's, with the sheets that count.
    before, restored
        The record from which something was withdrawn, and the situation with that in it.
    """

    portfolio: Portfolio
    previous: Portfolio | None
    policy: Policy
    as_of: date
    facts: Mapping[str, Facts]
    last_words: Mapping[str, str] | None
    run: Run
    before: Portfolio | None = None
    restored: "Situation | None" = None

    @cached_property
    def _shares(self) -> Shares:
        filled = filled_sheets(self.portfolio, self.policy, as_of=self.as_of)
        return Shares(filled, {name: _class(found) for name, found in self.facts.items()})

    @cached_property
    def _by_relationship(self) -> Mapping[str, Sequence[Agreement]]:
        return by_relationship(self.portfolio.rows(Agreement))

    @classmethod
    def of(cls, day: ReviewOfDay) -> "Situation":
        """Return the situation of one day; where something was withdrawn, with it beside."""
        if day.restored is None:
            return cls._by(day)
        return replace(cls._by(day.alone), before=day.on_record, restored=cls._by(day.restored))

    @classmethod
    def _by(cls, day: ReviewOfDay) -> "Situation":
        def run(portfolio: Portfolio, previous: Portfolio | None, counted: Counted) -> Found:
            return day.of_part(portfolio, previous, counted).facts

        found = day.facts, day.last_words
        return cls(day.portfolio, day.previous, day.policy, day.as_of, *found, run)

    @cached_property
    def _subjects(self) -> "list[Mapping[str, Sheets]]":
        records = (self.portfolio, self.previous, self.before)
        return [_by_subject(record) if record else {} for record in records]

    def narrowed_to(self, agreement: Agreement) -> "Situation":
        """Return what stands on record of an agreement and of those it shares a partner with."""
        keys = [a.agreement_id for a in self._by_relationship[relationship_key(agreement)]]
        now, previous, before = (
            record and _part(record, [subjects.get(key, NO_SHEETS) for key in keys])
            for record, subjects in zip(
                (self.portfolio, self.previous, self.before), self._subjects, strict=True
            )
        )
        return replace(self, portfolio=now or self.portfolio, previous=previous, before=before)

    def rests_on(self, key: str) -> str:
        """Return the hash of all that a trial of an agreement looks at.

        That is what stands on record of its relationship, then and now, with the partners it names,
        and of the whole only which partners there are and which sheets count.
        """
        if key not in self._rests_on:
            self._rests_on[key] = self._hash_of(key)
        return self._rests_on[key]

    @cached_property
    def _rests_on(self) -> dict[str, str]:
        return {}

    def _hash_of(self, key: str) -> str:
        agreement = self.facts[key].agreement
        part = self.narrowed_to(agreement)
        records = (part.portfolio, part.previous, part.before)
        rows = [looked_at(record) for record in records if record]
        name = self.portfolio.labels[key]
        told = repr((self._of_whole, name, agreement.cell("agreement_id"), rows))
        return hashlib.sha256(told.encode()).hexdigest()

    @cached_property
    def _of_whole(self) -> str:
        """What trials look at beyond a relationship, as a hash."""
        records = [record for record in (self.portfolio, self.previous, self.before) if record]
        policy, words = self.policy, self.policy.wording
        told = (
            (policy.sha256, words.sha256, self.as_of, self.restored and self.restored._of_whole),
            [(sorted(record.supplied), [p.id for p in record.rows(Partner)]) for record in records],
            (self._shares.near, sorted((self.last_words or {}).items())),
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def counted_with(self, key: str, changed: Facts) -> Counted:
        """Return the sheets that count in the whole record, once something is typed."""
        if self.policy.evidence.counted is not None:
            return changed.sources.counted
        more = filled_sheets(changed.portfolio, self.policy, as_of=self.as_of)
        return most_filled(self._shares.with_one(key, _class(changed), more))


def _class(facts: Facts) -> AgreementClass | None:
    return facts.judged_as if facts.inside or facts.there else None


def _by_subject(portfolio: Portfolio) -> Mapping[str, Sheets]:
    """Return the rows of each sheet by the agreement that they are about."""
    found: dict[str, dict[type[Row], list[Row]]] = {}
    for kind, rows in portfolio.sheets.items():
        for row in rows:
            found.setdefault(subject_of(row, portfolio), {}).setdefault(kind, []).append(row)
    return found


def _part(portfolio: Portfolio, parts: Sequence[Sheets]) -> Portfolio:
    """Return a portfolio of some agreements alone, with all partners."""
    sheets = {
        kind: portfolio.rows(kind)
        if kind is Partner
        else tuple(row for part in parts for row in part.get(kind, ()))
        for kind in portfolio.sheets
    }
    return replace(portfolio, sheets=sheets)


@dataclass(frozen=True)
class Trial:
    """One agreement, on which something is tried."""

    situation: Situation
    part: Situation
    now: Facts

    @classmethod
    def of(cls, situation: Situation, key: str) -> "Trial":
        """Return the trial of one agreement."""
        facts = situation.facts[key]
        return cls(situation, situation.narrowed_to(facts.agreement), facts)

    @cached_property
    def standing(self) -> Bounds:
        """What is proposed now."""
        other = self.situation.restored
        own = find_bounds(self.now)
        key = self.now.agreement.agreement_id
        return _lower(own, find_bounds(other.facts[key])) if other else own

    @cached_property
    def _found(self) -> dict[tuple[Entry, ...], Bounds]:
        return {}

    def standing_with(self, entries: Sequence[Entry]) -> Bounds:
        """Return what is proposed once something is typed."""
        key = tuple(entries)
        if key not in self._found:
            self._found[key] = self._run(key)
        return self._found[key]

    def _run(self, entries: Sequence[Entry]) -> Bounds:
        """Return the lower of what follows from the workbook, and with what was withdrawn."""
        typed = typed_into(self.part.portfolio, entries)
        own = self._of_side(self.situation, typed, entries)
        side, before = self.situation.restored, self.part.before
        if side is None or before is None:
            return own
        again = restore(typed, find_gone(before, typed, self.part.policy))
        return _lower(own, self._of_side(side, again, entries))

    def _of_side(self, side: Situation, typed: Portfolio, entries: Sequence[Entry]) -> Bounds:
        key, previous = self.now.agreement.agreement_id, self.part.previous
        now = side.facts[key]
        counted = now.sources.counted
        changed = side.run(typed, previous, counted)[key]
        if _may_count_otherwise(entries, now, changed):
            whole = side.counted_with(key, changed)
            changed = changed if whole == counted else side.run(typed, previous, whole)[key]
        return find_bounds(changed)


def _lower(own: Bounds, other: Bounds) -> Bounds:
    """Return what is proposed with what was withdrawn, where that has the lower place."""
    return other if is_lower(other.place, own.place) else own


def _may_count_otherwise(entries: Sequence[Entry], now: Facts, changed: Facts) -> bool:
    """Whether another sheet may count: the class is another, or a sheet that did not has more.

    Complete records stand for a row in Projects.
    """
    typed: set[type[Row]] = {entry.kind for entry in entries}
    if any(entry.column == "records_complete_to" for entry in entries):
        typed.add(Project)
    is_new = any(kind in typed and kind not in now.sources.counted for kind in ASKED_BY)
    return is_new or _class(changed) is not _class(now)
