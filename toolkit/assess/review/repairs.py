"""What each single repair changes on record, as if it had been made on the day of the review.

Each repair is made at every agreement under review at once, which is the same as one by one: no
agreement's rules look at another's. The list that is tried is the policy's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from toolkit.assess.record.relationships import is_inside
from toolkit.assess.record.results import grouped
from toolkit.assess.year.smart import LETTERS, smart_level
from toolkit.model.dates import When, add_months
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed, make_table
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

    def rows(self) -> list[tuple]:
        """Return the agreements under review."""
        return [row for row in self.portfolio.rows("Agreements") if is_reviewed(row)]


Mend = Callable[[Situation], Situation]


def _filled(situation: Situation, **columns: Callable[[tuple], object]) -> Situation:
    """Return the situation with these columns of the agreements under review filled anew."""
    rows = situation.portfolio.rows("Agreements")
    table = situation.portfolio.tables["Agreements"]
    values = {
        name: pd.Series(
            [value(row) if is_reviewed(row) else getattr(row, name) for row in rows],
            table.index,
            object,
        )
        for name, value in columns.items()
    }
    return _with_table(situation, "Agreements", table.assign(**values))


def _with_table(situation: Situation, sheet: str, table: pd.DataFrame) -> Situation:
    tables = {**situation.portfolio.tables, sheet: table}
    return replace(situation, portfolio=replace(situation.portfolio, tables=tables))


def _with_rows(situation: Situation, sheet: str, rows: Sequence[Mapping[str, object]]) -> Situation:
    """Return the situation with further rows; a sheet that is not supplied stays as it is."""
    if not rows or not situation.portfolio.has(sheet):
        return situation
    added = pd.concat([situation.portfolio.tables[sheet], make_table(sheet, rows)])
    return _with_table(situation, sheet, added.reset_index(drop=True))


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

    def end(row: tuple) -> object:
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
    if not situation.portfolio.has("Objectives"):
        return situation
    return _with_letter(situation, "A")


def _commit_budget(situation: Situation) -> Situation:
    """Commit to each objective what it needs, and to each agreement a line of next year."""
    if not {"Objectives", "Budget"} & situation.portfolio.supplied:
        return situation
    funded = _with_letter(situation, "R")
    year = situation.policy.year_of(situation.as_of) + 1
    keys = [row.agreement_id for row in situation.rows()]
    lines = [{"year": year, "line": "agreement", "agreement_id": k, "budget": 1.0} for k in keys]
    if situation.portfolio.has("Budget"):
        return _with_rows(funded, "Budget", lines)
    objectives = situation.portfolio.tables["Objectives"]
    budgets = pd.Series([1.0] * len(objectives), objectives.index, object)
    return _with_table(funded, "Objectives", objectives.assign(approved_budget=budgets))


def _plan_project(situation: Situation) -> Situation:
    """Plan a project; what is only planned is no activity yet."""
    if not situation.portfolio.has("Projects"):
        return situation
    keys = [row.agreement_id for row in situation.rows()]
    starts = When.day_of(add_months(situation.as_of, 1))
    projects = [
        {"project_id": f"NEW-{key}", "agreement_id": key, "name": "A project", "starts": starts}
        | {"state": ProjectState.PLANNED}
        for key in keys
    ]
    milestones = [{"project_id": f"NEW-{key}", "name": "Begun", "due": starts} for key in keys]
    planned = _with_rows(situation, "Projects", projects)
    table = planned.portfolio.tables["Milestones"]
    added = pd.concat([table, make_table("Milestones", milestones)]).reset_index(drop=True)
    return _with_table(planned, "Milestones", added)


def _write_objective(situation: Situation) -> Situation:
    """Make one more objective SMART, with a review date; state one where there is none."""
    groups = grouped(situation.objectives.itertuples(), "agreement_id")
    if not situation.portfolio.has("Objectives"):
        return situation
    smart = {
        key: min(len(rows), 1 + sum(r.smart == SmartLevel.SMART for r in rows)) / len(rows)
        for key, rows in groups.items()
    }
    new = [_new_objective(row, situation) for row in situation.rows()]
    without = [row for row in new if row["agreement_id"] not in groups]
    shares = smart | {row["agreement_id"]: 1.0 for row in without}
    return _with_rows(_with_smart(_with_reviews(situation), shares), "Objectives", without)


def _with_reviews(situation: Situation) -> Situation:
    """Return the situation with a review date at the first objective of each agreement."""
    table, seen, dates = situation.portfolio.tables["Objectives"], set(), []
    for row in situation.portfolio.rows("Objectives"):
        dates.append(
            row.review_on if row.agreement_id in seen else row.review_on or situation.today
        )
        seen.add(row.agreement_id)
    reviewed = table.assign(review_on=pd.Series(dates, table.index, object))
    return _with_table(situation, "Objectives", reviewed)


def _new_objective(row: tuple, situation: Situation) -> dict[str, object]:
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
