"""Round trips through a real LibreOffice: nothing that `check` or the results see may change.

`python tests/run/office_rounds.py` needs `soffice` on the path; what it finds is an error.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from toolkit.cli import cli
from toolkit.collect.keyed import read_keyed
from toolkit.files.outputs import table_csv
from toolkit.files.policy import read_policy
from toolkit.files.shipped import ROOT
from toolkit.review import open_results

SAMPLE, POLICY = ROOT / "data/sample.xlsx", ROOT / "data/policy.toml"


def through_office(path: Path, folder: Path) -> Path:
    """Return a workbook as LibreOffice saves it."""
    command = ("soffice", "--headless", "--convert-to", "xlsx", "--outdir", folder, path)
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / path.name


def run(*words: object) -> None:
    """Run a command of the toolkit; another status than 0 is an error."""
    done = CliRunner().invoke(cli, list(map(str, words)), standalone_mode=False)
    if done.exception or done.return_value:
        sys.exit(f"{words}: {done.output} {done.exception}")


def tables_of(path: Path) -> dict[str, bytes]:
    """Return every result table of the sample's year."""
    return {
        name: table_csv(table)
        for name, table in open_results(str(path), str(POLICY), 2025).tables.items()
    }


def fill(path: Path) -> int:
    """Answer every result that is asked for without a value; return how many."""
    workbook = load_workbook(path)
    page, count = workbook["Results"], 0
    columns = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        actual = page.cell(row, columns["actual"])
        if page.cell(row, 1).value and actual.value is None and actual.fill.fill_type:
            actual.value, page.cell(row, columns["state"]).value = 1, "approved"
            count += 1
    workbook.save(path)
    return count


def main() -> None:
    """Play the two rounds."""
    rules = read_policy(POLICY)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        back = through_office(SAMPLE, folder)
        if read_keyed(SAMPLE, rules).rows != read_keyed(back, rules).rows:
            sys.exit("the sample is read otherwise after LibreOffice")
        if tables_of(SAMPLE) != tables_of(back):
            sys.exit("the results of the sample are others after LibreOffice")
        run("request", SAMPLE, "--year", 2025, "--policy", POLICY, "-o", folder / "requests")
        asked = folder / "requests/sample/trade-and-investment-unit.xlsx"
        count = fill(asked)
        (folder / "answers").mkdir()
        answered = through_office(asked, folder / "answers")
        for source, target in ((asked, "direct.xlsx"), (answered, "office.xlsx")):
            run("merge", SAMPLE, source, "-o", folder / target, "--policy", POLICY)
        direct, office = (
            read_keyed(folder / f"{how}.xlsx", rules).rows for how in ("direct", "office")
        )
        if direct != office or direct == read_keyed(SAMPLE, rules).rows:
            sys.exit("an answer merged after LibreOffice is another one")
    print(f"two rounds, {count} results answered, nothing else changed")  # noqa: T201


if __name__ == "__main__":
    main()
