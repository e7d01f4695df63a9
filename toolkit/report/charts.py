"""How a simple figure is drawn: rows of names and bars, as SVG that keeps its letters at any width.

The names are text of the page; what is drawn stretches with it, so nothing shrinks on a telephone
and nothing is cut in print. Colours are those of the page, so that a dark page stays dark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from toolkit.report.markup import render_value

BLUE, LINE, MUTED = "var(--blue,#05a)", "var(--line,#999)", "var(--muted,#555)"
HEIGHT, BAR = 20, 12  # of a row, and of the bar in it, in pixels
NARROW, LETTER = 205, 7.2  # of the drawing on a telephone, and of a letter, in pixels
LEAST = 0.5  # of the width, for the bars; the rest is for what they are labelled with
FIGURE = Markup(
    '<figure class="chart"><figcaption style="color:inherit;font-size:1rem"><strong>{}</strong>'
    "</figcaption>"
    '<div role="img" aria-label="{}" style="display:grid;'
    "grid-template-columns:fit-content(42%) 1fr;gap:1px 10px;align-items:center;"
    'max-width:46rem;font-size:.875rem;line-height:1.2">{}</div>{}</figure>'
)
SVG = Markup('<svg width="100%" height="{}" aria-hidden="true">{}</svg>')


@dataclass(frozen=True)
class Bar:
    """One bar of a row, between two shares of the scale; hollow where it is not settled."""

    start: float
    stop: float
    hollow: bool = False


@dataclass(frozen=True)
class Bars:
    """One row of a figure: its name, its bars, its marks, and the words at their end."""

    name: str
    bars: tuple[Bar, ...] = ()
    words: str = ""
    marks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A figure of rows, the message above it; what it says in words for those who do not see it.

    `lines` are drawn through every row, each with its words below, in grey where they are a grid;
    all places are shares from 0 to 1 of the scale.
    """

    message: str
    rows: tuple[Bars, ...] = field(repr=False)
    lines: tuple[tuple[float, str], ...] = field(default=(), repr=False)
    is_grid: bool = False
    note: str = field(default="", repr=False)

    @property
    def alt(self) -> str:
        """What the figure says, from its own numbers."""
        told = "; ".join(f"{row.name} {row.words}".rstrip() for row in self.rows)
        return f"{self.message.rstrip('.')}: {told}."

    def _repr_html_(self) -> str:
        rows = Markup().join(self._row(row) for row in self.rows)
        note = Markup('<p class="note">{}</p>').format(self.note) if self.note else Markup()
        message = render_value(self.message)
        return str(FIGURE.format(message, self.alt, rows + self._foot(), note))

    @property
    def room(self) -> float:
        """The share of the width that the bars take: the longest words have room beside them."""
        longest = max((len(row.words) for row in self.rows), default=0)
        return max(LEAST, 1 - (longest + 1) * LETTER / NARROW)

    def _row(self, row: Bars) -> Markup:
        room = self.room
        drawn = [_line(room * at, LINE if self.is_grid else "currentColor") for at, _ in self.lines]
        drawn += [_bar(room * bar.start, room * bar.stop, bar.hollow) for bar in row.bars]
        drawn += [_mark(room * at) for at in row.marks]
        ends = [bar.stop for bar in row.bars] + list(row.marks)
        drawn.append(_text(row.words, room * max(ends, default=0.0), anchor="start", shift=8))
        return Markup("<span>{}</span>{}").format(
            row.name, SVG.format(HEIGHT, Markup().join(drawn))
        )

    def _foot(self) -> Markup:
        if not self.lines:
            return Markup()
        words = (_text(text, self.room * at, anchor="middle", shift=0) for at, text in self.lines)
        return Markup("<span></span>{}").format(SVG.format(16, Markup().join(words)))


def scaled(values: Iterable[float]) -> float:
    """Return by what values are divided to fit the scale from 0 to 1."""
    return max(values, default=0.0) or 1.0


def cell_bar(share: float | None) -> Markup:
    """Return a bar of a fixed width for a cell of a table, filled to a share of it."""
    if share is None:
        return Markup()
    filled = 80 * min(max(share, 0.0), 1.0)
    return Markup(
        '<svg width="82" height="11" aria-hidden="true">'
        '<rect x=".5" y=".5" width="81" height="10" style="fill:none;stroke:{}"/>'
        '<rect x="1" y="1" width="{}" height="9" style="fill:{}"/></svg>'
    ).format(LINE, f"{filled:.1f}", BLUE)


def cell_range(low: float, at: float, high: float, lines: Sequence[float]) -> Markup:
    """Return a mark for a cell: from the lowest to the highest share, and where it is known to be.

    `lines` are drawn upright through it; all are shares from 0 to 1.
    """
    upright = Markup().join(
        Markup('<line x1="{0}" x2="{0}" y1="0" y2="12" style="stroke:{1}"/>').format(
            f"{1 + 100 * line:.1f}", MUTED
        )
        for line in lines
    )
    shape = Markup(
        '<svg width="102" height="12" aria-hidden="true">'
        '<line x1="1" x2="101" y1="6" y2="6" style="stroke:{}"/>{}'
        '<line x1="{}" x2="{}" y1="6" y2="6" style="stroke:{};stroke-width:4"/>'
        '<circle cx="{}" cy="6" r="3.5" style="fill:var(--page,#fff);stroke:currentColor"/></svg>'
    )
    start, stop, middle = (f"{1 + 100 * share:.1f}" for share in (low, high, at))
    return shape.format(LINE, upright, start, stop, BLUE, middle)


def trend_line(values: Sequence[float | None]) -> Markup:
    """Return a small line of the years, the last one dotted; gaps where nothing was measured."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return Markup()
    step = 60 / max(len(values) - 1, 1)
    points = [(4 + at * step, 17 - 14 * min(max(value, 0), 1.15) / 1.15) for at, value in known]
    path = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
    across, down = points[-1]
    return Markup(
        '<svg width="70" height="19" aria-hidden="true">'
        '<line x1="2" x2="68" y1="4.8" y2="4.8" style="stroke:{}"/>'
        '<polyline points="{}" style="fill:none;stroke:{};stroke-width:1.5"/>'
        '<circle cx="{}" cy="{}" r="2.5" style="fill:{}"/></svg>'
    ).format(LINE, path, BLUE, f"{across:.1f}", f"{down:.1f}", BLUE)


def _place(share: float) -> str:
    return f"{100 * share:.2f}%"


def _bar(start: float, stop: float, hollow: bool) -> Markup:
    face = "none" if hollow else BLUE
    shape = '<rect x="{}" y="{}" width="{}" height="{}" style="fill:{};stroke:{}"/>'
    top, width = (HEIGHT - BAR) / 2, max(stop - start, 0.003)
    return Markup(shape).format(_place(start), top, _place(width), BAR, face, BLUE)


def _line(at: float, colour: str) -> Markup:
    shape = '<line x1="{0}" x2="{0}" y1="-1" y2="{1}" style="stroke:{2}"/>'
    return Markup(shape).format(_place(at), HEIGHT + 1, colour)


def _mark(at: float) -> Markup:
    shape = '<circle cx="{}" cy="{}" r="4" style="fill:var(--page,#fff);stroke:currentColor;'
    return Markup(shape + 'stroke-width:1.5"/>').format(_place(at), HEIGHT / 2)


def _text(words: str, at: float, *, anchor: str, shift: int) -> Markup:
    shape = '<text x="{}" dx="{}" y="14" text-anchor="{}">{}</text>'
    return Markup(shape).format(_place(at), shift, anchor, words)
