"""Whether reports are there already, made from the same bytes: then nothing is made or read again.

What a report stands on is the workbook, the policy, the words, last year's results, the year, its
day, and the toolkit itself with what it runs on.
"""

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from toolkit.files.last_year import RUN, folder_name, read_manifest, remembered
from toolkit.files.opening import find_input, inputs_hash, policy_for
from toolkit.files.shipped import PACKAGE, ROOT

LIBRARIES = ("matplotlib", "nbconvert", "openpyxl", "pandas", "papermill")
CODE = ("*.py", "*.j2", "*.css", "*.ipynb")
OF_RUN = ("results.xlsx", "deadlines.ics", "index.html")  # what every run leaves in its folder
Manifest = Mapping[str, object]


def inputs_key(workbook: str, policy: str, previous: str, year: int, as_of: str) -> str:
    """Return what reports stand on, as a hash; blank where an input cannot be read."""
    content = inputs_hash(workbook, policy, previous)
    if not content:
        return ""
    names = [find_input(path).name for path in (workbook, policy)]
    told = [content, *names, year, as_of, toolkit_hash()]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@cache
def toolkit_hash() -> str:
    """Return the hash of the toolkit's own files and of what it runs on."""
    whole = hashlib.sha256(platform.python_version().encode())
    for name in LIBRARIES:
        whole.update(version(name).encode())
    folders = (PACKAGE / "toolkit", ROOT / "notebooks")
    paths = (path for folder in folders for kind in CODE for path in folder.rglob(kind))
    for path in sorted(paths):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def made_well(manifest: Manifest) -> dict[str, Manifest]:
    """Return the rows of a manifest whose reports were made well, by their names."""
    reports = manifest.get("reports")
    pairs = reports.items() if isinstance(reports, dict) else ()
    return {name: row for name, row in pairs if isinstance(row, dict) and not row.get("problem")}


def is_there(folder: Path, row: Manifest) -> bool:
    """Whether the page of a report is the one that was made, with its notebook.

    One that a run which did not end, or a person, put in its place is not.
    """
    page = folder / str(row.get("page"))
    try:
        is_own = hashlib.sha256(page.read_bytes()).hexdigest() == row.get("page_sha256")
    except OSError:
        return False
    return is_own and (folder / "notebooks" / f"{page.stem}.ipynb").is_file()


def is_of(inputs: str, row: Manifest, manifest: Manifest) -> bool:
    """Whether a report in a manifest was made from these inputs."""
    is_current = row.get("made_from") == manifest.get("stands_on")
    return bool(inputs) and manifest.get("inputs") == inputs and is_current


def told_unchanged(asked: Mapping[str, object]) -> str:
    """Return in a sentence that all reports a command is asked for are there; blank if not.

    Parameters
    ----------
    asked
        The command's own arguments; with `only` it asks for reports of agreements.
    """
    if asked.get("again") or asked.get("pdf") or asked.get("docx"):
        return ""
    workbook, year = str(asked["workbook"]), int(str(asked["year"]))
    policy = str(asked["policy"] or policy_for(workbook))
    previous = str(asked["previous"] or remembered(find_input(workbook), year))
    name = folder_name(find_input(workbook).name)
    folders = [path.parent for path in Path(str(asked["output"])).glob(f"*/{year}/{RUN}")]
    folders = [folder for folder in folders if folder.parent.name.startswith(name)]
    key = inputs_key(workbook, policy, previous, year, str(asked["as_of"])) if folders else ""
    for folder in sorted(folders):
        manifest = read_manifest(folder)
        names, rows = _wanted(manifest, asked.get("only")), made_well(manifest)
        whole = all((folder / part).is_file() for part in OF_RUN)
        own = [row for n in names if (row := rows.get(n)) and is_of(key, row, manifest)]
        is_all = whole and 0 < len(names) == len(own)
        if is_all and all(is_there(folder, row) for row in own):
            return f"0 made, {len(names)} unchanged, 0 failed. They are in {folder}."
    return ""


def _wanted(manifest: Manifest, only: object) -> set[str]:
    """Return the names of what is asked for: those in `only`, every agreement, or the rest."""
    agreements, reports = manifest.get("agreements"), manifest.get("reports")
    if not isinstance(agreements, dict) or not isinstance(reports, dict):
        return set()
    if only is None:
        return set(reports) - set(agreements)
    return set(only or agreements)  # type: ignore[call-overload]  # a tuple of ids
