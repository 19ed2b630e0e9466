"""How far long work has come: one line on a terminal, written over again and again."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

_SHORT = 5.0  # seconds of work of which nothing is said
_EVERY = 0.5  # seconds between two lines
_CLEAR = "\r\x1b[K"

Item = TypeVar("Item")


def told(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Yield items, and tell on a terminal how many are done if that takes long.

    Parameters
    ----------
    items : sequence
    what : str
        What is done with them, such as "sensitive cells protected".
    """
    if not sys.stderr.isatty():
        yield from items
        return
    begun = said = time.monotonic()
    told_something = False
    try:
        for done, item in enumerate(items):
            now = time.monotonic()
            if now - begun >= _SHORT and now - said >= _EVERY:
                said, told_something = now, True
                _say(f"{_CLEAR}Disclosure control: {done:,} of {len(items):,} {what}")
            yield item
    finally:
        if told_something:
            _say(_CLEAR)


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)
