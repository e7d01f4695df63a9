"""How SMART objectives and the outcomes of the year are set as tables, figures and sentences."""

from collections import Counter
from dataclasses import replace

from markupsafe import Markup

from toolkit.model.dates import told_date
from toolkit.model.results import Result, Table
from toolkit.model.text import how_many
from toolkit.model.vocabulary import IndicatorKind, Progress
from toolkit.report import markup
from toolkit.report.charts import cell_bar
from toolkit.report.drawing import BLUE, INK, cut, draw_svg, name_rows
from toolkit.report.markup import Figure, Sentences
from toolkit.report.view import Found, Made, View, amount, percent

NO_RESULTS = (
    "No result is on record. Level 3 (sheets Objectives, Indicators and Results) would show what "
    "was reached against which target."
)
NO_OBJECTIVE = "No stated objective is on record (sheet Objectives)."


def headline(agreements: Table[Result]) -> Sentences:
    """Return how many agreements are on track, behind, off track, or cannot be measured."""
    if all(row.achievement is None for row in agreements):
        return Sentences((NO_RESULTS,))
    counts = Counter(row.decision for row in agreements)
    words = "; ".join(f"{counts[word]} {word}" for word in Progress if word in counts)
    missing = sum(row.failures for row in agreements)
    lines = [f"Of {len(agreements)} agreements in force: {words}."]
    if missing:
        lines.append(
            f"{how_many(missing, 'indicator')} due and not reported: a failure of reporting."
        )
    lines.append("Nothing is averaged over the programme; each agreement stands alone.")
    return Sentences(tuple(lines))


def achievement_by_agreement(results: Found) -> markup.HtmlTable:
    """Return what each agreement with objectives reached, and how many have none."""
    without = sum(not row.objectives for row in results.achievement)
    have = "agreement has" if without == 1 else "agreements have"
    note = f"{without} {have} no stated objective on record." if without else ""
    return replace(_reached(results), note=note)


def _status(row: Result) -> str:
    return f"{row.decision}, on thin evidence" if row.on_thin_evidence else row.decision


def _best_first(row: Result) -> tuple[bool, float, str]:
    return row.achievement is None, -(row.achievement or 0), row.partner


def _achieved(row: Result) -> Markup:
    told = percent(row.achievement) or "not measurable"
    return Markup("{} {}").format(cell_bar(row.achievement), told)


_reached = View(
    "achievement",
    "Achievement to date by agreement",
    (
        "partner",
        Made("Status", _status),
        Made("Achieved", _achieved),
        Made("Objectives measured", lambda row: f"{row.measured} of {row.objectives}"),
        Made("Values reported of due", lambda row: f"{row.reported} of {row.due}"),
        "statuses",
    ),
    where=lambda row: row.objectives > 0,
    order=_best_first,
    empty=NO_RESULTS,
)


def _actual(row: Result) -> str | None:
    if row.kind == IndicatorKind.QUALITATIVE and row.actual is not None:
        return f"rated {row.actual:g} of 4"
    return amount(row.actual)


def _cautions(row: Result) -> tuple[str, ...]:
    """Return why there is no number, where there is none, and what to beware of."""
    return row.notes if row.achievement is not None else (row.reason, *row.notes)


indicators_to_date = View(
    "indicators",
    "Indicators to date",
    (
        Made("Indicator", lambda row: f"{row.indicator_id} {row.name}"),
        Made("Actual", _actual, is_number=True),
        Made("Reported of due", lambda row: f"{row.reported} of {row.due}"),
        Made("Reason and cautions", _cautions),
        "cells",
    ),
    empty=NO_RESULTS,
)


def _money(row: Result) -> str | None:
    return None if row.amount is None else f"{row.currency} {amount(row.amount)}"


named_achievements = View(
    "named_outcomes",
    "Named achievements of the year",
    (
        "decision",
        Made("Agreements", lambda row: ", ".join(row.partners)),
        Made("On", lambda row: told_date(row.on)),
        Made("Amount", _money, is_number=True),
        "reason",
    ),
    empty="No named achievement of the year is on record (sheet Outcomes).",
)


def _no_failure(results: Found) -> str:
    none_failed = "No indicator on record is off track, and none is due and missing."
    return none_failed if results.indicators else NO_RESULTS


