"""Who the movers would be, and how far they would go.

A plan says how many people leave a unit, not who. If those who go are drawn at random from the
`N_i` people of origin `i` who may be moved, of whom `K_i` are women, the women among its `m_i`
movers follow a hypergeometric distribution with mean ``m_i K_i / N_i`` and variance
``m_i (K_i / N_i) (1 - K_i / N_i) (N_i - m_i) / (N_i - 1)`` (Johnson, Kemp and Kotz 2005, chapter
6); over independent origins both add up. A plan that is carried out with more women than that, or
fewer, has chosen them.

References
----------
Johnson, N. L., Kemp, A. W. and Kotz, S. (2005). Univariate Discrete Distributions, 3rd edition.
Wiley.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from analysis.arrays import FloatArray, as_floats
from analysis.errors import DataError, DomainError
from analysis.labels import as_items, require_unique
from analysis.messages import some
from analysis.redistribution.units import as_staff

GROUPS = ("women", "near_retirement")
TOTAL = "total"


def movers_profile(
    moves: pd.DataFrame,
    pool: pd.DataFrame,
    *,
    groups: Iterable[str] = GROUPS,
    min_cell: int = 5,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the women, and the people near retirement, to expect among the movers.

    Parameters
    ----------
    moves : DataFrame
        `origin`, `destination`, `people`.
    pool : DataFrame
        Indexed by unit: `eligible`, the people who may be moved, and among them the number of
        each group.
    groups : iterable of str
        Columns of `pool`.
    min_cell : int
        Origins with fewer movers, or with fewer people in or out of a group among the eligible,
        are suppressed. Others are suppressed with them, or the total, until nothing that small
        can be found by subtraction from the total.
    level : float
        Of the range, by the normal approximation, within 0 and all movers.

    Returns
    -------
    DataFrame
        One row for each origin and group, and for the `total`: `origin`, `group`, `people` who
        move, `expected` number, `share`, `low` and `high`, and `suppressed`, where all numbers
        are missing.

    Raises
    ------
    DataError
        If an origin is not in the pool or a column is missing.
    DomainError
        If a count is negative, fractional or missing, a group is larger than the eligible, or
        more people move than may.

    Examples
    --------
    >>> moves = pd.DataFrame({"origin": ["A"], "destination": ["B"], "people": [20]})
    >>> pool = pd.DataFrame({"eligible": [100], "women": [40]}, index=["A"])
    >>> movers_profile(moves, pool, groups=["women"])[["origin", "expected"]].values.tolist()
    [['A', 8.0], ['total', 8.0]]
    """
    groups = as_items(groups, what="groups")
    missing = [name for name in ("eligible", *groups) if name not in pool]
    if missing:
        raise DataError(f"pool: column {some(missing)} is missing.")
    movers = moves.groupby("origin", sort=True)["people"].sum()
    require_unique(pool.index, what="pool")
    unknown = [unit for unit in movers.index if unit not in pool.index]
    if unknown:
        raise DataError(f"pool: there is no row for {some(unknown)}. Add these origins.")
    there = pool.loc[movers.index]
    m = as_staff(movers, what="people of the moves").astype(np.float64)
    eligible = as_staff(there["eligible"], what="eligible").astype(np.float64)
    over = movers.index[m > eligible]
    if len(over):
        raise DomainError(
            f"More people leave {some(over)} than are eligible there. Plan "
            "again with Limits(releasable=...)."
        )
    z = float(stats.norm.ppf(0.5 + level / 2.0))
    tables = []
    for group in groups:
        members = as_staff(there[group], what=group).astype(np.float64)
        if (members > eligible).any():
            wrong = movers.index[members > eligible]
            raise DomainError(f"{group}: more than are eligible in {some(wrong)}.")
        mean, variance = _hypergeometric(m, members, eligible)
        others = eligible - members
        small = (m < min_cell) | (np.minimum(members, others) < min_cell)
        hidden, safe = _cover(small, np.array([m, members, others]), min_cell)
        rows = _rows(group, m, mean, np.sqrt(variance), z)
        rows.insert(0, "origin", movers.index.astype(object))
        rows["suppressed"] = hidden
        numbers = ["people", "expected", "share", "low", "high"]
        rows[numbers] = rows[numbers].where(~rows["suppressed"])
        everyone, expected = np.array([m.sum()]), np.array([mean.sum()])
        total = _rows(group, everyone, expected, np.sqrt(np.array([variance.sum()])), z)
        total.insert(0, "origin", [TOTAL])
        total["suppressed"] = not safe
        if not safe:
            total[numbers] = np.nan
        tables += [rows, total]
    return pd.concat(tables, ignore_index=True)


