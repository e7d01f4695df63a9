"""How next year's money is shown: from the budget to what is left, and what each answer does."""

from collections.abc import Iterable, Iterator

from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, missing_text, money_text
from toolkit.model.told import Told, fact, lowered, money_fact, tell, told_together
from toolkit.model.vocabulary import Scenario
from toolkit.report import costs, markup
from toolkit.report.charts import Bar, Bars, Chart
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.resources import ALL
from toolkit.report.view import Found

LEFT = "left"  # the step of that name
WITH_OTHERS = "all that draws on it"
ANSWERS = {
    Scenario.STATUS_QUO: "Leave all as it is",
    Scenario.RAISE: "Raise the budget until what is proposed is funded",
    Scenario.NESTED: "Reduce the number, down the ranking",
    Scenario.BOTH: "Both: reduce, and raise until every firm proposal is funded",
}


def plot_bridge(results: Found) -> Part:
    """Return this year's budget and spending, and how next year's budget becomes what is left."""
    now, programme, year = _as_it_is(results.scenarios), results.programme_money, results.year
    if now is None:
        return Stack()
    others = results.other_claims
    left = results.money_steps[LEFT].amount
    steps = [*_years(programme, year), *_steps(now, programme, year + 1, others.amounts)]
    low = min(left, 0.0)
    span = max(max(stop for _, _, stop, _ in steps) - low, 1.0)
    rows = tuple(
        Bars(
            name,
            (Bar((start - low) / span, (stop - low) / span, hollow),),
            money_text(stop - start),
        )
        for name, start, stop, hollow in steps
    )
    return Chart(_message(now, left, year + 1), rows, ((-low / span, "0"),))


def _as_it_is(scenarios: Table[Result]) -> Result | None:
    """Return the answer that leaves all as it is, over all classes, where both sums are known."""
    whole = (row for row in scenarios.of(Scenario.STATUS_QUO) if row.agreement_class == ALL)
    return next((row for row in whole if None not in (row.available, row.cost)), None)


def _message(now: Result, left: float, year: int) -> Told:
    bound = ("at most " if left >= 0 else "at least ") if now.unfunded else ""
    return tell(
        "Of the money for agreements in {year}, {bound}{sum} is {word}",
        year=year,
        bound=bound,
        sum=money_fact(*_left_or_missing(left), of=WITH_OTHERS, currency=now.currency),
        word="left" if left >= 0 else "missing",
    )


def _left_or_missing(left: float) -> tuple[str, float]:
    return ("money.left" if left >= 0 else "money.missing"), abs(left)


def told_of_it(results: Found) -> Part:
    """Return what the bridge rests on; where no cost is on record, the stated budget."""
    now = _as_it_is(results.scenarios)
    if now is not None:
        others = results.other_claims
        if not others.told:
            return Sentences((now.reason,))
        left = results.money_steps[LEFT].amount
        with_these = tell(
            "With these, {sum} is {word}.",
            sum=money_fact(*_left_or_missing(left), of=WITH_OTHERS),
            word="left" if left >= 0 else "missing",
        )
        return Sentences((now.reason, told_together((others.told, with_these), " ")))
    if not results.money and not results.programme_money:
        return Stack()
    told = costs.money_sentence(results.money, results.programme_money, results.policy)
    return Stack(told, costs.even_shares(results)) if results.money else told


Step = tuple[str, float, float, bool]


def _years(programme: Table[Result], year: int) -> Iterator[Step]:
    for row in programme:
        if row.year == year and row.budget is not None:
            yield f"Budget {year}", 0.0, row.budget, False
            if row.actual is not None:
                yield f"Spent {year}", 0.0, row.actual, False


def _steps(
    now: Result, programme: Table[Result], planned: int, others: Iterable[tuple[str, float]]
) -> Iterator[Step]:
    """Yield each step with where its bar begins and ends; what is taken off is hollow."""
    budget = next((row.budget for row in programme if row.year == planned), None)
    if budget is not None:
        yield f"Budget {planned}", 0.0, budget, False
        yield "less overhead", now.available, budget, True
    yield "For agreements", 0.0, now.available, False
    left = now.available
    planned_for = f"less planned, {how_many(now.agreements, 'agreement')}"
    for name, amount in ((planned_for, now.cost), *others):
        left, before = left - amount, left
        yield name, left, before, True
    yield ("Left", 0.0, left, False) if left >= 0 else ("Missing", left, 0.0, True)


def answers(scenarios: Table[Result]) -> Part:
    """Return what leaving all, raising, reducing and both would do, over all classes."""
    if _as_it_is(scenarios) is None:
        return Stack()
    whole = [row for row in scenarios if row.agreement_class == ALL]
    rows = tuple(
        (ANSWERS[row.scenario], row.agreements, _unpriced(row), costs.whole(row.cost), _does(row))
        for row in whole
        if row.scenario in ANSWERS
    )
    headings = ("Answer", "Agreements", "Of them without a cost", "Cost", "What it does")
    note = (
        f"In {whole[0].currency}. Reducing goes down the ranking, so only what is scored is in it."
    )
    return markup.HtmlTable("Raise, reduce, or both", headings, rows, frozenset({1, 2, 3}), note)


def _unpriced(row: Result) -> int:
    """Return how many of the agreements of an answer have no cost on record."""
    return len(row.unfunded) if row.scenario in (Scenario.STATUS_QUO, Scenario.RAISE) else 0


def _does(row: Result) -> str:
    if row.scenario == Scenario.BOTH and row.uplift:
        more = fact("money.to_firm", row.uplift, missing_text(row.uplift), of=ALL)
        return tell("{more} more would fund every firm agreement", more=more)
    if row.left is not None and row.left < 0:
        short = money_fact("money.missing", -row.left, of=f"{row.scenario}, {ALL}")
        return tell("{found}; {short} missing", found=lowered(row.decision), short=short)
    return row.decision
