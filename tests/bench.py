"""What a report costs: ways of making it side by side, in CPU seconds of all their processes.

`python tests/bench.py` measures this checkout; `--base DIR` adds another one, as it was. Each
round runs every way once, in turn; what is written to docs/benchmarks.md is the middle of the
rounds. A process that a way leaves behind comes to this one and is counted with it.
"""

import argparse
import ast
import ctypes
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).resolve()
PAGE = ROOT / "docs" / "benchmarks.md"
YEAR = 2025
SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
LIBRARIES = ("papermill", "nbclient", "nbconvert", "ipykernel", "matplotlib", "openpyxl", "pandas")
HEAD = """# Benchmarks

CPU seconds are user and system time of every process that a way starts. Machines are noisy: a
ratio counts, taken in one run, not a figure by itself.

"""
MAIN = "from toolkit.cli import main; main()"
BATCH = 26  # reports


@dataclass(frozen=True)
class Cost:
    """What a way took: CPU seconds of all processes, seconds, MB of the largest process."""

    cpu: float
    wall: float
    memory: float


NAMES = tuple(Cost.__dataclass_fields__)


@dataclass(frozen=True)
class House:
    """A checkout, the workbook that all ways are given, and its agreements."""

    root: Path
    workbook: Path
    ids: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        """The checkout's own policy."""
        return str(self.root / "data" / "policy.toml")

    @property
    def parameters(self) -> dict[str, str | int]:
        """The parameters of a report but for its agreement."""
        return {"workbook": str(self.workbook), "policy": self.policy, "year": YEAR}

    @property
    def notebook(self) -> Path:
        """The notebook of an agreement's report."""
        return self.root / "notebooks" / "agreement_report.ipynb"

    def run(self, command: Sequence[str]) -> Cost:
        """Return what a command costs that is run with this checkout's package."""
        own = self.root / ".venv" / "bin" / "python"  # its packages are its own: `make .venv/ready`
        python = str(own) if own.exists() else sys.executable
        return cost_of([python, *command], {"PYTHONPATH": str(self.root)})


def cost_of(command: Sequence[str], more: dict[str, str]) -> Cost:
    """Return what a command costs, with all that it starts; it must end well."""
    start, cpu, memory = time.perf_counter(), 0.0, 0.0
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command, env={**os.environ, **more}, stdout=said, stderr=said, cwd=tempfile.gettempdir()
        )
        wall = 0.0
        with suppress(ChildProcessError):
            while True:
                pid, status, used = os.wait4(-1, 0)
                cpu += used.ru_utime + used.ru_stime
                memory = max(memory, used.ru_maxrss / 1024)
                if pid == child.pid:
                    wall = time.perf_counter() - start
                    child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            sys.exit(f"{command}\n{said.read().decode()}")
    return Cost(cpu, wall, memory)


Way = Callable[[House, Sequence[str]], Cost]


def by_command_lines(house: House, ids: Sequence[str]) -> Cost:
    """Papermill, then nbconvert, once for each report."""
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        for key in ids:
            out = str(Path(folder) / f"{key}.ipynb")
            values = {**house.parameters, "agreement_id": key}
            given = [text for name, value in values.items() for text in ("-p", name, str(value))]
            costs.append(house.run(["-m", "papermill", str(house.notebook), out, *given]))
            convert = ["-m", "nbconvert", "--to", "partnerships_report", out]
            costs.append(house.run(convert))
    return Cost(sum(c.cpu for c in costs), sum(c.wall for c in costs), max(c.memory for c in costs))


def inside(what: str) -> Way:
    """Return the way that calls a function of this file in one process: `loop` or `plain`."""

    def way(house: House, ids: Sequence[str]) -> Cost:
        return house.run([str(HERE), "--inside", what, str(house.root), str(house.workbook), *ids])

    return way


def by_our_command(*more: str, before: bool = False) -> Way:
    """Return the way of `partnerships reports`; where `before`, the second run of two alone."""

    def way(house: House, ids: Sequence[str]) -> Cost:
        only = [text for key in ids for text in ("--only", key)]
        with tempfile.TemporaryDirectory() as folder:
            given = ["--year", str(YEAR), "--policy", house.policy, "-o", folder, "--quiet"]
            command = ["reports", str(house.workbook), *given, *only, *more]
            cost = house.run(["-c", MAIN, *command])
            return house.run(["-c", MAIN, *command]) if before else cost

    return way


