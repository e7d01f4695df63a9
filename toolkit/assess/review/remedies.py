"""What would change what is proposed for an agreement: only what was tried, and betters its place.

Source: domain, section 4; the agreement report's "what would change the recommendation". Each
repair is typed into the record and the agreement's own rules are run again. Where no single one
helps, a few that do together are told, none of which can be left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.assess.review import repairs_of_objectives as work
from toolkit.assess.review import repairs_of_record as record
from toolkit.assess.review.bounds import Bounds
from toolkit.assess.review.entries import Entry
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.repairs import Find, Ladder, Repair
from toolkit.assess.review.repairs_of_results import REACHED, results
from toolkit.assess.review.trials import Situation, Trial
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.vocabulary import ReviewWord

BETTER, NONE = "better", "none"
FINDS: tuple[Find, ...] = (
    record.purposes, record.classes, record.papers, record.people, record.standing, results,
    record.terms, work.projects, work.funding, work.reviews, work.smart, work.duties, work.beyond,
    record.partners,
)  # fmt: skip
SETTLED = "It is settled by law, by its owner or by its relationship."
BEST = "Nothing betters its place."
TOO_FEW_SHEETS = (
    "Nothing at this agreement alone betters its place: too few sheets count to score it, and one "
    "counts once most agreements have rows in it."
)
NOTHING = "None of what was tried betters its place, nor all of it together."


@result(key="agreement_id", repeats=True)
class Remedy(Result):
    """What would better the place of one agreement, or that nothing that was tried does."""

    agreement_id: str = out("Id")
    decision: str = out("Effect", "Better, or none where nothing that was tried betters its place.")
    partner: str = out("Agreement")
    name: str = out("What would change it", default="")
    now: str = out("Proposed now")
    place: int | None = out("Place now", "As in the review.", fmt=Format.COUNT, default=None)
    then: str | None = out("Then", "What the rules propose after it.", default=None)
    then_place: int | None = out("Place then", fmt=Format.COUNT, default=None)
    lacks: float | None = out(
        "Points that lack",
        "Of the score, to the line of the policy above it, where the repair is of the score.",
        fmt=Format.POINTS,
        default=None,
    )
    entries: tuple[Entry, ...] = out(
        "To type",
        "Sheet, row by its key, column and value; a row that is not there yet is new.",
        fmt=Format.LIST,
        default=(),
    )


Tried = dict[str, tuple[str, tuple[Remedy, ...]]]  # id -> what it rested on, what was found


def find_remedies(situation: Situation, keys: Iterable[str], tried: Tried) -> Table[Remedy]:
    """Return what would better the place of each of these agreements, by their ids.

    Parameters
    ----------
    tried
        What was tried before; it is not tried again where it rests on the same, and what is tried
        now is added.
    """
    return Table(Remedy, (row for key in keys for row in tried_on(situation, key, tried)[1]))


def is_tried(situation: Situation, key: str, tried: Tried) -> bool:
    """Whether what was tried on an agreement rests on what is on record now."""
    return key in tried and tried[key][0] == situation.rests_on(key)


def tried_on(situation: Situation, key: str, tried: Tried) -> tuple[str, tuple[Remedy, ...]]:
    """Return what was tried on an agreement, once, and the hash of what it rests on."""
    if not is_tried(situation, key, tried):
        tried[key] = situation.rests_on(key), tuple(_remedies(Trial.of(situation, key)))
    return tried[key]


@dataclass(frozen=True)
class _Found:
    """A few ladders with the step of each that is needed."""

    ladders: tuple[Ladder, ...]
    repairs: tuple[Repair, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that is to be typed."""
        return tuple(entry for repair in self.repairs for entry in repair.entries)


