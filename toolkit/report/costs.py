"""How money is told, drawn and set as tables: agreements, outcomes, the programme, its missions."""

from collections import defaultdict
from dataclasses import replace

from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import late_days
from toolkit.model.told import Told, money_fact, tell
from toolkit.report import markup
from toolkit.report.markup import Sentences
from toolkit.report.view import Found, Made, View, amount

NO_COSTS = (
    "No cost of an agreement is on record. The sheets Projects and Budget would show what each "
    "costs a year."
)
PARTNER = Made("Agreement", lambda row: row.partner)


def money_sentence(money: Table[Result], programme: Table[Result], policy: Policy) -> Sentences:
    """Return what is known of the money: budget and actual, or the stated budget."""
    stated, currency = policy.programme, policy.programme.currency
    if len(programme):
        years = [_year_of_money(row) for row in programme]
        if len(money):
            latest = max(row.year for row in programme if row.budget is not None)
            years.append(
                "No project or budget line of an agreement has a cost on record. The shares below "
                f"divide the budget of {latest} evenly: arithmetic, not cost."
            )
        return Sentences(tuple(years), "list")
    if not len(money):
        return Sentences(("Neither a sheet Budget nor a stated budget of the policy is at hand.",))
    told = tell(
        "No budget is in the workbook. The policy in use ({file}) states {budget} for {year}, of "
        "the {name}; if that is another programme than yours, set your own in a copy of the "
        "policy. The shares below are arithmetic, not cost.",
        file=policy.file_name,
        budget=money_fact("money.budget", stated.budget, of=stated.budget_year, currency=currency),
        year=stated.budget_year,
        name=stated.name,
    )
    return Sentences((told,))


def _year_of_money(row: Result) -> str:
    budget: str = "no budget"
    if row.budget is not None:
        whose = {"of": row.year, "currency": row.currency}
        budget = "budget " + money_fact("money.budget", row.budget, **whose)
    if row.actual is None:
        return tell("{year}: {budget}; no actual on record.", year=row.year, budget=budget)
    return tell(
        "{year}: {budget}, actual {actual}: {found}.",
        year=row.year,
        budget=budget,
        actual=money_fact("money.actual", row.actual, of=row.year, currency=row.currency),
        found=row.decision,
    )


def _share(row: Result) -> Told:
    return money_fact("money.share", row.amount, of=row.share, currency=row.currency)


even_shares = View(
    "money",
    "Even shares of the budget",
    (
        "share",
        "count",
        Made("Amount a year", _share, is_number=True),
        "decision",
        "reason",
    ),
    empty="Even shares are not shown: agreements have costs on record, or no budget is known.",
)


def full_costs(results: Found, *, year: int) -> markup.HtmlTable:
    """Return the full cost of each agreement in the year, the dearest first."""
    currency = next((row.currency for row in results.costs), "")
    found = View(
        "costs",
        f"Full cost of agreements in {year}",
        (PARTNER, "full_cost", "money", "staff", "in_kind", "budget", "variance", "decision",
         "reason", "cells"),
        where=lambda row: row.year == year,
        order=_dearest_first,
        empty=NO_COSTS,
    )  # fmt: skip
    return replace(found(results), note=f"In {currency}." if currency else "")


def full_costs_briefly(costs: Table[Result], *, year: int) -> markup.HtmlTable:
    """Return what each agreement cost in full in the year, the dearest first, in whole money."""
    found = sorted((row for row in costs if row.year == year), key=_dearest_first)
    rows = tuple(
        (
            row.partner,
            *map(whole, (row.full_cost, row.money, row.staff, row.in_kind, row.budget)),
            None if row.variance is None else f"{100 * row.variance:+.0f} %",
        )
        for row in found
    )
    headings = ("Agreement", "Full cost", "Money", "Staff", "In kind", "Budget", "Over budget")
    note = f"In {found[0].currency}. Full cost: money and staff." if found else ""
    numbers = frozenset(range(1, len(headings)))
    caption = f"Full cost of agreements in {year}"
    return markup.HtmlTable(caption, headings, rows, numbers, note, NO_COSTS)


