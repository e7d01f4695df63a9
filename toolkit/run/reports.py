"""Which notebooks make up a year's results, and how they are run into one folder."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from toolkit.files.calendar_file import calendar_bytes
from toolkit.files.copies import copy_of, put_aside
from toolkit.files.last_year import (
    RUN,
    agreements_of,
    keep_workbook,
    own_folder,
    read_manifest,
    record_of,
)
from toolkit.files.opening import Case, find_input
from toolkit.files.outputs import write_bytes
from toolkit.files.results import (
    all_runs,
    begin_manifest,
    describe_run,
    only_one_run,
    sweep,
    write_manifest,
    write_results,
)
from toolkit.files.shipped import find_shipped
from toolkit.files.tried import TRIED, keep_tried
from toolkit.files.unchanged import is_of, is_there, made_well
from toolkit.model.issues import InputError
from toolkit.model.results import Result, Table
from toolkit.report.links import AGREEMENTS, page_name
from toolkit.report.pages import all_index, run_index, stub_page
from toolkit.run.batch import of_shared, run_reports, workers
from toolkit.run.notebook import TIMEOUT_SECONDS, ReportRun, Task
from toolkit.run.shown import would_show

CALENDAR = "deadlines.ics"
SHARDS = "shards"
MANY, CHUNK = 16, 4  # agreements for which processes are begun, and which one takes at a time
Row = Mapping[str, object]  # of a report, in a manifest
PORTFOLIO_REPORTS = {
    "annual-review": "Annual review",
    "agreement-review": "Agreement review",
    "mou-reclassification": "MOU reclassification",
    "proposal-screening": "Proposal screening",
    "outcome-evaluation": "Outcome evaluation",
}


@dataclass(frozen=True)
class Order:
    """What was asked for: a case, the files it was opened from, and where its results go."""

    case: Case
    workbook: str
    policy: str
    output: Path
    previous: str = ""
    quiet: bool = False
    jobs: int = 1
    fresh_kernels: bool = False
    timeout: int | None = None
    dask: str = ""  # the address of a scheduler that has them made
    again: bool = False  # make also what is there already, from the same inputs
    inputs: str = ""  # the hash of all that the reports stand on

    @cached_property
    def folder(self) -> Path:
        """The folder of this programme's results of this year."""
        return own_folder(self.output, self.case.portfolio) / str(self.case.year)

    @property
    def parameters(self) -> Mapping[str, str | int]:
        """The parameters every notebook takes."""
        return {
            "workbook": str(find_input(self.workbook).resolve()),
            "policy": str(find_input(self.policy).resolve()),
            "year": self.case.year,
            "as_of": self.case.as_of.isoformat(),
            "previous": str(Path(self.previous).resolve()) if self.previous else "",
        }


def portfolio_tasks(order: Order) -> list[Task]:
    """Return the reports on the whole programme."""
    return [
        Task(name, title, _notebook(name), order.parameters, order.folder / f"{name}.html")
        for name, title in PORTFOLIO_REPORTS.items()
    ]


def agreement_tasks(order: Order, only: Sequence[str] = ()) -> list[Task]:
    """Return one report an agreement, or those of the ids in `only`.

    Raises
    ------
    InputError
        An id is not in the workbook.
    """
    partners = agreements_of(order.case.portfolio)
    unknown = [key for key in only if key not in partners]
    if unknown:
        raise InputError(f"{', '.join(unknown)} is no agreement_id of {order.workbook}.")
    return [
        Task(
            key,
            f"{key} {partner}",
            _notebook("agreement-report"),
            {**order.parameters, "agreement_id": key},
            order.folder / AGREEMENTS / f"{page_name(key, partner)}.html",
        )
        for key, partner in partners.items()
        if not only or key in only
    ]


def _notebook(name: str) -> Path:
    return find_shipped(f"notebooks/{name.replace('-', '_')}.ipynb")


def make_reports(
    order: Order, results: Any, tasks: Sequence[Task], *, joins: bool = False
) -> list[ReportRun]:
    """Write the result tables, run the notebooks, and keep the manifest and the index pages.

    The manifest keeps what next year needs; a copy of the workbook stands beside it. What is there,
    made in one piece or in parts, is not made again.

    Parameters
    ----------
    joins
        Whether only what is there is joined, and what lacks is not made.

    Returns
    -------
        What became of each report that is there or was to be made.

    Raises
    ------
    InputError
        Another run is writing into the same folder, or a file cannot be written.
    """
    case, folder = order.case, order.folder
    with only_one_run(folder):
        begin_manifest(folder, order.inputs)
        keep_workbook(folder, copy_of(find_input(order.workbook)), case.portfolio.sha256)
        _try_all(order, results, list(results.facts))
        tables = results.tables
        write_results(folder, tables, year=case.year, when=case.as_of)
        write_bytes(folder / CALENDAR, _calendar(case, tables))
        runs, rows = _make(order, results, tasks, folder, joins=joins)
        partners = agreements_of(case.portfolio)
        sweep(folder, {*PORTFOLIO_REPORTS, *map(page_name, partners, partners.values())})
        record = record_of(results.review, results.gone, results.previous)
        run = {**describe_run(case), "inputs": order.inputs, **record}
        known = (*PORTFOLIO_REPORTS, *partners)
        manifest = write_manifest(folder, run, rows, known)
        _fill_gaps(folder, partners, manifest)
        write_bytes(folder / "index.html", run_index(manifest, tables).encode())
        write_bytes(order.output / "index.html", all_index(all_runs(order.output)).encode())
        if partners.keys() <= {run.name for run in runs if not run.problem}:
            shutil.rmtree(folder / SHARDS, ignore_errors=True)
    return runs


