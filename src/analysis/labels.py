"""Labels of units and groups: align what is labelled, refuse what does not fit.

The rule, everywhere: labelled input (a series, a frame, a dict) is aligned by label where the
labels are the same set, and refused with the difference where they are not; unlabelled input (a
list, an array) is taken by position.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import IntArray
from analysis.errors import DomainError
from analysis.messages import positions, some

Labels = pd.Index


def labels_of(x: object) -> "Labels[Any] | None":
    """Return the labels that `x` carries: an index, the keys of a dict, or None.

    Examples
    --------
    >>> labels_of({"Aceh": 1, "Bali": 2}).tolist(), labels_of([1, 2]) is None
    (['Aceh', 'Bali'], True)
    """
    if isinstance(x, pd.Series | pd.DataFrame):
        return flat(x.index)
    if isinstance(x, Mapping):
        keys: Labels[Any] = pd.Index(list(x), tupleize_cols=False)
        return keys
    return None


def flat(index: "Labels[Any]") -> "Labels[Any]":
    """Return an index of several levels as one of tuples, any other as it is."""
    return index.to_flat_index() if isinstance(index, pd.MultiIndex) else index


def align(x: Any, labels: "Labels[Any] | None", *, what: str, to: str) -> Any:
    """Return `x` in the order of `labels`; what has no labels, or none to follow, as it is.

    Parameters
    ----------
    x : object
        Values for each unit. A dict becomes a series.
    labels : Index or None
        The units, in the order that is wanted.
    what, to : str
        What `x` is and whose labels it follows, for the message.

    Raises
    ------
    DomainError
        If the labels of `x` are another set, or one occurs twice where the order must be found.

    Examples
    --------
    >>> need = pd.Series({"Bali": 4.0, "Aceh": 9.0})
    >>> align(need, pd.Index(["Aceh", "Bali"]), what="need", to="staff").tolist()
    [9.0, 4.0]
    """
    given = _as_series(x)
    own = labels_of(given)
    if own is None or labels is None or own.equals(labels):
        return given
    _require_same(own, labels, what, to)
    return given.iloc[own.get_indexer(labels)]


def align_all(what: str, **inputs: Any) -> tuple[Any, ...]:
    """Return every input in the order of the first one that has labels; see `align`.

    Parameters
    ----------
    what : str
        The function they were given to, for the message; empty where that goes without saying.
    **inputs : object
        Values for each unit, by the name of the argument; what is None stays None.

    Examples
    --------
    >>> before, after = pd.Series({"Aceh": 1, "Bali": 2}), pd.Series({"Bali": 4, "Aceh": 3})
    >>> [x.tolist() for x in align_all("change", before=before, after=after)]
    [[1, 2], [3, 4]]
    """
    first = next((name for name, x in inputs.items() if labels_of(x) is not None), None)
    labels = None if first is None else labels_of(inputs[first])
    place = f"{what}, " if what else ""
    return tuple(
        align(x, labels, what=f"{place}{name}", to=f"{first}") for name, x in inputs.items()
    )


def align_matrix(
    x: Any,
    rows: "Labels[Any] | None",
    columns: "Labels[Any] | None",
    *,
    what: str,
    to: str,
    across: str = "units",
) -> Any:
    """Return a frame with its rows and columns in the order of labels; anything else as it is.

    Parameters
    ----------
    x : object
        Values for each unit and each of what stands `across`.
    rows, columns : Index or None
        The units and what stands across, in the order that is wanted.
    what, to : str
        What `x` is and whose labels it follows, for the message.
    across : str
        What the columns are, for the message.

    Raises
    ------
    DomainError
        As `align`, for rows and for columns.
    """
    if not isinstance(x, pd.DataFrame):
        return x
    found = x
    sides: tuple[tuple[Literal[0, 1], str, Labels[Any] | None, str], ...] = (
        (0, "rows", rows, "units"),
        (1, "columns", columns, across),
    )
    for axis, name, labels, noun in sides:
        own = flat(x.axes[axis])
        if labels is not None and not own.equals(labels):
            _require_same(own, labels, f"{what}, {name}", to, noun)
            found = found.take(own.get_indexer(labels), axis=axis)
    return found


def require_unique(labels: "Labels[Any]", *, what: str, noun: str = "units") -> None:
    """Refuse a unit, or what else `noun` says, that occurs twice.

    Raises
    ------
    DomainError
        Naming the units.
    """
    if labels.is_unique:
        return
    twice = labels[labels.duplicated()].unique()
    if noun != "units":
        raise DomainError(f"{what}: {noun} must occur once each, but {some(twice)} does not.")
    raise DomainError(
        f"{what}: each unit must occur once, but {some(twice)} does not. Where the rows are "
        "parts of one unit, add them up; where they are different units of one name, such as "
        "a kabupaten and a kota, name them apart or use codes."
    )


def as_items(units: Iterable[Hashable], *, what: str) -> tuple[Any, ...]:
    """Return what was given to be iterated, stored once: an iterator yields only once.

    Raises
    ------
    DomainError
        If it is a plain string, whose letters nobody means, a dict or a mask, whose values would
        be ignored, or no collection at all.

    Examples
    --------
    >>> as_items((unit for unit in ["Aceh", "Bali"]), what="protected")
    ('Aceh', 'Bali')
    """
    if isinstance(units, str | bytes) or not isinstance(units, Iterable):
        raise DomainError(f"{what}: expected a list, but got {units!r}. Write [{units!r}].")
    if isinstance(units, Mapping | pd.DataFrame):
        raise DomainError(f"{what}: expected a list, but got {type(units).__name__}.")
    items = tuple(units)
    if any(isinstance(item, bool | np.bool_) for item in items):
        raise DomainError(
            f"{what}: expected a list of labels, but got true and false. Pass the labels where it "
            "is true, such as list(mask.index[mask])."
        )
    return items


def positions_of(
    units: Iterable[Hashable], labels: "Labels[Any]", *, what: str
) -> npt.NDArray[np.intp]:
    """Return where each of `units` stands among `labels`.

    Raises
    ------
    DomainError
        If one is not among them.
    """
    wanted = as_items(units, what=what)
    unhashable = [item for item in wanted if not isinstance(item, Hashable)]
    if unhashable:
        raise DomainError(f"{what}: expected a list of labels, but it holds {unhashable[0]!r}.")
    found = labels.get_indexer(pd.Index(wanted, dtype=object, tupleize_cols=False))
    unknown = [wanted[i] for i in np.flatnonzero(found < 0).tolist()]
    if unknown:
        raise DomainError(
            f"{what}: {some(unknown)} is no unit; there are {some(labels)}. Write units as they "
            "are labelled there."
        )
    return found


def label_codes(
    groups: npt.ArrayLike, n: int, *, what: str, units: "Labels[Any] | None" = None
) -> tuple[IntArray, npt.NDArray[Any]]:
    """Return the number of the group of each unit, and the groups, sorted.

    Parameters
    ----------
    groups : array-like, shape (n,)
        One label for each unit.
    n : int
        Number of units.
    what : str
        What the labels are, for the message.
    units : Index, optional
        Labels of the units, which a series or dict of groups is aligned to.

    Raises
    ------
    DomainError
        If there is not one label for each unit, one is missing, or two differ but print alike,
        such as 11 and "11".

    Examples
    --------
    >>> codes, groups = label_codes(["Jawa", "Bali", "Jawa"], 3, what="groups")
    >>> codes.tolist(), groups.tolist()
    ([1, 0, 1], ['Bali', 'Jawa'])
    """
    given = align(groups, units, what=what, to="the units")
    column = given if isinstance(given, pd.Series | pd.Index) else np.asarray(given)
    if column.shape != (n,):
        raise DomainError(
            f"{what}: expected one label for each of {n} units, shape ({n},), but the shape is "
            f"{column.shape}."
        )
    codes, found = pd.factorize(column, sort=True)
    if codes.size and codes.min() < 0:
        raise DomainError(
            f"{what}: the label is missing at {positions(codes < 0)}. Give every unit a group, or "
            "drop it."
        )
    names: npt.NDArray[Any] = np.asarray(found)
    _refuse_alike(names, what)
    return codes.astype(np.int64), names


def _as_series(x: Any) -> Any:
    if isinstance(x, Mapping):
        return pd.Series(list(x.values()), index=labels_of(x))
    return x


def _refuse_alike(names: npt.NDArray[Any], what: str) -> None:
    """Refuse labels of two types that print alike; labels of one type cannot."""
    if not pd.api.types.infer_dtype(names, skipna=False).startswith("mixed"):
        return
    printed = pd.Series([str(name) for name in names.tolist()])
    alike = printed[printed.duplicated()].unique()
    if alike.size:
        raise DomainError(
            f"{what}: {some(alike)} occurs as a number and as text. Read codes as text throughout, "
            "such as read_csv(..., dtype=str)."
        )


def _require_same(
    own: "Labels[Any]", labels: "Labels[Any]", what: str, to: str, noun: str = "units"
) -> None:
    require_unique(own, what=what, noun=noun)
    require_unique(labels, what=to, noun=noun)
    lacking = labels.difference(own, sort=False)
    surplus = own.difference(labels, sort=False)
    if not (lacking.size or surplus.size):
        return
    parts = [
        f"{some(units)} {'is' if units.size == 1 else 'are'} only in {where}"
        for units, where in ((surplus, what), (lacking, to))
        if units.size
    ]
    if set(map(str, surplus)) & set(map(str, lacking)):
        cure = "Some print alike but are of different types: read codes as text in both."
    else:
        cure = f"Pass the same {noun} in both, or arrays where positions are meant."
    raise DomainError(f"{what} and {to} must have the same {noun}: {', '.join(parts)}. {cure}")
