"""Which notebooks make up a year's results, and how they are run into one folder."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from toolkit.files.calendar_file import calendar_bytes
from toolkit.files.copies import copy_of
from toolkit.files.last_year import RUN, agreements_of, keep_workbook, own_folder, read_manifest
from toolkit.files.opening import Case, find_input
from toolkit.files.outputs import write_bytes
from toolkit.files.results import (
    all_runs,
    describe_run,
    only_one_run,
    sweep,
    write_manifest,
    write_results,
)
from toolkit.files.shipped import find_shipped
from toolkit.files.unchanged import reports_there
from toolkit.model.issues import InputError
from toolkit.model.results import Result, Table
from toolkit.report.links import AGREEMENTS, page_name
from toolkit.report.pages import all_index, run_index, stub_page
from toolkit.run.batch import run_reports, workers
from toolkit.run.notebook import TIMEOUT_SECONDS, ReportRun, Task

CALENDAR = "deadlines.ics"
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
    order: Order,
    tasks: Sequence[Task],
    tables: Mapping[str, Table[Result]],
    record: Mapping[str, object],
    joined: Sequence[Mapping[str, object]] = (),
) -> list[ReportRun]:
    """Write the result tables, run the notebooks, and keep the manifest and the index pages.

    `record` is what the manifest keeps for the next year; a copy of the workbook stands beside it.
    `joined` are the rows of reports that were made in parts, from the same inputs.

    Raises
    ------
    InputError
        Another run is writing into the same folder, or a file cannot be written.
    """
    case, folder = order.case, order.folder
    with only_one_run(folder):
        keep_workbook(folder, copy_of(find_input(order.workbook)), case.portfolio.sha256)
        write_results(folder, tables, year=case.year, when=case.as_of)
        write_bytes(folder / CALENDAR, _calendar(case, tables))
        there = set() if order.again else reports_there(folder, order.inputs)
        made = _run(order, [task for task in tasks if task.name not in there])
        rows = [*joined, *(outcome.as_row(folder) for outcome in made)]
        partners = agreements_of(case.portfolio)
        sweep(folder, {*PORTFOLIO_REPORTS, *map(page_name, partners, partners.values())})
        run = {**describe_run(case), "inputs": order.inputs, **record}
        known = (*PORTFOLIO_REPORTS, *partners)
        manifest = write_manifest(folder, run, rows, known)
        _fill_gaps(folder, partners, manifest)
        write_bytes(folder / "index.html", run_index(manifest, tables).encode())
        write_bytes(order.output / "index.html", all_index(all_runs(order.output)).encode())
    return _in_order(tasks, made)


SHARDS = "shards"


def make_shard(order: Order, tasks: Sequence[Task], number: int, count: int) -> list[ReportRun]:
    """Make one of so many parts of the reports; parts can be made at once, anywhere.

    What was made is kept in a record of the part, which `join_shards` reads.
    """
    place = order.folder / SHARDS / f"{number}-of-{count}"
    own = list(tasks)[number - 1 :: count]
    with only_one_run(place):
        found = read_manifest(place)
        there = set() if order.again else reports_there(order.folder, order.inputs, found)
        made = _run(order, [task for task in own if task.name not in there])
        rows = [outcome.as_row(order.folder) for outcome in made]
        write_manifest(place, {"inputs": order.inputs}, rows, [task.name for task in own])
    return _in_order(own, made)


def join_shards(
    order: Order, tables: Mapping[str, Table[Result]], record: Mapping[str, object]
) -> tuple[int, list[str]]:
    """Write what a run in one piece writes beside its reports; return how many, and what lacks."""
    found: dict[str, Mapping[str, object]] = {}
    for path in sorted(order.folder.glob(f"{SHARDS}/*/{RUN}")):
        one = read_manifest(path.parent)
        there = reports_there(order.folder, order.inputs, one)
        found |= {name: one["reports"][name] for name in there}
    known = agreements_of(order.case.portfolio)
    rows = [found[key] for key in known if key in found]
    make_reports(order, [], tables, record, joined=rows)
    lacking = [key for key in known if key not in found]
    if not lacking:
        shutil.rmtree(order.folder / SHARDS)
    return len(rows), lacking


def _in_order(tasks: Sequence[Task], made: Sequence[ReportRun]) -> list[ReportRun]:
    """Return the outcome of each task; what was not made was there already."""
    by_name = {outcome.name: outcome for outcome in made}
    same = (ReportRun(task, 0, is_unchanged=True) for task in tasks)
    return [by_name.get(outcome.name, outcome) for outcome in same]


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
