"""Numbers that a regulation sets, with how far its text was checked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Regulation:
    """A number of law and what it rests on.

    Attributes
    ----------
    subject : str
        What is ruled, in Indonesian.
    value : float
    unit : str
        Unit of `value`, in Indonesian.
    basis : str
        The regulation.
    article : str or None
        None if it is not known.
    start : date
        First day it holds.
    end : date or None
        Last day; None if no successor is known.
    verification : {"V1", "V2", "C", "U"}
        "V1" its text was read, "V2" an official source that quotes it, "C" it was seen in
        software, "U" it was not checked.
    source : str
        What was read.
    address : str or None
        Link to that.
    """

    subject: str
    value: float
    unit: str
    basis: str
    article: str | None
    start: dt.date
    end: dt.date | None
    verification: str
    source: str
    address: str | None


def tidy_regulations(aturan: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers of law, one row for each and the time it holds.

    Returns
    -------
    DataFrame
        `kode` (what reports call it), `hal`, `nilai`, `satuan`, `dasar`, `pasal`,
        `berlaku_mulai`, `berlaku_sampai`, `verifikasi`, `sumber`, `alamat`; what is not known is
        missing.
    """
    return aturan.sort_values(["kode", "berlaku_mulai"], kind="stable").reset_index(drop=True)


def tidy_hour_conversion(konversi_jp: pd.DataFrame) -> pd.DataFrame:
    """Return what a kind of training counts in lesson hours (JP), one row a kind and place.

    Returns
    -------
    DataFrame
        The columns of the raw table: `jenis`, `tempat`, `kode_diklat`, `klasikal`, `cara`,
        `nilai`, `maksimum_hari`, `maksimum_bulan`, and what each row rests on.
    """
    return konversi_jp.sort_values(["jenis", "tempat"], kind="stable").reset_index(drop=True)


def tidy_index_weights(bobot_ip_asn: pd.DataFrame) -> pd.DataFrame:
    """Return what each indicator of the index of professionalism (IP ASN) counts.

    Returns
    -------
    DataFrame
        The columns of the raw table: `dimensi` (one of the four, or "kategori": the bands of the
        index), `jabatan`, `indikator`, `kunci`, `batas_bawah`, `kode_diklat`, `minimum_jp`,
        `nilai`, and what each row rests on.
    """
    return bobot_ip_asn.reset_index(drop=True)


def tidy_requirements(syarat_jabatan_fungsional: pd.DataFrame) -> pd.DataFrame:
    """Return what functional posts require of who holds them, one row a requirement.

    Returns
    -------
    DataFrame
        The columns of the raw table: `rumpun` ("*": all without rows of their own), `jenjang`,
        `syarat`, `kunci`, `minimum_jp`, `tahun`, and what each row rests on.
    """
    return syarat_jabatan_fungsional.reset_index(drop=True)


def regulation_at(table: pd.DataFrame, code: str, date: dt.date) -> Regulation | None:
    """Return the number of law that holds on a date, or None if no row does.

    Parameters
    ----------
    table : DataFrame
        As from `tidy_regulations`.
    code : str
        Its `kode`, such as "rasio_dokter_umum".
    date : date
        The day; of several rows that hold, the one that began last counts.
    """
    day = pd.Timestamp(date)
    holds = (table["berlaku_mulai"] <= day) & ~(table["berlaku_sampai"] < day)
    rows = table[(table["kode"] == code) & holds]
    if rows.empty:
        return None
    row = rows.iloc[int(rows["berlaku_mulai"].argmax())]
    return Regulation(
        subject=row["hal"],
        value=float(row["nilai"]),
        unit=row["satuan"],
        basis=row["dasar"],
        article=_known(row["pasal"]),
        start=row["berlaku_mulai"].date(),
        end=None if pd.isna(row["berlaku_sampai"]) else row["berlaku_sampai"].date(),
        verification=row["verifikasi"],
        source=row["sumber"],
        address=_known(row["alamat"]),
    )


def _known(text: Any) -> str | None:
    return None if pd.isna(text) else str(text)
