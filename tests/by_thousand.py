"""What a thousand reports cost: the first run, the next, and what one changed cell makes again.

`python tests/by_thousand.py 1000` prints the part of docs/benchmarks.md on it; it takes about an
hour on two cores, for each of four whole runs makes every report.
"""

import ctypes
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from bench import MAIN, ROOT, SUBREAPER, YEAR, Cost, agreement_ids, cost_of
from openpyxl import load_workbook

SIZE, FEW, MORE = 1000, 2, 36  # agreements; reports of which the difference is what one costs
SAMPLE = ROOT / "data" / "sample.xlsx"
CHANGED = ("Results", "actual", 5)  # one cell: sheet, column, row
SETTLED = 0.2  # of a run, from which on its memory should stay
LOOK = 2.0  # seconds between two looks at the memory


def run(verb: str, workbook: Path, output: Path, *more: str) -> Cost:
    """Return what a command costs."""
    return cost_of(_command(verb, workbook, output, *more), {"PYTHONPATH": str(ROOT)})


def _command(verb: str, workbook: Path, output: Path, *more: str) -> list[str]:
    policy = str(ROOT / "data" / "policy.toml")
    given = ["--year", str(YEAR), "--policy", policy, "-o", str(output), "--quiet", *more]
    return [sys.executable, "-c", MAIN, verb, str(workbook), *given]


def one_more(workbook: Path, output: Path) -> float:
    """Return the CPU ms of one more report of a workbook, all else being made already."""
    ids = agreement_ids(workbook)
    few, many = (
        run("reports", workbook, output, "--jobs", "1", "--again", *_only(ids[:number]))
        for number in (FEW, MORE)
    )
    return 1000 * (many.cpu - few.cpu) / (MORE - FEW)


def _only(ids: Sequence[str]) -> list[str]:
    return [text for key in ids for text in ("--only", key)]


class Watch(Thread):
    """Looks, while a command runs, at how much its processes hold once they make reports."""

    def __init__(self, output: Path, size: int) -> None:
        super().__init__(daemon=True)
        self.output, self.size = output, size
        self.seen: list[tuple[float, float]] = []  # the share of the reports made, MB held
        self.is_over = Event()

    def run(self) -> None:
        """Look until told that it is over."""
        while not self.is_over.wait(LOOK):
            made = sum(1 for _ in self.output.rglob("agreements/*.html"))
            if made:
                self.seen.append((made / self.size, sum(_held())))

    def growth(self) -> float:
        """Return by which factor the most held at the end is above that once it had settled."""
        settled = [mb for share, mb in self.seen if SETTLED <= share < 2 * SETTLED]
        late = [mb for share, mb in self.seen if share >= 1 - SETTLED]
        return max(late) / max(settled)


