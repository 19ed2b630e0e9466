"""What each alternative leads to by either norm: nothing, moves, an even spread, hires, or both."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.inequality import gini
from analysis.redistribution import Frontier, Plan
from analysis.reports.sekolah_kecamatan import findings
from analysis.reports.sekolah_kecamatan.parameters import Model
from analysis.reports.shortages import against_need, vacancies


@dataclass(frozen=True)
class Alternative:
    """One way to teach every class; None is what numbers by kecamatan cannot tell.

    Attributes
    ----------
    way : str
        A key: "tetap" nothing; "sekolah" moves between schools of a kecamatan; "pindah" moves that
        fill shortages; "rombel" and "peserta_didik" an even spread by that need; "rekrut" hires;
        "campuran" moves that fill shortages, then hires.
    gini : float or None
        Of teachers per chosen need.
    by_classes, by_pupils : float or None
        Teachers that are lacking by either norm, added up over kecamatan.
    below : int or None
        Kecamatan with less than one teacher for a class.
    moved, hired : int or None
        Teachers.
    """

    way: str
    gini: float | None = None
    by_classes: float | None = None
    by_pupils: float | None = None
    below: int | None = None
    moved: int | None = None
    hired: int | None = None


def alternatives(
    frame: pd.DataFrame,
    needs: pd.DataFrame,
    frontiers: Mapping[Model, Frontier],
    plan: Plan,
    need: Model,
) -> tuple[Alternative, ...]:
    """Return the alternatives in the order of what they ask of the kabupaten and the state.

    Parameters
    ----------
    frame, needs : DataFrame
        As from `sekolah_kecamatan.inputs`.
    frontiers : Mapping of str to Frontier
        Of teachers over each need.
    plan : Plan
        The moves that fill shortages by the chosen need.
    need : str
        The chosen need, which hires fill.
    """
    today, even = frame["guru"], findings.evened_staff(frame, frontiers)
    moved = pd.Series(plan.staff_after, frame.index)
    spread = {model: int(each.most_moves) for model, each in frontiers.items()}

    def at(way: str, staff: pd.Series, moves: int, hires: int = 0) -> Alternative:
        lacking = {name: against_need(staff, needs[name])["shortage"].sum() for name in needs}
        return Alternative(
            way=way,
            gini=gini(staff / needs[need], needs[need]),
            by_classes=float(lacking["rombel"]),
            by_pupils=float(lacking["peserta_didik"]),
            below=int((staff < frame["rombel"]).sum()),
            moved=moves,
            hired=hires,
        )

    def hired(way: str, staff: pd.Series, moves: int) -> Alternative:
        hires = vacancies(staff, needs[need])
        return at(way, staff + hires, moves, int(hires.sum()))

    return (
        at("tetap", today, 0),
        Alternative("sekolah"),
        at("pindah", moved, plan.moved),
        *(at(model, even[model], moves) for model, moves in spread.items()),
        hired("rekrut", today, 0),
        hired("campuran", moved, plan.moved),
    )
