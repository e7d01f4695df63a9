"""The lines of the programme scorecard, in the order of the report, each with its count.

Source: domain, section 10. The list reads like the report: id, name, what is counted, function.
"""

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.assess.stock import delivery, practices, recommendations
from toolkit.assess.stock.counting import Count, Year
from toolkit.assess.stock.publication import COLUMNS, OUTCOMES
from toolkit.model.rows import Row
from toolkit.model.sheets import (
    Decision,
    Engagement,
    Milestone,
    Objective,
    Partner,
    Project,
    Proposal,
)


@dataclass(frozen=True)
class Measure:
    """One line of the scorecard: its id, its name, what is counted, and by which function.

    `sheets` must all be supplied and one of the `columns` of Agreements filled in some row, else it
    is not looked at.
    `dated`: every fact carries its date, so the record of today tells of an earlier year.
    `share`: more of N is better; else only its status is compared.
    """

    id: str
    name: str
    counts: str
    count: Callable[[Year], Count]
    sheets: tuple[type[Row], ...] = ()
    columns: tuple[str, ...] = ()
    dated: bool = True
    share: bool = True


ENGAGED = (Engagement, Partner)
MEASURES = (
    Measure(
        "R1a",
        "New partner-owned agreements that the City helped",
        "Of the agreements that a partner owns and the City helped, those new in {year}.",
        recommendations.count_new_partner_owned,
        share=False,
    ),
    Measure(
        "R1b",
        "Projects led by partners",
        "Of the projects active or done in {year}, those that an alternative partner leads.",
        recommendations.count_partner_led,
        (Project,),
    ),
    Measure(
        "R2a",
        "Criteria in date, each naming a goal",
        "Of the decision criteria, those that council adopted in the last {years} years and that "
        "name a goal.",
        recommendations.count_criteria,
    ),
    Measure(
        "R2b",
        "Proposals scored before they were decided",
        "Of the proposals decided at D1 in {year}, those whose fit was known.",
        recommendations.count_scored_proposals,
        (Proposal, Decision),
        dated=False,
    ),
    Measure(
        "R3",
        "Instruments from outside the framework that have a class",
        "Of the instruments that stand or stood outside the framework, those with a final class.",
        recommendations.count_classed,
    ),
    Measure(
        "R4a",
        "Agreements reviewed by people",
        "Of the agreements in force, those on which people took a review, reclassification or D3 "
        "decision in {year} or for it.",
        recommendations.count_reviewed,
        (Decision,),
    ),
    Measure(
        "R4b",
        "Seats held under the cap",
        "Seats held today, of those there are; met if the cap is kept.",
        recommendations.count_seats_held,
        dated=False,
        share=False,
    ),
    Measure(
        "R4c",
        "Agreements prioritised",
        "The short list of {year}, against the number the policy asks for.",
        recommendations.count_prioritised,
        dated=False,
        share=False,
    ),
    Measure(
        "R5",
        "Economic agreements with a signed partner here and one abroad",
        "Of the active agreements of an economic class ({economic}), those with both.",
        recommendations.count_both_sides,
        ENGAGED,
    ),
    Measure(
        "R6",
        "Economic agreements whose objectives are all SMART",
        "Of the active agreements of an economic class ({economic}), those with every objective "
        "SMART; one without objectives fails.",
        delivery.count_smart,
        (Objective,),
        dated=False,
    ),
    Measure(
        "R7",
        "Time-bound agreements",
        "Of the active agreements, those with an end ahead, a term within the policy, and clauses "
        "on renewal and termination.",
        delivery.count_time_bound,
        dated=False,
        columns=("ends", "renewal_clause", "termination_clause"),
    ),
    Measure(
        "R8",
        "Project-based economic agreements",
        "Of the active agreements of an economic class ({economic}), those with a project active "
        "or done in {year} that has a milestone.",
        delivery.count_project_based,
        (Project, Milestone),
    ),
    Measure(
        "R9a",
        "Agreements published in full",
        "Of the agreements in force, those with text, goals, timeline and outcomes published.",
        delivery.count_published,
        dated=False,
        columns=COLUMNS,
    ),
    Measure(
        "R9b",
        "Outcomes published after the last year end",
        "Of the agreements in force, those with outcomes published since the end of {before}.",
        delivery.count_outcomes_published,
        dated=False,
        columns=(OUTCOMES,),
    ),
    Measure(
        "R9c",
        "Activity goals of next year stated",
        "Of the active agreements that reach into {next}, those with a project or target for it.",
        delivery.count_goals_stated,
        (Project,),
        dated=False,
    ),
    Measure(
        "R10a",
        "Money approved against money estimated",
        "Approved of estimated money, over the stated objectives with both on record.",
        delivery.count_money,
        (Objective,),
        dated=False,
    ),
    Measure(
        "R10b",
        "Objectives fully funded",
        "Of the stated objectives of agreements in force, those whose money reaches the estimate.",
        delivery.count_funded,
        (Objective,),
        dated=False,
    ),
    Measure(
        "R10c",
        "Decision on the programme's resources",
        "Whether a decision on resources (raise, reduce or both) was taken in {year} or for it.",
        delivery.count_resources_decided,
        (Decision,),
    ),
    Measure(
        "B1",
        "Clear criteria: decisions consistent with the rules, or logged",
        "Of the decisions that can be compared, those that agree with the rules or give a reason.",
        practices.count_consistent,
        (Decision,),
        dated=False,
    ),
    Measure(
        "B2",
        "Alternative partners: kinds engaged, beside R1 and R5",
        "Of the kinds of partner, those with a signed role in an agreement in force.",
        practices.count_kinds,
        ENGAGED,
    ),
    Measure(
        "B3",
        "Time-bound: decided before the end, beside R7",
        "Of the agreements that ended in {year}, those with a D3 decision before their end.",
        practices.count_decided_in_time,
        (Decision,),
        dated=False,
    ),
    Measure(
        "B4",
        "Detailed objectives: all six factors",
        "Of the stated objectives of agreements in force, those with focus, outcome, resources, "
        "partner duties, duration and reporting.",
        practices.count_six_factors,
        (Objective,),
        dated=False,
    ),
    Measure(
        "B5a",
        "Policy framework: agreements mapped to a goal",
        "Of the agreements in force, those that name a goal of the framework.",
        practices.count_mapped,
        dated=False,
        columns=("goals",),
    ),
    Measure(
        "B5b",
        "Policy framework: projects with another division",
        "Of the projects active or done in {year}, those that another division takes part in.",
        practices.count_citywide,
        (Project,),
    ),
)
