"""The first place of a term leads to what it means; a page explains the terms it has, no others."""

import pytest
from bs4 import BeautifulSoup

from toolkit.report.glossary import FOUND, TERMS, add_glossary


def page(body: str) -> BeautifulSoup:
    soup = BeautifulSoup(body, "html.parser")
    add_glossary(soup)
    return soup


def test_the_first_place_of_a_term_leads_to_what_it_means():
    soup = page("<p>Seats: 3 of a cap of 5. A seat is free.</p><p>It is on notice.</p>")
    links = [(a.get_text(), a["href"]) for a in soup.select('a[href^="#w-"]')]
    assert links == [("Seats", "#w-seat-and-cap"), ("on notice", "#w-on-notice")]
    assert [dt["id"] for dt in soup.select(".words dt")] == ["w-on-notice", "w-seat-and-cap"]
    assert soup.select_one(".words dd").get_text() == TERMS["On notice"][1]


def test_the_words_of_the_page_stay_what_they_were():
    body = "<p>Score 12.5; a score, and SMART &lt;b&gt;.</p>"
    before = BeautifulSoup(body, "html.parser").p.get_text()
    assert page(body).p.get_text() == before
    assert page(body).find("b") is None


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Seats</h2>",
        '<a href="x">Seats</a>',
        "<summary>Seats</summary>",
        "<table><caption>Seats</caption><tr><th>Seat</th></tr></table>",
        "<svg><text>Seats</text></svg>",
        '<div aria-label="x" role="img">Seats</div>',
        "<p>Disseat, capital, a software firm, noticed</p>",
    ],
)
def test_headings_links_figures_and_other_words_are_left_alone(body):
    assert str(page(body)) == str(BeautifulSoup(body, "html.parser"))


def test_there_are_about_fifteen_and_each_is_found_by_its_own_name():
    assert 15 <= len(TERMS) <= 30
    for name in TERMS:
        assert FOUND.search(name), name
