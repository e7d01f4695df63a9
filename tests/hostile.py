"""Workbooks that attack their reader, and odd ones that are sound: built in code, by category.

Each says whether it is read; all others are to be refused in a sentence. Heavy ones take a second
or more to build or to refuse. It is long because it is one list of many small cases.
"""

import io
import random
import string
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
LETTERS = string.ascii_uppercase
BOOK, CORE = "xl/workbook.xml", "docProps/core.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>',
    "quadratic blow-up": f'<!DOCTYPE x [<!ENTITY a9 "{"ha" * 50_000}">]>',
    "external entity": '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
    "external DTD": '<!DOCTYPE x SYSTEM "http://city.example/x.dtd" [<!ENTITY a9 "">]>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///x"> %p; <!ENTITY a9 "">]>',
}


@dataclass(frozen=True)
class Attack:
    """One file: what it is, how it is built, and what is to come of it."""

    category: str
    name: str
    build: Callable[[], bytes]
    is_read: bool = False
    is_heavy: bool = False


def relations(*targets: tuple[str, str]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def sheet(rows: str = '<row r="2"><c r="A2"><v>7</v></c></row>', after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def strings(items: str = "<si><t>Agreements</t></si>") -> str:
    return f'{HEAD}<sst xmlns="{MAIN}">{items}</sst>'


def styles(formats: str = "", cells: str = '<xf numFmtId="0" fontId="0"/>') -> str:
    formats = f"<numFmts>{formats}</numFmts>" if formats else ""
    fonts, used = "<fonts><font/></fonts>", f"<cellXfs>{cells}</cellXfs>"
    return f'{HEAD}<styleSheet xmlns="{MAIN}">{formats}{fonts}{used}</styleSheet>'


def book(sheets: str = '<sheet name="Agreements" sheetId="1" r:id="r1"/>', after: str = "") -> str:
    spaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    return f"{HEAD}<workbook {spaces}><sheets>{sheets}</sheets>{after}</workbook>"


def parts(**changed: str | bytes) -> dict[str, str | bytes]:
    """Return the parts of a small sound workbook, some of them changed: `sheet`, `strings` …"""
    return {
        "[Content_Types].xml": f"{HEAD}<Types/>",
        "_rels/.rels": relations(("officeDocument", BOOK), ("core-properties", CORE)),
        CORE: changed.get("core", f"{HEAD}<x/>"),
        BOOK: changed.get("book", book()),
        "xl/_rels/workbook.xml.rels": changed.get(
            "links",
            relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ),
        ),
        STRINGS: changed.get("strings", strings()),
        STYLES: changed.get("styles", styles()),
        SHEET: changed.get("sheet", sheet()),
    }


def packed(
    members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b""
) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as container:
        container.comment = comment
        for name, content in members.items():
            container.writestr(name, content)
    return stream.getvalue()


def changed(**of: str | bytes) -> bytes:
    return packed(parts(**of))


def with_member(name: str, content: str | bytes = b"x") -> bytes:
    return packed({**parts(), name: content})


def told(name: str, *, lists: bytes, local: bytes = b"", at: int, local_at: int = 0) -> bytes:
    """Return a workbook whose archive says something else of a member than is true."""
    content = bytearray(packed(parts(sheet=sheet(" " * 5_000_000))))
    central = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    content[central + at : central + at + len(lists)] = lists
    if local:
        start = content.index(b"PK\x03\x04", content.index(name.encode()) - 30)
        content[start + local_at : start + local_at + len(local)] = local
    return bytes(content)


def overlapping() -> bytes:
    """Return a workbook in which one member is listed under a second name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts().items():
            container.writestr(name, content)
        again = zipfile.ZipInfo("xl/again.xml")
        first = container.infolist()[-1]
        again.header_offset, again.CRC = first.header_offset, first.CRC
        again.compress_size, again.file_size = first.compress_size, first.file_size
        container.filelist.append(again)
    return stream.getvalue()


def streamed() -> bytes:
    """Return a workbook written to a pipe: sizes stand behind each member."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, some: bytes) -> int:
            self.content += some
            return len(some)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts().items():
            container.writestr(name, content)
    return bytes(pipe.content)


def cells(row: int, *addresses: str) -> str:
    inner = "".join(f'<c r="{address}"><v>{n}</v></c>' for n, address in enumerate(addresses))
    return f'<row r="{row}">{inner}</row>'


def rows(count: int, cell: str = "", first: int = 2) -> str:
    return "".join(
        f'<row r="{n}" s="0" customFormat="1">{cell.replace("#", str(n))}</row>'
        for n in range(first, first + count)
    )


def noisy(count: int) -> str:
    """Return rows of ten numbers that do not pack well."""
    chance = random.Random(count)
    row = "".join(f'<c r="{letter}#"><v>%</v></c>' for letter in "ABCDEFGHIJ")
    lines = (row.replace("#", str(n)) for n in range(2, count + 2))
    return "".join(
        f'<row r="{n}">{line.replace("%", str(chance.random()))}</row>'
        for n, line in enumerate(lines, start=2)
    )


def many_sheets(count: int) -> bytes:
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, count))
    links = relations(*(("worksheet", f"worksheets/s{n}.xml") for n in range(1, count)))
    more = {f"xl/worksheets/s{n}.xml": sheet() for n in range(1, count)}
    return packed({**parts(book=book(listed), links=links), **more})


