"""What a plan may not do: whom it leaves in place, and which ways are closed."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray, as_number, as_vector
from analysis.errors import DomainError, ParameterError
from analysis.labels import Labels, as_items, labels_of
from analysis.messages import some
from analysis.redistribution.units import Units, refuse

PAIRS = ("allowed", "forbidden", "max_cost", "max_distance")
"""Limits that close single pairs of units."""

_ON_UNITS = (
    "capacity",
    "floor_adequacy",
    "floor_heads",
    "max_share_leaving",
    "most_leaving",
    "protected",
    "releasable",
)
_SURELY_ABOVE = 2.0  # a floor this high is no share of a need in people
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
    """Limits of a plan, of one kind of staff or of many; each is optional, and all given hold.

    Where a limit is one value for each unit, it is a series or dict by label, or an array in the
    order of the units; where it is one for each pair, a frame by label on both sides, or an array.
    Units are named by the labels of staff, or by their positions where staff has none.

    Parameters
    ----------
    floor_adequacy : float, optional
        Units that people leave keep at least this staff per need, >= 0. A unit that is below
        today loses nobody. For many kinds of staff, so does each kind in a unit.
    floor_heads : int or array-like of shape (n,), optional
        Units keep at least so many people, >= 0. No unit may be below today.
    max_share_leaving : float or array-like of shape (n,), optional
        Most people who leave a unit, as a share of its staff, in [0, 1]; rounded down.
    most_leaving : int or array-like of shape (n,), optional
        Most people who leave a unit for another.
    releasable : array-like of shape (n,), optional
        People in each unit who may be moved at all, such as those eligible by time in post; not
        more than its staff. For many kinds of staff also of shape (n, F), units by families:
        people who may change post, in the unit or for another.
    capacity : int or array-like of shape (n,), optional
        Most people who arrive in each unit from others, such as vacant posts. Missing or infinite:
        no limit.
    within : array-like of shape (n,), optional
        A label for each unit, such as its province, island group or jurisdiction: people move only
        between units of the same label.
    allowed : array-like of bool, shape (n, n), optional
        Pairs of units between which people may move, origins by destinations.
    forbidden : collection of (origin, destination), optional
        Pairs of units between which nobody moves in that direction; also a frame with these two
        columns.
    protected : collection of units, optional
        Units that nobody leaves.
    protected_families : collection of families, optional
        Families nobody of which changes post, where there are many kinds of staff.
    max_cost : float, optional
        Greatest cost of moving one person, >= 0.
    max_distance : float, optional
        Greatest distance that one person moves, >= 0, in the unit of the distances.

    Raises
    ------
    DomainError
        If what should be a number is none, or what should be a collection is none.
    ParameterError
        If a number is out of its range.

    Examples
    --------
    >>> limits = Limits(floor_adequacy=0.8, max_share_leaving=0.25)
    >>> leaving = limits.leaving(Units.of([100, 50, 10], [60, 60, 10]))
    >>> leaving.most.tolist(), leaving.limit.tolist()
    ([25, 2, 2], ['max_share_leaving', 'floor_adequacy', 'floor_adequacy'])
    """

    floor_adequacy: float | None = None
    floor_heads: npt.ArrayLike | None = None
    max_share_leaving: npt.ArrayLike | None = None
    most_leaving: npt.ArrayLike | None = None
    releasable: npt.ArrayLike | None = None
    capacity: npt.ArrayLike | None = None
    within: npt.ArrayLike | None = None
    allowed: npt.ArrayLike | None = None
    forbidden: Iterable[tuple[Hashable, Hashable]] | None = None
    protected: Iterable[Hashable] | None = None
    protected_families: Iterable[Hashable] | None = None
    max_cost: float | None = None
    max_distance: float | None = None

    def __post_init__(self) -> None:
        for field in ("floor_adequacy", "max_cost", "max_distance"):
            value = getattr(self, field)
            if value is not None and not 0.0 <= as_number(value, what=field) < np.inf:
                raise ParameterError(
                    f"{field} is {value}, but must be a finite number, 0 or more; leave it out "
                    "for no limit."
                )
        for field in ("protected", "protected_families"):
            if getattr(self, field) is not None:
                object.__setattr__(self, field, as_items(getattr(self, field), what=field))
        if self.forbidden is not None:
            object.__setattr__(self, "forbidden", _as_pairs(self.forbidden))

    @classmethod
    def of(cls, limits: "Limits | None") -> "Limits":
        """Return the limits, or none at all for None.

        Raises
        ------
        ParameterError
            If it is anything else, such as a dict.
        """
        if limits is None:
            return cls()
        if not isinstance(limits, cls):
            raise ParameterError(
                f"limits: expected Limits, but got {type(limits).__name__}. Write them as "
                "Limits(floor_adequacy=0.8, ...)."
            )
        return limits

    @property
    def bounds_units(self) -> bool:
        """Whether some unit may be held to fewer people leaving or arriving than there are."""
        return bool(self.given.intersection(_ON_UNITS))

    @property
    def closes_pairs(self) -> bool:
        """Whether some pairs may be closed, so that not every plan of amounts can be realised."""
        return bool(self.given.intersection({"within", *PAIRS}))

    @property
    def given(self) -> frozenset[str]:
        """Names of the limits that are set."""
        return frozenset(f.name for f in fields(self) if getattr(self, f.name) is not None)

    def refuse(self, *names: str, where: str, because: str) -> None:
        """Refuse limits that a question has no place for, instead of leaving them unheeded.

        Raises
        ------
        ParameterError
            Naming those that are set.
        """
        unheeded = sorted(self.given.intersection(names))
        if unheeded:
            raise ParameterError(f"limits: {where} cannot keep {some(unheeded)}: {because}.")

    def leaving(self, units: Units) -> Bound:
        """Return how many people may leave each unit at most.

        Parameters
        ----------
        units : Units

        Returns
        -------
        Bound

        Raises
        ------
        DomainError
            If a limit has another number of units or is out of range, a floor exceeds the staff
            there is, or staff per need in every unit, more are releasable than there are, or a
            protected unit is unknown; the message names the units.
        """
        counts, n, labels = units.staff, len(units), units.labels
        bounds: list[tuple[str, FloatArray | IntArray]] = [("staff", counts)]
        if self.protected is not None:
            closed = np.isin(np.arange(n), units.positions(self.protected, what="protected"))
            bounds.append(("protected", np.where(closed, 0, counts)))
        if self.floor_heads is not None:
            floor = units.amounts(self.floor_heads, what="floor_heads")
            advice = "Lower the floor there, or hire first."
            rule = "no more than the staff there is"
            refuse(floor > counts, floor, "floor_heads", rule, advice, labels=labels)
            bounds.append(("floor_heads", counts - np.ceil(floor - _TOLERANCE)))
        if self.floor_adequacy is not None:
            floor = self.floor_adequacy * units.need
            refuse_percent(self.floor_adequacy, counts, units.need)
            bounds.append(("floor_adequacy", counts - np.ceil(floor * (1.0 - _TOLERANCE))))
        if self.max_share_leaving is not None:
            share = units.amounts(self.max_share_leaving, what="max_share_leaving")
            rule, advice = "from 0 to 1", "Pass shares, not %."
            refuse(share > 1.0, share, "max_share_leaving", rule, advice, labels=labels)
            bounds.append(("max_share_leaving", np.floor(share * counts * (1.0 + _TOLERANCE))))
        if self.most_leaving is not None:
            most = units.amounts(self.most_leaving, what="most_leaving")
            bounds.append(("most_leaving", _whole(most, labels, "most_leaving")))
        if self.releasable is not None:
            free = units.people(self.releasable, what="releasable")
            rule, advice = "no more than the staff there is", "Count both on the same day."
            refuse(free > counts, free, "releasable", rule, advice, labels=labels)
            bounds.append(("releasable", free))
        return _tightest(bounds)

    def arriving(self, units: Units) -> Bound:
        """Return how many people may arrive in each unit at most.

        Parameters
        ----------
        units : Units
            All their staff is more than can arrive anywhere.

        Returns
        -------
        Bound

        Raises
        ------
        DomainError
            If the capacity has another number of units, or is negative or fractional.
        """
        all_others = np.int64(units.total_staff) - units.staff
        bounds: list[tuple[str, FloatArray | IntArray]] = [("none", all_others)]
        if self.capacity is not None:
            bounds.append(("capacity", np.minimum(_capacity(self.capacity, units), all_others)))
        return _tightest(bounds)

    def open_pairs(
        self,
        units: Units,
        *,
        cost: FloatArray,
        distance: npt.ArrayLike | None = None,
    ) -> BoolArray | None:
        """Return between which units people may move; None where no pair is closed.

        Parameters
        ----------
        units : Units
        cost : ndarray, shape (n, n)
            Cost of moving one person, origins by destinations, checked; for `max_cost`.
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
        if not self.closes_pairs:
            return None
        open_ = ~np.eye(len(units), dtype=np.bool_)
        if self.within is not None:
            codes = self.groups(units)
            open_ &= np.equal.outer(codes, codes)
        if self.allowed is not None:
            open_ &= units.flags(self.allowed, what="allowed")
        if self.forbidden is not None:
            pairs = list(self.forbidden)
            origins, destinations = (
                units.positions([pair[side] for pair in pairs], what="forbidden") for side in (0, 1)
            )
            open_[origins, destinations] = False
        if self.max_cost is not None:
            open_ &= cost <= self.max_cost
        if self.max_distance is not None:
            if distance is None:
                raise ParameterError(
                    "max_distance is set, but no distances are passed. Pass the matrix of "
                    "distances as `distance`, or units with coordinates."
                )
            open_ &= units.costs(distance, what="distance") <= self.max_distance
        return open_

    def groups(self, units: Units) -> IntArray:
        """Return the number of each unit's label in `within`, from 0; all 0 without labels.

        Raises
        ------
        DomainError
            If there is not one label for each unit.
        """
        if self.within is None:
            return np.zeros(len(units), dtype=np.int64)
        return units.codes(self.within, what="within")


