"""The standard tables of a country: who works where, in what posts, with what education."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property, partial
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.disclosure import Statistics, Table
from analysis.errors import LackingError
from analysis.individuals.aggregation import (
    UNKNOWN,
    Records,
    count_people,
    value_counts,
)
from analysis.individuals.aggregation.dimensions import dimension
from analysis.individuals.aggregation.pensions import pension_date
from analysis.individuals.engines.dialects import in_order
from analysis.individuals.standard_tables.formation import (
    formation_of,
    formation_tables,
    need_known,
)
from analysis.individuals.standard_tables.posts_by_family import (
    POST,
    by_family,
    kinds,
    largest_families,
)
from analysis.individuals.standard_tables.protected_set import ProtectedSet, tables_from
from analysis.individuals.standard_tables.quality import quality_tables
from analysis.individuals.standard_tables.totals_of_cells import counted
from analysis.inequality import gini, quantile

PEOPLE: Final = "pegawai"
"""What the tables count: civil servants; equal in all of them."""

PLACE: Final = "wilayah"
"""Kabupaten and kota under their provinces, codes of Kemendagri."""

_NEED: Final = "kebutuhan_formasi"
_EDUCATION: Final = {
    **dict.fromkeys(("05", "10", "12", "15", "17", "18"), "SMA ke bawah"),
    **dict.fromkeys(("20", "25", "30"), "Diploma I-III"),
    **dict.fromkeys(("35", "40", "42"), "S-1/D-IV"),
    **dict.fromkeys(("45", "47", "49", "50"), "S-2/S-3"),
}
_HOURS: Final = (1, 10, 20, 30, 40, 60, 80, 120)  # 20 JP a year: section 203 of PP 11/2017
_QUANTITIES: Final = ("usia", "tahun_ke_pensiun", "jam_pelatihan")
_WHOLE: Final = 1e-6  # a tenth of 100 people is 10, whatever floats make of 1 - 0.9
_QUANTILES: Final = {"p10": 0.1, "median": 0.5, "p90": 0.9}


def national_set(records: Records) -> ProtectedSet:
    """Return the standard tables of the country.

    Parameters
    ----------
    records : Records

    Returns
    -------
    ProtectedSet
        Numbers of people (`pegawai`):

        - `pegawai_jenis_jabatan`, `pegawai_pendidikan`, `pegawai_golongan`: by place (kabupaten
          and kota under provinces) and kind of post, education, golongan;
        - `pegawai_keluarga`: by province and job family under its kind of post;
          `pegawai_pensiun_keluarga`, `pegawai_pensiun`: by family, and by province and the largest
          families, and pension in the next five years;
        - `pegawai_usia_kelamin`: by province, age band and sex;
        - `pegawai_instansi`: by agency and kind of post;
        - `pegawai_formasi`, `kebutuhan_formasi`: by province and the largest families: filled
          places, people beyond them, vacant places, need;
        - `sebaran_usia`, `sebaran_pensiun`, `sebaran_jam`: by age in years under its band, years to
          pension, and class of training hours;
        - `baris`, `baris_aturan`, `kelengkapan`: rows used and set aside, by rule, and missing.

        Statistics: `sebaran`, quantiles and Gini of age, years to pension and hours.
    """
    asked = ThreadPoolExecutor(1)
    try:
        return _made(_Counts(records, asked))
    finally:
        asked.shutdown(cancel_futures=True)


def _made(source: "_Counts") -> ProtectedSet:
    made = tables_from(
        {
            "pegawai_jenis_jabatan": partial(_of_kinds, source),
            "pegawai_pendidikan": partial(_of_place, source, "pendidikan", _EDUCATION),
            "pegawai_golongan": partial(_of_golongan, source),
            "pegawai_keluarga": partial(_of_families, source),
            "pegawai_pensiun": partial(_of_pensions, source),
            "pegawai_pensiun_keluarga": partial(_of_pensions_by_family, source),
            "pegawai_usia_kelamin": partial(_of_ages, source),
            "pegawai_instansi": partial(_of_agencies, source),
            "pegawai_formasi": lambda: source.formation[0],
            _NEED: lambda: source.formation[1],
            "sebaran_usia": partial(_of_years_of_life, source),
            "sebaran_pensiun": partial(_of_years_to_pension, source),
            "sebaran_jam": partial(_of_hours, source),
            **source.quality,
        }
    )
    statistics, lacking = _statistics(source)
    need = made.tables.get(_NEED)
    known = () if need is None else need_known(need, _NEED)
    return ProtectedSet(made.tables, {}, statistics, {**made.lacking, **lacking}, known)


class _Counts:
    """What several tables are made of, counted once.

    A thread of its own asks the engine, one question after another, while tables are made of the
    answers that are there; hours, which take longest, come last.
    """

    def __init__(self, records: Records, asked: ThreadPoolExecutor) -> None:
        self.records = records

        def people(*by: str) -> "Future[pa.Table]":
            return asked.submit(_people, records, by)

        of_places = ("jenis_jabatan", "pendidikan", "golongan")
        self._places = {name: people("provinsi", "kabkota", name) for name in of_places}
        self._posts = asked.submit(_posts, records)
        self._ages = people("provinsi", "kelompok_usia", "usia", "jenis_kelamin")
        self._agencies = people("instansi", "jenis_jabatan")
        self._formation = asked.submit(_formation, records, self._posts)
        self._pensions = asked.submit(_pensions, records)
        self.quality = {
            name: asked.submit(make).result for name, make in quality_tables(records).items()
        }
        self._hours = asked.submit(_hours, records)

    def values(self, quantity: str) -> pd.DataFrame:
        """Return value counts of a quantity, `nilai` and numbers of people."""
        if quantity == "jam_pelatihan":
            return self.hours
        found = self.ages if quantity == "usia" else self.pensions
        years = pd.to_numeric(found[quantity], errors="coerce").rename("nilai")
        return found.groupby(years, dropna=False)[PEOPLE].sum().reset_index()

    @cached_property
    def hours(self) -> pd.DataFrame:
        """Value counts of training hours."""
        return _frame(self._hours)

    @cached_property
    def ages(self) -> pd.DataFrame:
        """Numbers of people by province, age band, age and sex."""
        return _frame(self._ages)

    @cached_property
    def pensions(self) -> pd.DataFrame:
        """Numbers of people by coming pension and years to pension."""
        return _frame(self._pensions)

    @cached_property
    def agencies(self) -> pd.DataFrame:
        """Numbers of people by agency and kind of post."""
        return _frame(self._agencies)

    @cached_property
    def posts(self) -> pd.DataFrame:
        """Numbers of people by province, kind of post, post and, if it is known, coming pension."""
        return _frame(self._posts)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Job families with a row of their own."""
        return largest_families(self.posts, PEOPLE)

    @cached_property
    def families(self) -> tuple[pd.DataFrame, dict[str, str]]:
        """What `posts` are by place and job family, and what each family is counted under."""
        return self.with_family(coarse=False)

    def with_family(self, *, coarse: bool) -> tuple[pd.DataFrame, dict[str, str]]:
        """Return `posts` added up by place, family and what else they have; see `by_family`."""
        family, tree = by_family(self.posts, self.named, coarse=coarse)
        labelled = self.posts.assign(**{PLACE: self.posts["provinsi"], POST: family})
        beyond = [name for name in ("pensiun",) if name in labelled]
        sums = labelled.groupby([PLACE, POST, *beyond])[PEOPLE].sum()
        return sums.reset_index(), tree

    @cached_property
    def formation(self) -> tuple[Table, Table]:
        """People and need by province and job family."""
        return formation_tables(self._formation.result(), self.named, PLACE, PEOPLE)

    def by_place(self, name: str) -> tuple[pd.DataFrame, dict[str, str]]:
        """Return numbers of people by place and a dimension, and the province of each place.

        People whose kabupaten or kota is not known are in a place of their own of their province.
        """
        found = _frame(self._places[name])
        somewhere = found["provinsi"] + " " + UNKNOWN
        place = found["kabkota"].where(found["kabkota"] != UNKNOWN, somewhere)
        tree = dict(zip(place, found["provinsi"], strict=True))
        return found.assign(**{PLACE: place}), tree


