"""How often a single deletion betters an agreement's place, and good news worsens it.

A place is that of `toolkit.model.decisions`, 0 the best; words without one stay out. Which sheets
count is held fixed at what counted before. `tests/incentives_tables.py` writes the tables.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from deletions import CELL, ROW, SHEET, deletions_of, relationships_of, supplied_now
from good_news import KINDS_OF_NEWS
from random_portfolios import AS_OF

from toolkit.assess.record.counted import counted_sheets
from toolkit.assess.results import Results
from toolkit.assess.review.gathering import judged_as
from toolkit.model.decisions import place_of_word
from toolkit.model.earlier import Earlier
from toolkit.model.policy import EvidenceSettings, Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rows import Row
from toolkit.model.sheets import KINDS, Agreement
from toolkit.model.vocabulary import Evidence

NEWS = "good news"
ACTS = (CELL, ROW, SHEET, NEWS)
Act = Callable[[Portfolio], Portfolio | None]


class Told(NamedTuple):
    """What is proposed for an agreement, as a table prints it, and its place."""

    word: str
    place: int | None


class Case(NamedTuple):
    """One agreement whose place one act changed."""

    act: str
    cause: str
    formal: bool
    previous: bool
    name: str  # of the portfolio
    agreement_id: str
    before: Told
    after: Told
    made: Act
    portfolio: Portfolio
    whole: Portfolio

    @property
    def is_better(self) -> bool:
        """Whether the agreement stands better after the act."""
        return self.after.place < self.before.place

    @property
    def news(self) -> str:
        """The kind of good news; blank for a deletion."""
        return self.cause.partition(":")[0] if self.act == NEWS else ""

    @property
    def moved(self) -> str:
        """From what to what."""
        return f"{self.before.word} to {self.after.word}"


class _Act(NamedTuple):
    """One thing done to a portfolio, and how it is done to another."""

    what: str
    cause: str
    formal: bool
    made: Act


@dataclass
class Tally:
    """What was tried, by act, formality and last year's workbook, and which places moved."""

    tried: Counter = field(default_factory=Counter)
    news: Counter = field(default_factory=Counter)
    standing: Counter = field(default_factory=Counter)
    cases: list[Case] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Add what another tally counted."""
        self.tried += other.tried
        self.news += other.news
        self.standing += other.standing
        self.cases += other.cases

    def better(self, **chosen: object) -> list[Case]:
        """Return the cases that stand better, of those that have these values."""
        return [case for case in self._chosen(chosen) if case.is_better]

    def worse(self, **chosen: object) -> list[Case]:
        """Return the cases that stand worse, of those that have these values."""
        return [case for case in self._chosen(chosen) if not case.is_better]

    def _chosen(self, chosen: dict[str, object]) -> Iterator[Case]:
        for case in self.cases:
            if all(getattr(case, name) == value for name, value in chosen.items()):
                yield case


def harness_policy(policy: Policy) -> Policy:
    """Return the policy with one draw: no place rests on the draws, and they take most time."""
    return replace(policy, firmness=replace(policy.firmness, draws=1))


def hold_counted(portfolio: Portfolio, policy: Policy) -> Policy:
    """Return the policy with the sheets that count written down, as a city's policy would."""
    results = Results(portfolio, policy, AS_OF)
    found = results.reclassification
    rows = [row for row in results.known.rows(Agreement) if is_reviewed(row)]
    classes = {a.agreement_id: judged_as(a, found[a.agreement_id], policy) for a in rows}
    kinds = counted_sheets(results.known, policy, classes, as_of=AS_OF)
    names = sorted(kind.sheet.name for kind in kinds)
    return replace(policy, evidence=EvidenceSettings(counted=tuple(names)))


def told(results: Results, agreement_id: str) -> Told | None:
    """Return what is proposed for an agreement; nothing where it is not on record."""
    row = results.review.get(agreement_id)
    if row is None:
        return None
    words = [str(row.decision)]
    if row.conditions:
        words.append("on condition")
    if row.evidence == Evidence.PROVISIONAL:
        words.append("provisional")
    by_word = place_of_word(row.decision, conditional=bool(row.conditions))
    return Told(", ".join(words), getattr(row, "place", by_word))


def place(results: Results, agreement_id: str) -> int | None:
    """Return the place of what is proposed, 0 the best; nothing for words that have none."""
    found = told(results, agreement_id)
    return found.place if found else None


def measure(
    name: str, portfolio: Portfolio, policy: Policy, *, acts: Iterable[str] = ACTS
) -> Tally:
    """Return what every deletion and all good news of a portfolio do to the places."""
    held, tally = hold_counted(portfolio, policy), Tally()
    for part in relationships_of(portfolio):
        for previous in (False, True):
            trial = _Trial(name, portfolio, part, held, previous=previous)
            tally.add(trial.run(set(acts)))
    return tally


