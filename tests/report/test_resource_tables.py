"""What a committee reads of next year's money."""

import pytest
from factory import agreement, make_portfolio, results_of

from toolkit.model.results import Result, Table, out, result
from toolkit.model.vocabulary import Evidence, Firm
from toolkit.report.markup import Sentences
from toolkit.report.resources import (
    answers_to_a_gap,
    planning_table,
    plot_uplifts,
    resources_sentence,
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


def test_the_summary_tells_the_gap_the_line_and_what_the_priorities_cost(found):
    lines = resources_sentence(found.scenarios, found.planning_costs, ["A-1", "A-3"]).paragraphs
    assert lines == (
        "For 2026, in CAD: the 3 agreements of the recommended set cost at least 1,000; 900 is "
        "available, so 100 is missing. No cost is on record of Kyoto. Programme budget of 2026 "
        "less overhead.",
        "Partnership, 1 of 2 funded. The first down the ranking that is not funded is Milan; 100 "
        "more would reach it.",
        "With 100 more in all, every agreement whose decision is firm is funded.",
        "The year's priorities are planned to cost at least CAD 800: Oslo 800. No cost is on "
        "record of Kyoto.",
    )


def test_priorities_nobody_has_priced_are_named_without_a_sum(found):
    lines = resources_sentence(found.scenarios, found.planning_costs, ["A-3"]).paragraphs
    assert lines[-1] == "The year's priorities: No cost is on record of Kyoto."


def test_an_unknown_cost_is_a_dash_in_the_table_and_never_zero(found):
    rows = {row[0]: row for row in planning_table(found.planning_costs, found.candidates).rows}
    assert rows["Kyoto"][2:5] == ("cost not on record", "50.0", None)


def test_every_answer_stands_for_each_class_and_for_all(found):
    rows = answers_to_a_gap(found).rows
    assert [row[:3] for row in rows if row[1] == "Partnership"] == [
        ("Status quo", "Partnership", "short of money"),
        ("Raise", "Partnership", "raise by at least 100"),
        ("Reduce, down the ranking", "Partnership", "1 of 2 funded"),
        ("Reduce, best sum of scores", "Partnership", "1 of 2 funded"),
        ("Both, until all firm ones are funded", "Partnership", "needs 100 more"),
    ]
    assert sum(row[1] == "all classes" for row in rows) == 5


def test_who_is_not_funded_and_what_would_reach_the_first_is_in_the_table(found):
    row = who_is_funded(found).rows[0]
    assert row == (
        "Reduce, down the ranking", "Partnership", ("Oslo",), None, ("Milan",), ("Milan",), "100",
    )  # fmt: skip


def test_the_figure_holds_the_numbers_of_the_table(found):
    # 5 per cent of 900 is 45, 10 is 90, 15 is 135: only that reaches 1,000
    table = what_uplifts_fund(found)
    whole = [(row[0], row[2], row[4]) for row in table.rows if row[1] == "all classes"]
    assert whole == [("0 %", "0", 1), ("5 %", "45", 1), ("10 %", "90", 1), ("15 %", "135", 2)]
    figure = plot_uplifts(found.uplifts)
    assert figure.caption == ("Agreements funded: 1 without an uplift; 2 with 15 % more (CAD 135).")
    assert "15 % (135) 2, adding Milan" in figure.alt
    assert "<svg" in figure.svg


def test_where_nothing_is_known_one_passage_says_what_would_settle_it(policy):
    found = resources_of(policy, agreement("A-1"))
    shown = show_resources(found)
    assert isinstance(shown, Sentences)
    assert "The sheet Budget" in shown.paragraphs[-1]


def test_without_an_agreement_of_the_framework_there_is_nothing_to_set_out(policy):
    found = resources_of(policy, agreement("M-1", classification="MOU"), Budget=MONEY)
    assert "nothing to set against the money" in show_resources(found).paragraphs[-1]
