"""Tables of a run that passed the gate: what every figure and table of them must say.

A report reads them with `analysis.disclosure.run_folders.read_run` and shows them through `marked`:
that the people do not exist, where they do not. A hidden cell is shown as hidden, never as a zero
or a dash. The words are in `texts/common.<language>.md`, group `gated`.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from analysis.disclosure.run_folders import Exempted, PublishedRun, risks_of
from analysis.errors import DataError
from analysis.reports.display import Column, ColumnKind, Picture, Prose, Table
from analysis.reports.wording import Words

_Shown = TypeVar("_Shown", Picture, Table)
ALL = "Jumlah"  # label of the total of all


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


def at(frame: pd.DataFrame, value: str, **labels: str) -> int | None:
    """Return the value of one cell: the total in every dimension that is not named; None if hidden.

    A cell that has no row is empty.

    Raises
    ------
    DataError
        If the labels name several cells.
    """
    dimensions = [name for name in frame.columns if name not in (value, "status")]
    wanted = {name: labels.get(name, ALL) for name in dimensions}
    rows = frame
    for name, label in wanted.items():
        rows = rows[rows[name] == label]
    if len(rows) > 1:
        raise DataError(f"{wanted} are {len(rows)} cells of the table. Name each dimension.")
    if rows.empty:
        return 0
    found = rows[value].iloc[0]
    return None if pd.isna(found) else int(found)


def marked(shown: _Shown, run: PublishedRun, say: Words) -> _Shown:
    """Return a figure or a table whose caption says that its people do not exist, if so."""
    found = gated(run, run.tables[:1])
    caption = f"{shown.caption} {say.line('gated.caption', found)}".strip()
    return replace(shown, caption=caption)


def told(group: str, found: object, say: Words) -> Prose:
    """Return what a group says of a finding, or that the records do not suffice for it."""
    return say("lacking", found) if isinstance(found, Lacking) else say(group, found)


def counted(label: str, say: Words, kind: ColumnKind = "integer", decimals: int = 1) -> Column:
    """Return a column of numbers in which hidden ones are called so."""
    return Column(label, kind, decimals, missing=say.label("disembunyikan"))


GATED_FINDINGS: Mapping[str, type] = {"gated": Gated, "lacking": Lacking}