def loop(house: House, ids: Sequence[str]) -> None:
    """Make each report as a user would: papermill, then the exporter."""
    import papermill

    from toolkit.report.exporter import ReportExporter

    with tempfile.TemporaryDirectory() as folder:
        for key in ids:
            out = Path(folder) / f"{key}.ipynb"
            given = {**house.parameters, "agreement_id": key}
            node = papermill.execute_notebook(
                str(house.notebook), str(out), parameters=given, progress_bar=False
            )
            html, _ = ReportExporter().from_notebook_node(node)
            out.with_suffix(".html").write_text(html, encoding="utf-8")


def plain(house: House, ids: Sequence[str]) -> None:
    """Make each report by calls alone, the workbook read once: no kernel, no papermill."""
    import nbformat
    from nbformat.v4 import new_output

    from toolkit.report.exporter import ReportExporter
    from toolkit.review import open_results

    notebook = nbformat.read(str(house.notebook), as_version=4)
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    own = [c for c in cells if "parameters" not in c.metadata.get("tags", ())]
    compiled = [_compiled(c.source) for c in own]
    results = open_results(str(house.workbook), house.policy, YEAR)
    for key in ids:
        names = {**house.parameters, "as_of": "", "previous": "", "agreement_id": key}
        for cell, (statements, expression) in zip(own, compiled, strict=True):
            exec(statements, names)
            names["open_results"] = lambda *_: results
            shown = eval(expression, names) if expression else None
            html = shown._repr_html_() if hasattr(shown, "_repr_html_") else ""
            cell.outputs = [new_output("display_data", data={"text/html": html})] if html else []
        page, _ = ReportExporter().from_notebook_node(notebook)
        if "<h1" not in page:
            sys.exit(f"{key}: no page was made")


