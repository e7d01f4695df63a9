"""Whether next year's plan has the projects the policy asks for, and the money for them.

Source: domain, section 7: projects a year are a check of the plan, never part of the selection;
step P5 of the process aligns projects to resources.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.results import grouped, joined, make_result
from toolkit.assess.stock.goals import grouped_targets, projects_ahead
from toolkit.assess.year.costs import pro_rated, share_of_year
from toolkit.model.dates import When
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.sheets import PROGRAMME, Agreement, BudgetLine, Project
from toolkit.model.vocabulary import Status

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "expected", "stated", "projects", "targets",
    "planned_cost", "unpriced", "funding", "resources", "cells",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What one subject plans for the year: projects with the share of their days, and targets."""

    projects: Sequence[tuple]
    shares: Sequence[tuple[tuple, float]]
    targets: int
    funding: float | None

    @property
    def cost(self) -> float | None:
        """The planned cost that is on record, by days in the year."""
        return pro_rated(self.shares, "planned_cost")

    @property
    def unpriced(self) -> int:
        """How many projects have no planned cost on record."""
        return sum(project.planned_cost is None for project in self.projects)


def check_year_plan(portfolio: Portfolio, policy: Policy, *, as_of: date) -> pd.DataFrame:
    """Return the plan of the next year of each agreement, and of the programme in the last row.

    Agreements in force are listed, with or without a plan, and proposed ones that have a plan.
    Without the sheet Projects no plan is known, and the table is empty.

    Returns
    -------
    DataFrame by agreement_id, last PROGRAMME: decision ("n of N" projects; the programme's row: how
    many), reason, partner, expected (whether it is active and its term reaches into the year),
    stated (whether a project or a target is on record), projects, targets, planned_cost (policy
    currency, the year's part), unpriced (projects without a cost), funding (of the year, None where
    not on record), resources (within funding, over funding, or what is not known), cells.
    """
    if not portfolio.has(Project):
        return make_result([], COLUMNS, "agreement_id")
    year = policy.year_of(as_of) + 1
    projects = projects_ahead(portfolio, policy, year=year)
    mine = grouped(projects, "agreement_id")
    targets = grouped_targets(portfolio, policy, year=year)
    lines = {
        row.agreement_id: row.budget
        for row in portfolio.rows(BudgetLine)
        if row.line == "agreement" and row.year == year
    }
    records = []
    for row in portfolio.rows(Agreement):
        key = row.agreement_id
        plan = _plan(policy, year, mine.get(key, ()), len(targets.get(key, ())), lines.get(key))
        is_ahead = row.status == Status.PROPOSED and (plan.projects or plan.targets)
        if is_reviewed(row) or is_ahead:
            records.append(_of_agreement(portfolio, policy, year, row, plan))
    whole = _plan(
        policy, year, projects, sum(map(len, targets.values())), _available(portfolio, year)
    )
    records.append(_of_programme(portfolio, policy, year, whole, records))
    return make_result(records, COLUMNS, "agreement_id")


def _plan(
    policy: Policy, year: int, projects: Sequence[tuple], targets: int, funding: float | None
) -> Plan:
    shares = [(row, share_of_year(row, policy, year)) for row in projects]
    return Plan(projects, [pair for pair in shares if pair[1]], targets, funding)


def _available(portfolio: Portfolio, year: int) -> float | None:
    """Return the programme's budget less its overhead; None where either is not on record."""
    lines = {row.line: row.budget for row in portfolio.rows(BudgetLine) if row.year == year}
    programme, overhead = lines.get("programme"), lines.get("overhead")
    return None if programme is None or overhead is None else programme - overhead


def _evidence(portfolio: Portfolio, plan: Plan) -> dict[str, object]:
    cells = [row.cells("name", "planned_cost") for row in plan.projects]
    return {
        "stated": bool(plan.projects or plan.targets),
        "projects": len(plan.projects),
        "targets": plan.targets,
        "planned_cost": plan.cost,
        "unpriced": plan.unpriced,
        "funding": plan.funding,
        "resources": _resources(plan),
        "cells": joined(cells),
    }


def _resources(plan: Plan) -> str:
    """Return how the planned cost stands to the money; an unknown cost is never nothing."""
    if not plan.projects:
        return "nothing to fund"
    if plan.unpriced:
        return "cost not known"
    if plan.funding is None:
        return "funding not on record"
    return "within funding" if round(plan.cost - plan.funding, 9) <= 0 else "over funding"


def _of_agreement(
    portfolio: Portfolio, policy: Policy, year: int, row: tuple, plan: Plan
) -> dict[str, object]:
    wanted = policy.counts.projects_per_year
    why_not = why_not_expected(row, policy, year)
    evidence = _evidence(portfolio, plan)
    return {
        "agreement_id": row.agreement_id,
        "decision": f"{len(plan.projects)} of {wanted}",
        "reason": _sentence(plan, wanted, year, why_not, policy.programme.currency),
        "partner": portfolio.labels[row.agreement_id],
        "expected": not why_not,
        **evidence,
        "cells": evidence["cells"] or row.cells("status", "ends"),
    }


def why_not_expected(agreement: Agreement, policy: Policy, year: int) -> str:
    """Return why no plan is expected of an agreement; nothing where one is.

    A plan is expected of an active agreement whose term reaches into the year.
    """
    if agreement.status != Status.ACTIVE:
        return f"its status is {agreement.status}"
    ends = agreement.ends
    if isinstance(ends, When) and ends.last <= policy.year_end(year - 1):
        return f"it ended on {ends}"
    return ""


def _sentence(plan: Plan, wanted: int, year: int, why_not: str, currency: str) -> str:
    count = len(plan.projects)
    planned = [_counted(n, word) for n, word in ((count, "project"), (plan.targets, "target")) if n]
    told = [f"{' and '.join(planned) or 'Nothing'} on record for {year}"]
    if planned:
        told.append(_against(count, wanted))
    if plan.cost is not None:
        told.append(f"planned cost {currency} {plan.cost:,.0f}, {_resources(plan)}")
    if why_not:
        told.append(why_not if planned else f"no plan is expected, as {why_not}")
    return f"{'; '.join(told)}."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _against(count: int, wanted: int) -> str:
    if count == wanted:
        return "as many projects as the policy asks for"
    return f"{'fewer' if count < wanted else 'more'} projects than the {wanted} of the policy"


def _of_programme(
    portfolio: Portfolio,
    policy: Policy,
    year: int,
    plan: Plan,
    agreements: Sequence[Mapping[str, object]],
) -> dict[str, object]:
    wanted, currency = policy.counts.projects_per_year, policy.programme.currency
    enough = sum(row["projects"] >= wanted for row in agreements)
    told = [
        f"{_counted(len(plan.projects), 'project')} for {year}, the programme's own included",
        f"{enough} of {_counted(len(agreements), 'agreement')} have at least {wanted}",
    ]
    if plan.cost is not None:
        told.append(f"planned cost {currency} {plan.cost:,.0f}")
    told.append(
        f"{currency} {plan.funding:,.0f} available, the budget less overhead"
        if plan.funding is not None
        else f"what is available in {year} is not on record"
    )
    return {
        "agreement_id": PROGRAMME,
        "decision": _counted(len(plan.projects), "project"),
        "reason": f"{'; '.join(told)}.",
        "partner": "The whole programme",
        "expected": True,
        **_evidence(portfolio, plan),
    }
