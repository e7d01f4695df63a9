"""The two by two of fit and record: whether it is the right partner, and whether it delivers.

Each agreement stands under its name, each quarter under what it means.
"""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from toolkit.model.results import Result, Table
from toolkit.model.text import how_many
from toolkit.report.charts import BLUE, LINE, MUTED
from toolkit.report.markup import SCROLL, Part, Sentences

HALF = 50  # of 100: the upper half begins
WIDTH, HEIGHT, LEFT, TOP, SIDE, DEEP = 680, 488, 44, 32, 620, 410  # in pixels
LETTER, LINE_HEIGHT = 5.9, 13  # how wide and high a letter of a name is, at most, in pixels
QUARTERS = {  # by whether fit and record lie in the upper half
    (False, True): "Delivers, whoever the partner",
    (True, True): "Right partner, and delivers",
    (False, False): "Neither",
    (True, False): "Right partner, does not deliver",
}
SVG = Markup(
    '<figure class="chart"><figcaption style="color:inherit;font-size:1rem"><strong>{}</strong>'
    "</figcaption>{}</figure>"
)
TEXT = Markup(
    '<text x="{:.0f}" y="{:.0f}" text-anchor="{}" style="fill:{};font-size:{}px">{}</text>'
)
Box = tuple[float, float, float, float]


class Quadrants:
    """The figure of the agreements that have both a fit and a record."""

    def __init__(self, rows: Sequence[Result]) -> None:
        self.rows = sorted(rows, key=lambda row: (-row.record, -row.fit, row.partner))

    @property
    def message(self) -> str:
        """What the figure says."""
        both = sum(row.fit >= HALF and row.record >= HALF for row in self.rows)
        many = how_many(len(self.rows), "scored agreement")
        return f"{both} of {many} are the right partner and deliver"

    @property
    def alt(self) -> str:
        """The numbers of the figure in words."""
        told = "; ".join(f"{r.partner} fit {r.fit:.0f}, record {r.record:.0f}" for r in self.rows)
        return f"{self.message}: {told}."

    def __repr__(self) -> str:
        return f"Quadrants({len(self.rows)} agreements)"

    def _repr_html_(self) -> str:
        drawn = Markup().join((*_frame(), *_points(self.rows)))
        svg = Markup(
            '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" '
            'style="width:100%;min-width:34rem;max-width:46rem">{}</svg>'
        ).format(WIDTH, HEIGHT, self.alt, drawn)
        return str(SVG.format(self.message, SCROLL.format("Chart: fit and record", svg)))


def plot_fit_and_record(scores: Table[Result]) -> Part:
    """Return the two by two of fit (right partner) and record (delivering)."""
    rows = [row for row in scores if row.decision == "scored"]
    rows = [row for row in rows if row.fit is not None and row.record is not None]
    if not rows:
        return Sentences(("No agreement has both a fit and a record that can be scored.",))
    return Quadrants(rows)


def _across(fit: float) -> float:
    return LEFT + SIDE * fit / 100


def _down(record: float) -> float:
    return TOP + DEEP * (100 - record) / 100


def _frame() -> Iterator[Markup]:
    box = Markup('<rect x="{}" y="{}" width="{}" height="{}" style="fill:none;stroke:{}"/>')
    yield box.format(LEFT, TOP, SIDE, DEEP, LINE)
    line = Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" style="stroke:{}"/>')
    yield line.format(_across(HALF), TOP, _across(HALF), TOP + DEEP, LINE)
    yield line.format(LEFT, _down(HALF), LEFT + SIDE, _down(HALF), LINE)
    for (anchor, across, down), words in _quarters():
        yield TEXT.format(across, down, anchor, MUTED, 13, words)
    for value in (0, HALF, 100):
        yield TEXT.format(_across(value), TOP + DEEP + 16, "middle", "currentColor", 12, value)
        yield TEXT.format(LEFT - 6, _down(value) + 4, "end", "currentColor", 12, value)
    foot = "Fit, 0 to 100: is it the right partner?  Upward: record, does it deliver?"
    yield TEXT.format(LEFT + SIDE / 2, HEIGHT - 8, "middle", "currentColor", 13, foot)


def _quarters() -> Iterator[tuple[tuple[str, float, float], str]]:
    """Yield where the words of each quarter stand, in its outer corner."""
    for (fits, delivers), words in QUARTERS.items():
        down = TOP - 10 if delivers else TOP + DEEP - 8
        yield ("end", _across(98), down) if fits else ("start", _across(2), down), words


def _box(anchor: str, at: float, low: float, words: str) -> Box:
    wide = (LETTER + 1) * len(words)
    left = at - wide if anchor == "end" else at
    return left, low - 12, left + wide, low + 3


def _points(rows: Sequence[Result]) -> Iterator[Markup]:
    """Yield each point with its name where it meets no other name, near the point."""
    dot = Markup('<circle cx="{:.0f}" cy="{:.0f}" r="4" style="fill:{}"/>')
    taken: list[Box] = [
        (_across(row.fit) - 4, _down(row.record) - 4, _across(row.fit) + 4, _down(row.record) + 4)
        for row in rows
    ]
    taken += [_box(*where, words) for where, words in _quarters()]
    for row in rows:
        across, down = _across(row.fit), _down(row.record)
        yield dot.format(across, down, BLUE)
        anchor, at, low, box = _free_place(row.partner, across, down, taken)
        taken.append(box)
        yield TEXT.format(at, low, anchor, "currentColor", 11, row.partner)


def _free_place(
    name: str, across: float, down: float, taken: Sequence[Box]
) -> tuple[str, float, float, Box]:
    """Return where a name stands: beside its point, or as near above or below as is free."""
    wide = LETTER * len(name)
    places: list[tuple[str, float, float, Box]] = []
    for shift in (0, -1, 1, -2, 2, -3, 3):
        low = down + 4 + shift * LINE_HEIGHT
        right, left = across + 7, across - 7
        places.append(("start", right, low, (right, low - 10, right + wide, low + 2)))
        places.append(("end", left, low, (left - wide, low - 10, left, low + 2)))
    inside = [p for p in places if _is_inside(p[3])] or places
    free = (p for p in inside if not any(_meet(p[3], box) for box in taken))
    return next(free, inside[0])


def _is_inside(box: Box) -> bool:
    return box[0] >= LEFT and box[1] >= 0 and box[2] <= WIDTH and box[3] <= TOP + DEEP + 3


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
