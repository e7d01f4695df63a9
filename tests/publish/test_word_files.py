"""Letters say nothing internal; the committee's paper says what the results say, in Word."""

import io
import re
import zipfile
from datetime import date

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from test_public_edition import (
    CANARY,
    DAY,
    FORMULAS,
    HTML_PAYLOADS,
    SAMPLE,
    cells_of,
    with_canaries,
)

from toolkit.cli import cli
from toolkit.files.shipped import ROOT
from toolkit.files.word_file import word_bytes
from toolkit.model.schema import Kind
from toolkit.model.sheets import KINDS, Agreement
from toolkit.publishing import write_paper
from toolkit.review import open_results

POLICY = ["--policy", str(ROOT / "data" / "policy.toml")]
INTERNAL_WORDS = (
    "score",
    "Sunset",
    "criterion",
    "rule ",
    "provisional",
    "draft advice",
    "%",
)
# references, keys and what a rule reads as words
KEPT = ("outcome_ref", "relationship_id", "decision", "part", "partner", "reason_code", "name")
NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def letters(workbook, folder):
    command = ["letters", str(workbook), "--year", "2025", "-o", str(folder), "--docx", *POLICY]
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    (found,) = folder.glob("*/2025/letters")
    return found


@pytest.fixture(scope="module")
def results():
    return open_results("data/sample.xlsx", "data/policy.toml", 2025)


@pytest.fixture(scope="module")
def paper(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("paper")
    write_paper(folder, results)
    return folder / "committee-paper.docx"


def words_of(path):
    """Return the text of a Word file, its tables and all."""
    document = Document(path)
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_letter_for_each_notice_ending_and_handing_on(tmp_path):
    folder = letters(SAMPLE, tmp_path)
    names = {path.stem.rsplit("-sponsor")[0] for path in folder.glob("a-*.html")}
    assert names == {path.stem.rsplit("-sponsor")[0] for path in folder.glob("a-*.docx")}
    assert {name[:5] for name in names} >= {"a-004", "a-016", "a-017", "a-022", "a-036"}
    steps = (folder / "index.html").read_text(encoding="utf-8")
    assert "Puerto Albor: concluded, historical, 25 March 2027" in steps
    assert "No letter goes out before it is decided" in steps
    assert "Who keeps what" in steps


def test_no_internal_word_or_cell_is_in_a_letter(tmp_path):
    with_canaries(tmp_path / "city.xlsx")
    workbook = load_workbook(tmp_path / "city.xlsx")
    page = workbook[Agreement.sheet.name]
    letters_of = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        page.cell(row, letters_of["community_sponsor"]).value = None  # whom a letter may name
    workbook.save(tmp_path / "city.xlsx")
    folder = letters(tmp_path / "city.xlsx", tmp_path / "out")
    files = [path for path in folder.iterdir() if path.stem != "index"]
    assert len(files) >= 10
    for path in files:
        packed = zipfile.is_zipfile(path)
        text = words_of(path) if packed else re.sub(
            r"<style>.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )  # fmt: skip
        for word in (*INTERNAL_WORDS, CANARY, "73519", DAY, str(tmp_path)):
            assert word not in text, (path.name, word)


def test_no_text_comes_alive_in_a_letter_or_the_paper(tmp_path):
    workbook = load_workbook(SAMPLE)
    texts = [
        (kind, [c.name for c in kind.sheet.columns if c.kind is Kind.TEXT and not c.words])
        for kind in KINDS
    ]
    payloads = [*HTML_PAYLOADS, *(text for text in FORMULAS if text.strip() == text)]
    planted = 0
    for _, row, column, cell in cells_of(workbook, texts):
        if not column.many and column.name not in KEPT:
            cell.value, cell.data_type = payloads[(row + cell.column) % len(payloads)], "s"
            planted += 1
    assert planted > 1000
    workbook.save(tmp_path / "city.xlsx")
    folder = letters(tmp_path / "city.xlsx", tmp_path / "out")
    found = open_results(str(tmp_path / "city.xlsx"), str(ROOT / "data" / "policy.toml"), 2025)
    write_paper(folder, found)
    for path in folder.glob("*.docx"):
        with zipfile.ZipFile(path) as packed:
            text = packed.read("word/document.xml").decode()
            names = packed.namelist()
        assert not re.search(r"<script|<iframe|w:fldSimple|w:instrText|w:hyperlink", text), (
            path.name
        )
        assert not [name for name in names if "vba" in name.casefold()]


def test_every_number_of_the_paper_is_in_the_results(paper, results):
    """Numbers of the paper stand in a table of results, but for counts, days and its own order."""
    known = {_plain(n) for table in results.tables.values() for row in table for n in _numbers(row)}
    text = words_of(paper)
    large = {n.strip(",") for n in NUMBERS.findall(text) if len(n.strip(",").replace(",", "")) >= 5}
    assert len(large) > 40
    rounded = {_plain(str(round(float(n)))) for n in known if re.fullmatch(r"-?\d+(\.\d+)?", n)}
    assert not {n for n in large if _plain(n) not in known | rounded}


def _numbers(row):
    for name in row.columns():
        yield from NUMBERS.findall(str(getattr(row, name)))


def _plain(text):
    return text.replace(",", "").rstrip(".")


def test_the_paper_has_headings_tables_and_a_picture_with_its_words(paper):
    document = Document(paper)
    headings = [
        p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))
    ]
    for heading in ("Purpose", "Decision asked: the motions", "Money", "What is not known"):
        assert heading in headings
    assert sum(heading.startswith("Appendix") for heading in headings) == 28
    assert len(document.tables) > 28
    assert all("tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    (picture,) = document.inline_shapes
    assert "End: 7" in picture._inline.docPr.get("descr")


def test_the_paper_has_the_same_bytes_each_time(paper, results, tmp_path):
    write_paper(tmp_path, results)
    assert (tmp_path / "committee-paper.docx").read_bytes() == paper.read_bytes()


def test_lists_keep_the_numbers_and_letters_of_the_page():
    inner = '<ol type="a"><li>x</li><li>y</li></ol>'
    html = f'<ol class="motion" start="7"><li>That Council:{inner}</li></ol>'
    document = Document(io.BytesIO(word_bytes("T", [html], when=date(2025, 1, 1))))
    assert [p.text for p in document.paragraphs] == ["7. That Council:", "a. x", "b. y"]


@pytest.mark.long
def test_a_review_makes_the_paper_beside_its_pages(tmp_path):
    command = ["review", str(SAMPLE), "--year", "2025", "-o", str(tmp_path), "--docx", "--quiet"]
    done = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "sample" / "2025" / "committee-paper.docx").exists()
