"""What report 08 can say. A value is None where it is hidden."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.disclosure.run_folders import PublishedRun
from analysis.reports.data_nasional import inputs
from analysis.reports.data_nasional.inputs import KABKOTA, PROVINCE
from analysis.reports.gated import ALL, at
from analysis.reports.gated_findings import Gated, Lacking, tables_of
from analysis.reports.values import Named, Opening, named

_SHOWN = 3  # names at either end
DEGREES = ("S-1/D-IV", "S-2/S-3")


@dataclass(frozen=True)
class About:
    """The run that the report reads."""

    run: str
    day: dt.date
    synthetic: bool


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    run: Gated
    people: int | None
    places: int
    place: str  # where they are all in one
    functional: float | None
    retiring: int | None
    share: float | None  # of all
    vacant: int | None
    beyond: int | None


@dataclass(frozen=True)
class Quality:
    """Rows that came in, and columns of people without a value in some rows."""

    used: int | None
    aside: int | None
    incomplete: tuple[Named, ...]  # share of rows without a value, the largest first
    hidden: int  # columns of which that is hidden


@dataclass(frozen=True)
class Posts:
    """Kinds of post and job families."""

    provinces: int
    hidden: int  # provinces whose bar is left out
    functional: float | None
    low: Named | None
    high: Named | None
    families: tuple[Named, ...]  # the largest, people


@dataclass(frozen=True)
class Agencies:
    """The agencies with the most people."""

    agencies: int
    hidden: int
    largest: tuple[Named, ...]


@dataclass(frozen=True)
class Ages:
    """Ages and coming retirements."""

    median: float | None
    low: float | None
    high: float | None
    gini: float | None
    retiring: int | None
    share: float | None
    women: float | None


@dataclass(frozen=True)
class Hours:
    """Training hours of the last whole year."""

    median: float | None
    high: float | None
    gini: float | None
    untrained: int | None
    unknown: int | None


@dataclass(frozen=True)
class Need:
    """People against need."""

    people: int | None
    need: int | None
    filled: int | None
    vacant: int | None
    beyond: int | None
    net: int | None
    retiring: int | None
    posts: int  # families in the figure
    unseen: int  # whose people or need are hidden
    short: Named | None
    over: Named | None


@dataclass(frozen=True)
class Education:
    """Number and quality by kabupaten and kota."""

    places: int
    hidden: int  # places whose share is hidden
    overall: float | None
    low: tuple[Named, ...]
    high: tuple[Named, ...]


FINDINGS: Mapping[str, type] = {
    "report": About,
    "key": Key,
    "summary": Opening,
    "quality": Quality,
    "posts": Posts,
    "agencies": Agencies,
    "ages": Ages,
    "hours": Hours,
    "need": Need,
    "education": Education,
    "grades": About,
}


def about(run: PublishedRun) -> About:
    """Return what the report is about."""
    return About(run.name, run.day, run.synthetic)


def key(run: PublishedRun, found: Gated, names: "pd.Series[str]") -> Key:
    """Return the key figures."""
    kinds = run.of("pegawai_jenis_jabatan").frame
    people = at(kinds, "pegawai")
    labels = kinds["wilayah"].drop_duplicates()
    places = labels[labels.str.fullmatch(KABKOTA)]
    functional = at(kinds, "pegawai", jabatan=inputs.FUNCTIONAL)
    state = need(run)
    soon = ages(run)
    return Key(
        run=found,
        people=people,
        places=len(places),
        place=str(names[places.iloc[0]]) if len(places) == 1 else "",
        functional=_share(functional, people),
        retiring=None if isinstance(soon, Lacking) else soon.retiring,
        share=None if isinstance(soon, Lacking) else soon.share,
        vacant=None if isinstance(state, Lacking) else state.vacant,
        beyond=None if isinstance(state, Lacking) else state.beyond,
    )


def quality(run: PublishedRun) -> Quality | Lacking:
    """Return what is known of the rows."""
    found = tables_of(run, "baris", "kelengkapan")
    if isinstance(found, Lacking):
        return found
    rows, columns = found["baris"], found["kelengkapan"]
    used, empty = at(rows, "baris", tabel="people", keadaan="dipakai"), empty_cells(columns)
    shares = empty.dropna().astype(float) / used if used else pd.Series(dtype=float)
    most = shares[shares > 0].sort_values(ascending=False, kind="stable")
    return Quality(
        used=used,
        aside=at(rows, "baris", tabel="people", keadaan="disisihkan"),
        incomplete=named(_once(most).head(_SHOWN)),
        hidden=int(empty.isna().sum()),
    )


def _once(columns: "pd.Series[float]") -> "pd.Series[float]":
    """Return columns of which one stands for code, name and level of the same thing."""
    thing = columns.index.str.replace(r"(Id|Nama|Level)$", "", regex=True)
    return columns[~thing.duplicated()]


def empty_cells(columns: pd.DataFrame) -> "pd.Series[int]":
    """Return how many rows of people have no value of each column; `columns` is `kelengkapan`."""
    empty = columns[(columns["isi"] == "kosong") & (columns["kolom"] != ALL)]
    return empty.set_index("kolom")["baris_pegawai"]


def shares_of_kinds(run: PublishedRun, names: "pd.Series[str]") -> pd.DataFrame:
    """Return the share of each kind of post in each province and in all, if there are several.

    Only where none is hidden.
    """
    frame = run.of("pegawai_jenis_jabatan").frame
    whole, place = frame["wilayah"] == ALL, frame["wilayah"].str.fullmatch(KABKOTA)
    shown = frame["wilayah"].str.fullmatch(PROVINCE)
    if frame["wilayah"][~whole & ~place].nunique() > 1:
        shown |= whole
    table = inputs.wide(frame[shown], "wilayah", "jabatan", "pegawai")
    parts = table.drop(columns=ALL)
    known = parts.notna().all(axis=1) & table[ALL].notna()
    shares = parts[known].astype(float).div(table.loc[known, ALL].astype(float), axis=0)
    shares = shares.sort_values(inputs.FUNCTIONAL, ascending=False, kind="stable")
    return shares.set_axis(names.reindex(shares.index).fillna("?").to_numpy())


def posts(run: PublishedRun, shares: pd.DataFrame, everywhere: str) -> Posts:
    """Return what can be said of posts; `shares` are `shares_of_kinds`."""
    frame = run.of("pegawai_jenis_jabatan").frame
    provinces = int(frame["wilayah"].drop_duplicates().str.fullmatch(PROVINCE).sum())
    functional = shares[inputs.FUNCTIONAL].drop(everywhere, errors="ignore")
    families = tables_of(run, "pegawai_keluarga")
    largest: tuple[Named, ...] = ()
    if not isinstance(families, Lacking):
        rows = families["pegawai_keluarga"]
        rows = rows[(rows["wilayah"] == ALL) & _single(rows["jabatan"])]
        counts = rows.set_index("jabatan")["pegawai"].dropna().astype(float)
        largest = named(counts.sort_values(ascending=False, kind="stable").head(_SHOWN))
    people, own = at(frame, "pegawai"), at(frame, "pegawai", jabatan=inputs.FUNCTIONAL)
    return Posts(
        provinces=provinces,
        hidden=provinces - len(functional),
        functional=_share(own, people),
        low=_first(functional.sort_values(kind="stable")),
        high=_first(functional),
        families=largest,
    )


def agencies(run: PublishedRun) -> Agencies | Lacking:
    """Return the largest agencies."""
    found = tables_of(run, "pegawai_instansi")
    if isinstance(found, Lacking):
        return found
    frame = found["pegawai_instansi"]
    rows = frame[(frame["jabatan"] == ALL) & (frame["instansi"] != ALL)]
    counts = rows.set_index("instansi")["pegawai"].dropna().astype(float)
    largest = counts.sort_values(ascending=False, kind="stable").head(_SHOWN)
    return Agencies(len(rows), len(rows) - len(counts), named(largest))


def ages(run: PublishedRun) -> Ages | Lacking:
    """Return ages and coming retirements."""
    found = tables_of(run, "sebaran_usia", "sebaran_pensiun", "pegawai_usia_kelamin")
    if isinstance(found, Lacking):
        return found
    spread = _spread(run, "usia")
    retiring = at(found["sebaran_pensiun"], "pegawai", pensiun=inputs.SOON)
    people = at(found["sebaran_pensiun"], "pegawai")
    women = at(found["pegawai_usia_kelamin"], "pegawai", jenis_kelamin="F")
    return Ages(
        median=spread.get("median"),
        low=spread.get("p10"),
        high=spread.get("p90"),
        gini=spread.get("gini"),
        retiring=retiring,
        share=_share(retiring, people),
        women=_share(women, people),
    )


def hours(run: PublishedRun) -> Hours | Lacking:
    """Return training hours."""
    found = tables_of(run, "sebaran_jam")
    if isinstance(found, Lacking):
        return found
    spread = _spread(run, "jam_pelatihan")
    frame = found["sebaran_jam"]
    return Hours(
        median=spread.get("median"),
        high=spread.get("p90"),
        gini=spread.get("gini"),
        untrained=at(frame, "pegawai", jam_pelatihan="0"),
        unknown=at(frame, "pegawai", jam_pelatihan="tidak diketahui"),
    )


def need(run: PublishedRun) -> Need | Lacking:
    """Return people against need, everywhere together."""
    found = inputs.formation(run)
    if isinstance(found, Lacking):
        return found
    rows = found[found["wilayah"] == ALL].set_index("jabatan")
    every = by_family(found)
    gaps = every.dropna().astype(float).sort_values(kind="stable")
    (total,) = rows[rows.index == ALL].to_dict("records")
    everything = {
        str(name): None if pd.isna(number) else int(number)
        for name, number in total.items()
        if name != "wilayah"
    }
    return Need(
        people=everything["pegawai"],
        need=everything["kebutuhan"],
        filled=everything["terisi"],
        vacant=everything["kosong"],
        beyond=everything["kelebihan"],
        net=everything["selisih"],
        retiring=everything["pensiun"],
        posts=len(gaps),
        unseen=len(every) - len(gaps),
        short=_first(gaps[gaps < 0]),
        over=_first(gaps[gaps > 0][::-1]),
    )


def by_family(found: pd.DataFrame) -> "pd.Series[int]":
    """Return people less need of the largest job families and the rest; missing where hidden."""
    above = found["jabatan"].isin([ALL, inputs.FUNCTIONAL, inputs.PELAKSANA])
    rows = found[(found["wilayah"] == ALL) & ~above]
    return rows.set_index("jabatan")["selisih"]


def education_of_places(run: PublishedRun, names: "pd.Series[str]") -> pd.DataFrame | Lacking:
    """Return people and the share with a degree of every kabupaten and kota.

    Returns
    -------
    DataFrame
        By code: `nama`, `pegawai`, `gelar` and `bagian`; missing where hidden.
    """
    found = tables_of(run, "pegawai_pendidikan")
    if isinstance(found, Lacking):
        return found
    table = inputs.wide(found["pegawai_pendidikan"], "wilayah", "pendidikan", "pegawai")
    degrees = table.reindex(columns=list(DEGREES), fill_value=0)
    own = degrees.sum(axis=1, skipna=False).astype("Int64")
    share = own.astype("Float64") / table[ALL].astype("Float64")
    frame = pd.DataFrame({"pegawai": table[ALL], "gelar": own, "bagian": share})
    frame.insert(0, "nama", names.reindex(frame.index).fillna(pd.Series(frame.index, frame.index)))
    return frame


def education(places: pd.DataFrame | Lacking) -> Education | Lacking:
    """Return number and quality; `places` are `education_of_places`."""
    if isinstance(places, Lacking):
        return places
    rows = places[places.index.str.fullmatch(KABKOTA)]
    known = rows.set_index("nama")["bagian"].dropna().astype(float).sort_values(kind="stable")
    overall = places["bagian"][places.index == ALL].dropna().astype(float).tolist()
    ends = min(_SHOWN, len(known) // 2)  # no place is at both
    return Education(
        places=len(rows),
        hidden=len(rows) - len(known),
        overall=overall[0] if overall else None,
        low=named(known.head(ends)),
        high=named(known[::-1].head(ends)),
    )


def _single(labels: "pd.Series[str]") -> "pd.Series[bool]":
    """Return which labels are job families, not kinds of post or totals."""
    return ~labels.str.startswith(("Jabatan ", "Eselon ", ALL)) & ~labels.str.endswith(
        ("lainnya", "sisanya")
    )


def _first(values: "pd.Series[float]") -> Named | None:
    return next(iter(named(values.head(1))), None)


def _share(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None


def _spread(run: PublishedRun, quantity: str) -> dict[str, float]:
    found = tables_of(run, "sebaran")
    if isinstance(found, Lacking):
        return {}
    frame = found["sebaran"]
    rows = frame[frame["ukuran"] == quantity].drop(columns=["ukuran", "status"])
    return {
        str(name): float(value)
        for row in rows.to_dict("records")
        for name, value in row.items()
        if not pd.isna(value)
    }
