"""How scores, ranks and firmness are shown: within the class, in tables, words and figures."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.text import one_decimal
from toolkit.model.vocabulary import Firm
from toolkit.report import markup
from toolkit.report.charts import cell_range
from toolkit.report.markup import Sentences
from toolkit.report.view import points

NO_SCORES = (
    "No agreement is scored: less than half of the weight of its class is known. Level 2 (sheets "
    "Projects and Profiles) would give scores."
)
SHORT_LIST = 8  # from so many agreements on, a class is told by rank and not by list


def scores_and_ranks(
    scores: Table[Result], ranks: Table[Result], policy: Policy
) -> markup.HtmlTable:
    """Return the score of each agreement with its two ends, and its rank within its class."""
    lines = [policy.thresholds.renegotiate_score / 100, policy.thresholds.keep_score / 100]
    scored = [row for row in scores if row.decision == "scored"]
    rows = tuple(
        (
            row.partner,
            row.judged_as,
            row.level,
            f"{row.mean:.0f}",
            Markup("{} {}").format(_mark(row, lines), f"{row.low:.0f} to {row.high:.0f}"),
            *(None if part is None else f"{part:.0f}" for part in (row.fit, row.record)),
            *_rank(ranks.get(row.agreement_id)),
        )
        for row in sorted(scored, key=lambda row: (row.judged_as, -row.mean, row.partner))
    )
    headings = (
        "Agreement", "Judged as", "Evidence level", "Score", "At worst and best", "Fit", "Record",
        "Rank", "In the draws",
    )  # fmt: skip
    note = (
        "Of 100; ring: by what is known, bar: with what is missing at its worst and at its best, "
        f"lines: {100 * lines[0]:g} and {100 * lines[1]:g}. Scores of two classes are not "
        "comparable. A proposal that does not stand over all that is missing is ranked with what "
        "is missing at its worst. What each criterion adds stands in the agreement's report."
    )
    numbers = frozenset({2, 3, *range(5, len(headings))})
    return markup.HtmlTable("Scores and ranks", headings, rows, numbers, note, NO_SCORES)


def _mark(row: Result, lines: Sequence[float]) -> Markup:
    return cell_range(row.low / 100, row.mean / 100, row.high / 100, lines)


def _rank(row: Result | None) -> tuple[str | None, str | None]:
    return (None, None) if row is None else (row.decision, f"{row.lowest} to {row.highest}")


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


def firmness_counts(review: Table[Result], policy: Policy) -> Sentences:
    """Return how many recommendations are firm, contested or by rule, and what firm means."""
    counts = Counter(row.firmness for row in review)
    words = [f"{counts[word]} {word}" for word in Firm if word in counts]
    firm = f"{policy.thresholds.firm_share:g} of 100 draws by the city's weights"
    line = f"Of the recommendations: {', '.join(words) or 'none'}."
    return Sentences((f"{line} One is firm where {firm} give it again.",))


def how_it_is_drawn(policy: Policy) -> Sentences:
    """Return what is shaken in each draw, and how far."""
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
    return Sentences((drawn,))


def dominance_sentence(dominance: Table[Result]) -> Sentences:
    """Return whether any agreement is better on everything and yet scores lower."""
    lines = tuple(
        " ".join((f"{row.agreement_class}: {row.reason}", *map(_fault, row.contradictions)))
        for row in dominance
    )
    return Sentences(lines or ("No agreement is scored, so there is nothing to compare.",))


def _fault(contradiction: str) -> str:
    return f"{contradiction}: a fault."
