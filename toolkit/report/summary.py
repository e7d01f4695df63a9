"""What a reader must know first: five points, and how many agreements each kind of decision takes.

Every figure is read from the result that the section below it shows; nothing is counted twice.
"""

from collections import Counter
from collections.abc import Iterator

from toolkit.model.decisions import SETTLED, find_word
from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, listed
from toolkit.model.told import Told, fact, money_fact, tell, told_together
from toolkit.model.vocabulary import EndWord, Progress, ReviewWord, Scenario
from toolkit.report.charts import Bar, Bars, Chart, scaled
from toolkit.report.markup import Part, Sentences
from toolkit.report.motions import GROUP_OF, GROUPS
from toolkit.report.view import Found

KEEP = "Keep"
INFINITIVES = {  # how a kind of decision goes on in a sentence
    "End": "to end",
    "Hand on": "to hand on or fold in",
    "Renew": "to renew",
    "Reclassify": "to reclassify",
    "Put on notice": "to put or leave on notice",
    "Direct staff": "to mend",
    KEEP: "to keep",
    "Receive": "too early to review",
}
ALL = "all classes"
SETTLED_KINDS = (KEEP, "Receive")  # nothing is to be decided on them this year


def kind_of(row: Result) -> str:
    """Return the kind of decision that one proposal of the review calls for."""
    motion = find_word(row.decision).motion
    return GROUP_OF[motion] if motion else KEEP


def asks_for_decision(row: Result) -> bool:
    """Whether people have something to decide on an agreement, however it turns out."""
    return row.decision != ReviewWord.NOT_REVIEWED and kind_of(row) not in SETTLED_KINDS


def decisions_by_kind(review: Table[Result]) -> Counter[str]:
    """Return how many agreements under review each kind of decision takes."""
    return Counter(kind_of(row) for row in review if row.decision != ReviewWord.NOT_REVIEWED)


def main_points(results: Found) -> Sentences:
    """Return the five points of the first screen; one that nothing is on record of is left out."""
    points = (_decisions(results), _seats(results), _money(results), _results(results))
    found = [point for point in (*points, _ends(results)) if point]
    return Sentences(tuple(found), "list")


def plot_decisions(review: Table[Result]) -> Part:
    """Return how many agreements each kind of decision takes, as one bar each."""
    counts = decisions_by_kind(review)
    if not counts:
        return Sentences(("No agreement is under review.",))
    scale = scaled(counts.values())
    ordered = sorted((kind for kind in GROUPS if kind in counts), key=lambda kind: -counts[kind])
    rows = tuple(
        Bars(_titled(kind), (Bar(0, counts[kind] / scale),), str(counts[kind])) for kind in ordered
    )
    asking = sum(counts[kind] for kind in counts if kind not in SETTLED_KINDS)
    return Chart(f"{asking} of {how_many(counts.total(), 'agreement')} ask for a decision", rows)


def _titled(kind: str) -> str:
    words = INFINITIVES.get(kind, kind.lower())
    return words[0].upper() + words[1:]


def _decisions(results: Found) -> str:
    counts = decisions_by_kind(results.review)
    if not counts:
        return "No agreement is under review."
    told = [f"{counts[kind]} {INFINITIVES[kind]}" for kind in GROUPS if counts[kind]]
    decided = sum(
        row.agrees in SETTLED and row.point in ("review", "D3") and row.subject_id in results.review
        for row in results.decisions
    )
    already = f"{decided} of these decided already" if decided else "none decided yet"
    return f"Of {how_many(counts.total(), 'agreement')}: {', '.join(told)}; {already}."


def _seats(results: Found) -> Told:
    row = results.seat_counts.rows[0]
    cap = "no cap is set"
    if row.cap is not None:
        cap = tell("the cap is {cap}", cap=fact("seats.cap", row.cap))
    return tell(
        "Seats: {today} held today, {proposed} as proposed, {adopted} if every motion is adopted; "
        "{cap}.",
        today=fact("seats.today", row.today),
        proposed=fact("seats.proposed", row.proposed),
        adopted=fact("seats.adopted", row.adopted),
        cap=cap,
    )


def _money(results: Found) -> str:
    found = [*_of_the_year(results), *_of_the_next(results)]
    if found:
        return told_together(["Money: ", told_together(found, "; "), "."])
    return _shared(results.money)


def _of_the_year(results: Found) -> Iterator[str]:
    for row in results.programme_money:
        if row.year == results.year and row.budget is not None:
            of = {"of": row.year, "currency": row.currency}
            budget = money_fact("money.budget", row.budget, **of)
            spent = "no spending on record"
            if row.actual is not None:
                spent = money_fact("money.actual", row.actual, of=row.year) + " spent"
            yield tell(
                "{year}: {budget} budgeted, {spent}", year=row.year, budget=budget, spent=spent
            )


def _of_the_next(results: Found) -> Iterator[str]:
    for row in results.scenarios.of(Scenario.STATUS_QUO):
        if row.agreement_class != ALL or row.cost is None or row.available is None:
            continue
        yield tell(
            "{year}: {available} for agreements after overhead; those under review are planned to "
            "cost {least}{cost}",
            year=results.year + 1,
            available=money_fact("money.available", row.available, of=ALL),
            least="at least " if row.unfunded else "",
            cost=money_fact("money.planned", row.cost, of=ALL),
        )


def _shared(shares: Table[Result]) -> str:
    """Return the budget divided evenly, where no cost is on record."""
    told = [money_fact("money.share", row.amount, of=row.share) + f" {row.share}" for row in shares]
    if not told:
        return ""
    return tell(
        "Money: no cost is on record; divided evenly, the budget gives a year, in {currency}, "
        "{shares}.",
        currency=shares.rows[0].currency,
        shares=told_together(told, ", "),
    )


def _results(results: Found) -> str:
    measured = [row for row in results.indicators if row.achievement is not None]
    if not measured:
        return ""
    on_track = sum(row.decision == Progress.ON_TRACK for row in measured)
    missing = sum(row.decision == Progress.NOT_REPORTED for row in results.indicators)
    unreported = f"; {missing} more were due and are not reported" if missing else ""
    return f"Targets: {on_track} of {len(measured)} measured are on track{unreported}."


def _ends(results: Found) -> str:
    terms = list(results.terms)
    if not terms:
        return ""
    open_ended = sum(row.ends == EndWord.OPEN_ENDED for row in terms)
    unknown = sum(row.ends in (None, EndWord.UNKNOWN) for row in terms)
    words = {"open-ended": open_ended, "without an end on record": unknown}
    told = [f"{count} {says}" for says, count in words.items() if count]
    ends = listed(told) or "all end on a date"
    line = f"Ends: of {how_many(len(terms), 'agreement')} in force, {ends}"
    oldest = max(
        (row for row in terms if row.age_years), key=lambda row: row.age_years, default=None
    )
    if oldest is None:
        return f"{line}."
    return f"{line}; the oldest, {oldest.partner}, is {how_many(oldest.age_years, 'year')} old."
