"""What report 11 works on: reports on agencies, and counts of posts before and after."""

import datetime as dt

import pandas as pd

from analysis import datasets
from analysis.datasets.posts import ARU, CENTRAL, NATIONAL, SELUMA
from analysis.datasets.progress_files import read_progress
from analysis.datasets.reform import APPROVED, PROPOSED
from analysis.errors import ParameterError
from analysis.messages import some
from analysis.reports.kemajuan_penyederhanaan.parameters import KemajuanPenyederhanaan
from analysis.reports.parameters import found_path
from analysis.restructuring import Rules, affected_levels, completion_intervals, with_bounds

_LEVELS = {"Eselon III": 3, "Eselon IV": 4, "Eselon V": 5}
_MIXED = "Struktural (eselon I–V)"
_KIND = {CENTRAL: "pusat", ARU: "kabkota", SELUMA: "kabkota"}
_STAGES = {PROPOSED: "Usulan struktur diterima", APPROVED: "Penyetaraan disetujui"}
_NAMES = {"kode_kemendagri": "code", "nama": "agency", "tahap": "stage", "tanggal": "date"}


def reports(p: KemajuanPenyederhanaan) -> pd.DataFrame:
    """Return the reports on agencies: the file's, or those on the provinces in December 2021."""
    if p.file is not None and p.mapping is not None:
        return read_progress(found_path(p.file, "file"), found_path(p.mapping, "mapping"))
    table = datasets.read_processed("penyederhanaan_provinsi")
    named = table.assign(tahap=table["tahap"].map(_STAGES))
    return named.rename(columns={**_NAMES, "tercapai": "reached"})


def intervals(table: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Return between which days each agency completed each stage.

    Raises
    ------
    ParameterError
        If the reports have no such stage.
    """
    found = completion_intervals(table)
    stages = found["stage"].unique().tolist()
    if stage not in stages:
        raise ParameterError(
            f"Parameter 'stage' = {stage!r}: the reports tell of {some(map(repr, stages))}. Choose "
            "one of them."
        )
    return found


def counted(rules_table: pd.DataFrame) -> pd.DataFrame:
    """Return posts before and after in real counts, with what the rules of the day allow.

    Parameters
    ----------
    rules_table : DataFrame
        The table `aturan_penyederhanaan`.

    Returns
    -------
    DataFrame
        `place`, `since` (missing where the source gives no date), `until`, `agencies` (what the
        count covers; missing where it is one agency), `post`, and the columns of `with_bounds`.
    """
    posts = datasets.read_processed("jabatan")
    parts = [
        _central(datasets.read_processed("jabatan_pusat_bertahap")),
        _two_dates(posts, ARU, ["Eselon III", "Eselon IV"]),
        _two_dates(posts, SELUMA, [_MIXED]),
        _two_dates(posts, NATIONAL, list(_LEVELS)),
    ]
    together = pd.concat(parts, ignore_index=True)
    affected = [
        _affected(rules_table, place, post, until.date())
        for place, post, until in zip(
            together["place"], together["post"], together["until"], strict=True
        )
    ]
    return with_bounds(together, pd.Series(affected, index=together.index))


def _affected(table: pd.DataFrame, place: str, post: str, day: dt.date) -> bool:
    """Return whether the rules of a day dissolve units headed by such a post there."""
    rules = Rules.from_frame(table, datasets.read_processed("batas_usia_pensiun"), day)
    kinds = [_KIND[place]] if place in _KIND else ["pusat", "provinsi", "kabkota"]
    levels = frozenset().union(*(affected_levels(rules, kind) for kind in kinds))
    return bool(levels) if post == _MIXED else _LEVELS[post] in levels


def _central(statements: pd.DataFrame) -> pd.DataFrame:
    named = {"jabatan": "post", "sebelum": "before", "sesudah": "after", "tanggal": "until"}
    found = statements.rename(columns={**named, "cakupan": "agencies"})
    found["place"], found["since"] = CENTRAL, pd.NaT
    return found[_COLUMNS].astype(_TYPES)


def _two_dates(posts: pd.DataFrame, place: str, kinds: list[str]) -> pd.DataFrame:
    """Return the first and the last count of each kind in a place."""
    rows = posts[(posts["lingkup"] == place) & posts["jabatan"].isin(kinds)].dropna(
        subset=["jumlah"]
    )
    if place == NATIONAL:
        rows = rows[rows["tanggal"].dt.year.between(2020, 2021)]
    by_kind = rows.sort_values("tanggal", kind="stable").groupby("jabatan")[["tanggal", "jumlah"]]
    first, last = by_kind.first(), by_kind.last()
    found = pd.DataFrame(
        {
            "place": place,
            "since": first["tanggal"],
            "until": last["tanggal"],
            "agencies": None,
            "post": first.index,
            "before": first["jumlah"],
            "after": last["jumlah"],
        }
    )
    return found[_COLUMNS].astype(_TYPES)


_COLUMNS = ["place", "since", "until", "agencies", "post", "before", "after"]
_TYPES = {"agencies": "str", "since": "datetime64[ns]", "before": "int64", "after": "int64"}


def functional(posts: pd.DataFrame) -> tuple[int, int]:
    """Return the functional posts of Kepulauan Aru before and after."""
    rows = posts[(posts["lingkup"] == ARU) & (posts["kelompok"] == "fungsional")]
    counts = rows.set_index("keadaan")["jumlah"]
    return int(counts["sebelum"]), int(counts["sesudah"])
