"""What is not known, who has it, by when, where it is typed, and what it would settle.

Source: domain, section 4, Open requests: first what could move the proposal, then all the rest.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.bounds import could_move, missing_criteria
from toolkit.assess.review.facts import Facts, ProposedAtD3
from toolkit.assess.review.holders import holder_of
from toolkit.assess.review.provisos import needed_for
from toolkit.assess.review.requests import (
    Measured,
    Wanted,
    activity,
    wanted_duties,
    wanted_for,
    wanted_purposes,
)
from toolkit.assess.year.indicators import IndicatorReached
from toolkit.assess.year.series import Series, find_series
from toolkit.model.decisions import place_of_word
from toolkit.model.defects import Defect
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import ClassFinding, Finding, RenewalWord, ReviewWord

ASKED_NOTHING = (ClassFinding.REGISTER, ClassFinding.FOLD_IN)
OPEN_CLASSES = (ClassFinding.NO_OBJECTIVES, ClassFinding.BORDERLINE)
IS_ACTIVE = "Whether it is active: what is proposed rests on it."
KEPT_OR_ENDS = "Whether it is kept or ends: its evidence is insufficient."
PROVISO = "Whether the proposal stands: it holds only if this turns out as it says."
MOVES = "What is proposed: by itself it could change it."
AT_D3 = "What decision point D3 proposes near its end."
SCORES = "How it scores; by itself it changes nothing that is proposed."


@result(key="agreement_id", repeats=True)
class OpenRequest(Result):
    """One fact that is missing at one agreement."""

    agreement_id: str = out("Id")
    decision: str = out("What to obtain")
    reason: str = out("What it settles")
    partner: str = out("For")
    holder: str = out("Who has it")
    by: str = out("By", "ISO date.", fmt=Format.DATE)
    sheet: str = out("Sheet")
    fills: tuple[str, ...] = out("Columns", "That it fills.", fmt=Format.LIST, default=())
    indicator: str | None = out("Indicator", default=None)
    period: str | None = out("Period", default=None)
    criterion: str | None = out("Criterion", "That it fills, where it does.", default=None)
    moves: bool = out(
        "Could move it",
        "Whether it could change what is proposed.",
        fmt=Format.YES_NO,
        default=False,
    )
    cells: str = out("Cells", "Where to type it.", fmt=Format.CELLS)


@dataclass(frozen=True)
class _Request:
    wanted: Wanted
    settles: str
    criterion: str | None = None
    moves: bool = False

    @property
    def cell(self) -> tuple[object, ...]:
        """What it fills: asked for once."""
        wanted = self.wanted
        where = str(wanted.row.place) if wanted.row else wanted.what
        return wanted.sheet, where, wanted.columns, wanted.indicator, wanted.period


def find_gaps(
    portfolio: Portfolio,
    policy: Policy,
    facts: Mapping[str, Facts],
    review: Table[Reviewed],
    indicators: Table[IndicatorReached],
    *,
    as_of: date,
) -> Table[OpenRequest]:
    """Return the open requests: what is missing, agreement by agreement.

    Parameters
    ----------
    facts, review, indicators
        What the rules see, what they propose, and what each indicator reached.
    """
    measured: dict[str, list[tuple[Series, IndicatorReached]]] = defaultdict(list)
    for one in find_series(portfolio, policy, as_of=as_of):
        reached = indicators[one.indicator.indicator_id]
        measured[one.objective.agreement_id].append((one, reached))
    return Table(
        OpenRequest,
        (
            _open_request(portfolio, facts[key], request)
            for key in facts
            if facts[key].outcome.decision not in ASKED_NOTHING
            for request in _once(_requests(facts[key], review[key], measured[key]))
        ),
    )


def _open_request(portfolio: Portfolio, facts: Facts, request: _Request) -> OpenRequest:
    agreement, wanted = facts.agreement, request.wanted
    return OpenRequest(
        agreement_id=agreement.agreement_id,
        decision=wanted.what,
        reason=request.settles,
        partner=portfolio.labels[agreement.agreement_id],
        holder=holder_of(wanted.role, agreement),
        by=facts.answers_due.isoformat(),
        sheet=wanted.sheet,
        fills=wanted.columns,
        indicator=wanted.indicator,
        period=wanted.period,
        criterion=request.criterion,
        moves=request.moves,
        cells=wanted.cells,
    )


def _once(requests: Iterator[_Request]) -> list[_Request]:
    """Return what could move the proposal first, each cell asked for once."""
    ordered = sorted(requests, key=lambda request: not request.moves)
    found: dict[tuple[object, ...], _Request] = {}
    for request in ordered:
        found.setdefault(request.cell, request)
    return list(found.values())


def _requests(facts: Facts, row: Reviewed, measured: Measured) -> Iterator[_Request]:
    """Yield what the rule asks, the missing criteria, what the class rests on, the defects."""
    yield from _asked_by_the_rule(facts, row)
    needed = needed_for(facts, place_of_word(row.decision)) if row.provided else {}
    for criterion in missing_criteria(facts):
        settles, moves = _what_it_settles(facts, row, criterion, criterion in needed)
        for wanted in wanted_for(criterion, facts, measured):
            yield _Request(wanted, settles, criterion, moves)
    yield from _of_its_class(facts)
    for defect in facts.defects:
        if defect.finding == Finding.NOT_ON_RECORD:
            yield _of_defect(facts.agreement, defect)


def _asked_by_the_rule(facts: Facts, row: Reviewed) -> Iterator[_Request]:
    """Yield what a rule that looks at no score asks for."""
    rule = row.rule
    if rule is not None and rule.decision == ReviewWord.INSUFFICIENT and row.missing is None:
        yield from (_Request(w, IS_ACTIVE, moves=True) for w in activity(facts))
    if facts.renewal is not None:
        moves = _hangs_on_facts(facts.renewal)
        yield from (_Request(w, AT_D3, moves=moves) for w in wanted_duties(facts))
    if facts.outcome.decision in OPEN_CLASSES:
        yield from _about_its_class(facts, moves=row.decision == ReviewWord.CLASS_FIRST)


def _hangs_on_facts(renewal: ProposedAtD3) -> bool:
    """Whether decision point D3 waits for facts, or proposes less with them at their worst."""
    waits = renewal.decision in (RenewalWord.NOT_EVALUABLE, RenewalWord.INSUFFICIENT)
    return waits or renewal.low_decision != renewal.decision


def _about_its_class(facts: Facts, *, moves: bool) -> Iterator[_Request]:
    """Yield the purposes that nobody coded; where all are, the class is for a person to decide."""
    settles = "Whether its class fits." if facts.inside else "Which class it gets."
    asked = list(wanted_purposes(facts))
    if not asked:
        own = facts.agreement
        what = "which class people give it"
        asked = [Wanted(what, "the division", own.sheet.name, ("classification",), own)]
    yield from (_Request(wanted, settles, moves=moves) for wanted in asked)


def _what_it_settles(
    facts: Facts, row: Reviewed, criterion: str, is_needed: bool
) -> tuple[str, bool]:
    """Return what a missing criterion would settle, and whether it could move the proposal."""
    if criterion == row.missing:
        return KEPT_OR_ENDS, True
    if facts.renewal is not None and criterion == "C5":
        return AT_D3, _hangs_on_facts(facts.renewal)
    if is_needed:
        return PROVISO, True
    return (MOVES, True) if could_move(facts, criterion) else (SCORES, False)


def _of_its_class(facts: Facts) -> Iterator[_Request]:
    agreement = facts.agreement
    if not agreement.signed:
        wanted = Wanted(
            "year of signing", "the City Clerk", agreement.sheet.name, ("signed",), agreement
        )
        yield _Request(wanted, "Its age, and whether it is new.")


def _of_defect(agreement: Agreement, defect: Defect) -> _Request:
    """Return a defect that is not on record as a request; one of another sheet names it."""
    sheet = agreement.sheet.name if defect.columns else _sheets(defect)
    row = agreement if defect.columns else None
    return _Request(Wanted(defect.name, defect.holder, sheet, defect.columns, row), defect.settles)


def _sheets(defect: Defect) -> str:
    return " or ".join(kind.sheet.name for kind in defect.sheets)
