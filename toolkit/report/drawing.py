"""How every figure looks: one blue and grey, and the same bytes for the same numbers."""

from collections.abc import Callable, Sequence
from io import BytesIO

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
LONGEST_LABEL = 40


def cut(text: str) -> str:
    """Return a label that leaves room for the drawing."""
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 3]}..."


def name_rows(axes: object, names: Sequence[str]) -> None:
    """Name the rows of a figure, the first at the bottom, with half a row of room at each end."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.4)


def draw_svg(draw: Callable[[object], None], *, height: float) -> str:
    """Return a drawing as SVG that is the same for the same numbers."""
    return _saved(draw, height, format="svg", metadata={"Date": None, "Creator": None}).decode()


def draw_png(draw: Callable[[object], None], *, height: float) -> bytes:
    """Return a drawing as PNG, for files that show no SVG."""
    return _saved(draw, height, format="png", metadata={"Software": None}, dpi=150)


def _saved(draw: Callable[[object], None], height: float, **how: object) -> bytes:
    import matplotlib as mpl  # loaded only when something is drawn
    from matplotlib.figure import Figure as Canvas

    with mpl.rc_context():
        mpl.rcdefaults()  # whatever the user's own settings are
        mpl.rcParams.update(STYLE)
        canvas = Canvas(figsize=(8, height), layout="constrained")
        draw(canvas.subplots())
        out = BytesIO()
        canvas.savefig(out, **how)
    return out.getvalue()
