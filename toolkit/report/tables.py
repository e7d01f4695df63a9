"""How each result is set as a table."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from toolkit.model.decisions import Agrees
from toolkit.model.policy import Policy
from toolkit.model.vocabulary import ClassFinding, Recommendation, Renewal, Seat
from toolkit.report.firmness import firmness_words, second_option
from toolkit.report.markup import Stack, Table

STAYS = (Recommendation.KEEP, Recommendation.KEEP_ON_NEW_TERMS, Recommendation.CONTINUE)
NO_DATE = "No date ahead is on record."
GROUPS = (  # how a review is read: what needs a decision first
    ("For decision", lambda d: d not in (*STAYS, Recommendation.NOT_REVIEWED)),
    ("To keep or continue", lambda d: d in STAYS),
)


def proposed(row: tuple) -> str:
    """Return the proposed decision with its class."""
    return f"{row.decision} as {row.proposed_class}" if row.proposed_class else str(row.decision)


def decision_table(review: pd.DataFrame, seats: pd.DataFrame, compared: pd.DataFrame) -> Stack:
    """Return the decision tables: those for decision first, then those to continue.

    Parameters
    ----------
    compared
        What people decided beside the rules, by subject; the review's and D3's rows count here.
    """
    held = {row.Index: row for row in compared.itertuples() if row.point in ("review", "D3")}
    return Stack(
        *(
            _decisions(title, [r for r in review.itertuples() if belongs(r.decision)], seats, held)
            for title, belongs in GROUPS
        )
    )


def _decisions(
    title: str, rows: list[tuple], seats: pd.DataFrame, held: Mapping[str, tuple]
) -> Table:
    """Return one group; the column of decisions only where one of them has a decision."""
    has_decision = any(_decided(held.get(row.Index)) for row in rows)
    lines = tuple(
        (
            f"{row.partner}, {row.country}; {row.classification}",
            proposed(row),
            row.reason,
            second_option(row),
            (firmness_words(row), f"seat: {seats.decision[row.Index]}"),
            *((_decided(held.get(row.Index)),) if has_decision else ()),
        )
        for row in rows
    )
    headings = ("Agreement, and its class now", "Proposed", "Reason", "Second option", "Firmness")
    decided = ("Decided, and who was heard",) if has_decision else ()
    return Table(f"{title}: {len(rows)}", (*headings, *decided), lines)


def _decided(row: tuple | None) -> str | None:
    """Return what people decided, when, and whom they heard; nothing where they did not yet."""
    if row is None or row.decided_on is None:
        return None
    heard = f"; heard: {row.consulted.replace(';', ', ')}" if row.consulted else ""
    over = " (ran out)" if row.agrees == Agrees.EXPIRED else ""
    return f"{row.decision}, {row.decided_on}{over}{heard}"


def not_reviewed(review: pd.DataFrame) -> Table:
    """Return the agreements that are history, with their status."""
    rows = tuple(
        (row.partner, row.country, row.reason)
        for row in review.itertuples()
        if row.decision == Recommendation.NOT_REVIEWED
    )
    empty = "Every agreement of the workbook is under review."
    return Table(f"Not reviewed: {len(rows)}", ("Partner", "Country", "Why"), rows, empty=empty)


def count_table(review: pd.DataFrame, seats: pd.DataFrame, policy: Policy) -> Table:
    """Return how many agreements each class has now and would have as proposed."""
    reviewed = review[review.decision != Recommendation.NOT_REVIEWED]
    now = Counter(_standing(row.classification, policy) for row in reviewed.itertuples())
    then = Counter(_standing_proposed(row, policy) for row in reviewed.itertuples())
    held = Counter(
        _standing(row.classification, policy)
        for row in review.itertuples()
        if seats.decision[row.Index] == Seat.HOLDS
    )
    order = [cls.name for cls in policy.classes] + [
        OUTSIDE,
        UNSETTLED,
        FOLDED,
        PARTNER,
        LAPSED,
        GONE,
    ]
    rows = [(name, now[name], then[name], held[name]) for name in order if now[name] or then[name]]
    rows.append(("All", sum(now.values()), sum(then.values()), sum(held.values())))
    headings = ("Class", "Now", "As proposed", "Seats held now")
    caption = "Agreements by class, now and as proposed"
    return Table(caption, headings, tuple(rows), frozenset({1, 2, 3}))


OUTSIDE = "outside the framework"
UNSETTLED = "class to be settled"
FOLDED = "folded into another"
PARTNER = "registered as partner-owned"
GONE = "concluded or handed on"
LAPSED = "lapsed: to renew or to record as concluded"
_BECOMES = {
    Recommendation.CLASS_FIRST: UNSETTLED,
    Recommendation.FOLD_IN: FOLDED,
    Recommendation.REGISTER: PARTNER,
    Recommendation.SUNSET: GONE,
    Renewal.CONCLUDE: GONE,
    Recommendation.LAPSED: LAPSED,
    Recommendation.TRANSFER: GONE,
}


def _standing(word: str, policy: Policy) -> str:
    cls = policy.class_named(word)
    return cls.name if cls else OUTSIDE


def _standing_proposed(row: tuple, policy: Policy) -> str:
    return row.proposed_class or _BECOMES.get(row.decision, _standing(row.classification, policy))


def reclassification_table(classification: pd.DataFrame, policy: Policy) -> Table:
    """Return the evidence of each instrument outside the framework, and what would flip it."""
    names = classification.partner
    rows = tuple(
        (
            f"{names[row.Index]}, {row.country}",
            row.classification,
            row.decision,
            row.reason,
            None if row.share is None else f"{row.share:.2f}",
            row.conditional or (None if row.share is None else "none"),
            row.flips or (None if row.share is None else "nothing that was tried"),
        )
        for row in classification.itertuples()
        if row.framework == "outside" and row.decision != ClassFinding.NOT_REVIEWED
    )
    headings = (
        "Instrument", "Called now", "Finding", "Ground", "Economic share",
        "Conditions not met", "What would flip it",
    )  # fmt: skip
    return Table(
        f"Instruments outside the framework: {len(rows)}",
        headings,
        rows,
        frozenset({4}),
        note=_bands(policy),
    )


def _bands(policy: Policy) -> str:
    bands = "; ".join(
        f"{band.agreement_class} from {band.lower:.2f} to {band.upper:.2f}" for band in policy.bands
    )
    return f"Economic share of the stated purposes: {bands}; between them a person decides."


STAYS_AS_IT_IS = (ClassFinding.NO_OBJECTIVES, ClassFinding.REGISTER)


def crossing_table(review: pd.DataFrame, classification: pd.DataFrame) -> Table:
    """Return agreements of the framework whose stated purposes point to another class."""
    found = classification.decision
    rows = tuple(
        (row.partner, row.classification, found[row.Index], classification.reason[row.Index])
        for row in review.itertuples()
        if classification.framework[row.Index] == "inside"
        and row.decision != Recommendation.NOT_REVIEWED
        and found[row.Index] not in (row.classification, *STAYS_AS_IT_IS)
    )
    headings = ("Agreement", "Class now", "The purposes give", "Ground")
    caption = "Agreements whose stated purposes point to another class"
    empty = "No agreement of the framework has stated purposes that point to another class."
    return Table(caption, headings, rows, empty=empty)


def money_table(money: pd.DataFrame) -> Table:
    """Return the even shares of the budget."""
    rows = tuple(
        (row.Index, row.count, f"{row.currency} {row.amount:,.0f}", row.decision, row.reason)
        for row in money.itertuples(name="Share")
    )
    headings = ("Share", "Divided by", "Amount a year", "What it is", "How")
    empty = "Even shares are not shown: agreements have costs on record, or no budget is known."
    return Table("Even shares of the budget", headings, rows, frozenset({1, 2}), empty=empty)


def terms_table(terms: pd.DataFrame) -> Table:
    """Return ages and ends, oldest first."""
    ordered = sorted(terms.itertuples(), key=lambda row: (-(row.age_years or -1), row.partner))
    rows = tuple(
        (row.partner, row.classification, row.signed, row.age_years, row.decision)
        for row in ordered
    )
    headings = ("Agreement", "Class now", "Signed", "Age in years", "End")
    return Table("Ages and ends of agreements in force", headings, rows, frozenset({3}))


def deadline_table(
    deadlines: pd.DataFrame,
    *,
    caption: str = "Decision calendar",
    empty: str = NO_DATE,
) -> Table:
    """Return the decision calendar: agreements with the same deadline share a row."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for row in deadlines.itertuples():
        groups.setdefault((row.on, row.decision, row.reason), []).append(row.partner)
    rows = tuple(
        (on, what, "; ".join(partners), why) for (on, what, why), partners in groups.items()
    )
    headings = ("On", "What", "Agreements", "Why")
    return Table(caption, headings, rows, empty=empty)


