"""How far units are from the mean or from the best: the measures of WHO's equity toolkit.

Notation: see `analysis.inequality.measures.measure`. The mean is always that of people. Where each
unit counts once, whatever its people, `p_i` is replaced by `1 / n`.
"""

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from analysis.errors import ParameterError
from analysis.inequality.measures.measure import Measure
from analysis.inequality.samples.sample import FloatArray
from analysis.inequality.samples.segments import Segments

__all__ = [
    "attributable_fraction",
    "attributable_risk",
    "disparity_index",
    "mean_difference_from_best",
    "mean_difference_from_mean",
]

Each = Literal["person", "unit"]
Best = Literal["highest", "lowest"]


def mean_difference_from_mean(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, each: Each = "person"
) -> float:
    """Return the mean difference from the mean (MDM), ``sum_i p_i |x_i - mu|``.

    In the unit of the values; for people it is twice the mean times the Hoover index.

    Parameters
    ----------
    x : array-like of shape (n,)
        Any values.
    weights : array-like of shape (n,), optional
        People, > 0.
    each : {"person", "unit"}
        What counts once. WHO's names end in W for "person" and in U for "unit".

    Returns
    -------
    float
        >= 0; 0 when all are equal.

    Raises
    ------
    DomainError
        If a value is missing or infinite, or a weight is not positive.
    ParameterError
        If `each` is unknown.

    References
    ----------
    Hosseinpoor, A. R. et al. (2016). Health Equity Assessment Toolkit (HEAT): software for
    exploring and comparing health inequalities in countries. BMC Medical Research Methodology 16,
    141, table 2.
    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a review
    of existing measures and their application. International Journal of Environmental Research and
    Public Health 19, 3697.


    Examples
    --------
    >>> mean_difference_from_mean([1, 3], weights=[3, 1])
    0.75
    >>> mean_difference_from_mean([1, 3], weights=[3, 1], each="unit")
    1.0
    """
    sample = Segments.single(x, weights, measure="mean_difference_from_mean", domain="real")
    return float(_mean_difference_from_mean(sample, each=each)[0])


def disparity_index(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, each: Each = "unit"
) -> float:
    """Return the index of disparity (IDIS), ``(1 / n) sum_i |x_i - mu| / mu``.

    WHO's, which compares with the mean; that of Pearcy and Keppel (2002) compares with the best
    unit: `mean_difference_from_best` with ``each="unit"`` over the best value. WHO prints it times
    100. With ``each="person"`` it is twice the Hoover index.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    each : {"person", "unit"}
        What counts once. WHO's names end in W for "person" and in U for "unit".

    Returns
    -------
    float
        >= 0; 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.
    ParameterError
        If `each` is unknown.

    References
    ----------
    Hosseinpoor, A. R. et al. (2016). Health Equity Assessment Toolkit (HEAT): software for
    exploring and comparing health inequalities in countries. BMC Medical Research Methodology 16,
    141, table 2.
    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a review
    of existing measures and their application. International Journal of Environmental Research and
    Public Health 19, 3697.
    Pearcy, J. N. and Keppel, K. G. (2002). A summary measure of health disparity. Public Health
    Reports 117, 273-280.


    Examples
    --------
    >>> round(disparity_index([1, 3], weights=[3, 1]), 6)
    0.666667
    """
    sample = Segments.single(x, weights, measure="disparity_index", domain="shareable")
    return float(_disparity_index(sample, each=each)[0])


def mean_difference_from_best(
    x: npt.ArrayLike,
    weights: npt.ArrayLike | None = None,
    *,
    each: Each = "unit",
    best: Best = "highest",
) -> float:
    """Return the mean difference from the best unit (MDB), ``(1 / n) sum_i |x_i - best|``.

    In the unit of the values. With ``each="person"``, ``sum_i p_i |x_i - best|``, it is the
    population attributable risk: see `attributable_risk`.

    Parameters
    ----------
    x : array-like of shape (n,)
        Any values.
    weights : array-like of shape (n,), optional
        People, > 0.
    each : {"person", "unit"}
        What counts once. WHO's names end in W for "person" and in U for "unit".
    best : {"highest", "lowest"}
        Which end is the best: the highest for what is good, the lowest for what is bad.

    Returns
    -------
    float
        >= 0; 0 when all are equal.

    Raises
    ------
    DomainError
        If a value is missing or infinite, or a weight is not positive.
    ParameterError
        If `each` or `best` is unknown.

    References
    ----------
    Hosseinpoor, A. R. et al. (2016). Health Equity Assessment Toolkit (HEAT): software for
    exploring and comparing health inequalities in countries. BMC Medical Research Methodology 16,
    141, table 2.
    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a review
    of existing measures and their application. International Journal of Environmental Research and
    Public Health 19, 3697.


    Examples
    --------
    >>> mean_difference_from_best([1, 2, 6])
    3.0
    >>> mean_difference_from_best([1, 2, 6], best="lowest")
    2.0
    """
    sample = Segments.single(x, weights, measure="mean_difference_from_best", domain="real")
    return float(_mean_difference_from_best(sample, each=each, best=best)[0])


