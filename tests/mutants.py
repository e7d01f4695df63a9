"""Small errors planted in the assessments by a seed, and which of them the tests notice.

`python tests/mutants.py --seed 20181231 --count 50` takes about half an hour. This is a script and
not a test: it plants the errors one by one in two temporary copies, never in the tree itself.
"""

import argparse
import ast
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ASSESS = ROOT / "toolkit" / "assess"
PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider")
PYTEST += ("--hypothesis-profile=ci",)  # the same examples each time, however busy the machine is
SHARED = {"PARTNERSHIPS_SHARED": str(ROOT.parent / "shared")}
STAGES = ("quick", "rest")
CPU_SECONDS = 200  # of one stage; the whole takes 90
NOT_CODE = {"annotation", "returns", "decorator_list", "format_spec"}
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
Place = tuple[ast.AST, str, ast.AST, Callable]  # the parent, its field, the node, what replaces it


class Mutant(NamedTuple):
    """One error: the module and line, what is changed, and the whole text with it."""

    path: str
    line: int
    change: str
    text: str


def sample_mutants(count: int, seed: int) -> tuple[int, list[Mutant]]:
    """Return how many errors there are, and some; a room's share is that of its lines."""
    rooms: dict[str, list[Path]] = {}
    for path in sorted(ASSESS.rglob("[!_]*.py")):
        rooms.setdefault(path.parent.name, []).append(path)
    lines = {room: sum(p.read_text("utf-8").count("\n") for p in rooms[room]) for room in rooms}
    exact = {room: count * lines[room] / sum(lines.values()) for room in rooms}
    shares = {room: int(exact[room]) for room in rooms}
    for room in sorted(rooms, key=lambda r: shares[r] - exact[r])[: count - sum(shares.values())]:
        shares[room] += 1
    found = {room: [m for path in rooms[room] for m in mutants_of(path)] for room in rooms}
    draw = random.Random(seed)
    chosen = [m for room in rooms for m in draw.sample(found[room], shares[room])]
    return sum(map(len, found.values())), chosen


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every error that can be planted in a module, in the order of its text."""
    tree = ast.parse(path.read_text("utf-8"))
    for parent, name, node, replace in list(_places(tree)):
        whole = isinstance(parent, ast.expr | ast.keyword | ast.AugAssign)
        before = ast.unparse(parent if whole else node)
        for other in _alternatives(parent, name, node):
            replace(other)
            change = f"{before} -> {ast.unparse(parent if whole else other)}"
            line = (parent if whole else node).lineno
            yield Mutant(str(path.relative_to(ROOT)), line, change, ast.unparse(tree))
            replace(node)


def _places(parent: ast.AST) -> Iterator[Place]:
    for name, value in ast.iter_fields(parent):
        if name in NOT_CODE:
            continue
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            listed = partial(value.__setitem__, index) if isinstance(value, list) else None
            if isinstance(node, ast.AST):
                yield parent, name, node, listed or partial(setattr, parent, name)
                yield from _places(node)


def _alternatives(parent: ast.AST, name: str, node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of a node."""
    returned = isinstance(parent, ast.Return)
    if type(node) in SWAPS:
        yield SWAPS[type(node)]()
    match node:
        case ast.Constant(value=0) if name == "slice":
            yield ast.UnaryOp(ast.USub(), ast.Constant(1))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)) if name == "slice":
            yield ast.Constant(0)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=inner):
            yield inner
        case ast.Constant(value=bool() as value) if returned:
            yield ast.Constant(not value)
        case ast.Constant(value=None) if returned:
            yield ast.Constant(0)
        case ast.Constant(value=number) if type(number) in (int, float):
            yield ast.Constant({0: 1, 1: 0}.get(number, number + 1))
        case ast.Call(func=ast.Name(id="sorted") | ast.Attribute(attr="sort")):
            kept = [word for word in node.keywords if word.arg != "reverse"]
            turned = [ast.keyword("reverse", ast.Constant(True))] * (kept == node.keywords)
            yield ast.Call(node.func, node.args, kept + turned)
    if name in ("test", "ifs"):
        yield ast.UnaryOp(ast.Not(), node)


def try_mutant(mutant: Mutant, copies: SimpleQueue) -> tuple[Mutant, str, str]:
    """Return a mutant with the stage that noticed it and the test, or with SURVIVED."""
    copy = copies.get()
    module = copy / mutant.path
    sound = module.read_bytes()
    module.write_text(mutant.text, "utf-8")
    found = ((stage, _first_failure(copy, stage, mutant.path)) for stage in STAGES)
    stage, test = next((pair for pair in found if pair[1]), ("SURVIVED", ""))
    module.write_bytes(sound)
    copies.put(copy)
    return mutant, stage, test


def _first_failure(copy: Path, stage: str, path: str) -> str:
    """Return the first test of a stage that fails in a copy, nothing where all pass."""
    room = ".".join([*Path(path).with_suffix("").parts[:3], ""])
    every = sorted((copy / "tests" / "assess").glob("test_*.py"))
    near = [file for file in every if room in file.read_text("utf-8")]
    rest = [file for file in every if file not in near]
    tests = ["tests/test_golden.py", path, *near] if stage == "quick" else rest
    settings = {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    options = {"cwd": copy, "env": SHARED | os.environ | settings, "text": True}
    done = subprocess.run([*PYTEST, *tests], capture_output=True, check=False, **options)
    if done.returncode == -signal.SIGXCPU:
        return f"no end in {CPU_SECONDS} s"
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(done.stdout + done.stderr)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return " ".join(failed) or "an error" if done.returncode else ""


def main() -> None:
    """Plant the errors of one seed, two at a time, and print what became of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20181231)
    parser.add_argument("--count", type=int, default=50)
    asked = parser.parse_args()
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    possible, chosen = sample_mutants(asked.count, asked.seed)
    left_out = shutil.ignore_patterns(".*", "outputs", "__pycache__")
    stages: Counter = Counter()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        copies: SimpleQueue = SimpleQueue()
        for name in "ab":
            copies.put(shutil.copytree(ROOT, Path(folder) / name, ignore=left_out))
        tried = [pool.submit(try_mutant, mutant, copies) for mutant in chosen]
        for mutant, stage, test in (ended.result() for ended in as_completed(tried)):
            stages[stage] += 1
            print(f"{mutant.path}:{mutant.line} | {mutant.change} | {stage} {test}", flush=True)  # noqa: T201 - the table
    print(f"seed {asked.seed}: {len(chosen)} of {possible}, {dict(stages)}")  # noqa: T201 - the sum


if __name__ == "__main__":
    main()