def _people(records: Records, by: Sequence[str]) -> pa.Table:
    return count_people(records, by).to_pyarrow()


def _posts(records: Records) -> pa.Table:
    by = ("provinsi", "jenis_jabatan", "jabatan")
    try:
        return _people(records, [*by, "pensiun"])
    except LackingError:
        return _people(records, by)


def _pensions(records: Records) -> pa.Table:
    """Return numbers of people by coming pension and years to it, found once for each date."""
    people = records.of("people")
    dates = people.select(tmtPensiun=pension_date(records, people)).group_by("tmtPensiun")
    counts = dates.aggregate(orang=lambda t: t.count())
    of_dates = Records({"people": counts}, records.day)
    by = ["pensiun", "tahun_ke_pensiun"]
    cells = counts.group_by(*(dimension(of_dates, name) for name in by))
    return in_order(cells.aggregate(pegawai=counts["orang"].sum().cast("int64")), by).to_pyarrow()


def _formation(records: Records, posts: "Future[pa.Table]") -> pd.DataFrame:
    return formation_of(records, _frame(posts))


def _hours(records: Records) -> pa.Table:
    return value_counts(records, "jam_pelatihan").to_pyarrow()


def _frame(answer: "Future[pa.Table]") -> pd.DataFrame:
    return pd.DataFrame(answer.result().to_pandas())


def _of_kinds(source: _Counts) -> Table:
    frame, tree = source.by_place("jenis_jabatan")
    frame[POST] = kinds(frame["jenis_jabatan"])
    return counted(frame, [PLACE, POST], PEOPLE, trees={PLACE: tree})


def _of_place(source: _Counts, name: str, groups: Mapping[str, str]) -> Table:
    frame, tree = source.by_place(name)
    frame[name] = frame[name].map(groups).fillna(UNKNOWN)
    return counted(frame, [PLACE, name], PEOPLE, trees={PLACE: tree})


