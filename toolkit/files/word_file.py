"""Pages as Word files, for those who must edit or sign them: real headings, lists and tables.

What a page says is what the file says: it is made from the page's own parts. A figure that Word
cannot show is left out, for its numbers stand in a table beside it; one picture may be given.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from toolkit.files.outputs import same_zip
from toolkit.model.issues import InputError

MISSING = "Word files need the package python-docx, which is not installed: pip install python-docx"
LEFT_OUT = "nav, svg, figure, style, script, footer, .provenance, .skip, .grip"
HEADINGS = ["h1", "h2", "h3", "h4"]
BLOCKS = [*HEADINGS, "p", "ul", "ol", "dl", "table", "div", "section", "details", "main"]
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PICTURE_WIDTH, PAGE_WIDTH, MARGIN = 5_400_000, 6_130_000, 720_000  # English metric units: 2 cm
LETTERS_ACROSS = 95  # of a table, at the size of its text
TABLE_TEXT = 114_300  # 9 points
MOST_LETTERS = 40  # of a cell that make its column wider


Picture = tuple[bytes, str]  # a PNG, and what it says for those who cannot see it


def word_bytes(title: str, parts: Sequence[str | Picture], *, when: date) -> bytes:
    """Return a Word file of parts in HTML and of pictures; the same parts give the same bytes.

    Raises
    ------
    InputError
        The package that writes such files is not installed.
    """
    try:
        from docx import Document
    except ImportError:
        raise InputError(MISSING) from None
    document = Document()
    for section in document.sections:
        section.left_margin = section.right_margin = MARGIN
    about = document.core_properties
    about.title, about.author, about.comments, about.language = _bare(title), "", "", "en"
    about.created = about.modified = datetime.combine(when, time(), UTC)
    about.last_modified_by = ""
    for part in parts:
        if isinstance(part, tuple):
            _draw(document, part)
        else:
            soup = BeautifulSoup(part, "html.parser")
            for element in soup.select(LEFT_OUT):
                element.decompose()
            _write(document, soup)
    packed = io.BytesIO()
    document.save(packed)
    return same_zip(packed)


def _draw(document: object, picture: Picture) -> None:
    png, alt = picture
    shape = document.add_picture(io.BytesIO(png), width=PICTURE_WIDTH)
    shape._inline.docPr.set("descr", alt)  # python-docx has no way of its own for these


def _write(document: object, element: Tag) -> None:
    """Write the blocks inside an element one after the other."""
    for child in element.children:
        if isinstance(child, NavigableString):
            if text := _text(child):
                document.add_paragraph(text)
        elif child.name in HEADINGS:
            document.add_heading(_text(child), level=int(child.name[1]) - (child.name == "h1"))
        elif child.name == "p":
            _runs(document.add_paragraph(), child)
        elif child.name in ("ul", "ol"):
            _list(document, child)
        elif child.name == "table":
            _table(document, child)
        elif child.name == "dl":
            for name in child.find_all("dt"):
                paragraph = document.add_paragraph()
                paragraph.add_run(f"{_text(name)}: ").bold = True
                paragraph.add_run(_cell(name.find_next("dd")))
        elif child.name == "summary":
            _runs(document.add_paragraph(style="Intense Quote"), child)
        elif child.find(BLOCKS):
            _write(document, child)
        elif _text(child):
            _runs(document.add_paragraph(), child)


def _list(document: object, element: Tag) -> None:
    """Write a list; its numbers and letters are text, so that they stay those of the page."""
    is_lettered = element.get("type") == "a"
    style = "List Bullet" if element.name == "ul" else "List 2" if is_lettered else "List"
    first = int(element.get("start", 1))
    for number, item in enumerate(element.find_all("li", recursive=False), start=first):
        inner = item.find(("ul", "ol"))
        below = inner.extract() if inner else None
        paragraph = document.add_paragraph(style=style)
        if element.name == "ol":
            paragraph.add_run(f"{_letter(number) if is_lettered else number}. ")
        _runs(paragraph, item)
        if below:
            _list(document, below)


def _letter(number: int) -> str:
    """Return the letter of an item: a to z, then aa, as a page counts them."""
    above, rest = divmod(number - 1, 26)
    return (_letter(above) if above else "") + chr(ord("a") + rest)


def _table(document: object, element: Tag) -> None:
    """Write a table with its caption above and a heading row that repeats on each sheet."""
    from docx.oxml import OxmlElement

    if element.caption:
        caption = document.add_paragraph(_text(element.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
    rows = [row.find_all(("th", "td")) for row in element.find_all("tr")]
    made = document.add_table(len(rows), max(map(len, rows)), style="Light Grid Accent 1")
    texts = [[_cell(cell) for cell in cells] for cells in rows]
    widths = _widths(texts)
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for line, cells in zip(made.rows, texts, strict=True):
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, text, width in zip(line.cells, cells, widths, strict=False):
            place.text, place.width = text, width
            for run in place.paragraphs[0].runs:
                run.font.size = TABLE_TEXT
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # on each sheet
    document.add_paragraph()


def _cell(cell: Tag) -> str:
    items = [_text(item) for item in cell.find_all("li")]
    return "; ".join(items) if items else _text(cell)


def _widths(texts: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column is: room for its longest word, more where there is much text."""
    columns = list(zip(*(row for row in texts if len(row) == len(texts[0])), strict=True))
    words = [max((len(w) for t in column for w in t.split()), default=1) + 3 for column in columns]
    wanted = [
        max(min(max(map(len, column)), MOST_LETTERS) - word, 0)
        for word, column in zip(words, columns, strict=True)
    ]
    left = max(LETTERS_ACROSS - sum(words), 0) / (sum(wanted) or 1)
    shares = [word + left * more for word, more in zip(words, wanted, strict=True)]
    return [int(PAGE_WIDTH * share / sum(shares)) for share in shares]


def _runs(paragraph: object, element: Tag) -> None:
    """Write the text of an element, what is strong in it in bold."""
    for text, is_strong in _pieces(element):
        paragraph.add_run(text).bold = is_strong or None


def _pieces(element: Tag) -> Iterator[tuple[str, bool]]:
    for string in element.strings:
        text = re.sub(r"\s+", " ", _bare(string))
        yield text, any(parent.name == "strong" for parent in string.parents)


def _text(element: Tag | NavigableString) -> str:
    return re.sub(r"\s+", " ", _bare(element.get_text(" "))).strip()


def _bare(text: str) -> str:
    return CONTROLS.sub("", text)