def whole(value: float | None) -> str | None:
    """Return an amount in whole units, nothing where it is not known."""
    return None if value is None else f"{value:,.0f}"


def costs_by_outcome(costs: Table[Result]) -> markup.HtmlTable:
    """Return what one unit of what was delivered cost, by agreement.

    The whole cost of an agreement stands against each of its units, so they are not added up.
    """
    groups: dict[str, list[Result]] = defaultdict(list)
    for row in costs:
        groups[row.partner].append(row)
    rows = tuple(
        (partner, whole(some[0].full_cost), tuple(map(_per_unit, some)))
        for partner, some in groups.items()
    )
    headings = ("Agreement", "Full cost", "Delivered, and full cost for one")
    return markup.HtmlTable(
        "Cost per outcome", headings, rows, frozenset({1}),
        "The whole cost stands against each unit; the lines of one agreement are not added up.",
        costs_per_outcome.empty,
    )  # fmt: skip


def _per_unit(row: Result) -> Told:
    each = money_fact("money.per_unit", row.cost_per_unit, of=f"{row.agreement_id}, {row.unit}")
    if row.cost_per_unit < 1:
        return tell("{unit}: {total}, each under 1", total=amount(row.total), unit=row.unit)
    return tell("{unit}: {total}, each {each}", total=amount(row.total), unit=row.unit, each=each)


def this_year_and_next(costs: Table[Result]) -> Sentences:
    """Return what one agreement cost in the year in full, beside what it is planned to cost next.

    Parameters
    ----------
    costs
        What it is planned to cost; empty where it asks for no money of next year.
    """
    return Sentences(tuple(map(_beside, costs)) or ("It asks for no money of next year.",))


def _beside(row: Result) -> Told:
    spent = planned = "not on record"
    if row.full_cost is not None:
        whose = f"{row.agreement_id}, {row.year - 1}"
        spent = money_fact("money.full_cost", row.full_cost, of=whose, currency=row.currency)
    if row.cost is not None:
        whose = row.agreement_id
        planned = money_fact("money.planned", row.cost, of=whose, currency=row.currency)
    late = f" ({late_days(row.late_days, row.rate_year)})" if row.late_days else ""
    return tell(
        "Full cost of {year}: {spent}. Planned for {next}: {planned}{late}.",
        year=row.year - 1,
        spent=spent,
        next=row.year,
        planned=planned,
        late=late,
    )


def _dearest_first(row: Result) -> tuple[bool, float, str]:
    return row.full_cost is None, -(row.full_cost or 0), row.agreement_id


costs_per_outcome = View(
    "cost_per_outcome",
    "Cost per outcome",
    (PARTNER, "unit", "total", "full_cost", "cost_per_unit", "cells"),
    note="The whole cost stands against each unit; the lines of one agreement are not added up.",
    empty="No agreement has both a cost and a delivered count or amount on record for the year.",
)


def programme_by_year(results: Found) -> markup.HtmlTable:
    """Return budget and actual of the programme over the years."""
    policy = results.policy
    latest = max(policy.price_index.values, default="")
    constant = Made(
        f"Actual in money of {latest}", lambda row: whole(row.constant) or "n/a", is_number=True
    )
    found = View(
        "programme_money",
        f"The programme's money, {policy.programme.currency}",
        ("year", "budget", "actual", "variance", constant, "decision"),
        empty="No programme budget is on record (sheet Budget).",
    )
    return found(results)


missions_by_market = View(
    "missions_by_tier",
    "Missions by market tier",
    ("tier", "missions", "of_agreements", "outside", "spending", "spending_of_agreements",
     "spending_outside"),
    empty="No mission is on record (sheet Projects).",
)  # fmt: skip
