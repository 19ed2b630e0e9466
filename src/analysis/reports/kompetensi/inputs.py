"""The tables of a run about hours of development, and the programme planned from them."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.competence.programme import (
    BudgetValue,
    Catalogue,
    Programme,
    YearsProgramme,
    cheapest_programme,
    cost_curve,
    programme_over_years,
    value_of_budget,
)
from analysis.competence.years import training_year
from analysis.datasets import read_processed
from analysis.datasets.regulations import Regulation, regulation_at
from analysis.disclosure.run_folders import PublishedRun, read_run
from analysis.errors import DataError, ParameterError
from analysis.files import read_rows
from analysis.messages import some
from analysis.paths import EXAMPLES
from analysis.reports.gated import ALL, not_made
from analysis.reports.kompetensi.parameters import Kompetensi
from analysis.reports.parameters import found_path

MET, SHORT, OPEN = "memenuhi", "kurang", "kurang, ada yang tanpa JP"
BELOW = "di bawah batas"  # both of the latter
OVER, WITHIN = "PPPK di atas batas", "PPPK sampai batas"
_MORE = 1e8  # rupiah besides, whose worth is told
_TABLES = ("jp_instansi", "jp_golongan", "jp_jabatan", "jp_usia_kelamin", "jp_kekurangan")
_STATISTICS = ("jp_ukuran", "jp_lorenz", "jp_dikesampingkan")
KINDS = ("pendidikan", "pelatihan", "sertifikat")  # of requirements
STUDY = (*(f"setara_{kind}" for kind in KINDS), "setara_kekurangan", "setara_jp")
INDEX = ("ip_jabatan", "ip_instansi", "ip_ukuran")
NAMES = (*_TABLES, *_STATISTICS, "jp_jenis_jabatan", "jp_kegiatan", *STUDY, *INDEX)
_BOTH = " → "  # between JP short of the year and those that lack for the post
_CATALOGUE = {
    "jenis": "kind",
    "jp": "jp",
    "tempat": "places",
    "biaya": "cost",
    "klasikal": "classical",
    "wilayah": "region",
    "kode_diklat": "code",
}
_ANY = "*"
_OPTIONAL = ("wilayah", "kode_diklat")


@dataclass(frozen=True, eq=False)
class Case:
    """What a run says of hours of development; what is not shown is missing.

    Attributes
    ----------
    run : PublishedRun
    invented : bool
        Whether the catalogue does not exist.
    tables : dict of str to DataFrame
        Numbers of people by what they are about, by `kepatuhan`; column `pegawai`.
    measures : DataFrame
        Statistics by `wilayah`, provinces and all.
    curve : DataFrame
        `population_share` and `value_share` of hours; empty where it is hidden.
    aside : int or None
        Trainings set aside; None where that is hidden.
    floor, ceiling : Regulation
        JP a year, of PNS and of PPPK.
    short, both : DataFrame
        `region`, `short`, `people` of everyone whose lack is shown: of the year's hours; and of the
        hours that fill the gap after *penyetaraan* as well, each person once, with `asked` and
        `accepted`, JP of trainings of the kinds that the post asks for. Where those are hidden,
        people lack what they lack of the year, at least.
    each_year : DataFrame
        The same people; `short` is what they lack of the year's hours, 0 where it is none.
    """

    run: PublishedRun
    invented: bool
    tables: dict[str, pd.DataFrame]
    measures: pd.DataFrame
    curve: pd.DataFrame
    aside: int | None
    floor: Regulation
    ceiling: Regulation
    short: pd.DataFrame
    both: pd.DataFrame
    each_year: pd.DataFrame

    @property
    def day(self) -> dt.date:
        """Day that the records describe; hours are of the calendar year before."""
        return self.run.day

    @property
    def synthetic(self) -> bool:
        """Whether the people do not exist."""
        return self.run.synthetic

    @property
    def complete(self) -> bool:
        """Whether activities that records do not hold were given, so that hours are no least."""
        return "jp_kegiatan" in self.run.tables

    @property
    def year(self) -> int:
        """The year of the hours."""
        return training_year(self.day)


@dataclass(frozen=True, eq=False)
class Plan:
    """The programme, and what its budget is worth.

    Attributes
    ----------
    whole, chosen : Programme
        Without a budget, and with that of the parameters.
    curve : DataFrame
        As from `cost_curve`.
    at : float
        Budget at which the worth of more is told.
    value : BudgetValue
    kinds : bool
        Whether the catalogue tells what records call its trainings, so that those are bought which
        posts ask for; else JP alone are counted.
    """

    whole: Programme
    chosen: Programme
    curve: pd.DataFrame
    at: float
    value: BudgetValue
    kinds: bool


@dataclass(frozen=True, eq=False)
class Years:
    """The programme over the years in which what posts ask for may be made up for.

    Attributes
    ----------
    term : int
        Years; the shortest term of those that posts have.
    spread, at_once : YearsProgramme
        Study in any of the years, and all of it in the first.
    """

    term: int
    spread: YearsProgramme
    at_once: YearsProgramme


def case(p: Kompetensi) -> Case:
    """Return what the run says.

    Raises
    ------
    ParameterError
        If there is no such run, or it has no hours.
    """
    run = read_run(p.run)
    if "jp_instansi" not in run.tables:
        why = run.lacking.get("jp_instansi", not_made("pelatihan"))
        raise ParameterError(f"run = {p.run!r}: it has no hours of training: {why}")
    names = [name for name in (*_TABLES, *_STATISTICS) if name in run.tables]
    frames = {name: run.of(name).frame for name in names}
    rules = read_processed("aturan")
    each_year = _each_year(frames["jp_kekurangan"])
    end = dt.date(training_year(run.day), 12, 31)
    return Case(
        run,
        p.catalogue is None,
        {name: frames[name] for name in _TABLES},
        frames["jp_ukuran"].set_index("wilayah"),
        _curve(frames.get("jp_lorenz")),
        _aside(run, frames),
        _rule(rules, "jp_minimum_pns", end),
        _rule(rules, "jp_maksimum_pppk", end),
        _short(frames["jp_kekurangan"]),
        _both(each_year),
        each_year,
    )


def plan(short: pd.DataFrame, p: Kompetensi) -> Plan | None:
    """Return the programme; None where nobody is known to lack hours.

    Parameters
    ----------
    short : DataFrame
        `short` or `both` of a case.
    p : Kompetensi

    Raises
    ------
    DataError
        If the catalogue is refused.
    """
    if short.empty:
        return None
    table = trainings(p.catalogue)
    catalogue = Catalogue.of(table)
    kinds = _tells_kinds(table)
    if not kinds:
        short = short[["region", "short", "people"]]
    whole = cheapest_programme(short, catalogue)
    chosen = whole
    if p.budget is not None:
        chosen = cheapest_programme(short, catalogue, budget=p.budget)
    at = whole.cost / 2 if p.budget is None else p.budget
    value = value_of_budget(short, catalogue, at, _MORE)
    return Plan(whole, chosen, cost_curve(short, catalogue), at, value, kinds)


def over_years(of: Case, p: Kompetensi) -> Years | None:
    """Return the programme over the years of the term, and that which does the study in one.

    None where nobody is known to lack trainings for the post, the catalogue does not tell which of
    its trainings these are, or the term is not two years at least.

    Raises
    ------
    DataError
        If the catalogue is refused.
    """
    rules = read_processed("syarat_jabatan_fungsional")
    rules = rules[rules["syarat"] == "pelatihan"]
    years = int(rules["tahun"].min()) if len(rules) else 0
    table = trainings(p.catalogue)
    if years < 2 or not _tells_kinds(table) or not (of.each_year["asked"] > 0).any():
        return None
    catalogue = Catalogue.of(table)
    spread, at_once = (
        programme_over_years(of.each_year, catalogue, years, term=term, budget=p.budget)
        for term in (years, 1)
    )
    return Years(years, spread, at_once)


def province_names() -> dict[str, str]:
    """Return the names of provinces by code."""
    table = read_processed("provinsi")
    return dict(zip(table["kode_kemendagri"], table["nama"], strict=True))


def trainings(file: str | None) -> pd.DataFrame:
    """Return the rows of a catalogue, with the columns of `Catalogue.of`.

    Parameters
    ----------
    file : str or None
        CSV file; None for the invented example.

    Raises
    ------
    DataError
        If it lacks a column, or does not say of each training whether it is in a classroom.
    ParameterError
        If there is no such file.
    """
    place = EXAMPLES / "katalog_pelatihan.csv" if file is None else found_path(file, "catalogue")
    texts = {"wilayah": "str", "jenis": "str", "kode_diklat": "str"}
    table = read_rows(place, advice="Name a CSV file.", dtype=texts)
    lacking = [name for name in _CATALOGUE if name not in table and name not in _OPTIONAL]
    if lacking:
        raise DataError(
            f"{place.name}: column {', '.join(lacking)} is missing; there are "
            f"{', '.join(map(str, table.columns))}. See data/contoh/katalog_pelatihan.csv."
        )
    said = table["klasikal"].astype("str").str.strip().str.lower()
    classical = said.map({"ya": True, "tidak": False})
    if wrong := [f"{row + 1} ({said.iloc[row]})" for row in np.flatnonzero(classical.isna())]:
        raise DataError(
            f"{place.name}, column klasikal: neither ya nor tidak in row {some(wrong)}. Write ya "
            "for training in a classroom, tidak for other training."
        )
    return table.assign(klasikal=classical).rename(columns=_CATALOGUE)


def _tells_kinds(table: pd.DataFrame) -> bool:
    return "code" in table and bool(table["code"].notna().any())


def _rule(rules: pd.DataFrame, code: str, day: dt.date) -> Regulation:
    found = regulation_at(rules, code, day)
    if found is None:
        raise DataError(f"aturan has no {code} in force on {day}. Add a row.")
    return found


def _curve(frame: pd.DataFrame | None) -> pd.DataFrame:
    if frame is None or frame["bagian_jp"].isna().any():
        return pd.DataFrame(columns=["population_share", "value_share"])
    share = frame["persen"].str.removesuffix(" %").astype(float) / 100
    table = pd.DataFrame(
        {"population_share": share, "value_share": frame["bagian_jp"].astype(float)}
    )
    return table.sort_values("population_share", kind="stable", ignore_index=True)


def _aside(run: PublishedRun, frames: dict[str, pd.DataFrame]) -> int | None:
    if "jp_dikesampingkan" not in run.tables:
        return 0
    numbers = frames["jp_dikesampingkan"]["catatan"]
    return None if numbers.isna().any() else int(numbers.sum())


def _short(frame: pd.DataFrame) -> pd.DataFrame:
    """Return who lacks hours of the year."""
    rows = _known(frame)
    return _groups(rows[rows["post"] == ""].drop(columns=["asked", "accepted"]))


def _both(each_year: pd.DataFrame) -> pd.DataFrame:
    """Return who lacks hours of the year or for the post, each once.

    Hours for the post are hours of the year, so that each lacks the larger of both.
    """
    return _groups(each_year.assign(short=each_year[["short", "asked"]].max(axis=1)))


def _each_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Return who lacks hours of the year, and what they lack for the post.

    Of the people of a province who lack as much of the year, those whose lack for the post is shown
    have it; the others lack that of the year.
    """
    rows = _known(frame)
    apart = rows[rows["post"] != ""].dropna(subset="people")
    whole = rows[rows["post"] == ""].set_index(["region", "short"])["people"]
    told = apart.groupby(["region", "short"])["people"].sum()
    rest = (whole - told.reindex(whole.index, fill_value=0)).rename("people").reset_index()
    found = pd.concat([apart, rest], ignore_index=True).fillna({"asked": 0.0, "accepted": _ANY})
    return _groups(found)


def _known(frame: pd.DataFrame) -> pd.DataFrame:
    """Return numbers of people by province, JP short and what lacks for the post, "" in all."""
    rows = frame[(frame["provinsi"] != ALL) & (frame["kekurangan"] != ALL)]
    year, _, post = (part for _, part in rows["kekurangan"].str.partition(_BOTH).items())
    lacks = post.str.extract(r"^(?P<asked>\d+) JP(?: \((?P<accepted>.+)\))?$")
    return pd.DataFrame(
        {
            "region": rows["provinsi"],
            "short": year.str.removesuffix(" JP").astype(float),
            "post": post,
            "asked": lacks["asked"].astype(float),
            "accepted": lacks["accepted"],
            "people": rows["pegawai"].astype("Int64"),
        }
    )


def _groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who lacks how much as a programme takes it, leaving out what is hidden."""
    lacks = rows["short"] > 0
    if "asked" in rows:
        lacks |= rows["asked"] > 0
    lacking = rows[lacks & rows["people"].notna()].astype({"people": "int64"})
    by = [name for name in ("region", "short", "asked", "accepted") if name in rows]
    sums = lacking.groupby(by, as_index=False)["people"].sum()
    return sums[sums["people"] > 0].reset_index(drop=True)
