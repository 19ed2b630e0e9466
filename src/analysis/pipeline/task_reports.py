"""Tidy tables to executed notebooks, one for each edition, to pages, to the site.

What a task imports, it imports when it runs: collecting the tasks must stay quick.
"""

import json
from functools import cache
from pathlib import Path
from typing import Annotated

from pytask import Product, PythonNode, task

from analysis.language import Code
from analysis.paths import NOTEBOOKS, PROCESSED, PROTECTED, REPORTS
from analysis.pipeline.inputs import (
    commit,
    described,
    pages,
    running,
    runs_named,
    site,
    tables,
)
from analysis.pipeline.nodes import Built, Folder, ValuesRead
from analysis.reads import Digests
from analysis.site.editions import Edition, counterparts, editions, provinces_beside, site_address
from analysis.site.files import Files

_EXECUTED = PROCESSED / "notebooks"
_FAILED = PROCESSED / "failed"
_SOURCES = {path.stem: path for path in sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))}
_DIGESTS = Digests(PROCESSED)


@cache
def _ready(notebook: str) -> Built:
    """Return the node that the editions of a notebook wait for: its tables are there."""
    ready = Built(name=f"tables of {notebook}", file=_SOURCES[notebook])
    _, tidy = _DESCRIBED[notebook]
    runs = runs_named(_SOURCES[notebook])

    @task(
        id=notebook,
        kwargs={
            "tables": [
                *(Built.of(PROCESSED / f"{table}.parquet") for table in tidy),
                *(Built(name=f"run {run}", file=PROTECTED / run / "run.json") for run in runs),
            ]
        },
    )
    def task_tables(tables: list[Path], ready: Annotated[Built, Product] = ready) -> None:
        """Wait for the tables of a notebook."""

    return ready


def _listed(editions: list[Edition]) -> PythonNode:
    """Return the names of editions as a node: one that is taken out changes it, and is seen."""
    return PythonNode(value=json.dumps([each.name for each in editions]), hash=True)


def _executed(edition: Edition) -> Path:
    return _EXECUTED / f"{edition.name}.ipynb"


@cache
def _folder(name: str) -> Folder:
    """Return the node of what stands beside a page."""
    return Folder(name=f"beside {name}", folder=REPORTS / name)


def _place(edition: Edition) -> str:
    """Return where a page stands in the site, as JSON.

    The page of the same in other languages, the address of the site, and, if it has one, page and
    code of the provinces before and after its own.
    """
    beside = {
        side: (each.name, each.parameters["province"])
        for side, each in provinces_beside(edition, _EDITIONS).items()
    }
    return json.dumps([counterparts(edition, _EDITIONS), site_address(), beside])


def _define(edition: Edition) -> None:
    report, tidy = _DESCRIBED[edition.notebook]
    executed = _executed(edition)
    reads = executed.with_suffix(".reads")
    raw = sorted({name for table in tidy for name in tables().sources[table]})
    parameters = dict(edition.parameters)  # they count in the recipe
    folder = _folder(edition.name)

    @task(
        id=edition.name,
        kwargs={
            "tables": _ready(edition.notebook),
            "values": ValuesRead(name=f"values of {edition.name}", notes=reads, digests=_DIGESTS),
            "recipe": running(report, raw, parameters),
        },
    )
    def task_run_notebook(
        tables: None,
        values: None,
        recipe: str,
        notebook: Path = _SOURCES[edition.notebook],
        path: Annotated[Path, Product] = executed,
    ) -> None:
        """Run a notebook with the parameters of an edition."""
        from analysis.pipeline.turns import IMPORTS  # a process cannot be handed a lock

        with IMPORTS:
            from analysis.reads import keep
            from analysis.reports.running import run_notebook

        keep(run_notebook(notebook, path, parameters, failed=_FAILED, warm=True), reads)

    @task(
        id=edition.name,
        kwargs={
            "code": pages(),
            "place": PythonNode(value=_place(edition), hash=True),
        },
    )
    def task_render(
        code: str,
        place: str,
        notebook: Path = executed,
        beside: Annotated[Path, Product] = folder,  # type: ignore[assignment]
        path: Annotated[Path, Product] = REPORTS / f"{edition.name}.html",
        command: str = f"pytask --only {edition.name}",
    ) -> None:
        """Turn an executed notebook into a page of the site, and the files beside it."""
        from analysis.pipeline.turns import IMPORTS

        with IMPORTS:  # two threads would render no faster than one
            from analysis.datasets import read_processed
            from analysis.reports.companions import Place
            from analysis.reports.rendering import render_file

            languages, address, provinces = json.loads(place)
            links = {}
            if provinces:
                table = read_processed("provinsi")
                names = dict(zip(table["kode_kemendagri"], table["nama"], strict=True))
                links = {side: (page, names[code]) for side, (page, code) in provinces.items()}
            render_file(notebook, path, Place(languages, address, **links, command=command))


def _define_index(language: Code, listed: list[Edition]) -> None:
    called = Files.of(language)

    @task(
        id=language,
        kwargs={
            "executed": [_executed(edition) for edition in listed],
            "names": _listed(listed),
            "provinces": PROCESSED / "provinsi.parquet",
            "address": PythonNode(value=site_address(), hash=True),
            "code": site(),
        },
    )
    def task_index(
        executed: list[Path],
        names: str,
        provinces: Path,
        address: str,
        code: str,
        path: Annotated[Path, Product] = REPORTS / called.index,
        feed: Annotated[Path, Product] = REPORTS / called.feed,
    ) -> None:
        """Present the reports of a language on the first page of the site, and in a feed."""
        from analysis.pipeline.turns import IMPORTS

        with IMPORTS:
            from analysis.pipeline.inputs import commit
            from analysis.site.index import write_index

            write_index(executed, path.parent, language, commit(), address)


# All that may be refused is found before the first task is defined; see task_process.
_DESCRIBED = {name: described(path) for name, path in _SOURCES.items()}
_EDITIONS = editions(list(_SOURCES))
for _edition in _EDITIONS:
    _define(_edition)

_define_index("id", [e for e in _EDITIONS if e.language in {"id", None}])
_define_index("en", [e for e in _EDITIONS if e.language == "en"])


@task(
    kwargs={
        "pages": [REPORTS / f"{edition.name}.html" for edition in _EDITIONS],
        "names": _listed(list(_EDITIONS)),
        "built_from": PythonNode(value=commit(), hash=True),
    }
)
def task_build_record(
    pages: list[Path],
    names: str,
    built_from: str,
    path: Annotated[Path, Product] = REPORTS / "build.json",
) -> None:
    """Record commit and digest of each page; pages that are listed no more go."""
    from analysis.site.record import write_record

    write_record(pages, path, built_from)


@task(
    kwargs={
        "folders": [_folder(edition.name) for edition in _EDITIONS],
        "names": _listed(list(_EDITIONS)),
        "code": site(),
    }
)
def task_data_package(
    folders: list[Path],
    names: str,
    code: str,
    path: Annotated[Path, Product] = REPORTS / "datapackage.json",
) -> None:
    """Describe the data files of all pages."""
    from analysis.site.record import write_package

    write_package(folders, path)
