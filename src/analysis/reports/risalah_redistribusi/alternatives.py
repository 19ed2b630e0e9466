"""What each alternative leads to: nothing, moves in a circle, hires, or both."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.redistribution import (
    Frontier,
    Mix,
    Plan,
    cheapest_mix,
    great_circle,
    plan_moves,
)
from analysis.reports.redistribusi import inputs
from analysis.reports.redistribusi.findings import believable_hires
from analysis.reports.redistribusi.parameters import Circle
from analysis.reports.redistribusi.plan_findings import gini_after
from analysis.reports.risalah_redistribusi.parameters import RisalahRedistribusi

Way = Literal["tetap", "provinsi", "pulau", "nasional", "rekrut", "campuran"]


@dataclass(frozen=True)
class Alternative:
    """One alternative; None is what cannot be computed, or is more than all staff there is.

    Attributes
    ----------
    way : Way
    gini : float or None
        Of staff per need, as it would be.
    moved, hired : int or None
        People.
    kilometres : float or None
        Mean distance of those who move.
    lowest : float or None
        Staff per need of the province that has least, over that of all.
    """

    way: Way
    gini: float | None
    moved: int | None
    hired: int | None
    kilometres: float | None
    lowest: float | None


def plans(p: RisalahRedistribusi, frame: pd.DataFrame, need: pd.Series) -> dict[Circle, Plan]:
    """Return the plan of report 07 for each circle inside which people may move."""
    staff = frame["pegawai"]
    circles: tuple[Circle, ...] = ("pulau", "nasional")
    return {
        circle: plan_moves(
            staff,
            need,
            cost=great_circle(frame["lintang"], frame["bujur"]),
            budget=int(p.budget * staff.sum()),
            limits=inputs.limits(p, frame, staff, need, circle),
        )
        for circle in circles
    }


def mix_as_good(frontier: Frontier, plan: Plan, price: float) -> Mix:
    """Return moves and hires that reach the Gini of a plan at least cost."""
    return cheapest_mix(frontier, gini_after(plan), price=price)


def alternatives(
    plans: dict[Circle, Plan], frontier: Frontier, mix: Mix
) -> tuple[Alternative, ...]:
    """Return the alternatives in the order of what they ask of the state.

    Parameters
    ----------
    plans : dict of str to Plan
        By circle.
    frontier : Frontier
        Of the same staff and need.
    mix : Mix
        Moves and hires that reach what the plan of the whole country reaches.
    """
    some = plans["nasional"]
    hires, mixed = (believable_hires(x, frontier.total_staff) for x in (mix.hires_only, mix.hires))
    return (
        Alternative("tetap", float(frontier.gini(0)), 0, 0, None, _lowest(some.staff, some.need)),
        Alternative("provinsi", None, None, None, None, None),
        *(_moves(circle, plan) for circle, plan in plans.items()),
        Alternative("rekrut", mix.target if hires is not None else None, 0, _up(hires), None, None),
        Alternative(
            "campuran",
            mix.target if mixed is not None else None,
            _up(mix.moves) if mixed is not None else None,
            _up(mixed),
            None,
            None,
        ),
    )


def _moves(circle: Circle, plan: Plan) -> Alternative:
    mean = plan.cost / plan.moved if plan.moved else None
    lowest = _lowest(plan.staff_after, plan.need)
    return Alternative(circle, gini_after(plan), plan.moved, 0, mean, lowest)


def _lowest(staff: np.ndarray, need: np.ndarray) -> float:
    return float(np.min(staff / need) * need.sum() / staff.sum())


def _up(people: float | None) -> int | None:
    return None if people is None else int(np.ceil(round(people, 6)))
