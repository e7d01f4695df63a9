"""What the sentences of `docs/backtest.md` claim of its tables, and of the years that follow."""

from collections import Counter
from dataclasses import replace

import backtest_tables as tables
import pytest
from factory import day, make_rows
from situations import counting, decided
from toronto_variant import DOUBTFUL, MIDDLE, SETS, assumed_portfolio

from toolkit.assess.results import Results
from toolkit.model.sheets import Agreement, Decision
from toolkit.model.vocabulary import ReviewWord

SUNSET, ON_NOTICE, OPEN = ReviewWord.SUNSET, ReviewWord.ON_NOTICE, ReviewWord.INSUFFICIENT
PARTNERSHIPS = [f"T-{number:02}" for number in range(1, 5)]
FRIENDSHIPS = [f"T-{number:02}" for number in range(5, 11)]
UNSCORED = ["T-15", "T-16"]
LAST_YEAR = tables.AS_OF.year - 1


@pytest.fixture(scope="module")
def runs(shared):
    return tables.run_all(shared)


@pytest.fixture(scope="module")
def document():
    return " ".join(tables.DOCUMENT.read_text("utf-8").split())


@pytest.fixture(scope="module")
def assumed(policy, shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("assumed")
    return {a.name: assumed_portfolio(folder, shared, policy, a) for a in SETS}


@pytest.fixture(scope="module")
def merged(policy_2024, shared, tmp_path_factory):
    """The middle set, judged by the classes of 2024."""
    return assumed_portfolio(tmp_path_factory.mktemp("merged"), shared, policy_2024, MIDDLE)


def words(runs, name, keys):
    """Return what a set gives each of these agreements."""
    return [str(runs.assumed[name].decision[key]) for key in keys]


def changed(runs):
    """Return the agreements whose proposal is not the same in all three sets."""
    found = {key: {r.decision[key] for r in runs.assumed.values()} for key in tables.in_force(runs)}
    return [key for key, said in found.items() if len(said) > 1]


def left_open(runs, name):
    keys = tables.in_force(runs)
    return sum(runs.assumed[name].decision[key] in tables.OPEN for key in keys)


def documented(runs):
    return Counter(str(runs.documented.decision[key]) for key in tables.in_force(runs))


def reason(runs, name, key):
    return runs.assumed[name].reason[key]


CLAIMS = {
    "it keeps all ten agreements of the framework": lambda runs: (
        documented(runs)["Continue, regularise"] == 10
    ),
    "would make two instruments Partnerships on conditions": lambda runs: (
        documented(runs)["Reclassify"] == 2
    ),
    "folds one into another and leaves three open": lambda runs: (
        documented(runs)["Fold in"] == 1
        and sum(documented(runs)[word] for word in tables.OPEN) == 3
    ),
    "ends nothing and puts nobody on notice": lambda runs: (
        not {*documented(runs)} & {SUNSET, ON_NOTICE, ReviewWord.TRANSFER, ReviewWord.LAPSED}
    ),
    "**most proposals depend on the assumptions**, 14 of 16": lambda runs: (
        (len(changed(runs)), len(tables.in_force(runs))) == (14, 16)
    ),
    "where the assumptions are doubtful, 15 of 16 are left open": lambda runs: (
        left_open(runs, DOUBTFUL.name) == 15
    ),
    "every agreement but the two that no score touches changes": lambda runs: (
        {*tables.in_force(runs)} - {*changed(runs)} == {*UNSCORED}
    ),
    "decides between Renegotiate and a notice": lambda runs: (
        "At its worst it is On notice, at its best Renegotiate."
        in reason(runs, MIDDLE.name, "T-04")
        and runs.assumed[MIDDLE.name].missing["T-04"] == "C7"
    ),
    "it asks for more first, the trade before all": lambda runs: (
        runs.assumed[MIDDLE.name].missing["T-12"] == "C3"
    ),
    "and 99 of 100 draws say the same": lambda runs: (
        round(100 * runs.assumed[MIDDLE.name].share["T-14"]) == 99
    ),
    "three of the four Partnerships would be put on notice, and Chicago": lambda runs: (
        words(runs, DOUBTFUL.name, PARTNERSHIPS) == [ON_NOTICE, ON_NOTICE, OPEN, ON_NOTICE]
        and reason(runs, DOUBTFUL.name, "T-03").startswith("By what is known: On notice.")
        and runs.assumed[DOUBTFUL.name].missing["T-03"] == "C7"
    ),
    "In the same set no Friendship is put on notice": lambda runs: (
        {*words(runs, DOUBTFUL.name, FRIENDSHIPS)} == {ReviewWord.CONFIRM_OR_END}
    ),
    "60.0 against a threshold of 60, and fewer than half": lambda runs: (
        round(runs.scores[MIDDLE.name]["mean"]["T-01"], 1) == runs.policy.thresholds.keep_score
        and runs.assumed[MIDDLE.name].share["T-01"] < 0.5
        and runs.assumed[MIDDLE.name].firmness["T-01"] == "contested"
    ),
    "In the middle set the three that this befalls": lambda runs: (
        words(runs, MIDDLE.name, FRIENDSHIPS).count(OPEN) == 3
    ),
    "advised to put on notice, if not yet to end, ties": lambda runs: (
        {runs.merged[MIDDLE.name].decision[key] for key in FRIENDSHIPS} == {ON_NOTICE}
    ),
    "Nothing ends in any set": lambda runs: all(
        not {*review.decision} & {*tables.ENDED, ReviewWord.TRANSFER}
        for review in (runs.documented, *runs.assumed.values(), *runs.merged.values())
    ),
}


@pytest.mark.parametrize("sentence", list(CLAIMS))
def test_what_a_sentence_of_the_document_claims_is_what_the_tables_give(runs, document, sentence):
    assert sentence in document
    assert CLAIMS[sentence](runs)


def after(portfolio, policy, word, keys):
    """Return what is proposed where people decided this a year ago, and nothing else was told."""
    rows = make_rows(Decision, [decided(word, LAST_YEAR, key) for key in keys])
    review = Results(portfolio.with_rows(Decision, rows), policy, tables.AS_OF).review
    return {key: str(review[key].decision) for key in keys}


def test_a_friendship_asked_more_than_a_year_ago_is_ended_whatever_its_market(assumed, policy):
    portfolio = assumed[DOUBTFUL.name]
    asked = [
        replace(row, asked_on=day("2017-06-01")) if row.agreement_id in FRIENDSHIPS else row
        for row in portfolio.rows(Agreement)
    ]
    found = Results(portfolio.with_rows(Agreement, asked), policy, tables.AS_OF).review
    assert {found[key].decision for key in FRIENDSHIPS} == {SUNSET}


def test_a_friendship_of_which_the_same_is_said_twice_is_put_on_notice(assumed, policy):
    found = after(assumed[DOUBTFUL.name], policy, ReviewWord.CONFIRM_OR_END, FRIENDSHIPS)
    assert {*found.values()} == {ON_NOTICE}


def test_a_notice_that_ran_out_ends_no_partnership_of_which_two_sheets_were_not_seen(
    assumed, policy
):
    assert {*after(assumed[DOUBTFUL.name], policy, ON_NOTICE, PARTNERSHIPS).values()} == {OPEN}


def test_what_stays_blank_for_a_second_year_is_put_on_notice(runs, assumed, policy):
    blank = [key for key in FRIENDSHIPS if runs.assumed[MIDDLE.name].decision[key] == OPEN]
    assert {*after(assumed[MIDDLE.name], policy, OPEN, blank).values()} == {ON_NOTICE}


@pytest.mark.parametrize(("counted", "word"), [((), OPEN), (("Engagements",), SUNSET)])
def test_what_is_blank_when_a_notice_runs_out_ends_it_only_where_all_its_sheets_count(
    runs, assumed, policy, counted, word
):
    blank = [key for key in FRIENDSHIPS if runs.assumed[MIDDLE.name].decision[key] == OPEN]
    fixed = counting(policy, ("Profiles", "Projects", *counted))
    assert {*after(assumed[MIDDLE.name], fixed, ON_NOTICE, blank).values()} == {word}


def test_only_what_was_not_looked_at_keeps_the_merged_friendships_from_an_end(merged, policy_2024):
    assert {*after(merged, policy_2024, ON_NOTICE, FRIENDSHIPS).values()} == {OPEN}
    fixed = counting(policy_2024, ("Profiles", "Projects", "Results", "Engagements"))
    assert {*after(merged, fixed, ON_NOTICE, FRIENDSHIPS).values()} == {SUNSET}
