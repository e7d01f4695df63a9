"""The door of what leaves the house: the public register, the committee's paper, letters."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from toolkit.files.opening import find_input, policy_for
from toolkit.shared_options import AS_OF, OUTPUT, POLICY, PREVIOUS, WORKBOOK, YEAR

DOCX = click.option("--docx", is_flag=True, help="As Word files, too; needs python-docx.")


@click.command()
@WORKBOOK
@YEAR
@AS_OF
@POLICY
@OUTPUT
@click.option("--yes", is_flag=True, help="Publish without a question.")
def publish(yes: bool, **asked: Any) -> int:
    """Make the public register; first say what becomes public and what changed."""
    return make_register(**asked, asks=not yes)


def or_public(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command that makes internal pages the option to make the public ones instead."""

    @wraps(command)
    def run(*, public: bool, **asked: Any) -> int:
        if not public:
            return command(**asked)
        own = ("workbook", "year", "as_of", "policy", "output")
        return make_register(**{name: asked[name] for name in own})

    words = "Make the public register instead, as `publish --yes` does."
    return click.option("--public", is_flag=True, help=words)(run)


def make_register(
    workbook: str, year: int, policy: str, output: str, as_of: str = "", *, asks: bool = False
) -> int:
    """Say what becomes public, ask if asked to, and make the register whole."""
    from toolkit.publish.data_files import files_of
    from toolkit.publish.edition import public_edition
    from toolkit.publish.of_year import account_of
    from toolkit.publish.register import edition_changes, last_edition, public_folder, write_public
    from toolkit.publish.register_pages import pages_of
    from toolkit.review import open_year

    case = open_year(workbook, policy or policy_for(workbook), year, as_of)
    edition = public_edition(case.portfolio, case.policy, year=year, as_of=case.as_of)
    folder = public_folder(Path(output), find_input(workbook).name, edition)
    last = last_edition(folder)
    since = f"since the edition {last.parent.name}" if last else "the first edition"
    click.echo(f"{workbook}: what becomes public in {folder} ({since}):")
    click.echo("\n".join(edition_changes(last, edition)))
    if edition.kept_back:
        click.echo(f"  kept back: {', '.join(edition.kept_back)}")
    if asks and not click.confirm("Publish this?"):
        click.echo("Nothing was published.")
        return 1
    pages = pages_of(edition, account_of(edition, case.portfolio, case.policy))
    write_public(folder, {name: text.encode() for name, text in pages} | dict(files_of(edition)))
    click.echo(f"Published: {folder / 'index.html'}")
    return 0


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
@WORKBOOK
@YEAR
@AS_OF
@PREVIOUS
@POLICY
@OUTPUT
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
    endings = endings_of(results, edition)
    folder = own_folder(Path(output), results.portfolio) / str(year) / "letters"
    pages = dict(letter_pages(edition, endings))
    for name, text in {"index.html": steps_page(edition, endings), **pages}.items():
        write_bytes(folder / name, text.encode())
    for name, text in pages.items() if docx else ():
        body = BeautifulSoup(text, "html.parser").body
        content = word_bytes(Path(name).stem, [str(body)], when=results.as_of)
        write_bytes(folder / name.replace(".html", ".docx"), content)
    click.echo(f"{len(pages)} letters, and the steps: {folder / 'index.html'}")
