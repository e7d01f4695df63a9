"""Simple figures: what they say in words is what is drawn, and their letters are text."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from factory import agreement, day, make_portfolio, results_of

from toolkit.model.told import fact, tell
from toolkit.report.calendar import plot_terms
from toolkit.report.charts import Bar, Bars, Chart, cell_bar, cell_range, scaled, trend_line

CHART = Chart(
    "Two of three <b>", (Bars("A & B", (Bar(0, 0.5),), "1"), Bars("C", (), "none")), ((0.5, "cap"),)
)


def soup(part):
    return BeautifulSoup(part._repr_html_(), "html.parser")


def test_a_figure_says_in_words_what_it_draws():
    figure = soup(CHART).find(role="img")
    assert figure["aria-label"] == "Two of three <b>: A & B 1; C none."
    assert [text.get_text() for text in figure.find_all("text")] == ["1", "none", "cap"]


def test_the_message_stands_above_and_keeps_the_facts_in_it():
    told = tell("{n} seats", n=fact("seats.today", 9))
    shown = soup(Chart(told, CHART.rows))
    assert shown.figure.find().name == "figcaption"
    assert shown.figcaption.data["data-fact"] == "seats.today"


def test_no_text_of_a_figure_becomes_live():
    live = "<script>alert(1)</script>"
    assert "<script" not in Chart(live, (Bars(live, (), live),), ((0.1, live),))._repr_html_()


@pytest.mark.parametrize("share", [-0.5, 0.0, 0.5, 3.0])
def test_a_bar_in_a_cell_stays_in_its_frame(share):
    filled = BeautifulSoup(cell_bar(share), "html.parser").find_all("rect")[1]
    assert 0 <= float(filled["width"]) <= 80


def test_what_is_not_known_has_no_bar():
    assert (cell_bar(None), trend_line([None, None])) == ("", "")


def test_a_trend_leaves_a_gap_where_nothing_was_measured():
    line = BeautifulSoup(trend_line([0.5, None, 1.0]), "html.parser").polyline["points"]
    assert len(line.split()) == 2


def test_the_marks_of_a_range_lie_on_its_scale():
    drawn = BeautifulSoup(cell_range(0.2, 0.5, 0.8, [0.45]), "html.parser")
    assert drawn.circle["cx"] == "51.0"


def test_a_scale_of_nothing_divides_by_one():
    assert scaled([]) == scaled([0, 0]) == 1.0


def test_the_calendar_tells_the_end_of_each_term(policy):
    ends = agreement(signed=day("2023-01-01"), ends=day("2026-06-30"))
    found = results_of(make_portfolio(policy, ends), policy)
    chart = plot_terms(found.terms, found.decision_calendar, as_of=date(2025, 12, 31))
    assert chart.message == "1 agreement ends by 30 June 2027"
    assert "30 Jun 2026" in chart.alt
