"""What each single repair changes on record, as if it had been made on the day of the review.

Each repair is made at every agreement looked at at once, which is the same as one by one: no
agreement's rules look at one of another relationship. The list that is tried is the policy's.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from toolkit.assess.record.relationships import is_inside, relationship_key
from toolkit.assess.year.evaluation import AgreementReached, ObjectiveReached
from toolkit.assess.year.smart import LETTERS, smart_level
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Table
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    Agreement,
    BudgetLine,
    Decision,
    Engagement,
    Milestone,
    Objective,
    Profile,
    Project,
)
from toolkit.model.vocabulary import EndWord, Family, ProjectState, Purpose, Repair, SmartLevel

SOMEBODY = "whoever is named"
OF_AN_AGREEMENT = (Objective, Project, Engagement, Profile, BudgetLine, Decision)
Kind = TypeVar("Kind", bound=Row)


@dataclass(frozen=True)
class Situation:
    """What the rules are run on: the record, and what the year delivered by it."""

    portfolio: Portfolio
    objectives: Table[ObjectiveReached]
    achievement: Table[AgreementReached]
    policy: Policy
    as_of: date

    @property
    def today(self) -> When:
        """The date of the review as a cell would hold it."""
        return When.day_of(self.as_of)

    @property
    def rows(self) -> list[Agreement]:
        """The agreements under review."""
        return [row for row in self.portfolio.rows(Agreement) if is_reviewed(row)]

    def about(self, keys: Collection[str]) -> "Situation":
        """Return what stands on record of these agreements and of those they share a partner with.

        An instrument may fold into another of its relationship; beyond it nothing is looked at.
        """
        rows = self.portfolio.rows(Agreement)
        looked_at = {relationship_key(row) for row in rows if row.agreement_id in keys}
        kept = [row for row in rows if relationship_key(row) in looked_at]
        ids = {row.agreement_id for row in kept}
        return replace(
            self,
            portfolio=_narrowed(self.portfolio, kept),
            objectives=self.objectives.where(lambda row: row.agreement_id in ids),
            achievement=self.achievement.where(lambda row: row.agreement_id in ids),
        )

    def stated(self, agreement: Agreement) -> list[ObjectiveReached]:
        """Return what was found of each objective of an agreement."""
        rows = self.portfolio.of(agreement, Objective)
        found = (self.objectives.get(row.objective_id) for row in rows)
        return [row for row in found if row is not None]


def _narrowed(portfolio: Portfolio, agreements: Sequence[Agreement]) -> Portfolio:
    """Return a portfolio of these agreements alone."""
    sheets: dict[type[Row], Sequence[Row]] = {
        kind: [row for agreement in agreements for row in portfolio.of(agreement, kind)]
        for kind in OF_AN_AGREEMENT
    }
    milestones = [m for project in sheets[Project] for m in portfolio.of(project, Milestone)]
    own = {Agreement: agreements, Milestone: milestones}
    return replace(portfolio, sheets={**portfolio.sheets, **sheets, **own})


Mend = Callable[[Situation], Situation]


def _at_each(situation: Situation, mended: Callable[[Agreement], Agreement]) -> Situation:
    """Return the situation with the agreements under review mended."""
    agreements = situation.portfolio.rows(Agreement)
    rows = [mended(row) if is_reviewed(row) else row for row in agreements]
    return _with_rows(situation, Agreement, rows)


def _with_rows(situation: Situation, kind: type[Kind], rows: Sequence[Kind]) -> Situation:
    return replace(situation, portfolio=situation.portfolio.with_rows(kind, rows))


def _with_more(situation: Situation, kind: type[Kind], rows: Sequence[Kind]) -> Situation:
    """Return the situation with further rows; a sheet that is not supplied stays as it is."""
    if not rows or not situation.portfolio.has(kind):
        return situation
    return _with_rows(situation, kind, [*situation.portfolio.rows(kind), *rows])


def _with_smart(situation: Situation, shares: Mapping[str, float]) -> Situation:
    """Return the situation with the share of SMART objectives of each agreement."""
    table = situation.achievement
    rows = (replace(row, smart_share=shares.get(row.agreement_id, 0.0)) for row in table)
    return replace(situation, achievement=Table(table.kind, rows))


def _with_letter(situation: Situation, letter: str) -> Situation:
    """Return the situation with full marks in one SMART letter of every objective."""
    table, policy = situation.objectives, situation.policy
    rows = [replace(row, **{letter: 2}) for row in table]  # type: ignore[arg-type]  # a name of LETTERS
    levels = [smart_level({name: getattr(row, name) for name in LETTERS}, policy) for row in rows]
    marked = [replace(row, smart=level) for row, level in zip(rows, levels, strict=True)]
    found = replace(situation, objectives=Table(table.kind, marked))
    return _with_smart(found, _smart_shares(found, more=0))


def _smart_shares(situation: Situation, *, more: int) -> dict[str, float]:
    """Return, where objectives are stated, the share that is SMART, with so many more of them."""
    stated = {row.agreement_id: situation.stated(row) for row in situation.rows}
    return {
        key: min(len(rows), more + sum(row.smart == SmartLevel.SMART for row in rows)) / len(rows)
        for key, rows in stated.items()
        if rows
    }


def _agree_end(situation: Situation) -> Situation:
    """Set an end within the term that counts from signing or, where that has passed, from now."""
    shortest, longest = situation.policy.counts.agreement_term_years

    def end(row: Agreement) -> When | EndWord | None:
        if isinstance(row.ends, When) and row.ends.last >= situation.as_of:
            return row.ends
        whole = add_months(row.signed.last, 12 * longest) if row.signed else situation.as_of
        ahead = whole > situation.as_of
        return When.day_of(whole if ahead else add_months(situation.as_of, 12 * shortest))

    return _at_each(situation, lambda row: replace(row, ends=end(row)))


def _name_lead(situation: Situation) -> Situation:
    return _at_each(situation, lambda row: replace(row, lead_unit=row.lead_unit or SOMEBODY))


def _file_text(situation: Situation) -> Situation:
    return _at_each(situation, lambda row: replace(row, text_on_file="y"))


def _confirm_sponsor(situation: Situation) -> Situation:
    return _at_each(
        situation,
        lambda row: replace(
            row,
            community_sponsor=row.community_sponsor or SOMEBODY,
            sponsor_confirmed=situation.today,
        ),
    )


def _endorse(situation: Situation) -> Situation:
    return _at_each(
        situation,
        lambda row: replace(
            row, endorsed_by=row.endorsed_by or SOMEBODY, endorsed_on=situation.today
        ),
    )


def _complete_records(situation: Situation) -> Situation:
    return _at_each(situation, lambda row: replace(row, records_complete_to=situation.today))


def _agree_duties(situation: Situation) -> Situation:
    if not situation.portfolio.has(Objective):
        return situation
    return _with_letter(situation, "A")


def _commit_budget(situation: Situation) -> Situation:
    """Commit to each objective what it needs, and to each agreement a line of next year."""
    portfolio = situation.portfolio
    if not (portfolio.has(Objective) or portfolio.has(BudgetLine)):
        return situation
    funded = _with_letter(situation, "R")
    if portfolio.has(BudgetLine):
        return _with_more(funded, BudgetLine, [_new_line(a, situation) for a in situation.rows])
    objectives = [replace(row, approved_budget=1.0) for row in portfolio.rows(Objective)]
    return _with_rows(funded, Objective, objectives)


def _new_line(agreement: Agreement, situation: Situation) -> BudgetLine:
    year = situation.policy.year_of(situation.as_of) + 1
    key = agreement.agreement_id
    return BudgetLine.made({"year": year, "line": "agreement", "agreement_id": key, "budget": 1.0})


def _plan_project(situation: Situation) -> Situation:
    """Plan a project; what is only planned is no activity yet."""
    if not situation.portfolio.has(Project):
        return situation
    starts = When.day_of(add_months(situation.as_of, 1))
    projects = [_new_project(row, starts) for row in situation.rows]
    milestones = [
        Milestone.made({"project_id": row.project_id, "name": "Begun", "due": starts})
        for row in projects
    ]
    planned = _with_more(situation, Project, projects)
    rows = [*planned.portfolio.rows(Milestone), *milestones]
    return _with_rows(planned, Milestone, rows)


def _new_project(agreement: Agreement, starts: When) -> Project:
    key = agreement.agreement_id
    named = {"project_id": f"NEW-{key}", "agreement_id": key, "name": "A project"}
    return Project.made(named | {"starts": starts, "state": ProjectState.PLANNED})


def _write_objective(situation: Situation) -> Situation:
    """Make one more objective SMART, with a review date; state one where there is none."""
    if not situation.portfolio.has(Objective):
        return situation
    shares = _smart_shares(situation, more=1)
    without = [row for row in situation.rows if row.agreement_id not in shares]
    shares |= {row.agreement_id: 1.0 for row in without}
    new = [_new_objective(row, situation) for row in without]
    return _with_more(_with_smart(_with_reviews(situation), shares), Objective, new)


def _with_reviews(situation: Situation) -> Situation:
    """Return the situation with a review date at the first objective of each agreement."""
    portfolio, today = situation.portfolio, situation.today
    stated = (portfolio.of(row, Objective) for row in portfolio.rows(Agreement))
    firsts = {rows[0].objective_id for rows in stated if rows}
    rows = [
        replace(row, review_on=row.review_on or today) if row.objective_id in firsts else row
        for row in portfolio.rows(Objective)
    ]
    return _with_rows(situation, Objective, rows)


def _new_objective(agreement: Agreement, situation: Situation) -> Objective:
    """Return an objective of the agreement's own class."""
    cls = situation.policy.class_named(agreement.classification)
    is_economic = cls is None or cls.family == Family.ECONOMIC
    own = Purpose.ECON if is_economic else Purpose.CULT
    return Objective.made(
        {
            "objective_id": f"NEW-{agreement.agreement_id}",
            "agreement_id": agreement.agreement_id,
            "statement": "A SMART objective",
            "purpose": own if is_inside(agreement, situation.policy) else None,
            "review_on": situation.today,
        }
    )


MENDS: Mapping[Repair, Mend] = {
    Repair.END_DATE: _agree_end,
    Repair.LEAD_UNIT: _name_lead,
    Repair.DUTIES: _agree_duties,
    Repair.BUDGET: _commit_budget,
    Repair.PROJECT: _plan_project,
    Repair.TEXT: _file_text,
    Repair.SPONSOR: _confirm_sponsor,
    Repair.ENDORSEMENT: _endorse,
    Repair.RECORDS: _complete_records,
    Repair.SMART_OBJECTIVE: _write_objective,
}
