"""What people can be counted by."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
import pandas as pd

from analysis.errors import ParameterError
from analysis.individuals.aggregation.pensions import pension_date
from analysis.individuals.aggregation.records import Records

UNKNOWN = "tidak diketahui"
"""Label of people whose value is missing."""

STRUCTURAL = "1"
"""Code of the kind of post whose echelon is counted, not its title."""

YEARS_AHEAD = 5
_COLUMNS = {
    "provinsi": "provinsi",
    "kabkota": "kabkota",
    "instansi": "instansiKerjaNama",
    "instansi_induk": "instansiIndukNama",
    "unit": "unorId",
    "jenis_jabatan": "jenisJabatanId",
    "pendidikan": "tkPendidikanTerakhir",
    "golongan": "golRuangAkhir",
    "jenis_kelamin": "jenisKelamin",
}
_BAND = 5
_YOUNGEST, _OLDEST = 25, 60


def age_on(day: dt.date, born: ir.Value) -> ir.Value:
    """Return completed years of life on a day."""
    later = born.month() * 100 + born.day() > day.month * 100 + day.day
    return ibis.literal(day.year) - born.year() - ibis.ifelse(later, 1, 0)


def retires(records: Records, people: ir.Table) -> ir.Value:
    """Return whether the pension begins in the next five years; missing where it is not known."""
    day = records.day
    last = (pd.Timestamp(day) + pd.DateOffset(years=YEARS_AHEAD)).date()
    date = pension_date(records, people)
    return (date > ibis.literal(day)) & (date <= ibis.literal(last))


def years_to_pension(records: Records, people: ir.Table) -> ir.Value:
    """Return completed years to the date of pension, negative after it."""
    date, day = pension_date(records, people), records.day
    earlier = date.month() * 100 + date.day() < day.month * 100 + day.day
    return date.year() - day.year - ibis.ifelse(earlier, 1, 0)


def _age(records: Records) -> ir.Value:
    return age_on(records.day, records.of("people", "tglLahir")["tglLahir"].cast("date"))


def _band(records: Records) -> ir.Value:
    """Return the number of the band of each age: 0 below the first, and so on."""
    age = _age(records)
    starts = range(_YOUNGEST, _OLDEST + 1, _BAND)
    within = [(age < first, number) for number, first in enumerate(starts)]
    return ibis.cases((age.isnull(), ibis.null("int64")), *within, else_=len(starts))


def _band_label(number: ir.Value) -> ir.Value:
    starts = range(_YOUNGEST, _OLDEST, _BAND)
    bands = [f"<{_YOUNGEST}", *(f"{first}-{first + _BAND - 1}" for first in starts), f">={_OLDEST}"]
    return ibis.cases(*((number == i, band) for i, band in enumerate(bands)), else_=UNKNOWN)


def _pension(records: Records) -> ir.Value:
    return retires(records, records.of("people"))


def _pension_label(coming: ir.Value) -> ir.Value:
    return ibis.cases(
        (coming.isnull(), UNKNOWN), (coming, f"<={YEARS_AHEAD} tahun"), else_="lainnya"
    )


def _years(records: Records) -> ir.Value:
    return years_to_pension(records, records.of("people"))


def _post(records: Records) -> ir.Value:
    """Return the title of a post, or the echelon of a structural one: a title names one person."""
    people = records.of("people", "jenisJabatanId", "jabatanNama", "eselonId")
    structural = (people["jenisJabatanId"].cast("string") == STRUCTURAL).fill_null(False)
    label = echelon_label(people["eselonId"])
    return ibis.ifelse(structural, label, labelled(people["jabatanNama"]))


def echelon_label(echelon: ir.Value) -> ir.Value:
    """Return the label of a structural post of an echelon, as `eselonId` says it."""
    return "Eselon " + labelled(echelon.cast("string").substr(0, 1))


def _of_column(column: str) -> Callable[[Records], ir.Value]:
    return lambda records: labelled(records.of("people", column)[column])


def _itself(label: ir.Value) -> ir.Value:
    return label


def labelled(column: ir.Value) -> ir.Value:
    """Return a column as text in which missing values have a label."""
    return column.cast("string").fill_null(UNKNOWN)


@dataclass(frozen=True)
class Dimension:
    """What people can be counted by.

    Numbers are told apart sooner than texts are, so that what is worked out from a date is counted
    as a number, and each cell gets its label afterwards.

    Attributes
    ----------
    key : callable
        From records, the key of each row of `people`.
    label : callable
        From a key, its label: each has its own.
    """

    key: Callable[[Records], ir.Value]
    label: Callable[[ir.Value], ir.Value] = _itself


DIMENSIONS: MappingProxyType[str, Dimension] = MappingProxyType(
    {
        **{name: Dimension(_of_column(column)) for name, column in _COLUMNS.items()},
        "jabatan": Dimension(_post),
        "usia": Dimension(_age, labelled),
        "kelompok_usia": Dimension(_band, _band_label),
        "tahun_ke_pensiun": Dimension(_years, labelled),
        "pensiun": Dimension(_pension, _pension_label),
    }
)
"""What people can be counted by: province, kabupaten or kota, agency of work or of origin, unit,
kind of post, education, golongan, sex, post (its title; of structural posts the echelon, since a
title names one person), age in years and in five-year bands, completed years to pension, pension in
the next five years."""


def named(name: str) -> Dimension:
    """Return the dimension of a name.

    Raises
    ------
    ParameterError
        If there is no such dimension.
    """
    if name not in DIMENSIONS:
        raise ParameterError(f"by: {name!r} given; there are {', '.join(DIMENSIONS)}.")
    return DIMENSIONS[name]


def dimension(records: Records, name: str) -> ir.Value:
    """Return the label of each row of `people`.

    Raises
    ------
    ParameterError
        If there is no such dimension.
    DataError
        If the records lack the column it needs.
    """
    found = named(name)
    return found.label(found.key(records)).name(name)
