"""Population by province at a date."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

import pandas as pd

from analysis.datasets.description import Resource
from analysis.datasets.stacking import available, stack
from analysis.errors import DataError
from analysis.geography.regions import Regions

Kind = Literal["sensus", "registrasi", "gabungan"]

ROLE = "penduduk_provinsi"
_NEAR = dt.timedelta(days=731)  # further away, a register is no population of that date


def tidy_population(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the censuses and registers.

    Parameters
    ----------
    tables : mapping of str to (Resource, DataFrame)
        Description and rows of every table with the role `penduduk_provinsi`.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, `wilayah` (basis), `jenis` ("sensus" or
        "registrasi"), `kode_kemendagri`, `nama`, `penduduk` (people).
    """
    return stack(tables, ["penduduk"], labels="jenis")


def grow(
    earlier: pd.Series, later: pd.Series, *, start: dt.date, end: dt.date, date: dt.date
) -> pd.Series:
    """Return the population at a date between two counts, by geometric growth.

    ``p(t) = p0 * (p1 / p0) ** ((t - t0) / (t1 - t0))``, time in days: growth at a constant rate
    between the two counts, unit by unit.

    Parameters
    ----------
    earlier, later : Series of shape (n,)
        Population (people > 0) of the same units, on the same index, at `start` and `end`.
    start, end, date : date
        ``start <= date <= end``, ``start < end``.

    Returns
    -------
    Series
        People, not rounded.

    Raises
    ------
    DataError
        If the date is outside the two counts, the units differ, or a population is not positive.

    References
    ----------
    Shryock, H. S. and Siegel, J. S. (1976). The Methods and Materials of Demography, condensed
    edition, Academic Press, chapter on population change (geometric rate of growth).

    Examples
    --------
    >>> p = pd.Series({"11": 100.0})
    >>> grow(p, 4 * p, start=dt.date(2010, 1, 1), end=dt.date(2010, 1, 3),
    ...      date=dt.date(2010, 1, 2)).item()
    200.0
    """
    if not start <= date <= end or start == end:
        raise DataError(
            f"The population at {date} cannot be found between the counts of {start} and {end}. "
            "Choose a date between them, or another kind of population."
        )
    if not earlier.index.equals(later.index):
        odd = sorted(set(earlier.index) ^ set(later.index)) or "the order"
        raise DataError(f"The units of the two counts differ: {odd}. Bring them to one basis.")
    wrong = earlier.index[~((earlier > 0) & (later > 0)).fillna(value=False).to_numpy(dtype=bool)]
    if len(wrong):
        raise DataError(
            f"Population must be above zero; it is not in {', '.join(map(str, wrong))}. Correct it."
        )
    share = (date - start).days / (end - start).days
    first = earlier.astype("float64")
    return first * (later.astype("float64") / first) ** share


def population_at(
    population: pd.DataFrame,
    date: dt.date,
    regions: Regions,
    basis: str,
    *,
    kind: Kind,
) -> pd.Series:
    """Return the population by province at a date, on a basis.

    Parameters
    ----------
    population : DataFrame
        As from `tidy_population`.
    date : date
        Date wanted.
    regions : Regions
        Provinces and splits.
    basis : str
        Set of provinces to bring the counts to.
    kind : {"sensus", "registrasi", "gabungan"}
        "sensus": geometric growth between the censuses just before and after the date (`grow`).
        "registrasi": the register nearest to the date and at most two years from it, as it
        stands; an estimate between registers would need two.
        "gabungan": geometric growth between the counts just before and after the date, census or
        register, which mixes two definitions of population.

    Returns
    -------
    Series
        People, indexed by `kode_kemendagri`.

    Raises
    ------
    DataError
        If the date is outside the counts or far from any register, or a count does not reach
        the basis.
    """
    counts = population_counts(population, date, kind=kind)
    start, *end = _days(counts)
    first, *last = (_on_basis(_of(counts, day), regions, basis) for day in (start, *end))
    if not last:
        return first
    return grow(first, last[0], start=start, end=end[0], date=date).rename("penduduk")


def population_counts(population: pd.DataFrame, date: dt.date, *, kind: Kind) -> pd.DataFrame:
    """Return the counts that the population at a date rests on.

    Parameters
    ----------
    population, date, kind
        As in `population_at`.

    Returns
    -------
    DataFrame
        Rows of `population`: those of one count if it is of the date or nearest to it, else those
        of the counts just before and after.

    Raises
    ------
    DataError
        If the date is outside the counts or far from any register.
    """
    counts = population if kind == "gabungan" else population[population["jenis"] == kind]
    days = _days(counts)
    if kind == "registrasi":
        near = [day for day in days if abs(day - date) <= _NEAR]
        if not near:
            raise DataError(
                f"No register of population is within {_NEAR.days} days of {date}; there are "
                f"registers of {available(counts) or 'no date'}. Choose population = 'sensus' or "
                "'gabungan', or add a register to data/raw."
            )
        return _of(counts, min(near, key=lambda day: abs(day - date)))
    before = [day for day in days if day <= date]
    after = [day for day in days if day >= date]
    if not before or not after:
        raise DataError(
            f"{date} is not between two counts of population; for {kind!r} there are counts of "
            f"{available(counts)}. Choose a date between them, or another kind: 'sensus', "
            "'registrasi' or 'gabungan'."
        )
    return _of(counts, before[-1], after[0])


def _days(counts: pd.DataFrame) -> list[dt.date]:
    return sorted(counts["tanggal"].dt.date.unique())


def _of(counts: pd.DataFrame, *days: dt.date) -> pd.DataFrame:
    return counts[counts["tanggal"].isin([pd.Timestamp(day) for day in days])]


def _on_basis(count: pd.DataFrame, regions: Regions, basis: str) -> pd.Series:
    rows = count.reset_index(drop=True)
    what = f"penduduk {rows['jenis'].iloc[0]} {rows['tanggal'].iloc[0].date()}"
    merged = regions.merge(rows, rows["wilayah"].iloc[0], basis, sums=["penduduk"], what=what)
    return merged["penduduk"]
