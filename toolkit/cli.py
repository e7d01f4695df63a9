"""The door: one verb, one short function."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from toolkit import __version__
from toolkit.assess.annual import assess
from toolkit.assess.record.evidence import evidence_levels, programme_level
from toolkit.files.opening import DEFAULT_POLICY, Case, find_input, open_case, open_previous
from toolkit.files.policy import read_policy
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, WorkbookError, errors, format_issues
from toolkit.model.sheets import Agreement

WORKBOOK = click.argument("workbook", type=click.Path(exists=True, dir_okay=False))
YEAR = click.option("--year", type=click.IntRange(1950, 2200), required=True, help="Year reviewed.")
POLICY = click.option("--policy", default=DEFAULT_POLICY, show_default=True, help="Policy file.")
AS_OF = click.option("--as-of", default="", help="Date of the review, as 2018-12-31.")
OUTPUT = click.option("-o", "--output", default="outputs", help="Folder for the results.")
QUIET = click.option("--quiet", is_flag=True, help="Say only what went wrong.")
PREVIOUS = click.option("--previous", default="", help="Last year's workbook, to compare with.")
DEMOS = (("data/toronto-2018.xlsx", 2018), ("data/sample.xlsx", 2025))


@click.group()
@click.version_option(__version__)
def cli() -> None:
    """Review, reclassify and evaluate a city's international agreements."""


def main() -> None:
    """Run the command line and end with its status: 0 fine, 1 problems, 2 wrong use."""
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (InputError, WorkbookError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@cli.command()
@WORKBOOK
@POLICY
def check(workbook: str, policy: str) -> int:
    """Say everything that is wrong in a workbook, with the cell and what to type."""
    rules = read_policy(find_input(policy))
    reading = read_workbook(Path(workbook), rules)
    click.echo(format_issues(workbook, reading.issues))
    agreements = len(reading.portfolio.rows(Agreement))
    click.echo(f"{agreements} agreements read under the {rules.edition} of the policy.")
    return 1 if errors(reading.issues) else 0


@cli.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@POLICY
@click.option("--year", type=int, default=None, help="Year the workbook is for.")
def new(workbook: str, policy: str, year: int | None) -> None:
    """Make a blank workbook to fill, with its read-me and drop-downs."""
    from toolkit.files.template import write_workbook

    path = Path(workbook)
    if path.exists():
        raise InputError(f"{workbook}: the file is there already. Choose another name.")
    title = f"International agreements {year or ''}".strip()
    write_workbook(path, read_policy(find_input(policy)), title=title)
    click.echo(f"Made {workbook}. Fill the sheet Agreements, then: partnerships check {workbook}")


@cli.command()
@WORKBOOK
@YEAR
@POLICY
@AS_OF
@OUTPUT
@PREVIOUS
@QUIET
def review(
    workbook: str, year: int, policy: str, as_of: str, output: str, previous: str, quiet: bool
) -> int:
    """Run the reports on the whole programme, and write every result table."""
    from toolkit.run.programme import Order, portfolio_tasks

    case = open_case(workbook, policy, year, as_of)
    order = Order(case, workbook, policy, Path(output), previous, quiet)
    return _make(order, portfolio_tasks(order), f"partnerships review {workbook} --year {year}")


@cli.command()
@WORKBOOK
@YEAR
@POLICY
@AS_OF
@OUTPUT
@PREVIOUS
@QUIET
@click.option("--only", multiple=True, metavar="ID", help="Only this agreement; may be repeated.")
def reports(
    workbook: str,
    year: int,
    policy: str,
    as_of: str,
    output: str,
    previous: str,
    quiet: bool,
    only: tuple[str, ...],
) -> int:
    """Run one report for each agreement; a failing one never stops the others."""
    from toolkit.run.programme import Order, agreement_tasks

    case = open_case(workbook, policy, year, as_of)
    order = Order(case, workbook, policy, Path(output), previous, quiet)
    try:
        tasks = agreement_tasks(order, only)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--only") from None
    return _make(order, tasks, f"partnerships reports {workbook} --year {year}", by_id=True)


@cli.command()
@OUTPUT
def demo(output: str) -> int:
    """Review the workbooks that come with the toolkit and say where the results are."""
    from toolkit.run.programme import Order, agreement_tasks, portfolio_tasks

    status, orders = 0, []
    for name, year in DEMOS:
        workbook = str(find_input(name))
        case = open_case(workbook, DEFAULT_POLICY, year)
        click.echo(f"Checking {name} ... {_summary(case)}")
        order = Order(case, workbook, DEFAULT_POLICY, Path(output))
        status |= _make(order, portfolio_tasks(order), f"partnerships review {name} --year {year}")
        click.echo(f"Annual review {year}: {order.folder / 'annual-review.html'}")
        orders.append((order, f"partnerships reports {name} --year {year}"))
    for order, command in orders:
        status |= _make(order, agreement_tasks(order), command, by_id=True)
    click.echo(f"Start here: {Path(output) / 'index.html'}")
    return status


def _summary(case: Case) -> str:
    levels = evidence_levels(case.portfolio, case.policy, as_of=case.as_of)
    level = programme_level(case.portfolio, levels)
    return f"{len(levels)} agreements, 0 to fix. Evidence level {level} of 4"


def _make(order: object, tasks: Sequence, command: str, *, by_id: bool = False) -> int:
    """Assess once, make the reports, and say what was made and how to repeat what failed."""
    from toolkit.run.batch import summarise
    from toolkit.run.programme import make_reports

    case = order.case
    previous = open_previous(order.previous, case.policy, case.portfolio)
    result = assess(case.portfolio, case.policy, as_of=case.as_of, previous=previous)
    outcomes = make_reports(order, tasks, result.tables)
    failed = any(outcome.problem for outcome in outcomes)
    if failed or not order.quiet:
        click.echo(summarise(outcomes, command=command, by_id=by_id))
    return 1 if failed else 0
