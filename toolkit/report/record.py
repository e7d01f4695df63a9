"""What is on record of one agreement and follows from it: proposal, facts, practices, defects."""

from dataclasses import replace

from toolkit.model.dates import told_date
from toolkit.model.decisions import SETTLED
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result
from toolkit.model.sheets import Agreement, Milestone, Project
from toolkit.report.basis import page_header
from toolkit.report.links import page_of
from toolkit.report.markup import Banner, Header, HtmlTable, Link, Sentences
from toolkit.report.view import Found

NOTHING_UNMET = "No requirement that was looked at is unmet."
NOT_UNDER_REVIEW = "It is not under review, so no requirement was looked at."


def agreement_header(results: Found, agreement_id: str) -> Header:
    """Return the title of one agreement's report."""
    review = results.review[agreement_id]
    title = f"{review.partner}, {review.country}: agreement report {results.year}"
    header = page_header(title, results, results.levels[agreement_id])
    own = results.decisions.about(agreement_id)
    adopted = [r for r in own if r.agrees in SETTLED and r.point in ("review", "D3")]
    banners = (*map(_as_adopted, adopted[:1]), *header.banners[len(adopted[:1]) :])
    return replace(header, banners=banners, trail=(*header.trail, *_ways(results, agreement_id)))


def _as_adopted(decision: Result) -> Banner:
    """Return what stands in place of the mark of a draft, once people decided."""
    by = f" by {decision.decided_by}" if decision.decided_by else ""
    on = f" on {told_date(decision.decided_on)}" if decision.decided_on else ""
    text = f"as adopted{on}{by}: {decision.decision}. What is said beside it is advice."
    return Banner("Internal", text, "draft")


def _ways(results: Found, agreement_id: str) -> list[Link]:
    """Return the ways to the annual review and to the agreements before and after."""
    keys = results.review.keys()
    here = keys.index(agreement_id)
    beside = {"Previous": keys[here - 1 : here], "Next": keys[here + 1 : here + 2]}
    names = results.portfolio.labels
    ways = [Link(f"{w}: {names[k]}", page_of(names[k])) for w, some in beside.items() for k in some]
    return [Link("Annual review", "annual-review.html"), *ways]


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
