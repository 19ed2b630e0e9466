"""The agencies: what they are called, where they are, and what they consist of at the top."""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray, IntArray
from analysis.datasets import load_kabkota, read_processed
from analysis.errors import DataError
from analysis.geography.kabkota import Kabkota
from analysis.geography.names import plain
from analysis.individuals.population.assumptions import agencies_without_asn

_PROVINCE = re.compile(r"^PEMERINTAH (PROVINSI )?(DAERAH )?")
_NOT_AN_OFFICE = re.compile(
    r"^(NA|DPRD|KPUD|PT|PD|BPR|BKK|PDAM|PDOW|PERUMDA|PERSERODA|BUMD|PERUSAHAAN|PIMPINAN|PEMERINTAH"
    r"|KABUPATEN|UNSUR|STAF|ADMINISTRATOR)\b"
)
_AREA = re.compile(r"^(Kecamatan|Distrik|Kapanewon|Kemantren)\b")
_UPPER = frozenset(
    ("DKI", "DPRD", "RSUD", "UPTD", "UPT", "UKM", "BUMN", "DPRA", "DPRK", "DPRP", "HAM")
)
_LOWER = frozenset(("dan", "di", "dari", "pada", "serta", "untuk", "atau"))


@dataclass(frozen=True, eq=False)
class Agency:
    """An agency of the real list.

    Attributes
    ----------
    number : int
        Position in the list.
    name : str
    level : str
        "pusat", "provinsi" or "kabkota".
    province : str
        Kemendagri code; of a central agency "31", where its head office is.
    kabkota : str
        Code of the kabupaten or kota that it governs; empty for others.
    units : tuple of str
        First-level units.
    areas : tuple of str
        Kecamatan that the list names, of kabupaten and kota.
    offices : tuple of (str, str)
        Units outside the head office, of a central agency: province, name.
    weight : float
        Share in the staff of its level and province, up to a factor.
    """

    number: int
    name: str
    level: str
    province: str
    kabkota: str
    units: tuple[str, ...]
    areas: tuple[str, ...]
    offices: tuple[tuple[str, str], ...]
    weight: float