def overdue_table(overdue: pd.DataFrame) -> Table:
    """Return what should have been done before the date of the review."""
    return deadline_table(overdue, caption="Overdue", empty="Nothing on record is overdue.")


def gap_table(gaps: pd.DataFrame) -> Table:
    """Return what to obtain and from whom; agreements that lack the same share a row."""
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    for row in gaps.itertuples():
        key = (row.decision, row.holder, row.by, row.reason)
        groups.setdefault(key, []).append(row.partner)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    rows = tuple(
        (what, "; ".join(dict.fromkeys(partners)), holder, by, why)
        for (what, holder, by, why), partners in ordered
    )
    headings = ("What to obtain", "For", "Who has it", "By", "What it settles")
    return Table(
        "What is not on record",
        headings,
        rows,
        empty="No fact that the rules look at is missing here.",
    )


def policy_table(policy: Policy) -> Table:
    """Return where every value of the policy comes from."""
    return Table(
        f"Sources of the policy, {policy.edition}",
        ("Setting", "Value", "Source or rationale"),
        tuple((key, _setting(policy, key), reason) for key, reason in policy.reasons.items()),
    )


LISTS = {
    "class": "classes",
    "band": "bands",
    "criterion": "criteria",
    "objective_type": "objective_types",
    "goal": "goals",
    "excluded_period": "excluded_periods",
    "repair": "repairs",
}


def _setting(policy: Policy, key: str) -> str:
    """Return the value a key of the policy holds, in the words of the file."""
    name, _, rest = key.partition(" ")
    if name in LISTS and rest.isdigit():
        return _spelled(vars(getattr(policy, LISTS[name])[int(rest) - 1]))
    value: object = policy
    for part in key.split("."):
        value = getattr(value, part)
    return _spelled(value)


def _spelled(value: object) -> str:
    if hasattr(value, "__dataclass_fields__"):
        value = vars(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{k} {_spelled(v)}" for k, v in value.items() if v not in (None, (), ""))
    if isinstance(value, tuple):
        return ", ".join(_spelled(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
