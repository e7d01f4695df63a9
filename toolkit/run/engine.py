"""A papermill engine that keeps one kernel for all the notebooks of a process.

A kernel costs most of a second to start, and the workbook as much to read; a report a tenth of
that. So the kernel stays, with what it has imported and read, and is brought back to its
beginning between two notebooks. After any failure it is ended, and the next notebook gets a new
one. The notebook is saved at its start and its end, not after each cell.
"""

import atexit
import os
import shutil
import signal
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_core.utils import run_sync
from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from traitlets.config import Config

from toolkit.files.copies import run_folder
from toolkit.model.issues import InputError

LONGEST_SOCKET_FOLDER = 80  # letters; the system's limit of a socket's name is about 100
MOST_OUTPUT = 50_000_000  # characters that the cells of one notebook may write
LAUNCH = [sys.executable, "-P", "-m", "toolkit.kernel", "-f", "{connection_file}"]
ARGUMENTS = [
    "--log-level=CRITICAL",
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.ignore_cwd=True",  # what lies where it starts is not imported
]
TOO_MUCH = f"The notebook wrote more than {MOST_OUTPUT // 1_000_000} million characters."
REFRESH = '__import__("toolkit.kernel", fromlist=["refresh"]).refresh()'


class OwnKernels(AsyncKernelManager):
    """Starts kernels of the Python that runs, whatever is installed under the kernel's name."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel of this package; what users set for their own kernels is not its."""
        own = ["--ipython-dir", str(Path(self.connection_file).parent)]
        return KernelSpec(argv=[*LAUNCH, *own], display_name="Python 3", language="python")

    def end(self) -> None:
        """End the kernel and what it started, at once."""
        group = getattr(self.provisioner, "pgid", None)
        with suppress(ProcessLookupError, PermissionError):
            if group:
                os.killpg(group, signal.SIGKILL)


class WarmClient(PapermillNotebookClient):
    """Runs the cells of one notebook; more output than anyone can read ends its kernel."""

    written = 0

    def process_message(self, msg: dict, *args: object, **options: object) -> object:
        """Take a message of the kernel, unless the notebook has written too much already."""
        content = msg["content"]
        texts = (content.get("text", ""), *content.get("data", {}).values())
        self.written += sum(len(str(text)) for text in texts)
        if self.written > MOST_OUTPUT:
            self.km.end()
            return None
        return super().process_message(msg, *args, **options)

    def papermill_execute_cells(self) -> None:
        """Bring the kernel to its beginning, then run the cells."""
        reply = self.wait_for_reply(self.kc.execute(REFRESH, silent=True))
        if reply["content"]["status"] != "ok":
            raise DeadKernelError("The kernel could not be brought to its beginning.")
        super().papermill_execute_cells()


class WarmEngine(NBClientEngine):
    """The engine that keeps its kernel: one at a time in a process."""

    kernel: OwnKernels | None = None
    channels: object = None

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        execution_timeout: int | None = None,
        **_others: object,
    ) -> None:
        """Run a notebook in the kernel that is there, or in a new one.

        Raises
        ------
        InputError
            The notebook wrote without end.
        """
        client = WarmClient(
            nb_man,
            km=cls.kernel or OwnKernels(config=kernel_config()),
            timeout=execution_timeout,
            record_timing=False,
            extra_arguments=ARGUMENTS,
        )
        client.kc = cls.channels
        path, nb_man.output_path = nb_man.output_path, None
        is_whole = False
        try:
            client.execute()
            is_whole = not nb_man.nb.metadata.papermill.exception
        except DeadKernelError:
            if client.written > MOST_OUTPUT:
                raise InputError(TOO_MUCH) from None
            raise
        finally:
            nb_man.output_path = path
            cls.kernel, cls.channels = client.km, client.kc
            if not is_whole:
                cls.end()

    @classmethod
    def end(cls) -> None:
        """End the kernel, if there is one."""
        kernel, channels = cls.kernel, cls.channels
        cls.kernel = cls.channels = None
        if kernel is None:
            return
        kernel.end()
        with suppress(Exception):
            run_sync(kernel.shutdown_kernel)(now=True)
            channels.stop_channels()


atexit.register(WarmEngine.end)


def kernel_config() -> Config:
    """Return where a kernel listens: on files of its own, for ports and shared names may collide.

    The name of such a file has a limit of about 100 letters; beyond it, and on Windows, on ports.
    """
    folder = Path(tempfile.mkdtemp(prefix="kernel-", dir=run_folder()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    files = os.name == "posix" and len(str(folder)) < LONGEST_SOCKET_FOLDER
    settings = {"transport": "ipc" if files else "tcp"}
    return Config({"KernelManager": {**settings, "connection_file": str(folder / "kernel.json")}})
