"""How it is read what last year's workbook said and this year's no longer does."""

from toolkit.model.results import Result
from toolkit.model.vocabulary import Withdrawal
from toolkit.report.markup import HtmlTable, Sentences
from toolkit.report.view import Found, View

NOT_NAMED = "No results of last year were given, so what was withdrawn since then cannot be seen."


def _stands_alone(row: Result) -> bool:
    """Whether a row is told by itself, not with the agreement that is gone."""
    return row.decision != Withdrawal.AGREEMENT_GONE or row.sheet == "Agreements"


_withdrawn = View(
    "withdrawn",
    "Withdrawn since last year: {count}",
    ("partner", "decision", "sheet", "row", "column", "was", "type_in"),
    where=_stands_alone,
    note="Each still counts: a proposal is made with it and without it, and takes the lower place. "
    "What belongs to an agreement that is gone is not listed, and nothing is proposed for it.",
    empty="Nothing that last year's workbook said is blank or gone in this year's.",
)


def withdrawn(results: Found, of: Found | None = None) -> HtmlTable | Sentences:
    """Return what was withdrawn since last year, of the programme or of one agreement."""
    return Sentences((NOT_NAMED,)) if results.previous is None else _withdrawn(of or results)
