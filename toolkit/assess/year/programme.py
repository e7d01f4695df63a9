"""What the programme as a whole spent, what a bare budget comes to, and where its missions went.

Source: domain, section 6, Money; the report's use of priority markets.
"""

from collections import defaultdict
from datetime import date

from toolkit.assess.record.markets import NO_TIER, TIER_1, TIER_2, ends_of_places, market_ends
from toolkit.assess.year.costs import (
    Shares,
    constant_money,
    cost_cells,
    pro_rated,
    shares_of_year,
    variance,
)
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.sheets import PROGRAMME, Agreement, BudgetLine, Project
from toolkit.model.vocabulary import ProjectState


@result(key="year", serves=("F4",))
class ProgrammeYear(Result):
    """The programme's budget and actual of one year, in the policy's currency."""

    year: int = out("Year")
    decision: str = out("Finding", "Over or within budget, or which of the two is missing.")
    budget: float | None = out("Budget", fmt=Format.AMOUNT)
    actual: float | None = out("Actual", fmt=Format.AMOUNT)
    variance: float | None = out("Over or under", "Share of the budget.", fmt=Format.SHARE)
    constant: float | None = out(
        "Constant", "Actual in money of the latest indexed year.", fmt=Format.AMOUNT
    )
    currency: str = out("Currency")


@result(key="share", serves=("F4",))
class EvenShare(Result):
    """What a budget comes to where it is divided evenly: arithmetic, not cost."""

    share: str = out("Share", "Per instrument on record, per instrument stated, or per seat.")
    decision: str = out("What it is")
    reason: str = out("How")
    count: int = out("Divided by", fmt=Format.COUNT)
    amount: float = out("Amount a year", "Policy currency.", fmt=Format.AMOUNT)
    currency: str = out("Currency")


@result(key="tier", serves=("M1",))
class TierMissions(Result):
    """The year's missions to and from the markets of one tier, and what was spent on them.

    Spending is actual cost by days in the year, in the policy's currency; none is not on record.
    """

    tier: str = out("Market")
    decision: str = out("What", "What is counted.")
    reason: str = out("What is counted")
    missions: int = out("Missions", fmt=Format.COUNT)
    of_agreements: int = out("Of agreements", fmt=Format.COUNT)
    outside: int = out("Outside agreements", "The programme's own.", fmt=Format.COUNT)
    spending: float | None = out("Spending", fmt=Format.AMOUNT)
    spending_of_agreements: float | None = out("Spent under agreements", fmt=Format.AMOUNT)
    spending_outside: float | None = out("Spent outside", fmt=Format.AMOUNT)


def programme_money(portfolio: Portfolio, policy: Policy) -> Table[ProgrammeYear]:
    """Return the programme's budget and actual of each year in the Budget sheet."""
    lines = sorted(_programme_lines(portfolio), key=lambda line: line.year)
    return Table(ProgrammeYear, (_programme_year(line, policy) for line in lines))


def _programme_lines(portfolio: Portfolio) -> list[BudgetLine]:
    return [line for line in portfolio.rows(BudgetLine) if line.line == "programme"]


def _programme_year(line: BudgetLine, policy: Policy) -> ProgrammeYear:
    return ProgrammeYear(
        year=line.year,
        decision=_against(line.actual, line.budget),
        reason="The programme line of the sheet Budget.",
        budget=line.budget,
        actual=line.actual,
        variance=variance(line.actual, line.budget),
        constant=constant_money(line.actual, line.year, policy),
        currency=policy.programme.currency,
        cells=line.cells("budget", "actual"),
    )


def _against(actual: float | None, budget: float | None) -> str:
    if actual is None or budget is None:
        return "no actual on record" if actual is None else "no budget on record"
    return "over budget" if actual > budget else "within budget"


def even_shares(portfolio: Portfolio, policy: Policy) -> Table[EvenShare]:
    """Return the budget divided evenly: the workbook's, or the one that the policy states.

    Empty where the sheet Budget is supplied and some agreement has a cost of its own, or where no
    budget is known.
    """
    budget, words, cells = _budget(portfolio, policy)
    counts = {
        "per instrument on record": sum(map(is_reviewed, portfolio.rows(Agreement))),
        "per instrument the programme states": policy.programme.stated_count,
        "per seat under the cap": policy.cap.total,
    }
    found = (
        EvenShare(
            share=name,
            decision="arithmetic, not cost",
            reason=f"{words}, divided by {count}.",
            count=count,
            amount=budget / count,
            currency=policy.programme.currency,
            cells=cells,
        )
        for name, count in counts.items()
        if count and budget is not None
    )
    return Table(EvenShare, found)


