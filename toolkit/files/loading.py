"""What an Excel file holds: sheets of raw cells, opened with care and never written to.

The gate looks at the file first; then it is read, here or in a process of its own.
"""

import gc
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toolkit.files.apart import read_apart
from toolkit.files.gate import DAMAGED, MAX_FILE_BYTES, inspect, refuse_crowds
from toolkit.files.kinds import refuse_other_archives, refuse_other_files
from toolkit.files.parts import Package, title_of
from toolkit.files.raw_sheets import RawSheet, read_sheets
from toolkit.model.issues import InputError

SMALL = 5_000_000  # bytes unpacked; what is larger is read apart


@dataclass(frozen=True)
class RawWorkbook:
    """A whole file: its title, its fingerprint and its sheets in order."""

    file_name: str
    title: str
    sha256: str
    sheets: Mapping[str, RawSheet]


def load(path: Path) -> RawWorkbook:
    """Return what the file holds.

    Raises
    ------
    InputError
        There is no such file, or it is not an .xlsx workbook that can be opened.
    """
    content = _read_bytes(path)
    try:
        refuse_other_files(content)
        with _uncollected():
            title, sheets = _read(path, content)
    except InputError as refusal:
        raise InputError(f"{path.name}: {refusal}") from None
    except Exception:  # noqa: BLE001, RUF100 - a broken file may raise anything
        raise InputError(f"{path.name}: {DAMAGED}") from None
    return RawWorkbook(path.name, title or path.stem, _fingerprint(content), sheets)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for no circles meanwhile: cells make none, and millions of them take time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(path: Path, content: bytes) -> tuple[str, dict[str, RawSheet]]:
    """Return the title, blank where there is none, and the sheets by name."""
    refuse_crowds(content)
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        refuse_other_archives(container)
        found = inspect(container)
        if found.is_odd or found.unpacked > SMALL:
            return read_apart(path, _fingerprint(content))
        package = Package(container)
        return title_of(package), {sheet.name: sheet for sheet in read_sheets(package)}


def _read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that is not too large to be a workbook."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{path.name}: the file is larger than 50 MB. Split the workbook.")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror}.") from None


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
