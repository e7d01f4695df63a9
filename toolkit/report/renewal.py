"""How renewals are set: what to renew or end, and one agreement's facts under six headings."""

import pandas as pd

from toolkit.model.sentences import sentence
from toolkit.report.markup import Part, Sentences, Stack, Table

NONE_DUE = (
    "No renewal is to be decided: no agreement with targets, and no community agreement, has begun "
    "the last months before its end."
)
NOT_DUE = "No renewal of it is to be decided at this date."
HEADINGS = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
)  # fmt: skip


def renewal_table(renewals: pd.DataFrame) -> Table:
    """Return what is proposed for each agreement near its end, earliest end first."""
    ordered = sorted(renewals.itertuples(), key=lambda row: (row.ends, row.Index))
    rows = tuple(
        (
            row.partner,
            row.ends,
            row.decision,
            row.rule.name,
            _percent(row.A),
            _percent(row.K, row.approved_of_due),
            _percent(row.P, row.partner_duties),
            points(row.S),
            "yes" if row.plan else "no",
            row.term,
            row.decided,
        )
        for row in ordered
    )
    headings = (
        "Agreement", "Ends", "Proposed", "Rule", "A: achieved", "K: values approved of due",
        "P: partner duties met", "S: score", "SMART plan beyond the end", "Term",
        "Decided already",
    )  # fmt: skip
    note = "Proposals rest on unrounded values; n/a: nothing to divide by, or not known."
    numeric = frozenset({4, 5, 6, 7})
    caption = "Renew or sunset: decision point D3"
    return Table(caption, headings, rows, numeric, note if rows else "", NONE_DUE)


def rule_table(rules: pd.DataFrame) -> Table:
    """Return the renewal rules in the order they are tried."""
    rows = tuple((row.Index, row.decision, sentence(row.reason)) for row in rules.itertuples())
    note = "The first rule that applies decides; it stands in for the rules 9 to 15 of the review."
    return Table(
        "The rules of decision point D3", ("Rule", "Proposes", "Applies if"), rows, note=note
    )


def points(value: float | None) -> str:
    """Return points or per cent as a text, n/a where there are none.

    >>> points(97.956), points(100.0), points(None)
    ('97.96', '100', 'n/a')
    """
    return "n/a" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(value: float | None, of: str | None = None) -> str:
    if value is None:
        return "n/a"
    return f"{points(value)} % ({of})" if of else f"{points(value)} %"


def renewal_part(renewals: pd.DataFrame) -> Stack:
    """Return one agreement's renewal: the proposal, what must be agreed, and its facts."""
    parts = [part for row in renewals.itertuples() for part in _parts(row)]
    return Stack(*parts) if parts else Stack(Sentences((NOT_DUE,)))


def _parts(row: tuple) -> list[Part]:
    needs = [Sentences(("To be agreed or done:",)), Sentences(row.conditions, "list")]
    return [_verdict(row), *(needs if row.conditions else []), _facts(row)]


def _verdict(row: tuple) -> Sentences:
    lines = [f"Proposed at decision point D3: {row.decision}. {row.reason}"]
    term = f" Term: {row.term}." if row.term else ""
    lines.append(f"Matched {row.rule}.{term}")
    option = row.second_option or "none that one better fact would give"
    lines.append(f"Second option: {option}.")
    if row.decided:
        lines.append(f"Decided already: {row.decided}.")
    return Sentences(tuple(lines))


def _facts(row: tuple) -> Table:
    rows = tuple((name.capitalize(), getattr(row, name)) for name in HEADINGS)
    note = "Facts on record, without a rating."
    return Table("Facts for the renewal under six headings", ("Heading", "Facts"), rows, note=note)
