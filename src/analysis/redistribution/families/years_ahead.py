r"""The same balance in the years to come, and what it says of the moves of today.

People who retire, and those whose contract ends, reduce a surplus and deepen a shortage. With
:math:`l_{uf}(h)` of them by the end of year `h` in unit `u` and family `f`, staff are then
:math:`\max(s_{uf} - l_{uf}(h), 0)`, while need is taken to stay. Who leaves the service is counted
where they are today: those who move under a plan are taken to be others, which no plan by numbers
of people can know, and an office that picks the movers can see to.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.arrays import IntArray
from analysis.errors import DataError
from analysis.redistribution.families.family_posts import whole_gaps
from analysis.redistribution.families.family_units import FamilyUnits
from analysis.redistribution.units import refuse

_MOVES = ("origin", "destination", "family", "to_family", "people", "cost")


def balances_ahead(
    units: FamilyUnits,
    leaving: Sequence[pd.DataFrame],
    *,
    staff_after: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return surplus and shortage of each family today and at the end of each year to come.

    Parameters
    ----------
    units : FamilyUnits
        Staff at the end of last year, and need.
    leaving : sequence of DataFrame, units by families
        People who leave the service in each year, aligned by label.
    staff_after : DataFrame, units by families, optional
        Staff after a plan that is carried out today, in place of those there are.

    Returns
    -------
    DataFrame
        One row for each year (0: today) and family: `year`, `family`, `staff`, `need`, `surplus`
        and `shortage`, the last two in whole people as `whole_gaps` counts them, added up over
        the units.

    Raises
    ------
    DomainError
        If more people leave a post in all years than there are.

    Examples
    --------
    >>> staff, need = pd.DataFrame({"guru": [9, 3]}), pd.DataFrame({"guru": [7, 4]})
    >>> ahead = balances_ahead(FamilyUnits.of(staff, need), [pd.DataFrame({"guru": [3, 0]})])
    >>> ahead[["year", "surplus", "shortage"]].to_numpy().tolist()
    [[0, 2, 1], [1, 0, 2]]
    """
    after = units.staff if staff_after is None else units.people(staff_after, what="staff_after")
    gone = _gone(units, leaving)
    return pd.concat(
        [_of_year(units, year, after - each) for year, each in enumerate(gone)], ignore_index=True
    )


def regretted_moves(
    units: FamilyUnits, moves: pd.DataFrame, leaving: Sequence[pd.DataFrame]
) -> pd.DataFrame:
    """Return the moves that leave a shortage behind them once people have left the service.

    A plan takes people from a surplus of today. Where retirements would have used that surplus up,
    the post that gave people is short because it gave them: by as many people as it lacks more than
    it would lack without the plan, no more than it gave. They are counted to the moves out of the
    post from the dearest on, those that one would undo first.

    Parameters
    ----------
    units : FamilyUnits
    moves : DataFrame
        `origin`, `destination`, `family`, `to_family`, `people`, `cost`, as a plan has them.
    leaving : sequence of DataFrame, units by families
        People who leave the service in each year up to the one that is looked at.

    Returns
    -------
    DataFrame
        The moves with a further column `regretted`, people > 0; none where none is regretted.

    Raises
    ------
    DataError
        If the moves lack a column.
    DomainError
        If more people leave a post than there are, or move from it.

    Examples
    --------
    >>> staff = pd.DataFrame({"guru": [9, 3]}, index=["A", "B"])
    >>> units = FamilyUnits.of(staff, pd.DataFrame({"guru": [7, 5]}, index=["A", "B"]))
    >>> moves = pd.DataFrame({"origin": ["A"], "destination": ["B"], "family": ["guru"],
    ...                       "to_family": ["guru"], "people": [2], "cost": [2.0]})
    >>> leaving = [pd.DataFrame({"guru": [1, 0]}, index=["A", "B"])]
    >>> regretted_moves(units, moves, leaving)["regretted"].tolist()
    [1]
    """
    lacking = [name for name in _MOVES if name not in moves.columns]
    if lacking:
        raise DataError(f"moves: column {lacking[0]} is missing. Pass the moves of a plan.")
    gone = _gone(units, leaving)[-1]
    origin = units.labels.get_indexer(pd.Index(moves["origin"]))
    family = units.families.get_indexer(pd.Index(moves["family"]))
    given = np.zeros_like(units.staff)
    np.add.at(given, (origin, family), moves["people"].to_numpy())
    _, without = whole_gaps(np.maximum(units.staff - gone, 0), units.need)
    _, with_them = whole_gaps(np.maximum(units.staff - given - gone, 0), units.need)
    more = np.minimum(with_them - without, given)
    each = moves["cost"] / moves["people"]
    regretted = np.zeros(len(moves), dtype=np.int64)
    for k in np.argsort(-each.to_numpy(), kind="stable").tolist():
        post = origin[k], family[k]
        regretted[k] = min(int(more[post]), int(moves["people"].iloc[k]))
        more[post] -= regretted[k]
    found = moves.assign(regretted=regretted)
    return found[regretted > 0].reset_index(drop=True)


def vacancies_to_keep(
    units: FamilyUnits, leaving: Sequence[pd.DataFrame], *, staff_after: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return how many posts that fall vacant need not be filled again, by unit and family.

    Those above need: ``min(l, floor(max(s - d, 0)))``.

    Parameters
    ----------
    units : FamilyUnits
    leaving : sequence of DataFrame, units by families
        People who leave the service in each year up to the one that is looked at.
    staff_after : DataFrame, units by families, optional
        Staff after a plan that is carried out today, in place of those there are.

    Returns
    -------
    DataFrame of int, units by families

    Raises
    ------
    DomainError
        If more people leave a post than there are.

    Examples
    --------
    >>> staff = pd.DataFrame({"guru": [9, 3]}, index=["A", "B"])
    >>> units = FamilyUnits.of(staff, pd.DataFrame({"guru": [7, 5]}, index=["A", "B"]))
    >>> leaving = [pd.DataFrame({"guru": [3, 1]}, index=["A", "B"])]
    >>> vacancies_to_keep(units, leaving)["guru"].tolist()
    [2, 0]
    """
    after = units.staff if staff_after is None else units.people(staff_after, what="staff_after")
    surplus, _ = whole_gaps(after, units.need)
    return units.frame(np.minimum(surplus, _gone(units, leaving)[-1]))


def _of_year(units: FamilyUnits, year: int, left: IntArray) -> pd.DataFrame:
    staff = np.maximum(left, 0)
    surplus, shortage = whole_gaps(staff, units.need)
    return pd.DataFrame(
        {
            "year": year,
            "family": units.families,
            "staff": staff.sum(axis=0),
            "need": units.need.sum(axis=0),
            "surplus": surplus.sum(axis=0),
            "shortage": shortage.sum(axis=0),
        }
    )


def _gone(units: FamilyUnits, leaving: Sequence[pd.DataFrame]) -> list[IntArray]:
    """Return who has left by the end of each year, from nobody today on."""
    gone = [np.zeros_like(units.staff)]
    for year, who in enumerate(leaving, start=1):
        gone.append(gone[-1] + units.people(who, what=f"leaving, year {year}"))
    refuse(
        (gone[-1] > units.staff).ravel(),
        gone[-1].ravel(),
        "people who leave, all years together,",
        "no more than the staff there is",
        "Count both on the same day.",
        labels=units.posts,
    )
    return gone
