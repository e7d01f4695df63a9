"""The backtest: its tables are those the toolkit gives, and every difference has its sentence."""

import re
from dataclasses import replace

import backtest_tables as tables
import pytest
from toronto_variant import DOUBTFUL, MIDDLE, SETS, assumed_portfolio

from toolkit.assess.results import Results
from toolkit.files.workbook import open_workbook
from toolkit.model.sheets import Profile, Project
from toolkit.model.vocabulary import Basis, ReviewWord

ROOT = tables.ROOT
KINDS = {"data gap", "policy change in 2024", "after 2018", "assumption", "the tool is wrong"}
EXPLAINED = re.compile(r"^- \*\*([^*]+)\*\* \(([^)]+)\): \S", re.MULTILINE)


@pytest.fixture(scope="module")
def runs(shared):
    return tables.run_all(shared)


@pytest.fixture(scope="module")
def document():
    return tables.DOCUMENT.read_text("utf-8")


@pytest.fixture(scope="module")
def assumed(policy, shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("assumed")
    return {a.name: assumed_portfolio(folder, shared, policy, a) for a in SETS}


def with_profiles(portfolio, **changes):
    """Return the portfolio with other values in some columns of every profile."""
    rows = [replace(row, **changes) for row in portfolio.rows(Profile)]
    return portfolio.with_rows(Profile, rows)


def friendships(portfolio, policy):
    """Return what is proposed for each Friendship."""
    found = Results(portfolio, policy, tables.AS_OF).review.frame
    return found.decision[found.classification == "Friendship"]


def test_the_tables_of_the_document_are_those_the_toolkit_gives(runs, document):
    """To rewrite them on purpose: python tests/backtest_tables.py."""
    assert tables.tables_in(document) == tables.make_tables(runs)


def test_every_agreement_with_a_difference_has_one_sentence_of_a_known_kind(runs, document):
    explained = EXPLAINED.findall(document)
    differing = [key for key, pair in tables.comparisons(runs).items() if set(pair) != {"same"}]
    differing += [city for city in runs.listed if runs.listed[city].startswith("International")]
    named = [name.split()[0] for name, _ in explained]
    assert sorted(named) == sorted(differing)
    assert {kind for _, kind in explained} <= KINDS


def test_the_list_of_2024_has_ten_partnership_cities_two_projects_and_five_historical(runs):
    kinds = list(runs.listed.values())
    counts = [kinds.count(kind) for kind in ("Partnership City", "Historical Agreement")]
    assert [*counts, kinds.count("International Project Agreement")] == [10, 5, 2]


def test_what_is_assumed_says_so_in_every_row_and_on_every_page(assumed):
    for portfolio in assumed.values():
        assert portfolio.is_illustrative
        assert "ASSUMED" in portfolio.title
        assert portfolio.bases == {Basis.ILLUSTRATIVE}
        assert all(row.source.startswith("ASSUMED") for row in portfolio.rows(Profile))
        assert {row.confidence for row in portfolio.rows(Profile)} == {"low"}
        assert {row.name for row in portfolio.rows(Project)} == {"ASSUMED"}


def test_rio_has_the_class_it_was_given_in_2024_as_second_option(runs):
    for review in (runs.documented, runs.assumed[MIDDLE.name]):
        assert review.second_option["T-10"] == "Reclassify as Partnership"


@pytest.mark.parametrize("name", [a.name for a in SETS])
def test_no_friendship_is_proposed_for_sunset(assumed, policy, name):
    assert ReviewWord.SUNSET not in set(friendships(assumed[name], policy))


@pytest.mark.parametrize("name", [a.name for a in SETS])
@pytest.mark.parametrize("trade", [0.0, None, 1e12])
def test_trade_and_sectors_change_nothing_for_a_friendship(assumed, policy, name, trade):
    changed = with_profiles(assumed[name], yearly_trade=trade, sectors_shared=None)
    assert friendships(changed, policy).equals(friendships(assumed[name], policy))


@pytest.mark.parametrize("name", [a.name for a in SETS])
def test_no_friendship_is_proposed_for_sunset_for_lack_of_data(assumed, policy, name):
    blank = dict.fromkeys(("historic_link", "host_community", "non_city_share"))
    assert ReviewWord.SUNSET not in set(friendships(with_profiles(assumed[name], **blank), policy))
    bare = assumed[name].with_rows(Profile, [])
    assert ReviewWord.SUNSET not in set(friendships(bare, policy))


def test_the_weights_of_2024_would_warn_what_the_friendship_class_keeps(runs):
    """The document says that they are wrong for these six; when they are mended, it must not."""
    friends = runs.documented.index[runs.documented.classification == "Friendship"]
    assert set(runs.merged[MIDDLE.name].decision[friends]) == {ReviewWord.ON_NOTICE}


def test_the_doubtful_set_would_warn_partnerships_that_toronto_kept(runs):
    doubtful = runs.assumed[DOUBTFUL.name]
    words = list(doubtful.decision[doubtful.classification == "Partnership"])
    assert sorted(words) == sorted([ReviewWord.INSUFFICIENT, *[ReviewWord.ON_NOTICE] * 3])


def test_nothing_ends_in_any_set(runs):
    for review in (runs.documented, *runs.assumed.values()):
        assert ReviewWord.SUNSET not in set(review.decision)
        assert ReviewWord.TRANSFER not in set(review.decision)


def test_what_was_not_looked_at_could_lift_every_partnership_of_the_doubtful_set(runs, policy):
    """The document says so: results and delivery capacity, both at 100, against rule 13."""
    weights = policy.classes[0].weights
    best = weights["C5"] + weights["C6"]
    doubtful, scores = runs.assumed[DOUBTFUL.name], runs.scores[DOUBTFUL.name]
    keys = doubtful.index[doubtful.classification == "Partnership"]
    for row in scores.loc[keys].itertuples():
        assert set(row.left_out) == {"C5", "C6"}
        lifted = (row.mean * row.known + 100 * best) / (row.known + best)
        assert lifted >= policy.thresholds.renegotiate_score


ON_CONDITION = ("lead unit (not on record)", "a first project")
OUTSIDE = {
    "T-11 Austin": ("Class first", (), "asks"),
    "T-12 FICCI": ("Reclassify", ON_CONDITION, "asks"),
    "T-13 Montreal": ("Class first", (), "asks"),
    "T-14 Hong Kong": ("Reclassify", ON_CONDITION, "asks"),
    "T-15 Chongqing memorandum": ("Fold in", (), "folded"),
    "T-16 Panama City": ("Too early", (), "asks"),
}


def test_toronto_2018_at_level_1_holds_ten_of_ten_seats_and_each_has_its_word(policy):
    """The ten inside continue in their seats; of six outside each has its conditions and seat."""
    portfolio = open_workbook(ROOT / "data" / "toronto-2018.xlsx", policy)
    found = Results(portfolio, policy, tables.AS_OF)
    given = {
        row.agreement_id: (row.decision, row.conditions, found.seats[row.agreement_id].decision)
        for row in found.review
        if row.decision != ReviewWord.NOT_REVIEWED
    }
    inside = {f"T-{number:02}": ("Continue, regularise", (), "holds") for number in range(1, 11)}
    assert given == inside | {name.split()[0]: told for name, told in OUTSIDE.items()}
    assert {found.review[key].proposed_class for key in ("T-12", "T-14")} == {"Partnership"}
    (count,) = found.seat_counts
    assert (found.level, count.cap, count.today, count.proposed, count.folded) == (1, 10, 10, 10, 1)
