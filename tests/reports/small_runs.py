"""Runs of tables as one small agency makes them of its own records, for the words of reports.

All its people are in one kabupaten of one province, and nothing says that they are made up.
"""

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from analysis.disclosure import run_folders
from analysis.individuals.aggregation import open_records
from analysis.individuals.population import Request, generate
from analysis.individuals.reading.engine import embedded
from analysis.individuals.standard_tables import SETS, make_run

_PEOPLE, _PROVINCE = 6_000, "75"
_KABUPATEN, _OFFICE = "Pemerintah Kabupaten Gorontalo", "Badan Narkotika Nasional (BNN)"
_ABOUT_PEOPLE = ("training", "appraisal", "certificates", "discipline")


@dataclass(frozen=True)
class Small:
    """What a run is made of: an agency, its tables beside that of its people, and sets."""

    agency: str = _KABUPATEN
    tables: tuple[str, ...] = ("units", "posts", *_ABOUT_PEOPLE)
    sets: tuple[str, ...] = tuple(SETS)


RUNS = {
    "kecil": Small(),
    "tanpa-pelatihan": Small(tables=("units", "posts")),
    "tanpa-kebutuhan": Small(tables=_ABOUT_PEOPLE),
    # Of 82 people most is hidden, and of what the reform does to them all.
    "tersembunyi": Small(_OFFICE, sets=("nasional", "reform", "pelatihan", "ip_asn")),
}


@contextmanager
def readable(run: str):
    """Let reports read a small run; others are where they are."""
    if run not in RUNS:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_folders, "PROTECTED", _made(run).parent)
        yield


@cache
def _made(run: str) -> Path:
    folder, small = _folder() / "protected" / run, RUNS[run]
    with embedded(1) as engine:
        records = open_records(engine, _population())
        tables = {"people": records.tables["people"].filter(_at(small.agency))}
        units = records.tables["units"].semi_join(
            tables["people"], [("InstansiId", "instansiKerjaId")]
        )
        posts = records.tables["posts"].semi_join(units, [("unorId", "Id")])
        of_people = {
            name: records.tables[name].semi_join(tables["people"], "nipBaru")
            for name in _ABOUT_PEOPLE
        }
        known = {"units": units, "posts": posts, **of_people}
        tables |= {name: known[name] for name in small.tables}
        rows = {name: (table.count().to_pyarrow().as_py(), 0) for name, table in tables.items()}
        own = replace(records, tables=tables, rows=rows, synthetic=False)
        make_run(own, folder, log=None, sets=small.sets, leave_out=True)
    return folder


def _at(agency: str):
    return lambda people: people["instansiKerjaNama"] == agency


@cache
def _population() -> Path:
    folder = _folder() / "people"
    generate(Request(_PEOPLE, provinces=(_PROVINCE,)), folder)
    return folder


@cache
def _folder() -> Path:
    made = tempfile.TemporaryDirectory()
    _KEPT.append(made)
    return Path(made.name)


_KEPT: list[tempfile.TemporaryDirectory] = []  # gone with the process
