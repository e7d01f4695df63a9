"""What happened to last year's decisions.

Source: domain, sections 4 and 7 to 9, and the report: raise the budget, reduce the number, or both.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from toolkit.assess.decisions.carried import Shown, Told, carried_out
from toolkit.assess.decisions.changes import ENDED, UNKNOWN, DecisionCase, Today
from toolkit.assess.decisions.ledger import (
    Ledger,
    day_of,
    gather_ledger,
    place_of,
    ran_out,
    told_cells,
)
from toolkit.assess.record.decided import runs_out, word_of
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.seating.seats import SeatOf
from toolkit.model.dates import spoken
from toolkit.model.decisions import FollowUp, Trace, find_word
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined, runs
from toolkit.model.sheets import Agreement, BudgetLine, Decision, Proposal
from toolkit.model.told import money_fact, tell
from toolkit.model.vocabulary import Status

Look = Callable[[DecisionCase | None], Told]
Amount = int | float | None
Change = tuple[Amount, Amount]  # in the year decided on, and after it


@result(key="subject_id", repeats=True)
class DecisionFollowed(Result):
    """One decision of the year before, or an older one still open, and what became of it."""

    subject_id: str = out("Subject")
    decision: FollowUp = out("Since then", "Whether it was carried out.")
    reason: str = out("What the record shows")
    subject: str = out("Name")
    point: str = out("Decision point")
    year: int = out("For the year", fmt=Format.COUNT)
    decided: str = out("Decided", "The word people chose.")
    decided_by: str | None = out("Decided by")
    decided_on: str | None = out("Decided on")
    expires: str = out("Runs until")
    rationale: str | None = out("Reason given")


def follow_up(
    portfolio: Portfolio,
    policy: Policy,
    *,
    review: Table[Reviewed],
    seats: Table[SeatOf],
    as_of: date,
    previous: Portfolio | None = None,
) -> Table[DecisionFollowed]:
    """Return what the record shows of each decision taken for the reporting year before.

    They stand by decision point and subject. A Sunset or Transfer of an earlier year is listed
    until it is carried out.

    Parameters
    ----------
    previous
        Last year's portfolio; without it, a change of terms may not be on record.
    """
    ledger = gather_ledger(portfolio, policy, as_of=as_of, previous=previous)
    today = {
        row.agreement_id: Today(
            row.defects, find_word(row.decision), str(seats[row.agreement_id].decision)
        )
        for row in review
    }
    ordered = sorted(
        (row for row in ledger.decisions if _is_due(row, ledger)),
        key=lambda row: (place_of(row.decision_point), row.subject_id, row.year),
    )
    rows = (_followed(row, ledger, today.get(row.subject_id, UNKNOWN)) for row in ordered)
    return Table(DecisionFollowed, rows)


def _is_due(row: Decision, ledger: Ledger) -> bool:
    """Whether a decision is of the year before, or an older one that runs until it is done."""
    is_open = runs_out(row, ledger.policy) is None and ledger.in_force(row)
    is_replaced = ledger.after(row) is not None
    return row.year == ledger.year - 1 or (row.year < ledger.year and is_open and not is_replaced)


def _followed(row: Decision, ledger: Ledger, today: Today) -> DecisionFollowed:
    shown, later = followed(row, ledger, today), ledger.after(row)
    again = f" Decided again for {later.year}: {later.decision}." if later else ""
    return DecisionFollowed(
        subject_id=row.subject_id,
        decision=shown.decision,
        reason=tell("{shown}{again}", shown=shown.reason, again=again),
        subject=ledger.label(row.subject_id),
        point=str(row.decision_point),
        year=row.year,
        decided=row.decision,
        decided_by=row.decided_by,
        decided_on=day_of(row),
        expires=ledger.until(row),
        rationale=row.rationale,
        cells=joined([told_cells(row), shown.cells]),
    )


def followed(row: Decision, ledger: Ledger, today: Today = UNKNOWN) -> Shown:
    """Return what the record shows of one decision, and the review of its agreement `today`."""
    trace = word_of(row, ledger.policy).word.follow_up
    if trace in FOLLOWED:
        return FOLLOWED[trace](row, ledger)
    agreement = ledger.portfolio.get(Agreement, row.subject_id)
    if agreement is None:
        return Shown(FollowUp.NOT_ON_RECORD, "No agreement of this id is on record.")
    return carried_out(DecisionCase(row, ledger, agreement, today))


def _waited(row: Decision, ledger: Ledger) -> Shown:
    """Hold, Go back: it waits for another decision."""
    if ledger.after(row):
        return Shown(FollowUp.CARRIED_OUT, "It waited for another decision.")
    until = ran_out(row, ledger.policy)
    if ledger.in_force(row):
        return Shown(FollowUp.UNDER_WAY, f"It waits until {until}; no new decision is on record.")
    return Shown(FollowUp.EXPIRED, f"It was to wait until {until}; no new decision is on record.")


def _screened(row: Decision, ledger: Ledger, look: Look) -> Shown:
    """Proceed, Decline: whether an agreement came of the proposal since."""
    proposal = ledger.portfolio.get(Proposal, ledger.subject(row))
    agreement = ledger.portfolio.get(Agreement, proposal.agreement_id) if proposal else None
    word, reason = look(DecisionCase(row, ledger, agreement) if agreement else None)
    cells = [
        proposal.cell("agreement_id") if proposal else "",
        agreement.cells("status", "signed") if agreement else "",
    ]
    return Shown(word, reason, joined(cells))


def _came_of_it(case: DecisionCase | None) -> Told:
    if case is None or not _is_new(case):
        return FollowUp.NOT_YET, "No agreement has come of it since."
    agreement = case.agreement
    name = f"It became {agreement.agreement_id}"
    if agreement.status == Status.PROPOSED or agreement.signed is None:
        return FollowUp.UNDER_WAY, f"{name}, whose status is proposed."
    signed = f"{name}, signed on {spoken(agreement.signed)}"
    return FollowUp.CARRIED_OUT, f"{signed}; its status is {agreement.status}."


def _nothing_came_of_it(case: DecisionCase | None) -> Told:
    if case is None or not _is_new(case):
        return FollowUp.CARRIED_OUT, "No agreement came of it."
    return FollowUp.OVERTAKEN, f"It became {case.agreement.agreement_id} all the same."


def _is_new(case: DecisionCase) -> bool:
    return case.agreement.status == Status.PROPOSED or case.is_after(case.agreement.signed)


def _resourced(row: Decision, ledger: Ledger, *, more: bool = False, fewer: bool = False) -> Shown:
    """Raise (the budget), Reduce (the number of agreements), Both."""
    budgets, budget_cells = _budgets(row, ledger)
    numbers, number_cells = _numbers(row, ledger)
    shown = [_is_raised(budgets)] * more + [_is_reduced(numbers)] * fewer
    spent, count = _money(budgets, row.year, ledger), _count(numbers, row.year)
    reason = tell("{spent} {count}", spent=spent, count=count)
    return Shown(_together(shown), reason, joined([*budget_cells, *number_cells]))


def _together(shown: list[bool | None]) -> FollowUp:
    if all(shown):
        return FollowUp.CARRIED_OUT
    if any(shown):
        return FollowUp.UNDER_WAY
    return FollowUp.NOT_ON_RECORD if None in shown else FollowUp.NOT_YET


def _is_raised(budgets: Change) -> bool | None:
    then, now = budgets
    return None if then is None or now is None else now > then


def _is_reduced(numbers: Change) -> bool | None:
    then, now = numbers
    return None if then is None or now is None else now < then


def _budgets(row: Decision, ledger: Ledger) -> tuple[Change, list[str]]:
    """Return the programme's budget of the year decided on and of the next."""
    lines = {r.year: r for r in ledger.portfolio.rows(BudgetLine) if r.line == "programme"}
    then, now = (lines.get(year) for year in (row.year, row.year + 1))
    cells = [line.cell("budget") for line in (then, now) if line]
    return (then.budget if then else None, now.budget if now else None), cells


