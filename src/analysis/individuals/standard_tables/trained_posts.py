"""Who gets trained, by kind of post, before and after the reform: the same people and hours.

Nobody has another hour, golongan or place of work for being moved, so that inequality over all
people, and who of them gets more, are the same before and after; what changes is how inequality
divides between and within kinds of posts, and who of a kind gets more.
"""

from collections.abc import Mapping
from typing import Final

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from analysis.competence.hours import HoursInequality, hours_concentration, hours_inequality
from analysis.disclosure import FEWEST_BEHIND, Statistics, fewest
from analysis.errors import LackingError
from analysis.individuals.standard_tables.posts_by_family import FUNCTIONAL, POST, kinds
from analysis.individuals.standard_tables.totals_of_cells import ALL
from analysis.inequality.measures import theil_t

BEFORE, AFTER = "sebelum", "sesudah"
_PEOPLE: Final = "pegawai"
_CONCENTRATIONS: Final = {
    "golongan": "konsentrasi_golongan",
    "kabkota": "konsentrasi_jarak",
}


def hours_by_post(hours: ir.Table, ranks: Mapping[str, Mapping[str, float]]) -> Statistics:
    """Return how hours are spread in each kind of post, before and after people are moved.

    Parameters
    ----------
    hours : Table
        One row a person: `jenis_jabatan` (code), `hours` (JP), `disetarakan` (whether the reform
        moves them into a functional post) and the columns of `ranks`.
    ranks : mapping of str to mapping of str to float
        By column, what its labels are ranked by: the place of each `golongan`, or of each `kabkota`
        the kilometres to the nearest training centre.

    Returns
    -------
    Statistics
        By `keadaan` ("sebelum" or "sesudah") and `jabatan` (kind, and in all): `jp_rata_rata`,
        `tanpa_jp` (share without an hour), `gini`, `bagian_jp` (share of all hours) and, in all,
        `theil` and of it `theil_antara`, what it would be if all of a kind had their mean;
        `konsentrasi_golongan` and `konsentrasi_jarak`: concentration of hours over people by rank,
        missing where less than two ranks are known.

    Raises
    ------
    LackingError
        If so few people move that the difference would tell of them.
    """
    cells = hours.group_by("jenis_jabatan", "disetarakan", "hours").agg(people=hours.count())
    counts = cells.to_pyarrow().to_pandas()
    moved = int(counts.loc[counts["disetarakan"], "people"].sum())
    if moved < FEWEST_BEHIND:
        raise LackingError(
            f"fewer than {FEWEST_BEHIND} people with hours are moved into functional posts; "
            "before and after would tell of them."
        )
    before = kinds(counts["jenis_jabatan"])
    after = before.mask(counts["disetarakan"], FUNCTIONAL)
    rows = [
        row
        for state, kind in ((BEFORE, before), (AFTER, after))
        for row in _of_state(state, counts.assign(kind=kind))
    ]
    columns = ["jp_rata_rata", "tanpa_jp", "gini", "bagian_jp", "theil", "theil_antara"]
    frame = pd.DataFrame(rows, columns=["keadaan", POST, *columns, _PEOPLE])
    for by, name in _CONCENTRATIONS.items():
        index = _concentrations(hours, by, ranks.get(by, {}))
        frame[name] = pd.MultiIndex.from_frame(frame[["keadaan", POST]]).map(index)
    columns += _CONCENTRATIONS.values()
    frame = frame.astype(dict.fromkeys(columns, float))
    frame["_none"] = _without_hours(counts.assign(kind=before))
    return Statistics(
        _told(frame, counts.assign(kind=before)),
        ["keadaan", POST],
        columns,
        _PEOPLE,
        rests_on={"tanpa_jp": "_none", "theil_antara": "_between"},
        totals={POST: ALL},
    )


def _told(frame: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the people that they rest on, 1 where they would tell of few.

    A kind that has few people, or that few leave, is not told; nor are then functional posts, whose
    row would follow from the others and all, nor how much is between kinds.
    """
    moved = counts[counts["disetarakan"] & (counts["kind"] != FUNCTIONAL)]
    leaving = moved.groupby("kind")["people"].sum()
    of_kind = frame[frame[POST] != ALL]
    few = set(of_kind.loc[of_kind[_PEOPLE] < FEWEST_BEHIND, POST])
    few_leave = few | set(leaving.index[leaving < FEWEST_BEHIND])
    told = frame.assign(_between=frame[_PEOPLE])
    for state, kinds_ in ((BEFORE, few), (AFTER, few_leave)):
        if kinds_:
            of = told["keadaan"] == state
            told.loc[of & told[POST].isin({*kinds_, FUNCTIONAL}), _PEOPLE] = 1
            told.loc[of, "_between"] = 0
    return told


def _without_hours(counts: pd.DataFrame) -> int:
    """Return the fewest people by whom shares without an hour differ, of kinds and of who moves."""
    none = counts["hours"] == 0
    parts = counts.assign(none=none).groupby(["kind", "disetarakan", "none"])["people"].sum()
    return int(fewest(*parts))


def _concentrations(
    hours: ir.Table, by: str, ranks: Mapping[str, float]
) -> dict[tuple[str, str], float | None]:
    """Return the concentration index of hours by rank, of each state and kind of post, and all."""
    cells = hours.group_by("jenis_jabatan", "disetarakan", by).agg(
        people=hours.count(), hours=hours["hours"].sum()
    )
    counts: pd.DataFrame = cells.to_pyarrow().to_pandas()
    counts["rank"] = counts[by].astype("str").map(ranks).astype(float)
    counts = counts.dropna(subset="rank").sort_values(["jenis_jabatan", "disetarakan", by])
    before = kinds(counts["jenis_jabatan"])
    states = {BEFORE: before, AFTER: before.mask(counts["disetarakan"], FUNCTIONAL)}
    return {
        (state, kind): _index(group)
        for state, of in states.items()
        for kind, group in [(ALL, counts), *counts.groupby(of)]
    }


def _index(counts: pd.DataFrame) -> float | None:
    by_rank = counts.groupby("rank", as_index=False)[["people", "hours"]].sum()
    return hours_concentration(by_rank).index if len(by_rank) > 1 else None


def _of_state(state: str, counts: pd.DataFrame) -> list[tuple[object, ...]]:
    whole = hours_inequality(counts)
    of = {str(kind): hours_inequality(group) for kind, group in counts.groupby("kind")}
    total = whole.mean * whole.people
    between = None
    if total > 0:
        means, people = (np.array([getattr(s, n) for s in of.values()]) for n in ("mean", "people"))
        between = theil_t(means, people)
    rows = [
        (*_row(state, kind, spread), spread.mean * spread.people / total if total else None)
        for kind, spread in of.items()
    ]
    return [
        *((*row, None, None, spread.people) for row, spread in zip(rows, of.values(), strict=True)),
        (*_row(state, ALL, whole), 1.0 if total else None, whole.theil, between, whole.people),
    ]


def _row(state: str, kind: str, spread: HoursInequality) -> tuple[object, ...]:
    return state, kind, spread.mean, spread.none, spread.gini
