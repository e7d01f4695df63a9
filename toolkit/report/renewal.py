"""How renewals are set: what to renew or end, and one agreement's facts under six headings."""

from toolkit.model.dates import told_date
from toolkit.model.results import Result, Table
from toolkit.model.text import sentence
from toolkit.report import markup
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.view import Made, View

NONE_DUE = (
    "No renewal is to be decided: no agreement with targets, and no community agreement, has begun "
    "the last months before its end."
)
NOT_DUE = "No renewal of it is to be decided at this date."
HEADINGS = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
)  # fmt: skip


def points(value: float | None) -> str:
    """Return points or per cent as a text, n/a where there are none.

    >>> points(97.956), points(100.0), points(None)
    ('97.96', '100', 'n/a')
    """
    return "n/a" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(value: float | None, of: str | None = None) -> str:
    if value is None:
        return "n/a"
    return f"{value:.0f} % ({of})" if of else f"{value:.0f} %"


renewals_by_end = View(
    "renewals",
    "Renew or sunset: decision point D3",
    (
        "partner",
        Made("Ends", lambda row: told_date(str(row.ends))),
        "decision",
        Made("A: achieved", lambda row: _percent(row.A), is_number=True),
        Made(
            "K: values approved of due",
            lambda row: _percent(row.K, row.approved_of_due),
            is_number=True,
        ),
        Made(
            "P: partner duties met", lambda row: _percent(row.P, row.partner_duties), is_number=True
        ),
        Made("S: score", lambda row: "n/a" if row.S is None else f"{row.S:.0f}", is_number=True),
        Made("SMART plan beyond the end", lambda row: "yes" if row.plan else "no"),
        "term",
    ),
    order=lambda row: (row.ends, row.agreement_id),
    note="Proposals rest on unrounded values; n/a: nothing to divide by, or not known.",
    empty=NONE_DUE,
)


renewal_rules = View(
    "renewal_rules",
    "The rules of decision point D3",
    (
        Made("Rule", lambda row: row.rule),
        Made("Proposes", lambda row: row.decision),
        Made("Applies if", lambda row: sentence(row.reason)),
    ),
    note="The first rule that applies decides; it stands in for the rules 9 to 16 of the review.",
)


def renewal_part(renewals: Table[Result]) -> Stack:
    """Return one agreement's renewal: the proposal, what must be agreed, and its facts."""
    parts = [part for row in renewals for part in _parts(row)]
    return Stack(*parts) if parts else Stack(Sentences((NOT_DUE,)))


def _parts(row: Result) -> list[Part]:
    needs = [Sentences(("To be agreed or done:",)), Sentences(row.conditions, "list")]
    return [_verdict(row), *(needs if row.conditions else []), _facts(row)]


def _verdict(row: Result) -> Sentences:
    lines = [f"Proposed at decision point D3: {row.decision}. {row.reason}"]
    term = f" Term: {row.term}." if row.term else ""
    lines.append(f"Matched {row.rule}.{term}")
    option = row.second_option or "none that one better fact would give"
    lines.append(f"Second option: {option}.")
    if row.decided:
        lines.append(f"Decided already: {row.decided}.")
    return Sentences(tuple(lines))


def _facts(row: Result) -> markup.HtmlTable:
    rows = tuple((name.capitalize(), getattr(row, name)) for name in HEADINGS)
    note = "Facts on record, without a rating."
    return markup.HtmlTable(
        "Facts for the renewal under six headings", ("Heading", "Facts"), rows, note=note
    )
