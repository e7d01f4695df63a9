"""Build `data/<name>.xlsx` from the CSV files of each folder here.

Run `make data` after a change; the same files give the same bytes, so that data can be reviewed.
"""

import csv
from pathlib import Path

from toolkit.files.policy import read_policy
from toolkit.files.template import write_workbook

SOURCES = Path(__file__).parent
POLICY = SOURCES.parent / "policy.toml"


def build_workbook(folder: Path, path: Path) -> None:
    """Write the workbook of one folder: `title.txt` and one CSV file a sheet."""
    title = (folder / "title.txt").read_text(encoding="utf-8").strip()
    rows = {file.stem: _rows(file) for file in sorted(folder.glob("*.csv"))}
    write_workbook(path, read_policy(POLICY), title=title, rows=rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


if __name__ == "__main__":
    for title in sorted(SOURCES.glob("*/title.txt")):
        build_workbook(title.parent, SOURCES.parent / f"{title.parent.name}.xlsx")
