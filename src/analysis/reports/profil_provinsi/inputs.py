"""The provinces and, of one province, all that report 15 takes beside them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import datasets
from analysis.competence.years import training_year
from analysis.datasets.reform import APPROVED, PROPOSED
from analysis.disclosure.run_folders import read_run
from analysis.errors import DataError, ParameterError
from analysis.language import Language
from analysis.redistribution import Limits, Plan, great_circle, plan_moves
from analysis.reports.profil_provinsi.parameters import ProfilProvinsi
from analysis.reports.provincial import Basis, provincial_staffing
from analysis.reports.provincial_need import needs, provinces_with_territory
from analysis.restructuring import completion_intervals
from analysis.staffing import per_capita

_ALL: Basis = "38"  # the present provinces
_CODE = "kode_kemendagri"
_PER_DOCTORS = 100_000
_TRAINING, _ALL_LEVELS = "jp_golongan", "Jumlah"
_GIVEN = "jp_kegiatan"  # other activities that an office gave
_MET, _BELOW = "memenuhi", "di bawah batas"


@dataclass(frozen=True)
class Earlier:
    """The province at the earlier date, on boundaries of both dates.

    Attributes
    ----------
    ratios : DataFrame
        Staff per 1,000 people of all units of both dates: `before`, `after`.
    unit : str
        The one that the province is, or is part of.
    joined : tuple of str
        Names of the provinces it has to be joined with; none if its boundaries are the same.
    founded : date, optional
        When it was split off, if after the earlier date.
    """

    ratios: pd.DataFrame
    unit: str
    joined: tuple[str, ...]
    founded: dt.date | None


@dataclass(frozen=True)
class Doctors:
    """Doctors of the province by kabupaten and kota.

    Attributes
    ----------
    frame : DataFrame
        One row for each: `nama`, `jenis` (kabupaten or kota), `tenaga` (people), `penduduk`,
        `rasio` (per 100,000 people).
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
        `provinces_with_territory`, of which `pegawai` is without the staff of central agencies
        where its number is known.

    Raises
    ------
    ParameterError
        If the parameter `province` is the code of none of them.
    """
    frame = provinces_with_territory(p.date, _ALL, p.population, "keluarkan", language)
    if p.province not in frame.index:
        raise ParameterError(
            f"Parameter 'province' = {p.province!r} is the code of no province. Use "
            f"kode_kemendagri: {', '.join(frame.index)}."
        )
    return frame.sort_values("rasio", kind="stable")


def model_needs(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the need of every province under each model, with the weights of report 07."""
    return needs(frame, frame["pegawai"])


def plans(p: ProfilProvinsi, frame: pd.DataFrame, needed: pd.DataFrame) -> Mapping[str, Plan]:
    """Return the plan of report 07 under each model of need.

    People move anywhere in the country, as many as the parameters allow; provinces that give keep
    their even share.
    """
    staff, distance = frame["pegawai"], great_circle(frame["lintang"], frame["bujur"])
    return {
        str(model): plan_moves(
            staff,
            needed[model],
            cost=distance,
            budget=int(p.budget * staff.sum()),
            limits=Limits(
                floor_adequacy=staff.sum() / needed[model].sum(),
                max_share_leaving=p.max_share_leaving if p.max_share_leaving < 1 else None,
            ),
        )
        for model in needed
    }


def neighbours(p: ProfilProvinsi) -> tuple[str, ...]:
    """Return the codes of the provinces that share a border on land with the province."""
    borders = datasets.read_processed("kabkota_berbatasan")
    one, other = borders["kode_a"].str[:2], borders["kode_b"].str[:2]
    beside = pd.concat([other[one == p.province], one[other == p.province]])
    return tuple(sorted(set(beside) - {p.province}))


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
        ratios=pd.DataFrame({"before": before, "after": after}),
        unit=str(unit),
        joined=tuple(names[code] for code in units.index[units == unit] if code != p.province),
        founded=founded if founded is not None and founded > p.before else None,
    )


def progress(p: ProfilProvinsi) -> pd.DataFrame:
    """Return between which days the province completed each stage of the reform.

    Returns
    -------
    DataFrame
        By stage: `after` (the last report that does not list it) and `by` (the first that does);
        missing where there is none. Nothing where no report is about the province.
    """
    table = datasets.read_processed("penyederhanaan_provinsi", province=p.province)
    names = {_CODE: "agency", "tahap": "stage", "tanggal": "date", "tercapai": "reached"}
    found = completion_intervals(table.rename(columns=names)).set_index("stage")
    return found.reindex([stage for stage in (PROPOSED, APPROVED) if stage in found.index])


@dataclass(frozen=True)
class Training:
    """Hours of training in the province, of a run of tables that passed the gate.

    Attributes
    ----------
    synthetic : bool
        Whether its people do not exist.
    year : int
        Of the hours.
    floor : float
        JP a year that a PNS has at least.
    met, below : int or None
        PNS and CPNS who reach it, at least, and who do not; None where the run has no records of
        the province, or the number is hidden.
    least : bool
        Whether activities that records do not hold, such as e-learning, are not counted.
    """

    synthetic: bool
    year: int
    floor: float
    met: int | None
    below: int | None
    least: bool


def training(p: ProfilProvinsi) -> Training:
    """Return hours of training in the province.

    Raises
    ------
    ParameterError
        If there is no such run.
    DataError
        If no rule says how many hours there should be in its year.
    """
    run = read_run(p.run)
    year = training_year(run.day)
    rule = datasets.regulation_at(
        datasets.read_processed("aturan"), "jp_minimum_pns", dt.date(year, 12, 31)
    )
    if rule is None:
        raise DataError(f"aturan has no jp_minimum_pns in force at the end of {year}. Add a row.")
    counts: Mapping[str, int] = {}
    if _TRAINING in run.tables:
        frame = run.of(_TRAINING).frame
        rows = frame[(frame["wilayah"] == p.province) & (frame["golongan"] == _ALL_LEVELS)]
        by_state = rows.set_index("kepatuhan")["pegawai"].dropna()
        counts = {str(state): int(people) for state, people in by_state.items()}
    return Training(
        synthetic=run.synthetic,
        year=year,
        floor=rule.value,
        met=counts.get(_MET),
        below=counts.get(_BELOW),
        least=_GIVEN not in run.tables,
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
    frame = places[["nama", "jenis"]].assign(
        tenaga=staff["jumlah"].reindex(places.index).astype("int64"),
        penduduk=people["penduduk"].reindex(places.index).astype("int64"),
    )
    frame = frame.assign(rasio=per_capita(frame["tenaga"], frame["penduduk"], per=_PER_DOCTORS))
    return Doctors(
        frame.sort_values("rasio", ascending=False, kind="stable"),
        str(staff["judul"].iloc[0]),
        staff["tanggal"].iloc[0].date(),
        people["tanggal"].iloc[0].date(),
    )
