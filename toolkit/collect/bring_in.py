"""How the rows of a foreign register become rows of the form, every one of them accounted for.

Nothing is guessed: what cannot be read goes into the notes as it stood, and a class that nobody
confirmed is unknown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.collect.column_map import ColumnMap
from toolkit.collect.foreign_dates import DateColumn, read_dates
from toolkit.collect.foreign_headers import FoundHeader
from toolkit.collect.foreign_words import UNKNOWN, read_numbers, status_word, yes_or_no
from toolkit.collect.plain_text import bare_words
from toolkit.collect.source import Line, Source
from toolkit.files.layout import NOTE, TOTAL
from toolkit.files.words import ID_PATTERN
from toolkit.model.countries import find_country, is_union
from toolkit.model.issues import InputError, quoted
from toolkit.model.schema import Kind, Sheet
from toolkit.model.sheets import Agreement

NUMBERS = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.COUNT}
FEW_CELLS = 4  # a row of totals has no more
ONE_COUNTRY = 3  # rows of one country that may be the own one
ABOUT = ("signed", "renewed")
KEPT, CHANGED, DROPPED = "kept", "changed", "dropped"
SECTION = "a section heading"
QUOTED = (SECTION, "a total", "a remark", "no column that is brought in is filled")


@dataclass(frozen=True)
class Accounted:
    """What became of one row of the source."""

    row: int
    became: str  # kept, changed or dropped
    key: str  # the id it has in the form
    why: str


@dataclass(frozen=True)
class TakenRows:
    """The rows of a source that are brought in, by number, and what became of the others.

    `sections` is the heading under which a row stands, where the source has such rows.
    """

    lines: Mapping[int, Line]
    sections: Mapping[int, str]
    dropped: Sequence[Accounted]


@dataclass(frozen=True)
class Brought:
    """Rows of the form, and the account of every row of the source."""

    rows: Sequence[Mapping[str, str]]
    account: Sequence[Accounted]
    readings: Sequence[str]  # how columns were read
    alike: Sequence[str]  # pairs that look like one


def take_rows(
    source: Source, header: FoundHeader, where: Sequence[tuple[str, str]] = ()
) -> TakenRows:
    """Return the rows that are brought in.

    Parameters
    ----------
    where
        Heading and value of the source: only rows with all of them are taken.

    Raises
    ------
    InputError
        `where` names a heading that is not there, or no row is left.
    """
    wanted = [(_column_of(header, source, name), value) for name, value in where]
    lines: dict[int, Line] = {}
    sections: dict[int, str] = {}
    dropped: list[Accounted] = []
    section = ""
    for number, line in source.rows.items():
        why = _why_no_row(number, line, header)
        if why == SECTION:
            section = next(iter(line.values()))
        if not why and not all(_matches(line.get(c, ""), value) for c, value in wanted):
            why = "another value than --where asks for"
        if not why:
            lines[number], sections[number] = line, section
        elif line or number > header.last:
            shown = f": {next(iter(line.values()))}" if why in QUOTED else ""
            dropped.append(Accounted(number, DROPPED, "", f"{why}{shown}"))
    if not lines:
        raise InputError(f"{source.name}: no row is left to bring in.")
    return TakenRows(lines, sections, dropped)


def bring_in(taken: TakenRows, header: FoundHeader, sheet: Sheet, settled: ColumnMap) -> Brought:
    """Return the rows of the form, with the account of every row of the source."""
    columns = _Columns(sheet, header, list(taken.lines.values()), settled)
    ids = _Ids(header, taken.lines)
    account = list(taken.dropped)
    rows: list[dict[str, str]] = []
    for number, line in taken.lines.items():
        row, changes = columns.read(line)
        if sheet is Agreement.sheet:
            changes += _complete(row, taken.sections[number])
            row["agreement_id"] = ids.of(number, line)
        lacking = [c.name for c in sheet.columns if c.required and not row.get(c.name)]
        changes += [f"{name} is not in the source" for name in lacking]
        key = row.get(sheet.key[0], "")
        account.append(Accounted(number, CHANGED if changes else KEPT, key, "; ".join(changes)))
        rows.append({name: row[name] for name in sheet.names if row.get(name)})
    account.sort(key=lambda told: told.row)
    return Brought(rows, account, columns.readings, tuple(_pairs(rows, taken.lines)))


def _column_of(header: FoundHeader, source: Source, name: str) -> int:
    for column, heading in header.headings.items():
        if bare_words(heading) == bare_words(name):
            return column
    there = ", ".join(header.headings.values())
    raise InputError(f"{source.name}: --where: no column is called {quoted(name)}: {there}.")


def _matches(text: str, value: str) -> bool:
    return bare_words(text) == bare_words(value) and bool(text)


def _why_no_row(number: int, line: Line, header: FoundHeader) -> str:
    """Return why a line is no row of data; nothing where it is one."""
    if number <= header.last:
        return "the header" if number >= header.first else "above the header"
    if not line:
        return "blank"
    text = next(iter(line.values()))
    if all(header.headings.get(column) == said for column, said in line.items()):
        return "the header again"
    if len(line) <= FEW_CELLS and TOTAL.fullmatch(text):
        return "a total"
    if not set(line) & set(header.columns.values()):
        return "no column that is brought in is filled"
    if len(set(line.values())) > 1:
        return ""
    is_wide = len(header.headings) > 2 or len(line) > 1
    if is_wide and NOTE.match(text):
        return "a remark"
    is_place = is_union(text) or bool(find_country(text).codes)
    if is_wide and (len(line) > 1 or text.isupper() or is_place):
        return SECTION
    return SECTION if is_place and "country" not in header.columns else ""


class _Columns:
    """Reads the cells of each column in the way that the whole column told."""

    def __init__(
        self, sheet: Sheet, header: FoundHeader, lines: Sequence[Line], settled: ColumnMap
    ) -> None:
        self._sheet, self._header, self._settled = sheet, header, settled
        self._dates: dict[str, DateColumn] = {}
        self._numbers: dict[str, Mapping[str, str]] = {}
        self.readings: list[str] = []
        for name, number in header.columns.items():
            texts = [line[number] for line in lines if number in line]
            if sheet.column(name).kind is Kind.DATE:
                order = settled.dates.get(name, "")
                found = read_dates(texts, order=order, about=name in ABOUT)
                self._dates[name] = found
                self.readings += [told] if (told := found.says(name)) else []
            elif sheet.column(name).kind in NUMBERS:
                self._numbers[name] = read_numbers(texts)
            elif name == "country" and len(texts) >= ONE_COUNTRY and len(set(texts)) == 1:
                self.readings.append(
                    f"country: each of {len(texts)} rows says {quoted(texts[0])}. Where that is "
                    f'your own country, set "{header.headings[number]}" = "" in the map file.'
                )

    def read(self, line: Line) -> tuple[dict[str, str], list[str]]:
        """Return one row of the form, and what was changed on the way."""
        row: dict[str, str] = {}
        changes: list[str] = []
        left: list[str] = []
        for name, number in self._header.columns.items():
            if text := line.get(number, ""):
                taken = self._taken(name, text)
                if taken:
                    row[name] = taken
                if taken != text:
                    told = f"{name}: {quoted(text)}"
                    changes.append(f"{told} was read as {taken}" if taken else f"{told} not read")
                    left += [] if taken and name != "classification" else [f"{name}: {text}"]
        if left and "notes" in self._sheet.names:
            row["notes"] = "; ".join([row.get("notes", ""), f"In the source: {'; '.join(left)}"])
            row["notes"] = row["notes"].removeprefix("; ")
        return row, changes

    def _taken(self, name: str, text: str) -> str:
        column = self._sheet.column(name)
        if name in self._dates:
            return self._dates[name].read.get(text, "")
        if name in self._numbers:
            return self._numbers[name].get(text, text)
        if name == "classification":
            return self._settled.classes.get(text, UNKNOWN)
        if name == "status":
            return status_word(text)
        return yes_or_no(text) if column.kind is Kind.YES_NO else text


def _complete(row: dict[str, str], section: str) -> list[str]:
    """Fill what an agreement must have and the register has elsewhere or not at all."""
    told: list[str] = []
    if not row.get("partner") and row.get("city"):
        row["partner"] = row.pop("city")
        told.append("partner: taken from the column of the city")
    if not row.get("country") and section and find_country(section).codes:
        row["country"] = section
        told.append(f"country: taken from the section {quoted(section)}")
    if not row.get("classification"):
        row["classification"] = UNKNOWN
        told.append("classification: not in the source, so unknown")
    return told


class _Ids:
    """Ids of the source where they can serve, else ids by the number of the row."""

    def __init__(self, header: FoundHeader, lines: Mapping[int, Line]) -> None:
        column = header.columns.get("agreement_id")
        texts = [line.get(column, "").upper() for line in lines.values()] if column else []
        serve = bool(texts) and len(set(texts)) == len(texts)
        self._column = column if serve and all(map(ID_PATTERN.fullmatch, texts)) else None
        self._width = max(3, len(str(max(lines))))

    def of(self, number: int, line: Line) -> str:
        """Return the id of a row; without one of its own it is that of its place in the source."""
        if self._column:
            return line[self._column].upper()
        return f"A-{number:0{self._width}d}"


def _pairs(rows: Sequence[Mapping[str, str]], numbers: Mapping[int, Line]) -> Iterator[str]:
    """Yield rows that look like one agreement; they are pointed out and never merged."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in zip(numbers, rows, strict=True):
        if row.get("partner"):
            groups[bare_words(row["partner"]), bare_words(row.get("country", ""))].append(number)
    names = dict(zip(numbers, rows, strict=True))
    for some in groups.values():
        if len(some) > 1:
            row = names[some[0]]
            who = ", ".join(filter(None, (row["partner"], row.get("country", ""))))
            yield f"rows {', '.join(map(str, some))}: {who}"


def tell_account(account: Sequence[Accounted]) -> str:
    """Return how many rows were kept, changed and dropped, and for which reasons."""
    became = Counter(told.became for told in account)
    whys = Counter(told.why.split(":")[0] for told in account if told.became == DROPPED)
    dropped = "; ".join(f"{count} {why}" for why, count in whys.most_common())
    line = ", ".join(f"{became[word]} {word}" for word in (KEPT, CHANGED, DROPPED))
    return f"{line} ({dropped})" if dropped else line
