"""How the answer for teachers turns on the norm: the part of report 09 that others lack."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.redistribution import whole_gaps
from analysis.reports.display import Column, Prose, Table
from analysis.reports.peta_jabatan import sources
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.wording import Words

_CLASSES = 6  # of a whole primary school, by which a norm is varied
_TEACHERS = range(6, 13)  # for so many classes
_LOW, _HIGH = 6, 8  # one for each class, and the norm of primary schools


@dataclass(frozen=True)
class Standard:
    """How the answer for primary schools turns on the teachers that `classes` classes need.

    `enough` is the highest number tried with which no unit is short; None if there is none.
    """

    date: dt.date
    classes: int
    units: int
    low: int
    low_short: int
    low_shortage: int
    high: int
    high_short: int
    high_shortage: int
    enough: int | None
    chosen: float
    chosen_short: int


def section(planning: Planning, say: Words) -> Prose | None:
    """Return the heading; None where the need is not that of classes."""
    return None if planning.at.source != "guru" else say.section("standard", standard(planning))


def text(planning: Planning, say: Words) -> Prose | None:
    """Return the paragraph; None where the need is not that of classes."""
    return None if planning.at.source != "guru" else say("standard", standard(planning))


def table(planning: Planning, say: Words) -> Table | None:
    """Return the balance under other norms; None where the need is not that of classes."""
    if planning.at.source != "guru":
        return None
    return say.table(varied(planning), columns(planning, say), "standard", standard(planning))


def columns(planning: Planning, say: Words) -> dict[str, Column]:
    """Return how the columns of `varied` are shown."""
    found = {"teachers": Column(say.label("Guru per 6 rombel"), "integer")}
    parts = {
        "short_units": say.label("kurang"),
        "shortage": say.label("kekurangan"),
        "surplus": say.label("kelebihan"),
    }
    for family in planning.at.units.families:
        level = str(family).removeprefix("Guru ")
        for what, label in parts.items():
            found[f"{family} {what}"] = Column(f"{level}: {label}", "integer")
    return found


def varied(planning: Planning) -> pd.DataFrame:
    """Return the balance of each family under 6 to 12 teachers for six classes.

    Returns
    -------
    DataFrame
        `teachers`, and for each family `<family> short_units`, `<family> shortage` and
        `<family> surplus`, in whole people.
    """
    rooms, staff = sources.classes(planning.p).to_numpy(), planning.at.units.staff
    rows = []
    for teachers in _TEACHERS:
        surplus, shortage = whole_gaps(staff, rooms * (teachers / _CLASSES))
        row = {"teachers": teachers}
        for f, family in enumerate(planning.at.units.families):
            row[f"{family} short_units"] = int((shortage[:, f] > 0).sum())
            row[f"{family} shortage"] = int(shortage[:, f].sum())
            row[f"{family} surplus"] = int(surplus[:, f].sum())
        rows.append(row)
    return pd.DataFrame(rows)


def standard(planning: Planning) -> Standard:
    """Return how the answer for primary schools turns on the norm."""
    family = str(planning.at.units.families[0])
    rows = varied(planning).set_index("teachers")
    short, people = rows[f"{family} short_units"], rows[f"{family} shortage"]
    none_short = short.index[short == 0]
    return Standard(
        planning.at.date,
        _CLASSES,
        len(planning.at.units.labels),
        _LOW,
        int(short[_LOW]),
        int(people[_LOW]),
        _HIGH,
        int(short[_HIGH]),
        int(people[_HIGH]),
        int(none_short.max()) if len(none_short) else None,
        planning.at.norms[family],
        int((planning.gaps[1][family] > 0).sum()),
    )
