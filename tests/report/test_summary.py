"""The first screen: five points, and how many agreements each kind of decision takes."""

import pytest
from factory import TODAY, agreement, make_portfolio, mou, results_of

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.report.asking import all_requests, asked_first
from toolkit.report.basis import not_looked_at, stated_count_sentence
from toolkit.report.reached import achieved_and_failed, trends
from toolkit.report.review import decision_table
from toolkit.report.summary import decisions_by_kind, main_points, plot_decisions


@pytest.fixture(scope="module")
def sample(policy):
    return results_of(open_workbook(ROOT / "data" / "sample.xlsx", policy), policy, as_of=TODAY)


@pytest.fixture(scope="module")
def bare(policy):
    return results_of(make_portfolio(policy, agreement(), mou()), policy)


def test_five_points_stand_first(sample):
    points = main_points(sample).paragraphs
    assert [point.partition(":")[0] for point in points] == [
        "Of 34 agreements", "Seats", "Money", "Targets", "Ends",
    ]  # fmt: skip
    assert points[0].endswith("4 of these decided already.")


def test_the_bars_add_up_to_the_agreements_of_the_first_point(sample):
    chart = plot_decisions(sample.review)
    assert sum(int(row.words) for row in chart.rows) == 34
    assert decisions_by_kind(sample.review).total() == 34


def test_of_a_list_no_point_says_what_nobody_measured(bare):
    words = [point.partition(":")[0] for point in main_points(bare).paragraphs]
    assert "Targets" not in words
    assert "Seats" in words


def test_of_a_list_all_is_asked_for_in_the_order_in_which_to_ask(bare):
    said, table = asked_first(bare.open_requests, level=1).parts
    counts = [row[1] for row in table.rows]
    assert counts == sorted(counts, reverse=True)
    assert said.paragraphs[0].startswith("To be brought by")


def test_above_a_list_only_what_could_move_a_proposal_is_asked_for_first(sample):
    said, table = asked_first(sample.open_requests, level=4).parts
    moving = {row.partner for row in sample.open_requests if row.moves}
    assert {row[0] for row in table.rows} == moving
    assert "136 more facts" in said.paragraphs[0]


def test_all_that_is_asked_for_is_counted_by_thing(sample):
    first = all_requests(sample.open_requests).rows[0]
    assert first[:2] == ("confirmed sponsor", 25)


def test_absent_sheets_say_what_they_would_show(bare, sample):
    rows = not_looked_at(bare).rows
    assert rows[0][1] == "Projects and Profiles"
    assert not not_looked_at(sample)._repr_html_()


def test_the_record_of_a_city_says_how_much_of_its_own_count_it_holds(policy, sample):
    workbook = open_workbook(ROOT / "data" / "toronto-2018.xlsx", policy)
    (said,) = stated_count_sentence(results_of(workbook, policy)).paragraphs
    assert "it holds 16 agreements in force of the 26 or more" in said
    assert stated_count_sentence(sample).paragraphs == ()


def test_failures_stand_beside_achievements_by_agreement(sample):
    named = sample.named_outcomes, sample.named_failures, sample.indicators
    rows = {row[0]: row for row in achieved_and_failed(*named).rows}
    assert rows["Port Halvard"][2][0] == "Cargo calls under the partnership: 5 of 30 calls"
    assert rows["Eastmoor"][1][0] == "Clinical trial centre, CAD 3,800,000"


def test_the_trend_says_how_many_moved(sample):
    table, rest = trends(sample.history, sample.achievement).parts
    assert table.caption.startswith("Of 22 agreements measured: ")
    assert "Porto Lumen (A-006)" in rest.paragraphs[0]


def test_without_a_measure_there_is_no_trend(bare):
    assert not trends(bare.history, bare.achievement)._repr_html_()


@pytest.mark.parametrize("name", ["sample", "bare"])
def test_the_decision_table_has_as_many_for_decision_as_the_first_screen_says(request, name):
    results = request.getfixturevalue(name)
    said = plot_decisions(results.review).message.split()[0]
    table = decision_table(results.review, results.seats, results.decisions)
    assert table.parts[0].caption == f"For decision: {said}"
