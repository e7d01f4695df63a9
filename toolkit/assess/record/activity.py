"""What happened under an agreement in the months that count, and whether it is dormant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.assess.record.conditions import sponsor_confirmed
from toolkit.model.dates import When, add_months
from toolkit.model.policy import ExcludedPeriod, Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Project
from toolkit.model.vocabulary import Finding, ProjectState


@dataclass(frozen=True)
class Window:
    """The months that count, ending at the date of the review; excluded periods do not count."""

    first: date
    last: date

    def holds(self, starts: date | None, ends: date | None) -> bool:
        """Whether something that ran from `starts` to `ends` touches the window."""
        first, last = starts or ends, ends or self.last
        return first is not None and first <= self.last and last >= self.first


def activity_window(
    policy: Policy, *, as_of: date, country: str | None, months: int | None = None
) -> Window:
    """Return the window of these months, moved back by the excluded days inside it.

    Without `months` it has the policy's `inactive_months`.
    """
    first = add_months(as_of, -(months or policy.periods.inactive_months))
    periods = [p for p in policy.excluded_periods if not p.countries or country in p.countries]
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
    counted = (ProjectState.ACTIVE, ProjectState.DONE)
    return sum(
        p.state in counted
        and window.holds(p.starts.first if p.starts else None, p.ends.last if p.ends else None)
        for p in projects
    )


def projects_of_year(portfolio: Portfolio, policy: Policy, *, as_of: date) -> list[Project]:
    """Return the projects active or done in the reporting year up to `as_of`."""
    first = policy.year_end(policy.year_of(as_of) - 1) + timedelta(days=1)
    year = Window(first, as_of)
    return [row for row in portfolio.rows(Project) if count_active([row], year)]


def latest_word(agreement: Agreement) -> When | None:
    """Return the later of the last contact and the last answer, as the workbook gives it."""
    heard = (agreement.last_contact, agreement.answered_on)
    return max(filter(None, heard), key=lambda when: when.last, default=None)


def is_silent(
    agreement: Agreement, projects: Sequence[Project], policy: Policy, *, as_of: date
) -> bool:
    """Whether nothing happened, nothing is planned and nobody confirmed it (rule 7)."""
    window = activity_window(policy, as_of=as_of, country=agreement.country)
    heard = latest_word(agreement)
    return (
        count_active(projects, window) == 0
        and not any(_is_ahead(p, as_of) for p in projects)
        and (heard is None or heard.last < window.first)
        and sponsor_confirmed(agreement, policy, as_of=as_of) != Finding.MET
    )


def _is_ahead(project: Project, as_of: date) -> bool:
    """Whether a project is planned and its time has not passed; without dates it may come."""
    last = project.ends or project.starts
    return project.state == ProjectState.PLANNED and (last is None or last.last >= as_of)


def market_score(agreement: Agreement, policy: Policy) -> int | None:
    """Return criterion C1: 100 for a tier 1 country or metro, 50 for tier 2, else 0.

    `None` where the policy lists no markets: then the criterion is not known.
    """
    if not policy.markets.are_listed:
        return None
    places = {agreement.country, agreement.city, agreement.partner}
    if places & set(policy.markets.tier_1):
        return 100
    return 50 if places & set(policy.markets.tier_2) else 0
