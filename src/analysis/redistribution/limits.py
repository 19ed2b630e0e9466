"""What a plan may not do: whom it leaves in place, and which ways are closed."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import DomainError, ParameterError
from analysis.redistribution.units import (
    BoolArray,
    FloatArray,
    IntArray,
    as_amounts,
    as_costs,
    as_staff,
    names,
    refuse,
    same_units,
    some,
)

_TOLERANCE = 1e-9  # a floor that is met but for an error of rounding is met


@dataclass(frozen=True)
class Bound:
    """Most people for each unit, and the limit that says so.

    Attributes
    ----------
    most : ndarray of int, shape (n,)
        People.
    limit : ndarray of str, shape (n,)
        Name of the field of `Limits` that binds first; "staff" where only the staff there is
        binds, "none" where nothing does.
    """

    most: IntArray
    limit: npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False, kw_only=True)
class Limits:
    """Limits of a plan; each is optional, and all that are given hold.

    Where a limit is one value for each unit, it is a series with the units as index, or an array
    in the order of the units. Units are named by the labels of the series of staff, or by their
    positions where staff is an array.

    Parameters
    ----------
    floor_adequacy : float, optional
        Units that people leave keep at least this staff per need, >= 0. A unit that is below
        today loses nobody.
    floor_heads : int or array-like of shape (n,), optional
        Units keep at least so many people, >= 0. No unit may be below today.
    max_share_leaving : float or array-like of shape (n,), optional
        Most people who leave a unit, as a share of its staff, in [0, 1]; rounded down.
    releasable : array-like of shape (n,), optional
        People in each unit who may be moved at all, such as those eligible by time in post; not
        more than its staff.
    capacity : array-like of shape (n,), optional
        Most people who arrive in each unit, such as vacant posts. Missing or infinite: no limit.
    within : array-like of shape (n,), optional
        A label for each unit, such as its province, island group or jurisdiction: people move only
        between units of the same label.
    forbidden : collection of (origin, destination), optional
        Pairs of units between which nobody moves in that direction.
    protected : collection of units, optional
        Units that nobody leaves.
    max_cost : float, optional
        Greatest cost of moving one person, >= 0.
    max_distance : float, optional
        Greatest distance that one person moves, >= 0, in the unit of the distances.

    Raises
    ------
    ParameterError
        If a number is out of its range.

    Examples
    --------
    >>> limits = Limits(floor_adequacy=0.8, max_share_leaving=0.25)
    >>> leaving = limits.leaving([100, 50, 10], need=[60, 60, 10])
    >>> leaving.most.tolist(), leaving.limit.tolist()
    ([25, 2, 2], ['max_share_leaving', 'floor_adequacy', 'floor_adequacy'])
    """

    floor_adequacy: float | None = None
    floor_heads: npt.ArrayLike | None = None
    max_share_leaving: npt.ArrayLike | None = None
    releasable: npt.ArrayLike | None = None
    capacity: npt.ArrayLike | None = None
    within: npt.ArrayLike | None = None
    forbidden: Collection[tuple[Hashable, Hashable]] | None = None
    protected: Collection[Hashable] | None = None
    max_cost: float | None = None
    max_distance: float | None = None

    def __post_init__(self) -> None:
        for field in ("floor_adequacy", "max_cost", "max_distance"):
            value = getattr(self, field)
            if value is not None and not 0.0 <= value < np.inf:
                raise ParameterError(
                    f"{field} is {value}, but must be a finite number, 0 or more; leave it out "
                    "for no limit."
                )

    @property
    def bounds_units(self) -> bool:
        """Whether some unit may be held to fewer people leaving or arriving than there are."""
        fields = (
            self.floor_adequacy,
            self.floor_heads,
            self.max_share_leaving,
            self.releasable,
            self.capacity,
            self.protected,
        )
        return any(field is not None for field in fields)

    @property
    def closes_pairs(self) -> bool:
        """Whether some pairs may be closed, so that not every plan of amounts can be realised."""
        fields = (self.within, self.forbidden, self.max_cost, self.max_distance)
        return any(field is not None for field in fields)

    def leaving(self, staff: npt.ArrayLike, need: npt.ArrayLike) -> Bound:
        """Return how many people may leave each unit at most.

        Parameters
        ----------
        staff : array-like, shape (n,)
            Whole people.
        need : array-like, shape (n,)
            Need, >= 0.

        Returns
        -------
        Bound

        Raises
        ------
        DomainError
            If a limit has another number of units or is out of range, a floor exceeds the staff
            there is, more are releasable than there are, or a protected unit is unknown; the
            message names the units.
        """
        same_units(staff, need, "staff and need")
        counts = as_staff(staff)
        n = counts.size
        bounds: list[tuple[str, FloatArray | IntArray]] = [("staff", counts)]
        if self.protected is not None:
            closed = np.isin(np.arange(n), _positions(self.protected, staff, n, "protected"))
            bounds.append(("protected", np.where(closed, 0, counts)))
        if self.floor_heads is not None:
            floor = _per_unit(self.floor_heads, staff, n, "floor_heads")
            advice = "Lower the floor there, or hire first."
            rule = "no more than the staff there is"
            refuse(floor > counts, pd.Series(floor, names(staff, n)), "floor_heads", rule, advice)
            bounds.append(("floor_heads", counts - np.ceil(floor - _TOLERANCE)))
        if self.floor_adequacy is not None:
            floor = self.floor_adequacy * as_amounts(need, n, what="need")
            bounds.append(("floor_adequacy", counts - np.ceil(floor * (1.0 - _TOLERANCE))))
        if self.max_share_leaving is not None:
            share = _per_unit(self.max_share_leaving, staff, n, "max_share_leaving")
            shown = pd.Series(share, names(staff, n))
            refuse(share > 1.0, shown, "max_share_leaving", "from 0 to 1", "Pass shares, not %.")
            bounds.append(("max_share_leaving", np.floor(share * counts * (1.0 + _TOLERANCE))))
        if self.releasable is not None:
            same_units(staff, self.releasable, "staff and releasable")
            free = as_staff(self.releasable, what="releasable")
            as_amounts(free, n, what="releasable")
            rule, advice = "no more than the staff there is", "Count both on the same day."
            refuse(free > counts, self.releasable, "releasable", rule, advice)
            bounds.append(("releasable", free))
        return _tightest(bounds)

    def arriving(self, staff: npt.ArrayLike) -> Bound:
        """Return how many people may arrive in each unit at most.

        Parameters
        ----------
        staff : array-like, shape (n,)
            Whole people; all of them is more than can arrive anywhere.

        Returns
        -------
        Bound

        Raises
        ------
        DomainError
            If the capacity has another number of units, or is negative or fractional.
        """
        counts = as_staff(staff)
        all_others = np.int64(counts.sum()) - counts
        bounds: list[tuple[str, FloatArray | IntArray]] = [("none", all_others)]
        if self.capacity is not None:
            same_units(staff, self.capacity, "staff and capacity")
            bounds.append(("capacity", _capacity(self.capacity, staff, all_others)))
        return _tightest(bounds)

    def allowed(
        self,
        staff: npt.ArrayLike,
        *,
        cost: npt.ArrayLike,
        distance: npt.ArrayLike | None = None,
    ) -> BoolArray:
        """Return between which units people may move.

        Parameters
        ----------
        staff : array-like, shape (n,)
            Only its labels and length matter.
        cost : array-like, shape (n, n)
            Cost of moving one person, origins by destinations; for `max_cost`.
        distance : array-like, shape (n, n), optional
            Distances; for `max_distance`.

        Returns
        -------
        ndarray of bool, shape (n, n)
            Origins by destinations; false on the diagonal.

        Raises
        ------
        DomainError
            If a forbidden unit is unknown, a label of `within` is missing, or a matrix has another
            shape.
        ParameterError
            If `max_distance` is set but no distance is passed.
        """
        n = as_staff(staff).size
        open_ = ~np.eye(n, dtype=np.bool_)
        if self.within is not None:
            codes = self.groups(staff)
            open_ &= np.equal.outer(codes, codes)
        if self.forbidden is not None:
            pairs = self.forbidden
            origins = _positions([pair[0] for pair in pairs], staff, n, "forbidden")
            destinations = _positions([pair[1] for pair in pairs], staff, n, "forbidden")
            open_[origins, destinations] = False
        if self.max_cost is not None:
            open_ &= as_costs(cost, (n, n)) <= self.max_cost
        if self.max_distance is not None:
            if distance is None:
                raise ParameterError(
                    "max_distance is set, but no distances are passed. Pass the matrix of "
                    "distances as `distance`."
                )
            open_ &= as_costs(distance, (n, n), what="distance") <= self.max_distance
        return open_

    def groups(self, staff: npt.ArrayLike) -> IntArray:
        """Return the number of each unit's label in `within`, from 0; all 0 without labels.

        Raises
        ------
        DomainError
            If there is not one label for each unit.
        """
        n = as_staff(staff).size
        if self.within is None:
            return np.zeros(n, dtype=np.int64)
        same_units(staff, self.within, "staff and within")
        labels = pd.Series(self.within)
        if labels.size != n:
            raise DomainError(f"within: {labels.size} labels for {n} units. Pass one for each.")
        empty = labels.isna().to_numpy()
        if empty.any():
            shown = np.array(names(staff, n))[empty].tolist()
            raise DomainError(f"within: no label for {some(shown)}. Give each unit one.")
        codes, _ = pd.factorize(labels)
        return codes.astype(np.int64)


def _per_unit(limit: npt.ArrayLike, staff: npt.ArrayLike, n: int, what: str) -> FloatArray:
    if np.ndim(limit) == 0:
        limit = np.full(n, limit, dtype=np.float64)
    same_units(staff, limit, f"staff and {what}")
    return as_amounts(limit, n, what=what)


def _capacity(capacity: npt.ArrayLike, staff: npt.ArrayLike, all_others: IntArray) -> FloatArray:
    """Return the capacities, with all the others' people where there is no limit."""
    values = pd.Series(capacity).astype("Float64").to_numpy(dtype=np.float64, na_value=np.inf)
    if values.size != all_others.size:
        raise DomainError(
            f"capacity: {values.size} values for {all_others.size} units. Pass one for each."
        )
    wrong = (values < 0) | (np.floor(values) != values)
    shown = pd.Series(values, names(staff, values.size))
    refuse(wrong, shown, "capacity", "whole people, 0 or more", "Leave it empty for no limit.")
    return np.minimum(values, all_others)


def _positions(
    units: Iterable[Hashable], staff: npt.ArrayLike, n: int, what: str
) -> npt.NDArray[np.intp]:
    index = staff.index if isinstance(staff, pd.Series) else pd.RangeIndex(n)
    wanted = list(units)
    found: npt.NDArray[np.intp] = index.get_indexer(pd.Index(wanted, dtype=object))
    unknown = [str(wanted[i]) for i in np.flatnonzero(found < 0).tolist()]
    if unknown:
        raise DomainError(
            f"{what}: {some(unknown)} is no unit. Write the units as in the index of staff."
        )
    return found


def _tightest(bounds: list[tuple[str, FloatArray | IntArray]]) -> Bound:
    """Return the least bound of each unit; where several are equal, the first."""
    amounts = np.maximum(np.array([amount for _, amount in bounds], dtype=np.float64), 0.0)
    first = amounts.argmin(axis=0)
    labels = np.array([name for name, _ in bounds], dtype=object)
    return Bound(amounts.min(axis=0).astype(np.int64), labels[first])
