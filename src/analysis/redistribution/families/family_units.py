"""Units with their staff and need in several job families, checked once."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray, as_floats, as_frame
from analysis.errors import DomainError, ParameterError
from analysis.labels import Labels, align_matrix, flat, require_unique
from analysis.messages import some
from analysis.redistribution.limits import Limits
from analysis.redistribution.units import Units, as_amounts, as_staff, refuse
from analysis.totals import refuse_total


@dataclass(frozen=True, eq=False)
class Grid:
    """What values of units by families are aligned to.

    Attributes
    ----------
    labels : Index of length n
        One label for each unit.
    families : Index of length F
        One label for each family.
    """

    labels: "Labels[Any]"
    families: "Labels[Any]"

    def frame(self, values: npt.NDArray[Any]) -> pd.DataFrame:
        """Return values of shape (n, F) with the labels of units and families."""
        return pd.DataFrame(values, self.labels, self.families)

    def amounts(self, x: npt.ArrayLike, *, what: str) -> FloatArray:
        """Return amounts >= 0 of each unit and family, shape (n, F): frames aligned by label."""
        values = self._values(x, what)
        if values.min() >= 0 and values.max() < np.inf:
            return values
        return as_amounts(values.ravel(), values.size, what=what, labels=self.posts).reshape(
            values.shape
        )

    def people(self, x: npt.ArrayLike, *, what: str) -> IntArray:
        """Return whole people of each unit and family, shape (n, F): frames aligned by label."""
        values = self._values(x, what)
        if values.min() >= 0 and values.max() < 2**62 and (values % 1 == 0).all():
            return values.astype(np.int64)
        return as_staff(values.ravel(), what=what, labels=self.posts).reshape(values.shape)

    def which(self, families: Any, *, what: str) -> BoolArray:
        """Return which families are among those named, shape (F,).

        Raises
        ------
        ParameterError
            If a name is no family.
        """
        unknown = [family for family in families if family not in self.families]
        if unknown:
            raise ParameterError(
                f"{what}: {some(unknown)} is no family. Write the families as in the columns of "
                "staff."
            )
        named: BoolArray = np.asarray(self.families.isin(list(families)))
        return named

    @property
    def posts(self) -> "Labels[Any]":
        """A label for each unit and family, in reading order."""
        return pd.Index([f"{unit}, {family}" for unit in self.labels for family in self.families])

    def _values(self, x: npt.ArrayLike, what: str) -> FloatArray:
        aligned = align_matrix(
            x, self.labels, self.families, what=what, to="staff", across="families"
        )
        values = as_floats(aligned, what=what)
        shape = (self.labels.size, self.families.size)
        if values.shape != shape:
            raise DomainError(
                f"{what}: expected people by unit and family, shape {shape}, but the shape is "
                f"{values.shape}."
            )
        return values


@dataclass(frozen=True, eq=False)
class FamilyUnits(Grid):
    """Units by families, in one order: what `Units` are for one kind of staff.

    Attributes
    ----------
    staff : ndarray of int, shape (n, F)
        Whole people, >= 0.
    need : ndarray, shape (n, F)
        Need in people, >= 0.

    Examples
    --------
    >>> staff = pd.DataFrame({"guru": [9, 3], "perawat": [1, 3]}, index=["A", "B"])
    >>> need = pd.DataFrame({"perawat": [2, 2], "guru": [7, 5]}, index=["A", "B"])
    >>> FamilyUnits.of(staff, need).family(0).need.tolist()
    [7.0, 5.0]
    """

    staff: IntArray
    need: FloatArray

    @classmethod
    def of(
        cls,
        staff: "pd.DataFrame | FamilyUnits",
        need: npt.ArrayLike | None = None,
        *,
        what: str = "need",
        as_given: bool = False,
    ) -> "FamilyUnits":
        """Return staff and need of the same units and families.

        Parameters
        ----------
        staff : DataFrame, units by families, or FamilyUnits
            Whole people; `FamilyUnits` are returned as they are.
        need : DataFrame, units by families
            Aligned to staff by both labels; an array of the same shape by position.
        what : str
            What `need` is called in messages.
        as_given : bool
            Accept a unit that is the sum of the others, or named like a total: it is meant.

        Raises
        ------
        DomainError
            If a unit or family occurs twice, those of staff and need differ, a count is missing,
            negative or fractional, or a unit looks like the total of the others.
        ParameterError
            If need is missing, or comes twice.
        """
        if isinstance(staff, cls):
            if need is not None:
                raise ParameterError(f"{what}: the units have it already. Pass units alone.")
            return staff
        if need is None:
            raise ParameterError(f"{what} is missing. Pass staff and {what}, units by families.")
        table = as_frame(staff, what="staff")
        if table.empty:
            raise DomainError("staff: expected units by families, at least one of each.")
        labels, families = flat(table.index), flat(table.columns)
        require_unique(labels, what="staff")
        require_unique(families, what="staff, columns", noun="families")
        grid = Grid(labels, families)
        counts, needs = grid.people(table, what="staff"), grid.amounts(need, what=what)
        if not as_given:
            totals = (x.sum(axis=1).astype(np.float64) for x in (counts, needs))
            parameter = "FamilyUnits.of(..., as_given=True)"
            refuse_total(labels, *totals, what=f"staff and {what}", parameter=parameter)
        return cls(labels, families, counts, needs)

    @cached_property
    def together(self) -> Units:
        """The units with the people of all families; for limits that know no families."""
        return Units(self.labels, self.staff.sum(axis=1), np.ones(self.labels.size))

    def family(self, position: int) -> Units:
        """Return the staff and need of one family.

        Raises
        ------
        DomainError
            If nobody needs it anywhere.
        """
        return Units(
            self.labels,
            np.ascontiguousarray(self.staff[:, position]),
            np.ascontiguousarray(self.need[:, position]),
        )

    def releasable(self, limits: Limits) -> IntArray:
        """Return how many people of each unit and family may change post.

        Raises
        ------
        DomainError
            If more may than there are; the message names unit and family.
        ParameterError
            If a protected family is unknown.
        """
        may = self.staff
        if limits.releasable is not None and is_by_family(limits):
            may = self.people(limits.releasable, what="releasable")
            rule, advice = "no more than the staff there is", "Count both on the same day."
            over = (may > self.staff).ravel()
            if over.any():
                refuse(over, may.ravel(), "releasable", rule, advice, labels=self.posts)
        stay = self.which(limits.protected_families or (), what="protected_families")
        return np.where(stay, 0, may)


def is_by_family(limits: Limits) -> bool:
    """Whether people are releasable by unit and family, not by unit alone."""
    return limits.releasable is not None and np.ndim(limits.releasable) == 2


def of_units(limits: Limits) -> Limits:
    """Return the limits that hold for a unit's people of all families together."""
    return replace(
        limits,
        floor_adequacy=None,
        protected_families=None,
        releasable=None if is_by_family(limits) else limits.releasable,
    )
