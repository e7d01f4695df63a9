"""The scorecard and its neighbours as tables: a word beside each symbol, the list behind."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from factory import TODAY, agreement, make_portfolio, results_of

from toolkit.assess.stock.counting import read_record
from toolkit.assess.stock.scorecard import score_programme
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.vocabulary import Standing
from toolkit.report import stock


@pytest.fixture(scope="module")
def sample(policy):
    return results_of(open_workbook(ROOT / "data" / "sample.xlsx", policy), policy)


@pytest.fixture(scope="module")
def bare(policy):
    return results_of(make_portfolio(policy, agreement(status="concluded")), policy)


def by_the_record_alone(results):
    """Return the scorecard without what the rules make of the record."""
    known, policy = results.known, results.policy
    record = read_record(known, policy, as_of=TODAY)
    return SimpleNamespace(scorecard=score_programme(known, policy, record, as_of=TODAY))


def text(part) -> str:
    """Return what a reader sees of a part."""
    return BeautifulSoup(part._repr_html_(), "html.parser").get_text(" ", strip=True)


def test_each_standing_is_told_in_a_word_beside_its_symbol():
    assert set(stock.SYMBOLS) == set(Standing)
    for standing, told in stock.SYMBOLS.items():
        symbol, word = told.split(" ", 1)
        assert len(symbol) == 1
        assert word == standing
    assert len({told[0] for told in stock.SYMBOLS.values()}) == len(Standing)


def test_the_scorecard_is_a_table_with_a_row_an_indicator(sample):
    table = stock.standings(sample)
    assert len(table.rows) == len(sample.scorecard)
    assert table.rows[1][:4] == (
        "R1b Projects led by partners", "◐ partly", "15 of 29", "15 of 33",
    )  # fmt: skip
    assert "there is no total" in text(table)


def test_the_list_behind_names_who_counts_and_who_does_not(sample):
    table = stock.lists_behind(by_the_record_alone(sample))
    rows = {row[0].split()[0]: row for row in table.rows}
    assert rows["R5"][2] == (
        "Nordhafen (Partnership); Eastmoor; Suryapatan (Partnership); Lonczyn (A-013)"
    )
    assert rows["R1a"][2] == "none"
    assert rows["B3"][3] == ("ended on 2025-06-30 without a decision: Thanh Quy",)
    assert "R4c" not in rows  # not looked at: there is no list


def test_changes_that_are_not_known_are_counted_and_not_listed(sample):
    table = stock.standings_since_last_year(sample)
    assert table.rows[0][3] == "worse"
    changes = sample.scorecard_changes
    known = [row for row in changes if row.decision != "not known"]
    assert len(table.rows) == len(known)
    assert f"Of {len(changes) - len(known)} indicators" in table.note


def test_partners_engaged_nowhere_come_first(sample):
    table = stock.register_of_partners(sample)
    assert table.rows[0][:4] == ("Long Shore Foundation", "other", "home", "engaged nowhere")


def test_the_caption_says_how_many_projects_partners_lead(sample):
    table = stock.leads_of_projects(sample)
    assert table.caption == "Projects of the year: 15 of 29 led by partners"
    assert [row[3] for row in table.rows[:15]] == ["led by a partner"] * 15


def test_agreements_without_an_activity_goal_are_named(sample):
    said = text(stock.plan_in_words(sample.year_plan))
    assert "22 of 31 agreements that reach into the year have no activity goal" in said
    assert "Kiyomine" in said


def test_the_least_published_agreements_come_first(sample):
    rows = stock.published_of_each(sample).rows
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    counts = stock.published_by_item(sample).rows
    assert [row[:2] for row in counts][-1] == ("all four", "4 of 34")


def test_goals_of_the_framework_name_the_agreements_that_serve_none(sample):
    last = stock.served_by_agreements(sample).rows[-1]
    assert last[:3] == ("no goal of the framework", "1 of 34", ("Kestrel Point",))


def test_a_programme_without_records_says_so_in_every_table(bare):
    parts = [
        stock.owned_by_partners(bare),
        stock.leads_of_projects(bare),
        stock.who_is_engaged_where(bare),
        stock.register_of_partners(bare),
        stock.partners_by_kind(bare),
        stock.published_of_each(bare),
        stock.published_by_item(bare),
        stock.plan_in_words(bare.year_plan),
        stock.to_do_next_year(bare),
        stock.plan_and_money(bare),
    ]
    for part in parts:
        assert "<table" not in part._repr_html_()
        assert text(part).endswith((".", ")."))
    assert len(bare.scorecard)
