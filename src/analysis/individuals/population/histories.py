"""Appraisal, discipline and certificates of people, in their last years of service."""

from typing import Final

import numpy as np
import pyarrow as pa

from analysis.arrays import BoolArray, DateArray, IntArray
from analysis.individuals.population.assumptions import assumed, numbers
from analysis.individuals.population.columns import days, table_of, worded
from analysis.individuals.schema import TABLES

_RESULTS: Final = {  # predicate: rating of results, of behaviour, median score
    "Sangat Baik": ("DIATAS EKSPEKTASI", "DIATAS EKSPEKTASI", 105.0),
    "Baik": ("SESUAI EKSPEKTASI", "SESUAI EKSPEKTASI", 85.0),
    "Butuh Perbaikan": ("DIBAWAH EKSPEKTASI", "SESUAI EKSPEKTASI", 68.0),
    "Kurang": ("SESUAI EKSPEKTASI", "DIBAWAH EKSPEKTASI", 56.0),
    "Sangat Kurang": ("DIBAWAH EKSPEKTASI", "DIBAWAH EKSPEKTASI", 42.0),
}
_SPREAD: Final = 4.0  # of scores about the median of their predicate
_PENALTIES: Final = {  # severity: kind, days, share
    "R": ("Teguran tertulis", 180, 0.6),
    "S": ("Pemotongan tunjangan", 270, 0.25),
    "B": ("Penurunan jabatan setingkat lebih rendah", 365, 0.15),
}
_YEARS_OF_A_CERTIFICATE: Final = 5
_CERTIFICATES: Final = (
    "Sertifikat Pengadaan Barang dan Jasa",
    "Sertifikat Kompetensi Teknis",
    "Sertifikat Kompetensi Fungsional",
    "Sertifikat Kompetensi Manajerial",
)


def appraisal_table(
    nips: pa.Array,
    appointed: DateArray,
    date: np.datetime64,
    rng: np.random.Generator,
) -> pa.Table:
    """Return an appraisal of each of the last years that a person served in full."""
    last = int(str(date)[:4])
    shares = numbers("appraisal")
    predicates = list(_RESULTS)
    weights = np.cumsum([shares[name] for name in predicates])
    results = [result for result, _, _ in _RESULTS.values()]
    behaviour = [result for _, result, _ in _RESULTS.values()]
    medians = np.array([median for _, _, median in _RESULTS.values()])
    who, years = [], []
    for year in range(last - int(assumed("appraised_years")) + 1, last + 1):
        served = np.flatnonzero(appointed < np.datetime64(f"{year}-01-02"))
        who.append(served)
        years.append(np.full(served.size, year))
    people = np.concatenate(who)
    rating = np.searchsorted(weights, rng.random(people.size) * weights[-1], side="right")
    score = medians[rating] + _SPREAD * rng.standard_normal(people.size)
    return table_of(
        TABLES["appraisal"],
        {
            "nipBaru": _of(nips, people),
            "tahun": pa.array(np.concatenate(years)),
            "nilaiSkp": pa.array(np.clip(np.round(score, 2), 0.0, 120.0)),
            "hasilKerja": worded(rating, results),
            "perilakuKerja": worded(rating, behaviour),
            "kuadranKinerja": worded(rating, predicates),
        },
    )


def discipline_table(
    nips: pa.Array,
    appointed: DateArray,
    date: np.datetime64,
    rng: np.random.Generator,
) -> pa.Table:
    """Return penalties of the last five years."""
    people = np.flatnonzero(rng.random(len(nips)) < assumed("penalties"))
    began = _day_since(appointed[people], date, rng)
    kinds, lengths, shares = zip(*_PENALTIES.values(), strict=True)
    level = rng.choice(len(_PENALTIES), people.size, p=shares)
    length = np.array(lengths)[level]
    return table_of(
        TABLES["discipline"],
        {
            "nipBaru": _of(nips, people),
            "tingkatHukuman": worded(level, list(_PENALTIES)),
            "jenisHukumanNama": worded(level, kinds),
            "hukumanTanggal": days(began),
            "akhirHukumTanggal": days(began + length.astype("timedelta64[D]")),
        },
    )


def certificates_table(
    nips: pa.Array,
    appointed: DateArray,
    functional: BoolArray,
    date: np.datetime64,
    rng: np.random.Generator,
) -> pa.Table:
    """Return certificates of competence, held by functional staff more often."""
    share = np.where(functional, assumed("certified_functional"), assumed("certified_others"))
    people = np.flatnonzero(rng.random(len(nips)) < share)
    issued = _day_since(appointed[people], date, rng)
    until = issued + np.timedelta64(_YEARS_OF_A_CERTIFICATE * 365, "D")
    return table_of(
        TABLES["certificates"],
        {
            "nipBaru": _of(nips, people),
            "namaSertifikasi": worded(rng.integers(0, 4, people.size), _CERTIFICATES),
            "tanggalSertifikat": days(issued),
            "masaBerlakuMulai": days(issued),
            "masaBerlakuSelesai": days(until),
            "lembagaSertifikasi": worded(np.zeros(people.size, int), ("Lembaga Sintetis",)),
        },
    )


def _day_since(
    appointed: DateArray,
    date: np.datetime64,
    rng: np.random.Generator,
) -> DateArray:
    """Return a day of the last five years after appointment."""
    since = np.maximum(appointed, date - np.timedelta64(5 * 365, "D"))
    span = (date - since).astype(np.int64)
    found: DateArray = since + (rng.random(since.size) * span).astype("timedelta64[D]")
    return found


def _of(nips: pa.Array, people: IntArray) -> pa.Array:
    return nips.take(pa.array(people))