def tables_again(count: int) -> bytes:
    """Return a workbook whose sheet refers to one table again and again."""
    table = f'{HEAD}<table ref="A1:B9" totalsRowCount="1">{"<x/>" * 20_000}</table>'
    links = relations(*(("table", "../tables/t.xml") for _ in range(count)))
    more = {"xl/tables/t.xml": table, "xl/worksheets/_rels/sheet1.xml.rels": links}
    return packed({**parts(), **more})


def zipped_again(depth: int) -> bytes:
    content = packed(parts())
    for _ in range(depth):
        content = packed({"again.xlsx": content})
    return content


def deep(part: str, count: int) -> bytes:
    return changed(**{part: HEAD + "<a>" * count + "</a>" * count})


def attributes(count: int) -> str:
    return sheet("".join(f'<row a{n}="" b{n}=""/>' for n in range(count)))


def archives() -> Iterator[Attack]:
    make = partial(Attack, "archive")
    small, huge = struct.pack("<L", 60), struct.pack("<L", 2_000_000_000)
    odd = struct.pack("<H", 12), struct.pack("<H", 1)
    yield make("size told too small", lambda: told(SHEET, lists=small, at=24))
    yield make("size told too large", lambda: told(SHEET, lists=huge, at=24))
    yield make("packed size told too large", lambda: told(SHEET, lists=huge, at=20))
    yield make("wrong checksum", lambda: told(SHEET, lists=b"\0\0\0\0", at=16))
    yield make("place outside of the file", lambda: told(SHEET, lists=huge, at=42))
    yield make(
        "sizes left to zip64 that is not there", lambda: told(SHEET, lists=b"\xff" * 8, at=20)
    )
    yield make("unknown packing", lambda: told(SHEET, lists=odd[0], at=10))
    yield make("encrypted member", lambda: told(SHEET, lists=odd[1], at=8))
    yield make("members that overlap", overlapping)
    yield make("same name in other case", lambda: with_member("XL/Styles.xml"))
    yield make("same name with other slash", lambda: with_member("xl\\styles.xml"))
    for name in ("../xl/styles.xml", "xl/../../x", "C:\\x.xml"):
        yield make(f"name {name}", partial(with_member, name))
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield make(f"packed by method {method}", partial(packed, parts(), method))
    yield make("stored", partial(packed, parts(), zipfile.ZIP_STORED), is_read=True)
    yield make("long comment", partial(packed, parts(), 8, b"x" * 60_000), is_read=True)
    yield make("sizes behind the members", streamed, is_read=True)
    yield make("bytes before", lambda: b"\0" * 99 + packed(parts()))
    yield make("an archive before", lambda: packed({"x": "y"}) + packed(parts()), is_read=True)
    yield make("bytes behind", lambda: packed(parts()) + b"\0" * 99, is_read=True)
    yield make("end cut off", lambda: packed(parts())[:-30])
    yield make("half of it", lambda: packed(parts())[:900])
    yield make("archive in archives", partial(zipped_again, 9))
    yield make("sheet that is an archive", lambda: changed(sheet=packed(parts())))
    yield make(
        "bomb in a picture",
        lambda: with_member("xl/media/x.png", bytes(300_000_000)),
        is_read=True,
        is_heavy=True,
    )
    yield make(
        "bomb in a comment part",
        lambda: with_member("xl/comments1.xml", "<x>" * 9_000_000),
        is_read=True,
        is_heavy=True,
    )
    yield make(
        "200,000 members",
        lambda: packed(parts() | {f"x/{n}": b"" for n in range(200_000)}, 0),
        is_heavy=True,
    )
    yield make("300 MB of spaces", lambda: changed(sheet=sheet(" " * 300_000_000)), is_heavy=True)


