"""A kernel that stays gives what a new one gives, and ends with whatever goes wrong."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from toolkit.files.copies import PREFIX, copy_of, private_copies
from toolkit.files.shipped import ROOT
from toolkit.reporting import opened
from toolkit.run.engine import WarmEngine
from toolkit.run.notebook import Task, run_report
from toolkit.run.reports import agreement_tasks, portfolio_tasks

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
HEADER = "from IPython.display import HTML\nHTML('<h1>Title</h1><p>Text</p>')"
LEFT_BEHIND = """\
import os, random, sys, warnings
import numpy, matplotlib
left = 1
Out, In
os.chdir("/")
os.environ["LEFT"] = "1"
sys.path.append("/left")
warnings.simplefilter("error")
random.seed(7)
matplotlib.rcParams["font.size"] = 99
"""
SEEN = """\
import os, random, sys, warnings
import matplotlib
seen = [
    "left" in globals(), os.getcwd() == "/", "LEFT" in os.environ, "/left" in sys.path,
    warnings.filters[0][0] == "error", matplotlib.rcParams["font.size"] == 99, len(Out),
]
from IPython.display import HTML
HTML(f"<h1>Title</h1><p>{seen}</p>")
"""


def small(folder, name, *cells, **how):
    setting = v4.new_code_cell("year: int = 2018", metadata={"tags": ["parameters"]})
    code = [v4.new_code_cell(source) for source in cells]
    path = folder / f"{name}.ipynb"
    nbformat.write(v4.new_notebook(cells=[setting, *code], metadata=KERNEL), path)
    return Task(name, name, path, {}, folder / "pages" / f"{name}.html", **how)


@pytest.fixture
def warm():
    """A kernel that has run a notebook; none afterwards."""
    yield WarmEngine
    WarmEngine.end()


def made(task):
    outcome = run_report(task)
    assert outcome.problem == ""
    return task.page.read_text("utf-8"), task.kept.read_text("utf-8")


def process_of(engine):
    return engine.kernel.provisioner.process.pid


def is_alive(process):
    """Whether a process runs: one that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ends(process, seconds=20):
    deadline = time.monotonic() + seconds
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(process)


def test_the_kernel_stays_for_the_next_notebook(warm, tmp_path):
    made(small(tmp_path, "one", HEADER))
    first = process_of(warm)
    made(small(tmp_path, "two", HEADER))
    assert process_of(warm) == first


def test_nothing_of_a_notebook_is_there_in_the_next(warm, tmp_path):
    made(small(tmp_path, "one", LEFT_BEHIND, HEADER))
    page, _ = made(small(tmp_path, "two", SEEN))
    assert str([False] * 6 + [0]) in page


def test_random_numbers_are_those_of_the_first_notebook(warm, tmp_path):
    draw = f"import random\n{HEADER.replace('Text', '{random.random()}')}".replace(
        "HTML('", "HTML(f'"
    )
    pages = {made(small(tmp_path, name, draw))[0] for name in ("one", "two")}
    assert len(pages) == 1


@pytest.mark.parametrize("cell", ["1 / 0", "import os\nos._exit(3)", "import os\nos.kill(0, 9)"])
def test_after_a_failure_there_is_a_new_kernel(warm, tmp_path, cell):
    made(small(tmp_path, "good", HEADER))
    first = process_of(warm)
    assert run_report(small(tmp_path, "bad", HEADER, cell)).problem
    assert ends(first)
    made(small(tmp_path, "again", HEADER))
    assert process_of(warm) != first


def test_a_cell_that_takes_too_long_is_ended_and_said(warm, tmp_path):
    hold = "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')"  # holds the interpreter for years
    made(small(tmp_path, "good", HEADER))
    first = process_of(warm)
    outcome = run_report(small(tmp_path, "long", HEADER, hold, timeout=1))
    assert outcome.problem == "A cell took longer than 1 seconds."
    assert ends(first)


@pytest.mark.parametrize("cell", ["while True: print('x' * 10_000)", "print('x' * 60_000_000)"])
def test_a_notebook_that_writes_without_end_is_ended(warm, tmp_path, cell):
    outcome = run_report(small(tmp_path, "loud", HEADER, cell))
    assert outcome.problem == "The notebook wrote more than 50 million characters."


