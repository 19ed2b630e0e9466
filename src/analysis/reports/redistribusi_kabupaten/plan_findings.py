"""What report 06 can say of the plan of the chosen circle and budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase, digits

import pandas as pd

from analysis.inequality import gini
from analysis.plots.flow_maps import LABELLED
from analysis.redistribution import Plan
from analysis.reports.plan_results import gini_after, mean_distance, shortage_after
from analysis.reports.redistribusi_kabupaten import inputs
from analysis.reports.redistribusi_kabupaten.parameters import RedistribusiKabupaten
from analysis.reports.values import Named, named

_NAMED = 3  # units named at either end


@dataclass(frozen=True)
class Moves:
    """The plan; `mean` is None where nobody moves, distances are km.

    `full` is how many the plan without a budget would move; `today` and `left` are the Gini,
    `shortage` and `shortage_left` people, `short` and `short_left` units below need.
    """

    kind: str
    need: str
    circle: str
    moved: int
    share: float
    wanted: int
    full: int
    givers: int
    receivers: int
    giving: tuple[Named, ...]
    receiving: tuple[Named, ...]
    mean: float | None
    total: float
    gap: float
    today: float
    left: float
    shortage: float
    shortage_left: float
    short: int
    short_left: int
    arriving_above: int  # people, in units that are above need today
    leaving_below: int  # people, from units that are below need today


@dataclass(frozen=True)
class Flows:
    """The map of moves; the largest of both ends have the mark that the map shows them by."""

    kind: str
    origin: str  # the largest, without its mark
    destination: str
    drawn: int
    flows: int
    share: float
    leaving: tuple[Named, ...]
    arriving: tuple[Named, ...]


@dataclass(frozen=True)
class Listed:
    """Moves that a table lists, of all."""

    shown: int
    flows: int


FINDINGS: Mapping[str, type] = {"plan": Moves, "flows": Flows, "moves": Listed}


def plan(
    kind: str,
    circle: str,
    places: pd.DataFrame,
    found: Plan,
    full: Plan,
    p: RedistribusiKabupaten,
) -> Moves:
    """Return what the plan does.

    Parameters
    ----------
    kind, circle : str
        Names of the profession and of the circle.
    places : DataFrame
        See `inputs.counted`.
    found, full : Plan
        With the budget of the parameters, and without any.
    p : RedistribusiKabupaten
    """
    leaving, arriving = ends(places, found)
    before = inputs.gaps(found.units)
    after = (found.need - found.staff_after).round(9)
    return Moves(
        kind=kind,
        need=p.need,
        circle=circle,
        moved=found.moved,
        share=found.moved / found.units.total_staff,
        wanted=budget(found, p),
        full=full.moved,
        givers=len(leaving),
        receivers=len(arriving),
        giving=named(leaving.head(_NAMED)),
        receiving=named(arriving.head(_NAMED)),
        mean=mean_distance(found),
        total=found.cost,
        gap=found.duality_gap if found.moved else 0.0,
        today=gini(found.staff / found.need, found.need),
        left=gini_after(found),
        shortage=float(before["shortage"].sum()),
        shortage_left=shortage_after(found),
        short=int((before["shortage"] > 0).sum()),
        short_left=int((after > 0).sum()),
        arriving_above=int(found.gains[(before["gap"] > 0).to_numpy()].sum()),
        leaving_below=int(found.losses[(before["gap"] < 0).to_numpy()].sum()),
    )


def budget(found: Plan, p: RedistribusiKabupaten) -> int:
    """Return the most people who may move by the parameters."""
    return int(p.budget * found.units.total_staff)


def flows(kind: str, places: pd.DataFrame, found: Plan, *, drawn: int, share: float) -> Flows:
    """Return what the map shows: how many flows are `drawn`, with what `share` of people."""
    labels = marks(found).str.cat(places["nama"], sep=" ", join="left").to_dict()
    leaving, arriving = _largest(found)
    return Flows(
        kind=kind,
        origin=str(places.at[leaving.index[0], "nama"]),
        destination=str(places.at[arriving.index[0], "nama"]),
        drawn=drawn,
        flows=len(found.moves),
        share=share,
        leaving=named(leaving.rename(labels)),
        arriving=named(arriving.rename(labels)),
    )


def marks(found: Plan) -> pd.Series:
    """Return the mark on the map of each of the largest origins (numbers) and destinations."""
    leaving, arriving = (side.index for side in _largest(found))
    return pd.Series(
        [*digits[1 : 1 + len(leaving)], *ascii_uppercase[: len(arriving)]],
        [*leaving, *arriving],
        dtype="str",
    )


def _largest(found: Plan) -> tuple[pd.Series, pd.Series]:
    """Return the largest numbers of people who leave and who arrive, by code."""
    both = (pd.Series(side, found.units.labels) for side in (found.losses, found.gains))
    leaving, arriving = (side[side > 0].nlargest(LABELLED) for side in both)
    return leaving, arriving


def ends(places: pd.DataFrame, found: Plan) -> tuple[pd.Series, pd.Series]:
    """Return people leaving and arriving by name, most first, where there are any."""
    names = places["nama"].to_numpy()
    both = (pd.Series(side, names) for side in (found.losses, found.gains))
    leaving, arriving = (x[x > 0].sort_values(ascending=False, kind="stable") for x in both)
    return leaving, arriving
