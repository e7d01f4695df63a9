"""Whatever goes wrong, what was good stays, the rest is said, and nothing is left running."""

import os
import subprocess
import sys
from contextlib import suppress

import pytest
from filelock import FileLock
from kills import MAIN, Run, kill_and_resume

from toolkit.files.shipped import ROOT

SAMPLE = str(ROOT / "data" / "sample.xlsx")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system who runs")


@pytest.mark.long
@pytest.mark.parametrize(("jobs", "times"), [("1", 3), ("2", 2)])
def test_a_run_that_is_killed_leaves_whole_files_and_ends_the_same(tmp_path, jobs, times):
    tale = kill_and_resume(tmp_path, times, 11, "--jobs", jobs)
    assert tale.total() == times


def test_a_second_run_into_the_same_folder_says_so(tmp_path):
    folder = tmp_path / "sample" / "2025"
    folder.mkdir(parents=True)
    with FileLock(folder / ".lock"):
        done = subprocess.run(
            [*MAIN, "reports", SAMPLE, "--year", "2025", "-o", str(tmp_path), "--quiet"],
            capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert done.returncode == 1
    assert "another run is writing here" in done.stderr
    assert "Traceback" not in done.stderr


def fill(path):
    """Write a file until its disk is full."""
    opened = os.open(path, os.O_CREAT | os.O_WRONLY)
    with suppress(OSError):
        while True:
            os.write(opened, b"x" * 4096)
    os.close(opened)


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="a small disk can be made by root only")
def test_a_full_disk_keeps_what_was_there(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(disk)])
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        run = Run(disk, ("A-001",))
        assert run.end() == 0
        before = run.files()
        fill(disk / "filler")
        done = subprocess.run(
            [*run.command, "--again"],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        (disk / "filler").unlink()
        assert {p: c for p, c in run.files().items() if p in before} == before
    finally:
        subprocess.run(["umount", str(disk)], check=True)
