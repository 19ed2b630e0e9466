"""The tables of report 15."""

from analysis.reports.display import Column, Table
from analysis.reports.profil_provinsi.findings import Spread
from analysis.reports.profil_provinsi.inputs import Doctors
from analysis.reports.wording import Words


def doctors(data: Doctors, found: Spread, say: Words) -> Table:
    """Return the doctors by kabupaten and kota, highest ratio first."""
    columns = {
        "nama": Column(say.label("Kabupaten/kota")),
        "tenaga": Column(say.language.name(found.title), "integer"),
        "penduduk": Column(say.label("Penduduk"), "integer"),
        "rasio": Column(say.label("Per 1.000 penduduk"), "number", 2),
    }
    return say.table(data.frame, columns, "doctors", found)
