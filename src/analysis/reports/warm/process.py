"""The warm process: it imports, waits, and forks a kernel when asked.

Nothing is computed here and no thread runs here, so that a fork is a process which has just
imported its modules: it cannot know of the notebooks before it, because they ran in other forks.
"""

import atexit
import builtins
import ctypes
import gc
import json
import logging
import os
import random
import signal
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from io import BufferedRWPair
from types import SimpleNamespace
from typing import Any

from analysis.reports.warm.imports import import_all

_PR_SET_PDEATHSIG = 1  # linux/prctl.h; kernels are forks on Linux only


def main(descriptor: int) -> None:
    """Serve the requests that come over a socket, until its other end is closed."""
    sys.path.pop(0)  # the folder of `python -c`, as ipykernel's launcher does
    connection = socket.socket(fileno=descriptor)
    before = dict(os.environ)
    with _as_in_a_kernel():
        import_all()
    set_by_imports = {n: v for n, v in os.environ.items() if before.get(n) != v}
    gc.collect()
    gc.freeze()  # so that collecting in a fork does not copy what was imported
    request = _serve(connection)
    if request is not None:
        request["env"] = {**set_by_imports, **request["env"]}
        _become_kernel(request)


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """Let modules that ask where they are imported find what they would in a kernel.

    Pandas asks `get_ipython` how wide it may print, and the output for its encoding. What packages
    warn of when they are imported is left out: no notebook shows it.
    """
    sys.stdout.reconfigure(encoding="UTF-8")  # type: ignore[union-attr]
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    shown, warnings.showwarning = warnings.showwarning, lambda *_, **__: None
    try:
        yield
    finally:
        warnings.showwarning = shown
        del builtins.get_ipython  # type: ignore[attr-defined]


def _serve(connection: socket.socket) -> dict[str, Any] | None:
    """Answer requests; return in each fork with its request, and at the end with None."""
    kernels: set[int] = set()
    ours = os.getpid()
    with connection, connection.makefile("rwb") as stream:
        for line in stream:
            request = json.loads(line)
            if "wait" in request:
                answer = _exit_code(request["wait"])
                kernels.discard(request["wait"])
            else:
                answer = os.fork()
                if answer == 0:
                    _end_with(ours)
                    return dict(request)
                os.setpgid(answer, answer)  # before anyone asks for its group
                kernels.add(answer)
            _send(stream, answer)
    for kernel in kernels:  # whoever asked for them is gone
        os.killpg(kernel, signal.SIGKILL)
    return None


def _end_with(parent: int) -> None:
    """Let the system kill this process when its parent ends, however it ends.

    A kernel looks for its parent once a second, and only after it has started.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended before this was asked for
        os._exit(1)


def _exit_code(kernel: int) -> int:
    _, status = os.waitpid(kernel, 0)
    return os.waitstatus_to_exitcode(status)


def _send(stream: BufferedRWPair, answer: int) -> None:
    stream.write(f"{answer}\n".encode())
    stream.flush()


def _become_kernel(request: dict[str, Any]) -> None:
    """Run a kernel with the folder, environment and arguments that a spawned one would have."""
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher.origin if launcher else ""), *request["arguments"]]
    _seed()

    from ipykernel.kernelapp import IPKernelApp

    # Its default, read from the environment, is of the time when ipykernel was imported.
    parent = os.getppid()  # the kernel ends when the warm process does
    IPKernelApp.launch_instance(
        argv=request["arguments"],
        parent_handle=parent,
        log_level=logging.CRITICAL,  # it reports being interrupted, which ends every kernel
    )
    atexit._run_exitfuncs()
    os._exit(0)  # taking apart what was imported would first copy all of it


def _seed() -> None:
    """Draw new seeds: forks would otherwise share the random numbers nobody seeded."""
    import numpy as np

    random.seed()
    np.random.seed()  # noqa: NPY002  (the global generator that a notebook may use)
