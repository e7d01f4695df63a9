"""The expected tables of the sample: `python tests/golden_tables.py` rewrites them, on purpose."""

from pathlib import Path

from toolkit.files.outputs import table_csv
from toolkit.review import open_results

FOLDER = Path(__file__).parent / "golden"


def sample_tables() -> dict[str, bytes]:
    """Return every result table of the sample workbook of 2025 as CSV."""
    results = open_results("data/sample.xlsx", "data/policy.toml", 2025)
    return {name: table_csv(table) for name, table in results.tables.items()}


def rewrite() -> None:
    """Replace the expected tables by what the toolkit gives now."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.csv"):
        path.unlink()
    for name, content in sample_tables().items():
        (FOLDER / f"{name}.csv").write_bytes(content)


if __name__ == "__main__":
    rewrite()
