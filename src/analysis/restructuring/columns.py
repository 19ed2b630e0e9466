"""The columns of units, posts and people: what they may hold, and what they are by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.arrays import IntArray
from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.lookups import are_missing

KINDS = ("struktural", "fungsional", "pelaksana")
"""Kinds of post."""

LEVELS = (
    "pemula",
    "terampil",
    "mahir",
    "penyelia",
    "ahli pertama",
    "ahli muda",
    "ahli madya",
    "ahli utama",
)
"""Levels (*jenjang*) of functional posts, from low to high, skilled before expert."""

AGENCY_KINDS = ("pusat", "provinsi", "kabkota")
"""Kinds of agency that rules tell apart."""


@dataclass(frozen=True)
class Columns:
    """What a table must and may have.

    Attributes
    ----------
    what : str
        The table, for messages.
    required : tuple of str
        Columns that must be there, the first being the label of the row.
    texts : mapping of str to tuple of str
        Columns of text, and the values allowed; none for any.
    whole : mapping of str to int
        Columns of whole numbers >= 0 that are added with this value where they are missing.
    complete : tuple of str
        Columns without missing values.
    optional : tuple of str
        Columns of text that are added empty.
    """

    what: str
    required: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]
    complete: tuple[str, ...]
    whole: Mapping[str, int] = field(default_factory=dict)
    optional: tuple[str, ...] = ()


UNITS = Columns(
    "units",
    required=("unit", "parent", "eselon", "kind", "agency", "name"),
    texts={"kind": (), "agency": (), "name": (), "agency_kind": AGENCY_KINDS, "province": ()},
    complete=("unit", "agency", "name"),
)
POSTS = Columns(
    "posts",
    required=("post", "unit", "kind", "title", "eselon"),
    texts={"kind": KINDS, "title": (), "jenjang": LEVELS, "family": (), "province": ()},
    complete=("post", "unit", "kind", "title"),
    whole={"seats": 1},
    optional=("jenjang", "family"),
)
PEOPLE = Columns(
    "people", required=("person", "post"), texts={"province": ()}, complete=("person", "post")
)


def tidy(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Return a table with its texts as categories and its missing columns added.

    Raises
    ------
    DataError
        If a required column is missing, a value is missing where none may, or a text is not
        among those allowed.
    """
    what = columns.what
    missing = [name for name in columns.required if name not in frame]
    if missing:
        raise DataError(
            f"{what}: column {some(missing)} is missing; there are {some(frame.columns)}. Rename "
            "or add it."
        )
    table = frame.copy(deep=False)
    for name in columns.complete:
        refuse_missing(table, name, columns)
    for name, allowed in columns.texts.items():
        if name in table:
            table[name] = _categories(table, name, allowed, columns)
    for name in columns.optional:
        if name not in table:
            table[name] = nothing(len(table), columns.texts[name])
    for name, value in columns.whole.items():
        table[name] = _whole(table, name, value, columns)
    if what == "posts":
        table["closed"] = table["closed"].astype(bool) if "closed" in table else False
        for name in ("moved_from", "task"):
            table[name] = pd.Categorical(table[name]) if name in table else nothing(len(table))
    if what == "units" and "exempt" in table:
        table["exempt"] = _exempt(table)
    return table


def as_categories(codes: npt.ArrayLike, names: Any) -> pd.Categorical:
    """Return names by their positions, -1 for none."""
    return pd.Categorical.from_codes(np.asarray(codes), categories=pd.Index(names))


def codes_of(column: "pd.Series[Any]") -> npt.NDArray[np.integer[Any]]:
    """Return the positions of the categories of a column, -1 for none.

    Not as a series: NumPy asks one for its protocols, and pandas looks for these among the labels
    of its rows, for which it makes a hash table of millions.
    """
    found: npt.NDArray[np.integer[Any]] = column.array.codes
    return found


