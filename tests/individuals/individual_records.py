"""Sound records that tests break in one place: people who do not exist."""

import datetime as dt

import ibis
import pyarrow as pa

from analysis.individuals.schema import TABLES

DAY = dt.date(2026, 6, 30)
TYPES = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int32(),
    "number": pa.float64(),
    "flag": pa.bool_(),
}

PNS = {
    "nipBaru": "198503052010019001",
    "jenisKelamin": "M",
    "tglLahir": dt.date(1985, 3, 5),
    "statusPegawai": "PNS",
    "jenisPegawaiId": "15",
    "kedudukanPnsId": "1",
    "tkPendidikanTerakhir": "40",
    "golRuangAkhir": "III/c",
    "tmtCpns": dt.date(2010, 1, 1),
    "tmtPensiun": dt.date(2043, 4, 1),
    "bupPensiun": 58,
    "instansiIndukId": "A",
    "instansiKerjaId": "A",
    "unorId": "U1",
    "jenisJabatanId": "2",
    "jabatanStrukturalId": None,
    "jabatanFungsionalId": "J1",
    "jabatanFungsionalUmumId": None,
    "eselonId": "99",
    "eselonLevel": None,
    "tmtJabatan": dt.date(2019, 4, 1),
    "provinsi": "32",
    "kabkota": "32.04",
}
PPPK = PNS | {
    "nipBaru": "199205052024219002",
    "jenisKelamin": "F",
    "tglLahir": dt.date(1992, 5, 5),
    "statusPegawai": "PPPK",
    "golRuangAkhir": "IX",
    "tmtCpns": dt.date(2024, 3, 1),
    "tmtPensiun": dt.date(2050, 6, 1),
    "tmtJabatan": dt.date(2024, 3, 1),
}
UNITS = [
    ("U0", None, "Pemerintah Kabupaten Contoh"),
    ("U1", "U0", "Dinas Pendidikan"),
    ("U2", "U1", "SD Negeri 5 Melati"),
    ("U3", "U0", "Badan Keuangan Daerah"),
]


def as_arrow(name, rows):
    """Return rows as a table with the types of the schema."""
    schema = TABLES[name]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return pa.table(
        {
            column: pa.array(
                [row.get(column) for row in rows],
                TYPES[schema[column].type] if column in schema.names else None,
            )
            for column in columns
        }
    )


def as_table(name, rows):
    return ibis.memtable(as_arrow(name, rows))


def units(rows=UNITS, **columns):
    found = [dict(zip(("Id", "DiatasanId", "NamaUnor"), row, strict=True)) for row in rows]
    for column, values in columns.items():
        for row, value in zip(found, values, strict=True):
            row[column] = value
    return as_table("units", found)
