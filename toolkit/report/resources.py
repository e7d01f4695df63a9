"""How next year's money is set: the plan, the answers to a gap, and what each uplift funds.

Everything is in the policy's currency; a dash is not known.
"""

from collections.abc import Sequence

from toolkit.model.results import Result, Table
from toolkit.model.text import late_days, listed, missing_text
from toolkit.model.told import fact, lowered, money_fact, tell, told_list
from toolkit.model.vocabulary import Claim, Scenario
from toolkit.report import markup
from toolkit.report.drawing import BLUE, draw_svg
from toolkit.report.markup import Figure, Sentences, Stack
from toolkit.report.view import Found, Made, View, amount, points

ALL = "all classes"
SELECTED = (Scenario.NESTED, Scenario.OPTIMUM)
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


def planning_table(costs: Table[Result], candidates: Table[Result]) -> markup.HtmlTable:
    """Return what each agreement of the framework is planned to cost, and how it takes part."""
    order = list(Claim)
    ordered = sorted(
        candidates,
        key=lambda r: (order.index(r.decision), r.agreement_class, -(r.score or 0), r.partner),
    )
    rows = tuple(
        (
            row.partner,
            row.agreement_class,
            row.decision,
            points(row.score),
            amount(row.full_cost),
            amount(row.cost),
            cost.decision,
            cost.reason,
            cost.cells,
        )
        for row in ordered
        for cost in costs.of(row.agreement_id)
    )
    year = costs.rows[0].year if costs else ""
    headings = (
        "Agreement", "Class now", "In the selection", "Score",
        f"Full cost {year - 1}" if year else "Full cost", "Planned cost", "Made of", "How", "Cells",
    )  # fmt: skip
    caption = f"Planned cost of the agreements of the framework {year}".rstrip()
    note = _currency_note(costs)
    return markup.HtmlTable(caption, headings, rows, frozenset({3, 4, 5}), note, NO_PLAN)


def _currency_note(table: Table[Result]) -> str:
    return f"In {table.rows[0].currency}." if table else ""


def _scenario_note(results: Found) -> str:
    rest = "Shares of a class are rounded down to the cent; scores of two classes are not added up."
    return f"{_currency_note(results.scenarios)} {rest}"


answers_to_a_gap = View(
    "scenarios",
    "Raise the budget, reduce the number, or both",
    (
        "scenario", "agreement_class", "decision", "agreements", "cost", "available", "left",
        "funded_ratio", "value", "reason",
    ),
    headings={"reason": "Why"},
    note=_scenario_note,
    empty=NO_PLAN,
)  # fmt: skip


who_is_funded = View(
    "scenarios",
    "What next year's money funds",
    (
        "scenario", "agreement_class", "funded", "equal_sets", "unfunded", "first_unfunded",
        "uplift",
    ),
    headings={"uplift": "More money that would reach it"},
    where=lambda row: row.scenario in SELECTED and row.agreement_class != ALL,
    note="Funded and not funded stand in the order of the ranking.",
    empty=NO_PLAN,
)  # fmt: skip


what_uplifts_fund = View(
    "uplifts",
    "What each uplift funds",
    (
        "step", "agreement_class", "uplift", "money", "agreements", "value", "added", "last_in",
        "first_out",
    ),
    where=lambda row: row.agreement_class == ALL or bool(row.added) or not row.uplift,
    note=lambda results: _currency_note(results.uplifts),
    empty=NO_UPLIFT,
)  # fmt: skip


def _trend_note(results: Found) -> str:
    rest = "Per agreement: all that was spent, divided; arithmetic, not cost."
    return f"{_currency_note(results.programme_trend)} {rest}"


def _change(share: float | None) -> str | None:
    return None if share is None else f"{100 * share:+.1f} %"


def _whole(value: float | None) -> str | None:
    return None if value is None else f"{value:,.0f}"


money_by_year = View(
    "programme_trend",
    "The programme's money from year to year",
    (
        "year",
        "budget",
        Made("Change", lambda row: _change(row.budget_change), is_number=True),
        "actual",
        Made("Change", lambda row: _change(row.actual_change), is_number=True),
        Made("Actual in constant money", lambda row: _whole(row.constant) or "n/a", is_number=True),
        Made("Change", lambda row: _change(row.constant_change), is_number=True),
        "agreements",
        Made("Actual per agreement", lambda row: _whole(row.per_agreement), is_number=True),
        "cells",
    ),
    note=_trend_note,
    empty="No programme budget is on record (sheet Budget).",
)


