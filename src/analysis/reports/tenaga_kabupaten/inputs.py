"""What report 04 works on: staff and population by kabupaten and kota, and who is missing."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis import datasets
from analysis.errors import ParameterError
from analysis.inequality import Confidence
from analysis.language import Language
from analysis.messages import some
from analysis.paths import RAW
from analysis.reports.parameters import found_path
from analysis.reports.ratio_standards import ratio_standard
from analysis.reports.tenaga_kabupaten import spread
from analysis.reports.tenaga_kabupaten.parameters import NATIONAL, TenagaKabupaten

_MERGED = "{{}} (gabungan)"


@dataclass(frozen=True, eq=False)
class Supply:
    """Staff of a table, by kabupaten and kota.

    Attributes
    ----------
    units : DataFrame
        One row per kabupaten or kota whose count of the profession is known: `kode_kemendagri`,
        `nama`, `jenis`, `kode_provinsi`, `provinsi`, `pulau`, `lintang`, `bujur`, `tenaga`,
        `penduduk`, `rasio` (per 100,000 people), `fasilitas` (missing where not counted).
    kinds : DataFrame
        Staff of every profession of the table, a column each, on the index of `units`; missing
        where not known.
    titles : dict of str to str
        What the table calls each profession.
    lacking : DataFrame
        The kabupaten and kota whose count is not known: the columns of `units` that are of places.
    date, people_date : date
        Of the staff and of the population.
    """

    units: pd.DataFrame
    kinds: pd.DataFrame
    titles: dict[str, str]
    lacking: pd.DataFrame
    date: dt.date
    people_date: dt.date


def supply(p: TenagaKabupaten, language: Language) -> Supply:
    """Return staff and population by kabupaten and kota.

    Raises
    ------
    ParameterError
        If a table, a profession or a province is not there, the table does not cover the level,
        or nobody of the profession is there.
    """
    rows = _table("tenaga_kabkota", p.table, "table")
    kinds = rows.pivot_table(
        index="kode_kemendagri", columns="profesi", values="jumlah", aggfunc="first", sort=False
    )[list(dict.fromkeys(rows["profesi"]))].astype("Int64")
    _refuse_unknown(p, list(kinds.columns))
    places = _places(p, str(rows["cakupan"].iloc[0]), language)
    counts = kinds[p.profession].reindex(places["kode_kemendagri"])
    known = counts.notna().to_numpy()
    people = _table("penduduk_kabkota", p.population, "population")
    units = places[known].reset_index(drop=True)
    code = units["kode_kemendagri"]
    facilities = rows.drop_duplicates("kode_kemendagri").set_index("kode_kemendagri")["fasilitas"]
    units = units.assign(
        tenaga=counts[known].astype("int64").to_numpy(),
        penduduk=_population(people, units, p.population).to_numpy(),
        fasilitas=facilities.reindex(code).to_numpy(),
    )
    if not units["tenaga"].any():
        raise ParameterError(
            f"Parameter 'profession' = {p.profession!r}: nobody is counted at level = {p.level!r}, "
            f"so that there is no spread. Choose from {', '.join(kinds.columns)}, or another level."
        )
    return Supply(
        units.assign(rasio=spread.ratio(units["tenaga"], units["penduduk"])),
        kinds.reindex(code).reset_index(drop=True),
        dict(zip(rows["profesi"], rows["judul"], strict=True)),
        places[~known].reset_index(drop=True),
        rows["tanggal"].iloc[0].date(),
        people["tanggal"].iloc[0].date(),
    )


def on_the_map(data: Supply) -> pd.DataFrame:
    """Return the places of all units, with their ratio, missing where it is not known."""
    columns = ["kode_kemendagri", "nama", "bujur", "lintang"]
    places = pd.concat([data.units[[*columns, "rasio"]], data.lacking[columns]], ignore_index=True)
    return places.astype({"rasio": "float64"})


def boundaries(p: TenagaKabupaten) -> pd.DataFrame | None:
    """Return the boundaries that the reader has, or None.

    Raises
    ------
    DataError
        If the file is not there, or what is in it cannot be drawn; see `read_boundaries`.
    """
    if p.boundaries is None:
        return None
    points = datasets.read_processed("kabkota").set_index("kode_kemendagri")
    return datasets.read_boundaries(
        found_path(p.boundaries, "boundaries"), points[["bujur", "lintang"]]
    )


def tables_read(p: TenagaKabupaten, data: Supply) -> dict[str, list[dt.date] | None]:
    """Return the tidy tables that the report reads, and their dates, for the list of sources."""
    return {
        "tenaga_kabkota": [data.date],
        "penduduk_kabkota": [data.people_date],
        "kabkota": None,
        "pemekaran": None,
        "provinsi": None,
        "wilayah_kabkota": None,
        "kabkota_berbatasan": None,
        "garis_pantai": None,
        **({} if p.standard is not None else {"aturan": None}),
    }


def confidence(p: TenagaKabupaten) -> Confidence:
    """Return how intervals for kabupaten and kota are made.

    Units of one province are alike, so that whole provinces are what another draw would replace:
    an interval that took units one by one would be half as wide and hold in two of three cases.
    """
    if p.randomness == "count":
        return Confidence("count", counts="tenaga", seed=p.seed)
    clusters = "kode_provinsi" if p.level == NATIONAL else None
    return Confidence("superpopulation", clusters=clusters, seed=p.seed)


def confidence_of_provinces(p: TenagaKabupaten) -> Confidence:
    """Return how intervals for provinces as wholes are made."""
    counts = "tenaga" if p.randomness == "count" else None
    return Confidence(p.randomness, counts=counts, seed=p.seed)


def marks(p: TenagaKabupaten) -> tuple[str, ...]:
    """Return the keys of what the description of the table says that it cannot support."""
    described = datasets.read_package(RAW)[p.table]
    return tuple(described.batasan) if isinstance(described, datasets.Resource) else ()


def standard(p: TenagaKabupaten, date: dt.date) -> tuple[float | None, datasets.Regulation | None]:
    """Return the ratio that staff are held against, and the number of law it is, if any.

    Raises
    ------
    DataError
        If the number of law has another unit.
    """
    return ratio_standard(p.profession, p.standard, date)


def _table(processed: str, name: str, parameter: str) -> pd.DataFrame:
    tables = datasets.read_processed(processed)
    rows = tables[tables["tabel"] == name]
    if rows.empty:
        raise ParameterError(
            f"Parameter {parameter!r} = {name!r} is no table with the role {processed!r}. Choose "
            f"from {', '.join(dict.fromkeys(tables['tabel']))}, or add one to data/raw."
        )
    return rows


def _refuse_unknown(p: TenagaKabupaten, professions: list[str]) -> None:
    for parameter in ("profession", "compared_with"):
        chosen = getattr(p, parameter)
        if chosen is not None and chosen not in professions:
            raise ParameterError(
                f"Parameter {parameter!r} = {chosen!r} is no profession of the table {p.table}. "
                f"Choose from {', '.join(professions)}."
            )


def _places(p: TenagaKabupaten, covered: str, language: Language) -> pd.DataFrame:
    """Return the kabupaten and kota of the level, in the provinces of the basis."""
    regions = datasets.load_regions()
    places = datasets.read_processed("kabkota")
    if covered != NATIONAL:
        places = places[places["kode_provinsi"].isin(covered.split(","))]
    code = places["kode_provinsi"].map(regions.unit_of(p.basis))
    places = places.assign(
        kode_provinsi=code,
        provinsi=code.map(regions.names(p.basis, merged=language.text(_MERGED))),
        pulau=code.map(regions.islands(p.basis)),
    )
    if p.level == NATIONAL and covered == NATIONAL:
        return places
    chosen = places[places["kode_provinsi"] == p.level]
    if chosen.empty:
        raise ParameterError(
            f"Parameter 'level' = {p.level!r}: the table {p.table} covers, on {p.basis} provinces, "
            f"{some(sorted(set(code)))}. Choose one of them"
            f"{f', or {NATIONAL!r}' if covered == NATIONAL else ''}."
        )
    return chosen


def _population(people: pd.DataFrame, units: pd.DataFrame, table: str) -> pd.Series:
    found = people.set_index("kode_kemendagri")["penduduk"].reindex(units["kode_kemendagri"])
    lacking = units.loc[found.isna().to_numpy(), "nama"]
    if len(lacking):
        raise ParameterError(
            f"Parameter 'population' = {table!r} has no people for {some(lacking)}. Choose a table "
            "that covers them."
        )
    return found.astype("int64")
