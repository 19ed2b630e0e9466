"""What report 03 can say: one frozen dataclass for each group of its texts, and who computes it.

`posts` is the table `jabatan` of a period, as `posts_between` returns it; `reached` the frame of
`datasets.progress_by_province`.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.datasets import posts_by_group, posts_by_state
from analysis.datasets.posts import ARU, CENTRAL, NATIONAL, SELUMA
from analysis.datasets.reform import APPROVED, PROPOSED
from analysis.errors import ParameterError
from analysis.reports.values import Opening

_LEVEL = "Eselon"  # kinds of post that are levels of the hierarchy start so
_FOURTH = "Eselon IV"


@dataclass(frozen=True)
class Title:
    """What the report asks about."""

    deadline: dt.date


@dataclass(frozen=True)
class Change:
    """A count of posts before and after."""

    before: int
    after: int

    @property
    def share(self) -> float | None:
        """The change as a share of the count before; None if that is zero."""
        return self.after / self.before - 1 if self.before else None


@dataclass(frozen=True)
class Shift:
    """The change of one kind of post."""

    post: str
    change: Change


@dataclass(frozen=True)
class States:
    """The posts of a place just before and just after its simplification.

    `shifts` are the kinds of post with a count in both states, `levels` those of them that are
    levels of the hierarchy, and `total` what those add up to; None if there are none.
    """

    place: str
    since: dt.date | None  # None where the source gives the year only
    year: int  # of the state before
    until: dt.date
    shifts: tuple[Shift, ...]
    levels: tuple[str, ...]
    total: Change | None


@dataclass(frozen=True)
class Dated:
    """A count of posts and its date."""

    date: dt.date
    count: int


@dataclass(frozen=True)
class Series:
    """The structural posts of a place at the dates with a complete count, oldest first."""

    place: str
    counts: tuple[Dated, ...]

    @property
    def first(self) -> Dated:
        """The oldest count."""
        return self.counts[0]

    @property
    def last(self) -> Dated:
        """The newest count."""
        return self.counts[-1]

    @property
    def change(self) -> Change:
        """From the oldest count to the newest."""
        return Change(self.first.count, self.last.count)

    @property
    def compared(self) -> bool:
        """Whether there is a change, as a share."""
        return len(self.counts) > 1 and self.change.share is not None


@dataclass(frozen=True)
class Timeline:
    """What the series show; `deadline` is None if it lies outside their dates."""

    series: tuple[Series, ...]
    missing: int  # counts that the sources do not have
    deadline: dt.date | None


@dataclass(frozen=True)
class Approved:
    """The provinces that a report is the first to list as approved."""

    date: dt.date
    provinces: int


@dataclass(frozen=True)
class Progress:
    """How far the provincial governments were."""

    deadline: dt.date
    provinces: int
    proposed: int  # provinces with a proposal by `proposals`
    proposals: dt.date
    approved: tuple[Approved, ...]
    done: int  # provinces approved by `approvals`
    approvals: dt.date
    waiting: int  # provinces with a proposal that is not approved
    silent: tuple[str, ...]  # provinces without a proposal


@dataclass(frozen=True)
class Key:
    """The numbers the report opens with."""

    first: dt.date
    last: dt.date
    central: States
    progress: Progress
    aru: States
    fourth: Change | None  # eselon IV in Kepulauan Aru; None without both counts
    seluma: Series


@dataclass(frozen=True)
class Limits:
    """What the caveats name."""

    regencies: int  # kabupaten and kota there are at `counted`
    counted: dt.date
    lost: int | None  # posts of central agencies, as the counts of their levels differ
    approvals: dt.date


FINDINGS: Mapping[str, type] = {
    "report": Title,
    "key": Key,
    "summary": Opening,
    "timeline": Timeline,
    "states": States,
    "progress": Progress,
    "limits": Limits,
}


def posts_between(table: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Return the posts counted between two dates.

    Parameters
    ----------
    table : DataFrame
        The table `jabatan`.
    start, end : date
        First and last date.

    Raises
    ------
    ParameterError
        If a place the report speaks of has no count, or one of its two states only, between them.
    """
    dated = table["tanggal"].between(pd.Timestamp(start), pd.Timestamp(end))
    chosen = table[dated | table["tanggal"].isna()]
    short = [place for place in (CENTRAL, ARU, NATIONAL, SELUMA) if not _enough(chosen, place)]
    if short:
        needed = [
            f"  {place}: {', '.join(map(str, sorted(days)))}"
            for place in short
            for days in [table.loc[table["lingkup"] == place, "tanggal"].dropna().dt.date.unique()]
        ]
        raise ParameterError(
            f"Between 'start' = {start} and 'end' = {end} there are not enough counts of posts "
            "for this report. There are counts of\n" + "\n".join(needed) + "\nChoose a period "
            "with more of these dates."
        )
    return chosen