def _remedies(trial: Trial) -> list[Remedy]:
    """Return what betters the place, the best first; or why nothing does."""
    place = trial.standing.place
    if place is None:
        return [_none(trial, SETTLED)]
    if place == 0:
        return [_none(trial, BEST)]
    ladders = [ladder for find in FINDS for ladder in find(trial.now)]
    found = [*_singles(trial, ladders, place)]
    reached = min((_place(trial, one.entries, place) for one in found), default=place)
    found += _sets_up(trial, ladders, reached)
    if not found and _is_for_people(trial):
        found = [*_singles(trial, list(record.direction(trial.now)), place)]
    told = [_told(trial, one) for one in found]
    remedies = [
        row
        for i, row in enumerate(told)
        if not any(_does_as_well(other, row, j < i) for j, other in enumerate(told) if j != i)
    ]
    ordered = sorted(remedies, key=lambda row: (row.then_place or 0, len(row.entries)))
    return ordered or [_none(trial, _why_nothing(trial))]


def _is_for_people(trial: Trial) -> bool:
    """Whether it is settled by a decision or by its age, so that only a decision changes it."""
    is_new = trial.standing.decision == ReviewWord.TOO_EARLY
    return is_new or trial.now.decided is not None


def _why_nothing(trial: Trial) -> str:
    is_open = trial.standing.decision == ReviewWord.CONTINUE
    return TOO_FEW_SHEETS if is_open else NOTHING


def _does_as_well(one: Remedy, other: Remedy, is_before: bool) -> bool:
    """Whether one reaches the place of another by a part of what that one types, or by the same."""
    own, others = set(one.entries), set(other.entries)
    is_less = own < others or (own == others and is_before)
    return one.then_place == other.then_place and is_less


def _place(trial: Trial, entries: Sequence[Entry], otherwise: int) -> int:
    found = trial.standing_with(entries).place
    return otherwise if found is None else found


def _singles(trial: Trial, ladders: Sequence[Ladder], place: int) -> Iterator[_Found]:
    """Yield the least step of each ladder that betters the place by itself."""
    for ladder in ladders:
        if _place(trial, ladder.steps[-1].entries, place) < place:
            step = _least(trial, ladder, (), place)
            yield _Found((ladder,), (step,))


def _least(trial: Trial, ladder: Ladder, others: Sequence[Entry], place: int) -> Repair:
    """Return the least step of a ladder that does, beside others; the last one is known to do."""
    low, high = 0, len(ladder.steps) - 1
    while low < high:
        middle = (low + high) // 2
        tried = (*others, *ladder.steps[middle].entries)
        if _place(trial, tried, place) < place:
            high = middle
        else:
            low = middle + 1
    return ladder.steps[high]


def _sets_up(trial: Trial, ladders: Sequence[Ladder], place: int) -> Iterator[_Found]:
    """Yield a set for each better place in turn, up to the best that is found."""
    while place > 0 and (found := _sets(trial, ladders, place)):
        yield from found
        place = min(_place(trial, one.entries, place) for one in found)


def _sets(trial: Trial, ladders: Sequence[Ladder], place: int) -> list[_Found]:
    """Return the smallest set of repairs found that betters a place no single one betters."""
    found = [
        _smallest(trial, chosen, place)
        for chosen in _choices(ladders)
        if _place(trial, _strongest(chosen), place) < place
    ]
    return sorted(found, key=lambda one: len(one.ladders))[:1]


def _does(trial: Trial, ladders: Sequence[Ladder], place: int) -> bool:
    return _place(trial, _strongest(ladders), place) < place


def _fewest(trial: Trial, needed: Sequence[Ladder], rest: Sequence[Ladder], place: int) -> int:
    """Return how many of the rest, from the first, do beside what is needed; all are known to."""
    low, high = 1, len(rest)
    while low < high:
        middle = (low + high) // 2
        if _does(trial, [*needed, *rest[:middle]], place):
            high = middle
        else:
            low = middle + 1
    return high