def attributable_risk(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, best: Best = "highest"
) -> float:
    """Return the population attributable risk (PAR), ``|best - mu|``.

    How far the mean would move if every unit were as the best one. WHO prints it with a minus where
    the lowest is the best.

    Parameters
    ----------
    x : array-like of shape (n,)
        Any values.
    weights : array-like of shape (n,), optional
        People, > 0.
    best : {"highest", "lowest"}
        Which end is the best: the highest for what is good, the lowest for what is bad.

    Returns
    -------
    float
        >= 0, in the unit of the values; 0 when all are equal.

    Raises
    ------
    DomainError
        If a value is missing or infinite, or a weight is not positive.
    ParameterError
        If `best` is unknown.

    References
    ----------
    Hosseinpoor, A. R. et al. (2016). Health Equity Assessment Toolkit (HEAT): software for
    exploring and comparing health inequalities in countries. BMC Medical Research Methodology 16,
    141, table 2.
    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a review
    of existing measures and their application. International Journal of Environmental Research and
    Public Health 19, 3697.


    Examples
    --------
    >>> attributable_risk([1, 3], weights=[3, 1])
    1.5
    >>> attributable_risk([1, 3], weights=[3, 1], best="lowest")
    0.5
    """
    sample = Segments.single(x, weights, measure="attributable_risk", domain="real")
    return float(_attributable_risk(sample, best=best)[0])


def attributable_fraction(
    x: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, best: Best = "highest"
) -> float:
    """Return the population attributable fraction (PAF), ``|best - mu| / mu``.

    The share by which the mean would move if every unit were as the best one. WHO prints it times
    100, and with a minus where the lowest is the best.

    Parameters
    ----------
    x : array-like of shape (n,)
        Values >= 0, not all zero.
    weights : array-like of shape (n,), optional
        People, > 0.
    best : {"highest", "lowest"}
        Which end is the best: the highest for what is good, the lowest for what is bad.

    Returns
    -------
    float
        >= 0; 0 when all are equal.

    Raises
    ------
    DomainError
        If the input is outside the domain.
    ParameterError
        If `best` is unknown.

    References
    ----------
    Hosseinpoor, A. R. et al. (2016). Health Equity Assessment Toolkit (HEAT): software for
    exploring and comparing health inequalities in countries. BMC Medical Research Methodology 16,
    141, table 2.
    Schlotheuber, A. and Hosseinpoor, A. R. (2022). Summary measures of health inequality: a review
    of existing measures and their application. International Journal of Environmental Research and
    Public Health 19, 3697.


    Examples
    --------
    >>> attributable_fraction([1, 3], weights=[3, 1])
    1.0
    """
    sample = Segments.single(x, weights, measure="attributable_fraction", domain="shareable")
    return float(_attributable_fraction(sample, best=best)[0])


def _mean_difference_from_mean(segments: Segments, *, each: Each = "person") -> FloatArray:
    return segments.in_unit(_mean_of_each(segments, np.abs(segments.away), each))


def _disparity_index(segments: Segments, *, each: Each = "unit") -> FloatArray:
    segments.require("shareable", "disparity_index")
    return _mean_of_each(segments, np.abs(segments.excess), each)


def _mean_difference_from_best(
    segments: Segments, *, each: Each = "unit", best: Best = "highest"
) -> FloatArray:
    away = np.abs(segments.away - segments.spread(_best(segments, best)))
    return segments.in_unit(_mean_of_each(segments, away, each))


def _attributable_risk(segments: Segments, *, best: Best = "highest") -> FloatArray:
    return segments.in_unit(np.abs(_best(segments, best)))


def _attributable_fraction(segments: Segments, *, best: Best = "highest") -> FloatArray:
    segments.require("shareable", "attributable_fraction")
    return np.abs(_best(segments, best)) / segments.means


