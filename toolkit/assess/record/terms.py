"""How old each agreement is, and when it ends, if anyone knows."""

from datetime import date

from toolkit.model.dates import When, long_date, spoken, whole_years
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import EndWord


@result(key="agreement_id", serves=("R7", "B3"))
class Term(Result):
    """The age and the end of one agreement under review."""

    agreement_id: str = out("Id")
    decision: str = out("End", "Lapsed, ends soon, dated, open-ended, or end not on record.")
    partner: str = out("Agreement")
    classification: str = out("Class now")
    signed: When | None = out("Signed", fmt=Format.DATE)
    ends: When | EndWord | None = out("Ends", fmt=Format.DATE)
    age_years: int | None = out(
        "Age in years", "Completed years since the first day of signing.", fmt=Format.COUNT
    )
    term_years: int | None = out("Term in years", fmt=Format.COUNT)


def find_terms(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[Term]:
    """Return the age and the end of each agreement under review."""
    rows = (a for a in portfolio.rows(Agreement) if is_reviewed(a))
    return Table(Term, (_term(a, portfolio, policy, as_of) for a in rows))


def _term(agreement: Agreement, portfolio: Portfolio, policy: Policy, as_of: date) -> Term:
    signed, ends = agreement.signed, agreement.ends
    return Term(
        agreement_id=agreement.agreement_id,
        decision=_state(agreement, policy, as_of),
        reason=_sentence(agreement, as_of),
        partner=portfolio.labels[agreement.agreement_id],
        classification=agreement.classification,
        signed=signed,
        ends=ends,
        age_years=whole_years(signed.first, as_of) if signed else None,
        term_years=_years(agreement),
        cells=agreement.cells("signed", "ends"),
    )


def _state(agreement: Agreement, policy: Policy, as_of: date) -> str:
    ends = agreement.ends
    if ends is EndWord.OPEN_ENDED:
        return "open-ended"
    if not isinstance(ends, When):
        return "end not on record"
    if ends.last < as_of:
        return "lapsed"
    months_left = (ends.last.year - as_of.year) * 12 + ends.last.month - as_of.month
    return "ends soon" if months_left <= policy.periods.evaluation_lead_months else "dated"


def _sentence(agreement: Agreement, as_of: date) -> str:
    if not agreement.signed:
        start = "Its year of signing is not on record"
    else:
        years = whole_years(agreement.signed.first, as_of)
        start = f"Signed {spoken(agreement.signed)}, {years} year{'' if years == 1 else 's'} ago"
    if isinstance(agreement.ends, When):
        verb = "ended" if agreement.ends.last < as_of else "ends"
        return f"{start}; {verb} {long_date(agreement.ends.last)}."
    if agreement.ends is EndWord.OPEN_ENDED:
        return f"{start}; open-ended: no date at which it must be looked at again."
    return f"{start}; whether and when it ends is not on record."


def _years(agreement: Agreement) -> int | None:
    if not agreement.signed or not isinstance(agreement.ends, When):
        return None
    return whole_years(agreement.signed.first, agreement.ends.last)
