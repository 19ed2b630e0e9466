"""Generalised entropy within and between population subgroups.

`x_i` is the value of unit i, `p_i` its share of people, `mu` the mean; `p_g`, `mu_g` and
`s_g = p_g mu_g / mu` are the share of people, the mean and the share of the total of group g.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.inequality.measures.entropy_parts import entropy_domain, entropy_parts
from analysis.inequality.samples.groups import Grouped
from analysis.inequality.samples.sample import FloatArray


@dataclass(frozen=True, eq=False)
class EntropyDecomposition:
    """Generalised entropy, split into what lies within groups and between them.

    Attributes
    ----------
    alpha : float
        Parameter of the measure: 0 is Theil L, 1 Theil T, 2 half the squared coefficient of
        variation.
    within, between : float
        The two parts, which add up to `total`.
    groups : DataFrame
        One row per group: `group`; `population_share` p_g; `value_share` s_g; `mean`; `index`,
        the measure inside the group; `within` and `between`, what the group adds to the two
        parts; `share`, both together as a share of the total (missing if the total is zero).
    """

    alpha: float
    within: float
    between: float
    groups: pd.DataFrame

    @property
    def total(self) -> float:
        """Generalised entropy of all units."""
        return self.within + self.between

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component (within, between, total): component, value, share.

        `share` is that of the total, missing if the total is zero.
        """
        return component_frame({"within": self.within, "between": self.between}, self.total)


def entropy_by_subgroup(
    x: npt.ArrayLike,
    groups: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    alpha: float = 1.0,
) -> EntropyDecomposition:
    """Split generalised entropy into inequality within groups and between them, exactly.

    Formula: `GE(a) = sum_g p_g (mu_g / mu)^a GE_g(a) + GE(a; means)`, where the second part is
    the measure over people who all have the mean of their group. Group g adds
    `p_g (mu_g / mu)^a GE_g(a)` to the first; to the second, the term
    `p_g ((mu_g/mu)^a - 1 - a (mu_g/mu - 1)) / (a (a - 1))` (its limits at a = 0 and 1), which is
    at least zero, so that a group adds to inequality by lying above the mean as by lying below.
    Weights of the first part sum to one for Theil L (shares of people) and Theil T (shares of the
    total) only.

    Range: both parts >= 0; `within` is zero when groups are uniform inside, `between` when their
    means are equal.

    Parameters
    ----------
    x : array-like, shape (n,)
        Values > 0; zeros are allowed for alpha > 0.
    groups : array-like, shape (n,)
        Label of each unit's group, such as an island group.
    weights : array-like, shape (n,), optional
        Positive weights, such as population.
    alpha : float
        Any real number.

    Returns
    -------
    EntropyDecomposition

    Raises
    ------
    DomainError
        If values, weights or labels lie outside the domain.

    References
    ----------
    Shorrocks, A. F. (1980). The class of additively decomposable inequality measures.
    Econometrica 48, 613-625.

    Shorrocks, A. F. (1984). Inequality decomposition by population subgroups. Econometrica 52,
    1369-1385.

    Cowell, F. A. (2011). Measuring Inequality, 3rd edition. Oxford University Press.

    Examples
    --------
    >>> found = entropy_by_subgroup([1, 3, 2, 6], ["a", "a", "b", "b"], alpha=2)
    >>> round(found.within, 6), round(found.between, 6)
    (0.138889, 0.055556)
    """
    name = f"entropy_by_subgroup(alpha={alpha})"
    sample = Grouped(x, groups, weights, measure=name, domain=entropy_domain(alpha))
    segments, people, means, mean = sample.segments, sample.people, sample.means, sample.mean
    centres = segments.spread(means)
    units = entropy_parts(segments.values, segments.away, centres, sample.shares, mean, alpha)
    within = segments.sums(units)
    everywhere = np.full_like(means, mean)
    between = entropy_parts(means, sample.means_away, everywhere, people, mean, alpha)
    total = float(within.sum() + between.sum())
    return EntropyDecomposition(
        alpha,
        float(within.sum()),
        float(between.sum()),
        pd.DataFrame(
            {
                "group": sample.labels,
                "population_share": people,
                "value_share": people * means / mean,
                "mean": means,
                "index": group_index(within, people, means / mean, alpha),
                "within": within,
                "between": between,
                "share": (within + between) / total if total > 0.0 else np.nan,
            }
        ),
    )


def group_index(
    within: FloatArray, people: FloatArray, relative_means: FloatArray, alpha: float
) -> FloatArray:
    """Return the measure inside each group from what it adds to the measure of everything."""
    weight = people * relative_means**alpha
    return np.divide(within, weight, out=np.zeros_like(weight), where=weight > 0.0)


def component_frame(parts: dict[str, float], total: float) -> pd.DataFrame:
    """Return one row per part and one for the total: component, value, share of the total."""
    values = {**parts, "total": total}
    return pd.DataFrame(
        {
            "component": list(values),
            "value": list(values.values()),
            "share": [value / total if total else np.nan for value in values.values()],
        }
    )
