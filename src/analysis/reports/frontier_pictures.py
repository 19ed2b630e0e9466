"""The figure of a frontier, which several reports draw: what is left as more people move."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

import pandas as pd

from analysis import plots
from analysis.redistribution import Frontier
from analysis.reports.display import Picture
from analysis.reports.wording import Words

GROUP = "frontier"  # of the words
_Model = TypeVar("_Model", bound=str)


class Reached(Protocol):
    """A finding of how far a plan goes: what is left today and after it, and who moves."""

    @property
    def today(self) -> float:
        """What is unequal, or unmet, today."""

    @property
    def left(self) -> float:
        """What the plan leaves of it."""

    @property
    def share(self) -> float:
        """Share of all staff who move in the plan."""


def gini_curves(
    frontiers: Mapping[_Model, Frontier], labels: Mapping[str, str]
) -> dict[str, pd.Series]:
    """Return the Gini of each frontier by share of staff, under the label of its model."""
    knots = {model: each.to_frame() for model, each in frontiers.items()}
    return {
        labels[model]: pd.Series(each["gini"].to_numpy(), each["share_of_staff"].to_numpy())
        for model, each in knots.items()
    }


def frontier_picture(
    curves: Mapping[str, pd.Series],
    found: Reached,
    say: Words,
    *,
    equal: float | None = None,
    x_label: str,
    y_label: str,
) -> Picture:
    """Return curves with today and the plan marked, and where all is even, if that is reached.

    Parameters
    ----------
    curves : mapping of str to Series
        What is left by share of staff who move, by the label of each curve.
    found : Reached
        Today and the plan; the words of the group `frontier` speak of it.
    say : Words
    equal : float, optional
        Share of staff with which nothing is left.
    x_label, y_label : str
        What the axes mean.
    """
    points = {
        say.label("hari ini"): (0.0, found.today),
        say.label("rencana"): (found.share, found.left),
    }
    if equal is not None:
        points[say.label("merata")] = (equal, 0.0)
    figure = plots.frontier(
        curves, points=points, x_label=x_label, y_label=y_label, language=say.language
    )
    return say.picture(figure, GROUP, found)
