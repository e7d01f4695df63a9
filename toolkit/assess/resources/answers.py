"""What answers a gap in one class: reduce the number, or raise the budget for the firm ones.

Source: domain, section 7. Reducing goes down the ranking, because more money then never drops one;
it is not always the best sum of scores, and the difference is said.
"""

from dataclasses import replace

from toolkit.assess.resources.contests import Contest
from toolkit.assess.resources.optimum import Optimum, find_optimum
from toolkit.assess.resources.selection import (
    Walk,
    cost_of,
    rank,
    seats_of,
    value_of,
    walk_ranking,
)
from toolkit.model.policy import Policy
from toolkit.model.results import Format, Result, out, result
from toolkit.model.text import listed, missing_text, one_decimal
from toolkit.model.told import Told, fact, money_fact, tell, told_list
from toolkit.model.vocabulary import Scenario

NOT_KNOWN = "not known"
NONE_RANKED = "none is ranked"
INFEASIBLE = "cannot be kept"
NOBODY = "No agreement of this class is ranked."


@result(key="scenario", repeats=True, serves=("R10",))
class ScenarioOf(Result):
    """One answer to a gap, for one class or for all together."""

    scenario: Scenario = out("Answer")
    decision: str = out("Finding")
    agreement_class: str = out("Class")
    agreements: int | None = out(
        "Agreements", "How many it counts or funds.", fmt=Format.COUNT, default=None
    )
    cost: float | None = out("Cost", fmt=Format.AMOUNT, default=None)
    full_cost: float | None = out(
        "Full cost this year",
        "What is on record of the year before the one planned.",
        fmt=Format.AMOUNT,
        default=None,
    )
    available: float | None = out("Available", fmt=Format.AMOUNT)
    left: float | None = out("Left, or missing (-)", fmt=Format.AMOUNT, default=None)
    funded_ratio: float | None = out("Available of cost", fmt=Format.SHARE, default=None)
    value: float | None = out(
        "Sum of scores", "None over classes.", fmt=Format.POINTS, default=None
    )
    uplift: float | None = out(
        "Uplift",
        "What would fund all, or reach the first not funded, or all firm ones.",
        fmt=Format.AMOUNT,
        default=None,
    )
    funded: tuple[str, ...] | None = out(
        "Funded", "Partners in the order of the ranking.", fmt=Format.LIST, default=None
    )
    unfunded: tuple[str, ...] | None = out(
        "Not funded",
        "In the order of the ranking; for status quo and raise, who has no cost on record.",
        fmt=Format.LIST,
        default=None,
    )
    first_unfunded: tuple[str, ...] | None = out("First not funded", fmt=Format.LIST, default=None)
    equal_sets: tuple[str, ...] | None = out(
        "Equal sets, to choose from", "Each set as one text.", fmt=Format.LIST, default=None
    )
    currency: str = out("Currency")
    is_counted: bool = out(
        "Counted", "Whether the finding counts agreements.", handed_out=False, default=False
    )


def fund_the_ranking(contest: Contest, policy: Policy) -> ScenarioOf:
    """Return what is funded down the ranking, and what would reach the next."""
    if contest.money is None or contest.blocked:
        return _not_known(Scenario.NESTED, contest)
    walk = walk_ranking(contest.ranked, money=contest.money, seats=contest.seats)
    return replace(
        _as_walked(Scenario.NESTED, contest, walk),
        agreements=len(walk.funded),
        cost=walk.spent,
        left=round(contest.money - walk.spent, 2),
        value=walk.value,
        uplift=walk.missing_money,
        funded=contest.called(walk.funded),
        unfunded=contest.called(walk.unfunded),
        first_unfunded=contest.called(walk.first_unfunded),
    )


def fund_the_best(contest: Contest, policy: Policy) -> ScenarioOf:
    """Return the sets with the best sum of scores, and how they differ from the ranking."""
    if contest.money is None or contest.blocked:
        return _not_known(Scenario.OPTIMUM, contest)
    money, seats = contest.money, contest.seats
    walk = walk_ranking(contest.ranked, money=money, seats=seats)
    as_walked = _as_walked(Scenario.OPTIMUM, contest, walk)
    if walk.is_infeasible or (not walk.funded and (not contest.ranked or money < 0)):
        return as_walked
    limit = policy.resources.equal_sets
    best = find_optimum(contest.ranked, money=money, seats=seats, limit=limit)
    if not best.sets:
        return as_walked
    return replace(
        _name_the_best(as_walked, contest, best),
        reason=_difference(walk, best, contest),
        cost=best.spent,
        left=round(money - best.spent, 2),
        value=best.value,
    )


def _name_the_best(answer: ScenarioOf, contest: Contest, best: Optimum) -> ScenarioOf:
    """Return an answer with whom the best sets fund: all of them, none of them, and which sets."""
    sets = [set(chosen) for chosen in best.sets]
    ordered = [c.id for group in rank(contest.ranked) for c in group]
    is_one = len(sets) == 1
    each = [contest.called(key for key in ordered if key in chosen) for chosen in sets]
    return replace(
        answer,
        decision=_of(len(sets[0]), len(ordered)) if is_one else f"{len(sets)} equal sets",
        is_counted=is_one and bool(ordered),
        agreements=len(sets[0]) if is_one else None,
        funded=contest.called(key for key in ordered if all(key in s for s in sets)),
        unfunded=contest.called(key for key in ordered if not any(key in s for s in sets)),
        equal_sets=() if is_one else tuple(listed(names) for names in each),
    )


