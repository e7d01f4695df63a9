"""Which parts of a workbook hold its sheets, texts and number formats, and what they say.

Only what is read is opened: fills, borders, panes, charts and dates of the file decide nothing, so
that an odd one stops nobody. Names of elements are compared without their namespace, which is all
that tells Strict Open XML from the usual one. Source: ECMA-376, parts 1 and 2.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import IO
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from toolkit.files.kinds import SAVE_AS
from toolkit.model.issues import InputError, quoted

MOST_STYLES = 65_490  # cell formats; Excel's own limit
TOO_MANY_STYLES = (
    "the workbook has more cell styles than Excel allows. "
    "Copy its tables as values into a new workbook, such as one of `partnerships new`."
)
BUILT_IN = {  # number formats that a file only numbers; East Asian dates and times are among them
    **BUILTIN_FORMATS,
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((*range(32, 36), 55, 56), "h:mm"),
}
LISTS = {"numFmts", "fonts", "cellStyleXfs", "cellXfs", "dxfs"}
ESCAPED = re.compile(r"_x(?![dD][89A-Fa-f])([0-9A-Fa-f]{4})_")  # a character that XML cannot hold
Strikes = tuple[tuple[bool, bool | None], ...]  # of each run: has it letters, is it struck out


@dataclass(frozen=True)
class Style:
    """How a cell is shown: its number format, what that makes of a number, and if it is struck."""

    number_format: str
    is_date: bool
    is_duration: bool
    is_struck: bool


@dataclass(frozen=True)
class Texts:
    """The texts that cells share, and the runs of those with letters struck out."""

    values: Sequence[str]
    strikes: Mapping[int, Strikes]


@dataclass(frozen=True)
class Listed:
    """A sheet as the workbook lists it: its name, and the part that holds its cells."""

    name: str
    part: str
    is_hidden: bool


def name_of(written: str) -> str:
    """Return the name of a part in one way: no reader tells its cases or its slashes apart."""
    return written.replace("\\", "/").lstrip("/").casefold()


def relations_of(name: str) -> str:
    """Return the part that says what a part refers to."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


class Package:
    """The parts of a workbook by name, whichever slash its writer used."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self._container = container
        self._members = {name_of(member.filename): member for member in container.infolist()}

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name_of(name) in self._members

    def open(self, name: str) -> IO[bytes]:
        """Return a part as a stream."""
        return self._container.open(self._members[name_of(name)])

    def listed(self, name: str) -> zipfile.ZipInfo:
        """Return what the archive says of a part."""
        return self._members[name_of(name)]

    def elements(self, name: str) -> Iterator[ElementTree.Element]:
        """Yield the elements of a part as each of them ends."""
        with self.open(name) as part:
            for _, element in ElementTree.iterparse(part):
                yield element

    def events(self, name: str) -> Iterator[tuple[str, ElementTree.Element]]:
        """Yield the elements of a part with "start" as each begins and "end" as it ends."""
        with self.open(name) as part:
            yield from ElementTree.iterparse(part, ("start", "end"))

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to, by id: the last word of its kind, and its part."""
        folder, relations = posixpath.dirname(name), relations_of(name)
        if not self.has(relations):
            return {}
        found = {}
        for element in self.elements(relations):
            target = element.get("Target", "")
            if tag_of(element) != "Relationship" or element.get("TargetMode") == "External":
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/")))
            kind = element.get("Type", "").rsplit("/", 1)[-1]
            found[element.get("Id", "")] = (kind, path.lstrip("/"))
        return found

    @cached_property
    def main(self) -> str:
        """The part that lists the sheets."""
        found = [part for kind, part in self.targets("").values() if kind == "officeDocument"]
        return found[0] if found else "xl/workbook.xml"

    def part(self, kind: str) -> str:
        """Return the one part of a kind that the workbook refers to, blank where there is none."""
        found = [part for of, part in self.targets(self.main).values() if of == kind]
        return found[0] if found and self.has(found[0]) else ""


