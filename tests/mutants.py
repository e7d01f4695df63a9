"""Small errors planted in the assessments by a seed, and which of the tests notice them first.

Run `python tests/mutants.py 20181231 50`: seed and number; it takes a quarter of an hour. After
them the stages may be named in another order: golden (the expected tables), room (tests that
import from the module's room), rest. This is a script and not a test, and it works in two
temporary copies of the tree.
"""

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
PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider")
PYTEST += ("--hypothesis-profile=ci",)  # the same examples each time, however busy the machine is
CPU_SECONDS = 200  # for one stage; all tests of the assessments together take 90
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
    for path in sorted((ROOT / "toolkit" / "assess").rglob("[!_]*.py")):
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


def try_mutant(mutant: Mutant, order: list[str], copies: SimpleQueue) -> tuple[Mutant, str]:
    """Return a mutant with the stage and the test that noticed it first, or SURVIVED."""
    copy = copies.get()
    module = copy / mutant.path
    sound = module.read_bytes()
    module.write_text(mutant.text, "utf-8")
    stages = _stages(copy, mutant.path)
    found = (f"{stage} {failed}" for stage in order if (failed := _fails(copy, stages[stage])))
    end = next(found, "SURVIVED")
    module.write_bytes(sound)
    copies.put(copy)
    return mutant, end


def _stages(copy: Path, path: str) -> dict[str, list[Path]]:
    room = ".".join([*Path(path).with_suffix("").parts[:3], ""])
    every = sorted((copy / "tests" / "assess").glob("test_*.py"))
    near = [file for file in every if room in file.read_text("utf-8")]
    rest = [file for file in every if file not in near]
    return {
        "golden": [copy / "tests" / "test_golden.py"],
        "room": [copy / path, *near],
        "rest": rest,
    }


def _fails(copy: Path, tests: list[Path]) -> str:
    """Return the first of some tests that fails in a copy, nothing where all pass."""
    shared = {"PARTNERSHIPS_SHARED": str(ROOT.parent / "shared")}
    settings = {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    options = {"cwd": copy, "env": shared | os.environ | settings, "text": True}
    done = subprocess.run([*PYTEST, *tests], capture_output=True, check=False, **options)
    if done.returncode == -signal.SIGXCPU:
        return f"no end in {CPU_SECONDS} s"
    if done.returncode not in (0, 1, 2, 5):  # 5: a module without examples to run
        raise RuntimeError(done.stdout + done.stderr)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return " ".join(failed) or "an error" if done.returncode in (1, 2) else ""


def main() -> None:
    """Plant the errors of one seed, two at a time, and print what became of each."""
    seed, count, *order = sys.argv[1:]
    possible, chosen = sample_mutants(int(count), int(seed))
    order = order or ["golden", "room", "rest"]
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, 2 * CPU_SECONDS))
    left_out = shutil.ignore_patterns(".*", "outputs", "__pycache__")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        copies: SimpleQueue = SimpleQueue()
        for name in "ab":
            copies.put(shutil.copytree(ROOT, Path(folder) / name, ignore=left_out))
        tried = [pool.submit(try_mutant, mutant, order, copies) for mutant in chosen]
        ends: Counter = Counter()
        for mutant, end in (ended.result() for ended in as_completed(tried)):
            ends[end.split()[0]] += 1
            print(f"{mutant.path}:{mutant.line} | {mutant.change} | {end}", flush=True)  # noqa: T201 - the table
    print(f"seed {seed}: {len(chosen)} of {possible}, {dict(ends)}")  # noqa: T201 - the sum


if __name__ == "__main__":
    main()
