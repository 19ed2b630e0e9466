"""Squads of agencies, by role and group of units: which seats are covered, and what that changes.

No person leaves, nor a seat by which one could be found. Tasks, what they need and how many seats
they have are open, so that readers know that no more seats are covered than there are. A need whose
seats are all covered tells of those who could take one only that there are so many or more; one
that nobody could take is a zero. Where seats stay open since 1 to `SMALLEST_COUNT` - 1 people could
take one, how many are covered is how many these are: then nothing of the whole task is shown, and
nothing of its competences in all. How many people of a group of units have seats is protected like
any number of people.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.digests import digest
from analysis.disclosure import Known, Statistics, Table, seats_known
from analysis.errors import DataError, LackingError
from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables.protected_set import OpenTable, ProtectedSet, unmade
from analysis.individuals.standard_tables.squad_inputs import SquadInputs, read_squad_inputs
from analysis.individuals.standard_tables.squad_people import (
    agencies_of,
    people_of,
    posts_of,
    sources_without,
)
from analysis.individuals.standard_tables.squad_plans import AgencyPlan, plan_for, price_mix
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted

SMALLEST_COUNT: Final = 5  # people, below which their number is not shown
_SOURCE: Final = "skuad_tugas: orang; skuad_kosong: kursi"
_WAYS = {"move": "pindah", "train": "latih", "train and move": "latih dan pindah", "hire": "rekrut"}
_REMEDIES = {"transfer": "pindah", "train": "latih", "hire": "rekrut"}


def squad_set(records: Records, inputs: SquadInputs | None = None) -> ProtectedSet:
    """Return the squads of some agencies.

    Parameters
    ----------
    records : Records
    inputs : SquadInputs, optional
        Tasks, rules and assumptions; those of `data/contoh` by default.

    Returns
    -------
    ProtectedSet
        Open: `skuad_tugas` (needs, and where each team works), `skuad_aturan`, `skuad_asumsi`,
        `skuad_latihan`, `skuad_instansi`. For each agency, by its `code`, the tables
        `skuad_tugas_<code>` (seats covered by task and competence) and `skuad_unit_<code>` (seats
        by group of units). Statistics: `skuad_ukuran` (of the plan), `skuad_jalur` (paths by
        task), `skuad_kosong` (seats that nobody in the agency could take, by what would cover
        them), `skuad_terbuka` (shares of all open seats by what would cover them) and
        `skuad_bauran` (move, train or hire).
    """
    given = inputs or read_squad_inputs()
    try:
        agencies = agencies_of(records, given)
    except LackingError as error:
        return ProtectedSet(lacking={"skuad_instansi": str(error)})
    plans: dict[str, AgencyPlan] = {}
    lost, mixes = [], []
    for agency in agencies:
        try:
            people = people_of(records, agency, given)
            plans[agency] = plan_for(people, given)
        except DataError as error:  # of one agency; the others have their plans all the same
            lost.append(unmade([f"skuad {agency}"], error))
            continue
        try:
            posts = posts_of(records, people)
            mixes.append(
                price_mix(posts, given).assign(instansi=agency, n=int(posts["staff"].sum()))
            )
        except DataError as error:
            lost.append(unmade([f"skuad_bauran {agency}"], error))
    lacking = {name: why for each in lost for name, why in each.lacking.items()}
    told = {name: why for each in lost for name, why in each.told.items()}
    if not plans:
        return ProtectedSet(lacking=lacking, told=told)
    tables: dict[str, Table] = {}
    known: list[Known] = []
    for agency, plan in plans.items():
        tables[f"skuad_tugas_{code(agency)}"] = _by_task(plan, f"kursi_{code(agency)}")
        known += _seats(plan, f"skuad_tugas_{code(agency)}")
        tables[f"skuad_unit_{code(agency)}"] = _by_unit(plan, f"kursi_{code(agency)}")
    statistics = {
        "skuad_ukuran": Statistics(
            pd.concat([_measures(plan) for plan in plans.values()], ignore_index=True),
            ["instansi", "ukuran"],
            ["nilai"],
            "n",
            digits=4,
        ),
        "skuad_jalur": Statistics(
            pd.concat([_paths(plan) for plan in plans.values()], ignore_index=True),
            ["instansi", "tugas"],
            ["sebelum", "lapisan"],
            "n",
            minimum=SMALLEST_COUNT,
            digits=2,
        ),
    }
    for name, frame in (("skuad_kosong", _nobody(plans)), ("skuad_terbuka", _open(plans))):
        if len(frame):
            *keys, of, behind = map(str, frame.columns)
            statistics[name] = Statistics(frame, keys, [of], behind, digits=2)
    if mixes:
        statistics["skuad_bauran"] = Statistics(
            _mix(pd.concat(mixes, ignore_index=True)),
            ["instansi", "rasio", "cara"],
            ["orang", "biaya", "batas", "terbukti"],
            "n",
            digits=4,
        )
    open_tables = _open_tables(records, plans, given)
    return ProtectedSet(tables, open_tables, statistics, lacking, known, told)


def code(agency: str) -> str:
    """Return what tables of an agency are called by: the same in all runs."""
    return digest([agency])[:8]


def _by_task(plan: AgencyPlan, value: str) -> Table:
    """Return seats covered by task and competence."""
    cells = _needs(plan).rename(columns={"filled": value})
    keys = ["tugas", "kompetensi"]
    few = cells[cells["tugas"].isin(_telling(plan)) & (cells["pool"] > 0)]
    sensitive = {
        *few[keys].itertuples(index=False, name=None),
        *((task, ALL) for task in few["tugas"]),
        *((ALL, competence) for competence in few["kompetensi"]),
    }
    return _protected(counted(cells[[*keys, value]], keys, value), sensitive)


def _seats(plan: AgencyPlan, table: str) -> tuple[Known, ...]:
    """Return that no more seats are covered than there are, less those that nobody could take."""
    needs = _needs(plan)
    needs["seats"] = needs["seats"].where(needs["pool"] > 0, 0)
    seats = counted(needs[["tugas", "kompetensi", "seats"]], ["tugas", "kompetensi"], "seats").frame
    return seats_known(seats, ["tugas", "kompetensi"], table=table, seats="seats", source=_SOURCE)


def _by_unit(plan: AgencyPlan, value: str) -> Table:
    """Return seats by group of units; people, not seats, decide what is hidden.

    By competence as well it would be found out: of many a competence all seats are covered, and
    only one group has its people.
    """
    grouped = plan.members.rename(columns={"group": "kelompok"}).groupby("kelompok")["person"]
    cells = grouped.size().rename(value).reset_index()
    people = grouped.nunique()
    sensitive = {(group,) for group, number in people.items() if number < SMALLEST_COUNT}
    return _protected(counted(cells, ["kelompok"], value), sensitive)


def _protected(table: Table, sensitive: Collection[tuple[object, ...]]) -> Table:
    """Return a table with these sensitive cells."""
    keys = list(table.frame[list(table.design.dimensions)].itertuples(index=False, name=None))
    few = [key in sensitive for key in keys]
    return Table(table.frame.assign(sedikit=few), replace(table.design, primary="sedikit"))


def _needs(plan: AgencyPlan) -> pd.DataFrame:
    """Return one row a need: labels, seats, how many are covered, how many people could."""
    tasks = plan.plan.tasks
    return pd.DataFrame(
        {
            "tugas": tasks.labels.take(tasks.task).astype(str),
            "kompetensi": tasks.competence.astype(str),
            "seats": tasks.seats,
            "filled": np.bincount(plan.plan.need, minlength=tasks.seats.size),
            "pool": [who.size for who in plan.pools],
        }
    )


def _telling(plan: AgencyPlan) -> set[str]:
    """Return the tasks whose open seats would tell how many of a few people there are."""
    needs = _needs(plan)
    few = (
        (needs["pool"] > 0) & (needs["pool"] < SMALLEST_COUNT) & (needs["filled"] < needs["seats"])
    )
    return set(needs.loc[few, "tugas"])


def _measures(plan: AgencyPlan) -> pd.DataFrame:
    """Return statistics of a plan, with the number of people behind each."""
    found, work = plan.plan, plan.plan.workforce
    everybody = len(work)
    members = np.unique(found.person).size
    teams, load = found.teams, found.load.to_numpy()
    busy = load[load > 0]
    skilled = np.unique(plan.people.skills["person"]).size
    lowest = plan.change.tasks["alone_level"].notna()
    talk = found.communication
    of_all = {
        "pegawai": float(everybody),
        "unit": float(len(work.units)),
        "berkompetensi": skilled / everybody,
        "boleh memimpin": float(work.may_lead.mean()),
        "tim": float(len(teams)),
        "kursi": float(teams["seats"].sum()),
        "tim cukup": float(teams["enough"].sum()),
        "tim dipimpin": float(teams["led"].sum()),
        "tim dipimpin dari tempatnya": float(teams["lead_from_place"].sum()),
        "sanggup sendiri": plan.change.share_alone,
        "sanggup bersama bawahan": float(lowest.mean()),
        "biaya": found.cost,
        "batas": found.bound,
        "celah relatif": found.relative_gap,
        "terbukti": float(found.optimal),
    }
    of_members = {
        "anggota": float(members),
        "km": float(plan.far(plan.people.kilometres).mean()),
        "langkah": float(plan.far(plan.people.steps).mean()),
        "beban rata-rata": float(busy.mean()) if busy.size else float("nan"),
        "beban tertinggi": float(busy.max(initial=0.0)),
        "jalur sebelum": plan.change.mean("path_before"),
        "jalur sesudah": plan.change.mean("path_after"),
        "lapisan": plan.change.mean("layers"),
        "komunikasi pasangan": float(talk["pairs"].sum()),
        "komunikasi diameter": float(talk["diameter"].mean()),
        "komunikasi pohon": float(talk["spanning_tree"].mean()),
    }
    away = plan.people.left_out
    rows = [("tidak aktif", float(away), away)]
    rows += [(name, value, everybody) for name, value in of_all.items()]
    rows += [(name, value, members) for name, value in of_members.items()]
    table = pd.DataFrame(rows, columns=["ukuran", "nilai", "n"])
    table.insert(0, "instansi", plan.people.agency)
    return table


def _paths(plan: AgencyPlan) -> pd.DataFrame:
    """Return paths along the hierarchy between the people of each task.

    Behind them are all who could take a seat. That in the team is not among them: it is
    ``2 - 2 / m`` and would tell the number m of members.
    """
    table, tasks = plan.change.tasks, plan.plan.tasks
    pools = [
        np.unique(np.concatenate([plan.pools[n] for n in np.flatnonzero(tasks.task == t)])).size
        for t in range(len(tasks))
    ]
    names = table["task"].astype(str)
    return pd.DataFrame(
        {
            "instansi": plan.people.agency,
            "tugas": names,
            "sebelum": table["path_before"],
            "lapisan": table["layers"],
            "n": np.where(names.isin(_telling(plan)), 0, pools),
        }
    )


def _nobody(plans: Mapping[str, AgencyPlan]) -> pd.DataFrame:
    """Return the seats that nobody in the agency could take, and what would cover them.

    Of other open seats nothing is said one by one: with the seats of the task it would tell how
    many are covered where that is hidden.
    """
    rows = []
    for agency, plan in plans.items():
        tasks = plan.plan.tasks
        lacking = {n for n, who in enumerate(plan.pools) if not who.size}
        named = {
            (str(tasks.labels[tasks.task[n]]), str(tasks.competence[n]), int(tasks.level[n]))
            for n in lacking
        }
        keys = ["task", "competence", "level", "remedy"]
        remedy = plan.plan.remedies.groupby(keys, as_index=False)["people"].sum()
        for task, competence, level, way, people in remedy.values.tolist():
            if (str(task), str(competence), int(level)) in named:
                what = (agency, str(task), str(competence), str(level), _REMEDIES[way])
                rows.append((*what, int(people), len(plan.plan.workforce)))
    columns = ["instansi", "tugas", "kompetensi", "tingkat", "cara", "kursi", "n"]
    return pd.DataFrame(rows, columns=columns)


def _open(plans: Mapping[str, AgencyPlan]) -> pd.DataFrame:
    """Return what would cover the open seats of each agency, as shares of all of them."""
    rows = []
    for agency, plan in plans.items():
        number = plan.plan.remedies.groupby("remedy")["people"].sum()
        for way, label in _REMEDIES.items() if number.sum() else ():
            share = float(number.get(way, 0)) / float(number.sum())
            rows.append((agency, label, share, len(plan.plan.workforce)))
    return pd.DataFrame(rows, columns=["instansi", "cara", "bagian", "n"])


def _mix(mixes: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each agency, ratio of prices and way of filling a post."""
    keys = ["instansi", "hire_ratio", "price", "bound", "optimal", "n"]
    long = mixes.melt(id_vars=keys, value_vars=list(_WAYS), var_name="cara", value_name="orang")
    return pd.DataFrame(
        {
            "instansi": long["instansi"],
            "rasio": long["hire_ratio"],
            "cara": long["cara"].map(_WAYS),
            "orang": long["orang"],
            "biaya": long["price"],
            "batas": long["bound"],
            "terbukti": long["optimal"].astype(float),
            "n": long["n"],
        }
    )


