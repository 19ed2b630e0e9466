"""Small people, trainings and rules, as expressions of Ibis."""

import datetime as dt
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from analysis.competence.hours import HourRules
from analysis.datasets.reading import read_table

CONVERSION = read_table("konversi_jp")
REGULATIONS = read_table("aturan")
RULES = HourRules.of(CONVERSION, REGULATIONS, dt.date(2024, 12, 31))

PEOPLE = pa.schema(
    {
        "nipBaru": pa.string(),
        "statusPegawai": pa.string(),
        "unit": pa.string(),
        "tmtCpns": pa.date32(),
        "tmtPensiun": pa.date32(),
    }
)
TRAINING = pa.schema(
    {
        "nipBaru": pa.string(),
        "jenisDiklatId": pa.string(),
        "jumlahJam": pa.float64(),
        "tahun": pa.int64(),
        "tanggal": pa.date32(),
        "tanggalSelesai": pa.date32(),
    }
)
OTHERS = pa.schema(
    {
        "nipBaru": pa.string(),
        "jenis": pa.string(),
        "jumlahJam": pa.float64(),
        "tahun": pa.int64(),
        "tempat": pa.string(),
        "bulan": pa.int64(),
        "hari": pa.float64(),
        "jumlah": pa.float64(),
    }
)


def rows(schema: pa.Schema, *given: dict[str, Any]) -> ir.Table:
    return ibis.memtable(pa.Table.from_pylist(list(given), schema=schema))


def person(key: str, status: str = "PNS", **more: Any) -> dict[str, Any]:
    return {"nipBaru": key, "statusPegawai": status, "unit": "u", **more}


def training(
    key: str, jp: float | None, kind: str = "3", year: int = 2024, **more: Any
) -> dict[str, Any]:
    return {"nipBaru": key, "jenisDiklatId": kind, "jumlahJam": jp, "tahun": year, **more}


def other(
    key: str, kind: str, jp: float | None = None, year: int = 2024, **more: Any
) -> dict[str, Any]:
    return {"nipBaru": key, "jenis": kind, "jumlahJam": jp, "tahun": year, **more}