def _choices(ladders: Sequence[Ladder]) -> list[list[Ladder]]:
    """Return the ladders with one of each topic, as often as one topic has several."""
    topics: dict[str, list[Ladder]] = {}
    for ladder in ladders:
        topics.setdefault(ladder.topic, []).append(ladder)
    most = max((len(some) for some in topics.values()), default=0)
    return [[some[min(i, len(some) - 1)] for some in topics.values()] for i in range(most)]


def _strongest(ladders: Iterable[Ladder]) -> tuple[Entry, ...]:
    return tuple(entry for ladder in ladders for entry in ladder.steps[-1].entries)


def _smallest(trial: Trial, ladders: Sequence[Ladder], place: int) -> _Found:
    """Return the ladders none of which can be left out, each at its least step.

    The first few that do end with one that is needed; the next is looked for before it.
    """
    needed: list[Ladder] = []
    rest = list(ladders)
    while rest and (not needed or not _does(trial, needed, place)):
        most = _fewest(trial, needed, rest, place)
        needed, rest = [*needed, rest[most - 1]], rest[: most - 1]
    kept = [ladder for ladder in ladders if ladder in needed]
    steps = [ladder.steps[-1] for ladder in kept]
    for i, ladder in enumerate(kept):
        others = [e for j, step in enumerate(steps) if j != i for e in step.entries]
        steps[i] = _least(trial, ladder, others, place)
    return _Found(tuple(kept), tuple(steps))


def _none(trial: Trial, why: str) -> Remedy:
    """Return that nothing betters the place of an agreement."""
    agreement, now = trial.now.agreement, trial.standing
    return Remedy(
        agreement_id=agreement.agreement_id,
        decision=NONE,
        reason=why,
        partner=trial.situation.portfolio.labels[agreement.agreement_id],
        now=now.decision,
        place=now.place,
        cells=agreement.cell("agreement_id"),
    )


def _told(trial: Trial, found: _Found) -> Remedy:
    agreement, now = trial.now.agreement, trial.standing
    then = trial.standing_with(found.entries)
    words = _listed([_words(repair, trial.now, then.first.facts) for repair in found.repairs])
    lacks = _points(trial, now) if all(ladder.by_points for ladder in found.ladders) else None
    short = f"{lacks:.1f} points lack. " if lacks else ""
    return Remedy(
        agreement_id=agreement.agreement_id,
        decision=BETTER,
        reason=f"{short}If you {words}, it is: {_then(now, then)}.",
        partner=trial.situation.portfolio.labels[agreement.agreement_id],
        name=words[0].upper() + words[1:],
        now=now.decision,
        place=now.place,
        then=then.decision,
        then_place=then.place,
        lacks=lacks,
        entries=found.entries,
        cells=agreement.cell("agreement_id"),
    )


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{'; '.join(words[:-1])}; and {words[-1]}"


def _words(repair: Repair, now: Facts, then: Facts) -> str:
    """Return what is done; what the results come to is as the rules read it afterwards."""
    return repair.words.replace(REACHED, f"from {_reached(now)} to {_reached(then)}")


def _reached(facts: Facts) -> str:
    found = facts.sources.reached.get(facts.agreement.agreement_id)
    reached = found.rated if found is not None else None
    return "nothing" if reached is None else f"{100 * reached:.0f} %"


def _then(now: Bounds, then: Bounds) -> str:
    provisional = ", provisional" if then.is_provisional else ""
    stands = ", which then stands" if now.decision == then.decision and not provisional else ""
    condition = ", on condition" if then.first.conditions else ""
    return f"{then.decision}{condition}{provisional}{stands}"


def _points(trial: Trial, now: Bounds) -> float | None:
    """Return how many points lack to the next line, with what is missing at its worst."""
    least, points = trial.now.policy.thresholds, trial.now.score.low
    above = [line for line in (least.renegotiate_score, least.keep_score) if line > points]
    return round(min(above) - points, 9) if above and now.first.is_scored else None
