"""How next year's money is set: the plan, the answers to a gap, and what each uplift funds.

Everything is in the policy's currency; a dash is not known.
"""

from collections.abc import Callable

from toolkit.model.results import Result, Table
from toolkit.model.text import listed
from toolkit.model.told import tell
from toolkit.model.vocabulary import Claim, Scenario
from toolkit.report import markup
from toolkit.report.markup import Sentences, Stack
from toolkit.report.view import Found, Made, View, points

ALL = "all classes"
SELECTED = (Scenario.NESTED, Scenario.OPTIMUM)
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
            _whole(row.full_cost),
            _whole(row.cost),
            cost.decision,
        )
        for row in ordered
        for cost in costs.of(row.agreement_id)
    )
    year = costs.rows[0].year if costs else ""
    headings = (
        "Agreement", "Class now", "In the selection", "Score",
        f"Full cost {year - 1}" if year else "Full cost", "Planned cost", "Made of",
    )  # fmt: skip
    caption = f"Planned cost of the agreements of the framework {year}".rstrip()
    note = _currency_note(costs)
    return markup.HtmlTable(caption, headings, rows, frozenset({3, 4, 5}), note, NO_PLAN)


def _currency_note(table: Table[Result]) -> str:
    return f"In {table.rows[0].currency}." if table else ""


def _scenario_note(results: Found) -> str:
    rest = "Shares of a class are rounded down to the cent; scores of two classes are not added up."
    return f"{_currency_note(results.scenarios)} {rest}"


def _whole_of(name: str) -> Callable[[Result], str | None]:
    return lambda row: _whole(getattr(row, name))


def _names_of(name: str) -> Callable[[Result], str | None]:
    return lambda row: listed(getattr(row, name) or ()) or None


def _whole(value: float | None) -> str | None:
    return None if value is None else f"{value:,.0f}"


answers_to_a_gap = View(
    "scenarios",
    "Raise the budget, reduce the number, or both",
    (
        "scenario", "agreement_class", "decision", "agreements", *(
            Made(heading, _whole_of(name), is_number=True)
            for heading, name in (("Cost", "cost"), ("Available", "available"), ("Left", "left"))
        ),
    ),
    where=lambda row: row.agreement_class != ALL,
    note=_scenario_note,
    empty=NO_PLAN,
)  # fmt: skip


who_is_funded = View(
    "scenarios",
    "What next year's money funds",
    (
        "scenario", "agreement_class", *(
            Made(heading, _names_of(name))
            for heading, name in (
                ("Funded", "funded"), ("Or, as good", "equal_sets"), ("Not funded", "unfunded"),
            )
        ),
        Made("More money that would reach the next", _whole_of("uplift"), is_number=True),
    ),
    where=lambda row: row.scenario in SELECTED and row.agreement_class != ALL,
    note="Funded and not funded stand in the order of the ranking.",
    empty=NO_PLAN,
)  # fmt: skip


what_uplifts_fund = View(
    "uplifts",
    "What each uplift funds",
    (
        "step", "agreement_class", Made("Money with it", _whole_of("money"), is_number=True),
        "agreements", "added", "last_in", "first_out",
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
    ),
    note=_trend_note,
    empty="No programme budget is on record (sheet Budget).",
)


def show_resources(results: Found) -> Stack | Sentences:
    """Return the answers, whom they fund, and how the two ways of reducing differ."""
    scenarios: Table[Result] = results.scenarios
    if not scenarios:
        return Sentences((NO_PLAN,))
    if all(row.available is None for row in scenarios):
        whole = next(row for row in scenarios if row.agreement_class == ALL)
        return Sentences((whole.reason, NO_MONEY))
    return Stack(
        answers_to_a_gap(results),
        who_is_funded(results),
        _compared(scenarios),
    )


def _compared(scenarios: Table[Result]) -> Sentences:
    """Return how the best sum of scores stands to the ranking, class by class."""
    rows = [row for row in scenarios.of(Scenario.OPTIMUM) if row.agreement_class != ALL]
    return Sentences(
        tuple(tell("{cls}: {why}", cls=row.agreement_class, why=row.reason) for row in rows)
    )
