"""Who has 20 JP of development in the year, how unequal hours are, and what is short.

Hours are those of the last calendar year that had ended on the day of the records. Trainings that
cannot be right are set aside, and counted by the rule that they break. People who did not serve in
the year are in all tables, so that they count the same people as the others of a run.
"""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.competence.hours import (
    HourRules,
    HoursInequality,
    hour_counts,
    hours_by_rank,
    hours_concentration,
    hours_inequality,
    kilometres_to_centre,
    sound_hours,
)
from analysis.competence.years import training_year
from analysis.datasets import read_processed
from analysis.disclosure import Statistics, Table, fewest
from analysis.errors import AnalysisError, LackingError
from analysis.individuals.aggregation import UNKNOWN, Records
from analysis.individuals.aggregation.dimensions import dimension
from analysis.individuals.aggregation.records import require_year
from analysis.individuals.standard_tables.posts_by_family import POST, kinds
from analysis.individuals.standard_tables.protected_set import ProtectedSet, tables_from
from analysis.individuals.standard_tables.study import Moved, jp_labels, study_of
from analysis.individuals.standard_tables.totals_of_cells import ALL, counted
from analysis.individuals.standard_tables.trained_posts import hours_by_post
from analysis.inequality.curves import lorenz_curve

PEOPLE: Final = "pegawai"
PLACE: Final = "wilayah"  # as in the tables of the country, which count the same people
COMPLIANCE: Final = "kepatuhan"
MET, SHORT, OPEN = "memenuhi", "kurang", "kurang, ada yang tanpa JP"
BELOW = "di bawah batas"  # both of the latter, where they are not told apart
WITHIN, OVER, AWAY = "PPPK sampai batas", "PPPK di atas batas", "tidak bertugas"
BOTH: Final = " → "  # between JP short of the year and those that lack for the post
_KEY: Final = "nipBaru"
_BY: Final = (
    *("instansi", "provinsi", "kabkota", "jenis_jabatan"),
    *("golongan", "jenis_kelamin", "kelompok_usia"),
)
_MOVED: Final = ("disetarakan", "kurang_jabatan")
_STEP: Final = 5
_POINTS: Final = tuple(range(0, 101, _STEP))
_SLACK: Final = 1e-6
_NONE_LACKS: Final = "0 JP"


def training_set(records: Records) -> ProtectedSet:
    """Return the tables of hours of development of a year.

    Parameters
    ----------
    records : Records

    Returns
    -------
    ProtectedSet
        Numbers of people (`pegawai`) by `kepatuhan` (meets the floor, is short, is short with
        trainings whose JP are not stated, PPPK within and over their ceiling, did not serve) and

        - `jp_instansi`: agency; `jp_golongan`: province and golongan, all who are short as one;
          `jp_jabatan`: kind of post;
          `jp_usia_kelamin`: age band and sex;
        - `jp_kekurangan`: by province and JP short, whole, 0 of whoever lacks none: what a
          programme is planned from. Of people whom the reform moves into functional posts, those
          who lack JP there are counted apart below it, as "5 JP → 20 JP (2)": the JP that they
          lack there, and the codes of trainings that count. Hours for the post are hours of the
          year as well. Both stand in one table, so that the gate sees what their difference would
          tell.

        What these people lack there: see `Moved.tables`. Statistics: `jp_ukuran` (inequality,
        concentration and what rests on conversion, by province and in all), `jp_lorenz` (share of
        hours by share of people), `jp_dikesampingkan` (trainings set aside, by rule),
        `jp_jenis_jabatan` (how hours are spread in each kind of post, before and after the reform),
        `jp_kegiatan` (activities of the table `activities`, by kind: without it hours are a least).
    """
    moved, study = study_of(records)
    try:
        source = _Hours(records, moved)
    except LackingError as error:
        lacking = {**study.lacking, "jp_instansi": str(error)}
        return ProtectedSet(study.tables, lacking=lacking, told=study.told)
    made = tables_from(
        {
            "jp_instansi": partial(source.compliance, "instansi"),
            "jp_golongan": partial(source.compliance, PLACE, "golongan", coarse=True),
            "jp_jabatan": partial(source.compliance, POST),
            "jp_usia_kelamin": partial(source.compliance, "kelompok_usia", "jenis_kelamin"),
            "jp_kekurangan": source.shortfalls,
        }
    )
    statistics, lacking = source.statistics(), {**study.lacking, **made.lacking}
    if moved is not None:
        try:
            statistics["jp_jenis_jabatan"] = hours_by_post(source.hours, source.ranks())
        except LackingError as error:
            lacking["jp_jenis_jabatan"] = str(error)
    if source.others is None:
        lacking["jp_kegiatan"] = (
            "the records have no table activities (e-learning, coaching, mentoring and the like), "
            "so that hours are a least."
        )
    tables = {**study.tables, **made.tables}
    return ProtectedSet(tables, {}, statistics, lacking, told=study.told)