def fund_the_firm(contest: Contest, policy: Policy) -> ScenarioOf:
    """Return the smallest uplift at which the ranking reaches every firm agreement of a class."""
    if contest.money is None or contest.blocked:
        return _not_known(Scenario.BOTH, contest)
    groups = rank(contest.ranked)
    firm = {row.agreement_id for row in contest.members if row.firm}
    last = max((i for i, group in enumerate(groups) if firm & {c.id for c in group}), default=None)
    if last is None:
        reason = "No agreement that is ranked has a firm decision."
        return replace(_answer(Scenario.BOTH, contest, "none is firm", reason), uplift=0.0)
    reached = [c for group in groups[: last + 1] for c in group]
    uplift = max(round(cost_of(reached) - contest.money, 2), 0.0)
    seats = 0 if contest.seats is None else max(seats_of(reached) - contest.seats, 0)
    need = needed("to_firm", uplift, seats, of=contest.agreement_class)
    told = "With {need} every firm agreement is funded, the last being {who}."
    if not need:
        told = "Every firm agreement is funded; the last of them down the ranking is {who}."
    reason = tell(told, need=need, who=listed(contest.called(c.id for c in groups[last])))
    word = "needs " + need if need else "no raise needed"
    return replace(
        _answer(Scenario.BOTH, contest, word, reason),
        agreements=len(reached),
        cost=cost_of(reached),
        value=value_of(reached),
        uplift=uplift,
        funded=contest.called(c.id for c in reached),
        unfunded=contest.called(c.id for group in groups[last + 1 :] for c in group),
    )


def _answer(scenario: Scenario, contest: Contest, decision: str, reason: str) -> ScenarioOf:
    return ScenarioOf(
        scenario=scenario,
        decision=decision,
        reason=reason,
        agreement_class=contest.agreement_class,
        available=contest.money,
        currency=contest.currency,
        cells=contest.cells,
    )


def _as_walked(scenario: Scenario, contest: Contest, walk: Walk) -> ScenarioOf:
    """Return an answer that says how far the walk down the ranking came."""
    answer = _answer(scenario, contest, walk_word(walk), walk_reason(walk, contest))
    is_settled = not walk.is_infeasible and not walk.is_tied
    return replace(answer, is_counted=is_settled and bool(walk.funded or walk.unfunded))


def _not_known(scenario: Scenario, contest: Contest) -> ScenarioOf:
    """Return the answer where nothing can be selected in a class, with the reason."""
    reason = "What is available is not known, so nothing can be selected."
    if contest.money is not None:
        reason = (
            f"By direction {listed(contest.blocked)} must be kept, at a cost that is not on "
            "record, so what is left for the others is not known."
        )
    return _answer(scenario, contest, NOT_KNOWN, reason)


def _of(funded: int, ranked: int) -> str:
    return f"{funded} of {ranked} funded" if ranked else NONE_RANKED


def walk_word(walk: Walk) -> str:
    """Return in a few words how far the walk came."""
    if walk.is_infeasible or walk.is_tied:
        return INFEASIBLE if walk.is_infeasible else "tied: people decide"
    return _of(len(walk.funded), len(walk.funded) + len(walk.unfunded))


def walk_reason(walk: Walk, contest: Contest, *, step: str = "") -> str:
    """Return how far the walk came, what stopped it, and what would reach the next.

    Parameters
    ----------
    step
        The step of the budget it is walked with; blank for what is available.
    """
    if not walk.unfunded:
        return "Every ranked agreement is funded." if walk.funded else NOBODY
    whose = f"{contest.agreement_class}, {step}" if step else contest.agreement_class
    return tell(
        _stopped_by(walk),
        first=listed(contest.called(walk.first_unfunded)),
        need=needed("to_next", walk.missing_money, walk.missing_seats, of=whose),
    )


def _stopped_by(walk: Walk) -> str:
    if walk.is_infeasible:
        return "What must be kept by direction does not fit: {first}. It needs {need}."
    if walk.is_tied:
        return "Tied, so people decide: {first}. Not all of them fit; {need} would fund them all."
    return "The first down the ranking that is not funded is {first}; {need} would reach it."


def needed(what: str, amount: float, seats: int, *, of: str) -> Told:
    """Return what is missing, in money and in seats, as the facts `money.` and `seats.` of it.

    >>> needed("to_next", 300.0, 1, of="A"), needed("to_next", 0.0, 2, of="A")
    ('300 more and 1 more seat', '2 more seats')
    """
    words = []
    if amount:
        words.append(fact(f"money.{what}", amount, missing_text(amount), of=of) + " more")
    if seats:
        words.append(fact(f"seats.{what}", seats, of=of) + f" more seat{'s' if seats > 1 else ''}")
    return told_list(words)


def _difference(walk: Walk, best: Optimum, contest: Contest) -> str:
    """Return in a sentence how the best sum of scores differs from the ranking."""
    reached, ranked = one_decimal(best.value), one_decimal(walk.value)
    if len(best.sets) > 1:
        return tell(
            "{count} sets reach the same sum of scores, {reached}, at the same cost of {spent}, "
            "where the ranking reaches {ranked}: people decide between them.",
            count=f"More than {len(best.sets)}" if best.has_more else len(best.sets),
            reached=reached,
            spent=money_fact(
                "money.spent", best.spent, of=f"{contest.agreement_class}, the best sum"
            ),
            ranked=ranked,
        )
    chosen = best.sets[0]
    gained = listed(contest.called(key for key in chosen if key not in walk.funded))
    lost = listed(contest.called(key for key in walk.funded if key not in chosen))
    if not gained and not lost:
        return "The best sum of scores funds the same agreements as the ranking."
    if not gained:
        return f"The same sum of scores as the ranking, without {lost}, which adds nothing to it."
    exchange = f"{gained} in place of {lost}" if lost else f"{gained} below the line of the ranking"
    return (
        f"A sum of scores of {reached} instead of {ranked}: it funds {exchange}, and with more "
        "money it may drop one that it funds now."
    )
