"""Ask the warm process for kernels, from any thread."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from threading import Lock
from typing import Any

from analysis.reads import NOTES

# One thread each for linear algebra and memory, so that the warm process has no second thread when
# it forks.
_SINGLE = {"JE_ARROW_MALLOC_CONF": "background_thread:false", "OPENBLAS_NUM_THREADS": "1"}
# Else the debugger that every kernel imports warns that Python's own modules cannot be debugged.
_QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
# As ipykernel sets it before anything is imported.
_INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
# They differ from call to call, and no import reads them.
_PASSING = {"JPY_PARENT_PID", "JPY_SESSION_NAME", "PYTEST_CURRENT_TEST", NOTES}
_CODE = "import sys; from analysis.reports.warm.process import main; main(int(sys.argv[1]))"


class Kernel:
    """A kernel that the warm process forked; it has what jupyter_client uses of `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, origin: "WarmProcess") -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._origin = origin
        self._ended = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        if self.returncode is None and select.select([self._ended], [], [], 0)[0]:
            return self.wait()
        return self.returncode

    def wait(self) -> int:
        """Wait for the end, and return the exit code."""
        if self.returncode is None:
            select.select([self._ended], [], [])
            os.close(self._ended)
            self.returncode = self._origin.exit_code(self.pid)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class WarmProcess:
    """A process that has imported what notebooks need, in an environment."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._lock = Lock()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE, str(theirs.fileno())],
                env={**_INLINE, **environment, **_SINGLE, **_QUIET},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # a key that interrupts the build must not end it
            )
        self._connection = ours
        self._answers = ours.makefile("rb")

    def fork(self, arguments: list[str], cwd: str, environment: Mapping[str, str]) -> Kernel:
        """Return a new kernel.

        Raises
        ------
        ConnectionError
            If the warm process is no more.
        """
        request = {"arguments": arguments, "cwd": cwd, "env": dict(environment)}
        return Kernel(self._ask(request), self)

    def exit_code(self, kernel: int) -> int:
        """Return the exit code of a kernel that has ended; -9 if nobody knows."""
        try:
            return self._ask({"wait": kernel})
        except ConnectionError:
            return -int(signal.SIGKILL)

    def close(self) -> None:
        """End the warm process and the kernels it still has."""
        self._answers.close()
        self._connection.close()
        self._process.wait()

    def _ask(self, request: Mapping[str, Any]) -> int:
        with self._lock:
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            answer = self._answers.readline()
        if not answer:
            raise ConnectionError("The warm process has ended.")
        return int(answer)


_running: dict[frozenset[tuple[str, str]], WarmProcess] = {}
_starting = Lock()


def fork_kernel(arguments: list[str], cwd: str, environment: Mapping[str, str]) -> Kernel:
    """Return a new kernel, a fork of the warm process of this environment.

    The warm process is started by the first call, and again if it was killed.

    Parameters
    ----------
    arguments : list of str
        What follows `python -m ipykernel_launcher`.
    cwd : str
        Folder the kernel runs in.
    environment : mapping
        Its environment variables. A module may have read them when it was imported, so another
        environment gets another warm process, and the former ends.
    """
    key = frozenset((name, value) for name, value in environment.items() if name not in _PASSING)
    for _ in range(2):
        warm = _warm_process(key, environment)
        try:
            return warm.fork(arguments, cwd, environment)
        except ConnectionError:
            _forget(warm)
    raise ConnectionError(
        "The warm process ends as soon as it starts; what it printed says why. "
        'Run with papermill\'s own engine, "nbclient", in the meantime.'
    )


@atexit.register
def stop() -> None:
    """End the warm process, and the kernels it still has."""
    with _starting:
        _end_all()


def _end_all() -> None:
    while _running:
        _running.popitem()[1].close()


def _forget(warm: WarmProcess) -> None:
    """End a warm process that is no more; another one may run already, with kernels."""
    with _starting:
        for key in [key for key, running in _running.items() if running is warm]:
            del _running[key]
        warm.close()


def _warm_process(key: frozenset[tuple[str, str]], environment: Mapping[str, str]) -> WarmProcess:
    with _starting:
        if key not in _running:
            _end_all()
            _running[key] = WarmProcess(environment)
        return _running[key]
