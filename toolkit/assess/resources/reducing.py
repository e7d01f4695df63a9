"""What the money funds of one class: down the ranking, and beside it the best sum of scores.

Source: domain, section 7, reduce. The ranking is the default, because more money then never
drops one; it is not always the best sum, and the difference is said.
"""

from collections.abc import Mapping

from toolkit.assess.record.results import Fields
from toolkit.assess.record.sentences import money_text, needed
from toolkit.assess.resources.carrying import NOT_KNOWN, begin
from toolkit.assess.resources.contests import Contest
from toolkit.assess.resources.optimum import Optimum, find_optimum
from toolkit.assess.resources.selection import Walk, rank, walk_ranking
from toolkit.model.policy import Policy
from toolkit.model.rounding import one_decimal
from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Scenario

INFEASIBLE = "cannot be kept"
NOBODY = "No agreement of this class is ranked."


def fund_the_ranking(contest: Contest, policy: Policy) -> Fields:
    """Return what is funded down the ranking, and what would reach the next."""
    record = begin(Scenario.NESTED, contest)
    if reason := closed(contest):
        return record | {"decision": NOT_KNOWN, "reason": reason}
    walk = walk_ranking(contest.ranked, money=contest.money, seats=contest.seats)
    return record | {
        **walk_word(walk),
        "reason": walk_reason(walk, contest.names),
        "agreements": len(walk.funded),
        "cost": walk.spent,
        "left": round(contest.money - walk.spent, 2),
        "value": walk.value,
        "uplift": walk.missing_money,
        **named(walk, contest.names),
    }


def fund_the_best(contest: Contest, policy: Policy) -> Fields:
    """Return the sets with the best sum of scores, and how they differ from the ranking."""
    record = begin(Scenario.OPTIMUM, contest)
    if reason := closed(contest):
        return record | {"decision": NOT_KNOWN, "reason": reason}
    limits = {"money": contest.money, "seats": contest.seats}
    walk, names = walk_ranking(contest.ranked, **limits), contest.names
    if walk.is_infeasible:
        return record | {"decision": INFEASIBLE, "reason": walk_reason(walk, names)}
    if not walk.funded and (not contest.ranked or contest.money < 0):
        return record | walk_word(walk) | {"reason": walk_reason(walk, names)}
    best = find_optimum(contest.ranked, **limits, limit=policy.resources.equal_sets)
    if not best.sets:
        return record | walk_word(walk) | {"reason": walk_reason(walk, names)}
    sets = [set(chosen) for chosen in best.sets]
    ordered = [c.id for group in rank(contest.ranked) for c in group]
    size = len(sets[0]) if len(sets) == 1 else None
    word = {"decision": f"{len(sets)} equal sets"} if size is None else _of(size, len(ordered))
    return record | {
        **word,
        "reason": _difference(walk, best, names),
        "agreements": size,
        "cost": best.spent,
        "left": round(contest.money - best.spent, 2),
        "value": best.value,
        "funded": tuple(names[key] for key in ordered if all(key in s for s in sets)),
        "unfunded": tuple(names[key] for key in ordered if not any(key in s for s in sets)),
        "equal_sets": ()
        if size is not None
        else tuple(listed(names[key] for key in ordered if key in s) for s in sets),
    }


def closed(contest: Contest) -> str:
    """Return why nothing can be selected in a class; empty where it can."""
    if contest.money is None:
        return "What is available is not known, so nothing can be selected."
    if contest.blocked:
        return (
            f"By direction {listed(contest.blocked)} must be kept, at a cost that is not on "
            "record, so what is left for the others is not known."
        )
    return ""


def named(walk: Walk, names: Mapping[str, str]) -> Fields:
    """Return who is funded and who is not, by name, in the order of the ranking."""
    fields = ("funded", "unfunded", "first_unfunded")
    return {field: tuple(names[key] for key in getattr(walk, field)) for field in fields}


def _of(funded: int, ranked: int) -> Fields:
    counted = {"decision": f"{funded} of {ranked} funded", "is_counted": True}
    return counted if ranked else {"decision": "none is ranked"}


def walk_word(walk: Walk) -> Fields:
    """Return in a few words how far the walk came; `is_counted` where they are a count."""
    if walk.is_infeasible or walk.is_tied:
        return {"decision": INFEASIBLE if walk.is_infeasible else "tied: people decide"}
    return _of(len(walk.funded), len(walk.funded) + len(walk.unfunded))


def walk_reason(walk: Walk, names: Mapping[str, str]) -> str:
    """Return how far the walk came, what stopped it, and what would reach the next."""
    if not walk.unfunded:
        return "Every ranked agreement is funded." if walk.funded else NOBODY
    first = listed(names[key] for key in walk.first_unfunded)
    need = needed(walk.missing_money, walk.missing_seats)
    if walk.is_infeasible:
        return f"What must be kept by direction does not fit: {first}. It needs {need}."
    if walk.is_tied:
        return f"Tied, so people decide: {first}. Not all of them fit; {need} would fund them all."
    return f"The first down the ranking that is not funded is {first}; {need} would reach it."


def _difference(walk: Walk, best: Optimum, names: Mapping[str, str]) -> str:
    """Return in a sentence how the best sum of scores differs from the ranking."""
    reached, ranked = one_decimal(best.value), one_decimal(walk.value)
    if len(best.sets) > 1:
        count = f"More than {len(best.sets)}" if best.has_more else str(len(best.sets))
        return (
            f"{count} sets reach the same sum of scores, {reached}, at the same cost of "
            f"{money_text(best.spent)}, where the ranking reaches {ranked}: people decide between "
            "them."
        )
    chosen = best.sets[0]
    gained = listed(names[key] for key in chosen if key not in walk.funded)
    lost = listed(names[key] for key in walk.funded if key not in chosen)
    if not gained and not lost:
        return "The best sum of scores funds the same agreements as the ranking."
    if not gained:
        return f"The same sum of scores as the ranking, without {lost}, which adds nothing to it."
    exchange = f"{gained} in place of {lost}" if lost else f"{gained} below the line of the ranking"
    return (
        f"A sum of scores of {reached} instead of {ranked}: it funds {exchange}, and with more "
        "money it may drop one that it funds now."
    )