def resources_sentence(
    scenarios: Table[Result],
    costs: Table[Result],
    priorities: Sequence[str],
    other_claims: str = "",
) -> Sentences:
    """Return for the committee what next year costs, what it does not reach, and its priorities.

    Parameters
    ----------
    priorities
        Ids of the agreements that are the year's priorities; none is fine.
    """
    if not scenarios:
        return Sentences((NO_PLAN,))
    whole = scenarios.where(lambda row: row.agreement_class == ALL)
    classes = scenarios.where(lambda row: row.agreement_class != ALL)
    currency, year = scenarios.rows[0].currency, costs.rows[0].year
    raised = lowered(whole[Scenario.RAISE].reason)
    lines = [
        tell("For {year}, in {currency}: {raised}", year=year, currency=currency, raised=raised)
    ]
    lines += [
        tell("{cls}, {found}. {why}", cls=row.agreement_class, found=row.decision, why=row.reason)
        for row in classes.of(Scenario.NESTED)
        if row.available is not None and row.unfunded != ()
    ]
    firm = whole[Scenario.BOTH]
    if firm.uplift:
        total = fact("money.to_firm", firm.uplift, missing_text(firm.uplift), of=ALL)
        told = "With {total} more in all, every agreement whose decision is firm is funded."
        lines.append(tell(told, total=total))
    lines += [_priorities(costs, priorities)] if priorities else []
    return Sentences(tuple(line for line in (*lines, other_claims) if line), "list")


def _priorities(costs: Table[Result], priorities: Sequence[str]) -> str:
    """Return what the priorities are planned to cost, and which of them nobody has priced."""
    rows = [costs[key] for key in priorities]
    known = [row for row in rows if row.cost is not None]
    without = [row.partner for row in rows if row.cost is None]
    unknown = f" No cost is on record of {listed(without)}." if without else ""
    if not known:
        return f"The year's priorities:{unknown}"
    late, total = sum(row.late_days for row in known), sum(row.cost for row in known)
    return tell(
        "The year's priorities are planned to cost {least}{total}{late}: {each}.{unknown}{spent}",
        least="at least " if without else "",
        total=money_fact(
            "money.planned", total, of="the year's priorities", currency=known[0].currency
        ),
        late=f" ({late_days(late, known[0].rate_year)})" if late else "",
        each=told_list(
            f"{row.partner} " + money_fact("money.planned", row.cost, of=row.agreement_id)
            for row in known
        ),
        unknown=unknown,
        spent=_spent(rows),
    )


def _spent(rows: Sequence[Result]) -> str:
    """Return what the same agreements cost this year, as far as it is on record."""
    known = [row for row in rows if row.full_cost is not None]
    if not known:
        return ""
    total = sum(row.full_cost for row in known)
    return tell(
        " In {year} their full cost was {least}{total}.",
        year=rows[0].year - 1,
        least="at least " if len(known) < len(rows) else "",
        total=money_fact("money.full_cost", total, of="the year's priorities"),
    )


def plot_uplifts(uplifts: Table[Result]) -> Figure | Sentences:
    """Return how many agreements each uplift funds, and which ones it adds."""
    rows = [row for row in uplifts if row.agreement_class == ALL]
    if not rows:
        return Sentences((NO_UPLIFT,))
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return Sentences((f"Agreements funded without an uplift: {first.agreements}.",))
    title = tell(
        "Agreements funded: {few} without an uplift; {more} with {step} more ({uplift})",
        few=first.agreements,
        more=last.agreements,
        step=last.step,
        uplift=money_fact("money.uplift", last.uplift, of=last.step, currency=last.currency),
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

    return Figure(draw_svg(draw, height=0.45 * len(rows) + 1.0), alt, title + ".")


def _adds(row: Result) -> str:
    """Return whom a step adds, as far as it fits beside a bar; the table names all."""
    if len(row.added) > FEW:
        return f"  adds {len(row.added)}"
    return f"  adds {listed(row.added)}" if row.added else ""


def _tick(row: Result) -> str:
    return f"{row.step}, {amount(row.uplift)}"


def _step_words(row: Result) -> str:
    adds = f", adding {listed(row.added)}" if row.added else ""
    return f"{row.step} ({amount(row.uplift)}) {row.agreements}{adds}"


def show_resources(results: Found) -> Stack | Sentences:
    """Return the answers, whom they fund, and the uplifts with their figure."""
    scenarios: Table[Result] = results.scenarios
    if not scenarios:
        return Sentences((NO_PLAN,))
    if all(row.available is None for row in scenarios):
        whole = next(row for row in scenarios if row.agreement_class == ALL)
        return Sentences((whole.reason, NO_MONEY))
    return Stack(
        answers_to_a_gap(results),
        who_is_funded(results),
        plot_uplifts(results.uplifts),
        what_uplifts_fund(results),
    )
