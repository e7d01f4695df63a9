"""How the answers to a data call come back into a copy of the workbook, cell by cell.

Nothing is overwritten: a cell is filled where the city has nothing, or changed where it still holds
what was sent. Where two answers differ, or the city changed the cell meanwhile, both values are
listed and the cell stays as it is. A row left out, or a cell emptied, takes nothing away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toolkit.collect.copying import Copy
from toolkit.collect.data_call import AS_SENT
from toolkit.collect.keyed import Keyed, read_keyed
from toolkit.files.naming import ANSWERS
from toolkit.files.raw_sheets import RawSheet
from toolkit.model.policy import Policy
from toolkit.model.sheets import SHEETS

SENT_FROM = 3  # the row of the hidden sheet from which the cells stand


class Became(StrEnum):
    """What became of one cell of an answer."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    EMPTIED = "emptied there, kept here"
    LEFT_OUT = "row left out there, kept here"
    NOT_READ = "not read"


WRITTEN = (Became.NEW, Became.CHANGED)


@dataclass(frozen=True)
class Answer:
    """A workbook that came back, whom it was sent to, and how its cells stood then."""

    file: str
    to: str
    held: Keyed
    sent: Mapping[tuple[str, str, str], str]


@dataclass(frozen=True)
class Merged:
    """One cell that an answer speaks of, and what became of it."""

    became: Became
    sheet: str
    key: str
    column: str
    was: str
    values: tuple[str, ...]
    files: tuple[str, ...]
    why: str = ""

    def __str__(self) -> str:
        pairs = zip(self.values, self.files, strict=False)
        told = "; ".join(f'"{value}" in {file}' for value, file in pairs) or ", ".join(self.files)
        was = f'"{self.was}" in the workbook; ' if self.was else ""
        where = ", ".join(filter(None, (self.sheet, self.key, self.column)))
        return f"{where}: {was}{told}{self.why}"


def read_answer(path: Path, policy: Policy) -> Answer:
    """Return an answer with what was sent.

    Raises
    ------
    InputError
        The file cannot be opened.
    """
    held = read_keyed(path, policy)
    to, sent = _as_sent(held.raw.sheets.get(AS_SENT))
    return Answer(path.name, to, held, sent)


def _as_sent(sheet: RawSheet | None) -> tuple[str, Mapping[tuple[str, str, str], str]]:
    if sheet is None:
        return "", {}
    sent: dict[tuple[str, str, str], str] = {}
    for number, cells in sheet.rows.items():
        texts = [str(cells[letter].value) if letter in cells else "" for letter in "ABCD"]
        if number >= SENT_FROM and texts[0]:
            sent[texts[0], texts[1], texts[2]] = texts[3]
    return sheet.header.get("B", ""), sent


def merge_answers(held: Keyed, answers: Sequence[Answer]) -> list[Merged]:
    """Return what becomes of each cell that some answer says otherwise than the workbook."""
    said: dict[tuple[str, str, str], dict[str, list[Answer]]] = defaultdict(
        lambda: defaultdict(list)
    )
    found: list[Merged] = []
    for answer in answers:
        found += _not_read(answer)
        found += _taken_away(answer, held)
        faulty = {(f.sheet, f.row, f.column) for f in answer.held.faults}
        for sheet, rows in answer.held.rows.items():
            for key, texts in rows.items():
                for column, text in texts.items():
                    at_fault = (sheet, answer.held.numbers[sheet][key], column) in faulty
                    if not at_fault and text != answer.sent.get((sheet, key, column)):
                        said[sheet, key, column][text].append(answer)
    for place, values in said.items():
        found += _settle(place, values, held)
    order = {sheet.name: number for number, sheet in enumerate(SHEETS)}
    return sorted(found, key=lambda m: (order.get(m.sheet, len(order)), m.key, m.column, m.became))


