"""What a set of agreements costs next year, set against what is available: status quo, and raise.

Source: domain, section 7. What it cost this year stands beside; staff days without a rate of the
year planned are priced at the latest rate, and the sentence says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.assess.resources.answers import NOT_KNOWN, ScenarioOf
from toolkit.assess.resources.candidates import Asking
from toolkit.assess.resources.contests import ALL, Contest
from toolkit.model.results import Table
from toolkit.model.text import late_days, listed, missing_text
from toolkit.model.told import Told, fact, money_fact, tell
from toolkit.model.vocabulary import Scenario

WHICH = {Scenario.STATUS_QUO: "under review", Scenario.RAISE: "of the recommended set"}


@dataclass(frozen=True)
class Costed:
    """What a set of agreements costs, beside what is available for it.

    Where a cost is not on record, what is left is at most, and what is missing at least, this.
    """

    scenario: Scenario
    agreement_class: str
    agreements: int
    cost: float | None
    full_cost: float | None
    late_days: float
    rate_year: str
    available: float | None
    without_cost: tuple[str, ...]
    without_full_cost: tuple[str, ...]
    year: int
    currency: str
    cells: str

    @property
    def of_class(self) -> str:
        """The class it is of; blank for all of them."""
        return "" if self.agreement_class == ALL else self.agreement_class

    @property
    def is_least(self) -> bool:
        """Whether something of it has no cost on record, so that it costs at least this."""
        return bool(self.without_cost or (self.late_days and not self.rate_year))

    @property
    def whose(self) -> str:
        """Whose its figures are, as the marks of its sentences say it."""
        return f"{self.agreement_class}, {WHICH[self.scenario]}"

    @property
    def priced_late(self) -> str:
        """Which staff days no rate of the year prices, and what does; blank without any."""
        if not self.late_days:
            return ""
        return f" ({late_days(self.late_days, self.rate_year)})"

    @property
    def left(self) -> float | None:
        """What is left of the money; what is missing is below zero."""
        if self.cost is None or self.available is None:
            return None
        return round(self.available - self.cost, 2)

    @property
    def funded_ratio(self) -> float | None:
        """The share of the cost for which money is there."""
        return self.available / self.cost if self.available is not None and self.cost else None


def carry_all(contest: Contest) -> Costed:
    """Return the status quo: every agreement of the class under review, as if nothing changes."""
    return _carry(Scenario.STATUS_QUO, contest, contest.members)


def carry_recommended(contest: Contest) -> Costed:
    """Return what funds the recommended set: all that the review does not give up."""
    return _carry(Scenario.RAISE, contest, contest.recommended)


def _carry(scenario: Scenario, contest: Contest, rows: Table[Asking]) -> Costed:
    return Costed(
        scenario=scenario,
        agreement_class=contest.agreement_class,
        agreements=len(rows),
        cost=add_known(row.cost for row in rows) if rows else 0.0,
        full_cost=add_known(row.full_cost for row in rows),
        late_days=sum(row.late_days for row in rows),
        rate_year=contest.rate_year,
        available=contest.money,
        without_cost=tuple(row.partner for row in rows if row.cost is None),
        without_full_cost=tuple(row.partner for row in rows if row.full_cost is None),
        year=contest.year,
        currency=contest.currency,
        cells=contest.cells,
    )


def add_known(values: Iterable[float | None]) -> float | None:
    """Return the sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return round(sum(known), 2) if known else None


def set_against_money(carried: Costed) -> ScenarioOf:
    """Return what a set of agreements costs, set against what is available."""
    left = carried.left
    return ScenarioOf(
        scenario=carried.scenario,
        decision=_carried_word(carried, left),
        reason=_carried_reason(carried, left),
        agreement_class=carried.agreement_class,
        agreements=carried.agreements,
        cost=carried.cost,
        full_cost=carried.full_cost,
        available=carried.available,
        left=left,
        funded_ratio=carried.funded_ratio,
        uplift=None if left is None else max(-left, 0.0),
        unfunded=carried.without_cost,
        currency=carried.currency,
        cells=carried.cells,
    )


def _carried_word(carried: Costed, left: float | None) -> str:
    if left is None:
        return NOT_KNOWN
    if carried.scenario == Scenario.STATUS_QUO:
        return "short of money" if left < 0 else "within the money"
    if left >= 0:
        return "no raise needed"
    least = "at least " if carried.is_least else ""
    return tell("raise by {least}{short}", least=least, short=_short(carried, left))


def _short(carried: Costed, left: float) -> Told:
    return fact("money.missing", -left, missing_text(-left), of=carried.whose)


def _carried_reason(carried: Costed, left: float | None) -> str:
    without, count = carried.without_cost, carried.agreements
    who = f"{count} agreement{'s' if count != 1 else ''} {WHICH[carried.scenario]}"
    if carried.cost is None:
        return f"No cost is on record of the {who}: {listed(without)}."
    return tell(
        "The {who} cost{s} {least}{cost}{late}; {against}.{unknown}{spent}",
        who=who,
        s="s" if count == 1 else "",
        least="at least " if carried.is_least else "",
        cost=money_fact("money.planned", carried.cost, of=carried.whose),
        late=carried.priced_late,
        against=_against(carried, left),
        unknown=f" No cost is on record of {listed(without)}." if without else "",
        spent=_spent(carried),
    )


def _against(carried: Costed, left: float | None) -> str:
    """Return what is available for a set, and what is left or missing."""
    if left is None or carried.available is None:
        return "what is available is not known"
    end = (
        _short(carried, left) + " is missing"
        if left < 0
        else money_fact("money.left", left, of=carried.whose) + " is left"
    )
    available = money_fact("money.available", carried.available, of=carried.of_class)
    return tell("{available} is available, so {end}", available=available, end=end)


def _spent(carried: Costed) -> str:
    """Return what a set cost in the year before the one planned, as far as it is on record."""
    if carried.full_cost is None:
        return ""
    without = carried.without_full_cost
    return tell(
        " In {year} their full cost was {least}{cost}{unknown}.",
        year=carried.year - 1,
        least="at least " if without else "",
        cost=money_fact("money.full_cost", carried.full_cost, of=carried.whose),
        unknown=f", with none on record of {listed(without)}" if without else "",
    )
