"""Number and quality: how many staff there are for those they serve, and how many are qualified.

Of unit i, `p_i` are the recipients (pupils, classes, people), `n_i` the staff and `q_i <= n_i` the
qualified among them: with a degree, of a grade, in a kind of post, certified. Qualified staff per
recipient are number times quality, ``q_i / p_i = (n_i / p_i) (q_i / n_i)``, in every unit and over
all of them together.
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy.special import xlogy

from analysis.arrays import FloatArray, as_number
from analysis.errors import DomainError, ParameterError
from analysis.inequality import theil_l, theil_t
from analysis.inequality.decomposition.subgroups import component_frame
from analysis.messages import some
from analysis.staffing.counts import Counts, as_counts, refuse
from analysis.totals import refuse_total

Index = Literal["theil_t", "theil_l"]
Rule = Literal["logarithmic", "interaction", "shapley"]
_MEASURES = {"theil_t": theil_t, "theil_l": theil_l}
FIELDS = ("few_high", "many_high", "few_low", "many_low")
"""The four fields: few or many staff, then a low or high share of qualified among them."""


@dataclass(frozen=True)
class NumberQualityEffects:
    """Inequality of qualified staff per recipient, split into number and quality.

    Attributes
    ----------
    index : {"theil_t", "theil_l"}
    rule : {"logarithmic", "interaction", "shapley"}
        How the part that both factors make together is dealt with.
    number, quality : float
        What each factor contributes.
    interaction : float
        What they contribute together: above zero where quality is high where numbers are. Zero
        under the rules that divide it among the two.
    """

    index: Index
    rule: Rule
    number: float
    quality: float
    interaction: float

    @property
    def total(self) -> float:
        """The index of qualified staff per recipient: the sum of the parts."""
        return self.number + self.quality + self.interaction

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component (number, quality, interaction, total).

        Columns: `component`, `value` and `share` of the total, missing if that is zero.
        """
        parts = {
            "number": self.number,
            "quality": self.quality,
            "interaction": self.interaction,
        }
        return component_frame(parts, self.total)


def number_and_quality(
    staff: Counts,
    qualified: Counts,
    recipients: Counts,
    *,
    per: float = 1.0,
    as_given: bool = False,
) -> pd.DataFrame:
    """Return number, quality and their product for each unit, beside those of all units.

    With `N`, `Q`, `P` the sums over units: number ``per * n_i / p_i``, quality ``q_i / n_i``,
    product ``per * q_i / p_i``; relative to all units, ``(n_i / p_i) / (N / P)`` and so on, so that
    ``relative_product = relative_number * relative_quality``.

    Parameters
    ----------
    staff, qualified : Series or mapping
        Whole numbers of people by unit; no more qualified than staff.
    recipients : Series or mapping
        Those they serve, > 0, of the same units; all three are aligned by label.
    per : float
        Number of recipients that the ratios are printed for.
    as_given : bool
        Accept a unit that is the sum of the others or named like a total: it is meant.

    Returns
    -------
    DataFrame
        On the index of `staff`: `number`, `quality` (in [0, 1]; missing where there is no staff),
        `product`; `relative_number`, `relative_quality`, `relative_product` (1 = as over all
        units); `field`, one of `FIELDS`: "many" and "high" are not below all units together.
        Missing where quality is.

    Raises
    ------
    DomainError
        If counts are negative, fractional or missing, recipients are not above zero, the units
        differ, a unit has more qualified than staff, nobody is qualified, or a row looks like the
        total of the others; the message names the units.

    Examples
    --------
    >>> found = number_and_quality({"a": 10, "b": 30}, {"a": 9, "b": 15}, {"a": 100, "b": 100})
    >>> found[["number", "quality", "product"]].values.tolist()
    [[0.1, 0.9, 0.09], [0.3, 0.5, 0.15]]
    >>> found["field"].tolist()
    ['few_high', 'many_low']
    """
    counts = _Counts.of(staff, qualified, recipients, as_given=as_given)
    n, q, p = counts.staff, counts.qualified, counts.recipients
    quality = (q / n).where(n > 0)
    scale = as_number(per, what="per")
    overall = math.fsum(n) / math.fsum(p), math.fsum(q) / math.fsum(n)
    relative_number = n / p / overall[0]
    relative_quality = quality / overall[1]
    many = np.where(_at_least(n, p), "many", "few")
    high = np.where(_at_least(q, n), "high", "low")
    fields = pd.Series([f"{m}_{h}" for m, h in zip(many, high, strict=True)], index=n.index)
    return pd.DataFrame(
        {
            "number": scale * n / p,
            "quality": quality,
            "product": scale * q / p,
            "relative_number": relative_number,
            "relative_quality": relative_quality,
            "relative_product": q / p / (overall[0] * overall[1]),
            "field": fields.where(n > 0),
        }
    )


