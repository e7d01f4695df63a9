"""What an analyst confirmed of a foreign register once: columns, words, order of dates.

It is kept in a small TOML file, so that next year's file of the same office is brought in without
a question.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.collect.foreign_dates import ORDERS
from toolkit.files.declared import read_toml
from toolkit.files.outputs import write_bytes
from toolkit.model.issues import InputError, quoted
from toolkit.model.sheets import BY_NAME

TABLES = ("columns", "classes", "dates")
HEAD = """# How a register of somebody else is brought in. Change a line and run the import again.
# [columns] "heading there" = "column here"; "" leaves a column out.
# [classes] "word there" = a class of your policy, a word outside it, or "unknown".
# [dates]   column here = "day first" or "month first", where the dates leave a doubt.
"""


@dataclass(frozen=True)
class ColumnMap:
    """What is settled: heading -> column, word -> class, column -> order of day and month."""

    columns: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)


def read_map(path: Path, sheet: str) -> ColumnMap:
    """Return the map kept in a file.

    Raises
    ------
    InputError
        The file cannot be read, or names something that is not there.
    """
    told, _ = read_toml(path, "map file")
    for name, table in told.items():
        if name not in TABLES or not isinstance(table, Mapping):
            raise InputError(f"{path}: {name}: the tables of a map are {', '.join(TABLES)}.")
        for key, value in table.items():
            if not isinstance(value, str):
                raise InputError(f"{path}: {name}.{key}: a text in quotes is needed.")
    found = ColumnMap(**{name: dict(told.get(name, {})) for name in TABLES})
    _refuse_unknown(path, found, sheet)
    return found


def _refuse_unknown(path: Path, found: ColumnMap, sheet: str) -> None:
    names = BY_NAME[sheet].names
    for heading, name in found.columns.items():
        if name and name not in names:
            raise InputError(f"{path}: columns.{heading}: {quoted(name)} is no column of {sheet}.")
    for name, order in found.dates.items():
        if name not in names or order not in ORDERS:
            raise InputError(f"{path}: dates.{name}: type {' or '.join(map(quoted, ORDERS))}.")


def write_map(path: Path, settled: ColumnMap) -> None:
    """Write what was settled, to be read again."""
    lines = [HEAD]
    for name in TABLES:
        lines.append(f"[{name}]")
        table: Mapping[str, str] = getattr(settled, name)
        lines += [
            f"{json.dumps(k, ensure_ascii=False)} = {json.dumps(v, ensure_ascii=False)}"
            for k, v in table.items()
        ]
        lines.append("")
    write_bytes(path, "\n".join(lines).encode())
