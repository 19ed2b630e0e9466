"""The tidy tables: what each is made from, and by which function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.datasets import (
    agency_units,
    central_staff,
    civil_service_codes,
    kabkota,
    national,
    outline_files,
    population,
    posts,
    provinces,
    reform,
    regulations,
    retirement,
    schools,
    simplification_rules,
    staff,
    staff_mixes,
    teachers,
    teaching_norms,
    territory,
)
from analysis.datasets.organisations import official, titles
from analysis.datasets.package import Package
from analysis.datasets.reading import RawTables
from analysis.errors import DataError


@dataclass(frozen=True)
class Recipe:
    """How a tidy table is made.

    Parameters
    ----------
    tidy : callable
        Takes the raw frames in the order of `tables`, or, with a role, one mapping of name to
        (description, frame).
    tables : tuple of str
        Raw tables it is made from; empty with a role.
    role : str, optional
        Take every raw table that plays this role.
    """

    tidy: Callable[..., pd.DataFrame]
    tables: tuple[str, ...] = ()
    role: str | None = None

    def inputs(self, package: Package) -> list[str]:
        """Return the names of the raw tables that the tidy one depends on.

        These are the tables it is made from, then those that they are checked against.

        Raises
        ------
        DataError
            If no table plays the role.
        """
        own = self._sources(package)
        return list(dict.fromkeys([*own, *(name for o in own for name in package.held_to(o))]))

    def _sources(self, package: Package) -> list[str]:
        if self.role is None:
            return list(self.tables)
        playing = package.with_role(self.role)
        if not playing:
            raise DataError(
                f"datapackage.json has no table with the role {self.role!r}. Give an entry "
                f'"peran": "{self.role}".'
            )
        return playing

    def build(self, raw: RawTables) -> pd.DataFrame:
        """Read and check the raw tables and return the tidy one.

        Raises
        ------
        DataError
            If a table is refused, or tables of a role do not go together.
        """
        names = self._sources(raw.package)
        if self.role is None:
            return self.tidy(*(raw[name] for name in names))
        tables: dict[str, Any] = {name: (raw.package[name], raw[name]) for name in names}
        return self.tidy(tables)


_ORGANISATIONS = (*official.RAW_TABLES, "eselon_menurut_nama")

PROCESSED_TABLES: dict[str, Recipe] = {
    "provinsi": Recipe(provinces.tidy_provinces, ("provinsi",)),
    "pemekaran": Recipe(provinces.tidy_splits, ("pemekaran",)),
    "pns_provinsi": Recipe(staff.tidy_staff, role=staff.ROLE),
    "penduduk_provinsi": Recipe(population.tidy_population, role=population.ROLE),
    "wilayah_provinsi": Recipe(territory.tidy_territory, role=territory.ROLE),
    "guru_sd_provinsi": Recipe(teachers.tidy_teachers, role=teachers.ROLE),
    "kabkota": Recipe(kabkota.tidy_places, ("kabkota", "provinsi", "kabkota_titik")),
    "kabkota_nama_lain": Recipe(kabkota.tidy_aliases, ("kabkota_nama_lain",)),
    "kabkota_berbatasan": Recipe(kabkota.tidy_borders, ("kabkota_berbatasan",)),
    "wilayah_kabkota": Recipe(kabkota.tidy_area, ("kabkota_2024",)),
    "penduduk_kabkota": Recipe(kabkota.tidy_kabkota_population, role=kabkota.POPULATION_ROLE),
    "tenaga_kabkota": Recipe(kabkota.tidy_kabkota_staff, role=kabkota.STAFF_ROLE),
    "organisasi_unit": Recipe(official.tidy_organisation_units, _ORGANISATIONS),
    "organisasi_jabatan": Recipe(official.tidy_organisation_posts, _ORGANISATIONS),
    "eselon_menurut_nama": Recipe(titles.tidy_beginnings, ("eselon_menurut_nama",)),
    "padanan_bps_provinsi": Recipe(official.tidy_matches, ("padanan_bps_provinsi",)),
    "jabatan": Recipe(
        posts.tidy_posts,
        ("jabatan_nasional", "jabatan_instansi_pusat_2020", "pns_kepulauan_aru", "pns_seluma"),
    ),
    "asn_nasional": Recipe(national.tidy_national, ("asn_nasional",)),
    "asn_pusat_daerah": Recipe(central_staff.tidy_central_staff, ("asn_pusat_daerah",)),
    "garis_pantai": Recipe(outline_files.tidy_outlines, ("garis_pantai",)),
    "penyederhanaan_provinsi": Recipe(reform.tidy_progress, ("penyederhanaan_provinsi_2021",)),
    "jabatan_pusat_bertahap": Recipe(
        reform.tidy_central_statements, ("jabatan_pusat_2020_bertahap",)
    ),
    "penyetaraan_pemda": Recipe(reform.tidy_national_counts, ("penyetaraan_pemda_2021",)),
    "penyetaraan_daerah": Recipe(reform.tidy_regional_counts, ("penyetaraan_daerah_2021",)),
    "sekolah_kecamatan": Recipe(
        schools.tidy_schools, ("sekolah_kab_banjar_2023_2025", "kecamatan_kab_banjar")
    ),
    "pemekaran_kecamatan": Recipe(schools.tidy_subdistrict_changes, ("pemekaran_kecamatan",)),
    "norma_guru": Recipe(teaching_norms.tidy_norms, ("norma_guru",)),
    "asn_kabupaten": Recipe(staff_mixes.tidy_kabupaten_mix, ("asn_kab_bandung_2026",)),
    "pns_pendidikan": Recipe(staff_mixes.tidy_education_groups, ("pns_pendidikan_2021",)),
    "unit_instansi": Recipe(agency_units.tidy_agency_units, ("unit_kerja_645_instansi_2024",)),
    "aturan": Recipe(regulations.tidy_regulations, ("aturan",)),
    "batas_usia_pensiun": Recipe(retirement.tidy_retirement_ages, ("batas_usia_pensiun",)),
    "konversi_jp": Recipe(regulations.tidy_hour_conversion, ("konversi_jp",)),
    "bobot_ip_asn": Recipe(regulations.tidy_index_weights, ("bobot_ip_asn",)),
    "syarat_jabatan_fungsional": Recipe(
        regulations.tidy_requirements, ("syarat_jabatan_fungsional",)
    ),
    "kode_siasn": Recipe(civil_service_codes.tidy_codes, ("kode_siasn",)),
    "susunan_siasn": Recipe(civil_service_codes.tidy_layouts, ("susunan_siasn",)),
    "siasn_instansi": Recipe(civil_service_codes.tidy_agencies, ("siasn_instansi",)),
    "jabatan_fungsional": Recipe(
        civil_service_codes.tidy_functional_posts, ("kamus_jabatan_fungsional",)
    ),
    "jabatan_pelaksana": Recipe(
        civil_service_codes.tidy_executor_posts, ("jabatan_pelaksana_2024",)
    ),
    "aturan_penyederhanaan": Recipe(
        simplification_rules.tidy_simplification_rules, ("aturan_penyederhanaan",)
    ),
}
