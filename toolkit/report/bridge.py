"""How next year's money is shown: from the budget to what is left, and what each answer does."""

from collections.abc import Iterator

from toolkit.model.results import Result, Table
from toolkit.model.text import how_many, missing_text, money_text
from toolkit.model.told import Told, fact, lowered, money_fact, tell
from toolkit.model.vocabulary import Scenario
from toolkit.report import costs, markup
from toolkit.report.charts import Bar, Bars, Chart
from toolkit.report.markup import Part, Sentences, Stack
from toolkit.report.resources import ALL
from toolkit.report.view import Found

ANSWERS = {
    Scenario.STATUS_QUO: "Leave all as it is",
    Scenario.RAISE: "Raise the budget for what is proposed",
    Scenario.NESTED: "Reduce the number, down the ranking",
    Scenario.BOTH: "Both: raise until all firm ones are funded",
}


def plot_bridge(scenarios: Table[Result], programme: Table[Result], year: int) -> Part:
    """Return this year's budget and spending, and how next year's budget becomes what is left."""
    now = _as_it_is(scenarios)
    if now is None:
        return Stack()
    left = now.available - now.cost
    low, steps = min(left, 0.0), [*_years(programme, year), *_steps(now, programme, year + 1)]
    span = max(max(stop for _, _, stop, _ in steps) - low, 1.0)
    rows = tuple(
        Bars(
            name,
            (Bar((start - low) / span, (stop - low) / span, hollow),),
            money_text(stop - start),
        )
        for name, start, stop, hollow in steps
    )
    return Chart(_message(now, year + 1), rows, ((-low / span, "0"),))


def _as_it_is(scenarios: Table[Result]) -> Result | None:
    """Return the answer that leaves all as it is, over all classes, where both sums are known."""
    whole = (row for row in scenarios.of(Scenario.STATUS_QUO) if row.agreement_class == ALL)
    return next((row for row in whole if None not in (row.available, row.cost)), None)


def _message(now: Result, year: int) -> Told:
    left = now.available - now.cost
    bound = ("at most " if left >= 0 else "at least ") if now.unfunded else ""
    name = "money.left" if left >= 0 else "money.missing"
    return tell(
        "Of the money for agreements in {year}, {bound}{sum} is {word}",
        year=year,
        bound=bound,
        sum=money_fact(name, abs(left), of=ALL, currency=now.currency),
        word="left" if left >= 0 else "missing",
    )


def told_of_it(results: Found) -> Part:
    """Return what the bridge rests on; where no cost is on record, the stated budget."""
    now = _as_it_is(results.scenarios)
    if now is not None:
        return Sentences(tuple(filter(None, (now.reason, results.other_claims))))
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


def _steps(now: Result, programme: Table[Result], planned: int) -> Iterator[Step]:
    budget = next((row.budget for row in programme if row.year == planned), None)
    if budget is not None:
        yield f"Budget {planned}", 0.0, budget, False
        yield "less overhead", now.available, budget, True
    yield "For agreements", 0.0, now.available, False
    left = now.available - now.cost
    yield f"less planned, {how_many(now.agreements, 'agreement')}", left, now.available, True
    yield ("Left", 0.0, left, False) if left >= 0 else ("Missing", left, 0.0, True)


def answers(scenarios: Table[Result]) -> Part:
    """Return what leaving all, raising, reducing and both would do, over all classes."""
    if _as_it_is(scenarios) is None:
        return Stack()
    whole = [row for row in scenarios if row.agreement_class == ALL]
    rows = tuple(
        (ANSWERS[row.scenario], row.agreements, costs.whole(row.cost), _does(row))
        for row in whole
        if row.scenario in ANSWERS
    )
    headings = ("Answer", "Agreements", "Cost", "What it does")
    note = f"In {whole[0].currency}."
    return markup.HtmlTable("Raise, reduce, or both", headings, rows, frozenset({1, 2}), note)


def _does(row: Result) -> str:
    if row.scenario == Scenario.BOTH and row.uplift:
        more = fact("money.to_firm", row.uplift, missing_text(row.uplift), of=ALL)
        return tell("{more} more would fund every firm agreement", more=more)
    if row.left is not None and row.left < 0:
        short = money_fact("money.missing", -row.left, of=f"{row.scenario}, {ALL}")
        return tell("{found}; {short} missing", found=lowered(row.decision), short=short)
    return row.decision