def distances(
    moves: pd.DataFrame, distance: pd.DataFrame, *, cap: float | None = None
) -> pd.Series:
    """Return how far the movers go.

    Parameters
    ----------
    moves : DataFrame
        `origin`, `destination`, `people`.
    distance : DataFrame
        Distances by origin (index) and destination (columns).
    cap : float, optional
        A distance that should not be exceeded.

    Returns
    -------
    Series
        People-weighted `mean`, `median` and `p90` (the least distance that half, or nine tenths,
        do not exceed), `longest`, and `beyond_cap`, the share who go farther; missing without
        moves or cap.

    Raises
    ------
    DataError
        If a move names a unit without distance.

    Examples
    --------
    >>> km = pd.DataFrame([[0, 100], [100, 0]], index=["A", "B"], columns=["A", "B"])
    >>> moves = pd.DataFrame({"origin": ["A"], "destination": ["B"], "people": [20]})
    >>> distances(moves, km, cap=50)["beyond_cap"].item()
    1.0
    """
    for axis in distance.axes:
        require_unique(axis, what="distance")
    rows = distance.index.get_indexer(pd.Index(moves["origin"]))
    columns = distance.columns.get_indexer(pd.Index(moves["destination"]))
    if (rows < 0).any() or (columns < 0).any():
        lost = moves[(rows < 0) | (columns < 0)]
        pairs = [f"{o} to {d}" for o, d in zip(lost["origin"], lost["destination"], strict=True)]
        raise DataError(f"distance: there is none from {some(pairs)}. Add these units.")
    far = as_floats(distance, what="distance")[rows, columns]
    people = as_floats(moves["people"], what="people of the moves")
    if people.sum() == 0:
        return pd.Series(dict.fromkeys(("mean", "median", "p90", "longest", "beyond_cap"), np.nan))
    order = np.argsort(far, kind="stable")
    reached = np.cumsum(people[order]) / people.sum()
    beyond = np.nan if cap is None else float(people[far > cap].sum() / people.sum())
    return pd.Series(
        {
            "mean": float(np.average(far, weights=people)),
            "median": float(far[order][np.searchsorted(reached, 0.5)]),
            "p90": float(far[order][np.searchsorted(reached, 0.9)]),
            "longest": float(far.max()),
            "beyond_cap": beyond,
        }
    )


def _hypergeometric(
    drawn: FloatArray, members: FloatArray, pool: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of the members among those drawn without replacement."""
    share = members / np.maximum(pool, 1.0)
    mean = drawn * share
    return mean, mean * (1.0 - share) * (pool - drawn) / np.maximum(pool - 1.0, 1.0)


def _rows(
    group: str, people: FloatArray, mean: FloatArray, spread: FloatArray, z: float
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "group": group,
            "people": people,
            "expected": mean,
            "share": mean / people,
            "low": np.maximum(mean - z * spread, 0.0),
            "high": np.minimum(mean + z * spread, people),
        }
    )


def _cover(
    small: npt.NDArray[np.bool_], cells: FloatArray, min_cell: int
) -> tuple[npt.NDArray[np.bool_], bool]:
    """Return what to suppress, and whether the total may still be shown.

    What is hidden can be found together by subtraction from the total. To the small ones the next
    smallest are added until they are at least two and no cell of them all together, of shape
    (3, n), is small; where there are not enough, the total is hidden too.
    """
    hidden = small.copy()
    for unit in np.argsort(cells[0], kind="stable"):
        if not hidden.any() or _hidden_well(hidden, cells, min_cell):
            break
        hidden[unit] = True
    return hidden, not hidden.any() or _hidden_well(hidden, cells, min_cell)


def _hidden_well(hidden: npt.NDArray[np.bool_], cells: FloatArray, min_cell: int) -> bool:
    together = cells[:, hidden].sum(axis=1)
    return bool(hidden.sum() > 1 and (together >= min_cell).all())
