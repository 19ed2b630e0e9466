"""The reports there are, by the name a notebook's metadata gives."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.reports.parameters import Parameters

# Report -> where its parameters are. They are imported when asked for: checking the parameters of
# one report must not wait for what the others compute with.
REPORTS: dict[str, str] = {
    "distribusi": "analysis.reports.distribusi.parameters:Distribusi",
    "sebelum_sesudah": "analysis.reports.sebelum_sesudah.parameters:SebelumSesudah",
    "penyederhanaan": "analysis.reports.penyederhanaan.parameters:Penyederhanaan",
    "tenaga_kabupaten": "analysis.reports.tenaga_kabupaten.parameters:TenagaKabupaten",
    "mutu_guru": "analysis.reports.mutu_guru.parameters:MutuGuru",
    "redistribusi": "analysis.reports.redistribusi.parameters:Redistribusi",
    "redistribusi_kabupaten": (
        "analysis.reports.redistribusi_kabupaten.parameters:RedistribusiKabupaten"
    ),
    "peta_jabatan": "analysis.reports.peta_jabatan.parameters:PetaJabatan",
    "kemajuan_penyederhanaan": (
        "analysis.reports.kemajuan_penyederhanaan.parameters:KemajuanPenyederhanaan"
    ),
    "restrukturisasi": "analysis.reports.restrukturisasi.parameters:Restrukturisasi",
    "profil_provinsi": "analysis.reports.profil_provinsi.parameters:ProfilProvinsi",
    "risalah_redistribusi": (
        "analysis.reports.risalah_redistribusi.parameters:RisalahRedistribusi"
    ),
    "risalah_kabupaten": "analysis.reports.risalah_kabupaten.parameters:RisalahKabupaten",
    "risalah_penyederhanaan": (
        "analysis.reports.risalah_penyederhanaan.parameters:RisalahPenyederhanaan"
    ),
    "risalah_kompetensi": "analysis.reports.risalah_kompetensi.parameters:RisalahKompetensi",
    "risalah_sekolah": "analysis.reports.risalah_sekolah.parameters:RisalahSekolah",
    "risalah_peta_jabatan": ("analysis.reports.risalah_peta_jabatan.parameters:RisalahPetaJabatan"),
    "kompetensi": "analysis.reports.kompetensi.parameters:Kompetensi",
    "skuad": "analysis.reports.skuad.parameters:Skuad",
    "data_nasional": "analysis.reports.data_nasional.parameters:DataNasional",
    "sekolah_kecamatan": "analysis.reports.sekolah_kecamatan.parameters:SekolahKecamatan",
}

# Reports that call the code of another one: they change with it.
BUILT_ON: dict[str, tuple[str, ...]] = {
    "risalah_redistribusi": ("redistribusi",),
    "risalah_kabupaten": ("redistribusi_kabupaten",),
    "risalah_penyederhanaan": ("kemajuan_penyederhanaan", "restrukturisasi"),
    "risalah_kompetensi": ("kompetensi",),
    "risalah_sekolah": ("sekolah_kecamatan",),
    "risalah_peta_jabatan": ("peta_jabatan",),
}


def parameters_of_report(name: str) -> "type[Parameters]":
    """Return the class that checks the parameters of a report."""
    module, _, cls = REPORTS[name].partition(":")
    found: type[Parameters] = getattr(import_module(module), cls)
    return found
