"""How next year's money is set: the plan, the answers to a gap, and what each uplift funds.

Everything is in the policy's currency; a dash is not known.
"""

from collections.abc import Sequence

import pandas as pd

from toolkit.model.sentences import listed
from toolkit.model.vocabulary import Claim, Scenario
from toolkit.report.drawing import BLUE, draw_svg
from toolkit.report.markup import Figure, Sentences, Stack, Table
from toolkit.report.outcomes import amount, percent
from toolkit.report.scores import points

ALL = "all classes"
FEW = 2  # names that fit beside a bar
NO_PLAN = (
    "No agreement of the framework is under review, so there is nothing to set against the money."
)
NO_MONEY = (
    "Without it neither a gap nor an answer can be worked out. The sheet Budget (the lines "
    "programme and overhead) and planned costs in the sheet Projects would settle it."
)
NO_UPLIFT = (
    "No uplift can be worked out: what is available, or the cost of what must be kept, is not on "
    "record (sheets Budget and Projects)."
)


def planning_table(costs: pd.DataFrame, candidates: pd.DataFrame) -> Table:
    """Return what each agreement of the framework is planned to cost, and how it takes part."""
    order = list(Claim)
    ordered = sorted(
        candidates.itertuples(),
        key=lambda r: (order.index(r.decision), r.agreement_class, -(r.score or 0), r.partner),
    )
    rows = tuple(
        (
            row.partner,
            row.agreement_class,
            row.decision,
            points(row.score),
            amount(row.cost),
            costs.decision[row.Index],
            costs.reason[row.Index],
            costs.cells[row.Index],
        )
        for row in ordered
    )
    headings = (
        "Agreement", "Class now", "In the selection", "Score", "Planned cost", "Made of", "How",
        "Cells",
    )  # fmt: skip
    year = costs.year.iloc[0] if len(costs) else ""
    caption = f"Planned cost of the agreements of the framework {year}".rstrip()
    return Table(caption, headings, rows, frozenset({3, 4}), _money_note(costs), NO_PLAN)


def scenario_table(scenarios: pd.DataFrame) -> Table:
    """Return the status quo and the three answers, for each class and for all together."""
    rows = tuple(
        (
            row.Index,
            row.agreement_class,
            row.decision,
            row.agreements,
            amount(row.cost),
            amount(row.available),
            amount(row.left),
            percent(row.funded_ratio),
            points(row.value),
            row.reason,
        )
        for row in scenarios.itertuples()
    )
    headings = (
        "Answer", "Class", "Finding", "Agreements", "Cost", "Available", "Left, or missing (-)",
        "Available of cost", "Sum of scores", "Why",
    )  # fmt: skip
    rest = "Shares of a class are rounded down to the cent; scores of two classes are not added up."
    note = f"{_money_note(scenarios)} {rest}" if rows else ""
    caption = "Raise the budget, reduce the number, or both"
    return Table(caption, headings, rows, frozenset(range(3, 9)), note, NO_PLAN)


def selection_table(scenarios: pd.DataFrame) -> Table:
    """Return who is funded and who is not, down the ranking and at the best sum of scores."""
    shown = (Scenario.NESTED, Scenario.OPTIMUM)
    rows = tuple(
        (
            row.Index,
            row.agreement_class,
            row.funded,
            row.equal_sets,
            row.unfunded,
            row.first_unfunded,
            amount(row.uplift),
        )
        for row in scenarios.itertuples()
        if row.Index in shown and row.agreement_class != ALL
    )
    headings = (
        "Answer", "Class", "Funded", "Equal sets, to choose from", "Not funded",
        "First not funded", "More money that would reach it",
    )  # fmt: skip
    note = "Funded and not funded stand in the order of the ranking." if rows else ""
    return Table("What next year's money funds", headings, rows, frozenset({6}), note, NO_PLAN)


def uplift_table(uplifts: pd.DataFrame) -> Table:
    """Return what each step of a raised budget funds; of a class, the steps that fund more."""
    rows = tuple(
        (
            row.Index,
            row.agreement_class,
            amount(row.uplift),
            amount(row.money),
            row.agreements,
            points(row.value),
            row.added,
            row.last_in,
            row.first_out,
        )
        for row in uplifts.itertuples()
        if row.agreement_class == ALL or row.added or not row.uplift
    )
    headings = (
        "Uplift", "Class", "Amount", "Money with it", "Funded", "Sum of scores",
        "Funded by this step", "Last in", "First out",
    )  # fmt: skip
    note = _money_note(uplifts)
    return Table("What each uplift funds", headings, rows, frozenset({2, 3, 4, 5}), note, NO_UPLIFT)


def trend_table(trend: pd.DataFrame) -> Table:
    """Return the programme's money from year to year, beside the agreements it carries."""
    rows = tuple(
        (
            row.Index,
            amount(row.budget),
            _change(row.budget_change),
            amount(row.actual),
            _change(row.actual_change),
            _whole(row.constant) or "n/a",
            _change(row.constant_change),
            row.agreements,
            _whole(row.per_agreement),
            row.cells,
        )
        for row in trend.itertuples()
    )
    headings = (
        "Year", "Budget", "Change", "Actual", "Change", "Actual in constant money", "Change",
        "Agreements in force", "Actual per agreement", "Cells",
    )  # fmt: skip
    words = (
        f"{_money_note(trend)} Per agreement: all that was spent, divided; arithmetic, not cost."
    )
    note = words if rows else ""
    empty = "No programme budget is on record (sheet Budget)."
    caption = "The programme's money from year to year"
    return Table(caption, headings, rows, frozenset(range(1, 9)), note, empty)


