"""Teachers, classes, pupils and need by kecamatan, as the findings of report 12 take them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from analysis import datasets
from analysis.datasets.schools import COUNTS
from analysis.geography.boundaries import add_up, common_units, unit_names
from analysis.geography.codebook import CODE
from analysis.inequality import gini
from analysis.redistribution import Plan, plan_moves, standard_need
from analysis.reports.sekolah_kecamatan.parameters import Level, Model, SekolahKecamatan
from analysis.reports.shortages import against_need, filling, vacancies

STATUS = "Negeri"
LEVELS: tuple[Level, ...] = get_args(Level)
MODELS: tuple[Model, ...] = get_args(Model)


def spoken(model: Model) -> str:
    """Return the name of a need as the catalogue has it."""
    return model.replace("_", " ")


@dataclass(frozen=True)
class Norms:
    """What a class and a pupil need of teachers.

    Attributes
    ----------
    rules : DataFrame
        The rows of the table behind them, by `norma`.
    per_class : float
        Teachers for one class.
    per_teacher : float
        Pupils of one teacher.
    own_class, own_pupils : bool
        Whether the number is the reader's and not the table's.
    """

    rules: pd.DataFrame
    per_class: float
    per_teacher: float
    own_class: bool
    own_pupils: bool


def norms(level: Level, p: SekolahKecamatan) -> Norms:
    """Return the norms of a level; the parameters replace those of the level they are given for.

    Teachers for one class are its class teachers and the hours of subject teachers over the hours
    that one teaches: ``g + h / b``.

    Raises
    ------
    DataError
        If the table has no norm of the level in that year.
    """
    rules = datasets.norms_on(datasets.read_processed("norma_guru"), level, dt.date(p.after, 1, 1))
    value = rules["nilai"]
    own = level == p.level
    given = (p.teachers_per_class if own else None, p.pupils_per_teacher if own else None)
    by_rule = (
        value["guru_kelas"] + value["jam_guru_mapel"] / value["beban_mengajar"],
        value["peserta_didik_per_guru"],
    )
    per_class, per_teacher = (
        float(rule if mine is None else mine) for mine, rule in zip(given, by_rule, strict=True)
    )
    return Norms(rules, per_class, per_teacher, given[0] is not None, given[1] is not None)


def kecamatan(level: Level, year: int) -> pd.DataFrame:
    """Return the state schools of a level by kecamatan, as the year recorded them.

    Returns
    -------
    DataFrame
        Indexed by `kode_kemendagri`: `nama` and the counts of `datasets.schools_in`.

    Raises
    ------
    DataError
        If there are no data of that year.
    """
    schools = datasets.read_processed("sekolah_kecamatan")
    return datasets.schools_in(schools, year, level, STATUS).set_index(CODE)


def needs(frame: pd.DataFrame, found: Norms) -> pd.DataFrame:
    """Return the teachers each unit needs under each norm: a column for each of `MODELS`."""
    return pd.DataFrame(
        {
            "rombel": standard_need(frame["rombel"], 1.0 / found.per_class),
            "peserta_didik": standard_need(frame["peserta_didik"], found.per_teacher),
        }
    )


def boundary_units(codes: pd.Index, before: int, after: int) -> pd.Series:
    """Return the unit that covers each kecamatan on boundaries common to all years of a period."""
    changes = datasets.read_processed("pemekaran_kecamatan")
    inside = (changes["tahun"] > before) & (changes["tahun"] <= after)
    return common_units(codes, changes[inside])


def on_units(frame: pd.DataFrame, units: pd.Series, merged: str) -> pd.DataFrame:
    """Return the frame of `kecamatan` with the counts of each unit added up.

    `merged` is how a unit that covers several kecamatan is called, such as ``"{} (gabungan)"``.
    """
    summed = add_up(frame.reset_index(), units, sums=COUNTS, what="sekolah_kecamatan")
    return summed.assign(nama=unit_names(units, frame["nama"], merged=merged))[["nama", *COUNTS]]


def fewest_moves(staff: pd.Series, need: pd.Series) -> int:
    """Return the fewest moves that fill every shortage, or all that can be given if that is less.

    Whole people leave units that stay at or above their need and arrive in units below theirs: the
    smaller of ``sum_i floor(max(s_i - d_i, 0))`` and ``sum_i ceil(max(d_i - s_i, 0))``.

    Examples
    --------
    >>> units = ["A", "B", "C"]
    >>> fewest_moves(pd.Series([12, 5, 4], units), pd.Series([9.5, 7.0, 4.5], units))
    2
    """
    given = np.floor(against_need(staff, need)["surplus"]).sum()
    return int(min(given, vacancies(staff, need).sum()))


def plan(staff: pd.Series, need: pd.Series, budget: int | None) -> Plan:
    """Return the moves that fill shortages, fewest and most needed first.

    Nobody leaves a unit that would then be below its need, and nobody arrives in one that has
    enough. Who goes where is not settled: there are no distances.

    Parameters
    ----------
    staff, need : Series
        Teachers and need by unit.
    budget : int or None
        Most people who move; None for as many as `fewest_moves`.
    """
    most = fewest_moves(staff, need)
    return plan_moves(
        staff,
        need,
        budget=most if budget is None else min(budget, most),
        limits=filling(staff, need),
    )


def gini_by_model(frame: pd.DataFrame, found: Norms) -> Mapping[Model, float]:
    """Return the Gini of teachers per need under each norm, weighted by need."""
    table = needs(frame, found)
    return {model: gini(frame["guru"] / table[model], table[model]) for model in MODELS}
