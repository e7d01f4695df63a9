"""What money next year's programme has for its agreements, and what else draws on it.

Source: domain, section 7: programme budget less overhead.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.assess.record.activity import projects_by_agreement
from toolkit.assess.record.results import joined
from toolkit.assess.record.sentences import money_text
from toolkit.assess.resources.planning import NEXT, planning_year
from toolkit.assess.year.costs import pro_rated, share_of_year
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.sentences import listed
from toolkit.model.sheets import PROGRAMME, BudgetLine


@dataclass(frozen=True)
class Available:
    """What a year's programme has for its agreements: its budget without overhead.

    `amount` is None where it is not known; `reason` says why, or which year it is of.
    """

    amount: float | None
    reason: str
    cells: str


def available_money(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Available:
    """Return programme budget less overhead of the year planned, or of the latest before it."""
    year = planning_year(policy, as_of)
    lines = {(r.line, r.year): r for r in portfolio.rows(BudgetLine) if r.budget is not None}
    years = [y for line, y in lines if line == "programme" and y <= year]
    if not years:
        return Available(None, f"No programme budget up to {year} is in the sheet Budget.", "")
    found = max(years)
    programme, overhead = lines["programme", found], lines.get(("overhead", found))
    rows = [row for row in (programme, overhead) if row is not None]
    cells = joined(row.cell("budget") for row in rows)
    if overhead is None:
        reason = f"The overhead of {found} is not on record; if there is none, enter 0."
        return Available(None, reason, cells)
    stands_in = "" if found == year else f"; it stands in for {year}, which has none on record"
    reason = f"Programme budget of {found} less overhead{stands_in}."
    return Available(round(programme.budget - overhead.budget, 2), reason, cells)


def other_claims(
    portfolio: Portfolio,
    policy: Policy,
    costs: pd.DataFrame,
    candidates: Collection[str],
    *,
    as_of: date,
) -> str:
    """Return in a sentence what draws on next year's money beside the candidates."""
    year = planning_year(policy, as_of)
    others = [r for r in costs.itertuples() if r.Index not in candidates and r.cost is not None]
    own = projects_by_agreement(portfolio)[PROGRAMME]
    shares = [(p, s) for p in own if p.state in NEXT and (s := share_of_year(p, policy, year))]
    spent = pro_rated(shares, "planned_cost")
    parts = []
    if others:
        total = money_text(round(sum(row.cost for row in others), 2))
        names = listed(row.partner for row in others)
        parts.append(f"agreements outside the framework or proposed, {total} ({names})")
    if spent is not None:
        parts.append(f"projects of the programme itself, {money_text(round(spent, 2))}")
    return f"Not counted here, but drawing on the same money: {'; '.join(parts)}." if parts else ""
