"""Tables of a run that passed the gate: what every figure and table of them must say.

A report reads them with `analysis.disclosure.run_folders.read_run` and shows them through `marked`:
that the people do not exist, where they do not. A hidden cell is shown as hidden, never as a zero
or a dash.
"""

from dataclasses import replace
from typing import TypeVar

import pandas as pd

from analysis.disclosure.run_folders import PublishedRun
from analysis.errors import DataError
from analysis.reports.display import Column, ColumnKind, Picture, Prose, Table
from analysis.reports.gated_findings import Lacking, gated
from analysis.reports.wording import Words

_Shown = TypeVar("_Shown", Picture, Table)
ALL = "Jumlah"  # label of the total of all


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


def not_made(name: str) -> str:
    """Return what is said of a set of tables of which a run says nothing, and how to make it."""
    return (
        f"the set {name} was not made. Make it with python -m analysis.individuals tables FOLDER "
        f"--run NAME --sets {name}."
    )


def band(label: str, say: Words) -> str:
    """Return the words of a band of numbers: "<25" is below 25, ">=60" is 60 or more."""
    if label.startswith("<"):
        return say.language.text("di bawah {batas}", batas=label[1:])
    if label.startswith(">="):
        return say.language.text("{batas} ke atas", batas=label[2:])
    return say.language.name(label)


def counted(label: str, say: Words, kind: ColumnKind = "integer", decimals: int = 1) -> Column:
    """Return a column of numbers in which hidden ones are called so."""
    return Column(label, kind, decimals, missing=say.label("disembunyikan"))
