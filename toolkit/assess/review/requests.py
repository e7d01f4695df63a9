"""Which facts a criterion still wants: each with its sheet, its columns and where it is typed.

A criterion is not a fact: what is asked for is a cell. For results it is an indicator and a period.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.assess.record.evidence import latest_profile, records_complete
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.holders import SPONSOR
from toolkit.assess.year.indicators import IndicatorReached
from toolkit.assess.year.series import Series, is_approved, is_judged
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    Engagement,
    Indicator,
    Objective,
    PeriodResult,
    Profile,
    Project,
)
from toolkit.model.vocabulary import Family, IndicatorKind


@dataclass(frozen=True)
class Wanted:
    """One fact to obtain.

    Attributes
    ----------
    role
        Who has it; blank is the unit that leads the agreement.
    sheet
        Where it is typed.
    row
        The row it is typed in; without one it needs a new row.
    """

    what: str
    role: str
    sheet: str
    columns: tuple[str, ...]
    row: Row | None = None
    indicator: str | None = None
    period: str | None = None

    @property
    def cells(self) -> str:
        """Where to type it: the cells, or the sheet for a new row."""
        return (self.row.cells(*self.columns) if self.row else "") or self.sheet


def _in(row: Row, what: str, *columns: str, role: str = "") -> Wanted:
    return Wanted(what, role, row.sheet.name, columns, row)


def _new(kind: type[Row], what: str, *columns: str, role: str = "") -> Wanted:
    return Wanted(what, role, kind.sheet.name, columns)


Measured = Sequence[tuple[Series, IndicatorReached]]


def wanted_for(criterion: str, facts: Facts, measured: Measured) -> list[Wanted]:
    """Return the facts that a criterion of an agreement still wants.

    Parameters
    ----------
    measured
        The indicators of the agreement, with the periods that are due and what was reached.
    """
    if criterion == "C5":
        told = [w for series, reached in measured for w in _of_indicator(series, reached)]
        return [*_unmeasured(facts, [series for series, _ in measured]), *told]
    return list(FINDS[criterion](facts))


def _role(criterion: str, facts: Facts) -> str:
    return next(c.holder for c in facts.policy.criteria if c.id == criterion)


def _market(facts: Facts) -> Iterator[Wanted]:
    own = facts.agreement
    if facts.policy.markets.are_listed:
        what = "its country, by a name that is known"
        yield Wanted(what, own.lead_unit or "the division", own.sheet.name, ("country",), own)
    else:
        yield Wanted("the priority markets", _role("C1", facts), "the policy, markets", ())


def _in_profile(criterion: str, facts: Facts, what: str, column: str) -> Iterator[Wanted]:
    """Yield a cell of the latest profile, where it is blank."""
    found, role = latest_profile(facts.agreement, facts.portfolio), _role(criterion, facts)
    undated = [p for p in facts.portfolio.of(facts.agreement, Profile) if p.dated is None]
    if found is None and undated:
        yield _in(undated[0], "the date of the profile", "dated", role=role)
    elif found is None:
        yield _new(Profile, what, column, role=role)
    elif getattr(found, column) is None:
        yield _in(found, what, column, role=role)


def _sectors(facts: Facts) -> Iterator[Wanted]:
    found, sectors = latest_profile(facts.agreement, facts.portfolio), facts.policy.sectors
    typed = found.sectors_shared if found else None
    unknown = [word for word in typed or () if sectors.find(word) is None]
    if found and unknown and sectors.names:
        words = ", ".join(f'"{word}"' for word in unknown)
        what = f"its shared sectors in words of the policy, where {words} is in no list"
        yield _in(found, what, "sectors_shared", role=_role("C2", facts))
    what = "the sectors that both sides are strong in"
    yield from _in_profile("C2", facts, what, "sectors_shared")


def _ties(facts: Facts) -> Iterator[Wanted]:
    yield from _in_profile("C3", facts, "the yearly two-way trade", "yearly_trade")


def activity(facts: Facts) -> Iterator[Wanted]:
    """Yield its projects, and up to when there were none other."""
    months = facts.policy.periods.inactive_months
    yield _new(Project, f"its projects of the last {months} months", "state", "starts", "ends")
    if not _has_complete_records(facts):
        what = "up to when its records of projects are complete"
        yield _in(facts.agreement, what, "records_complete_to")


def _has_complete_records(facts: Facts) -> bool:
    return records_complete(facts.agreement, facts.policy, as_of=facts.as_of)


def _capacity(facts: Facts) -> Iterator[Wanted]:
    rows = facts.portfolio.of(facts.agreement, Engagement)
    for row in rows:
        who = facts.portfolio.partner_name(row.partner_id)
        if row.signed_on is None:
            yield _in(row, f"whether {who} signed its role, and when", "signed_on")
        elif row.duty_met is None:
            yield _in(row, f"whether {who} did what was agreed", "duty_met")
    if not any(row.signed_on for row in rows):
        what = "which partners deliver it by a signed role"
        yield _new(Engagement, what, "partner_id", "role", "signed_on", "duty_met")
    if facts.family == Family.COMMUNITY:
        yield from sponsor(facts)


def sponsor(facts: Facts) -> Iterator[Wanted]:
    """Yield that the sponsor confirmed, where it is not on record."""
    own = facts.agreement
    if not own.community_sponsor or not own.sponsor_confirmed:
        columns = ("community_sponsor", "sponsor_confirmed")
        yield _in(own, "confirmed sponsor", *columns, role=SPONSOR)


def _community(facts: Facts) -> Iterator[Wanted]:
    own = facts.agreement
    if own.last_contact is None:
        yield _in(own, "the last contact with the partner", "last_contact")
    yield from sponsor(facts)
    if facts.sources.counts(Profile):
        yield from _in_profile("C7", facts, "whether there is a historic link", "historic_link")
        yield from _in_profile("C7", facts, "whether a host community is here", "host_community")
        yield from _in_profile("C7", facts, "the share of cost that others bear", "non_city_share")


FINDS: Mapping[str, Callable[[Facts], Iterable[Wanted]]] = {
    "C1": _market,
    "C2": _sectors,
    "C3": _ties,
    "C4": activity,
    "C6": _capacity,
    "C7": _community,
}


def _unmeasured(facts: Facts, series: Sequence[Series]) -> Iterator[Wanted]:
    """Yield the objectives that nothing measures yet."""
    stated = facts.portfolio.of(facts.agreement, Objective)
    if not stated:
        yield _new(Objective, "its objectives, and how they are measured", "statement", "purpose")
    measured = {one.objective.objective_id for one in series}
    for row in stated:
        is_open = row.objective_id not in measured
        if is_open and is_judged(row, facts.policy, as_of=facts.as_of):
            what = f"an indicator with its target for {row.objective_id}"
            yield _new(Indicator, what, "indicator_id", "name", "kind", "direction")


def _of_indicator(series: Series, reached: IndicatorReached) -> Iterator[Wanted]:
    """Yield what is missing of one indicator; where nothing is, what keeps it from a number."""
    missing = list(_of_series(series))
    if not missing and reached.rated_low != reached.rated_high:
        what = "a baseline, a direction and targets that give a percentage"
        missing = [_of(series, _in(series.indicator, what, "baseline", "direction"))]
    yield from missing


def _of_series(series: Series) -> Iterator[Wanted]:
    """Yield what is missing of one indicator: its own facts, then its periods."""
    indicator = series.indicator
    blank = [name for name, is_asked in _own_facts(series) if is_asked]
    if blank:
        what = "what the indicator counts, and from where"
        yield _of(series, _in(indicator, what, *blank))
    asks_target = not (indicator.kind == IndicatorKind.QUALITATIVE or series.is_maintained)
    for row in series.results:
        columns = ["target"] if asks_target and row.target is None else []
        columns += _of_actual(row)
        if columns:
            what = f"the {_said(columns)}"
            yield _of(series, _in(row, what, *columns), str(row.period))
    for period in series.silent:
        what = "the target and result"
        wanted = _new(PeriodResult, what, "period", "target", "actual", "state")
        yield _of(series, wanted, str(period))
    if not series.results and not series.silent and not series.is_planned:
        what = "the target and result"
        yield _of(series, _new(PeriodResult, what, "period", "target", "actual", "state"))


def _own_facts(series: Series) -> tuple[tuple[str, bool], ...]:
    own = series.indicator
    is_number = own.kind in (IndicatorKind.FLOW, IndicatorKind.LEVEL)
    is_level = is_number and series.rule == IndicatorKind.LEVEL and not series.is_maintained
    return (
        ("measure", own.kind == IndicatorKind.FLOW and own.measure is None),
        ("direction", is_number and own.direction is None),
        ("baseline", is_level and own.baseline is None),
        ("lower", series.is_maintained and own.lower is None),
        ("upper", series.is_maintained and own.upper is None),
    )


def _of_actual(row: PeriodResult) -> list[str]:
    if row.actual is None and row.numerator is None:
        return ["actual", "state"]
    return [] if is_approved(row) else ["state"]


def _said(columns: Sequence[str]) -> str:
    """Return what is missing of a period in words."""
    words = {"target": "target", "actual": "result", "state": "approval"}
    named = [words[c] for c in columns if c != "state" or "actual" not in columns]
    return " and ".join(named)


def _of(series: Series, wanted: Wanted, period: str | None = None) -> Wanted:
    key = series.indicator.indicator_id
    return Wanted(wanted.what, wanted.role, wanted.sheet, wanted.columns, wanted.row, key, period)


def wanted_duties(facts: Facts) -> Iterator[Wanted]:
    """Yield whether the partner met its duties, which decision point D3 looks at."""
    for row in facts.portfolio.of(facts.agreement, Objective):
        if row.partner_duty_met is None:
            what = f"whether the partner met its duty at {row.objective_id}"
            yield _in(row, what, "partner_duty_met")


def wanted_purposes(facts: Facts) -> Iterator[Wanted]:
    """Yield the purposes that nobody coded, by objective; without one, the main purpose."""
    stated = facts.portfolio.of(facts.agreement, Objective)
    for row in stated:
        if row.purpose is None:
            yield _in(row, f"the purpose of {row.objective_id}", "purpose", role="the City Clerk")
    if not stated and not facts.agreement.main_purpose:
        yield _in(facts.agreement, "stated objectives", "main_purpose", role="the City Clerk")
