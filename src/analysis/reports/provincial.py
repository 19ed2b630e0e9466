"""What reports on provinces share: staff and population by province, and tables of measures."""

import datetime as dt
from collections.abc import Sequence
from itertools import product
from typing import Annotated, Literal, get_args

import pandas as pd
from pydantic import AfterValidator, BeforeValidator

from analysis import datasets, staffing
from analysis.datasets.population import Kind
from analysis.errors import DataError, ParameterError
from analysis.geography.regions import Regions
from analysis.inequality import MEASURES, Confidence, inequality_table
from analysis.language import Code, Language
from analysis.reports.wording import Words

PER = 1000  # people; ratios are printed per thousand
COVERAGE_DRAWS = 1000


def _as_text(value: object) -> object:
    """Return a number as text: papermill reads `-p basis 38` as one."""
    return str(value) if isinstance(value, int) else value


_Bases = Literal["33", "34", "37", "38"]
Basis = Annotated[_Bases, BeforeValidator(_as_text)]
NeedModel = Literal["penduduk", "gabungan", "desa", "kecamatan"]
CentralStaff = Literal["keluarkan", "hitung"]
Randomness = Literal["superpopulation", "count"]


def _known(measures: tuple[str, ...]) -> tuple[str, ...]:
    # A report calls a rise more unequal, so it takes no measure that rises with equality.
    allowed = [name for name, row in MEASURES.items() if row.rises_with == "inequality"]
    unknown = [name for name in measures if name not in allowed]
    if unknown or not measures:
        raise ParameterError(
            f"Parameter 'measures': {', '.join(unknown) or 'an empty list'} is not allowed. "
            f"Choose from {', '.join(allowed)}."
        )
    return measures


Measures = Annotated[tuple[str, ...], AfterValidator(_known)]


def provincial_staffing(
    date: dt.date, basis: Basis, population: Kind, language: Language
) -> pd.DataFrame:
    """Return staff, population and their ratios by province at a date.

    Parameters
    ----------
    date : date
        Date of the staff counts; a table with that date must exist.
    basis : {"33", "34", "37", "38"}
        Set of provinces to bring both tables to.
    population : {"sensus", "registrasi", "gabungan"}
        How the population at `date` is found, see `datasets.population_at`.
    language : Language
        In which a province that covers several present ones says so.

    Returns
    -------
    DataFrame
        One row per province: `kode_kemendagri`, `nama`, `pulau`, `pns`, `penduduk`, `rasio`
        (staff per 1,000 people), `penduduk_per_pns`, `lq` (location quotient) and `selisih`
        (staff above an equal per-capita spread, in people).

    Raises
    ------
    DataError
        If there is no table for the date, or none that reaches the basis.
    """
    regions = datasets.load_regions()
    frame = _ratios(date, basis, population, regions)
    return frame.assign(
        nama=regions.names(basis, merged=language.text("{{}} (gabungan)")),
        pulau=regions.islands(basis),
        penduduk_per_pns=staffing.residents_per_staff(frame["pns"], frame["penduduk"]),
        lq=staffing.location_quotient(frame["pns"], frame["penduduk"]),
        selisih=staffing.gap_to_equal_share(frame["pns"], frame["penduduk"]),
    ).reset_index(names="kode_kemendagri")


def overall_ratio(frame: pd.DataFrame) -> float:
    """Return staff per 1,000 people over all provinces of the frame."""
    return staffing.overall_ratio(frame["pns"], frame["penduduk"], per=PER)


def by_island(frame: pd.DataFrame) -> pd.DataFrame:
    """Return staff, population, ratio and location quotient of each island group."""
    totals = frame.groupby("pulau")[["pns", "penduduk"]].sum()
    ratio = PER * totals["pns"] / totals["penduduk"]
    return totals.assign(rasio=ratio, lq=ratio / overall_ratio(frame))


def island_totals(
    frame: pd.DataFrame, islands: pd.Series, sums: Sequence[str], say: Words
) -> pd.DataFrame:
    """Return the rows of a table that stand for island groups, and for all provinces of it.

    Parameters
    ----------
    frame : DataFrame
        One row a province.
    islands : Series
        Island group of each, with the same index.
    sums : sequence of str
        Columns that add up.
    say : Words

    Returns
    -------
    DataFrame
        `nama` and the sums: one row for each island group, and one for Indonesia.
    """
    columns = list(sums)
    groups = frame[columns].groupby(islands.map(say.language.name)).sum()
    whole = frame[columns].sum().to_frame(say.label("Indonesia")).T
    return pd.concat([groups, whole]).rename_axis("nama").reset_index()


def measure_values(frame: pd.DataFrame, measures: Sequence[str]) -> pd.Series:
    """Return the measures of the person-weighted per-capita ratio, by name."""
    rows = inequality_table(frame, value="rasio", weight="penduduk", measures=measures)
    return rows.set_index("measure")["estimate"]


def confidence(randomness: Randomness, seed: int) -> Confidence:
    """Return how intervals for provinces are made and their coverage is simulated."""
    counts = "pns" if randomness == "count" else None
    return Confidence(randomness, counts=counts, seed=seed, coverage_draws=COVERAGE_DRAWS)


def sensitivity(dates: Sequence[dt.date], measures: Sequence[str]) -> pd.DataFrame:
    """Return the measures at dates for every basis and population that the data allow.

    Returns
    -------
    DataFrame
        One row per date, basis and kind of population: `tanggal`, `basis`, `penduduk`, and a
        column for each of the measures.
    """
    regions, rows = datasets.load_regions(), []
    for date, basis, kind in product(dates, get_args(_Bases), get_args(Kind)):
        try:
            frame = _ratios(date, basis, kind, regions)
        except DataError:  # the data do not reach this combination, which is the finding
            continue
        values = measure_values(frame, measures).to_dict()
        rows.append({"tanggal": date, "basis": basis, "penduduk": kind} | values)
    # Between two censuses the combined population is that of the censuses.
    return pd.DataFrame(rows).drop_duplicates(["tanggal", "basis", *measures])


def short_label(measure: str, language: Code) -> str:
    """Return the name of a measure without its explanation, for the head of a column."""
    return MEASURES[measure].label[language].partition(" (")[0]


def _ratios(date: dt.date, basis: Basis, population: Kind, regions: Regions) -> pd.DataFrame:
    """Return the numbers of `provincial_staffing` by code: `pns`, `penduduk`, `rasio`."""
    staff = datasets.staff_at(datasets.read_processed("pns_provinsi"), date, regions, basis)
    people = datasets.population_at(
        datasets.read_processed("penduduk_provinsi"), date, regions, basis, kind=population
    )
    frame = pd.DataFrame({"pns": staff, "penduduk": people})
    return frame.assign(rasio=staffing.per_capita(frame["pns"], frame["penduduk"], per=PER))
