"""The door: one verb, one short function."""

import os
import shlex
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from toolkit import __version__
from toolkit.assess.year.held import find_held
from toolkit.collecting import COMMANDS
from toolkit.files.copies import private_copies
from toolkit.files.last_year import (
    ask_for_previous,
    folder_name,
    own_folder,
    record_of,
    run_before,
)
from toolkit.files.opening import DEFAULT_POLICY, find_input, policy_for
from toolkit.files.unchanged import inputs_key
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, Issue, WorkbookError, errors, format_issues
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Severity
from toolkit.publishing import DOCX, letters, make_register, or_public, publish, write_paper
from toolkit.shared_options import POLICY, YEARS, or_unchanged, policy_of

YEAR = click.option("--year", type=YEARS, required=True, help="Year reviewed.")
AS_OF = click.option("--as-of", default="", help="Date of the review, as 2018-12-31.")
OUTPUT = click.option("-o", "--output", default="outputs", help="Folder for the results.")
QUIET = click.option("--quiet", is_flag=True, help="Say only what went wrong.")
PREVIOUS_HELP = "Last year's folder of results or, which says less, its workbook."
PREVIOUS = click.option("--previous", default="", help=PREVIOUS_HELP)
JOBS = click.option(
    "--jobs", type=click.IntRange(1, 256), help="Reports made side by side. [default: the cores]"
)
FRESH = click.option("--fresh-kernels", is_flag=True, help="A new kernel for each report: slow.")
TIMEOUT = click.option("--timeout", type=click.IntRange(1), help="Seconds that a cell may take.")
PDF = click.option("--pdf", is_flag=True, help="Print each page too, by a browser found here.")
INTERRUPTED, ENDED = 130, 143  # statuses of a command that was asked to end
DEBUG = "PARTNERSHIPS_TRACEBACK"
UNFORESEEN = (
    "This should not have happened ({kind}: {error}). Nothing that was written before was lost. "
    f"Set {DEBUG}=1 to see where, and report it with the command."
)
DEMOS = (("data/toronto-2018.xlsx", 2018), ("data/sample.xlsx", 2025))


