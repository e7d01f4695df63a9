"""The door: one verb, one short function."""

import os
import signal
import sys
from pathlib import Path

import click

from toolkit import __version__
from toolkit.assess.year.held import find_held
from toolkit.collecting import COMMANDS
from toolkit.files.last_year import (
    ask_for_previous,
    own_folder,
    run_before,
)
from toolkit.files.opening import DEFAULT_POLICY
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, Issue, WorkbookError, errors, format_issues
from toolkit.model.sheets import Agreement
from toolkit.model.vocabulary import Severity
from toolkit.publishing import letters, make_register, publish
from toolkit.reporting import (
    JOBS,
    command_of,
    index,
    make,
    opened,
    reports,
    review,
)
from toolkit.shared_options import OUTPUT, POLICY, PREVIOUS, WORKBOOK, YEARS, policy_of

INTERRUPTED, ENDED = 130, 143  # statuses of a command that was asked to end
DEBUG = "PARTNERSHIPS_TRACEBACK"
UNFORESEEN = (
    "This should not have happened ({kind}: {error}). Nothing that was written before was lost. "
    f"Set {DEBUG}=1 to see where, and report it with the command."
)
DEMOS = (("data/toronto-2018.xlsx", 2018), ("data/sample.xlsx", 2025))


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
@click.argument("notebook", type=click.Path(path_type=Path))
def page(notebook: Path) -> int:
    """Make the page of a notebook that was run; of one that is no report, a page that says so."""
    from toolkit.run.notebook import write_page

    path, why = write_page(notebook)
    click.echo("\n".join([*why, f"No report: {path}"]) if why else path, err=bool(why))
    return 1 if why else 0


for command in (review, reports, index, *COMMANDS, publish, letters):
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
        with opened(**asked) as (order, results):
            click.echo(f"Checking {name} ... {len(results.levels)} agreements, 0 to fix.", nl=False)
            click.echo(f" Evidence level {results.level} of 4")
            status |= make(order, results, portfolio_tasks(order), command_of("review", asked))
            click.echo(f"Annual review {year}: {order.folder / 'annual-review.html'}")
            tasks, command = agreement_tasks(order), command_of("reports", asked)
            status |= make(order, results, tasks, command, by_id=True)
        make_register(name, year, DEFAULT_POLICY, output)
    click.echo(f"Start here: {Path(output) / 'index.html'}")
    return status
