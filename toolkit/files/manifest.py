"""What a folder of results was made from, and what became of each report: `run.json`."""

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock, Timeout

from toolkit import __version__
from toolkit.files.opening import Case
from toolkit.files.outputs import write_bytes
from toolkit.model.issues import InputError

LIBRARIES = ("matplotlib", "nbconvert", "openpyxl", "pandas", "papermill")


@contextmanager
def only_one_run(folder: Path) -> Iterator[None]:
    """Hold a results folder; a second run into it is refused, not mixed in."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout:
        raise InputError(f"{folder}: another run is writing here. Wait until it ends.") from None


def describe_run(case: Case) -> dict[str, object]:
    """Return what a run stands on: inputs by their hash, the date, the versions."""
    return {
        "workbook": case.portfolio.file_name,
        "workbook_sha256": case.portfolio.sha256,
        "title": case.portfolio.title,
        "illustrative": case.portfolio.is_illustrative,
        "policy": case.policy.file_name,
        "policy_edition": case.policy.edition,
        "policy_sha256": case.policy.sha256,
        "wording_sha256": case.policy.wording.sha256,
        "year": case.year,
        "as_of": case.as_of.isoformat(),
        "toolkit": __version__,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def read_manifest(folder: Path) -> dict[str, object]:
    """Return a folder's manifest, empty where there is none that can be read."""
    try:
        return json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_manifest(
    folder: Path, run: Mapping[str, object], reports: Sequence[Mapping[str, object]]
) -> dict[str, object]:
    """Write run.json, keeping reports of an earlier run that stand on the same inputs."""
    earlier = read_manifest(folder)
    same = all(earlier.get(key) == value for key, value in run.items())
    kept = earlier.get("reports", {}) if same else {}
    made = {report["name"]: dict(report) for report in reports}
    manifest = {**run, "reports": {**kept, **made}}
    content = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    write_bytes(folder / "run.json", content.encode())
    return manifest


def all_runs(outputs: Path) -> list[tuple[str, dict[str, object]]]:
    """Return the manifest of every run below the outputs folder, with its place."""
    found = sorted(path.parent for path in outputs.glob("*/*/run.json"))
    return [(path.relative_to(outputs).as_posix(), read_manifest(path)) for path in found]