def _best(segments: Segments, best: Best) -> FloatArray:
    """Return how far the best unit of each segment is from the mean, shape (g,)."""
    if best not in get_args(Best):
        raise ParameterError(f"best: {best!r} is none of {', '.join(get_args(Best))}.")
    last = segments.starts + segments.sizes - 1
    found: FloatArray = segments.away[last if best == "highest" else segments.starts]
    return found


def _mean_of_each(segments: Segments, terms: FloatArray, each: Each) -> FloatArray:
    if each not in get_args(Each):
        raise ParameterError(f"each: {each!r} is none of {', '.join(get_args(Each))}.")
    if each == "person":
        return segments.mean_of(terms)
    return segments.sums(terms) / segments.sizes


ROWS = (
    Measure(
        name="mean_difference_from_mean",
        function=mean_difference_from_mean,
        kernel=_mean_difference_from_mean,
        symbol="MDMW",
        label={"id": "Selisih rata-rata dari rata-rata", "en": "Mean difference from the mean"},
        meaning={
            "id": "Jarak rata-rata seorang penduduk dari nilai rata-rata, dalam satuan nilainya.",
            "en": "How far people are from the mean on average, in the unit of the values.",
        },
        formula="MDMW = Σᵢ pᵢ |xᵢ − μ|",
        reference="Hosseinpoor et al. (2016), BMC Medical Research Methodology 16, 141",
        domain="real",
        lowest=0,
        scaling="proportional",
        translatable=True,
        transfers="weak",
    ),
    Measure(
        name="disparity_index",
        function=disparity_index,
        kernel=_disparity_index,
        symbol="IDISU",
        label={"id": "Indeks disparitas (IDISU)", "en": "Index of disparity (IDISU)"},
        meaning={
            "id": "Jarak rata-rata sebuah unit dari rata-rata penduduk, sebagai bagian darinya.",
            "en": "How far units are from the mean of people on average, as a share of it.",
        },
        formula="IDISU = (1/n) Σᵢ |xᵢ − μ| / μ",
        reference="Schlotheuber & Hosseinpoor (2022), IJERPH 19, 3697",
        domain="shareable",
        lowest=0,
        counts="units",
        transfers="weak",
    ),
    Measure(
        name="mean_difference_from_best",
        function=mean_difference_from_best,
        kernel=_mean_difference_from_best,
        symbol="MDBU",
        label={"id": "Selisih rata-rata dari yang terbaik", "en": "Mean difference from the best"},
        meaning={
            "id": "Jarak rata-rata sebuah unit dari unit yang terbaik, dalam satuan nilainya.",
            "en": "How far units are from the best one on average, in the unit of the values.",
        },
        formula="MDBU = (1/n) Σᵢ |xᵢ − max x|",
        reference="Schlotheuber & Hosseinpoor (2022), IJERPH 19, 3697",
        domain="real",
        lowest=0,
        scaling="proportional",
        counts="units",
        translatable=True,
        transfers="weak",
        of_extremes=True,
    ),
    Measure(
        name="attributable_risk",
        function=attributable_risk,
        kernel=_attributable_risk,
        symbol="PAR",
        label={
            "id": "Selisih yang dapat dikejar (PAR)",
            "en": "Population attributable risk (PAR)",
        },
        meaning={
            "id": "Berapa rata-rata akan naik bila semua unit seperti yang terbaik.",
            "en": "How much the mean would rise if every unit were as the best one.",
        },
        formula="PAR = max x − μ",
        reference="Hosseinpoor et al. (2016), BMC Medical Research Methodology 16, 141",
        domain="real",
        lowest=0,
        scaling="proportional",
        translatable=True,
        transfers="weak",
        of_extremes=True,
    ),
    Measure(
        name="attributable_fraction",
        function=attributable_fraction,
        kernel=_attributable_fraction,
        symbol="PAF",
        label={
            "id": "Bagian yang dapat dikejar (PAF)",
            "en": "Population attributable fraction (PAF)",
        },
        meaning={
            "id": "Seberapa besar bagian rata-rata akan naik bila semua unit seperti yang terbaik.",
            "en": "By what share the mean would rise if every unit were as the best one.",
        },
        formula="PAF = (max x − μ) / μ",
        reference="Schlotheuber & Hosseinpoor (2022), IJERPH 19, 3697",
        domain="shareable",
        lowest=0,
        transfers="weak",
        of_extremes=True,
    ),
)