def refuse_percent(floor: float, staff: IntArray, need: FloatArray) -> None:
    """Refuse a floor that is above all staff per need, as per cent would be.

    Raises
    ------
    DomainError
        Stating the highest staff per need there is.
    """
    needed = need > 0
    highest = float(np.max(staff[needed] / need[needed], initial=0.0))
    if floor > max(highest, _SURELY_ABOVE):
        raise DomainError(
            f"floor_adequacy is {floor}, but staff per need is at most {highest:.3g} in any unit: "
            "nobody could leave anywhere. It is staff per need, such as 0.8, not per cent."
        )


def _capacity(capacity: npt.ArrayLike, units: Units) -> FloatArray:
    """Return the capacities, infinite where there is no limit."""
    if np.ndim(capacity) == 0 and labels_of(capacity) is None:
        capacity = np.full(len(units), as_number(capacity, what="capacity"))
    values = as_vector(units.align(capacity, what="capacity"), what="capacity")
    values = np.where(np.isnan(values), np.inf, values)
    if values.size != len(units):
        raise DomainError(
            f"capacity: {values.size} values for {len(units)} units. Pass one for each."
        )
    return _whole(values, units.labels, "capacity")


def _whole(values: FloatArray, labels: "Labels[Any]", what: str) -> FloatArray:
    wrong = (values < 0) | (np.floor(values) != values)
    advice = "Leave it empty for no limit." if what == "capacity" else "Correct them in the source."
    refuse(wrong, values, what, "whole people, 0 or more", advice, labels=labels)
    return values


def _as_pairs(pairs: Any) -> tuple[tuple[Any, Any], ...]:
    if isinstance(pairs, pd.DataFrame):
        if not {"origin", "destination"} <= set(pairs.columns):
            raise DomainError(
                "forbidden: expected the columns origin and destination, but there are "
                f"{some(pairs.columns)}."
            )
        pairs = zip(pairs["origin"], pairs["destination"], strict=True)
    items = as_items(pairs, what="forbidden")
    for item in items:
        if not isinstance(item, tuple | list | np.ndarray) or len(item) != 2:
            raise DomainError(
                f"forbidden: expected pairs (origin, destination), but got {item!r}. Write "
                "[(origin, destination), ...]; for rows of a frame, itertuples(index=False)."
            )
    return tuple((item[0], item[1]) for item in items)


def _tightest(bounds: list[tuple[str, FloatArray | IntArray]]) -> Bound:
    """Return the least bound of each unit; where several are equal, the first."""
    amounts = np.maximum(np.array([amount for _, amount in bounds], dtype=np.float64), 0.0)
    first = amounts.argmin(axis=0)
    labels = np.array([name for name, _ in bounds], dtype=object)
    return Bound(amounts.min(axis=0).astype(np.int64), labels[first])
