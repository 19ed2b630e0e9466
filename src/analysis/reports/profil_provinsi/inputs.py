"""The provinces and, of one province, the kabupaten and kota, as report 15 takes them."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis import datasets
from analysis.errors import ParameterError
from analysis.language import Language
from analysis.redistribution import composite_need
from analysis.reports.profil_provinsi.parameters import ProfilProvinsi
from analysis.reports.provincial import PER, Basis, provincial_staffing
from analysis.staffing import per_capita

_ALL: Basis = "38"  # the present provinces
# Indicators of the composite model of need, by the names of its default weights.
_INDICATORS = {"penduduk": "population", "luas_km2": "area", "desa": "villages"}
_CODE = "kode_kemendagri"


@dataclass(frozen=True)
class Earlier:
    """The province at the earlier date, on boundaries of both dates.

    Attributes
    ----------
    ratio_before, ratio_after : float
        Staff per 1,000 people at both dates, of the province and those it is joined with.
    joined : tuple of str
        Names of the provinces it has to be joined with; none if its boundaries are the same.
    founded : date, optional
        When it was split off, if after the earlier date.
    """

    ratio_before: float
    ratio_after: float
    joined: tuple[str, ...]
    founded: dt.date | None


@dataclass(frozen=True)
class Doctors:
    """Doctors of the province by kabupaten and kota.

    Attributes
    ----------
    frame : DataFrame
        One row for each: `nama`, `tenaga` (people), `penduduk`, `rasio` (per 1,000 people).
    title : str
        What the doctors are called.
    date, population_date : date
        Of the two counts.
    """

    frame: pd.DataFrame
    title: str
    date: dt.date
    population_date: dt.date


def provinces(p: ProfilProvinsi, language: Language) -> pd.DataFrame:
    """Return the present provinces, lowest ratio first, by `kode_kemendagri`.

    Returns
    -------
    DataFrame
        `provincial_staffing` with `kebutuhan` (staff by the composite model of need, which shares
        out all staff by population, area and villages) and `kecukupan` (staff over that).

    Raises
    ------
    ParameterError
        If the parameter `province` is the code of none of them.
    """
    frame = provincial_staffing(p.date, _ALL, p.population, language).set_index(_CODE)
    if p.province not in frame.index:
        raise ParameterError(
            f"Parameter 'province' = {p.province!r} is the code of no province. Use "
            f"kode_kemendagri: {', '.join(frame.index)}."
        )
    regions = datasets.load_regions()
    territory = datasets.territory_at(datasets.read_processed("wilayah_provinsi"), regions, _ALL)
    indicators = frame[["penduduk"]].join(territory[["luas_km2", "desa"]])
    need = composite_need(indicators.rename(columns=_INDICATORS), float(frame["pns"].sum()))
    frame = frame.assign(kebutuhan=need, kecukupan=frame["pns"] / need)
    return frame.sort_values("rasio", kind="stable")


def earlier(p: ProfilProvinsi, language: Language) -> Earlier:
    """Return the province at the earlier date, joined with others where boundaries moved."""
    regions = datasets.load_regions()
    units = regions.unit_of(p.basis_before)
    unit = units[p.province]
    before, after = (
        provincial_staffing(date, p.basis_before, population, language).set_index(_CODE)["rasio"]
        for date, population in ((p.before, p.population_before), (p.date, p.population))
    )
    names = regions.names(_ALL)
    splits = regions.splits.set_index("kode_baru")["tanggal"]
    founded = splits[p.province].date() if p.province in splits.index else None
    return Earlier(
        ratio_before=float(before[unit]),
        ratio_after=float(after[unit]),
        joined=tuple(names[code] for code in units.index[units == unit] if code != p.province),
        founded=founded if founded is not None and founded > p.before else None,
    )


def doctors(p: ProfilProvinsi) -> Doctors:
    """Return the doctors of the province: nothing is read of other provinces."""
    places, people, staff = (
        datasets.read_processed(table, province=p.province).set_index(_CODE)
        for table in ("kabkota", "penduduk_kabkota", "tenaga_kabkota")
    )
    people = people[people["tanggal"] == people["tanggal"].max()]
    staff = staff[staff["profesi"] == p.profession]
    staff = staff[staff["tanggal"] == staff["tanggal"].max()]
    frame = places[["nama"]].assign(
        tenaga=staff["jumlah"].reindex(places.index).astype("int64"),
        penduduk=people["penduduk"].reindex(places.index).astype("int64"),
    )
    frame = frame.assign(rasio=per_capita(frame["tenaga"], frame["penduduk"], per=PER))
    return Doctors(
        frame.sort_values("rasio", ascending=False, kind="stable"),
        str(staff["judul"].iloc[0]),
        staff["tanggal"].iloc[0].date(),
        people["tanggal"].iloc[0].date(),
    )
