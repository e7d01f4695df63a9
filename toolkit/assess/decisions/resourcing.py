"""Whether a decision on the programme's resources was carried out.

Source: domain, section 7, and the report: raise the budget, reduce the number, or both.
"""

from datetime import date

from toolkit.assess.decisions.carried import Found
from toolkit.assess.decisions.changes import ENDED
from toolkit.assess.decisions.ledger import Ledger
from toolkit.assess.record.results import joined
from toolkit.model.decisions import FollowUp
from toolkit.model.portfolio import is_reviewed
from toolkit.model.rows import runs
from toolkit.model.sheets import Agreement, BudgetLine, Decision

Change = tuple[int | float | None, int | float | None]


def resources_followed(row: Decision, ledger: Ledger) -> Found:
    """Return what became of Raise (the budget), Reduce (the number of agreements) or Both."""
    budgets, budget_cells = _budgets(row, ledger)
    numbers, number_cells = _numbers(row, ledger)
    parts = {"Raise": [_raised(budgets)], "Reduce": [_reduced(numbers)]}
    shown = parts.get(row.decision, [*parts["Raise"], *parts["Reduce"]])
    reason = f"{_money(budgets, row.year, ledger)} {_count(numbers, row.year, ledger)}"
    return Found(_together(shown), reason, joined([*budget_cells, *number_cells]))


def _together(shown: list[bool | None]) -> FollowUp:
    if all(shown):
        return FollowUp.CARRIED_OUT
    if any(shown):
        return FollowUp.UNDER_WAY
    return FollowUp.NOT_ON_RECORD if None in shown else FollowUp.NOT_YET


def _raised(budgets: Change) -> bool | None:
    return None if None in budgets else budgets[1] > budgets[0]


def _reduced(numbers: Change) -> bool | None:
    return None if None in numbers else numbers[1] < numbers[0]


def _budgets(row: Decision, ledger: Ledger) -> tuple[Change, list[str]]:
    """Return the programme's budget of the year decided on and of the next."""
    lines = {r.year: r for r in ledger.portfolio.rows(BudgetLine) if r.line == "programme"}
    found = [lines.get(year) for year in (row.year, row.year + 1)]
    cells = [r.cell("budget") for r in found if r]
    return tuple(r.budget if r else None for r in found), cells


def _money(budgets: Change, year: int, ledger: Ledger) -> str:
    currency = ledger.policy.programme.currency
    told = ["not on record" if b is None else f"{currency} {b:,.0f}" for b in budgets]
    return f"Programme budget {year}: {told[0]}; {year + 1}: {told[1]}."


def _numbers(row: Decision, ledger: Ledger) -> tuple[Change, list[str]]:
    """Return how many agreements were in force at the end of the year decided on, and are now."""
    then, rows = ledger.policy.year_end(row.year), ledger.portfolio.rows(Agreement)
    now = [a for a in rows if is_reviewed(a)]
    if ledger.before:
        return (sum(map(is_reviewed, ledger.before[Agreement].values())), len(now)), []
    if any(_ended_some_day(a) for a in rows):
        return (None, len(now)), []
    gone = [a for a in rows if _ended_since(a, then, ledger.as_of)]
    new = [a for a in now if a.signed and a.signed.first > then]
    cells = runs(rows, "status")
    return (len(now) - len(new) + len(gone), len(now)), cells


def _ended_since(agreement: Agreement, then: date, as_of: date) -> bool:
    on = agreement.concluded_on
    return agreement.status in ENDED and on is not None and then < on.last <= as_of


def _ended_some_day(agreement: Agreement) -> bool:
    """Whether it came to its end on a day that is not on record."""
    return agreement.status in ENDED and agreement.concluded_on is None


def _count(numbers: Change, year: int, ledger: Ledger) -> str:
    then = "not known" if numbers[0] is None else numbers[0]
    return f"Agreements in force: {then} at the end of {year}, {numbers[1]} now."
