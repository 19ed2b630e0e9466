"""How a measure changed where units appeared and vanished in between."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.linearization import Statistic, measure_name
from analysis.inequality.samples.pairs import require_both_weights
from analysis.labels import align, labels_of, require_unique

Labelled = pd.Series | dict[Hashable, float]


@dataclass(frozen=True, eq=False)
class ChangeWithEntries:
    """The change of a measure, split by units that left, that entered and that stayed.

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    before, after : float
        The measure of all units at each date.
    before_stayed, after_stayed : float
        The measure at each date of those units only that exist at both.
    stayed, left, entered : tuple
        Labels of the units, in the order they came in.
    """

    measure: str
    before: float
    after: float
    before_stayed: float
    after_stayed: float
    stayed: tuple[Hashable, ...]
    left: tuple[Hashable, ...]
    entered: tuple[Hashable, ...]

    @property
    def difference(self) -> float:
        """`after - before`, the sum of the three parts."""
        return self.after - self.before

    @property
    def removals(self) -> float:
        """What the measure changed by because units left; negative where that evened it out."""
        return self.before_stayed - self.before

    @property
    def additions(self) -> float:
        """What the measure changed by because units entered."""
        return self.after - self.after_stayed

    @property
    def continuing(self) -> float:
        """What the measure changed by among the units that stayed."""
        return self.after_stayed - self.before_stayed

    def to_frame(self) -> pd.DataFrame:
        """Return one row per component: measure, component, units, value.

        Components: removals, continuing, additions, total.
        """
        parts = {
            "removals": (len(self.left), self.removals),
            "continuing": (len(self.stayed), self.continuing),
            "additions": (len(self.entered), self.additions),
            "total": (len(self.left) + len(self.stayed) + len(self.entered), self.difference),
        }
        return pd.DataFrame(
            {
                "measure": self.measure,
                "component": list(parts),
                "units": [units for units, _ in parts.values()],
                "value": [value for _, value in parts.values()],
            }
        )


def change_with_entries(
    measure: Statistic,
    before: Labelled,
    after: Labelled,
    *,
    weights_before: npt.ArrayLike | None = None,
    weights_after: npt.ArrayLike | None = None,
) -> ChangeWithEntries:
    """Split the change of a measure into units that left, units that entered, and the rest.

    With C the units that exist at both dates: `removals = I(C before) - I(before)`,
    `additions = I(after) - I(C after)` and `continuing = I(C after) - I(C before)`, shares and
    means taken anew among C. They add up to `I(after) - I(before)`. The idea of terms
    for what appears and vanishes is that of Elbers, for the mutual information index of
    segregation, who splits the rest by its margins. Here the measure is any, and the rest can be
    split between staff and population by `staff_population_change` of the units in `stayed`.

    A unit that was split, merged or renamed counts as one that left and others that entered. Where
    its parts are known, bring both dates to common boundaries first: then nothing is lost to
    additions and removals.

    Range: any real numbers; negative where inequality fell.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    before, after : Series or dict
        Value of each unit at each date, by its label.
    weights_before, weights_after : array-like, optional
        Positive weights at each date, aligned by label or in the same order. Pass both, or neither.

    Returns
    -------
    ChangeWithEntries

    Raises
    ------
    DomainError
        If a unit comes twice, no unit exists at both dates, or anything lies outside the domain of
        the measure.
    ParameterError
        If values have no labels, or weights are given for one date only.

    References
    ----------
    Elbers, B. (2021). A method for studying differences in segregation across time and space.
    Sociological Methods and Research 52, 5-42.

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> found = change_with_entries(gini, {"A": 1, "B": 3, "C": 8}, {"A": 2, "B": 3, "D": 2})
    >>> found.to_frame().set_index("component")["value"].round(4).to_dict()
    {'removals': -0.1389, 'continuing': -0.15, 'additions': -0.0048, 'total': -0.2937}
    >>> found.left, found.entered
    (('C',), ('D',))
    """
    name = measure_name(measure)
    require_both_weights(weights_before, weights_after, measure=name)
    first, first_weights = _state(before, weights_before, name, "before")
    last, last_weights = _state(after, weights_after, name, "after")
    stayed = first.index[first.index.isin(last.index)]
    if stayed.empty:
        raise DomainError(
            f"{name}: no unit exists both before and after. Check that labels are written alike "
            "and are of one type at both dates."
        )

    def value(x: pd.Series, weights: pd.Series | None, units: pd.Index) -> float:
        return float(measure(x[units], None if weights is None else weights[units]))

    return ChangeWithEntries(
        measure=name,
        before=value(first, first_weights, first.index),
        after=value(last, last_weights, last.index),
        before_stayed=value(first, first_weights, stayed),
        after_stayed=value(last, last_weights, stayed),
        stayed=tuple(stayed),
        left=tuple(first.index[~first.index.isin(last.index)]),
        entered=tuple(last.index[~last.index.isin(first.index)]),
    )


def _state(
    x: object, weights: npt.ArrayLike | None, name: str, date: str
) -> tuple[pd.Series, pd.Series | None]:
    """Return values and weights of one date as series with the labels of the values."""
    labels = labels_of(x)
    if labels is None or isinstance(x, pd.DataFrame):
        raise ParameterError(
            f"{name}, {date}: units that appear and vanish are told by their labels. Pass a Series "
            "or a dict."
        )
    require_unique(labels, what=f"{name}, {date}")
    values: pd.Series = pd.Series(align(x, None, what=name, to=date), index=labels)
    if weights is None:
        return values, None
    aligned = align(weights, labels, what=f"{name}, weights_{date}", to=date)
    if len(aligned) != len(values):
        raise DomainError(
            f"{name}: {len(values)} units {date} but {len(aligned)} weights. Pass one per unit."
        )
    return values, pd.Series(aligned, index=labels)
