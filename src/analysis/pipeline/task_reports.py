"""Tidy tables to executed notebooks, to pages, to the site."""

import json
from pathlib import Path
from typing import Annotated

from pytask import Product, task

from analysis.paths import NOTEBOOKS, PROCESSED, REPORTS
from analysis.pipeline.sources import notebooks, pages

_EXECUTED = PROCESSED / "notebooks"
_FAILED = PROCESSED / "failed"
_SOURCES = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))


def _tables(notebook: Path) -> list[str]:
    """Return the tidy tables that a notebook says it reads."""
    return list(json.loads(notebook.read_bytes())["metadata"]["analysis"]["tables"])


for _notebook in _SOURCES:

    @task(id=_notebook.stem)
    def task_run_notebook(
        notebook: Path = _notebook,
        tables: tuple[Path, ...] = tuple(  # noqa: ARG001
            PROCESSED / f"{table}.parquet" for table in _tables(_notebook)
        ),
        code: tuple[Path, ...] = tuple(notebooks()),  # noqa: ARG001
        path: Annotated[Path, Product] = _EXECUTED / _notebook.name,
    ) -> None:
        """Run a notebook with its default parameters."""
        from analysis.reports.run import run_notebook

        run_notebook(notebook, path, failed=_FAILED)

    @task(id=_notebook.stem)
    def task_render(
        executed: Path = _EXECUTED / _notebook.name,
        code: tuple[Path, ...] = tuple(pages()),  # noqa: ARG001
        path: Annotated[Path, Product] = REPORTS / f"{_notebook.stem}.html",
    ) -> None:
        """Turn an executed notebook into a page of the site."""
        import nbformat

        from analysis.files import atomic_write
        from analysis.reports.render import render

        atomic_write(path, render(nbformat.read(executed, as_version=4), executed.stem))


def task_index(
    executed: tuple[Path, ...] = tuple(_EXECUTED / source.name for source in _SOURCES),
    code: tuple[Path, ...] = tuple(pages()),  # noqa: ARG001
    path: Annotated[Path, Product] = REPORTS / "index.html",
) -> None:
    """Present the reports on the first page of the site."""
    import nbformat

    from analysis.files import atomic_write
    from analysis.language import Language
    from analysis.reports.render import summarise
    from analysis.reports.site import render_index

    summaries = [summarise(nbformat.read(file, as_version=4), file.stem) for file in executed]
    atomic_write(path, render_index(summaries, Language("id")))
