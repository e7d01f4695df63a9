"""Every link of a folder of results leads somewhere, and the reason of a decision is near."""

from collections import deque
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from toolkit.reporting import opened
from toolkit.run.reports import agreement_tasks, make_reports, portfolio_tasks


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """Return a folder with signs that an address must write otherwise, and all pages in it."""
    folder = tmp_path_factory.mktemp("out") / "50 % of #1"
    with opened("data/toronto-2018.xlsx", 2018, output=str(folder), jobs=2, quiet=True) as found:
        order, results = found
        tasks = [*portfolio_tasks(order), *agreement_tasks(order, ["T-01", "T-02"])]
        outcomes = make_reports(order, results, tasks)
    assert [outcome.problem for outcome in outcomes if outcome.problem] == []
    return folder


def links_of(page):
    """Yield where each link of a page leads: a file and an anchor in it."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    for link in soup.find_all("a", href=True):
        parts = urlsplit(link["href"])
        if not parts.scheme:
            path = unquote(parts.path)
            yield ((page.parent / path).resolve() if path else page.resolve()), parts.fragment


def anchors_of(page):
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    return {element["id"] for element in soup.find_all(id=True)}


def test_no_link_is_dead(output):
    pages = list(output.rglob("*.html"))
    dead = [
        (page.name, target.name, anchor)
        for page in pages
        for target, anchor in links_of(page)
        if not target.exists() or (anchor and anchor not in anchors_of(target))
    ]
    assert len(pages) > 26
    assert dead == []


def test_no_link_leaves_the_folder(output):
    targets = {target for page in output.rglob("*.html") for target, _ in links_of(page)}
    assert [t for t in targets if not t.is_relative_to(output.resolve())] == []


def clicks(start):
    """Return how many clicks lead from a page to each that can be reached."""
    near, waiting = {start.resolve(): 0}, deque([start.resolve()])
    while waiting:
        page = waiting.popleft()
        for target, _ in links_of(page) if page.suffix == ".html" else ():
            if target not in near:
                near[target] = near[page] + 1
                waiting.append(target)
    return near


def test_the_reason_of_any_agreement_is_three_clicks_from_the_index(output):
    near = clicks(output / "index.html")
    reports = list(output.rglob("agreements/*.html"))
    assert len(reports) == 21
    assert max(near.get(page.resolve(), 99) for page in reports) <= 3


def test_it_is_one_click_from_the_annual_review(output):
    near = clicks(next(output.rglob("annual-review.html")))
    reports = list(output.rglob("agreements/*.html"))
    assert max(near.get(page.resolve(), 99) for page in reports) == 1


def test_every_page_leads_back_to_the_index(output):
    index = (output / "index.html").resolve()
    pages = [page for page in output.rglob("*.html") if page.parent != output]
    assert [p.name for p in pages if index not in {target for target, _ in links_of(p)}] == []


def test_a_table_leads_to_its_file(output):
    review = next(output.rglob("agreement-review.html"))
    assert any(target.suffix == ".csv" for target, _ in links_of(review))


def test_the_index_says_class_and_proposal(output):
    page = next(output.rglob("2018/index.html")).read_text("utf-8")
    assert "Partnership" in page
    assert "Continue, regularise" in page
