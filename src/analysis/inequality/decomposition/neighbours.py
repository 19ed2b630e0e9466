"""From which pairs inequality comes, neighbours or distant units, and if neighbours are alike."""

import warnings
from collections.abc import Hashable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array

from analysis.arrays import BoolArray, FloatArray, IntArray, as_floats
from analysis.errors import DomainError, ParameterError
from analysis.inequality.decomposition.adjacency import Neighbours, arcs, as_linked
from analysis.inequality.inference.random_counts import Seed, generator
from analysis.inequality.measures import gini
from analysis.inequality.samples.sample import as_sample, as_values
from analysis.labels import align, align_all, labels_of

_BLOCK = 500  # placements fitted at once


@dataclass(frozen=True)
class SpatialGini:
    """The Gini index, split between pairs of neighbours and all other pairs.

    Attributes
    ----------
    total : float
        Gini index.
    neighbours, others : float
        What pairs of neighbours, and pairs that are none, contribute; they add up to the index.
    pairs_share : float
        Share of pairs, weighted by people on either side, that are neighbours: the contribution to
        expect of neighbours if place did not matter, as a share of the index.
    p_value : float
        Chance that a random placement of the units gives a contribution of neighbours as far out on
        either side.
    permutations : int
        Random placements, the one observed not counted.
    seed : int or None
        What repeats them.
    """

    total: float
    neighbours: float
    others: float
    pairs_share: float
    p_value: float
    permutations: int
    seed: int | None

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the attributes as columns."""
        return pd.DataFrame([asdict(self)])


@dataclass(frozen=True)
class SpatialAutocorrelation:
    """Moran's I: whether neighbours are alike.

    Attributes
    ----------
    estimate : float
        Moran's I: above `expected` where neighbours are alike.
    expected : float
        Its mean over random placements: `-1 / (n - 1)`, unless the values are residuals.
    se : float
        Its standard deviation over random placements of these values.
    p_value : float
        Chance that a random placement gives a value as far out on either side.
    without_neighbours : tuple
        Units that have none, by label or position: they count in the mean and variance only.
    permutations : int
        Random placements, the one observed not counted.
    seed : int or None
        What repeats them.
    """

    estimate: float
    expected: float
    se: float
    p_value: float
    without_neighbours: tuple[Hashable, ...]
    permutations: int
    seed: int | None

    def to_frame(self) -> pd.DataFrame:
        """Return one row; `without_neighbours` becomes their number."""
        row = asdict(self) | {"without_neighbours": len(self.without_neighbours)}
        return pd.DataFrame([row])


def spatial_gini(
    x: npt.ArrayLike,
    neighbours: Neighbours,
    weights: npt.ArrayLike | None = None,
    *,
    permutations: int = 999,
    seed: Seed = None,
) -> SpatialGini:
    """Split the Gini index between pairs of neighbours and all other pairs.

    Formula: with `N_ij = 1` for neighbours,
    `G = sum_ij N_ij p_i p_j |x_i - x_j| / (2 mu) + sum_ij (1 - N_ij) p_i p_j |x_i - x_j| / (2 mu)`.
    Rey and Smith give it for units that count once; with weights it is that of people. Where place
    matters, neighbours are alike and contribute less than their share of pairs. Whether by chance
    is told by placing the units at random (values and weights together) many times: `p_value` is
    twice the smaller of `(1 + k) / (permutations + 1)`, k counting placements with at least, and at
    most, the contribution observed.

    Range: both parts in [0, G].

    Parameters
    ----------
    x : array-like, shape (n,)
        Values >= 0, not all zero, such as staff per head.
    neighbours : DataFrame or array-like of shape (n, n), or mapping
        Who borders on whom: 1 or True for neighbours, both ways round; or for each unit, by its
        label, the labels of its neighbours. A frame or mapping needs labels on `x`.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    permutations : int
        Random placements.
    seed : int or numpy.random.Generator, optional
        Makes them repeatable. Without one a seed is drawn, and the result records it.

    Returns
    -------
    SpatialGini

    Raises
    ------
    DomainError
        If the values or weights lie outside the domain, or `neighbours` does not fit the units, is
        not the same both ways round, or holds no neighbours.
    ParameterError
        If there are no permutations.

    References
    ----------
    Rey, S. J. and Smith, R. J. (2013). A spatial decomposition of the Gini coefficient. Letters in
    Spatial and Resource Sciences 6, 55-70.

    Examples
    --------
    >>> line = {"A": ["B"], "B": ["A", "C"], "C": ["B", "D"], "D": ["C"]}
    >>> ratio = pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0})
    >>> found = spatial_gini(ratio, line, permutations=99, seed=1)
    >>> found.total, round(found.neighbours, 4), round(found.pairs_share, 4)
    (0.25, 0.075, 0.5)
    """
    name = "spatial_gini"
    _check_permutations(permutations)
    x, weights = align_all(name, x=x, weights=weights)
    values, people = as_sample(x, weights, measure=name, domain="shareable")
    linked = as_linked(neighbours, labels_of(x), values.size, name)
    if not np.array_equal(linked, linked.T):
        raise DomainError(
            f"{name}, neighbours: some pairs are neighbours one way round only. Name each in the "
            "list of the other, or take the matrix or its transpose, `m | m.T`."
        )
    shares = np.ones_like(values) if people is None else people
    shares = shares / shares.sum()
    left, right = arcs(linked)
    double_mean = 2.0 * float(shares @ values)

    def contribution(order: IntArray) -> float:
        i, j = order[left], order[right]
        return float((shares[i] * shares[j]) @ np.abs(values[i] - values[j])) / double_mean

    total = gini(values, people)
    observed, p_value, used = _placed(contribution, values.size, permutations, seed)
    pairs = float(shares[left] @ shares[right]) / (1.0 - float(shares @ shares))
    return SpatialGini(total, observed, total - observed, pairs, p_value, permutations, used)


def spatial_autocorrelation(
    x: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    residual_of: npt.ArrayLike | None = None,
    permutations: int = 999,
    seed: Seed = None,
) -> SpatialAutocorrelation:
    """Return Moran's I, which tells whether neighbours are more alike than units placed at random.

    Formula: `I = (n / S) sum_ij a_ij z_i z_j / sum_i z_i^2` with `z` the distances from the plain
    mean, `a_ij = 1 / (number of neighbours of i)` for neighbours, and `S = sum_ij a_ij`. Estimate
    and moments are those of PySAL's `esda`. The p-value is that of `spatial_gini`: twice the
    smaller tail among random placements.

    Units count once, whatever their people. Of ratios with few people in them, which vary more,
    the test says too often that place matters or does not; compare with counts in mind.

    What a model leaves cannot be placed at random as it stands: residuals add up to zero with each
    column of the model, within each province if provinces are among them, so that neighbours
    differ by construction. With the columns as `residual_of`, each placement is fitted anew and its
    residuals measured (Freedman and Lane), and `expected` and `se` are those of these placements.
    For the residuals of a least-squares fit the mean is near `n / S tr(M A) / (n - k)`, with `M`
    what makes residuals of values (Cliff and Ord, section 8.3). Of other models, pass Pearson
    residuals and the columns times the square roots of the weights; the test is then approximate.

    Range: about [-1, 1]; -1 / (n - 1) where place does not matter.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values that differ, of three units at least.
    neighbours
        As in `spatial_gini`; may differ by direction.
    residual_of : array-like, shape (n, k), optional
        The columns, with the constant if there is one, that `x` are the residuals on.
    permutations : int
        Random placements.
    seed : int or numpy.random.Generator, optional
        Makes them repeatable. Without one a seed is drawn, and the result records it.

    Returns
    -------
    SpatialAutocorrelation

    Raises
    ------
    DomainError
        If all values are equal, there are too few, `neighbours` does not fit the units or holds no
        neighbours, or the values are not the residuals on the columns given.
    ParameterError
        If there are no permutations.

    References
    ----------
    Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17-23.

    Cliff, A. D. and Ord, J. K. (1981). Spatial Processes. Pion, London, chapters 2 and 8.

    Freedman, D. and Lane, D. (1983). A nonstochastic interpretation of reported significance
    levels. Journal of Business and Economic Statistics 1, 292-298.

    Examples
    --------
    >>> line = {"A": ["B"], "B": ["A", "C"], "C": ["B", "D"], "D": ["C"]}
    >>> ratio = pd.Series({"A": 1.0, "B": 2.0, "C": 3.0, "D": 4.0})
    >>> round(spatial_autocorrelation(ratio, line, permutations=99, seed=1).estimate, 4)
    0.4
    """
    # Importing PySAL takes over a second, which nobody else should wait for. What it imports warns,
    # in a notebook, that it has no bar to show progress with.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="IProgress not found")
        from esda.moran import Moran
        from libpysal.weights import W

    name = "spatial_autocorrelation"
    _check_permutations(permutations)
    values = as_values(x, measure=name)
    if values.size < 3 or values.min() == values.max():
        raise DomainError(f"{name}: needs three units at least, whose values differ.")
    linked = as_linked(neighbours, labels_of(x), values.size, name)
    adjacent = {i: np.flatnonzero(row).tolist() for i, row in enumerate(linked)}
    found = Moran(values, W(adjacent, silence_warnings=True), permutations=0)
    left, right = arcs(linked)
    strength = 1.0 / linked.sum(axis=1)[left]
    away = values - values.mean()
    scale = float(values.size / strength.sum() / (away @ away))

    def index(order: IntArray) -> float:
        return scale * float(strength @ (away[order[left]] * away[order[right]]))

    if residual_of is None:
        _, p_value, used = _placed(index, values.size, permutations, seed)
        expected, se = float(found.EI), float(found.seI_rand)
    else:
        columns = _columns(residual_of, values, labels_of(x), name)
        rng, used = generator(seed)
        placed = _refitted(values, columns, linked, permutations, rng)
        p_value = _two_sided(float(found.I), placed)
        expected, se = float(placed.mean()), float(placed.std())
    labels = labels_of(x)
    alone = np.flatnonzero(~linked.any(axis=1))
    return SpatialAutocorrelation(
        estimate=float(found.I),
        expected=expected,
        se=se,
        p_value=p_value,
        without_neighbours=tuple(alone.tolist() if labels is None else labels[alone]),
        permutations=permutations,
        seed=used,
    )


def _check_permutations(permutations: int) -> None:
    if permutations < 1:
        raise ParameterError(f"permutations: {permutations} given, at least 1 needed.")


def _placed(
    statistic: Any, n: int, permutations: int, seed: Seed
) -> tuple[float, float, int | None]:
    """Return a statistic of the placement given, its two-sided p-value, and the seed used."""
    rng, used = generator(seed)
    observed: float = statistic(np.arange(n))
    placed: FloatArray = np.array([statistic(rng.permutation(n)) for _ in range(permutations)])
    return observed, _two_sided(observed, placed), used


def _two_sided(observed: float, placed: FloatArray) -> float:
    rounding = 1e-12 * max(1.0, abs(observed))
    tails = (
        np.count_nonzero(placed >= observed - rounding),
        np.count_nonzero(placed <= observed + rounding),
    )
    return min(1.0, 2.0 * (1 + min(tails)) / (placed.size + 1))


def _columns(residual_of: npt.ArrayLike, values: FloatArray, labels: Any, name: str) -> FloatArray:
    """Return an orthonormal basis of the columns, to which the values must be orthogonal."""
    what = f"{name}, residual_of"
    columns = as_floats(align(residual_of, labels, what=what, to="the values"), what=what)
    if columns.ndim != 2 or len(columns) != values.size or not np.isfinite(columns).all():
        raise DomainError(
            f"{what}: expected finite columns of shape ({values.size}, k), but the shape is "
            f"{columns.shape}. Pass the columns of the model, one row for each unit."
        )
    left, strength, _ = np.linalg.svd(columns, full_matrices=False)
    basis: FloatArray = left[:, strength > 1e-10 * strength.max(initial=0.0)]
    if np.abs(basis.T @ values).max(initial=0.0) > 1e-5 * np.linalg.norm(values):
        raise DomainError(
            f"{what}: the values are not the residuals on these columns, for they still go "
            "with them. Pass the residuals and the columns of one and the same model."
        )
    return basis


def _refitted(
    values: FloatArray,
    basis: FloatArray,
    linked: BoolArray,
    permutations: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Return Moran's I of the residuals of each random placement, fitted on the columns again."""
    sizes = linked.sum(axis=1)
    means = csr_array(linked / np.maximum(sizes, 1)[:, None])
    found = []
    for start in range(0, permutations, _BLOCK):
        rows = min(_BLOCK, permutations - start)
        drawn = rng.permuted(np.tile(values, (rows, 1)), axis=1).T
        away = drawn - basis @ (basis.T @ drawn)
        away -= away.mean(axis=0)
        found.append((away * (means @ away)).sum(axis=0) / (away**2).sum(axis=0))
    return np.concatenate(found) * (values.size / np.count_nonzero(sizes))
