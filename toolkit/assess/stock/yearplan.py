"""Whether next year's plan has the projects the policy asks for, and the money for them.

Source: domain, section 7: projects a year are a check of the plan, never part of the selection;
step P5 of the process aligns projects to resources.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.resources.planning import Available, available_money
from toolkit.assess.resources.selection import PLACES
from toolkit.assess.stock.goals import projects_ahead, targets_ahead
from toolkit.assess.year.costs import pro_rated, share_of_year
from toolkit.model.dates import When, spoken
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import PROGRAMME, Agreement, BudgetLine, Project
from toolkit.model.told import money_fact, tell, told_together
from toolkit.model.vocabulary import Status


@result(key="agreement_id", serves=("P5",))
class YearPlanOf(Result):
    """The plan of the next year of one agreement, or of the whole programme."""

    agreement_id: str = out("Id", "PROGRAMME for the whole programme.")
    decision: str = out("Projects", '"n of N"; how many, for the programme.')
    partner: str = out("Agreement")
    expected: bool = out(
        "Expected", "Whether it is active and its term reaches into the year.", fmt=Format.YES_NO
    )
    stated: bool = out("Stated", "Whether a project or a target is on record.", fmt=Format.YES_NO)
    projects: int = out("Projects", fmt=Format.COUNT)
    targets: int = out("Targets", fmt=Format.COUNT)
    planned_cost: float | None = out(
        "Planned cost", "The part of the year.", fmt=Format.AMOUNT, unit="policy currency"
    )
    unpriced: int = out("Projects without a cost", fmt=Format.COUNT)
    funding: float | None = out(
        "Funding", "Of the year; None where not on record.", fmt=Format.AMOUNT,
        unit="policy currency",
    )  # fmt: skip
    resources: str = out("Resources", "Within funding, over funding, or what is not known.")


@dataclass(frozen=True)
class Plan:
    """What one subject plans for the year: projects with the share of their days, and targets."""

    projects: Sequence[Project]
    shares: Sequence[tuple[Project, float]]
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

    @property
    def is_stated(self) -> bool:
        """Whether a project or a target is on record."""
        return bool(self.projects or self.targets)

    @property
    def resources(self) -> str:
        """How the planned cost stands to the money; an unknown cost is never nothing."""
        if not self.projects:
            return "nothing to fund"
        if self.unpriced:
            return "cost not known"
        if self.funding is None:
            return "funding not on record"
        if self.cost is None:  # no day of its projects is known to lie in the year
            return "cost not known"
        return "within funding" if round(self.cost - self.funding, PLACES) <= 0 else "over funding"

    @property
    def cells(self) -> str:
        """The cells of its projects."""
        return joined(project.cells("name", "planned_cost") for project in self.projects)


def check_year_plan(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[YearPlanOf]:
    """Return the plan of the next year of each agreement, and of the programme in the last row.

    Agreements in force are listed, with or without a plan, and proposed ones that have a plan.
    Without the sheet Projects no plan is known, and the table is empty.
    """
    if not portfolio.has(Project):
        return Table(YearPlanOf)
    year = policy.year_of(as_of) + 1
    found = list(_of_agreements(portfolio, policy, year))
    available = available_money(portfolio, policy, as_of=as_of)
    return Table(YearPlanOf, (*found, _of_programme(portfolio, policy, year, found, available)))


def _of_agreements(portfolio: Portfolio, policy: Policy, year: int) -> Iterator[YearPlanOf]:
    for agreement in portfolio.rows(Agreement):
        plan = _plan(
            portfolio.of(agreement, Project),
            _count_targets(agreement, portfolio, policy, year),
            _funding(agreement, portfolio, year),
            policy,
            year,
        )
        is_ahead = agreement.status == Status.PROPOSED and plan.is_stated
        if is_reviewed(agreement) or is_ahead:
            yield _of_agreement(agreement, plan, portfolio, policy, year)


def _plan(
    projects: Sequence[Project], targets: int, funding: float | None, policy: Policy, year: int
) -> Plan:
    ahead = projects_ahead(projects, policy, year=year)
    shares = [(row, share_of_year(row, policy, year)) for row in ahead]
    return Plan(ahead, [pair for pair in shares if pair[1]], targets, funding)


def _count_targets(agreement: Agreement, portfolio: Portfolio, policy: Policy, year: int) -> int:
    return len(list(targets_ahead(agreement, portfolio, policy, year=year)))


def _funding(agreement: Agreement, portfolio: Portfolio, year: int) -> float | None:
    """Return the budget of an agreement's own line of the year."""
    lines = portfolio.of(agreement, BudgetLine)
    found = (row.budget for row in lines if row.line == "agreement" and row.year == year)
    return next(found, None)