named_failures = View(
    "named_failures",
    "Named failures",
    ("partner", "name", "decision", "achievement", "reason"),
    empty=_no_failure,
)


def _no_sum(results: Found) -> str:
    if not results.indicators:
        return NO_RESULTS
    return "No two results of the year count the same thing, so nothing is added up."


sums_of_like_units = View(
    "like_unit_sums",
    "What the programme delivered in the year, like units only",
    ("measure", "total", "names", "results", "left_out"),
    where=lambda row: row.results > 1,
    order=lambda row: (-row.results, row.measure),
    note="A unit may count different things: see Of. Money is added only where the indicators name "
    "the same thing. Left out: associated, or named before.",
    empty=_no_sum,
)
year_by_year = View(
    "history",
    "History",
    ("year", "achievement", "decision", "full_cost"),
    empty="No year is on record.",
)


letters_by_objective = View(
    "objectives",
    "How SMART the objectives are",
    (
        Made("Objective", lambda row: f"{row.objective_id} {row.statement}"),
        *("S", "M", "A", "R", "T", "total", "smart"),
        Made("Six factors", lambda row: f"{row.factors} of 6"),
        "factors_missing",
        "cells",
    ),
    empty=NO_OBJECTIVE,
)
smart_by_agreement = View(
    "achievement",
    "SMART objectives by agreement",
    ("partner", "objectives", "smart_share", "smart_mean", "smart_minimum"),
    where=lambda row: row.objectives > 0,
    order=lambda row: (-row.smart_share, row.partner),
    empty=NO_OBJECTIVE,
)


def smart_sentence(objectives: Table[Result], agreements: Table[Result]) -> Sentences:
    """Return how many objectives are SMART, and how many agreements state none."""
    without = sum(row.objectives == 0 for row in agreements)
    counts = Counter(row.smart for row in objectives).most_common()
    levels = ", ".join(f"{count} {level}" for level, count in counts)
    lines = [f"Of {len(objectives)} stated objectives: {levels}."] if len(objectives) else []
    lines.append(
        f"{without} of {len(agreements)} agreements in force state no objective on record."
    )
    return Sentences(tuple(lines))


def plot_indicators(indicators: Table[Result]) -> Figure | Sentences:
    """Return one agreement's indicators against their targets; missing in words."""
    known = [row for row in indicators if row.achievement is not None]
    if not known:
        return Sentences(("No indicator has a number to draw.",))
    ordered = list(reversed(list(indicators)))
    reached = sum(row.decision == Progress.ON_TRACK for row in known)
    title = f"{reached} of {len(known)} measured indicators are on track"
    values = "; ".join(f"{row.name} {100 * row.achievement:.0f} %" for row in known)
    alt = f"Indicators against their targets. {title}: {values}."

    def draw(axes: object) -> None:
        for position, row in enumerate(ordered):
            _bullet(axes, position, row.achievement, None, words=row.decision)
        _percent_axis(axes, [cut(row.name) for row in ordered])

    caption = f"{title}. The line is the target."
    return Figure(draw_svg(draw, height=0.36 * len(ordered) + 1.0), alt, caption)


LONGEST = 1.25  # an achievement beyond is drawn to here and written out


def _bullet(
    axes: object, position: int, value: float | None, before: float | None, words: str = ""
) -> None:
    if value is None:
        axes.text(0.01, position, words or "not measurable", va="center", size=10, style="italic")
        return
    length = min(max(value, 0.0), LONGEST)
    at = min(max(before or 0.0, 0.0), LONGEST)
    axes.barh(position, length, height=0.5, color=BLUE)
    end = max(length, at) + 0.02
    beside_the_line = 1.02 if 0.88 < end < 1.02 else end
    axes.text(beside_the_line, position, f"{100 * value:.0f} %", va="center", size=10)
    if before is not None:
        axes.plot([at], [position], "D", markersize=7, markerfacecolor="white", color=INK)


def _percent_axis(axes: object, names: list[str]) -> None:
    axes.axvline(1, color=INK, linewidth=1.5)
    name_rows(axes, names)
    axes.set_xlim(0, LONGEST + 0.15)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "target"])
