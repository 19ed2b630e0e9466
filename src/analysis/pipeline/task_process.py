"""Raw tables to tidy ones, one task for each."""

from pathlib import Path
from typing import Annotated

from pytask import Product, mark, task

from analysis.paths import PROCESSED
from analysis.pipeline.inputs import tables, tidying
from analysis.pipeline.nodes import Built


def _define(name: str, inputs: list[str]) -> None:
    built = Built.of(PROCESSED / f"{name}.parquet")  # what reports wait for

    @mark.data  # type: ignore[untyped-decorator]
    @task(
        id=name,
        kwargs={
            "raw": tables().raw_files(inputs),
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
        from analysis.pipeline.turns import IMPORTS  # a process cannot be handed a lock

        with IMPORTS:
            from analysis.datasets import PROCESSED_TABLES, write_table
            from analysis.pipeline.inputs import raw_tables

        write_table(PROCESSED_TABLES[name].build(raw_tables()), path)


# All that may be refused is found before the first task is defined: pytask would otherwise complain
# of every task that it has seen by then, and bury the message.
_SOURCES = tables().sources
for _raw in _SOURCES.values():
    tables().raw_files(_raw)
for _name, _raw in _SOURCES.items():
    _define(_name, _raw)