@dataclass
class _Trial:
    """One relationship of a portfolio, with or without last year's workbook."""

    name: str
    whole: Portfolio
    part: Portfolio
    policy: Policy
    previous: bool

    def run(self, acts: set[str]) -> Tally:
        before = self.told(self.part)
        tally = Tally()
        if not self.previous:
            tally.standing.update(row.word for row in before.values())
        if not any(row.place is not None for row in before.values()):
            return tally
        if acts - {NEWS}:
            for deletion in deletions_of(self.part):
                formal, cause = deletion.is_formal(self.part), deletion.cause
                made = lambda p, d=deletion: d.made(p, self.policy)  # noqa: E731 - kept with its deletion
                act = _Act(deletion.what, cause, formal, made)
                self.try_act(tally, act, made(self.part), before)
        if NEWS in acts:
            for row in self.part.rows(Agreement):
                if before[row.agreement_id].place is not None:
                    self.try_news(tally, row, before)
        return tally

    def try_news(self, tally: Tally, row: Agreement, before: dict[str, Told]) -> None:
        for kind, news in KINDS_OF_NEWS.items():
            for how, changed in news(self.part, row, self.policy, AS_OF):
                key = row.agreement_id
                made = lambda p, n=news, k=key, h=how: self.again(p, n, k, h)  # noqa: E731 - as above
                cause = f"{kind}: {how}" if how else kind
                tally.news[kind, self.previous] += 1
                act = _Act(NEWS, cause, False, made)
                self.try_act(tally, act, changed, before)

    def again(self, portfolio: Portfolio, news: Callable, key: str, how: str) -> Portfolio | None:
        row = portfolio.get(Agreement, key)
        found = news(portfolio, row, self.policy, AS_OF) if row else ()
        return next((changed for name, changed in found if name == how), None)

    def try_act(
        self, tally: Tally, act: "_Act", changed: Portfolio | None, before: dict[str, Told]
    ) -> None:
        if changed is None:
            return
        tally.tried[act.what, act.formal, self.previous] += 1
        after = self.told(changed, before)
        for key in _moved(before, after):
            moved = (self.previous, self.name, key, before[key], after[key], act.made)
            tally.cases.append(Case(*act[:3], *moved, self.part, self.whole))

    def told(self, changed: Portfolio, before: dict[str, Told] | None = None) -> dict[str, Told]:
        """Return what is proposed for each agreement of a changed part.

        What was withdrawn since last year can only lower a place, so it is looked up only where
        the place moved from what it was `before`.
        """
        alone = self.results(changed)
        found = _all_told(alone)
        if not self.previous or not before or not _moved(before, found):
            return found
        return _all_told(replace(alone, previous=self.part))

    def results(self, changed: Portfolio) -> Results:
        """Return what follows from a changed part, with last year's proposals where it has them."""
        supplied = supplied_now(changed, self.whole, self.part)
        earlier = Earlier(self.last_words) if self.previous else None
        portfolio = replace(changed, supplied=supplied)
        return Results(portfolio, self.policy, AS_OF, earlier=earlier)

    @cached_property
    def last_words(self) -> Mapping[str, str]:
        """What was proposed a year ago by the part as it is."""
        return Results(self.part, self.policy, AS_OF, self.part).last_words or {}


def _all_told(results: Results) -> dict[str, Told]:
    keys = [row.agreement_id for row in results.portfolio.rows(Agreement)]
    return {key: found for key in keys if (found := told(results, key))}


def _moved(before: Mapping[str, Told], after: Mapping[str, Told]) -> list[str]:
    """Return the agreements whose place is another; words without one stay out."""
    pairs = ((key, was, after.get(key)) for key, was in before.items())
    return [
        key
        for key, was, now in pairs
        if now and None not in (was.place, now.place) and was.place != now.place
    ]


def smallest(case: Case, policy: Policy) -> Portfolio:
    """Return the least of a case's portfolio in which the act still moves the place the same way.

    Rows and cells are left out one after the other, those that the act needs stay.
    """
    held = hold_counted(case.whole, policy)
    part, left = case.portfolio, True
    while left:
        left = False
        for deletion in sorted(deletions_of(part), key=lambda d: ACTS.index(d.what), reverse=True):
            less = deletion.made(part, held)
            if less is not None and _moves(case, less, held):
                part, left = less, True
    return part


def _moves(case: Case, part: Portfolio, policy: Policy) -> bool:
    """Whether the act moves the agreement of a case from and to the same words in a lesser part."""
    changed = case.made(part)
    if changed is None or part.get(Agreement, case.agreement_id) is None:
        return False
    trial = _Trial(case.name, case.whole, part, policy, previous=case.previous)
    before = trial.told(part)
    after = trial.told(changed, before)
    key = case.agreement_id
    return (before.get(key), after.get(key)) == (case.before, case.after)


def written(portfolio: Portfolio) -> str:
    """Return a portfolio as text, a line a row: what is filled in, nothing else."""
    return "\n".join(
        f"{kind.sheet.name}: " + ", ".join(f"{name} {_short(row, name)}" for name in _filled(row))
        for kind in KINDS
        for row in portfolio.rows(kind)
    )


def _filled(row: Row) -> Iterator[str]:
    return (name for name in row.sheet.names if getattr(row, name) is not None)


def _short(row: Row, name: str) -> str:
    value = getattr(row, name)
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
