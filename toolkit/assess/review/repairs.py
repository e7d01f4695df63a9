"""What each single repair changes on record, as if it had been made on the day of the review.

Each repair is made at every agreement under review at once, which is the same as one by one: no
agreement's rules look at another's. The list that is tried is the policy's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import pandas as pd

from toolkit.assess.record.relationships import is_inside
from toolkit.assess.record.results import grouped
from toolkit.assess.year.smart import LETTERS, smart_level
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.rows import Row
from toolkit.model.sheets import Agreement, BudgetLine, Milestone, Objective, Project
from toolkit.model.vocabulary import Family, ProjectState, Purpose, Repair, SmartLevel

SOMEBODY = "whoever is named"


@dataclass(frozen=True)
class Situation:
    """What the rules are run on: the record, and its evaluation by objective and agreement."""

    portfolio: Portfolio
    objectives: pd.DataFrame
    agreements: pd.DataFrame
    policy: Policy
    as_of: date

    @property
    def today(self) -> When:
        """The date of the review as a cell would hold it."""
        return When.day_of(self.as_of)

    def rows(self) -> list[Agreement]:
        """Return the agreements under review."""
        return [row for row in self.portfolio.rows(Agreement) if is_reviewed(row)]


Mend = Callable[[Situation], Situation]
Kind = TypeVar("Kind", bound=Row)


def _filled(situation: Situation, **columns: Callable[[Agreement], object]) -> Situation:
    """Return the situation with these columns of the agreements under review filled anew."""
    rows = [
        replace(row, **{name: value(row) for name, value in columns.items()})
        if is_reviewed(row)
        else row
        for row in situation.portfolio.rows(Agreement)
    ]
    return _with_rows(situation, Agreement, rows)


def _with_rows(situation: Situation, kind: type[Kind], rows: Sequence[Kind]) -> Situation:
    return replace(situation, portfolio=situation.portfolio.with_rows(kind, rows))


def _with_more(
    situation: Situation, kind: type[Kind], rows: Sequence[Mapping[str, object]]
) -> Situation:
    """Return the situation with further rows; a sheet that is not supplied stays as it is."""
    if not rows or not situation.portfolio.has(kind):
        return situation
    return _with_rows(situation, kind, [*situation.portfolio.rows(kind), *map(kind.made, rows)])


def _with_smart(situation: Situation, smart: Mapping[str, float]) -> Situation:
    """Return the situation with the share of SMART objectives of each agreement."""
    table = situation.agreements
    shares = pd.Series([smart.get(key, 0.0) for key in table.index], table.index, object)
    return replace(situation, agreements=table.assign(smart_share=shares))


def _with_letter(situation: Situation, letter: str) -> Situation:
    """Return the situation with full marks in one SMART letter of every objective."""
    table = situation.objectives.assign(**{letter: 2})
    levels = [
        smart_level({name: getattr(row, name) for name in LETTERS}, situation.policy)
        for row in table.itertuples()
    ]
    marked = table.assign(smart=pd.Series(levels, table.index, object))
    shares = {
        key: sum(row.smart == SmartLevel.SMART for row in rows) / len(rows)
        for key, rows in grouped(marked.itertuples(), "agreement_id").items()
    }
    return _with_smart(replace(situation, objectives=marked), shares)


def _agree_end(situation: Situation) -> Situation:
    """Set an end within the term that counts from signing or, where that has passed, from now."""
    shortest, longest = situation.policy.counts.agreement_term_years

    def end(row: Agreement) -> object:
        if isinstance(row.ends, When) and row.ends.last >= situation.as_of:
            return row.ends
        whole = add_months(row.signed.last, 12 * longest) if row.signed else situation.as_of
        ahead = whole > situation.as_of
        return When.day_of(whole if ahead else add_months(situation.as_of, 12 * shortest))

    return _filled(situation, ends=end)


def _name_lead(situation: Situation) -> Situation:
    return _filled(situation, lead_unit=lambda row: row.lead_unit or SOMEBODY)


def _file_text(situation: Situation) -> Situation:
    return _filled(situation, text_on_file=lambda _: "y")


def _confirm_sponsor(situation: Situation) -> Situation:
    return _filled(
        situation,
        community_sponsor=lambda row: row.community_sponsor or SOMEBODY,
        sponsor_confirmed=lambda _: situation.today,
    )


def _endorse(situation: Situation) -> Situation:
    return _filled(
        situation,
        endorsed_by=lambda row: row.endorsed_by or SOMEBODY,
        endorsed_on=lambda _: situation.today,
    )


def _complete_records(situation: Situation) -> Situation:
    return _filled(situation, records_complete_to=lambda _: situation.today)


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
    year = situation.policy.year_of(situation.as_of) + 1
    keys = [row.agreement_id for row in situation.rows()]
    lines = [{"year": year, "line": "agreement", "agreement_id": k, "budget": 1.0} for k in keys]
    if portfolio.has(BudgetLine):
        return _with_more(funded, BudgetLine, lines)
    objectives = [replace(row, approved_budget=1.0) for row in portfolio.rows(Objective)]
    return _with_rows(funded, Objective, objectives)


def _plan_project(situation: Situation) -> Situation:
    """Plan a project; what is only planned is no activity yet."""
    if not situation.portfolio.has(Project):
        return situation
    keys = [row.agreement_id for row in situation.rows()]
    starts = When.day_of(add_months(situation.as_of, 1))
    projects = [
        {"project_id": f"NEW-{key}", "agreement_id": key, "name": "A project", "starts": starts}
        | {"state": ProjectState.PLANNED}
        for key in keys
    ]
    milestones = [{"project_id": f"NEW-{key}", "name": "Begun", "due": starts} for key in keys]
    planned = _with_more(situation, Project, projects)
    rows = [*planned.portfolio.rows(Milestone), *map(Milestone.made, milestones)]
    return _with_rows(planned, Milestone, rows)


def _write_objective(situation: Situation) -> Situation:
    """Make one more objective SMART, with a review date; state one where there is none."""
    groups = grouped(situation.objectives.itertuples(), "agreement_id")
    if not situation.portfolio.has(Objective):
        return situation
    smart = {
        key: min(len(rows), 1 + sum(r.smart == SmartLevel.SMART for r in rows)) / len(rows)
        for key, rows in groups.items()
    }
    new = [_new_objective(row, situation) for row in situation.rows()]
    without = [row for row in new if row["agreement_id"] not in groups]
    shares = smart | {row["agreement_id"]: 1.0 for row in without}
    return _with_more(_with_smart(_with_reviews(situation), shares), Objective, without)


def _with_reviews(situation: Situation) -> Situation:
    """Return the situation with a review date at the first objective of each agreement."""
    seen, rows = set(), []
    for row in situation.portfolio.rows(Objective):
        is_first = row.agreement_id not in seen
        rows.append(replace(row, review_on=row.review_on or situation.today) if is_first else row)
        seen.add(row.agreement_id)
    return _with_rows(situation, Objective, rows)


def _new_objective(row: Agreement, situation: Situation) -> dict[str, object]:
    """Return an objective of the agreement's own class."""
    cls = situation.policy.class_named(row.classification)
    is_economic = cls is None or cls.family == Family.ECONOMIC
    return {
        "objective_id": f"NEW-{row.agreement_id}",
        "agreement_id": row.agreement_id,
        "statement": "A SMART objective",
        "purpose": (Purpose.ECON if is_economic else Purpose.CULT)
        if is_inside(row, situation.policy)
        else None,
        "review_on": situation.today,
    }


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
