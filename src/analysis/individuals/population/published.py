"""The published figures that the population is raked to, as shares and dated totals."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import FloatArray
from analysis.datasets import read_processed
from analysis.errors import DataError
from analysis.individuals.population.kinds import (
    CLASSES,
    EDUCATION,
    EDUCATION_GROUPS,
    FUNCTIONAL,
    GOLONGAN,
    GOLONGAN_PPPK,
    STATUSES,
)

_GROUP_NAMES = {
    "JPT": "JPT (eselon I dan II)",
    "administrator": "Eselon III",
    "pengawas": "Eselon IV",
    "eselon V": "Eselon V",
}
_FIRST_FUNCTIONAL_PPPK = "VII"


@dataclass(frozen=True, eq=False)
class Published:
    """What is known of the ASN of the country.

    Attributes
    ----------
    date : date
        Of the totals; all else enters as shares of other dates.
    totals : dict
        People of each status.
    staff : Series
        PNS by province, at the last date that has all provinces.
    men : Series
        Share of men among PNS by province; a province that was split off has its parent's.
    central : Series
        Share of PNS in central agencies, of the provinces for which it is published.
    central_share : float
        The same of the country.
    provincial_share : float
        PNS of provinces among PNS of provinces and kabupaten/kota.
    classes : dict
        Share of PNS in each class of `CLASSES["PNS"]`.
    central_classes : dict
        Share of each class of structural posts that is in central agencies.
    mix : dict
        Of the one kabupaten: dimension -> frame by category with `laki_laki`, `perempuan`.
    education : ndarray, shape (3,)
        Shares of the groups of education among PNS.
    """

    date: dt.date
    totals: dict[str, int]
    staff: "pd.Series[int]"
    men: "pd.Series[float]"
    central: "pd.Series[float]"
    central_share: float
    provincial_share: float
    classes: dict[str, float]
    central_classes: dict[str, float]
    mix: dict[str, pd.DataFrame]
    education: FloatArray

    @property
    def people(self) -> int:
        """ASN of the country."""
        return sum(self.totals.values())

    def by_sex(self, dimension: str, categories: "list[str]") -> FloatArray:
        """Return people of the kabupaten by sex and category, shape (2, categories)."""
        frame = self.mix[dimension].loc[categories, ["laki_laki", "perempuan"]]
        return frame.to_numpy(dtype=np.float64).T

    @property
    def education_by_sex(self) -> FloatArray:
        """People of the kabupaten by sex and education, shape (2, 14)."""
        return self.by_sex("pendidikan", [name for name, _ in EDUCATION.values()])

    @property
    def echelons_by_sex(self) -> FloatArray:
        """People of the kabupaten by sex and echelon II.a to V.a, shape (2, 7)."""
        names = ["II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b", "V.a"]
        return self.by_sex("eselon", names)

    @property
    def functional_by_sex(self) -> FloatArray:
        """Functional people of the kabupaten by sex and kind, shape (2, 3)."""
        return self.by_sex(
            "jenis jabatan fungsional", [f"Fungsional {kind.title()}" for kind in FUNCTIONAL]
        )

    def golongan_by_sex(self, status: str) -> FloatArray:
        """Return people of the kabupaten by sex and golongan, shape (2, 17)."""
        names = list(GOLONGAN if status == "PNS" else GOLONGAN_PPPK)
        return self.by_sex(f"golongan {status}", names)

    @property
    def pppk_women(self) -> float:
        """Share of women among PPPK of the kabupaten."""
        men, women = self.golongan_by_sex("PPPK").sum(axis=1)
        return float(women / (men + women))

    @property
    def pppk_functional(self) -> float:
        """Share of functional posts among PPPK of the kabupaten, told by golongan."""
        people = self.golongan_by_sex("PPPK").sum(axis=0)
        first = list(GOLONGAN_PPPK).index(_FIRST_FUNCTIONAL_PPPK)
        return float(people[first:].sum() / people.sum())


def read_published() -> Published:
    """Return the figures from the processed tables.

    Raises
    ------
    DataError
        If a table has not been built, or lacks a figure that is needed.
    """
    asn = read_processed("asn_nasional")
    totals = asn[asn["lingkup"] == "total"].pivot(
        index="tanggal", columns="status", values="jumlah"
    )
    dated = totals.dropna()
    if dated.empty:
        raise DataError("asn_nasional has no date with totals of both PNS and PPPK. Add one.")
    date = dated.index.max()
    provinces = read_processed("pns_provinsi")
    full = provinces[provinces["wilayah"].astype(str) == "38"]
    sexed = provinces.dropna(subset=["laki_laki", "perempuan"])
    return Published(
        date=date.date(),
        totals={status: int(dated.loc[date, status]) for status in STATUSES},
        staff=_latest(full).set_index("kode_kemendagri")["total"].astype(int).sort_index(),
        men=_men(_latest(sexed), list(full["kode_kemendagri"].unique())),
        central=_central(),
        central_share=_share(asn, "pusat", ["pusat", "daerah"]),
        provincial_share=_share(asn, "provinsi", ["provinsi", "kabupaten/kota"]),
        classes=_classes(asn),
        central_classes=_central_classes(),
        mix={
            str(name): frame.set_index("kategori")
            for name, frame in read_processed("asn_kabupaten").groupby("dimensi")
        },
        education=_education(),
    )


def _latest(frame: pd.DataFrame) -> pd.DataFrame:
    found: pd.DataFrame = frame[frame["tanggal"] == frame["tanggal"].max()]
    return found


def _men(sexed: pd.DataFrame, codes: list[str]) -> "pd.Series[float]":
    known = sexed.set_index("kode_kemendagri")
    share = (known["laki_laki"] / known["total"]).astype(float)
    parents = read_processed("pemekaran").set_index("kode_baru")["kode_induk"]
    found = {}
    for code in codes:
        origin = code
        while origin not in share.index and origin in parents.index:
            origin = parents[origin]
        if origin not in share.index:
            raise DataError(
                f"pns_provinsi has no men and women of province {code}, nor has its parent."
            )
        found[code] = float(share[origin])
    return pd.Series(found).sort_index()


def _central() -> "pd.Series[float]":
    table = _latest(read_processed("asn_pusat_daerah")).set_index("kode_kemendagri")
    return (table["pusat"] / table["total"]).astype(float)


def _share(asn: pd.DataFrame, part: str, parts: list[str]) -> float:
    """Return the share of a part among parts of PNS at the last date that has them all."""
    rows = asn[(asn["status"] == "PNS") & asn["lingkup"].isin(parts)]
    table = rows.pivot(index="tanggal", columns="lingkup", values="jumlah").dropna()
    last = table.loc[table.index.max()]
    return float(last[part] / last.sum())


def _classes(asn: pd.DataFrame) -> dict[str, float]:
    """Return the share of each class: kinds of 2023, and within structural posts those of 2021."""
    posts = read_processed("jabatan")
    posts = posts[posts["lingkup"] == "Nasional"]
    kinds = _latest(posts[posts["kelompok"] == "pelaksana"])
    date = kinds["tanggal"].max()
    same = posts[posts["tanggal"] == date].set_index("jabatan")["jumlah"]
    pns = asn[(asn["status"] == "PNS") & (asn["lingkup"] == "total") & (asn["tanggal"] == date)]
    total = float(pns["jumlah"].item())
    functional, executive = float(same["Fungsional"]) / total, float(same["Pelaksana"]) / total
    structural = posts[posts["jabatan"].isin(_GROUP_NAMES.values())]
    complete = structural.groupby("tanggal")["jabatan"].nunique() == len(_GROUP_NAMES)
    last = structural[structural["tanggal"] == complete[complete].index.max()]
    counts = last.set_index("jabatan")["jumlah"].astype(float)
    rest = (1.0 - functional - executive) / float(counts.sum())
    found = {name: float(counts[word]) * rest for name, word in _GROUP_NAMES.items()}
    found |= {"fungsional": functional, "pelaksana": executive}
    return {name: found[name] for name in CLASSES["PNS"]}


def _central_classes() -> dict[str, float]:
    posts = read_processed("jabatan")
    after = posts[(posts["lingkup"] == "Instansi pusat") & (posts["keadaan"] == "sesudah")]
    central = after.set_index("jabatan")["jumlah"].astype(float)
    national = posts[(posts["lingkup"] == "Nasional") & posts["jabatan"].isin(central.index)]
    country = _latest(national).set_index("jabatan")["jumlah"].astype(float)
    shares = central / country
    return {n: float(shares[w]) for n, w in _GROUP_NAMES.items() if w in shares.index}


def _education() -> FloatArray:
    counts = read_processed("pns_pendidikan").set_index("kelompok")["jumlah"]
    found: FloatArray = counts.loc[list(EDUCATION_GROUPS)].to_numpy(dtype=np.float64)
    found /= found.sum()
    return found
