"""What runs inside a report's kernel: it ends with who started it, and begins afresh each time.

`python -m toolkit.kernel -f FILE` is the kernel; `refresh` is called between two notebooks.
"""

import ctypes
import os
import random
import signal
import sys
import warnings

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux

_first: dict[str, object] = {}


def end_with_parent() -> None:
    """Let the system end this process when the one that started it ends, whatever it does then.

    On Linux only; elsewhere the kernel itself looks each second whether its parent is there.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    parent = os.environ.get("JPY_PARENT_PID")
    if parent and os.getppid() != int(parent):
        sys.exit("the process that asked for a kernel is gone")


def refresh() -> None:
    """Bring the kernel back to how it was before its first notebook, but for what is imported."""
    shell = _shell()
    if not _first:
        _first.update(_state(shell))
        return
    names, first = shell.user_ns, _first["names"]
    for name in names.keys() - first.keys():
        del names[name]
    names.update(first)
    for kept in ("In", "Out", "_dh"):
        names[kept].clear()
    names["In"].append("")
    shell.history_manager.reset(new_session=False)
    shell.execution_count = 1
    os.chdir(_first["folder"])
    os.environ.clear()
    os.environ.update(_first["environment"])
    sys.path[:] = _first["path"]
    warnings.filters[:] = _first["filters"]
    random.setstate(_first["random"])
    _refresh_libraries()


def _state(shell: object) -> dict[str, object]:
    return {
        "names": dict(shell.user_ns),
        "folder": os.getcwd(),  # noqa: PTH109
        "environment": dict(os.environ),
        "path": list(sys.path),
        "filters": list(warnings.filters),
        "random": random.getstate(),
    }


def _refresh_libraries() -> None:
    """Undo what a notebook may have set in the libraries that it imported."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed(0)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcdefaults()
    if "pandas" in sys.modules:
        with warnings.catch_warnings(action="ignore"):
            sys.modules["pandas"].reset_option("all")


def _shell() -> object:
    from IPython import get_ipython

    return get_ipython()


def be_kernel() -> None:
    """Be a kernel that has what reports need."""
    end_with_parent()
    from ipykernel.kernelapp import IPKernelApp

    import toolkit.review  # noqa: F401

    IPKernelApp.launch_instance()


if __name__ == "__main__":
    be_kernel()
