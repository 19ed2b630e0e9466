"""What is found of a run that passed the gate, or that its records did not suffice for.

The words are in `texts/common.<language>.md`, groups `gated` and `lacking`.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.disclosure.run_folders import Exempted, PublishedRun, risks_of


@dataclass(frozen=True)
class Gated:
    """What a reader must know of a run.

    `internal` whether some of its tables are a government's own and never on the public site.
    """

    run: str
    day: dt.date
    synthetic: bool
    internal: bool
    cells: int
    hidden: int
    risks: tuple[str, ...]
    exceptions: tuple[Exempted, ...]


@dataclass(frozen=True)
class Lacking:
    """Tables that the run does not have, if any."""

    tables: tuple[str, ...]


def gated(run: PublishedRun, names: Collection[str]) -> Gated:
    """Return what must be known of the tables that a report reads of a run."""
    tables = [run.of(name) for name in names if name in run.tables]
    status = pd.concat([table.frame["status"] for table in tables if "status" in table.frame])
    return Gated(
        run=run.name,
        day=run.day,
        synthetic=run.synthetic,
        internal=any(not table.on_public_site for table in tables),
        cells=len(status),
        hidden=int((status == "hidden").sum()),
        risks=tuple(risks_of(tables)),
        exceptions=run.exceptions,
    )


def lacking_of(run: PublishedRun, names: Collection[str]) -> Lacking:
    """Return which tables that a report reads the records did not suffice for."""
    return Lacking(tuple(sorted(name for name in names if name not in run.tables)))


def tables_of(run: PublishedRun, *names: str) -> Mapping[str, pd.DataFrame] | Lacking:
    """Return frames of a run, or which of them it lacks."""
    lacking = tuple(name for name in names if name not in run.tables)
    return Lacking(lacking) if lacking else {name: run.of(name).frame for name in names}


GATED_FINDINGS: Mapping[str, type] = {"gated": Gated, "lacking": Lacking}
