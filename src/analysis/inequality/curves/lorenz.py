"""Lorenz curves and their kin: generalised Lorenz and concentration curves, Pen's parade.

Notation: see `analysis.inequality.measures.measure`. How two curves compare: `dominance`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError
from analysis.inequality.curves.lorenz_dominance import Dominance, dominance
from analysis.inequality.samples.ordering import as_ascending
from analysis.inequality.samples.sample import Domain, FloatArray, as_sample, as_values
from analysis.inequality.samples.scaling import tame
from analysis.labels import align_all

__all__ = [
    "ConcentrationCurve",
    "Dominance",
    "GeneralizedLorenzCurve",
    "LorenzCurve",
    "PenParade",
    "concentration_curve",
    "dominance",
    "generalized_lorenz_curve",
    "lorenz_curve",
    "pen_parade",
]


@dataclass(frozen=True)
class LorenzCurve:
    """A Lorenz curve by its knots, straight in between.

    Parameters
    ----------
    population_share : ndarray of shape (n + 1,)
        Cumulative share of people, from the unit with the lowest value; starts at 0, ends at 1.
    value_share : ndarray of shape (n + 1,)
        Cumulative share of what they have.
    """

    population_share: FloatArray
    value_share: FloatArray

    @property
    def heights(self) -> FloatArray:
        """Height of the curve at its knots."""
        return self.value_share

    @property
    def gini(self) -> float:
        """Twice the area between the diagonal and the curve: the Gini index, up to rounding."""
        return _twice_area_below_diagonal(self.population_share, self.value_share)

    def at(self, p: npt.ArrayLike) -> FloatArray:
        """Return the share held by the lowest `p` of people, p in [0, 1]."""
        return _interpolate(p, self.population_share, self.value_share)

    def to_frame(self) -> pd.DataFrame:
        """Return the knots as columns `population_share` and `value_share`."""
        return pd.DataFrame(
            {"population_share": self.population_share, "value_share": self.value_share}
        )


@dataclass(frozen=True)
class ConcentrationCurve:
    """A concentration curve by its knots, straight in between.

    Parameters
    ----------
    population_share : ndarray of shape (k + 1,)
        Cumulative share of people, from the lowest rank; starts at 0, ends at 1. Units of one rank
        share a knot.
    value_share : ndarray of shape (k + 1,)
        Cumulative share of what they have; above the diagonal where low ranks have more.
    """

    population_share: FloatArray
    value_share: FloatArray

    @property
    def heights(self) -> FloatArray:
        """Height of the curve at its knots."""
        return self.value_share

    @property
    def concentration_index(self) -> float:
        """Twice the area between the diagonal and the curve, negative where it lies above."""
        return _twice_area_below_diagonal(self.population_share, self.value_share)

    def at(self, p: npt.ArrayLike) -> FloatArray:
        """Return the share held by the `p` of people with the lowest ranks, p in [0, 1]."""
        return _interpolate(p, self.population_share, self.value_share)

    def to_frame(self) -> pd.DataFrame:
        """Return the knots as columns `population_share` and `value_share`."""
        return pd.DataFrame(
            {"population_share": self.population_share, "value_share": self.value_share}
        )


@dataclass(frozen=True)
class GeneralizedLorenzCurve:
    """A generalised Lorenz curve by its knots, straight in between.

    Parameters
    ----------
    population_share : ndarray of shape (n + 1,)
        Cumulative share of people, from the unit with the lowest value; starts at 0, ends at 1.
    value_per_head : ndarray of shape (n + 1,)
        What they have together, per head of all people; ends at the mean.
    """

    population_share: FloatArray
    value_per_head: FloatArray

    @property
    def heights(self) -> FloatArray:
        """Height of the curve at its knots."""
        return self.value_per_head

    @property
    def mean(self) -> float:
        """Mean of the values."""
        return float(self.value_per_head[-1])

    def at(self, p: npt.ArrayLike) -> FloatArray:
        """Return what the lowest `p` of people have, per head of all people, p in [0, 1]."""
        return _interpolate(p, self.population_share, self.value_per_head)

    def to_frame(self) -> pd.DataFrame:
        """Return the knots as columns `population_share` and `value_per_head`."""
        return pd.DataFrame(
            {"population_share": self.population_share, "value_per_head": self.value_per_head}
        )


@dataclass(frozen=True)
class PenParade:
    """Pen's parade: everyone passes in order of value, as tall as the value.

    Parameters
    ----------
    population_share : ndarray of shape (n + 1,)
        Share of people who have passed, before each unit and after the last.
    values : ndarray of shape (n,)
        Value of each unit, ascending.
    mean : float
        Weighted mean of the values.
    """

    population_share: FloatArray
    values: FloatArray
    mean: float

    def at(self, p: npt.ArrayLike) -> FloatArray:
        """Return the value of the person at `p`, p in [0, 1]: the inverse distribution function.

        On a border between two units this is the lower one.
        """
        position = np.searchsorted(self.population_share[1:], np.asarray(p, dtype=np.float64))
        found: FloatArray = self.values[np.minimum(position, self.values.size - 1)]
        return found

    def to_frame(self) -> pd.DataFrame:
        """Return one row per unit, ascending.

        Columns: `population_from`, `population_to` (shares of people), `value`,
        `relative` (value over mean).
        """
        return pd.DataFrame(
            {
                "population_from": self.population_share[:-1],
                "population_to": self.population_share[1:],
                "value": self.values,
                "relative": self.values / self.mean,
            }
        )


def lorenz_curve(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> LorenzCurve:
    """Return the Lorenz curve, ``L(p)`` = share held by the lowest p of people.

    Units are sorted by value; knot k is ``(sum_{i<=k} p_i, sum_{i<=k} p_i x_i / mu)``.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values per head, >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    LorenzCurve

    Raises
    ------
    DomainError
        If the input is outside the domain.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth. Publications of the
    American Statistical Association 9, 209-219.
    Gastwirth, J. L. (1971). A general definition of the Lorenz curve. Econometrica 39, 1037-1039.

    Examples
    --------
    >>> curve = lorenz_curve([3, 1])
    >>> curve.value_share.tolist(), curve.gini
    ([0.0, 0.25, 1.0], 0.25)
    """
    ordered, people = _sorted(x, weights, "lorenz_curve", "shareable")
    return LorenzCurve(_shares(people), _shares(people * tame(ordered)))


def generalized_lorenz_curve(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> GeneralizedLorenzCurve:
    """Return the generalised Lorenz curve, ``GL(p) = mu L(p)``.

    Where one lies above another, every increasing welfare function that favours equality prefers
    it: it sees the mean as well as the spread.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values per head, any.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    GeneralizedLorenzCurve

    Raises
    ------
    DomainError
        If a value is missing or infinite, or a weight is not positive.

    References
    ----------
    Shorrocks, A. F. (1983). Ranking income distributions. Economica 50, 3-17.

    Examples
    --------
    >>> generalized_lorenz_curve([3, 1]).value_per_head.tolist()
    [0.0, 0.5, 2.0]
    """
    ordered, people = _sorted(x, weights, "generalized_lorenz_curve")
    held = np.concatenate(([0.0], np.cumsum(people * ordered)))
    return GeneralizedLorenzCurve(_shares(people), held / people.sum())


def concentration_curve(
    x: npt.ArrayLike, rank_by: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> ConcentrationCurve:
    """Return the concentration curve: the share of x held by those lowest in something else.

    Units are sorted by `rank_by` instead of by value; knot k is
    ``(sum_{i<=k} p_i, sum_{i<=k} p_i x_i / mu)``, with one knot for all units of one rank, so that
    their order does not matter.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values per head, >= 0, not all zero.
    rank_by : array-like of shape (n,)
        What units are ordered by, such as income per head; any numbers.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    ConcentrationCurve

    Raises
    ------
    DomainError
        If the input is outside the domain, or `rank_by` differs in length.

    References
    ----------
    Kakwani, N. C. (1977). Applications of Lorenz curves in economic analysis. Econometrica 45,
    719-728.
    O'Donnell, O., van Doorslaer, E., Wagstaff, A. and Lindelow, M. (2008). Analyzing Health Equity
    Using Household Survey Data. World Bank, chapter 7.

    Examples
    --------
    >>> concentration_curve([3, 1], rank_by=[10, 20]).value_share.tolist()
    [0.0, 0.75, 1.0]
    """
    name = "concentration_curve"
    x, rank_by, weights = align_all(name, x=x, rank_by=rank_by, weights=weights)
    values, checked = as_sample(x, weights, measure=name, domain="shareable")
    ranks = as_values(rank_by, measure=f"{name}, rank_by")
    if ranks.size != values.size:
        raise DomainError(
            f"{name}: {values.size} values but {ranks.size} in rank_by. Pass one rank per value."
        )
    people = np.ones_like(values) if checked is None else tame(checked)
    order = np.lexsort((people, values, ranks))
    starts = np.flatnonzero(np.concatenate(([True], np.diff(ranks[order]) > 0)))
    group_people = np.add.reduceat(people[order], starts)
    group_held = np.add.reduceat((people * tame(values))[order], starts)
    return ConcentrationCurve(_shares(group_people), _shares(group_held))


def pen_parade(x: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> PenParade:
    """Return Pen's parade: the values in ascending order against the share of people.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values per head, any.
    weights : array-like of shape (n,), optional
        People, > 0.

    Returns
    -------
    PenParade

    Raises
    ------
    DomainError
        If a value is missing or infinite, or a weight is not positive.

    References
    ----------
    Pen, J. (1971). Income Distribution. Allen Lane, London, chapter 3.

    Examples
    --------
    >>> parade = pen_parade([3, 1], weights=[1, 3])
    >>> parade.at([0.5, 0.9]).tolist()
    [1.0, 3.0]
    """
    ordered, people = _sorted(x, weights, "pen_parade")
    return PenParade(_shares(people), ordered, float(people @ ordered / people.sum()))


def _sorted(
    x: npt.ArrayLike, weights: npt.ArrayLike | None, name: str, domain: Domain = "real"
) -> tuple[FloatArray, FloatArray]:
    ordered, people = as_ascending(x, weights, measure=name, domain=domain)
    return ordered, np.ones_like(ordered) if people is None else tame(people)


def _shares(parts: FloatArray) -> FloatArray:
    """Return cumulative shares that start at 0 and end at exactly 1."""
    cumulative = np.concatenate(([0.0], np.cumsum(parts)))
    shares: FloatArray = cumulative / cumulative[-1]
    return shares


def _interpolate(p: npt.ArrayLike, population_share: FloatArray, heights: FloatArray) -> FloatArray:
    result: FloatArray = np.interp(np.asarray(p, dtype=np.float64), population_share, heights)
    return result


def _twice_area_below_diagonal(population_share: FloatArray, value_share: FloatArray) -> float:
    width = np.diff(population_share)
    gap = population_share - value_share
    return float(width @ (gap[1:] + gap[:-1]))