def _enough(table: pd.DataFrame, place: str) -> bool:
    """Return whether there are both states of a place, or structural posts at some date."""
    rows = _of(table, place)
    if place in (CENTRAL, ARU):
        return set(rows["keadaan"].dropna()) == {"sebelum", "sesudah"}
    return not rows.empty and bool(posts_by_group(rows)["struktural"].notna().any())


def _of(posts: pd.DataFrame, place: str) -> pd.DataFrame:
    return posts[posts["lingkup"] == place]


def _days(dated: pd.Series | pd.DataFrame) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(dated.index)


def key(posts: pd.DataFrame, reached: Progress) -> Key:
    """Return the key figures; `reached` is what `progress` found."""
    aru = states(_of(posts, ARU))
    return Key(
        first=posts["tanggal"].min().date(),
        last=posts["tanggal"].max().date(),
        central=states(_of(posts, CENTRAL)),
        progress=reached,
        aru=aru,
        fourth=next((shift.change for shift in aru.shifts if shift.post == _FOURTH), None),
        seluma=series(_of(posts, SELUMA)),
    )


def series(rows: pd.DataFrame) -> Series:
    """Return the structural posts of a place; `rows` are its own."""
    counts = posts_by_group(rows)["struktural"].dropna()
    return Series(
        rows["lingkup"].iloc[0],
        tuple(
            Dated(day.date(), int(count)) for day, count in zip(_days(counts), counts, strict=True)
        ),
    )


def timeline(posts: pd.DataFrame, deadline: dt.date) -> Timeline:
    """Return what the series of the country and of Seluma show."""
    places = [_of(posts, place) for place in (NATIONAL, SELUMA)]
    panels = [posts_by_group(rows) for rows in places]
    days = [day.date() for panel in panels for day in _days(panel)]
    return Timeline(
        series=tuple(series(rows) for rows in places),
        missing=sum(int(panel.isna().sum().sum()) for panel in panels),
        deadline=deadline if min(days) <= deadline <= max(days) else None,
    )


def states(rows: pd.DataFrame) -> States:
    """Return the posts of a place before and after; `rows` are its own, of both states."""
    before, after = (rows[rows["keadaan"] == state] for state in ("sebelum", "sesudah"))
    since = before["tanggal"].max()
    known = posts_by_state(rows).dropna()
    shifts = tuple(
        Shift(str(post), Change(int(row["sebelum"]), int(row["sesudah"])))
        for post, row in known.iterrows()
    )
    levels = tuple(shift for shift in shifts if shift.post.startswith(_LEVEL))
    return States(
        place=rows["lingkup"].iloc[0],
        since=None if pd.isna(since) else since.date(),
        year=int(before["tahun"].max()),
        until=after["tanggal"].max().date(),
        shifts=shifts,
        levels=tuple(shift.post for shift in levels),
        total=Change(
            sum(shift.change.before for shift in levels), sum(s.change.after for s in levels)
        )
        if levels
        else None,
    )


def progress(stages: pd.DataFrame, reached: pd.DataFrame, deadline: dt.date) -> Progress:
    """Return how far the provincial governments were.

    Parameters
    ----------
    stages : DataFrame
        The table `penyederhanaan_provinsi`.
    reached : DataFrame
        One row per province, from `datasets.progress_by_province`.
    deadline : date
        Date by which they were to finish.
    """
    last = stages.groupby("tahap")["tanggal"].max()
    approved = reached.groupby("disetujui").size()
    return Progress(
        deadline=deadline,
        provinces=len(reached),
        proposed=int(reached["usulan"].sum()),
        proposals=last[PROPOSED].date(),
        approved=tuple(
            Approved(day.date(), int(n)) for day, n in zip(_days(approved), approved, strict=True)
        ),
        done=int(approved.sum()),
        approvals=last[APPROVED].date(),
        waiting=int((reached["usulan"] & reached["disetujui"].isna()).sum()),
        silent=tuple(reached.loc[~reached["usulan"] & reached["disetujui"].isna(), "nama"]),
    )


def limits(territory: pd.DataFrame, central: States, reached: Progress) -> Limits:
    """Return what the caveats name; `territory` is the table `wilayah_provinsi`."""
    newest = territory[territory["tanggal"] == territory["tanggal"].max()]
    return Limits(
        regencies=int(newest[["kabupaten", "kota"]].to_numpy().sum()),
        counted=newest["tanggal"].iloc[0].date(),
        lost=central.total.before - central.total.after if central.total else None,
        approvals=reached.approvals,
    )
