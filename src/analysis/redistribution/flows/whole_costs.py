r"""Costs as the whole numbers that the solver works with, as fine as it can hold them.

The solver multiplies costs by its number of nodes `N` and one, `C` being the highest afterwards. It
works with a tolerance, a fifth of `C` at first and a fifth of the one before each time. While the
tolerance is `t`, no node's potential falls by more than ``6 t`` for each of at most `N` arcs of a
path to a node that lacks people (Goldberg 1997), so that potentials stay within
``6 N (C/5 + C/25 + ...) = 1.5 N C`` of zero. With costs up to ``2^58 / N^2`` that is a tenth of
what 64 bits hold.

References
----------
Goldberg, A. V. (1997). An efficient implementation of a scaling minimum-cost flow algorithm.
Journal of Algorithms 22, 1-29.
"""

import math

import numpy as np

from analysis.arrays import FloatArray, IntArray, as_number
from analysis.errors import ParameterError

_FINEST = -1000  # power of two; what costs less than that is nothing
_BITS = 58  # of whole costs times nodes squared


def whole_costs(
    costs: FloatArray, nodes: int, resolution: float | None
) -> tuple[IntArray, float, float]:
    """Return costs in whole steps, the step, and the largest error of one person.

    Parameters
    ----------
    costs : ndarray, shape (m,)
        Costs of arcs, >= 0.
    nodes : int
        Units between which they lead.
    resolution : float, optional
        The step; by default the smallest power of two that is safe for the solver, or a higher one
        where that loses nothing: the solver takes fewer rounds for smaller numbers.

    Raises
    ------
    ParameterError
        If the resolution is not above zero, or too fine for the solver.

    Examples
    --------
    >>> whole_costs(np.array([3.0, 500.0]), 2, None)
    (array([  3, 500]), 1.0, 0.0)
    """
    highest = float(costs.max(initial=0.0))
    squared = (nodes + 2) ** 2
    if resolution is None:
        finest = math.frexp(highest)[1] + squared.bit_length() - _BITS
        return _coarsened(costs, math.ldexp(1.0, max(finest, _FINEST)))
    step = as_number(resolution, what="resolution")
    if not 0.0 < step < np.inf:
        raise ParameterError(f"The resolution is {resolution}, but must be above zero.")
    if highest / step * squared >= 2.0**_BITS:
        raise ParameterError(
            f"A resolution of {resolution} is too fine for costs up to {highest:g}: the solver "
            "would overflow. Pass a coarser one, or none to have it chosen."
        )
    return _rounded(costs, step)


def _rounded(costs: FloatArray, step: float) -> tuple[IntArray, float, float]:
    steps = np.rint(costs / step)
    error = float(np.abs(steps * step - costs).max(initial=0.0))
    return steps.astype(np.int64), step, error


def _coarsened(costs: FloatArray, step: float) -> tuple[IntArray, float, float]:
    whole, step, error = _rounded(costs, step)
    shared = int(np.bitwise_or.reduce(whole))
    even = (shared & -shared).bit_length() - 1  # twos that divide every cost
    return (whole >> even, math.ldexp(step, even), error) if even > 0 else (whole, step, error)
