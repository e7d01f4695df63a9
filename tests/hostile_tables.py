"""The table of `docs/hostile.md`: `python tests/hostile_tables.py [corpus]` rewrites the page.

Every file is read in a process of its own, as `check` would read it; CPU seconds and memory are
those of that process and of the one it starts. The corpus of odd files is not part of the project.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from xml.parsers import expat

from hostile import attacks, mutants

from toolkit.files.loading import load
from toolkit.files.shipped import ROOT
from toolkit.model.issues import InputError

DOCUMENT, BEGIN = ROOT / "docs" / "hostile.md", "<!-- table -->"
MUTANTS = range(300)
HEAD = (
    "| category | files | refused | CPU s, worst | MB, worst | read | CPU s, worst | MB, worst |\n"
    "|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Outcome:
    """What came of one file, and what it cost."""

    category: str
    name: str
    is_read: bool
    says: str
    seconds: float
    megabytes: float
    is_expected: bool = True


def measured(path: Path) -> dict[str, object]:
    """Read a file in a process of its own; return what came of it."""
    command = [sys.executable, __file__, "--one", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{path}: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def read_one(path: Path) -> dict[str, object]:
    before = spent()
    try:
        says, is_read = f"{len(load(path).sheets)} sheets", True
    except InputError as refusal:
        says, is_read = str(refusal).removeprefix(f"{path.name}: "), False
    seconds, megabytes = spent()
    return {
        "says": says,
        "is_read": is_read,
        "seconds": seconds - before[0],
        "megabytes": megabytes,
    }


def spent() -> tuple[float, float]:
    """Return the CPU seconds and the most memory of this process and of those it started."""
    own, started = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    seconds = sum(each.ru_utime + each.ru_stime for each in (own, started))
    return seconds, (most_memory() + started.ru_maxrss) / 1024


def most_memory() -> int:
    """Return the most memory this process took, in KB; `ru_maxrss` counts who started it, too."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1])


def of_attacks(folder: Path) -> Iterator[Outcome]:
    for attack in attacks():
        path = folder / "city.xlsx"
        path.write_bytes(attack.build())
        found = measured(path)
        is_expected = found["is_read"] == attack.is_read
        yield Outcome(f"built: {attack.category}", attack.name, **found, is_expected=is_expected)


def of_mutants(folder: Path) -> Iterator[Outcome]:
    """Yield what comes of the sample with some bytes changed."""
    sound = (ROOT / "data" / "sample.xlsx").read_bytes()
    for seed, content in mutants(MUTANTS, sound):
        path = folder / "city.xlsx"
        path.write_bytes(content)
        yield Outcome("built: the sample, spoilt", str(seed), **measured(path))


def of_corpus(corpus: Path) -> Iterator[Outcome]:
    for path in sorted((*corpus.glob("hostile/*/*"), *corpus.glob("messy/*"))):
        yield Outcome(f"corpus: {path.parent.name}", path.name, **measured(path))


def table(outcomes: Iterable[Outcome]) -> str:
    """Return one line for each category, in Markdown."""
    lines, groups = [HEAD], defaultdict(list)
    for each in outcomes:
        groups[each.category].append(each)
    for category, found in sorted(groups.items()):
        cells = [category, str(len(found))]
        for is_read in (False, True):
            some = [each for each in found if each.is_read is is_read]
            cells.append(str(len(some)))
            cells.append(f"{max(each.seconds for each in some):.1f}" if some else "")
            cells.append(f"{max(each.megabytes for each in some):.0f}" if some else "")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def made_with() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    return (
        f"Commit {commit}, Python {python_version()}, {expat.EXPAT_VERSION}, "
        f"openpyxl {version('openpyxl')}."
    )


def main(corpus: Path) -> None:
    outcomes = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in (of_attacks(folder), of_mutants(folder), of_corpus(corpus)):
            for each in source:
                outcomes.append(each)
                mark = "" if each.is_expected else "UNEXPECTED "
                cost = f"{each.seconds:.1f} s, {each.megabytes:.0f} MB, read {each.is_read}"
                sys.stderr.write(f"{mark}{each.category}, {each.name}: {cost}, {each.says}\n")
    page = DOCUMENT.read_text("utf-8").partition(BEGIN)[0]
    DOCUMENT.write_text(f"{page}{BEGIN}\n\n{made_with()}\n\n{table(outcomes)}\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write(json.dumps(read_one(Path(sys.argv[2]))))
    else:
        shared = Path(os.environ.get("PARTNERSHIPS_SHARED", ROOT.parent / "shared"))
        main(Path(*sys.argv[1:2]) if sys.argv[1:] else shared / "corpus")
