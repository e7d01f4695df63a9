"""What was tried on each agreement, kept with a year's results so that it is not tried again.

One file per folder of results, `tried.json`, and one in each part's; it may be deleted at any time.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

from toolkit.files.cells import read_typed
from toolkit.files.outputs import INTERNAL, write_bytes
from toolkit.files.readings import RefusedError
from toolkit.files.unchanged import toolkit_hash
from toolkit.model.policy import Policy
from toolkit.model.portfolio import KIND_OF
from toolkit.model.results import Result
from toolkit.model.text import AgreementName, as_typed

TRIED, ENTRIES = "tried.json", "entries"
Made = Callable[..., object]


def keep_tried(folder: Path, tried: Mapping[str, tuple[str, tuple[Result, ...]]]) -> None:
    """Keep what was tried of each agreement, with the hash of what it rested on.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    told = {key: [on, [_as_kept(row) for row in rows]] for key, (on, rows) in tried.items()}
    whole = {**dict([INTERNAL]), "toolkit": toolkit_hash(), "tried": told}
    content = json.dumps(whole, ensure_ascii=False)
    write_bytes(folder / TRIED, content.encode())


def _as_kept(row: Result) -> dict[str, object]:
    held = {found.name: getattr(row, found.name) for found in fields(row)}
    entries = [[e.kind.sheet.name, e.row, e.column, _plain(e.value)] for e in row.entries]
    return {**held, "partner": [row.partner, row.partner.partner], ENTRIES: entries}


def _plain(value: object) -> object:
    """Return a value as JSON has it; what JSON has no word for, as a day, as typed, in a list."""
    return value if value is None or isinstance(value, str | float) else [as_typed(value)]


def read_tried(
    folder: Path, policy: Policy, remedy: Made, entry: Made
) -> dict[str, tuple[str, tuple]]:
    """Return what was tried, of a folder and its parts; nothing of another toolkit or not as kept.

    Parameters
    ----------
    remedy, entry
        What makes one of their values by name, and by place.
    """
    kept: dict[str, tuple[str, tuple]] = {}
    for path in (folder / TRIED, *sorted(folder.glob(f"*/*/{TRIED}"))):
        for key, (rests_on, rows) in _read(path).items():
            try:
                made = tuple(_made(row, policy, remedy, entry) for row in rows)
            except (TypeError, ValueError, KeyError, RuntimeError, RefusedError):
                continue
            kept[key] = rests_on, made
    return kept


def _read(path: Path) -> Mapping[str, tuple[str, list]]:
    try:
        found = json.loads(path.read_bytes())
        return found["tried"] if found["toolkit"] == toolkit_hash() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _made(row: Mapping, policy: Policy, remedy: Made, entry: Made) -> object:
    entries = (
        entry(KIND_OF[sheet], key, column, _value(sheet, column, kept, policy))
        for sheet, key, column, kept in row[ENTRIES]
    )
    name, partner = row["partner"]
    named = AgreementName(name, row["agreement_id"], partner)
    return remedy(**{**row, "partner": named, ENTRIES: tuple(entries)})


def _value(sheet: str, column: str, kept: object, policy: Policy) -> object:
    if not isinstance(kept, list):
        return kept
    return read_typed(KIND_OF[sheet].sheet.column(column), policy, kept[0])
