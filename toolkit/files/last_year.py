"""What a run leaves on record for the next year, and how the next year reads it.

A folder of results keeps a copy of its workbook; its run.json keeps the hash of that, what was
proposed, and what had been withdrawn. Source: domain, section 1, Withdrawn facts.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from xml.etree import ElementTree

from toolkit.files.cells import read_typed
from toolkit.files.copies import copy_of
from toolkit.files.outputs import write_bytes
from toolkit.files.readings import RefusedError
from toolkit.model.earlier import Earlier, Gone
from toolkit.model.issues import InputError
from toolkit.model.policy import Policy
from toolkit.model.portfolio import Portfolio
from toolkit.model.results import Result, Table
from toolkit.model.rows import Place, Row
from toolkit.model.sheets import KINDS, Agreement
from toolkit.model.text import as_typed

COPY = "workbook.xlsx"  # of the workbook a run was made from, in its folder
RUN = "run.json"
PUBLIC = "public"  # the folder of the public editions, beside those of internal results
REMEMBERED = "partnerships last year"  # the property of a workbook that names the folder
MOST_PROPERTIES = 100_000  # bytes of the part that holds them
PROPERTIES = "docProps/custom.xml"
Record = Mapping[str, object]


def read_manifest(folder: Path) -> dict[str, object]:
    """Return a folder's manifest, empty where there is none that can be read."""
    try:
        found = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def record_of(
    review: Table[Result], gone: Sequence[Gone], previous: Portfolio | None
) -> dict[str, object]:
    """Return what run.json keeps for the next year.

    Parameters
    ----------
    review
        What is proposed: the word of each agreement under review is kept.
    gone, previous
        What was withdrawn, and the workbook it was withdrawn from.
    """
    return {
        "previous_sha256": previous.sha256 if previous else "",
        "proposals": {r.agreement_id: str(r.decision) for r in review if r.rule is not None},
        "withdrawn": [_as_record(found) for found in gone],
    }


def _as_record(gone: Gone) -> dict[str, object]:
    names = gone.row.sheet.names if gone.is_whole else gone.columns
    values = {name: getattr(gone.row, name) for name in names}
    return {
        "sheet": gone.row.sheet.name,
        "row": gone.at,
        "stood_in_row": gone.row.place.number,
        "stood_in_columns": {name: gone.row.place.letters.get(name, "") for name in names},
        "values": {
            name: value if isinstance(value, int | float) else as_typed(value)
            for name, value in values.items()
            if value is not None
        },
    }


def keep_workbook(folder: Path, workbook: Path, sha256: str) -> None:
    """Keep a copy of the workbook that the results of a folder were made from.

    Raises
    ------
    InputError
        The workbook was changed while the results were made.
    """
    content = workbook.read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InputError(f"{workbook}: the workbook was changed while it was read. Run it again.")
    write_bytes(folder / COPY, content)


def workbook_of(previous: Path) -> Path:
    """Return the workbook of last year: the one named, or the copy in a folder of results.

    Raises
    ------
    InputError
        The folder holds no results, no copy, or another workbook than its results were made from.
    """
    folder = copy_of(previous)
    if not folder.is_dir():
        return folder
    found, copy = read_manifest(folder), folder / COPY
    if not found:
        raise InputError(
            f"{previous}: there are no results here ({RUN}). Name last year's folder of results, "
            "as outputs/agreements/2025, or last year's workbook."
        )
    if not copy.is_file():
        raise InputError(f"{previous}: its {COPY} is gone. Name last year's workbook instead.")
    if hashlib.sha256(copy.read_bytes()).hexdigest() != found.get("workbook_sha256"):
        raise InputError(
            f"{previous / COPY}: this is not the workbook that the results beside it were made "
            "from. Put that back, or name last year's workbook instead."
        )
    return copy


def read_earlier(previous: str, policy: Policy, year: int | None = None) -> Earlier | None:
    """Return what last year's run left on record; nothing where only a workbook is named.

    Raises
    ------
    InputError
        The results are not those of the year before `year`.
    """
    folder = copy_of(Path(previous))
    if not previous or not folder.is_dir():
        return None
    found = read_manifest(folder)
    if year is not None and found.get("year") != year - 1:
        raise InputError(
            f"{folder}: these are results of {found.get('year')}. Name those of {year - 1}, or "
            "the last workbook you have."
        )
    gone = (_read_gone(entry, policy) for entry in found.get("withdrawn", ()))
    return Earlier(found.get("proposals", {}), tuple(g for g in gone if g is not None))


