"""What can be mended, told, agreed or done at an agreement, as if on the day of the review.

A repair is what is typed once it is done. Repairs of one kind that differ in degree stand on a
ladder, the least first; two ladders of one topic exclude each other, such as two main purposes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.assess.review.entries import Entry
from toolkit.assess.review.facts import Facts
from toolkit.model.dates import When, add_months

NAMED = "to be named"  # stands for who or what only the city can say


@dataclass(frozen=True)
class Repair:
    """What is done, in words that follow "if you", and what is then typed."""

    words: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Ladder:
    """Repairs of one kind, the least first; `by_points`: they are looked for in the score."""

    topic: str
    steps: tuple[Repair, ...]
    by_points: bool = False


Find = Callable[[Facts], Iterable[Ladder]]


def single(topic: str, words: str, *entries: Entry, by_points: bool = False) -> Iterator[Ladder]:
    """Yield a ladder of one repair, where there is something to type."""
    if entries:
        yield Ladder(topic, (Repair(words, entries),), by_points)


def ladder(topic: str, steps: Iterable[Repair], *, by_points: bool = True) -> Iterator[Ladder]:
    """Yield a ladder of the repairs that have something to type, where there is any."""
    some = tuple(step for step in steps if step.entries)
    if some:
        yield Ladder(topic, some, by_points)


def on_the_day(facts: Facts) -> When:
    """Return the day of the review as a cell holds it."""
    return When.day_of(facts.as_of)


def in_months(facts: Facts, months: int) -> When:
    """Return a day so many months after the review."""
    return When.day_of(add_months(facts.as_of, months))


def longest_term(facts: Facts) -> int:
    """Return the years that a term may have: those of its class and those of the policy."""
    cls, most = facts.judged_as, facts.policy.counts.agreement_term_years[1]
    return min(most, cls.term_limit_years or most) if cls else most


def end_of_term(facts: Facts, start: date) -> When:
    """Return the last day of the longest term from a day."""
    return When.day_of(add_months(start, 12 * longest_term(facts)))


def names(ids: Iterable[str]) -> str:
    """Return ids as a list in a sentence."""
    words = list(ids)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
