"""How a measure changed between two dates over the same units, and what changed it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import xlogy

from analysis.errors import ParameterError
from analysis.inequality.inference.linearization import (
    Statistic,
    functional_of,
    measure_name,
    sort_sample,
)
from analysis.inequality.measures.dispersion import Hoover
from analysis.inequality.measures.entropy import GeneralizedEntropy
from analysis.inequality.measures.mean_difference import mean_differences
from analysis.inequality.measures.rank_measures import Gini
from analysis.inequality.samples.pairs import as_pair, require_both_weights
from analysis.inequality.samples.sample import FloatArray
from analysis.labels import align_all


@dataclass(frozen=True)
class Change:
    """A measure at two dates.

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    before, after : float
        The measure at each date, in its own unit.
    """

    measure: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """`after - before`; negative where inequality fell."""
        return self.after - self.before

    @property
    def relative(self) -> float | None:
        """Difference as a share of `before`; None where `before` is zero."""
        return None if self.before == 0.0 else self.difference / self.before

    def to_frame(self) -> pd.DataFrame:
        """Return one row: measure, before, after, difference, relative."""
        return pd.DataFrame(
            {
                "measure": [self.measure],
                "before": [self.before],
                "after": [self.after],
                "difference": [self.difference],
                "relative": [self.relative],
            }
        )


@dataclass(frozen=True)
class StaffPopulationChange:
    """The change of a measure, split between staff and population.

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    before, after : float
        The measure at each date.
    staff_at_population_before, staff_at_population_after : float
        What the change of staff alone does with the population of each date.
    """

    measure: str
    before: float
    after: float
    staff_at_population_before: float
    staff_at_population_after: float

    @property
    def difference(self) -> float:
        """`after - before`, the sum of the two effects."""
        return self.after - self.before

    @property
    def staff(self) -> float:
        """Shapley effect of staff: the mean of its effect taken first and taken last."""
        return 0.5 * (self.staff_at_population_before + self.staff_at_population_after)

    @property
    def population(self) -> float:
        """Shapley effect of population."""
        return self.difference - self.staff

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component.

        Columns: measure, component (staff, population, total), value.
        """
        values = {"staff": self.staff, "population": self.population, "total": self.difference}
        return pd.DataFrame(
            {
                "measure": self.measure,
                "component": list(values),
                "value": list(values.values()),
            }
        )


@dataclass(frozen=True)
class UnitContributions:
    """What each unit adds to a measure at two dates; each array sums to its total.

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    before, after : ndarray, shape (n,)
        Contribution of each unit at each date, in the order given.
    """

    measure: str
    before: FloatArray
    after: FloatArray

    @property
    def change(self) -> FloatArray:
        """Contribution of each unit to the change, shape (n,)."""
        return self.after - self.before

    def to_frame(self, units: Sequence[str] | None = None) -> pd.DataFrame:
        """Return one row per unit: unit, before, after, change.

        Parameters
        ----------
        units : sequence of str, optional
            Code or name of each unit; by default its position, counted from 0.
        """
        names = list(range(self.before.size)) if units is None else list(units)
        return pd.DataFrame(
            {"unit": names, "before": self.before, "after": self.after, "change": self.change}
        )


def change(
    measure: Statistic,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
) -> Change:
    """Return a measure before and after, over the same units.

    Formula: `I(x1, w1) - I(x0, w0)`.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    before, after : array-like, shape (n,)
        Values of the same units, in the same order.
    weights_before, weights_after : array-like, shape (n,), optional
        Positive weights at each date. Pass both, or neither.

    Returns
    -------
    Change

    Raises
    ------
    DomainError
        If the dates differ in length, or anything lies outside the domain of the measure.
    ParameterError
        If weights are given for one date only.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> round(change(gini, [1.0, 2.0, 3.0], [2.0, 2.0, 2.0]).difference, 4)
    -0.2222
    """
    name = measure_name(measure)
    before, after, weights_before, weights_after = align_all(
        name,
        before=before,
        after=after,
        weights_before=weights_before,
        weights_after=weights_after,
    )
    as_pair(before, after, measure=name)
    require_both_weights(weights_before, weights_after, measure=name)
    first, last = measure(before, weights_before), measure(after, weights_after)
    return Change(name, float(first), float(last))


def staff_population_change(
    measure: Statistic,
    staff_before: npt.ArrayLike,
    population_before: npt.ArrayLike,
    staff_after: npt.ArrayLike,
    population_after: npt.ArrayLike,
) -> StaffPopulationChange:
    """Split the change of a measure of staff per head between staff and population.

    With `v(s, p) = I(s / p, weights=p)`, the effect of staff is its mean effect over the two
    orders in which staff and population can change:

    `staff = [v(s1, p0) - v(s0, p0) + v(s1, p1) - v(s0, p1)] / 2`,
    `population = [v(s0, p1) - v(s0, p0) + v(s1, p1) - v(s1, p0)] / 2`.

    They add up to `v(s1, p1) - v(s0, p0)`. Population counts both as the denominator of the
    ratio and as the weight of the unit.

    Range: any real numbers; negative where the factor lowered inequality.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    staff_before, staff_after : array-like, shape (n,)
        Staff of each unit, at least zero, in persons.
    population_before, population_after : array-like, shape (n,)
        Population of each unit, above zero, in persons.

    Returns
    -------
    StaffPopulationChange

    Raises
    ------
    DomainError
        If the arrays differ in length, or lie outside the domain.

    References
    ----------
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified
    framework based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> split = staff_population_change(gini, [10, 30], [1000, 1000], [20, 20], [1000, 2000])
    >>> round(split.staff, 4), round(split.population, 4), round(split.difference, 4)
    (-0.0833, 0.0, -0.0833)
    """
    name = measure_name(measure)
    staff_before, population_before, staff_after, population_after = align_all(
        name,
        staff_before=staff_before,
        population_before=population_before,
        staff_after=staff_after,
        population_after=population_after,
    )
    staff = as_pair(staff_before, staff_after, measure=f"{name}, staff", domain="nonnegative")
    population = as_pair(
        population_before, population_after, measure=f"{name}, population", domain="positive"
    )
    as_pair(staff[0], population[0], measure=f"{name}, staff and population")

    def value(s: int, p: int) -> float:
        return float(measure(staff[s] / population[p], population[p]))

    start, end = value(0, 0), value(1, 1)
    return StaffPopulationChange(name, start, end, value(1, 0) - start, end - value(0, 1))


