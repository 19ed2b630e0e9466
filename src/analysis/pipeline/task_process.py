"""Raw tables to tidy ones, one task for each."""

from pathlib import Path
from typing import Annotated

from pytask import Product, mark, task

from analysis.datasets import PROCESSED_TABLES, Package, read_package
from analysis.paths import PROCESSED, RAW
from analysis.pipeline.inputs import entries, tidying


def _define(name: str, package: Package) -> None:
    inputs = PROCESSED_TABLES[name].inputs(package)

    @mark.data  # type: ignore[untyped-decorator]
    @task(
        id=name,
        kwargs={
            "raw": [RAW / package[table].path for table in inputs],
            "said": entries(package, inputs),
            "code": tidying(),
        },
    )
    def task_process(
        raw: list[Path],
        said: str,
        code: list[Path],
        path: Annotated[Path, Product] = PROCESSED / f"{name}.parquet",
    ) -> None:
        """Check the raw tables and save the tidy one."""
        from analysis.datasets import write_table

        write_table(PROCESSED_TABLES[name].build(RAW), path)


_PACKAGE = read_package(RAW)
for _name in PROCESSED_TABLES:
    _define(_name, _PACKAGE)
