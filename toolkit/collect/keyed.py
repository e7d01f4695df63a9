"""The rows of a workbook by what they are known by, each cell as the text a person would type.

A sender may sort rows, put a column in between or leave rows out: a row is found by its key alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.files.checks import ReadSheet
from toolkit.files.loading import RawWorkbook, load
from toolkit.files.workbook import read_all_sheets
from toolkit.model.issues import Issue, errors
from toolkit.model.policy import Policy
from toolkit.model.sheets import BY_NAME
from toolkit.model.text import as_typed

OWN_KEYS = {"Milestones": ("project_id", "name"), "Outcomes": ("outcome_ref", "agreement_id")}
BETWEEN = " | "  # the parts of a key, as a reader sees it

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Keyed:
    """A workbook: rows as text by sheet and key, their numbers, and what is to fix in it."""

    name: str
    rows: Mapping[str, Mapping[str, Texts]]
    numbers: Mapping[str, Mapping[str, int]]
    faults: tuple[Issue, ...]
    raw: RawWorkbook


def key_columns(sheet: str) -> tuple[str, ...]:
    """Return the columns by which a row of a sheet is known."""
    return BY_NAME[sheet].key or OWN_KEYS[sheet]


def row_key(sheet: str, texts: Texts) -> str:
    """Return what a row of a sheet is known by, in one text.

    >>> row_key("Results", {"indicator_id": "I-1", "period": "2024"})
    'I-1 | 2024 | '
    """
    return BETWEEN.join(texts.get(column, "") for column in key_columns(sheet))


def read_keyed(path: Path, policy: Policy) -> Keyed:
    """Return the rows of a workbook by their keys.

    Raises
    ------
    InputError
        The file cannot be opened.
    """
    raw = load(path)
    sheets, issues = read_all_sheets(raw, policy)
    rows: dict[str, dict[str, Texts]] = {}
    numbers: dict[str, dict[str, int]] = {}
    for name, read in sheets.items():
        rows[name], numbers[name] = {}, {}
        for number, texts in _texts(read).items():
            key = row_key(name, texts)
            if any(texts.get(column) for column in key_columns(name)) and key not in rows[name]:
                rows[name][key], numbers[name][key] = texts, number
    return Keyed(path.name, rows, numbers, tuple(errors(issues)), raw)


def _texts(read: ReadSheet) -> Mapping[int, Texts]:
    return {
        number: {name: text for name, value in row.items() if (text := as_typed(value))}
        for number, row in read.rows.items()
    }
