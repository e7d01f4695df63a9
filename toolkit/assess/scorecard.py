"""The programme scorecard: each recommendation and practice as n of N with the list behind.

Source: domain, section 10. No composite; nothing to count and what was not looked at are n/a.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess import delivery, practices, recommendations
from toolkit.assess.counting import Count, Year, YearTables
from toolkit.assess.results import make_result
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.vocabulary import Family, Standing

COLUMNS = (
    "indicator_id", "decision", "reason", "name", "n", "of", "status", "change", "counted",
    "not_counted", "dated", "cells",
)  # fmt: skip
CHANGE_COLUMNS = ("indicator_id", "decision", "reason", "name", "before", "now", "cells")


@dataclass(frozen=True)
class Indicator:
    """One line of the scorecard: its id, its name, what is counted, and by which function.

    `sheets` must all be supplied and the result `table` be given, else it is not looked at.
    `dated`: every fact carries its date, so an earlier year can be told from today's workbook.
    `share`: more of N is better; else only its status is compared.
    """

    id: str
    name: str
    counts: str
    count: Callable[[Year], Count]
    sheets: tuple[str, ...] = ()
    table: str = ""
    dated: bool = True
    share: bool = True


ENGAGED = ("Engagements", "Partners")
INDICATORS = (
    Indicator(
        "R1a",
        "New partner-owned agreements that the City helped",
        "Of the agreements that a partner owns and the City helped, those new in {year}.",
        recommendations.count_new_partner_owned,
        share=False,
    ),
    Indicator(
        "R1b",
        "Projects led by partners",
        "Of the projects active or done in {year}, those that an alternative partner leads.",
        recommendations.count_partner_led,
        ("Projects",),
    ),
    Indicator(
        "R2a",
        "Criteria in date, each naming a goal",
        "Of the decision criteria, those that name a goal, of an edition up to {years} years old.",
        recommendations.count_criteria,
    ),
    Indicator(
        "R2b",
        "Proposals scored before they were decided",
        "Of the proposals decided at D1 in {year}, those whose fit was known.",
        recommendations.count_scored_proposals,
        ("Proposals", "Decisions"),
        "proposals",
    ),
    Indicator(
        "R3",
        "Instruments from outside the framework that have a class",
        "Of the instruments that stand outside the framework or did, those with a final class.",
        recommendations.count_classed,
    ),
    Indicator(
        "R4a",
        "Agreements reviewed by people",
        "Of the agreements in force, those with a review, class or D3 decision of {year}.",
        recommendations.count_reviewed,
        ("Decisions",),
    ),
    Indicator(
        "R4b",
        "Seats held under the cap",
        "Seats held, of those there are; met if the cap is kept.",
        recommendations.count_seats,
        dated=False,
        share=False,
    ),
    Indicator(
        "R4c",
        "Agreements prioritised",
        "The short list of {year}, against the number the policy asks for.",
        recommendations.count_prioritised,
        table="priorities",
        dated=False,
        share=False,
    ),
    Indicator(
        "R5",
        "Economic agreements with a signed partner here and one abroad",
        "Of the active agreements of an economic class ({economic}), those with both.",
        recommendations.count_both_sides,
        ENGAGED,
    ),
    Indicator(
        "R6",
        "Economic agreements whose objectives are all SMART",
        "Of the active agreements of an economic class ({economic}), those with every objective "
        "SMART; one without objectives fails.",
        delivery.count_smart,
        ("Objectives",),
        dated=False,
    ),
    Indicator(
        "R7",
        "Time-bound agreements",
        "Of the active agreements, those with an end ahead, a term within the policy, and clauses "
        "on renewal and termination.",
        delivery.count_time_bound,
        dated=False,
    ),
    Indicator(
        "R8",
        "Project-based economic agreements",
        "Of the active agreements of an economic class ({economic}), those with a project active "
        "or done in {year} that has a milestone.",
        delivery.count_project_based,
        ("Projects", "Milestones"),
    ),
    Indicator(
        "R9a",
        "Agreements published in full",
        "Of the agreements in force, those with text, goals, timeline and outcomes published.",
        delivery.count_published,
        dated=False,
    ),
    Indicator(
        "R9b",
        "Outcomes published after the last year end",
        "Of the agreements in force, those with outcomes published since the end of {before}.",
        delivery.count_outcomes_published,
        dated=False,
    ),
    Indicator(
        "R9c",
        "Activity goals of next year stated",
        "Of the active agreements that reach into {next}, those with a project or target for it.",
        delivery.count_goals_stated,
        ("Projects",),
        dated=False,
    ),
    Indicator(
        "R10a",
        "Money approved against money estimated",
        "Approved of estimated money, over the stated objectives with both on record.",
        delivery.count_money,
        ("Objectives",),
        dated=False,
    ),
    Indicator(
        "R10b",
        "Objectives fully funded",
        "Of the stated objectives of agreements in force, those whose money reaches the estimate.",
        delivery.count_funded,
        ("Objectives",),
        dated=False,
    ),
    Indicator(
        "R10c",
        "Decision on the programme's resources",
        "Whether a decision on resources (raise, reduce or both) was taken in {year} or for it.",
        delivery.count_resources_decided,
        ("Decisions",),
    ),
    Indicator(
        "B1",
        "Clear criteria: decisions consistent with the rules, or logged",
        "Of the decisions that can be compared, those that agree with the rules or give a reason.",
        practices.count_consistent,
        ("Decisions",),
        "consistency",
        dated=False,
    ),
    Indicator(
        "B2",
        "Alternative partners: kinds engaged, beside R1 and R5",
        "Of the kinds of partner, those with a signed role in an agreement in force.",
        practices.count_kinds,
        ENGAGED,
    ),
    Indicator(
        "B3",
        "Time-bound: decided before the end, beside R7",
        "Of the agreements that ended in {year}, those with a D3 decision before their end.",
        practices.count_decided_in_time,
        ("Decisions",),
        dated=False,
    ),
    Indicator(
        "B4",
        "Detailed objectives: all six factors",
        "Of the stated objectives of agreements in force, those with focus, outcome, resources, "
        "partner duties, duration and reporting.",
        practices.count_six_factors,
        ("Objectives",),
        dated=False,
    ),
    Indicator(
        "B5a",
        "Policy framework: agreements mapped to a goal",
        "Of the agreements in force, those that name a goal of the framework.",
        practices.count_mapped,
        dated=False,
    ),
    Indicator(
        "B5b",
        "Policy framework: projects with another division",
        "Of the projects active or done in {year}, those that another division takes part in.",
        practices.count_citywide,
        ("Projects",),
    ),
)


def score_programme(
    portfolio: Portfolio,
    policy: Policy,
    tables: YearTables,
    *,
    as_of: date,
    before: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the scorecard of the reporting year, one row an indicator in the report's order.

    Parameters
    ----------
    before
        The scorecard of the year before: of last year's workbook, or `only_dated` of today's.

    Returns
    -------
    DataFrame by indicator_id: decision ("n of N", the words where it is no count, or n/a), reason
    (what is counted), name, n and of (None where n/a), status (a `Standing`), change (the figure
    of the year before, None where not known), counted and not_counted (the list behind, by what is
    lacking), dated (whether its facts carry dates), cells.
    """
    year = Year(portfolio, policy, as_of, tables)
    earlier = {} if before is None else before.decision.to_dict()
    records = [_row(line, year) | {"change": earlier.get(line.id)} for line in INDICATORS]
    return make_result(records, COLUMNS, "indicator_id")


