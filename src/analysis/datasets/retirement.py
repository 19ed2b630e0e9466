"""Ages of retirement (*BUP*) by post: the one reader of the table `batas_usia_pensiun`."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.arrays import BoolArray, FloatArray
from analysis.errors import DataError
from analysis.messages import some

KINDS = ("struktural", "fungsional", "pelaksana")
"""Kinds of post that the law gives an age."""

_ECHELONS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


@dataclass(frozen=True)
class RetirementRule:
    """One row: which posts it means, and their age.

    Attributes
    ----------
    code, kind : str
        Its name; one of `KINDS`.
    echelons : frozenset of int
        Levels 1 to 5; empty for any.
    levels, beginnings : frozenset of str
        Levels (*jenjang*) of functional posts, and what titles begin with, in small letters; empty
        for any.
    age : int
        In years.
    start : date
        First day.
    """

    code: str
    kind: str
    echelons: frozenset[int]
    levels: frozenset[str]
    beginnings: frozenset[str]
    age: int
    start: dt.date

    @property
    def rank(self) -> tuple[bool, bool, dt.date]:
        """Which of two rules for a post counts: the higher.

        A statute of some posts comes before the age of a level, and the later before the earlier.
        """
        return bool(self.beginnings), bool(self.levels or self.echelons), self.start


@dataclass(frozen=True)
class RetirementRules:
    """The ages in force on a day.

    Attributes
    ----------
    day : date
    rules : tuple of RetirementRule
        Where several mean a post, the last counts.
    """

    day: dt.date
    rules: tuple[RetirementRule, ...]

    @classmethod
    def from_frame(cls, table: pd.DataFrame, day: dt.date) -> "RetirementRules":
        """Return the ages of the table `batas_usia_pensiun` that hold on a day.

        Raises
        ------
        DataError
            If none holds for a kind of post.
        """
        holds = (table["berlaku_mulai"] <= pd.Timestamp(day)) & ~(
            table["berlaku_sampai"] < pd.Timestamp(day)
        )
        rules = sorted(map(_rule, table[holds].to_dict("records")), key=lambda rule: rule.rank)
        lacking = sorted(set(KINDS) - {rule.kind for rule in rules if not rule.beginnings})
        if lacking:
            raise DataError(
                f"batas_usia_pensiun has no age of {some(lacking)} posts in force on {day}. Choose "
                "a later day, or add a row."
            )
        return cls(day, tuple(rules))

    def ages(self, posts: pd.DataFrame) -> FloatArray:
        """Return the age of retirement of posts, in years.

        Parameters
        ----------
        posts : DataFrame
            `kind` (one of `KINDS`), `echelon` (1 to 5, 0 where there is none), `level` (*jenjang*;
            missing where there is none) and `title`; texts as categories.

        Returns
        -------
        ndarray, shape (posts,)
            NaN where no rule tells: a functional post without a level that no statute names, or a
            structural one without an echelon.
        """
        found = np.full(len(posts), np.nan)
        echelon = posts["echelon"].to_numpy()
        for rule in self.rules:
            meant = _among(posts["kind"], lambda name, rule=rule: name == rule.kind)
            if rule.echelons:
                meant &= np.isin(echelon, list(rule.echelons))
            if rule.levels:
                meant &= _among(posts["level"], lambda name, rule=rule: name in rule.levels)
            if rule.beginnings:
                meant &= _among(posts["title"], lambda name, rule=rule: _begins(name, rule))
            found[meant] = rule.age
        return found


def tidy_retirement_ages(table: pd.DataFrame) -> pd.DataFrame:
    """Return the ages of retirement with what they rest on, one row for each time it holds."""
    return table.sort_values(["kode", "berlaku_mulai"], kind="stable").reset_index(drop=True)


def _rule(row: dict[Any, Any]) -> RetirementRule:
    return RetirementRule(
        code=row["kode"],
        kind=row["jenis_jabatan"],
        echelons=frozenset(_ECHELONS[name.upper()] for name in _words(row["eselon"])),
        levels=_words(row["jenjang"]),
        beginnings=_words(row["awal_jabatan"]),
        age=int(row["usia"]),
        start=row["berlaku_mulai"].date(),
    )


def _words(text: Any) -> frozenset[str]:
    if pd.isna(text):
        return frozenset()
    return frozenset(word.strip().lower() for word in text.split("|"))


def _begins(title: str, rule: RetirementRule) -> bool:
    return any(title == word or title.startswith(f"{word} ") for word in rule.beginnings)


def _among(column: "pd.Series[Any]", meant: Any) -> BoolArray:
    """Return which rows have a category that is meant."""
    values: Any = column.array
    if not isinstance(column.dtype, pd.CategoricalDtype):
        values = pd.Categorical(column)
    names = [bool(meant(str(name).lower())) for name in values.categories]
    return np.asarray(np.array([*names, False])[values.codes], dtype=np.bool_)
