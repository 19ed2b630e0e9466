"""Generalised entropy over groups inside groups: kabupaten in province in island group."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError
from analysis.inequality.decomposition.subgroups import component_frame, group_index
from analysis.inequality.measures.entropy_parts import entropy_domain, entropy_parts
from analysis.inequality.samples.groups import Grouped
from analysis.inequality.samples.ordering import IntArray
from analysis.inequality.samples.sample import FloatArray
from analysis.labels import align_all, label_codes


@dataclass(frozen=True, eq=False)
class NestedDecomposition:
    """Generalised entropy in three parts that add up, for units in inner in outer groups.

    Attributes
    ----------
    alpha : float
        Parameter of the measure: 0 is Theil L, 1 Theil T.
    between_outer : float
        Inequality between the means of outer groups (island groups).
    between_inner : float
        Inequality between the means of inner groups (provinces) inside outer groups.
    within_inner : float
        Inequality between units (kabupaten) inside inner groups.
    outer : DataFrame
        One row per outer group: `outer`; `population_share`; `value_share`; `mean`; `index`, the
        measure over its units; `between_outer`, `between_inner`, `within_inner`, what it adds to
        the three parts; `share`, all three as a share of the total (missing if that is zero).
    inner : DataFrame
        One row per inner group: `outer`; `inner`; `population_share`; `value_share`; `mean`;
        `index`; `between_inner`, `within_inner`, what it adds to the two parts; `share`.
    """

    alpha: float
    between_outer: float
    between_inner: float
    within_inner: float
    outer: pd.DataFrame
    inner: pd.DataFrame

    @property
    def total(self) -> float:
        """Generalised entropy of all units."""
        return self.between_outer + self.between_inner + self.within_inner

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component: component, value, share of the total."""
        parts = {
            "between_outer": self.between_outer,
            "between_inner": self.between_inner,
            "within_inner": self.within_inner,
        }
        return component_frame(parts, self.total)


def nested_entropy(
    x: npt.ArrayLike,
    inner: npt.ArrayLike,
    outer: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    alpha: float = 1.0,
) -> NestedDecomposition:
    """Split generalised entropy over two levels of groups, one nested in the other, exactly.

    Formula, with outer groups o of mean `mu_o` and inner groups c of mean `mu_c`, and the term
    `t(d)` of GE(a) for a relative distance `d` from the mean:

    - between outer groups `sum_o p_o t(mu_o / mu - 1)`,
    - between inner groups `sum_o (mu_o / mu)^a sum_{c in o} p_c t(mu_c / mu_o - 1)`,
    - within inner groups `sum_c (mu_c / mu)^a sum_{i in c} p_i t(x_i / mu_c - 1)`.

    For Theil T (alpha = 1) and Theil L (alpha = 0) these are the between-region,
    between-province and within-province components of Akita's two-stage nested decomposition.

    Range: all parts >= 0. The second is zero when provinces inside each island group have equal
    means.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values > 0; zeros are allowed for alpha > 0.
    inner : array-like, shape (n,)
        Label of each unit's inner group, such as its province.
    outer : array-like, shape (n,)
        Label of each unit's outer group, such as its island group.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    alpha : float
        Any real number.

    Returns
    -------
    NestedDecomposition

    Raises
    ------
    DomainError
        If values, weights or labels lie outside the domain, or an inner group lies in two outer
        ones.

    References
    ----------
    Akita, T. (2003). Decomposing regional income inequality in China and Indonesia using
    two-stage nested Theil decomposition method. Annals of Regional Science 37, 55-77.

    Shorrocks, A. F. (1984). Inequality decomposition by population subgroups. Econometrica 52,
    1369-1385.

    Examples
    --------
    >>> found = nested_entropy(
    ...     [1, 3, 2, 6, 4, 4], list("aabbcc"), ["W", "W", "W", "W", "E", "E"], alpha=2
    ... )
    >>> [round(float(value), 6) for value in found.to_frame()["value"]]
    [0.01, 0.03, 0.075, 0.115]
    """
    name = f"nested_entropy(alpha={alpha})"
    x, inner, outer, weights = align_all(name, x=x, inner=inner, outer=outer, weights=weights)
    sample = Grouped(
        x, inner, weights, measure=name, domain=entropy_domain(alpha), argument="inner"
    )
    parent, outer_labels = _outer_of_each_inner(inner, outer, sample.size, name)
    segments, people, means, mean = sample.segments, sample.people, sample.means, sample.mean
    outer_people = _sums(parent, people)
    outer_means = _sums(parent, people * means) / outer_people
    outer_away = _sums(parent, people * sample.means_away) / outer_people

    centres = segments.spread(means)
    units = entropy_parts(segments.values, segments.away, centres, sample.shares, mean, alpha)
    within = segments.sums(units)
    apart = sample.means_away - outer_away[parent]
    between = entropy_parts(means, apart, outer_means[parent], people, mean, alpha)
    everywhere = np.full_like(outer_means, mean)
    top = entropy_parts(outer_means, outer_away, everywhere, outer_people, mean, alpha)
    outer_within, outer_between = _sums(parent, within), _sums(parent, between)
    total = float(top.sum() + between.sum() + within.sum())
    relative, outer_relative = means / mean, outer_means / mean
    return NestedDecomposition(
        alpha,
        float(top.sum()),
        float(between.sum()),
        float(within.sum()),
        pd.DataFrame(
            {
                "outer": outer_labels,
                "population_share": outer_people,
                "value_share": outer_people * outer_relative,
                "mean": outer_means,
                "index": group_index(
                    outer_between + outer_within, outer_people, outer_relative, alpha
                ),
                "between_outer": top,
                "between_inner": outer_between,
                "within_inner": outer_within,
                "share": (top + outer_between + outer_within) / total if total > 0.0 else np.nan,
            }
        ),
        pd.DataFrame(
            {
                "outer": outer_labels[parent],
                "inner": sample.labels,
                "population_share": people,
                "value_share": people * relative,
                "mean": means,
                "index": group_index(within, people, relative, alpha),
                "between_inner": between,
                "within_inner": within,
                "share": (between + within) / total if total > 0.0 else np.nan,
            }
        ),
    )


def _outer_of_each_inner(
    inner: npt.ArrayLike, outer: npt.ArrayLike, groups: int, name: str
) -> tuple[IntArray, npt.NDArray[Any]]:
    """Return the number of the outer group of each inner one, and the outer labels."""
    n = len(pd.Series(inner))
    inner_code, inner_labels = label_codes(inner, n, what=f"{name}, inner")
    outer_code, outer_labels = label_codes(outer, n, what=f"{name}, outer")
    parent = np.empty(groups, dtype=np.int64)
    parent[inner_code] = outer_code
    astray = parent[inner_code] != outer_code
    if astray.any():
        label = inner_labels.tolist()[inner_code[int(np.argmax(astray))]]
        raise DomainError(
            f"{name}: the inner group {label!r} lies in two outer groups. Correct the labels, or "
            "give inner groups of one name, in different outer groups, different labels."
        )
    return parent, outer_labels


def _sums(parent: IntArray, of_inner: FloatArray) -> FloatArray:
    sums: FloatArray = np.bincount(parent, weights=of_inner).astype(np.float64, copy=False)
    return sums
