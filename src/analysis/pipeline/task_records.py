"""The runs of tables from records that notebooks read: of synthetic people, through the gate.

Runs of real records are made by their keepers (`python -m analysis.individuals tables`), where the
records are; no build makes or changes them.
"""

from pathlib import Path
from typing import Annotated

from pytask import Product, mark, task

from analysis.paths import EXAMPLES, NOTEBOOKS, PROCESSED, PROTECTED
from analysis.pipeline.inputs import making_people, making_tables, runs_named
from analysis.pipeline.nodes import Built

SYNTHETIC = "sintetis"
# Few provinces, far apart in every sense: their kabupaten then have enough people to show.
_PEOPLE, _SEED, _PROVINCES = 60_000, 1, ("31", "34", "53", "81")
_FROM = (
    *("asn_kabupaten", "asn_nasional", "asn_pusat_daerah", "batas_usia_pensiun", "jabatan"),
    *("jabatan_fungsional", "jabatan_pelaksana", "kabkota", "kabkota_nama_lain", "kode_siasn"),
    *(
        "organisasi_unit",
        "pemekaran",
        "penduduk_kabkota",
        "pns_pendidikan",
        "pns_provinsi",
        "provinsi",
    ),
    *("unit_instansi", "wilayah_kabkota"),
)  # tidy tables that the people are made from; a test compares them with what is read
_RULES = (
    *("aturan", "aturan_penyederhanaan", "batas_usia_pensiun", "bobot_ip_asn"),
    *("jabatan_fungsional", "kabkota", "kode_siasn", "konversi_jp", "provinsi"),
    "syarat_jabatan_fungsional",
)
_RECORDS = PROCESSED / "records" / SYNTHETIC
_BUILT = Built(name=f"run {SYNTHETIC}", file=PROTECTED / SYNTHETIC / "run.json")


def _define() -> None:
    @mark.data  # type: ignore[untyped-decorator]
    @task(
        id=SYNTHETIC,
        kwargs={
            "tables": [PROCESSED / f"{name}.parquet" for name in _FROM],
            "recipe": making_people(),
        },
    )
    def task_people(
        tables: list[Path],
        recipe: str,
        path: Annotated[Path, Product] = _RECORDS / "manifest.json",
    ) -> None:
        """Make the people who do not exist."""
        from analysis.pipeline.turns import IMPORTS  # a process cannot be handed a lock

        with IMPORTS:
            from analysis.individuals.population import Request, generate

        request = Request(_PEOPLE, seed=_SEED, provinces=_PROVINCES)
        generate(request, path.parent, replace=True)

    @mark.data  # type: ignore[untyped-decorator]
    @task(
        id=SYNTHETIC,
        kwargs={
            "records": _RECORDS / "manifest.json",
            "tables": [PROCESSED / f"{name}.parquet" for name in _RULES],
            "examples": sorted(EXAMPLES.glob("*_skuad.csv")),
            "recipe": making_tables(),
        },
    )
    def task_protect(
        records: Path,
        tables: list[Path],
        examples: list[Path],
        recipe: str,
        path: Annotated[Path, Product] = PROTECTED / SYNTHETIC / "run.json",
        built: Annotated[Built, Product] = _BUILT,
    ) -> None:
        """Make the tables of these people and pass them through the gate."""
        import shutil

        from analysis.pipeline.turns import IMPORTS

        with IMPORTS:
            from analysis.individuals.aggregation import open_records
            from analysis.individuals.reading.engine import embedded
            from analysis.individuals.standard_tables import make_run

        log = records.parent.with_name(f"{SYNTHETIC}-log")
        shutil.rmtree(log, ignore_errors=True)  # whoever does not exist was never published before
        with embedded(1) as engine:
            make_run(open_records(engine, records.parent), path.parent, log=log, earlier="none")


if any(SYNTHETIC in runs_named(path) for path in NOTEBOOKS.glob("[0-9]*.ipynb")):
    _define()
