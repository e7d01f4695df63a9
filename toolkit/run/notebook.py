"""How one notebook is run by papermill and becomes one checked page."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.model.issues import InputError

TIMEOUT_SECONDS = 300

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


@dataclass(frozen=True)
class ReportRun:
    """What became of a report: `problem` is blank where it was made."""

    task: Task
    seconds: float
    problem: str = ""

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
            "seconds": round(self.seconds, 1),
        }


def run_report(task: Task) -> ReportRun:
    """Run a notebook and write its page and its executed copy; a failure is returned, not raised.

    The page replaces an older one only if every cell ran and the page passed its checks.
    """
    start = time.perf_counter()
    try:
        check_parameters(task.notebook, task.parameters)
        node = _execute(task)
        problem = _keep(task, node, _export(node))
    except InputError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001, RUF100 - one report's failure is its own
        problem = _sentence(error, task)
    return ReportRun(task, time.perf_counter() - start, problem)


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


def _keep(task: Task, node: object, html: str) -> str:
    """Write the page and its notebook if they pass the checks; return what is wrong if not."""
    import nbformat

    from toolkit.files.outputs import write_bytes
    from toolkit.report.pagechecks import check_notebook, check_page

    problems = [*check_notebook(node), *check_page(html)]
    if problems:
        return " ".join(problems)
    write_bytes(task.page.with_suffix(".ipynb"), nbformat.writes(node).encode())
    write_bytes(task.page, html.encode())
    return ""


def _sentence(error: Exception, task: Task) -> str:
    """Return why a notebook did not end, without the program's traceback."""
    name = type(error).__name__
    if name == "DeadKernelError":
        return "The notebook's process ended before its last cell."
    if name == "CellTimeoutError":
        return f"A cell took longer than {task.timeout} seconds."
    value = getattr(error, "evalue", "") or str(error)
    last = value.strip().splitlines()[-1] if value.strip() else "no message"
    cell = getattr(error, "exec_count", None)
    return f"Cell {cell} failed: {last}" if cell else last
