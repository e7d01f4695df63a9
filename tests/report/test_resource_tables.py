"""What a committee reads of next year's money."""

import pytest
from factory import agreement, make_portfolio, mou, results_of

from toolkit.model.results import Result, Table, out, result
from toolkit.model.vocabulary import Evidence, Firm
from toolkit.report.bridge import answers, plot_bridge, told_of_it
from toolkit.report.markup import Sentences
from toolkit.report.resources import (
    answers_to_a_gap,
    planning_table,
    show_resources,
    what_uplifts_fund,
    who_is_funded,
)

MONEY = [
    {"year": 2026, "line": "programme", "budget": 1000},
    {"year": 2026, "line": "overhead", "budget": 100},
]


@pytest.fixture
def found(policy):
    """Return the resources of three agreements of which 900 funds one; the last has no cost."""
    members = [
        agreement("A-1", partner="Oslo", yearly_cost=800),
        agreement("A-2", partner="Milan", yearly_cost=200),
        agreement("A-3", partner="Kyoto"),
    ]
    return resources_of(policy, *members, Budget=MONEY)


@result(key="agreement_id")
class Given(Result):
    """What is proposed for an agreement, how firm that is, and what it scores."""

    agreement_id: str = out("Id")
    mean: float | None = out("Score", default=None)
    record: float | None = out("Record", default=None)
    defects: tuple[str, ...] = out("Defects", default=())
    evidence: Evidence | None = out("Evidence", default=None)


def resources_of(policy, *members, scores=(80.0, 60.0, 50.0), **sheets):
    """Return the results of agreements that are kept, with these scores; only A-2 is firm."""
    results = results_of(make_portfolio(policy, *members, **sheets), policy)
    keys = results.seats.keys()
    sure = {key: Firm.FIRM if key == "A-2" else Firm.CONTESTED for key in keys}
    vars(results).update(
        review=given(dict.fromkeys(keys, "Keep")),
        firmness=given(sure),
        scores=given(dict.fromkeys(keys, "scored"), scores),
    )
    return results


def given(words, scores=(None, None, None)):
    """Return a table that says these words of the agreements."""
    rows = zip(words.items(), scores, strict=False)
    return Table(
        Given, (Given(agreement_id=k, decision=w, reason="", mean=score) for (k, w), score in rows)
    )


def test_the_bridge_leads_from_the_budget_to_what_is_missing(found):
    chart = plot_bridge(found)
    assert [(row.name, row.words) for row in chart.rows] == [
        ("Budget 2026", "1,000"),
        ("less overhead", "100"),
        ("For agreements", "900"),
        ("less planned, 3 agreements", "1,000"),
        ("Missing", "100"),
    ]
    assert chart.message == "Of the money for agreements in 2026, at least CAD 100 is missing"


def test_the_bridge_takes_off_what_else_draws_on_the_same_money(policy):
    members = agreement("A-1", yearly_cost=100), mou("M-1", partner="Austin", yearly_cost=50)
    found = resources_of(policy, *members, Budget=MONEY)
    steps = [(row.name, row.words) for row in plot_bridge(found).rows]
    assert steps[-2:] == [("less others, and those proposed", "50"), ("Left", "750")]
    assert told_of_it(found).paragraphs[-1].endswith("With these, 750 is left.")


def test_the_alternative_text_holds_the_numbers_of_the_bridge(found):
    chart = plot_bridge(found)
    assert "less overhead 100; For agreements 900" in chart.alt
    assert chart.alt in chart._repr_html_()


def test_each_answer_says_what_it_does(found):
    assert [(row[0], row[4]) for row in answers(found.scenarios).rows] == [
        ("Leave all as it is", "short of money; 100 missing"),
        ("Raise the budget until what is proposed is funded", "raise by at least 100; 100 missing"),
        ("Reduce the number, down the ranking", "1 of 2 funded"),
        (
            "Both: reduce, and raise until every firm proposal is funded",
            "100 more would fund every firm agreement",
        ),
    ]


def test_without_a_plan_there_is_no_bridge(policy):
    bare = resources_of(policy, agreement("A-1"))
    assert not plot_bridge(bare)._repr_html_()
    assert not answers(bare.scenarios)._repr_html_()


def test_an_unknown_cost_is_a_dash_in_the_table_and_never_zero(found):
    rows = {row[0]: row for row in planning_table(found.planning_costs, found.candidates).rows}
    assert rows["Kyoto"][2:6] == ("cost not on record", "50.0", None, None)


def test_every_answer_stands_for_each_class(found):
    rows = answers_to_a_gap(found).rows
    assert [row[:3] for row in rows if row[1] == "Partnership"] == [
        ("Status quo", "Partnership", "short of money"),
        ("Raise", "Partnership", "raise by at least 100"),
        ("Reduce, down the ranking", "Partnership", "1 of 2 funded"),
        ("Reduce, best sum of scores", "Partnership", "1 of 2 funded"),
        ("Both, until all firm ones are funded", "Partnership", "needs 100 more"),
    ]


def test_who_is_not_funded_and_what_would_reach_the_first_is_in_the_table(found):
    row = who_is_funded(found).rows[0]
    assert row == ("Reduce, down the ranking", "Partnership", "Oslo", None, "Milan", "100")


def test_the_uplifts_are_told_in_steps(found):
    # 5 per cent of 900 is 45, 10 is 90, 15 is 135: only that reaches 1,000
    rows = [row for row in what_uplifts_fund(found).rows if row[1] == "all classes"]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        ("0 %", "900", 1),
        ("5 %", "945", 1),
        ("10 %", "990", 1),
        ("15 %", "1,035", 2),
    ]


def test_where_nothing_is_known_one_passage_says_what_would_settle_it(policy):
    found = resources_of(policy, agreement("A-1"))
    shown = show_resources(found)
    assert isinstance(shown, Sentences)
    assert "The sheet Budget" in shown.paragraphs[-1]


def test_without_an_agreement_of_the_framework_there_is_nothing_to_set_out(policy):
    found = resources_of(policy, agreement("M-1", classification="MOU"), Budget=MONEY)
    assert "nothing to set against the money" in show_resources(found).paragraphs[-1]
