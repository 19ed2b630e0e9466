"""Measures of how few hands hold the total: Herfindahl-Hirschman.

Notation: see `analysis.inequality.measures.measure`.
"""

import numpy.typing as npt

from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["herfindahl"]


def herfindahl(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the Herfindahl-Hirschman index, ``HHI = sum_i w_i (x_i / sum_j w_j x_j)^2``.

    Without weights: the sum of squared shares of the total. It measures how concentrated the total
    is in few hands, so that, unlike the other measures, it falls when everything is replicated:
    ``HHI = (1 + CV^2) / sum(w)``, whose inverse is the number of equal units that would be as
    concentrated. A weight says how many such units there are.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero, such as the staff of each unit.
    weights : array-like of shape (n,), optional
        Number of units, > 0.

    Returns
    -------
    float
        In [1 / sum(w), 1 / min(w)], so [1 / n, 1] without weights; 1 / n when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Hirschman, A. O. (1964). The paternity of an index. American Economic Review 54, 761-762.
    Rhoades, S. A. (1993). The Herfindahl-Hirschman index. Federal Reserve Bulletin 79, 188-189.

    Examples
    --------
    >>> herfindahl([1, 3])
    0.625
    """
    sample = Segments.single(x, weights, measure="herfindahl", domain="shareable")
    return float(_herfindahl(sample)[0])


def _herfindahl(segments: Segments) -> FloatArray:
    segments.require("shareable", "herfindahl")
    return (1.0 + segments.mean_square(segments.excess)) / segments.people


ROWS = (
    Measure(
        name="herfindahl",
        function=herfindahl,
        kernel=_herfindahl,
        symbol="HHI",
        label={"id": "Herfindahl–Hirschman", "en": "Herfindahl–Hirschman"},
        meaning={
            "id": "Peluang bahwa dua bagian yang diambil acak dari jumlahnya ada di satu unit.",
            "en": "The chance that two parts of the total, drawn at random, lie in one unit.",
        },
        formula="HHI = Σᵢ wᵢ (xᵢ / Σⱼ wⱼ xⱼ)²",
        reference="Hirschman (1964), American Economic Review 54, 761–762",
        domain="shareable",
        lowest=0,
        highest=1,
        at_equality=None,
        replicable=False,
        transfers="strict",
    ),
)
