"""What the programme delivered in the year: sums of like units, named achievements and failures.

Source: domain, section 6. Percentages are never added; an outcome counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.assess.year.costs import YearCost, name_in_force
from toolkit.assess.year.indicators import IndicatorReached
from toolkit.assess.year.series import Series, is_approved
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio, is_reviewed
from toolkit.model.results import Format, Result, Table, out, result
from toolkit.model.rows import joined
from toolkit.model.sheets import Agreement, Outcome, PeriodResult
from toolkit.model.vocabulary import Progress


@result(key="measure")
class UnitSum(Result):
    """The year's results in one unit; money only where it is of the same thing."""

    measure: str = out("Measure", "The unit; of money the currency and what it is.")
    decision: str = out("Delivered", "The total with its unit.")
    unit: str = out("Unit", "Unit or currency.")
    total: float = out("Total of the year", fmt=Format.AMOUNT)
    names: tuple[str, ...] = out("Of", "The indicators.", fmt=Format.LIST)
    results: int = out("Results counted", fmt=Format.COUNT)
    left_out: int = out("Left out", "Associated, or repeated.", fmt=Format.COUNT)


@result(key="agreement_id", repeats=True, serves=("F4",))
class OutcomeCost(Result):
    """What one agreement cost in the year, over what it delivered in one unit."""

    agreement_id: str = out("Id")
    decision: str = out("What it is")
    unit: str = out("Unit", "Of money, the currency and what it is.")
    total: float = out("Delivered", "Above zero.", fmt=Format.AMOUNT)
    full_cost: float = out("Full cost", "Of the year, policy currency.", fmt=Format.AMOUNT)
    cost_per_unit: float = out("Cost per unit", "Policy currency.", fmt=Format.AMOUNT)
    partner: str = out("Agreement", "While it is in force, else its id.", handed_out=False)


@result(key="outcome_ref", serves=("R9", "M2"))
class NamedOutcome(Result):
    """One named achievement of the year."""

    outcome_ref: str = out("Name")
    decision: str = out("Achievement", "What was achieved.")
    reason: str = out("Who and for whom", "Who achieved it, and who benefits.")
    agreements: tuple[str, ...] = out("Agreements", "Their ids.", fmt=Format.LIST)
    amount: float | None = out("Amount", fmt=Format.AMOUNT)
    currency: str | None = out("Currency", "Only where there is an amount.")
    on: str = out("When")
    partners: tuple[str, ...] = out(
        "Agreements", "By name while in force, else by id.", handed_out=False
    )


@result(key="indicator_id")
class NamedFailure(Result):
    """One indicator that is off track, or due and not reported."""

    indicator_id: str = out("Id")
    decision: Progress = out("Status")
    reason: str = out("Why")
    partner: str = out("Agreement")
    name: str = out("Indicator")
    achievement: float | None = out("Achieved", fmt=Format.SHARE)


@dataclass(frozen=True)
class Increment:
    """An approved count or amount of the reporting year, with the unit it is counted in."""

    series: Series
    row: PeriodResult
    unit: str
    value: float

    @property
    def measure(self) -> str:
        """What it is like: its unit, and for money, which says nothing of that, its indicator."""
        indicator = self.series.indicator
        is_money = indicator.currency or indicator.measure == "amount"
        return f"{self.unit}, {' '.join(indicator.name.split()).lower()}" if is_money else self.unit


def like_unit_sums(series: Iterable[Series], policy: Policy, *, as_of: date) -> Table[UnitSum]:
    """Return the year's results summed over the programme, like units only (domain 6).

    Approved increments of the reporting year that should rise are summed by unit; money by currency
    and by what the indicator names, for contracts, investment and sales are not alike.
    Results that are only associated are left out; of results that name the same outcome, the part
    that repeats it counts once.
    """
    year, found = policy.year_of(as_of), list(_increments(series, policy, as_of=as_of))
    return Table(UnitSum, _sums(found, year))


def _sums(found: Iterable[Increment], year: int) -> list[UnitSum]:
    """Return the sum of each measure; an outcome that stands under two counts in the larger."""
    units: dict[str, list[Increment]] = defaultdict(list)
    measures: dict[str, list[Increment]] = defaultdict(list)
    for increment in found:
        units[increment.unit].append(increment)
        measures[increment.measure].append(increment)
    counted = [pair for rows in units.values() for pair in _counted(rows)]
    return [
        _sum_of(name, measures[name], [pair for pair in counted if pair[0].measure == name], year)
        for name in sorted(measures)
    ]


def _increments(found: Iterable[Series], policy: Policy, *, as_of: date) -> Iterator[Increment]:
    """Return what counts in the sums of the reporting year."""
    year = policy.year_of(as_of)
    for series in found:
        countable = series.indicator.measure in (None, "count", "amount")
        if not (series.adds_up and series.rises and countable and series.unit):
            continue
        for row in series.results:
            approved = is_approved(row) and not row.period.exceeds_year
            if row.actual is not None and approved and policy.year_of(row.period.last) == year:
                yield Increment(series, row, series.unit, row.actual)


