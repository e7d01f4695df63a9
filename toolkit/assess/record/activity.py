"""What happened under an agreement in the months that count, and whether it is dormant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.record.conditions import sponsor_confirmed
from toolkit.assess.record.markets import shares_country
from toolkit.model.dates import When, add_months, spoken
from toolkit.model.policy import ExcludedPeriod, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Project
from toolkit.model.vocabulary import Finding, ProjectState


@dataclass(frozen=True)
class Window:
    """The months that count, ending at the date of the review; excluded periods do not count."""

    first: date
    last: date

    def holds(self, starts: date, ends: date) -> bool:
        """Whether something that ran from `starts` to `ends` touches the window."""
        return starts <= self.last and ends >= self.first


def activity_window(
    policy: Policy, *, as_of: date, country: str | None, months: int | None = None
) -> Window:
    """Return the window of these months, moved back by the excluded days inside it.

    Without `months` it has the policy's `inactive_months`.
    """
    first = add_months(as_of, -(months or policy.periods.inactive_months))
    periods = [
        p
        for p in policy.excluded_periods
        if not p.countries or shares_country(country, p.countries)
    ]
    for period in sorted(periods, key=lambda p: p.ends, reverse=True):
        first -= timedelta(days=_days_inside(period, first, as_of))
    return Window(first, as_of)


def _days_inside(period: ExcludedPeriod, first: date, last: date) -> int:
    """Return how many days the window loses to a period that begins or ends inside it."""
    if period.ends < first or period.starts > last:
        return 0
    return (min(period.ends, last) - period.starts).days + 1


def count_active(projects: Iterable[Project], window: Window) -> int:
    """Return how many projects were active or done in the window."""
    return sum(_counts(project, window) for project in projects)


def _counts(project: Project, window: Window) -> bool:
    """Whether a project is shown to have run in the window.

    One of which only one day is known is taken to have run on that day: a blank does not stretch
    it.
    """
    first, last = project.starts or project.ends, project.ends or project.starts
    has_run = project.state in (ProjectState.ACTIVE, ProjectState.DONE)
    return has_run and bool(first and last and window.holds(first.first, last.last))


def projects_of_year(portfolio: Portfolio, policy: Policy, *, as_of: date) -> list[Project]:
    """Return the projects active or done in the reporting year up to `as_of`."""
    first = policy.year_end(policy.year_of(as_of) - 1) + timedelta(days=1)
    year = Window(first, as_of)
    return [row for row in portfolio.rows(Project) if count_active([row], year)]


def latest_word(agreement: Agreement) -> When | None:
    """Return the later of the last contact and the last answer, as the workbook gives it."""
    heard = (agreement.last_contact, agreement.answered_on)
    return max(filter(None, heard), key=lambda when: when.last, default=None)


def signs_of_life(
    agreement: Agreement, projects: Sequence[Project], policy: Policy, *, as_of: date
) -> tuple[str, ...]:
    """Return what shows that an agreement without project is alive (rule 7), in words."""
    window = activity_window(policy, as_of=as_of, country=agreement.country)
    heard = latest_word(agreement)
    ahead = [p.name for p in projects if _is_ahead(p, as_of)]
    signs = (
        f"it was heard of on {spoken(heard)}" if heard and heard.last >= window.first else "",
        "its sponsor confirmed it"
        if sponsor_confirmed(agreement, policy, as_of=as_of) == Finding.MET
        else "",
        f"{' and '.join(ahead)} {'is' if len(ahead) == 1 else 'are'} planned" if ahead else "",
    )
    return tuple(filter(None, signs))


def _is_ahead(project: Project, as_of: date) -> bool:
    """Whether a project is planned and ends after the day; one without dates is not shown to."""
    last = project.ends or project.starts
    return project.state == ProjectState.PLANNED and last is not None and last.last > as_of
