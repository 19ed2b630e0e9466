"""Axes of the drawings that pages carry as markup: where a value stands, and which are marked."""

import math
from dataclasses import dataclass

_ROUND = (1, 2, 5, 10)


@dataclass(frozen=True)
class Axis:
    """A straight scale.

    Parameters
    ----------
    low, high : float
        Values at the ends; `high` is above `low`.
    start, end : float
        Where the ends stand in the drawing.

    Examples
    --------
    >>> down = Axis(0, 0.25, 176, 14)
    >>> down.at(0.125), down.ticks(3)
    (95.0, (0.0, 0.1, 0.2))
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value stands, to a tenth."""
        share = (value - self.low) / (self.high - self.low)
        return round(float(self.start + share * (self.end - self.start)), 1)

    def ticks(self, most: int) -> tuple[float, ...]:
        """Return round values on the axis, at most as many and one more."""
        step = round_step((self.high - self.low) / most)
        first, last = math.ceil(self.low / step), math.floor(self.high / step + 1e-9)
        return tuple(float(f"{step * number:.9g}") for number in range(first, last + 1))


def round_step(least: float) -> float:
    """Return the least number 1, 2 or 5 times a power of ten that is no less than one above zero.

    Examples
    --------
    >>> round_step(14027), round_step(0.07), round_step(50)
    (20000.0, 0.1, 50.0)
    """
    power = 10.0 ** math.floor(math.log10(least))
    return next(
        float(f"{each * power:.9g}") for each in _ROUND if each * power >= least * (1 - 1e-9)
    )