class _Hours:
    """Hours of everyone in the year, and who is counted in which table.

    Raises
    ------
    LackingError
        If the records lack what hours are counted from.
    """

    def __init__(self, records: Records, moved: Moved | None = None) -> None:
        self.records, self.year = records, training_year(records.day)
        day = dt.date(self.year, 12, 31)
        try:
            self.rules = HourRules.of(read_processed("konversi_jp"), read_processed("aturan"), day)
        except AnalysisError as error:
            raise LackingError(f"hours of {self.year} cannot be judged: {error}") from error
        people = records.about("people", "statusPegawai")
        known = people.select(
            _KEY,
            "statusPegawai",
            *[c for c in ("tmtCpns", "tmtPensiun") if c in people.columns],
            *[dimension(records, name) for name in _BY],
        )
        training = records.about("training", "jumlahJam", "tahun")
        others = records.about("activities") if "activities" in records.tables else None
        require_year([each for each in (training, others) if each is not None], self.year)
        self.others = others
        self.people = known = _with_needs(known, moved)
        try:
            self.hours, self.faults = sound_hours(
                known,
                training,
                self.rules,
                self.year,
                others=others,
                columns=[*_BY, *_MOVED, "floor", "ceiling", "hours", "converted", "unstated"],
            )
        except AnalysisError as error:  # it shows keys, masked: none of it may leave
            raise LackingError(
                "hours cannot be counted: people occur twice, or have another status than PNS, "
                "CPNS or PPPK. Validate the records."
            ) from error
        self.frame = self._counts()

    def _counts(self) -> pd.DataFrame:
        """Return numbers of people by everything that tables count them by."""
        h = self.hours
        met = h.hours >= h.floor - _SLACK
        state = ibis.cases(
            (h.ceiling.notnull(), ibis.ifelse(h.hours > h.ceiling + _SLACK, OVER, WITHIN)),
            (met, MET),
            (h.unstated > 0, OPEN),
            else_=SHORT,
        )
        lacking = ibis.ifelse(
            h.floor.isnull() | met, 0.0, ((h.floor - h.hours) - _SLACK).ceil()
        ).cast("int64")
        known = [*_BY, "kurang_jabatan"]
        cells = h.mutate(**{COMPLIANCE: state}, kekurangan=lacking)
        served = _counted(cells, [*known, COMPLIANCE, "kekurangan"])
        away = _counted(self.people, known).set_index(known)[PEOPLE]
        away -= served.groupby(known)[PEOPLE].sum().reindex(away.index, fill_value=0)
        absent = away[away > 0].reset_index().assign(**{COMPLIANCE: AWAY}, kekurangan=0)
        frame = pd.concat([served, absent], ignore_index=True)
        level = frame["golongan"].str.partition("/")
        grade = level[0].where(level[1] == "/", "PPPK")
        return frame.assign(
            golongan=grade.where(frame["golongan"] != UNKNOWN, UNKNOWN),
            kekurangan=jp_labels(frame["kekurangan"]),
            **{POST: kinds(frame["jenis_jabatan"]), PLACE: frame["provinsi"]},
        )

    def compliance(self, *by: str, coarse: bool = False) -> Table:
        """Return numbers of people by these and by whether they meet the floor.

        `coarse`: whoever has trainings without JP is below the floor like the others, so that
        fewer numbers are small.
        """
        state = self.frame[COMPLIANCE].replace(
            dict.fromkeys((SHORT, OPEN), BELOW) if coarse else {}
        )
        return counted(self.frame.assign(**{COMPLIANCE: state}), [*by, COMPLIANCE], PEOPLE)

    def shortfalls(self) -> Table:
        """Return numbers of people by province and JP short, of the year and for the post."""
        year, post = self.frame["kekurangan"], self.frame["kurang_jabatan"]
        split = year.isin(year[post != _NONE_LACKS])
        label = (year + BOTH + post).where(split, year)
        tree = dict(zip(label[split], year[split], strict=True))
        cells = self.frame.assign(kekurangan=label)
        return counted(cells, [PLACE, "kekurangan"], PEOPLE, trees={"kekurangan": tree})

    def statistics(self) -> dict[str, Statistics]:
        """Return what many people are behind and does not add up."""
        everyone = self.hours
        groups = {ALL: everyone} | {
            name: everyone.filter(everyone.provinsi == name)
            for name in sorted(self.frame["provinsi"].unique())
        }
        rows = [
            {"wilayah": name} | self._measures(hours)
            for name, hours in groups.items()
            if hours.count().to_pyarrow().as_py()
        ]
        values = [name for name in rows[0] if name not in ("wilayah", PEOPLE)]
        frame = pd.DataFrame(rows)
        none = (frame["tanpa_jp"] * frame[PEOPLE]).round()
        frame = frame.assign(_tail=frame[PEOPLE] // 10, _none=fewest(none, frame[PEOPLE] - none))
        found = {
            "jp_ukuran": Statistics(
                frame,
                ["wilayah"],
                values,
                PEOPLE,
                rests_on={"persepuluh_teratas": "_tail", "tanpa_jp": "_none"},
                totals={"wilayah": ALL},
            )
        }
        counts = hour_counts(everyone)
        if counts["hours"].gt(0).any():
            people = counts["people"].to_numpy()
            curve = lorenz_curve(counts["hours"].to_numpy(), people)
            shares = np.interp(np.array(_POINTS) / 100, curve.population_share, curve.value_share)
            frame = pd.DataFrame({"persen": [f"{p} %" for p in _POINTS], "bagian_jp": shares})
            frame[PEOPLE] = int(people.sum()) * _STEP // 100  # by whom two points differ
            found["jp_lorenz"] = Statistics(frame, ["persen"], ["bagian_jp"], PEOPLE)
        broken = self.faults.group_by("rule").agg(
            catatan=self.faults.count(), orang=self.faults[_KEY].nunique()
        )
        if self.others is not None:
            found["jp_kegiatan"] = _by_kind(self.others, self.year)
        rules = broken.order_by("rule").to_pyarrow().to_pandas()
        if len(rules):
            rules = rules.rename(columns={"rule": "aturan", "orang": PEOPLE})
            found["jp_dikesampingkan"] = Statistics(rules, ["aturan"], ["catatan"], PEOPLE)
        return found

    def _measures(self, hours: ir.Table) -> dict[str, object]:
        spread: HoursInequality = hours_inequality(hour_counts(hours))
        sums = hours.agg(
            short=(hours.floor - hours.hours).clip(lower=0).sum(),
            converted=hours.converted.sum(),
            hours=hours.hours.sum(),
        )
        (total,) = sums.to_pyarrow().to_pylist()
        ranks = self.ranks()
        return {
            PEOPLE: spread.people,
            "jp_rata_rata": spread.mean,
            "gini": spread.gini,
            "theil": spread.theil,
            "tanpa_jp": spread.none,
            "persepuluh_teratas": spread.top_tenth,
            "jp_kurang": total["short"],
            "bagian_konversi": total["converted"] / total["hours"] if total["hours"] else None,
            "konsentrasi_golongan": _concentration(hours, "golongan", ranks["golongan"]),
            "konsentrasi_jarak": _concentration(hours, "kabkota", ranks["kabkota"]),
        }

    def ranks(self) -> dict[str, dict[str, float]]:
        """Return what golongan are ranked by, and places, by distance to a training centre."""
        of_golongan = {label: float(i) for i, label in enumerate(_golongan())}
        return {"golongan": of_golongan, "kabkota": self._distances()}

    def _distances(self) -> dict[str, float]:
        if "centres" not in self.records.tables:
            return {}
        centres = self.records.of("centres", "lintang", "bujur").to_pyarrow().to_pandas()
        places = read_processed("kabkota").rename(columns={"kode_kemendagri": "kode"})
        kilometres = kilometres_to_centre(places, centres)
        return {str(code): float(km) for code, km in kilometres.items()}


def _counted(table: ir.Table, by: Sequence[str]) -> pd.DataFrame:
    found = table.group_by(list(by)).agg(**{PEOPLE: table.count()})
    return pd.DataFrame(found.to_pyarrow().to_pandas())


def _with_needs(people: ir.Table, moved: Moved | None) -> ir.Table:
    """Return people with whether the reform moves them, and what JP they then lack."""
    if moved is None:
        return people.mutate(
            disetarakan=ibis.literal(False), kurang_jabatan=ibis.literal(_NONE_LACKS)
        )
    lacks = moved.lacks
    needs = ibis.memtable(
        pa.table({"of": pa.array(lacks.index), "kurang_jabatan": pa.array(lacks.astype("str"))})
    )
    found = people.left_join(needs, people[_KEY].cast("string") == needs["of"])
    return found.mutate(
        disetarakan=found["of"].notnull(),
        kurang_jabatan=found["kurang_jabatan"].fill_null(_NONE_LACKS),
    ).drop("of")


def _by_kind(others: ir.Table, year: int) -> Statistics:
    """Return how many activities there are that the records do not hold, by kind and in all."""
    of_year = others.filter(others["tahun"].cast("int64") == year)
    rows = [of_year.mutate(jenis=ibis.literal(ALL)), of_year]
    parts = [
        t.group_by("jenis").agg(**{"catatan": t.count(), PEOPLE: t[_KEY].nunique()}) for t in rows
    ]
    frame = pd.concat([p.order_by("jenis").to_pyarrow().to_pandas() for p in parts])
    return Statistics(
        frame.reset_index(drop=True), ["jenis"], ["catatan"], PEOPLE, totals={"jenis": ALL}
    )


def _golongan() -> list[str]:
    """Return the golongan of PNS from the lowest; PPPK have another scale and no rank here."""
    codes = read_processed("kode_siasn")
    return sorted(codes.loc[codes["daftar"] == "golongan", "nama"].tolist())


def _concentration(hours: ir.Table, by: str, ranks: dict[str, float]) -> float | None:
    if not ranks:
        return None
    table = hours_by_rank(hours, by, ranks)
    if table["rank"].notna().sum() < 2:
        return None  # all of one rank: nothing to concentrate over
    return hours_concentration(table).index
