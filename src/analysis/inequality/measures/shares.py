"""Measures of how few hands hold the total: Herfindahl-Hirschman and what derives from it.

Notation: see `analysis.inequality.measures.measure`.
"""

import numpy.typing as npt

from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = ["equivalent_number", "herfindahl", "normalized_herfindahl"]


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


def normalized_herfindahl(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the normalised Herfindahl-Hirschman index, ``HHI* = (HHI - 1/n) / (1 - 1/n)``.

    With ``n = sum(w)`` the number of units: 0 when all are equal and 1 when one has everything,
    whatever their number. It equals ``CV^2 / (n - 1)``.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero, of two units at least.
    weights : array-like of shape (n,), optional
        Number of units, > 0.

    Returns
    -------
    float
        In [0, 1] without weights, or with whole ones.

    Raises
    ------
    DomainError
        If the input is outside the domain, or there is no more than one unit.

    References
    ----------
    Hall, M. and Tideman, N. (1967). Measures of concentration. Journal of the American Statistical
    Association 62, 162-168 (what an index of concentration must do with the number of units).
    Cracau, D. and Durán Lima, J. E. (2016). On the normalized Herfindahl-Hirschman index: a
    technical note. International Journal on Food System Dynamics 7, 382-386.

    Examples
    --------
    >>> normalized_herfindahl([1, 3]), normalized_herfindahl([2, 2]), normalized_herfindahl([0, 4])
    (0.25, 0.0, 1.0)
    """
    sample = Segments.single(x, weights, measure="normalized_herfindahl", domain="shareable")
    return float(_normalized_herfindahl(sample)[0])


def equivalent_number(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Return the number of equal units that would be as concentrated, ``1 / HHI``.

    The Hill number of order 2, also called the effective number or Simpson's reciprocal index:
    ``n / (1 + CV^2)`` with ``n = sum(w)``. It falls when inequality rises.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero, such as the staff of each unit.
    weights : array-like of shape (n,), optional
        Number of units, > 0.

    Returns
    -------
    float
        In [1, n] without weights; n when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Adelman, M. A. (1969). Comment on the "H" concentration measure as a numbers-equivalent. Review
    of Economics and Statistics 51, 99-101.
    Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology
    54, 427-432.

    Examples
    --------
    >>> equivalent_number([1, 1, 1, 1]), equivalent_number([1, 3])
    (4.0, 1.6)
    """
    sample = Segments.single(x, weights, measure="equivalent_number", domain="shareable")
    return float(_equivalent_number(sample)[0])


def _herfindahl(segments: Segments) -> FloatArray:
    segments.require("shareable", "herfindahl")
    return (1.0 + segments.mean_square(segments.excess)) / segments.people


def _normalized_herfindahl(segments: Segments) -> FloatArray:
    segments.require("shareable", "normalized_herfindahl")
    alone = segments.people <= 1.0
    segments.refuse(alone, "normalized_herfindahl", "needs two units at least, but there is one")
    return segments.mean_square(segments.excess) / (segments.people - 1.0)


def _equivalent_number(segments: Segments) -> FloatArray:
    segments.require("shareable", "equivalent_number")
    return segments.people / (1.0 + segments.mean_square(segments.excess))


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
    Measure(
        name="normalized_herfindahl",
        function=normalized_herfindahl,
        kernel=_normalized_herfindahl,
        symbol="HHI*",
        label={"id": "Herfindahl ternormalisasi", "en": "Normalised Herfindahl"},
        meaning={
            "id": "Pemusatan dari 0 (semua sama) sampai 1 (semua di satu unit), berapa pun n.",
            "en": "Concentration from 0 (all equal) to 1 (one unit has everything), whatever n.",
        },
        formula="HHI* = (HHI − 1/n) / (1 − 1/n), n = Σᵢ wᵢ",
        reference="Cracau & Durán Lima (2016), Int. Journal on Food System Dynamics 7, 382–386",
        domain="shareable",
        condition="n > 1",
        fewest=2,
        lowest=0,
        highest=1,
        replicable=False,
        transfers="strict",
    ),
    Measure(
        name="equivalent_number",
        function=equivalent_number,
        kernel=_equivalent_number,
        symbol="N₂",
        label={"id": "Jumlah unit setara", "en": "Equivalent number of units"},
        meaning={
            "id": "Berapa unit yang sama besar akan sama terpusatnya.",
            "en": "How many units of equal size would be as concentrated.",
        },
        formula="N₂ = 1 / HHI",
        reference="Adelman (1969), Review of Economics and Statistics 51, 99–101",
        domain="shareable",
        lowest=1,
        at_equality=None,
        replicable=False,
        transfers="strict",
        rises_with="equality",
    ),
)
