"""What next year's money means: the status quo, the answers to a gap, each step of a raised budget.

Source: domain, section 7; the report's recommendation to resource by outcome: raise the budget,
reduce the number, or both. The steps are the policy's, in per cent of what is available.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from toolkit.assess.resources.answers import (
    INFEASIBLE,
    NOT_KNOWN,
    ScenarioOf,
    fund_the_best,
    fund_the_firm,
    fund_the_ranking,
    walk_reason,
    walk_word,
)
from toolkit.assess.resources.carrying import (
    Costed,
    add_known,
    carry_all,
    carry_recommended,
    set_against_money,
)
from toolkit.assess.resources.contests import ALL, Contest
from toolkit.assess.resources.planning import Available
from toolkit.assess.resources.selection import CENTS, walk_ranking, whole_cents
from toolkit.model.policy import Policy
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.text import listed
from toolkit.model.told import told_together
from toolkit.model.vocabulary import Scenario

CARRYING = (carry_all, carry_recommended)
SELECTING = (fund_the_ranking, fund_the_best, fund_the_firm)
Number = TypeVar("Number", int, float)


def find_scenarios(
    contests: Sequence[Contest], available: Available, policy: Policy
) -> Table[ScenarioOf]:
    """Return each scenario for each class, and for all classes together."""
    found: list[ScenarioOf] = []
    if not contests:
        return Table(ScenarioOf)
    for carry in CARRYING:
        carried = [carry(contest) for contest in contests]
        found += [*map(set_against_money, carried), _carried_together(carried, available)]
    for select in SELECTING:
        rows = [select(contest, policy) for contest in contests]
        found += [*rows, _selected_together(rows, available)]
    return Table(ScenarioOf, found)


def money_left(scenarios: Table[ScenarioOf], available: Available) -> float | None:
    """Return what is left when all candidates are carried on; None where that cannot be said."""
    if not scenarios:
        return available.amount
    whole = (row for row in scenarios.of(Scenario.STATUS_QUO) if row.agreement_class == ALL)
    return next(whole).left


def _carried_together(classes: Sequence[Costed], available: Available) -> ScenarioOf:
    whole = set_against_money(
        Costed(
            scenario=classes[0].scenario,
            agreement_class=ALL,
            agreements=sum(carried.agreements for carried in classes),
            cost=add_known(carried.cost for carried in classes),
            full_cost=add_known(carried.full_cost for carried in classes),
            late_days=sum(carried.late_days for carried in classes),
            rate_year=classes[0].rate_year,
            available=available.amount,
            without_cost=tuple(name for carried in classes for name in carried.without_cost),
            without_full_cost=tuple(
                name for carried in classes for name in carried.without_full_cost
            ),
            year=classes[0].year,
            currency=classes[0].currency,
            cells=joined([available.cells, *(carried.cells for carried in classes)]),
        )
    )
    reason = told_together([whole.reason, available.reason], " ")
    return replace(whole, reason=reason, funded=(), first_unfunded=())


def _selected_together(rows: Sequence[ScenarioOf], available: Available) -> ScenarioOf:
    """Return one scenario over all classes; scores are not added up over classes."""
    scenario, cost = rows[0].scenario, _sum([row.cost for row in rows])
    words = told_together((f"{row.agreement_class}: " + row.decision for row in rows), "; ")
    funded = tuple(name for row in rows for name in row.funded or ())
    unfunded = tuple(name for row in rows for name in row.unfunded or ())
    left = None
    if cost is not None and available.amount is not None and scenario != Scenario.BOTH:
        left = round(available.amount - cost, 2)
    return ScenarioOf(
        scenario=scenario,
        decision=_word(rows, len(funded), len(unfunded)),
        reason=words + f". {available.reason}",
        agreement_class=ALL,
        agreements=_sum([row.agreements for row in rows]),
        cost=cost,
        available=available.amount,
        left=left,
        uplift=_sum([row.uplift for row in rows]),
        funded=funded,
        unfunded=unfunded,
        first_unfunded=tuple(name for row in rows for name in row.first_unfunded or ()),
        currency=rows[0].currency,
        cells=joined([available.cells, *(row.cells for row in rows)]),
    )


def _sum(values: Sequence[Number | None]) -> Number | None:
    """Return what values add up to; None where one of them is not known."""
    known = [value for value in values if value is not None]
    return round(sum(known), 2) if len(known) == len(values) else None


def _word(rows: Sequence[ScenarioOf], funded: int, unfunded: int) -> str:
    words = {row.decision for row in rows}
    if blocking := next((word for word in (NOT_KNOWN, INFEASIBLE) if word in words), None):
        return blocking
    if all(row.is_counted for row in rows):
        return f"{funded} of {funded + unfunded} funded"
    return words.pop() if len(words) == 1 else "by class"


@result(key="step", repeats=True, serves=("R10",))
class UpliftStep(Result):
    """What one uplift of the budget funds, of one class or of all together."""

    step: str = out("Uplift", "In per cent of what is available.")
    agreement_class: str = out("Class")
    uplift: float = out("Amount", fmt=Format.AMOUNT)
    money: float = out("Money with it", fmt=Format.AMOUNT)
    agreements: int = out("Funded", fmt=Format.COUNT)
    value: float | None = out("Sum of scores", "None over classes.", fmt=Format.POINTS)
    cost: float = out("Cost", fmt=Format.AMOUNT)
    funded: tuple[str, ...] = out("Which", "Partners in the order of the ranking.", fmt=Format.LIST)
    added: tuple[str, ...] = out("Funded by this step", "Since the step before.", fmt=Format.LIST)
    last_in: tuple[str, ...] = out("Last in", fmt=Format.LIST)
    first_out: tuple[str, ...] = out("First out", fmt=Format.LIST)
    currency: str = out("Currency")


def find_uplifts(
    contests: Sequence[Contest], available: Available, policy: Policy
) -> Table[UpliftStep]:
    """Return what each uplift funds, by class and for all classes, until all are funded.

    Empty where no money is available or nothing can be selected.
    """
    opened = [(c, c.money) for c in contests if c.money is not None and not c.blocked]
    if not opened or available.amount is None or available.amount <= 0:
        return Table(UpliftStep)
    found: list[UpliftStep] = []
    before: dict[str, tuple[str, ...]] = {}
    for number in range(policy.resources.uplift_steps + 1):
        step = number * policy.resources.uplift_step
        rows = [_raise(contest, money, step, before) for contest, money in opened]
        found += [*rows, _together(rows, available.amount, available.cells, step)]
        before = {row.agreement_class: row.funded for row in rows}
        if not any(row.first_out for row in rows):
            break
    return Table(UpliftStep, found)


def _raise(
    contest: Contest, share: float, step: float, before: Mapping[str, tuple[str, ...]]
) -> UpliftStep:
    """Return what one step funds of a class, and what it adds to the step before."""
    money = whole_cents(share * (100 + step) / 100) / CENTS
    walk = walk_ranking(contest.ranked, money=money, seats=contest.seats)
    funded = contest.called(walk.funded)
    known = before.get(contest.agreement_class, funded)
    return UpliftStep(
        step=f"{step:g} %",
        decision=walk_word(walk),
        reason=walk_reason(walk, contest, step=f"{step:g} %" if step else ""),
        agreement_class=contest.agreement_class,
        uplift=round(money - share, 2),
        money=money,
        agreements=len(walk.funded),
        value=walk.value,
        cost=walk.spent,
        funded=funded,
        added=tuple(name for name in funded if name not in known),
        last_in=funded[-1:],
        first_out=contest.called(walk.first_unfunded),
        currency=contest.currency,
        cells=contest.cells,
    )


def _together(rows: Sequence[UpliftStep], amount: float, cells: str, step: float) -> UpliftStep:
    """Return one step over all classes; scores are not added up over classes."""
    first_out = tuple(name for row in rows for name in row.first_out)
    funded = tuple(name for row in rows for name in row.funded)
    told = f"First not funded: {listed(first_out)}."
    return UpliftStep(
        step=rows[0].step,
        decision=f"{len(funded)} funded",
        reason=told if first_out else "Every ranked agreement is funded.",
        agreement_class=ALL,
        uplift=round(amount * step / 100, 2),
        money=round(amount * (100 + step) / 100, 2),
        agreements=len(funded),
        value=None,
        cost=round(sum(row.cost for row in rows), 2),
        funded=funded,
        added=tuple(name for row in rows for name in row.added),
        last_in=tuple(name for row in rows for name in row.last_in),
        first_out=first_out,
        currency=rows[0].currency,
        cells=joined([cells, *(row.cells for row in rows)]),
    )
