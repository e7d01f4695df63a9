"""A question the policy has no answer to is missing on every result: never a no, never zero."""

from dataclasses import replace

import pytest
from factory import TODAY, agreement, day, make_portfolio, results_of

from toolkit.assess.record.markets import market_score
from toolkit.assess.results import Results
from toolkit.assess.stock.goals import map_goals
from toolkit.assess.year.programme import missions_by_tier
from toolkit.files.shipped import ROOT
from toolkit.files.workbook import read_workbook
from toolkit.model.policy import Cap
from toolkit.model.sheets import Agreement
from toolkit.report.basis import page_header

PROFILE = {"subject_id": "A-1", "sectors_shared": ("technology",), "yearly_trade": 1e9}
SILENT = agreement(signed=day("2010"), last_contact=day("2015"), records_complete_to=day("2025-12"))


@pytest.fixture(scope="module")
def sample(policy_neutral):
    """The results of the sample under the open policy, which refuses its goals and sectors."""
    portfolio = read_workbook(ROOT / "data" / "sample.xlsx", policy_neutral).portfolio
    return Results(portfolio, policy_neutral, TODAY)


def banners(policy):
    """Return what a page says of its policy."""
    portfolio = make_portfolio(policy, agreement())
    header = page_header("Title", results_of(portfolio, policy), level=1)
    return [banner.text for banner in header.banners if banner.word == "Policy"]


def test_without_markets_no_place_has_a_rating(policy_neutral, policy):
    (row,) = make_portfolio(policy, agreement(country="Chad")).rows(Agreement)
    assert market_score(row, policy_neutral) is None
    assert market_score(row, policy) == 0


def test_markets_and_sectors_that_are_not_listed_are_missing_in_the_score(policy_neutral):
    portfolio = make_portfolio(policy_neutral, agreement(), Profiles=[PROFILE])
    scores = Results(portfolio, policy_neutral, TODAY).scores
    assert scores["A-1"].C1 is None
    assert scores["A-1"].C2 is None
    assert scores["A-1"].C3 is not None


def test_the_sample_is_reviewed_whole_without_markets_sectors_goals_and_seats(sample):
    assert {row.C1 for row in sample.scores} == {None}
    assert {row.priority_markets for row in sample.proposals} == {"not on record"}
    assert {row.priority_sectors for row in sample.proposals} == {"not on record"}


def test_rule_7_asks_no_market_so_a_city_without_a_list_is_told_the_same(policy_neutral, policy):
    asked = SILENT | {"asked_on": day("2025-01-15")}
    other = {"project_id": "P-9", "agreement_id": "A-1", "name": "Fair", "state": "done"}
    other |= {"starts": day("2019"), "ends": day("2019")}
    words = {
        str(Results(make_portfolio(some, asked, Projects=[other]), some, TODAY).review["A-1"].rule)
        for some in (policy_neutral, policy)
    }
    assert words == {"rule 7g, Revive or end"}


def test_missions_are_counted_without_a_tier(policy_neutral):
    mission = {"project_id": "P-1", "agreement_id": "A-1", "kind": "outbound mission"}
    mission |= {"name": "Fair", "state": "done", "starts": day("2025-05-01"), "country": "Chad"}
    portfolio = make_portfolio(policy_neutral, agreement(), Projects=[mission])
    found = missions_by_tier(portfolio, policy_neutral, as_of=TODAY)
    assert [(row.tier, row.missions) for row in found] == [("tier not known", 1)]


def test_no_agreement_fails_to_serve_goals_that_are_not_listed(policy_neutral):
    assert not map_goals(make_portfolio(policy_neutral, agreement()), policy_neutral).rows


def test_an_endorsement_without_council_terms_is_not_on_record(policy_neutral):
    friend = agreement(classification="Friendship", endorsed_by="A", endorsed_on=day("2025-01-01"))
    results = Results(make_portfolio(policy_neutral, friend), policy_neutral, TODAY)
    assert any("endorsement" in row.decision for row in results.open_requests)


def test_a_page_names_the_open_questions_in_one_sentence(policy_neutral):
    assert banners(policy_neutral)[-1] == (
        "not answered yet: currency, end of the financial year, budget; number of seats; council "
        "terms; priority markets; priority sectors."
    )


def test_a_question_answered_with_its_source_is_no_longer_named(policy_neutral):
    reasons = dict(policy_neutral.reasons) | {"cap": "source: council set no number of seats"}
    answered = replace(policy_neutral, cap=Cap(), reasons=reasons)
    assert "number of seats" not in banners(answered)[-1]


def test_a_policy_without_open_questions_has_no_such_line(policy, policy_2024):
    for known in (policy, policy_2024):
        assert not any("not answered yet" in text for text in banners(known))
