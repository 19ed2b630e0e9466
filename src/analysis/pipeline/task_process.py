"""Raw tables to tidy ones, one task for each."""

import json
from pathlib import Path
from typing import Annotated, Any

import pytask
from pytask import Product, PythonNode, task

from analysis.datasets import PROCESSED_TABLES, read_package
from analysis.paths import PROCESSED, RAW
from analysis.pipeline.sources import tidying

_PACKAGE = read_package(RAW)

for _name, _recipe in PROCESSED_TABLES.items():
    _inputs = _recipe.inputs(_PACKAGE)

    @pytask.mark.data
    @task(id=_name)
    def task_process(
        name: str = _name,
        raw: tuple[Path, ...] = tuple(RAW / _PACKAGE[resource].path for resource in _inputs),  # noqa: ARG001
        entries: Annotated[Any, PythonNode(hash=True)] = json.dumps(
            [_PACKAGE[resource].model_dump(mode="json") for resource in _inputs]
        ),  # noqa: ARG001
        code: tuple[Path, ...] = tuple(tidying()),  # noqa: ARG001
        path: Annotated[Path, Product] = PROCESSED / f"{_name}.parquet",
    ) -> None:
        """Check the raw tables and save the tidy one."""
        from analysis.datasets import write_table

        write_table(PROCESSED_TABLES[name].build(RAW), path)
