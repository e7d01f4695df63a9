"""How next year's activity goals are set: what is planned, against which money, for which goals."""

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.sheets import PROGRAMME
from toolkit.report.markup import Sentences, Table
from toolkit.report.outcomes import amount

NO_PLAN = "Nothing is on record for next year (sheets Projects, Milestones and Results)."


def goals_sentence(plan: pd.DataFrame) -> Sentences:
    """Return the plan of the programme, and how many agreements have none."""
    if plan.empty:
        return Sentences((NO_PLAN,))
    expected = plan[plan.expected.astype(bool) & (plan.index != PROGRAMME)]
    without = list(expected.partner[~expected.stated.astype(bool)])
    lines = [plan.reason[PROGRAMME]]
    if without:
        lines.append(
            f"{len(without)} of {len(expected)} agreements that reach into the year have no "
            f"activity goal on record: {', '.join(without)}."
        )
    return Sentences(tuple(lines))


def goal_table(goals: pd.DataFrame, policy: Policy) -> Table:
    """Return the activity goals of next year: projects, their milestones, and targets."""
    rows = tuple(
        (
            row.partner,
            row.what,
            row.kind or row.decision,
            row.starts,
            row.ends,
            amount(row.planned_cost),
            None if row.objective_id is None else f"{row.objective_id} {row.objective or ''}",
            row.reason,
            row.cells,
        )
        for row in goals.itertuples()
    )
    headings = (
        "Agreement", "What", "Kind", "From", "Until or due", "Planned cost in the year",
        "Objective it serves", "How it stands", "Cells",
    )  # fmt: skip
    note = f"Costs in {policy.programme.currency}, by days in the year." if rows else ""
    return Table("Activity goals of next year", headings, rows, frozenset({5}), note, NO_PLAN)


def plan_table(plan: pd.DataFrame, policy: Policy) -> Table:
    """Return the check of next year's plan against the projects a year and the money."""
    rows = tuple(
        (
            row.partner,
            row.decision,
            row.targets,
            amount(row.planned_cost),
            amount(row.funding),
            row.resources,
            row.reason,
        )
        for row in plan.itertuples()
    )
    headings = (
        "Agreement", "Projects", "Targets", "Planned cost", "Funding", "Resources", "Finding",
    )  # fmt: skip
    wanted = policy.counts.projects_per_year
    note = (
        f"The policy asks for {wanted} projects a year. Staff days come on top of the planned cost."
    )
    numeric = frozenset({2, 3, 4})
    caption = "Next year's plan against projects and money"
    return Table(caption, headings, rows, numeric, note if rows else "", NO_PLAN)


def served_table(served: pd.DataFrame) -> Table:
    """Return which goals of the framework are served by which agreements."""
    rows = tuple(
        (f"{row.Index} {row.name}", row.decision, row.agreements, row.objectives, row.cells)
        for row in served.itertuples()
    )
    headings = ("Goal", "Agreements", "Which", "Their stated objectives", "Cells")
    caption = "Goals of the framework and the agreements that serve them"
    return Table(caption, headings, rows, frozenset({3}))