def unit_contributions(
    measure: Statistic, x: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> FloatArray:
    """Return what each unit adds to a measure; the contributions sum to it.

    Formulas, all at least zero and zero for a unit that differs from no other (Gini) or lies at
    the mean (others), with `p` the weight shares and `r` the values over their weighted mean:

    - Gini: `(p_i / 2) sum_j p_j |r_i - r_j|`, half of what lies between `i` and each other unit.
      This is the Shapley value when a coalition is worth the differences within it, for the
      mean of all units.
    - Hoover: `p_i |r_i - 1| / 2`.
    - GE(a): `p_i [r_i^a - 1 - a (r_i - 1)] / (a (a - 1))`, `p_i [r_i - 1 - log r_i]` at a = 0,
      `p_i [r_i log r_i - r_i + 1]` at a = 1. The linear term has mean zero; it makes each
      contribution the cost of the unit's own distance from the mean.

    Other measures are not sums over units, and splitting them by the Shapley value takes `2^n`
    evaluations.

    Parameters
    ----------
    measure : callable
        `gini`, `hoover` or `generalized_entropy`, with options bound by `functools.partial`.
    x : array-like, shape (n,)
        Value of each unit, such as staff per head.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    ndarray, shape (n,)
        In the order of `x`, in the unit of the measure.

    Raises
    ------
    DomainError
        If anything lies outside the domain of the measure.
    ParameterError
        If the measure is not a sum over units.

    References
    ----------
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified
    framework based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Cowell, F. A. (2011). Measuring Inequality, 3rd edition. Oxford University Press, chapter 3
    (inequality as a sum of distances from equality).

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> unit_contributions(gini, [1.0, 2.0, 3.0]).round(4).tolist()
    [0.0833, 0.0556, 0.0833]
    """
    name = measure_name(measure)
    functional = functional_of(measure)
    if not isinstance(functional, Gini | Hoover | GeneralizedEntropy):
        raise ParameterError(
            f"{name}: not a sum over units. Use gini, hoover or generalized_entropy."
        )
    measure(x, weights)  # refuses what lies outside the domain of the measure, in its own words
    order, ascending, sorted_weights = sort_sample(x, weights, measure=name)
    shares = sorted_weights / float(sorted_weights.sum())
    relative = ascending / float(shares @ ascending)
    contributions = np.empty(ascending.size)
    contributions[order] = shares * _distances(functional, relative, shares)
    return contributions


def contributions_to_change(
    measure: Statistic,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
) -> UnitContributions:
    """Return what each unit adds to a measure before and after, and so to its change.

    Formula: `c_i(x1, w1) - c_i(x0, w0)` with `c_i` of `unit_contributions`. The sum over units
    is the change, exactly. A unit contributes to the change through its own value and weight
    and through the mean and, for the Gini index, through all others it is compared with.

    Range: any real number; negative where the unit lowered inequality.

    Parameters
    ----------
    measure : callable
        `gini`, `hoover` or `generalized_entropy`, with options bound by `functools.partial`.
    before, after : array-like, shape (n,)
        Values of the same units, in the same order.
    weights_before, weights_after : array-like, shape (n,), optional
        Positive weights at each date. Pass both, or neither.

    Returns
    -------
    UnitContributions

    Raises
    ------
    DomainError
        If the dates differ in length, or anything lies outside the domain of the measure.
    ParameterError
        If the measure is not a sum over units, or weights are given for one date only.

    References
    ----------
    As in `unit_contributions`.

    Examples
    --------
    >>> from analysis.inequality.measures import hoover
    >>> found = contributions_to_change(hoover, [1.0, 2.0, 3.0], [2.0, 2.0, 2.0])
    >>> found.change.round(4).tolist()
    [-0.0833, 0.0, -0.0833]
    """
    name = measure_name(measure)
    before, after, weights_before, weights_after = align_all(
        name,
        before=before,
        after=after,
        weights_before=weights_before,
        weights_after=weights_after,
    )
    as_pair(before, after, measure=name)
    require_both_weights(weights_before, weights_after, measure=name)
    return UnitContributions(
        name,
        unit_contributions(measure, before, weights_before),
        unit_contributions(measure, after, weights_after),
    )


def _distances(
    functional: Gini | Hoover | GeneralizedEntropy, relative: FloatArray, shares: FloatArray
) -> FloatArray:
    """Return the distance of each ascending relative value from equality."""
    away = relative - 1.0
    if isinstance(functional, Gini):
        return 0.5 * functional.correction(shares.size) * mean_differences(away, shares)
    if isinstance(functional, Hoover):
        return 0.5 * np.abs(away)
    alpha = functional.alpha
    if alpha == 0:
        return away - np.log(relative)
    if alpha == 1:
        return np.asarray(xlogy(relative, relative) - away, dtype=np.float64)
    return (relative**alpha - 1.0 - alpha * away) / (alpha * (alpha - 1.0))
