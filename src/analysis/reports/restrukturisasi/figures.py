"""The figures of report 10, each with the words that belong to it."""

import numpy as np
import pandas as pd

from analysis import plots
from analysis.reports.display import Picture
from analysis.reports.restrukturisasi import findings
from analysis.reports.restrukturisasi.matching import Beside
from analysis.reports.wording import Words
from analysis.restructuring import Restructuring

_KEPT, _EXEMPT, _GONE, _ROLE = "#0072B2", "#009E73", "#E69F00", "#9ecae1"
_GROUPS = {"retained": "tetap", "exempt": "dikecualikan", "dissolved": "dibubarkan"}


def before_and_after(found: Restructuring, change: findings.Change, say: Words) -> Picture:
    """Return the units before, by what becomes of them, and after, each at its place."""
    before, after = found.before, found.after
    status = found.crosswalk()["status"].astype(str)
    places = plots.icicle_layout(before.parent)
    old = places.assign(
        name=before.units["name"].astype(str).to_numpy(),
        group=[say.label(_GROUPS[each]) for each in status],
    )
    position = before.units.index.get_indexer(after.units.index)
    new = old.iloc[position].assign(depth=after.forest.depth - 1)
    figure = plots.icicle(
        {
            say.language.text("Sebelum: {n} unit", n=say.language.number(len(old))): old,
            say.language.text("Sesudah: {n} unit", n=say.language.number(len(new))): new,
        },
        _colours(say),
    )
    return say.picture(figure, "change", change)


def real_state(state: Beside, found: findings.Compared, say: Words) -> Picture:
    """Return the real office after, by who leads each box."""
    units = state.real_units
    position = {unit: number for number, unit in enumerate(units["unit"])}
    parent = np.array([position.get(above, -1) for above in units["induk"]], dtype=np.int64)
    led = units["peran"].notna()
    boxes = plots.icicle_layout(parent).assign(
        name=units["nama"],
        group=pd.Series(say.label("tetap"), units.index).mask(led, say.label("peran")),
    )
    return say.picture(plots.icicle({found.real_agency: boxes}, _colours(say)), "real", found)


def _colours(say: Words) -> dict[str, str]:
    return {
        say.label("tetap"): _KEPT,
        say.label("dikecualikan"): _EXEMPT,
        say.label("dibubarkan"): _GONE,
        say.label("peran"): _ROLE,
    }


def flows(table: pd.DataFrame, found: findings.Flows, say: Words) -> Picture:
    """Return where structural posts go."""
    name = say.language.name
    shown = table.assign(
        origin=table["origin"].map(name), destination=table["destination"].map(name)
    )
    figure = plots.sankey(
        shown,
        origin_label=say.label("Jabatan sebelum"),
        destination_label=say.label("Jabatan sesudah"),
        language=say.language,
    )
    return say.picture(figure, "flows", found)
