"""Squads of agencies, by role and group of units: which seats are covered, and what that changes.

No person leaves, nor a seat by which one could be found. Tasks and what they need are open. How
many seats of a need are covered is shown where nobody in the agency could take one, or `FEWEST` or
more could: what the plan covers tells nothing of fewer. How many people of a group of units have
seats is protected like any number of people, with all that would give it away.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.digests import digest
from analysis.disclosure import Statistics, Table
from analysis.errors import DataError, LackingError
from analysis.individuals.aggregation import Records
from analysis.individuals.standard_tables.protected_set import OpenTable, ProtectedSet
from analysis.individuals.standard_tables.squad_inputs import SquadInputs, read_squad_inputs
from analysis.individuals.standard_tables.squad_people import (
    agencies_of,
    people_of,
    posts_of,
    sources_without,
)
from analysis.individuals.standard_tables.squad_plans import AgencyPlan, plan_for, price_mix
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted

FEWEST: Final = 5  # people who could take a seat, below which nothing is said of it
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
        by group of units and competence). Statistics: `skuad_ukuran` (of the plan), `skuad_jalur`
        (paths by task), `skuad_kosong` (seats that nobody in the agency could take, by what would
        cover them), `skuad_terbuka` (all open seats by what would cover them) and `skuad_bauran`
        (move, train or hire).
    """
    given = inputs or read_squad_inputs()
    try:
        agencies = agencies_of(records, given)
    except LackingError as error:
        return ProtectedSet(lacking={"skuad_instansi": str(error)})
    plans, lacking = {}, {}
    mixes = []
    for agency in agencies:
        try:
            people = people_of(records, agency, given)
            plans[agency] = plan_for(people, given)
        except DataError as error:  # of one agency; the others have their plans all the same
            lacking[f"skuad {agency}"] = str(error)
            continue
        try:
            posts = posts_of(records, people)
            mixes.append(
                price_mix(posts, given).assign(instansi=agency, n=int(posts["staff"].sum()))
            )
        except DataError as error:
            lacking[f"skuad_bauran {agency}"] = str(error)
    if not plans:
        return ProtectedSet(lacking=lacking)
    tables: dict[str, Table] = {}
    for agency, plan in plans.items():
        tables[f"skuad_tugas_{code(agency)}"] = _by_task(plan, f"kursi_{code(agency)}")
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
            ["sebelum", "sesudah", "lapisan"],
            "n",
            minimum=FEWEST,
            digits=2,
        ),
    }
    for name, frame in (("skuad_kosong", _nobody(plans)), ("skuad_terbuka", _open(plans))):
        if len(frame):
            keys = [column for column in frame.columns if column not in ("kursi", "n")]
            statistics[name] = Statistics(frame, keys, ["kursi"], "n")
    if mixes:
        statistics["skuad_bauran"] = Statistics(
            _mix(pd.concat(mixes, ignore_index=True)),
            ["instansi", "rasio", "cara"],
            ["orang", "biaya", "batas", "terbukti"],
            "n",
            digits=4,
        )
    return ProtectedSet(tables, _open_tables(records, plans, given), statistics, lacking)


def code(agency: str) -> str:
    """Return what tables of an agency are called by: the same in all runs."""
    return digest([agency])[:8]


def _by_task(plan: AgencyPlan, value: str) -> Table:
    """Return seats covered by task and competence."""
    tasks = plan.plan.tasks
    filled = np.bincount(plan.plan.need, minlength=tasks.seats.size)
    cells = pd.DataFrame(
        {
            "tugas": tasks.labels.take(tasks.task).astype(str),
            "kompetensi": tasks.competence.astype(str),
            value: filled,
        }
    )
    pool = _pool(plan, cells[["tugas", "kompetensi"]])
    return _protected(counted(cells, ["tugas", "kompetensi"], value), pool)


def _by_unit(plan: AgencyPlan, value: str) -> Table:
    """Return seats by group of units and competence; people, not seats, decide what is hidden."""
    members = plan.members.rename(columns={"group": "kelompok", "competence": "kompetensi"})
    cells = members.groupby(["kelompok", "kompetensi"]).size().rename(value).reset_index()
    people = _distinct(members, ["kelompok", "kompetensi"])
    tasks = plan.plan.tasks
    pool = _pool(plan, pd.DataFrame({"kelompok": ALL, "kompetensi": tasks.competence.astype(str)}))
    return _protected(counted(cells, ["kelompok", "kompetensi"], value), people | pool)


def _protected(table: Table, behind: Mapping[tuple[str, str], int]) -> Table:
    """Return a table whose cells are sensitive where 1 to `FEWEST` - 1 people are behind them."""
    keys = list(table.frame[list(table.design.dimensions)].itertuples(index=False, name=None))
    few = [0 < behind.get(key, 0) < FEWEST for key in keys]
    return Table(table.frame.assign(sedikit=few), replace(table.design, primary="sedikit"))


def _pool(plan: AgencyPlan, labels: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Return how many people could take some seat of each cell, totals included."""
    pairs = [(label, who) for label, who in zip(labels.to_numpy(), plan.pools, strict=True)]
    rows = [pd.DataFrame({0: a, 1: b, "person": who}) for (a, b), who in pairs]
    return _distinct(pd.concat(rows, ignore_index=True), [0, 1])


def _distinct(frame: pd.DataFrame, keys: list[object]) -> dict[tuple[str, str], int]:
    """Return the number of different people in each cell, totals included."""
    first, second = keys
    found: dict[tuple[str, str], int] = {}
    for a, b in ((False, False), (True, False), (False, True), (True, True)):
        rows = frame.assign(
            **{
                "one": ALL if a else frame[first].to_numpy(),
                "two": ALL if b else frame[second].to_numpy(),
            }
        )
        number = rows.groupby(["one", "two"])["person"].nunique().reset_index()
        cells = zip(number["one"], number["two"], strict=True)
        found |= dict(zip(cells, number["person"].tolist(), strict=True))
    return found


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
        "terisi": float(teams["covered"].sum()),
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
    """Return paths between the people of each task, before and after.

    Behind them are all who could take a seat: the number of members would tell how many seats of
    the task are covered, where that is hidden.
    """
    table, tasks = plan.change.tasks, plan.plan.tasks
    labels = tasks.labels.take(tasks.task).astype(str)
    pool = _pool(plan, pd.DataFrame({"tugas": labels, "kompetensi": tasks.competence.astype(str)}))
    names = table["task"].astype(str)
    return pd.DataFrame(
        {
            "instansi": plan.people.agency,
            "tugas": names,
            "sebelum": table["path_before"],
            "sesudah": table["path_after"],
            "lapisan": table["layers"],
            "n": [pool.get((name, ALL), 0) for name in names],
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
    """Return all open seats of each agency by what would cover them."""
    rows = []
    for agency, plan in plans.items():
        number = plan.plan.remedies.groupby("remedy")["people"].sum()
        for way, label in _REMEDIES.items():
            rows.append((agency, label, int(number.get(way, 0)), len(plan.plan.workforce)))
    return pd.DataFrame(rows, columns=["instansi", "cara", "kursi", "n"])


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
    without = set(sources_without(records))
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
