"""What the workbook holds of a reporting year, and whether that year is the one meant.

Source: domain, section 1, The year. A plan speaks of no year: what is planned, budgeted or due has
not happened. A list of agreements alone has no year of its own and is reviewed on any day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.model.dates import Period, When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import VOID, Agreement, BudgetLine, Decision, PeriodResult, Project
from toolkit.model.text import listed
from toolkit.model.vocabulary import ProjectState, Status

Span = tuple[date, date]  # the first and the last day that a row speaks of
NOT_DONE = (ProjectState.PLANNED, ProjectState.CANCELLED)


@dataclass(frozen=True)
class Held:
    """What is on record of one reporting year.

    Attributes
    ----------
    results, drafts
        Reported values of periods that touch the year, parts left out and drafts included.
    projects
        Projects active or done on some day of it.
    decisions, budget_lines
        Rows of that year.
    others
        Further rows with a day of it: a contact, a signature, an outcome, a profile.
    last_year
        The last year with a row that speaks of it; `None` where no row has a day.
    is_silent
        Whether rows speak of other years and none of this one: nothing can be judged of it.
    doubt
        Why another year is probably meant, as a sentence that asks; blank where this one is.
    """

    year: int
    results: int
    drafts: int
    projects: int
    decisions: int
    budget_lines: int
    others: int
    last_year: int | None
    is_silent: bool
    doubt: str

    @property
    def sentence(self) -> str:
        """What the workbook holds of the year, as `check` and each page say it first."""
        if self.is_silent:
            return self.silence
        drafts = f" ({self.drafts} draft{'s' * (self.drafts > 1)})" if self.drafts else ""
        counts = (
            (self.results, "result", drafts),
            (self.projects, "project", " active"),
            (self.decisions, "decision", ""),
            (self.budget_lines, "budget line", ""),
        )
        held = [f"{n} {noun}{'s' * (n > 1)}{more}" for n, noun, more in counts if n]
        held += [f"{self.others} other dated row{'s' * (self.others > 1)}"] if self.others else []
        lacking = [noun for n, noun, _ in counts if not n]
        none = " or ".join(filter(None, (", ".join(lacking[:-1]), *lacking[-1:])))
        said = [f"On record of {self.year}: {listed(held)}."] if held else []
        said += [f"No {none} of {self.year} is on record."] if lacking else []
        return " ".join(said)

    @property
    def silence(self) -> str:
        """Why nothing is proposed of the year; blank where something is on record of it."""
        if not self.is_silent:
            return ""
        return (
            f"Nothing that happened in {self.year} is on record, so nothing is proposed of it. "
            f"The last year with such a row is {self.last_year}."
        )


def find_held(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Held:
    """Return what a workbook holds of the reporting year of a day, and whether another is meant.

    It looks at the rows as typed, those of later days too. They may come from a workbook with
    problems: what could not be read is not counted.
    """
    portfolio, year = portfolio.typed or portfolio, policy.year_of(as_of)
    first, last = policy.year_end(year - 1) + timedelta(days=1), policy.year_end(year)

    def falls(span: Span) -> bool:
        return span[0] <= last and span[1] >= first

    spoken = [(row, span) for row in _all_rows(portfolio) for span in _spans(row, policy)]
    of_year = {(row.place.sheet, row.place.number): row for row, span in spoken if falls(span)}
    counted = (PeriodResult, Project, Decision, BudgetLine)
    results = [row for row in of_year.values() if isinstance(row, PeriodResult) and not row.part]
    newest = max((span[1] for _, span in spoken), default=None)
    last_year = policy.year_of(newest) if newest else None
    is_dated = any(not isinstance(row, Agreement) for row, _ in spoken)
    return Held(
        year=year,
        results=len(results),
        drafts=sum(row.state == "draft" for row in results),
        projects=sum(falls(span) for row in portfolio.rows(Project) for span in _active(row)),
        decisions=sum(row.year == year for row in portfolio.rows(Decision)),
        budget_lines=sum(_has_amount(row, year) for row in portfolio.rows(BudgetLine)),
        others=sum(not isinstance(row, counted) for row in of_year.values()),
        last_year=last_year,
        is_silent=is_dated and not of_year and not _is_complete(portfolio, first),
        doubt=_doubt(portfolio, policy, year, last_year),
    )


def _all_rows(portfolio: Portfolio) -> Iterator[Row]:
    for rows in portfolio.sheets.values():
        yield from rows


def _spans(row: Row, policy: Policy) -> Iterator[Span]:
    """Yield the days on which something happened that a row tells of."""
    if not isinstance(row, Decision):  # what was decided of a year may be decided after its end
        for name in row.sheet.happened:
            yield from _days(getattr(row, name))
    match row:
        case Agreement() if row.status != Status.PROPOSED:
            yield from _days(row.signed)
            yield from _days(row.renewed)
        case Project() if row.state not in NOT_DONE:
            yield from _days(row.starts)
            if row.state == ProjectState.DONE:
                yield from _active(row)
        case PeriodResult() if row.state != VOID and isinstance(row.period, Period):
            if row.actual is not None or row.numerator is not None:
                yield row.period.first, row.period.last
        case BudgetLine() if row.actual is not None and row.year is not None:
            yield policy.year_end(row.year - 1) + timedelta(days=1), policy.year_end(row.year)
        case Decision() if row.year is not None:
            yield policy.year_end(row.year - 1) + timedelta(days=1), policy.year_end(row.year)


def _is_complete(portfolio: Portfolio, first: date) -> bool:
    """Whether somebody said that an agreement's records are complete up to the year or beyond."""
    said = (row.records_complete_to for row in portfolio.rows(Agreement))
    return any(when is not None and when.last >= first for when in said)


def _days(when: object) -> Iterator[Span]:
    if isinstance(when, When):
        yield when.first, when.last


def _active(project: Project) -> Iterator[Span]:
    """Yield the days of a project that is or was at work."""
    days = [when for when in (project.starts, project.ends) if isinstance(when, When)]
    if days and project.state not in NOT_DONE:
        yield days[0].first, days[-1].last


def _has_amount(line: BudgetLine, year: int) -> bool:
    return line.year == year and not (line.budget is None and line.actual is None)


def _doubt(portfolio: Portfolio, policy: Policy, year: int, last_year: int | None) -> str:
    """Return the question whether another year is meant; blank where nothing speaks against it."""
    signed = [row.signed for row in portfolio.rows(Agreement) if row.signed is not None]
    later = sum(when.first > policy.year_end(year) for when in signed)
    newest = max(
        (day for row in _all_rows(portfolio) for day in _last_days(row, policy)), default=None
    )
    meant = last_year or (policy.year_of(newest) if newest else None)
    if meant is None or meant == year:
        return ""
    if 2 * later > len(signed):
        why = f"{later} of {len(signed)} agreements with a day of signing were signed after {year}."
        return f"{why} Did you mean {meant}?"
    if newest and year > policy.year_of(newest):
        return f"{year} is beyond the newest date in the workbook. Did you mean {meant}?"
    return ""


def _last_days(row: Row, policy: Policy) -> Iterator[date]:
    """Yield the last day of every date, period and year that a row names, plans included."""
    for name in row.sheet.names:
        value = getattr(row, name)
        if isinstance(value, When | Period):
            yield value.last
        elif name == "year" and value is not None:
            yield policy.year_end(value)
