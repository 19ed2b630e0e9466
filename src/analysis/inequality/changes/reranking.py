"""Split a fall of the Gini index into what closed the gaps and what reordered the units.

The splits compare two values of the same unit under one set of weights: ranks and shares mean the
same at both dates. When population changed as well, `staff_redistributive_effect` takes its part
out first, by the Shapley split, and splits what staff did at the population of each date.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.inequality.changes.two_states import staff_population_change
from analysis.inequality.curves.concentration import concentration_index
from analysis.inequality.measures import gini
from analysis.inequality.samples.pairs import as_pair
from analysis.inequality.samples.sample import FloatArray, as_weights
from analysis.labels import align_all


@dataclass(frozen=True)
class RedistributiveEffect:
    """The fall of the Gini index, in its vertical effect and reranking.

    Attributes
    ----------
    before, after : float
        Gini index at each date.
    concentration : float
        Concentration index of the values after, units ranked by the values before.
    """

    before: float
    after: float
    concentration: float

    @property
    def total(self) -> float:
        """Redistributive effect `before - after`; positive where inequality fell."""
        return self.before - self.after

    @property
    def vertical(self) -> float:
        """Reynolds-Smolensky index: the fall had every unit kept its rank."""
        return self.before - self.concentration

    @property
    def reranking(self) -> float:
        """Atkinson-Plotnick index, at least zero: what overtaking put back."""
        return self.after - self.concentration

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component: component, value.

        `total = vertical - reranking`.
        """
        values = {
            "before": self.before,
            "after": self.after,
            "total": self.total,
            "vertical": self.vertical,
            "reranking": self.reranking,
        }
        return pd.DataFrame({"component": list(values), "value": list(values.values())})


