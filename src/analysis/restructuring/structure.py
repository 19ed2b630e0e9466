"""Indicators of structure: layers, spans, paths and shares.

There is no agreed ideal span or number of layers: what counts as narrow or wide is a parameter.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray, IntArray
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.restructuring.columns import codes_of
from analysis.restructuring.forest import Forest
from analysis.restructuring.organisation import FUNCTIONAL, PELAKSANA, Organisation

NARROW, WIDE = 3, 15
"""Spans below the first and above the second are counted apart, by default."""


@dataclass(frozen=True, eq=False)
class Offices:
    """Who heads what, as counts by unit.

    Attributes
    ----------
    headed : ndarray of bool, shape (units,)
        Whether a post heads the unit; in `filled` also whether somebody holds it.
    filled : ndarray of bool, shape (units,)
    heads, others : ndarray of int, shape (units,)
        People in the post of the head and in the other posts.
    head_seats, other_seats : ndarray of int, shape (units,)
        The same with vacancies: seats, or people where there are more.
    """

    headed: BoolArray
    filled: BoolArray
    heads: IntArray
    others: IntArray
    head_seats: IntArray
    other_seats: IntArray


def offices(organisation: Organisation) -> Offices:
    """Return who heads what."""
    headed = organisation.head >= 0
    count = len(organisation.units)
    heads = np.zeros(count, dtype=np.int64)
    heads[headed] = organisation.incumbents[organisation.head[headed]]
    seats = np.maximum(organisation.posts["seats"].to_numpy(), organisation.incumbents)
    head_seats = np.zeros(count, dtype=np.int64)
    head_seats[headed] = seats[organisation.head[headed]]
    all_seats = np.bincount(organisation.post_unit, weights=seats, minlength=count)
    return Offices(
        headed,
        heads > 0,
        heads,
        organisation.staff - heads,
        head_seats,
        all_seats.astype(np.int64) - head_seats,
    )


def direct_reports(
    forest: Forest, heading: BoolArray, heads: IntArray, others: IntArray
) -> IntArray:
    """Return how many report directly to the head of each unit, shape (units,).

    People report to the nearest unit at or above theirs that has a head; a head to the nearest
    above its own. Units without a head have nobody.

    Parameters
    ----------
    forest : Forest
    heading : ndarray of bool, shape (units,)
        Which units have a head.
    heads, others : ndarray of int, shape (units,)
        Those in the post of the head, and the others.
    """
    boss = forest.nearest(heading)
    above = forest.above(boss)
    count = heading.size
    reports = np.bincount(boss[boss >= 0], weights=others[boss >= 0], minlength=count)
    reports += np.bincount(above[above >= 0], weights=heads[above >= 0], minlength=count)
    return reports.astype(np.int64)


def spans(organisation: Organisation) -> pd.DataFrame:
    """Return the span of control of each head.

    Returns
    -------
    DataFrame, indexed by unit
        One row a unit with a post of its head: `filled`, `span` (people who report directly,
        vacancies left out on both sides: under a vacant head people report to the next filled one
        above; 0 where the head is vacant) and `span_with_vacancies` (all seats, under all heads).
    """
    who = offices(organisation)
    reports = direct_reports(organisation.forest, who.filled, who.heads, who.others)
    seats = direct_reports(organisation.forest, who.headed, who.head_seats, who.other_seats)
    frame = pd.DataFrame(
        {"filled": who.filled, "span": reports, "span_with_vacancies": seats},
        index=organisation.units.index,
    )
    return frame[who.headed]


def paths(organisation: Organisation) -> IntArray:
    """Return through how many heads a decision of each unit's people goes to the top.

    Heads of the unit itself and of all above, vacant ones too, shape (units,).
    """
    return organisation.forest.along((organisation.head >= 0).astype(np.int64))


def structure(
    organisation: Organisation, *, by: str | None = None, narrow: int = NARROW, wide: int = WIDE
) -> pd.DataFrame:
    """Return the indicators of structure, of the whole or by a column of the units.

    Parameters
    ----------
    organisation : Organisation
    by : str, optional
        A column of categories of the units, such as "agency"; by default all units together.
    narrow, wide : int
        Spans below and above which heads are counted apart.

    Returns
    -------
    DataFrame
        One row a group, or the row "all":

        - `units`, `people`, `seats` (with vacancies);
        - `layers`, most heads on a way from a unit to its root, vacant ones too; `depth`, most
          units on such a way;
        - `span`, mean of people who report directly to a filled head, and its `span_median`;
          `span_with_vacancies`, mean of seats under each head; `narrow` and `wide`, the share of
          filled heads whose span is below and above the parameters;
        - `structural`, `functional`, `pelaksana`, people by kind of post, and `unplaced`, those in
          closed posts; `manager_share`, structural among all people;
        - `functional_per_structural`, `pelaksana_per_structural`;
        - `staff_per_unit`; `path`, mean over people of the heads above them, and `path_longest`.

        What nobody is there for is missing.

    Raises
    ------
    ParameterError
        If the column is not there, or narrow is above wide.
    """
    if narrow > wide:
        raise ParameterError(f"structure: narrow={narrow} is above wide={wide}. Exchange them.")
    codes, names = _groups(organisation, by)
    count = names.size
    who, chain = offices(organisation), paths(organisation)

    def total(x: IntArray | FloatArray) -> FloatArray:
        return np.bincount(codes, weights=x, minlength=count).astype(np.float64)

    def largest(x: IntArray) -> IntArray:
        found = np.zeros(count, dtype=np.int64)
        np.maximum.at(found, codes, x)
        return found

    kinds = _by_kind(organisation, codes, count)
    people = total(organisation.staff)
    frame = pd.DataFrame(
        {
            "units": np.bincount(codes, minlength=count),
            "people": people.astype(np.int64),
            "seats": total(who.head_seats + who.other_seats).astype(np.int64),
            "layers": largest(chain),
            "depth": largest(organisation.forest.depth),
        },
        index=names,
    )
    heads = spans(organisation).assign(group=codes[who.headed])
    filled = heads[heads["filled"]].groupby("group")["span"]
    frame["span"] = filled.mean().reindex(range(count)).to_numpy()
    frame["span_median"] = filled.median().reindex(range(count)).to_numpy()
    seats = heads.groupby("group")["span_with_vacancies"].mean()
    frame["span_with_vacancies"] = seats.reindex(range(count)).to_numpy()
    frame["narrow"] = filled.agg(lambda s: (s < narrow).mean()).reindex(range(count)).to_numpy()
    frame["wide"] = filled.agg(lambda s: (s > wide).mean()).reindex(range(count)).to_numpy()
    for name, values in kinds.items():
        frame[name] = values
    above = who.others * chain + who.heads * np.maximum(chain - 1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        frame["manager_share"] = kinds["structural"] / people
        for name in ("functional", "pelaksana"):
            ratio = kinds[name] / kinds["structural"]
            frame[f"{name}_per_structural"] = np.where(np.isfinite(ratio), ratio, np.nan)
        frame["staff_per_unit"] = people / frame["units"].to_numpy()
        frame["path"] = total(above) / people
    longest = np.where(who.others > 0, chain, np.maximum(chain - 1, 0))
    frame["path_longest"] = largest(np.where(organisation.staff > 0, longest, 0))
    return frame


def _groups(organisation: Organisation, by: str | None) -> tuple[IntArray, "pd.Index[str]"]:
    if by is None:
        return np.zeros(len(organisation.units), dtype=np.int64), pd.Index(["all"])
    if by not in organisation.units:
        raise ParameterError(
            f"structure, by: no column {by!r} of the units; there are "
            f"{some(organisation.units.columns)}."
        )
    column = organisation.units[by].astype("category").cat.remove_unused_categories()
    if column.isna().any():
        raise ParameterError(f"structure, by: {by} is missing for some units. Fill it in.")
    return codes_of(column).astype(np.int64), column.cat.categories.rename(by)


def _by_kind(organisation: Organisation, codes: IntArray, count: int) -> dict[str, IntArray]:
    """Return people by kind of post and group."""
    posts = organisation.posts
    closed = posts["closed"].to_numpy(dtype=np.bool_)
    structural = (posts["eselon"].to_numpy() > 0) & ~closed
    kind = organisation.post_kind
    those = {
        "structural": structural,
        "functional": kind == FUNCTIONAL,
        "pelaksana": (kind == PELAKSANA) & ~structural & ~closed,
        "unplaced": closed,
    }
    group = codes[organisation.post_unit]
    return {
        name: np.bincount(
            group, weights=np.where(which, organisation.incumbents, 0), minlength=count
        ).astype(np.int64)
        for name, which in those.items()
    }
