"""The door of what is made public: `publish`, and the public pages of `review` and `reports`."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import click

from toolkit.files.opening import find_input, policy_for
from toolkit.shared_options import POLICY, YEARS

DOCX = click.option("--docx", is_flag=True, help="As Word files, too; needs python-docx.")


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.option("--year", type=YEARS, required=True, help="Year of the edition.")
@click.option("--as-of", default="", help="Day as of which it is known, as 2018-12-31.")
@POLICY
@click.option("-o", "--output", default="outputs", help="Folder of the results.")
@click.option("--yes", is_flag=True, help="Publish without a question.")
def publish(workbook: str, year: int, as_of: str, policy: str, output: str, yes: bool) -> int:
    """Make the public register; first say what becomes public and what changed."""
    from toolkit.publish.data_files import files_of
    from toolkit.publish.register import edition_changes, last_edition, public_folder, write_public

    edition, account = _opened(workbook, year, as_of, policy)
    folder = public_folder(Path(output), find_input(workbook).name, edition)
    last = last_edition(folder)
    since = f"since the edition {last.parent.name}" if last else "the first edition"
    click.echo(f"{workbook}: what becomes public in {folder} ({since}):")
    for line in [*edition_changes(last, edition), *_kept_back(edition)]:
        click.echo(line)
    if not yes and not click.confirm("Publish this?"):
        click.echo("Nothing was published.")
        return 1
    write_public(folder, {**_pages(edition, account), **dict(files_of(edition))}, sweep=True)
    click.echo(f"Published: {folder / 'index.html'}")
    return 0


def make_register(workbook: str, year: int, policy: str, output: str) -> Path:
    """Make the register of a workbook without a question, and return its first page."""
    from toolkit.publish.data_files import files_of
    from toolkit.publish.register import public_folder, write_public

    edition, account = _opened(workbook, year, "", policy)
    folder = public_folder(Path(output), find_input(workbook).name, edition)
    write_public(folder, {**_pages(edition, account), **dict(files_of(edition))}, sweep=True)
    return folder / "index.html"


def or_public(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that makes internal pages the option to make the public ones instead."""

    @wraps(command)
    def run(*, public: bool, **asked: Any) -> int:
        return _make_pages(asked) if public else command(**asked)

    words = "Make the public pages instead, in a tree of their own."
    return click.option("--public", is_flag=True, help=words)(run)


def _make_pages(asked: Mapping[str, Any]) -> int:
    """Make the pages of the register and of the year alone, without its files."""
    from toolkit.publish.register import public_folder, write_public

    workbook = asked["workbook"]
    edition, account = _opened(workbook, asked["year"], asked["as_of"], asked["policy"])
    folder = public_folder(Path(asked["output"]), find_input(workbook).name, edition)
    pages = _pages(edition, account)
    write_public(folder, pages, sweep=True)
    click.echo(f"{len(pages)} public pages: {folder / 'index.html'}. The year: year.html there.")
    return 0


def _opened(workbook: str, year: int, as_of: str, policy: str) -> tuple[Any, Any]:
    """Return what may be published, and the account of the year."""
    from toolkit.publish.edition import public_edition
    from toolkit.publish.of_year import account_of
    from toolkit.review import open_year

    case = open_year(workbook, policy or policy_for(workbook), year, as_of)
    known = case.portfolio.on(case.as_of)
    edition = public_edition(known, case.policy, year=year, as_of=case.as_of)
    return edition, account_of(edition, known, case.policy)


def _pages(edition: Any, account: Any) -> dict[str, bytes]:
    from toolkit.publish.register_pages import pages_of

    return {name: text.encode() for name, text in pages_of(edition, account)}


def _kept_back(edition: Any) -> list[str]:
    told = [f"{count} {what}" for what, count in edition.kept_back.items() if count]
    return [f"  kept back: {', '.join(told)}"] if told else []


def write_paper(folder: Path, results: Any) -> str:
    """Write the committee's paper into the folder of a year's results, and say where it is."""
    from toolkit.files.outputs import write_bytes
    from toolkit.files.word_file import word_bytes
    from toolkit.report.paper import paper_parts

    parts = [p if isinstance(p, tuple) else p._repr_html_() for p in paper_parts(results)]
    path = folder / "committee-paper.docx"
    title = f"{results.portfolio.title}: decisions for {results.year}"
    write_bytes(path, word_bytes(title, parts, when=results.as_of))
    return f"The committee's paper: {path}"


@click.command()
@click.argument("workbook", type=click.Path(dir_okay=False))
@click.option("--year", type=YEARS, required=True, help="Year reviewed.")
@click.option("--as-of", default="", help="Date of the review, as 2018-12-31.")
@click.option("--previous", default="", help="Last year's folder of results, or its workbook.")
@POLICY
@click.option("-o", "--output", default="outputs", help="Folder of the results.")
@DOCX
def letters(
    workbook: str, year: int, as_of: str, previous: str, policy: str, output: str, docx: bool
) -> None:
    """Write the draft letters and the dated steps of each notice, ending and handing on."""
    from bs4 import BeautifulSoup

    from toolkit.files.last_year import own_folder
    from toolkit.files.outputs import write_bytes
    from toolkit.files.word_file import word_bytes
    from toolkit.publish.edition import public_edition
    from toolkit.publish.ending_letters import endings_of, letter_pages, steps_page
    from toolkit.review import last_year_of, open_results

    results = open_results(
        workbook, policy or policy_for(workbook), year, as_of,
        previous or last_year_of(workbook, year),
    )  # fmt: skip
    edition = public_edition(results.portfolio, results.policy, year=year, as_of=results.as_of)
    by = results.as_of + timedelta(days=results.policy.periods.data_call_days)
    endings = endings_of(results, edition, by=by)
    folder = own_folder(Path(output), results.portfolio) / str(year) / "letters"
    pages = dict(letter_pages(edition, endings))
    for name, text in {"index.html": steps_page(edition, endings), **pages}.items():
        write_bytes(folder / name, text.encode())
    for name, text in pages.items() if docx else ():
        body = BeautifulSoup(text, "html.parser").body
        content = word_bytes(Path(name).stem, [str(body)], when=results.as_of)
        write_bytes(folder / name.replace(".html", ".docx"), content)
    click.echo(f"{len(pages)} letters, and the steps: {folder / 'index.html'}")