def _read_gone(entry: Record, policy: Policy) -> Gone | None:
    """Return a withdrawn fact; nothing of one that the sheets or the policy no longer know."""
    kind = next((kind for kind in KINDS if kind.sheet.name == entry["sheet"]), None)
    if kind is None:
        return None
    values = _read_values(kind, entry["values"], policy)
    place = Place(kind.sheet.name, entry["stood_in_row"], entry["stood_in_columns"])
    is_whole = all(values.get(c.name) is not None for c in kind.sheet.columns if c.required)
    if not values or (entry["row"] is None and not is_whole):
        return None
    return Gone(kind.made(values, place), tuple(values), entry["row"])


def _read_values(kind: type[Row], typed: Record, policy: Policy) -> dict[str, object]:
    read = {}
    for column in kind.sheet.columns:
        try:
            read[column.name] = read_typed(column, policy, typed.get(column.name))
        except RefusedError:
            continue
    return {name: value for name, value in read.items() if value is not None}


def ask_for_previous(folder: Path) -> str:
    """Return a line that asks for --previous, blank where a folder holds no results."""
    if not read_manifest(folder):
        return ""
    return f"Without --previous {folder} it is not seen which facts were withdrawn since then."


def folder_name(file_name: str) -> str:
    """Return the name of the folder of a workbook's results: never a step out of it.

    The tree of what is public keeps its name to itself.

    >>> folder_name("my.city.xlsx"), folder_name("...xlsx"), folder_name("Public.xlsx")
    ('my.city', 'workbook', 'Public-workbook')
    """
    stem = Path(file_name).stem.encode(errors="replace").decode()  # a name may hold any bytes
    stem = stem.strip(". ") or "workbook"
    return f"{stem}-workbook" if stem.casefold() == PUBLIC else stem


def own_folder(outputs: Path, portfolio: Portfolio) -> Path:
    """Return the folder of a programme's results: not one that holds another programme's.

    Two workbooks of one name are of one programme if any agreement has its id and partner in
    both; results that do not say of which agreements they are count as the programme's own.
    """
    name, own = folder_name(portfolio.file_name), agreements_of(portfolio)
    places = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(outputs / place for place in places if _is_own(outputs / place, own))


def agreements_of(portfolio: Portfolio) -> dict[str, str]:
    """Return agreement_id -> partner, as run.json keeps them."""
    return {row.agreement_id: row.partner for row in portfolio.rows(Agreement)}


def _is_own(folder: Path, own: Mapping[str, str]) -> bool:
    found = [read_manifest(path.parent).get("agreements") for path in folder.glob(f"*/{RUN}")]
    told = [agreements for agreements in found if isinstance(agreements, dict) and agreements]
    return not told or any(own.items() & _texts(agreements) for agreements in told)


def _texts(pairs: Mapping[str, object]) -> set[tuple[str, str]]:
    return {(key, value) for key, value in pairs.items() if isinstance(value, str)}


def run_before(outputs: Path, sha256: str, year: int | None = None) -> Path:
    """Return the folder of the year before, else of the latest year with another workbook."""
    if year is not None:
        return outputs / str(year - 1)
    runs = sorted(path.parent for path in outputs.glob(f"*/{RUN}"))
    others = [run for run in runs if read_manifest(run).get("workbook_sha256") != sha256]
    return others[-1] if others else outputs


def remembered(workbook: Path, year: int) -> str:
    """Return the folder of last year's results that a workbook was made after; blank for none.

    It counts where it is there, seen from the workbook or from here, and is of the year before.
    """
    try:
        with zipfile.ZipFile(workbook) as container:
            if container.getinfo(PROPERTIES).file_size > MOST_PROPERTIES:
                return ""
            content = container.read(PROPERTIES)
        root = ElementTree.fromstring(content) if b"<!" not in content else ()
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return ""
    for told in root:
        if told.get("name") == REMEMBERED:
            name = "".join(told.itertext()).strip()
            for folder in (workbook.parent / name, Path(name)):
                if name and read_manifest(folder).get("year") == year - 1:
                    return str(folder)
    return ""
