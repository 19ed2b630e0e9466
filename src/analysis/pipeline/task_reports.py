"""Tidy tables to executed notebooks, to pages, to the site.

What a task imports, it imports when it runs: collecting the tasks must stay quick.
"""

from pathlib import Path
from typing import Annotated

from pytask import Product, task

from analysis.datasets import PROCESSED_TABLES
from analysis.paths import NOTEBOOKS, PROCESSED, REPORTS
from analysis.pipeline.inputs import RAW_TABLES, entries, notebooks, pages, tables_read

_EXECUTED = PROCESSED / "notebooks"
_FAILED = PROCESSED / "failed"
_SOURCES = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def _define(source: Path, tables: list[str]) -> None:
    executed = _EXECUTED / source.name
    package = RAW_TABLES.package
    raw = sorted({name for table in tables for name in PROCESSED_TABLES[table].inputs(package)})

    @task(
        id=source.stem,
        kwargs={
            "tables": [PROCESSED / f"{table}.parquet" for table in tables],
            "said": entries(raw),
            "code": notebooks(),
        },
    )
    def task_run_notebook(
        tables: list[Path],
        said: str,
        code: list[Path],
        notebook: Path = source,
        path: Annotated[Path, Product] = executed,
    ) -> None:
        """Run a notebook with its default parameters."""
        from analysis.reports.running import run_notebook

        run_notebook(notebook, path, failed=_FAILED, warm=True)

    @task(id=source.stem, kwargs={"code": pages()})
    def task_render(
        code: list[Path],
        notebook: Path = executed,
        path: Annotated[Path, Product] = REPORTS / f"{source.stem}.html",
    ) -> None:
        """Turn an executed notebook into a page of the site."""
        from analysis.reports.rendering import render_file

        render_file(notebook, path)


# All that may be refused is found before the first task is defined; see task_process.
_TABLES = {source: tables_read(source) for source in _SOURCES}
for _source, _tables in _TABLES.items():
    _define(_source, _tables)


@task(kwargs={"executed": [_EXECUTED / source.name for source in _SOURCES], "code": pages()})
def task_index(
    executed: list[Path],
    code: list[Path],
    path: Annotated[Path, Product] = REPORTS / "index.html",
) -> None:
    """Present the reports on the first page of the site."""
    from analysis.site.index import write_index

    write_index(executed, path)
