"""What keeps a page or a notebook from being handed on."""

import pytest
from nbformat import v4

from toolkit.report.pagechecks import check_page
from toolkit.report.ran import check_notebook

TABLE = '<table><caption>Seats</caption><tr><th scope="row">a</th><td>1</td></tr></table>'


def page(body: str, *, head: str = "<title>T</title>", lang: str = ' lang="en"') -> str:
    return f"<html{lang}><head>{head}</head><body><h1>Title</h1>{body}</body></html>"


def ran(number: int, *outputs, **papermill):
    metadata = {"papermill": papermill} if papermill else {}
    return v4.new_code_cell("x", execution_count=number, outputs=list(outputs), metadata=metadata)


def check(*cells, **metadata) -> list[str]:
    return check_notebook(v4.new_notebook(cells=list(cells), metadata=metadata))


def test_a_sound_page_has_no_findings():
    body = f'<h2 id="a">Seats</h2>{TABLE}<a href="#a">Seats</a><img src="data:," alt="Bars">'
    assert check_page(page(body)) == []


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("<h1>Two</h1>", "The page has 2 first-level headings; it needs one."),
        ("<h3>Deep</h3>", 'The heading "Deep" skips a level.'),
        ("<h2>Money</h2>", 'There is nothing under the heading "Money".'),
        ("<h2>Money</h2><h2>Time</h2><p>x</p>", 'There is nothing under the heading "Money".'),
        ("<h2>Money</h2><h3>More</h3>", 'There is nothing under the heading "Money".'),
        ("<script></script>", "The page holds a <script> element."),
        ('<iframe srcdoc="x"></iframe>', "The page holds a <iframe> element."),
        ('<p onclick="x">y</p>', "A <p> element holds a program."),
        ('<a href="JavaScript:x">y</a>', 'The link "y" holds a program.'),
        (
            '<img src="https://a.ca/b.png" alt="x">',
            'A <img> element loads "https://a.ca/b.png"; a page loads nothing.',
        ),
        (
            '<link rel="stylesheet" href="a.css">',
            'A <link> element loads "a.css"; a page loads nothing.',
        ),
        ("<style>@import 'a.css'</style>", "A style loads a file; a page loads nothing."),
        (
            "<p style=\"background: url('a.png')\">x</p>",
            "A style loads a file; a page loads nothing.",
        ),
        ('<img src="data:,">', "A figure has no alternative text."),
        ('<img src="data:," alt=" ">', "A figure has no alternative text."),
        (
            "<table><tr><td>Milan</td></tr></table>",
            'The table that begins with "Milan" has no caption.',
        ),
        (
            "<table><caption>Seats</caption><tr><th>a</th></tr></table>",
            'The table "Seats" has a heading without a scope.',
        ),
        ('<p id="a">x</p><p id="a">y</p>', 'The id "a" is used more than once.'),
        (
            '<div role="region" aria-label="Seats"></div>' * 2,
            'The caption "Seats" is used more than once.',
        ),
        ('<a href="#gone">Gone</a>', 'The link "Gone" leads nowhere.'),
    ],
)
def test_each_fault_of_a_page_is_named_once(body, finding):
    assert check_page(page(body)) == [finding]


@pytest.mark.parametrize("word", ["nan", "NaN", "NaT", "None", "&lt;NA&gt;", "inf"])
@pytest.mark.parametrize("tag", ["p", "li", "dd", "figcaption"])
def test_a_word_of_the_program_is_named(tag, word):
    shown = word.replace("&lt;", "<").replace("&gt;", ">")
    findings = check_page(page(f"<{tag}> {word} </{tag}>"))
    assert findings == [f'A cell or paragraph says only "{shown}".']


def test_a_sentence_that_holds_such_a_word_is_no_fault():
    assert check_page(page("<p>None.</p><p><b>None</b> of them met its target.</p>")) == []


def test_a_style_may_carry_its_own_image():
    assert check_page(page('<style>p { background: url("data:,") }</style>')) == []


def test_a_page_without_a_title_is_named():
    assert check_page(page("", head="<title> </title>")) == ["The page has no title."]


def test_a_page_without_a_language_is_named():
    assert check_page(page("", lang="")) == ["The page does not say its language."]


def test_a_page_without_a_heading_is_named():
    findings = check_page('<html lang="en"><title>T</title><p>x</p></html>')
    assert findings == ["The page has 0 first-level headings; it needs one."]


def test_a_notebook_that_ran_to_its_end_has_no_findings():
    assert check(ran(1), v4.new_markdown_cell("x"), ran(2, status="completed")) == []


def test_an_empty_code_cell_is_no_fault():
    assert check(ran(1), v4.new_code_cell("")) == []


def test_a_notebook_without_code_is_named():
    assert check(v4.new_markdown_cell("x")) == ["The notebook has no code cell."]


def test_cells_that_did_not_run_are_counted():
    assert check(ran(1), ran(None), ran(None)) == ["2 of 3 code cells did not run."]


def test_cells_that_ran_out_of_order_are_named():
    assert check(ran(2), ran(1)) == ["The code cells did not run in their order."]


def test_a_cell_that_failed_is_named_with_its_error():
    error = v4.new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    assert check(ran(1, error)) == ["Code cell 1 failed: KeyError: 'x'"]


def test_a_last_cell_cut_short_is_named():
    assert check(ran(1), ran(2, status="running")) == ["Code cell 2 did not finish."]


def test_a_run_that_papermill_marked_as_failed_is_named():
    assert check(ran(1), papermill={"exception": True}) == ["The run is marked as failed."]
