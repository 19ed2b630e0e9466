"""Units as dots in one row per group."""

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import AFTER, INK, MUTED, head, new_figure, styled
from analysis.plots.ticks import Numbers

_ROW = 0.42
_MARGIN = 1.0
_TICKS = (0.25, 0.5, 1, 2, 4, 8)


@drawn_from(columns={"group": "Kelompok", "value": "axis_label"}, frame="")
def strip(
    frame: pd.DataFrame,
    overall: pd.Series,
    *,
    axis_label: str,
    unit_label: str,
    group_label: str,
    language: Language,
) -> Figure:
    """Draw the quotient of each unit on a logarithmic axis, one row per group.

    Parameters
    ----------
    frame : DataFrame
        One row per unit, columns `group` and `value` (value > 0, 1 = proportional).
    overall : Series
        The quotient of each group as a whole, indexed by group, in the order of the rows.
    axis_label, unit_label, group_label : str
        What the axis, a dot and a diamond mean.
    language : Language
        How numbers are written.
    """
    order = list(overall.index)
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(order))
        axes.axvline(1, color=INK, linestyle="--", linewidth=1.2)
        sns.stripplot(
            frame,
            x="value",
            y="group",
            order=order,
            jitter=False,
            color=AFTER,
            alpha=0.55,
            size=7,
            ax=axes,
        )
        axes.plot(overall, range(len(order)), linestyle="none", marker="D", color=INK, markersize=6)
        axes.set_xscale("log", base=2)
        low, high = frame["value"].min(), frame["value"].max()
        axes.xaxis.set_major_locator(
            FixedLocator([t for t in _TICKS if low / 1.3 < t < high * 1.3])
        )
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(Numbers(language))
        axes.set(xlabel="", ylabel="")
        head(
            figure,
            {
                unit_label: Line2D([], [], linestyle="none", marker="o", color=AFTER, alpha=0.55),
                group_label: Line2D([], [], linestyle="none", marker="D", color=INK),
            },
            title=axis_label,
        )
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.grid(visible=True, axis="y", color=MUTED, alpha=0.25)
    return figure
