"""What each alternative leads to: nothing, moves in a circle, hires, or moves and then hires."""

from collections.abc import Mapping

import pandas as pd

from analysis.redistribution import Plan, Units
from analysis.reports.briefs import Alternative, hiring, moving, staying
from analysis.reports.redistribusi_kabupaten import inputs
from analysis.reports.redistribusi_kabupaten.parameters import Circle
from analysis.reports.risalah_kabupaten.parameters import RisalahKabupaten


def plans(units: Units, places: pd.DataFrame, p: RisalahKabupaten) -> dict[Circle, Plan]:
    """Return the plan of report 06 for each circle, with the budget of the parameters."""
    return inputs.plans(units, places, p, budget=int(p.budget * units.total_staff))


def alternatives(plans: Mapping[Circle, Plan], circle: Circle) -> tuple[Alternative, ...]:
    """Return the alternatives in the order of what they ask of the state.

    Parameters
    ----------
    plans : mapping of str to Plan
        By circle.
    circle : {"provinsi", "pulau", "nasional"}
        Inside which people move before the rest is hired.
    """
    first = plans[circle]
    return (
        staying(first),
        *(moving(name, plan) for name, plan in plans.items()),
        hiring("rekrut", first.staff, first.need),
        hiring("campuran", first.staff_after, first.need, after=first),
    )
