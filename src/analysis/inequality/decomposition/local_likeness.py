"""Which units are like their neighbours, and which are unlike them."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import false_discovery_control

from analysis.arrays import BoolArray, FloatArray
from analysis.errors import DomainError, ParameterError
from analysis.inequality.decomposition.adjacency import Neighbours, as_linked
from analysis.inequality.inference.random_counts import Seed, generator
from analysis.inequality.samples.sample import as_values
from analysis.labels import labels_of

Kind = Literal["high_high", "low_low", "high_low", "low_high", "not_told", "no_neighbour"]
"""A unit and its neighbours: high among high ones, and so on; `not_told` where chance could place
values so, `no_neighbour` where there is nothing to tell."""
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, eq=False)
class LocalAutocorrelation:
    """Local Moran's I of each unit.

    Attributes
    ----------
    units : DataFrame
        One row for each unit, in the order given and with its label: `value`; `neighbours`, their
        number; `mean`, the plain mean of their values; `estimate`, local Moran's I, above zero
        where both lie on the same side of the mean of all; `p_value`, two-sided, one unit at a
        time; `q_value`, the least rate of false discoveries at which the unit is told; `kind`, see
        `Kind`. Of units without neighbours, the mean and what rests on it are missing.
    rate : float
        Rate of false discoveries that `kind` holds to.
    permutations : int
        Random placements of the values of the others, for each unit.
    seed : int or None
        What repeats them.
    """

    units: pd.DataFrame
    rate: float
    permutations: int
    seed: int | None

    def to_frame(self) -> pd.DataFrame:
        """Return the units with their labels in a column `unit`."""
        return self.units.rename_axis("unit").reset_index()

    def told(self, kind: Kind) -> tuple[Hashable, ...]:
        """Return the units of one kind, by label, in the order given."""
        return tuple(self.units.index[self.units["kind"] == kind])


def local_autocorrelation(
    x: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    rate: float = 0.05,
    permutations: int = 9999,
    seed: Seed = None,
) -> LocalAutocorrelation:
    """Return local Moran's I, which tells where neighbours are alike and where one stands out.

    Formula: `I_i = (n - 1) z_i (mean of z_j over neighbours j of i) / sum_j z_j^2` with `z` the
    distances from the plain mean: Anselin (1995, equation 7) with the scale of PySAL's `esda`. The
    mean over units with neighbours is Moran's I times `(n - 1) / n`.

    Whether by chance: the unit keeps its value, the values of all others are placed at random, and
    `p_value` is twice the smaller of `(1 + k) / (permutations + 1)`, as in
    `spatial_autocorrelation`. With as many tests as units some come out low anyhow, so `kind`
    tells a unit only if its `q_value` (Benjamini and Hochberg; for this use Caldas de Castro and
    Singer) is at most `rate`: of the units told, about that share is expected to be there by
    chance. It cannot be below `2 / (permutations + 1)`. The tests of neighbours go together, which
    the procedure bears where they do so positively.

    Units count once, whatever their people, as in `spatial_autocorrelation`. Residuals of a model
    are placed as they stand: with many columns, such as one for each province, take the test of all
    units there instead.

    Range: unbounded; 0 where the neighbours lie at the mean of all.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values that differ, of three units at least.
    neighbours
        As in `spatial_gini`; may differ by direction.
    rate : float
        Rate of false discoveries, in (0, 1).
    permutations : int
        Random placements.
    seed : int or numpy.random.Generator, optional
        Makes them repeatable. Without one a seed is drawn, and the result records it.

    Returns
    -------
    LocalAutocorrelation

    Raises
    ------
    DomainError
        If all values are equal, there are too few, or `neighbours` does not fit the units or holds
        no neighbours.
    ParameterError
        If there are no permutations, or the rate is no share.

    References
    ----------
    Anselin, L. (1995). Local indicators of spatial association - LISA. Geographical Analysis 27,
    93-115.

    Caldas de Castro, M. and Singer, B. H. (2006). Controlling the false discovery rate: a new
    application to account for multiple and dependent tests in local statistics of spatial
    association. Geographical Analysis 38, 180-208.

    Examples
    --------
    >>> line = {"A": ["B"], "B": ["A", "C"], "C": ["B", "D"], "D": ["C"]}
    >>> ratio = pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0})
    >>> found = local_autocorrelation(ratio, line, permutations=99, seed=1)
    >>> found.units["estimate"].round(2).tolist()
    [0.45, 0.15, 0.15, 0.45]
    """
    name = "local_autocorrelation"
    if permutations < 1:
        raise ParameterError(f"permutations: {permutations} given, at least 1 needed.")
    if not 0.0 < rate < 1.0:
        raise ParameterError(f"rate: {rate} given, a share above 0 and below 1 needed.")
    values = as_values(x, measure=name)
    if values.size < 3 or values.min() == values.max():
        raise DomainError(f"{name}: needs three units at least, whose values differ.")
    labels = labels_of(x)
    linked = as_linked(neighbours, labels, values.size, name)
    rng, used = generator(seed)

    sizes = linked.sum(axis=1)
    joined = sizes > 0
    away = values - values.mean()
    mean = np.full(values.size, np.nan)
    mean[joined] = (linked @ away)[joined] / sizes[joined]
    p_value = np.full(values.size, np.nan)
    p_value[joined] = _p_values(away, linked, mean, permutations, rng)
    q_value = np.full(values.size, np.nan)
    q_value[joined] = false_discovery_control(p_value[joined], method="bh")
    units = pd.DataFrame(
        {
            "value": values,
            "neighbours": sizes,
            "mean": mean + values.mean(),
            "estimate": (values.size - 1) * away * mean / (away @ away),
            "p_value": p_value,
            "q_value": q_value,
            "kind": _kinds(away, mean, joined, q_value <= rate),
        },
        index=labels,
    )
    return LocalAutocorrelation(units, rate, permutations, used)


def _p_values(
    away: FloatArray,
    linked: BoolArray,
    mean: FloatArray,
    permutations: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Return the p-value of each unit that has neighbours.

    The value of the unit itself stays, so its local I ranks as the mean of its neighbours does. One
    draw of positions serves all units: the neighbours of each are the first of them, counted past
    the unit itself.
    """
    sizes = linked.sum(axis=1)
    others = np.arange(away.size - 1)
    drawn = np.stack([rng.permutation(others)[: sizes.max()] for _ in range(permutations)], axis=1)
    found = []
    for unit in np.flatnonzero(sizes).tolist():
        first = drawn[: sizes[unit]]
        placed = away[first + (first >= unit)].mean(axis=0)
        rounding = 1e-12 * np.abs(away).max()
        high = np.count_nonzero(placed >= mean[unit] - rounding)
        low = np.count_nonzero(placed <= mean[unit] + rounding)
        found.append(min(1.0, 2.0 * (1 + min(high, low)) / (permutations + 1)))
    return np.array(found)


def _kinds(
    away: FloatArray, mean: FloatArray, joined: BoolArray, told: BoolArray
) -> npt.NDArray[Any]:
    side = np.where(away > 0, "high", "low")
    around = np.where(mean > 0, "_high", "_low")
    kinds = np.where(told, np.char.add(side, around), "not_told")
    found: npt.NDArray[Any] = np.where(joined, kinds, "no_neighbour").astype(object)
    return found
