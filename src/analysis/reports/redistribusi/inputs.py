"""Staff, need, limits and plans by province, as the findings of report 07 take them."""

import pandas as pd

from analysis.errors import ParameterError
from analysis.language import Language
from analysis.messages import some
from analysis.redistribution import Limits, Plan, Robustness, great_circle, plan_moves, robustness
from analysis.reports.provincial_need import VARIANTS, needs, provinces_with_territory
from analysis.reports.redistribusi.parameters import Circle, Plannable, Redistribusi

__all__ = ["VARIANTS", "limits", "needs", "plan", "provinces", "stability", "variants"]


def provinces(p: Plannable, language: Language) -> pd.DataFrame:
    """Return `provinces_with_territory` as the parameters choose."""
    return provinces_with_territory(p.date, p.basis, p.population, p.central_staff, language)


def limits(
    p: Plannable, frame: pd.DataFrame, staff: pd.Series, need: pd.Series, within: Circle
) -> Limits:
    """Return the limits that the parameters set, for moves within a circle.

    Raises
    ------
    ParameterError
        If a vacancy is of no province of the frame.
    """
    unknown = sorted(set(p.vacancies) - set(frame.index))
    if unknown:
        raise ParameterError(
            f"Parameter 'vacancies': {some(unknown)} is the code of no province on the basis "
            f"{p.basis}. Use kode_kemendagri, such as {frame.index[0]!r}."
        )
    return Limits(
        floor_adequacy=p.floor_adequacy * staff.sum() / need.sum() if p.floor_adequacy else None,
        max_share_leaving=p.max_share_leaving if p.max_share_leaving < 1 else None,
        within=frame["pulau"] if within == "pulau" else None,
        capacity=pd.Series(p.vacancies, dtype=float).reindex(frame.index) if p.vacancies else None,
    )


def plan(
    p: Plannable,
    frame: pd.DataFrame,
    staff: pd.Series,
    need: pd.Series,
    within: Circle,
    budget: int | None = None,
) -> Plan:
    """Return the most even plan inside a circle, over the shortest total distance.

    `budget` is the most people who move; None for the share of `staff` that the parameters set.
    """
    return plan_moves(
        staff,
        need,
        cost=great_circle(frame["lintang"], frame["bujur"]),
        budget=int(p.budget * staff.sum()) if budget is None else budget,
        limits=limits(p, frame, staff, need, within),
    )


def variants(p: Redistribusi, frame: pd.DataFrame) -> dict[str, Plan]:
    """Return the plan without and with staff of central agencies, each for need shared anew."""
    weights = dict[str, float](p.weights.items())
    return {
        name: plan(p, frame, frame[pool], needs(frame, frame[pool], weights)[p.need], p.within)
        for name, pool in VARIANTS.items()
    }


def stability(
    p: Redistribusi, frame: pd.DataFrame, staff: pd.Series, need: pd.Series, found: Plan
) -> Robustness:
    """Return how far a plan holds where need is uncertain, beside the plan that each draw asks."""
    return robustness(
        staff,
        need,
        budget=int(p.budget * staff.sum()),
        need_cv=p.need_cv,
        replicates=p.replicates,
        seed=p.seed,
        planner=lambda staff, need: plan(p, frame, staff, need, p.within).moves,
        after=found.staff_after,
    )
