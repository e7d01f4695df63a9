"""One fact has one figure: what the sentences of a page say of seats and money, side by side."""

import re
from collections import defaultdict
from datetime import date

import pytest
from bs4 import BeautifulSoup
from composed import pages
from factory import TODAY, results_of

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.model.told import FACTS, Told, fact, lowered, money_fact, tell, told_list
from toolkit.report.markup import HtmlTable, Sentences

RECORDS = {"sample.xlsx": TODAY, "toronto-2018.xlsx": date(2018, 12, 31)}
NUMBER = r"(?!(19|20)\d\d\b)\d[\d,.]*"  # a year is no amount
FIGURE = re.compile(  # of seats or money
    rf"(CAD|EUR|USD|\$) ?{NUMBER}"
    rf"|{NUMBER}( more)?( of {NUMBER})?( more)? seats?\b"
    rf"|\bseats? (are |is )?(free|held|missing)[^.;]{{0,20}}: {NUMBER}"
    rf"|\bseats? [^.;]*\b{NUMBER} (of {NUMBER}|would be)"
    rf"|\b(cost|costs|cost was|planned at)( at least| at most)? {NUMBER}"
    rf"|{NUMBER} (is|are) (available|left|missing)|{NUMBER} more would"
)
TRADE = re.compile(
    rf"yearly trade[^.;]{{0,20}}? [A-Z]{{3}} {NUMBER}"
)  # a partner's, no cost of ours
WHOLE = "p, li, td, th, caption, figcaption, summary, dd"  # what holds a sentence


def soup_of(html):
    return BeautifulSoup(html, "html.parser")


def values_by_fact(html):
    """Return every value, and every spelling, that a page gives of each fact."""
    found = defaultdict(set)
    for mark in soup_of(html).find_all("data"):
        found[mark["data-fact"]].add((mark["value"], mark.get_text()))
    return found


def told_twice(html):
    """Return the facts of which a page gives more than one figure."""
    return {name: found for name, found in values_by_fact(html).items() if len(found) > 1}


def unmarked(html):
    """Return the sentences of a page with a figure of seats or money outside a mark."""
    soup = soup_of(html)
    for quoted in soup.select("ul.columns"):  # the sources of the policy, in their own words
        quoted.decompose()
    for cell in soup.select("td.number"):  # a column of figures is the table of that fact
        cell.decompose()
    for mark in soup.find_all("data"):
        mark.replace_with("§")
    texts = (TRADE.sub("", e.get_text(" ")) for e in soup.select(WHOLE) if not e.select(WHOLE))
    return [text for text in texts if FIGURE.search(text)]


@pytest.fixture(scope="module", params=RECORDS)
def made(request, policy):
    """The pages of a record, by name."""
    workbook = open_workbook(ROOT / "data" / request.param, policy)
    return pages(results_of(workbook, policy, as_of=RECORDS[request.param]))


def test_on_one_page_no_two_sentences_give_different_figures_of_one_fact(made):
    assert {page: told for page, html in made.items() if (told := told_twice(html))} == {}


def test_no_figure_of_seats_or_money_stands_in_a_sentence_outside_a_mark(made):
    assert {page: found for page, html in made.items() if (found := unmarked(html))} == {}


def test_the_annual_review_says_the_seats_of_today_more_than_once(made):
    annual = soup_of(made["annual_review"])
    assert len(annual.select('data[data-fact="seats.today"]')) >= 2


def test_every_mark_is_a_fact_of_the_list(made):
    named = {name.split(" of ")[0] for html in made.values() for name in values_by_fact(html)}
    assert named <= set(FACTS)


def shown(*sentences):
    return Sentences(sentences)._repr_html_()


def test_two_figures_of_one_fact_are_found():
    planted = shown(*(tell("{n} seats", n=fact("seats.today", count)) for count in (13, 9)))
    assert told_twice(planted) == {"seats.today": {("13", "13"), ("9", "9")}}


def test_one_amount_with_and_without_cents_is_found():
    whole, cents = fact("money.left", 7.25, "7"), fact("money.left", 7.25, "7.25")
    assert told_twice(shown(whole, cents))


@pytest.mark.parametrize(
    "sentence",
    [
        "9 of 10 seats are held.",
        "2 more seats would reach it.",
        "seats free: 1",
        "The 11 agreements cost at least 242,110.",
        "785,000 is available.",
        "planned at CAD 40,163 without staff",
        "300 more would reach it.",
    ],
)
def test_a_figure_outside_a_mark_is_found(sentence):
    assert unmarked(shown(sentence)) == [sentence]
    cells = HtmlTable("Seats", ("What", "Why"), (("A", sentence),))._repr_html_()
    assert unmarked(cells) == [sentence]


def test_a_figure_in_an_f_string_has_lost_its_mark_and_is_found():
    assert unmarked(shown(f"{fact('seats.today', 9)} seats are held."))


def test_an_amount_is_marked_with_what_it_is_of_and_without_cents():
    told = money_fact("money.budget", 1_150_000.4, of=2026, currency="CAD")
    mark = '<data value="1150000.4" data-fact="money.budget of 2026">1,150,000</data>'
    assert shown("In all " + told) == f"<p>In all CAD {mark}</p>"


def test_what_is_told_is_plain_text_wherever_text_is_asked_for():
    told = tell("{n} of {cap} seats", n=fact("seats.today", 9), cap=fact("seats.cap", 10))
    assert (told, str(told), {told: 1}["9 of 10 seats"]) == ("9 of 10 seats", "9 of 10 seats", 1)


def test_sentences_put_together_keep_their_marks_in_place():
    first, last = fact("money.left", 1_200), fact("seats.cap", 10)
    told = lowered(tell("There: {both}.", both=told_list(["x " + first, last + " y"])))
    assert told == "there: x 1,200 and 10 y."
    assert [told[m.start : m.end] for m in told.marks] == ["1,200", "10"]


def test_a_figure_without_a_name_of_the_list_is_refused():
    with pytest.raises(ValueError, match="Name it in FACTS"):
        fact("seats.yesterday", 9)


def test_text_that_looks_like_markup_is_escaped_around_a_mark():
    told: Told = tell("<b> {n}", n=fact("seats.today", 9))
    assert shown(told).startswith("<p>&lt;b&gt; <data")
