"""What a bare budget comes to per agreement, and how the programme's money moves."""

from dataclasses import replace
from datetime import date

import pytest
from factory import agreement, day, make_portfolio, results_of

from toolkit.assess.resources.trend import programme_trend
from toolkit.assess.year.programme import even_shares, programme_money
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.rows import Place
from toolkit.model.sheets import BudgetLine
from toolkit.report import costs
from toolkit.report.resources import money_by_year

AS_OF = date(2018, 12, 31)


def line(year, budget, kind="programme", **more):
    return {"year": year, "line": kind, "budget": budget, **more}


@pytest.fixture
def with_a_budget_line(policy):
    """Return Toronto's record of 2018 with one line in the sheet Budget."""
    toronto = open_workbook(ROOT / "data" / "toronto-2018.xlsx", policy)
    row = BudgetLine.made(line(2018, 823_500), Place("Budget", 2, {"budget": "D"}))
    supplied = toronto.supplied | {"Budget"}
    return replace(toronto.with_rows(BudgetLine, [row]), supplied=supplied)


def test_toronto_with_only_a_budget_line_prints_even_shares_as_arithmetic(
    with_a_budget_line, policy
):
    # 16 instruments are on record, the programme states 26, the cap has 10 seats
    results = results_of(with_a_budget_line, policy, as_of=AS_OF)
    money = results.money
    assert [row.amount for row in money] == [823_500 / 16, 823_500 / 26, 82_350]
    assert {row.decision for row in money} == {"arithmetic, not cost"}
    assert {row.cells for row in money} == {"Budget!D2"}
    sentences = costs.money_sentence(money, results.programme_money, policy).paragraphs
    assert "2018: budget CAD 823,500; no actual on record." in sentences
    assert sentences[-1].endswith("divide the budget of 2018 evenly: arithmetic, not cost.")
    assert [row[2] for row in costs.even_shares(results).rows][-1] == "CAD 82,350"


def test_the_budget_of_the_latest_year_is_divided(policy):
    lines = [line(2024, 100), line(2025, 300), line(2023, 200), line(2026, 9, "overhead")]
    money = even_shares(make_portfolio(policy, agreement(), Budget=lines), policy)
    assert money["per instrument on record"].amount == 300
    assert "budget of 2025" in money["per instrument on record"].reason


@pytest.mark.parametrize(
    "more",
    [
        {"Budget": [line(2025, 300), line(2025, 50, "agreement", agreement_id="A-1")]},
        {"Budget": [line(2025, 300)], "Projects": [{"agreement_id": "A-1", "actual_cost": 50}]},
        {"Budget": [line(2025, 300)], "Projects": [{"agreement_id": "A-1", "planned_cost": 0}]},
        {"Budget": [line(2025, None)]},
    ],
)
def test_no_even_share_is_printed_beside_a_cost_or_without_a_budget(policy, more):
    portfolio = make_portfolio(policy, agreement(), **more)
    assert not even_shares(portfolio, policy).rows


def test_a_project_of_the_programme_itself_is_no_cost_of_an_agreement(policy):
    projects = [{"agreement_id": "PROGRAMME", "actual_cost": 50}]
    lines = [line(2025, 300)]
    portfolio = make_portfolio(policy, agreement(), Budget=lines, Projects=projects)
    assert even_shares(portfolio, policy).rows


def test_the_trend_sets_money_beside_the_agreements_it_carries(policy):
    # 2017 to 2018: the index rose from 130.4 to 133.4
    members = agreement("A-1", signed=day("2010")), agreement("A-2", signed=day("2018-06-30"))
    lines = [line(2017, 900, actual=1000), line(2018, 823.5, actual=1334)]
    portfolio = make_portfolio(policy, *members, Budget=lines)
    results = results_of(portfolio, policy, as_of=date(2018, 12, 31))
    before, row = results.programme_trend
    assert [before.decision, row.decision] == ["no year before on record", "less"]
    assert [before.agreements, row.agreements] == [1, 2]
    assert [before.per_agreement, row.per_agreement] == [1000, 667]
    assert round(row.budget_change, 9) == -0.085
    assert round(row.actual_change, 9) == 0.334
    assert round(row.constant_change, 9) == round(1334 / 1000 * 130.4 / 133.4 - 1, 9)
    assert money_by_year(results).rows[1][2] == "-8.5 %"


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({"status": "proposed"}, 0),
        ({"status": "historical", "concluded_on": day("2017")}, 0),
        ({"status": "concluded", "concluded_on": day("2019-02-01")}, 1),
        ({"status": "concluded"}, 0),
        ({"signed": None}, 0),
        ({"signed": day("2019")}, 0),
    ],
)
def test_an_agreement_is_in_force_from_signing_to_its_conclusion(policy, changes, count):
    portfolio = make_portfolio(policy, agreement(**changes), Budget=[line(2018, 9)])
    table = programme_trend(portfolio, policy, as_of=date(2020, 12, 31))
    assert table[2018].agreements == count


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(100.01, "over budget"), (100, "within budget"), (None, "no actual on record")],
)
def test_a_budget_spent_to_the_last_cent_is_not_exceeded(policy, actual, expected):
    portfolio = make_portfolio(policy, agreement(), Budget=[line(2018, 100, actual=actual)])
    assert programme_money(portfolio, policy)[2018].decision == expected


def test_a_year_still_to_come_counts_no_agreements(policy):
    portfolio = make_portfolio(policy, agreement(), Budget=[line(2019, 9)])
    table = programme_trend(portfolio, policy, as_of=AS_OF)
    assert (table[2019].agreements, table[2019].per_agreement) == (None, None)
