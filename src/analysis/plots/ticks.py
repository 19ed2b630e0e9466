"""Tick labels that never repeat."""

from collections.abc import Sequence

from matplotlib.ticker import Formatter

from analysis.language import Language

_MOST = 9  # decimals tried


def decimals(values: Sequence[float], *, most: int = _MOST) -> int:
    """Return the fewest decimals that write every value as it is.

    Two values that differ are thus never printed alike, and no tick is printed where it does not
    stand: 0.5 is not "0", and 7.5 is not "8".

    Examples
    --------
    >>> decimals([0, 10, 20]), decimals([0.5, 1.0, 1.5, 2.0]), decimals([0.25, 0.5])
    (0, 1, 2)
    """
    slack = 1e-9 * max((abs(value) for value in values), default=0.0)
    for places in range(most):
        if all(abs(round(value, places) - value) <= slack for value in values):
            return places
    return most


class Numbers(Formatter):
    """Writes the ticks of an axis as the language does, with as many decimals as they need.

    Parameters
    ----------
    language : Language
        How numbers are written.
    percent : bool
        The axis shows shares; they are written as percentages.
    """

    def __init__(self, language: Language, *, percent: bool = False) -> None:
        self._language = language
        self._percent = percent

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """Return the label of one tick, taken alone."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the labels of all ticks of an axis."""
        if self._percent:
            places = decimals([100 * value for value in values])
            return [self._language.percent(value, places) for value in values]
        places = decimals(values)
        return [self._language.number(value, places) for value in values]
