"""Raw tables to tidy ones, one task for each."""

from pathlib import Path
from typing import Annotated

from pytask import Product, mark, task

from analysis.datasets import PROCESSED_TABLES
from analysis.paths import PROCESSED
from analysis.pipeline.inputs import RAW_TABLES, raw_files, tidying
from analysis.pipeline.nodes import Built


def _define(name: str, inputs: list[str]) -> None:
    built = Built.of(PROCESSED / f"{name}.parquet")  # what reports wait for

    @mark.data  # type: ignore[untyped-decorator]
    @task(
        id=name,
        kwargs={
            "raw": raw_files(inputs),
            "recipe": tidying(inputs),
        },
    )
    def task_process(
        raw: list[Path],
        recipe: str,
        path: Annotated[Path, Product] = PROCESSED / f"{name}.parquet",
        built: Annotated[Built, Product] = built,
    ) -> None:
        """Check the raw tables and save the tidy one."""
        from analysis.datasets import write_table
        from analysis.pipeline.inputs import RAW_TABLES  # a process cannot be handed its lock

        write_table(PROCESSED_TABLES[name].build(RAW_TABLES), path)


# All that may be refused is found before the first task is defined: pytask would otherwise complain
# of every task that it has seen by then, and bury the message.
_INPUTS = {name: recipe.inputs(RAW_TABLES.package) for name, recipe in PROCESSED_TABLES.items()}
for _tables in _INPUTS.values():
    raw_files(_tables)
for _name, _tables in _INPUTS.items():
    _define(_name, _tables)
