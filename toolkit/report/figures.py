"""How results are drawn: one message each, in grey and one blue, the same numbers in the text."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.vocabulary import ClassFinding
from toolkit.report.markup import Figure, Sentences

BLUE, GREY, INK = "#1f5a94", "#8a939c", "#22282e"
STYLE = {
    "svg.hashsalt": "partnerships",
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.parse_math": False,
    "hatch.linewidth": 0.8,
}


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
    return Figure(_svg(draw, height=0.32 * len(ordered) + 0.8), alt, caption)


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
    return Figure(_svg(draw, height=0.5 * len(ordered) + 1.2), alt, caption)


def _short(row: tuple) -> str:
    text = f"{row.partner}, {row.classification}"
    return text if len(text) <= 40 else f"{text[:37]}..."


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 365.25


def _svg(draw: Callable[[object], None], *, height: float) -> str:
    """Return a drawing as SVG that is the same for the same numbers."""
    import matplotlib as mpl  # loaded only when something is drawn
    from matplotlib.figure import Figure as Canvas

    with mpl.rc_context(STYLE):
        canvas = Canvas(figsize=(8, height), layout="constrained")
        draw(canvas.subplots())
        out = StringIO()
        canvas.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()