def _money(budgets: Change, year: int, ledger: Ledger) -> str:
    currency = ledger.policy.programme.currency
    then, now = (
        "not on record" if b is None else money_fact("money.budget", b, of=of, currency=currency)
        for of, b in enumerate(budgets, start=year)
    )
    told = "Programme budget {year}: {then}; {later}: {now}."
    return tell(told, year=year, then=then, later=year + 1, now=now)


def _numbers(row: Decision, ledger: Ledger) -> tuple[Change, list[str]]:
    """Return how many agreements were in force at the end of the year decided on, and are now."""
    then, rows = ledger.policy.year_end(row.year), ledger.portfolio.rows(Agreement)
    now = [a for a in rows if is_reviewed(a)]
    if ledger.previous:
        return (sum(map(is_reviewed, ledger.previous.rows(Agreement))), len(now)), []
    if any(_ended_some_day(a) for a in rows):
        return (None, len(now)), []
    before = sum(map(is_reviewed, ledger.portfolio.on(then).rows(Agreement)))
    return (before, len(now)), runs(rows, "status")


def _ended_some_day(agreement: Agreement) -> bool:
    """Whether it came to its end on a day that is not on record."""
    return agreement.status in ENDED and agreement.concluded_on is None


def _count(numbers: Change, year: int) -> str:
    then = "not known" if numbers[0] is None else numbers[0]
    return f"Agreements in force: {then} at the end of {year}, {numbers[1]} now."


FOLLOWED: Mapping[Trace | None, Callable[[Decision, Ledger], Shown]] = {
    # what is looked for elsewhere than at the agreement decided on
    Trace.NEXT_DECISION: _waited,
    Trace.AGREEMENT: partial(_screened, look=_came_of_it),
    Trace.NO_AGREEMENT: partial(_screened, look=_nothing_came_of_it),
    Trace.MORE_MONEY: partial(_resourced, more=True),
    Trace.FEWER: partial(_resourced, fewer=True),
    Trace.MORE_MONEY_AND_FEWER: partial(_resourced, more=True, fewer=True),
}