def _row(line: Indicator, year: Year) -> dict[str, object]:
    why_not = _not_looked_at(line, year)
    count = Count(note=why_not) if why_not else line.count(year)
    n, of = count.figure
    nothing = "" if of or count.note else "None is on record, so there is nothing to count."
    told = (_counts(line, year), count.note, nothing)
    return {
        "indicator_id": line.id,
        "decision": (count.words or f"{n:g} of {of:g}") if of else str(Standing.NOT_APPLICABLE),
        "reason": " ".join(filter(None, told)),
        "name": line.name,
        "n": n if of else None,
        "of": of or None,
        "status": count.standing,
        "counted": count.counted,
        "not_counted": count.not_counted,
        "dated": line.dated,
        "cells": count.cells,
    }


def _not_looked_at(line: Indicator, year: Year) -> str:
    absent = [sheet for sheet in line.sheets if not year.portfolio.has(sheet)]
    if absent:
        names = " and ".join(absent)
        return f"Not looked at: {names} {'are' if len(absent) > 1 else 'is'} not supplied."
    if line.table and getattr(year.tables, line.table) is None:
        return "Not looked at."
    return ""


def _counts(line: Indicator, year: Year) -> str:
    economic = [c.name for c in year.policy.classes if c.family == Family.ECONOMIC]
    return line.counts.format(
        year=year.number,
        before=year.number - 1,
        next=year.number + 1,
        years=year.policy.periods.criteria_review_years,
        economic=", ".join(economic),
    )


def only_dated(scorecard: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that an earlier date can be told of from a later workbook."""
    return scorecard[scorecard.dated.astype(bool)]


def compare_scorecards(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return what changed in each indicator since the year before.

    Returns
    -------
    DataFrame by indicator_id: decision (better, worse, unchanged, changed where more is not
    better, newly counted, no longer counted, not known), reason, name, before, now, cells.
    """
    lines = {line.id: line for line in INDICATORS}
    records = []
    for row in now.itertuples():
        earlier = before.loc[row.Index] if row.Index in before.index else None
        figure = None if earlier is None else earlier.decision
        records.append(
            {
                "indicator_id": row.Index,
                "decision": _compare(earlier, row, is_share=lines[row.Index].share),
                "reason": f"{figure or 'not known'} a year before, {row.decision} now.",
                "name": row.name,
                "before": figure,
                "now": row.decision,
                "cells": row.cells,
            }
        )
    return make_result(records, CHANGE_COLUMNS, "indicator_id")


ORDER = (Standing.NOT_MET, Standing.PARTLY, Standing.MET)


def _compare(before: pd.Series | None, now: tuple, *, is_share: bool) -> str:
    if before is None:
        return "not known"
    if Standing.NOT_APPLICABLE in (before.status, now.status):
        if before.status == now.status:
            return "unchanged"
        return "newly counted" if before.status == Standing.NOT_APPLICABLE else "no longer counted"
    step = ORDER.index(now.status) - ORDER.index(before.status)
    if not step and is_share:
        step = round(now.n / now.of, 9) - round(before.n / before.of, 9)
    if not step:
        same = (now.n, now.of) == (before.n, before.of)
        return "unchanged" if same else "changed"
    return "better" if step > 0 else "worse"
