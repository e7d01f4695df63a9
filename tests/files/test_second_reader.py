"""What we read of a workbook against another reader, calamine: each difference has a reason."""

import random
import re
import zipfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from toolkit.files.loading import load
from toolkit.model.issues import InputError

SAMPLE = Path(__file__).parents[2] / "data" / "sample.xlsx"
EXPLAINED = {
    "poi__52575_main.xlsx",  # the text of a formula to another file, which the other leaves out
    "test_files__LONumbers.xlsx",  # A/P alone is a time of day to the other, a number to us
    "test_files__LONumbers-2010.xlsx",
}
CELL = re.compile(r"<c [^>]*?(?:/>|>.*?</c>)", re.DOTALL)
WORDS = ("Paris", "1.234", " ", "2018-02-30", "TOTAL", "&lt;b&gt;", "_x0041_", "Zürich", "")
NUMBERS = ("0", "-0.5", "1e3", "36526", "36526.75", "0.1", "999999999999999", "1E-7")


def ours(path):
    """Return sheet -> (row, letter) -> value; the texts of the first row as its headers."""
    found = {}
    for name, sheet in load(path).sheets.items():
        cells = {(1, letter): text for letter, text in sheet.header.items()}
        for row, line in sheet.rows.items():
            for letter, cell in line.items():
                cells[row, letter] = "" if cell.is_error else cell.value
        found[name] = cells
    return found


def theirs(path):
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = {
            (number, get_column_letter(place)): value
            for number, row in enumerate(rows, start=1)
            for place, value in enumerate(row, start=1)
        }
    return found


def plain(value):
    """Return a value without what the two readers spell in two ways."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, str):
        return value.strip().replace("\r\n", "\n") or None
    return value


def explain(address, one, other):
    """Return why two values may differ, blank where they are the same, `?` where nothing does."""
    one, other = plain(one), plain(other)
    if one == other and isinstance(one, bool) == isinstance(other, bool):
        return ""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return "" if one == pytest.approx(other, rel=1e-12) else "?"
    if address[0] == 1 and isinstance(one, str):
        return "a header is text" if _is_its_text(one, other) else "?"
    return "no day of this century or the last" if _is_odd_time(one) or _is_odd_time(other) else "?"


def _is_odd_time(value):
    """Whether a value is a time of day, a length of time or a day about 1900: each has its way."""
    return isinstance(value, time | timedelta) or (isinstance(value, date) and value.year < 1901)


def _is_its_text(text, value):
    """Whether a text is that of a number, of a day, or of an error, which the other leaves out."""
    if value is None:
        return text.startswith("#")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(text) == value
    return str(plain(value)) in text


def compare(path):
    """Return how many cells were compared, and the differences by reason; `?` with the cells."""
    one, other = ours(path), theirs(path)
    assert list(one) == list(other)
    count, reasons = 0, Counter()
    for name, cells in one.items():
        for address in cells.keys() | other[name].keys():
            count += 1
            values = cells.get(address), other[name].get(address)
            reason = explain(address, *values)
            reasons[(reason, name, address, *values) if reason == "?" else reason] += 1
    return count, reasons


def changed(seed):
    """Return the sample with some cells of another type, value or style."""
    chance, out = random.Random(seed), BytesIO()
    with zipfile.ZipFile(SAMPLE) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.namelist():
            text = source.read(item)
            if item.startswith("xl/worksheets/sheet"):
                text = CELL.sub(lambda m: _cell(chance, m[0]), text.decode()).encode()
            target.writestr(item, text)
    return out.getvalue()


def _cell(chance, cell):
    """Return a cell, one in fifty of them changed."""
    if chance.random() > 0.02:
        return cell
    address, style = re.search(r' r="[A-Z]+\d+"', cell)[0], chance.randrange(4)
    kind = chance.choice(("n", "str", "inlineStr", "b", "e", "blank", "formula"))
    word, number = chance.choice(WORDS), chance.choice(NUMBERS)
    inside = {
        "n": f"<v>{number}</v>",
        "str": f"<v>{word}</v>",
        "inlineStr": f"<is><r><t>{word}</t></r><r><t>!</t></r></is>",
        "b": f"<v>{chance.randrange(2)}</v>",
        "e": f"<v>{chance.choice(('#REF!', '#N/A', '#DIV/0!'))}</v>",
        "blank": "",
        "formula": f"<f>1+1</f><v>{number}</v>",
    }[kind]
    mark = {"blank": "n", "formula": "n"}.get(kind, kind)
    return f'<c{address} s="{style}" t="{mark}">{inside}</c>'


def unexplained(folder, seed):
    """Return the differences of a changed workbook that have no reason."""
    path = folder / "changed.xlsx"
    path.write_bytes(changed(seed))
    return [reason for reason in compare(path)[1] if isinstance(reason, tuple)]


def test_the_sample_is_read_as_another_reader_reads_it():
    count, reasons = compare(SAMPLE)
    assert count > 10_000
    assert set(reasons) == {""}


@pytest.mark.parametrize("seed", range(5))
def test_changed_cells_are_read_alike(tmp_path, seed):
    assert not unexplained(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5, 105))
def test_a_hundred_changed_workbooks_are_read_alike(tmp_path, seed):
    assert not unexplained(tmp_path, seed)


def test_every_workbook_of_the_corpus_is_read_alike_or_refused(shared):
    strange, count = {}, 0
    for path in sorted((shared / "corpus").rglob("*.xls[xm]")):
        try:
            cells, reasons = compare(path)
        except (InputError, CalamineError):  # refused by one of them
            continue
        count += cells
        found = {reason for reason in reasons if isinstance(reason, tuple)}
        strange |= {path.name: found} if found else {}
    assert count > 200_000
    assert strange.keys() <= EXPLAINED
