"""One build at a time in a folder, and nothing half-written left by one that was killed."""

import os
import sys
from pathlib import Path
from typing import IO, Any

from pytask import ExecutionError, Session, console, hookimpl

from analysis.errors import AnalysisError
from analysis.files import remove_parts
from analysis.paths import PROCESSED, REPORTS

_LOCK = ".build.lock"


class BuildLock:
    """A lock that the system gives back when its process ends, however it ends.

    Raises
    ------
    AnalysisError
        If another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / _LOCK
        self._file = path.open("a+", encoding="utf-8")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.seek(1)
            other = self._file.read().strip()
            self._file.close()
            raise AnalysisError(
                f"Another build is running in this folder (process {other or 'unknown'}). Wait "
                "until it has ended, or end it, and run again: what it has built is kept."
            ) from error
        self._file.truncate(0)
        self._file.write(f" {os.getpid()}")  # the first byte is what is locked
        self._file.flush()

    def release(self) -> None:
        """Let the next build in."""
        self._file.close()


def _lock(file: IO[Any]) -> None:
    """Lock the first byte of a file, or raise OSError."""
    file.seek(0)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@hookimpl(wrapper=True)
def pytask_execute(session: Session) -> Any:
    """Hold the lock while tasks run."""
    if session.config["dry_run"] or session.config["explain"]:
        return (yield)
    try:
        lock = BuildLock(PROCESSED)
    except AnalysisError as error:
        console.print(str(error), style="failed", markup=False)
        raise ExecutionError from None
    try:
        for folder in (PROCESSED, REPORTS):
            remove_parts(folder)
        return (yield)
    finally:
        lock.release()
