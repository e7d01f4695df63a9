"""What an indicator of the scorecard looks at, and what it counts: who does, who does not.

Source: domain, section 10: n of N with the list behind; nothing to count is n/a, never 0.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from toolkit.assess.decisions.compared import DecisionCompared
from toolkit.assess.proposals.screened import ScreenedProposal
from toolkit.assess.record.activity import projects_of_year
from toolkit.assess.record.decided import known_decisions
from toolkit.assess.resources.selection import PLACES
from toolkit.assess.seating.seats import SeatOf
from toolkit.assess.seating.statement import SeatCount
from toolkit.assess.stock.catalyst import (
    OwnedAgreement,
    ProjectLead,
    find_partner_owned,
    find_project_leads,
)
from toolkit.assess.stock.partners import EngagementOf, find_engagements
from toolkit.assess.stock.publication import Publication, find_publications
from toolkit.assess.stock.yearplan import YearPlanOf, check_year_plan
from toolkit.assess.year.evaluation import AgreementReached, ObjectiveReached
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Table
from toolkit.model.rows import Row, joined, runs
from toolkit.model.sheets import Agreement, Decision, Objective, Project
from toolkit.model.told import tell
from toolkit.model.vocabulary import Family, Standing, Status


@dataclass(frozen=True)
class YearTables:
    """The results of the year that the scorecard reads; one that is None was not looked at.

    `consistency` is the comparison of decisions with the rules, `priorities` are the ids of the
    agreements on the year's short list.
    """

    partner_owned: Table[OwnedAgreement]
    project_leads: Table[ProjectLead]
    engagements: Table[EngagementOf]
    publication: Table[Publication]
    year_plan: Table[YearPlanOf]
    seats: Table[SeatOf] | None = None
    seat_counts: Table[SeatCount] | None = None
    objectives: Table[ObjectiveReached] | None = None
    agreements: Table[AgreementReached] | None = None
    proposals: Table[ScreenedProposal] | None = None
    consistency: Table[DecisionCompared] | None = None
    priorities: Sequence[str] | None = None


def read_record(portfolio: Portfolio, policy: Policy, *, as_of: date) -> YearTables:
    """Return what the record alone tells of a year, without what the rules make of it."""
    return YearTables(
        partner_owned=find_partner_owned(portfolio, policy, as_of=as_of),
        project_leads=find_project_leads(portfolio, policy, as_of=as_of),
        engagements=find_engagements(portfolio),
        publication=find_publications(portfolio, policy, as_of=as_of),
        year_plan=check_year_plan(portfolio, policy, as_of=as_of),
    )


@dataclass(frozen=True)
class Year:
    """All that the indicators look at: the record, the policy, the date and the year's results."""

    portfolio: Portfolio
    policy: Policy
    as_of: date
    tables: YearTables

    @property
    def number(self) -> int:
        """The reporting year."""
        return self.policy.year_of(self.as_of)

    @cached_property
    def in_force(self) -> list[Agreement]:
        """The agreements in force: active or suspended on the day."""
        return [row for row in self.portfolio.rows(Agreement) if is_reviewed(row)]

    @cached_property
    def active(self) -> list[Agreement]:
        """The agreements in force that are not suspended."""
        return [row for row in self.in_force if row.status != Status.SUSPENDED]

    @cached_property
    def partnerships(self) -> list[Agreement]:
        """The active agreements of an economic class."""
        return [row for row in self.active if self._family(row) == Family.ECONOMIC]

    def _family(self, agreement: Agreement) -> Family | None:
        cls = self.policy.class_named(agreement.classification)
        return cls.family if cls else None

    @cached_property
    def projects(self) -> list[Project]:
        """The projects active or done in the year."""
        return projects_of_year(self.portfolio, self.policy, as_of=self.as_of)

    @cached_property
    def objectives(self) -> list[Objective]:
        """The stated objectives of the agreements in force."""
        ids = {row.agreement_id for row in self.in_force}
        return [row for row in self.portfolio.rows(Objective) if row.agreement_id in ids]

    @cached_property
    def decisions(self) -> list[Decision]:
        """The decisions people took in the year or for it, known at the date of the review."""
        known = known_decisions(self.portfolio, self.policy, as_of=self.as_of)
        return [row for row in known if self.number in (row.year, self._taken_in(row))]

    def _taken_in(self, decision: Decision) -> int | None:
        day = decision.decided_on
        return self.policy.year_of(day.first) if day else None

    def label(self, subject_id: str) -> str:
        """Return how an agreement is called; another subject by its id."""
        return self.portfolio.labels.get(subject_id, subject_id)

    def cells(self, rows: Iterable[Row], *columns: str) -> str:
        """Return the cells of some columns in some rows, in runs."""
        found = list(rows)
        present = [c for c in columns if found and c in found[0].place.letters]
        return joined(address for c in present for address in runs(found, c))


Subject = tuple[str, str]  # a label, and what it lacks to be counted ("" where nothing)


@dataclass(frozen=True)
class Count:
    """What one indicator found: who counts, and who does not with what is lacking.

    `n` and `of` are set only where they are not the lengths of the lists; `words` stand in place
    of "n of N", `status` in place of the share; `note` is added to the reason.
    """

    counted: tuple[str, ...] = ()
    lacking: tuple[Subject, ...] = ()
    cells: str = ""
    n: float | None = None
    of: float | None = None
    words: str = ""
    status: Standing | None = None
    note: str = field(default="", kw_only=True)

    @property
    def figure(self) -> tuple[float, float]:
        """N and N."""
        n = len(self.counted) if self.n is None else self.n
        return n, len(self.counted) + len(self.lacking) if self.of is None else self.of

    @property
    def not_counted(self) -> tuple[str, ...]:
        """Those that do not count, told together where they lack the same."""
        groups: dict[str, list[str]] = {}
        for label, lacks in self.lacking:
            groups.setdefault(lacks, []).append(label)
        return tuple(
            tell("{lacks}: {who}", lacks=lacks, who="; ".join(who)) for lacks, who in groups.items()
        )

    @property
    def standing(self) -> Standing:
        """Met by all, by some, or by none; n/a where there is nothing to count."""
        n, of = self.figure
        if not of:
            return Standing.NOT_APPLICABLE
        if self.status is not None:
            return self.status
        share = round(n / of, PLACES)
        return Standing.MET if share >= 1 else Standing.PARTLY if share > 0 else Standing.NOT_MET


NOT_LOOKED_AT = Count(note="Not looked at.")


def split(subjects: Iterable[Subject], cells: str = "", *, note: str = "") -> Count:
    """Return those that lack nothing as counted, the others with what they lack."""
    found = list(subjects)
    return Count(
        tuple(label for label, lacks in found if not lacks),
        tuple((label, lacks) for label, lacks in found if lacks),
        cells,
        note=note,
    )
