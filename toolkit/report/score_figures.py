"""How scores and ranks are drawn, one figure a class: what is known, and how far it may be off."""

from collections.abc import Sequence

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.report.drawing import BLUE, GREY, INK, cut, draw_svg
from toolkit.report.markup import Figure, Sentences, Stack


def plot_scores(scores: pd.DataFrame, policy: Policy) -> Stack | Sentences:
    """Return, for each class, every score with what is missing at its worst and at its best."""
    groups = _by_class([r for r in scores.itertuples() if r.decision == "scored"])
    if not groups:
        return Sentences(("No agreement is scored, so no score can be drawn.",))
    return Stack(*(_plot_class(name, rows, policy) for name, rows in groups.items()))


def _by_class(rows: Sequence[tuple]) -> dict[str, list[tuple]]:
    groups: dict[str, list[tuple]] = {}
    for row in sorted(rows, key=lambda r: (r.judged_as, r.mean, r.partner)):
        groups.setdefault(row.judged_as, []).append(row)
    return groups


def _plot_class(name: str, rows: Sequence[tuple], policy: Policy) -> Figure:
    lines = (policy.thresholds.renegotiate_score, policy.thresholds.keep_score)
    clear = sum(not any(row.low < line <= row.high for line in lines) for row in rows)
    title = f"{name}: {clear} of {len(rows)} scores stay on one side whatever the missing facts are"
    values = "; ".join(
        f"{r.partner} {r.mean:.0f}, {r.low:.0f} to {r.high:.0f}" for r in reversed(rows)
    )

    def draw(axes: object) -> None:
        for line in lines:
            axes.axvline(line, color=GREY, linewidth=1, linestyle="--")
        for position, row in enumerate(rows):
            axes.plot([row.low, row.high], [position] * 2, color=BLUE, linewidth=3)
            axes.plot([row.mean], [position], "o", markersize=7, color=INK)
            axes.text(row.high + 2, position, f"{row.mean:.0f}", va="center", size=10)
        axes.set_yticks(range(len(rows)), [cut(row.partner) for row in rows])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlim(0, 107)
        axes.set_xlabel("Score, 0 to 100")

    caption = (
        f"{title}. Dot: what is known; bar: with what is missing at its worst and at its best; "
        f"dashed: {lines[0]:g} and {lines[1]:g}."
    )
    alt = f"Scores of the class {name}. {title}: {values}."
    return Figure(draw_svg(draw, height=0.34 * len(rows) + 1.1), alt, caption)


def plot_ranks(ranks: pd.DataFrame, policy: Policy) -> Stack | Sentences:
    """Return, for each class, between which ranks the draws put every agreement."""
    groups = _by_class(list(ranks.itertuples()))
    if not groups:
        return Sentences(("No agreement is scored, so none can be ranked.",))
    share = f"{policy.thresholds.firm_share:g} of 100 draws"
    return Stack(*(_plot_ranks(name, rows, share) for name, rows in groups.items()))


def _plot_ranks(name: str, rows: Sequence[tuple], share: str) -> Figure:
    firm = sum(row.lowest == row.highest for row in rows)
    title = f"{name}: {firm} of {len(rows)} keep one rank in {share}"
    best_last = sorted(rows, key=lambda r: (-r.rank, r.partner))
    values = "; ".join(
        f"{r.partner} {r.rank}, {r.lowest} to {r.highest}" for r in reversed(best_last)
    )

    def draw(axes: object) -> None:
        for position, row in enumerate(best_last):
            axes.plot([row.lowest, row.highest], [position] * 2, color=BLUE, linewidth=3)
            axes.plot([row.rank], [position], "o", markersize=7, color=INK)
            span = str(row.rank) if row.lowest == row.highest else f"{row.lowest} to {row.highest}"
            axes.text(row.highest + 0.15, position, span, va="center", size=10)
        axes.set_yticks(range(len(rows)), [cut(row.partner) for row in best_last])
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlim(0.6, len(rows) + 1)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("Rank within the class, 1 is the highest score")

    caption = f"{title}. Dot: rank by what is known; bar: the ranks that hold {share}."
    alt = f"Ranks within the class {name}. {title}: {values}."
    return Figure(draw_svg(draw, height=0.34 * len(rows) + 1.1), alt, caption)