def markup() -> Iterator[Attack]:
    make = partial(Attack, "XML")
    of = {"sheet": sheet(), "strings": strings(), "styles": styles(), "book": book()}
    of |= {"core": f"{HEAD}<x><title>City</title></x>"}
    for part, text in of.items():
        for name, types in ENTITIES.items():
            bomb = text.replace(HEAD, HEAD + types).replace("<v>7", "<v>&a9;")
            yield make(f"{name}, {part}", partial(changed, **{part: bomb}))
        yield make(
            f"UTF-16, {part}",
            is_read=True,
            build=partial(changed, **{part: text.replace("UTF-8", "UTF-16").encode("utf-16")}),
        )
        spoilt = part == "core"  # a page can do without the title
        wrong = text.encode().replace(b"</", b"\xff\xfe</", 1)
        yield make(f"not UTF-8, {part}", partial(changed, **{part: wrong}), is_read=spoilt)
        empty = text.encode().replace(b"</", b"\0</", 1)
        yield make(f"NUL, {part}", partial(changed, **{part: empty}), is_read=spoilt)
        yield make(f"a million deep, {part}", partial(deep, part, 1_000_000), is_heavy=True)
    yield make(
        "Latin-1",
        is_read=True,
        build=lambda: changed(
            strings=strings("<si><t>\u00e9</t></si>")
            .replace("UTF-8", "ISO-8859-1")
            .encode("latin-1")
        ),
    )
    yield make("UTF-7", lambda: changed(sheet=sheet().replace("UTF-8", "UTF-7")))
    yield make(
        "other prefix",
        is_read=True,
        build=lambda: changed(sheet=f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>'),
    )
    yield make("not closed", lambda: changed(sheet=sheet()[:-9]))
    yield make("text behind", lambda: changed(sheet=sheet() + "<more/>"))
    long = "x" * 50_000_000
    yield make(
        "attribute of 50 MB", lambda: changed(sheet=sheet(f'<row a="{long}"/>')), is_heavy=True
    )
    yield make("comment of 50 MB", lambda: changed(sheet=sheet(f"<!--{long}-->")), is_heavy=True)
    yield make(
        "text of 50 MB",
        is_read=True,
        is_heavy=True,
        build=lambda: changed(strings=strings(f"<si><t>{long}</t></si>")),
    )
    yield make("a million names", lambda: changed(sheet=attributes(500_000)), is_heavy=True)


def addresses() -> Iterator[Attack]:
    make = partial(Attack, "cells")
    kept = {  # told by `check` with the cell, or read as Excel reads it
        "row out of order": cells(3, "A3") + cells(2, "A2"),
        "cell out of order": cells(2, "B2", "A2"),
        "cell twice": cells(2, "A2", "A2"),
        "row twice": cells(2, "A2") + cells(2, "A2"),
        "no addresses": "<row><c><v>1</v></c></row>",
        "last row blank but formatted": cells(2, "A2") + '<row r="1048576" s="1"/>',
        "blank formatted cell far away": cells(2, "A2")
        + '<row r="1048576"><c r="XFD1048576"/></row>',
        "number too large": cells(2, "A2").replace("<v>0", "<v>1e999"),
    }
    for name, inner in kept.items():
        yield make(name, partial(changed, sheet=sheet(inner)), is_read=True)
    refused = {
        "value in XFD1048576": cells(1048576, "XFD1048576"),
        "value in column KO": cells(2, "A2", "KO2"),
        "301 cells without an address": f"<row>{'<c><v>1</v></c>' * 301}</row>",
        "20,000 blank cells without an address": f"<row>{'<c/>' * 20_000}</row>",
        "20,000 times one cell": cells(2, *["A2"] * 20_000),
        "3,000 rows of ten cells given twice": "".join(
            cells(row, *[f"A{row}"] * 11) for row in range(2, 3_002)
        ),
        "row 0": cells(0, "A0"),
        "row -1": cells(-1, "A-1"),
        "row beyond the last": cells(1048577, "A1048577"),
        "row that is no number": '<row r="two"/>',
        "row beyond every number": f'<row r="{"9" * 5000}"/>',
        "column beyond the last": cells(2, "XFE2"),
        "very long address": cells(2, "A" * 900_000 + "2"),
        "address of another row": cells(2, "A3"),
        "address in small letters": cells(2, "a2").replace("a2", "\u00e42"),
        "no digits": cells(2, "A"),
        "text that is not there": '<row r="2"><c r="A2" t="s"><v>9</v></c></row>',
        "style that is not there": '<row r="2"><c r="A2" s="9"><v>9</v></c></row>',
        "number that is none": cells(2, "A2").replace("<v>0", "<v>NaN"),
        "number of 100,000 digits": cells(2, "A2").replace("<v>0", "<v>" + "9" * 100_000),
    }
    for name, inner in refused.items():
        yield make(name, partial(changed, sheet=sheet(inner)))
    merged = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
    for area in ("A2:XFD1048576", "A2:A", "2:2", ""):
        yield make(f"merged {area}", partial(changed, sheet=sheet(after=merged.format(area))))
    link = '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'
    yield make("link over the sheet", partial(changed, sheet=sheet(after=link)), is_read=True)
    hidden = '<cols><col min="1" max="999999999" hidden="1"/></cols>'
    yield make("all columns hidden", partial(changed, sheet=sheet(after=hidden)), is_read=True)
    two = '<sheet name="{}" sheetId="1" r:id="r1"/><sheet name="{}" sheetId="2" r:id="{}"/>'
    yield make("sheets of one name", lambda: changed(book=book(two.format("A", "A", "r1"))))
    yield make("one part, two sheets", lambda: changed(book=book(two.format("A", "B", "r1"))))
    name = "x" * 100_000
    yield make("sheets of one long name", lambda: changed(book=book(two.format(name, name, "r1"))))
    yield make("sheet that is not there", lambda: changed(book=book(two.format("A", "B", "r9"))))
    yield make(
        "sheet without a part",
        lambda: changed(links=relations(("worksheet", "worksheets/none.xml"))),
    )
    yield make(
        "sheet out of the archive",
        lambda: changed(links=relations(("worksheet", "../../../etc/hostname"))),
    )
    yield make(
        "workbook that is its own sheet",
        lambda: changed(links=relations(("worksheet", "workbook.xml"))),
        is_read=True,
    )


def crowds() -> Iterator[Attack]:
    make = partial(Attack, "amounts", is_heavy=True)
    plain = "<v>7</v>"
    yield make("a million blank formatted rows", lambda: changed(sheet=sheet(rows(1_000_000))))
    yield make(
        "a million filled rows",
        lambda: changed(sheet=sheet(rows(1_000_000, f'<c r="A#">{plain}</c>'))),
    )
    yield make(
        "five million blank formatted cells",
        lambda: changed(
            sheet=sheet(rows(199_000, "".join(f'<c r="{letter}#" s="0"/>' for letter in LETTERS)))
        ),
        is_read=True,
    )
    yield make(
        "eight million cells",
        lambda: changed(
            sheet=sheet(
                rows(150_000, "".join(f'<c r="{letter}#">{plain}</c>' for letter in LETTERS))
            )
        ),
    )
    yield make("four million empty rows", lambda: changed(sheet=sheet("<row/>" * 4_000_000)))
    yield make(
        "numbers that pack badly", lambda: changed(sheet=sheet(noisy(190_000))), is_read=True
    )
    yield make(
        "a million texts",
        is_read=True,
        build=lambda: changed(
            strings=strings("".join(f"<si><t>text {n}</t></si>" for n in range(1_000_000)))
        ),
    )
    yield make("eight million texts", lambda: changed(strings=strings("<si/>" * 8_000_000)))
    yield make(
        "60,000 styles",
        lambda: changed(styles=styles(cells='<xf fontId="0"/>' * 60_000)),
        is_read=True,
    )
    yield make("100,000 styles", lambda: changed(styles=styles(cells='<xf fontId="0"/>' * 100_000)))
    yield make("a million styles", lambda: changed(styles=styles(cells="<xf/>" * 1_000_000)))
    form = '<numFmt numFmtId="{}" formatCode="{}"/>'
    yield make(
        "number format of 70,000 characters",
        lambda: changed(styles=styles(form.format(200, "[" * 70_000))),
    )
    yield make(
        "200,000 number formats",
        lambda: changed(styles=styles("".join(form.format(n, f"0.{n}") for n in range(200_001)))),
    )
    yield make("3,000 sheets", lambda: many_sheets(3_000))
    yield make("400 sheets", lambda: many_sheets(400), is_read=True)
    yield make("a table named 1,000 times", lambda: tables_again(1_000), is_read=True)
    after = {
        "mergeCell": ("mergeCells", lambda n: f'ref="A{n + 1}:B{n + 1}"'),
        "hyperlink": ("hyperlinks", lambda n: f'ref="A{n + 1}"'),
        "dataValidation": ("dataValidations", lambda n: f'sqref="A{n + 1}"'),
        "conditionalFormatting": ("x", lambda n: f'sqref="A{n + 1}"'),
        "col": ("cols", lambda n: 'min="1" max="16384" hidden="1"'),
    }
    for kind, (around, how) in after.items():
        inner = "".join(f"<{kind} {how(n)}/>" for n in range(250_000))
        yield make(
            f"250,000 of {kind}",
            partial(changed, sheet=sheet(after=f"<{around}>{inner}</{around}>")),
        )
    names = "".join(f'<definedName name="n{n}">A1</definedName>' for n in range(250_000))
    yield make("250,000 names", lambda: changed(book=book(after=f"<x>{names}</x>")))
    late = noisy(120_000) + cells(130_000, "A130000").replace("<v>0", "<v>NaN")
    yield Attack(
        "a fault that only reading finds",
        "no number at the end of 120,000 rows",
        lambda: changed(sheet=sheet(late)),
        is_heavy=True,
    )


def mutants(seeds: range, sound: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield a workbook with some bytes changed, in the archive or in one of its parts, by seed."""
    with zipfile.ZipFile(io.BytesIO(sound)) as container:
        members = {name: container.read(name) for name in container.namelist()}
    for seed in seeds:
        chance = random.Random(seed)
        if seed % 4 == 0:
            yield seed, spoilt(chance, sound)
            continue
        name = chance.choice(sorted(members))
        yield seed, packed({**members, name: spoilt(chance, members[name])})


def spoilt(chance: random.Random, content: bytes) -> bytes:
    """Return bytes with a few of them changed, lost, doubled or moved."""
    some = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(some))
        end = min(len(some), at + chance.choice((1, 4, 40)))
        match chance.randrange(4):
            case 0:
                some[at] = chance.randrange(256)
            case 1:
                del some[at:end]
            case 2:
                some[at:at] = some[at:end]
            case 3:
                to = chance.randrange(len(some))
                some[to:to] = some[at:end]
        some = some or bytearray(b"x")
    return bytes(some)


def attacks() -> Iterator[Attack]:
    """Yield all of them."""
    yield from archives()
    yield from markup()
    yield from addresses()
    yield from crowds()
