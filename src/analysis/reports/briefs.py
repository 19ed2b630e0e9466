"""What policy briefs share: alternatives side by side, with what each leads to and who decides.

A brief answers the question of a report on two pages of paper (`"form": "risalah"` in the metadata
of its notebook): the issue, two figures, one table of alternatives, what cannot be concluded, the
sources. The headings are in `texts/common.<language>.md`, groups `brief_*`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from analysis.inequality import gini
from analysis.redistribution import Plan
from analysis.reports.display import Column, Table
from analysis.reports.plan_results import mean_distance
from analysis.reports.wording import Words

GROUP = "choice"  # of the words


@dataclass(frozen=True)
class Alternative:
    """One way to more even staff; None is what cannot be computed, or is more than there is.

    Attributes
    ----------
    way : str
        A key, such as "rekrut".
    gini : float or None
        Of staff per need, as it would be.
    moved, hired : int or None
        People.
    kilometres : float or None
        Mean distance of those who move.
    lowest : float or None
        Staff per need of the unit that has least, over that of all.
    shortage : float or None
        People that all units below need lack.
    """

    way: str
    gini: float | None = None
    moved: int | None = None
    hired: int | None = None
    kilometres: float | None = None
    lowest: float | None = None
    shortage: float | None = None


def moving(way: str, plan: Plan) -> Alternative:
    """Return what the moves of a plan lead to."""
    return _at(way, plan.staff_after, plan.need, moved=plan.moved, kilometres=mean_distance(plan))


def staying(plan: Plan) -> Alternative:
    """Return what there is before anybody moves, under the key "tetap"."""
    return _at("tetap", plan.staff, plan.need)


def hiring(
    way: str, staff: np.ndarray, need: np.ndarray, *, after: Plan | None = None
) -> Alternative:
    """Return what it leads to that every unit hires the people it lacks.

    Parameters
    ----------
    way : str
    staff, need : ndarray
        By unit; need does not grow with those who are hired.
    after : Plan, optional
        Whose moves came first; `staff` is what they left.
    """
    hired = np.ceil(np.round(np.maximum(need - staff, 0.0), 9))
    return _at(
        way,
        staff + hired,
        need,
        moved=0 if after is None else after.moved,
        hired=int(hired.sum()),
        kilometres=None if after is None else mean_distance(after),
    )


def _at(
    way: str,
    staff: np.ndarray,
    need: np.ndarray,
    *,
    moved: int = 0,
    hired: int = 0,
    kilometres: float | None = None,
) -> Alternative:
    return Alternative(
        way=way,
        gini=gini(staff / need, need),
        moved=moved,
        hired=hired,
        kilometres=kilometres,
        lowest=float(np.min(staff / need) * need.sum() / staff.sum()),
        shortage=float(np.maximum(need - staff, 0.0).sum()),
    )


def consequences(say: Words, *names: str) -> dict[str, Column]:
    """Return the columns of these fields of `Alternative`, in order."""
    columns = {
        "gini": Column(say.label("Gini tersisa"), "number", 3),
        "lowest": Column(say.label("Kecukupan terendah"), "percent", 0),
        "shortage": Column(say.label("Kekurangan tersisa"), "integer"),
        "moved": Column(say.label("Pindah"), "integer"),
        "kilometres": Column(say.label("Rata-rata km"), "integer"),
        "hired": Column(say.label("Direkrut"), "integer"),
    }
    return {name: columns[name] for name in names}


def names_of_moves(say: Words) -> dict[str, str]:
    """Return what each way of moving and hiring civil servants is called."""
    return {
        "tetap": say.label("Tidak berbuat apa-apa"),
        "provinsi": say.label("Pindah di dalam provinsi"),
        "pulau": say.label("Pindah di dalam kelompok pulau"),
        "nasional": say.label("Pindah se-Indonesia"),
        "rekrut": say.label("Hanya rekrutmen"),
        "campuran": say.label("Campuran termurah"),
    }


def powers_over_moves(say: Words) -> dict[str, str]:
    """Return who decides on each of them, by PP 11/2017, articles 190 to 196, and on new posts."""
    across = say.label("Mendagri setelah pertimbangan Kepala BKN")
    return {
        "tetap": "–",
        "provinsi": say.label("Gubernur setelah pertimbangan Kepala BKN"),
        "pulau": across,
        "nasional": across,
        "rekrut": say.label("Formasi dari Menteri PANRB"),
        "campuran": say.label("Keduanya"),
    }


def table_of(
    found: Sequence[object],
    names: Mapping[str, str],
    powers: Mapping[str, str],
    columns: Mapping[str, Column],
    about: object,
    say: Words,
) -> Table:
    """Return the alternatives side by side, and who decides on each.

    Parameters
    ----------
    found : sequence
        Frozen dataclasses with a field `way`, in the order of what they ask of the state.
    names, powers : mapping of str to str
        What each way is called, and who may decide on it or by which law.
    columns : mapping of str to Column
        What the other fields are printed as.
    about : object
        The finding that the words of the group `choice` speak of.
    say : Words
    """
    rows = pd.DataFrame([asdict(each) for each in found])  # type: ignore[call-overload]
    kinds = {
        name: "Int64" if column.kind == "integer" and _whole(rows[name]) else float
        for name, column in columns.items()
    }
    named = rows.astype(kinds).assign(name=rows["way"].map(names), power=rows["way"].map(powers))
    shown = {
        "name": Column(say.label("Alternatif")),
        **columns,
        "power": Column(say.label("Yang berwenang")),
    }
    return say.table(named, shown, GROUP, about)


def _whole(values: pd.Series) -> bool:
    known = values.dropna().astype(float)
    return bool((known == known.round()).all())
