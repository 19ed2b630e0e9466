"""What a flow will take, said and checked before it starts."""

import math
import sys
import time
from collections.abc import Callable

import psutil

from analysis.errors import DomainError

Progress = Callable[[int, int], None]

_BYTES = 140  # for each pair of the group that is solved, arrays and solver together
_SECONDS = 4e-8  # times the pairs of a group to the power below: half a minute for 7 million
_POWER = 1.3
_LONG = 10.0  # seconds; work that takes longer is announced


def require_memory(pairs: int) -> None:
    """Refuse a group of so many pairs that they do not fit the memory there is.

    Raises
    ------
    DomainError
        Stating what it takes, what there is, and what to do instead.
    """
    needed, free = pairs * _BYTES, psutil.virtual_memory().available
    if needed > free:
        raise DomainError(
            f"{pairs:,} pairs of units that give and take would need about {needed / 2**30:,.1f} "
            f"GiB, and {free / 2**30:,.1f} GiB are free. Plan inside groups "
            "(Limits(within=...)), pass as `cost` a table of the pairs that matter (columns from, "
            "to, cost), such as the nearest, or leave `cost` out to move as few people as possible."
        )


def seconds_for(pairs: list[int]) -> float:
    """Return about how long flows of so many pairs take on a common machine."""
    return sum(_SECONDS * math.pow(n, _POWER) for n in pairs)


class Announced:
    """Progress of a flow: to a callback, or to standard error where the flow takes long.

    Parameters
    ----------
    pairs : list of int
        Pairs of each group, in the order in which they are solved.
    progress : callable, optional
        Called with the pairs solved and all pairs, first with none and then after each group.
    """

    def __init__(self, pairs: list[int], progress: Progress | None) -> None:
        self.pairs, self.progress = pairs, progress
        self.all, self.done, self.solved = sum(pairs), 0, 0
        self.said = time.monotonic()
        self.aloud = progress is None and seconds_for(pairs) > _LONG
        if progress is not None:
            progress(0, self.all)
        if self.aloud:
            groups = f" in {len(pairs):,} groups" if len(pairs) > 1 else ""
            _say(
                f"Planning moves over {self.all:,} pairs of units{groups}: about "
                f"{duration(seconds_for(pairs))} on a common machine."
            )

    def advance(self) -> None:
        """Tell that one more group is solved."""
        self.done += self.pairs[self.solved]
        self.solved += 1
        if self.progress is not None:
            self.progress(self.done, self.all)
        elif self.aloud and time.monotonic() - self.said > _LONG and self.done < self.all:
            self.said = time.monotonic()
            _say(f"{self.solved:,} of {len(self.pairs):,} groups are planned.")


def duration(seconds: float) -> str:
    """Return a length of time in round words.

    Examples
    --------
    >>> duration(14), duration(100), duration(9000)
    ('14 seconds', '2 minutes', '2.5 hours')
    """
    if seconds < 90:
        return f"{seconds:.0f} seconds"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutes"
    return f"{seconds / 3600:.1f} hours"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
