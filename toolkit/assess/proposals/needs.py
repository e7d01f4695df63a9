"""What an agreement or a project is looking for in a partner: audiences, sectors, activities.

Source: domain, section 9. Each word keeps the cells it stands in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.assess.proposals.screened import NO_ACHIEVEMENT
from toolkit.assess.record.results import grouped, joined
from toolkit.assess.review.criteria import gather_sources
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, Engagement, Objective, Project
from toolkit.model.vocabulary import ProjectState, Status

OPEN = (Status.ACTIVE, Status.PROPOSED)
AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)
SOUGHT = ("sector", "activity")


@dataclass(frozen=True)
class Subject:
    """One agreement or project that could bring a partner in, and what it is looking for.

    `audiences` and `fields` give, for each word sought, the cells it stands in.
    """

    id: str
    name: str
    agreement: Agreement
    audiences: Mapping[str, str]
    fields: Mapping[str, str]
    engaged: frozenset[str]


def find_needs(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Iterator[Subject]:
    """Return each agreement that could bring a partner in, and its projects without a leader.

    Left out are agreements that are not active or proposed, on legal hold, or another's own.
    """
    profiles = gather_sources(portfolio, policy, NO_ACHIEVEMENT, as_of=as_of).profiles
    objectives, projects, engagements = (
        grouped(portfolio.rows(sheet), "agreement_id") for sheet in (Objective, Project, Engagement)
    )
    for agreement in portfolio.rows(Agreement):
        if agreement.status not in OPEN or agreement.legal_hold == "y" or agreement.owner:
            continue
        key = agreement.agreement_id
        own = projects.get(key, ())
        stated = [o for o in objectives.get(key, ()) if not _is_over(o, as_of)]
        engaged = {row.partner_id for row in engagements.get(key, ())}
        engaged |= {project.led_by_partner for project in own}
        whole = Subject(
            key,
            portfolio.labels[key],
            agreement,
            _words(stated, ("audience",)),
            _words([profiles.get(key)], ("sectors_shared",)) | _words(stated, SOUGHT),
            frozenset(engaged),
        )
        yield whole
        for project in own:
            if project.state in AHEAD and not project.led_by_partner:
                yield _of_project(project, whole, stated, portfolio)


def _of_project(
    project: Project, whole: Subject, stated: Sequence[tuple], portfolio: Portfolio
) -> Subject:
    """Return what one project is looking for: what the objective it serves does."""
    served = [o for o in stated if o.objective_id == project.objective_id]
    return replace(
        whole,
        id=project.project_id,
        name=f"{project.name} ({whole.name})",
        audiences=_words(served, ("audience",)),
        fields=_words(served, SOUGHT),
    )


def _is_over(objective: Objective, as_of: date) -> bool:
    return isinstance(objective.ends, When) and objective.ends.last < as_of


def _words(rows: Iterable[Row | None], columns: Sequence[str]) -> dict[str, str]:
    """Return the words of these columns, without regard to case, with the cells they stand in."""
    found: dict[str, list[str]] = {}
    for row in filter(None, rows):
        for column in columns:
            for word in _split(getattr(row, column)):
                cell = row.cell(column)
                found.setdefault(word, []).append(cell)
    return {word: joined(cells) for word, cells in found.items()}


def _split(value: str | tuple[str, ...] | None) -> Iterator[str]:
    """Return the words of a cell, several of them separated by a semicolon."""
    for part in value.split(";") if isinstance(value, str) else value or ():
        if part.strip():
            yield part.strip().casefold()
