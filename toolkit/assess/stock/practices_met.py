"""How far one agreement meets the report's five best practices: met, partly, or not met.

Source: the report's five practices; domain, section 10, of whose counts R5 to R8 and B1 to B5 these
are the conditions for one agreement. A sheet that is absent leaves a practice not looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.assess.review.agreements import Reviewed
from toolkit.assess.stock.partners import EngagementOf
from toolkit.assess.year.evaluation import ObjectiveReached
from toolkit.model.dates import When
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Table
from toolkit.model.sheets import Agreement, Engagement, Milestone, Objective, Project
from toolkit.model.text import how_many, listed
from toolkit.model.vocabulary import Engaged, Evidence, ProjectState, SmartLevel

MET, PARTLY, NOT_MET, NOT_LOOKED_AT = "met", "partly met", "not met", "not looked at"
SETTLED = (Evidence.BY_RULE, Evidence.STANDS)


@dataclass(frozen=True)
class Practice:
    """One practice, how far it is met, and what on record says so."""

    name: str
    met: str
    evidence: str


def practices_of(
    portfolio: Portfolio,
    review: Reviewed,
    objectives: Table[ObjectiveReached],
    engagements: Table[EngagementOf],
) -> tuple[Practice, ...]:
    """Return the five practices of one agreement, in the report's order."""
    agreement = portfolio.get(Agreement, review.agreement_id)
    if agreement is None:
        return ()
    return (
        Practice("Clear decision criteria", *_criteria(review)),
        Practice("Alternative partners", *_partners(portfolio, engagements)),
        Practice("Time-bound projects", *_time(portfolio, agreement)),
        Practice("Detailed objectives", *_objectives(portfolio, objectives)),
        Practice("Robust policy framework", *_framework(agreement)),
    )


def _criteria(review: Reviewed) -> tuple[str, str]:
    if review.rule is None:
        return NOT_LOOKED_AT, "It is not under review."
    if review.evidence in SETTLED:
        return MET, "What is on record settles what the criteria give."
    if review.evidence == Evidence.PROVISIONAL:
        return PARTLY, "What the criteria give may still change with a fact that is missing."
    return NOT_MET, "Too little is on record for the criteria to settle anything."


def _partners(portfolio: Portfolio, engagements: Iterable[EngagementOf]) -> tuple[str, str]:
    if not portfolio.has(Engagement):
        return NOT_LOOKED_AT, "There is no sheet Engagements."
    names = {
        word: [row.name for row in engagements if row.decision == word]
        for word in (Engaged.SIGNED, Engaged.WILLING)
    }
    if signed := names[Engaged.SIGNED]:
        return MET, f"{listed(signed)} signed a role."
    if willing := names[Engaged.WILLING]:
        return PARTLY, f"{listed(willing)} could, but signed no role yet."
    return NOT_MET, "No alternative partner with a signed role is on record."


def _time(portfolio: Portfolio, agreement: Agreement) -> tuple[str, str]:
    has_end = isinstance(agreement.ends, When)
    end = "It has an end date" if has_end else "It has no known end date"
    if not portfolio.has(Project):
        return NOT_LOOKED_AT, f"{end}; there is no sheet Projects."
    active = [p for p in portfolio.of(agreement, Project) if p.state == ProjectState.ACTIVE]
    timed = [project for project in active if portfolio.of(project, Milestone)]
    with_milestones = f"{how_many(len(timed), 'active project')} with milestones"
    met = (has_end, bool(timed))
    return MET if all(met) else PARTLY if any(met) else NOT_MET, f"{end}; {with_milestones}."


def _objectives(portfolio: Portfolio, objectives: Table[ObjectiveReached]) -> tuple[str, str]:
    if not portfolio.has(Objective):
        return NOT_LOOKED_AT, "There is no sheet Objectives."
    if not objectives:
        return NOT_MET, "No objective is on record."
    smart = sum(row.smart == SmartLevel.SMART for row in objectives)
    told = f"{smart} of {how_many(len(objectives), 'objective')} SMART."
    return MET if smart == len(objectives) else PARTLY if smart else NOT_MET, told


def _framework(agreement: Agreement) -> tuple[str, str]:
    if agreement.goals:
        count = how_many(len(agreement.goals), "goal")
        return MET, f"It serves {count} of the framework."
    return NOT_MET, "It names no goal of the framework."
