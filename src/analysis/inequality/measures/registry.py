"""All measures, by name: the rows that the family modules hold beside their formulas."""

from collections.abc import Hashable, Iterable, Mapping
from types import MappingProxyType

from analysis.errors import ParameterError
from analysis.inequality.measures import (
    asymmetry,
    dispersion,
    entropy,
    gaps,
    quantiles,
    rank_measures,
    ratios,
    shares,
    welfare,
)
from analysis.inequality.measures.measure import Measure, Statistic, unbind
from analysis.messages import some

__all__ = ["MEASURES"]

FAMILIES = (
    rank_measures,
    dispersion,
    entropy,
    welfare,
    shares,
    ratios,
    quantiles,
    gaps,
    asymmetry,
)

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {row.name: row for family in FAMILIES for row in family.ROWS}
)

_BY_FUNCTION = {unbind(row.function)[0]: row for row in MEASURES.values()}


def row_of(measure: Statistic) -> Measure | None:
    """Return a row of the function behind `measure`, whatever its options; None for a stranger.

    What belongs to the function, its kernel and closed forms, is the same in each of its rows.
    """
    function = unbind(measure)[0]
    return _BY_FUNCTION.get(function) if isinstance(function, Hashable) else None


def named_measures(
    measures: Iterable[str] | Mapping[str, Statistic], *, what: str
) -> Mapping[str, Statistic]:
    """Return measures by the name that a table gives them.

    Parameters
    ----------
    measures : iterable of str, or mapping of str to callable
        Names in `MEASURES`; or, for each name wanted, a measure.
    what : str
        The function they were given to, for the message.

    Raises
    ------
    ParameterError
        If there are none, a name is unknown or comes twice, or something is neither.

    Examples
    --------
    >>> list(named_measures(["gini", "palma"], what="table"))
    ['gini', 'palma']
    """
    if isinstance(measures, Mapping):
        found = dict(measures)
        wrong = [str(name) for name, measure in found.items() if not callable(measure)]
        if wrong:
            raise ParameterError(
                f"{what}, measures: {some(wrong)} is not a function. Pass measures such as gini, "
                "with options bound by functools.partial."
            )
    else:
        found = {name: MEASURES[name].function for name in _known(measures, what)}
    if not found:
        raise ParameterError(f"{what}, measures: there are none. Name one, such as ['gini'].")
    return found


def _known(measures: Iterable[str], what: str) -> list[str]:
    if isinstance(measures, str) or not isinstance(measures, Iterable):
        shown = measures if isinstance(measures, str) else "gini"
        raise ParameterError(
            f"{what}, measures: expected a list of names, not {measures!r}. Write [{shown!r}]."
        )
    names = list(measures)
    if any(callable(name) for name in names):
        raise ParameterError(
            f"{what}, measures: a list holds names, such as ['gini']. Pass functions under names "
            "of their own, such as {'gini': gini}."
        )
    unknown = [str(name) for name in names if not isinstance(name, str) or name not in MEASURES]
    if unknown:
        raise ParameterError(
            f"{what}, measures: {some(unknown)} is unknown. Choose from {', '.join(MEASURES)}, or "
            "pass a mapping of names to measures."
        )
    twice = [name for name in MEASURES if names.count(name) > 1]
    if twice:
        raise ParameterError(f"{what}, measures: {some(twice)} is named twice. Name each once.")
    return names