def number_quality_effects(
    staff: Counts,
    qualified: Counts,
    recipients: Counts,
    *,
    index: Index = "theil_t",
    rule: Rule = "logarithmic",
    as_given: bool = False,
) -> NumberQualityEffects:
    """Split the inequality of qualified staff per recipient into number and quality, exactly.

    With shares ``pi_i = p_i / P``, ``m_i = n_i / N``, ``s_i = q_i / Q``, number relative to all
    units is ``m_i / pi_i``, quality ``s_i / m_i``, and the two indices of their product, weighted
    by recipients, are ``T = sum_i s_i ln(s_i / pi_i)`` and ``L = sum_i pi_i ln(pi_i / s_i)``. The
    logarithm of the product is a sum, which every rule uses in its own way:

    - ``"logarithmic"``: ``T = sum_i s_i ln(m_i / pi_i) + sum_i s_i ln(s_i / m_i)`` and
      ``L = sum_i pi_i ln(pi_i / m_i) + sum_i pi_i ln(m_i / s_i)``, number first: Duro and Esteban's
      factor decomposition of L (after Esteban 1994), each factor's mean being that over all units,
      and its counterpart for T. The quality effect of T is Theil T of quality, weighted by staff;
      the number effect of L is Theil L of number, weighted by recipients; so neither is negative.
      The other one may be.
    - ``"interaction"``: both factors by their own index, Theil of number weighted by recipients and
      Theil of quality weighted by staff, neither negative, and what is left:
      ``sum_i m_i (s_i / m_i - 1) ln(m_i / pi_i)`` for T,
      ``sum_i pi_i (m_i / pi_i - 1) ln(s_i / m_i)`` for L. It is a covariance of one relative factor
      with the logarithm of the other, above zero where quality is high where numbers are. Remuzgo
      and Sarabia split L into factors and their interactions.
    - ``"shapley"``: a factor's mean contribution over both orders of making the factors equal:
      ``(I(number) + I - I(quality)) / 2`` and ``(I(quality) + I - I(number)) / 2``, every index
      weighted by recipients.

    Parameters
    ----------
    staff, qualified, recipients, as_given
        As in `number_and_quality`.
    index : {"theil_t", "theil_l"}
        Theil T takes units without staff or without qualified; Theil L does not.
    rule : {"logarithmic", "interaction", "shapley"}
        How both factors share what they make together. "shapley" takes no unit without staff.

    Returns
    -------
    NumberQualityEffects
        Its total is the index of qualified staff per recipient weighted by recipients, such as
        ``theil_t(q / p, p)``.

    Raises
    ------
    DomainError
        As `number_and_quality`; also if the index or the rule is not defined for a unit.
    ParameterError
        If `index` or `rule` is unknown.

    References
    ----------
    Duro, J. A. and Esteban, J. (1998). Factor decomposition of cross-country income inequality,
    1960-1990. Economics Letters 60, 269-275.

    Remuzgo, L. and Sarabia, J. M. (2015). A general factorial decomposition of the second Theil
    index of inequality with applications in environmental economics. Economics Bulletin 35,
    1369-1378.

    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified
    framework based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    >>> counts = {"a": 10, "b": 30}, {"a": 5, "b": 27}, {"a": 100, "b": 100}
    >>> found = number_quality_effects(*counts, rule="interaction")
    >>> [round(value, 4) for value in found.to_frame()["value"]]
    [0.1308, 0.0259, 0.103, 0.2597]
    """
    for name, value, known in (("index", index, get_args(Index)), ("rule", rule, get_args(Rule))):
        if value not in known:
            raise ParameterError(f"{name}: {value!r} is none of {', '.join(known)}.")
    counts = _Counts.of(staff, qualified, recipients, as_given=as_given)
    if index == "theil_l":
        counts.require(counts.qualified, f"{index} needs qualified staff", 'Use index="theil_t"')
    if rule == "shapley":
        counts.require(counts.staff, 'rule="shapley" needs staff', 'Use rule="logarithmic"')
    if rule == "shapley":
        return NumberQualityEffects(index, rule, *_shapley(counts, index), 0.0)
    number, quality, together = _own_indices(counts, index)
    if rule == "interaction":
        return NumberQualityEffects(index, rule, number, quality, together)
    if index == "theil_t":
        return NumberQualityEffects(index, rule, number + together, quality, 0.0)
    return NumberQualityEffects(index, rule, number, quality + together, 0.0)


