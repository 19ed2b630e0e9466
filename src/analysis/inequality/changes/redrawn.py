"""How a measure changed where units were merged: boxes drawn anew, and people who moved."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.inequality.inference.linearization import Statistic, measure_name
from analysis.inequality.samples.sample import FloatArray, as_values, as_weights


@dataclass(frozen=True)
class RedrawnChange:
    """The change of a measure over units that were merged in between.

    Attributes
    ----------
    measure : str
        Name of the measure with its options.
    before : float
        Over the old units.
    redrawn : float
        Of the staff before, counted in the new units.
    after : float
        Over the new units.
    """

    measure: str
    before: float
    redrawn: float
    after: float

    @property
    def difference(self) -> float:
        """`after - before`, the sum of the two parts."""
        return self.after - self.before

    @property
    def boundaries(self) -> float:
        """What drawing the boxes anew did: nobody moves, yet the measure changes."""
        return self.redrawn - self.before

    @property
    def people(self) -> float:
        """What people did who came, left or moved between the new units, and their need."""
        return self.after - self.redrawn

    def to_frame(self) -> pd.DataFrame:
        """Return one row a component: measure, component (boundaries, people, total), value."""
        values = {
            "boundaries": self.boundaries,
            "people": self.people,
            "total": self.difference,
        }
        return pd.DataFrame(
            {"measure": self.measure, "component": list(values), "value": list(values.values())}
        )


def redrawn_change(
    measure: Statistic,
    before: npt.ArrayLike,
    after: npt.ArrayLike,
    merged_into: npt.ArrayLike,
    *,
    need_before: npt.ArrayLike | None = None,
    need_after: npt.ArrayLike | None = None,
) -> RedrawnChange:
    """Split the change of a measure into boxes drawn anew and people who moved.

    With `S` the sum of the staff `s` before over the old units that each new one took in, `N` that
    of their need `n`, and `I` the measure of staff per need weighted by need (of staff alone
    without need): `boundaries = I(S / N) - I(s / n)`, `people = I(s' / n') - I(S / N)`. They add up
    to `I(s' / n') - I(s / n)`. There is no other order to take the two in: the staff after are not
    known by old unit. For the parts of `people`, compare `S, N` with `s', n'` by
    `staff_population_change` and `redistributive_effect`.

    The Gini index of ratios weighted by need falls, or stays, when units are merged: what differed
    within a new unit is no longer seen. That of staff without weights may rise.

    Range: any real numbers; negative where inequality fell.

    Parameters
    ----------
    measure : callable
        `measure(x, weights) -> float`; bind options with `functools.partial`.
    before : array-like, shape (n,)
        Staff of each old unit, at least zero.
    after : array-like, shape (m,)
        Staff of each new unit, at least zero.
    merged_into : array-like of int, shape (n,)
        Position of the new unit that took each old one in, from 0 to m - 1.
    need_before, need_after : array-like, shapes (n,) and (m,), optional
        Need of old and new units, above zero. Pass both, or neither.

    Returns
    -------
    RedrawnChange

    Raises
    ------
    DomainError
        If lengths differ, a position is none of a new unit, a new unit took nobody in, or anything
        lies outside the domain of the measure.
    ParameterError
        If need is given for one state only.

    References
    ----------
    Shorrocks, A. F. and Wan, G. (2005). Spatial decomposition of inequality. Journal of Economic
    Geography 5, 59-81 (what merging units does to an index: the component between them is left).

    Examples
    --------
    >>> from analysis.inequality.measures import gini
    >>> found = redrawn_change(gini, [1, 3, 4], [5, 3], [0, 0, 1])
    >>> found.to_frame().set_index("component")["value"].round(4).to_dict()
    {'boundaries': -0.25, 'people': 0.125, 'total': -0.125}
    """
    name = measure_name(measure)
    if (need_before is None) != (need_after is None):
        raise ParameterError(f"{name}: need is given for one state only. Pass both, or neither.")
    first = as_values(before, measure=f"{name}, before", domain="nonnegative")
    last = as_values(after, measure=f"{name}, after", domain="nonnegative")
    into = np.asarray(merged_into)
    if into.shape != first.shape or into.dtype.kind not in "iu":
        raise DomainError(
            f"{name}, merged_into: expected one position for each of {first.size} old units, but "
            f"got {into.dtype} of shape {into.shape}."
        )
    taken = np.bincount(into[into >= 0], minlength=last.size)
    if into.min() < 0 or taken.size > last.size or not taken.all():
        raise DomainError(
            f"{name}, merged_into: expected every position from 0 to {last.size - 1}, each at "
            "least once, and no other. Leave out new units that took no old one in."
        )

    def value(staff: FloatArray, need: FloatArray | None) -> float:
        return float(measure(staff, None) if need is None else measure(staff / need, need))

    gathered = np.bincount(into, weights=first).astype(np.float64)
    if need_before is None or need_after is None:
        return RedrawnChange(name, value(first, None), value(gathered, None), value(last, None))
    old = as_weights(need_before, first.size, measure=f"{name}, need before")
    new = as_weights(need_after, last.size, measure=f"{name}, need after")
    together = np.bincount(into, weights=old).astype(np.float64)
    return RedrawnChange(name, value(first, old), value(gathered, together), value(last, new))
