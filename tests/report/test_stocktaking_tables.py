"""The scorecard and its neighbours as tables: what each line is, and the list behind."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from factory import TODAY, agreement, make_portfolio, results_of

from toolkit.assess.stock.counting import read_record
from toolkit.assess.stock.scorecard import score_programme
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
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


def test_the_scorecard_is_a_table_with_a_row_an_indicator(sample):
    table = stock.standings(sample)
    assert len(table.rows) == len(sample.scorecard)
    name, now, *rest = table.rows[1]
    assert (name, now.striptags()) == ("R1b Projects led by partners", "15 of 29")
    assert rest == ["15 of 33", "partly", "14 to go"]
    assert "there is no total" in text(table)


def test_the_scorecard_is_summed_up_in_a_line(sample):
    said = text(stock.scorecard_sentence(sample.scorecard, sample.scorecard_changes))
    assert said == "4 met, 17 partly, 3 not; 4 better than last year, 2 worse."


def test_the_list_behind_names_who_does_not_count(sample):
    table = stock.lists_behind(by_the_record_alone(sample))
    rows = {row[0].split()[0]: row for row in table.rows}
    assert rows["B3"][2] == ("ended on 30 June 2025 without a decision: Thanh Quy",)
    assert "R4c" not in rows  # not looked at: there is no list


def test_partners_engaged_nowhere_come_first(sample):
    table = stock.register_of_partners(sample)
    assert table.rows[0][:4] == ("Long Shore Foundation", "other", "home", "engaged nowhere")


def test_the_projects_that_partners_lead_are_counted_and_named(sample):
    said = text(stock.leads_briefly(sample.project_leads))
    assert said.startswith("Partners lead 15 of 29 projects of the year: Apprentice exchange")


def test_the_goals_of_an_agreement_stand_in_one_row(sample):
    table, _ = stock.goals_of_next_year(sample.activity_goals, sample.year_plan).parts
    first = table.rows[0]
    assert first[0] == "Nordhafen (Partnership)"
    assert first[1][0] == "Apprentice exchange 2024 to 2026 by 30 June 2026"
    assert first[2] == "40,163"


def test_agreements_without_an_activity_goal_are_named(sample):
    said = text(stock.plan_in_words(sample.year_plan))
    assert "22 of 31 agreements that reach into the year have no activity goal" in said
    assert "Kiyomine" in said


def test_the_least_published_agreements_come_first(sample):
    rows = stock.published_of_each(sample).rows
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    counts = stock.published_by_item(sample).rows
    assert [row[:2] for row in counts][-1] == ("all four", "4 of 34")


def test_agreements_that_serve_no_goal_of_the_framework_are_counted(sample):
    last = stock.served_by_agreements(sample).rows[-1]
    assert last[:2] == ("no goal of the framework", "1 of 34")


def test_a_programme_without_records_says_so_in_every_table(bare):
    parts = [
        stock.owned_by_partners(bare),
        stock.leads_briefly(bare.project_leads),
        stock.who_is_engaged_where(bare),
        stock.register_of_partners(bare),
        stock.partners_by_kind(bare),
        stock.published_of_each(bare),
        stock.published_by_item(bare),
        stock.plan_in_words(bare.year_plan),
        stock.plan_and_money(bare),
    ]
    for part in parts:
        assert "<table" not in part._repr_html_()
        assert text(part).endswith((".", ")."))
    assert len(bare.scorecard)
