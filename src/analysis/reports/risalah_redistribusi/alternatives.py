"""What each alternative leads to: nothing, moves in a circle, hires, or both."""

import numpy as np
import pandas as pd

from analysis.redistribution import Frontier, Mix, Plan, cheapest_mix
from analysis.reports.briefs import Alternative, moving, staying
from analysis.reports.plan_results import gini_after
from analysis.reports.redistribusi import inputs
from analysis.reports.redistribusi.findings import believable_hires
from analysis.reports.redistribusi.parameters import Circle
from analysis.reports.risalah_redistribusi.parameters import RisalahRedistribusi


def plans(p: RisalahRedistribusi, frame: pd.DataFrame, need: pd.Series) -> dict[Circle, Plan]:
    """Return the plan of report 07 for each circle inside which people may move."""
    staff = frame["pegawai"]
    circles: tuple[Circle, ...] = ("pulau", "nasional")
    return {circle: inputs.plan(p, frame, staff, need, circle) for circle in circles}


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
    hires, mixed = (believable_hires(x, frontier.total_staff) for x in (mix.hires_only, mix.hires))
    return (
        staying(plans["nasional"]),
        Alternative("provinsi"),
        *(moving(circle, plan) for circle, plan in plans.items()),
        Alternative("rekrut", mix.target if hires is not None else None, moved=0, hired=_up(hires)),
        Alternative("campuran")
        if mixed is None
        else Alternative("campuran", mix.target, moved=_up(mix.moves), hired=_up(mixed)),
    )


def _up(people: float | None) -> int | None:
    return None if people is None else int(np.ceil(round(people, 6)))
