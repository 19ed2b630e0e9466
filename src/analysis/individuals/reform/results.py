"""What the reform of the records' organisation comes to, in counts and in statistics.

Counts of people tell them apart by what the rules look at; a statistic says how many people are
behind it. Nothing of it may be shown before it has passed the gate.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.arrays import IntArray
from analysis.redistribution import Limits
from analysis.restructuring import (
    Organisation,
    Restructuring,
    Rules,
    ThreeStates,
    attribute_structure,
    gini_over_need,
    post_levels,
    redistribute_released,
    restructure,
    retirement_years,
    retirements,
    sensitivity,
    staff_inequality,
    structure,
    unit_adequacy,
    unplaced_cases,
)
from analysis.restructuring.columns import KINDS
from analysis.restructuring.consequences import STEPS
from analysis.restructuring.organisation import FUNCTIONAL

STATES = TODAY, RESTRUCTURED, REDISTRIBUTED = "today", "restructured", "redistributed"

STEP_NAMES = tuple(
    level or (kind if kind != KINDS[FUNCTIONAL] else "no_level") for kind, level in STEPS
)
"""Levels of posts by the order of `STEPS`: echelons, *jenjang*, *pelaksana*."""

BANDS = (0.5, 0.8, 1.0, 1.2)
"""Bounds of staff per need by which units are counted."""

_OF_UNITS = ["units", "layers", "depth"]
_OF_PEOPLE = ["span", "span_median", "staff_per_unit", "manager_share", "path"]
_OF_FAMILIES = ["unfilled", "surplus", "lowest", "gini", "hoover"]


@dataclass(frozen=True, eq=False)
class Reform:
    """An organisation with its need, and the rules of a day.

    Attributes
    ----------
    organisation : Organisation
        Kabupaten and kota stand where it has provinces.
    rules, strict : Rules
        Under the reading by which people of little education are equalised on condition, and under
        that by which they are not.
    family_need : DataFrame
        People needed in functional posts, kabupaten and kota by families.
    unit_need, place_need : Series
        People needed in all posts of each unit, and of each kabupaten or kota.
    """

    organisation: Organisation
    rules: Rules
    strict: Rules
    family_need: pd.DataFrame
    unit_need: "pd.Series[float]"
    place_need: "pd.Series[float]"

    @cached_property
    def found(self) -> Restructuring:
        """The three stages."""
        return restructure(self.organisation, self.rules)

    @cached_property
    def states(self) -> ThreeStates:
        """People of the families that the rules name, in three states; they move in a province."""
        named = [rule.result for rule in self.rules.of("keluarga")]
        need = self.family_need.loc[:, self.family_need.columns.isin(named)]
        province = need.index.astype("str").str[:2].to_numpy()
        return redistribute_released(self.found, need, limits=Limits(within=province))

    @property
    def ends(self) -> dict[str, Organisation]:
        """The organisation today and restructured."""
        return {TODAY: self.found.before, RESTRUCTURED: self.found.after}


def posts_held(reform: Reform) -> pd.DataFrame:
    """Return `people` by the level of their posts `today` and `restructured`.

    Levels are those of `STEP_NAMES`; who is not placed has the old one.
    """
    return _flow(
        {s: post_levels(o)[o.person_post] for s, o in reform.ends.items()}, list(STEP_NAMES)
    )


def retirement_profile(reform: Reform) -> pd.DataFrame:
    """Return `people` by the year in which they retire from the posts `today` and `restructured`.

    Years are those of `retirements`.
    """
    index = retirements(reform.found.before, reform.rules).index
    return _flow(
        {s: retirement_years(o, reform.rules) for s, o in reform.ends.items()},
        index.astype("str").tolist(),
    )


def outcomes(reform: Reform) -> pd.DataFrame:
    """Return `people` whose posts close by new `level`, `rank` to it and what becomes of them.

    `outcome` is under the reading by which people of little education are equalised on condition;
    `outcome_strict` under that by which they are not: whoever is not placed is told apart by what
    law does then, see `unplaced_cases`.
    """
    strict = restructure(reform.organisation, reform.strict)
    details = reform.found.details[["person", "level", "outcome", "rank"]].astype({"rank": "str"})
    case = details["person"].map(unplaced_cases(strict)).astype("object")
    details["outcome_strict"] = case.where(case.notna(), strict.details["outcome"])
    by = ["level", "rank", "outcome", "outcome_strict"]
    return details[by].astype("str").value_counts().rename("people").reset_index()


def family_members(reform: Reform) -> pd.DataFrame:
    """Return `people` in the needed families after the reform, by `family` and `origin`.

    Origins: `there` before; and of those whom the reform placed who would be `moved` by the plan,
    and who would `stay`.
    """
    states = reform.states
    today = states.today.staff.sum(axis=0)
    newly = states.restructured.staff.sum(axis=0) - today
    families = list(states.today.families)
    moves = states.plans.moves.groupby("family")["people"].sum()
    moved = moves.reindex(families).fillna(0).to_numpy(dtype=np.int64)
    parts = {"there": today, "moved": moved, "stay": newly - moved}
    frames = [
        pd.DataFrame({"family": families, "origin": origin, "people": people.astype(np.int64)})
        for origin, people in parts.items()
    ]
    return pd.concat(frames, ignore_index=True)


def establishment(reform: Reform) -> pd.DataFrame:
    """Return what is about units and posts only: `measure`, `today`, `restructured`."""
    table = _shapes(reform)[_OF_UNITS].T
    for state, organisation in reform.ends.items():
        posts = organisation.posts
        table.loc["structural_posts", state] = (posts["eselon"].gt(0) & ~posts["closed"]).sum()
        table.loc["family_need", state] = reform.states.restructured.need.sum()
    return table.astype("float64").rename_axis("measure").reset_index()


def three_states(reform: Reform) -> pd.DataFrame:
    """Return statistics of people in three states, one row a measure and state.

    Returns
    -------
    DataFrame
        `measure`, `state`, `value`, and `people`, those behind it. Measures as in `structure` and
        `ThreeStates.to_frame`; `gini_units`, of people over units, and `gini_places`, of people per
        need over kabupaten and kota where there are several. What moving leaves open has no row.
    """
    everybody = len(reform.organisation.people)
    shapes = _shapes(reform)
    rows = [(n, s, shapes.loc[s, n], everybody) for n in _OF_PEOPLE for s in shapes.index]
    table = reform.states.to_frame()
    behind = table.loc["staff"].astype("int64").to_dict()
    for name in _OF_FAMILIES:
        rows += [(name, state, table.loc[name, state], behind[state]) for state in STATES]
    units = staff_inequality(reform.found)
    rows += [("gini_units", TODAY, units.before, everybody)]
    rows += [("gini_units", RESTRUCTURED, units.after, everybody)]
    if len(reform.place_need) > 1:
        rows += [("gini_places", s, value, everybody) for s, value in _over_places(reform).items()]
    return pd.DataFrame(rows, columns=["measure", "state", "value", "people"])


def redrawn(reform: Reform) -> pd.DataFrame:
    """Return how the Gini index changed by boxes drawn anew, and by people who change.

    Returns
    -------
    DataFrame
        `over` ("unit", or "place" where there are several), `of` ("all" people, "functional" ones,
        or "adequacy", people per need), the index `before`, `redrawn` (of the people before in the
        units after) and `after`, and `people`, those behind it.
    """
    found, everybody = reform.found, len(reform.organisation.people)
    functional = _in_posts(found.after, FUNCTIONAL)
    rows = []
    several = len(reform.place_need) > 1
    for over, key in (("unit", "unit"), *([("place", "province")] if several else [])):
        for of, kind, people in (
            ("all", None, everybody),
            ("functional", KINDS[FUNCTIONAL], functional),
        ):
            if kind is not None and not _in_posts(found.before, FUNCTIONAL):
                continue  # of nobody there is no index, so that no change of it is known
            change = staff_inequality(found, over=key, kind=kind)
            rows.append((over, of, change.before, change.redrawn, change.after, people))
    into = found.steps[0].unit_target
    need, merged = reform.unit_need.to_numpy(), np.bincount(into, weights=reform.unit_need)
    before, after = (o.staff.astype(np.float64) for o in reform.ends.values())
    drawn = gini_over_need(np.bincount(into, weights=before), merged)
    ends = gini_over_need(before, need), drawn, gini_over_need(after, merged)
    rows.append(("unit", "adequacy", *ends, everybody))
    if several:
        places = _over_places(reform)
        same = (places[TODAY], places[TODAY], places[RESTRUCTURED])  # no place is drawn anew
        rows.append(("place", "adequacy", *same, everybody))
    return pd.DataFrame(rows, columns=["over", "of", "before", "redrawn", "after", "people"])


def attribution(reform: Reform) -> pd.DataFrame:
    """Return `attribute_structure` by `boxes`, `moves` of people and `class`.

    `people` are those behind it.
    """
    table = attribute_structure(reform.found).rename(columns={"people": "moves"}).reset_index()
    return table.assign(people=len(reform.organisation.people))


def adequacy(reform: Reform) -> pd.DataFrame:
    """Return `units` by `state` and `band` of people per need, with the `people` in them.

    A band is named by its bounds, the lower one in it: "0.5 0.8", and the last by one: "1.2".
    """
    before = pd.DataFrame(
        {"staff": reform.found.before.staff, "need": reform.unit_need.to_numpy()},
        index=reform.organisation.units.index,
    )
    after = unit_adequacy(reform.found, reform.unit_need)[["staff", "need"]]
    edges = [-np.inf, *BANDS, np.inf]
    labels = [f"{low:g} {high:g}" for low, high in pairwise((0, *BANDS))] + [f"{BANDS[-1]:g}"]
    parts = []
    for state, units in ((TODAY, before), (RESTRUCTURED, after)):
        needed = units[units["need"] > 0]
        ratio = needed["staff"] / needed["need"]
        band = pd.cut(ratio, edges, right=False, labels=labels)
        counts = needed.groupby(band, observed=False)["staff"].agg(units="size", people="sum")
        parts.append(counts.rename_axis("band").reset_index().assign(state=state))
    return pd.concat(parts, ignore_index=True).astype({"band": "str"})


def rules_off(reform: Reform) -> pd.DataFrame:
    """Return `sensitivity` of the rules without which something changes.

    Returns
    -------
    DataFrame
        Its columns, and `people`: of the changes of kind of post or outcome without the rule, that
        of fewest people. Changes add up over the columns, so that all rest on it.
    """
    table = sensitivity(reform.organisation, reform.rules)
    parts = table[["structural", "functional", "unplaced", "conditional"]].abs()
    changes = ~table["possible"] | (parts.max(axis=1) > 0) | (table["units"] != 0)
    people = parts.where(parts > 0).min(axis=1).fillna(0).astype("int64")
    return table.assign(people=people)[changes].reset_index(drop=True)


def _flow(states: dict[str, IntArray], names: list[str]) -> pd.DataFrame:
    """Return `people` by what they are in each state."""
    columns = {state: np.array(names)[codes] for state, codes in states.items()}
    return pd.DataFrame(columns).value_counts().rename("people").reset_index()


def _in_posts(organisation: Organisation, kind: int) -> int:
    """Return how many people are in posts of a kind."""
    return int(organisation.incumbents[organisation.post_kind == kind].sum())


def _shapes(reform: Reform) -> pd.DataFrame:
    return pd.concat([structure(o).set_axis([state]) for state, o in reform.ends.items()])


def _over_places(reform: Reform) -> dict[str, float]:
    """Return the Gini index of people per need over kabupaten and kota in three states."""
    need = reform.place_need
    before, staff = (
        o.headcount("province").reindex(need.index).fillna(0) for o in reform.ends.values()
    )
    moves = reform.states.plans.moves
    came, left = (moves.groupby(end)["people"].sum() for end in ("destination", "origin"))
    after = staff + came.reindex(need.index).fillna(0) - left.reindex(need.index).fillna(0)
    return {
        state: gini_over_need(people.to_numpy(dtype=np.float64), need.to_numpy())
        for state, people in ((TODAY, before), (RESTRUCTURED, staff), (REDISTRIBUTED, after))
    }