@dataclass(frozen=True, eq=False)
class Places:
    """The kabupaten and kota, and what is counted there.

    Attributes
    ----------
    codes, names : tuple of str
    population : ndarray
    subdistricts, wards : ndarray
        Numbers of kecamatan and kelurahan.
    latitude, longitude : ndarray
        Of a point inside, in degrees.
    provinces : dict of str to str
        Names by code.
    capitals : dict of str to int
        Of each province the position of the kabupaten or kota nearest to its capital.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: FloatArray
    subdistricts: IntArray
    wards: IntArray
    latitude: FloatArray
    longitude: FloatArray
    provinces: dict[str, str]
    capitals: dict[str, int]

    def within(self, province: str) -> list[int]:
        """Return the positions of the kabupaten and kota of a province."""
        return [i for i, code in enumerate(self.codes) if code.startswith(f"{province}.")]


def read_places() -> Places:
    """Return the places from the processed tables."""
    table = read_processed("kabkota").set_index("kode_kemendagri").sort_index()
    people = read_processed("penduduk_kabkota")
    people = people[people["tanggal"] == people["tanggal"].max()]
    area = read_processed("wilayah_kabkota").set_index("kode_kemendagri").loc[table.index]
    provinces = read_processed("provinsi").set_index("kode_kemendagri")
    capitals = {}
    for code, row in provinces.iterrows():
        inside = np.flatnonzero(table["kode_provinsi"] == code)
        near = table.iloc[inside]
        away = (near["lintang"] - row["lintang"]) ** 2 + (near["bujur"] - row["bujur"]) ** 2
        capitals[str(code)] = int(inside[int(np.argmin(away.to_numpy()))])
    return Places(
        codes=tuple(table.index),
        names=tuple(table["nama"]),
        population=people.set_index("kode_kemendagri")
        .loc[table.index, "penduduk"]
        .to_numpy(dtype=np.float64),
        subdistricts=area["kecamatan"].to_numpy(dtype=np.int64),
        wards=area["kelurahan"].to_numpy(dtype=np.int64),
        latitude=table["lintang"].to_numpy(dtype=np.float64),
        longitude=table["bujur"].to_numpy(dtype=np.float64),
        provinces={str(code): str(name) for code, name in provinces["nama"].items()},
        capitals=capitals,
    )


def read_agencies(places: Places) -> tuple[Agency, ...]:
    """Return the agencies of the real list, in its order.

    Raises
    ------
    DataError
        If a regional government is no province, kabupaten or kota, or one is there twice.
    """
    table = read_processed("unit_instansi")
    kabkota = load_kabkota()
    listed = table.drop_duplicates("instansi")[["instansi", "jenis"]]
    regional = _regions_of(listed, kabkota)
    without = agencies_without_asn()
    population = dict(zip(places.codes, places.population.tolist(), strict=True))
    found = []
    for number, (name, units) in enumerate(table.groupby("instansi", sort=False)["unit"]):
        code = regional.get(str(name), "")
        usable = [_spelt(unit) for unit in units if not _NOT_AN_OFFICE.match(unit)]
        areas = tuple(unit for unit in usable if _AREA.match(unit) and " " in unit)
        offices = () if code else _offices(usable, places.provinces)
        outside = {unit for _, unit in offices}
        first = [u for u in usable if not _AREA.match(u) and u not in outside]
        found.append(
            Agency(
                number=number,
                name=_spelt(str(name)),
                level="pusat" if not code else "kabkota" if "." in code else "provinsi",
                province=code[:2] or "31",
                kabkota=code if "." in code else "",
                units=tuple(dict.fromkeys(first)) or ("Sekretariat",),
                areas=areas,
                offices=offices,
                weight=0.0 if name in without else population.get(code, float(max(len(first), 1))),
            )
        )
    return tuple(found)


def _regions_of(listed: pd.DataFrame, kabkota: Kabkota) -> dict[str, str]:
    """Return the code that each regional government governs."""
    local = listed[listed["jenis"].isin(["kabupaten", "kota"])]
    named = pd.DataFrame(
        {"nama": local["instansi"].str.replace("PEMERINTAH ", ""), "jenis": local["jenis"]}
    )
    lacking = [code for code in kabkota.codes() if code.startswith("31.")]
    codes = kabkota.identify(named, what="unit_kerja_645_instansi_2024", without=lacking)
    found = dict(zip(local["instansi"], codes, strict=True))
    for name in listed.loc[listed["jenis"] == "provinsi", "instansi"]:
        meant = kabkota.regions.book.index.meant(_PROVINCE.sub("", name))
        if len(meant) != 1:
            raise DataError(
                f"unit_kerja_645_instansi_2024: {name} is no province, or more than one. Correct "
                "the name, or add it to the names of provinces."
            )
        found[name] = next(iter(meant))
    return found


def _offices(units: list[str], provinces: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the units whose name ends in that of a province other than DKI Jakarta."""
    found = []
    short = {code: name.removeprefix("Kepulauan ") for code, name in provinces.items()}
    others = {code: name for code, name in short.items() if name not in provinces.values()}
    names = [*provinces.items(), *others.items()]
    by_length = sorted(((c, plain(n)) for c, n in names), key=lambda item: -len(item[1]))
    for unit in units:
        written = plain(unit)
        for code, name in by_length:
            if written.endswith(name):
                found += [(code, unit)] * (code != "31")
                break
    return tuple(dict.fromkeys(found))


def _spelt(name: str) -> str:
    """Return a name in capitals as it is usually written.

    Examples
    --------
    >>> _spelt("DINAS PEKERJAAN UMUM DAN PENATAAN RUANG"), _spelt("SEKRETARIAT DPRD")
    ('Dinas Pekerjaan Umum dan Penataan Ruang', 'Sekretariat DPRD')
    """
    first, *others = name.split()
    return " ".join([_word(first), *map(_small, others)])


@cache
def _word(word: str) -> str:
    bare = re.sub(r"\W", "", word)
    if bare in _UPPER or not re.search("[AEIOU]", bare) or word.startswith("("):
        return word
    return word.capitalize()


@cache
def _small(word: str) -> str:
    return word.lower() if word.lower() in _LOWER else _word(word)
