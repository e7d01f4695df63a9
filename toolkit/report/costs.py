"""How money is told, drawn and set as tables: agreements, outcomes, the programme, its missions."""

from dataclasses import replace

from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import late_days
from toolkit.model.told import Told, money_fact, tell
from toolkit.report import markup
from toolkit.report.drawing import BLUE, INK, draw_svg
from toolkit.report.markup import Figure, Sentences
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
        f"Actual in money of {latest}", lambda row: amount(row.constant) or "n/a", is_number=True
    )
    found = View(
        "programme_money",
        f"The programme's money, {policy.programme.currency}",
        ("year", "budget", "actual", "variance", constant, "decision", "cells"),
        empty="No programme budget is on record (sheet Budget).",
    )
    return found(results)


def plot_money(programme: Table[Result]) -> Figure | Sentences:
    """Return the programme's actual against its budget, year by year."""
    rows = [row for row in programme if row.budget is not None]
    if not rows:
        return Sentences(("No programme budget is on record, so there is nothing to draw.",))
    spent = [row for row in rows if row.actual is not None]
    over = sum(row.decision == "over budget" for row in spent)
    title = f"The programme was over its budget in {over} of {len(spent)} years with an actual"
    values = "; ".join(_money_words(row) for row in rows)
    alt = f"Budget and actual of the programme. {title}: {values}."

    def draw(axes: object) -> None:
        for position, row in enumerate(reversed(rows)):
            if row.actual is None:
                axes.text(0, position, " no actual on record", va="center", size=10)
            else:
                axes.barh(position, row.actual, height=0.5, color=BLUE)
            axes.plot([row.budget] * 2, [position - 0.38, position + 0.38], color=INK, linewidth=2)
        axes.set_yticks(range(len(rows)), [str(row.year) for row in reversed(rows)])
        axes.set_xlim(0, None)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.set_xlabel(rows[0].currency)

    caption = f"{title}. The dark mark is the budget."
    return Figure(draw_svg(draw, height=0.45 * len(rows) + 1.0), alt, caption)


def _money_words(row: Result) -> str:
    actual = "no actual" if row.actual is None else f"actual {row.actual:,.0f}"
    return f"{row.year} budget {row.budget:,.0f}, {actual}"


missions_by_market = View(
    "missions_by_tier",
    "Missions by market tier",
    ("tier", "missions", "of_agreements", "outside", "spending", "spending_of_agreements",
     "spending_outside", "reason", "cells"),
    empty="No mission is on record (sheet Projects).",
)  # fmt: skip