@dataclass(frozen=True)
class _Counts:
    """Checked counts, on the index of staff."""

    staff: pd.Series
    qualified: pd.Series
    recipients: pd.Series

    @classmethod
    def of(
        cls, staff: Counts, qualified: Counts, recipients: Counts, *, as_given: bool
    ) -> "_Counts":
        n, p = as_counts(staff, recipients, names=("Staff", "Recipients"))
        q, _ = as_counts(qualified, p, names=("Qualified", "Recipients"))
        q = q.reindex(n.index)
        more = (q > n).to_numpy()
        refuse(more, q, "Qualified", "no more than the staff of the unit", "Correct one of them.")
        if not q.any():
            raise DomainError("Nobody is qualified in any unit. Check the counts of qualified.")
        if not as_given:
            columns = (each.to_numpy() for each in (n, p))
            refuse_total(n.index, *columns, what="Staff and recipients")
        return cls(n, q, p)

    def require(self, counts: pd.Series, what: str, advice: str) -> None:
        """Refuse units in which a count is zero."""
        without = counts.index[counts == 0]
        if len(without):
            raise DomainError(f"{what} in every unit; there are none in {some(without)}. {advice}.")


def _own_indices(counts: _Counts, index: Index) -> tuple[float, float, float]:
    """Return the index of number, that of quality, and what both make together."""
    n, q, p = (each.to_numpy() for each in (counts.staff, counts.qualified, counts.recipients))
    pi, m, s = (_shares(each) for each in (counts.recipients, counts.staff, counts.qualified))
    there = n > 0
    measure = _MEASURES[index]
    if index == "theil_t":
        together = xlogy(s - m, np.where(there, m / pi, 1.0)).sum()
    else:
        together = ((pi - m) * np.log(m / s)).sum()
    return measure(n / p, p), measure(q[there] / n[there], n[there]), float(together)


def _shapley(counts: _Counts, index: Index) -> tuple[float, float]:
    measure = _MEASURES[index]
    n, q, p = (each.to_numpy() for each in (counts.staff, counts.qualified, counts.recipients))
    number, quality, both = (measure(x, p) for x in (n / p, q / n, q / p))
    return (number + both - quality) / 2, (quality + both - number) / 2


def _shares(counts: pd.Series) -> FloatArray:
    shares: FloatArray = counts.to_numpy() / math.fsum(counts)
    return shares


def _at_least(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return where part over whole is not below that of all units; of whole numbers, exactly."""
    return part * math.fsum(whole) >= whole * math.fsum(part)
