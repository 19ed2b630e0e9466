"""Records of an agency of five people, two of whom the reform moves into functional posts."""

import datetime as dt
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from analysis.individuals.aggregation import Records

DAY = dt.date(2024, 12, 31)
UNITS = [
    ("K", None, None, "Pemerintah Kabupaten A", "instansi"),
    ("D", "K", "22", "Dinas Sosial", "perangkat"),
    ("B", "D", "32", "Bidang Data Statistik", "bagian"),
    ("S", "B", "41", "Seksi Data Statistik", "bagian"),
    ("T", "B", "41", "Seksi Statistik", "bagian"),
]
UNIT_COLUMNS = ["Id", "DiatasanId", "EselonId", "NamaUnor", "JenisUnorId"]
POSTS = [
    ("D", "Kepala Dinas Sosial", "1", None, 1, 1, "61.01"),
    ("B", "Kepala Bidang Data Statistik", "1", None, 1, 1, "61.01"),
    ("S", "Kepala Seksi Data Statistik", "1", None, 1, 1, "61.01"),
    ("T", "Kepala Seksi Statistik", "1", None, 1, 1, "61.01"),
    ("D", "Statistisi Ahli Muda", "2", "Ahli Muda", 0, 2, "61.02"),
    ("D", "Pengadministrasi", "4", None, 1, 1, "61.01"),
]
POST_COLUMNS = ["unorId", "jabatan", "jenisJabatanId", "jenjang", "bezetting", "kebutuhan"]


def tables(**people: Any) -> dict[str, pd.DataFrame]:
    units = pd.DataFrame(UNITS, columns=UNIT_COLUMNS)
    posts = pd.DataFrame(POSTS, columns=[*POST_COLUMNS, "kabkota"])
    posts = posts.assign(kelas=7, provinsi="61")
    held = posts[posts["bezetting"] > 0].rename(columns={"jabatan": "jabatanNama"})
    persons = held[["unorId", "jabatanNama", "provinsi", "kabkota"]].assign(
        tkPendidikanTerakhir=["45", "45", "40", "30", "15"],
        tglLahir="1970-01-01",
        golRuangAkhir="III/d",
        tmtCpns="2000-02-01",
        nipBaru="rahasia",
    )
    return {
        "units": units,
        "posts": posts,
        "people": persons.assign(**people),
    }


def records(found: dict[str, pd.DataFrame] | None = None) -> Records:
    found = tables() if found is None else found
    return Records(
        {n: ibis.memtable(pa.Table.from_pandas(t, preserve_index=False)) for n, t in found.items()},
        DAY,
    )
