"""The wheel holds all that a command needs, so it works in an empty folder, without the clone."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolkit.files.shipped import ROOT

SOURCES = ("toolkit", "notebooks", "data", "pyproject.toml", "README.md", "LICENSE")
ROW = {
    "agreement_id": "A-001",
    "partner": "Porto",
    "country": "Portugal",
    "classification": "Partnership",
}
BIN = "Scripts" if os.name == "nt" else "bin"
WHERE = "import toolkit, toolkit.files.shipped as s; print(toolkit.__file__, s.ROOT, sep='\\n')"


def run(place, *words):
    """Run a command in a folder as if there were no clone, and return what it printed."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([*map(str, words)], cwd=place, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy so that nothing of an earlier build is in it."""
    copy = tmp_path_factory.mktemp("copy")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name)
        else:
            shutil.copy(ROOT / name, copy)
    build = ("-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", "dist", ".")
    run(copy, sys.executable, *build)
    (made,) = (copy / "dist").glob("*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """A Python that has the wheel and, behind it, the libraries of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = folder / BIN / Path(sys.executable).name
    own = Path(
        run(folder, python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    )
    (own / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    run(folder, python, "-m", "pip", "install", "-q", "--no-deps", "--ignore-installed", wheel)
    return folder


@pytest.fixture(scope="module")
def city(environment, tmp_path_factory):
    """A city's folder with one agreement, laid out in an empty folder."""
    empty = tmp_path_factory.mktemp("empty")
    run(empty, environment / BIN / "partnerships", "start", "my-city", "--year", "2025")
    path = empty / "my-city" / "agreements.xlsx"
    workbook = load_workbook(path)
    page = workbook["Agreements"]
    for heading in page[1]:
        if heading.value in ROW:
            page.cell(2, heading.column, ROW[heading.value])
    workbook.save(path)
    return path.parent


def test_every_package_of_the_toolkit_is_named_for_the_wheel():
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {path.parent for path in (ROOT / "toolkit").rglob("*.py")}
    packages = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert set(named["packages"]) == packages | set(named["package-dir"])


@pytest.mark.long
def test_the_wheel_holds_every_notebook_policy_and_workbook_of_the_toolkit(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "data").glob("*.toml")]
    wanted += [ROOT / "data" / "sample.xlsx", ROOT / "data" / "toronto-2018.xlsx"]
    places = {f"toolkit/shipped/{path.relative_to(ROOT).as_posix()}" for path in wanted}
    assert places | {"toolkit/report/templates/page.html.j2"} <= names
    assert not [name for name in names if name.startswith(("notebooks/", "data/"))]


@pytest.mark.long
def test_the_wheel_is_in_use_and_not_the_clone(environment, tmp_path):
    package, shipped = map(Path, run(tmp_path, environment / BIN / "python", "-c", WHERE).split())
    assert package.is_relative_to(environment)
    assert shipped == package.parent / "shipped"


@pytest.mark.long
def test_a_city_is_reviewed_in_its_own_folder(environment, city):
    command = environment / BIN / "partnerships"
    run(city, command, "check", "agreements.xlsx")
    for verb in ("review", "reports"):
        run(city, command, verb, "agreements.xlsx", "--year", "2025", "--quiet")
    folder = city / "outputs" / "agreements" / "2025"
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert {"index.html", "annual-review.html", "agreements/a-001-porto.html"} <= pages
    assert "Policy" in (folder / "annual-review.html").read_text("utf-8")
    assert "not answered yet: currency" in (folder / "annual-review.html").read_text("utf-8")


@pytest.mark.long
def test_a_notebook_of_the_city_runs_and_is_exported_by_itself(environment, city):
    python = environment / BIN / "python"
    run(city, python, "-m", "papermill", "-k", "python3", "agreement_review.ipynb", "out.ipynb")
    run(city, python, "-m", "nbconvert", "--to", "partnerships_report", "out.ipynb")
    assert "Porto" in (city / "out-agreements-2025.html").read_text("utf-8")
