"""How scores are set: fit and record side by side, and the criteria of one agreement."""

from datetime import date

import pandas as pd

from toolkit.model.policy import Policy
from toolkit.model.rounding import one_decimal
from toolkit.report.markup import Sentences, Table

NO_SCORES = (
    "No agreement is scored: less than half of the weight of its class is known. Level 2 (sheets "
    "Projects and Profiles) would give scores."
)


def score_table(scores: pd.DataFrame) -> Table:
    """Return every scored agreement with the interval of its score, within its class."""
    scored = [row for row in scores.itertuples() if row.decision == "scored"]
    ordered = sorted(scored, key=lambda r: (r.judged_as, -r.mean, r.partner))
    rows = tuple(
        (
            row.partner,
            row.judged_as,
            row.level,
            one_decimal(row.mean),
            f"{one_decimal(row.low)} to {one_decimal(row.high)}",
            points(row.fit),
            points(row.record),
            f"{row.known:.0f} of 100",
            row.contributions,
            row.left_out,
        )
        for row in ordered
    )
    headings = (
        "Agreement", "Judged as", "Evidence level", "Score",
        "With what is missing at worst and best", "Fit: right partner", "Record: delivering",
        "Weight known", "Points by criterion", "Left out, sheet not supplied",
    )  # fmt: skip
    note = "Scores of two classes are not comparable. The points add up to the score."
    numeric = frozenset({2, 3, 4, 5, 6})
    return Table("Scores on the criteria", headings, rows, numeric, note if rows else "", NO_SCORES)


def points(value: float | None) -> str | None:
    """Return points with one decimal, nothing where they are not known."""
    return None if value is None else one_decimal(value)


def criteria_table(scores: pd.DataFrame, policy: Policy) -> Table:
    """Return one agreement's rating on each criterion, its weight, and what is not known."""
    rows = tuple(
        (
            f"{criterion.id} {criterion.name}",
            criterion.measure,
            f"{weight:g}" if weight else "shown",
            _known(row.known_weights.get(criterion.id), weight),
            points(getattr(row, criterion.id)),
        )
        for row in scores.itertuples()
        for criterion in policy.criteria
        for weight in [policy.class_named(row.judged_as).weights.get(criterion.id, 0)]
    )
    headings = ("Criterion", "Measure", "Weight", "Of it known", "Rating 0 to 100")
    limits = policy.thresholds
    note = (
        "The score is the sum of known weight times rating over the sum of the known weights. A "
        "dash is not known, or its sheet is not supplied; it is never counted as 0. Delivery "
        f"capacity is at most {limits.duties_cap:g} where partners met fewer than "
        f"{limits.duties_met:g} of 100 duties."
    )
    empty = "It has no class to be judged by yet."
    return Table("Ratings on the criteria", headings, rows, frozenset({2, 3, 4}), note, empty)


def _known(share: float | None, weight: float) -> str | None:
    return None if not weight or share is None else f"{share:g}"


def weight_table(policy: Policy, *, as_of: date) -> Table:
    """Return the criteria with their scales and the weight each class gives them.

    Weights that are newer than the date of the review are announced: they were not known then.
    """
    rows = tuple(
        (
            f"{criterion.id} {criterion.name}",
            criterion.measure,
            criterion.group,
            " / ".join(f"{point:,.10g}" for point in criterion.economic),
            " / ".join(f"{point:,.10g}" for point in criterion.community),
            *(f"{cls.weights.get(criterion.id, 0):g}" for cls in policy.classes),
        )
        for criterion in policy.criteria
    )
    headings = (
        "Criterion", "Measure", "Part of", "Economic: 0 / 50 / 100 at",
        "Community: 0 / 50 / 100 at", *(f"Weight, {cls.name}" for cls in policy.classes),
    )  # fmt: skip
    dated = f"The weights of each class sum to 100; dated {policy.dated.isoformat()}"
    newer = "; they are newer than the date of the review" if policy.dated > as_of else ""
    note = f"{dated}{newer}."
    numeric = frozenset(range(5, 5 + len(policy.classes)))
    return Table("Criteria and weights", headings, rows, numeric, note)


def score_sentence(scores: pd.DataFrame) -> Sentences:
    """Return one agreement's score in words."""
    lines = [
        f"Judged as {row.judged_as}: {one_decimal(row.mean)} of 100, {_ends(row)} with what is "
        f"missing at its worst and best; {row.reason}"
        if row.decision == "scored"
        else f"Not scored: {row.reason}"
        for row in scores.itertuples()
    ]
    return Sentences(tuple(lines) or ("It is not scored.",))


def _ends(row: tuple) -> str:
    return f"between {one_decimal(row.low)} and {one_decimal(row.high)}"
