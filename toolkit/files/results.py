"""What a folder of results holds: CSV files, a workbook with forms, what they were made from."""

import hashlib
import json
import platform
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from toolkit import __version__
from toolkit.files.last_year import RUN, agreements_of, read_manifest
from toolkit.files.opening import Case
from toolkit.files.outputs import (
    INTERNAL,
    Lines,
    lines_csv,
    lines_of,
    marked_internal,
    results_workbook,
    workbook_bytes,
    write_bytes,
)
from toolkit.files.unchanged import LIBRARIES
from toolkit.model.decisions import Agrees
from toolkit.model.issues import InputError
from toolkit.model.results import Result, Table
from toolkit.model.sheets import Decision

FORM = Decision.sheet.name
RENAMED = {"decisions": "rule and decision"}  # Excel takes it for the form's name
ASIDE = {"proposed": "proposed", "why_proposed": "why proposed", "subject": "subject"}
OPEN = (Agrees.UNDECIDED, Agrees.EXPIRED)
LAST = get_column_letter(len(Decision.sheet.names))
HINT = (
    "Proposals are not decisions: type what people decided, why, who and when, and delete the rows "
    f"not decided. Then copy A2:{LAST} down, without the columns after {LAST}, into the "
    "workbook's sheet Decisions, and run check."
)
REPORT_KEYS = {"name", "title", "page", "problem"}  # of a report in run.json
RUN_KEYS = {"title", "year", "as_of", "policy_edition", "workbook"}


def write_results(
    folder: Path, tables: Mapping[str, Table[Result]], *, year: int, when: date
) -> None:
    """Write every table as CSV and all of them, with the Decisions form, as results.xlsx."""
    for name, table in tables.items():
        write_bytes(folder / "tables" / f"{name}.csv", lines_csv(marked_internal(lines_of(table))))
    workbook = results_with_form(tables, year)
    workbook.properties.title = ": ".join(INTERNAL)
    content = workbook_bytes(workbook, when)
    write_bytes(folder / "results.xlsx", content)


def results_with_form(tables: Mapping[str, Table[Result]], year: int) -> Workbook:
    """Return the results as a workbook whose first sheet is the Decisions form to fill."""
    form = decision_form(tables["decisions"], year)
    sheets = {
        RENAMED.get(name, name): marked_internal(lines_of(table)) for name, table in tables.items()
    }
    workbook = results_workbook({FORM: form, **sheets})
    hint = DataValidation(showInputMessage=True, allow_blank=True)
    hint.promptTitle, hint.prompt = "decision", HINT
    letter = get_column_letter(Decision.sheet.names.index("decision") + 1)
    hint.add(f"{letter}1:{letter}{len(form)}")
    workbook[FORM].data_validations.append(hint)
    return workbook


def decision_form(decisions: Table[Result], year: int) -> Lines:
    """Return the Decisions sheet for what is undecided: the decision itself is left to people.

    What the rules propose stands after the sheet's own columns, so that rows copied whole into
    the workbook never make a proposal a decision: its cell is blank, and `check` asks for it.
    """
    header = (*Decision.sheet.names, *ASIDE.values())
    waiting = decisions.where(lambda row: row.agrees in OPEN and row.proposed is not None)
    return [header, *(_to_fill(row, year) for row in waiting)]


def _to_fill(row: Result, year: int) -> list[str | int | None]:
    known = {"subject_id": row.subject_id, "year": year, "decision_point": row.point}
    own = [known.get(name) for name in Decision.sheet.names]
    return [*own, *(getattr(row, name) for name in ASIDE)]


@contextmanager
def only_one_run(folder: Path) -> Iterator[None]:
    """Hold a results folder; a second run into it is refused, not mixed in."""
    lock = FileLock(folder / ".lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise InputError(f"{folder}: another run is writing here. Wait until it ends.") from None
    except OSError:
        why = "a file is in the way, or writing there is not allowed"
        raise InputError(
            f"{folder}: no results can be kept here: {why}. Name another -o."
        ) from None
    try:
        yield
    finally:
        lock.release()


def describe_run(case: Case) -> dict[str, object]:
    """Return what a run stands on: inputs by their hash, the date, the versions."""
    return {
        "workbook": case.portfolio.file_name,
        "workbook_sha256": case.portfolio.sha256,
        "title": case.portfolio.title,
        "illustrative": case.portfolio.is_illustrative,
        "agreements": agreements_of(case.portfolio),
        "answers": [dict(line) for line in case.portfolio.answers],
        "policy": case.policy.file_name,
        "policy_edition": case.policy.edition,
        "policy_sha256": case.policy.sha256,
        "wording_sha256": case.policy.wording.sha256,
        "year": case.year,
        "as_of": case.as_of.isoformat(),
        "toolkit": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def begin_manifest(folder: Path, inputs: str) -> None:
    """Let no results that are there count as those of their inputs, once others are being made."""
    found = read_manifest(folder)
    if found and found.get("inputs") != inputs:
        _write_manifest(folder, {**found, "inputs": ""})


def write_manifest(
    folder: Path,
    run: Mapping[str, object],
    reports: Sequence[Mapping[str, object]],
    known: Collection[str] = (),
) -> dict[str, object]:
    """Write run.json: what the run stands on, and what became of each report, then or before.

    Parameters
    ----------
    known
        The names of the reports there can be, in order; what is on record of another is dropped.

    A row says in `made_from` on which inputs its page stands, and in `holds_for` by which workbook
    it was last found right; a report that failed leaves the page that was there, if any. They are
    blank where there is no page.
    """
    stands_on = hashlib.sha256(json.dumps(run, sort_keys=True).encode()).hexdigest()[:12]
    earlier = _reports_of(read_manifest(folder))
    rows = {name: row for name, row in earlier.items() if name in known}
    for report in reports:
        held = {"made_from": stands_on, "holds_for": run.get("workbook_sha256", "")}
        if report["problem"]:
            before = rows.get(report["name"], {})
            held = {name: before.get(name, "") for name in held}
        rows[report["name"]] = {**report, **held}
    ordered = {name: rows[name] for name in (*known, *rows) if name in rows}
    manifest = {**run, "stands_on": stands_on, "reports": ordered}
    _write_manifest(folder, manifest)
    return manifest


def _write_manifest(folder: Path, manifest: Mapping[str, object]) -> None:
    content = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    write_bytes(folder / RUN, content.encode())


def _reports_of(manifest: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Return the reports on record; nothing of what another program wrote."""
    rows = manifest.get("reports")
    if not isinstance(rows, dict):
        return {}
    return {n: r for n, r in rows.items() if isinstance(r, dict) and r.keys() >= REPORT_KEYS}


def sweep(folder: Path, pages: Collection[str]) -> None:
    """Take away what no report of today makes: pages of agreements that are gone, torn pieces.

    Parameters
    ----------
    pages
        The file names, without ending, of every report's page.
    """
    torn = folder.rglob(".*.part")
    made = (
        p
        for name in ("agreements/*.html", "agreements/*.pdf", "notebooks/*.ipynb")
        for p in folder.glob(name)
    )
    for path in (*torn, *(path for path in made if path.stem not in pages)):
        path.unlink(missing_ok=True)


def all_runs(outputs: Path) -> list[tuple[str, dict[str, object]]]:
    """Return the manifest of every run below the outputs folder, with its place."""
    found = sorted(path.parent for path in outputs.glob(f"*/*/{RUN}"))
    runs = [(path.relative_to(outputs).as_posix(), read_manifest(path)) for path in found]
    return [(place, run) for place, run in runs if run.keys() >= RUN_KEYS]
