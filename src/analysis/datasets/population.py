"""Population by province at a date."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

import pandas as pd

from analysis.datasets.package import Resource
from analysis.datasets.stacking import available, stack
from analysis.errors import DataError
from analysis.geography.regions import Regions

Kind = Literal["sensus", "registrasi", "gabungan"]

ROLE = "penduduk_provinsi"
_NEAR = pd.Timedelta(days=731)  # further away, a register is no population of that date


def tidy_population(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the censuses and registers.

    Parameters
    ----------
    tables : mapping of str to (Resource, DataFrame)
        Description and rows of every table with the role `penduduk_provinsi`.

    Returns
    -------
    DataFrame
        `tanggal`, `wilayah` (basis), `jenis` ("sensus" or "registrasi"), `kode_kemendagri`,
        `nama`, `penduduk` (people).
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
    counts = population if kind == "gabungan" else population[population["jenis"] == kind]
    days = sorted(counts["tanggal"].unique())
    wanted = pd.Timestamp(date)
    if kind == "registrasi":
        near = [day for day in days if abs(day - wanted) <= _NEAR]
        if not near:
            raise DataError(
                f"No register of population is within {_NEAR.days} days of {date}; there are "
                f"registers of {available(counts) or 'no date'}. Choose population = 'sensus' or "
                "'gabungan', or add a register to data/raw."
            )
        return _on_basis(counts, min(near, key=lambda day: abs(day - wanted)), regions, basis)
    before = [day for day in days if day <= wanted]
    after = [day for day in days if day >= wanted]
    if not before or not after:
        raise DataError(
            f"{date} is not between two counts of population; for {kind!r} there are counts of "
            f"{available(counts)}. Choose a date between them, or another kind: 'sensus', "
            "'registrasi' or 'gabungan'."
        )
    first = _on_basis(counts, before[-1], regions, basis)
    if before[-1] == after[0]:
        return first
    return grow(
        first,
        _on_basis(counts, after[0], regions, basis),
        start=before[-1].date(),
        end=after[0].date(),
        date=date,
    ).rename("penduduk")


def _on_basis(counts: pd.DataFrame, day: pd.Timestamp, regions: Regions, basis: str) -> pd.Series:
    rows = counts[counts["tanggal"] == day].reset_index(drop=True)
    what = f"penduduk {rows['jenis'].iloc[0]} {day.date()}"
    merged = regions.merge(rows, rows["wilayah"].iloc[0], basis, sums=["penduduk"], what=what)
    return merged["penduduk"]
