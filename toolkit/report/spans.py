"""What of one agreement runs over time, as figures: its term, its costs, its projects."""

from datetime import date, timedelta

from toolkit.model.dates import When, long_date
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Milestone, Project
from toolkit.model.text import how_many
from toolkit.model.vocabulary import ProjectState
from toolkit.report.charts import Bar, Bars, Chart, scaled
from toolkit.report.costs import whole
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.view import Found, percent

YEARS_BACK, MOST_PROJECTS = 4, 8  # on the line of time


def term_bar(own: Found, agreement: Agreement, as_of: date) -> list[Part]:
    """Return the term as a bar up to the day of the review, with the decision points on it."""
    signed, ends = agreement.signed, agreement.ends
    if not isinstance(signed, When) or not isinstance(ends, When) or ends.last <= signed.first:
        return []
    days = (ends.last - signed.first).days

    def at(day: date) -> float:
        return min(max((day - signed.first).days / days, 0.0), 1.0)

    dates = [date.fromisoformat(row.on) for row in own.decision_calendar]
    points = [at(day) for day in dates if signed.first <= day <= ends.last]
    if as_of >= ends.last:
        message = f"The term ended on {long_date(ends.last)}"
    else:
        message = f"{percent(at(as_of))} of the term has run on {long_date(as_of)}"
    row = Bars(f"{signed.first.year} to {ends.last.year}", (Bar(0, at(as_of)),), "", tuple(points))
    note = "Rings: decision points and dates of the calendar." if points else ""
    return [Chart(message, (row,), note=note)]


def cost_bars(own: Found) -> list[Part]:
    """Return the full cost of the years on record, and what is planned for the next."""
    known = [(row.year, row.full_cost) for row in own.costs if row.full_cost is not None]
    planned = [(row.year, row.cost) for row in own.planning_costs if row.cost is not None]
    if not known:
        return []
    most = scaled(value for _, value in [*known, *planned])
    rows = [Bars(str(year), (Bar(0, cost / most),), whole(cost) or "") for year, cost in known[-5:]]
    rows += [
        Bars(f"{year}, planned", (Bar(0, cost / most, hollow=True),), whole(cost) or "")
        for year, cost in planned
    ]
    currency = next((row.currency for row in own.costs), "")
    return [Chart(f"Full cost a year, {currency}", tuple(rows))]


def time_line(portfolio: Portfolio, agreement_id: str, as_of: date) -> Part:
    """Return the projects and their milestones on one line of time."""
    agreement = portfolio.get(Agreement, agreement_id)
    projects = [p for p in portfolio.of(agreement, Project) if p.starts or p.ends]
    if not projects:  # the practices say whether there is none, or no sheet of them
        return Stack()
    first, last = date(as_of.year - YEARS_BACK, 1, 1), date(as_of.year + 2, 1, 1)
    recent = [p for p in projects if _last_day(p, as_of) >= first]
    older = len(projects) - len(recent)
    recent.sort(key=lambda p: _first_day(p), reverse=True)
    rows = tuple(_project(p, portfolio, first, last, as_of) for p in recent[:MOST_PROJECTS])
    years = range(first.year, last.year + 1)
    lines = tuple(((date(y, 1, 1) - first).days / (last - first).days, str(y)) for y in years)
    left = older + len(recent[MOST_PROJECTS:])
    note = "Rings: milestones. Hollow: planned."
    note += f" {how_many(left, 'more project')} below." if left else ""
    active = sum(p.state == ProjectState.ACTIVE for p in projects)
    message = f"{how_many(active, 'project')} under way of {len(projects)} on record"
    if not rows:
        return Sentences((f"{message}; the last ended before {first.year}.",))
    return Chart(message, rows, lines, is_grid=True, note=note)


def _project(project: Project, portfolio: Portfolio, first: date, last: date, as_of: date) -> Bars:
    def at(day: date) -> float:
        return min(max((day - first).days / (last - first).days, 0.0), 1.0)

    milestones = portfolio.of(project, Milestone)
    hollow = project.state == ProjectState.PLANNED
    bar = Bar(at(_first_day(project)), at(_last_day(project, as_of)), hollow)
    marks = tuple(at(m.due.last) for m in milestones if first <= m.due.last <= last)
    return Bars(project.name, (bar,), str(project.state or ""), marks)


def _first_day(project: Project) -> date:
    known = project.starts or project.ends
    return known.first


def _last_day(project: Project, as_of: date) -> date:
    if project.ends:
        return project.ends.last
    running = project.state == ProjectState.ACTIVE
    return max(as_of, _first_day(project)) if running else _first_day(project) + timedelta(days=30)
