"""How many reports are made one after the other, none stopping the others."""

from collections.abc import Callable, Iterator, Sequence

from toolkit.run.notebook import ReportRun, Task, run_report


def run_reports(
    tasks: Sequence[Task], *, run: Callable[[Task], ReportRun] = run_report
) -> Iterator[ReportRun]:
    """Yield the outcome of each report as it is made."""
    for task in tasks:
        yield run(task)


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
    lines = [f"{len(outcomes) - len(failed)} made, {len(failed)} failed."]
    lines += [f"  {outcome.name}: {outcome.problem}" for outcome in failed]
    if failed:
        only = [f" --only {outcome.name}" for outcome in failed] if by_id else []
        lines.append(f"Repeat the failed: {command}{''.join(only)}")
    return "\n".join(lines)