def _sum_of(
    measure: str,
    found: Sequence[Increment],
    used: Sequence[tuple[Increment, float]],
    year: int,
) -> UnitSum:
    unit, total = found[0].unit, sum((value for _, value in used), start=0.0)
    left_out = len(found) - len(used)
    return UnitSum(
        measure=measure,
        decision=f"{total:,.10g} {unit}",
        reason=f"{len(used)} approved results of {year}; {left_out} associated or repeated.",
        unit=unit,
        total=total,
        names=tuple(sorted({increment.series.indicator.name for increment in found})),
        results=len(used),
        left_out=left_out,
        cells=joined(increment.row.cell("actual") for increment, _ in used),
    )


def _counted(found: Iterable[Increment]) -> Iterator[tuple[Increment, float]]:
    """Return the results that count, the largest first, each with what of it is not counted yet."""
    counted: set[str] = set()
    for increment in sorted(found, key=_largest_first):
        row, refs = increment.row, set(increment.row.outcome_ref or ())
        share = len(refs - counted) / len(refs) if refs else 1.0
        if row.contribution == "associated" or share == 0:
            continue
        counted |= refs
        yield increment, increment.value * share


def _largest_first(increment: Increment) -> tuple[float, str, str]:
    return -increment.value, increment.row.indicator_id, increment.row.period.label


def cost_per_outcome(
    series: Iterable[Series], policy: Policy, costs: Table[YearCost], *, as_of: date
) -> Table[OutcomeCost]:
    """Return the year's full cost of an agreement over what it delivered, by unit.

    The whole cost stands against each unit, so the figures of one agreement are not added up.
    """
    year = policy.year_of(as_of)
    of_year = {row.agreement_id: row for row in costs if row.year == year}
    groups: dict[str, list[Increment]] = defaultdict(list)
    for found in _increments(series, policy, as_of=as_of):
        groups[found.series.objective.agreement_id].append(found)
    costed = (
        _outcome_cost(of_year.get(key), delivered)
        for key in sorted(groups)
        for delivered in _sums(groups[key], year)
    )
    return Table(OutcomeCost, (row for row in costed if row))


def _outcome_cost(cost: YearCost | None, delivered: UnitSum) -> OutcomeCost | None:
    """Return one line, or nothing where there is no cost or nothing was delivered."""
    if cost is None or cost.full_cost is None or delivered.total <= 0:
        return None
    return OutcomeCost(
        agreement_id=cost.agreement_id,
        decision="cost per outcome",
        reason=f"Full cost of {cost.year} over {delivered.decision}.",
        unit=delivered.measure,
        total=delivered.total,
        full_cost=cost.full_cost,
        cost_per_unit=cost.full_cost / delivered.total,
        partner=cost.partner,
        cells=joined([cost.cells, delivered.cells]),
    )


def named_outcomes(portfolio: Portfolio, policy: Policy, *, as_of: date) -> Table[NamedOutcome]:
    """Return the year's named achievements, each outcome once."""
    year = policy.year_of(as_of)
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for row in portfolio.rows(Outcome):
        groups[row.outcome_ref].append(row)
    found = (
        _named_outcome(portfolio, policy, groups[ref])
        for ref in sorted(groups)
        if _is_of(groups[ref][0], policy, year, as_of)
    )
    return Table(NamedOutcome, found)


def _is_of(outcome: Outcome, policy: Policy, year: int, as_of: date) -> bool:
    on = outcome.on
    return on is not None and policy.year_of(on.last) == year and on.first <= as_of


def _named_outcome(portfolio: Portfolio, policy: Policy, rows: Sequence[Outcome]) -> NamedOutcome:
    """Return one outcome; what several rows say of it differently, the first decides."""
    first = rows[0]
    agreements = tuple(sorted({row.agreement_id for row in rows}))
    return NamedOutcome(
        outcome_ref=first.outcome_ref,
        decision=first.what,
        reason=_outcome_sentence(first),
        agreements=agreements,
        amount=first.amount,
        currency=(first.currency or policy.programme.currency) if first.amount else None,
        on=str(first.on),
        partners=tuple(name_in_force(portfolio, key) for key in agreements),
        cells=joined(row.cell("what") for row in rows),
    )


def _outcome_sentence(row: Outcome) -> str:
    who = f"By {row.who}. " if row.who else ""
    return f"{who}Benefit: {row.benefit or 'not on record'}."


def named_failures(
    portfolio: Portfolio, indicators: Table[IndicatorReached]
) -> Table[NamedFailure]:
    """Return the indicators that are off track or due and not reported, worst first.

    Only those of agreements in force are named, and of objectives that count.
    """
    wanted = (Progress.OFF_TRACK, Progress.NOT_REPORTED)
    judged = (r for r in indicators if r.judged and r.decision in wanted)
    rows = [r for r in judged if _is_in_force(portfolio, r)]
    ordered = sorted(rows, key=lambda r: (r.decision, r.achievement or 0.0, r.indicator_id))
    return Table(NamedFailure, (_failure(portfolio, row) for row in ordered))


def _is_in_force(portfolio: Portfolio, indicator: IndicatorReached) -> bool:
    agreement = portfolio.get(Agreement, indicator.agreement_id)
    return agreement is not None and is_reviewed(agreement)


def _failure(portfolio: Portfolio, indicator: IndicatorReached) -> NamedFailure:
    return NamedFailure(
        indicator_id=indicator.indicator_id,
        decision=indicator.decision,
        reason=indicator.reason,
        partner=portfolio.labels[indicator.agreement_id],
        name=indicator.name,
        achievement=indicator.achievement,
        cells=indicator.cells,
    )