def _budget(portfolio: Portfolio, policy: Policy) -> tuple[float | None, str, str]:
    """Return the budget to divide, what it is, and where it stands."""
    stated = policy.programme
    if not portfolio.has(BudgetLine):
        words = f"The stated budget of {stated.budget_year}"
        return stated.budget, words, f"{policy.file_name}: programme.budget"
    lines = [line for line in _programme_lines(portfolio) if line.budget is not None]
    if not lines or _has_costs(portfolio):
        return None, "", ""
    latest = max(lines, key=lambda line: line.year)
    words = f"The programme's budget of {latest.year}, its latest in the sheet Budget"
    return latest.budget, words, latest.cell("budget")


COSTS = ("planned_cost", "actual_cost", "staff_days")


def _has_costs(portfolio: Portfolio) -> bool:
    """Whether any agreement has a budget line, or a project with a cost or staff days."""
    own = [row for row in portfolio.rows(Project) if row.agreement_id != PROGRAMME]
    return any(line.line == "agreement" for line in portfolio.rows(BudgetLine)) or any(
        getattr(row, column) is not None for row in own for column in COSTS
    )


def missions_by_tier(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[TierMissions]:
    """Return the year's missions and their spending by market tier, inside and outside agreements.

    Every tier is told where the sheet Projects is supplied, else none.
    """
    year = policy.year_of(as_of)
    held = [row for row in portfolio.rows(Project) if row.kind in MISSIONS and row.state in HELD]
    found: dict[str, list[tuple[Project, float]]] = defaultdict(list)
    for project, share in shares_of_year(held, policy, year):
        found[_tier(portfolio, policy, project)].append((project, share))
    always = TIERS if policy.markets.are_listed else (NOT_KNOWN,)
    tiers = dict.fromkeys((*always, NOT_KNOWN))
    told = (t for t in tiers if found[t] or (t in always and portfolio.has(Project)))
    return Table(TierMissions, (_missions(tier, found[tier], year) for tier in told))


def _missions(tier: str, shares: Shares, year: int) -> TierMissions:
    inside = [(project, share) for project, share in shares if project.agreement_id != PROGRAMME]
    outside = [(project, share) for project, share in shares if project.agreement_id == PROGRAMME]
    return TierMissions(
        tier=tier,
        decision="missions",
        reason=_mission_sentence(shares, year),
        missions=len(shares),
        of_agreements=len(inside),
        outside=len(outside),
        spending=pro_rated(shares, "actual_cost"),
        spending_of_agreements=pro_rated(inside, "actual_cost"),
        spending_outside=pro_rated(outside, "actual_cost"),
        cells=cost_cells(None, shares),
    )


def _mission_sentence(shares: Shares, year: int) -> str:
    unknown = sum(project.actual_cost is None for project, _ in shares)
    told = f"; of {unknown} the spending is not on record" if unknown else ""
    return f"Missions active or done in {year}{told}."


MISSIONS = ("inbound mission", "outbound mission")
HELD = (ProjectState.ACTIVE, ProjectState.DONE)
TIERS = ("tier 1", "tier 2", "no priority market")
TIER_OF = dict(zip((TIER_1, TIER_2, NO_TIER), TIERS, strict=True))
NOT_KNOWN = "tier not known"  # no markets are listed, or no list knows the country


def _tier(portfolio: Portfolio, policy: Policy, project: Project) -> str:
    """Return the tier of the place a mission goes to or, by its agreement, comes from."""
    if not policy.markets.are_listed:
        return NOT_KNOWN
    agreement = portfolio.get(Agreement, project.agreement_id)
    ends = [ends_of_places(project.country, (project.city,), policy)]
    ends += [market_ends(agreement, policy)] if agreement else []
    low, high = (max(end) for end in zip(*ends, strict=True))
    return TIER_OF[low] if low == high else NOT_KNOWN