def tag_of(element: ElementTree.Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def is_on(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")


def list_sheets(package: Package) -> tuple[bool, list[Listed]]:
    """Return whether days are counted from 1904, and the sheets with cells in their order.

    Raises
    ------
    InputError
        A sheet is given twice.
    """
    targets, found, is_1904 = package.targets(package.main), dict[str, Listed](), False
    for element in package.elements(package.main):
        if tag_of(element) == "workbookPr":
            is_1904 |= is_on(element.get("date1904"))  # an extension repeats the element
        if tag_of(element) != "sheet":
            continue
        ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
        kind, part = targets[ids[0]]
        if kind == "worksheet":
            name, is_hidden = element.get("name", ""), element.get("state", "visible") != "visible"
            if part in found or any(name == sheet.name for sheet in found.values()):
                raise InputError(f"the sheet {quoted(name)} is given twice. {SAVE_AS}")
            found[part] = Listed(name, part, is_hidden)
    return is_1904, list(found.values())


def title_of(package: Package) -> str:
    """Return the title in the properties of the file, blank where it has none."""
    try:
        for kind, part in package.targets("").values():
            if kind == "core-properties" and package.has(part):
                titles = [e.text or "" for e in package.elements(part) if tag_of(e) == "title"]
                return titles[0].strip() if titles else ""
    except ElementTree.ParseError:
        return ""  # they are no table: a page can do without the title
    return ""


def read_texts(package: Package) -> Texts:
    """Return the shared texts of the workbook."""
    part, values, strikes = package.part("sharedStrings"), list[str](), dict[int, Strikes]()
    for element in package.elements(part) if part else ():
        if tag_of(element) == "si":
            text, runs = read_runs(element)
            if runs:
                strikes[len(values)] = runs
            values.append(text)
            element.clear()
    return Texts(values, strikes)


def read_runs(element: ElementTree.Element) -> tuple[str, Strikes]:
    """Return a text, and its runs where one of them says whether it is struck out."""
    texts, runs = [], list[tuple[bool, bool | None]]()
    for child in element:
        if tag_of(child) == "t":
            texts.append(child.text or "")
        elif tag_of(child) == "r":
            own = "".join(t.text or "" for t in child if tag_of(t) == "t")
            texts.append(own)
            runs.append((bool(own.strip()), _is_struck_run(child)))
    return unescaped("".join(texts)), tuple(runs) if any(struck for _, struck in runs) else ()


def unescaped(text: str) -> str:
    """Return a text with the characters that stand in it by their numbers.

    >>> unescaped("_x0041_-7")
    'A-7'
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _is_struck_run(run: ElementTree.Element) -> bool | None:
    """Whether a run is struck out; nothing where it looks as its cell does."""
    properties = next((child for child in run if tag_of(child) == "rPr"), None)
    return None if properties is None else _has_strike(properties)


def _has_strike(font: ElementTree.Element) -> bool:
    return any(tag_of(child) == "strike" and is_on(child.get("val", "1")) for child in font)


def read_styles(package: Package) -> Sequence[Style]:
    """Return the cell formats in the order by which cells refer to them.

    Raises
    ------
    InputError
        There are more than Excel allows.
    """
    part, codes, inside = package.part("styles"), dict(BUILT_IN), ""
    fonts, used = list[bool](), list[tuple[int, int]]()
    for event, element in package.events(part) if part else ():
        tag = tag_of(element)
        if tag in LISTS:
            inside = tag if event == "start" else ""
        elif event == "start":
            continue
        elif (inside, tag) == ("numFmts", "numFmt"):
            codes[int(element.get("numFmtId", 0))] = element.get("formatCode", "General")
        elif (inside, tag) == ("fonts", "font"):
            fonts.append(_has_strike(element))
        elif (inside, tag) == ("cellXfs", "xf"):
            used.append((int(element.get("numFmtId", 0)), int(element.get("fontId", 0))))
            if len(used) > MOST_STYLES:
                raise InputError(TOO_MANY_STYLES)
            element.clear()
    known = {(n, f): _style(codes.get(n, "General"), is_struck=_at(fonts, f)) for n, f in set(used)}
    return [known[pair] for pair in used] or [_style("General", is_struck=False)]


def _at(fonts: Sequence[bool], number: int) -> bool:
    """Whether a font strikes out; one that is not there does not."""
    return 0 <= number < len(fonts) and fonts[number]


def _style(number_format: str, *, is_struck: bool) -> Style:
    is_date, is_duration = is_date_format(number_format), is_timedelta_format(number_format)
    return Style(number_format, is_date, is_duration, is_struck)
