"""Eight kinds of good news of an agreement, each as the workbook would hold it the day it comes.

News that is no news (the partner was not asked, the project is done already) is left out.
It is long because it says the best value of every blank.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from toolkit.assess.record.activity import activity_window
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Place, Row
from toolkit.model.sheets import (
    Agreement,
    BudgetLine,
    Engagement,
    Indicator,
    Milestone,
    Objective,
    Partner,
    PeriodResult,
    Profile,
    Project,
)
from toolkit.model.vocabulary import (
    Accumulation,
    Direction,
    EndWord,
    Family,
    IndicatorKind,
    ProjectState,
    Purpose,
)

News = Callable[[Portfolio, Agreement, Policy, date], Iterator[tuple[str, Portfolio]]]
Found = Iterator[tuple[str, Portfolio]]  # what was told in which column or how, and the portfolio
FULL_TRADE, FULL_SHARE = 1e10, 100.0


def _days_ago(as_of: date, days: int) -> When:
    return When.day_of(as_of - timedelta(days))


def _in_months(as_of: date, months: int) -> When:
    return When.day_of(add_months(as_of, months))


def with_row(portfolio: Portfolio, kind: type[Row], cells: Mapping[str, object]) -> Portfolio:
    """Return the portfolio with one more row at the end of a sheet."""
    rows = portfolio.rows(kind)
    number = max((row.place.number for row in rows), default=1) + 1
    letters = rows[0].place.letters if rows else {}
    row = kind.made(cells, Place(kind.sheet.name, number, letters))
    return portfolio.with_rows(kind, [*rows, row])


def with_cells(portfolio: Portfolio, row: Row, cells: Mapping[str, object]) -> Portfolio:
    """Return the portfolio with other values in one row."""
    number = row.place.number
    rows = [
        replace(r, **cells) if r.place.number == number else r for r in portfolio.rows(type(row))
    ]
    return portfolio.with_rows(type(row), rows)


def answer(portfolio: Portfolio, a: Agreement, _policy: Policy, as_of: date) -> Found:
    """The partner answers what it was asked."""
    asked, answered = a.asked_on, a.answered_on
    if asked and asked.first <= as_of and not (answered and answered.last >= asked.first):
        for how, day in (("the same day", asked), ("on the day", When.day_of(as_of))):
            yield how, with_cells(portfolio, a, {"answered_on": day})


def contact(portfolio: Portfolio, a: Agreement, policy: Policy, as_of: date) -> Found:
    """There was a contact in the months that count."""
    first = activity_window(policy, as_of=as_of, country=a.country).first
    days = {"lately": _days_ago(as_of, 20), "early in the window": When.day_of(first)}
    for how, day in days.items():
        if a.last_contact is None or a.last_contact.last < day.first:
            yield how, with_cells(portfolio, a, {"last_contact": day})


def sponsor(portfolio: Portfolio, a: Agreement, _policy: Policy, as_of: date) -> Found:
    """A sponsor is named and confirms its role."""
    name = a.community_sponsor or "A society"
    cells = {"community_sponsor": name, "sponsor_confirmed": _days_ago(as_of, 20)}
    if not a.sponsor_confirmed or a.sponsor_confirmed.last < cells["sponsor_confirmed"].first:
        yield "", with_cells(portfolio, a, cells)


def plan(portfolio: Portfolio, a: Agreement, _policy: Policy, as_of: date) -> Found:
    """A project is planned that ends after the day; alone, and with a milestone."""
    starts, ends = _in_months(as_of, 1), _in_months(as_of, 9)
    planned = _with_project(portfolio, a, starts, ends, ProjectState.PLANNED)
    yield "a project", planned
    step = {"project_id": f"NEWS-{a.agreement_id}", "name": "A step", "due": ends}
    yield "with a milestone", with_row(planned, Milestone, step)


def _with_project(
    portfolio: Portfolio, a: Agreement, starts: When, ends: When, state: ProjectState
) -> Portfolio:
    key = a.agreement_id
    cells = {"project_id": f"NEWS-{key}", "agreement_id": key, "name": "A project", "state": state}
    return with_row(portfolio, Project, cells | {"starts": starts, "ends": ends})


def done(portfolio: Portfolio, a: Agreement, _policy: Policy, as_of: date) -> Found:
    """A project is done: one that nobody had planned, or one that was."""
    spans = {"this year": (_days_ago(as_of, 90), _days_ago(as_of, 60)),
             "last year": (_days_ago(as_of, 600), _days_ago(as_of, 560))}  # fmt: skip
    for how, (starts, ends) in spans.items():
        yield f"a new one, {how}", _with_project(portfolio, a, starts, ends, ProjectState.DONE)
    for project in portfolio.of(a, Project):
        if project.state in (ProjectState.PLANNED, ProjectState.ACTIVE):
            begun = project.starts and project.starts.first <= as_of
            starts = project.starts if begun else _days_ago(as_of, 40)
            cells = {"state": ProjectState.DONE, "starts": starts, "ends": _days_ago(as_of, 0)}
            yield f"one that was {project.state}", with_cells(portfolio, project, cells)


def partner(portfolio: Portfolio, a: Agreement, _policy: Policy, as_of: date) -> Found:
    """A partner signs its role, or offers to lead."""
    ids = {"partner_id": "P-NEWS", "name": "A new partner"}
    known = with_row(portfolio, Partner, ids)
    new = {"agreement_id": a.agreement_id, "partner_id": "P-NEWS", "role": "deliver"}
    signed, offered = {"signed_on": _days_ago(as_of, 30)}, {"willing_on": _days_ago(as_of, 30)}
    yield "a new one signs", with_row(known, Engagement, new | signed)
    leads = new | {"role": "could lead"} | offered
    yield "a new one offers to lead", with_row(known, Engagement, leads)
    yield "a new one signs and offers to lead", with_row(known, Engagement, leads | signed)
    for row in portfolio.of(a, Engagement):
        if row.signed_on is None:
            yield "one that is named signs", with_cells(portfolio, row, signed)
        if row.role in ("lead", "could lead") and row.willing_on is None:
            yield "one that is named offers to lead", with_cells(portfolio, row, offered)


def records(portfolio: Portfolio, a: Agreement, _policy: Policy, as_of: date) -> Found:
    """Its activity records are complete up to the day."""
    if not a.records_complete_to or a.records_complete_to.last < as_of:
        yield "", with_cells(portfolio, a, {"records_complete_to": When.day_of(as_of)})


def missing_filled(portfolio: Portfolio, a: Agreement, policy: Policy, as_of: date) -> Found:
    """What is missing turns out as well as it can: each blank by itself, then all of them."""
    best = _Best(portfolio, a, policy, as_of)
    every = portfolio
    for row in best.rows:
        for column, value in best.of(row).items():
            if getattr(row, column) is None:
                cells = {column: value} | ({"state": "approved"} if column == "actual" else {})
                yield f"{row.sheet.name}.{column}", with_cells(portfolio, row, cells)
                every = with_cells(every, row, cells)
    if not portfolio.of(a, Profile) and portfolio.has(Profile):
        cells = {"subject_id": a.agreement_id} | best.of(Profile.made({}))
        yield "a profile", with_row(portfolio, Profile, cells)
        every = with_row(every, Profile, cells)
    yield "all at once", every


class _Best:
    """The best value of each blank of the rows about an agreement that a rule may read."""

    def __init__(self, portfolio: Portfolio, a: Agreement, policy: Policy, as_of: date) -> None:
        self.portfolio, self.a, self.policy, self.as_of = portfolio, a, policy, as_of

    @property
    def rows(self) -> list[Row]:
        found: list[Row] = [self.a]
        for kind in (Objective, Project, Engagement, Profile, BudgetLine):
            found += self.portfolio.of(self.a, kind)
        aims = [row for row in found if isinstance(row, Objective)]
        measures = [i for aim in aims for i in self.portfolio.of(aim, Indicator)]
        return [
            *found,
            *measures,
            *(r for i in measures for r in self.portfolio.of(i, PeriodResult)),
        ]

    def of(self, row: Row) -> dict[str, object]:
        """Return the best value of each column, for one row."""
        match row:
            case Agreement():
                return self._agreement(row)
            case Objective():
                return self._objective(row)
            case Indicator():
                return self._indicator(row)
            case PeriodResult():
                return self._result(row)
            case Project():
                return self._project(row)
            case Engagement():
                lately = _days_ago(self.as_of, 30)
                return {"signed_on": lately, "willing_on": lately, "duty": "host", "duty_met": "y"}
            case BudgetLine():
                return {"budget": 40_000.0}
        return {
            "sectors_shared": tuple(self.policy.sectors.names[:2]),
            "yearly_trade": FULL_TRADE,
            "historic_link": "y",
            "host_community": "y",
            "non_city_share": FULL_SHARE,
            "confidence": "high",
        }

    def _purpose(self) -> Purpose:
        """Return the purpose of its class; outside the classes, the one most often stated."""
        cls = self.policy.class_named(self.a.classification)
        if cls is not None:
            return Purpose.CULT if cls.family == Family.COMMUNITY else Purpose.ECON
        stated = [row.purpose for row in self.portfolio.of(self.a, Objective) if row.purpose]
        stated = stated or list(self.a.main_purpose or ())
        return Counter(stated).most_common(1)[0][0] if stated else Purpose.ECON

    def _agreement(self, row: Agreement) -> dict[str, object]:
        lately = _days_ago(self.as_of, 20)
        cells: dict[str, object] = {
            "main_purpose": (self._purpose(),),
            "lead_unit": "Trade Unit",
            "community_sponsor": "A society",
            "sponsor_confirmed": lately,
            "endorsed_by": "Councillor",
            "endorsed_on": lately,
            "last_contact": lately,
            "text_on_file": "y",
            "records_complete_to": When.day_of(self.as_of),
            "published_outcomes": lately,
            "renewal_clause": "y",
            "termination_clause": "y",
        }
        if row.asked_on and row.asked_on.first <= self.as_of:
            cells["answered_on"] = When.day_of(self.as_of)
        begun = row.renewed or row.signed
        if begun is None or begun.first > add_months(self.as_of, -30):
            cells["ends"] = _in_months(self.as_of, 24)
        return cells

    def _objective(self, row: Objective) -> dict[str, object]:
        ends = row.ends or self._last_day()
        return {
            "purpose": self._purpose(),
            "type": self._type(row),
            "activity": self.policy.activities.names[0],
            "sector": "technology",
            "audience": "firms",
            "city_unit": "Trade Unit",
            "city_duty": "organise",
            "partner_unit": "Their office",
            "partner_duty": "host",
            "partner_duty_met": "y",
            "approved_budget": row.estimated_cost or 10_000.0,
            "funding_source": "budget",
            "staff_days": 10.0,
            "ends": ends,
            "review_on": ends,
        }

    def _type(self, row: Objective) -> str:
        """Return a type that stands for the purpose that is stated."""
        purpose = row.purpose or self._purpose()
        return next(t.name for t in self.policy.objective_types if t.purpose == purpose)

    def _last_day(self) -> When:
        """Return the agreement's own end where it lies ahead, so that nothing goes beyond it."""
        ends = self.a.ends
        if not isinstance(ends, EndWord) and ends and ends.last > self.as_of:
            return ends
        return _in_months(self.as_of, 12)

    def _indicator(self, row: Indicator) -> dict[str, object]:
        adds_up = row.kind == IndicatorKind.FLOW
        results = self.portfolio.of(row, PeriodResult)
        values = [r.actual for r in results if r.actual is not None]
        cells: dict[str, object] = {
            "unit": "units",
            "data_source": "survey",
        }
        if row.kind in (IndicatorKind.FLOW, IndicatorKind.LEVEL):
            cells["direction"] = Direction.INCREASE
            cells["accumulation"] = Accumulation.INCREMENTAL if adds_up else Accumulation.SNAPSHOT
        if row.direction == Direction.MAINTAIN and values:
            within = [*values, *(end for end in (row.lower, row.upper) if end is not None)]
            cells |= {"lower": min(within), "upper": max(within)}
        if row.direction == Direction.DECREASE:
            cells["baseline"] = 1_000 + max(values, default=0.0)
        elif row.kind in (IndicatorKind.FLOW, IndicatorKind.LEVEL) and row.baseline_state is None:
            cells["baseline"] = 0.0
        return cells

    def _result(self, row: PeriodResult) -> dict[str, object]:
        if row.period.last > self.as_of:
            return {}
        reported = row.actual is not None or row.numerator is not None
        cells: dict[str, object] = {}
        if row.target is None and row.actual is not None:
            cells["target"] = row.actual
        if not reported and row.target is not None:
            cells["actual"] = row.target
        return cells

    def _project(self, row: Project) -> dict[str, object]:
        """Return the dates of a project that is done or runs, so that it counts."""
        lately = _days_ago(self.as_of, 60)
        if row.state in (ProjectState.DONE, ProjectState.ACTIVE):
            starts = row.ends if row.ends and row.ends < lately else lately
            return {"starts": starts, "ends": max(lately, row.starts or lately)}
        return {}


KINDS_OF_NEWS: Mapping[str, News] = {
    "an answer": answer,
    "a contact": contact,
    "a sponsor confirms": sponsor,
    "a plan": plan,
    "a project done": done,
    "a partner signs or offers to lead": partner,
    "records complete": records,
    "missing facts filled favourably": missing_filled,
}
