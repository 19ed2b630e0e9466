"""The units of a plan: labels, staff and need, checked once and taken by every function.

A function that takes `staff` and `need` takes `Units` in their place. What is given to it besides
(costs, capacities, groups) is aligned by label to the units, or refused: `Units.align` and
`Units.matrix` are the only places where that happens.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import (
    BoolArray,
    FloatArray,
    IntArray,
    as_flags,
    as_floats,
    as_frame,
    as_matrix,
    as_number,
    as_vector,
)
from analysis.errors import DataError, DomainError, ParameterError
from analysis.labels import (
    Labels,
    align,
    align_all,
    align_matrix,
    flat,
    label_codes,
    labels_of,
    positions_of,
    require_unique,
)
from analysis.messages import positions, some
from analysis.totals import refuse_total


@dataclass(frozen=True, eq=False, repr=False)
class Units:
    """Units with their staff and need, in one order.

    Parameters
    ----------
    labels : Index of length n
        One label for each unit, of any type.
    staff : array-like, shape (n,)
        Whole people, >= 0, in the order of the labels.
    need : array-like, shape (n,)
        Need, >= 0 and not all zero, in any unit of measurement, in the order of the labels.
    group : array-like, shape (n,), optional
        A label for each unit, such as its province or island group, for ``Limits(within=...)``.
    coordinates : array-like, shape (n, 2), optional
        Latitude and longitude in degrees, for ``Limits(max_distance=...)``.

    Raises
    ------
    DomainError
        If a label is missing or occurs twice, or staff, need, group or coordinates are out of
        range or of another length; the message names the units.

    Examples
    --------
    >>> units = Units.of({"Kota": 90, "Hulu": 15}, {"Hulu": 40, "Kota": 60})
    >>> units.need.tolist(), units.amounts({"Hulu": 2, "Kota": 1}, what="capacity").tolist()
    ([60.0, 40.0], [1.0, 2.0])
    >>> units
    2 units: 105 staff, need 100, 1.05 staff per need
    """

    labels: "Labels[Any]"
    staff: IntArray
    need: FloatArray
    group: npt.NDArray[Any] | None = None
    coordinates: FloatArray | None = None

    def __post_init__(self) -> None:
        labels = flat(pd.Index(self.labels, tupleize_cols=False))
        require_unique(labels, what="units")
        missing = labels.isna()
        if missing.any():
            raise DomainError(
                f"units: the label is missing at {positions(np.asarray(missing))}. Name every unit."
            )
        staff = as_staff(self.staff, labels=labels)
        if staff.size != labels.size:
            raise DomainError(f"units: {staff.size} values of staff for {labels.size} labels.")
        object.__setattr__(self, "labels", labels)
        object.__setattr__(self, "staff", staff)
        object.__setattr__(self, "need", as_need(self.need, staff.size, labels=labels))
        if self.group is not None:
            codes, names_ = label_codes(self.group, staff.size, what="group")
            object.__setattr__(self, "group", names_[codes])
        if self.coordinates is not None:
            object.__setattr__(self, "coordinates", _as_coordinates(self.coordinates, labels))

    @classmethod
    def of(
        cls,
        staff: "npt.ArrayLike | Units",
        need: npt.ArrayLike | None = None,
        *,
        group: npt.ArrayLike | None = None,
        latitude: npt.ArrayLike | None = None,
        longitude: npt.ArrayLike | None = None,
        as_given: bool = False,
    ) -> "Units":
        """Return units from staff and need: series or dicts by label, arrays by position.

        Parameters
        ----------
        staff : array-like, shape (n,), or Units
            Whole people; its labels, or else those of the first of the others that has any, name
            the units. Without any, units are numbered from 0. `Units` are returned as they are.
        need : array-like, shape (n,)
            Need of the same units.
        group, latitude, longitude : array-like, shape (n,), optional
            See `Units`.
        as_given : bool
            Accept a unit that is the sum of the others, or named like a total: it is meant.

        Raises
        ------
        DomainError
            As `Units`; also if labels differ, or a unit looks like the total of the others.
        ParameterError
            If need is missing, or comes twice.
        """
        inputs = {"need": need, "group": group, "latitude": latitude, "longitude": longitude}
        if isinstance(staff, cls):
            twice = [name for name, value in inputs.items() if value is not None]
            if twice:
                raise ParameterError(f"{some(twice)}: the units have it already. Pass units alone.")
            return staff
        if need is None:
            raise ParameterError(
                "need is missing. Pass staff and need, or units: Units.of(staff, need), "
                "Units.from_frame(frame)."
            )
        aligned = dict(zip(["staff", *inputs], align_all("", staff=staff, **inputs), strict=True))
        labels = next((own for x in aligned.values() if (own := labels_of(x)) is not None), None)
        places = [aligned["latitude"], aligned["longitude"]]
        if (places[0] is None) != (places[1] is None):
            raise ParameterError("latitude and longitude must come together. Pass both or neither.")
        counts = as_staff(aligned["staff"], labels=labels)
        units = cls(
            pd.RangeIndex(counts.size) if labels is None else labels,
            counts,
            aligned["need"],
            aligned["group"],
            None
            if places[0] is None
            else np.column_stack(
                [
                    as_vector(x, what=name)
                    for x, name in zip(places, ("latitude", "longitude"), strict=True)
                ]
            ),
        )
        if labels is not None and not as_given:
            refuse_total(
                units.labels,
                counts.astype(np.float64),
                units.need,
                what="staff and need",
                parameter="Units.of(..., as_given=True)",
            )
        return units

    @classmethod
    def from_frame(
        cls,
        frame: object,
        *,
        unit: str | None = None,
        staff: str = "staff",
        need: str = "need",
        group: str | None = None,
        latitude: str | None = None,
        longitude: str | None = None,
        as_given: bool = False,
    ) -> "Units":
        """Return units from a table with one row for each.

        Parameters
        ----------
        frame : DataFrame
            Of pandas, or of any library with Arrow's PyCapsule interface (Polars, PyArrow).
        unit : str, optional
            Column of the labels; the index by default.
        staff, need, group, latitude, longitude : str
            Columns, see `of`.
        as_given : bool
            See `of`.

        Raises
        ------
        DataError
            If a column is missing.
        DomainError
            As `of`.

        Examples
        --------
        >>> frame = pd.DataFrame({"kode": ["11", "12"], "staff": [5, 9], "need": [6.0, 6.0]})
        >>> Units.from_frame(frame, unit="kode").labels.tolist()
        ['11', '12']
        """
        table = as_frame(frame, what="units")
        columns = {
            "staff": staff,
            "need": need,
            "group": group,
            "latitude": latitude,
            "longitude": longitude,
        }
        wanted = {name: column for name, column in columns.items() if column is not None}
        missing = [c for c in (unit, *wanted.values()) if c is not None and c not in table]
        if missing:
            raise DataError(
                f"units: column {some(missing)} is missing; there are {some(table.columns)}."
            )
        rows = table if unit is None else table.set_index(unit)
        given = {name: rows[column] for name, column in wanted.items()}
        return cls.of(given.pop("staff"), given.pop("need"), **given, as_given=as_given)

    def __len__(self) -> int:
        return int(self.staff.size)

    def __repr__(self) -> str:
        return (
            f"{len(self):,} units: {self.total_staff:,} staff, need {self.total_need:,.6g}, "
            f"{self.adequacy:.3g} staff per need"
        )

    @property
    def total_staff(self) -> int:
        """People over all units."""
        return int(self.staff.sum())

    @property
    def total_need(self) -> float:
        """Need over all units."""
        return float(self.need.sum())

    @property
    def adequacy(self) -> float:
        """All staff over all need: where both count people, a factor of 1,000 shows here."""
        return self.total_staff / self.total_need

    def align(self, x: Any, *, what: str) -> Any:
        """Return values for each unit in the order of the units; unlabelled ones as they are.

        Raises
        ------
        DomainError
            If the labels are not those of the units.
        """
        return align(x, self.labels, what=what, to="staff")

    def amounts(self, x: npt.ArrayLike, *, what: str) -> FloatArray:
        """Return amounts >= 0 for each unit, one number standing for all; see `as_amounts`."""
        if np.ndim(x) == 0 and labels_of(x) is None:
            x = np.full(len(self), as_number(x, what=what))
        return as_amounts(self.align(x, what=what), len(self), what=what, labels=self.labels)

    def people(self, x: npt.ArrayLike, *, what: str) -> IntArray:
        """Return whole people for each unit; see `as_staff`."""
        counts = as_staff(self.align(x, what=what), what=what, labels=self.labels)
        if counts.size != len(self):
            raise DomainError(
                f"{what}: {counts.size} values for {len(self)} units. Pass one for each unit."
            )
        return counts

    def matrix(self, x: Any, *, what: str) -> Any:
        """Return a frame with rows and columns in the order of the units; an array as it is."""
        return align_matrix(x, self.labels, self.labels, what=what, to="staff")

    def costs(self, x: npt.ArrayLike, *, what: str = "cost") -> FloatArray:
        """Return a matrix of costs between the units; see `as_costs`."""
        return as_costs(self.matrix(x, what=what), (len(self), len(self)), what=what)

    def flags(self, x: npt.ArrayLike, *, what: str) -> BoolArray:
        """Return a matrix of true and false between the units; see `arrays.as_flags`."""
        return as_flags(self.matrix(x, what=what), (len(self), len(self)), what=what)

    def codes(self, groups: npt.ArrayLike, *, what: str) -> IntArray:
        """Return the number of the group of each unit, from 0; see `labels.label_codes`."""
        return label_codes(groups, len(self), what=what, units=self.labels)[0]

    def positions(self, units: Any, *, what: str) -> npt.NDArray[np.intp]:
        """Return where each of these labels stands among the units."""
        return positions_of(units, self.labels, what=what)


def as_staff(
    staff: npt.ArrayLike, *, what: str = "staff", labels: "Labels[Any] | None" = None
) -> IntArray:
    """Return counts of people, shape (n,): whole numbers >= 0.

    Parameters
    ----------
    labels : Index, optional
        Names of the units, for the message; those of a series by default.

    Raises
    ------
    DomainError
        If it is empty, not one-dimensional, not numeric, or a count is missing, negative or
        fractional. The message lists the units.
    """
    if isinstance(staff, np.ndarray) and staff.dtype == np.int64 and staff.ndim == 1:
        whole: IntArray = staff
        if whole.size and whole.min() >= 0 and not isinstance(staff, np.ma.MaskedArray):
            return whole
    values = as_vector(staff, what=what)
    with np.errstate(invalid="ignore"):  # what is no number turns into one that differs
        counts = values.astype(np.int64)
    if values.min() < 0 or not np.array_equal(counts, values):
        wrong = (values < 0) | (counts != values)
        rule, advice = "whole people, 0 or more", "Correct the counts in the source."
        refuse(wrong, staff, what, rule, advice, labels=labels)
    return counts


def as_need(
    need: npt.ArrayLike, n: int, *, what: str = "need", labels: "Labels[Any] | None" = None
) -> FloatArray:
    """Return the need of `n` units, shape (n,): finite numbers >= 0 that are not all zero.

    Raises
    ------
    DomainError
        If the shape differs, a need is missing, infinite or negative, or the total is zero.
    """
    values = as_amounts(need, n, what=what, labels=labels)
    if values.max() == 0:
        raise DomainError(
            f"{what}: the total is zero, so nothing can be shared out by it. Pass a need above "
            "zero for at least one unit."
        )
    return values


def as_amounts(
    amounts: npt.ArrayLike, n: int, *, what: str, labels: "Labels[Any] | None" = None
) -> FloatArray:
    """Return amounts for `n` units, shape (n,): finite numbers >= 0.

    Raises
    ------
    DomainError
        If the shape differs, or an amount is missing, infinite or negative.
    """
    values = as_vector(amounts, what=what)
    if values.size != n:
        raise DomainError(f"{what}: {values.size} values for {n} units. Pass one for each.")
    if not (values.min() >= 0 and values.max() < np.inf):  # missing values fail both
        wrong = ~np.isfinite(values) | (values < 0)
        rule, advice = "finite numbers, 0 or more", "Correct them in the source."
        refuse(wrong, amounts, what, rule, advice, labels=labels)
    return values


def as_budget(budget: float | None, limit: int, *, what: str, of: str) -> int:
    """Return a number of people between 0 and `limit`.

    Parameters
    ----------
    what, of : str
        What is counted and what the limit is, for the message.

    Raises
    ------
    DomainError
        If it is no number, fractional, below zero or above the limit.
    """
    people = as_number(budget, what=what)
    if people % 1 != 0 or not 0 <= people <= limit:
        raise DomainError(
            f"{what} is {budget}, but must be whole people from 0 to {limit} ({of}). Choose a "
            "number in that range."
        )
    return int(people)


def as_positive(value: float, *, what: str) -> float:
    """Return a finite number above zero.

    Raises
    ------
    DomainError
        If it is anything else.
    """
    number = as_number(value, what=what)
    if not 0.0 < number < np.inf:
        raise DomainError(f"{what} is {value}, but must be a finite number above zero.")
    return number


def as_costs(cost: npt.ArrayLike, shape: tuple[int, int], *, what: str = "cost") -> FloatArray:
    """Return a matrix of costs of the given shape: finite numbers >= 0.

    Raises
    ------
    DomainError
        If the shape differs, or a cost is missing, infinite or negative; the message lists the
        first pairs of positions.
    """
    values = as_matrix(cost, shape, what=what)
    wrong = np.argwhere(~np.isfinite(values) | (values < 0))
    if wrong.size:
        pairs = [f"({i}, {j}): {values[i, j]}" for i, j in wrong.tolist()]
        raise DomainError(
            f"{what}: the costs must be finite numbers, 0 or more; they are not for "
            f"{some(pairs)}. Mark a pair that may not be used as forbidden instead."
        )
    return values


def same_units(first: object, second: object, what: str) -> None:
    """Refuse two series whose units differ, or stand in another order.

    Raises
    ------
    DomainError
        Naming units that only one of them has.
    """
    if not (isinstance(first, pd.Series) and isinstance(second, pd.Series)):
        return
    if not first.index.equals(second.index):
        odd = sorted({str(unit) for unit in first.index.symmetric_difference(second.index)})
        raise DomainError(
            f"{what} must have the same units in the same order; "
            f"{some(odd) if odd else 'the order'} differs. Align them first."
        )


def names(units: object, n: int) -> list[str]:
    """Return the label of each unit: of the index where there is one, else its position."""
    index = list(units.index) if isinstance(units, pd.Series) else list(range(n))
    return [str(unit) for unit in index]


def refuse(
    wrong: BoolArray,
    values: npt.ArrayLike,
    what: str,
    rule: str,
    advice: str,
    *,
    labels: "Labels[Any] | None" = None,
) -> None:
    """Raise an error that names the units where `wrong` is true, if there are any.

    Raises
    ------
    DomainError
        With each unit's label, or position, and value.
    """
    where = np.flatnonzero(wrong)
    if where.size == 0:
        return
    shown = np.asarray(values)
    known = labels_of(values) if labels is None else labels
    units = pd.RangeIndex(shown.size) if known is None else known
    items = some(f"{units[i]}: {shown[i]}" for i in where.tolist())
    raise DomainError(f"{what} must be {rule}; it is not for {items}. {advice}")


def as_degrees(
    degrees: npt.ArrayLike, limit: float, *, what: str, labels: "Labels[Any] | None" = None
) -> FloatArray:
    """Return angles between minus and plus `limit` degrees.

    Raises
    ------
    DomainError
        If one is missing or beyond; the message names the units.
    """
    values = as_vector(degrees, what=what)
    rule = f"degrees from {-limit:g} to {limit:g}"
    advice = "Correct it in the source; a comma may stand for the decimal point."
    refuse(~(np.abs(values) <= limit), degrees, what, rule, advice, labels=labels)
    return values


def _as_coordinates(coordinates: npt.ArrayLike, labels: "Labels[Any]") -> FloatArray:
    places = as_floats(coordinates, what="coordinates")
    if places.shape != (labels.size, 2):
        raise DomainError(
            f"coordinates: expected latitude and longitude of each unit, shape ({labels.size}, 2), "
            f"but the shape is {places.shape}."
        )
    as_degrees(places[:, 0], 90.0, what="latitude", labels=labels)
    as_degrees(places[:, 1], 180.0, what="longitude", labels=labels)
    return places
