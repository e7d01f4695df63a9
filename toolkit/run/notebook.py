"""How one notebook is run by papermill and becomes one checked page."""

import hashlib
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.model.issues import InputError
from toolkit.run.shown import shown_by

TIMEOUT_SECONDS = 300
TIMES = {"start_time", "end_time", "duration", "input_path", "output_path", "environment_variables"}

logging.getLogger("papermill").addHandler(logging.NullHandler())  # the outcome says it


@dataclass(frozen=True)
class Task:
    """One report to make: which notebook, with which parameters, into which page."""

    name: str
    title: str
    notebook: Path
    parameters: Mapping[str, str | int]
    page: Path
    timeout: int = TIMEOUT_SECONDS
    is_fresh: bool = False  # run in a kernel of its own, by papermill's own engine
    keep_in: Path | None = None  # where the executed notebook goes, if not beside the page

    @property
    def kept(self) -> Path:
        """The executed notebook."""
        return (self.keep_in or self.page.parent) / f"{self.page.stem}.ipynb"


@dataclass(frozen=True)
class ReportRun:
    """What became of a report: `problem` is blank where it was made."""

    task: Task
    seconds: float
    problem: str = ""
    page_sha256: str = ""
    shows: str = ""  # the hash of what the page shows, before it is set as a page
    is_unchanged: bool = False  # it was there already, made from the same inputs

    @property
    def name(self) -> str:
        """The name of the report, as `--only` takes it."""
        return self.task.name

    def as_row(self, folder: Path) -> dict[str, object]:
        """Return the report's row of the manifest of a folder."""
        return {
            "name": self.task.name,
            "title": self.task.title,
            "page": self.task.page.relative_to(folder).as_posix(),
            "problem": self.problem,
            "page_sha256": self.page_sha256,
            "shows": self.shows,
            "seconds": round(self.seconds, 1),
        }


def run_report(task: Task) -> ReportRun:
    """Run a notebook and write its page and its executed copy; a failure is returned, not raised.

    The page replaces an older one only if every cell ran and the page passed its checks.
    """
    start, made = time.perf_counter(), ("", "")
    try:
        check_parameters(task.notebook, task.parameters)
        node = _execute(task)
        html = _export(node)
        problem = _keep(task, node, html)
        if not problem:
            page = hashlib.sha256(html.encode()).hexdigest()
            made = page, shown_by(node, task.notebook, task.parameters)
    except InputError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001, RUF100 - one report's failure is its own
        problem = _sentence(error, task)
    return ReportRun(task, time.perf_counter() - start, problem, *made)


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Refuse a parameter the notebook does not have; papermill itself would only warn.

    Raises
    ------
    InputError
        The notebook has no such parameter, or no parameters cell.
    """
    import papermill

    known = papermill.inspect_notebook(str(notebook))
    if not known:
        raise InputError(f"{notebook.name}: the notebook has no cell tagged parameters.")
    for name in parameters:
        if name not in known:
            raise InputError(
                f'{notebook.name}: there is no parameter "{name}". Known: {", ".join(known)}.'
            )


def _execute(task: Task) -> object:
    import papermill

    from toolkit.run.engine import ARGUMENTS, OwnKernels, kernel_config

    fresh = {
        "kernel_manager_class": OwnKernels,
        "config": kernel_config(),
        "extra_arguments": ARGUMENTS,
    }
    return papermill.execute_notebook(
        str(task.notebook),
        None,
        parameters=dict(task.parameters),
        engine_name=None if task.is_fresh else "partnerships",
        progress_bar=False,
        execution_timeout=task.timeout,
        **(fresh if task.is_fresh else {}),
    )


def _export(node: object) -> str:
    from toolkit.report.exporter import ReportExporter

    html, _ = ReportExporter().from_notebook_node(node)
    return html


def write_page(notebook: Path) -> tuple[Path, list[str]]:
    """Write the page of an executed notebook beside it; return where, and why it is no report.

    Raises
    ------
    InputError
        The file is no notebook.
    """
    import nbformat

    from toolkit.files.outputs import write_bytes
    from toolkit.report.exporter import REFUSED, ReportExporter

    try:
        node = nbformat.read(notebook, as_version=4)
    except FileNotFoundError:
        raise InputError(f"{notebook}: there is no such file.") from None
    except Exception:  # noqa: BLE001, RUF100 - whatever stands in the file
        raise InputError(f"{notebook}: this is no notebook.") from None
    html, resources = ReportExporter().from_notebook_node(node)
    page = notebook.with_name(notebook.stem + resources["output_extension"])
    write_bytes(page, html.encode())
    return page, resources.get(REFUSED, [])


def _keep(task: Task, node: object, html: str) -> str:
    """Write the page and its notebook if they pass the checks; return what is wrong if not."""
    import nbformat

    from toolkit.files.outputs import write_bytes
    from toolkit.report.pagechecks import check_page
    from toolkit.report.ran import check_notebook

    problems = [*check_notebook(node), *check_page(html)]
    if problems:
        return " ".join(problems)
    _make_lasting(node, task.parameters)
    write_bytes(task.page, html.encode())  # first: its hash tells whether both are of this run
    write_bytes(task.kept, nbformat.writes(node).encode())
    return ""


def _make_lasting(node: object, parameters: Mapping[str, str | int]) -> None:
    """Leave out of an executed notebook when it ran, how long, and where: the same run, the same.

    A file that was named by its whole path is named by its own name.
    """
    paths = [v for v in parameters.values() if isinstance(v, str) and Path(v).is_absolute()]
    for number, cell in enumerate(node.cells):
        cell["id"] = f"cell-{number}"
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", ()):
            for path in paths:
                for written in (path, path.replace("\\", "\\\\")):
                    cell.source = cell.source.replace(written, Path(path).name)
    for part in (node, *node.cells):
        kept = part.metadata.get("papermill", {})
        for name in TIMES & kept.keys():
            del kept[name]
    for name, value in node.metadata.papermill.parameters.items():
        if value in paths:
            node.metadata.papermill.parameters[name] = Path(value).name


def _sentence(error: Exception, task: Task) -> str:
    """Return why a notebook did not end, without the program's traceback."""
    name = type(error).__name__
    if name == "DeadKernelError":
        return "The notebook's process ended before its last cell."
    if name == "CellTimeoutError":
        return f"A cell took longer than {task.timeout} seconds."
    lines = (getattr(error, "evalue", "") or str(error)).strip().splitlines() or ["no message"]
    said = lines[0] if len(lines) == 1 else f"{lines[0]} ... {lines[-1].strip()}"
    cell = getattr(error, "exec_count", None)
    return f"Cell {cell} failed: {said}" if cell else said