def _open_tables(
    records: Records, plans: Mapping[str, AgencyPlan], given: SquadInputs
) -> dict[str, OpenTable]:
    needs = []
    for agency, plan in plans.items():
        place = plan.place.to_dict()
        needs.append(
            given.needs.rename(
                columns={
                    "task": "tugas",
                    "competence": "kompetensi",
                    "level": "tingkat",
                    "share": "porsi",
                    "people": "orang",
                }
            ).assign(
                instansi=agency,
                tempat=given.needs["task"].map(place),
                rekaan=given.invented,
            )
        )
    without = set(sources_without(records, given))
    rules = given.rules.table.drop(columns="catatan", errors="ignore").rename(
        columns={"nama": "bukti"}
    )
    agencies = pd.DataFrame(
        {
            "instansi": list(plans),
            "kode": [code(agency) for agency in plans],
            "provinsi": [plan.people.province for plan in plans.values()],
        }
    )
    frames = {
        "skuad_instansi": agencies,
        "skuad_tugas": pd.concat(needs, ignore_index=True),
        "skuad_aturan": rules.assign(dipakai=~rules["sumber"].isin(without)),
        "skuad_asumsi": given.assumptions,
        "skuad_latihan": given.training,
    }
    return {name: OpenTable(frame, "public") for name, frame in frames.items()}
