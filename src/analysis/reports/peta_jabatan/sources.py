"""Staff, need and who may move, from the reader's file or from what is shown without one."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import datasets
from analysis.datasets.job_map import JobMap, moving_rules, read_job_map
from analysis.datasets.office_tables import Account
from analysis.errors import DataError, ParameterError
from analysis.paths import EXAMPLES
from analysis.redistribution import FamilyUnits, great_circle, transfer_kind
from analysis.reports.parameters import found_path
from analysis.reports.peta_jabatan.parameters import PetaJabatan

EXAMPLE = EXAMPLES / "peta_jabatan_sintetis.csv"
STATUS = "Negeri"
PER = 100_000  # people, whom a standard of doctors is for
KINDS_OF_DOCTOR = (
    "dokter_umum",
    "dokter_gigi",
    "dokter_spesialis",
    "dokter_subspesialis",
    "dokter_gigi_spesialis",
)
_TABLE, _POPULATION = "dokter_kabkota_2020", "kabkota_2024"
_LEVELS = {"Guru SD": "SD", "Guru SMP": "SMP"}
_NORMS = {"guru_kelas", "jam_guru_mapel", "beban_mengajar"}  # that teachers of a class follow from


@dataclass(frozen=True, eq=False)
class Situation:
    """Units by job families, and what is known of who may move where.

    Attributes
    ----------
    source : {"berkas", "contoh", "guru", "dokter"}
        Where it comes from.
    name : str
        Of the file, or of the place.
    date : date
        Day the staff were counted.
    units : FamilyUnits
        Staff and need; units by their names.
    movable : DataFrame of int, units by families
        People who may move by their status, their years in the post and the file.
    minimum : DataFrame of int, units by families
        People who must stay at least.
    groups : Series of str, or None
        Group of each unit.
    km : DataFrame, or None
        Kilometres between units.
    near : DataFrame of bool, or None
        Which units are neighbours.
    retirements, contracts : tuple of DataFrame of int
        People who leave the service in each of five years; empty where nothing is known.
    years : tuple of str
        What the five years are called.
    has : frozenset of str
        Fields of the job map that are known, see `analysis.datasets.job_map.fields`.
    kinds : DataFrame of int8
        Kind of a transfer between units, as `transfer_kind` gives them.
    norms : Mapping of str to float
        Need of one class, or of 100,000 people, by family; empty where the file says the need.
    account : Account, or None
        How the file was read.
    """

    source: str
    name: str
    date: dt.date
    units: FamilyUnits
    movable: pd.DataFrame
    minimum: pd.DataFrame
    groups: "pd.Series[str] | None"
    km: pd.DataFrame | None
    near: pd.DataFrame | None
    retirements: tuple[pd.DataFrame, ...]
    contracts: tuple[pd.DataFrame, ...]
    years: tuple[str, ...]
    has: frozenset[str]
    kinds: pd.DataFrame
    norms: Mapping[str, float]
    account: Account | None

    @property
    def synthetic(self) -> bool:
        """Whether all of it is invented."""
        return self.source == "contoh"

    @property
    def tables(self) -> "Mapping[str, Collection[dt.date] | None]":
        """The tidy tables that it rests on, as `common.sources` takes them."""
        if self.source == "guru":
            return {"sekolah_kecamatan": None, "norma_guru": None}
        if self.source == "dokter":
            whole = ("penduduk_kabkota", "kabkota", "kabkota_berbatasan")
            return {"tenaga_kabkota": [self.date], **dict.fromkeys(whole)}
        return {"aturan": None}

    @property
    def releasable(self) -> pd.DataFrame:
        """People who may change post and leave the minimum behind."""
        above = (self.units.frame(self.units.staff) - self.minimum).clip(lower=0)
        return self.movable.where(self.movable <= above, above)

    @property
    def leaving(self) -> tuple[pd.DataFrame, ...]:
        """People who leave the service in each of five years, by either way."""
        if not (self.retirements and self.contracts):
            return self.retirements or self.contracts
        return tuple(a + b for a, b in zip(self.retirements, self.contracts, strict=True))


def situation(p: PetaJabatan) -> Situation:
    """Return what the parameters ask for.

    Raises
    ------
    DataError
        If the file or its mapping cannot be read; see `read_job_map`.
    ParameterError
        If there is no such file, province or profession.
    """
    if p.file is not None and p.mapping is not None:
        file = found_path(p.file, "file")
        return _of_file("berkas", file, found_path(p.mapping, "mapping"), p)
    if p.source == "contoh":
        return _of_file("contoh", EXAMPLE, EXAMPLE.with_suffix(".toml"), p)
    return _teachers(p) if p.source == "guru" else _doctors(p)


def teachers_per_class(p: PetaJabatan) -> dict[str, float]:
    """Return the teachers that one class needs, by family: the reader's, or by the norms.

    By the norms they are the class teachers and the hours of subject teachers over the hours that
    one teaches: ``g + h / b``.
    """
    found = {}
    for family, level in _LEVELS.items():
        day = dt.date(p.date.year, 1, 1)
        norms = datasets.norms_on(datasets.read_processed("norma_guru"), level, day)["nilai"]
        if lacking := sorted(_NORMS - set(norms.index)):
            raise DataError(
                f"norma_guru has no {', '.join(lacking)} for {level!r} on {day}, which 'date' asks "
                "for. Choose a later date, or add the norm of that time."
            )
        hours = norms["jam_guru_mapel"] / norms["beban_mengajar"]
        found[family] = float(norms["guru_kelas"] + hours)
    return found | _own_standard(p, found)


def classes(p: PetaJabatan) -> pd.DataFrame:
    """Return the classes of the state schools, kecamatan by family."""
    return _schools(p, "rombel")


def _own_standard(p: PetaJabatan, known: Mapping[str, object]) -> dict[str, float]:
    given = dict(p.standard or {})
    unknown = sorted(set(given) - set(known))
    wrong = [name for name, value in given.items() if value <= 0]
    if unknown or wrong:
        raise ParameterError(
            f"Parameter 'standard': {', '.join(unknown or wrong)} "
            f"{'is no family' if unknown else 'must be above zero'}; there are "
            f"{', '.join(known)}. Write such as {{{next(iter(known))!r}: 1.5}}."
        )
    return given


def _schools(p: PetaJabatan, count: str) -> pd.DataFrame:
    schools = datasets.read_processed("sekolah_kecamatan")
    columns = {
        family: datasets.schools_in(schools, p.date.year, level, STATUS).set_index("nama")[count]
        for family, level in _LEVELS.items()
    }
    frame = pd.DataFrame(columns)
    if frame.isna().any(axis=None):
        lacking = frame.index[frame.isna().any(axis=1)]
        raise DataError(
            f"sekolah_kecamatan: {', '.join(lacking)} has state schools of one level only in "
            f"{p.date.year}. Complete the table; a level that is not there has zero classes."
        )
    return frame.rename_axis("unit")


def _teachers(p: PetaJabatan) -> Situation:
    norms = teachers_per_class(p)
    staff = _schools(p, "guru").astype(np.int64)
    units = FamilyUnits.of(staff, classes(p) * pd.Series(norms), as_given=True)
    return _bare(
        "guru", "Kabupaten Banjar", dt.date(p.date.year, 12, 31), units, _within_one(units), norms
    )


def _doctors(p: PetaJabatan) -> Situation:
    code = "kode_kemendagri"
    places = datasets.read_processed("kabkota").set_index(code)
    places = places[places["kode_provinsi"] == p.province]
    if places.empty:
        raise ParameterError(
            f"Parameter 'province' = {p.province!r} is no code of a province, such as '13'."
        )
    table = datasets.read_processed("tenaga_kabkota")
    table = table[(table["tabel"] == _TABLE) & table["profesi"].isin(KINDS_OF_DOCTOR)]
    staff = table.pivot(index=code, columns="profesi", values="jumlah").reindex(places.index)
    staff = staff[list(KINDS_OF_DOCTOR)].astype(np.int64)
    counted = datasets.read_processed("penduduk_kabkota")
    counted = counted[counted["tabel"] == _POPULATION].set_index(code)
    share = counted["penduduk"].reindex(places.index).astype(float)
    day = table["tanggal"].iloc[0].date()
    own = _own_standard(p, dict.fromkeys(KINDS_OF_DOCTOR))
    norms = {
        kind: own.get(kind, PER * float(staff[kind].sum() / share.sum()))
        for kind in KINDS_OF_DOCTOR
    }
    titles = dict(zip(table["profesi"], table["judul"], strict=True))
    need = pd.DataFrame({kind: share * norm / PER for kind, norm in norms.items()})
    staff, need = (
        frame.set_axis(places["nama"], axis=0).rename(columns=titles) for frame in (staff, need)
    )
    units = FamilyUnits.of(staff, need, as_given=True)
    govern = pd.DataFrame(
        {"agency": units.labels, "province": p.province, "level": "regional"}, index=units.labels
    )
    borders = datasets.read_processed("kabkota_berbatasan")
    names = places["nama"]
    inside = borders[borders["kode_a"].isin(names.index) & borders["kode_b"].isin(names.index)]
    near = pd.DataFrame(data=False, index=units.labels, columns=units.labels)
    for a, b in zip(inside["kode_a"].map(names), inside["kode_b"].map(names), strict=True):
        near.loc[a, b] = near.loc[b, a] = True
    bare = _bare(
        "dokter",
        str(places["provinsi"].iloc[0]),
        day,
        units,
        transfer_kind(govern),
        {str(titles[kind]): value for kind, value in norms.items()},
    )
    km = great_circle(
        places["lintang"].set_axis(units.labels), places["bujur"].set_axis(units.labels)
    )
    return Situation(**(vars(bare) | {"km": km, "near": near, "has": _DISTANCE}))


_DISTANCE = frozenset({"lintang", "bujur"})


def _of_file(source: str, file: Path, mapping: Path, p: PetaJabatan) -> Situation:
    rules = moving_rules(datasets.read_processed("aturan"), p.date)
    places = datasets.load_kabkota().book.index
    found: JobMap = read_job_map(file, mapping, rules=rules, places=places)
    units = FamilyUnits.of(found.staff, found.need, as_given=True)
    km = None
    if found.coordinates is not None:
        km = great_circle(found.coordinates["latitude"], found.coordinates["longitude"])
    return Situation(
        source=source,
        name=file.name,
        date=p.date,
        units=units,
        movable=found.movable,
        minimum=found.minimum,
        groups=found.groups,
        km=km,
        near=None if km is None else km <= p.neighbour_km,
        retirements=found.retirements,
        contracts=found.contracts,
        years=found.years,
        has=found.has,
        kinds=_within_one(units),
        norms={},
        account=found.account,
    )


def _within_one(units: FamilyUnits) -> pd.DataFrame:
    """Return the kinds of transfer where all units are of one government."""
    return transfer_kind(
        pd.DataFrame({"agency": "a", "province": "p", "level": "regional"}, index=units.labels)
    )


def _bare(
    source: str,
    name: str,
    date: dt.date,
    units: FamilyUnits,
    kinds: pd.DataFrame,
    norms: Mapping[str, float],
) -> Situation:
    """Return a situation of which nothing is known but staff and need."""
    return Situation(
        source=source,
        name=name,
        date=date,
        units=units,
        movable=units.frame(units.staff),
        minimum=units.frame(np.zeros_like(units.staff)),
        groups=None,
        km=None,
        near=None,
        retirements=(),
        contracts=(),
        years=(),
        has=frozenset(),
        kinds=kinds,
        norms=norms,
        account=None,
    )
