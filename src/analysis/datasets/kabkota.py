"""Tidy tables by kabupaten and kota: the places, their borders, population, area and staff."""

from collections.abc import Mapping

import pandas as pd

from analysis.datasets.columns import PEOPLE
from analysis.datasets.description import Resource
from analysis.datasets.package import FILE_NAME
from analysis.datasets.provinces import load_regions
from analysis.datasets.stacking import scope, stack, with_missing
from analysis.datasets.store import read_processed
from analysis.errors import DataError
from analysis.geography.codebook import CODE, NAME
from analysis.geography.identification import KIND
from analysis.geography.kabkota import PROVINCE, Kabkota

POPULATION_ROLE = "penduduk_kabkota"
STAFF_ROLE = "tenaga_kabkota"
FACILITIES = "fasilitas"  # the column of facilities, and its unit


def load_kabkota() -> Kabkota:
    """Return the kabupaten and kota from the processed tables."""
    places, aliases = read_processed("kabkota"), read_processed("kabkota_nama_lain")
    return Kabkota(places, aliases, load_regions())


def tidy_places(kabkota: pd.DataFrame, provinsi: pd.DataFrame, titik: pd.DataFrame) -> pd.DataFrame:
    """Return the kabupaten and kota by code.

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `nama`, `jenis` ("kabupaten" or "kota"), `kode_provinsi`, `provinsi`
        (its name), `pulau` (island group), `lintang` and `bujur` (of a point inside, decimal
        degrees).
    """
    provinces = provinsi.rename(columns={CODE: PROVINCE, NAME: "provinsi"})
    placed = kabkota.merge(provinces[[PROVINCE, "provinsi", "pulau"]], on=PROVINCE, validate="m:1")
    columns = [CODE, NAME, KIND, PROVINCE, "provinsi", "pulau", "lintang", "bujur"]
    return placed.merge(titik, on=CODE, validate="1:1").sort_values(CODE, ignore_index=True)[
        columns
    ]


def tidy_aliases(nama_lain: pd.DataFrame) -> pd.DataFrame:
    """Return other names of kabupaten and kota by code: `nama_lain`, and `sumber` for each."""
    return nama_lain.sort_values([CODE, "nama_lain"], ignore_index=True)


def tidy_borders(berbatasan: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that share a border, each once: `kode_a` < `kode_b`.

    Raises
    ------
    DataError
        If a pair is in another order, which might hide a second one.
    """
    wrong = berbatasan[berbatasan["kode_a"] >= berbatasan["kode_b"]]
    if len(wrong):
        pairs = ", ".join(f"{a}-{b}" for a, b in wrong.itertuples(index=False))
        raise DataError(
            f"kabkota_berbatasan: {pairs} does not have the smaller code first. Write each pair "
            "once, so."
        )
    return berbatasan.sort_values(["kode_a", "kode_b"], ignore_index=True)


def tidy_area(kabkota_2024: pd.DataFrame) -> pd.DataFrame:
    """Return area and subdivisions of each kabupaten and kota.

    Returns
    -------
    DataFrame
        `kode_kemendagri`, `luas_km2`, numbers of `kecamatan`, `kelurahan` and `desa`.
    """
    columns = [CODE, "luas_km2", "kecamatan", "kelurahan", "desa"]
    return kabkota_2024.sort_values(CODE, ignore_index=True)[columns]


def tidy_kabkota_population(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Stack the tables of population by kabupaten and kota.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, `cakupan` ("nasional", or the codes of the
        provinces covered), `jenis` ("sensus" or "registrasi"), `kode_kemendagri`, `laki_laki`,
        `perempuan` (missing where not given) and `penduduk` (people).
    """
    return stack(tables, ["penduduk"], optional=["laki_laki", "perempuan"], labels="jenis")


def tidy_kabkota_staff(tables: Mapping[str, tuple[Resource, pd.DataFrame]]) -> pd.DataFrame:
    """Return staff by kabupaten and kota, one row for each place and profession of a table.

    A column of a raw table that counts people (unit "orang") is a profession.

    Returns
    -------
    DataFrame
        `tabel` (name of the raw table), `tanggal`, `cakupan` ("nasional", or the codes of the
        provinces covered), `profesi` (name of the column), `judul` (its title, in Indonesian),
        `kode_kemendagri`, `jumlah` (Int64; missing where the source has none, never zero), and
        `fasilitas` (facilities that were counted; missing where the table has no such column).
        What a table is known to lack has rows whose count is missing.

    Raises
    ------
    DataError
        If a table counts no people.
    """
    parts = []
    for name, (resource, frame) in tables.items():
        titles = professions(resource)
        if not titles:
            raise DataError(
                f"{FILE_NAME}, table {name}: the role {resource.peran!r} needs a column of whole "
                f"numbers whose unit is {PEOPLE!r}. Add it, or take the role away."
            )
        long = with_missing(resource, frame)[[CODE, *titles]].melt(
            CODE, var_name="profesi", value_name="jumlah"
        )
        parts.append(
            pd.DataFrame(
                {
                    "tabel": name,
                    "tanggal": pd.Timestamp(resource.tanggal_acuan).as_unit("ns"),
                    "cakupan": scope(resource),
                    "profesi": long["profesi"],
                    "judul": long["profesi"].map(titles),
                    CODE: long[CODE],
                    "jumlah": long["jumlah"].astype("Int64"),
                    FACILITIES: long[CODE].map(_facilities(resource, frame)).astype("Int64"),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _facilities(resource: Resource, frame: pd.DataFrame) -> pd.Series:
    """Return the facilities of each place, or nothing for a table without a column of them."""
    if not any(field.name == field.unit == FACILITIES for field in resource.table.fields):
        return pd.Series(dtype="Int64")
    return frame.set_index(CODE)[FACILITIES]


def professions(resource: Resource) -> dict[str, str]:
    """Return the columns of a table of staff that count people, with their titles."""
    return {
        field.name: field.title
        for field in resource.table.fields
        if field.type == "integer" and field.unit == PEOPLE
    }
