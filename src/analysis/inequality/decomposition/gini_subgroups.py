"""The Gini index within and between population subgroups, where groups may overlap.

`p_g`, `mu_g`, `s_g = p_g mu_g / mu` and `G_g` are the share of people, the mean, the share of the
total and the Gini index of group g. Pyatt's and Dagum's decompositions have the same three parts:
Pyatt's between-group part is Dagum's net one, and Pyatt's overlap is Dagum's transvariation.
`gini_by_subgroup` computes the parts alone, fast for any number of groups; `dagum_by_subgroup`
computes them pair of groups by pair of groups, from a different formula.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inequality.decomposition.subgroups import component_frame
from analysis.inequality.measures.rank_measures import _absolute_gini, absolute_gini
from analysis.inequality.samples.groups import Grouped
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments


@dataclass(frozen=True, eq=False)
class GiniDecomposition:
    """The Gini index, split into within, between and overlap.

    Attributes
    ----------
    within, between, overlap : float
        The three parts, which add up to `total`.
    groups : DataFrame
        One row per group: `group`; `population_share` p_g; `value_share` s_g; `mean`; `gini`,
        the index inside the group; `within`, what the group adds to that part; `share`, that as
        a share of the total (missing if the total is zero).
    """

    within: float
    between: float
    overlap: float
    groups: pd.DataFrame

    @property
    def total(self) -> float:
        """Gini index of all units."""
        return self.within + self.between + self.overlap

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component: component, value, share of the total."""
        parts = {"within": self.within, "between": self.between, "overlap": self.overlap}
        return component_frame(parts, self.total)


