"""The two by two of fit and record: every name inside the drawing, none upon another."""

import re

import pytest
from bs4 import BeautifulSoup
from factory import TODAY, results_of

from toolkit.files.shipped import ROOT
from toolkit.files.workbook import open_workbook
from toolkit.report.quadrants import HEIGHT, LETTER, QUARTERS, WIDTH, plot_fit_and_record


@pytest.fixture(scope="module")
def figure(policy):
    workbook = open_workbook(ROOT / "data" / "sample.xlsx", policy)
    return plot_fit_and_record(results_of(workbook, policy, as_of=TODAY).scores)


def boxes(figure):
    """Return each name with the box it takes."""
    found = {}
    names = {row.partner for row in figure.rows}
    for text in BeautifulSoup(figure._repr_html_(), "html.parser").find_all("text"):
        if text.get_text() in names:
            wide, at, low = LETTER * len(text.get_text()), float(text["x"]), float(text["y"])
            left = at - wide if text["text-anchor"] == "end" else at
            found[text.get_text()] = (left, low - 10, left + wide, low + 2)
    return found


def test_every_agreement_stands_under_its_name_inside_the_drawing(figure):
    placed = boxes(figure)
    assert len(placed) == len(figure.rows)
    assert all(
        b[0] >= 0 and b[1] >= 0 and b[2] <= WIDTH and b[3] <= HEIGHT for b in placed.values()
    )


def test_no_name_stands_upon_another(figure):
    placed = sorted(boxes(figure).values())
    meet = [
        (one, other)
        for number, one in enumerate(placed)
        for other in placed[number + 1 :]
        if one[0] < other[2] - 1
        and other[0] < one[2] - 1
        and one[1] < other[3] - 1
        and other[1] < one[3] - 1
    ]
    assert not meet


def test_the_quarters_have_names_and_the_message_counts_them(figure):
    shown = figure._repr_html_()
    assert all(words in shown for words in QUARTERS.values())
    assert re.match(r"\d+ of \d+ scored agreements are the right partner", figure.message)
    assert "Eastmoor fit 97, record 99" in figure.alt
