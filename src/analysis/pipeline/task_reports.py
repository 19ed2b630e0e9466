"""Tidy tables to executed notebooks, to pages, to the site.

What a task imports, it imports when it runs: collecting the tasks must stay quick.
"""

import json
from pathlib import Path
from typing import Annotated

from pytask import Product, task

from analysis.datasets import PROCESSED_TABLES, Package, read_package
from analysis.paths import NOTEBOOKS, PROCESSED, RAW, REPORTS
from analysis.pipeline.inputs import entries, notebooks, pages

_EXECUTED = PROCESSED / "notebooks"
_FAILED = PROCESSED / "failed"
_SOURCES = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def _tables(notebook: Path) -> list[str]:
    """Return the tidy tables that a notebook says it reads."""
    return list(json.loads(notebook.read_bytes())["metadata"]["analysis"]["tables"])


def _define(source: Path, package: Package) -> None:
    executed = _EXECUTED / source.name
    tables = _tables(source)
    raw = sorted({name for table in tables for name in PROCESSED_TABLES[table].inputs(package)})

    @task(
        id=source.stem,
        kwargs={
            "tables": [PROCESSED / f"{table}.parquet" for table in tables],
            "said": entries(package, raw),
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

        run_notebook(notebook, path, failed=_FAILED)

    @task(id=source.stem, kwargs={"code": pages()})
    def task_render(
        code: list[Path],
        notebook: Path = executed,
        path: Annotated[Path, Product] = REPORTS / f"{source.stem}.html",
    ) -> None:
        """Turn an executed notebook into a page of the site."""
        from analysis.reports.rendering import render_file

        render_file(notebook, path)


_DESCRIPTION = read_package(RAW)
for _source in _SOURCES:
    _define(_source, _DESCRIPTION)


@task(kwargs={"executed": [_EXECUTED / source.name for source in _SOURCES], "code": pages()})
def task_index(
    executed: list[Path],
    code: list[Path],
    path: Annotated[Path, Product] = REPORTS / "index.html",
) -> None:
    """Present the reports on the first page of the site."""
    from analysis.site.index import write_index

    write_index(executed, path)
