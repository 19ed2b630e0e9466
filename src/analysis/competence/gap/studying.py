"""Who meets what their new post requires, and what those who do not must make up for, by when."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray
from analysis.competence.gap.requirements import ANY, KINDS, Requirements
from analysis.competence.tables import (
    code_texts,
    dates_in,
    keys_in,
    labels_in,
    numbers_in,
    refuse,
    table_of,
)
from analysis.errors import DataError
from analysis.messages import counted

_MOVED = ("person", "family", "level", "region", "education", "appointed")
_OWN = ("family", "level", "region")


@dataclass(frozen=True, eq=False)
class Gap:
    """What people lack for the posts they were moved into.

    Attributes
    ----------
    people : DataFrame
        One row a person, without the key: `family`, `level`, `region`; for each of "pendidikan",
        "pelatihan" and "sertifikat" whether it lacks; `jp` of training missing and `accepted`, the
        codes of trainings that count, divided by blanks ("*": any); `days_left` until the first
        deadline of what lacks, negative where it has passed, missing where nothing lacks; `ruled`
        (whether the post has any requirement).
    """

    people: pd.DataFrame

    def summary(self, by: list[str] | None = None) -> pd.DataFrame:
        """Return how many people meet everything, and what the others lack.

        Parameters
        ----------
        by : list of str, optional
            Of "family", "level" and "region"; one row for all by default.

        Returns
        -------
        DataFrame
            `by`, `people`, `unruled` (posts without a requirement: not said to meet it), `meets`,
            one column for each requirement (people who lack it), `jp` (missing in all) and `late`
            (people past a deadline).
        """
        p = self.people
        lacking = p[list(KINDS)].any(axis=1)
        counted = p[[*_OWN]].assign(
            people=1,
            unruled=~p["ruled"],
            meets=p["ruled"] & ~lacking,
            **{kind: p[kind] for kind in KINDS},
            jp=p["jp"],
            late=p["days_left"] < 0,
        )
        values = ["people", "unruled", "meets", *KINDS, "late"]
        counted[values] = counted[values].astype(np.int64)
        if not by:
            return counted[[*values, "jp"]].sum().to_frame().T.astype(dict.fromkeys(values, int))
        return counted.groupby(by, as_index=False)[[*values, "jp"]].sum()

    def shortfalls(self) -> pd.DataFrame:
        """Return the JP of training missing as value counts, as a programme takes them.

        Returns
        -------
        DataFrame
            `region`, `short` (JP), `asked` (the same JP: all must be of trainings that count),
            `accepted` (codes of these), `people`.
        """
        lacking = self.people[self.people["jp"] > 0].rename(columns={"jp": "short"})
        by = ["region", "short", "asked", "accepted"]
        return (
            lacking.assign(asked=lacking["short"]).groupby(by).size().rename("people").reset_index()
        )


def study_gap(
    moved: object,
    training: object,
    certificates: object,
    requirements: Requirements,
    day: dt.date,
) -> Gap:
    """Return what people moved into functional posts lack on a day.

    Education is enough if its code is accepted; training, if all JP of accepted kinds up to the day
    reach what is asked; a certificate, if an accepted one is in force on the day. What lacks must
    be made up for within the years of its row, counted from the appointment.

    Parameters
    ----------
    moved : DataFrame
        From the ledger of the restructuring, with what records say of each: `person` (any key, once
        each), `family`, `level`, `region`, `education` (code; missing counts as lacking, unless any
        is accepted), `appointed` (date).
    training : DataFrame
        `person`, `kind` (code), `jp`, `date`; what has no date does not count.
    certificates : DataFrame
        `person`, `name`, and if known `valid_from`, `valid_to`; missing: no limit.
    requirements : Requirements
    day : date

    Raises
    ------
    DataError
        If a column or label is missing, a person occurs twice or is appointed after the day, JP are
        negative, a date cannot be read, or records are of a person who was not moved; names the
        rows.
    """
    people = table_of(moved, _MOVED, what="moved")
    keys_in(people, ["person"], what="moved")
    for column in ("person", *_OWN):
        labels_in(people, column, what="moved", advice="Fill it in.")
    now = pd.Timestamp(day)
    appointed = dates_in(people, "appointed", what="moved", advice="Write YYYY-MM-DD.")
    late = ~(appointed <= now).to_numpy()
    refuse(late, people, f"moved, appointed: must be a date until {day}", "Correct it.")
    asked = people.reset_index(names="at")[["at", *_OWN[:2]]].merge(
        requirements.for_posts(people), on=list(_OWN[:2])
    )
    found = people[list(_OWN)].assign(jp=0.0, accepted=ANY, ruled=False)
    found.loc[asked["at"].unique(), "ruled"] = True
    missing = _missing_jp(asked, people, training, now)
    lacks = np.select(
        [asked["requirement"] == "pendidikan", asked["requirement"] == "pelatihan"],
        [~_educated(asked, people), missing > 0],
        ~_certified(asked, people, certificates, now),
    ).astype(bool)
    for kind in KINDS:
        on = lacks & (asked["requirement"] == kind).to_numpy()
        found[kind] = False
        found.loc[asked["at"][on], kind] = True
    trained = (asked["requirement"] == "pelatihan").to_numpy()
    found.loc[asked["at"][trained], "jp"] = missing[trained]
    found.loc[asked["at"][trained], "accepted"] = (
        asked.loc[trained, "accepted"].str.join(" ").to_numpy()
    )
    return Gap(found.assign(days_left=_days_left(asked[lacks], appointed, now)))


def _days_left(lacking: pd.DataFrame, appointed: "pd.Series", now: pd.Timestamp) -> "pd.Series":
    months = (lacking["years"] * 12).round().astype(int)
    ends = [
        appointed[at] + pd.DateOffset(months=m) for at, m in zip(lacking["at"], months, strict=True)
    ]
    left = (pd.Series(ends, index=lacking["at"], dtype="datetime64[ns]") - now).dt.days
    return left.groupby(level=0).min().reindex(appointed.index)


def _educated(asked: pd.DataFrame, people: pd.DataFrame) -> BoolArray:
    codes = code_texts(people["education"])[asked["at"].to_numpy()].tolist()
    pairs = zip(codes, asked["accepted"], strict=True)
    return np.array([ANY in accepted or code in accepted for code, accepted in pairs], dtype=bool)


def _missing_jp(
    asked: pd.DataFrame, people: pd.DataFrame, training: object, now: pd.Timestamp
) -> FloatArray:
    what = "training"
    rows = _of_people(training, ("person", "kind", "jp", "date"), people, what)
    jp = numbers_in(rows, "jp", what=what, rule="0 or more", advice="Correct it.", low=0)
    date = dates_in(rows, "date", what=what, advice="Write YYYY-MM-DD.")
    rows = rows.assign(jp=jp, kind=code_texts(rows["kind"]))[date <= now]
    wanted = asked.loc[asked["requirement"] == "pelatihan", ["at", "accepted", "jp"]]
    each = wanted.rename(columns={"jp": "asked"}).explode("accepted").merge(rows, on="at")
    counts = (each["accepted"] == ANY) | (each["accepted"] == each["kind"])
    done = each[counts].groupby("at")["jp"].sum().reindex(asked["at"], fill_value=0.0).to_numpy()
    missing = np.maximum(asked["jp"].to_numpy() - done, 0.0)
    return np.where(asked["requirement"] == "pelatihan", missing, 0.0)


def _certified(
    asked: pd.DataFrame, people: pd.DataFrame, certificates: object, now: pd.Timestamp
) -> BoolArray:
    rows = _of_people(certificates, ("person", "name"), people, "certificates")
    for column in ("valid_from", "valid_to"):
        rows[column] = (
            dates_in(rows, column, what="certificates", advice="Write YYYY-MM-DD.")
            if column in rows
            else pd.NaT
        )
    rows = rows[~(rows["valid_from"] > now) & ~(rows["valid_to"] < now)]
    wanted = asked[asked["requirement"] == "sertifikat"].explode("accepted")
    each = wanted.reset_index(names="row").merge(rows, on="at")
    held = each.loc[(each["accepted"] == ANY) | (each["accepted"] == each["name"]), "row"]
    return asked.index.isin(held)


def _of_people(
    table: object, columns: tuple[str, ...], people: pd.DataFrame, what: str
) -> pd.DataFrame:
    """Return the rows with the position of their person."""
    rows = table_of(table, columns, what=what)
    at = pd.Index(people["person"]).get_indexer(pd.Index(rows["person"]))
    if (at < 0).any():
        raise DataError(
            f"{what}, person: {counted(int((at < 0).sum()), 'row is', 'rows are')} of people who "
            f"were not moved, such as row {int(np.flatnonzero(at < 0)[0]) + 1}. Leave them out."
        )
    return rows.assign(at=at)
