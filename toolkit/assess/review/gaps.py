"""What is not known, who has it, by when, and what it would settle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from toolkit.assess.record.relationships import is_inside
from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.review.criteria import SHEET_OF
from toolkit.assess.review.facts import Facts
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import Agreement, Profile
from toolkit.model.vocabulary import ClassFinding, Finding


@result(key="agreement_id", repeats=True)
class OpenRequest(Result):
    """One fact that is missing at one agreement."""

    agreement_id: str = out("Id")
    decision: str = out("What to obtain")
    reason: str = out("What it settles")
    partner: str = out("For")
    holder: str = out("Who has it")
    by: str = out("By", "ISO date.", fmt=Format.DATE)
    cells: str = out("Cells", "Where to type it.", fmt=Format.CELLS)


def find_gaps(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], review: Table[Reviewed]
) -> Table[OpenRequest]:
    """Return the open requests: what is missing, agreement by agreement."""
    return Table(
        OpenRequest,
        (
            _open_request(portfolio, found, request)
            for key, found in facts.items()
            if found.outcome.decision not in (ClassFinding.REGISTER, ClassFinding.FOLD_IN)
            for request in _wanted(found, review[key].missing, policy)
        ),
    )


def _open_request(portfolio: Portfolio, facts: Facts, request: "Request") -> OpenRequest:
    agreement = facts.agreement
    due = facts.as_of + timedelta(days=facts.policy.periods.data_call_days)
    return OpenRequest(
        agreement_id=agreement.agreement_id,
        decision=request.what,
        reason=request.settles,
        partner=portfolio.labels[agreement.agreement_id],
        holder=request.holder or agreement.lead_unit or "the unit that leads it",
        by=due.isoformat(),
        cells=request.sheet or agreement.cells(*request.columns),
    )


def _wanted(facts: Facts, missing: str | None, policy: Policy) -> list["Request"]:
    """Return what would settle an open case, then what its class rests on, then its defects."""
    wanted = [_settling(policy, missing)] if missing else []
    wanted += _of_its_class(facts.agreement, facts.outcome.decision, policy)
    known = {column for request in wanted for column in request.columns}
    return wanted + [
        Request(
            d.name,
            d.holder,
            d.settles,
            d.columns,
            "" if d.columns else " or ".join(kind.sheet.name for kind in d.sheets),
        )
        for d in facts.defects
        if d.finding == Finding.NOT_ON_RECORD and not (d.columns and known.issuperset(d.columns))
    ]


def _settling(policy: Policy, missing: str) -> "Request":
    criterion = next(c for c in policy.criteria if c.id == missing)
    if missing == "C1" and policy.markets.are_listed:
        what = "its country, by a name that is known"
        return Request(what, "", "Whether it is a priority market.", ("country",))
    name = f"{criterion.name.lower()} ({criterion.id}): {criterion.measure}"
    settles = "Whether it is kept or ends: its evidence is insufficient."
    return Request(name, criterion.holder, settles, (), _typed_in(missing))


def _typed_in(criterion: str) -> str:
    """Return where the fact behind a criterion is typed."""
    if criterion == "C1":
        return "the policy, markets"
    return SHEET_OF.get(criterion, Profile).sheet.name


@dataclass(frozen=True)
class Request:
    """One fact to obtain; a blank holder is the unit that leads the agreement."""

    what: str
    holder: str
    settles: str
    columns: tuple[str, ...]
    sheet: str = ""  # where the fact is typed, if not in a cell of the agreement's row


def _of_its_class(agreement: Agreement, found: str, policy: Policy) -> Iterable[Request]:
    """Return what its age and its class rest on and the record does not hold."""
    if not agreement.has_status:
        settles = "Whether it is in force: a blank is reviewed as active."
        yield Request("its status", "", settles, ("status",))
    if not agreement.signed:
        settles = "Its age, and whether it is new."
        yield Request("year of signing", "the City Clerk", settles, ("signed",))
    inside = is_inside(agreement, policy)
    if found == ClassFinding.NO_OBJECTIVES:
        settles = "Whether its class fits its objectives." if inside else "Which class it gets."
        yield Request("stated objectives", "the City Clerk", settles, ("main_purpose",))
    if found == ClassFinding.BORDERLINE:
        settles = "Whether its class fits." if inside else "Which class it gets: a person decides."
        yield Request("which objective is the main one", "", settles, ("main_purpose",))
