"""The expected tables of the sample: `python tests/golden_tables.py` rewrites them, on purpose."""

from pathlib import Path

from toolkit.assess.annual import assess
from toolkit.files.opening import open_case
from toolkit.files.outputs import table_csv

FOLDER = Path(__file__).parent / "golden"


def sample_tables() -> dict[str, bytes]:
    """Return every result table of the sample workbook of 2025 as CSV."""
    case = open_case("data/sample.xlsx", "data/policy.toml", 2025)
    tables = assess(case.portfolio, case.policy, as_of=case.as_of).tables
    return {name: table_csv(table) for name, table in tables.items()}


def rewrite() -> None:
    """Replace the expected tables by what the toolkit gives now."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.csv"):
        path.unlink()
    for name, content in sample_tables().items():
        (FOLDER / f"{name}.csv").write_bytes(content)


if __name__ == "__main__":
    rewrite()
