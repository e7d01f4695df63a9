"""What is on record of one agreement: facts, projects, the five practices, what it lacks."""

from collections.abc import Sequence

import pandas as pd

from toolkit.model.dates import When
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Agreement, Engagement, Milestone, Objective, Project
from toolkit.report.markup import Table


def defect_table(review: pd.Series) -> Table:
    """Return what one agreement lacks, and what was not looked at."""
    rows = [(defect.name, str(defect.finding)) for defect in review.defects]
    rows += [(name, "not looked at: its sheet is not supplied") for name in review.not_looked_at]
    empty = "Nothing is missing that was looked at."
    return Table("What is missing", ("Requirement", "On record"), tuple(rows), empty=empty)


def project_table(portfolio: Portfolio, agreement_id: str) -> Table:
    """Return one agreement's projects with their milestones."""
    milestones: dict[str, list[str]] = {}
    for row in portfolio.rows(Milestone):
        done = f"done {row.done_on}" if row.done_on else "open"
        milestones.setdefault(row.project_id, []).append(f"{row.name}: due {row.due}, {done}")
    rows = tuple(
        (
            f"{row.project_id} {row.name}",
            row.kind,
            row.state,
            row.starts,
            row.ends,
            tuple(milestones.get(row.project_id, ())),
            row.cell("project_id"),
        )
        for row in portfolio.rows(Project)
        if row.agreement_id == agreement_id
    )
    headings = ("Project", "Kind", "State", "Starts", "Ends", "Milestones", "Cell")
    supplied = portfolio.has(Project)
    empty = "No project is on record." if supplied else "The sheet Projects is not supplied."
    return Table("Projects and milestones of the agreement", headings, rows, empty=empty)


def fact_table(portfolio: Portfolio, agreement_id: str) -> Table:
    """Return all that is on record of one agreement, with the cell of each value."""
    rows = []
    for record in portfolio.rows(Agreement):
        if record.agreement_id == agreement_id:
            rows = _facts(portfolio, record)
    headings = ("What", "On record", "Cell")
    return Table("On record", headings, tuple(rows))


def _facts(portfolio: Portfolio, record: tuple) -> Sequence[tuple[str, str, str]]:
    present = record.place.letters
    names = [name for name in Agreement.sheet.names if getattr(record, name) is not None]
    return [
        (
            name.replace("_", " "),
            _text(getattr(record, name)),
            record.cell(name) if name in present else "default",
        )
        for name in names
    ]


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def practice_table(portfolio: Portfolio, review: pd.DataFrame, agreement_id: str) -> Table:
    """Return the five practices with the evidence on record for one agreement."""
    agreement = next(row for row in portfolio.rows(Agreement) if row.agreement_id == agreement_id)
    rows = (
        ("Clear decision criteria", _criteria(review.loc[agreement_id])),
        ("Alternative partners", _partners(portfolio, agreement_id)),
        ("Time-bound projects", _time(portfolio, agreement)),
        ("Detailed objectives", _objectives(portfolio, agreement)),
        ("Robust policy framework", _framework(agreement)),
    )
    return Table("The five practices", ("Practice", "What the record shows"), rows)


def _criteria(review: pd.Series) -> str:
    return (
        f"Proposed by {review.rule}." if review.rule else "Not reviewed, so no criterion applies."
    )


def _partners(portfolio: Portfolio, agreement_id: str) -> str:
    if not portfolio.has(Engagement):
        return "Not looked at: the sheet Engagements is not supplied."
    count = sum(row.agreement_id == agreement_id for row in portfolio.rows(Engagement))
    return f"{count} alternative partner{'' if count == 1 else 's'} on record."


def _time(portfolio: Portfolio, agreement: Agreement) -> str:
    end = "has an end date" if isinstance(agreement.ends, When) else "has no known end date"
    if not portfolio.has(Project):
        return f"It {end}; projects are not looked at, the sheet is not supplied."
    ids = [row.agreement_id for row in portfolio.rows(Project)]
    return f"It {end}; {ids.count(agreement.agreement_id)} projects on record."


def _objectives(portfolio: Portfolio, agreement: Agreement) -> str:
    if portfolio.has(Objective):
        ids = [row.agreement_id for row in portfolio.rows(Objective)]
        return f"{ids.count(agreement.agreement_id)} stated objectives on record."
    if agreement.main_purpose:
        return f"Main purpose on record: {', '.join(agreement.main_purpose)}; no objective."
    return "No objective and no main purpose is on record."


def _framework(agreement: Agreement) -> str:
    if agreement.goals:
        return f"Serves the framework's goals {', '.join(agreement.goals)}."
    return "Not mapped to a goal of the framework."