def _change(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:+.1f} %"


def _whole(value: float | None) -> str | None:
    return None if value is None else f"{value:,.0f}"


def _money_note(table: pd.DataFrame) -> str:
    return f"In {table.currency.iloc[0]}." if len(table) else ""


def resources_sentence(
    scenarios: pd.DataFrame, costs: pd.DataFrame, priorities: Sequence[str], other_claims: str = ""
) -> Sentences:
    """Return for the committee what next year costs, what it does not reach, and its priorities.

    Parameters
    ----------
    priorities
        Ids of the agreements that are the year's priorities; none is fine.
    """
    if scenarios.empty:
        return Sentences((NO_PLAN,))
    whole = scenarios[scenarios.agreement_class == ALL]
    currency, year = scenarios.currency.iloc[0], costs.year.iloc[0]
    lines = [f"For {year}, in {currency}: {_lower(whole.loc[Scenario.RAISE].reason)}"]
    lines += [
        f"{row.agreement_class}, {row.decision}. {row.reason}"
        for row in scenarios.loc[[Scenario.NESTED]].itertuples()
        if row.agreement_class != ALL and row.available is not None and row.unfunded != ()
    ]
    firm = whole.loc[Scenario.BOTH]
    if firm.uplift:
        total = amount(firm.uplift)
        lines.append(f"With {total} more in all, every agreement whose decision is firm is funded.")
    lines += [_priorities(costs, priorities)] if priorities else []
    return Sentences(tuple(line for line in (*lines, other_claims) if line), "list")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _priorities(costs: pd.DataFrame, priorities: Sequence[str]) -> str:
    """Return what the priorities are planned to cost, and which of them nobody has priced."""
    rows = [row for row in costs.loc[list(priorities)].itertuples()]
    known = [row for row in rows if row.cost is not None]
    without = [row.partner for row in rows if row.cost is None]
    each = listed(f"{row.partner} {amount(row.cost)}" for row in known)
    total = f"{costs.currency.iloc[0]} {amount(round(sum(row.cost for row in known), 2))}"
    unknown = f" No cost is on record of {listed(without)}." if without else ""
    if not known:
        return f"The year's priorities:{unknown}"
    least = "at least " if without else ""
    return f"The year's priorities are planned to cost {least}{total}: {each}.{unknown}"


def plot_uplifts(uplifts: pd.DataFrame) -> Figure | Sentences:
    """Return how many agreements each uplift funds, and which ones it adds."""
    rows = [row for row in uplifts.itertuples() if row.agreement_class == ALL]
    if not rows:
        return Sentences((NO_UPLIFT,))
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return Sentences((f"Agreements funded without an uplift: {first.agreements}.",))
    title = (
        f"Agreements funded: {first.agreements} without an uplift; {last.agreements} with "
        f"{last.Index} more ({last.currency} {amount(last.uplift)})"
    )
    values = "; ".join(_step_words(row) for row in rows)
    alt = f"Uplifts of the budget. {title}. {values}."

    def draw(axes: object) -> None:
        for position, row in enumerate(reversed(rows)):
            axes.barh(position, row.agreements, color=BLUE, height=0.5)
            text = f"{row.agreements}{_adds(row)}"
            axes.text(row.agreements + 0.1, position, text, va="center", size=10)
        axes.set_yticks(range(len(rows)), [_tick(row) for row in reversed(rows)])
        axes.set_xlim(0, 2 * max(row.agreements for row in rows) + 1)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("Agreements funded")

    return Figure(draw_svg(draw, height=0.45 * len(rows) + 1.0), alt, f"{title}.")


def _adds(row: tuple) -> str:
    """Return whom a step adds, as far as it fits beside a bar; the table names all."""
    if len(row.added) > FEW:
        return f"  adds {len(row.added)}"
    return f"  adds {listed(row.added)}" if row.added else ""


def _tick(row: tuple) -> str:
    return f"{row.Index}, {amount(row.uplift)}"


def _step_words(row: tuple) -> str:
    adds = f", adding {listed(row.added)}" if row.added else ""
    return f"{row.Index} ({amount(row.uplift)}) {row.agreements}{adds}"


def show_resources(scenarios: pd.DataFrame, uplifts: pd.DataFrame) -> Stack | Sentences:
    """Return the answers, whom they fund, and the uplifts with their figure."""
    if scenarios.empty:
        return Sentences((NO_PLAN,))
    if scenarios.available.isna().all():
        why = [row.reason for row in scenarios.loc[scenarios.agreement_class == ALL].itertuples()]
        return Sentences((*why[:1], NO_MONEY))
    return Stack(
        scenario_table(scenarios),
        selection_table(scenarios),
        plot_uplifts(uplifts),
        uplift_table(uplifts),
    )