def make_shard(
    order: Order, results: Any, tasks: Sequence[Task], number: int, count: int
) -> list[ReportRun]:
    """Make one of so many parts of the reports; parts can be made at once, anywhere.

    What was made is kept in a record of the part, until all parts are joined.
    """
    place = order.folder / SHARDS / f"{number}-of-{count}"
    own = list(tasks)[number - 1 :: count]
    with only_one_run(place):
        _try_all(order, results, [task.name for task in own if task.name in results.facts])
        runs, rows = _make(order, results, own, place)
        write_manifest(place, {"inputs": order.inputs}, rows, [task.name for task in own])
    return runs


def _try_all(order: Order, results: Any, keys: Sequence[str]) -> None:
    """Try what would change agreements, many of them side by side where processes can share."""
    lacking = [key for key in keys if not results.of(key).is_tried]
    if order.jobs > 1 and len(lacking) >= MANY and sys.platform == "linux":
        with suppress(BrokenProcessPool), workers(order.jobs, shared=results) as executor:
            found = executor.map(partial(of_shared, _tried_on), lacking, chunksize=CHUNK)
            results.tried.update(zip(lacking, found, strict=True))
    for key in lacking:
        _tried_on(results, key)


def _tried_on(results: Any, key: str) -> object:
    return results.of(key).tried


def _make(
    order: Order, results: Any, tasks: Sequence[Task], place: Path, *, joins: bool = False
) -> tuple[list[ReportRun], list[Row]]:
    """Make the reports that are not there yet; return what became of each, and their records.

    What was tried is kept in `place`.
    """
    there = {} if order.again else _there(order, results, tasks)
    lacking = [task for task in tasks if task.name not in there and not joins]
    keep_tried(place, {k: results.tried[k] for k in results.facts if k in results.tried})
    if lacking:
        put_aside(TRIED, results.tried)  # so that no process tries it again
    made = _run(order, lacking)
    by_name = {run.name: run for run in made}
    by_name |= {t.name: ReportRun(t, 0, is_unchanged=True) for t in tasks if t.name in there}
    rows = [*there.values(), *(run.as_row(order.folder) for run in made)]
    return [by_name[task.name] for task in tasks if task.name in by_name], rows


def _there(order: Order, results: Any, tasks: Sequence[Task]) -> dict[str, Row]:
    """Return the records of the reports that are there, and would be the same if made again."""
    rows: dict[str, Row] = {}
    for record in (order.folder / RUN, *sorted(order.folder.glob(f"{SHARDS}/*/{RUN}"))):
        manifest = read_manifest(record.parent)
        made = made_well(manifest)
        for task in tasks:
            row = made.get(task.name)
            if row is None or task.name in rows or not is_there(order.folder, row):
                continue
            if is_of(order.inputs, row, manifest) or _shows_the_same(order, task, row, results):
                rows[task.name] = row
    return rows


def _shows_the_same(order: Order, task: Task, row: Row, results: Any) -> bool:
    """Whether the page of a report would be the same again, though its inputs are not."""
    is_page = row["page"] == task.page.relative_to(order.folder).as_posix()
    shows = row.get("shows")
    return bool(is_page and shows and shows == would_show(task.notebook, task.parameters, results))


def _fill_gaps(folder: Path, partners: Mapping[str, str], manifest: Mapping[str, object]) -> None:
    """Put a page that says so where an agreement has no report, for others lead there."""
    for key, partner in partners.items():
        page = folder / AGREEMENTS / f"{page_name(key, partner)}.html"
        if not page.exists():
            write_bytes(page, stub_page(f"{key} {partner}", manifest).encode())


def _calendar(case: Case, tables: Mapping[str, Table[Result]]) -> bytes:
    title = f"{case.portfolio.title}: decisions ahead"
    return calendar_bytes(tables["decision-calendar"], title=title, as_of=case.as_of)


def _run(order: Order, tasks: Sequence[Task]) -> list[ReportRun]:
    """Return the outcomes, with a bar that says how many are made and how long the rest takes."""
    from tqdm import tqdm

    bar = tqdm(total=len(tasks), ascii=True, disable=order.quiet, unit="report")
    how: dict[str, object] = {"keep_in": order.folder / "notebooks"}  # apart from what is handed on
    how |= {"timeout": order.timeout or TIMEOUT_SECONDS, "is_fresh": order.fresh_kernels}
    told = [replace(task, **how) for task in tasks]

    def count(outcome: ReportRun) -> None:
        bar.set_postfix_str(outcome.name)
        bar.update()

    with bar, workers(min(order.jobs, len(tasks)), order.dask) as executor:
        return run_reports(told, executor=executor, done=count)
