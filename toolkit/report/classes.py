"""How the classes that stated objectives give are shown, and what the wording suggests."""

from collections.abc import Collection
from dataclasses import replace

from toolkit.model.policy import Policy
from toolkit.model.results import Result, Table
from toolkit.model.sheets import Objective
from toolkit.model.text import how_many, late_days
from toolkit.model.told import fact, money_fact, tell, told_list
from toolkit.model.vocabulary import ClassFinding, ReviewWord
from toolkit.report import markup
from toolkit.report.charts import Bar, Bars, Chart
from toolkit.report.markup import Sentences
from toolkit.report.view import Found, Made, View

NO_OTHER_CLASS = (ClassFinding.NOT_REVIEWED, ClassFinding.NO_OBJECTIVES, ClassFinding.REGISTER)


def _is_outside(row: Result) -> bool:
    return row.framework == "outside"


outside_the_framework = View(
    "reclassification",
    "Instruments outside the framework: {count}",
    (
        Made("Instrument", lambda row: row.partner),
        Made("Called", lambda row: row.classification),
        "decision",
        "reason",
        Made("Economic share", lambda row: _two_decimals(row.share), is_number=True),
        Made("Conditions not met", lambda row: row.conditional or _none(row, "none")),
        Made("What would flip it", lambda row: row.flips or _none(row, "nothing that was tried")),
    ),
    where=lambda row: _is_outside(row) and row.decision != ClassFinding.NOT_REVIEWED,
)


def _two_decimals(share: float | None) -> str | None:
    return None if share is None else f"{share:.2f}"


def _none(row: Result, words: str) -> str | None:
    """Return the words for nothing found, and nothing where no share could be worked out."""
    return None if row.share is None else words


pointing_elsewhere = View(
    "reclassification",
    "Agreements whose stated purposes point to another class",
    ("partner", "classification", "decision", "reason"),
    headings={"classification": "Class now", "decision": "The purposes give"},
    where=lambda row: (
        not _is_outside(row) and row.decision not in (row.classification, *NO_OTHER_CLASS)
    ),
    empty="No agreement of the framework has stated purposes that point to another class.",
)


def _none_suggested(results: Found) -> str:
    settled = "Every objective on record has a purpose, or a type that settles it."
    return settled if results.portfolio.has(Objective) else "No objective is on record."


_suggestions = View(
    "purpose_suggestions",
    "Purposes suggested by the wording: {count}",
    (
        "objective_id",
        "statement",
        "decision",
        "reason",
        Made("Words found", lambda row: row.words or "none"),
        Made("Standing", lambda row: f"{row.confirmed}: a person codes the purpose"),
        "cells",
    ),
    empty=_none_suggested,
)


def purposes_suggested(results: Found) -> markup.HtmlTable:
    """Return the suggestions of objectives without a purpose; what they count for, always."""
    note = (
        "A suggestion changes no class, share or score. Only a purpose that a person types counts."
    )
    return replace(_suggestions(results), note=note)


def class_sentence(outcome: Result) -> Sentences:
    """Return what the stated purposes of one agreement give, and what would flip it."""
    lines = [f"Finding: {outcome.decision}. {outcome.reason}"]
    if outcome.conditional:
        lines.append(f"Conditions not met: {'; '.join(outcome.conditional)}.")
    if outcome.flips:
        lines.append(f"What would flip it: {'; '.join(outcome.flips)}.")
    return Sentences(tuple(lines))


def reclassification_adds(
    classification: Table[Result], review: Table[Result], costs: Table[Result]
) -> Sentences:
    """Return what reclassifying adds: seats, duties, reporting and money.

    Parameters
    ----------
    costs
        What each agreement is planned to cost next year, None where that is not on record.
    """
    named = [r.agreement_id for r in review if r.decision == ReviewWord.RECLASSIFY]
    open_cases = [r.agreement_id for r in review if r.decision == ReviewWord.CLASS_FIRST]
    folded = sum(_is_outside(r) and r.decision == ClassFinding.FOLD_IN for r in classification)
    return Sentences(
        (
            tell(
                "Seats: {named} to be classed and {settled} to be settled each ask for one; "
                "{folded} folded in asks for none.",
                named=fact("seats.classed", len(named)),
                settled=fact("seats.unsettled", len(open_cases)),
                folded=folded,
            ),
            "Duties: each brings the conditions of its class, a first project and yearly reporting "
            "under the framework, from which it was exempt before.",
            tell(
                "Money: {planned}; a class brings a claim on the budget.",
                planned=_planned([*named, *open_cases], costs),
            ),
        ),
        "list",
    )


def _planned(keys: Collection[str], costs: Table[Result]) -> str:
    known = [row for row in costs if row.agreement_id in keys and row.cost is not None]
    if not known:
        return "no planned cost is on record for any of them"
    rest, late = len(keys) - len(known), sum(row.late_days for row in known)
    return tell(
        "planned for next year, in {currency}: {each}{late}{rest}",
        currency=known[0].currency,
        each=told_list(
            f"{row.partner} " + money_fact("money.planned", row.cost, of=row.agreement_id)
            for row in known
        ),
        late=f"; with {late_days(late, known[0].rate_year)}" if late else "",
        rest=f"; of {rest} no cost is on record" if rest else "",
    )


def outside(gaps: Table[Result], classification: Table[Result]) -> Table[Result]:
    """Return the open requests of the instruments outside the framework."""
    return gaps.where(lambda row: _is_outside(classification[row.agreement_id]))


def plot_shares(classification: Table[Result], policy: Policy) -> Chart | Sentences:
    """Return the economic share of each instrument outside the framework, with the bands."""
    rows = [row for row in classification if _is_outside(row) and row.share is not None]
    if not rows:
        return Sentences(("No instrument outside the framework has a stated purpose on record.",))
    ordered = sorted(rows, key=lambda row: (-row.share, row.partner))
    named = sum(row.decision != ClassFinding.BORDERLINE for row in ordered)
    message = (
        f"{named} of {how_many(len(ordered), 'instrument')} with a stated purpose fall in a class"
    )
    bars = tuple(
        Bars(f"{row.partner}, {row.classification}", (Bar(0, row.share),), f"{row.share:.2f}")
        for row in ordered
    )
    edges = {edge for band in policy.bands for edge in (band.lower, band.upper) if 0 < edge < 1}
    lines = tuple((edge, f"{edge:g}") for edge in sorted(edges))
    bands = "; ".join(
        f"{band.agreement_class} from {band.lower:g} to {band.upper:g}" for band in policy.bands
    )
    note = f"Economic share of the stated purposes. {bands}; between them a person decides."
    return Chart(message, bars, lines, note=note)
