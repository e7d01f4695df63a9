"""The policy of a new city is the default one with five questions in place of Toronto's facts."""

import tomllib

import pytest

from toolkit.files.shipped import ROOT

QUESTIONS = ("programme", "cap", "council_terms", "markets", "sectors")
OF_ITS_CITY = ("goal", "staff_day_rate", "price_index")  # Toronto's framework, Canadian dollars


def parsed(name):
    return tomllib.loads((ROOT / "data" / name).read_text("utf-8"))


def without(table, *keys):
    return {key: value for key, value in table.items() if key not in keys}


def test_all_but_the_five_questions_is_the_default_policy():
    aside = (*QUESTIONS, *OF_ITS_CITY, "edition", "criterion")
    ours, theirs = (
        without(parsed(name), *aside) for name in ("policy.toml", "policy-neutral.toml")
    )
    assert theirs == ours


def test_the_criteria_differ_in_the_goals_they_serve_and_in_who_sets_the_markets():
    ours, theirs = (parsed(name)["criterion"] for name in ("policy.toml", "policy-neutral.toml"))
    aside = ("goals", "holder")
    assert [without(row, *aside) for row in theirs] == [without(row, *aside) for row in ours]
    assert all(row["goals"] == [] for row in theirs)
    changed = {
        a["id"] for a, b in zip(ours, theirs, strict=True) if a.get("holder") != b.get("holder")
    }
    assert changed == {"C1"}


def test_five_questions_are_asked_where_they_are_answered():
    text = (ROOT / "data" / "policy-neutral.toml").read_text("utf-8")
    assert [f"QUESTION {n}." in text for n in range(1, 7)] == [True] * 5 + [False]


@pytest.mark.parametrize("word", ["Ontario", "CAD", "International Alliance", "Statistics Canada"])
def test_no_fact_of_toronto_is_left(word):
    assert word not in (ROOT / "data" / "policy-neutral.toml").read_text("utf-8")


def test_it_loads_without_money_seats_terms_markets_and_goals(policy_neutral):
    policy = policy_neutral
    stated = policy.programme
    assert (stated.budget, stated.budget_year, stated.stated_count) == (None, None, None)
    assert (policy.cap.total, policy.cap.by_class) == (None, None)
    assert (policy.council_terms.starts, policy.goals, policy.sectors.names) == ((), (), ())
    assert not policy.markets.are_listed
