"""How far long work has come: a line on a terminal, written over and over; else few lines."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

_SHORT = 5.0  # seconds of work of which nothing is said
_EVERY = 0.5  # seconds between two lines
_LOGGED = 15.0  # both, where lines stay, as in the log of a server
_CLEAR = "\r\x1b[K"

Item = TypeVar("Item")


def told(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Yield items, and tell on the standard error how many are done if that takes long.

    Nothing is told to what stands in for the standard error, as in a notebook, whose outputs must
    be the same on a slow day.

    Parameters
    ----------
    items : sequence
    what : str
        What is done with them, such as "sensitive cells protected".
    """
    terminal = sys.stderr.isatty()
    if not terminal and sys.stderr is not sys.__stderr__:
        yield from items
        return
    short, every = (_SHORT, _EVERY) if terminal else (_LOGGED, _LOGGED)
    before, after = (_CLEAR, "") if terminal else ("", "\n")
    begun = said = time.monotonic()
    told_something = False
    try:
        for done, item in enumerate(items):
            now = time.monotonic()
            if now - begun >= short and now - said >= every:
                said, told_something = now, True
                _say(f"{before}Disclosure control: {done:,} of {len(items):,} {what}{after}")
            yield item
    finally:
        if told_something and terminal:
            _say(_CLEAR)


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)