def _of_golongan(source: _Counts) -> Table:
    frame, tree = source.by_place("golongan")
    level, slash, _ = np.array(frame["golongan"].str.partition("/")).T
    grade = pd.Series(level).where(slash == "/", "PPPK")
    frame["golongan"] = grade.where(frame["golongan"] != UNKNOWN, UNKNOWN).to_numpy()
    return counted(frame, [PLACE, "golongan"], PEOPLE, trees={PLACE: tree})


def _of_families(source: _Counts) -> Table:
    frame, tree = source.families
    return counted(frame, [PLACE, POST], PEOPLE, trees={POST: tree})


def _of_pensions(source: _Counts) -> Table:
    frame, tree = source.with_family(coarse=True)
    _require_pensions(source)
    return counted(frame, [PLACE, POST, "pensiun"], PEOPLE, trees={POST: tree})


def _of_pensions_by_family(source: _Counts) -> Table:
    frame, tree = source.families
    _require_pensions(source)
    return counted(frame, [POST, "pensiun"], PEOPLE, trees={POST: tree})


def _require_pensions(source: _Counts) -> None:
    """Say what the records lack to know who retires, if anything."""
    if "pensiun" not in source.posts:
        count_people(source.records, ["pensiun"])


def _of_ages(source: _Counts) -> Table:
    frame = source.ages
    dimensions = [PLACE, "kelompok_usia", "jenis_kelamin"]
    return counted(frame.rename(columns={"provinsi": PLACE}), dimensions, PEOPLE)


def _of_agencies(source: _Counts) -> Table:
    frame = source.agencies
    frame = frame.assign(**{POST: kinds(frame["jenis_jabatan"])})
    return counted(frame, ["instansi", POST], PEOPLE)


def _of_years_of_life(source: _Counts) -> Table:
    frame = source.ages
    years = frame["usia"].where(frame["usia"] == UNKNOWN, frame["usia"] + " tahun")
    return _below(frame, "kelompok_usia", years)


def _of_years_to_pension(source: _Counts) -> Table:
    frame = source.pensions
    years = pd.to_numeric(frame["tahun_ke_pensiun"], errors="coerce")
    soon = frame["pensiun"].str.startswith("<=")
    label = frame["tahun_ke_pensiun"] + " tahun"
    label = label.where(soon | (years > 0) | years.isna(), "sudah lewat")
    label = label.where(~soon | (years < 5), "tepat 5 tahun")
    return _below(frame, "pensiun", label.where(years.notna(), UNKNOWN))


def _below(frame: pd.DataFrame, dimension: str, label: "pd.Series[str]") -> Table:
    """Return a table of labels under those of a dimension."""
    tree = {
        child: above for child, above in zip(label, frame[dimension], strict=True) if child != above
    }
    return counted(frame.assign(**{dimension: label}), [dimension], PEOPLE, trees={dimension: tree})


def _of_hours(source: _Counts) -> Table:
    frame = source.values("jam_pelatihan")
    starts = np.array(_HOURS)
    ends = [f"{a}-{b - 1}" for a, b in pairwise(_HOURS)]
    labels = np.array(["0", *ends, f">={_HOURS[-1]}"])
    hours = frame["nilai"].to_numpy(dtype=np.float64)
    place = np.searchsorted(starts, np.ceil(np.nan_to_num(hours)), side="right")
    classes = pd.Series(labels[place]).where(~np.isnan(hours), UNKNOWN)
    return counted(frame.assign(jam_pelatihan=classes), ["jam_pelatihan"], PEOPLE)


def _statistics(source: _Counts) -> tuple[dict[str, Statistics], dict[str, str]]:
    """Return quantiles and Gini of the quantities of single people that the records have."""
    rows: list[dict[str, object]] = []
    lacking: dict[str, str] = {}
    for quantity in _QUANTITIES:
        try:
            found = source.values(quantity).dropna()
        except LackingError as error:
            lacking[f"sebaran ({quantity})"] = str(error)
            continue
        if found.empty:
            lacking[f"sebaran ({quantity})"] = "its value is known of nobody"
            continue
        rows.append(_row(quantity, found["nilai"].to_numpy(np.float64), found[PEOPLE].to_numpy()))
    if not rows:
        return {}, lacking
    frame = pd.DataFrame(rows)
    rests_on = {name: f"_{name}" for name in _QUANTILES}
    for name, q in _QUANTILES.items():
        frame[f"_{name}"] = (frame[PEOPLE] * min(q, 1 - q) + _WHOLE).astype("int64")
    spread = Statistics(frame, ["ukuran"], ["gini", *_QUANTILES], PEOPLE, rests_on=rests_on)
    return {"sebaran": spread}, lacking


def _row(quantity: str, values: np.ndarray, people: np.ndarray) -> dict[str, object]:
    defined = values.min() >= 0 and values.max() > 0
    found: Sequence[float] = [quantile(values, people, q=q) for q in _QUANTILES.values()]
    return {
        "ukuran": quantity,
        PEOPLE: int(people.sum()),
        "gini": gini(values, people) if defined else None,
        **dict(zip(_QUANTILES, found, strict=True)),
    }
