"""An organisation chart beside the squads: who sends people, and where teams work."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.language import Language
from analysis.plots.drawn_data import drawn_from
from analysis.plots.style import AFTER, BEFORE, INK, MUTED, new_figure, styled

_ROW = 0.44  # inches of a group
_MARGIN = 0.95
_CHARACTERS = 23  # of a line of a name
_NAMES, _SENT, _TEAMS = 0.50, 0.30, 0.20  # shares of the width
_SIZE = 8.5


@drawn_from(
    index="",
    columns={
        "name": "Nama",
        "seats": "sent_label",
        "hidden": "hidden_label",
        "teams": "teams_label",
    },
    groups="",
)
def squad_map(
    groups: pd.DataFrame,
    *,
    root: str,
    sent_label: str,
    teams_label: str,
    hidden_label: str,
    language: Language,
) -> Figure:
    """Draw the groups of units under their root, with the seats they fill and the teams they host.

    Parameters
    ----------
    groups : DataFrame
        One row a group, first on top: `name`, `seats` (missing: none, or not shown), `hidden`
        (whether its number is not shown) and `teams` (that work there).
    root : str
        Name of the organisation.
    sent_label, teams_label, hidden_label : str
        What bars and squares mean, and what stands where a number is not shown.
    language : Language
        How numbers are written.
    """
    with styled():
        figure, (axes,) = new_figure(_MARGIN + _ROW * len(groups))
        _chart(axes, groups["name"], root)
        most = max([1.0, *groups["seats"].dropna().astype(float)])
        start = _NAMES + 0.02
        columns = (groups[name].tolist() for name in ("seats", "hidden", "teams"))
        for row, (seats, hidden, teams) in enumerate(zip(*columns, strict=True)):
            if hidden:
                axes.text(start, row, hidden_label, va="center", color=MUTED, fontsize=_SIZE)
            elif not pd.isna(seats):
                length = (_SENT - 0.09) * float(seats) / most
                axes.barh(row, length, left=start, height=0.5, color=AFTER)
                text = language.number(float(seats))
                axes.text(start + length + 0.01, row, text, va="center", fontsize=_SIZE)
            _squares(axes, row, int(teams), language)
        for x, label in ((start, sent_label), (_NAMES + _SENT + 0.02, teams_label)):
            wrapped = textwrap.fill(label, 15)
            axes.text(x, -1.05, wrapped, va="center", fontsize=_SIZE, color=INK, linespacing=1.0)
        axes.set(xlim=(0, 1), ylim=(len(groups) - 0.4, -1.6))
        axes.axis("off")
    return figure


def _chart(axes: Axes, names: "pd.Series[str]", root: str) -> None:
    """Draw the root with a line to each name below it."""
    axes.text(
        0.0, -1.05, textwrap.fill(root, _CHARACTERS), va="center", fontsize=_SIZE, weight="bold"
    )
    last = len(names) - 1
    axes.plot([0.012, 0.012], [-0.6, last], color=MUTED, linewidth=1.0)
    for row, name in enumerate(names):
        axes.plot([0.012, 0.035], [row, row], color=MUTED, linewidth=1.0)
        text = textwrap.shorten(name, 2 * _CHARACTERS - 4, placeholder="…")
        axes.text(
            0.045,
            row,
            textwrap.fill(text, _CHARACTERS),
            va="center",
            fontsize=_SIZE,
            linespacing=1.0,
        )


def _squares(axes: Axes, row: int, teams: int, language: Language) -> None:
    """Draw a square for each team, or one and the number where there are many."""
    start, step = _NAMES + _SENT + 0.035, 0.034
    shown = teams if teams <= 4 else 1
    x = start + step * np.arange(shown)
    axes.scatter(x, np.full(shown, row), marker="s", s=30, color=BEFORE)
    if teams > shown:
        axes.text(start + step, row, f"× {language.number(teams)}", va="center", fontsize=_SIZE)
