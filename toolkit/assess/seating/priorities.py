"""Which two or three Partnerships the year's work goes to first.

Source: domain, section 4, Sequence: the highest scores with a funded, ready project; the report,
prioritising two to three partnerships per year.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from toolkit.assess.record.results import joined, make_result
from toolkit.assess.review.facts import Facts
from toolkit.assess.review.ranks import NOT_RANKED
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sheets import Project
from toolkit.model.vocabulary import Family, ProjectState

COLUMNS = (
    "agreement_id", "decision", "reason", "partner", "mean", "project", "planned_cost", "missing",
    "cells",
)  # fmt: skip
PRIORITY, IF_A_THIRD, READY, NOT_READY = "priority", "if a third is taken", "ready", "not ready"
AHEAD = (ProjectState.PLANNED, ProjectState.ACTIVE)


def find_priorities(
    portfolio: Portfolio, policy: Policy, facts: Mapping[str, Facts], review: pd.DataFrame
) -> pd.DataFrame:
    """Return the economic agreements by score, and which of them the year is spent on.

    Returns
    -------
    DataFrame by agreement_id, best score first: decision (priority, if a third is taken, ready, or
    not ready), reason, partner, mean (0-100), project (the funded, ready one, by its id and name),
    planned_cost (policy currency, None where not on record), missing (what keeps the best project
    from being ready), cells.
    """
    running = [
        found
        for key, found in facts.items()
        if found.is_scored
        and found.judged_as.family == Family.ECONOMIC
        and found.inside
        and review.decision[key] not in NOT_RANKED
    ]
    ordered = sorted(running, key=lambda f: (-f.score.mean, f.agreement.agreement_id))
    fewest, most = policy.counts.prioritised_per_year
    taken, records = 0, []
    for found in ordered:
        record = _record(portfolio, found)
        if not record["missing"]:
            taken += 1
            record["decision"] = (
                PRIORITY if taken <= fewest else IF_A_THIRD if taken <= most else READY
            )
        records.append(record)
    return make_result(records, COLUMNS, "agreement_id")


def _record(portfolio: Portfolio, facts: Facts) -> dict[str, object]:
    key = facts.agreement.agreement_id
    ahead = [p for p in facts.record.projects.get(key, ()) if _is_ahead(p, facts)]
    lacks = {project: _lacks(project, facts) for project in ahead}
    best = min(lacks, key=lambda p: (len(lacks[p]), p.project_id), default=None)
    missing = lacks[best] if best else ("a project planned or active",)
    score = f"Scores {facts.score.mean:.0f} of 100"
    return {
        "agreement_id": key,
        "decision": NOT_READY,
        "reason": f"{score}; {_story(best, missing)}.",
        "partner": portfolio.labels[key],
        "mean": facts.score.mean,
        "project": f"{best.project_id} {best.name}" if best else None,
        "planned_cost": best.planned_cost if best else None,
        "missing": missing,
        "cells": joined(p.cell("state") for p in ahead) or facts.agreement.cell("agreement_id"),
    }


def _story(project: Project | None, missing: Sequence[str]) -> str:
    if project is None:
        return "no project is planned or active"
    if missing:
        return f"{project.name} lacks {', '.join(missing)}"
    return f"{project.name} is funded and ready"


def _is_ahead(project: Project, facts: Facts) -> bool:
    """Whether it is planned or active and has not ended by the date of the review."""
    ended = project.ends is not None and project.ends.last <= facts.as_of
    return project.state in AHEAD and not ended


def _lacks(project: Project, facts: Facts) -> tuple[str, ...]:
    """Return what keeps a project from being funded and ready."""
    record = facts.record
    points = {
        "a start": project.starts is not None,
        "somebody who leads it": bool(project.led_by_unit or project.led_by_partner),
        "a milestone": project.project_id in record.with_milestone,
        "a planned cost": project.planned_cost is not None,
        "committed money": facts.agreement.agreement_id in record.funded,
    }
    return tuple(name for name, there in points.items() if not there)
