"""The door: one verb, one short function."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from toolkit import __version__
from toolkit.assess.annual import Assessment, assess
from toolkit.assess.evidence import evidence_levels, programme_level
from toolkit.files.opening import DEFAULT_POLICY, ROOT, Case, find_input, open_case
from toolkit.files.policy import read_policy
from toolkit.files.workbook import read_workbook
from toolkit.model.issues import InputError, WorkbookError, errors, format_issues

WORKBOOK = click.argument("workbook", type=click.Path(exists=True, dir_okay=False))
YEAR = click.option("--year", type=click.IntRange(1950, 2200), required=True, help="Year reviewed.")
POLICY = click.option("--policy", default=DEFAULT_POLICY, show_default=True, help="Policy file.")
AS_OF = click.option("--as-of", default="", help="Date of the review, as 2018-12-31.")
OUTPUT = click.option("-o", "--output", default="outputs", help="Folder for the results.")
QUIET = click.option("--quiet", is_flag=True, help="Say only what went wrong.")
PORTFOLIO_REPORTS = {
    "annual-review": "Annual review",
    "mou-reclassification": "MOU reclassification",
}
DEMOS = (("data/toronto-2018.xlsx", 2018),)


@click.group()
@click.version_option(__version__)
def cli() -> None:
    """Review, reclassify and evaluate a city's international agreements."""


def main() -> None:
    """Run the command line and end with its status: 0 fine, 1 problems, 2 wrong use."""
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except click.Abort:
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
    agreements = len(reading.portfolio.tables["Agreements"])
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
@QUIET
def review(workbook: str, year: int, policy: str, as_of: str, output: str, quiet: bool) -> int:
    """Run the annual review and the MOU reclassification, and write every result table."""
    case = open_case(workbook, policy, year, as_of)
    return _review(case, workbook, policy, Path(output), quiet)


@cli.command()
@WORKBOOK
@YEAR
@POLICY
@AS_OF
@OUTPUT
@QUIET
@click.option("--only", multiple=True, metavar="ID", help="Only this agreement; may be repeated.")
def reports(
    workbook: str,
    year: int,
    policy: str,
    as_of: str,
    output: str,
    quiet: bool,
    only: tuple[str, ...],
) -> int:
    """Run one report for each agreement; a failing one never stops the others."""
    case = open_case(workbook, policy, year, as_of)
    return _reports(case, workbook, policy, Path(output), quiet, only)


@cli.command()
@OUTPUT
def demo(output: str) -> int:
    """Review the workbooks that come with the toolkit and say where the results are."""
    status = 0
    for name, year in DEMOS:
        workbook = str(find_input(name))
        case = open_case(workbook, DEFAULT_POLICY, year)
        levels = evidence_levels(case.portfolio, case.policy, as_of=case.as_of)
        click.echo(
            f"Checking {name} ... {len(levels)} agreements, 0 to fix. "
            f"Evidence level {programme_level(case.portfolio, levels)} of 4"
        )
        status |= _review(case, workbook, DEFAULT_POLICY, Path(output), False)
        status |= _reports(case, workbook, DEFAULT_POLICY, Path(output), False, ())
    click.echo(f"Start here: {Path(output) / 'index.html'}")
    return status


def _folder(case: Case, output: Path) -> Path:
    return output / Path(case.portfolio.file_name).stem / str(case.year)


def _parameters(case: Case, workbook: str, policy: str) -> dict[str, str | int]:
    return {
        "workbook": str(Path(workbook).resolve()),
        "policy": str(find_input(policy).resolve()),
        "year": case.year,
        "as_of": case.as_of.isoformat(),
    }


def _review(case: Case, workbook: str, policy: str, output: Path, quiet: bool) -> int:
    from toolkit.files.manifest import only_one_run
    from toolkit.files.results import write_results
    from toolkit.run.notebook import Task

    folder = _folder(case, output)
    tasks = [
        Task(
            name,
            title,
            ROOT / "notebooks" / f"{name.replace('-', '_')}.ipynb",
            _parameters(case, workbook, policy),
            folder / f"{name}.html",
        )
        for name, title in PORTFOLIO_REPORTS.items()
    ]
    with only_one_run(folder):
        result = assess(case.portfolio, case.policy, as_of=case.as_of)
        write_results(folder, result.tables, result.review, year=case.year, when=case.as_of)
        return _run(tasks, case, result, output, quiet, f"partnerships review {workbook}")


def _reports(
    case: Case, workbook: str, policy: str, output: Path, quiet: bool, only: Sequence[str]
) -> int:
    from toolkit.files.manifest import only_one_run
    from toolkit.files.names import page_names
    from toolkit.run.notebook import Task

    table = case.portfolio.tables["Agreements"]
    partners = dict(zip(table.agreement_id, table.partner, strict=True))
    unknown = [key for key in only if key not in partners]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)} is not in Agreements.", param_hint="--only")
    folder, pages = _folder(case, output), page_names(partners)
    tasks = [
        Task(
            key,
            f"{key} {partner}",
            ROOT / "notebooks" / "agreement_report.ipynb",
            {**_parameters(case, workbook, policy), "agreement_id": key},
            folder / "agreements" / f"{pages[key]}.html",
        )
        for key, partner in partners.items()
        if not only or key in only
    ]
    with only_one_run(folder):
        result = assess(case.portfolio, case.policy, as_of=case.as_of)
        repeat = f"partnerships reports {workbook} --year {case.year}"
        return _run(tasks, case, result, output, quiet, repeat)


def _run(
    tasks: Sequence, case: Case, result: Assessment, output: Path, quiet: bool, repeat: str
) -> int:
    """Run the notebooks, keep the manifest and the index pages, say what was made."""
    from toolkit.files.manifest import all_runs, describe_run, write_manifest
    from toolkit.files.outputs import write_bytes
    from toolkit.report.indexes import all_index, run_index
    from toolkit.run.batch import summarise

    folder = _folder(case, output)
    outcomes = list(_progress(tasks, quiet))
    rows = [outcome.as_row(folder) for outcome in outcomes]
    manifest = write_manifest(folder, describe_run(case), rows)
    write_bytes(folder / "index.html", run_index(manifest, list(result.tables)).encode())
    write_bytes(output / "index.html", all_index(all_runs(output)).encode())
    failed = any(outcome.problem for outcome in outcomes)
    if failed or not quiet:
        click.echo(summarise(outcomes, repeat=repeat))
    return 1 if failed else 0


def _progress(tasks: Sequence, quiet: bool) -> Iterator:
    from tqdm import tqdm

    from toolkit.run.batch import run_reports

    bar = tqdm(run_reports(tasks), total=len(tasks), ascii=True, disable=quiet, unit="report")
    for outcome in bar:
        bar.set_postfix_str(outcome.name)
        yield outcome
