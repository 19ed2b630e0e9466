"""Which part of the distribution makes it unequal: Lorenz asymmetry.

Notation: see `analysis.inequality.measures.measure`.
"""

import numpy as np
import numpy.typing as npt

from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["lorenz_asymmetry"]

_AT_MEAN = 1e-12  # values this close to the mean, relative to it, are the mean


def lorenz_asymmetry(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Lorenz asymmetry coefficient, ``S = F(mu) + L(mu)``.

    Where the Lorenz curve is parallel to the diagonal, at the mean: the share of people below it
    plus the share they hold. Above 1 a few with much make most of the inequality, below 1 the many
    with little; two distributions of one Gini index may differ in it. With m people below the mean,
    the next value ``x_(m+1)`` above it, and ``d = (mu - x_m) / (x_(m+1) - x_m)``,
    ``F = (m + d) / n`` and ``L = (sum of the m lowest + d x_(m+1)) / (n mu)``. Where people have
    the mean itself S lies between two ends, that below and that above them; this is its middle.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    float
        In [0, 2]; 1 for a symmetric curve, and when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Damgaard, C. and Weiner, J. (2000). Describing inequality in plant size or fecundity. Ecology
    81, 1139-1142, equations 4 to 8 and the appendix.


    Examples
    --------
    >>> round(lorenz_asymmetry([1, 1, 1, 1, 6]), 6), round(lorenz_asymmetry([1, 6, 6, 6, 6]), 6)
    (1.36, 0.592)
    """
    sample = Segments.single(x, weights, measure="lorenz_asymmetry", domain="shareable")
    return float(_lorenz_asymmetry(sample)[0])


def _lorenz_asymmetry(segments: Segments) -> FloatArray:
    segments.require("shareable", "lorenz_asymmetry")
    below = segments.excess < -_AT_MEAN
    above = segments.excess > _AT_MEAN
    held = segments.shares * segments.relative
    low, low_held = (segments.sums(np.where(below, part, 0.0)) for part in (segments.shares, held))
    high, high_held = (
        segments.sums(np.where(above, part, 0.0)) for part in (segments.shares, held)
    )
    at_mean = segments.sums((~(below | above)).astype(np.float64)) > 0
    middle = 0.5 * (low + low_held + (1.0 - high) + (1.0 - high_held))
    # The part d of one more person, who has the least value above the mean.
    first = segments.starts + np.add.reduceat(below, segments.starts, dtype=np.intp)
    next_up = np.minimum(first, segments.starts + segments.sizes - 1)
    last = np.maximum(first - 1, segments.starts)
    room = segments.excess[next_up] - segments.excess[last]
    part = -segments.excess[last] / np.where(room > 0, room, 1.0)
    between = low + low_held + part / segments.people * (1.0 + segments.relative[next_up])
    found: FloatArray = np.where(at_mean, middle, between)
    return found


ROWS = (
    Measure(
        name="lorenz_asymmetry",
        function=lorenz_asymmetry,
        kernel=_lorenz_asymmetry,
        symbol="S",
        label={"id": "Asimetri Lorenz", "en": "Lorenz asymmetry"},
        meaning={
            "id": (
                "Di atas 1, ketimpangan berasal dari sedikit orang yang memiliki banyak; di bawah "
                "1, dari banyak orang yang memiliki sedikit."
            ),
            "en": (
                "Above 1, inequality comes from a few who have much; below 1, from many who have "
                "little."
            ),
        },
        formula="S = F(μ) + L(μ)",
        reference="Damgaard & Weiner (2000), Ecology 81, 1139–1142",
        domain="shareable",
        lowest=0,
        highest=2,
        at_equality=1.0,
        replicable=False,
        transfers="none",
        rises_with="neither",
    ),
)
