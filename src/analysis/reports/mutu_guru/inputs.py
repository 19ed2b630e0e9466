"""Teachers, those they teach, and their quality by province, as report 05 takes them."""

from itertools import product
from typing import get_args

import pandas as pd

from analysis import datasets, staffing
from analysis.inequality import (
    ConcentrationCurve,
    ConcentrationInterval,
    concentration_curve,
    concentration_interval,
)
from analysis.inequality.curves.concentration import Kind
from analysis.language import Language
from analysis.reports.mutu_guru.parameters import MutuGuru, Need
from analysis.staffing import NumberQualityEffects
from analysis.staffing.number_quality import Index, Rule

PER: dict[Need, int] = {"siswa": 100, "rombel": 1}
"""Pupils or classes that ratios are printed for."""


def provinces(p: MutuGuru, language: Language) -> pd.DataFrame:
    """Return what is known of every province.

    Returns
    -------
    DataFrame
        One row per province: `kode_kemendagri`, `nama`, `pulau`; the counts of
        `datasets.teachers_at`; `dilayani` (pupils or classes, as chosen); `per_siswa` (teachers per
        100 pupils), `per_rombel` (per class) and `rasio`, the one of both that is chosen; `mutu`
        (share with a degree); `hasil` (teachers with a degree, as `rasio`); `jumlah_relatif`,
        `mutu_relatif` and `hasil_relatif` (1 = as in all provinces together); `bidang` (one of
        `staffing.FIELDS`).

    Raises
    ------
    DataError
        If there is no table for the date, or none that reaches the basis.
    """
    regions = datasets.load_regions()
    counts = datasets.teachers_at(
        datasets.read_processed("guru_sd_provinsi"), p.date, regions, p.basis
    )
    frame = with_quality(counts, p.need).assign(
        nama=regions.names(p.basis, merged=language.text("{{}} (gabungan)")),
        pulau=regions.islands(p.basis),
    )
    return frame.reset_index(names="kode_kemendagri")


def with_quality(counts: pd.DataFrame, need: Need) -> pd.DataFrame:
    """Return the counts of units with the columns of `provinces` that follow from them."""
    found = staffing.number_and_quality(counts["guru"], counts["guru_s1"], counts[need])
    return _with_ratios(counts, need).assign(
        jumlah_relatif=found["relative_number"],
        mutu_relatif=found["relative_quality"],
        hasil_relatif=found["relative_product"],
        bidang=found["field"],
    )


def beside(p: MutuGuru) -> pd.DataFrame:
    """Return the places of the same table that are no province: `nama`, and columns as above."""
    table = datasets.read_processed("guru_sd_provinsi")
    return _with_ratios(datasets.teachers_beside(table, p.date), p.need).reset_index(names="nama")


def together(frame: pd.DataFrame, need: Need) -> pd.Series:
    """Return the counts of all rows of a frame, and their ratios."""
    return _with_ratios(frame[datasets.teachers.COUNTS].sum().to_frame().T, need).iloc[0]


def effects(frame: pd.DataFrame) -> list[NumberQualityEffects]:
    """Return number and quality effect by every index and rule; the first is the one told."""
    return [
        staffing.number_quality_effects(
            frame["guru"], frame["guru_s1"], frame["dilayani"], index=index, rule=rule
        )
        for rule, index in product(get_args(Rule), get_args(Index))
    ]


def concentrations(frame: pd.DataFrame) -> dict[str, ConcentrationInterval]:
    """Return how far quality follows number, by every index that is defined.

    Returns
    -------
    dict
        Concentration of teachers over provinces ranked by ratio, weighted by teachers: "qualified",
        and where somebody has no degree "below", "wagstaff" and "erreygers".
    """

    def interval(share: pd.Series, kind: Kind) -> ConcentrationInterval:
        return concentration_interval(
            share,
            frame["rasio"],
            frame["guru"],
            randomness="superpopulation",
            kind=kind,
            bounds=(0.0, 1.0) if kind in ("wagstaff", "erreygers") else None,
        )

    quality = frame["mutu"]
    found = {"qualified": interval(quality, "standard")}
    if (quality < 1).any():
        found["below"] = interval(1 - quality, "standard")
        found["wagstaff"] = interval(quality, "wagstaff")
        found["erreygers"] = interval(quality, "erreygers")
    return found


def concentration_curves(frame: pd.DataFrame) -> dict[str, ConcentrationCurve]:
    """Return the curves of teachers "qualified" and, where there are any, "below"."""
    quality, by, weights = frame["mutu"], frame["rasio"], frame["guru"]
    curves = {"below": 1 - quality, "qualified": quality}
    return {
        name: concentration_curve(share, by, weights)
        for name, share in curves.items()
        if share.any()
    }


def _with_ratios(counts: pd.DataFrame, need: Need) -> pd.DataFrame:
    counts = counts.astype("int64")
    ratios = {of: PER[of] * counts["guru"] / counts[of] for of in PER}
    return counts.assign(
        dilayani=counts[need],
        per_siswa=ratios["siswa"],
        per_rombel=ratios["rombel"],
        rasio=ratios[need],
        mutu=counts["guru_s1"] / counts["guru"],
        hasil=PER[need] * counts["guru_s1"] / counts[need],
    )
