"""The scorecard and its neighbours as tables: a word beside each symbol, the list behind."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from factory import TODAY, agreement, make_portfolio

from toolkit.assess.stock.counting import YearTables
from toolkit.assess.stock.stocktaking import take_stock
from toolkit.files.opening import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.vocabulary import Standing
from toolkit.report import catalyst, goals, publication, scorecard


@pytest.fixture(scope="module")
def stock(policy):
    sample = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    return take_stock(sample, policy, YearTables(), as_of=TODAY)


@pytest.fixture(scope="module")
def bare(policy):
    portfolio = make_portfolio(policy, agreement(status="concluded"))
    return take_stock(portfolio, policy, YearTables(), as_of=TODAY)


def text(part) -> str:
    """Return what a reader sees of a part."""
    return BeautifulSoup(part._repr_html_(), "html.parser").get_text(" ", strip=True)


def test_each_standing_is_told_in_a_word_beside_its_symbol():
    assert set(scorecard.SYMBOLS) == set(Standing)
    for standing, told in scorecard.SYMBOLS.items():
        symbol, word = told.split(" ", 1)
        assert len(symbol) == 1
        assert word == standing
    assert len({told[0] for told in scorecard.SYMBOLS.values()}) == len(Standing)


def test_the_scorecard_is_a_table_with_a_row_an_indicator(stock):
    table = scorecard.scorecard_table(stock.scorecard)
    assert len(table.rows) == len(stock.scorecard)
    assert table.rows[1][:4] == (
        "R1b Projects led by partners", "◐ partly", "15 of 27", "15 of 26",
    )  # fmt: skip
    assert "there is no total" in text(table)


def test_the_list_behind_names_who_counts_and_who_does_not(stock):
    rows = {row[0].split()[0]: row for row in scorecard.behind_table(stock.scorecard).rows}
    assert rows["R5"][2] == "Nordhafen (Partnership); Eastmoor; Suryapatan; Lonczyn"
    assert rows["R1a"][2] == "none"
    assert rows["B3"][3] == ("ended on 2025-06-30 without a decision: Thanh Quy",)
    assert "R4c" not in rows  # not looked at: there is no list


def test_changes_that_are_not_known_are_counted_and_not_listed(stock):
    table = scorecard.scorecard_change_table(stock.changes)
    assert table.rows[0][3] == "worse"
    known = stock.changes[stock.changes.decision != "not known"]
    assert len(table.rows) == len(known)
    assert f"Of {len(stock.changes) - len(known)} indicators" in table.note


def test_partners_engaged_nowhere_come_first(stock):
    table = catalyst.partner_table(stock.partners)
    assert table.rows[0][:4] == ("Long Shore Foundation", "other", "home", "engaged nowhere")


def test_the_caption_says_how_many_projects_partners_lead(stock):
    table = catalyst.lead_table(stock.leads)
    assert table.caption == "Projects of the year: 15 of 27 led by partners"
    assert [row[3] for row in table.rows[:15]] == ["led by a partner"] * 15


def test_agreements_without_an_activity_goal_are_named(stock):
    said = text(goals.goals_sentence(stock.plan))
    assert "15 of 24 agreements that reach into the year have no activity goal" in said
    assert "Kiyomine" in said


def test_the_least_published_agreements_come_first(stock):
    rows = publication.publication_table(stock.publication).rows
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    counts = publication.publication_count_table(stock.publication_counts).rows
    assert [row[:2] for row in counts][-1] == ("all four", "4 of 26")


def test_goals_of_the_framework_name_the_agreements_that_serve_none(stock):
    last = goals.served_table(stock.served).rows[-1]
    assert last[:3] == ("no goal of the framework", "1 of 26", ("Kestrel Point",))


def test_a_programme_without_records_says_so_in_every_table(bare, policy):
    parts = [
        catalyst.owned_table(bare.partner_owned),
        catalyst.lead_table(bare.leads),
        catalyst.engagement_table(bare.engagements),
        catalyst.partner_table(bare.partners),
        catalyst.kind_table(bare.partner_kinds),
        publication.publication_table(bare.publication),
        publication.publication_count_table(bare.publication_counts),
        goals.goals_sentence(bare.plan),
        goals.goal_table(bare.goals, policy),
        goals.plan_table(bare.plan, policy),
    ]
    for part in parts:
        assert "<table" not in part._repr_html_()
        assert text(part).endswith((".", ")."))
    assert isinstance(bare.scorecard, pd.DataFrame)
