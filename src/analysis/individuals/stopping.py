"""What is told to stop clears up what it had begun: with records of people, that is a duty."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """A command was told to stop, and has cleared up.

    Parameters
    ----------
    number : int
        The signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Stopped by {signal.Signals(number).name}: what was half written is removed, and what "
            "was there before is as it was. Run again."
        )
        self.status = 128 + number


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM and Ctrl-C end a block as an error does: through all that clears up.

    Once told, it is told no more, so that nothing is left half removed. A process that is killed
    outright cannot do so: what it leaves beside a dataset begins with a dot and has no manifest.

    Raises
    ------
    Stopped
        If it was told to stop.
    """
    if threading.current_thread() is not threading.main_thread():  # which alone hears signals
        yield
        return
    told: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        told.append(number)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, stop) for each in _SIGNALS}
    try:
        yield
    except BaseException as error:  # the engine makes an error of its own of an interruption
        if told:
            raise Stopped(told[0]) from error
        raise
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
