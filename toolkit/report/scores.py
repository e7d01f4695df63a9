"""How scores, ranks and firmness are shown: within the class, in tables, words and figures."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import Firm
from toolkit.report import markup
from toolkit.report.drawing import BLUE, GREY, INK, cut, draw_svg, name_rows
from toolkit.report.markup import Figure, Sentences, Stack
from toolkit.report.view import Made, View, points

NO_SCORES = (
    "No agreement is scored: less than half of the weight of its class is known. Level 2 (sheets "
    "Projects and Profiles) would give scores."
)
SHORT_LIST = 8  # from so many agreements on, a class is told by rank and not by list
HALF = 50  # of 100: the upper half begins


scored_agreements = View(
    "scores",
    "Scores on the criteria",
    (
        "partner",
        "judged_as",
        "level",
        "mean",
        Made(
            "With what is missing at worst and best",
            lambda row: f"{one_decimal(row.low)} to {one_decimal(row.high)}",
            is_number=True,
        ),
        "fit",
        "record",
        Made("Weight known", lambda row: f"{row.known:.0f} of 100"),
        "contributions",
        "left_out",
    ),
    where=lambda row: row.decision == "scored",
    order=lambda row: (row.judged_as, -row.mean, row.partner),
    note="Scores of two classes are not comparable. The points add up to the score.",
    empty=NO_SCORES,
)


def criteria_table(scores: Table[Result], policy: Policy) -> markup.HtmlTable:
    """Return one agreement's rating on each criterion, its weight, and what is not known."""
    rows = tuple(
        (
            f"{criterion.id} {criterion.name}",
            criterion.measure,
            f"{weight:g}" if weight else "shown",
            _known(row.known_weights.get(criterion.id), weight),
            points(row.rating(criterion.id)),
        )
        for row in scores
        for criterion in policy.criteria
        for weight in [policy.class_named(row.judged_as).weights.get(criterion.id, 0)]
    )
    headings = ("Criterion", "Measure", "Weight", "Of it known", "Rating 0 to 100")
    note = (
        "The score is the sum of known weight times rating over the sum of the known weights. A "
        "dash is not known, or its sheet does not count; it is never counted as 0. A signed "
        "partner whose duty was not met counts a half."
    )
    empty = "It has no class to be judged by yet."
    numeric = frozenset({2, 3, 4})
    return markup.HtmlTable("Ratings on the criteria", headings, rows, numeric, note, empty)


def _known(share: float | None, weight: float) -> str | None:
    return None if not weight or share is None else f"{share:g}"


def score_sentence(scores: Table[Result]) -> Sentences:
    """Return one agreement's score in words."""
    lines = tuple(
        f"Judged as {row.judged_as}: {one_decimal(row.mean)} of 100, {_ends(row)} with what is "
        f"missing at its worst and best; {row.reason}"
        if row.decision == "scored"
        else f"Not scored: {row.reason}"
        for row in scores
    )
    return Sentences(lines or ("It is not scored.",))


def _ends(row: Result) -> str:
    return f"between {one_decimal(row.low)} and {one_decimal(row.high)}"


ranks_within_class = View(
    "ranks",
    "Ranks within the class",
    (
        "judged_as",
        "partner",
        Made("Score", lambda row: one_decimal(row.mean), is_number=True),
        Made("Ranked by", lambda row: one_decimal(row.ranked_by), is_number=True),
        Made("Rank", lambda row: row.decision, is_number=True),
        Made("Ranks in the draws", lambda row: f"{row.lowest} to {row.highest}", is_number=True),
    ),
    order=lambda row: (row.judged_as, row.rank, row.partner),
    note="Ranked within the class: scores of two classes are not comparable. A proposal that does "
    "not stand over all that is missing is ranked with what is missing at its worst.",
    empty="No agreement is scored, so none can be ranked.",
)


def class_standing(ranks: Table[Result], agreement_id: str) -> markup.HtmlTable | Sentences:
    """Return where one agreement stands in its class: the list where it is short, else the rank."""
    own = ranks.get(agreement_id)
    if own is None:
        return Sentences(("It is not ranked within its class.",))
    if own.of >= SHORT_LIST:
        return Sentences((f"Against its class: {own.decision}. {own.reason}",))
    peers = ranks.where(lambda row: row.judged_as == own.judged_as)
    ordered = sorted(peers, key=lambda row: (row.rank, row.partner))
    rows = tuple(
        (row.partner, one_decimal(row.mean), one_decimal(row.ranked_by), row.decision)
        for row in ordered
    )
    headings = ("Agreement", "Score", "Ranked by", "Rank")
    return markup.HtmlTable("Against its class", headings, rows, frozenset({1, 2, 3}))


