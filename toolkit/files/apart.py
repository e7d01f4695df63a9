"""How sheets are read in a process of their own, whose memory and time are limited.

The process is handed the open file, and sends rows back as plain tuples; nothing but built-in kinds
and days is taken from it. It dies alone: whoever asked gets a sentence. Where the system knows no
limits (Windows) only the clock ends it.
"""

import gc
import hashlib
import io
import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from itertools import islice
from pathlib import Path
from threading import Timer
from typing import IO

from toolkit.files.gate import DAMAGED
from toolkit.files.grid import RawCell
from toolkit.files.parts import Package, title_of
from toolkit.files.raw_sheets import RawSheet, read_sheets
from toolkit.files.shipped import PACKAGE
from toolkit.model.issues import InputError

MAX_MEMORY = 1_500_000_000  # bytes of addresses, of which half are used at most
MAX_CPU = 60  # seconds
MAX_SECONDS = 300  # by the clock, on a busy machine too
ROWS_AT_ONCE = 2_000
COMMAND = (sys.executable, "-P", "-m", "toolkit.files.apart")
TOO_COSTLY = (
    "reading the workbook took more memory or time than any table of the form needs. "
    "Copy its tables as values into a new workbook, such as one of `partnerships new`."
)
CHANGED = "the file changed while it was read. Try again."


def read_apart(path: Path, fingerprint: str) -> tuple[str, dict[str, RawSheet]]:
    """Return the title of a workbook, blank where it has none, and its sheets by name.

    Raises
    ------
    InputError
        It cannot be read, or took too much.
    """
    with path.open("rb") as file, _started(file) as process:
        timer = Timer(MAX_SECONDS, process.kill)
        timer.start()
        try:
            return _receive(process.stdout, fingerprint)
        except InputError:
            raise
        except Exception:  # noqa: BLE001, RUF100 - who dies in a sentence may leave anything
            raise InputError(TOO_COSTLY) from None
        finally:
            timer.cancel()
            process.kill()


def _started(file: IO[bytes]) -> "subprocess.Popen[bytes]":
    """Return the process that reads a file; it finds this package, wherever it is started."""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.Popen(COMMAND, stdin=file, env=environment, **pipes)
    except OSError as error:
        reason = f"no process could be started to read it: {error.strerror}"
        raise InputError(f"{reason}. Close other programs and try again.") from None


class _Plain(pickle.Unpickler):
    """Takes what a cell can hold, and refuses every other kind."""

    def find_class(self, module: str, name: str) -> type:
        if module == "datetime" and name in ("datetime", "date", "time", "timedelta"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def _receive(stream: IO[bytes], fingerprint: str) -> tuple[str, dict[str, RawSheet]]:
    title, sheets, rows = "", dict[str, RawSheet](), dict[int, dict[str, RawCell]]()
    while True:
        match _Plain(stream).load():
            case "opened", (of, title):
                if of != fingerprint:
                    raise InputError(CHANGED)
            case "sheet", told:
                rows = {}
                sheets[told["name"]] = RawSheet(rows=rows, **told)
            case "rows", some:
                for number, cells in some:
                    rows[number] = {letter: RawCell._make(cell) for letter, cell in cells}
            case "refused", sentence:
                raise InputError(sentence)
            case "end", _:
                return title, sheets
            case _:
                raise EOFError


def _send_input() -> None:
    """Read the workbook that is the input, and send what it holds."""
    _limit_itself()
    gc.disable()  # what is read holds no circles
    try:
        for message in _told(sys.stdin.buffer):
            pickle.dump(message, sys.stdout.buffer, 5)
    except InputError as refusal:
        pickle.dump(("refused", str(refusal)), sys.stdout.buffer)
    except MemoryError:
        pickle.dump(("refused", TOO_COSTLY), sys.stdout.buffer)
    except Exception:  # noqa: BLE001, RUF100 - a broken file may raise anything
        pickle.dump(("refused", DAMAGED), sys.stdout.buffer)


def _told(file: IO[bytes]) -> Iterator[tuple[str, object]]:
    content = file.read()
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        package = Package(container)
        yield "opened", (hashlib.sha256(content).hexdigest(), title_of(package))
        for sheet in read_sheets(package):
            told = {each.name: getattr(sheet, each.name) for each in fields(sheet)}
            rows = iter(told.pop("rows").items())
            yield "sheet", told
            while some := list(islice(rows, ROWS_AT_ONCE)):
                plain = [
                    (n, [(at, tuple(cell)) for at, cell in cells.items()]) for n, cells in some
                ]
                yield "rows", plain
    yield "end", None


def _limit_itself() -> None:
    """Set the limits that the system knows."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU, MAX_CPU))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


if __name__ == "__main__":
    _send_input()
