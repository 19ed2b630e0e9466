"""Staff, need, limits and plans by kabupaten and kota, as the findings of report 06 take them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from analysis import datasets
from analysis.datasets.description import NATIONAL
from analysis.errors import ParameterError
from analysis.inequality import gini
from analysis.messages import some
from analysis.paths import RAW
from analysis.redistribution import (
    Limits,
    Plan,
    Units,
    kilometres,
    plan_moves,
    proportional_need,
    standard_need,
)
from analysis.reports.plan_results import gini_after, shortage_after
from analysis.reports.ratio_standards import ratio_standard
from analysis.reports.redistribusi_kabupaten.parameters import Circle, RedistribusiKabupaten
from analysis.reports.shortages import against_need, filling

PER = 100_000  # people, whom a standard is for
CIRCLES: tuple[Circle, ...] = get_args(Circle)
_GROUPS: Mapping[Circle, str | None] = {
    "provinsi": "kode_provinsi",
    "pulau": "pulau",
    "nasional": None,
}
_STEPS = 16  # budgets at which a frontier is computed


@dataclass(frozen=True, eq=False)
class Supply:
    """Staff of a table, by kabupaten and kota.

    Attributes
    ----------
    places : DataFrame
        One row per kabupaten or kota, by `kode_kemendagri`: `nama`, `provinsi`, `kode_provinsi`,
        `pulau`, `lintang`, `bujur`, `tenaga` (people), `penduduk`, `diam` (facilities but no staff
        of any profession).
    kind : str
        What the table calls the profession.
    marks : tuple of str
        Keys of what the description of the table says that it cannot support.
    date, people_date : date
        Of the staff and of the population.
    """

    places: pd.DataFrame
    kind: str
    marks: tuple[str, ...]
    date: dt.date
    people_date: dt.date


@dataclass(frozen=True)
class Standard:
    """Staff per 100,000 people that there should be, and the number of law it is, if any."""

    value: float
    rule: datasets.Regulation | None


def supply(p: RedistribusiKabupaten) -> Supply:
    """Return staff and population of all kabupaten and kota, those that are silent included.

    Raises
    ------
    ParameterError
        If a table or profession is not there, a table does not cover the nation, or nobody of the
        profession is there.
    """
    staff = _national("tenaga_kabkota", p.table, "table")
    people = _national("penduduk_kabkota", p.population, "population")
    known = list(dict.fromkeys(staff["profesi"]))
    if p.profession not in known:
        raise ParameterError(
            f"Parameter 'profession' = {p.profession!r} is no profession of the table {p.table}. "
            f"Choose from {', '.join(known)}."
        )
    code = "kode_kemendagri"
    counts = staff[staff["profesi"] == p.profession].set_index(code)
    if not counts["jumlah"].any():
        raise ParameterError(
            f"Parameter 'profession' = {p.profession!r}: the table {p.table} counts nobody, so "
            f"that there is nobody to move. Choose from {', '.join(known)}."
        )
    everybody = staff.groupby(code)["jumlah"].sum()
    places = datasets.read_processed("kabkota").set_index(code)
    places = places.assign(
        tenaga=counts["jumlah"].reindex(places.index).astype("int64"),
        penduduk=people.set_index(code)["penduduk"].reindex(places.index).astype("int64"),
        diam=(everybody == 0) & (counts["fasilitas"].fillna(0) > 0),
    )
    described = datasets.read_package(RAW)[p.table]
    return Supply(
        places,
        str(counts["judul"].iloc[0]),
        tuple(described.batasan) if isinstance(described, datasets.Resource) else (),
        staff["tanggal"].iloc[0].date(),
        people["tanggal"].iloc[0].date(),
    )


def counted(places: pd.DataFrame, p: RedistribusiKabupaten) -> pd.DataFrame:
    """Return the places that the parameters count: all, or those that are not silent."""
    return places[~places["diam"]] if p.silent == "keluarkan" else places


def standard(data: Supply, p: RedistribusiKabupaten) -> Standard | None:
    """Return the standard of need, or None where need is shared out by population.

    Raises
    ------
    ParameterError
        If neither the parameters nor the table aturan have one for the profession.
    """
    if p.need == "penduduk":
        return None
    value, rule = ratio_standard(p.profession, p.standard, data.date)
    if value is None:
        raise ParameterError(
            f"Parameter 'standard' is missing, and table aturan has no rasio_{p.profession} on "
            f"{data.date}. Give standard, or choose need = 'penduduk'."
        )
    return Standard(value, rule)


def units(places: pd.DataFrame, norm: Standard | None) -> Units:
    """Return staff and need of the places, with their points; `norm` is that of `standard`."""
    staff = places["tenaga"]
    need = (
        proportional_need(places["penduduk"], int(staff.sum()))
        if norm is None
        else standard_need(places["penduduk"], PER / norm.value)
    )
    return Units.of(staff, need, latitude=places["lintang"], longitude=places["bujur"])


def gaps(found: Units) -> pd.DataFrame:
    """Return staff, need, surplus and shortage of each unit; see `against_need`."""
    return against_need(*_series(found))


def limits(found: Units, places: pd.DataFrame, circle: Circle, p: RedistribusiKabupaten) -> Limits:
    """Return the circle as a limit; by a standard also that moves only fill shortages."""
    column = _GROUPS[circle]
    within = None if column is None else places[column]
    return Limits(within=within) if p.need == "penduduk" else filling(*_series(found), within)


def plan(
    found: Units,
    places: pd.DataFrame,
    circle: Circle,
    p: RedistribusiKabupaten,
    budget: int | None = None,
) -> Plan:
    """Return the most even plan inside a circle, over the shortest total distance.

    `budget` is the most people who move; None for as many as it takes.
    """
    return plan_moves(
        found, cost=kilometres(found), budget=budget, limits=limits(found, places, circle, p)
    )


def plans(
    found: Units, places: pd.DataFrame, p: RedistribusiKabupaten, budget: int | None = None
) -> dict[Circle, Plan]:
    """Return `plan` for each circle."""
    return {circle: plan(found, places, circle, p, budget) for circle in CIRCLES}


def measure(found: Plan, p: RedistribusiKabupaten) -> float:
    """Return what the frontier draws: the Gini, or the share of need by a standard not met."""
    return (
        gini_after(found)
        if p.need == "penduduk"
        else shortage_after(found) / found.units.total_need
    )


def evened_gini(found: Units, places: pd.DataFrame, circle: Circle) -> float:
    r"""Return the Gini when every unit has the staff per need of its circle, if people could split.

    No moves inside circles leave less. With the same staff in each circle, giving each unit the
    mean :math:`S_g / D_g` of its own Lorenz-dominates every other spread (Hardy, Littlewood and
    Polya 1934: averages of what they replace).
    """
    column = _GROUPS[circle]
    if column is None:
        return 0.0
    sums = pd.DataFrame({"staff": found.staff, "need": found.need}, found.labels)
    sums = sums.groupby(places[column].to_numpy()).transform("sum")
    return gini(sums["staff"] / sums["need"], found.need)


def frontiers(
    found: Units,
    places: pd.DataFrame,
    full: Mapping[Circle, Plan],
    p: RedistribusiKabupaten,
) -> dict[Circle, pd.Series]:
    """Return `frontier` for each circle, up to as many as its plan without a budget moves."""
    return {circle: frontier(found, places, circle, full[circle].moved, p) for circle in CIRCLES}


def frontier(
    found: Units, places: pd.DataFrame, circle: Circle, most: int, p: RedistribusiKabupaten
) -> pd.Series:
    """Return `measure` by share of staff who move inside a circle, up to `most` people."""
    within = limits(found, places, circle, p)
    budgets = np.unique(np.linspace(0, most, _STEPS).astype(int))
    return pd.Series(
        [measure(plan_moves(found, budget=int(k), limits=within), p) for k in budgets],
        budgets / found.total_staff,
    )


def tables_read(data: Supply, norm: Standard | None) -> dict[str, tuple[dt.date, ...] | None]:
    """Return the tidy tables behind need and plans, with the dates read of each; None for all."""
    read: dict[str, tuple[dt.date, ...] | None] = {
        "tenaga_kabkota": (data.date,),
        "penduduk_kabkota": (data.people_date,),
        "kabkota": None,
        "garis_pantai": None,
    }
    return read if norm is None or norm.rule is None else {**read, "aturan": None}


def _series(found: Units) -> tuple[pd.Series, pd.Series]:
    return pd.Series(found.staff, found.labels), pd.Series(found.need, found.labels)


def _national(processed: str, name: str, parameter: str) -> pd.DataFrame:
    tables = datasets.read_processed(processed)
    rows = tables[tables["tabel"] == name]
    national = list(dict.fromkeys(tables["tabel"][tables["cakupan"] == NATIONAL]))
    if name not in national:
        what = f"is no table with the role {processed!r}"
        if len(rows):
            what = f"covers only {some(rows['cakupan'].unique())}; people move over the nation here"
        raise ParameterError(
            f"Parameter {parameter!r} = {name!r} {what}. Choose from {', '.join(national)}."
        )
    return rows