def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """Return a cell's statements, and its last expression, which is what it shows."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    statements = compile(ast.Module(body, []), "<cell>", "exec")
    return statements, compile(ast.Expression(last.value), "<cell>", "eval") if last else None


@dataclass(frozen=True)
class Measure:
    """A way, and with how many reports it is measured: two numbers give what one more costs."""

    name: str
    way: Way
    house: House
    counts: tuple[int, ...]

    def costs(self) -> dict[int, Cost]:
        """Return the cost of each number of reports."""
        return {n: self.way(self.house, self.house.ids[:n]) for n in self.counts}


def measures(here: House, base: House | None) -> list[Measure]:
    """Return what is measured, in the order of a round."""
    found = [
        Measure("two command lines", by_command_lines, here, (2,)),
        Measure("loop", inside("loop"), here, (1, 4)),
        Measure("plain functions", inside("plain"), here, (2, BATCH)),
        Measure("command, one worker", by_our_command("--jobs", "1"), here, (2, BATCH)),
        Measure("command, a worker each core", by_our_command(), here, (2, BATCH)),
        Measure("second run", by_our_command("--jobs", "1", before=True), here, (BATCH,)),
    ]
    if base:
        found += [
            Measure("base: two command lines", by_command_lines, base, (2,)),
            Measure("base: loop", inside("loop"), base, (1, BATCH)),
            Measure("base: command", by_our_command(), base, (2, BATCH)),
        ]
    return found


def middle(rounds: Sequence[Mapping[int, Cost]]) -> dict[int, Cost]:
    """Return the middle cost of each number of reports over the rounds."""
    return {
        n: Cost(*(statistics.median(getattr(r[n], name) for r in rounds) for name in NAMES))
        for n in rounds[0]
    }


def one_more(costs: Mapping[int, Cost]) -> float:
    """Return the CPU ms that one more report costs; of a single number, the mean."""
    few, many = min(costs), max(costs)
    if few == many:
        return 1000 * costs[many].cpu / many
    return 1000 * (costs[many].cpu - costs[few].cpu) / (many - few)


def promises(per: Mapping[str, float], whole: Mapping[str, Cost]) -> list[tuple[str, str, float]]:
    """Return what was promised, its limit, and what was measured."""
    ours, plainly = per["command, one worker"], per["plain functions"]
    batch, again = whole["command, one worker"], whole["second run"]
    found = [
        ("a report above plain functions, ms", "at most 120", ours - plainly),
        ("two command lines, times a report", "at least 25", per["two command lines"] / ours),
        ("loop, times a report", "at least 8", per["loop"] / ours),
        ("second run, of the first", "at most 0.03", again.cpu / batch.cpu),
        (
            "one core's time against all cores'",
            "at least 1.6",
            batch.wall / whole["command, a worker each core"].wall,
        ),
    ]
    if "base: loop" in per:
        found += [
            ("base: two command lines", "at least 30", per["base: two command lines"] / ours),
            ("base: loop, times a report", "at least 12", per["base: loop"] / ours),
            (
                f"base: loop of {BATCH}, times the batch",
                "at least 7",
                whole["base: loop"].cpu / batch.cpu,
            ),
        ]
    return found


def page_of(rounds: Mapping[str, list[dict[int, Cost]]], base: str) -> str:
    """Return the part of docs/benchmarks.md that is on reports."""
    middles = {name: middle(costs) for name, costs in rounds.items()}
    per = {name: one_more(costs) for name, costs in middles.items()}
    whole = {name: costs[max(costs)] for name, costs in middles.items()}
    ways = [
        f"| {name} | {per[name]:,.0f} | {max(costs)} | {cost.cpu:.1f} | {cost.wall:.1f} "
        f"| {cost.memory:.0f} |"
        for name, costs in middles.items()
        for cost in [whole[name]]
    ]
    kept = [f"| {what} | {limit} | {value:,.2f} |" for what, limit, value in promises(per, whole)]
    return "\n".join(
        [
            "## Reports",
            "",
            f"The middle of {len(next(iter(rounds.values())))} rounds, each way once a round, in "
            f"turn. Base is commit {base}, with its notebook and policy; all read its sample.",
            "",
            "| way | CPU ms of one more | reports | CPU s | seconds | MB of the largest process |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *ways,
            "",
            "| promise | limit | measured |",
            "| --- | --- | ---: |",
            *kept,
            "",
        ]
    )


def short_commit(root: Path) -> str:
    """Return the commit of a checkout."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True).stdout.strip()


def agreement_ids(workbook: Path) -> tuple[str, ...]:
    """Return the agreements of a workbook in their order."""
    from toolkit.files.loading import load

    sheet = load(workbook).sheets["Agreements"]
    letter = next(k for k, name in sheet.header.items() if name == "agreement_id")
    return tuple(str(cells[letter].value) for cells in sheet.rows.values() if letter in cells)


def machine() -> str:
    """Return on what was measured: commit, machine, versions."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"Written by `make bench` at commit {short_commit(ROOT)}: {os.cpu_count()} cores "
        f"({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"{libraries}.\n"
    )


def main() -> None:
    """Measure and write the page; or, with --inside, be one of the processes measured."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--base", help="another checkout, with its own data/sample.xlsx")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--inside", nargs="+", metavar=("what", "root workbook ids"))
    given = arguments.parse_args()
    if given.inside:
        what, root, workbook, *ids = given.inside
        {"loop": loop, "plain": plain}[what](House(Path(root), Path(workbook)), ids)
        return
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    base = Path(given.base).resolve() if given.base else None
    workbook = (base or ROOT) / "data" / "sample.xlsx"
    ids = agreement_ids(workbook)
    here, there = House(ROOT, workbook, ids), House(base, workbook, ids) if base else None
    rounds: dict[str, list[dict[int, Cost]]] = {}
    for _ in range(given.rounds):
        for measure in measures(here, there):
            rounds.setdefault(measure.name, []).append(measure.costs())
            said = f"{measure.name}: {one_more(rounds[measure.name][-1]):,.0f} ms a report\n"
            sys.stderr.write(said)
    commit = "none" if base is None else short_commit(base)
    import by_thousand  # of this checkout: where the base is measured, its package is another
    import growth

    parts = (HEAD + machine(), page_of(rounds, commit), growth.page(), by_thousand.page())
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
