"""How many reports are made side by side, none stopping the others."""

import ctypes
import multiprocessing
import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from toolkit.model.issues import InputError
from toolkit.run.notebook import ReportRun, Task, run_report

Found = TypeVar("Found")
WAIT = 10  # seconds for a scheduler to answer
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


class Serial(Executor):
    """Does each thing at once, in this process."""

    def submit(self, do: Callable, /, *arguments: object, **options: object) -> Future:
        """Return what came of it, which is there already."""
        future: Future = Future()
        try:
            future.set_result(do(*arguments, **options))
        except Exception as error:  # noqa: BLE001, RUF100 - as any executor
            future.set_exception(error)
        return future


@contextmanager
def workers(jobs: int, cluster: str = "", shared: object = None) -> Iterator[Executor]:
    """Yield what runs reports: this process for one job, as many processes, or a Dask cluster.

    Parameters
    ----------
    shared
        What processes on Linux see as it is here, without a copy: `of_shared` works on it.

    Raises
    ------
    InputError
        The package for clusters is not installed, or no scheduler answers at the address.
    """
    if cluster:
        with _cluster(cluster) as client:
            yield client.get_executor(pure=False)
        return
    if jobs <= 1:
        yield Serial()
        return
    context = multiprocessing.get_context("spawn" if shared is None else "fork")
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(shared,))
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        for child in multiprocessing.active_children():
            child.kill()
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _cluster(address: str) -> AbstractContextManager[Any]:
    try:
        from dask.distributed import Client
    except ImportError:
        raise InputError(
            'A cluster needs a package that is not installed: pip install "dask[distributed]"'
        ) from None
    try:
        return Client(address, timeout=WAIT)
    except (OSError, ValueError, TimeoutError):
        raise InputError(f"{address}: no scheduler of a Dask cluster answers there.") from None


def run_reports(
    tasks: Sequence[Task],
    *,
    executor: Executor,
    done: Callable[[ReportRun], None],
    run: Callable[[Task], ReportRun] = run_report,
) -> list[ReportRun]:
    """Return the outcome of each report, in the order of the tasks.

    Parameters
    ----------
    executor
        Any executor of the standard library's kind; `run` and a task can be sent to its workers.
    done
        Called with each outcome as it comes.
    """
    futures = [executor.submit(run, task) for task in tasks]
    for future in futures:
        future.add_done_callback(lambda f: None if f.exception() else done(f.result()))
    return [_outcome(*pair, run, done) for pair in zip(tasks, futures, strict=True)]


def _outcome(
    task: Task,
    future: Future,
    run: Callable[[Task], ReportRun],
    done: Callable[[ReportRun], None],
) -> ReportRun:
    """Return what came of a task; where the workers were ended from outside, do it here."""
    try:
        return future.result()
    except BrokenProcessPool:
        outcome = run(task)
        done(outcome)
        return outcome


def leave(status: int) -> None:
    """End this process at once, for workers that were ended may not be waited for any more."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


_shared: list[object] = []  # what a worker was forked with


def of_shared(do: Callable[[Any, str], Found], item: str) -> Found:
    """Return what a function makes of the thing that workers share, and an item."""
    return do(_shared[0], item)


def _begin(shared: object) -> None:
    """Let a worker leave interruptions to the parent, and end when the parent ends."""
    _shared[:] = [shared]
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def cores() -> int:
    """Return how many processes can run side by side here."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def summarise(outcomes: Sequence[ReportRun], *, command: str, by_id: bool) -> str:
    """Return how many were made and failed, why, and the command that repeats the failed ones.

    Parameters
    ----------
    command
        The command that made them.
    by_id
        Whether it takes `--only ID` to repeat just the failed ones.
    """
    failed = [outcome for outcome in outcomes if outcome.problem]
    same = sum(outcome.is_unchanged for outcome in outcomes)
    told = f", {same} unchanged" if same else ""
    lines = [f"{len(outcomes) - len(failed) - same} made{told}, {len(failed)} failed."]
    lines += [f"  {outcome.name}: {outcome.problem}" for outcome in failed]
    if failed:
        some = by_id and len(failed) < len(outcomes)
        only = [f" --only {shlex.quote(outcome.name)}" for outcome in failed] if some else []
        lines.append(f"Repeat the failed: {command}{''.join(only)}")
    return "\n".join(lines)