firm_recommendations = View(
    "firmness",
    "How firm the recommendations are",
    ("partner", "decision", "outcomes", "within", "unknown", "any_weights"),
    where=lambda row: row.draws is not None,
    order=lambda row: (row.share or 0.0, row.partner),
    note="Of 100 draws, how many give which decision. Where what is proposed is not among them, "
    "it rests on what is not known, and no draw can give it: this is what it might become. Known "
    "to within so many points: with 19 of 20 other seeds the shares are off by no more.",
    empty="No recommendation rests on a score yet; all are by rule.",
)


def firmness_sentence(review: Table[Result], policy: Policy) -> Sentences:
    """Return how many recommendations are firm, contested or by rule, and what was drawn."""
    counts = Counter(row.firmness for row in review)
    words = [f"{counts[word]} {word}" for word in Firm if word in counts]
    settings = policy.firmness
    drawn = (
        f"In each of {settings.draws:,} draws what is missing may be anything over its interval, "
        f"and a rating from a profile is off by up to {settings.high_spread:g} points at high, "
        f"{settings.medium_spread:g} at medium and {settings.low_spread:g} at low confidence: what "
        "is not known. With that, by the city's weights, each weight is up to "
        f"{settings.weight_spread:g} per cent higher or lower; by any weights, the weights of the "
        "class may be any that add up to 100: the sceptic's view. Purposes that nobody coded are "
        "not drawn: a class is proposed only where they cannot change it."
    )
    line = (
        f"A recommendation is firm where {policy.thresholds.firm_share:g} of 100 draws by the "
        "city's weights give it again."
    )
    return Sentences((f"Of the recommendations: {', '.join(words) or 'none'}.", drawn, line))


def dominance_sentence(dominance: Table[Result]) -> Sentences:
    """Return whether any agreement is better on everything and yet scores lower."""
    lines = tuple(
        " ".join((f"{row.agreement_class}: {row.reason}", *map(_fault, row.contradictions)))
        for row in dominance
    )
    return Sentences(lines or ("No agreement is scored, so there is nothing to compare.",))


def _fault(contradiction: str) -> str:
    return f"{contradiction}: a fault."


def plot_scores(scores: Table[Result], policy: Policy) -> Stack | Sentences:
    """Return, for each class, every score with what is missing at its worst and at its best."""
    groups = _by_class([row for row in scores if row.decision == "scored"])
    if not groups:
        return Sentences(("No agreement is scored, so no score can be drawn.",))
    return Stack(*(_plot_class(name, rows, policy) for name, rows in groups.items()))


def _by_class(rows: Sequence[Result]) -> dict[str, list[Result]]:
    groups: dict[str, list[Result]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.judged_as, r.mean, r.partner)):
        groups[row.judged_as].append(row)
    return groups


def _plot_class(name: str, rows: Sequence[Result], policy: Policy) -> Figure:
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
        name_rows(axes, [cut(row.partner) for row in rows])
        axes.set_xlim(0, 107)
        axes.set_xlabel("Score, 0 to 100")

    caption = (
        f"{title}. Dot: what is known; bar: with what is missing at its worst and at its best; "
        f"dashed: {lines[0]:g} and {lines[1]:g}."
    )
    alt = f"Scores of the class {name}. {title}: {values}."
    return Figure(draw_svg(draw, height=0.34 * len(rows) + 1.1), alt, caption)


def plot_ranks(ranks: Table[Result]) -> Stack | Sentences:
    """Return, for each class, between which ranks the draws put every agreement."""
    groups = _by_class(list(ranks))
    if not groups:
        return Sentences(("No agreement is scored, so none can be ranked.",))
    share = f"{100 * next(iter(ranks)).held:g} of 100 draws"
    return Stack(*(_plot_ranks(name, rows, share) for name, rows in groups.items()))


def _plot_ranks(name: str, rows: Sequence[Result], share: str) -> Figure:
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
        name_rows(axes, [cut(row.partner) for row in best_last])
        axes.set_xlim(0.6, len(rows) + 1)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("Rank within the class, 1 is the highest score")

    caption = f"{title}. Dot: rank by what is known; bar: the ranks that hold {share}."
    alt = f"Ranks within the class {name}. {title}: {values}."
    return Figure(draw_svg(draw, height=0.34 * len(rows) + 1.1), alt, caption)


def plot_fit_and_record(scores: Table[Result]) -> Figure | Sentences:
    """Return the 2x2 of fit (right partner) and record (delivering) of the scored agreements."""
    rows = [r for r in scores if r.decision == "scored"]
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
