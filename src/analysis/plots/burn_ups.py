"""How many were done by each day, and how many more may have been."""

from collections.abc import Callable

import pandas as pd
from matplotlib.dates import AutoDateLocator, date2num, num2date
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import ACCENT, AFTER, MUTED, head, new_figure, styled, wrapped
from analysis.plots.ticks import Numbers

_PANEL = 2.1
_MARGIN = 1.0


@drawn_from(
    index="Tanggal",
    columns={"done": "done_label", "not_done": "Belum", "unknown": "unknown_label"},
    panels="Tahap",
)
def burn_up(
    panels: dict[str, pd.DataFrame],
    *,
    deadline: pd.Timestamp,
    done_label: str,
    unknown_label: str,
    all_label: str,
    deadline_label: str,
    language: Language,
) -> Figure:
    """Draw one panel a stage: a step at each day, and above it how far it may have been.

    Parameters
    ----------
    panels : dict of str to DataFrame
        For each title: index = days in order, `done`, `not_done` and `unknown` by the end of each.
    deadline : Timestamp
        Day that is marked.
    done_label, unknown_label, all_label, deadline_label : str
        What the step, the band, the line of all and the vertical line mean.
    language : Language
        How numbers are written.
    """
    with styled():
        figure, all_axes = new_figure(_MARGIN + _PANEL * len(panels), rows=len(panels))
        for axes, (title, counts) in zip(all_axes, panels.items(), strict=True):
            days = date2num(counts.index)  # type: ignore[no-untyped-call]
            done = counts["done"].to_numpy(dtype=float)
            most = done + counts["unknown"].to_numpy(dtype=float)
            axes.fill_between(days, done, most, step="post", color=MUTED, alpha=0.35, linewidth=0)
            axes.step(days, done, where="post", color=AFTER, linewidth=2.0)
            everyone = float(counts.iloc[0].sum())
            axes.axhline(everyone, color=MUTED, linewidth=1.2)
            marked = date2num(deadline)  # type: ignore[no-untyped-call]
            axes.axvline(marked, color=ACCENT, linestyle=":", linewidth=1.4)
            axes.set(ylim=(0, everyone * 1.08), title=wrapped(title, 40))
            axes.yaxis.set_major_formatter(Numbers(language))
            axes.xaxis_date()
            axes.xaxis.set_major_locator(
                AutoDateLocator(minticks=3, maxticks=4)  # type: ignore[no-untyped-call]
            )
            axes.xaxis.set_major_formatter(FuncFormatter(_short_dates(language)))
        head(
            figure,
            {
                done_label: Line2D([], [], color=AFTER, linewidth=2.0),
                unknown_label: Patch(color=MUTED, alpha=0.35),
                all_label: Line2D([], [], color=MUTED),
                deadline_label: Line2D([], [], color=ACCENT, linestyle=":"),
            },
        )
    return figure


def _short_dates(language: Language) -> Callable[[float, int], str]:
    """Return what writes a tick as a day, such as "27 Des"."""

    def write(day: float, _: int) -> str:
        return language.short_date(num2date(day).date())  # type: ignore[no-untyped-call]

    return write
