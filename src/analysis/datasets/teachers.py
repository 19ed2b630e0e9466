"""Teachers of primary schools by province and school year, with and without a degree."""

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.datasets.description import Resource
from analysis.datasets.stacking import rows_of, stack
from analysis.geography.codebook import CODE
from analysis.geography.regions import Regions

ROLE = "guru_sd_provinsi"
COUNTS = ["sekolah", "siswa", "rombel", "guru_di_bawah_s1", "guru_s1", "guru"]
_JULY = 7  # a school year starts in it


def tidy_teachers(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the tables of primary schools.

    Parameters
    ----------
    tables : mapping of str to (Resource, DataFrame)
        Description and rows of every table with the role `guru_sd_provinsi`.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, `wilayah` (basis), `kode_kemendagri` (missing
        where the place is no province, such as abroad), `nama`, `sekolah`, `siswa` (pupils),
        `rombel` (classes), and heads and teachers together: `guru_di_bawah_s1` (below a first
        degree), `guru_s1` (with one or more) and `guru` (both).
    """
    return stack(tables, COUNTS)


def school_year(date: dt.date) -> str:
    """Return the school year of a date, from July to June.

    Examples
    --------
    >>> school_year(dt.date(2023, 12, 31)), school_year(dt.date(2024, 6, 30))
    ('2023/2024', '2023/2024')
    """
    first = date.year if date.month >= _JULY else date.year - 1
    return f"{first}/{first + 1}"


def teachers_at(
    teachers: pd.DataFrame, date: dt.date, regions: Regions, basis: str
) -> pd.DataFrame:
    """Return schools, pupils, classes and teachers by province at a date, on a basis.

    Parameters
    ----------
    teachers : DataFrame
        As from `tidy_teachers`.
    date : date
        A date for which there is a table.
    regions : Regions
        Provinces and splits.
    basis : str
        Set of provinces to bring the counts to.

    Returns
    -------
    DataFrame
        Indexed by `kode_kemendagri`: the counts of `tidy_teachers`, Int64. What lies outside the
        provinces is not among them; see `teachers_beside`.

    Raises
    ------
    DataError
        If no table has that date, or its basis is coarser.
    """
    rows = _of(teachers, date)
    provinces = rows[rows[CODE].notna()].reset_index(drop=True)
    what = f"teachers {date}"
    return regions.merge(provinces, provinces["wilayah"].iloc[0], basis, sums=COUNTS, what=what)


def teachers_beside(teachers: pd.DataFrame, date: dt.date) -> pd.DataFrame:
    """Return the same counts of the places that are no province, such as schools abroad.

    Parameters, errors: see `teachers_at`.

    Returns
    -------
    DataFrame
        Indexed by `nama`: the counts; no rows where the table names no such place.
    """
    rows = _of(teachers, date)
    return rows[rows[CODE].isna()].set_index("nama")[COUNTS]


def _of(teachers: pd.DataFrame, date: dt.date) -> pd.DataFrame:
    return rows_of(teachers, date, what="primary-school teachers by province", role=ROLE)