def as_used_categories(codes: npt.NDArray[np.integer[Any]], names: Any) -> pd.Categorical:
    """Return names by their positions, without categories that nothing has."""
    used = np.bincount(codes + 1, minlength=len(names) + 1)[1:] > 0
    place = np.append(np.cumsum(used) - 1, -1)
    return as_categories(place[codes], pd.Index(names)[used])


def nothing(n: int, names: Any = ()) -> pd.Categorical:
    """Return `n` missing names."""
    return as_categories(np.full(n, -1), pd.Index(names, dtype="str"))


def replaced(old: pd.Categorical, codes: IntArray, names: Any) -> pd.Categorical:
    """Return names by their positions where there is one, and the old ones elsewhere."""
    if not len(old.categories):
        return as_categories(codes, names)
    both = pd.Index(names).append(old.categories.difference(pd.Index(names), sort=False))
    kept = np.append(both.get_indexer(old.categories), -1)[old.codes]
    return as_categories(np.where(codes >= 0, codes, kept), both)


def refuse_missing(table: pd.DataFrame, name: str, columns: Columns) -> None:
    """Refuse rows without a value, or with nothing but spaces.

    Raises
    ------
    DataError
        Naming the rows.
    """
    empty = are_missing(table[name])
    if empty.any():
        rows = some(f"row {row}" for row in table.index[empty])
        raise DataError(
            f"{columns.what}, column {name}: {np.count_nonzero(empty)} values are missing ({rows})."
            f" Fill them in; every {columns.required[0]} needs one."
        )


def _exempt(table: pd.DataFrame) -> "pd.Series[Any]":
    """Return the override of the whitelist: true, false or missing, never without a reason."""
    said = {"true": True, "ya": True, "false": False, "tidak": False}
    column = table["exempt"]
    given = column.map(lambda v: said.get(str(v).strip().casefold()), na_action="ignore")
    given = given.astype("boolean")
    unknown = (column.notna() & given.isna()).to_numpy()
    if unknown.any():
        shown = some(f"{v!r} (row {row})" for row, v in column[unknown].items())
        raise DataError(f"units, column exempt: {shown} is neither true nor false (ya, tidak).")
    reason = table["reason"] if "reason" in table else pd.Series(None, table.index, dtype="object")
    silent = (given.notna() & reason.isna()).to_numpy()
    if silent.any():
        shown = some(f"row {row}" for row in table.index[silent])
        raise DataError(
            f"units, column exempt: {np.count_nonzero(silent)} rows ({shown}) override the rules "
            "without a reason. Give it in the column reason."
        )
    return given


def _categories(
    table: pd.DataFrame, name: str, allowed: tuple[str, ...], columns: Columns
) -> pd.Categorical:
    column = table[name]
    found: Any = column.array
    if not isinstance(column.dtype, pd.CategoricalDtype):
        found = pd.Categorical(found)
    if not allowed:
        return found.remove_unused_categories()  # type: ignore[no-any-return]
    spelt = {value: str(value).strip().casefold() for value in found.categories}
    unknown = found.isin([value for value in found.categories if spelt[value] not in allowed])
    if unknown.any():
        shown = some(f"{v!r} (row {row})" for row, v in column[unknown].items())
        raise DataError(
            f"{columns.what}, column {name}: {shown} is none of {', '.join(allowed)}. Write one of "
            "these."
        )
    place = {value: number for number, value in enumerate(allowed)}
    codes = np.array([place[spelt[v]] for v in found.categories] + [-1])[found.codes]
    return as_categories(codes, allowed)


def _whole(table: pd.DataFrame, name: str, value: int, columns: Columns) -> "pd.Series[Any]":
    if name not in table:
        return pd.Series(value, index=table.index, dtype="int32")
    numbers = pd.to_numeric(table[name], errors="coerce").astype("float64")
    wrong = ~((numbers >= 0) & (numbers % 1 == 0))
    if wrong.any():
        shown = some(f"{v!r} (row {row})" for row, v in table.loc[wrong, name].items())
        raise DataError(
            f"{columns.what}, column {name}: {shown} is no whole number of 0 or more. Correct it."
        )
    return numbers.astype("int32")
