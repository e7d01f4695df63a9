"""How the public edition is kept: a tree of its own, what changed since the last, whole or not."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from toolkit.files.last_year import PUBLIC, RUN, folder_name
from toolkit.files.outputs import write_bytes
from toolkit.model.issues import InputError
from toolkit.model.text import how_many
from toolkit.publish.data_files import as_record
from toolkit.publish.edition import Edition

RECORD = "register.json"
FEW = 12  # ids or cells that are named
Tables = Mapping[str, list[Mapping[str, object]]]


def public_folder(outputs: Path, workbook: str, edition: Edition) -> Path:
    """Return the folder of the public edition: never one that holds internal results.

    Raises
    ------
    InputError
        Another programme's register lies there.
    """
    home = outputs / PUBLIC / folder_name(workbook)
    for found in sorted(home.glob(f"*/{RECORD}")):
        if not _same_programme(_read(found).get("tables", {}), edition):
            raise InputError(
                f"{found.parent}: another programme's register lies here. Name another -o, or "
                "give the workbook another name."
            )
    return home / str(edition.year)


def _read(path: Path) -> dict:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _same_programme(tables: Tables, edition: Edition) -> bool:
    before = {(row.get("agreement_id"), row.get("partner")) for row in tables.get("register", ())}
    now = {(r["agreement_id"], r["partner"]) for r in edition.tables["register"].records}
    return not before or not now or bool(before & now)


def last_edition(folder: Path) -> Path | None:
    """Return the record of the edition that an edition of this folder follows, if any."""
    earlier = [path for path in folder.parent.glob(f"*/{RECORD}") if path.parent.name.isdigit()]
    kept = [path for path in earlier if int(path.parent.name) <= int(folder.name)]
    return max(kept, key=lambda path: int(path.parent.name), default=None)


def edition_changes(last: Path | None, edition: Edition) -> list[str]:
    """Return in lines what becomes public that was not, what changes, and what leaves."""
    before: Tables = _read(last).get("tables", {}) if last else {}
    now: Tables = as_record(edition)["tables"]  # type: ignore[assignment]  # as it was built
    lines = []
    for name, rows in now.items():
        was, keys = _known(before.get(name, ())), _known(rows)
        if not was and not keys:
            continue
        new = [key for key in keys if key not in was]
        gone = [key for key in was if key not in keys]
        changed = [key for key in keys if key in was and was[key] != keys[key]]
        found = ((new, "new"), (changed, "changed"), (gone, "no longer there"))
        told = [f"{len(some)} {word}{_shown(some)}" for some, word in found if some]
        lines.append(f"  {name}: {how_many(len(rows), 'row')}; {'; '.join(told) or 'as before'}")
        lines += [f"    {line}" for line in _cells(was, keys, changed)]
    return lines


def _known(rows: Iterable[Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """Return the rows by their first column, told apart by a number where it repeats."""
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        first = str(next(iter(row.values()), ""))
        seen[first] += 1
        found[first if seen[first] == 1 else f"{first} #{seen[first]}"] = row
    return found


def _shown(keys: list[str]) -> str:
    return f" ({', '.join(keys)})" if len(keys) <= FEW else ""


def _cells(was: Mapping, now: Mapping, changed: list[str]) -> list[str]:
    lines = [
        f"{key}, {column}: {was[key].get(column)!s} becomes {value!s}"
        for key in changed
        for column, value in now[key].items()
        if was[key].get(column) != value
    ]
    more = [f"and {len(lines) - FEW} more such cells"] if len(lines) > FEW else []
    return lines[:FEW] + more


def write_public(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of an edition; the record comes last, pages of nothing any more go.

    Raises
    ------
    InputError
        Internal results lie in the folder, or a file cannot be written.
    """
    if (folder / RUN).exists():
        raise InputError(f"{folder}: internal results lie here. Name another -o.")
    for name in sorted(files, key=lambda name: name == RECORD):
        write_bytes(folder / name, files[name])
    for page in folder.rglob("*.html"):
        if page.relative_to(folder).as_posix() not in files:
            page.unlink()
