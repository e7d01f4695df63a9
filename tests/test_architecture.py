"""The import rules that keep the rooms of the toolkit apart."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.files.shipped import ROOT

TOOLKIT = ROOT / "toolkit"
MODULES = sorted(TOOLKIT.rglob("*.py"))
VERSION = "toolkit"  # the package itself, which holds only its version
MAY_IMPORT = {
    "model": {"model"},
    "assess": {"assess", "model"},
    "report": {"report", "model", VERSION},
    "files": {"files", "model", VERSION},
    "run": {"run", "model", "files", "report"},
    "collect": {"collect", "model", "files", "assess"},
    "shared_options": {"shared_options", "model", "files"},
    "publish": {"publish", "model", "files", "assess", "report"},
    "publishing": {"publishing", "shared_options", "publish", "model", "files", "review", "report"},
    "reporting": {"reporting", "shared_options", "publishing", "model", "files", "review", "run"},
    "importing": {"importing", "shared_options", "collect", "model", "files"},
    "collecting": {
        "collecting",
        "importing",
        "shared_options",
        "collect",
        "model",
        "files",
        "report",
        "review",
    },
    "review": {"review", "model", "assess", "files"},
    "kernel": {"kernel", "review"},
    "lab": {"lab", "review", "assess", "model", "report"},
    "cli": {
        "cli",
        "shared_options",
        "collect",
        "collecting",
        "publishing",
        "reporting",
        "model",
        "assess",
        "files",
        "report",
        "run",
        "review",
        VERSION,
    },
    VERSION: set(),
}
PURE = [path for path in MODULES if path.relative_to(TOOLKIT).parts[0] in {"assess", "report"}]
FLOORS = (  # of assess: the engine of rules, its rooms, what joins them; each imports those below
    {"rules"},
    {"record"},
    {"day", "handed_out", "year", "classes", "deadlines"},
    {"review"},
    {"renewal", "proposals", "seating"},
    {"resources", "decisions"},
    {"stock"},
    {"rulebook"},
    {"one_agreement"},
    {"results"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ASSESS = [path for path in MODULES if path.is_relative_to(TOOLKIT / "assess")]
ON_FLOORS = [path for path in ASSESS if path != TOOLKIT / "assess" / "__init__.py"]
DISK_AND_CLOCK = {"os", "pathlib", "shutil", "subprocess", "tempfile", "time", "random"}
ACTS = {"open", "print", "input", "write_text", "write_bytes", "read_text", "read_bytes"}
ACTS |= {"mkdir", "unlink", "now", "today", "utcnow", "to_csv", "to_excel", "show"}
SLOW = {"papermill", "nbconvert", "matplotlib"}
FILLING = (  # what an analyst runs again and again
    ("check", "data/toronto-2018.xlsx"),
    ("new", "{folder}/my.xlsx"),
    ("start", "{folder}/my-city"),
)
NEVER_TO_FILL = {"pandas", "matplotlib", "papermill", "nbconvert", "highspy", "jinja2"}
COMMAND = "import sys; from toolkit.cli import main; sys.argv = "
HELP = f"{COMMAND}['partnerships', '--help']; main()"
LIST_LOADED = (
    "import atexit, sys; atexit.register(lambda: print("
    "sorted(name for name in sys.modules if '.' not in name), file=sys.stderr)); "
)


def name_of(path: Path) -> str:
    return path.relative_to(TOOLKIT).as_posix()


def room_of(path: Path) -> str:
    """Return the room of a module: its folder, or `cli`, or the package itself."""
    place = path.relative_to(TOOLKIT)
    if len(place.parts) > 1:
        return place.parts[0]
    return VERSION if place.stem == "__init__" else place.stem


def imports(path: Path) -> list[str]:
    """Return every module that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: imports are written in full"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def rooms_imported(path: Path) -> set[str]:
    own = [name.split(".") for name in imports(path) if name.split(".")[0] == "toolkit"]
    return {parts[1] if parts[1:2] != ["__version__"] else VERSION for parts in own}


def called(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = [node.func for node in nodes if isinstance(node, ast.Call)]
    return {getattr(function, "id", getattr(function, "attr", "")) for function in functions}


def loaded_by(code: str) -> set[str]:
    """Return the modules a fresh Python has loaded when some code has ended."""
    command = [sys.executable, "-c", LIST_LOADED + code]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(ast.literal_eval(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_room_may_see(path):
    assert rooms_imported(path) <= MAY_IMPORT[room_of(path)]


@pytest.mark.parametrize("path", ON_FLOORS, ids=name_of)
def test_an_assessment_rests_on_the_floors_below(path):
    own = path.relative_to(TOOLKIT / "assess").with_suffix("").parts[0]
    names = [name.split(".") for name in imports(path)]
    used = {parts[2] for parts in names if parts[:2] == ["toolkit", "assess"]} - {own}
    assert all(FLOOR[room] < FLOOR[own] for room in used), used


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_assessments_and_reports_touch_no_disk_no_clock_and_print_nothing(path):
    assert not {name.split(".")[0] for name in imports(path)} & DISK_AND_CLOCK
    assert not called(path) & ACTS


@pytest.mark.parametrize("code", ["import toolkit", "import toolkit.cli", HELP])
def test_the_commands_start_without_the_slow_libraries(code):
    assert not loaded_by(code) & SLOW


@pytest.mark.parametrize("words", FILLING, ids=lambda words: words[0])
def test_filling_a_workbook_loads_nothing_that_reviews_it(words, tmp_path):
    typed = [word.format(folder=tmp_path.as_posix()) for word in words]
    assert not loaded_by(f"{COMMAND}{['partnerships', *typed]}; main()") & NEVER_TO_FILL


def test_importing_the_package_loads_nothing_of_others():
    assert not loaded_by("import toolkit") & {"pandas", "numpy", "openpyxl", "click"}


def test_no_module_is_a_drawer():
    assert not {path.stem for path in MODULES} & {"utils", "util", "helpers", "common", "misc"}
