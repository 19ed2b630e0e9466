"""The squads of one agency, what they change, and the cheapest way to fill its posts."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, IntArray
from analysis.competence.squads import (
    HierarchyComparison,
    SquadPlan,
    Tasks,
    against_hierarchy,
    choose_places,
    form_squads,
)
from analysis.competence.squads.seating import able
from analysis.datasets import read_processed
from analysis.individuals.standard_tables.squad_inputs import SquadInputs, rumpun_key
from analysis.individuals.standard_tables.squad_people import AgencyPeople
from analysis.redistribution.families import mix_by_price
from analysis.redistribution.flows import great_circle

CHOSEN = "dipilih pada tahap pertama"
"""Place of a team whose office the tasks do not name, or of which there are several kinds."""


@dataclass(frozen=True, eq=False)
class AgencyPlan:
    """A plan of squads of an agency.

    Attributes
    ----------
    people : AgencyPeople
    plan : SquadPlan
    change : HierarchyComparison
    place : ndarray of object, shape (T,)
        Group of units where each team works, or `CHOSEN`.
    pools : list of ndarray of int
        Who in the agency has the competence, level and time for each need.
    """

    people: AgencyPeople
    plan: SquadPlan
    change: HierarchyComparison
    place: "pd.Series[str]"
    pools: list[IntArray]

    @cached_property
    def members(self) -> pd.DataFrame:
        """One row a seat that is covered: `task`, `competence`, `group`, `person`."""
        plan, units = self.plan, self.plan.workforce.units
        group = self.people.groups.reindex(units).to_numpy()
        return pd.DataFrame(
            {
                "task": plan.tasks.labels.take(plan.task),
                "competence": plan.tasks.competence[plan.need],
                "group": group[plan.workforce.unit[plan.person]],
                "person": plan.person,
            }
        )

    def far(self, of: pd.DataFrame) -> "pd.Series[float]":
        """Return a distance between units for each member: from the own to that of the team."""
        plan = self.plan
        values = of.to_numpy(dtype=np.float64)
        own, home = plan.workforce.unit[plan.person], plan.tasks.home[plan.task]
        return pd.Series(values[own, home])


def plan_for(people: AgencyPeople, inputs: SquadInputs) -> AgencyPlan:
    """Return the squads of an agency: each task at its office, where that has one."""
    said = inputs.values
    work = people.workforce(inputs)
    tasks = Tasks.of(inputs.tasks.drop(columns="office"), inputs.needs, work)
    among, place = _offices(people, inputs.tasks)
    within = said["jarak_terjauh"]
    plan = form_squads(
        work,
        choose_places(work, tasks, among),
        threshold=said["ambang_beban"],
        penalty=said["denda_beban"],
        within=within if within > 0 else np.inf,
        gap=said["celah"],
        places="first",
    )
    change = against_hierarchy(plan, people.units["parent"])
    return AgencyPlan(people, plan, change, place, able(work, tasks))


def _offices(people: AgencyPeople, tasks: pd.DataFrame) -> "tuple[BoolArray, pd.Series[str]]":
    """Return at which units each task may work, and how that place is called."""
    office = people.units["office"]
    name = people.units["name"].reindex(office).str.lower().to_numpy()
    groups = people.groups.to_numpy()
    among = np.ones((len(tasks), len(office)), dtype=np.bool_)
    place = []
    for row, words in enumerate(tasks["office"]):
        found = np.zeros(len(office), dtype=np.bool_)
        for word in str(words).lower().split("|") if isinstance(words, str) else ():
            beginning = re.compile(rf"\b{re.escape(word.strip())}")  # "SMA" is not in "Puskesmas"
            found = np.array([bool(beginning.search(each)) for each in name], dtype=np.bool_)
            if found.any():
                among[row] = found
                break
        there = set(groups[found])
        place.append(there.pop() if len(there) == 1 else CHOSEN)
    return among, pd.Series(place, tasks["task"])


def price_mix(posts: pd.DataFrame, inputs: SquadInputs) -> pd.DataFrame:
    """Return how the posts that are short are filled most cheaply, for each ratio of prices.

    Parameters
    ----------
    posts : DataFrame
        As `posts_of` returns it.
    inputs : SquadInputs

    Returns
    -------
    DataFrame
        As `mix_by_price`.
    """
    said = inputs.values
    step = posts["skilled"].map({True: "keahlian", False: "keterampilan"})
    family = posts["name"] + " (" + step + ")"
    staff, need = (
        posts.assign(family=family)
        .pivot_table(index="kabkota", columns="family", values=value, aggfunc="sum", fill_value=0)
        .astype(np.float64)
        for value in ("staff", "need")
    )
    where = read_processed("kabkota").set_index("kode_kemendagri").reindex(staff.index)
    far = great_circle(where["lintang"].to_numpy(), where["bujur"].to_numpy())
    cost = said["pindah_rupiah"] + said["pindah_rupiah_per_km"] * far
    np.fill_diagonal(cost, 0.0)
    gap = staff - need
    return mix_by_price(
        staff,
        need,
        cost=pd.DataFrame(cost, staff.index, staff.index),
        training=_arcs(
            posts.assign(family=family).drop_duplicates("family"),
            giving=set(gap.columns[(gap > 0).any()]),
            taking=set(gap.columns[(gap < 0).any()]),
            inputs=inputs,
        ),
        hire=said["rekrut_rupiah"],
        hire_ratios=inputs.ratios,
        jp_price=said["jp_rupiah"],
        month_price=said["bulan_rupiah"],
    )


def _arcs(
    families: pd.DataFrame, *, giving: set[str], taking: set[str], inputs: SquadInputs
) -> pd.DataFrame:
    """Return which family can be trained for which: same rumpun, same category."""
    list_ = read_processed("jabatan_fungsional")
    rumpun = dict(zip(list_["nama"].str.lower(), list_["rumpun"].map(rumpun_key), strict=True))
    table = families[["family", "name", "skilled"]].assign(
        rumpun=families["name"].str.lower().map(rumpun)
    )
    table = table.merge(inputs.training[["rumpun", "jp", "rupiah", "bulan"]], on="rumpun")
    pairs = table[table["family"].isin(giving)].merge(
        table.loc[table["family"].isin(taking), ["family", "rumpun", "skilled"]],
        on=["rumpun", "skilled"],
        suffixes=("", "_to"),
    )
    pairs = pairs[pairs["family"] != pairs["family_to"]]
    return pairs.rename(
        columns={"family": "from_family", "family_to": "to_family", "bulan": "months"}
    )[["from_family", "to_family", "jp", "rupiah", "months"]]
