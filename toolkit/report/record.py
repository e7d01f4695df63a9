"""What is on record of one agreement and follows from it: proposal, facts, practices, defects."""

from toolkit.model.dates import When
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result
from toolkit.model.sheets import Agreement, Engagement, Milestone, Objective, Project
from toolkit.report.basis import page_header
from toolkit.report.markup import Header, HtmlTable, Sentences
from toolkit.report.review import evidence_words, firmness_words, proposed, second_option
from toolkit.report.view import Found

NOTHING_UNMET = "No requirement that was looked at is unmet."
NOT_UNDER_REVIEW = "It is not under review, so no requirement was looked at."


def verdict(row: Result, seat: Result, plain: str) -> Sentences:
    """Return one agreement's proposal with its plain reason, then how the rules came to it."""
    lines = [f"Proposed: {proposed(row)}. {plain}", row.reason]
    if row.rule:
        lines.append(f"Matched {row.rule}. Evidence: {evidence_words(row)}.")
    if row.drawn:
        lines.append(f"Firmness: {firmness_words(row)}.")
    lines.append(f"Second option: {second_option(row) or 'none at this level of evidence'}.")
    lines.append(f"Seat: {seat.decision}. {seat.reason}")
    return Sentences(tuple(lines))


def agreement_header(results: Found, agreement_id: str) -> Header:
    """Return the title of one agreement's report."""
    review = results.review[agreement_id]
    title = f"{review.partner}, {review.country}: agreement report {results.year}"
    return page_header(title, results, results.levels[agreement_id])


def worked_out(review: Result) -> Sentences:
    """Return which rule decided, the facts it saw and the cells it rests on."""
    facts = f"Facts seen: {'; '.join(review.facts)}."
    rule = f"Rule matched: {review.rule}." if review.rule else "No rule was tried."
    return Sentences((rule, facts, f"Cells: {review.cells}."))


def defect_table(review: Result) -> HtmlTable:
    """Return what one agreement lacks, and what was not looked at."""
    rows = [(defect.name, str(defect.finding)) for defect in review.defects]
    rows += [(name, "not looked at: its sheet is not supplied") for name in review.not_looked_at]
    empty = NOTHING_UNMET if review.rule else NOT_UNDER_REVIEW
    return HtmlTable("What it lacks", ("Requirement", "On record"), tuple(rows), empty=empty)


def project_table(portfolio: Portfolio, agreement_id: str) -> HtmlTable:
    """Return one agreement's projects with their milestones."""
    agreement = portfolio.get(Agreement, agreement_id)
    rows = tuple(
        (
            f"{project.project_id} {project.name}",
            project.kind,
            project.state,
            project.starts,
            project.ends,
            tuple(map(_milestone, portfolio.of(project, Milestone))),
            project.cell("project_id"),
        )
        for project in portfolio.of(agreement, Project)
    )
    headings = ("Project", "Kind", "State", "Starts", "Ends", "Milestones", "Cell")
    supplied = portfolio.has(Project)
    empty = "No project is on record." if supplied else "The sheet Projects is not supplied."
    return HtmlTable("Projects and milestones of the agreement", headings, rows, empty=empty)


def _milestone(milestone: Milestone) -> str:
    done = f"done {milestone.done_on}" if milestone.done_on else "open"
    return f"{milestone.name}: due {milestone.due}, {done}"


def fact_table(portfolio: Portfolio, agreement_id: str) -> HtmlTable:
    """Return all that is on record of one agreement, with the cell of each value."""
    headings = ("What", "On record", "Cell")
    return HtmlTable("On record", headings, _facts(portfolio.get(Agreement, agreement_id)))


def _facts(agreement: Agreement) -> tuple[tuple[str, str, str], ...]:
    present = agreement.place.letters
    names = [name for name in Agreement.sheet.names if getattr(agreement, name) is not None]
    return tuple(
        (
            name.replace("_", " "),
            _text(getattr(agreement, name)),
            agreement.cell(name) if name in present else "default",
        )
        for name in names
    )


def _text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def practice_table(portfolio: Portfolio, review: Result) -> HtmlTable:
    """Return the five practices with the evidence on record for one agreement."""
    agreement = portfolio.get(Agreement, review.agreement_id)
    rows = (
        ("Clear decision criteria", _criteria(review)),
        ("Alternative partners", _partners(portfolio, agreement)),
        ("Time-bound projects", _time(portfolio, agreement)),
        ("Detailed objectives", _objectives(portfolio, agreement)),
        ("Robust policy framework", _framework(agreement)),
    )
    return HtmlTable("The five practices", ("Practice", "What the record shows"), rows)


def _criteria(review: Result) -> str:
    return (
        f"Proposed by {review.rule}." if review.rule else "Not reviewed, so no criterion applies."
    )


def _partners(portfolio: Portfolio, agreement: Agreement) -> str:
    if not portfolio.has(Engagement):
        return "Not looked at: the sheet Engagements is not supplied."
    count = len(portfolio.of(agreement, Engagement))
    return f"{count} alternative partner{'' if count == 1 else 's'} on record."


def _time(portfolio: Portfolio, agreement: Agreement) -> str:
    end = "has an end date" if isinstance(agreement.ends, When) else "has no known end date"
    if not portfolio.has(Project):
        return f"It {end}; projects are not looked at, the sheet is not supplied."
    return f"It {end}; {len(portfolio.of(agreement, Project))} projects on record."


def _objectives(portfolio: Portfolio, agreement: Agreement) -> str:
    if portfolio.has(Objective):
        return f"{len(portfolio.of(agreement, Objective))} stated objectives on record."
    if agreement.main_purpose:
        return f"Main purpose on record: {', '.join(agreement.main_purpose)}; no objective."
    return "No objective and no main purpose is on record."


def _framework(agreement: Agreement) -> str:
    if agreement.goals:
        return f"Serves the framework's goals {', '.join(agreement.goals)}."
    return "Not mapped to a goal of the framework."
