"""All measures, by name: the rows that the family modules hold beside their formulas."""

from collections.abc import Mapping
from types import MappingProxyType

from analysis.inequality.measures import (
    dispersion,
    entropy,
    quantiles,
    rank_measures,
    ratios,
    shares,
    welfare,
)
from analysis.inequality.measures.measure import Measure, Statistic, unbound

__all__ = ["MEASURES"]

FAMILIES = (rank_measures, dispersion, entropy, welfare, shares, ratios, quantiles)

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {row.name: row for family in FAMILIES for row in family.ROWS}
)

_BY_FUNCTION = {unbound(row.function)[0]: row for row in MEASURES.values()}


def row_of(measure: Statistic) -> Measure | None:
    """Return a row of the function behind `measure`, whatever its options; None for a stranger.

    What belongs to the function, its kernel and closed forms, is the same in each of its rows.
    """
    return _BY_FUNCTION.get(unbound(measure)[0])