def _settle(
    place: tuple[str, str, str], values: Mapping[str, list[Answer]], held: Keyed
) -> Iterator[Merged]:
    """Yield what becomes of one cell that answers changed or filled."""
    sheet, key, column = place
    was = held.rows.get(sheet, {}).get(key, {}).get(column, "")
    texts = tuple(sorted(values))
    if texts == (was,):
        return  # it is there already
    files = tuple(", ".join(a.file for a in values[text]) for text in texts)
    senders = [answer for text in texts for answer in values[text]]
    if len(texts) > 1:
        became, why = Became.CONFLICT, " (the answers differ)"
    elif not was:
        became, why = Became.NEW, ""
    elif all(answer.sent.get(place) == was for answer in senders):
        became, why = Became.CHANGED, ""
    else:
        became, why = Became.CONFLICT, " (changed here since it was sent)"
    yield Merged(became, *place, was, texts, files, why)


def _not_read(answer: Answer) -> Iterator[Merged]:
    for fault in answer.held.faults:
        why = f", {fault.place}: {fault.message}"
        yield Merged(Became.NOT_READ, fault.sheet, "", fault.column, "", (), (answer.file,), why)


def _taken_away(answer: Answer, held: Keyed) -> Iterator[Merged]:
    """Yield the cells that were emptied and the rows that were left out; both stay as they are."""
    gone: set[tuple[str, str]] = set()
    for (sheet, key, column), text in answer.sent.items():
        rows = answer.held.rows.get(sheet, {})
        kept = held.rows.get(sheet, {}).get(key, {}).get(column, "")
        if key not in rows:
            if (sheet, key) not in gone and key in held.rows.get(sheet, {}):
                gone.add((sheet, key))
                yield Merged(Became.LEFT_OUT, sheet, key, "", "", (), (answer.file,))
        elif column not in rows[key] and column not in _refused(answer, sheet) and kept == text:
            yield Merged(Became.EMPTIED, sheet, key, column, kept, (), (answer.file,))


def _refused(answer: Answer, sheet: str) -> set[str]:
    return {fault.column for fault in answer.held.faults if fault.sheet == sheet}


def write_merged(copy: Copy, held: Keyed, merged: Iterable[Merged]) -> None:
    """Write the cells that are new or changed into a copy, new rows behind the others."""
    added: dict[tuple[str, str], int] = {}
    for cell in merged:
        if cell.became not in WRITTEN:
            continue
        row = held.numbers.get(cell.sheet, {}).get(cell.key) or added.get((cell.sheet, cell.key))
        if row is None:
            row = added[cell.sheet, cell.key] = copy.append(cell.sheet, {})
        copy.put(cell.sheet, row, cell.column, cell.values[0])


def write_log(
    copy: Copy, answers: Sequence[Answer], merged: Sequence[Merged], received: str = ""
) -> None:
    """Write into the copy who answered, in which file, when, and how much of it was taken over.

    A file that was merged before keeps its line, so that merging again changes nothing.
    """
    there = ANSWERS in copy.workbook.sheetnames
    page = copy.workbook[ANSWERS] if there else copy.workbook.create_sheet(ANSWERS)
    if not there:
        page.append(["file", "sent to", "received", "new", "changed", "conflicts", "not read"])
    known = {page.cell(row, 1).value for row in range(2, page.max_row + 1)}
    for answer in answers:
        if answer.file in known:
            continue
        mine = [cell for cell in merged if any(answer.file in name for name in cell.files)]
        kinds = (Became.NEW, Became.CHANGED, Became.CONFLICT, Became.NOT_READ)
        counts = [sum(cell.became is kind for cell in mine) for kind in kinds]
        page.append([answer.file, answer.to, received or None, *counts])


def needs_look(merged: Iterable[Merged]) -> list[Merged]:
    """Return what people must settle: conflicts, and what could not be read."""
    return [cell for cell in merged if cell.became in (Became.CONFLICT, Became.NOT_READ)]
