"""The door of what makes reports: the review, one for each agreement, parts and their index."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from toolkit.files.copies import private_copies
from toolkit.files.last_year import ask_for_previous, folder_name
from toolkit.files.opening import find_input, policy_for
from toolkit.files.unchanged import inputs_key, told_unchanged
from toolkit.model.issues import InputError
from toolkit.publishing import DOCX, or_public, write_paper
from toolkit.shared_options import AS_OF, OUTPUT, POLICY, PREVIOUS, WORKBOOK, YEAR, or_unchanged

QUIET = click.option("--quiet", is_flag=True, help="Say only what went wrong.")
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 256), help="Reports made side by side. [default: the cores]"
)
FRESH = click.option("--fresh-kernels", is_flag=True, help="A new kernel for each report: slow.")
TIMEOUT = click.option("--timeout", type=click.IntRange(1), help="Seconds that a cell may take.")
PDF = click.option("--pdf", is_flag=True, help="Print each page too, by a browser found here.")


def makes_reports(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of what makes reports."""
    command = or_public(or_unchanged(command))
    for option in reversed(
        (YEAR, POLICY, AS_OF, OUTPUT, PREVIOUS, JOBS, FRESH, TIMEOUT, PDF, QUIET)
    ):
        command = option(command)
    return command


@click.command()
@WORKBOOK
@makes_reports
@DOCX
def review(pdf: bool, docx: bool, **asked: Any) -> int:
    """Run the reports on the whole programme, and write every result table."""
    from toolkit.run.reports import portfolio_tasks

    with opened(**asked) as (order, results):
        tasks, command = portfolio_tasks(order), command_of("review", asked)
        status = make(order, results, tasks, command, pdf=pdf)
        if docx:
            click.echo(write_paper(order.folder, results))
        return status


@click.command()
@WORKBOOK
@makes_reports
@click.option("--only", multiple=True, metavar="ID", help="Only this agreement; may be repeated.")
@click.option("--shard", default="", metavar="N/M", help="Only the Nth of M parts; then `index`.")
@click.option("--dask", default="", metavar="ADDRESS", help="Scheduler of a Dask cluster.")
def reports(only: tuple[str, ...], pdf: bool, shard: str, **asked: Any) -> int:
    """Run one report for each agreement; a failing one never stops the others."""
    part = _part(shard)
    from toolkit.run.reports import agreement_tasks

    with opened(**asked) as (order, results):
        try:
            tasks = agreement_tasks(order, only)
        except InputError as error:
            raise click.BadParameter(str(error), param_hint="--only") from None
        command = command_of("reports", asked)
        if part:
            from toolkit.run.batch import summarise
            from toolkit.run.reports import make_shard

            outcomes = make_shard(order, results, tasks, *part)
            told = summarise(outcomes, command=f"{command} --shard {shard}", by_id=False)
            click.echo(f"Part {shard}: {told}")
            return 1 if any(outcome.problem for outcome in outcomes) else 0
        return make(order, results, tasks, command, by_id=True, pdf=pdf)


def _part(shard: str) -> tuple[int, int] | None:
    """Return the number of a part and how many there are; nothing where none is named."""
    if not shard:
        return None
    number, _, count = shard.partition("/")
    if number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count):
        return int(number), int(count)
    raise click.BadParameter(f'"{shard}" is not like 3/40.', param_hint="--shard")


@click.command()
@WORKBOOK
@YEAR
@POLICY
@AS_OF
@OUTPUT
@PREVIOUS
@QUIET
def index(quiet: bool, **asked: Any) -> int:
    """Join the parts that `reports --shard` made: tables, index pages and one record."""
    if told := told_unchanged({**asked, "only": ()}):
        click.echo("" if quiet else told, nl=not quiet)
        return 0
    from toolkit.run.reports import agreement_tasks, make_reports

    with opened(quiet=quiet, **asked) as (order, results):
        tasks = agreement_tasks(order)
        there = {run.name for run in make_reports(order, results, tasks, joins=True)}
        lacking = [task.name for task in tasks if task.name not in there]
    if not quiet:
        click.echo(f"{len(there)} reports joined in {order.folder}.")
    if lacking:
        click.echo(f"Not made yet: {', '.join(lacking)}.")
    return 1 if lacking else 0


@contextmanager
def opened(
    workbook: str,
    year: int,
    policy: str = "",
    as_of: str = "",
    output: str = "outputs",
    previous: str = "",
    **how: Any,
) -> Iterator[tuple[Any, Any]]:
    """Yield what is to be made and the results it is made from, all of one reading."""
    from toolkit.review import last_year_of, open_year, results_of, tried_before
    from toolkit.run.batch import cores
    from toolkit.run.reports import Order

    policy, previous = policy or policy_for(workbook), previous or last_year_of(workbook, year)
    inputs = [find_input(workbook), find_input(policy), *([Path(previous)] if previous else [])]
    with private_copies(*inputs):
        case = open_year(workbook, policy, year, as_of)
        how["jobs"] = how.get("jobs") or cores()
        how["inputs"] = inputs_key(workbook, policy, previous, year, as_of)
        order = Order(case, workbook, policy, Path(output), previous, **how)
        yield order, results_of(case, previous, tried_before(order.folder, case.policy))


def command_of(verb: str, asked: Mapping[str, Any]) -> str:
    """Return the command that asks for the same again."""
    given = {f"--{name.replace('_', '-')}": value for name, value in asked.items() if value}
    words = ["partnerships", verb, given.pop("--workbook")]
    for option, value in given.items():
        words += [option] if value is True else [option, str(value)]
    return shlex.join(words)


def make(
    order: object,
    results: object,
    tasks: Sequence,
    command: str,
    *,
    by_id: bool = False,
    pdf: bool = False,
) -> int:
    """Make the reports, and say what was made and how to repeat what failed."""
    from toolkit.run.batch import summarise
    from toolkit.run.reports import make_reports

    outcomes = make_reports(order, results, tasks)
    failed = any(outcome.problem for outcome in outcomes)
    if failed or not order.quiet:
        click.echo(summarise(outcomes, command=command, by_id=by_id))
    last_year = order.folder.with_name(str(order.case.year - 1))
    if order.folder.parent.name != (name := folder_name(order.case.portfolio.file_name)):
        taken = order.output / name
        click.echo(f"{taken} holds another programme's results; these are in {order.folder}.")
    if not order.previous and not order.quiet and (line := ask_for_previous(last_year)):
        click.echo(line)
    if pdf:
        from toolkit.run.printing import print_pages

        made = [outcome.task.page for outcome in outcomes if not outcome.problem]
        click.echo(f"{len(print_pages(made))} pages printed to PDF, each beside its page.")
    return 1 if failed else 0
