"""Pages are printed by the browser that is found; where there is none, a sentence says so."""

import shutil

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.model.issues import InputError
from toolkit.run import printing

PAGE = "<!doctype html><title>T</title><h1>One page</h1>"


def test_without_a_browser_a_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(printing, "PLACES", ())
    with pytest.raises(InputError, match="Install Chromium, Chrome or Edge"):
        printing.print_pages([tmp_path / "page.html"])


def test_a_browser_that_prints_nothing_is_told_with_the_page(monkeypatch, tmp_path):
    monkeypatch.setenv(printing.OWN, "true")
    (tmp_path / "page.html").write_text(PAGE)
    with pytest.raises(InputError, match=r"page\.html: true did not print this page"):
        printing.print_pages([tmp_path / "page.html"])


@pytest.mark.long
def test_a_review_is_printed_with_its_title_and_an_outline(tmp_path):
    words = ["review", "data/toronto-2018.xlsx", "--year", "2018", "-o", str(tmp_path), "--pdf"]
    done = CliRunner().invoke(cli, words, catch_exceptions=False, standalone_mode=False)
    assert not done.return_value
    printed = sorted(path.name for path in tmp_path.glob("toronto-2018/2018/*.pdf"))
    assert printed == sorted(p.with_suffix(".pdf").name for p in reports_of(tmp_path))
    content = (tmp_path / "toronto-2018/2018/annual-review.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert b"/Outlines" in content
    assert str(tmp_path).encode() not in content
    assert b"file:" not in content


def reports_of(folder):
    """Return the pages of a run but its index."""
    pages = (folder / "toronto-2018/2018").glob("*.html")
    return [page for page in pages if page.name != "index.html"]
