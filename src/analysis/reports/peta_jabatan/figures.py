"""The figure of report 09: units by families, in parts that stay readable."""

import numpy as np
import pandas as pd

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.peta_jabatan import findings, plan_findings
from analysis.reports.peta_jabatan.planning import Planning
from analysis.reports.wording import Words

ROWS = 60  # units of one part
PARTS = 5


def heat_map(planning: Planning, part: int, say: Words, *, rows: int = ROWS) -> Picture | None:
    """Return one part of the heat map, from 0; None where there are no units left for it.

    Units that lack most people come first. Up to `rows` of them are in a part; the caption says of
    how many.
    """
    ordered = in_order(planning)
    shown = ordered.head(rows * PARTS)
    drawn = shown.iloc[rows * part : rows * (part + 1)]
    if drawn.empty:
        return None
    worst = plan_findings.by_post(-drawn).head(1)
    found = findings.Heat(
        planning.at.source,
        planning.at.date,
        rows * part + 1,
        rows * part + len(drawn),
        len(shown),
        len(ordered),
        drawn.shape[1],
        -(-len(shown) // rows),
        int((drawn < 0).to_numpy().sum()),
        int((drawn > 0).to_numpy().sum()),
        plan_findings.short_posts(worst),
    )
    figure = plots.heat_map(
        drawn.rename(columns=say.language.name),
        largest=max(float(np.nanmax(np.abs(ordered.to_numpy()))), 1.0),
        short_label=say.label("kurang dari kebutuhan (orang)"),
        over_label=say.label("lebih dari kebutuhan (orang)"),
        language=say.language,
    )
    return say.picture(figure, "heat", found)


def in_order(planning: Planning) -> pd.DataFrame:
    """Return people above need less people below it, the units that lack most first.

    Missing where a unit has no such post.
    """
    surplus, shortage = planning.gaps
    units = planning.at.units
    there = (units.staff > 0) | (units.need > 0)
    gaps = (surplus - shortage).where(there).astype(float)
    order = np.lexsort((surplus.sum(axis=1), -shortage.sum(axis=1)))
    return gaps.iloc[order]