@pytest.mark.long
def test_what_lies_where_the_command_is_started_is_not_taken(tmp_path, monkeypatch):
    (tmp_path / "toolkit").mkdir()
    (tmp_path / "toolkit" / "__init__.py").write_text("1 / 0")
    (tmp_path / "matplotlibrc").write_text("font.size: 99\n")
    other = tmp_path / "share" / "kernels" / "python3"
    other.mkdir(parents=True)
    spec = {"argv": ["/bin/false"], "display_name": "Another", "language": "python"}
    (other / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share"))
    command = [sys.executable, "-c", "from toolkit.cli import main; main()", "reports"]
    given = [str(ROOT / "data" / "sample.xlsx"), "--year", "2025", "--only", "A-001"]
    pages = []
    for folder, more in ((tmp_path, []), (tmp_path, ["--fresh-kernels"]), (ROOT, [])):
        out = tmp_path / str(len(pages))
        paths = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
        subprocess.run(
            [*command, *given, *more, "-o", str(out), "--quiet"], cwd=folder, check=True, env=paths
        )
        pages.append(next(out.glob("sample/2025/agreements/*.html")).read_bytes())
    assert len(set(pages)) == 1


def same_in_every_order(tasks, folder):
    """Whether notebooks of a warm kernel are those of new ones, whatever was run before."""
    expected = {}
    for task in tasks:
        expected[task.name] = made(in_folder(task, folder / "stock", is_fresh=True))
    orders = [list(tasks), list(tasks)[::-1], random.Random(5).sample(tasks, len(tasks))]
    return all(
        made(in_folder(task, folder / str(number))) == expected[task.name]
        for number, order in enumerate(orders)
        for task in order
    )


def in_folder(task, folder, **how):
    page = folder / task.page.name
    return Task(task.name, task.title, task.notebook, task.parameters, page, **how)


@pytest.fixture
def order(tmp_path):
    with opened("data/sample.xlsx", 2025, output=str(tmp_path / "out")) as (order, _):
        yield order


def test_a_warm_kernel_gives_what_new_ones_give(warm, order, tmp_path):
    assert same_in_every_order(agreement_tasks(order)[:2], tmp_path)


@pytest.mark.long
def test_a_warm_kernel_gives_what_new_ones_give_of_every_portfolio_notebook_and_twelve_agreements(
    warm, order, tmp_path
):
    some = random.Random(5).sample(agreement_tasks(order), 12)
    assert same_in_every_order([*portfolio_tasks(order), *some], tmp_path)


def test_within_a_run_an_input_is_what_it_was_at_its_start(tmp_path):
    path = tmp_path / "my.xlsx"
    path.write_bytes(b"first")
    with private_copies(path) as folder:
        path.write_bytes(b"second")
        assert copy_of(path).read_bytes() == b"first"
        path.unlink()
        assert copy_of(path).read_bytes() == b"first"
        assert copy_of(tmp_path / "other.xlsx") == tmp_path / "other.xlsx"
    assert not folder.exists()
    assert copy_of(path) == path


def test_the_folder_of_a_run_that_was_killed_is_taken_away(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stale, own = tmp_path / f"{PREFIX}{ended.pid}-x", tmp_path / f"{PREFIX}{os.getpid()}-x"
    stale.mkdir(), own.mkdir()
    with private_copies():
        assert (stale.exists(), own.exists()) == (False, True)


def test_a_workbook_that_is_deleted_during_a_run_changes_nothing(warm, tmp_path):
    path = tmp_path / "my.xlsx"
    shutil.copy(ROOT / "data" / "sample.xlsx", path)
    with opened(str(path), 2025, output=str(tmp_path / "out")) as (order, _):
        path.unlink()
        assert run_report(agreement_tasks(order, ["A-001"])[0]).problem == ""


HOLDING = [HEADER, "import re\nre.match(r'(a+)+$', 'a' * 60 + 'b')"]


@pytest.mark.parametrize(
    ("name", "jobs"),
    [
        ("SIGINT", 1),
        ("SIGTERM", 1),
        ("SIGKILL", 2),
        pytest.param("SIGKILL", 1, marks=pytest.mark.long),
        pytest.param("SIGINT", 2, marks=pytest.mark.long),
        pytest.param("SIGTERM", 2, marks=pytest.mark.long),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="asks the system who runs")
def test_no_kernel_outlives_its_command(tmp_path, name, jobs):
    """A cell holds the interpreter lock, so that the kernel cannot end by itself."""
    holding = [small(tmp_path, f"holds{n}", *HOLDING).notebook for n in range(jobs)]
    run = (
        "import sys; from pathlib import Path; from toolkit.run.batch import *; "
        "from toolkit.run.notebook import Task\n"
        "if __name__ == '__main__':\n"
        "    from toolkit.cli import end_when_asked; end_when_asked()\n"
        "    tasks = [Task(n, n, Path(n), {}, Path(n + '.html')) for n in sys.argv[2:]]\n"
        "    try:\n"
        "        with workers(int(sys.argv[1])) as pool:\n"
        "            run_reports(tasks, executor=pool, done=print)\n"
        "    except BaseException:\n"
        "        leave(130)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(run)
    command = [sys.executable, str(script), str(jobs), *map(str, holding)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(command, env=env, cwd=tmp_path, start_new_session=True)
    kernels = []
    deadline = time.monotonic() + 60
    while len(kernels) < jobs and time.monotonic() < deadline:
        time.sleep(0.2)
        kernels = [p for p in below(child.pid) if "toolkit.kernel" in command_of(p) and busy(p)]
    others = below(child.pid)
    assert len(kernels) == jobs
    child.send_signal(getattr(signal, name))
    child.wait(20)
    assert [p for p in others if not ends(p)] == []


def below(process):
    """Return the processes that a process started, and those that they started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == process:
            found += [int(path.parent.name), *below(int(path.parent.name))]
    return found


def command_of(process):
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def busy(process):
    """Whether a process has taken two seconds of a core: its cell runs."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") > 2.5
