"""What report 11 can say: one frozen dataclass for each group of its texts, and who computes it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.datasets.posts import ARU, CENTRAL, SELUMA
from analysis.reports.kemajuan_penyederhanaan.parameters import KemajuanPenyederhanaan
from analysis.reports.values import Opening
from analysis.restructuring import burn_up, completion_curve, share_done, status_at

_LISTED = 12  # names in a sentence; more of them are in the table only


@dataclass(frozen=True)
class Subject:
    """What the report asks about."""

    deadline: dt.date
    own: bool


@dataclass(frozen=True)
class Reported:
    """The agencies that the reports list as done by one day."""

    date: dt.date
    done: int


@dataclass(frozen=True)
class Progress:
    """How far agencies were: at each report, and at the deadline, by what is known."""

    stage: str
    own: bool
    deadline: dt.date
    agencies: int
    counts: tuple[Reported, ...]
    done: int  # known to be done by the deadline
    late: tuple[str, ...]  # known not to be done by the deadline; empty if too many to list
    late_count: int
    unknown: tuple[str, ...]
    unknown_count: int
    last: dt.date  # day of the last report
    stages: int
    least: float  # share done by the deadline if none of those unknown was
    most: float  # and if all of them were


@dataclass(frozen=True)
class Estimate:
    """The non-parametric estimate of completion."""

    stage: str
    agencies: int
    intervals: int
    deadline: dt.date
    low: float  # estimated share done by the deadline
    high: float
    censored: int  # agencies that no report lists
    open_share: float  # on the interval that is open to the future


@dataclass(frozen=True)
class Late:
    """What is printed of agencies that were not known to be done by the deadline."""

    deadline: dt.date
    stage: str
    rows: int


@dataclass(frozen=True)
class Regions:
    """Single governments whose officials became functional, by the local press."""

    governments: int
    largest: str
    officials: int
    until: dt.date
    seen: tuple[str, ...]  # of them those of which the reports do not know


@dataclass(frozen=True)
class National:
    """The national counts of regional governments."""

    first: dt.date
    last: dt.date
    contradictions: int
    approved: int
    approved_on: dt.date
    kabkota: int


@dataclass(frozen=True)
class Level:
    """A kind of post in a place: before, after, what went, and what the rules allow."""

    place: str
    post: str
    until: dt.date
    before: int
    after: int
    most: int
    verdict: str

    @property
    def gone(self) -> int:
        """Posts that went."""
        return self.before - self.after

    @property
    def share(self) -> float:
        """What went of the posts before."""
        return self.gone / self.before


@dataclass(frozen=True)
class Counted:
    """What really happened beside the bounds of the rules."""

    levels: tuple[Level, ...]
    beyond: tuple[Level, ...]
    repeated: int | None  # count after of eselon V that two statements give alike
    earlier: dt.date
    later: dt.date
    sets: int  # statements, each on another set of agencies


@dataclass(frozen=True)
class Bounds:
    """What the table of counts beside bounds shows."""

    rows: int
    untouched: int  # rows whose level no rule touches


@dataclass(frozen=True)
class Aru:
    """What Kepulauan Aru's functional posts gained beside what left its structure."""

    before: int
    after: int
    left: int
    since: dt.date
    until: dt.date
    gain: int  # functional posts more than before
    elsewhere: int  # those of them that equalisation cannot have brought


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    progress: Progress
    central: Level
    aru: Level
    seluma: Level


@dataclass(frozen=True)
class Limits:
    """What the caveats name."""

    own: bool
    agencies: int
    stage: str


FINDINGS: Mapping[str, type] = {
    "report": Subject,
    "key": Key,
    "summary": Opening,
    "questions": Subject,
    "progress": Progress,
    "late": Late,
    "curve": Estimate,
    "regions": Regions,
    "national": National,
    "counted": Counted,
    "bounds": Bounds,
    "aru": Aru,
    "limits": Limits,
}


def of_stage(intervals: pd.DataFrame, stage: str) -> pd.DataFrame:
    """Return the intervals of one stage."""
    return intervals[intervals["stage"] == stage]


