"""Kill a run at random instants, then let it end: `python tests/run/kills.py 50` tells of it."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAIN = [sys.executable, "-c", "from toolkit.cli import main; main()"]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
APART = {".lock"}  # what a folder holds beside its results


class Run:
    """One command, made again and again into one folder."""

    def __init__(self, output: Path, only: tuple[str, ...], *more: str) -> None:
        ids = [text for key in only for text in ("--only", key)]
        given = [str(ROOT / "data" / "sample.xlsx"), "--year", "2025", "-o", str(output)]
        self.output = output
        self.command = [*MAIN, "reports", *given, *ids, "--quiet", *more]

    def start(self) -> subprocess.Popen:
        """Start it in a session of its own, so that what it leaves can be found."""
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(self.command, env=env, start_new_session=True, stdout=-3, stderr=-3)

    def end(self) -> int:
        """Run it to its end."""
        return self.start().wait()

    def files(self) -> dict[str, bytes]:
        """Return every file of the results; of run.json all but the seconds."""
        found = {}
        for path in sorted(self.output.rglob("*")):
            if path.is_file() and path.name not in APART and not path.name.endswith(".part"):
                content = path.read_bytes()
                if path.name == "run.json":
                    content = without_seconds(content)
                found[path.relative_to(self.output).as_posix()] = content
        return found


def without_seconds(content: bytes) -> bytes:
    """Return run.json without how long each report took; it must be whole."""
    run = json.loads(content)
    for row in run["reports"].values():
        row["seconds"] = None
    return json.dumps(run).encode()


def kernels() -> list[int]:
    """Return the kernels that run on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"toolkit.kernel" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def kill(run: Run, draw: random.Random, longest: float) -> tuple[str, bool]:
    """Kill a run at a random instant; return by which signal, and whether it was in time."""
    before = set(kernels())
    child = run.start()
    name = draw.choice(SIGNALS)
    time.sleep(draw.uniform(0, longest))
    was_running = child.poll() is None
    child.send_signal(name)
    child.wait(30)
    deadline = time.monotonic() + 20
    while set(kernels()) - before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not set(kernels()) - before, "a kernel was left running"
    return name.name, was_running


def kill_and_resume(folder: Path, times: int, seed: int, *more: str) -> Counter[str]:
    """Kill a run many times, let it end, and compare with a run that nothing disturbed.

    After each kill every file that is there is whole: it is one of the undisturbed run's.
    """
    only = ("A-001", "A-002", "A-003")
    whole, torn = (Run(folder / name, only, *more) for name in ("whole", "torn"))
    start = time.monotonic()
    assert whole.end() == 0
    longest, expected = time.monotonic() - start, whole.files()
    draw, tale = random.Random(seed), Counter()
    for _ in range(times):
        name, was_running = kill(torn, draw, longest)
        tale[name if was_running else "too late"] += 1
        found = torn.files()
        wrong = [path for path, content in found.items() if expected.get(path) != content]
        wrong = [path for path in wrong if not path.endswith(("run.json", "index.html"))]
        assert not wrong, f"not whole: {wrong}"
    assert torn.end() == 0
    assert torn.files() == expected
    assert not list(torn.output.rglob("*.part")), "a torn piece was left"
    return tale


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for jobs in ("1", "2"):
            made = kill_and_resume(Path(folder) / jobs, int(sys.argv[1]) // 2, 7, "--jobs", jobs)
            sys.stdout.write(f"{jobs} workers: {dict(made)}; every file whole, the end the same\n")
