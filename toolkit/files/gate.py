"""Which workbooks can be read without costing minutes or all memory, and why others are refused.

The gate looks at the archive, then streams through every part that the reader will open, and keeps
nothing of it: it counts what is unpacked as it is unpacked, for an archive may lie about its sizes.
A document type (DTD) is refused where it begins, and with it every entity. The parser is the
reader's own; that of defusedxml refuses the same and is many times slower.
Sentences come without the name of the file. Source: ECMA-376, parts 1 and 2; limits of Excel.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PureWindowsPath
from typing import NoReturn
from xml.parsers import expat

from openpyxl.utils import get_column_letter, range_boundaries

from toolkit.files.grid import MAX_COLUMNS, row_number
from toolkit.files.kinds import SAVE_AS
from toolkit.files.parts import Package, list_sheets, name_of, relations_of
from toolkit.model.issues import InputError, quoted

MAX_FILE_BYTES = 50_000_000
MAX_MEMBERS = 5_000  # of the archive
MAX_UNPACKED = 240_000_000  # bytes of what is read; ten thousand agreements take about half
MAX_ELEMENTS = 6_500_000  # ten thousand filled agreements take six
MAX_NAMES = 5_000  # of elements and attributes
MAX_DEPTH = 100
MAX_TOKEN = 1_000_000  # bytes of one tag with its attributes, or of one comment
MAX_FORMAT = 1_000  # characters of a number format; Excel itself allows 255
MAX_AREA_CELLS = 1_000_000  # under merged areas
MAX_ODD_CELLS = 20_000  # given twice or out of order
MAX_RATIO = 200  # of unpacked to packed; beyond it a part is odd
MAX_ROWS, FAR_COLUMN = 200_000, get_column_letter(MAX_COLUMNS)  # what is beyond is far
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"  # of a sheet of Excel
MOST_IN_ROW = 16_384
PLENTY = {
    "row", "c", "v", "f", "is", "t", "si", "r", "rPr", "rFont", "sz", "color", "family", "scheme",
    "charset", "b", "i", "u", "strike",
}  # fmt: skip
MOST = {"sheet": 500, "mergeCell": 10_000, "col": 20_000}
MOST_OTHERS = 200_000  # elements of any other kind
WORDS = {
    "sheet": "sheets", "mergeCell": "merged areas", "col": "column formats",
    "hyperlink": "links", "dataValidation": "drop-downs", "definedName": "names", "xf": "styles",
    "conditionalFormatting": "conditional formats", "cfRule": "conditional formats",
}  # fmt: skip
CHUNK = 65_536  # bytes

UNTRUE = f"the workbook cannot be opened: its archive lists a part otherwise than it is. {SAVE_AS}"
DAMAGED = f"the workbook is damaged and cannot be opened. {SAVE_AS}"
TOO_LARGE = (
    "the workbook is far larger than the form is made for. "
    "Keep only the sheets of the form and delete rows that are not part of a table."
)
TOO_MANY = "Copy its tables as values into a new workbook, such as one of `partnerships new`."


@dataclass
class Findings:
    """How many bytes were unpacked, and whether anything was odd that is no reason to refuse."""

    unpacked: int = 0
    is_odd: bool = False
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    area_cells: int = 0
    odd_cells: int = 0


def refuse_crowds(content: bytes) -> None:
    """Refuse an archive whose list of members alone would fill the memory."""
    if content.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise InputError(f"the workbook holds more than {MAX_MEMBERS:,} parts. {SAVE_AS}")


def inspect(container: zipfile.ZipFile) -> Findings:
    """Return what was found in an archive that may be read.

    Raises
    ------
    InputError
        It may not; with the reason and what to do.
    """
    found, package = Findings(is_odd=_inspect_members(container.infolist())), Package(container)
    try:
        for part, sheet in _parts_read(package):
            if package.has(part):
                _look_at(package, part, _Watch(found, sheet))
    except zipfile.BadZipFile:
        raise InputError(UNTRUE) from None
    return found


def _look_at(package: Package, part: str, watch: "_Watch") -> None:
    try:
        watch.stream(package, part)
    except expat.ExpatError:
        if not name_of(part).startswith(
            "docprops/"
        ):  # they are no table: a page can do without the title
            raise InputError(DAMAGED) from None


def _parts_read(package: Package) -> Iterator[tuple[str, str]]:
    """Yield each part that the reader opens, and its sheet, before it is opened here."""
    yield relations_of(""), ""
    yield from ((part, "") for of, part in package.targets("").values() if of == "core-properties")
    yield relations_of(package.main), ""
    yield package.main, ""
    yield package.part("sharedStrings"), ""
    yield package.part("styles"), ""
    for sheet in list_sheets(package)[1]:
        yield sheet.part, sheet.name
        yield relations_of(sheet.part), ""
        targets = set(package.targets(sheet.part).values())
        yield from ((part, "") for kind, part in targets if kind == "table")


def _inspect_members(members: list[zipfile.ZipInfo]) -> bool:
    """Refuse an archive whose list is a trap; return whether it is odd."""
    names, end = set[str](), 0
    members = sorted(members, key=lambda each: each.header_offset)
    for member in members:
        name = name_of(member.filename)
        if member.flag_bits & 1:
            _refuse("a part of it has a password")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _refuse("a part of it is packed in a way that Excel does not know")
        if name in names:
            _refuse(f"it holds two parts called {quoted(name)}")
        if ".." in name.split("/") or PureWindowsPath(name).drive:
            _refuse(f"the name of a part leads out of it: {quoted(name)}")
        if member.header_offset < end:
            _refuse("parts of it overlap")
        names.add(name)
        end = member.header_offset + 30 + len(member.filename) + member.compress_size
    slashes = any("\\" in each.orig_filename or each.filename[0] == "/" for each in members)
    return slashes or members[0].header_offset > 0


class _Watch:
    """Counts what stands in one part, and refuses what goes too far."""

    def __init__(self, found: Findings, sheet: str) -> None:
        self.found, self.counts, self.sheet = found, found.counts, quoted(sheet)
        self.depth = self.rows = self.number = 0
        self._start_row(0)

    def stream(self, package: Package, part: str) -> None:
        """Unpack a part and look at all of it."""
        parser, size, ended = expat.ParserCreate(), 0, list[str]()
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = ended.append  # counted below: the cheapest that can be called
        with package.open(part) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                self.found.unpacked += len(chunk)
                parser.Parse(chunk)
                waiting = size - parser.CurrentByteIndex
                self.depth -= len(ended)
                ended.clear()
                if self.depth > MAX_DEPTH or waiting > MAX_TOKEN or len(parser.intern) > MAX_NAMES:
                    _refuse("one of its parts is built as no program writes it")
                self._refuse_too_much()
        parser.Parse(b"", True)
        listed = package.listed(part)
        if size != listed.file_size:
            raise InputError(UNTRUE)
        self.found.is_odd |= size > max(CHUNK, MAX_RATIO * listed.compress_size)

    def _refuse_too_much(self) -> None:
        """Refuse what there is too much of."""
        counts = self.counts
        if self.rows > MAX_ROWS:
            raise InputError(
                f"sheet {self.sheet} has more than {MAX_ROWS:,} rows; blank rows with a format "
                "count. Delete the rows below the table and save the workbook."
            )
        if self.found.unpacked > MAX_UNPACKED or sum(counts.values()) > MAX_ELEMENTS:
            raise InputError(TOO_LARGE)
        if self.found.area_cells > MAX_AREA_CELLS or counts["mergeCell"] > MOST["mergeCell"]:
            raise InputError("too many cells are merged. Unmerge them.")
        for kind, count in counts.items():
            most = MOST.get(kind, MOST_OTHERS)
            if count > most and kind not in PLENTY:
                what = WORDS.get(kind, f"marks of the kind {quoted(kind)}")
                raise InputError(f"the workbook has more than {most:,} {what}. {TOO_MANY}")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        tag = name.rpartition(":")[2] if ":" in name else name
        self.counts[tag] += 1
        if tag == "c":
            self._see_cell(attributes.get("r"))
        elif tag == "row":
            self._see_row(attributes.get("r"))
        elif self.is_far and tag in ("v", "is"):
            self._refuse_far()
        elif tag == "mergeCell":
            self.found.area_cells += _size(attributes.get("ref", ""))
        elif tag == "numFmt" and len(attributes.get("formatCode", "")) > MAX_FORMAT:
            _refuse(f"a number format of it is longer than {MAX_FORMAT:,} characters")

    def _see_row(self, written: str | None) -> None:
        number = row_number(written, self.number)
        if not 1 <= number <= LAST_ROW:
            _refuse(f"sheet {self.sheet} has a row {quoted(str(number))}, which no sheet can have")
        self.found.is_odd |= number <= self.number
        self.rows += 1
        self._start_row(number)

    def _start_row(self, number: int) -> None:
        """Begin a row; addresses in it are compared by their length, then as text."""
        self.number, self.in_row, self.last = number, 0, (0, "")
        self.digits = str(number)
        self.end = (len(LAST_COLUMN + self.digits), LAST_COLUMN + self.digits)
        self.far = (len(FAR_COLUMN + self.digits), FAR_COLUMN + self.digits)
        self.is_far_row = self.is_far = number > MAX_ROWS

    def _see_cell(self, address: str | None) -> None:
        if address is None:
            self._count_in_row()
            self.is_far = self.is_far_row or self.in_row > MAX_COLUMNS
            return
        place = (len(address), address)
        if not self.last < place <= self.end or not address.endswith(self.digits):
            self._see_odd_cell(place)
        self.is_far = self.is_far_row or place > self.far
        self.last = place

    def _see_odd_cell(self, place: tuple[int, str]) -> None:
        """See a cell given twice or out of order; refuse one that its row cannot have."""
        if place > self.end or not place[1].endswith(self.digits):
            _refuse(f"sheet {self.sheet} has a cell {quoted(place[1])} in row {self.digits}")
        self._count_in_row()
        self.found.is_odd = True
        self.found.odd_cells += 1
        if self.found.odd_cells > MAX_ODD_CELLS:
            _refuse(f"more than {MAX_ODD_CELLS:,} cells are given twice or out of order")

    def _count_in_row(self) -> None:
        self.in_row += 1
        if self.in_row > MOST_IN_ROW:
            _refuse(f"sheet {self.sheet} has a row of more than {MOST_IN_ROW:,} cells")

    def _refuse_far(self) -> NoReturn:
        place = self.last[1] or f"row {self.number}"
        raise InputError(
            f"sheet {self.sheet} holds something in {place}, far from every table. "
            f"Delete what is below row {MAX_ROWS:,} and beyond column {FAR_COLUMN}."
        )


def _size(area: str) -> int:
    """Return how many cells an area such as A2:B4 has."""
    first_column, first_row, last_column, last_row = range_boundaries(area)
    return (last_column - first_column + 1) * (last_row - first_row + 1)


def _refuse_document_type(*_: object) -> NoReturn:
    _refuse("a part of it declares a document type (DTD), which no spreadsheet program writes")


def _refuse(reason: str) -> NoReturn:
    raise InputError(f"the workbook cannot be opened: {reason}. {SAVE_AS}")