def daily(
    intervals: pd.DataFrame, reports: pd.DataFrame, deadline: dt.date
) -> dict[str, pd.DataFrame]:
    """Return for each stage what is known at the end of each day up to the deadline, or later."""
    first, last = reports["date"].min(), reports["date"].max()
    until = max(last, pd.Timestamp(deadline))
    margin = pd.Timedelta(days=max(2, (until - first).days // 15))
    days = pd.date_range(first - margin, until + margin, freq="D")
    table = burn_up(intervals, days)
    return {
        str(stage): part.set_index("date")[["done", "not_done", "unknown"]]
        for stage, part in table.groupby("stage", sort=False)
    }


def progress(intervals: pd.DataFrame, reports: pd.DataFrame, p: KemajuanPenyederhanaan) -> Progress:
    """Return how far agencies were in the stage of the parameters."""
    part = of_stage(intervals, p.stage)
    days = pd.DatetimeIndex(sorted(reports.loc[reports["stage"] == p.stage, "date"].unique()))
    known = status_at(part, pd.Timestamp(p.deadline))
    late, unknown = (
        part.loc[known == state, "agency"].astype(str) for state in ("not_done", "unknown")
    )
    counts = burn_up(part, days)
    done = int((known == "done").sum())
    return Progress(
        stage=p.stage,
        own=p.file is not None,
        deadline=p.deadline,
        agencies=len(part),
        counts=tuple(
            Reported(day.date(), int(done)) for day, done in zip(days, counts["done"], strict=True)
        ),
        done=done,
        late=tuple(late) if len(late) <= _LISTED else (),
        late_count=len(late),
        unknown=tuple(unknown) if len(unknown) <= _LISTED else (),
        unknown_count=len(unknown),
        last=days[-1].date(),
        stages=intervals["stage"].nunique(),
        least=done / len(part),
        most=(done + len(unknown)) / len(part),
    )


def estimate(intervals: pd.DataFrame, p: KemajuanPenyederhanaan) -> tuple[Estimate, pd.DataFrame]:
    """Return the estimate of completion in the stage of the parameters, and its curve."""
    part = of_stage(intervals, p.stage)
    curve = completion_curve(part)
    low, high = share_done(curve, pd.Timestamp(p.deadline))
    found = Estimate(
        stage=p.stage,
        agencies=len(part),
        intervals=len(curve),
        deadline=p.deadline,
        low=low,
        high=high,
        censored=int(part["by"].isna().sum()),
        open_share=float(curve.loc[curve["end"].isna(), "share"].sum()),
    )
    return found, curve


def not_known_done(intervals: pd.DataFrame, p: KemajuanPenyederhanaan) -> pd.DataFrame:
    """Return the agencies not known to be done by the deadline, those known to be late first."""
    part = of_stage(intervals, p.stage)
    known = status_at(part, pd.Timestamp(p.deadline))
    rows = part.assign(state=known)[known != "done"]
    return rows.sort_values(["state", "agency"], kind="stable", ignore_index=True)


def late(rows: pd.DataFrame, p: KemajuanPenyederhanaan) -> Late:
    """Return what the table of those not known to be done shows."""
    return Late(p.deadline, p.stage, len(rows))


def regions(table: pd.DataFrame, waiting: pd.DataFrame) -> Regions:
    """Return what the local press counted.

    Parameters
    ----------
    table : DataFrame
        The table `penyetaraan_daerah`.
    waiting : DataFrame
        From `not_known_done`.
    """
    unknown = waiting.loc[waiting["state"] == "unknown", "agency"]
    names = table["wilayah"].str.removeprefix("Provinsi ")
    return Regions(
        governments=len(table),
        largest=str(table["wilayah"].iloc[0]),
        officials=int(table["nilai"].sum()),
        until=table["tanggal"].max().date(),
        seen=tuple(names[names.isin(unknown)]),
    )


def national(table: pd.DataFrame, kabkota: pd.DataFrame) -> National:
    """Return what the national counts say; `kabkota` is the table of kabupaten and kota."""
    places = table[(table["tingkat"] == "kab/kota") & (table["ukuran"] == "disetujui penyetaraan")]
    newest = places.iloc[int(places["tanggal"].argmax())]
    return National(
        first=table["tanggal"].min().date(),
        last=table["tanggal"].max().date(),
        contradictions=int(table["catatan"].notna().sum()),
        approved=int(newest["nilai"]),
        approved_on=newest["tanggal"].date(),
        kabkota=len(kabkota),
    )


def counted(rows: pd.DataFrame) -> Counted:
    """Return what happened beside the bounds; `rows` is `inputs.counted`."""
    levels = tuple(_level(row) for row in rows.to_dict("records"))
    central = rows[rows["place"] == CENTRAL]
    fifth = central[central["post"] == "Eselon V"].set_index("until")["after"]
    again = fifth[fifth.duplicated(keep=False)]
    days = pd.DatetimeIndex(again.index if len(again) else fifth.index)
    return Counted(
        levels=levels,
        beyond=tuple(level for level in levels if level.verdict == "beyond"),
        repeated=int(again.iloc[0]) if len(again) else None,
        earlier=days[0].date(),
        later=days[-1].date(),
        sets=central["until"].nunique(),
    )


def bounds(rows: pd.DataFrame) -> Bounds:
    """Return what the table of counts beside bounds shows."""
    return Bounds(len(rows), int(rows["left"].isna().sum()))


def _level(row: dict[object, object] | dict[str, object]) -> Level:
    said = {str(key): value for key, value in row.items()}
    return Level(
        place=str(said["place"]),
        post=str(said["post"]),
        until=pd.Timestamp(str(said["until"])).date(),
        before=int(str(said["before"])),
        after=int(str(said["after"])),
        most=int(str(said["most"])),
        verdict=str(said["verdict"]),
    )


def aru(rows: pd.DataFrame, before: int, after: int) -> Aru:
    """Return what the functional posts of Kepulauan Aru gained."""
    mine = rows[rows["place"] == ARU]
    left = int(mine["gone"].clip(lower=0).sum())
    return Aru(
        before=before,
        after=after,
        left=left,
        gain=after - before,
        elsewhere=max(after - before - left, 0),
        since=mine["since"].min().date(),
        until=mine["until"].max().date(),
    )


def key(reached: Progress, rows: pd.DataFrame) -> Key:
    """Return the key figures."""
    central = rows[rows["place"] == CENTRAL]
    newest = central[central["until"] == central["until"].max()]
    return Key(
        progress=reached,
        central=Level(
            CENTRAL,
            "",
            newest["until"].max().date(),
            int(newest["before"].sum()),
            int(newest["after"].sum()),
            int(newest["most"].sum()),
            "within",
        ),
        aru=_level(_row(rows, ARU, "Eselon IV")),
        seluma=_level(_row(rows, SELUMA)),
    )


def _row(rows: pd.DataFrame, place: str, post: str | None = None) -> dict[object, object]:
    mine = rows[rows["place"] == place]
    return dict((mine if post is None else mine[mine["post"] == post]).iloc[0])


def limits(reached: Progress) -> Limits:
    """Return what the caveats name."""
    return Limits(reached.own, reached.agencies, reached.stage)
