"""What no organisation may be, each refused with the rows that are."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, IntArray
from analysis.errors import DataError
from analysis.messages import some
from analysis.restructuring.columns import codes_of
from analysis.restructuring.echelons import level_of, written
from analysis.restructuring.forest import Forest
from analysis.restructuring.lookups import occur_again, places_of

if TYPE_CHECKING:
    from analysis.labels import Labels


def refuse_doubles(table: pd.DataFrame, own: str, to: str, *, many: str) -> None:
    """Refuse labels that occur twice: attached to two others, or repeated.

    Raises
    ------
    DataError
        Naming the labels and their rows.
    """
    again = occur_again(table[own])
    if not again.any():
        return
    twice = table.loc[again, [own, to]]
    several = twice.groupby(own, sort=False, observed=True)[to].nunique(dropna=False)
    torn = several.index[several > 1]
    named = torn if torn.size else several.index
    parts = []
    for label in named[:5]:
        rows = twice[twice[own] == label]
        where = some(f"{value} (row {row})" for row, value in rows[to].items())
        parts.append(f"{label}: {where}")
    more = f" and {len(named) - 5} more" if len(named) > 5 else ""
    if torn.size:
        raise DataError(
            f"{own}s: {torn.size} have two {many}, but each has one: {'; '.join(parts)}{more}. "
            "Keep the one that holds on the day of the data."
        )
    raise DataError(
        f"{own}s: {len(named)} occur in several rows: {'; '.join(parts)}{more}. Keep one row of "
        "each."
    )


def resolve(table: pd.DataFrame, own: str, to: str, labels: "Labels[Any]") -> IntArray:
    """Return where what each row is attached to stands among `labels`.

    Raises
    ------
    DataError
        If it is not there; names the rows.
    """
    found = places_of(table[to], labels)
    lost = found < 0
    if lost.any():
        rows = table.loc[lost, [own, to]]
        shown = some(
            f"{a} in {b} (row {row})" for row, a, b in rows.itertuples(index=True, name=None)
        )
        kind = "parent" if to == "parent" else to
        advice = f"Add the {kind}, or correct the label."
        if {str(x) for x in rows[to].head(5)} & set(map(str, labels)):
            advice = "They print alike but are of another type: read labels as text in both tables."
        raise DataError(
            f"{own}s, column {to}: {np.count_nonzero(lost)} name a {kind} that is not there: "
            f"{shown}. {advice}"
        )
    return found


def refuse_cycle(forest: Forest, labels: "Labels[Any]") -> None:
    """Refuse units that are their own ancestors.

    Raises
    ------
    DataError
        Naming the units of one cycle in their order.
    """
    cycle = forest.cycle()
    if cycle.size:
        lost = np.count_nonzero(forest.depth == 0)
        names = [str(labels[node]) for node in cycle[:10]]
        rest = [f"... {cycle.size - 10} more ..."] if cycle.size > 10 else []
        way = " -> ".join([*names, *rest, names[0]])
        raise DataError(
            f"units, column parent: {way} is a cycle: each would stand above itself ({lost} units "
            "reach no root). Correct one parent; leave it empty at the top."
        )


def refuse_other_agency(table: pd.DataFrame, parent: IntArray, labels: "Labels[Any]") -> None:
    """Refuse units under a unit of another agency.

    Raises
    ------
    DataError
        Naming the units and both agencies.
    """
    agency = codes_of(table["agency"])
    wrong = (parent >= 0) & (agency[parent] != agency)
    if wrong.any():
        names = table["agency"].to_numpy()
        shown = some(
            f"{labels[i]} of {names[i]} under {labels[int(parent[i])]} of {names[parent[i]]}"
            for i in np.flatnonzero(wrong).tolist()
        )
        raise DataError(
            f"units: {np.count_nonzero(wrong)} stand under another agency: {shown}. Correct the "
            "parent or the agency."
        )


def refuse_ascending_echelons(eselon: IntArray, forest: Forest, labels: "Labels[Any]") -> None:
    """Refuse units whose echelon is not below that of the nearest unit above that has one.

    Where either has no letter, the levels must not ascend: a sub-unit IV.b may stand under IV.a.

    Raises
    ------
    DataError
        Naming both units and their echelons.
    """
    ranked = forest.nearest(eselon > 0)
    above = forest.above(ranked)
    upper = np.where(above >= 0, eselon[above], 0)
    lettered = (eselon % 10 > 0) & (upper % 10 > 0)
    wrong = (
        (eselon > 0)
        & (upper > 0)
        & np.where(lettered, eselon <= upper, level_of(eselon) < level_of(upper))
    )
    if wrong.any():
        pairs = [(i, int(above[i])) for i in np.flatnonzero(wrong).tolist()]
        shown = some(
            f"{labels[i]} ({written(eselon[i])}) under {labels[j]} ({written(eselon[j])})"
            for i, j in pairs
        )
        raise DataError(
            f"units, column eselon: {np.count_nonzero(wrong)} do not descend: {shown}. Correct the "
            "echelon or the parent."
        )


def refuse_two_heads(jobs: pd.DataFrame, units: pd.DataFrame, post_unit: IntArray) -> None:
    """Refuse units with two posts of the unit's own echelon.

    Raises
    ------
    DataError
        Naming the units and posts.
    """
    eselon = jobs["eselon"].to_numpy()
    open_ = ~jobs["closed"].to_numpy() & jobs["moved_from"].isna().to_numpy()
    heads = (eselon > 0) & open_ & (eselon == units["eselon"].to_numpy()[post_unit])
    wrong = np.bincount(post_unit[heads], minlength=len(units)) > 1
    if wrong.any():
        of = np.flatnonzero(heads & wrong[post_unit])
        labels, names = jobs["post"].to_numpy(), units["unit"].to_numpy()
        shown = some(f"{labels[i]} of {names[post_unit[i]]}" for i in of)
        raise DataError(
            f"posts: {np.count_nonzero(wrong)} units have two heads, posts of the unit's own "
            f"echelon: {shown}. Give each its own unit, or correct the echelon."
        )


def refuse_empty_agencies(units: pd.DataFrame, post_unit: IntArray) -> None:
    """Refuse agencies without any post, where there are posts.

    Raises
    ------
    DataError
        Naming the agencies and the rows of their units.
    """
    agency = units["agency"]
    posts = np.bincount(codes_of(agency)[post_unit], minlength=agency.cat.categories.size)
    empty: BoolArray = posts == 0
    if empty.any():
        named = agency.cat.categories[empty]
        rows = some(units.index[agency.isin(named)])
        raise DataError(
            f"posts: agency {some(named)} has units (rows {rows}) but no post. Give its posts, or "
            "leave its units out."
        )