def _of_agreement(
    agreement: Agreement, plan: Plan, portfolio: Portfolio, policy: Policy, year: int
) -> YearPlanOf:
    wanted = policy.counts.projects_per_year
    why_not = why_not_expected(agreement, policy, year)
    return YearPlanOf(
        agreement_id=agreement.agreement_id,
        decision=f"{len(plan.projects)} of {wanted}",
        reason=_sentence(
            plan, wanted, year, why_not, policy.programme.currency, of=agreement.agreement_id
        ),
        partner=portfolio.labels[agreement.agreement_id],
        expected=not why_not,
        stated=plan.is_stated,
        projects=len(plan.projects),
        targets=plan.targets,
        planned_cost=plan.cost,
        unpriced=plan.unpriced,
        funding=plan.funding,
        resources=plan.resources,
        cells=plan.cells or agreement.cells("status", "ends"),
    )


def why_not_expected(agreement: Agreement, policy: Policy, year: int) -> str:
    """Return why no plan is expected of an agreement; nothing where one is.

    A plan is expected of an active agreement whose term reaches into the year.
    """
    if agreement.status != Status.ACTIVE:
        return f"its status is {agreement.status}"
    ends = agreement.ends
    if isinstance(ends, When) and ends.last <= policy.year_end(year - 1):
        return f"it ended on {spoken(ends)}"
    return ""


def _sentence(plan: Plan, wanted: int, year: int, why_not: str, currency: str, *, of: str) -> str:
    count = len(plan.projects)
    planned = [_counted(n, word) for n, word in ((count, "project"), (plan.targets, "target")) if n]
    told: list[str] = [f"{' and '.join(planned) or 'Nothing'} on record for {year}"]
    if planned:
        told.append(_against(count, wanted))
    if plan.cost is not None:
        told.append(
            tell(
                "its projects are planned at {cost} without staff, {resources}",
                cost=money_fact("money.projects", plan.cost, of=of, currency=currency),
                resources=plan.resources,
            )
        )
    if why_not:
        told.append(why_not if planned else f"no plan is expected, as {why_not}")
    return told_together(told, "; ") + "."


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
    found: Sequence[YearPlanOf],
    available: Available,
) -> YearPlanOf:
    agreements = portfolio.rows(Agreement)
    targets = sum(_count_targets(row, portfolio, policy, year) for row in agreements)
    plan = _plan(portfolio.rows(Project), targets, available.amount, policy, year)
    return YearPlanOf(
        agreement_id=PROGRAMME,
        decision=_counted(len(plan.projects), "project"),
        reason=_programme_sentence(plan, found, policy, year, available),
        partner="The whole programme",
        expected=True,
        stated=plan.is_stated,
        projects=len(plan.projects),
        targets=plan.targets,
        planned_cost=plan.cost,
        unpriced=plan.unpriced,
        funding=plan.funding,
        resources=plan.resources,
        cells=plan.cells,
    )


def _programme_sentence(
    plan: Plan, found: Sequence[YearPlanOf], policy: Policy, year: int, available: Available
) -> str:
    wanted, currency = policy.counts.projects_per_year, policy.programme.currency
    enough = sum(row.projects >= wanted for row in found)
    told: list[str] = [
        f"{_counted(len(plan.projects), 'project')} for {year}, the programme's own included",
        f"{enough} of {_counted(len(found), 'agreement')} have at least {wanted}",
    ]
    if plan.cost is not None:
        cost = money_fact("money.projects", plan.cost, of=PROGRAMME, currency=currency)
        told.append(tell("planned at {cost} without staff", cost=cost))
    if plan.funding is None:
        told.append(f"what is available in {year} is not known")
    else:
        told.append(money_fact("money.available", plan.funding, currency=currency) + " available")
    return told_together(told, "; ") + f". {available.reason}"
