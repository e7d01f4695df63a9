"""How results are drawn: one message each, in grey and one blue, the same numbers in the text."""

from datetime import date

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.vocabulary import ClassFinding, Progress
from toolkit.report.drawing import BLUE, GREY, INK, cut, draw_svg
from toolkit.report.markup import Figure, Sentences


def plot_ages(terms: pd.DataFrame, *, as_of: date) -> Figure | Sentences:
    """Return a time line of the agreements in force; hatched where no end is known."""
    dated = [row for row in terms.itertuples() if row.signed]
    if not dated:
        return Sentences(("No year of signing is on record, so no time line can be drawn.",))
    ordered = sorted(dated, key=lambda row: (row.signed.first, row.partner), reverse=True)
    unknown = sum(row.decision in ("open-ended", "end not on record") for row in ordered)
    oldest = ordered[-1]
    title = f"{unknown} of {len(ordered)} agreements have no known end"
    alt = (
        f"Time line of {len(ordered)} agreements. {title}. The oldest is {oldest.partner}, signed "
        f"{oldest.signed}, {oldest.age_years} years before {as_of.isoformat()}."
    )

    def draw(axes: object) -> None:
        for position, row in enumerate(ordered):
            ends = getattr(row.ends, "last", None)
            start, stop = _year(row.signed.first), _year(ends or as_of)
            hatch = None if ends else "////"
            face = BLUE if ends else "white"
            axes.barh(position, stop - start, left=start, color=face, edgecolor=BLUE, hatch=hatch)
            axes.text(start - 0.4, position, str(row.signed)[:4], ha="right", va="center", size=9)
        axes.set_yticks(range(len(ordered)), [_short(row) for row in ordered])
        axes.axvline(_year(as_of), color=INK, linewidth=1)
        axes.set_xlim(_year(ordered[-1].signed.first) - 4, None)
        axes.xaxis.get_major_locator().set_params(integer=True)

    caption = f"{title}. Hatched: open-ended or end not on record; the line is the date of review."
    return Figure(draw_svg(draw, height=0.32 * len(ordered) + 0.8), alt, caption)


def plot_shares(classification: pd.DataFrame, policy: Policy) -> Figure | Sentences:
    """Return the economic share of each instrument outside the framework, with the bands."""
    rows = [
        row
        for row in classification.itertuples()
        if row.framework == "outside" and row.share is not None
    ]
    if not rows:
        return Sentences(("No instrument outside the framework has a stated purpose on record.",))
    ordered = sorted(rows, key=lambda row: (row.share, row.partner))
    named = sum(row.decision != ClassFinding.BORDERLINE for row in ordered)
    title = f"{named} of {len(ordered)} instruments with a stated purpose fall in a class"
    shares = "; ".join(f"{row.partner} {row.share:.2f}" for row in reversed(ordered))
    alt = f"Economic share of the stated purposes. {title}: {shares}."

    def draw(axes: object) -> None:
        for band in policy.bands:
            axes.axvspan(band.lower, band.upper, color="#eef1f4")
            middle = (band.lower + band.upper) / 2
            axes.text(middle, len(ordered) - 0.4, band.agreement_class, ha="center", va="bottom")
        for position, row in enumerate(ordered):
            axes.barh(position, row.share, color=BLUE, height=0.5)
            axes.text(row.share + 0.01, position, f"{row.share:.2f}", va="center", size=10)
        axes.set_yticks(range(len(ordered)), [_short(row) for row in ordered])
        axes.set_xlim(0, 1.08)
        axes.set_ylim(-0.5, len(ordered) - 0.1)
        axes.set_xlabel("Economic share of the stated purposes (0 to 1)")

    caption = f"{title}. Shaded: the shares that give a class; between them a person decides."
    return Figure(draw_svg(draw, height=0.5 * len(ordered) + 1.2), alt, caption)