@dataclass(frozen=True)
class StaffRedistributiveEffect:
    """The fall of the Gini index of staff per head where population changed as well.

    Attributes
    ----------
    before, after : float
        Gini index at each date.
    vertical, reranking : float
        Parts of what staff did, each the mean over the population before and after.
    population : float
        Fall that the change of population made; negative where it raised inequality.
    """

    before: float
    after: float
    vertical: float
    reranking: float
    population: float

    @property
    def total(self) -> float:
        """Redistributive effect `before - after`."""
        return self.before - self.after

    @property
    def staff(self) -> float:
        """Fall that the change of staff made: `vertical - reranking`."""
        return self.vertical - self.reranking

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component: component, value.

        `total = vertical - reranking + population`.
        """
        values = {
            "before": self.before,
            "after": self.after,
            "total": self.total,
            "vertical": self.vertical,
            "reranking": self.reranking,
            "population": self.population,
        }
        return pd.DataFrame({"component": list(values), "value": list(values.values())})


@dataclass(frozen=True)
class ProgressivityReranking:
    """The change of the extended Gini index, in progressivity of growth and reranking.

    Attributes
    ----------
    nu : float
        Aversion parameter; 2 gives the Gini index.
    before, after : float
        Extended Gini index at each date.
    progressivity, reranking : float
        `P`, positive where growth favoured low ranks, and `R`, at least zero.
    growth : float
        Growth of the weighted mean, as a share.
    disproportionality : float or None
        `K = P (1 + growth) / growth`, the Kakwani-type index of who got the growth; None where
        the mean did not change.
    """

    nu: float
    before: float
    after: float
    progressivity: float
    reranking: float
    growth: float
    disproportionality: float | None

    @property
    def change(self) -> float:
        """`after - before`, equal to `reranking - progressivity`."""
        return self.after - self.before

    def to_frame(self) -> pd.DataFrame:
        """Return one row: the attributes and `change`."""
        return pd.DataFrame(
            {
                "nu": [self.nu],
                "before": [self.before],
                "after": [self.after],
                "change": [self.change],
                "progressivity": [self.progressivity],
                "reranking": [self.reranking],
                "growth": [self.growth],
                "disproportionality": [self.disproportionality],
            }
        )


def redistributive_effect(
    before: npt.ArrayLike, after: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> RedistributiveEffect:
    """Split the fall of the Gini index into vertical effect and reranking.

    Formula: `RE = G0 - G1 = (G0 - C1) - (G1 - C1) = V - R`, with `C1` the concentration index of
    the values after, units ranked by the values before. `V` is the Reynolds-Smolensky index, `R`
    that of Atkinson and Plotnick.

    One set of weights serves both dates: with weights that differ, a change of rank could come
    from the weights alone. Where population changed, use `staff_redistributive_effect`.

    Range: RE in (-1, 1), R in [0, 2); R is zero where no unit overtakes another.

    Parameters
    ----------
    before, after : array-like, shape (n,)
        Values of the same units, in the same order, at least zero, such as staff per head.
    weights : array-like, shape (n,), optional
        Positive weights, the same at both dates, such as population.

    Returns
    -------
    RedistributiveEffect

    Raises
    ------
    DomainError
        If the dates differ in length, or anything lies outside the domain of the Gini index.

    References
    ----------
    Reynolds, M. and Smolensky, E. (1977). Public Expenditures, Taxes, and the Distribution of
    Income: The United States, 1950, 1961, 1970. Academic Press.

    Atkinson, A. B. (1980). Horizontal equity and the distribution of the tax burden. In: Aaron
    and Boskin (eds), The Economics of Taxation. Brookings.

    Plotnick, R. (1981). A measure of horizontal inequity. Review of Economics and Statistics 63,
    283-288.

    Kakwani, N. C. (1984). On the measurement of tax progressivity and redistributive effect of
    taxes with applications to horizontal and vertical equity. Advances in Econometrics 3, 149-168.

    Examples
    --------
    >>> found = redistributive_effect([1.0, 2.0, 3.0], [2.0, 1.5, 2.5])
    >>> round(found.total, 4), round(found.vertical, 4), round(found.reranking, 4)
    (0.1111, 0.1667, 0.0556)
    """
    name = "redistributive_effect"
    before, after, weights = align_all(name, before=before, after=after, weights=weights)
    first, last = as_pair(before, after, measure=name, domain="nonnegative")
    return RedistributiveEffect(
        gini(first, weights), gini(last, weights), concentration_index(last, first, weights)
    )


def staff_redistributive_effect(
    staff_before: npt.ArrayLike,
    population_before: npt.ArrayLike,
    staff_after: npt.ArrayLike,
    population_after: npt.ArrayLike,
) -> StaffRedistributiveEffect:
    """Split the fall of the Gini index of staff per head: vertical, reranking, population.

    First the Shapley split of `staff_population_change` separates what staff did from what
    population did. The effect of staff is the mean of its effects at the population of either
    date; at each of them population is fixed, so `redistributive_effect` applies:

    `G0 - G1 = (V at p0 + V at p1) / 2 - (R at p0 + R at p1) / 2 + population`.

    Range: total in (-1, 1), reranking at least zero.

    Parameters
    ----------
    staff_before, staff_after : array-like, shape (n,)
        Staff of each unit, at least zero, in persons.
    population_before, population_after : array-like, shape (n,)
        Population of each unit, above zero, in persons.

    Returns
    -------
    StaffRedistributiveEffect

    Raises
    ------
    DomainError
        If the arrays differ in length, or lie outside the domain.

    References
    ----------
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified
    framework based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Those of `redistributive_effect`.

    Examples
    --------
    >>> found = staff_redistributive_effect([10, 30], [1000, 1000], [15, 25], [1000, 1200])
    >>> round(found.vertical, 4), round(found.reranking, 4), round(found.population, 4)
    (0.125, 0.0, 0.0455)
    """
    staff_before, population_before, staff_after, population_after = align_all(
        "staff_redistributive_effect",
        staff_before=staff_before,
        population_before=population_before,
        staff_after=staff_after,
        population_after=population_after,
    )
    split = staff_population_change(
        gini, staff_before, population_before, staff_after, population_after
    )
    staff = as_pair(staff_before, staff_after, measure="staff_redistributive_effect")
    population = as_pair(population_before, population_after, measure="staff_redistributive_effect")
    effects = [redistributive_effect(staff[0] / p, staff[1] / p, p) for p in population]
    return StaffRedistributiveEffect(
        split.before,
        split.after,
        0.5 * sum(effect.vertical for effect in effects),
        0.5 * sum(effect.reranking for effect in effects),
        -split.population,
    )


def progressivity_and_reranking(
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    nu: float = 2.0,
) -> ProgressivityReranking:
    """Split the change of the extended Gini index into progressivity of growth and reranking.

    Formula: `G1(nu) - G0(nu) = R(nu) - P(nu)` with `P = G0(nu) - C1(nu)` and
    `R = G1(nu) - C1(nu)`, where
    `C(nu) = 1 - sum_g (y_g / mu) [(1 - F_(g-1))^nu - (1 - F_g)^nu]`, `g` running over the groups
    of units with the same value before, from low to high, `F_g` their cumulative weight share
    and `y_g` their mean value after. `G(nu)` is the same with each date ranked by itself. With
    growth `pi` of the mean, `P = pi / (1 + pi) K`, `K` being `G0(nu)` less the concentration index
    of the gains. At `nu = 2`, `P` is the vertical effect of `redistributive_effect`.

    One set of weights serves both dates, as in `redistributive_effect`.

    Range: P any real number in (-nu, nu), R at least zero.

    Parameters
    ----------
    before, after : array-like, shape (n,)
        Values of the same units, in the same order, at least zero, such as staff per head.
    weights : array-like, shape (n,), optional
        Positive weights, the same at both dates, such as population.
    nu : float
        Aversion parameter, above 1; the larger, the more the low ranks count.

    Returns
    -------
    ProgressivityReranking

    Raises
    ------
    DomainError
        If the dates differ in length, or a value is negative, or all of a date are zero.
    ParameterError
        If `nu` is not above 1.

    References
    ----------
    Jenkins, S. P. and Van Kerm, P. (2006). Trends in income inequality, pro-poor income growth,
    and income mobility. Oxford Economic Papers 58, 531-548.

    Examples
    --------
    >>> found = progressivity_and_reranking([1.0, 2.0, 3.0], [3.0, 2.0, 4.0])
    >>> round(found.change, 4), round(found.progressivity, 4), round(found.reranking, 4)
    (-0.0741, 0.1481, 0.0741)
    """
    name = "progressivity_and_reranking"
    before, after, weights = align_all(name, before=before, after=after, weights=weights)
    first, last = as_pair(before, after, measure=name, domain="nonnegative")
    if not nu > 1.0:
        raise ParameterError(f"{name}: nu={nu} is not above 1, where the extended Gini starts.")
    mass = np.ones(first.size) if weights is None else as_weights(weights, first.size, measure=name)
    for date, values in (("before", first), ("after", last)):
        if values.max() == 0.0:
            raise DomainError(f"{name}: all values {date} are zero, so shares are not defined.")
    start = _extended_concentration(first, first, mass, nu)
    end = _extended_concentration(last, last, mass, nu)
    kept = _extended_concentration(last, first, mass, nu)
    growth = float(mass @ last) / float(mass @ first) - 1.0
    progressivity = start - kept
    disproportionality = None if growth == 0.0 else progressivity * (1.0 + growth) / growth
    return ProgressivityReranking(
        nu, start, end, progressivity, end - kept, growth, disproportionality
    )


def _extended_concentration(
    x: FloatArray, rank_by: FloatArray, weights: FloatArray, nu: float
) -> float:
    _, group = np.unique(rank_by, return_inverse=True)
    weight = np.bincount(group, weights=weights)
    held = np.bincount(group, weights=weights * x)
    above = np.concatenate(([1.0], 1.0 - np.cumsum(weight) / weight.sum()))
    above[-1] = 0.0  # exactly, so that a fractional power of a rounding error cannot arise
    rank_weight = above[:-1] ** nu - above[1:] ** nu
    return 1.0 - float(held / weight @ rank_weight) / (float(held.sum()) / float(weight.sum()))
