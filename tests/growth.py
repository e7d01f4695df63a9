"""What reading, assessing and writing cost at several sizes, in CPU seconds of one process each.

`python tests/growth.py 500 2000` prints the part of docs/benchmarks.md on it. What would change a
proposal is worked out for some agreements only: each is tried by itself, whatever the size.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from toolkit.assess.review.remedies import find_remedies
from toolkit.files.outputs import table_csv
from toolkit.model.handed_out import TABLES
from toolkit.review import open_results

POLICY = "data/policy.toml"
SIZES = (500, 1000, 2000, 10_000)
BIG = Path(__file__).with_name("big_portfolio.py")
TRIED = 100  # agreements on which repairs are tried
DEAREST = "what_would_change"
STEPS = (
    "bare pass", "read and check", "assess", "what would change, each", "tables as CSV",
    "MB once read", "MB at the end",
)  # fmt: skip
LIMITS = (
    ("read and check, times a bare pass", "read and check", "bare pass", "at most 1.5"),
    ("assess, times read and check", "assess", "read and check", "at most 2"),
    ("tables as CSV, times assess", "tables as CSV", "assess", "at most 1"),
)


def timed(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def bare_pass(path: Path) -> None:
    """Look at every cell with openpyxl's quickest reader."""
    for sheet in load_workbook(path, read_only=True):
        for _ in sheet.iter_rows(values_only=True):
            pass


def measure(size: int) -> dict[str, float]:
    """Return the CPU seconds of each step for a programme of so many agreements."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.xlsx"
        subprocess.run([sys.executable, BIG, str(size), path], check=True)
        bare = timed(lambda: bare_pass(path))
        results = None

        def read() -> None:
            nonlocal results
            results = open_results(str(path), POLICY, 2025)

        found = {"bare pass": bare, "read and check": timed(read)}
        found["MB once read"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        quick = [name for name in TABLES if name != DEAREST]
        found["assess"] = timed(lambda: [getattr(results, name) for name in quick])
        keys = list(results.facts)[:TRIED]
        tried = timed(lambda: find_remedies(results.situation, keys, {}))
        found["what would change, each"] = tried / len(keys)
        found["tables as CSV"] = timed(lambda: [table_csv(getattr(results, n)) for n in quick])
        found["MB at the end"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return found


def page(sizes: tuple[int, ...] = SIZES) -> str:
    """Return the table of the sizes, each measured in a process of its own, and the limits."""
    found = {}
    for size in sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found[size] = json.loads(done.stdout)
    rows = [
        f"| {size:,} | {' | '.join(f'{found[size][step]:,.2f}' for step in STEPS)} |"
        for size in sizes
    ]
    kept = [
        f"| {what} | {limit} | {' | '.join(f'{found[n][a] / found[n][b]:.2f}' for n in sizes)} |"
        for what, a, b, limit in LIMITS
    ]
    return "\n".join(
        [
            "## Growth",
            "",
            "CPU seconds of one process, start-up aside, for the sample again and again "
            "(`tests/big_portfolio.py`). What would change a proposal is no part of *assess*: each "
            "repair is tried on the data, some 37 an agreement, which costs 30 times its reading.",
            "",
            f"| agreements | {' | '.join(STEPS)} |",
            f"| ---: |{' ---: |' * len(STEPS)}",
            *rows,
            "",
            f"| promise | limit | {' | '.join(f'{size:,}' for size in sizes)} |",
            f"| --- | --- |{' ---: |' * len(sizes)}",
            *kept,
            "",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        sys.stdout.write(json.dumps(measure(int(sys.argv[2]))))
    else:
        sys.stdout.write(page(tuple(map(int, sys.argv[1:])) or SIZES))
