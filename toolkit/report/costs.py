"""How money is set as tables: agreements, outcomes, the programme, its missions."""

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.report.markup import Table
from toolkit.report.outcomes import amount, percent

NO_COSTS = (
    "No cost of an agreement is on record. The sheets Projects and Budget would show what each "
    "costs a year."
)


def cost_table(costs: pd.DataFrame, agreements: pd.DataFrame, *, year: int) -> Table:
    """Return the full cost of each agreement in the year, the dearest first."""
    found = [row for row in costs.itertuples() if row.year == year]
    ordered = sorted(found, key=lambda r: (r.full_cost is None, -(r.full_cost or 0), r.Index))
    partners = agreements.partner
    rows = tuple(
        (
            partners.get(row.Index, row.Index),
            amount(row.full_cost),
            amount(row.money),
            amount(row.staff),
            amount(row.in_kind),
            amount(row.budget),
            percent(row.variance),
            row.decision,
            row.reason,
            row.cells,
        )
        for row in ordered
    )
    headings = (
        "Agreement", "Full cost", "Money", "Staff", "In kind, apart", "Budget", "Over or under",
        "Made of", "How", "Cells",
    )  # fmt: skip
    note = f"In {costs.currency.iloc[0]}." if len(costs) else ""
    numeric = frozenset(range(1, 7))
    return Table(f"Full cost of agreements in {year}", headings, rows, numeric, note, NO_COSTS)


def unit_cost_table(unit_costs: pd.DataFrame, agreements: pd.DataFrame) -> Table:
    """Return the cost per outcome, like units only."""
    rows = tuple(
        (
            agreements.partner.get(row.Index, row.Index),
            row.unit,
            amount(row.total),
            amount(row.full_cost),
            amount(row.cost_per_unit),
            row.cells,
        )
        for row in unit_costs.itertuples()
    )
    headings = ("Agreement", "Unit", "Delivered", "Full cost", "Cost per unit", "Cells")
    note = "The whole cost stands against each unit; the lines of one agreement are not added up."
    empty = "No agreement has both a cost and a delivered count or amount on record for the year."
    numeric = frozenset({2, 3, 4})
    return Table("Cost per outcome", headings, rows, numeric, note if rows else "", empty)


def programme_table(programme: pd.DataFrame, policy: Policy) -> Table:
    """Return budget and actual of the programme over the years."""
    rows = tuple(
        (
            row.Index,
            amount(row.budget),
            amount(row.actual),
            percent(row.variance),
            amount(row.constant) or "n/a",
            row.decision,
            row.cells,
        )
        for row in programme.itertuples()
    )
    latest = max(policy.price_index.values, default="")
    headings = (
        "Year", "Budget", "Actual", "Over or under", f"Actual in money of {latest}", "Finding",
        "Cells",
    )  # fmt: skip
    empty = "No programme budget is on record (sheet Budget)."
    caption = f"The programme's money, {policy.programme.currency}"
    return Table(caption, headings, rows, frozenset({1, 2, 3, 4}), empty=empty)


def mission_table(missions: pd.DataFrame) -> Table:
    """Return the year's missions and their spending by market tier."""
    rows = tuple(
        (
            row.Index,
            row.missions,
            row.of_agreements,
            row.outside,
            amount(row.spending),
            amount(row.spending_of_agreements),
            amount(row.spending_outside),
            row.reason,
            row.cells,
        )
        for row in missions.itertuples()
    )
    headings = (
        "Market", "Missions", "Of agreements", "Outside agreements", "Spending",
        "Spent under agreements", "Spent outside", "What is counted", "Cells",
    )  # fmt: skip
    empty = "No mission is on record (sheet Projects)."
    numeric = frozenset(range(1, 7))
    return Table("Missions by market tier", headings, rows, numeric, empty=empty)
