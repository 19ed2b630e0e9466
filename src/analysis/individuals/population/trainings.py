"""Training records (*rw_diklat*, *rw_kursus*): who was trained, in what, for how long.

Fewer are trained far from a training centre, and more the higher their golongan; some records
state no hours. People are trained only between their first appointment and the population's date.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa

from analysis.arrays import DateArray, FloatArray, IntArray
from analysis.individuals.population.agencies import Places
from analysis.individuals.population.assumptions import assumed
from analysis.individuals.population.columns import days, table_of, worded
from analysis.individuals.population.kinds import ALL_GOLONGAN
from analysis.individuals.schema import TABLES

# Kind (code of jenis_diklat): share, median of JP, spread of its logarithm, JP of a day.
_KINDS: Final = {
    "1": (0.0, 120.0, 0.5, 9.0),
    "2": (0.06, 80.0, 0.5, 8.0),
    "3": (0.20, 24.0, 0.6, 8.0),
    "4": (0.13, 12.0, 0.5, 8.0),
    "5": (0.03, 40.0, 0.5, 8.0),
    "6": (0.03, 24.0, 0.5, 8.0),
    "7": (0.14, 5.0, 0.4, 8.0),
    "8": (0.22, 12.0, 0.5, 8.0),
    "9": (0.17, 5.0, 0.4, 8.0),
    "10": (0.01, 60.0, 0.6, 8.0),
}
_LEADERSHIP: Final = ("5", "4", "3", "2", "2")  # code of latihan_struktural by echelon I to V
_TOPICS: Final = (
    "Pelayanan Publik",
    "Manajemen Kinerja",
    "Pengelolaan Keuangan",
    "Pengadaan Barang dan Jasa",
    "Literasi Digital",
    "Penyusunan Kebijakan",
    "Kurikulum dan Penilaian",
    "Keselamatan Pasien",
    "Kearsipan",
    "Etika dan Integritas",
)
_FAR: Final = 300.0  # kilometres: beyond, nobody is trained less for it
_KM_PER_DEGREE: Final = 111.2
_BATCH: Final = 100_000  # people at a time


def centres_table(places: Places, provinces: tuple[str, ...]) -> pa.Table:
    """Return a training centre at the capital of each province."""
    where = np.array([places.capitals[code] for code in provinces])
    return table_of(
        TABLES["centres"],
        {
            "id": pa.array([f"P{code}" for code in provinces]),
            "nama": pa.array(
                [f"Pusat Pelatihan Sintetis {places.provinces[code]}" for code in provinces]
            ),
            "lintang": pa.array(places.latitude[where]),
            "bujur": pa.array(places.longitude[where]),
            "kapasitas": pa.array(np.full(where.size, 2000)),
            "provinsi": pa.array(list(provinces)),
            "kabkota": pa.array([places.codes[i] for i in where.tolist()]),
        },
    )


def training_tables(
    places: Places,
    province: str,
    date: np.datetime64,
    nips: pa.Array,
    appointed: DateArray,
    golongan: IntArray,
    place: IntArray,
    echelon: IntArray,
    kinds: dict[str, str],
    rng: np.random.Generator,
) -> Iterator[pa.Table]:
    """Yield the training records of a province, some people at a time.

    Parameters
    ----------
    places : Places
    province : str
        Kemendagri code.
    date : datetime64
        Nobody is trained later.
    nips, appointed, golongan, place
        Of the people.
    echelon : ndarray of int
        Level of the unit that each heads, 1 to 5; 0 for who heads none. Only heads are trained to
        lead, for the echelon they have.
    kinds : dict of str to str
        Code and name of the kinds of training.
    rng : Generator
    """
    years = assumed("years")
    step = np.array([0.75 + 0.5 * i / 16 if i < 17 else 0.8 for i in range(len(ALL_GOLONGAN))])
    rate = assumed("per_year") * step[golongan] * _nearness(places, province)[place]
    for start in range(0, len(nips), _BATCH):
        part = slice(start, start + _BATCH)
        since = np.maximum(appointed[part], date - np.timedelta64(int(years * 365.25), "D"))
        span = (date - since).astype(np.int64)
        number = rng.poisson(rate[part] * span / 365.25)
        who = np.repeat(np.arange(number.size), number)
        began = since[who] + (rng.random(who.size) * span[who]).astype("timedelta64[D]")
        yield _records(province, nips[part], who, began, date, echelon[part][who], kinds, rng)


def _nearness(places: Places, province: str) -> FloatArray:
    """Return the share of trainings that people of each place get, by distance to the centre."""
    centre = places.capitals[province]
    north = places.latitude - places.latitude[centre]
    east = (places.longitude - places.longitude[centre]) * np.cos(
        np.radians(places.latitude[centre])
    )
    away = np.minimum(np.hypot(north, east) * _KM_PER_DEGREE / _FAR, 1.0)
    return np.asarray(1 - assumed("distance") * away)


def _records(
    province: str,
    nips: pa.Array,
    who: IntArray,
    began: DateArray,
    date: np.datetime64,
    echelon: IntArray,
    kinds: dict[str, str],
    rng: np.random.Generator,
) -> pa.Table:
    size = who.size
    codes = list(_KINDS)
    share, median, spread, per_day = np.array([_KINDS[code] for code in codes]).T
    kind = np.searchsorted(np.cumsum(share), rng.random(size) * share.sum(), side="right")
    leads = (echelon > 0) & (rng.random(size) < assumed("leadership"))
    kind[leads] = codes.index("1")
    hours = np.maximum(
        1.0, np.rint(median[kind] * np.exp(spread[kind] * rng.standard_normal(size)))
    )
    length = np.ceil(hours / per_day[kind]).astype(np.int64) - 1
    ended = np.minimum(began + length.astype("timedelta64[D]"), date)
    topic = rng.integers(0, len(_TOPICS), size)
    names = [f"{kinds[code]} {word}" for code in codes for word in _TOPICS]
    organiser = (rng.random(size) < 0.3).astype(np.int64)
    return table_of(
        TABLES["training"],
        {
            "nipBaru": nips.take(pa.array(who)),
            "nama": worded(kind * len(_TOPICS) + topic, names),
            "jenisDiklatId": worded(kind, codes),
            "latihanStrukturalId": worded(np.where(leads, echelon - 1, -1), _LEADERSHIP),
            "jumlahJam": pa.array(hours, mask=rng.random(size) < assumed("without_hours")),
            "tahun": pa.array(began.astype("datetime64[Y]").astype(np.int64) + 1970),
            "tanggal": days(began),
            "tanggalSelesai": days(ended),
            "institusiPenyelenggara": worded(
                organiser, ("Pusat Pelatihan Sintetis", "Instansi Sendiri")
            ),
            "provinsi": worded(np.zeros(size, dtype=np.int64), (province,)),
        },
    )