def plot_achievement(agreements: pd.DataFrame, changes: pd.DataFrame) -> Figure | Sentences:
    """Return a bullet chart: achieved, the target line, last year hollow; missing in words."""
    rows = [row for row in agreements.itertuples() if row.objectives]
    known = [row for row in rows if row.achievement is not None]
    if not known:
        return Sentences(("Nothing was measured, so there is nothing to draw.",))
    ordered = sorted(rows, key=lambda r: (r.achievement is not None, r.achievement or 0, r.partner))
    reached = sum(row.decision == Progress.ON_TRACK for row in known)
    title = f"{reached} of {len(known)} agreements that were measured are on track"
    values = "; ".join(
        f"{row.partner} {100 * row.achievement:.0f} %"
        for row in reversed(ordered)
        if row.achievement is not None
    )
    missing = [row.partner for row in ordered if row.achievement is None]
    not_measured = f" Not measurable: {', '.join(missing)}." if missing else ""
    alt = f"Achievement to date by agreement. {title}: {values}.{not_measured}"
    before = changes.before.to_dict()

    def draw(axes: object) -> None:
        for position, row in enumerate(ordered):
            _bullet(axes, position, row.achievement, before.get(row.Index))
        _percent_axis(axes, [row.partner for row in ordered])

    caption = f"{title}. The line is the target; hollow: where it stood a year before."
    return Figure(draw_svg(draw, height=0.34 * len(ordered) + 1.0), alt, caption)


def plot_indicators(indicators: pd.DataFrame) -> Figure | Sentences:
    """Return one agreement's indicators against their targets; missing in words."""
    known = [row for row in indicators.itertuples() if row.achievement is not None]
    if not known:
        return Sentences(("No indicator has a number to draw.",))
    ordered = list(reversed(list(indicators.itertuples())))
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


def plot_fit_and_record(scores: pd.DataFrame) -> Figure | Sentences:
    """Return the 2x2 of fit (right partner) and record (delivering) of the scored agreements."""
    rows = [r for r in scores.itertuples() if r.decision == "scored"]
    rows = [r for r in rows if r.fit is not None and r.record is not None]
    if not rows:
        return Sentences(("No agreement has both a fit and a record that can be scored.",))
    ordered = sorted(rows, key=lambda r: (-r.record, -r.fit, r.partner))
    both = sum(r.fit >= HALF and r.record >= HALF for r in rows)
    title = f"{both} of {len(rows)} scored agreements have both fit and record in the upper half"
    values = "; ".join(f"{r.partner} fit {r.fit:.0f} record {r.record:.0f}" for r in ordered)
    alt = f"Fit and record of the scored agreements. {title}: {values}."

    def draw(axes: object) -> None:
        axes.axvline(HALF, color=GREY, linewidth=1)
        axes.axhline(HALF, color=GREY, linewidth=1)
        for number, row in enumerate(ordered, start=1):
            axes.plot([row.fit], [row.record], "o", markersize=5, color=BLUE)
            axes.annotate(str(number), (row.fit, row.record), (4, 3), textcoords="offset points")
        axes.set_xlim(-4, 106)
        axes.set_ylim(-4, 106)
        axes.set_xlabel("Fit: right partner (0 to 100)")
        axes.set_ylabel("Record: delivering (0 to 100)")

    key = "; ".join(f"{number} {row.partner}" for number, row in enumerate(ordered, start=1))
    return Figure(draw_svg(draw, height=5.5), alt, f"{title}. {key}.")


HALF = 50


def plot_money(programme: pd.DataFrame) -> Figure | Sentences:
    """Return the programme's actual against its budget, year by year."""
    rows = [row for row in programme.itertuples() if row.budget is not None]
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
        axes.set_yticks(range(len(rows)), [str(row.Index) for row in reversed(rows)])
        axes.set_xlim(0, None)
        axes.xaxis.set_major_formatter("{x:,.0f}")
        axes.set_xlabel(rows[0].currency)

    caption = f"{title}. The dark mark is the budget."
    return Figure(draw_svg(draw, height=0.45 * len(rows) + 1.0), alt, caption)


def _money_words(row: tuple) -> str:
    actual = "no actual" if row.actual is None else f"actual {row.actual:,.0f}"
    return f"{row.Index} budget {row.budget:,.0f}, {actual}"


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
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.4)
    axes.set_xlim(0, LONGEST + 0.15)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "target"])


def _short(row: tuple) -> str:
    return cut(f"{row.partner}, {row.classification}")


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25
