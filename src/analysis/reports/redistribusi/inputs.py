"""Staff, need and limits by province, as the plans of report 07 take them."""

import pandas as pd

from analysis.errors import ParameterError
from analysis.language import Language
from analysis.messages import some
from analysis.redistribution import Limits
from analysis.reports.provincial_need import VARIANTS, needs, provinces_with_territory
from analysis.reports.redistribusi.parameters import Circle, Plannable

__all__ = ["VARIANTS", "limits", "needs", "provinces"]


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
