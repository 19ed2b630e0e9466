"""What report 13 can say of the index of professionalism (IP ASN)."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.competence.ip_asn import DIMENSIONS, IndexRules
from analysis.datasets import read_processed
from analysis.reports.gated import ALL, at
from analysis.reports.gated_findings import Lacking, tables_of
from analysis.reports.kompetensi.inputs import Case

UNKNOWN = "tidak diketahui"
_INDEX: Final = "indeks"
_SHOWN: Final = 15  # agencies in the figure


@dataclass(frozen=True)
class Mean:
    """The mean of a dimension; None where it is not known or too few are behind it."""

    name: str
    mean: float | None
    most: float


@dataclass(frozen=True)
class Index:
    """How professional the service is by the index."""

    year: int
    synthetic: bool
    people: int | None
    unknown: int | None  # people whose index cannot be said
    lowest: int | None  # people in the lowest band; None where nobody's index is known
    band: str  # name of it
    mean: float | None
    dimensions: tuple[Mean, ...]
    lacking: tuple[str, ...]  # dimensions that records have no table of
    agencies: int
    shown: int
    hidden: int  # agencies with a hidden number
    agency: str  # with the largest share in the lowest band; empty if there is none
    share: float


@dataclass(frozen=True)
class Weights:
    """What the weights of the index rest on."""

    synthetic: bool
    unverified: int  # rows that no text or official source confirms
    rows: int


INDEX_FINDINGS: dict[str, type] = {"index": Index, "weights": Weights}


def index(of: Case) -> Index | Lacking:
    """Return how the index is distributed, or that the run does not have it."""
    found = tables_of(of.run, "ip_jabatan", "ip_instansi", "ip_ukuran")
    if isinstance(found, Lacking):
        return found
    frame, means = found["ip_jabatan"], found["ip_ukuran"]
    whole = means[means["instansi"] == ALL].set_index("ukuran")["rata_rata"]
    band = IndexRules.of(read_processed("bobot_ip_asn")).bands[-1][1]
    table = agencies(of)
    known = table[~table["hidden"]]
    lowest = known[band] if band in known else pd.Series(dtype=float)
    people, unknown = at(frame, "pegawai"), at(frame, "pegawai", kategori=UNKNOWN)
    return Index(
        year=of.year,
        synthetic=of.synthetic,
        people=people,
        unknown=unknown,
        lowest=None if people == unknown else at(frame, "pegawai", kategori=band),
        band=band,
        mean=_known(whole[_INDEX]),
        dimensions=tuple(Mean(d, _known(whole[d]), most) for d, most in DIMENSIONS.items()),
        lacking=tuple(d for d in DIMENSIONS if f"ip_{d}" in of.run.lacking),
        agencies=len(table),
        shown=min(len(known), _SHOWN),
        hidden=int(table["hidden"].sum()),
        agency=str(known.index[0]) if len(lowest) else "",
        share=float(lowest.iloc[0]) if len(lowest) else 0.0,
    )


def agencies(of: Case) -> pd.DataFrame:
    """Return shares of the bands of people whose index is known, most in the lowest band first.

    Returns
    -------
    DataFrame
        By agency: the bands from the lowest, and `hidden`, whether a number of it is hidden; shares
        are then missing.
    """
    frame = of.run.of("ip_instansi").frame
    rows = frame[~frame["kategori"].isin([ALL, UNKNOWN]) & (frame["instansi"] != ALL)]
    wide = rows.pivot(index="instansi", columns="kategori", values="pegawai").astype(float)
    there = rows.groupby(["instansi", "kategori"]).size().unstack().notna()
    hidden = (there & wide.isna()).any(axis=1)
    names = [name for _, name in IndexRules.of(read_processed("bobot_ip_asn")).bands[::-1]]
    bands = [name for name in names if name in wide]
    bands += [str(name) for name in wide if name not in bands]
    numbers = wide[bands].fillna(0.0)
    table = numbers.div(numbers.sum(axis=1), axis=0).mask(hidden).assign(hidden=hidden)
    first = table[bands[0]] if bands else pd.Series(dtype=float)
    return table.assign(first=first).sort_values("first", ascending=False, kind="stable")


def weights(of: Case) -> tuple[Weights, pd.DataFrame]:
    """Return what the weights rest on, and one row a dimension and source of it.

    Returns
    -------
    Weights
    DataFrame
        `dimensi`, `most` (what it can count; missing for the bands), `dasar`, `pasal`,
        `verifikasi` and `rows`.
    """
    table = read_processed("bobot_ip_asn")
    keys = ["dimensi", "dasar", "pasal", "verifikasi"]
    groups = table.groupby(keys, sort=False, dropna=False).size().rename("rows").reset_index()
    groups.insert(1, "most", groups["dimensi"].map(DIMENSIONS))
    unverified = table["verifikasi"].isin(["C", "U"])
    return Weights(of.synthetic, int(unverified.sum()), len(table)), groups


def _known(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type, call-overload]
