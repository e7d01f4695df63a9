"""On what condition a provisional proposal holds: what each missing fact must turn out to be.

Source: domain, section 4, Evidence. Every condition is tried: with the facts it names as it says
and all others at their worst, the rules give the word that is proposed.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace

from toolkit.assess.review.bounds import Bounds, missing_criteria
from toolkit.assess.review.criteria import QUARTERS, scale_of
from toolkit.assess.review.facts import End, Facts, with_ratings
from toolkit.assess.review.rules import first_rule
from toolkit.assess.rules import Match
from toolkit.model.dates import long_date
from toolkit.model.decisions import place_of_word
from toolkit.model.policy import Criterion
from toolkit.model.vocabulary import Family

STEPS = 400  # how finely a condition is looked for on the scale of 0 to 100


def find_proviso(facts: Facts, bounds: Bounds) -> str | None:
    """Return on what condition a provisional proposal holds, what else, and by when it is shown."""
    if not bounds.is_provisional:
        return None
    first, low, high = bounds.first, bounds.low, bounds.high
    holds_at_worst = _place(low) == _place(first)
    needed = what_would_do(facts, _place(high if holds_at_worst else first))
    if not needed:
        return None
    by = long_date(facts.answers_due)
    shown = f"to be shown by {by}"
    if holds_at_worst:
        return f"unless {' and '.join(needed)}: then {high.decision}; {shown}"
    return f"if {' and '.join(needed)}; else {low.decision}; {shown}"


def _place(match: Match[Facts]) -> int | None:
    return place_of_word(match.decision, conditional=bool(match.conditions))


def what_would_do(facts: Facts, place: int | None) -> tuple[str, ...]:
    """Return what missing facts must be for a place, the others at their worst; none: cannot."""
    return tuple(_told(facts, key, value) for key, value in needed_for(facts, place).items())


def needed_for(facts: Facts, place: int | None) -> Mapping[str, float]:
    """Return the missing criteria that a place needs, each with its least value."""
    needed: dict[str, float] = {}
    for criterion in missing_criteria(facts):
        needed[criterion] = facts.ratings[criterion].ends[1]
        if _reaches(facts, needed, place):
            break
    else:
        return {}
    for criterion in list(needed):
        low, high = facts.ratings[criterion].ends
        needed[criterion] = _least(facts, needed, criterion, (low, high), place)
    return {key: v for key, v in needed.items() if v > facts.ratings[key].ends[0]}


def _least(
    facts: Facts,
    needed: Mapping[str, float],
    criterion: str,
    ends: tuple[float, float],
    place: int | None,
) -> float:
    """Return the least value of one criterion that does, the others as needed."""
    values = _values(criterion, ends)  # a better fact never has a lower place
    at = bisect_left(values, 1, key=lambda v: _reaches(facts, {**needed, criterion: v}, place))
    return values[at] if at < len(values) else ends[1]


def _values(criterion: str, ends: tuple[float, float]) -> list[float]:
    """Return the values a criterion may turn out to have, rising."""
    steps = {"C1": 2, "C7": QUARTERS}.get(criterion)
    low, high = ends
    if steps:
        return [v for i in range(steps + 1) if low <= (v := 100 * i / steps) <= high]
    return [low + (high - low) * i / STEPS for i in range(STEPS + 1)]


def _reaches(facts: Facts, needed: Mapping[str, float], place: int | None) -> bool:
    """Whether a place is reached with some criteria known and the others at their worst."""
    settled = {key: facts.ratings[key].settled_at(value) for key, value in needed.items()}
    tried = replace(with_ratings(facts, {**facts.ratings, **settled}), end=End.LOW)
    found = _place(first_rule(tried))
    return found is not None and place is not None and found <= place


def _told(facts: Facts, criterion: str, value: float) -> str:
    """Return what a criterion must turn out to be, in its own measure."""
    found = next(c for c in facts.policy.criteria if c.id == criterion)
    family = facts.family or Family.ECONOMIC
    amount = _on_measure(value, found, family)
    return WORDS[criterion](amount, facts)


def _on_measure(value: float, criterion: Criterion, family: Family) -> float:
    """Return what on its measure gives a rating, the scale read backwards; trade is on a log."""
    low, middle, high = scale_of(criterion, family)
    if criterion.id == "C3":
        low, middle, high = (math.log(point) for point in (low, middle, high))
    share = value / 50
    found = low + (middle - low) * share if share <= 1 else middle + (high - middle) * (share - 1)
    return math.exp(found) if criterion.id == "C3" else found


def _whole(value: float) -> int:
    return math.ceil(round(value, 6))


def _several(value: float, one: str, many: str) -> str:
    number = max(1, _whole(value))
    return f"{number} {one if number == 1 else many}"


def _trade(value: float, facts: Facts) -> str:
    digits = max(0, len(str(int(value))) - 2)
    rounded = math.ceil(round(value, 2) / 10**digits) * 10**digits
    return f"yearly trade is at least {facts.policy.programme.currency} {rounded:,}"


def _projects(value: float, _facts: Facts) -> str:
    return (
        f"at least {_several(value, 'project has', 'projects have')} run in the months that count"
    )


def _partners(value: float, _facts: Facts) -> str:
    return f"at least {_several(value, 'partner delivers', 'partners deliver')} by a signed role"


def _sectors(value: float, _facts: Facts) -> str:
    return f"at least {_several(value, 'priority sector is', 'priority sectors are')} shared"


def _quarters(value: float, _facts: Facts) -> str:
    number = max(1, _whole(value * QUARTERS / 100))
    return f"at least {number} of {QUARTERS} ties of history and community are shown"


WORDS: Mapping[str, Callable[[float, Facts], str]] = {
    "C1": lambda v, _facts: f"its market is of tier {'1' if v > 1 else '2 at least'}",
    "C2": _sectors,
    "C3": _trade,
    "C4": _projects,
    "C5": lambda v, _facts: f"its targets are reached to at least {_whole(v)} %",
    "C6": _partners,
    "C7": _quarters,
}