def _held() -> Iterator[float]:
    """Yield the MB that each process holds which this one started, or one of those."""
    own = {os.getpid()}
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        with suppress(OSError):
            told = stat.read_text().rpartition(")")[2].split()
            if int(told[1]) in own:
                own.add(int(stat.parent.name))
                yield int(told[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def change_a_cell(workbook: Path) -> str:
    """Type another number into one cell of a workbook; return the agreement it is about."""
    sheet, column, row = CHANGED
    book = load_workbook(workbook)
    headings = [cell.value for cell in book[sheet][1]]
    cell = book[sheet].cell(row, headings.index(column) + 1)
    cell.value = (cell.value or 0) + 3
    book.save(workbook)
    return str(book[sheet].cell(row, 1).value)


def pages(output: Path) -> dict[str, str]:
    """Return the hash of each agreement's page by its name."""
    found = output.rglob("agreements/*.html")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def in_parts(workbook: Path, output: Path) -> Cost:
    """Return what three parts cost, of which one is killed as it goes and asked for again."""
    command = _command("reports", workbook, output, "--shard", "2/3")
    killed = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
    while not list(output.rglob("agreements/*.html")):
        time.sleep(LOOK)
    killed.kill()
    killed.wait()
    parts = [run("reports", workbook, output, "--shard", f"{n}/3") for n in (1, 2, 3)]
    return _sum([*parts, run("index", workbook, output)])


def on_a_cluster(workbook: Path, output: Path) -> Cost:
    """Return what it costs to have the reports made by two workers of a cluster on this machine."""
    return cost_of([sys.executable, __file__, "--cluster", str(workbook), str(output)], {})


def ask_a_cluster(workbook: Path, output: Path) -> None:
    """Start a cluster, have the reports made by it, and end it."""
    from dask.distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        command = _command("reports", workbook, output, "--dask", cluster.scheduler_address)
        subprocess.run(command, check=True)


def _sum(costs: Sequence[Cost]) -> Cost:
    most = max(cost.memory for cost in costs)
    return Cost(sum(cost.cpu for cost in costs), sum(cost.wall for cost in costs), most)


def files(output: Path) -> dict[str, str]:
    """Return the hash of each file of a run by its place; of run.json but for the seconds."""
    found = {}
    for path in sorted(output.rglob("*")):
        if path.is_file() and path.name != ".lock":
            content = path.read_bytes()
            if path.name == "run.json":
                content = re.sub(rb'"seconds": [0-9.]+', b"", content)
            found[path.relative_to(output).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


def page(size: int = SIZE) -> str:
    """Return the table of the runs, and the limits."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workbook, serial, both = folder / "big.xlsx", folder / "serial", folder / "both"
        made = [sys.executable, str(ROOT / "tests" / "big_portfolio.py"), str(size), str(workbook)]
        subprocess.run(made, check=True)
        watch = Watch(serial, size)
        watch.start()
        first = run("reports", workbook, serial, "--jobs", "1")
        watch.is_over.set()
        side_by_side = run("reports", workbook, both)
        parts = in_parts(workbook, folder / "parts")
        cluster = on_a_cluster(workbook, folder / "cluster")
        same = [files(serial) == files(folder / n) for n in ("both", "parts", "cluster")]
        second = run("reports", workbook, serial)
        joined = run("index", workbook, serial)
        run("reports", SAMPLE, folder / "sample")
        small, large = one_more(SAMPLE, folder / "sample"), one_more(workbook, both)
        before = pages(serial)
        change_a_cell(workbook)
        changed = run("reports", workbook, serial)
        new = [name for name, found in pages(serial).items() if before[name] != found]
    ways = (
        ("first run, one worker", first, size),
        ("first run, a worker each core", side_by_side, size),
        ("three parts one after the other, one killed and resumed, and index", parts, size),
        ("a cluster of two workers", cluster, size),
        ("second run, nothing changed", second, 0),
        ("index, nothing changed", joined, 0),
        ("one cell changed", changed, len(new)),
    )
    rows = [
        f"| {name} | {cost.cpu:,.2f} | {cost.wall:,.2f} | {cost.memory:,.0f} | {count:,} |"
        for name, cost, count in ways
    ]
    kept = (
        (f"a report at {size:,}, times one of the sample", "at most 1.1", large / small),
        ("memory of all processes, at the end times settled", "at most 1.05", watch.growth()),
        ("second run, of the first", "at most 0.03", second.cpu / first.cpu),
        ("one cell changed, of the first", "at most 0.20", changed.cpu / first.cpu),
        ("one core's time against all cores'", "at least 1.6", first.wall / side_by_side.wall),
    )
    return "\n".join(
        [
            "## By the thousand",
            "",
            f"{size:,} filled agreements (`tests/big_portfolio.py`), measured once, one after the "
            f"other. The changed cell is in {CHANGED[0]}, a number of one agreement. With one "
            f"worker, with one each core, in parts and on a cluster every file has the same bytes: "
            f"{', '.join('yes' if one else 'NO' for one in same)}.",
            "",
            "| way | CPU s | seconds | MB of the largest process | pages with new bytes |",
            "| --- | ---: | ---: | ---: | ---: |",
            *rows,
            "",
            "| promise | limit | measured |",
            "| --- | --- | ---: |",
            *[f"| {what} | {limit} | {value:.4f} |" for what, limit, value in kept],
            "",
        ]
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cluster"]:
        ask_a_cluster(*map(Path, sys.argv[2:]))
        sys.exit()
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    start = time.time()
    sys.stdout.write(page(int(sys.argv[1]) if sys.argv[1:] else SIZE))
    sys.stderr.write(f"{time.time() - start:.0f} s\n")
