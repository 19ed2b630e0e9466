"""Measure how evenly civil servants (ASN) are spread, and report it."""

import signal
import sys
from types import TracebackType

_STATUS = 128 + signal.SIGINT


def _told_to_stop(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Show an error as Python does, but Ctrl-C in one line, with the status that it has in shells.

    Raises
    ------
    SystemExit
        If it was Ctrl-C.
    """
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    print("Stopped by SIGINT. Run again.", file=sys.stderr)
    raise SystemExit(_STATUS)


if sys.argv[:1] == ["-m"]:  # so called as long as Python looks for a command of ours, and no more
    sys.excepthook = _told_to_stop
