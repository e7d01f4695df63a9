"""One run, one reading: every process of a run reads the same private copies of its inputs.

The copies lie in a folder of the run's own, which the environment names to the processes it
starts. A run that was killed leaves its folder behind; the next run takes it away.
"""

import hashlib
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ASIDE = ".pickle"
FOLDER = "PARTNERSHIPS_RUN_FOLDER"
PREFIX = "partnerships-"
OF_RESULTS = ("run.json", "workbook.xlsx")  # what next year reads of a folder of results


@contextmanager
def private_copies(*inputs: Path) -> Iterator[Path]:
    """Copy files, and what is read of folders of results, aside; yield the run's own folder.

    Until the end `copy_of` gives the copies, in this process and in those it starts. An input
    that cannot be read has no copy: who opens it says why.
    """
    _sweep()
    with tempfile.TemporaryDirectory(
        prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True
    ) as folder:
        for path in inputs:
            _copy(path, Path(folder))
        before = os.environ.get(FOLDER)
        os.environ[FOLDER] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop(FOLDER)
            if before is not None:
                os.environ[FOLDER] = before


def copy_of(path: Path) -> Path:
    """Return the private copy of an input; the input itself where there is none."""
    folder = os.environ.get(FOLDER)
    if not folder:
        return path
    copy = _place(path, Path(folder))
    return copy if exists(copy) else path


def exists(path: Path) -> bool:
    """Whether something is there; nothing can be where a name is too long."""
    try:
        return path.exists()
    except OSError:
        return False


def run_folder() -> Path | None:
    """Return the folder of the run that this process belongs to."""
    folder = os.environ.get(FOLDER)
    return Path(folder) if folder else None


def _place(path: Path, folder: Path) -> Path:
    """Return where a copy lies: apart from others of the same name."""
    whole = str(path.resolve())
    return (
        folder / hashlib.sha256(whole.encode(errors="surrogateescape")).hexdigest()[:16] / path.name
    )


def _copy(path: Path, folder: Path) -> None:
    place = _place(path, folder)
    pairs = [(path, place)]
    if path.is_dir():
        pairs = [(path / name, place / name) for name in OF_RESULTS]
    for source, target in pairs:
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(source, target)
            except OSError:
                target.unlink(missing_ok=True)


def _sweep() -> None:
    """Take away the folders of runs whose process is gone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def put_aside(name: str, thing: object) -> None:
    """Keep what the run worked out for the processes it starts; nothing where no run is on."""
    folder = run_folder()
    if folder is not None:
        (folder / f"{name}{ASIDE}").write_bytes(pickle.dumps(thing))


def take_up(name: str) -> object | None:
    """Return what the run that this process belongs to has put aside."""
    folder = run_folder()
    path = folder / f"{name}{ASIDE}" if folder else None
    return pickle.loads(path.read_bytes()) if path and path.is_file() else None
