"""Restructure, then redistribute: today, after the reform, and after moving who it released."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.redistribution import FamilyPlans, FamilyUnits, Limits, plan_families
from analysis.restructuring.evenness import gini_over_need, hoover_over_need
from analysis.restructuring.organisation import FUNCTIONAL, Organisation
from analysis.restructuring.rules import Rules
from analysis.restructuring.stages import Restructuring, restructure
from analysis.restructuring.steps import CONDITIONAL, EQUALISED
from analysis.restructuring.structure import structure

STATES = ("today", "restructured", "redistributed")


@dataclass(frozen=True, eq=False)
class ThreeStates:
    """Staff by place and family in three states, and the plan that leads to the last.

    Attributes
    ----------
    found : Restructuring
    today, restructured : FamilyUnits
        People in functional posts of the families that are needed, by place.
    released : DataFrame of int, places by families
        People whom the reform newly placed in these families: who may be moved.
    plans : FamilyPlans
    others : int
        People in functional posts after the reform whose family nobody needs, or is not decided.
    """

    found: Restructuring
    today: FamilyUnits
    restructured: FamilyUnits
    released: pd.DataFrame
    plans: FamilyPlans
    others: int

    @property
    def redistributed(self) -> FamilyUnits:
        """The state after the plan."""
        staff = self.restructured.staff.copy()
        for position, family in enumerate(self.restructured.families):
            if family in self.plans.plans:
                staff[:, position] = self.plans.plans[family].staff_after
        return replace(self.restructured, staff=staff)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a measure with its value in the three states.

        Returns
        -------
        DataFrame, indexed by measure
            Columns `STATES`. Of the organisation: `units`, `layers`, `span`, `path`,
            `structural`, `functional`, `unplaced`, as in `structure`; moving changes no unit or
            post of the establishment, so units, layers and kinds stay, while who reports to whom
            afterwards is not known and missing. Of the families that are needed: `staff`, `need`,
            `unfilled` and `surplus` (sums over places and families of what lacks and what is too
            much), `lowest` adequacy over places and families with need, and `gini` and `hoover` of
            staff per need over all, weighted by need: staff where the family is not needed count
            as `gini_over_need` says. `moved`, people moved.
        """
        shapes = [structure(o).iloc[0] for o in (self.found.before, self.found.after)]
        names = ["units", "layers", "structural", "functional", "unplaced", "span", "path"]
        table = pd.DataFrame(
            {
                state: shape[names].astype("float64")
                for state, shape in zip(STATES, shapes, strict=False)
            }
        )
        table[STATES[2]] = table[STATES[1]].where(~table.index.isin(["span", "path"]))
        units = (self.today, self.restructured, self.redistributed)
        evenness = pd.DataFrame({s: _evenness(u) for s, u in zip(STATES, units, strict=True)})
        moved = pd.DataFrame(
            dict(zip(STATES, [[0.0], [0.0], [float(self.plans.moved)]], strict=True)), ["moved"]
        )
        return pd.concat([table, evenness, moved]).rename_axis("measure")


def redistribute_released(
    found: Restructuring,
    need: pd.DataFrame,
    *,
    places: str = "province",
    limits: Limits | None = None,
    **options: Any,
) -> ThreeStates:
    """Plan moves of those whom the reform placed anew, and return the three states.

    Parameters
    ----------
    found : Restructuring
    need : DataFrame, places by families
        People needed in functional posts, by functional family (as the `keluarga` rules name it).
        Each family is planned by itself; people of other families are counted only.
    places : str
        What the rows of need are: "province" of the posts, "unit" after the reform, or a column of
        categories of the units, such as "agency". Every place with people must be there.
    limits : Limits, optional
        What the plan may not do. Without `releasable` in it, only people whom the reform newly
        placed may move.
    **options : object
        `cost`, `budget`, `distance`, `unplaced`, `resolution` and `workers` of `plan_families`.

    Returns
    -------
    ThreeStates

    Raises
    ------
    ParameterError
        If `places` is no such column, or people are in places that need does not have.
    DomainError
        As `plan_families`; also if nobody needs a family.
    """
    before = _functional(found.before, found, places)
    after = _functional(found.after, found, places)
    newly = _newly_placed(found)
    here = need.index.astype(object)
    lacking = sorted({*before["place"], *after["place"]} - set(here), key=str)
    if lacking:
        raise ParameterError(
            f"need: there are people in {some(lacking)}, which it has no row for. Add these "
            f"places; rows are of {places}."
        )
    today, now, new = (
        _by_place(people, need) for people in (before, after, after[newly[after["person"]]])
    )
    units = FamilyUnits.of(now, need, as_given=True)
    given = Limits.of(limits)
    if given.releasable is None:
        given = replace(given, releasable=new)
    return ThreeStates(
        found,
        FamilyUnits.of(today, need, as_given=True),
        units,
        new,
        plan_families(units, limits=given, **options),
        int((~after["family"].isin(need.columns)).sum()),
    )


def restructure_and_redistribute(
    organisation: Organisation, rules: Rules, need: pd.DataFrame, **options: Any
) -> ThreeStates:
    """Apply the three stages, then plan moves of those whom they placed anew.

    Parameters
    ----------
    organisation : Organisation
    rules : Rules
    need, **options
        As in `redistribute_released`.

    Returns
    -------
    ThreeStates
        Its `to_frame` is the table of today, restructured and redistributed.
    """
    return redistribute_released(restructure(organisation, rules), need, **options)


def _functional(organisation: Organisation, found: Restructuring, places: str) -> pd.DataFrame:
    """Return person (position), place and family of everyone in a functional post."""
    those = np.flatnonzero((organisation.post_kind == FUNCTIONAL)[organisation.person_post])
    posts = organisation.person_post[those]
    units = organisation.post_unit[posts]
    if places == "unit":
        if organisation is found.before:
            units = found.steps[0].unit_target[units].astype(np.int64)
        place = found.after.units.index[units].astype(object)
    elif places == "province":
        place = organisation.posts["province"].array[posts]
    elif places in organisation.units:
        place = organisation.units[places].array[units]
    else:
        raise ParameterError(
            f"places: {places!r} is none of unit, province, {some(organisation.units.columns)}."
        )
    missing = pd.isna(place)
    if missing.any():
        raise ParameterError(
            f"places: {places} is missing for {np.count_nonzero(missing)} people. Fill it in."
        )
    family = organisation.posts["family"].array[posts]
    return pd.DataFrame(
        {"person": those, "place": np.asarray(place, dtype=object), "family": family.astype(object)}
    )


def _newly_placed(found: Restructuring) -> BoolArray:
    return np.isin(found.steps[-1].outcome, (EQUALISED, CONDITIONAL))


def _by_place(people: pd.DataFrame, need: pd.DataFrame) -> pd.DataFrame:
    """Return counts of people, with the rows and columns of need."""
    known = people[people["family"].isin(need.columns)]
    counts = known.groupby(["place", "family"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=need.index, columns=need.columns)
    return counts.fillna(0).astype("int64")


def _evenness(units: FamilyUnits) -> "pd.Series[float]":
    staff, need = units.staff.ravel().astype(np.float64), units.need.ravel()
    lack = need - staff
    wanted = need > 0
    ratio = staff[wanted] / need[wanted]
    return pd.Series(
        {
            "staff": staff.sum(),
            "need": need.sum(),
            "unfilled": np.maximum(lack, 0.0).sum(),
            "surplus": np.maximum(-lack, 0.0).sum(),
            "lowest": ratio.min(),
            "gini": gini_over_need(staff, need),
            "hoover": hoover_over_need(staff, need),
        }
    )
