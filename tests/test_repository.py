"""What the repository declares about itself agrees, and it speaks only of itself."""

import ast
import re
import sys
import tomllib
from importlib.metadata import distribution, packages_distributions

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from toolkit.files.shipped import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.lock": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "requirements-dev.lock": [*PROJECT["dependencies"], *EXTRAS["build"], *EXTRAS["dev"]],
}
PYTHONS = {"3.11": "3.11.7", "3.12": "3.12.1", "3.13": "3.13.0"}
SYSTEMS = {"linux": "posix", "darwin": "posix", "win32": "nt"}
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # without a window toolkit, which nothing opens
NOT_IMPORTED = {
    "jupyterlab": "the workbench of an analyst",
    "defusedxml": "openpyxl reads workbooks safely with it",
}
FOLDERS = (".ci", "data", "docs", "notebooks", "outputs", "tests", "toolkit")
NOT_TEXT = {".xlsx", ".png", ".pyc"}
GENERATED = {"__pycache__", ".ipynb_checkpoints"}
MACHINE_PATH = re.compile(r"(?<![\w./-])/(work|root|tmp|home)/")
REGISTRY = re.compile(
    r"\b(pypi|pythonhosted|anaconda|artifactory|devpi)[\w.-]*\.(org|com|net|io)\b"
)


def requirements(lines) -> dict[str, Requirement]:
    parsed = [Requirement(line) for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in parsed}


def pins(lock: str) -> list[Requirement]:
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if line and line[0] not in " #"]


def environment(python: str, system: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": PYTHONS[python],
        "sys_platform": system,
        "os_name": SYSTEMS[system],
    }


def pinned_versions(lock: str, where: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pin in pins(lock):
        if pin.marker is None or pin.marker.evaluate(where):
            found.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier)[2:])
    return found


def sources(*folders: str) -> list[str]:
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*"))]
    scripts = [path.read_text("utf-8") for path in files if path.suffix == ".py"]
    notebooks = [
        nbformat.read(path, 4)
        for path in files
        if path.suffix == ".ipynb" and not GENERATED & set(path.parts)
    ]
    cells = [cell for notebook in notebooks for cell in notebook.cells]
    return scripts + [cell.source for cell in cells if cell.cell_type == "code"]


def imported(*folders: str) -> set[str]:
    """Return the distributions that the code of some folders imports."""
    modules = {name for source in sources(*folders) for name in top_modules(ast.parse(source))}
    own = {path.stem for path in (ROOT / "tests").rglob("*.py")} | {"toolkit"}
    others = modules - own - set(sys.stdlib_module_names)
    distributions = packages_distributions()
    return {canonicalize_name(distributions.get(name, [name])[0]) for name in others}


def top_modules(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names}


def project_files():
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    generated = {path for path in (ROOT / "outputs").rglob("*") if path.name != "README.md"}
    kinds = {".md", ".toml", ".yml", ".yaml", ".lock", ""}
    top = [path for path in ROOT.iterdir() if path.suffix in kinds]
    for path in {*inside, *top} - generated:
        if path.is_file() and path.suffix not in NOT_TEXT and not GENERATED & set(path.parts):
            yield path


def lines_with(pattern: re.Pattern) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in project_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def conda_dependencies() -> tuple[dict[str, str], list[dict[str, list[str]]]]:
    entries = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    named = [entry for entry in entries if isinstance(entry, str)]
    pairs = dict([*entry.split(maxsplit=1), ""][:2] for entry in named)
    return pairs, [entry for entry in entries if not isinstance(entry, str)]


def test_the_conda_environment_asks_for_what_the_package_asks_for():
    conda, pip = conda_dependencies()
    assert conda.pop("python") == PROJECT["requires-python"]
    assert conda.pop("pip") == ""
    assert pip == [{"pip": ["-e ."]}]
    declared = requirements(PROJECT["dependencies"])
    asked = {CONDA_NAMES.get(name, name): limits for name, limits in conda.items()}
    assert asked == {name: str(requirement.specifier) for name, requirement in declared.items()}


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_each_dependency_once_within_its_limits(lock, python, system):
    pinned = pinned_versions(lock, environment(python, system))
    assert all(len(versions) == 1 for versions in pinned.values())
    for name, requirement in requirements(LOCKS[lock]).items():
        assert requirement.specifier.contains(pinned[name][0]), requirement


def test_both_locks_pin_the_same_versions():
    """The systems a pin is for may be more for development, which needs it for more."""
    locked, developed = ({f"{p.name}{p.specifier}" for p in pins(lock)} for lock in LOCKS)
    assert locked <= developed


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert len(re.findall(r" \\\n    --hash=sha256:[0-9a-f]{64}", text)) >= len(pins(lock))
    assert not re.search(r" \\\n(?! )|https?:|file:|--(extra-)?index-url|--find-links| @ ", text)
    assert all(str(pin.specifier).startswith("==") for pin in pins(lock))


def test_what_the_toolkit_and_the_notebooks_import_is_declared():
    declared = requirements([*PROJECT["dependencies"], *EXTRAS["docx"], *EXTRAS["dask"]])
    assert imported("toolkit", "notebooks", "data") <= set(declared)


def test_what_is_declared_is_imported_or_has_its_reason():
    declared = set(requirements(PROJECT["dependencies"]))
    assert declared - imported("toolkit", "notebooks") == set(NOT_IMPORTED)


def test_what_the_tests_import_is_declared():
    declared = requirements([*PROJECT["dependencies"], *EXTRAS["dev"]])
    assert imported("tests") <= set(declared)


@pytest.mark.parametrize("name", ["partnerships", "partnerships_report"])
def test_the_command_and_the_export_format_can_be_loaded(name):
    entry = distribution("partnerships").entry_points[name]
    assert callable(entry.load())


def test_no_file_names_a_place_on_a_machine():
    assert lines_with(MACHINE_PATH) == []


def test_no_file_names_the_host_of_a_registry():
    assert lines_with(REGISTRY) == []


def test_every_make_command_of_the_documents_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    texts = [path.read_text("utf-8") for path in documents]
    named = {name for text in texts for name in re.findall(r"(?:`|    )make ([a-z-]+)", text)}
    assert {"demo", "test"} <= named <= targets


def test_hooks_before_a_commit_run_only_what_is_installed_here():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}