def _existing(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    """Return the path of a workbook that is here or comes with the toolkit."""
    try:
        return str(find_input(name))
    except InputError as error:
        raise click.BadParameter(str(error)) from None


WORKBOOK = click.argument("workbook", callback=_existing)


def makes_reports(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of what makes reports."""
    command = or_public(or_unchanged(command))
    for option in reversed(
        (YEAR, POLICY, AS_OF, OUTPUT, PREVIOUS, JOBS, FRESH, TIMEOUT, PDF, QUIET)
    ):
        command = option(command)
    return command


@click.group()
@click.version_option(__version__)
def cli() -> None:
    """Review, reclassify and evaluate a city's international agreements."""


def end_when_asked() -> None:
    """Let a request to end be an orderly end: what was started is ended, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ENDED))


def main() -> None:
    """Run the command line and end with its status: 0 fine, 1 problems, 2 wrong use."""
    end_when_asked()
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        _leave(INTERRUPTED)
    except SystemExit as asked:
        if asked.code == ENDED:
            _leave(ENDED)
        raise
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (InputError, WorkbookError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:  # who read the output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        click.echo(UNFORESEEN.format(kind=type(error).__name__, error=error), err=True)
        sys.exit(1)


def _leave(status: int) -> None:
    """End at once where reports were being made; else as usual."""
    if "toolkit.run.batch" in sys.modules:
        sys.modules["toolkit.run.batch"].leave(status)
    sys.exit(status)


@cli.command()
@WORKBOOK
@POLICY
@click.option("--year", type=YEARS, default=None, help="Year to be reviewed: what is on record.")
@PREVIOUS
@click.option("--copy/--no-copy", default=True, help="Write a copy with the cells marked.")
def check(workbook: str, policy: str, year: int | None, previous: str, copy: bool) -> int:
    """Say everything that is wrong in a workbook, with the cell and what to type."""
    rules = policy_of(workbook, policy)
    reading = read_workbook(Path(workbook), rules)
    about_year: list[Issue] = []
    if year is not None:
        held = find_held(reading.portfolio, rules, as_of=rules.year_end(year))
        click.echo(held.sentence)
        about_year = [Issue(Severity.NOTICE, "(year)", "", "", held.doubt)] if held.doubt else []
    if previous and not errors(reading.issues):
        from toolkit.review import find_withdrawals

        about_year += find_withdrawals(reading.portfolio, rules, previous)
    click.echo(format_issues(workbook, [*about_year, *reading.issues]))
    agreements = len(reading.portfolio.rows(Agreement))
    click.echo(f"{agreements} agreements read under the {rules.edition} of the policy.")
    own = own_folder(Path("outputs"), reading.portfolio)
    last = run_before(own, reading.portfolio.sha256, year)
    if not previous and (line := ask_for_previous(last)):
        click.echo(line)
    if errors(reading.issues):
        if copy:
            from toolkit.collect.marking import write_checked

            click.echo(write_checked(Path(workbook), [*about_year, *reading.issues], rules.dated))
        return 1
    if year is not None:
        from toolkit.review import counted_lines

        click.echo(counted_lines(reading.portfolio, rules, year))
    return 0


@cli.command()
@WORKBOOK
@makes_reports
@DOCX
def review(pdf: bool, docx: bool, **asked: Any) -> int:
    """Run the reports on the whole programme, and write every result table."""
    from toolkit.run.reports import portfolio_tasks

    with _opened(**asked) as (order, results):
        tasks, command = portfolio_tasks(order), _command("review", asked)
        status = _make(order, results, tasks, command, pdf=pdf)
        if docx:
            click.echo(write_paper(order.folder, results))
        return status


@cli.command()
@WORKBOOK
@makes_reports
@click.option("--only", multiple=True, metavar="ID", help="Only this agreement; may be repeated.")
def reports(only: tuple[str, ...], pdf: bool, **asked: Any) -> int:
    """Run one report for each agreement; a failing one never stops the others."""
    from toolkit.run.reports import agreement_tasks

    with _opened(**asked) as (order, results):
        try:
            tasks = agreement_tasks(order, only)
        except InputError as error:
            raise click.BadParameter(str(error), param_hint="--only") from None
        command = _command("reports", asked)
        return _make(order, results, tasks, command, by_id=True, pdf=pdf)


@cli.command()
@click.argument("notebook", type=click.Path(path_type=Path))
def page(notebook: Path) -> int:
    """Make the page of a notebook that was run; of one that is no report, a page that says so."""
    from toolkit.run.notebook import write_page

    path, why = write_page(notebook)
    click.echo("\n".join([*why, f"No report: {path}"]) if why else path, err=bool(why))
    return 1 if why else 0


for command in (*COMMANDS, publish, letters):
    cli.add_command(command)


@cli.command()
@OUTPUT
@JOBS
def demo(output: str, jobs: int | None) -> int:
    """Review the workbooks that come with the toolkit and say where the results are."""
    from toolkit.run.reports import agreement_tasks, portfolio_tasks

    status = 0
    for name, year in DEMOS:
        asked = {"workbook": name, "year": year, "output": output, "jobs": jobs}
        asked |= {"policy": DEFAULT_POLICY}
        with _opened(**asked) as (order, results):
            click.echo(f"Checking {name} ... {len(results.levels)} agreements, 0 to fix.", nl=False)
            click.echo(f" Evidence level {results.level} of 4")
            status |= _make(order, results, portfolio_tasks(order), _command("review", asked))
            click.echo(f"Annual review {year}: {order.folder / 'annual-review.html'}")
            tasks, command = agreement_tasks(order), _command("reports", asked)
            status |= _make(order, results, tasks, command, by_id=True)
        click.echo(f"Public register: {make_register(name, year, DEFAULT_POLICY, output)}")
    click.echo(f"Start here: {Path(output) / 'index.html'}")
    return status


@contextmanager
def _opened(
    workbook: str,
    year: int,
    policy: str = "",
    as_of: str = "",
    output: str = "outputs",
    previous: str = "",
    **how: Any,
) -> Iterator[tuple[Any, Any]]:
    """Yield what is to be made and the results it is made from, all of one reading."""
    from toolkit.review import hand_over, last_year_of, open_year, results_of
    from toolkit.run.batch import cores
    from toolkit.run.reports import Order

    policy, previous = policy or policy_for(workbook), previous or last_year_of(workbook, year)
    inputs = [find_input(workbook), find_input(policy), *([Path(previous)] if previous else [])]
    with private_copies(*inputs):
        case = open_year(workbook, policy, year, as_of)
        how["jobs"] = how.get("jobs") or cores()
        how["inputs"] = inputs_key(workbook, policy, previous, year, as_of)
        order = Order(case, workbook, policy, Path(output), previous, **how)
        results = results_of(case, previous)
        hand_over(tuple(order.parameters.values()), results)
        yield order, results


def _command(verb: str, asked: Mapping[str, Any]) -> str:
    """Return the command that asks for the same again."""
    given = {f"--{name.replace('_', '-')}": value for name, value in asked.items() if value}
    words = ["partnerships", verb, given.pop("--workbook")]
    for option, value in given.items():
        words += [option] if value is True else [option, str(value)]
    return shlex.join(words)


def _make(
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

    record = record_of(results.review, results.gone, results.previous)
    outcomes = make_reports(order, tasks, results.tables, record)
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