@dataclass(frozen=True, eq=False)
class DagumDecomposition:
    """The Gini index, split into within, net between and transvariation, pair by pair.

    Attributes
    ----------
    within, net_between, transvariation : float
        The three parts, which add up to `total`.
    groups : DataFrame
        As in `GiniDecomposition`.
    pairs : DataFrame
        One row per pair of groups, the one of the higher mean first: `richer`; `poorer`; `gini`
        G_jh; `affluence` d_jh, the expected excess of the richer over the poorer where it is
        ahead; `overlap` p_jh, that of the poorer over the richer where that one is ahead;
        `relative_affluence` D_jh; `net_between` and `transvariation`, what the pair adds to the
        two parts.
    matrix : DataFrame
        Groups by groups: G_jh off the diagonal, the Gini index of the group on it.
    """

    within: float
    net_between: float
    transvariation: float
    groups: pd.DataFrame
    pairs: pd.DataFrame
    matrix: pd.DataFrame

    @property
    def total(self) -> float:
        """Gini index of all units."""
        return self.within + self.net_between + self.transvariation

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component: component, value, share of the total."""
        parts = {
            "within": self.within,
            "net_between": self.net_between,
            "transvariation": self.transvariation,
        }
        return component_frame(parts, self.total)


def gini_by_subgroup(
    x: npt.ArrayLike, groups: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> GiniDecomposition:
    """Split the Gini index into within groups, between groups, and their overlap.

    Formula: `G = sum_g p_g s_g G_g + G(means) + overlap`. The first part weighs each group by its
    shares of people and of the total; the second is the index over people who all have the mean
    of their group; the third is what remains, zero where the ranges of the groups do not overlap.
    O(n log n).

    Range: all parts in [0, 1).

    Parameters
    ----------
    x : array-like, shape (n,)
        Values >= 0, not all zero.
    groups : array-like, shape (n,)
        Label of each unit's group, such as an island group.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    GiniDecomposition

    Raises
    ------
    DomainError
        If values, weights or labels lie outside the domain.

    References
    ----------
    Pyatt, G. (1976). On the interpretation and disaggregation of Gini coefficients. Economic
    Journal 86, 243-255.

    Bhattacharya, N. and Mahalanobis, B. (1967). Regional disparities in household consumption in
    India. Journal of the American Statistical Association 62, 143-161.

    Lambert, P. J. and Aronson, J. R. (1993). Inequality decomposition analysis and the Gini
    coefficient revisited. Economic Journal 103, 1221-1227 (what the overlap means).

    Examples
    --------
    >>> found = gini_by_subgroup([1, 3, 2, 6], ["a", "a", "b", "b"])
    >>> [round(part, 6) for part in (found.within, found.between, found.overlap)]
    [0.125, 0.166667, 0.041667]
    """
    sample = Grouped(x, groups, weights, measure="gini_by_subgroup", domain="shareable")
    segments, mean = sample.segments, sample.mean
    inside = _absolute_gini(segments)
    within = float(np.sum(sample.people**2 * inside)) / mean
    between = absolute_gini(sample.means_away, sample.people) / mean
    spread = absolute_gini(segments.values, segments.weights) / mean
    # Rounding must not turn the overlap of groups that do not overlap into less than nothing.
    overlap = max(0.0, spread - within - between)
    table = _group_table(sample, inside, within + between + overlap)
    return GiniDecomposition(within, between, overlap, table)


def dagum_by_subgroup(
    x: npt.ArrayLike, groups: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> DagumDecomposition:
    """Split the Gini index by Dagum: within, net between, and transvariation, for each pair.

    Formula, for groups j and h with `mu_j >= mu_h`, and `X_j`, `X_h` drawn from them at random:

    - `d_jh = E max(X_j - X_h, 0)` and `p_jh = E max(X_h - X_j, 0)`,
    - `G_jh = (d_jh + p_jh) / (mu_j + mu_h)`, the Gini ratio between the two groups,
    - `D_jh = (d_jh - p_jh) / (d_jh + p_jh)`, the relative economic affluence, in [0, 1],
    - within `sum_g p_g s_g G_g`,
    - net between `sum_{j, h} G_jh D_jh (p_j s_h + p_h s_j)` over pairs,
    - transvariation `sum_{j, h} G_jh (1 - D_jh) (p_j s_h + p_h s_j)` over pairs.

    From cumulative sums over the sorted values: one pass for each group after one sort, whatever
    the number of pairs.

    Range: all parts in [0, 1). Transvariation is zero where no unit of a poorer group is above one
    of a richer group.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values >= 0, not all zero.
    groups : array-like, shape (n,)
        Label of each unit's group, such as an island group.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.

    Returns
    -------
    DagumDecomposition

    Raises
    ------
    DomainError
        If values, weights or labels lie outside the domain.

    References
    ----------
    Dagum, C. (1997). A new approach to the decomposition of the Gini income inequality ratio.
    Empirical Economics 22, 515-531.

    Examples
    --------
    >>> found = dagum_by_subgroup([1, 3, 2, 6], ["a", "a", "b", "b"])
    >>> [round(part, 6) for part in (found.within, found.net_between, found.transvariation)]
    [0.125, 0.166667, 0.041667]
    >>> found.pairs[["richer", "poorer", "affluence", "overlap"]].values.tolist()
    [['b', 'a', 2.25, 0.25]]
    """
    sample = Grouped(x, groups, weights, measure="dagum_by_subgroup", domain="shareable")
    excess = _mean_excesses(sample.segments)
    means, people, mean = sample.means, sample.people, sample.mean
    first, second = np.triu_indices(means.size, k=1)
    swap = sample.means_away[first] < sample.means_away[second]
    richer, poorer = np.where(swap, second, first), np.where(swap, first, second)
    affluence, overlap = excess[poorer, richer], excess[richer, poorer]
    pair_weight = people[richer] * people[poorer] / mean  # (p_j s_h + p_h s_j) / (mu_j + mu_h)
    ahead = sample.means_away[richer] - sample.means_away[poorer]
    net = pair_weight * ahead
    transvariation = pair_weight * 2.0 * overlap
    apart, sums = excess + excess.T, means[:, None] + means[None, :]
    matrix = np.divide(apart, sums, out=np.zeros_like(apart), where=sums > 0.0)
    inside = np.diag(excess)
    within = float(np.sum(people**2 * inside)) / mean
    total = within + float(net.sum()) + float(transvariation.sum())
    labels = sample.labels
    difference = affluence + overlap
    pairs = pd.DataFrame(
        {
            "richer": labels[richer],
            "poorer": labels[poorer],
            "gini": matrix[richer, poorer],
            "affluence": affluence,
            "overlap": overlap,
            "relative_affluence": np.divide(
                ahead,
                difference,
                out=np.zeros_like(difference),
                where=difference > 0.0,
            ),
            "net_between": net,
            "transvariation": transvariation,
        }
    )
    return DagumDecomposition(
        within,
        float(net.sum()),
        float(transvariation.sum()),
        _group_table(sample, inside, total),
        pairs,
        pd.DataFrame(matrix, index=labels, columns=labels),
    )


def _mean_excesses(segments: Segments) -> FloatArray:
    """Return `E max(X_h - X_g, 0)` for groups g (rows) and h (columns), shape (k, k).

    This is Pyatt's matrix of expected gains. Its diagonal holds half the mean difference inside
    each group. With `F_g` the distribution function of group g, `E max(y - X_g, 0)` is the
    integral of `F_g` up to y: a sum over gaps between neighbouring values, averaged over group h.
    No term is negative, and groups that do not overlap give zero exactly.
    """
    order = np.argsort(segments.values, kind="stable")
    gaps = np.diff(segments.values[order])
    ends = segments.starts + segments.sizes
    excess = np.empty((segments.starts.size, segments.starts.size))
    mass, shortfall, back = np.zeros((3, order.size))
    for g, (start, end) in enumerate(zip(segments.starts, ends, strict=True)):
        mass[start:end] = segments.shares[start:end]
        np.cumsum(np.cumsum(mass[order])[:-1] * gaps, out=shortfall[1:])
        mass[start:end] = 0.0
        back[order] = shortfall
        excess[g] = segments.mean_of(back)
    return excess


def _group_table(sample: Grouped, inside: FloatArray, total: float) -> pd.DataFrame:
    means, people, mean = sample.means, sample.people, sample.mean
    within = people**2 * inside / mean
    return pd.DataFrame(
        {
            "group": sample.labels,
            "population_share": people,
            "value_share": people * means / mean,
            "mean": means,
            "gini": np.divide(inside, means, out=np.zeros_like(inside), where=means > 0.0),
            "within": within,
            "share": within / total if total > 0.0 else np.nan,
        }
    )
