"""What a workbook becomes when the year turns: decisions carried out, next year's rows laid ready.

Only what a decision settles by itself is written; what needs a fact that nobody gave (a new end, a
new owner, a signature) is listed as falling due. No row is removed, no number invented. Source:
domain, sections 4 and 8; interfaces, The analyst's year.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from toolkit.assess.record.decided import (
    POINTS,
    decided_day,
    known_decisions,
    notice_ends,
    runs_out,
    word_of,
)
from toolkit.model.dates import Period, When, add_months, long_date, told_date
from toolkit.model.decisions import Trace
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    Agreement,
    BudgetLine,
    Decision,
    Indicator,
    Objective,
    PeriodResult,
    Project,
)
from toolkit.model.text import as_typed
from toolkit.model.vocabulary import DecisionPoint, ProjectState, Status

GOES_ON = (Status.ACTIVE, Status.SUSPENDED)
WHOLE_LINES = ("programme", "overhead")


@dataclass(frozen=True)
class Change:
    """One cell that is written: where, what it was, what it becomes, and why."""

    row: Row
    column: str
    becomes: str
    why: str

    @property
    def was(self) -> str:
        """What the cell held, blank for nothing."""
        if isinstance(self.row, Agreement) and self.column == "status" and not self.row.has_status:
            return ""
        return as_typed(getattr(self.row, self.column))


@dataclass
class YearTurned:
    """What the turn of the year writes, adds and leaves to people."""

    changes: list[Change] = field(default_factory=list)
    rows: list[tuple[str, dict[str, str], str]] = field(default_factory=list)  # sheet, row, why
    due: list[tuple[str, str]] = field(default_factory=list)  # of whom, what
    names: Mapping[str, str] = field(default_factory=dict)  # of agreements, as everywhere


class FallsDue(Protocol):
    """A day on which something of an agreement falls due."""

    on: str
    partner: str
    decision: str


def turn_year(
    held: Portfolio, policy: Policy, to: int, deadlines: Iterable[FallsDue] = ()
) -> YearTurned:
    """Return what a workbook becomes at the turn to a year.

    Parameters
    ----------
    to
        The reporting year that begins.
    deadlines
        The decision calendar as it stood at the end of the year before.
    """
    turn = YearTurned(names=held.labels)
    over = policy.year_end(to - 1)
    for key, row in _settled(held, policy, over):
        if (agreement := held.get(Agreement, key)) is not None:
            _carry_out(turn, agreement, row, policy, over)
    goes_on = _going_on(held, turn, over)
    _end_projects(turn, held, over)
    _lay_results(turn, held, policy, to, goes_on)
    _lay_budget(turn, held, to, goes_on)
    ends = policy.year_end(to).isoformat()
    turn.due += [
        (row.partner, f"{row.decision}, {told_date(row.on)}") for row in deadlines if row.on <= ends
    ]
    return turn


def _settled(held: Portfolio, policy: Policy, over: date) -> Iterator[tuple[str, Decision]]:
    """Yield the last decision on each agreement that still runs, of review and D3 and its class."""
    latest: dict[tuple[str, bool], Decision] = {}
    for row in known_decisions(held, policy, as_of=over):
        if row.decision_point in (*POINTS, DecisionPoint.RECLASSIFICATION, DecisionPoint.D2):
            latest[row.subject_id, row.decision_point in POINTS] = row
    for (key, _), row in latest.items():
        last = runs_out(row, policy)
        if last is None or last >= over:
            yield key, row


def _carry_out(
    turn: YearTurned, agreement: Agreement, row: Decision, policy: Policy, over: date
) -> None:
    """Write what a decision settles; list what it leaves to be done."""
    said = f"{row.decision}, decided {long_date(decided_day(row, policy))}"
    word = word_of(row, policy)
    day = decided_day(row, policy)
    match word.word.follow_up:
        case Trace.CLASS if word.agreement_class is not None:
            _give_class(turn, agreement, word.agreement_class.name, day, said)
        case Trace.HOLD:
            _write(turn, agreement, "status", Status.SUSPENDED, said)
        case Trace.NOTICE:
            ends = _end_of(agreement) or notice_ends(row, policy)
            if _end_of(agreement) is None:
                _write(turn, agreement, "ends", ends.isoformat(), f"{said}; after its notice")
            _conclude(turn, agreement, Status.HISTORICAL, ends, over, row, said)
        case Trace.CONCLUSION:
            _conclude(turn, agreement, Status.CONCLUDED, _end_of(agreement), over, row, said)
        case Trace.HANDED_ON:
            _conclude(turn, agreement, Status.TRANSFERRED, day, over, row, said)
        case Trace.LATER_END:
            _ask(turn, agreement, over, said, "type renewed and the new end")
        case Trace.OWNER:
            if agreement.owner is None:
                turn.due.append((turn.names[agreement.agreement_id], f"{said}: type its owner"))
        case Trace.FOLDED:
            turn.due.append(
                (turn.names[agreement.agreement_id], f"{said}: compare the texts, then conclude it")
            )
        case Trace.SIGNATURE if agreement.status is Status.PROPOSED:
            turn.due.append(
                (turn.names[agreement.agreement_id], f"{said}: once signed, type signed and status")
            )


def _give_class(turn: YearTurned, agreement: Agreement, name: str, day: date, said: str) -> None:
    if agreement.classification.casefold() == name.casefold():
        return
    if agreement.original_class is None:
        _write(
            turn, agreement, "original_class", agreement.classification, f"{said}; kept for ever"
        )
    _write(turn, agreement, "classification", name, said)
    _write(turn, agreement, "reclassified_on", day.isoformat(), said)


def _conclude(
    turn: YearTurned,
    agreement: Agreement,
    status: Status,
    ends: date | None,
    over: date,
    row: Decision,
    said: str,
) -> None:
    """Write that an agreement has come to its end, once its last day is over."""
    if agreement.status not in GOES_ON:
        return
    if ends is None or ends > over:
        when = f"ends {long_date(ends)}" if ends else "type its end"
        turn.due.append((turn.names[agreement.agreement_id], f"{said}: {when}"))
        return
    _write(turn, agreement, "status", status, said)
    if agreement.concluded_on is None:
        _write(turn, agreement, "concluded_on", ends.isoformat(), said)
    if agreement.conclusion_reason is None and row.rationale:
        _write(turn, agreement, "conclusion_reason", row.rationale, said)


def _ask(turn: YearTurned, agreement: Agreement, over: date, said: str, what: str) -> None:
    ends = _end_of(agreement)
    if ends is None or ends <= add_months(over, 12):
        turn.due.append((turn.names[agreement.agreement_id], f"{said}: {what}"))


def _end_of(agreement: Agreement) -> date | None:
    return agreement.ends.last if isinstance(agreement.ends, When) else None


def _write(turn: YearTurned, row: Row, column: str, text: str, why: str) -> None:
    change = Change(row, column, str(text), why)
    if change.was != change.becomes:
        turn.changes.append(change)


def _going_on(held: Portfolio, turn: YearTurned, over: date) -> set[str]:
    """Return the agreements that are in force in the new year; one that lapsed is listed."""
    ended = {c.row.id for c in turn.changes if c.column == "status" and c.becomes not in GOES_ON}
    found: set[str] = set()
    for agreement in held.rows(Agreement):
        if agreement.status not in GOES_ON or agreement.agreement_id in ended:
            continue
        ends = _end_of(agreement)
        if ends is not None and ends <= over:
            told = f"ended {long_date(ends)} and is still {agreement.status}: renew or conclude it"
            turn.due.append((turn.names[agreement.agreement_id], told))
        else:
            found.add(agreement.agreement_id)
    return found


def _end_projects(turn: YearTurned, held: Portfolio, over: date) -> None:
    for project in held.rows(Project):
        if project.ends is None or project.ends.last > over:
            continue
        if project.state == ProjectState.ACTIVE:
            _write(turn, project, "state", ProjectState.DONE, "its last day is over")
        elif project.state == ProjectState.PLANNED:
            turn.due.append((project.name, "was planned and is over: type its state"))


def _lay_results(
    turn: YearTurned, held: Portfolio, policy: Policy, to: int, goes_on: set[str]
) -> None:
    """Add a row for each period of the new year that last year had, of what goes on."""
    rows: dict[str, list[PeriodResult]] = {}
    for result in held.rows(PeriodResult):
        rows.setdefault(result.indicator_id, []).append(result)
    for indicator in held.rows(Indicator):
        objective = held.get(Objective, indicator.objective_id)
        if (
            objective is None
            or objective.agreement_id not in goes_on
            or not _runs(objective, policy, to)
        ):
            continue
        own = rows.get(indicator.indicator_id, [])
        there = {(r.period.first, r.period.last, r.part) for r in own}
        for result in own:
            if policy.year_of(result.period.last) == to - 1 and result.state != "void":
                nxt = _next_year(result.period)
                if nxt and (nxt.first, nxt.last, result.part) not in there:
                    row = {"indicator_id": indicator.indicator_id, "period": nxt.label}
                    row |= {"part": result.part} if result.part else {}
                    turn.rows.append(("Results", row, f"{indicator.name}: to be reported"))


def _runs(objective: Objective, policy: Policy, to: int) -> bool:
    """Whether an objective, not given up, reaches into the year."""
    if objective.dropped_on is not None:
        return False
    return objective.ends is None or policy.year_of(objective.ends.last) >= to


def _next_year(period: Period) -> Period | None:
    """Return the same period a year on; nothing for one longer than a year."""
    if period.exceeds_year:
        return None
    first = add_months(period.first, 12)
    following = date.fromordinal(period.last.toordinal() + 1)
    last = date.fromordinal(add_months(following, 12).toordinal() - 1)
    if "/" in period.label:
        return Period(first, last, f"{first.isoformat()}/{last.isoformat()}")
    named = re.sub(r"\d{4}", lambda year: str(int(year[0]) + 1), period.label, count=1)
    return Period(first, last, named)


def _lay_budget(turn: YearTurned, held: Portfolio, to: int, goes_on: set[str]) -> None:
    """Add the lines of the new year, and of the one it plans, without an amount."""
    there = {(line.year, line.line, line.agreement_id) for line in held.rows(BudgetLine)}
    for line in held.rows(BudgetLine):
        if line.year != to - 1:
            continue
        if line.agreement_id is not None and line.agreement_id not in goes_on:
            continue
        years = (to, to + 1) if line.line in WHOLE_LINES else (to,)
        for year in years:
            if (year, line.line, line.agreement_id) not in there:
                row = {"year": str(year), "line": line.line}
                row |= {"agreement_id": line.agreement_id} if line.agreement_id else {}
                turn.rows.append(("Budget", row, "to be filled"))
